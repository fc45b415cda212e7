//! Workflow commands: GitHub shows them beside the lines of a pull request.

use stepladder_workflow::{Finding, Severity};

use super::place;
use crate::work::Checked;

pub(super) fn lines(checked: &Checked, findings: &[&Finding]) -> String {
    findings
        .iter()
        .map(|finding| {
            let [line, col, end_line, end_col] = place(checked, finding);
            let kind = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "notice",
            };
            format!(
                "::{kind} file={},line={line},col={col},endLine={end_line},endColumn={end_col},title={}::{}\n",
                property(&checked.name),
                property(finding.rule),
                data(&finding.message)
            )
        })
        .collect()
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
