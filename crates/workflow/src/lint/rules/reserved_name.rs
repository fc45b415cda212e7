use crate::expr;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "reserved-name",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Name that no variable or secret can have",
    docs: "Names of secrets and variables have letters, digits and `_`, do not begin with a digit, and do not begin with `GITHUB_`. One \
           with any other name cannot exist, so the value is always empty. `secrets.GITHUB_TOKEN` is the token of the run, also in a \
           workflow that is called: GitHub refuses one that declares it among its secrets.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ vars.GITHUB_LEVEL }}\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ vars.LEVEL }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    declared(cx, out);
    for at in cx.exprs.iter().filter(|at| at.asks("vars") || at.asks("secrets")) {
        let Some(ast) = &at.parsed.ast else { continue };
        // The secrets of a called workflow have the names that it declares.
        let call = cx.workflow.trigger("workflow_call").is_some();
        for used in expr::used(ast) {
            let secret = used.root.is("secrets");
            if at.parsed.doubts_word(used.range) || !(used.root.is("vars") || secret && !call) {
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

/// `GITHUB_TOKEN` among the secrets of a called workflow, in any case: GitHub's reader says that it would collide with its own.
fn declared(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places().iter().filter(|place| place.map.is_some_and(|map| map.name == "on.workflow_call.secrets")) {
        for key in place.node.resolve().entries().filter_map(|entry| entry.name().map(|name| (name, entry.key))) {
            if key.0.eq_ignore_ascii_case("GITHUB_TOKEN") {
                let message = format!("No secret can be called `{}`: each workflow has it anyway; remove it.", key.0);
                out.push(RULE.at(key.1.range(), message).with_severity(Severity::Error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn the_token_is_no_secret_of_a_call() {
        check(
            "on:
  workflow_call:
    secrets:
      github_token: {required: true}
      ^^^^^^^^^^^^ reserved-name: No secret can be called `github_token`
      DEPLOY_TOKEN: {required: true}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ secrets.GITHUB_TOKEN }} ${{ secrets.DEPLOY_TOKEN }}
",
        );
    }
}
