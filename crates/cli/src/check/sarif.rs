//! SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};
use stepladder_workflow::lint::rules;
use stepladder_workflow::{Finding, Severity};

use super::place;
use crate::repository;
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
                "artifactLocation": { "uri": uri(&checked.name), "uriBaseId": "%SRCROOT%" },
                "region": { "startLine": line, "startColumn": col, "endLine": end_line, "endColumn": end_col },
            },
        }],
    })
}

/// The file as code scanning wants it: from the root of the repository, else from where the program was started, with
/// what has a meaning in addresses written as its code.
fn uri(name: &str) -> String {
    let path = std::path::Path::new(name);
    let inside = repository::root_of(path).and_then(|root| {
        let absolute = std::path::absolute(path).ok()?;
        absolute.strip_prefix(root).ok().map(|inside| inside.to_string_lossy().into_owned())
    });
    let path = inside.unwrap_or_else(|| name.to_owned()).replace('\\', "/");
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

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/src/a b.yml");
        assert!(uri(here).ends_with("crates/cli/src/a%20b.yml"), "{}", uri(here));
        assert!(!uri(here).starts_with('/'));
    }
}
