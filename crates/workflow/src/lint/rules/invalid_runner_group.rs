use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-runner-group",
    severity: Severity::Error,
    kind: "jobs",
    title: "Name of a runner group with a wrong prefix",
    docs: "The name of a runner group stands alone, or with `org/` (`organization/`) or `ent/` (`enterprise/`) before it to say \
           whose group is meant. No other `/` is allowed.",
    bad: "on: push\njobs:\n  build:\n    runs-on:\n      group: team/large\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on:\n      group: org/large\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for group in cx.workflow.jobs.iter().filter_map(|job| job.runner_group.as_ref()) {
        let Some((prefix, name)) = group.value.split_once('/').filter(|_| !group.value.contains("${{"))
        else {
            continue;
        };
        let why = if !matches!(prefix, "org" | "organization" | "ent" | "enterprise") {
            format!("`{prefix}/` is no prefix; use `org/` or `ent/`")
        } else if name.is_empty() {
            "the name after the prefix is missing".to_owned()
        } else if name.contains('/') {
            "it can have one prefix only".to_owned()
        } else {
            continue;
        };
        out.push(RULE.at(group.range, format!("`{}` cannot be a runner group: {why}.", group.value)));
    }
}
