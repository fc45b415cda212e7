//! Which files to check.

use std::path::{Path, PathBuf};

/// Folders in which no actions of one's own lie.
const SKIPPED: [&str; 5] = ["node_modules", "target", "vendor", "dist", ".git"];
/// Deepest folder that is searched for actions.
const MAX_DEPTH: usize = 8;

/// The files that the arguments name: files as they are, and for a folder the workflows and actions in it. Standard
/// input is `-`.
///
/// # Errors
/// A sentence about the first path that is not there.
pub(crate) fn find(arguments: &[String]) -> Result<Vec<String>, String> {
    let here = [".".to_owned()];
    let arguments = if arguments.is_empty() { &here[..] } else { arguments };
    let mut found = Vec::new();
    for argument in arguments {
        let path = Path::new(argument);
        if argument != "-" && path.is_dir() {
            let before = found.len();
            folder(path, &mut found);
            found[before..].sort();
        } else if argument == "-" || path.exists() {
            found.push(argument.clone());
        } else {
            return Err(format!("there is no file or folder `{argument}`"));
        }
    }
    Ok(found)
}

fn folder(path: &Path, found: &mut Vec<String>) {
    let workflows = path.join(".github").join("workflows");
    let inside = if workflows.is_dir() { workflows } else { path.to_owned() };
    let is_workflows = inside != path || path.ends_with("workflows");
    let workflows =
        entries(&inside).into_iter().filter(|file| is_workflows && is_yaml(file) && file.is_file());
    found.extend(workflows.map(|file| name(&file)));
    actions(path, 0, found);
}

fn actions(path: &Path, depth: usize, found: &mut Vec<String>) {
    for entry in entries(path) {
        let own = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if entry.is_dir() && !entry.is_symlink() {
            if depth < MAX_DEPTH && !SKIPPED.contains(&own.as_str()) {
                actions(&entry, depth + 1, found);
            }
        } else if matches!(own.as_str(), "action.yml" | "action.yaml") {
            found.push(name(&entry));
        }
    }
}

fn entries(path: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(path)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml")
}

fn name(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
