use stepladder_yaml::{Path, TextRange, path};

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "concurrency-deadlock",
    severity: Severity::Error,
    kind: "jobs",
    title: "Workflow and job wait for the same group",
    docs: "The run holds the workflow's concurrency group until its jobs are done. A job in the same group waits for the run to \
           let go of it, which never happens; GitHub cancels the run. Give the job a group of another name.",
    bad: "on: push\nconcurrency: deploy\njobs:\n  build:\n    runs-on: ubuntu-latest\n    concurrency: Deploy\n    steps:\n      - run: make\n",
    good: "on: push\nconcurrency: deploy\njobs:\n  build:\n    runs-on: ubuntu-latest\n    concurrency: deploy-build\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let group = cx.workflow.concurrency.as_ref().and_then(|c| c.group.as_ref());
    let Some(group) = group.filter(|group| !group.value.contains("${{")) else { return };
    let mut clash = false;
    for job in &cx.workflow.jobs {
        let own = job.concurrency.as_ref().and_then(|c| c.group.as_ref());
        if own.is_some_and(|own| own.value.eq_ignore_ascii_case(&group.value)) {
            clash = true;
            let message = format!(
                "The workflow itself is in the concurrency group `{}`, so this job would wait for it without end; name \
                 another group.",
                group.value
            );
            out.push(RULE.at(place(cx, &job.path.child("concurrency")), message));
        }
    }
    if clash {
        let message = format!(
            "A job is in the same concurrency group `{}` and would wait for this run without end.",
            group.value
        );
        out.push(RULE.at(place(cx, &path!["concurrency"]), message));
    }
}

fn place(cx: &Cx<'_>, path: &Path) -> TextRange {
    cx.tree.at(path).map_or(TextRange::empty(0), |node| node.range())
}
