use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-context",
    severity: Severity::Error,
    kind: "expressions",
    title: "Context that does not exist",
    docs: "GitHub knows the contexts `github`, `env`, `vars`, `job`, `jobs`, `steps`, `runner`, `secrets`, `strategy`, `matrix`, `needs` and `inputs`, and refuses an expression that asks for another. A text needs single quotes.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ git.ref }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.ref }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::UnknownContext), out);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_yaml_takes_for_a_boolean_is_no_name() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    if: True
        ^^^^ constant-condition: always true
    steps:
      - run: make
        if: tru
            ^^^ unknown-context
",
        );
    }

    #[test]
    fn an_expression_behind_an_escape() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: \"echo \\x24{{ git.ref }}\"
                          ^^^ unknown-context
",
        );
    }
}
