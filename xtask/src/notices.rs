//! `cargo xtask notices`: THIRD-PARTY.md, the licences of everything that a visitor's browser downloads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::project;
use crate::sh::{Outcome, command, read};

const FILE: &str = "THIRD-PARTY.md";
const TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn run(_arguments: &[String]) -> Outcome {
    project::write(&project::root().join(FILE), &notices()?)?;
    println!("{FILE} is written.");
    Ok(())
}

/// Fails when the file that is checked in is not what would be written now.
pub(crate) fn check() -> Outcome {
    if project::read(&project::root().join(FILE)).is_ok_and(|text| text == notices().unwrap_or_default()) {
        return Ok(());
    }
    Err(format!(
        "{FILE} does not match what the page carries: run `cargo xtask notices` and commit the file."
    ))
}

struct Package {
    name: String,
    version: String,
    license: String,
    authors: String,
    folder: PathBuf,
}

fn notices() -> Outcome<String> {
    let mut text = String::from(
        "# Third-party notices\n\nThe Stepladder page is made of its own code and of the following works, each under \
         its own licence. Where a work offers a choice, MIT is taken.\n\nThis file is written by `cargo xtask notices`.\n",
    );
    let packages = packages()?;
    text.push_str("\n## Rust crates compiled into the program\n\n");
    for package in &packages {
        text.push_str(&format!("- {} {}: {}\n", package.name, package.version, package.license));
    }
    text.push_str("\n## Their licence texts\n");
    let mut users: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for package in &packages {
        for license in license_texts(&package.folder) {
            users.entry(license).or_default().insert(&package.name);
        }
    }
    text.push_str(&without_text(&packages));
    let mut texts: Vec<_> = users.into_iter().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1));
    for (license, names) in texts {
        let names: Vec<&str> = names.into_iter().collect();
        text.push_str(&format!("\n### {}\n\n```text\n{license}\n```\n", names.join(", ")));
    }
    let monaco = project::root().join("node_modules/monaco-editor");
    let manifest: Value = serde_json::from_str(&project::read(&monaco.join("package.json"))?)
        .map_err(|error| format!("monaco-editor's package.json is not JSON: {error}; run `npm ci`."))?;
    text.push_str(&format!(
        "\n## The code editor, monaco-editor {}\n",
        manifest["version"].as_str().unwrap_or("?")
    ));
    text.push_str("\nIts icons are the Codicons of Microsoft, under CC BY 4.0.\n");
    for file in ["LICENSE", "ThirdPartyNotices.txt"] {
        text.push_str(&format!(
            "\n### {file}\n\n```text\n{}\n```\n",
            tidy(&project::read(&monaco.join(file))?)
        ));
    }
    Ok(text)
}

/// Packages of several crates often pack the text with one of them only.
fn without_text(packages: &[Package]) -> String {
    let without = packages.iter().filter(|package| license_texts(&package.folder).is_empty());
    let lines: Vec<String> = without
        .map(|package| match package.authors.as_str() {
            "" => format!("- {}, © its authors\n", package.name),
            authors => format!("- {}, © {authors}\n", package.name),
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    let mit = project::read(&project::root().join("LICENSE-MIT")).unwrap_or_default();
    let terms = mit.split_once("Permission is hereby").map(|(_, rest)| format!("Permission is hereby{rest}"));
    format!(
        "\n### Packages that bring no text of their own, taken under MIT\n\n{}\n```text\n{}\n```\n",
        lines.concat(),
        tidy(&terms.unwrap_or_default())
    )
}

/// What ends up in the page's WebAssembly: normal dependencies for its target, without macros, which run at build time.
fn packages() -> Outcome<Vec<Package>> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--format-version", "1", "--filter-platform", TARGET]);
    let metadata: Value = read(&mut cargo)
        .and_then(|json| serde_json::from_str(&json).ok())
        .ok_or("`cargo metadata` failed: run it to see why.")?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (string(&node["id"]), node)).collect();
    let all: BTreeMap<String, Value> =
        list(&metadata["packages"]).into_iter().map(|package| (string(&package["id"]), package)).collect();
    let is_macro =
        |package: &Value| list(&package["targets"]).iter().any(|target| target["kind"][0] == "proc-macro");

    let app = all.iter().find(|(_, package)| package["name"] == "stepladder-app").map(|(id, _)| id.clone());
    let mut pending: Vec<String> = app.into_iter().collect();
    let mut seen = BTreeSet::new();
    let mut packages = Vec::new();
    while let Some(id) = pending.pop() {
        let (Some(package), Some(node)) = (all.get(&id), nodes.get(&id)) else { continue };
        if is_macro(package) || !seen.insert(id) {
            continue;
        }
        let normal = list(&node["deps"])
            .into_iter()
            .filter(|dep| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()));
        pending.extend(normal.map(|dep| string(&dep["pkg"])));
        if package["source"].is_null() {
            continue;
        }
        let manifest = PathBuf::from(string(&package["manifest_path"]));
        packages.push(Package {
            name: string(&package["name"]),
            version: string(&package["version"]),
            license: string(&package["license"]),
            authors: list(&package["authors"]).iter().map(name_only).collect::<Vec<_>>().join(", "),
            folder: manifest.parent().unwrap_or(Path::new(".")).to_owned(),
        });
    }
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(packages)
}

/// Without the address.
fn name_only(author: &Value) -> String {
    author.as_str().and_then(|author| author.split(" <").next()).unwrap_or_default().to_owned()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The MIT text when there is one, else every licence file of the package.
fn license_texts(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    let upper =
        |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
    files.retain(|path| {
        ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"].iter().any(|start| upper(path).starts_with(start))
    });
    files.sort();
    if let Some(mit) = files.iter().find(|path| upper(path).contains("MIT")) {
        files = vec![mit.clone()];
    }
    files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).map(|text| tidy(&text)).collect()
}

/// Without the spaces at the ends that differ between copies of one text.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches(['\n', '\u{feff}']).replace("```", "'''")
}
