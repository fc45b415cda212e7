use stepladder_yaml::TextEdit;

use crate::cron::{TimezoneVerdict, timezone_verdict, timezones};
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-timezone",
    severity: Severity::Error,
    kind: "triggers",
    title: "Time zone that does not exist",
    docs: "`timezone` takes a name of the IANA time zone database, such as `Europe/Berlin` or `America/New_York`. Offsets \
           such as `+02:00` and abbreviations such as `CEST` are no such names: they would not follow daylight saving.",
    bad: "on:\n  schedule:\n    - cron: 0 6 * * *\n      timezone: Europe/Berlni\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  schedule:\n    - cron: 0 6 * * *\n      timezone: Europe/Berlin\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

/// Whether the places begin with one letter: `Europe/Munich` is no slip for `Europe/Zurich`.
fn begin_alike(a: &str, b: &str) -> bool {
    let first = |name: &str| name.rsplit('/').next().and_then(|city| city.chars().next()).map(|c| c.to_ascii_lowercase());
    first(a) == first(b)
}

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let zones = cx.workflow.triggers.iter().flat_map(|trigger| &trigger.schedules);
    for zone in zones.filter_map(|schedule| schedule.timezone.as_ref()) {
        let verdict = timezone_verdict(&zone.value);
        if verdict == TimezoneVerdict::Known || zone.value.is_empty() {
            continue;
        }
        let known: Vec<String> = timezones().collect();
        // Abbreviations and offsets are like each other in letters only.
        let short = zone.value.len() < 5 || zone.value.starts_with("GMT") || zone.value.starts_with("UTC");
        let near = || nearest(&zone.value, known.iter().map(String::as_str));
        let same = || known.iter().map(String::as_str).find(|name| name.eq_ignore_ascii_case(&zone.value));
        let meant = if short { same() } else { near().filter(|near| begin_alike(near, &zone.value)) };
        let ask = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write one such as `Europe/Berlin`.".to_owned(),
        };
        let severity =
            if verdict == TimezoneVerdict::Malformed { Severity::Error } else { Severity::Warning };
        let fix =
            meant.map(|meant| Fix::risky(format!("Write `{meant}`"), TextEdit::replace(zone.range, meant)));
        let message = format!("`{}` is no IANA time zone name; {ask}", zone.value);
        out.push(RULE.at(zone.range, message).with_severity(severity).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn only_a_slip_of_the_finger_is_taken_for_another_name() {
        check(
            "on:
  schedule:
    - {cron: '0 6 * * *', timezone: PST}
                                    ^^^ unknown-timezone: write one such as
    - {cron: '0 6 * * *', timezone: GMT+1}
                                    ^^^^^ unknown-timezone: write one such as
    - {cron: '0 6 * * *', timezone: Europe/Munich}
                                    ^^^^^^^^^^^^^ unknown-timezone: write one such as
    - {cron: '0 6 * * *', timezone: Europe/Pariss}
                                    ^^^^^^^^^^^^^ unknown-timezone: did you mean `Europe/Paris`?
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
