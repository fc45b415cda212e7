//! The known cases beside the project, put to the program as a person would put them: everything that other tools and
//! GitHub's own parser find is found on its line, and what they accept has no error. Each case that is answered
//! otherwise stands on a list, with the behaviour of the platform that is the reason.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Cases that are answered otherwise, each with its line (0: the whole case) and the reason.
const OTHERWISE: &[(&str, u64, &str)] = &[
    (
        "actionlint-err/invalid_image_version_event.yaml",
        4,
        "GitHub takes one name as well as a list of names",
    ),
    ("actionlint-err/schedule_invalid_timezone.yaml", 6, "UTC is in the IANA database, and GitHub takes it"),
    (
        "actionlint-examples/invalid_ids_in_needs.yaml",
        8,
        "the finding stands on the unknown name, a line below",
    ),
    (
        "actionlint-ok/nested_workflow_call.yaml",
        0,
        "GitHub refuses a reusable workflow outside of .github/workflows",
    ),
    ("schemastore/test/github-workflow/918", 0, "GitHub's schema has no filters for `create`"),
    (
        "schemastore/test/github-action/javascript",
        0,
        "`linux` without quotes names a context that is not there",
    ),
    (
        "starter/code-scanning/nowsecure-mobile-sbom",
        0,
        "its placeholder in two braces is a mapping, which `with` cannot hold",
    ),
];

fn conformance() -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance");
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE").map_or(near, PathBuf::from);
    if !folder.is_dir() {
        println!("the folder of known cases is not there: nothing is read from it");
        return None;
    }
    folder.canonicalize().ok()
}

fn cases(folder: &Path, corpus: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(format!("{corpus}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn flag(case: &Value, name: &str) -> bool {
    case["flags"][name].as_bool().unwrap_or_default()
}

fn skipped(case: &Value, line: u64) -> bool {
    OTHERWISE.iter().any(|(id, own, _)| text(case, "id").starts_with(id) && *own == line)
}

/// What was found: by file, the lines and severities.
type Found = BTreeMap<String, Vec<(u64, String, String)>>;

/// Lays the cases out as repositories below a folder of its own, and checks their files.
fn check(folder: &Path, corpus: &str, cases: &[Value]) -> Found {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("known").join(corpus);
    let _ = std::fs::remove_dir_all(&work);
    let mut given: BTreeMap<PathBuf, String> = BTreeMap::new();
    for case in cases {
        let root = text(case, "root");
        if !work.join(root).exists() {
            copy(&folder.join(root), &work.join(root));
            std::fs::create_dir_all(work.join(root).join(".git")).unwrap();
        }
        for file in case["files"].as_array().unwrap() {
            let file = file.as_str().unwrap();
            given.insert(work.join(file), file.to_owned());
        }
    }
    let mut found = Found::new();
    for some in given.keys().collect::<Vec<_>>().chunks(200) {
        let output = Command::new(env!("CARGO_BIN_EXE_stepladder"))
            .args(["check", "--format", "json"])
            .args(some)
            .output()
            .unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let finding: Value = serde_json::from_str(line).unwrap();
            let file = given[Path::new(text(&finding, "file"))].clone();
            let told =
                (finding["line"].as_u64().unwrap(), text(&finding, "severity").to_owned(), line.to_owned());
            found.entry(file).or_default().push(told);
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

fn errors<'f>(found: &'f Found, case: &Value) -> Vec<&'f str> {
    let files = case["files"].as_array().unwrap().iter().filter_map(Value::as_str);
    let all = files.filter_map(|file| found.get(file)).flatten();
    all.filter(|(_, severity, _)| severity == "error").map(|(.., told)| told.as_str()).collect()
}

/// Expected lines that carry neither an error nor a warning.
fn silent_lines(found: &Found, case: &Value) -> Vec<String> {
    let expected = case["expect"].as_array().unwrap().iter();
    let lines = expected.filter_map(|expected| {
        let line = expected["line"].as_u64().filter(|line| *line > 0)?;
        let message = text(expected, "message");
        let scripts = message.contains("reported issue in this script");
        let told = found
            .get(text(expected, "file"))
            .is_some_and(|found| found.iter().any(|(own, severity, _)| *own == line && severity != "hint"));
        (!told && !scripts && !skipped(case, line))
            .then(|| format!("{}:{line}: nothing about: {message}", text(expected, "file")))
    });
    lines.collect()
}

#[test]
fn lines_with_mistakes_are_marked() {
    let Some(folder) = conformance() else { return };
    let mut missed = Vec::new();
    for corpus in ["actionlint-err", "actionlint-examples", "actionlint-projects", "ls-validate", "reader"] {
        let mut cases = cases(&folder, corpus);
        cases.retain(|case| {
            !flag(case, "config") && !flag(case, "skipped_in_ts") && !flag(case, "remote_reusable")
        });
        let found = check(&folder, corpus, &cases);
        missed.extend(cases.iter().flat_map(|case| silent_lines(&found, case)));
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn verdicts_agree() {
    let Some(folder) = conformance() else { return };
    let mut wrong = Vec::new();
    for corpus in ["actionlint-ok", "actionlint-projects", "reader", "ls-validate", "schemastore", "starter"]
    {
        let mut cases = cases(&folder, corpus);
        cases.retain(|case| {
            !flag(case, "config") && !flag(case, "skipped_in_ts") && !flag(case, "remote_reusable")
        });
        let found = check(&folder, &format!("verdict-{corpus}"), &cases);
        for case in cases.iter().filter(|case| !skipped(case, 0)) {
            let invalid = match corpus {
                // The service's warnings do not make a file invalid.
                "ls-validate" => case["expect"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|expected| text(expected, "severity") == "error"),
                _ => text(case, "kind") == "err",
            };
            let told = errors(&found, case);
            if !invalid && !told.is_empty() {
                wrong.push(format!("{} is accepted by others: {}", text(case, "id"), told.join(" ")));
            } else if invalid && told.is_empty() && corpus != "actionlint-projects" {
                wrong.push(format!("{} has no error", text(case, "id")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_that_run_every_day_have_no_error() {
    let Some(folder) = conformance() else { return };
    let facts: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("facts.json")).unwrap()).unwrap();
    let clean: BTreeSet<&str> =
        facts["real_clean"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let found = check(&folder, "real", &cases(&folder, "real"));
    let wrong: Vec<&str> = found
        .iter()
        .filter(|(file, _)| clean.contains(file.as_str()))
        .flat_map(|(_, found)| found)
        .filter(|(_, severity, _)| severity == "error")
        .map(|(.., told)| told.as_str())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The answers of `stepladder COMMAND` to the cases of a corpus.
fn ask(command: &str, cases: &[Value]) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stepladder"))
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut requests = String::new();
    for case in cases {
        let request = serde_json::json!({
            "uri": case["uri"], "text": case["text"], "flags": case["feature_flags"],
            "line": case["position"]["line"], "character": case["position"]["character"],
        });
        requests += &format!("{request}\n");
    }
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(requests.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn completions_offer_what_the_service_offers() {
    let Some(folder) = conformance() else { return };
    let cases = cases(&folder, "ls-complete");
    let mut missing = Vec::new();
    for (case, answer) in cases.iter().zip(ask("complete", &cases)) {
        let offered: BTreeSet<&str> =
            answer["labels"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let expected = case["result"].as_array().into_iter().flatten();
        let labels = expected.filter_map(|item| item.as_str().or_else(|| item["label"].as_str()));
        let lacking: Vec<&str> = labels.filter(|label| !offered.contains(label)).collect();
        if !lacking.is_empty() {
            missing.push(format!("{}: {lacking:?}", text(case, "id")));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn hovers_are_where_the_service_has_them() {
    let Some(folder) = conformance() else { return };
    let cases = cases(&folder, "ls-hover");
    let mut wrong = Vec::new();
    for (case, answer) in cases.iter().zip(ask("hover", &cases)) {
        let shown = !text(&answer, "contents").is_empty();
        let expected = case["result"].as_object().is_some_and(|result| !result.is_empty());
        if shown != expected {
            wrong.push(text(case, "id").to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
