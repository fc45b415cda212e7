use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "context-not-available",
    severity: Severity::Error,
    kind: "expressions",
    title: "Context that is not available here",
    docs: "GitHub reads each key at a certain moment, and only some contexts exist by then: the runner is not known before the \
           job starts, steps have no results before they ran, and `secrets` cannot be used in an `if`. GitHub refuses the file. \
           The message lists what may be used here.",
    bad: "on: push\nenv:\n  HERE: ${{ runner.os }}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nenv:\n  HERE: ${{ github.ref }}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| code == Code::ContextNotAvailable, out);
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_what_is_not_available_the_kind_does_not_matter() {
        crate::lint::testing::check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: ${{ secrets.A }}
                         ^^^^^^^ context-not-available
    steps:
      - run: make
",
        );
    }
}
