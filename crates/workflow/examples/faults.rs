//! `cargo xtask bench faults`: seeds one mistake at a time into workflows that have none, and counts how many are found on
//! their line.

#![allow(unreachable_pub)]

use std::collections::BTreeMap;
use std::path::Path as FilePath;
use std::process::ExitCode;

use stepladder_workflow::{Analysis, Env, FileKind, Severity, schema};
use stepladder_yaml::{Entry, Node, Path, Step, TextEdit, TextRange, Tree};

#[path = "../tests/support/files.rs"]
mod files;

use files::files_below;

/// The share of the mistakes that must be found, of a hundred.
const WANTED: usize = 99;
/// Most mistakes of one kind in one file.
const MOST: usize = 8;
/// Misses of each kind that are listed.
const LISTED: usize = 6;

/// One mistake.
struct Fault {
    kind: &'static str,
    edit: TextEdit,
    /// Lines of the text with the mistake, from 1, on any of which it counts as found.
    lines: (u32, u32),
}

#[derive(Default)]
struct Tally {
    seeded: usize,
    found: usize,
    missed: Vec<String>,
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("say which folder holds the workflows.");
        return ExitCode::FAILURE;
    };
    let files = files_below(FilePath::new(&folder));
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut sound = 0;
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let env = Env {
            file_name: file.file_name().map(|name| name.to_string_lossy().into_owned()),
            ..Env::default()
        };
        let before = Analysis::new(text.as_str(), &env);
        if before.findings().iter().any(|finding| finding.severity == Severity::Error) {
            continue;
        }
        sound += 1;
        let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
        for fault in faults(&before) {
            let count = kinds.entry(fault.kind).or_default();
            *count += 1;
            if *count > MOST {
                continue;
            }
            let after = Analysis::new(fault.edit.apply(&text), &env);
            // What was told of that line before says nothing of the mistake.
            let told = |a: &Analysis, line: u32| -> Vec<String> {
                let here =
                    a.findings().iter().filter(|finding| a.tree.line_col(finding.range.start).line == line);
                here.filter(|finding| finding.severity != Severity::Hint).map(|f| f.message.clone()).collect()
            };
            let found = (fault.lines.0..=fault.lines.1).any(|line| {
                let old = told(&before, line);
                told(&after, line).iter().any(|message| !old.contains(message))
            });
            let tally = tallies.entry(fault.kind).or_default();
            tally.seeded += 1;
            tally.found += usize::from(found);
            if !found {
                let line = after
                    .tree
                    .text()
                    .lines()
                    .nth(fault.lines.0.saturating_sub(1) as usize)
                    .unwrap_or_default();
                tally.missed.push(format!("{}:{}: {}", file.display(), fault.lines.0, line.trim()));
            }
        }
    }
    report(sound, &tallies)
}

fn report(sound: usize, tallies: &BTreeMap<&'static str, Tally>) -> ExitCode {
    let (seeded, found) = tallies.values().fold((0, 0), |(s, f), t| (s + t.seeded, f + t.found));
    println!("Mistakes seeded one at a time into {sound} workflows and actions without an error");
    for (kind, tally) in tallies {
        println!("  {:6} of {:6}  {kind}", tally.found, tally.seeded);
        for missed in tally.missed.iter().take(LISTED) {
            println!("                    not found: {missed}");
        }
    }
    let share = 100.0 * found as f64 / seeded.max(1) as f64;
    println!("{share:.2} % of {seeded} mistakes are found on their line, of at least {WANTED} %");
    if seeded > 0 && found * 100 >= seeded * WANTED { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Collects the mistakes that can be made in one file.
struct Seeder<'a> {
    tree: &'a Tree,
    faults: Vec<Fault>,
}

fn faults(a: &Analysis) -> Vec<Fault> {
    let mut seeder = Seeder { tree: &a.tree, faults: Vec::new() };
    for node in a.tree.nodes().filter(|node| !node.is_key()) {
        for entry in node.entries() {
            seeder.entry(node, &entry);
        }
        let path = node.path();
        if node.as_str().is_some() {
            seeder.scalar(node, &path, a.kind);
        }
    }
    seeder.faults
}

impl Seeder<'_> {
    fn line(&self, offset: u32) -> u32 {
        self.tree.line_col(offset).line
    }

    /// A mistake on the one line that `range` begins on.
    fn seed(&mut self, kind: &'static str, range: TextRange, insert: impl Into<String>) {
        let line = self.line(range.start);
        self.faults.push(Fault { kind, edit: TextEdit::replace(range, insert), lines: (line, line) });
    }

    /// Mistakes in a key and in where it stands.
    fn entry(&mut self, mapping: Node<'_>, entry: &Entry<'_>) {
        let (Some(key), path) = (entry.name(), mapping.path()) else { return };
        let Some(map) = schema::at(&path, self.tree) else { return };
        let known = map.named(key).is_some() && !map.passes_over_others();
        if known && let Some(wrong) = swapped(key).filter(|wrong| map.named(wrong).is_none()) {
            self.seed("a misspelt key", entry.key.range(), wrong);
        }
        let text = self.tree.text();
        let start = entry.key.range().start as usize;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &text[line_start..start];
        let alone = indent.chars().all(|c| c == ' ');
        let end = entry.value.range().end as usize;
        let one_line = alone
            && entry.value.as_str().is_some()
            && !text[start..end].contains('\n')
            && text[end..].starts_with('\n');
        if known && one_line {
            let again = format!("\n{indent}{}", &text[start..end]);
            let line = self.line(entry.key.range().start);
            let edit = TextEdit::replace(TextRange::empty(end as u32), again);
            self.faults.push(Fault { kind: "a key that stands twice", edit, lines: (line, line + 1) });
        }
        if alone && indent.len() > 1 {
            self.seed("a tab before a key", TextRange::new(line_start as u32, start as u32), "\t");
        }
        let is_job = matches!(path.steps(), [Step::Key(jobs), Step::Key(_)] if jobs == "jobs");
        if is_job && key == "runs-on" && one_line && mapping.get("steps").is_some() {
            let gone = TextRange::new(line_start as u32, end as u32 + 1);
            let job = mapping.key().map_or(mapping.range().start, |key| key.range().start);
            let line = self.line(job);
            let edit = TextEdit::replace(gone, "");
            self.faults.push(Fault { kind: "a job without a runner", edit, lines: (line, line) });
        }
    }

    /// Mistakes in a value.
    fn scalar(&mut self, node: Node<'_>, path: &Path, kind: FileKind) {
        let (Some(value), range) = (node.as_str(), node.content_range()) else { return };
        let keys: Vec<&str> = path
            .steps()
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.as_str(),
                Step::Index(_) => "[]",
            })
            .collect();
        let computed = value.contains("${{");
        if !computed {
            let wrong: Option<(&'static str, String)> = match keys.as_slice() {
                ["on"] | ["on", "[]"] => Some(("an unknown event", format!("{value}x"))),
                ["on", _, "types"] | ["on", _, "types", "[]"] if keys[1] != "repository_dispatch" => {
                    Some(("an unknown activity", format!("{value}x")))
                }
                ["on", "schedule", "[]", "cron"] => {
                    let rest = value.split_once(' ').map_or("", |(_, rest)| rest);
                    Some(("an impossible time", format!("61 {rest}")))
                }
                ["jobs", _, "needs"] | ["jobs", _, "needs", "[]"] => {
                    Some(("a job that is not there", format!("{value}-x")))
                }
                ["jobs", _, "runs-on"] if value.starts_with("ubuntu-") => {
                    Some(("an unknown runner", value.replacen("ubuntu", "ubunto", 1)))
                }
                [.., "permissions", _] => Some(("an unknown permission", format!("{value}x"))),
                // A command line of one's own is a shell, too.
                [.., "defaults", "run", "shell"] | [.., "[]", "shell"] if !value.contains(' ') => {
                    Some(("an unknown shell", format!("{value}x")))
                }
                [.., "steps", "[]", "id"] => {
                    self.id_before(node).map(|other| ("an id that stands twice", other))
                }
                ["jobs", _, "timeout-minutes"] | [.., "[]", "timeout-minutes"] => {
                    Some(("a word for a number", "soon".to_owned()))
                }
                ["jobs", _, "continue-on-error"]
                | ["jobs", _, "strategy", "fail-fast"]
                | [.., "[]", "continue-on-error"]
                | [.., "concurrency", "cancel-in-progress"] => {
                    Some(("a word for true or false", "maybe".to_owned()))
                }
                [.., "steps", "[]", "uses"] if !value.starts_with("./") && !value.starts_with("docker:") => {
                    value.split_once('@').map(|(slug, _)| ("an action without a version", slug.to_owned()))
                }
                _ => None,
            };
            if let Some((kind, wrong)) = wrong {
                self.seed(kind, range, wrong);
            }
        }
        if kind == FileKind::Workflow || keys.first() == Some(&"runs") {
            self.expressions(node);
        }
    }

    /// The id of an earlier step of the same job.
    fn id_before(&self, id: Node<'_>) -> Option<String> {
        let step = id.parent()?;
        let mut ids = step.parent()?.items().take_while(|item| item.id() != step.id());
        ids.find_map(|item| item.get("id")?.as_str().map(str::to_owned))
    }

    /// Mistakes in the `${{ }}` of a value, each on the line where it stands.
    fn expressions(&mut self, node: Node<'_>) {
        let range = node.range();
        let (text, source) = (self.tree.text(), self.tree.slice(range));
        let mut from = 0;
        while let Some(open) = source[from..].find("${{").map(|at| from + at) {
            let Some(close) = source[open..].find("}}").map(|at| open + at) else { return };
            from = close + 2;
            let inner = &source[open + 3..close];
            let place = |at: usize, len: usize| {
                let start = range.start + at as u32;
                TextRange::new(start, start + len as u32)
            };
            if !text[range.start as usize + close + 2..].trim_start().is_empty()
                && !source[close + 2..].contains("}}")
            {
                let line = self.line(range.start + open as u32);
                let last = self.line(range.end);
                let edit = TextEdit::replace(place(close, 2), "");
                self.faults.push(Fault { kind: "an expression left open", edit, lines: (line, last) });
            }
            // What stands between quotes is text.
            if inner.contains('\'') {
                continue;
            }
            // The last name of these is one that the workflow gives.
            for (kind, before, parts) in [
                ("a step that is not there", "steps.", 1),
                ("a job that is not needed", "needs.", 1),
                ("an output that is not there", "needs.", 3),
                ("a value that the matrix lacks", "matrix.", 1),
            ] {
                let Some(at) = inner.find(before).filter(|at| !inner[..*at].ends_with(['.', '_', '-']))
                else {
                    continue;
                };
                let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
                let names =
                    inner[at + before.len()..].split(|c: char| !name(c) && c != '.').next().unwrap_or("");
                let names: Vec<&str> = names.split('.').take(parts).collect();
                if names.len() == parts && names.iter().all(|name| !name.is_empty()) {
                    let end = at + before.len() + names.join(".").len();
                    self.seed(kind, place(open + 3 + end, 0), "zz");
                }
            }
            for (kind, right, wrong) in [
                ("an unknown context", "github.", "gitub."),
                ("an unknown context", "matrix.", "matrx."),
                ("an unknown context", "secrets.", "secret."),
                ("an unknown context", "needs.", "need."),
                ("an unknown property", "github.ref", "github.reef"),
                ("an unknown property", "github.sha", "github.shaa"),
                ("an unknown property", "runner.os", "runner.oss"),
                ("an unknown function", "hashFiles(", "hashFile("),
                ("an unknown function", "toJSON(", "toJSN("),
                ("an unknown function", "fromJSON(", "fromJSN("),
                ("an unknown function", "contains(", "contain("),
            ] {
                let begins = |at: usize| {
                    !inner[..at]
                        .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
                };
                let ends = |at: usize| {
                    right.ends_with(['.', '('])
                        || !inner[at + right.len()..]
                            .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                };
                if let Some(at) = inner.find(right).filter(|at| begins(*at) && ends(*at)) {
                    self.seed(kind, place(open + 3 + at, right.len()), wrong);
                }
            }
        }
    }
}

/// The word with its second and third letters changed for each other; `None` when that changes nothing.
fn swapped(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        letters.push('x');
    } else {
        letters.swap(1, 2);
    }
    let wrong: String = letters.into_iter().collect();
    (wrong != word).then_some(wrong)
}
