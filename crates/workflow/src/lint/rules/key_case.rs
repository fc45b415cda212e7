use stepladder_yaml::{Node, TextEdit};

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
    let mut tell = |key: Node<'_>, written: &str, right: &str| {
        let message = format!("`{written}` must be written `{right}`: case counts in keys.");
        let fix = Fix::safe(format!("Write `{right}`"), TextEdit::replace(key.range(), right));
        out.push(RULE.at(key.range(), message).with_fix(Some(fix)));
    };
    for key in cx.tree.meant_keys() {
        if let Some((written, right)) = key.written_key().zip(key.as_str()) {
            tell(key, written, right);
        }
    }
    // What is left has the right key beside it, or is reached by an alias alone.
    let (beside, alone): (Vec<_>, Vec<_>) = unknown(cx)
        .into_iter()
        .filter_map(|unknown| Some((unknown.other_case?, unknown)))
        .partition(|(right, unknown)| unknown.mapping.get(right).is_some());
    for (right, unknown) in alone {
        tell(unknown.key, unknown.name, right);
    }
    for (right, unknown) in beside {
        let message =
            format!("`{}` means `{right}`, which is there already: remove one of the two.", unknown.name);
        out.push(RULE.at(unknown.key.range(), message));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn nothing_but_the_case_is_told_and_what_is_inside_is_read() {
        check(
            "On:
^^ key-case: must be written `on`
  workflow_dispatch:
    Inputs:
    ^^^^^^ key-case: inputs
      level:
        Type: choice
        ^^^^ key-case: type
        options: [low, high]
ENV:
^^^ key-case: env
  A: x
Jobs:
^^^^ key-case: jobs
  build:
    runs-on: ${{ matrix.os }}
    Strategy:
    ^^^^^^^^ key-case: strategy
      Matrix:
      ^^^^^^ key-case: matrix
        os: [ubuntu-latest, windows-latest]
    Outputs:
    ^^^^^^^ key-case: outputs
      text: ${{ steps.version.outputs.text }}
      ^^^^ matrix-output: Each variant
    Steps:
    ^^^^^ key-case: steps
      - Id: version
        ^^ key-case: id
        run: echo \"text=${{ env.A }} ${{ inputs.level }} ${{ matrix.oss }}\" >> \"$GITHUB_OUTPUT\"
                                                             ^^^^^^^^^^ unknown-property: oss
  test:
    Needs: [build, lint]
    ^^^^^ key-case: needs
                   ^^^^ unknown-need: lint
    runs-on: ubuntu-latest
    steps:
      - Uses: actions/checkout@v5
        ^^^^ key-case: uses
        With:
        ^^^^ key-case: with
          depth: 1
          ^^^^^ unknown-input: depth
      - run: echo ${{ needs.build.outputs.text }}
        \"Env\":
        ^^^^^ key-case: `Env` must be written `env`
          B: ${{ github.evnt }}
                 ^^^^^^^^^^^ unknown-property: evnt
",
        );
    }

    #[test]
    fn keys_of_an_action_are_read_in_any_case() {
        check(
            "#: action.yml
Name: A
^^^^ key-case: name
description: B
Inputs:
^^^^^^ key-case: inputs
  who:
    Required: true
    ^^^^^^^^ key-case: required
    deprecationmessage: Not any more
    ^^^^^^^^^^^^^^^^^^ key-case: deprecationMessage
Outputs:
^^^^^^^ key-case: outputs
  text:
    Value: ${{ steps.x.outputs.text }}
    ^^^^^ key-case: value
Runs:
^^^^ key-case: runs
  Using: composite
  ^^^^^ key-case: using
  steps:
    - ID: x
      ^^ key-case: id
      Shell: bash
      ^^^^^ key-case: shell
      run: echo \"text=${{ inputs.who }} ${{ inputs.whom }}\" >> \"$GITHUB_OUTPUT\"
                                            ^^^^^^^^^^^ unknown-property: whom
",
        );
    }

    #[test]
    fn names_that_a_person_chooses_are_no_keys_in_the_wrong_case() {
        check(
            "on: push
env:
  Steps: x
jobs:
  On:
    runs-on: ubuntu-latest
    outputs:
      Name: ${{ github.sha }}
    strategy:
      matrix:
        Include: [1, 2]
    steps:
      - run: echo \"$Steps\" ${{ matrix.Include }}
        env:
          Run: x
  b:
    needs: On
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ needs.On.outputs.Name }}
",
        );
    }

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
