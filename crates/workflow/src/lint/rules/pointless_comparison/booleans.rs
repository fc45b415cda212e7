//! Texts that are compared with `true` or `false`: GitHub makes numbers of both, and the text `true` is none.

use stepladder_yaml::Change;

use super::RULE;
use super::values::written;
use crate::expr::{Compare, Expr, ExprKind, path};
use crate::lint::Cx;
use crate::lint::rules::truthy_text::text_input;
use crate::{Finding, Severity};

pub(super) fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for at in cx.exprs.iter().filter(|at| !at.unclosed && at.parsed.errors.is_empty()) {
        let Some(ast) = &at.parsed.ast else { continue };
        ast.walk(&mut |part| {
            let ExprKind::Compare { op, left, right } = &part.kind else { return };
            for (one, other) in [(left, right), (right, left)] {
                let ExprKind::Bool(truth) = other.kind else { continue };
                if op.is_order() || !is_text(cx, one, truth) {
                    continue;
                }
                let outcome = if *op == Compare::Equal { "never true" } else { "always true" };
                let message = format!(
                    "`{one}` is a text, and the text '{truth}' does not equal `{truth}`, so this is {outcome} of it: write `'{truth}'`."
                );
                let fix = written(at, &Change { range: other.range, insert: format!("'{truth}'") });
                out.push(RULE.at(at.range(part.range), message).with_severity(Severity::Hint).with_fix(fix));
            }
        });
    }
}

/// Whether a value is a text, whatever it says. An empty one equals `false`, so that one must be known to say something.
fn is_text(cx: &Cx<'_>, part: &Expr, truth: bool) -> bool {
    let Some(used) = path(part) else { return false };
    let names: Vec<String> = used.names().iter().map(|name| name.to_ascii_lowercase()).collect();
    if names.len() != used.steps.len() + 1 {
        return false;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match names[..] {
        ["inputs", name] => text_input(cx, name).is_some_and(|default| truth || !default.is_empty()),
        ["needs" | "steps" | "jobs", _, "outputs", _] | ["env" | "vars", _] => truth,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    fn action(condition: &str) -> String {
        format!(
            "#: action.yml\nname: A\ndescription: B\ninputs:\n  flag:\n    description: C\n    default: 'false'\n  free:\n    description: D\nruns:\n  using: composite\n  steps:\n    - run: echo ${{{{ inputs.flag }}}} ${{{{ inputs.free }}}}\n      shell: bash\n      if: {condition}\n"
        )
    }

    fn workflow(condition: &str) -> String {
        format!(
            "on:\n  workflow_call:\n    inputs:\n      dry: {{type: boolean}}\n      mode: {{type: string, default: 'no'}}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      X: ${{{{ inputs.dry }}}}\n    steps:\n      - id: q\n        run: echo \"x=${{{{ inputs.mode }}}}\" >> \"$GITHUB_OUTPUT\"\n      - run: make\n        if: {condition}\n"
        )
    }

    #[test]
    fn a_text_is_compared_with_a_text() {
        let fixed = |text: &str| text.strip_prefix("#: action.yml\n").map_or(text.to_owned(), str::to_owned);
        for (before, after) in [
            ("inputs.flag == true", "inputs.flag == 'true'"),
            ("inputs.flag != false", "inputs.flag != 'false'"),
            ("inputs.free == true", "inputs.free == 'true'"),
            ("${{ true != inputs.free }}", "${{ 'true' != inputs.free }}"),
        ] {
            check_fix("pointless-comparison", &action(before), &fixed(&action(after)));
        }
        for (before, after) in [
            ("inputs.mode == true", "inputs.mode == 'true'"),
            ("env.X == true", "env.X == 'true'"),
            ("steps.q.outputs.x == true", "steps.q.outputs.x == 'true'"),
        ] {
            check_fix("pointless-comparison", &workflow(before), &workflow(after));
        }
    }

    #[test]
    fn what_may_be_equal_is_not_told() {
        check(&action("inputs.free == false || inputs.flag == 'true'"));
        check(&workflow("inputs.dry == true || env.X == false || steps.q.outputs.x != false"));
    }
}
