use stepladder_yaml::TextRange;

use crate::cron::Cron;
use crate::lint::{Cx, Rule};
use crate::model::Text;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-cron",
    severity: Severity::Error,
    kind: "triggers",
    title: "Schedule that is no cron expression",
    docs: "A schedule has five parts: minute (0 to 59), hour (0 to 23), day of the month (1 to 31), month (1 to 12 or JAN \
           to DEC) and day of the week (0 to 6 or SUN to SAT), each a number, a range `a-b`, a list `a,b`, `*`, or one of \
           these with a step `/n`. GitHub refuses anything else.",
    bad: "on:\n  schedule:\n    - cron: 0 24 * * *\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  schedule:\n    - cron: 0 23 * * *\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for cron in crons(cx) {
        for error in Cron::parse(&cron.value).err().unwrap_or_default() {
            out.push(RULE.at(within(cx, cron, error.range), error.message));
        }
    }
}

/// All cron expressions.
pub(super) fn crons<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a Text> {
    cx.workflow
        .triggers
        .iter()
        .flat_map(|trigger| &trigger.schedules)
        .filter_map(|schedule| schedule.cron.as_ref())
}

/// A range of a text's value as one of the file; the whole text where escapes make them differ.
pub(super) fn within(cx: &Cx<'_>, text: &Text, range: TextRange) -> TextRange {
    let source = cx.tree.slice(text.range);
    match source.find(&text.value) {
        Some(at) => {
            let start = text.range.start + u32::try_from(at).unwrap_or_default();
            TextRange::new(start + range.start, start + range.end)
        }
        None => text.range,
    }
}
