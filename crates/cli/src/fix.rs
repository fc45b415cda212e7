//! `stepladder fix`

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use stepladder_workflow::{Analysis, Env, Finding, Severity, diff};
use stepladder_yaml::{Change, TextEdit};

use crate::args::{TROUBLE, Words, print, refuse};
use crate::work::Checked;
use crate::{files, work};

/// Rounds of fixing; a fix may make way for another.
const ROUNDS: usize = 16;

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
    let (mut trouble, mut fixed, mut touched, mut left) = (false, 0, 0, 0);
    let make = |checked: &Checked| {
        let (text, count) = fixes(&checked.analysis, &checked.env, all);
        let old = checked.analysis.tree.text();
        let changed = text != old;
        let shown = if dry && changed { diff::unified(&checked.name, old, &text) } else { String::new() };
        let more = if all || changed {
            0
        } else {
            checked.analysis.findings().iter().filter(|finding| finding.fix.is_some()).count()
        };
        (checked.name.clone(), text, count, changed, shown, more)
    };
    let mistaken = work::each(&files, None, work::processors(), make, |result| match result {
        Ok((name, text, count, changed, shown, more)) => {
            left += more;
            let piped = name == "-" && !dry;
            if piped {
                let _ = std::io::stdout().lock().write_all(text.as_bytes());
            }
            if !changed {
                return;
            }
            fixed += count;
            touched += 1;
            if dry {
                print(shown.trim_end());
            } else if !piped && let Err(why) = std::fs::write(Path::new(&name), &text) {
                eprintln!("stepladder: cannot write {name}: {why}");
                trouble = true;
            }
        }
        Err(why) => {
            eprintln!("stepladder: {why}");
            trouble = true;
        }
    });
    let done = if dry { "would be fixed" } else { "fixed" };
    eprintln!("{fixed} finding{} {done} in {touched} file{}.", plural(fixed), plural(touched));
    if fixed == 0 && left > 0 {
        eprintln!("`--unsafe` makes fixes of {left} more, which somebody should look at.");
    }
    if trouble || mistaken { ExitCode::from(TROUBLE) } else { ExitCode::SUCCESS }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// The text with all fixes made, and how many were.
pub(crate) fn fixes(analysis: &Analysis, env: &Env, all: bool) -> (String, usize) {
    let mut text = analysis.tree.text().to_owned();
    let mut findings = analysis.findings().to_vec();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let wanted = findings.iter().filter_map(|finding| finding.fix.as_ref());
        let batch = apart(wanted.filter(|fix| all || fix.safe).map(|fix| &fix.edit));
        let Some((edit, size)) = together(&batch) else { break };
        let next = edit.apply(&text);
        let after = Analysis::new(next.as_str(), env).into_findings();
        if errors(&after) <= errors(&findings) {
            (text, findings, count) = (next, after, count + size);
            continue;
        }
        // Two fixes that are good alone can get in each other's way: then only the first of them is made.
        let Some(first) = batch.first() else { break };
        let next = first.apply(&text);
        let after = Analysis::new(next.as_str(), env).into_findings();
        if errors(&after) > errors(&findings) {
            break;
        }
        (text, findings, count) = (next, after, count + 1);
    }
    (text, count)
}

/// Those edits, in their order, that touch no place of an earlier one.
fn apart<'a>(edits: impl Iterator<Item = &'a TextEdit>) -> Vec<&'a TextEdit> {
    let mut taken: Vec<&TextEdit> = Vec::new();
    for edit in edits {
        let clash =
            |old: &Change, new: &Change| new.range.start <= old.range.end && old.range.start <= new.range.end;
        let changes = || taken.iter().flat_map(|edit| edit.changes());
        if !edit.changes().iter().any(|new| changes().any(|old| clash(old, new))) {
            taken.push(edit);
        }
    }
    taken
}

/// One edit that does all of `batch`, and how many those are; `None` when there is nothing to do.
fn together(batch: &[&TextEdit]) -> Option<(TextEdit, usize)> {
    let changes = batch.iter().flat_map(|edit| edit.changes().iter().cloned()).collect();
    TextEdit::new(changes).filter(|edit| !edit.is_empty()).map(|edit| (edit, batch.len()))
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
    fn leaves_doubtful_fixes_to_people() {
        let env = Env::default();
        let text = "on: push\njobs:\n  build:\n    run-on: ubuntu-latest\n    steps:\n      - run: make\n";
        assert_eq!(fixes(&Analysis::new(text, &env), &env, false), (text.to_owned(), 0));
        let (fixed, count) = fixes(&Analysis::new(text, &env), &env, true);
        assert_eq!(fixed, text.replace("run-on", "runs-on"));
        assert_eq!(count, 1);
    }
}
