use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "wrong-kind",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Expression that gives another kind of value",
    docs: "The key takes a list, a mapping, a number or a boolean, but the expression gives something else, so the run fails. `fromJSON()` makes lists, objects, numbers and booleans of text.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: ${{ github.ref }}\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: ${{ fromJSON(vars.LIMIT) }}\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::WrongKind), out);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_runner_is_told_by_words() {
        check(
            "on: push
jobs:
  number:
    runs-on: ${{ 42 }}
                 ^^ wrong-kind: `42` is a number
    steps:
      - run: make
  nothing:
    runs-on: ${{ null }}
                 ^^^^ wrong-kind: `null` is null
    steps:
      - run: make
  list:
    runs-on: ${{ fromJSON('[\"self-hosted\", \"linux\"]') }}
    steps:
      - run: make
  group:
    runs-on: ${{ fromJSON('{\"group\":\"large\"}') }}
    steps:
      - run: make
  object:
    runs-on: ${{ github }}
                 ^^^^^^ wrong-kind: `github` is an object without any key that `runs-on` can have
    concurrency: ${{ fromJSON('{\"name\":\"x\"}') }}
                     ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-kind: it may have `group`
    steps:
      - run: make
",
        );
    }

    #[test]
    fn values_of_a_matrix_are_known() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        mixed: [a, 5, '${{ github.ref == 1 }}']
        names: ['${{ github.ref_name }}', 'v${{ vars.LAST }}']
        open: [a, '${{ fromJSON(vars.LAST) }}']
    runs-on: ubuntu-latest
    env: ${{ matrix.mixed }}
             ^^^^^^^^^^^^ wrong-kind: is a single value, but an object is needed
    steps:
      - run: make
        env: ${{ matrix.names }}
                 ^^^^^^^^^^^^ wrong-kind: is a string, but an object is needed
      - run: make
        env: ${{ matrix.open }}
",
        );
    }

    #[test]
    fn a_start_by_hand_sends_texts() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      limit: {type: number}
      go-on: {type: boolean}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        continue-on-error: ${{ github.event.inputs.go-on }}
                               ^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-kind: `github.event.inputs.go-on` is a string
        timeout-minutes: ${{ github.event.inputs.limit }}
                             ^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-kind: `github.event.inputs.limit` is a string
      - run: make
        continue-on-error: ${{ inputs.go-on }}
        timeout-minutes: ${{ fromJSON(github.event.inputs.limit) }}
",
        );
    }

    #[test]
    fn a_text_is_read_as_json() {
        let with = |matrix: &str| {
            format!("on: push\njobs:\n  plan:\n    runs-on: ubuntu-latest\n    outputs:\n      matrix: ${{{{ vars.MATRIX }}}}\n    steps:\n      - run: make\n  build:\n    needs: plan\n    strategy:\n      matrix: ${{{{ {matrix} }}}}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        crate::lint::testing::check_fix(
            "wrong-kind",
            &with("needs.plan.outputs.matrix"),
            &with("fromJSON(needs.plan.outputs.matrix)"),
        );
    }

    #[test]
    fn a_list_of_the_matrix_may_be_absent() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        os: [ubuntu-latest]
        include:
          - {os: windows-latest, extra: [a, b]}
    runs-on: ${{ matrix.os }}
    steps:
      - if: matrix.extra
        run: make
",
        );
    }
}
