use stepladder_yaml::Step;

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "schedule-without-times",
    severity: Severity::Warning,
    kind: "triggers",
    title: "Schedule that says no time",
    docs: "`schedule` starts a workflow at the times of its list. Named alone, as `on: schedule` or in a list of events, it has \
           no times, so that it never starts anything: write it as a key with a list of `cron` lines below.",
    bad: "on: [push, schedule]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  push:\n  schedule:\n    - cron: '30 4 * * 1'\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for trigger in cx.workflow.triggers.iter().filter(|trigger| trigger.event.value == "schedule") {
        let named_alone = trigger.path.steps().len() == 1 || matches!(trigger.path.last(), Some(Step::Index(_)));
        if named_alone {
            let message = "`schedule` says no time, so it never starts the workflow; write it as a key with `cron` lines below, such \
                           as `- cron: '30 4 * * 1'`.";
            out.push(RULE.at(trigger.event.range, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn alone() {
        check(
            "on: schedule
    ^^^^^^^^ schedule-without-times: never starts
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
