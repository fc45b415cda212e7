//! Findings with the lines that they are about, for people.

use stepladder_workflow::{Care, Finding, Fix, Severity};

use super::place;
use crate::paint::Paint;
use crate::work::Checked;

/// How many findings there were.
#[derive(Default)]
pub(super) struct Count {
    errors: usize,
    warnings: usize,
    hints: usize,
    fixable: usize,
}

impl Count {
    pub(super) fn of(findings: &[&Finding]) -> Self {
        let mut count = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => count.errors += 1,
                Severity::Warning => count.warnings += 1,
                Severity::Hint => count.hints += 1,
            }
            count.fixable += usize::from(finding.fix.as_ref().is_some_and(Fix::is_safe));
        }
        count
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.hints += other.hints;
        self.fixable += other.fixable;
    }

    pub(super) fn has_errors(&self) -> bool {
        self.errors > 0
    }

    pub(super) fn summary(&self, files: usize, paint: Paint) -> String {
        let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let found: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.hints, "hint")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| many(n, what))
            .collect();
        let checked = many(files, "file");
        if found.is_empty() {
            return format!("{}\n", paint.green(&format!("No problems in {checked}.")));
        }
        let fixes = if self.fixable > 0 {
            format!(" `stepladder fix` corrects {}.", self.fixable)
        } else {
            String::new()
        };
        format!("{}\n", paint.bold(&format!("{} in {checked}.{fixes}", found.join(", "))))
    }
}

pub(super) fn print(checked: &Checked, findings: &[&Finding], paint: Paint) -> String {
    let mut out = String::new();
    for finding in findings {
        out.push_str(&one(checked, finding, paint));
        out.push('\n');
    }
    out
}

fn one(checked: &Checked, finding: &Finding, paint: Paint) -> String {
    let [line, col, end_line, end_col] = place(checked, finding);
    let severity = finding.severity.as_str();
    let severity = match finding.severity {
        Severity::Error => paint.red(severity),
        Severity::Warning => paint.yellow(severity),
        Severity::Hint => paint.blue(severity),
    };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let bar = paint.dim("|");
    let tree = &checked.analysis.tree;
    let start = tree.lines().line_start(line as usize - 1) as usize;
    let text = tree.text().get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    // A tab is shown as one blank, so that the marks stand below what they mean.
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let shown = shown.trim_end();
    let length = u32::try_from(shown.chars().count()).unwrap_or(u32::MAX);
    let last = if end_line == line { end_col } else { length + 1 };
    let marks = "^".repeat(last.saturating_sub(col).clamp(1, 120) as usize);
    let marks = match finding.severity {
        Severity::Error => paint.red(&marks),
        Severity::Warning => paint.yellow(&marks),
        Severity::Hint => paint.blue(&marks),
    };
    let mut out = format!(
        "{severity}: {} {}\n{margin} {} {}:{line}:{col}\n",
        paint.bold(&finding.message),
        paint.dim(&format!("[{}]", finding.rule)),
        paint.dim("-->"),
        checked.name
    );
    if !shown.is_empty() {
        out.push_str(&format!(
            "{} {bar} {shown}\n{margin} {bar} {}{marks}\n",
            paint.dim(&number),
            " ".repeat(col as usize - 1)
        ));
    }
    if let Some(fix) = &finding.fix {
        let care = match fix.care {
            Care::Safe => "",
            Care::Look => " (look at the result)",
            Care::Choice => " (yours to choose: `stepladder fix` does not do it)",
        };
        out.push_str(&format!(
            "{margin} {} {}{care}\n",
            paint.dim("="),
            paint.green(&format!("fix: {}", fix.title))
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work;
    use std::path::Path;
    use stepladder_workflow::Env;

    #[test]
    fn shows_the_line_and_the_fix() {
        let text = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    Timeout-Minutes: 10\n    steps:\n      - run: make\n"
            .to_owned();
        let path = Path::new("/nowhere/.github/workflows/ci.yml");
        let checked = work::analyse("ci.yml", text, path, &Env::default(), &work::Configs::default());
        let findings: Vec<&Finding> = checked.analysis.findings().iter().collect();
        let count = Count::of(&findings);
        let printed = print(&checked, &findings, Paint::none());
        assert_eq!(
            printed,
            "error: `Timeout-Minutes` must be written `timeout-minutes`: case counts in keys. [key-case]\n  --> ci.yml:5:5\n5 |     \
             Timeout-Minutes: 10\n  |     ^^^^^^^^^^^^^^^\n  = fix: Write `timeout-minutes`\n\n"
        );
        assert_eq!(count.summary(1, Paint::none()), "1 error in 1 file. `stepladder fix` corrects 1.\n");
    }
}
