//! Gives a job another id, everywhere.

use stepladder_yaml::{Node, TextRange, Tree, path};

use super::draft::{Draft, refuse};
use super::ids::{check, check_job, is_named, jobs};
use super::needs::needs_of;
use super::references::references;
use super::{Edit, Refusal, twin};
use crate::Analysis;

/// Renames job `id` to `to`: its key, every `needs` that names it, and `needs.ID` and `jobs.ID` in expressions. Of a job whose
/// id another one above has its key alone.
///
/// # Errors
/// When there is no such job, `to` is no id or is taken.
pub fn rename_job(a: &Analysis, id: &str, to: &str) -> Result<Edit, Refusal> {
    if twin::shared_id(id).is_some() {
        return twin::rename(a, id, to);
    }
    rename_in(&a.tree, id, to)
}

/// As [`rename_job`], for who has no more than the tree.
pub(crate) fn rename_in(tree: &Tree, id: &str, to: &str) -> Result<Edit, Refusal> {
    check_job(tree, id)?;
    check(to)?;
    if let Some(taken) = jobs(tree).iter().find(|known| known.eq_ignore_ascii_case(to) && *known != id) {
        return Err(refuse(format!("There is a job `{taken}` already; choose another id.")));
    }
    let mut places = Vec::new();
    for job in jobs(tree) {
        for need in needs_of(tree, &job).into_iter().filter(|need| is_named(tree, &need.id, id)) {
            places.push(need.content);
        }
    }
    if let Some(all) = tree.at(&path!["jobs"]) {
        places.extend(readers_of(all, "needs", id));
    }
    if let Some(outputs) = tree.at(&path!["on", "workflow_call", "outputs"]) {
        places.extend(readers_of(outputs, "jobs", id));
    }
    let mut draft = Draft::new(tree);
    draft.replace_all(places, to)?;
    draft.rename_key(&path!["jobs", id], to)?;
    Ok(draft.finish(format!("rename job {id} to {to}"), Some(path!["jobs", to]))?.for_all())
}

/// Where the expressions at and below `scope` name the job `id` of `context`.
pub(super) fn readers_of(scope: Node<'_>, context: &str, id: &str) -> Vec<TextRange> {
    let tree = scope.tree();
    let mut found = references(scope, &[context], id);
    found.retain(|range| is_named(tree, tree.slice(*range), id));
    found
}

/// The line, from 1, where text that could not be read still has the name `id` as a word: no edit reaches it there.
#[must_use]
pub fn left_behind(a: &Analysis, id: &str) -> Option<u32> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let ends_word = |c: Option<char>| !c.is_some_and(belongs);
    a.tree.broken().iter().find_map(|range| {
        let text = a.tree.slice(*range);
        let (at, _) = text.match_indices(id).find(|(at, _)| {
            let (before, behind) = (&text[..*at], &text[at + id.len()..]);
            ends_word(before.chars().next_back()) && ends_word(behind.chars().next())
        })?;
        Some(a.tree.line_col(range.start + u32::try_from(at).ok()?).line)
    })
}
