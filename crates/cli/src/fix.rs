//! `stepladder fix`

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use stepladder_workflow::{Analysis, Care, Env, Finding, Fix, Severity, diff};
use stepladder_yaml::{Change, TextEdit};

use crate::args::{TROUBLE, Words, print, refuse};
use crate::work::{Checked, Texts};
use crate::{files, work};

/// Most readings of one text; a fix may make way for another.
const READINGS: usize = 200;
/// Most passes over all files: what was fixed in one can bring up something in those that name it.
const PASSES: usize = 8;

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &[], &["--unsafe", "--dry-run"]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let (all, dry) = (words.has("--unsafe"), words.has("--dry-run"));
    let files = match files::find(&words.plain) {
        Ok(files) => files,
        Err(why) => return refuse(&why),
    };
    let all_fixed = fixed(&files, all);
    let mut trouble = all_fixed.trouble;
    let (mut count, mut touched, mut left) = (0, 0, 0);
    for file in all_fixed.files {
        let changed = file.text != file.old;
        let piped = file.name == "-" && !dry;
        if piped {
            let _ = std::io::stdout().lock().write_all(file.text.as_bytes());
        }
        if !changed {
            left += file.left;
            continue;
        }
        count += file.count;
        touched += 1;
        if dry {
            print(diff::unified(&file.name, &file.old, &file.text).trim_end());
        } else if !piped && let Err(why) = std::fs::write(Path::new(&file.name), &file.text) {
            eprintln!("stepladder: cannot write {}: {why}", file.name);
            trouble = true;
        }
    }
    let done = if dry { "would be fixed" } else { "fixed" };
    eprintln!("{count} finding{} {done} in {touched} file{}.", plural(count), plural(touched));
    if count == 0 && left > 0 {
        eprintln!("`--unsafe` makes fixes of {left} more, which somebody should look at.");
    }
    if trouble { ExitCode::from(TROUBLE) } else { ExitCode::SUCCESS }
}

/// A file that was read, and fixed where it could be.
struct Fixed {
    name: String,
    old: String,
    text: String,
    count: usize,
    /// Findings with fixes that were not wanted.
    left: usize,
}

#[derive(Default)]
struct AllFixed {
    files: Vec<Fixed>,
    /// Whether a file could not be read, or a configuration has mistakes.
    trouble: bool,
}

/// The files with all fixes made. Nothing is written: each reads the others as they are by then.
fn fixed(files: &[String], all: bool) -> AllFixed {
    let mut result = AllFixed::default();
    let mut texts = Texts::default();
    let make = |checked: &Checked| {
        let (text, count) = fixes(&checked.analysis, &checked.env, all);
        let fixes = checked.analysis.findings().iter().filter_map(|finding| finding.fix.as_ref());
        let left = fixes.filter(|fix| is_asked(fix, true)).count();
        let left = if all { 0 } else { left };
        Fixed { name: checked.name.clone(), old: checked.analysis.tree.text().to_owned(), text, count, left }
    };
    for pass in 0..PASSES {
        let mut made = Vec::new();
        let mistaken = work::each(files, &texts, None, work::processors(), make, |file| match file {
            Ok(file) => made.push(file),
            Err(why) if pass == 0 => {
                eprintln!("stepladder: {why}");
                result.trouble = true;
            }
            Err(_) => {}
        });
        result.trouble |= mistaken;
        let mut changed = false;
        for file in made {
            changed |= file.text != file.old;
            texts.insert(&file.name, &file.text);
            match result.files.iter_mut().find(|known| known.name == file.name) {
                Some(known) => {
                    known.count += file.count;
                    (known.text, known.left) = (file.text, file.left);
                }
                None => result.files.push(file),
            }
        }
        if !changed {
            break;
        }
    }
    result
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn is_asked(fix: &Fix, all: bool) -> bool {
    match fix.care {
        Care::Safe => true,
        Care::Look => all,
        Care::Choice => false,
    }
}

/// The text with all fixes made, and how many were.
pub(crate) fn fixes(analysis: &Analysis, env: &Env, all: bool) -> (String, usize) {
    let mut text = analysis.tree.text().to_owned();
    let mut findings = analysis.findings().to_vec();
    let mut count = 0;
    // Those that do not make their finding go away, and those that do but bring worse.
    let mut vain: Vec<(&'static str, String)> = Vec::new();
    for _ in 0..READINGS {
        let is_wanted = |finding: &&Finding| {
            let is_vain =
                || vain.iter().any(|(rule, message)| *rule == finding.rule && *message == finding.message);
            finding.fix.as_ref().is_some_and(|fix| is_asked(fix, all)) && !is_vain()
        };
        let batch = apart(findings.iter().filter(is_wanted));
        let Some(first) = batch.first().copied() else { break };
        let read = |batch: &[&Finding]| {
            let next = together(batch)?.apply(&text);
            let after = Analysis::new(next.as_str(), env).into_findings();
            Some((next, after))
        };
        let gone = |finding: &Finding, after: &[Finding]| same(after, finding) < same(&findings, finding);
        // What is hidden by a mistake comes up when that is gone; fixes that are good alone can also get in each other's way:
        // where there are more errors afterwards, one is made at a time.
        let good = |(_, after): &(String, Vec<Finding>)| {
            errors(after) <= errors(&findings) && batch.iter().any(|finding| gone(finding, after))
        };
        let (made, size) = match read(&batch).filter(good) {
            Some(made) => (Some(made), batch.len()),
            None => {
                // As long as there is an error, GitHub takes the file no less than before.
                let good = |(_, after): &(String, Vec<Finding>)| {
                    gone(first, after)
                        && (first.severity == Severity::Error || errors(after) <= errors(&findings))
                };
                (read(&[first]).filter(good), 1)
            }
        };
        match made {
            Some((next, after)) => (text, findings, count) = (next, after, count + size),
            None => vain.push((first.rule, first.message.clone())),
        }
    }
    (text, count)
}

/// How many findings are the same as this one, wherever they are.
fn same(findings: &[Finding], one: &Finding) -> usize {
    findings.iter().filter(|finding| finding.rule == one.rule && finding.message == one.message).count()
}

/// Those findings, in their order, whose fixes touch no place of an earlier one.
fn apart<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut taken: Vec<&Finding> = Vec::new();
    let changes = |finding: &'a Finding| finding.fix.iter().flat_map(|fix| fix.edit.changes());
    for finding in findings {
        let clash =
            |old: &Change, new: &Change| new.range.start <= old.range.end && old.range.start <= new.range.end;
        let is_free = |new: &Change| !taken.iter().any(|other| changes(other).any(|old| clash(old, new)));
        if changes(finding).next().is_some() && changes(finding).all(is_free) {
            taken.push(finding);
        }
    }
    taken
}

/// One edit that does what all the fixes do.
fn together(batch: &[&Finding]) -> Option<TextEdit> {
    let changes = batch.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| fix.edit.changes());
    TextEdit::new(changes.cloned().collect())
}

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_safe_fixes_and_keeps_comments() {
        let env = Env::default();
        let text =
            "on: push\njobs:\n  build:\n    Runs-On: ubuntu-latest # why\n    Steps:\n      - run: make\n";
        let (fixed, count) = fixes(&Analysis::new(text, &env), &env, false);
        assert_eq!(
            fixed,
            "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest # why\n    steps:\n      - run: make\n"
        );
        assert_eq!(count, 2);
    }

    #[test]
    fn what_was_hidden_by_a_mistake_is_fixed_too() {
        let env = Env::default();
        let text = "Name: A\nON:\n  Push:\n    Branches: [main]\n  Workflow_Call:\n    Inputs:\n      Level: {Type: string}\nENV:\n  UPPER: 1\nPERMISSIONS: READ-ALL\nJOBS:\n  Build:\n    Runs-On: ubuntu-latest # Where\n    Timeout-Minutes: 5\n    STRATEGY:\n      Matrix:\n        OS: [Linux]\n    STEPS:\n      - Uses: actions/checkout@v5\n        With:\n          Fetch-Depth: 0\n      - RUN: echo $UPPER ${{ matrix.OS }} ${{ inputs.Level }}\n        ID: Made\n        Working-Directory: A\n  call:\n    USES: ./.github/workflows/a.yml\n    Needs: Build\n";
        let fixed = text
            .replace("Name: A", "name: A")
            .replace("ON:", "on:")
            .replace("Push:", "push:")
            .replace("Branches", "branches")
            .replace("Workflow_Call", "workflow_call")
            .replace("Inputs:", "inputs:")
            .replace("Type:", "type:")
            .replace("ENV:", "env:")
            .replace("PERMISSIONS: READ-ALL", "permissions: read-all")
            .replace("JOBS", "jobs")
            .replace("Runs-On", "runs-on")
            .replace("Timeout-Minutes", "timeout-minutes")
            .replace("STRATEGY", "strategy")
            .replace("Matrix:", "matrix:")
            .replace("STEPS", "steps")
            .replace("Uses:", "uses:")
            .replace("With:", "with:")
            .replace("RUN:", "run:")
            .replace("ID:", "id:")
            .replace("Working-Directory", "working-directory")
            .replace("USES", "uses")
            .replace("Needs", "needs");
        assert_eq!(fixes(&Analysis::new(text, &env), &env, false).0, fixed);
    }

    #[test]
    fn leaves_doubtful_fixes_to_people() {
        let env = Env::default();
        let text = "on: push\njobs:\n  build:\n    run-on: ubuntu-latest\n    steps:\n      - run: make\n";
        assert_eq!(fixes(&Analysis::new(text, &env), &env, false), (text.to_owned(), 0));
        let (fixed, count) = fixes(&Analysis::new(text, &env), &env, true);
        assert_eq!(fixed, text.replace("run-on", "runs-on"));
        assert_eq!(count, 1);
    }
}
