use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "not-an-object",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Property of something that has none",
    docs: "Texts, numbers and the like have no properties, so asking for one always gives an empty value.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.repository.owner }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.repository_owner }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::NotAnObject), out);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn values_of_a_matrix_that_have_nothing_in_them() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        mixed: [1, a, true]
        made: ${{ fromJSON('[\"a\", 2]') }}
        open: ${{ fromJSON(vars.LIST) }}
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.mixed.x }}
                      ^^^^^^^^^^^^^^ not-an-object: is a single value
      - run: make ${{ matrix.made.x }}
                      ^^^^^^^^^^^^^ not-an-object: is a single value
      - run: make ${{ matrix.open.x }} ${{ matrix.mixed == 'a' }}
",
        );
    }
}
