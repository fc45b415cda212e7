use crate::expr;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "reserved-name",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Name that no variable or secret can have",
    docs: "Names of secrets and variables have letters, digits and `_`, do not begin with a digit, and do not begin with `GITHUB_`. One \
           with any other name cannot exist, so the value is always empty. `secrets.GITHUB_TOKEN` is the token of the run.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ vars.GITHUB_LEVEL }}\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ vars.LEVEL }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for at in cx.exprs.iter().filter(|at| at.asks("vars") || at.asks("secrets")) {
        let Some(ast) = &at.parsed.ast else { continue };
        // The secrets of a called workflow have the names that it declares.
        let call = cx.workflow.trigger("workflow_call").is_some();
        for used in expr::used(ast) {
            let secret = used.root.is("secrets");
            if !(used.root.is("vars") || secret && !call) {
                continue;
            }
            let Some((name, range)) = used.first().filter(|(name, _)| !name.is_empty()) else { continue };
            let upper = name.to_ascii_uppercase();
            let why = if secret && upper == "GITHUB_TOKEN" {
                continue;
            } else if upper.starts_with("GITHUB_") {
                "GitHub keeps names that begin with `GITHUB_` for itself"
            } else if name.starts_with(|c: char| c.is_ascii_digit()) {
                "it cannot begin with a digit"
            } else if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                "only letters, digits and `_` are allowed"
            } else {
                continue;
            };
            let what = if secret { "secret" } else { "variable" };
            out.push(RULE.at(at.range(range), format!("No {what} can be called `{name}`: {why}.")));
        }
    }
}
