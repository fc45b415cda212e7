use stepladder_yaml::{Change, Kind, Path, Step, TextEdit, TextRange, edit};

use super::draft::{Draft, refuse};
use super::{Edit, Refusal, Value};
use crate::Analysis;
use crate::facts::actions::{is_only_version, is_sha, version_in_comment};

/// Another version of an action or a reusable workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    /// What stands behind `uses` now: `actions/checkout@v4`.
    pub uses: String,
    /// What comes behind the `@`: a tag, or a commit to pin it to.
    pub git_ref: String,
    /// The version that the commit is, written as a remark behind it: `v4.2.1`. `None` takes a remark with a version away.
    pub remark: Option<String>,
}

/// Writes other versions wherever these actions are used. The remark behind each goes along with it; a remark that names
/// no version stays.
///
/// # Errors
/// When none of them is used, or one stands where its line cannot be changed alone.
pub fn set_versions(analysis: &Analysis, versions: &[NewVersion]) -> Result<Edit, Refusal> {
    let tree = &analysis.tree;
    let mut changes = Vec::new();
    let nodes = tree.root().into_iter().flat_map(|root| root.descendants());
    for node in nodes.filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let is_uses = matches!(node.path().steps().last(), Some(Step::Key(key)) if key == "uses");
        let Some(uses) = node.as_str().filter(|_| is_uses) else { continue };
        let Some(version) = versions.iter().find(|version| version.uses == uses) else { continue };
        let Some((slug, _)) = uses.split_once('@') else { continue };
        let range = node.range();
        let source = tree.slice(range);
        if source.matches(uses).count() != 1 {
            return Err(refuse(format!(
                "`{uses}` is written in a way that cannot be changed here; change it in the text."
            )));
        }
        changes.push(Change { range, insert: source.replace(uses, &format!("{slug}@{}", version.git_ref)) });
        changes.extend(remark(tree.text(), range, version.remark.as_deref(), &version.git_ref));
    }
    if changes.is_empty() {
        return Err(refuse("None of these actions is used here any more."));
    }
    let label = match versions {
        [version] => {
            let slug = version.uses.split('@').next().unwrap_or_default();
            let to = version.remark.as_ref().unwrap_or(&version.git_ref);
            if version.remark.is_some() { format!("pin {slug} to {to}") } else { format!("use {slug} {to}") }
        }
        several => format!("change the versions of {} actions", several.len()),
    };
    let edit = TextEdit::new(changes).ok_or_else(|| refuse("Two of the changes are in each other's way."))?;
    Ok(Edit { edit, label, ..Edit::default() }.for_all())
}

/// Lets the `uses` at `path` name another version than its present one; a remark that names a version goes with it.
///
/// # Errors
/// When no text stands there, it comes from an alias, or its line cannot be changed alone.
pub fn use_version(a: &Analysis, path: &Path, git_ref: &str) -> Result<Edit, Refusal> {
    let node = a.tree.at(path);
    let was_pinned = node
        .as_ref()
        .and_then(|node| node.as_str()?.split_once('@'))
        .is_some_and(|(_, now)| is_sha(now) && !is_sha(git_ref));
    let comment = node.and_then(|node| node.trailing_comment());
    let gone = comment.filter(|comment| was_pinned && is_only_version(a.tree.slice(comment.range)));
    let without = match (was_pinned, gone) {
        (true, Some(_)) => ", without its pin and its comment",
        (true, None) => ", without its pin",
        (false, _) => "",
    };
    write(a, path, git_ref, None, |slug| format!("use {slug} {git_ref}{without}"))
}

/// Pins the `uses` at `path` to the commit `sha`, which is `version`. Of a remark only the version changes; without one it
/// is written behind.
///
/// # Errors
/// As of [`use_version`].
pub fn pin_version(a: &Analysis, path: &Path, sha: &str, version: &str) -> Result<Edit, Refusal> {
    write(a, path, sha, Some(version), |slug| format!("pin {slug} to the commit of {version}"))
}

fn write(
    a: &Analysis,
    path: &Path,
    git_ref: &str,
    new: Option<&str>,
    label: impl FnOnce(&str) -> String,
) -> Result<Edit, Refusal> {
    let node = a.tree.at(path);
    let uses = node.as_ref().and_then(|node| node.as_str()).unwrap_or_default();
    let Some((slug, _)) = uses.split_once('@') else {
        return Err(refuse(format!("`{path}` names no version; write `{uses}@{git_ref}`.")));
    };
    let mut draft = Draft::new(&a.tree);
    let written = edit::written_path(draft.tree(), path, true)?;
    draft.set(&written, &Value::Str(format!("{slug}@{git_ref}")))?;
    let range = draft.tree().at(&written).map(|node| node.range());
    if let Some(change) = range.and_then(|range| remark(draft.tree().text(), range, new, git_ref))
        && let Some(edit) = TextEdit::new(vec![change])
    {
        draft.apply(edit);
    }
    draft.finish(label(slug), None)
}

/// The change of the remark behind the value at `range`, which is now the version `git_ref`; `None`: it stays.
fn remark(text: &str, range: TextRange, new: Option<&str>, git_ref: &str) -> Option<Change> {
    let end = range.end as usize;
    let rest = text.get(end..)?.split(['\n', '\r']).next()?;
    let start = rest.len() - rest.trim_start().len();
    let old = rest.get(start..)?;
    let at = |from: usize, to: usize| {
        TextRange::new((end + from).try_into().unwrap_or(u32::MAX), (end + to).try_into().unwrap_or(u32::MAX))
    };
    if old.starts_with('#') {
        let named = version_in_comment(old)?;
        // Where in the line it is: it is a part of it.
        let offset = named.as_ptr() as usize - rest.as_ptr() as usize;
        return match new {
            Some(new) => Some(Change { range: at(offset, offset + named.len()), insert: new.to_owned() }),
            None if is_only_version(old) => Some(Change { range: at(0, rest.len()), insert: String::new() }),
            // Beside other words the version follows.
            None => Some(Change { range: at(offset, offset + named.len()), insert: git_ref.to_owned() }),
        };
    }
    // In a flow mapping, more may follow on the line.
    let new = new.filter(|_| old.is_empty())?;
    Some(Change { range: at(0, rest.len()), insert: format!(" # {new}") })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Env;

    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

    fn set(text: &str, uses: &str, git_ref: &str, remark: Option<&str>) -> String {
        let version = NewVersion {
            uses: uses.to_owned(),
            git_ref: git_ref.to_owned(),
            remark: remark.map(str::to_owned),
        };
        set_versions(&Analysis::new(text, &Env::default()), &[version]).unwrap().edit.apply(text)
    }

    fn workflow(uses: &str) -> String {
        format!("on: push\njobs:\n  a:\n    steps:\n      - uses: {uses}\r\n      - run: make # v1\n")
    }

    #[test]
    fn the_remark_goes_along() {
        let pinned = format!("o/a@{SHA} # v4.2.1");
        for (before, after) in [
            ("o/a@v4", pinned.clone()),
            ("'o/a@v4'  ", format!("'o/a@{SHA}' # v4.2.1")),
            ("o/a@v4 # v4.1", pinned.clone()),
            ("o/a@v4 # keep this", format!("o/a@{SHA} # keep this")),
            ("o/a@v4 # tag=v4.1.0, checked", format!("o/a@{SHA} # tag=v4.2.1, checked")),
        ] {
            assert_eq!(set(&workflow(before), "o/a@v4", SHA, Some("v4.2.1")), workflow(&after), "{before}");
        }
        let uses = format!("o/a@{SHA}");
        assert_eq!(set(&workflow(&pinned), &uses, "v5", None), workflow("o/a@v5"));
        assert_eq!(set(&workflow(&format!("{uses} # why")), &uses, "v5", None), workflow("o/a@v5 # why"));
    }

    #[test]
    fn a_pin_goes_with_its_remark() {
        let path = stepladder_yaml::path!["jobs", "a", "steps", 0, "uses"];
        for (before, after) in [
            (format!("o/a@{SHA} # v4.2.1"), "o/a@v6"),
            (format!("'o/a@{SHA}' # tag=v4.1.0, checked"), "'o/a@v6' # tag=v6, checked"),
            (format!("o/a@{SHA} # why"), "o/a@v6 # why"),
            ("o/a@v4".to_owned(), "o/a@v6"),
        ] {
            let text = workflow(&before);
            let edit = use_version(&Analysis::new(text.as_str(), &Env::default()), &path, "v6").unwrap();
            assert_eq!(edit.edit.apply(&text), workflow(after), "{before}");
        }
    }

    #[test]
    fn a_new_pin_changes_the_commit_and_the_version_of_the_remark_alone() {
        let path = stepladder_yaml::path!["jobs", "a", "steps", 0, "uses"];
        let old = "f".repeat(40);
        for (before, after) in [
            (format!("o/a@{old} # v4.2.1"), format!("o/a@{SHA} # v5.0.0")),
            (format!("\"o/a@{old}\"   #v4 of v4 days"), format!("\"o/a@{SHA}\"   #v5.0.0 of v4 days")),
            (format!("o/a@{old} # av4, see #12: v4"), format!("o/a@{SHA} # av4, see #12: v5.0.0")),
            (format!("o/a@{old} # zizmor: ignore[x]"), format!("o/a@{SHA} # zizmor: ignore[x]")),
            (format!("o/a@{old}"), format!("o/a@{SHA} # v5.0.0")),
            ("o/a@v4".to_owned(), format!("o/a@{SHA} # v5.0.0")),
            (format!("o/a@{SHA} # v4.2.1, checked"), format!("o/a@{SHA} # v5.0.0, checked")),
        ] {
            let text = workflow(&before);
            let edit =
                pin_version(&Analysis::new(text.as_str(), &Env::default()), &path, SHA, "v5.0.0").unwrap();
            assert_eq!(edit.edit.apply(&text), workflow(&after), "{before}");
            assert_eq!(edit.label, "pin o/a to the commit of v5.0.0");
        }
    }

    #[test]
    fn that_a_pin_and_its_comment_go_is_told() {
        let path = stepladder_yaml::path!["jobs", "a", "steps", 0, "uses"];
        for (before, label) in [
            (format!("o/a@{SHA} # v4.2.1"), "use o/a v6, without its pin and its comment"),
            (format!("o/a@{SHA} # v4.2.1, checked"), "use o/a v6, without its pin"),
            ("o/a@v4 # v4".to_owned(), "use o/a v6"),
        ] {
            let text = workflow(&before);
            let edit = use_version(&Analysis::new(text.as_str(), &Env::default()), &path, "v6").unwrap();
            assert_eq!(edit.label, label, "{before}");
        }
    }

    #[test]
    fn every_use_is_changed_and_nothing_else() {
        let text = "jobs:\n  a:\n    steps:\n      - uses: o/a@v1\n      - {uses: o/a@v1, id: x}\n      - uses: o/ab@v1\n";
        let new = set(text, "o/a@v1", SHA, Some("v1.0.0"));
        assert_eq!(
            new,
            format!(
                "jobs:\n  a:\n    steps:\n      - uses: o/a@{SHA} # v1.0.0\n      - {{uses: o/a@{SHA}, id: x}}\n      - uses: o/ab@v1\n"
            )
        );
    }
}
