use stepladder_yaml::TextEdit;

use crate::facts::runners::{SHELLS, shell};
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::schema::Values;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-shell",
    severity: Severity::Error,
    kind: "jobs",
    title: "Shell that runners do not know",
    docs: "`shell` takes one of GitHub's own names, or a command of your own with `{0}` in the place where the name of the \
           script's file goes, such as `perl {0}`. With anything else the step fails.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        shell: perl\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        shell: perl {0}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        if place.field.is_none_or(|field| field.values != Values::Shells) {
            continue;
        }
        let Some(text) = place.node.as_str().filter(|text| !text.is_empty()) else { continue };
        if text.contains("{0}") || text.contains("${{") || shell(text).is_some() {
            continue;
        }
        let names = list(SHELLS.iter().map(|shell| shell.name), 12);
        let message = format!(
            "`{text}` is no shell that runners know; use {names}, or a command with `{{0}}` for the script's file."
        );
        let meant = nearest(text, SHELLS.iter().map(|shell| shell.name));
        let fix = meant.map(|meant| {
            Fix::risky(format!("Write `{meant}`"), TextEdit::replace(place.node.resolve().range(), meant))
        });
        out.push(RULE.at(place.node.range(), message).with_fix(fix));
    }
}
