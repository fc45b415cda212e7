//! One JSON object a line and finding.

use stepladder_workflow::{Care, Finding};

use super::place;
use crate::work::Checked;

pub(super) fn lines(checked: &Checked, findings: &[&Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        let [line, col, end_line, end_col] = place(checked, finding);
        let object = serde_json::json!({
            "file": checked.name,
            "line": line,
            "col": col,
            "end_line": end_line,
            "end_col": end_col,
            "rule": finding.rule,
            "severity": finding.severity.as_str(),
            "message": finding.message,
            "fixable": finding.fix.as_ref().is_some_and(|fix| fix.care != Care::Choice),
        });
        out.push_str(&object.to_string());
        out.push('\n');
    }
    out
}
