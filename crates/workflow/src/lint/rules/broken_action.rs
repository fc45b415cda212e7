use std::collections::BTreeSet;
use std::sync::Arc;

use stepladder_yaml::path;

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
        let breaking = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        let Some(first) = problems.first() else { continue };
        let told = if breaking > 0 { breaking } else { problems.len() };
        let more = match told - 1 {
            0 => String::new(),
            1 => " There is another one in it.".to_owned(),
            more => format!(" There are {more} others in it."),
        };
        let message = format!("`{file}` has a mistake: {}{more}", first.message);
        out.push(RULE.at(uses.range, message));
    }
}

/// What is wrong in the metadata of an action, what makes it unusable first.
fn problems(cx: &Cx<'_>, file: &str, text: &str) -> Vec<Finding> {
    // The action's own references are checked where the action is.
    let env = Env { file_name: Some(file.to_owned()), missing: cx.env.missing.clone(), ..Env::default() };
    let analysis = Analysis::new(text, &env);
    let branding = analysis.tree.at(&path!["branding"]).map(|branding| branding.entry_range());
    let is_told = |finding: &&Finding| {
        let kind = lint::rule(finding.rule).map_or("", |rule| rule.kind);
        (matches!(kind, "structure" | "metadata") || finding.rule == "outdated-node")
            && finding.severity != Severity::Hint
            && finding.rule != "trailing-newline"
            // What only has no effect breaks nothing.
            && (finding.rule != "empty-value" || finding.severity == Severity::Error)
    };
    let mut findings: Vec<Finding> = analysis.findings().iter().filter(is_told).cloned().collect();
    for finding in &mut findings {
        // How an action looks matters on the Marketplace only; a file that is not there is surely missed.
        if branding.is_some_and(|branding| branding.covers(finding.range)) {
            finding.severity = Severity::Warning;
        } else if finding.rule == "missing-action-file" {
            finding.severity = Severity::Error;
        }
    }
    findings.sort_by_key(|finding| finding.severity);
    findings
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_caller_hears_once_and_of_what_breaks_an_action_first() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: ./old
              ^^^^^ broken-action: another one in it
      - uses: ./bad
              ^^^^^ broken-action: another one in it
      - uses: ./bad
#: old/action.yml
name: Old
description: Runs on an old version.
branding: {icon: nothing, color: white}
runs:
  using: node16
  main: main.js
#: bad/action.yml
name: Bad
description: Lacks what it runs.
author: [x]
runs:
  using: node16
",
        );
    }
}
