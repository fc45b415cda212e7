use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "interpolated-object",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Object or list in the midst of text",
    docs: "A text can only hold texts, numbers and booleans. An object becomes `Object`, a list `Array`, and `null` nothing. Use `toJSON()` to see its contents, or `join()` for a list.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ toJSON(github) }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::InterpolatedObject), out);
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_is_put_into_a_mapping_is_an_object() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      ${{ insert }}: ${{ fromJSON('{}') }}
      OTHER: ${{ fromJSON('{}') }}
                 ^^^^^^^^^^^^^^ interpolated-object: prints as the bare word
    steps:
      - run: make
",
        );
    }
}
