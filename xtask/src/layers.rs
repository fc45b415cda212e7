//! The layers of ARCHITECTURE.md, proved from what Cargo knows of every package's dependencies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::project;
use crate::sh::{command, read};

/// What each package of ours may use of ours.
const LAYERS: &[(&str, &[&str])] = &[
    ("stepladder-yaml", &[]),
    ("stepladder-workflow", &["stepladder-yaml"]),
    ("stepladder-github", &[]),
    ("stepladder-content", &["stepladder-workflow", "stepladder-yaml"]),
    ("stepladder-cli", &["stepladder-content", "stepladder-workflow", "stepladder-yaml"]),
    (
        "stepladder-app",
        &["stepladder-content", "stepladder-github", "stepladder-workflow", "stepladder-yaml"],
    ),
    ("xtask", &[]),
];

/// What only a browser has.
const BROWSER: &[&str] =
    &["gloo-net", "gloo-storage", "js-sys", "leptos", "wasm-bindgen", "wasm-bindgen-futures", "web-sys"];

/// Package name to the names that it depends on, without what only its tests or its build script use.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value =
        serde_json::from_str(&read(&mut cargo).expect("cargo metadata runs")).expect("it prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let named = packages.iter().map(|package| {
        let all = package["dependencies"].as_array().expect("a list of dependencies");
        let normal = all.iter().filter(|dependency| dependency["kind"].is_null());
        let names = normal.filter_map(|dependency| dependency["name"].as_str().map(str::to_owned));
        (package["name"].as_str().expect("a name").to_owned(), names.collect())
    });
    named.collect()
}

#[test]
fn dependencies_point_one_way() {
    let all = dependencies();
    let known: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        all.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        known,
        "every package has its row in LAYERS"
    );
    for (name, allowed) in LAYERS {
        let ours = all[*name].iter().map(String::as_str).filter(|dependency| known.contains(dependency));
        for dependency in ours {
            assert!(allowed.contains(&dependency), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn only_the_app_knows_a_browser() {
    for (name, dependencies) in dependencies() {
        let browser: Vec<_> =
            dependencies.iter().filter(|dependency| BROWSER.contains(&dependency.as_str())).collect();
        assert!(name == "stepladder-app" || browser.is_empty(), "{name} must not depend on {browser:?}");
    }
}

#[test]
fn the_yaml_crate_names_nothing_of_github() {
    for file in project::files_below(&project::root().join("crates/yaml/src")) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for word in ["stepladder_workflow", "stepladder_github", "runs-on", "github.com"] {
            assert!(!text.contains(word), "{} speaks of `{word}`", file.display());
        }
    }
}
