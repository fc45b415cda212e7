//! The editor's functions on known cases and on real files, wherever those are there.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::ide::{self, Target};
use stepladder_workflow::{Analysis, Env};

fn env() -> Env {
    Env {
        catalogue: Some(Arc::new(Catalogue::from_json(include_str!("../data/actions.json")).unwrap())),
        payloads: Some(Arc::new(Payloads::from_json(include_str!("../data/payload.json")).unwrap())),
        ..Env::default()
    }
}

fn folder() -> PathBuf {
    std::env::var_os("STEPLADDER_CONFORMANCE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"),
        PathBuf::from,
    )
}

/// The cases of a file; none, and a word about it, when it is not there.
fn cases(name: &str) -> Vec<Value> {
    let path = folder().join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: there is no {}", path.display());
        return Vec::new();
    };
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

struct Case<'v> {
    name: &'v str,
    text: &'v str,
    env: Env,
}

impl<'v> Case<'v> {
    fn new(value: &'v Value, base: &Env) -> Self {
        let uri = value["uri"].as_str().unwrap();
        let file_name = uri.split_once("://").map(|(_, path)| path.trim_start_matches('/').to_owned());
        let name = value["test"].as_str().unwrap();
        Self { name, text: value["text"].as_str().unwrap(), env: Env { file_name, ..base.clone() } }
    }

    fn analysis(&self) -> Analysis {
        Analysis::new(self.text, &self.env)
    }
}

/// The byte offset of a place in lines and UTF-16 units, both from 0.
fn offset(text: &str, place: &Value) -> u32 {
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    let before: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let line = text[before..].lines().next().unwrap_or_default();
    let units: Vec<u16> = line.encode_utf16().take(number("character")).collect();
    u32::try_from(before + String::from_utf16(&units).unwrap().len()).unwrap()
}

/// Labels that are offered here and nowhere else, each for a reason.
fn is_ours(label: &str) -> bool {
    // Runners that exist by now; an event that GitHub takes as a plain name too.
    const NEWER: [&str; 4] = ["-26.04", "windows-11", "macos-26-intel", "xcode-27"];
    NEWER.iter().any(|part| label.contains(part))
        || ["repository_dispatch", "drives", "copilot-requests", "case", "cache-mode"].contains(&label)
}

#[test]
fn completions_are_the_known_ones() {
    let base = env();
    let (mut expected, mut offered) = (0, 0);
    let mut other = Vec::new();
    for value in &cases("ls-complete.jsonl") {
        let case = Case::new(value, &base);
        let found = ide::complete(&case.analysis(), &case.env, offset(case.text, &value["position"]));
        let known: Vec<&str> =
            value["result"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
        expected += known.len();
        offered += known.iter().filter(|label| found.iter().any(|offer| offer.label == **label)).count();
        let more = found
            .iter()
            .map(|offer| offer.label.as_str())
            .filter(|label| !known.contains(label) && !is_ours(label));
        let more: Vec<&str> = more.collect();
        if !more.is_empty() {
            other.push(format!("{}: {more:?}", case.name));
        }
    }
    assert!(offered * 100 >= expected * 99, "{offered} of {expected} labels");
    assert!(other.is_empty(), "{}", other.join("\n"));
}

#[test]
fn hovers_are_where_they_are_known() {
    let base = env();
    for value in &cases("ls-hover.jsonl") {
        let case = Case::new(value, &base);
        let found = ide::hover(&case.analysis(), &case.env, offset(case.text, &value["position"]), None);
        assert_eq!(found.is_some(), !value["result"].is_null(), "{}", case.name);
        if let Some(found) = found {
            let known = offset(case.text, &value["result"]["range"]["start"]);
            assert!(found.range.touches(known), "{}", case.name);
        }
    }
}

#[test]
fn inlays_and_links_are_where_they_are_known() {
    let base = env();
    for value in &cases("ls-inlay.jsonl") {
        let case = Case::new(value, &base);
        let found: Vec<u32> =
            ide::inlays(&case.analysis(), &case.env).into_iter().map(|inlay| inlay.offset).collect();
        let known: Vec<u32> = value["result"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hint| offset(case.text, &hint["position"]))
            .collect();
        assert_eq!(found, known, "{}", case.name);
    }
    for value in &cases("ls-links.jsonl") {
        let case = Case::new(value, &base);
        let found = ide::links(&case.analysis(), &case.env);
        assert!(found.iter().all(|link| matches!(link.target, Target::Url(_))));
        let found: Vec<u32> = found.into_iter().map(|link| link.range.start).collect();
        let known: Vec<u32> = value["result"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| offset(case.text, &link["range"]["start"]))
            .collect();
        assert_eq!(found, known, "{}", case.name);
    }
}

/// Asks for everything at one place, and checks what must hold for every answer.
fn ask(text: &str, at: usize, env: &Env) {
    let Some(at) = u32::try_from(at).ok() else { return };
    let a = Analysis::new(text, env);
    for offer in ide::complete(&a, env, at) {
        assert!(offer.replace.touches(at), "{} at {at} of {text}", offer.label);
        let replaced = text.get(offer.replace.to_usize());
        assert!(
            replaced.is_some_and(|replaced| !replaced.contains('\n')),
            "{} at {at} of {text}",
            offer.label
        );
    }
    if let Some(hover) = ide::hover(&a, env, at, Some(ide::Clock { now: 0, offset: |_, _| Some(0) })) {
        assert!(hover.range.touches(at) && !hover.markdown.is_empty());
    }
    let all = ide::references(&a, at);
    assert!(ide::definition(&a, at).iter().all(|range| all.contains(range)));
    let outline = ide::outline(&a);
    assert!(outline.iter().all(|item| item.range.covers(item.selection)));
    let _ = (ide::signature(&a, at), ide::links(&a, env), ide::inlays(&a, env));
}

#[test]
fn every_place_of_the_known_cases_has_an_answer() {
    let base = env();
    for value in &cases("ls-complete.jsonl") {
        let case = Case::new(value, &base);
        for (at, _) in case.text.char_indices() {
            ask(&case.text[..at], at, &case.env);
            if at % 4 == 0 {
                ask(case.text, at, &case.env);
            }
        }
    }
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|end| end == "yml" || end == "yaml") {
            out.push(path);
        }
    }
}

/// Some places of each file, cut there and whole; `STEPLADDER_CARETS` says how many.
#[test]
fn places_of_real_files_have_answers() {
    let carets: usize =
        std::env::var("STEPLADDER_CARETS").ok().and_then(|value| value.parse().ok()).unwrap_or(1);
    let base = env();
    let mut paths = Vec::new();
    files(&folder(), &mut paths);
    println!("{} files", paths.len());
    for (number, path) in paths.iter().enumerate() {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        // A debug build takes long for the longest ones.
        if text.len() > 20_000 && carets < 10 {
            continue;
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let env = Env { file_name: name, ..base.clone() };
        for caret in 0..carets {
            let mut at = (number * 7_919 + caret * 104_729) % (text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            ask(&text[..at], at, &env);
            ask(&text, at, &env);
        }
    }
}
