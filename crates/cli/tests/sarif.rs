//! What code scanning is given is SARIF 2.1.0 as its schema has it: every member is known there, no required one is missing.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use serde_sarif::sarif::Sarif;

const BROKEN: &str = "on: push\njobs:\n  build:\n    runs-on: ubuntu-lates\n    steps:\n      - run: echo é ${{ github.evnt }}\n      - ran: x\n";

fn sarif(name: &str, text: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sarif").join(name);
    let workflows = folder.join(".github/workflows");
    std::fs::create_dir_all(&workflows).unwrap();
    let file = workflows.join("a b.yml");
    std::fs::write(&file, text).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_stepladder"))
        .args(["check", "--format", "sarif"])
        .arg(&file)
        .output()
        .unwrap();
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn everything_is_in_the_schema() {
    for (name, text) in [
        ("broken", BROKEN),
        ("fine", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"),
    ] {
        let written = sarif(name, text);
        let read: Sarif = serde_json::from_value(written.clone()).unwrap();
        // What the schema does not know would be lost on the way.
        assert_eq!(serde_json::to_value(&read).unwrap(), written, "{name}");
    }
}

#[test]
fn findings_name_their_rule_and_their_place() {
    let written = sarif("places", BROKEN);
    let run = &written["runs"][0];
    let results = run["results"].as_array().unwrap();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(results.len() >= 3, "{results:#?}");
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], ".github/workflows/a%20b.yml");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
    }
    let marked =
        results.iter().find(|result| result["message"]["text"].as_str().unwrap().contains("evnt")).unwrap();
    let region = &marked["locations"][0]["physicalLocation"]["region"];
    // Columns count characters, as the file says.
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(6), Some(25)));
}
