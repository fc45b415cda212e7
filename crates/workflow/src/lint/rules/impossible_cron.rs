use super::invalid_cron::crons;
use crate::cron::Cron;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "impossible-cron",
    severity: Severity::Warning,
    kind: "triggers",
    title: "Schedule for a day that never comes",
    docs: "The schedule is a valid cron expression, but no date fits it, such as the 31st of February, so the workflow \
           never starts by it.",
    bad: "on:\n  schedule:\n    - cron: 0 0 31 2 *\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  schedule:\n    - cron: 0 0 28 2 *\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for text in crons(cx) {
        if Cron::parse(&text.value).is_ok_and(|cron| !cron.ever_runs()) {
            out.push(RULE.at(
                text.range,
                "No date fits this schedule, so it never starts the workflow; change the day or the month.",
            ));
        }
    }
}
