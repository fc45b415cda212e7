use std::collections::BTreeSet;
use std::sync::Arc;

use crate::lint::interface::{is_missing, metadata};
use crate::lint::{self, Cx, Rule};
use crate::model::{StepKind, Uses};
use crate::{Analysis, Env, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "broken-action",
    severity: Severity::Warning,
    kind: "actions",
    title: "Action of this repository with mistakes",
    docs: "The step uses an action of this repository whose metadata has mistakes, so the step may fail. Check its `action.yml`: open \
           it, or run `stepladder check` on it.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut judged = BTreeSet::new();
    for step in cx.steps() {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let (Uses::Local { path } | Uses::Own { path }) = Uses::new(&uses.value) else { continue };
        let Some((file, text)) = metadata(cx, path) else {
            if !path.is_empty() && is_missing(cx, path) {
                let message = format!("`{path}` has no `action.yml`, so it is no action.");
                out.push(RULE.at(uses.range, message));
            }
            continue;
        };
        // Once a file is enough: each use would say the same.
        if !judged.insert(file.clone()) {
            continue;
        }
        let problems = cx.env.memo.problems(&file, text, || Arc::new(problems(cx, &file, text)));
        for problem in problems.iter().take(8) {
            out.push(RULE.at(uses.range, format!("`{file}` has a mistake: {}", problem.message)));
        }
    }
}

/// What makes the metadata of an action unusable, or doubtful.
fn problems(cx: &Cx<'_>, file: &str, text: &str) -> Vec<Finding> {
    // The action's own references are checked where the action is.
    let env = Env { file_name: Some(file.to_owned()), missing: cx.env.missing.clone(), ..Env::default() };
    let mut findings = Analysis::new(text, &env).into_findings();
    findings.retain(|finding| {
        let kind = lint::rule(finding.rule).map_or("", |rule| rule.kind);
        (matches!(kind, "structure" | "metadata") || finding.rule == "outdated-node")
            && finding.severity != Severity::Hint
            && finding.rule != "trailing-newline"
            // What only has no effect breaks nothing.
            && (finding.rule != "empty-value" || finding.severity == Severity::Error)
    });
    findings
}
