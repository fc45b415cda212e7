use stepladder_yaml::TextEdit;

use crate::facts::runners::{HOSTED, Status, hosted, is_self_hosted_preset, os_of_label, removed, successor};
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::model::{Data, Job, Spanned, Text};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "runner-label",
    severity: Severity::Warning,
    kind: "jobs",
    title: "Runner label that GitHub does not offer",
    docs: "`runs-on` takes labels of GitHub's own runners, such as `ubuntu-latest`, or labels of your own ones. With a label \
           that no runner has, the job waits until it is cancelled. List labels of your own runners under `runner-labels` \
           in the configuration, with `*` for any text.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-lastest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        if job.runner_group.is_some() {
            continue;
        }
        let all = labels(job);
        let own = all.iter().any(|label| is_self_hosted_preset(&label.value));
        for label in all {
            judge(cx, &label, own, out);
        }
    }
}

/// The labels of a job, those that come from its matrix too.
pub(super) fn labels(job: &Job) -> Vec<Text> {
    let mut all = Vec::new();
    for label in &job.runs_on {
        match axis(&label.value) {
            Some(axis) => all.extend(values(job, axis)),
            None => all.push(label.clone()),
        }
    }
    all
}

/// `os` of `${{ matrix.os }}`.
pub(super) fn axis(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("${{")?.strip_suffix("}}")?.trim();
    let name = inner.strip_prefix("matrix.")?;
    name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).then_some(name)
}

/// All texts that a dimension of the matrix can have.
pub(super) fn values(job: &Job, axis: &str) -> Vec<Text> {
    let Some(matrix) = &job.matrix else { return Vec::new() };
    let rows = matrix
        .rows
        .iter()
        .filter(|row| row.name.value.eq_ignore_ascii_case(axis))
        .filter_map(|row| row.values.as_ref())
        .flatten();
    let added = matrix
        .include
        .iter()
        .flatten()
        .flatten()
        .filter(|(name, _)| name.value.eq_ignore_ascii_case(axis))
        .map(|(_, value)| value);
    let text = |value: &Spanned<Data>| -> Vec<Text> {
        match &value.value {
            Data::Text(text) => vec![Spanned::new(text.clone(), value.range)],
            _ => Vec::new(),
        }
    };
    rows.chain(added).flat_map(text).collect()
}

fn judge(cx: &Cx<'_>, label: &Text, own: bool, out: &mut Vec<Finding>) {
    let name = label.value.as_str();
    if name.contains("${{")
        || is_self_hosted_preset(name)
        || cx.env.config.runner_labels.iter().any(|own| fits(own, name))
    {
        return;
    }
    if let Some(old) = removed(name) {
        let Status::Removed { since } = old.status else { return };
        let new = successor(old);
        let message = format!(
            "`{name}` is no longer there: GitHub retired it in {since}, and jobs wait for it in vain. Use `{new}`."
        );
        let fix = Fix::risky(format!("Write `{new}`"), TextEdit::replace(label.range, new));
        out.push(RULE.at(label.range, message).with_fix(fix));
        return;
    }
    if let Some(known) = hosted(name) {
        if let Status::Deprecated { removal, .. } = known.status {
            let new = successor(known);
            let message = format!("`{name}` is deprecated and goes away on {removal}; use `{new}`.");
            out.push(RULE.at(label.range, message).with_severity(Severity::Hint));
        }
        return;
    }
    // Beside `self-hosted`, and among the names that GitHub proposes for larger runners, any label can be right.
    if own || os_of_label(name).is_some() {
        return;
    }
    let meant = nearest(name, HOSTED.iter().map(|known| known.label));
    let ask = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "if it is one of your own, list it under `runner-labels` in the configuration.".to_owned(),
    };
    let fix =
        meant.map(|meant| Fix::risky(format!("Write `{meant}`"), TextEdit::replace(label.range, meant)));
    out.push(
        RULE.at(label.range, format!("The label `{name}` is unknown: no runner of GitHub has it; {ask}"))
            .with_fix(fix),
    );
}

/// Whether `text` fits a pattern with `*` and `?`; case does not count.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for c in pattern {
        let mut next = vec![false; text.len() + 1];
        let mut any = false;
        for at in 0..=text.len() {
            any |= reached[at];
            next[at] = match c {
                '*' => any,
                '?' => at > 0 && reached[at - 1],
                c => at > 0 && reached[at - 1] && text[at - 1] == c,
            };
        }
        reached = next;
    }
    reached[text.len()]
}

#[cfg(test)]
mod tests {
    use super::fits;
    use crate::lint::testing::{check, check_in, env};

    #[test]
    fn in_a_matrix() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        os: [ubuntu-latest, ubuntu-16.04, my-machine]
                            ^^^^^^^^^^^^ runner-label: retired it in
                                          ^^^^^^^^^^ runner-label: unknown
    runs-on: ${{ matrix.os }}
    steps:
      - run: make
",
        );
    }

    #[test]
    fn own_labels_by_configuration() {
        let mut env = env();
        env.config.runner_labels.push("my-*".to_owned());
        check_in("on: push\njobs:\n  build:\n    runs-on: My-machine\n    steps:\n      - run: make\n", &env);
        assert!(fits("a?c*", "abcd") && fits("*", "") && !fits("a?", "a"));
    }
}
