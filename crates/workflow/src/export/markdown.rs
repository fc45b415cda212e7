use std::fmt::Write;

use super::line;
use crate::{Analysis, Severity};

/// The findings of the file at `path` in Markdown, to hand on.
#[must_use]
pub fn findings(analysis: &Analysis, path: &str) -> String {
    let mut text = format!("### Findings in `{}`\n\n", line(path).replace('`', "'"));
    if analysis.findings().is_empty() {
        text.push_str("None.\n");
        return text;
    }
    text.push_str("| line | | what | rule |\n|---:|---|---|---|\n");
    for finding in analysis.findings() {
        let place = analysis.tree.line_col(finding.range.start);
        let mark = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        let _ =
            writeln!(text, "| {} | {mark} | {} | `{}` |", place.line, plain(&finding.message), finding.rule);
    }
    text
}

/// Words that Markdown takes as they are, in a cell of a table; what stands in backquotes stays there.
fn plain(message: &str) -> String {
    let mut out = String::new();
    for (at, part) in line(message).split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        for c in part.chars() {
            if c == '|' || (at % 2 == 0 && "\\*_[]<>#@!".contains(c)) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn each_finding_is_a_row() {
        let text =
            "on: push\njobs:\n  build:\n    needs: \"a|<img>\"\n    runs-on: ubuntu-latest\n    steps: []\n";
        let analysis = Analysis::new(text, &Env::default());
        let table = findings(&analysis, "ci.yml");
        assert_eq!(
            table.lines().filter(|row| row.starts_with("| ")).count(),
            analysis.findings().len() + 1,
            "{table}"
        );
        assert!(table.lines().skip(2).all(|row| row.replace("\\|", "").matches('|').count() == 5), "{table}");
        assert!(findings(&Analysis::new("", &Env::default()), "a`b").contains("`a'b`"));
    }
}
