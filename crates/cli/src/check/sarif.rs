//! SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};
use stepladder_workflow::lint::rules;
use stepladder_workflow::{Finding, Severity};

use super::place;
use crate::work::Checked;

pub(super) fn result(checked: &Checked, finding: &Finding) -> Value {
    let [line, col, end_line, end_col] = place(checked, finding);
    let index = rules::ALL.iter().position(|rule| rule.id == finding.rule);
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": checked.name.replace('\\', "/") },
                "region": { "startLine": line, "startColumn": col, "endLine": end_line, "endColumn": end_col },
            },
        }],
    })
}

pub(super) fn document(results: Vec<Value>) -> String {
    let rules: Vec<Value> = rules::ALL
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.title },
                "help": { "text": rule.docs, "markdown": rule.docs },
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "Stepladder", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}
