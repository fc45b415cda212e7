use stepladder_yaml::TextEdit;

use super::invalid_cron::crons;
use crate::cron::{Cron, MIN_INTERVAL_MINUTES};
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "frequent-cron",
    severity: Severity::Warning,
    kind: "triggers",
    title: "Schedule that is closer than GitHub allows",
    docs: "GitHub starts a scheduled workflow at most once every five minutes, and on a busy day later than that. A \
           schedule that asks for more runs only every five minutes.",
    bad: "on:\n  schedule:\n    - cron: '*/2 * * * *'\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  schedule:\n    - cron: '*/5 * * * *'\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for text in crons(cx) {
        let Ok(cron) = Cron::parse(&text.value) else { continue };
        if let Some(gap) = cron.shortest_gap().filter(|_| cron.is_too_frequent()) {
            let apart = if gap.to_string() == "1" { "a minute".to_owned() } else { format!("{gap} minutes") };
            let message = format!(
                "This schedule asks for runs {apart} apart, but GitHub starts one at most every \
                 {MIN_INTERVAL_MINUTES} minutes."
            );
            let fix = text
                .value
                .split_once(' ')
                .filter(|(minute, _)| minute.starts_with("*/") || *minute == "*")
                .and_then(|(_, rest)| {
                    let source = cx.tree.slice(text.range);
                    let better = source.replace(text.value.as_str(), &format!("*/5 {rest}"));
                    let plain = source.contains(text.value.as_str()) && better.starts_with(['\'', '"']);
                    plain.then(|| Fix::risky("Every five minutes", TextEdit::replace(text.range, better)))
                });
            // A step that does not divide the hour is short only where the hour turns.
            let minute = text.value.trim_start().split(' ').next().unwrap_or_default();
            let step = minute.strip_prefix("*/").and_then(|step| step.parse::<u32>().ok());
            let turn = step.is_some_and(|step| step >= MIN_INTERVAL_MINUTES);
            let severity = if turn { Severity::Hint } else { Severity::Warning };
            out.push(RULE.at(text.range, message).with_severity(severity).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_minute_is_told_as_one() {
        crate::lint::testing::check(
            "on:
  schedule:
    - cron: '0,1 5 * * *'
            ^^^^^^^^^^^^^ frequent-cron: asks for runs a minute apart
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    use crate::Severity;
    use crate::lint::testing::{analyse, env};

    #[test]
    fn a_step_is_short_only_where_the_hour_turns() {
        let severity = |cron: &str| {
            let text = format!(
                "on:\n  schedule:\n    - cron: '{cron}'\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"
            );
            analyse(&text, &env()).findings().first().map(|finding| finding.severity)
        };
        assert_eq!(severity("*/7 * * * *"), Some(Severity::Hint));
        assert_eq!(severity("*/4 * * * *"), Some(Severity::Warning));
        assert_eq!(severity("58,1 * * * *"), Some(Severity::Warning));
        assert_eq!(severity("*/10 * * * *"), None);
    }
}
