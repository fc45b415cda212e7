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
/// A sentence about the first path that is not there, or in which there is nothing to check.
pub(crate) fn find(arguments: &[String]) -> Result<Vec<String>, String> {
    let here = [".".to_owned()];
    let arguments = if arguments.is_empty() { &here[..] } else { arguments };
    let mut found = Vec::new();
    for argument in arguments {
        let path = Path::new(argument);
        let known = path.metadata();
        if argument != "-" && known.as_ref().is_ok_and(std::fs::Metadata::is_dir) {
            let before = found.len();
            folder(path, &mut found);
            if found.len() == before {
                // A check that silently looks at nothing would be taken for a good one.
                return Err(format!(
                    "there is no workflow in `{argument}`; name a file, or a folder with .github/workflows in it"
                ));
            }
            found[before..].sort();
        } else if argument == "-" || known.is_ok() {
            found.push(argument.clone());
        } else {
            return Err(format!("there is no file or folder `{argument}`"));
        }
    }
    Ok(found)
}

/// What is in a repository, in its `.github`, in the folder of its workflows, or in a folder that holds some.
fn folder(path: &Path, found: &mut Vec<String>) {
    let own = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let below = [path.join(".github").join("workflows"), path.join("workflows")];
    let inside = match below {
        [workflows, _] if workflows.is_dir() => Some(workflows),
        [_, workflows] if own.ends_with(".github") && workflows.is_dir() => Some(workflows),
        _ => None,
    };
    let all = inside.is_some() || own.ends_with("workflows");
    let files = entries(inside.as_deref().unwrap_or(path)).into_iter();
    let files = files.filter(|file| is_yaml(file) && file.is_file() && !is_action(file));
    found.extend(files.filter(|file| all || has_jobs(file)).map(|file| name(&file)));
    actions(path, 0, found);
}

/// Whether a YAML file in any folder is meant as a workflow.
fn has_jobs(path: &Path) -> bool {
    std::fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.starts_with("jobs:")))
}

fn is_action(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "action.yml" || name == "action.yaml")
}

fn actions(path: &Path, depth: usize, found: &mut Vec<String>) {
    for entry in entries(path) {
        let own = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if entry.is_dir() && !entry.is_symlink() {
            if depth < MAX_DEPTH && !SKIPPED.contains(&own.as_str()) {
                actions(&entry, depth + 1, found);
            }
        } else if is_action(&entry) {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn folders_are_looked_through() {
        let home = std::env::temp_dir().join(format!("stepladder-files-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = home.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("repo/.github/workflows/a.yml", "jobs: {}");
        write("repo/.github/workflows/action.yml", "runs: {}");
        write("repo/.github/dependabot.yml", "version: 2");
        write("repo/own/action.yml", "runs: {}");
        write("some/b.yaml", "on: push\njobs: {}");
        write("some/other.yml", "version: 2");
        write("none/other.yml", "version: 2");
        let find = |folder: &str| {
            let found = find(&[home.join(folder).to_string_lossy().into_owned()])?;
            let short = |path: &String| path.rsplit_once('/').map(|(_, name)| name.to_owned()).unwrap();
            Ok::<Vec<String>, String>(found.iter().map(short).collect())
        };
        assert_eq!(find("repo").unwrap(), ["a.yml", "action.yml", "action.yml"]);
        assert_eq!(find("repo/.github").unwrap(), ["a.yml", "action.yml"]);
        assert_eq!(find("repo/.github/workflows").unwrap(), ["a.yml", "action.yml"]);
        assert_eq!(find("some").unwrap(), ["b.yaml"]);
        assert!(find("none").unwrap_err().contains(".github/workflows"));
        assert!(find("gone").unwrap_err().contains("no file or folder"));
        std::fs::remove_dir_all(&home).unwrap();
    }
}
