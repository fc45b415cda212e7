//! Where GitHub's own documentation tells about something.

use stepladder_yaml::{Path, Step};

use crate::FileKind;

/// The reference of workflows, actions, contexts and events.
const REFERENCE: &str = "https://docs.github.com/en/actions/reference/workflows-and-actions/";

/// The page and heading of GitHub's documentation about the node at `path` of a file of that kind.
#[must_use]
pub fn documentation(kind: FileKind, path: &Path) -> String {
    let keys: Vec<&str> = path
        .steps()
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    if kind == FileKind::Action {
        return page("metadata-syntax", keys.first().unwrap_or(&""));
    }
    match keys[..] {
        [] => page("workflow-syntax", ""),
        ["on"] => page("workflow-syntax", "on"),
        ["on", event, ..] => page("events-that-trigger-workflows", event),
        ["jobs"] => page("workflow-syntax", "jobs"),
        ["jobs", _] => page("workflow-syntax", "jobsjob_id"),
        ["jobs", _, "steps", key, ..] => page("workflow-syntax", &format!("jobsjob_idsteps{key}")),
        ["jobs", _, "strategy", key, ..] => page("workflow-syntax", &format!("jobsjob_idstrategy{key}")),
        ["jobs", _, key, ..] => page("workflow-syntax", &format!("jobsjob_id{key}")),
        [key, ..] => page("workflow-syntax", key),
    }
}

/// About a context, such as `github`.
pub(super) fn context(name: &str) -> String {
    page("contexts", &format!("{}-context", name.to_ascii_lowercase()))
}

/// About a function of expressions.
pub(super) fn function(name: &str) -> String {
    page("expressions", &name.to_ascii_lowercase())
}

fn page(page: &str, heading: &str) -> String {
    if heading.is_empty() { format!("{REFERENCE}{page}") } else { format!("{REFERENCE}{page}#{heading}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stepladder_yaml::path;

    #[test]
    fn every_key_has_its_heading() {
        let ends = |path: Path, end: &str| {
            let address = documentation(FileKind::Workflow, &path);
            assert!(address.ends_with(end), "{address} for {path:?}");
        };
        ends(path!["jobs", "a", "steps", 2, "uses"], "workflow-syntax#jobsjob_idstepsuses");
        ends(path!["jobs", "a", "runs-on"], "workflow-syntax#jobsjob_idruns-on");
        ends(path!["jobs", "a", "strategy", "matrix", "os", 1], "#jobsjob_idstrategymatrix");
        ends(path!["on", "pull_request", "types", 0], "events-that-trigger-workflows#pull_request");
        ends(path!["permissions", "contents"], "workflow-syntax#permissions");
        ends(Path::root(), "workflow-syntax");
        let of_action = |path: Path| documentation(FileKind::Action, &path);
        assert!(of_action(Path::root()).ends_with("metadata-syntax"));
        assert!(of_action(path!["runs", "steps", 0, "run"]).ends_with("metadata-syntax#runs"));
        assert!(of_action(path!["name"]).ends_with("metadata-syntax#name"));
        assert!(context("github").ends_with("contexts#github-context"));
        assert!(function("hashFiles").ends_with("expressions#hashfiles"));
    }
}
