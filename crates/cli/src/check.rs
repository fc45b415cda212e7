//! `stepladder check`

mod github;
mod json;
mod sarif;
mod text;

use std::io::Write;
use std::process::ExitCode;

use stepladder_workflow::{Finding, Severity};

use crate::args::{TROUBLE, Words, refuse};
use crate::files;
use crate::paint::Paint;
use crate::work::{self, Checked, Texts};

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &["--format", "--stdin-name", "--min-severity", "--jobs"], &[]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let format = match words.value("--format").unwrap_or("text") {
        "text" => Format::Text,
        "json" => Format::Json,
        "sarif" => Format::Sarif,
        "github" => Format::Github,
        other => return refuse(&format!("`{other}` is no format; there are text, json, sarif and github")),
    };
    let Some(least) = Severity::from_name(words.value("--min-severity").unwrap_or("hint")) else {
        return refuse("`--min-severity` is hint, warning or error");
    };
    let jobs = match words.value("--jobs").map(str::parse::<usize>) {
        None => work::processors(),
        Some(Ok(jobs)) if jobs > 0 => jobs,
        _ => return refuse("`--jobs` is the number of files to check at a time"),
    };
    let files = match files::find(&words.plain) {
        Ok(files) => files,
        Err(why) => return refuse(&why),
    };
    if words.value("--stdin-name").is_some() && !files.iter().any(|file| file == "-") {
        return refuse("`--stdin-name` goes with `-`, standard input");
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut trouble = false;
    let mut count = text::Count::default();
    let mut runs = Vec::new();
    let paint = Paint::new();
    let make = |checked: &Checked| {
        let findings: Vec<&Finding> =
            checked.analysis.findings().iter().filter(|finding| finding.severity <= least).collect();
        let (mut printed, mut results) = (String::new(), Vec::new());
        match format {
            Format::Text => printed = text::print(checked, &findings, paint),
            Format::Json => printed = json::lines(checked, &findings),
            Format::Github => printed = github::lines(checked, &findings),
            Format::Sarif => {
                results = findings.iter().map(|finding| sarif::result(checked, finding)).collect()
            }
        }
        (printed, results, text::Count::of(&findings))
    };
    let (texts, named) = (Texts::default(), words.value("--stdin-name"));
    let mistaken = work::each(&files, &texts, named, jobs, make, |result| match result {
        Ok((printed, results, found)) => {
            count.add(&found);
            runs.extend(results);
            // A reader that has gone away wants no more.
            let _ = out.write_all(printed.as_bytes());
        }
        Err(why) => {
            eprintln!("stepladder: {why}");
            trouble = true;
        }
    });
    let end = match format {
        Format::Text => count.summary(files.len(), paint),
        Format::Sarif => stepladder_workflow::export::sarif::document(runs),
        Format::Json | Format::Github => String::new(),
    };
    let _ = out.write_all(end.as_bytes()).and_then(|()| out.flush());
    if trouble || mistaken { ExitCode::from(TROUBLE) } else { ExitCode::from(u8::from(count.has_errors())) }
}

/// Where a finding is: first line and column, last line and column, all from 1.
fn place(checked: &Checked, finding: &Finding) -> [u32; 4] {
    let tree = &checked.analysis.tree;
    let (start, end) = (tree.line_col(finding.range.start), tree.line_col(finding.range.end));
    [start.line, start.col, end.line, end.col]
}
