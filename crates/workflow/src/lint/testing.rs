//! The fixture language of the rules' tests.
//!
//! A fixture is a workflow. Under a line, `^^^^ rule-id: part of the message` marks the bytes of that line where
//! exactly that finding must be; carets may stand anywhere, so a place in column 1 is marked too. Every finding must be
//! marked, and every mark must be met. A line `#: PATH` begins another file of the repository; as the first line it
//! names the file that is checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Analysis, Env, Finding};

/// Facts as the command line has them.
pub(crate) fn env() -> Env {
    static BASE: std::sync::LazyLock<Env> = std::sync::LazyLock::new(|| Env {
        catalogue: Some(Arc::new(crate::facts::actions::Catalogue::embedded())),
        payloads: Some(Arc::new(crate::facts::payload::Payloads::embedded())),
        ..Env::default()
    });
    BASE.clone()
}

/// A fixture or an example, cut into the file that is checked and the others.
pub(crate) fn files(fixture: &str) -> (String, Option<String>, BTreeMap<String, Arc<str>>) {
    let mut main = String::new();
    let mut name = None;
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in fixture.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("#: ") {
            let path = path.trim().to_owned();
            if main.is_empty() && name.is_none() {
                name = Some(path);
            } else {
                files.insert(path.clone(), String::new());
                current = Some(path);
            }
            continue;
        }
        match &current {
            Some(path) => files.entry(path.clone()).or_default().push_str(line),
            None => main.push_str(line),
        }
    }
    (main, name, files.into_iter().map(|(path, text)| (path, text.into())).collect())
}

/// Findings in `text`, with the other files in `env`.
pub(crate) fn analyse(fixture: &str, env: &Env) -> Analysis {
    let (text, env) = open(fixture, env);
    Analysis::new(text, &env)
}

/// The file of a fixture that is checked, and what is known around it.
fn open(fixture: &str, env: &Env) -> (String, Env) {
    let (text, name, files) = files(fixture);
    let mut env = env.clone();
    env.file_name = name.or(env.file_name).or(Some(".github/workflows/test.yml".to_owned()));
    env.files.extend(files);
    (text, env)
}

/// Checks a fixture with the usual facts.
#[track_caller]
pub(crate) fn check(fixture: &str) {
    check_in(fixture, &env());
}

/// Checks a fixture with these facts; each fix makes its finding go away and brings no other.
#[track_caller]
pub(crate) fn check_in(fixture: &str, env: &Env) {
    let mut text = String::new();
    let mut wanted: Vec<(usize, usize, usize, String)> = Vec::new();
    let mut line_number = 0;
    let mut others = false;
    for line in fixture.split_inclusive('\n') {
        let mark = line.trim_start();
        if mark.starts_with('^') && !others {
            let start = line.len() - mark.len();
            let width = mark.len() - mark.trim_start_matches('^').len();
            wanted.push((
                line_number - 1,
                start,
                start + width,
                mark.trim_start_matches('^').trim().to_owned(),
            ));
            continue;
        }
        others |= line.starts_with("#: ") && !text.is_empty();
        line_number += usize::from(!(line.starts_with("#: ") && text.is_empty()));
        text.push_str(line);
    }
    let (text, env) = open(&text, env);
    let analysis = Analysis::new(text.as_str(), &env);
    for finding in analysis.findings() {
        if let Some(fix) = &finding.fix {
            not_worse(&analysis, finding, &fix.edit.apply(&text), &env);
        }
    }
    let lines = analysis.tree.lines();
    let found: Vec<(usize, usize, usize, String)> = analysis
        .findings()
        .iter()
        .map(|finding| {
            let line = lines.line_of(finding.range.start);
            let start = (finding.range.start - lines.line_start(line)) as usize;
            let end_line = lines.line_of(finding.range.end);
            let end = if end_line == line {
                (finding.range.end - lines.line_start(line)) as usize
            } else {
                let first = analysis.tree.text().lines().nth(line).unwrap_or_default();
                first.len()
            };
            (line, start, end.max(start + 1), format!("{}: {}", finding.rule, finding.message))
        })
        .collect();
    let met = |mark: &(usize, usize, usize, String), place: &(usize, usize, usize, String)| {
        let (rule, part) = mark.3.split_once(':').unwrap_or((&mark.3, ""));
        let (found_rule, message) = place.3.split_once(':').unwrap_or_default();
        (mark.0, mark.1, mark.2, rule.trim()) == (place.0, place.1, place.2, found_rule)
            && message.contains(part.trim())
    };
    let missing: Vec<_> = wanted.iter().filter(|mark| !found.iter().any(|place| met(mark, place))).collect();
    let surplus: Vec<_> = found.iter().filter(|place| !wanted.iter().any(|mark| met(mark, place))).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "not found: {missing:#?}\nnot marked: {surplus:#?}\n(line from 0, first column from 0, end column, finding)"
    );
}

/// Checks that the first finding of `rule` in `before` has a fix that makes it `after`, and that `after` has neither
/// that finding nor one that was not there before.
#[track_caller]
pub(crate) fn check_fix(rule: &str, before: &str, after: &str) {
    let (text, env) = open(before, &env());
    let analysis = Analysis::new(text, &env);
    let Some(finding) =
        analysis.findings().iter().find(|finding| finding.rule == rule && finding.fix.is_some())
    else {
        panic!("no finding of {rule} with a fix; there are {:#?}", analysis.findings());
    };
    let fixed = finding.fix.as_ref().map(|fix| fix.edit.apply(analysis.tree.text())).unwrap_or_default();
    assert_eq!(fixed, after);
    not_worse(&analysis, finding, &fixed, &env);
}

/// Panics when `fixed` has `finding` still, or more findings of some rule than before.
#[track_caller]
pub(crate) fn not_worse(before: &Analysis, finding: &Finding, fixed: &str, env: &Env) {
    let mut env = env.clone();
    env.file_name.get_or_insert_with(|| ".github/workflows/test.yml".to_owned());
    let after = Analysis::new(fixed, &env);
    let count =
        |findings: &[Finding], rule: &str| findings.iter().filter(|finding| finding.rule == rule).count();
    // What is left may weigh less: a key is there whose value is still to be given.
    let weighs = |found: &&Finding| found.rule == finding.rule && found.severity <= finding.severity;
    assert!(
        after.findings().iter().filter(weighs).count() < before.findings().iter().filter(weighs).count(),
        "the fix of {finding:?} leaves it there:\n{fixed}\n{:#?}",
        after.findings()
    );
    for new in after.findings() {
        assert!(
            count(after.findings(), new.rule) <= count(before.findings(), new.rule),
            "the fix of {finding:?} makes {new:?}:\n{fixed}"
        );
    }
}
