use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "argument-type",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Argument of a kind that the function cannot use",
    docs: "The function cannot do anything useful with an argument of this kind: an object becomes the text `Object`, a list the text `Array`. Name a property of it, or write it as JSON with `toJSON()`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ startsWith(github, 'v') }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ startsWith(github.ref_name, 'v') }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::ArgumentType), out);
}
