//! SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};

use crate::lint::rules;
use crate::{Finding, Severity};

/// A finding. `uri` names its file from the root of the repository; the place is its first line and column and its last
/// ones, all from 1.
#[must_use]
pub fn result(finding: &Finding, uri: &str, [line, col, end_line, end_col]: [u32; 4]) -> Value {
    let index = rules::ALL.iter().position(|rule| rule.id == finding.rule);
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": line, "startColumn": col, "endLine": end_line, "endColumn": end_col },
            },
        }],
    })
}

/// A path as an address: what has a meaning there is written as its code.
#[must_use]
pub fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

/// The document of all results, with the rules that they name.
#[must_use]
pub fn document(results: Vec<Value>) -> String {
    let rules: Vec<Value> = rules::ALL
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.title },
                "fullDescription": { "text": rule.docs },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(uri(".github/workflows/a b#1.yml"), ".github/workflows/a%20b%231.yml");
    }
}
