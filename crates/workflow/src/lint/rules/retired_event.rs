use stepladder_yaml::TextEdit;

use crate::facts::events::{Status, event};
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "retired-event",
    severity: Severity::Warning,
    kind: "triggers",
    title: "Event that no longer comes",
    docs: "GitHub.com no longer sends this event, so it never starts the workflow; or it is an old name of another event, which is the \
           one to write.",
    bad: "on: project_card\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: issues\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for trigger in &cx.workflow.triggers {
        let name = &trigger.event.value;
        match event(name).map(|event| event.status) {
            Some(Status::Retired) => {
                out.push(RULE.at(
                    trigger.event.range,
                    format!("GitHub.com no longer sends `{name}`, so it starts nothing."),
                ));
            }
            Some(Status::AliasOf(other)) => {
                let fix =
                    Fix::risky(format!("Write `{other}`"), TextEdit::replace(trigger.event.range, other));
                let message = format!("`{name}` is an old name; write `{other}`.");
                out.push(RULE.at(trigger.event.range, message).with_fix(fix));
            }
            _ => {}
        }
    }
}
