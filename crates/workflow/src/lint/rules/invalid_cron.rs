use stepladder_yaml::{TextEdit, TextRange};

use crate::cron::Cron;
use crate::lint::{Cx, Rule};
use crate::model::Text;
use crate::{Finding, Fix, Severity};

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
            let range = within(cx, cron, error.range);
            let fix = instead(&error.message).filter(|_| range != cron.range || cx.tree.slice(range) == cron.value);
            let fix = fix.map(|text| Fix::risky(format!("Write `{text}`"), TextEdit::replace(range, text)));
            out.push(RULE.at(range, error.message).with_fix(fix));
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

/// What a message says to write in place of what it is about.
pub(super) fn instead(message: &str) -> Option<&str> {
    message.split_once(": write `")?.1.split_once('`').map(|(text, _)| text)
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

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_message_says_is_written() {
        let with = |cron: &str| {
            format!("on:\n  schedule:\n    - cron: {cron}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        for (before, after) in [
            ("'@daily'", "'0 0 * * *'"),
            ("\"30 6 * * 7\"", "\"30 6 * * 0\""),
            ("30 6 ? * 1", "30 6 * * 1"),
        ] {
            crate::lint::testing::check_fix("invalid-cron", &with(before), &with(after));
        }
    }
}
