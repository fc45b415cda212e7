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
        // Runners know their names in any case, but then look for a program of that very name.
        if let Some(known) = SHELLS.iter().find(|shell| shell.name.eq_ignore_ascii_case(text)) {
            let message = format!("`{text}` is found only where case does not count in names of files: write `{}`.", known.name);
            let edit = TextEdit::replace(place.node.resolve().range(), known.name);
            let fix = Fix::safe(format!("Write `{}`", known.name), edit);
            out.push(RULE.at(place.node.range(), message).with_severity(Severity::Warning).with_fix(fix));
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

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn another_case_is_found_on_some_systems() {
        check(
            "on: push
jobs:
  build:
    runs-on: windows-latest
    steps:
      - run: make
        shell: PowerShell
               ^^^^^^^^^^ unknown-shell: `PowerShell` is found only where case does not count
      - run: make
        shell: fish
               ^^^^ unknown-shell: `fish` is no shell that runners know
",
        );
    }
}
