use stepladder_yaml::Scalar;

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "not-positive",
    severity: Severity::Warning,
    kind: "jobs",
    title: "Number that must be greater than zero",
    docs: "Time limits and `max-parallel` must be greater than zero, and `max-parallel` a whole number: a job that may run \
           for zero minutes is cancelled at once.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 0\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 10\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let Some(name @ ("timeout-minutes" | "max-parallel")) = place.field.map(|field| field.key) else {
            continue;
        };
        let Some(Scalar::Number(number)) = place.node.scalar() else { continue };
        if number <= 0.0 || number.is_nan() {
            out.push(RULE.at(place.node.range(), format!("`{name}` must be greater than zero.")));
        } else if number.is_infinite() {
            let message = format!("`{name}` must be a number that can be reached; to set no limit, leave it out.");
            out.push(RULE.at(place.node.range(), message));
        } else if name == "max-parallel" && number.fract() != 0.0 {
            out.push(RULE.at(place.node.range(), format!("`{name}` must be a whole number.")));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn no_limit_is_left_out() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: .inf
                     ^^^^ not-positive: leave it out
    steps:
      - run: make
        timeout-minutes: 0.5
",
        );
    }
}
