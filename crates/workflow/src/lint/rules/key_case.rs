use std::collections::HashSet;

use stepladder_yaml::TextEdit;

use super::unknown_key::unknown;
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "key-case",
    severity: Severity::Error,
    kind: "structure",
    title: "Key in the wrong case",
    docs: "GitHub's own keys are written in lower case and nothing else will do: `Runs-On` is not `runs-on`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    Timeout-Minutes: 10\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 10\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut given = HashSet::new();
    for unknown in unknown(cx) {
        let Some(right) = unknown.other_case else { continue };
        // Of several that mean the same only one can get the name.
        let free = unknown.mapping.get(right).is_none() && given.insert((unknown.mapping.id(), right));
        let fix = free
            .then(|| Fix::safe(format!("Write `{right}`"), TextEdit::replace(unknown.key.range(), right)));
        let message = if fix.is_some() {
            format!("`{}` must be written `{right}`: case counts in keys.", unknown.name)
        } else {
            format!("`{}` means `{right}`, which is there already: remove one of the two.", unknown.name)
        };
        out.push(RULE.at(unknown.key.range(), message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn beside_the_right_key_it_is_one_too_many() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
        Run: make
        ^^^ key-case: `Run` means `run`, which is there already: remove one of the two.
",
        );
    }

    #[test]
    fn of_several_that_mean_the_same_one_gets_the_name() {
        let with = |first: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - {first}: make\n        RUN: make\n")
        };
        check_fix("key-case", &with("Run"), &with("run"));
        let found = crate::Analysis::new(with("Run"), &crate::Env::default()).into_findings();
        assert_eq!(found.iter().filter(|finding| finding.fix.is_some()).count(), 1, "{found:#?}");
    }
}
