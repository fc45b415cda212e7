use stepladder_yaml::TextEdit;

use crate::expr::{self, Value};
use crate::facts::runners::{
    HOSTED, Status, hosted, is_of_service, is_self_hosted_preset, os_of_label, removed, successor,
};
use crate::lint::suggest::{list, nearest};
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
        // A runner has all labels of the list, but of a row of the matrix only one.
        let preset = |label: &Text| is_self_hosted_preset(&label.value) || is_of_service(&label.value);
        let by_entry: Vec<Vec<Text>> = written(job).iter().map(|entry| labels_of(job, entry)).collect();
        for (at, labels) in by_entry.iter().enumerate() {
            let others = by_entry.iter().enumerate().filter(|(other, _)| *other != at);
            let own = others.flat_map(|(_, labels)| labels).any(preset);
            for label in labels {
                judge(cx, job, label, own, out);
            }
        }
    }
}

/// The entries of `runs-on`, with the labels that an expression gives which no run can change, as `fromJSON('["linux"]')`.
pub(super) fn written(job: &Job) -> Vec<Text> {
    let fixed = |entry: &Text| -> Option<Vec<Text>> {
        let source = entry.value.get(expr::whole(&entry.value)?.to_usize())?;
        let given = expr::fold(expr::parse(source).ast.as_ref()?)?;
        let labels = match &given {
            Value::Array(labels) => labels.items(),
            Value::String(_) => std::slice::from_ref(&given),
            _ => return None,
        };
        let text = |label: &Value| Some(Spanned::new(label.to_text()?.to_string(), entry.range));
        labels.iter().map(text).collect()
    };
    job.runs_on.iter().flat_map(|entry| fixed(entry).unwrap_or_else(|| vec![entry.clone()])).collect()
}

/// The label that an entry of `runs-on` is, or those that come from the matrix for it.
fn labels_of(job: &Job, entry: &Text) -> Vec<Text> {
    axis(&entry.value).map_or_else(|| vec![entry.clone()], |axis| values(job, axis))
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
            Data::Text(_) | Data::Number(_) => vec![Spanned::new(value.value.label(), value.range)],
            _ => Vec::new(),
        }
    };
    rows.chain(added).flat_map(text).collect()
}

fn judge(cx: &Cx<'_>, job: &Job, label: &Text, own: bool, out: &mut Vec<Finding>) {
    let name = label.value.as_str();
    if name.contains("${{")
        || is_self_hosted_preset(name)
        || is_of_service(name)
        || cx.env.config.runner_labels.iter().any(|own| fits(own, name))
    {
        return;
    }
    if let Some(old) = removed(name) {
        let Status::Removed { since } = old.status else { return };
        let new = successor(old);
        let when = if since.len() > "2026-01".len() { "on" } else { "in" };
        let message = format!(
            "`{name}` is no longer there: GitHub retired it {when} {since}, so jobs wait for it in vain. Use `{new}`."
        );
        out.push(RULE.at(label.range, message).with_fix(writing(cx, job, label, new)));
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
    // Who names the system alone means its newest runner.
    let newest = || HOSTED.iter().map(|known| known.label).find(|label| label.strip_suffix("-latest") == Some(name));
    let meant = nearest(name, HOSTED.iter().map(|known| known.label)).or_else(newest);
    let ask = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            // The newest of each system; all of them would hide what is said, where several labels are unknown.
            let offered = HOSTED.iter().map(|known| known.label).filter(|label| label.ends_with("-latest"));
            format!(
                "if it is one of your own, list it under `runner-labels` in the configuration. GitHub has {} and others.",
                list(offered, 8)
            )
        }
    };
    let fix = meant.and_then(|meant| writing(cx, job, label, meant));
    out.push(
        RULE.at(label.range, format!("The label `{name}` is unknown: no runner of GitHub has it; {ask}"))
            .with_fix(fix),
    );
}

/// Writes another label in the place of one, where it is not in the midst of an expression. What `exclude` says of a value
/// of the matrix goes along; where the matrix has the other label already, the two would be one.
fn writing(cx: &Cx<'_>, job: &Job, label: &Text, new: &str) -> Option<Fix> {
    let source = cx.tree.text().get(label.range.to_usize())?;
    let mut edit = TextEdit::replace(label.range, new);
    let matrix = job.matrix.as_ref();
    let rows = || matrix.into_iter().flat_map(|matrix| &matrix.rows);
    let of = rows().find(|row| row.values.iter().flatten().any(|value| value.range == label.range));
    if let Some(row) = of {
        if row.values.iter().flatten().any(|value| value.value.label() == new) {
            return None;
        }
        let excluded = matrix.into_iter().flat_map(|matrix| matrix.exclude.iter().flatten().flatten());
        for (_, value) in excluded.filter(|(name, value)| {
            name.value.eq_ignore_ascii_case(&row.name.value) && value.value.label() == label.value
        }) {
            edit = edit.with(&TextEdit::replace(value.range, new))?;
        }
    }
    (!expr::has_expression(source)).then(|| Fix::risky(format!("Write `{new}`"), edit))
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
    fn what_is_excluded_goes_along() {
        let with = |label: &str, other: &str| {
            format!("on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        os: [{label}, {other}]\n        node: [22, 24]\n        exclude:\n          - os: {label}\n            node: 22\n    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - run: make ${{{{ matrix.node }}}}\n")
        };
        let before = with("ubuntu-lates", "windows-2025");
        crate::lint::testing::check_fix("runner-label", &before, &with("ubuntu-latest", "windows-2025"));
        let both = crate::lint::testing::analyse(&with("ubuntu-lates", "ubuntu-latest"), &env()).into_findings();
        assert!(both.iter().all(|finding| finding.fix.is_none()), "{both:#?}");
    }

    #[test]
    fn in_a_list_of_json() {
        check(
            "on: push
jobs:
  build:
    runs-on: ${{ fromJSON('[\"ubuntu-lastest\"]') }}
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ runner-label: did you mean `ubuntu-latest`
    steps:
      - run: make
  own:
    runs-on: ${{ fromJSON('[\"self-hosted\", \"rack-2\"]') }}
    steps:
      - run: make
  either:
    runs-on: ${{ github.ref_protected && fromJSON('[\"rack-2\"]') || 'ubuntu-latest' }}
    steps:
      - run: dir
        shell: powershell
  windows:
    runs-on: ${{ fromJSON('[\"windows-latest\", \"ubuntu-latest\"]') }}
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ runner-conflict: No runner has both
    steps:
      - run: make
  linux:
    runs-on: ${{ fromJSON('\"ubuntu-latest\"') }}
    steps:
      - run: dir
        shell: cmd
               ^^^ shell-not-on-system: not on Linux
",
        );
    }

    #[test]
    fn one_leg_of_your_own_says_nothing_of_the_others() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        os: [ubuntu-latest, mac-latest, windows, self-hosted, 24]
                            ^^^^^^^^^^ runner-label: unknown
                                                              ^^ runner-label: unknown
        gpu: [nvidia]
    runs-on: ${{ matrix.os }}
    steps:
      - run: make
  own:
    strategy:
      matrix:
        gpu: [nvidia]
    runs-on: [self-hosted, '${{ matrix.gpu }}', rack-2]
    steps:
      - run: make
",
        );
    }

    #[test]
    fn runners_can_be_rented() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        os: [depot-ubuntu-24.04-arm-16, Namespace-Profile-macos-15, depot]
                                                                    ^^^^^ runner-label: unknown
    runs-on: ${{ matrix.os }}
    steps:
      - run: make
  query:
    runs-on: [runs-on, runner=2cpu-linux-x64]
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
