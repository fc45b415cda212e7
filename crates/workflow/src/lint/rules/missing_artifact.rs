use std::collections::BTreeSet;

use stepladder_yaml::{TextEdit, TextRange};

use super::invalid_cron::within;
use super::pointless_comparison::printed;
use crate::expr::{self, Segment};
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::{Job, Step, StepKind, Text, Uses};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-artifact",
    severity: Severity::Warning,
    kind: "data-flow",
    title: "Artifact that nobody has uploaded by then",
    docs: "`actions/download-artifact` takes an artifact that an earlier job of the same run has uploaded under the same name. No \
           job uploads one of this name, or the job that does is not waited for: add it to `needs`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/upload-artifact@v4\n        with:\n          name: binary\n          path: out\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/download-artifact@v4\n        with:\n          name: binaries\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/upload-artifact@v4\n        with:\n          name: binary\n          path: out\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/download-artifact@v4\n        with:\n          name: binary\n",
    check,
};

/// An upload: the job, the step, and the pieces of the name between expressions.
struct Upload<'a> {
    job: usize,
    step: usize,
    name: &'a str,
    /// All that the name can be, where the file makes that certain.
    all: Option<Vec<String>>,
}

impl Upload<'_> {
    fn may_be(&self, wanted: &str) -> bool {
        match &self.all {
            Some(all) => all.iter().any(|name| name == wanted),
            None => fits(self.name, wanted),
        }
    }
}

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.workflow.trigger("workflow_call").is_some() {
        // The caller's other jobs belong to the same run.
        return;
    }
    // Whether actions are used that may upload under names of their own.
    let mut others = false;
    let mut uploads: Vec<Upload<'_>> = Vec::new();
    let mut downloads: Vec<(usize, usize, &Text)> = Vec::new();
    let mut patterns: Vec<&Text> = Vec::new();
    for (at, job) in cx.workflow.jobs.iter().enumerate() {
        if job.uses.is_some() {
            // What a called workflow uploads is not known.
            return;
        }
        for (index, step) in job.steps.iter().enumerate() {
            let StepKind::Uses(uses) = &step.kind else { continue };
            match Uses::new(&uses.value) {
                Uses::Local { .. } | Uses::Own { .. } => return,
                Uses::Remote { owner, repo: "upload-artifact", .. }
                    if owner.eq_ignore_ascii_case("actions") =>
                {
                    let name = with(step, "name").map_or("artifact", |name| &name.value);
                    uploads.push(Upload { job: at, step: index, name, all: expanded(job, name) });
                }
                Uses::Remote { owner, repo: "download-artifact", .. }
                    if owner.eq_ignore_ascii_case("actions") =>
                {
                    let elsewhere = ["run-id", "repository", "github-token", "artifact-ids", "name"];
                    let pattern = with(step, "pattern").filter(|_| elsewhere.iter().all(|key| with(step, key).is_none()));
                    patterns.extend(pattern);
                    let elsewhere = ["run-id", "repository", "github-token", "pattern", "artifact-ids"];
                    let name = with(step, "name")
                        .filter(|name| !name.value.is_empty() && !name.value.contains("${{"));
                    if let Some(name) = name.filter(|_| elsewhere.iter().all(|key| with(step, key).is_none()))
                    {
                        downloads.push((at, index, name));
                    }
                }
                Uses::Remote { owner, repo, .. } => {
                    others |= !owner.eq_ignore_ascii_case("actions") || repo.contains("pages");
                }
                _ => {}
            }
        }
    }
    let certain = !others && uploads.iter().all(|upload| upload.all.is_some());
    for pattern in patterns.into_iter().filter(|pattern| certain && is_simple(&pattern.value)) {
        let names: BTreeSet<&str> = uploads.iter().flat_map(Upload::names).collect();
        if !names.iter().any(|name| matches(&pattern.value, name)) {
            let ask = if names.is_empty() {
                "no job uploads any.".to_owned()
            } else {
                format!("there are {}.", list(names, 8))
            };
            let message = format!("No job uploads an artifact that fits `{}`; {ask}", pattern.value);
            out.push(RULE.at(pattern.range, message).with_severity(Severity::Hint));
        }
    }
    for (job, step, name) in downloads {
        let fitting: Vec<&Upload<'_>> =
            uploads.iter().filter(|upload| upload.may_be(&name.value)).collect();
        if fitting.is_empty() {
            let names: BTreeSet<&str> = uploads.iter().flat_map(Upload::names).collect();
            let meant = nearest(&name.value, names.iter().copied());
            if others && meant.is_none() {
                continue;
            }
            let ask = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if names.is_empty() => "no job uploads any.".to_owned(),
                None => format!("there are {}.", list(names, 8)),
            };
            let place = within(cx, name, TextRange::new(0, u32::try_from(name.value.len()).unwrap_or_default()));
            let simple = |meant: &&str| {
                !meant.contains("${{")
                    && meant.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
                    && cx.tree.slice(place) == name.value
            };
            let fix = meant.filter(simple).map(|meant| {
                Fix::risky(format!("Write `{meant}`"), TextEdit::replace(place, meant))
            });
            let message = format!("No job uploads an artifact `{}`; {ask}", name.value);
            out.push(RULE.at(name.range, message).with_fix(fix));
            continue;
        }
        let before = ancestors(cx, job);
        let there =
            |upload: &&Upload<'_>| before.contains(&upload.job) || (upload.job == job && upload.step < step);
        if !fitting.iter().any(there) {
            let other = &cx.workflow.jobs[fitting[0].job];
            if fitting[0].job == job {
                out.push(RULE.at(
                    name.range,
                    format!("The artifact `{}` is uploaded only after this step.", name.value),
                ));
            } else {
                let message = format!(
                    "The artifact `{}` comes from the job `{}`, which this job does not wait for; add it to `needs`.",
                    name.value, other.id.value
                );
                let circle = ancestors(cx, fitting[0].job).contains(&job);
                let fix = if circle { None } else { cx.add_need(&cx.workflow.jobs[job], &other.id.value) };
                out.push(RULE.at(name.range, message).with_fix(fix));
            }
        }
    }
}

fn with<'a>(step: &'a Step, key: &str) -> Option<&'a Text> {
    step.with.iter().find(|(name, _)| name.value.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

impl Upload<'_> {
    fn names(&self) -> Vec<&str> {
        self.all.as_ref().map_or_else(|| vec![self.name], |all| all.iter().map(String::as_str).collect())
    }
}

/// Most names of one upload that are worked out.
const MOST: usize = 256;

/// All that a name can be in the variants of the job; `None` where it asks for anything but values of the matrix.
fn expanded(job: &Job, name: &str) -> Option<Vec<String>> {
    let mut names = vec![String::new()];
    for segment in expr::segments(name) {
        let parts: BTreeSet<String> = match segment {
            Segment::Text(range) => [name[range.to_usize()].to_owned()].into(),
            Segment::Expression { inner, .. } => {
                printed(job, name[inner.to_usize()].trim().strip_prefix("matrix.")?)?
            }
            Segment::Unclosed { .. } => return None,
        };
        if names.len() * parts.len() > MOST {
            return None;
        }
        names = names.iter().flat_map(|name| parts.iter().map(move |part| format!("{name}{part}"))).collect();
    }
    Some(names)
}

/// Whether no sign of a pattern but `*` and `?` is in it.
fn is_simple(pattern: &str) -> bool {
    !pattern.is_empty() && pattern.len() < 200 && !pattern.contains(['[', '{', '!', '(', '+', '@', '\\', '$', '#'])
}

/// Whether a name fits a pattern with `*` and `?`.
fn matches(pattern: &str, name: &str) -> bool {
    let mut chars = pattern.chars();
    match chars.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = chars.as_str().trim_start_matches('*');
            name.char_indices().any(|(at, _)| matches(rest, &name[at..])) || matches(rest, "")
        }
        Some(first) => {
            let mut letters = name.chars();
            let next = letters.next();
            next.is_some_and(|next| first == '?' || first == next) && matches(chars.as_str(), letters.as_str())
        }
    }
}

/// Whether a name, in which expressions stand for any text, can be `wanted`.
fn fits(name: &str, wanted: &str) -> bool {
    let mut rest = wanted;
    let mut pieces = name.split("${{");
    let Some(mut tail) = pieces.next().and_then(|first| rest.strip_prefix(first)) else { return false };
    let mut open = false;
    for piece in pieces {
        open = true;
        let text = piece.split_once("}}").map_or("", |(_, text)| text);
        let Some(at) = tail.find(text) else { return false };
        rest = &tail[at..];
        tail = &rest[text.len()..];
        if text.is_empty() {
            continue;
        }
        open = false;
    }
    open || tail.is_empty() || name.ends_with("}}")
}

/// The jobs that are done before this one starts.
pub(super) fn ancestors(cx: &Cx<'_>, job: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open = vec![job];
    while let Some(next) = open.pop() {
        let needs = cx.workflow.jobs.get(next).map(|job: &Job| job.needs.as_slice()).unwrap_or_default();
        for need in needs.iter().filter_map(|need| cx.job(&need.value)) {
            if seen.insert(need) {
                open.push(need);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::fits;
    use crate::lint::testing::check;

    #[test]
    fn names_with_expressions() {
        assert!(
            fits("a-${{ x }}", "a-1")
                && fits("${{ x }}", "b")
                && fits("a-${{ x }}-c", "a-b-c")
                && fits("a", "a")
        );
        assert!(!fits("a-${{ x }}", "b-1") && !fits("a", "b") && !fits("a-${{ x }}-c", "a-b-d"));
    }

    #[test]
    fn names_that_the_matrix_makes_certain() {
        let with = |download: &str| {
            format!("on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        x: [one, two]\n        y: [1, 2]\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/upload-artifact@v7\n        with:\n          name: r-${{{{ matrix.x }}}}\n          path: out/${{{{ matrix.y }}}}\n  b:\n    needs: a\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/download-artifact@v8\n        with:\n          {download}\n")
        };
        let found = |download: &str| {
            let found = crate::lint::testing::analyse(&with(download), &crate::lint::testing::env()).into_findings();
            found.into_iter().map(|found| found.message).collect::<Vec<_>>()
        };
        for right in ["name: r-two", "pattern: r-*", "pattern: '*'", "pattern: r-t?o", "pattern: '[q]*'"] {
            assert_eq!(found(right), Vec::<String>::new(), "{right}");
        }
        assert_eq!(found("name: r-three"), ["No job uploads an artifact `r-three`; there are `r-one`, `r-two`."]);
        let numbers = with("name: r-3").replace("r-${{ matrix.x }}", "r-${{ matrix.y }}");
        let numbers = crate::lint::testing::analyse(&numbers, &crate::lint::testing::env()).into_findings();
        assert!(numbers.iter().any(|found| found.message.starts_with("No job uploads an artifact `r-3`")));
        assert_eq!(
            found("pattern: q-*"),
            ["No job uploads an artifact that fits `q-*`; there are `r-one`, `r-two`."]
        );
    }

    #[test]
    fn order_counts() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
        with:
          name: binary
          path: out
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: binary
                ^^^^^^ missing-artifact: does not wait for
",
        );
    }

    #[test]
    fn what_the_message_says_is_written() {
        let with = |needs: &str, name: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/upload-artifact@v7\n        with:\n          name: report\n          path: out\n  b:\n{needs}    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/download-artifact@v8\n        with:\n          name: {name}\n")
        };
        let fixed = with("    needs: a\n", "report");
        crate::lint::testing::check_fix("missing-artifact", &with("    needs: a\n", "reprot"), &fixed);
        crate::lint::testing::check_fix("missing-artifact", &with("", "report"), &fixed);
    }
}
