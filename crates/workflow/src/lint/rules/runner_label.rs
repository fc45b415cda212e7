use stepladder_yaml::{Change, TextEdit, TextRange};

use crate::expr::{self, ExprKind, Value};
use crate::facts::runners::{
    HOSTED, Status, hosted, is_of_service, is_self_hosted_preset, os_of_label, removed, successor,
};
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::{Data, Job, Spanned, StepKind, Text};
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
        let entries = written(job);
        let by_entry: Vec<Vec<Text>> = entries.iter().map(|entry| labels_of(job, entry)).collect();
        for (at, labels) in by_entry.iter().enumerate() {
            let others = by_entry.iter().enumerate().filter(|(other, _)| *other != at);
            let own = others.flat_map(|(_, labels)| labels).any(preset);
            let place = Place { job, axis: axis(&entries[at].value), several: entries.len() > 1 };
            // That nothing stands there is told as such.
            for label in labels.iter().filter(|label| place.axis.is_some() || !label.value.is_empty()) {
                judge(cx, label, own, &place, out);
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

/// Where a label comes from.
struct Place<'a> {
    job: &'a Job,
    /// The dimension of the matrix that has it.
    axis: Option<&'a str>,
    /// Whether `runs-on` has other entries.
    several: bool,
}

fn judge(cx: &Cx<'_>, label: &Text, own: bool, place: &Place<'_>, out: &mut Vec<Finding>) {
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
        out.push(RULE.at(label.range, message).with_fix(writing(cx, label, new, place)));
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
    let fix = meant.and_then(|meant| writing(cx, label, meant, place));
    out.push(
        RULE.at(label.range, format!("The label `{name}` is unknown: no runner of GitHub has it; {ask}"))
            .with_fix(fix),
    );
}

/// Writes another label in the place of one, where it is not in the midst of an expression, and wherever the matrix or a
/// comparison names it as a value of the same dimension.
fn writing(cx: &Cx<'_>, label: &Text, new: &str, place: &Place<'_>) -> Option<Fix> {
    // No runner has two of GitHub's labels.
    if place.several && place.axis.is_none() && written(place.job).iter().any(|entry| hosted(&entry.value).is_some()) {
        return None;
    }
    let mut changes = Vec::new();
    match place.axis {
        None => changes.push(Change { range: label.range, insert: new.to_owned() }),
        Some(axis) => {
            let all = values(place.job, axis);
            if all.iter().any(|value| value.value == new) {
                return None;
            }
            let named = all.into_iter().chain(excluded(place.job, axis)).filter(|value| value.value == label.value);
            let mut ranges: Vec<TextRange> = named.map(|value| value.range).collect();
            ranges.sort_by_key(|range| range.start);
            ranges.dedup();
            changes.extend(ranges.into_iter().map(|range| Change { range, insert: new.to_owned() }));
            let compared = compared(cx, place.job, axis, &label.value, new)?;
            changes.extend(compared.iter().flat_map(|edit| edit.changes().iter().cloned()));
        }
    }
    let is_own = |source: &str| !source.starts_with('*') && !expr::has_expression(source);
    if !changes.iter().all(|change| cx.tree.text().get(change.range.to_usize()).is_some_and(is_own)) {
        return None;
    }
    Some(Fix::risky(format!("Write `{new}`"), TextEdit::new(changes)?))
}

/// The values of a dimension that `exclude` names.
fn excluded(job: &Job, axis: &str) -> Vec<Text> {
    let entries = job.matrix.iter().filter_map(|matrix| matrix.exclude.as_ref()).flatten().flatten();
    let own = entries.filter(|(name, _)| name.value.eq_ignore_ascii_case(axis));
    own.map(|(_, value)| Spanned::new(value.value.label(), value.range)).collect()
}

/// Edits of the expressions of a job that compare a dimension of its matrix with a label. `None`: one names the label in
/// another way, or a script does.
fn compared(cx: &Cx<'_>, job: &Job, axis: &str, label: &str, new: &str) -> Option<Vec<TextEdit>> {
    let mut scripts = job.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Run { script, .. } => Some(script.value.as_str()),
        _ => None,
    });
    let own = cx.job(&job.id.value);
    let mut edits = Vec::new();
    for at in cx.exprs.iter().filter(|at| cx.owners().get(at.place).is_some_and(|owner| owner.job == own)) {
        let Some(ast) = &at.parsed.ast else { continue };
        let mut literals = Vec::new();
        let mut compared = Vec::new();
        ast.walk(&mut |part| match &part.kind {
            ExprKind::String(text) if text.contains(label) => literals.push(part.range),
            ExprKind::Compare { left, right, .. } => {
                for (one, other) in [(left, right), (right, left)] {
                    let is_axis = expr::path(one).is_some_and(|used| {
                        matches!(used.names().as_slice(), [matrix, name] if matrix.eq_ignore_ascii_case("matrix") && name.eq_ignore_ascii_case(axis))
                    });
                    let is_label = matches!(&other.kind, ExprKind::String(text) if text.eq_ignore_ascii_case(label));
                    if is_axis && is_label {
                        compared.push(other.range);
                    }
                }
            }
            _ => {}
        });
        if !ast.any(&|part| expr::path(part).is_some_and(|used| used.names().first().is_some_and(|name| name.eq_ignore_ascii_case("matrix")))) {
            continue;
        }
        if literals.iter().any(|literal| !compared.contains(literal)) {
            return None;
        }
        for range in compared {
            edits.push(at.edit(&Change { range, insert: format!("'{new}'") })?);
        }
    }
    let mentioned = scripts.any(|script| script.contains(label) && script.contains("matrix."));
    (!mentioned).then_some(edits)
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
    use crate::lint::testing::{analyse, check, check_fix, check_in, env};

    #[test]
    fn no_label_is_told_once() {
        check(
            "on: push
jobs:
  a:
    runs-on: ''
             ^^ empty-value: needs a value
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_matrix_gets_it_wherever_it_names_it() {
        let with = |label: &str, rest: &str| {
            format!(
                "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        os: [{label}, ubuntu-latest]\n        node: [22, 24]\n        exclude:\n          - {{os: {label}, node: 22}}\n        include:\n          - os: {label}\n            extra: 1\n    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - if: matrix.os == '{label}' && matrix.node != 22\n        run: make ${{{{ matrix.extra }}}} {rest}\n"
            )
        };
        check_fix("runner-label", &with("windows-2019", ""), &with("windows-2022", ""));
        let none = |text: String| {
            let analysis = analyse(&text, &env());
            let found = analysis.findings().iter().find(|finding| finding.rule == "runner-label");
            assert_eq!(found.map(|found| &found.fix), Some(&None), "{text}");
        };
        none(with("windows-2019", "windows-2019"));
        none(with("windows-2019", "${{ contains('windows-2019', matrix.os) }}"));
        none(with("windows-2019", "").replace("ubuntu-latest]", "windows-2022]"));
        none(with("windows-2019", "").replace("${{ matrix.os }}", "[windows-2019, windows-latest]"));
    }

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
