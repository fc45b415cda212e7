//! Makes a step of one kind one of another: it runs a script, uses an action, waits for others.

use stepladder_yaml::Path;
use stepladder_yaml::edit::Place;

use super::draft::Draft;
use super::handed_over::handed_over;
use super::move_step::list_and_position;
use super::{Edit, Refusal, Value, describe};
use crate::Analysis;

/// The keys of which a step has one: that which it does.
pub(super) const KINDS: &[&str] = &["run", "uses", "wait", "wait-all", "cancel", "parallel"];
/// The keys that only a step with a script has.
pub(super) const ONLY_RUN: &[&str] = &["shell", "working-directory"];
/// The keys that only a step with an action has.
pub(super) const ONLY_USES: &[&str] = &["with"];

/// What the step shall do.
#[derive(Clone, Debug, PartialEq)]
pub enum ToKind {
    /// Run this script.
    Run(Value),
    /// Use this action.
    Uses(Value),
    /// What one of the rarer keys says: wait for other steps, stop one, run several at once.
    Other(String, Value),
}

impl ToKind {
    /// The key that says it.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Run(_) => "run",
            Self::Uses(_) => "uses",
            Self::Other(key, _) => key,
        }
    }

    fn value(&self) -> &Value {
        match self {
            Self::Run(value) | Self::Uses(value) | Self::Other(_, value) => value,
        }
    }

    /// The keys that only steps of other kinds have, beside the one that says what they do.
    #[must_use]
    pub fn lost(&self) -> Vec<&'static str> {
        match self {
            Self::Run(_) => ONLY_USES.to_vec(),
            Self::Uses(_) => ONLY_RUN.to_vec(),
            Self::Other(..) => [ONLY_RUN, ONLY_USES].concat(),
        }
    }
}

/// The key that says what the step at `step` does; of several the first, `None`: it has none.
#[must_use]
pub fn kind_of_step(a: &Analysis, step: &Path) -> Option<&'static str> {
    let node = a.tree.at(step)?.resolve();
    // Who has both is shown, and mended, as the one with an action, or with a script.
    ["uses", "run"].iter().chain(KINDS).copied().find(|key| node.get(key).is_some())
}

/// Changes what the step at `step` does, in the place of what it did. Keys that only the former
/// kind has (`shell`, `working-directory`; `with`) are removed; name, id, condition and `env` stay. `more` are keys of the
/// new kind that come with it, each before the first of those behind it in `order` that the step has, else behind the last
/// of those before it, so that what was taken away before comes back to where it was; without one at the end.
///
/// # Errors
/// When there is no such step, or it comes from an alias.
pub fn change_step_kind(
    a: &Analysis,
    step: &Path,
    to: &ToKind,
    more: &[(String, Value)],
    order: &[String],
) -> Result<Edit, Refusal> {
    list_and_position(a, step)?;
    let goes = |key: &&str| KINDS.contains(key) && *key != to.key() || to.lost().contains(key);
    let gone = KINDS.iter().chain(ONLY_RUN).chain(ONLY_USES).copied().filter(goes);
    let moved: String = gone.map(|key| handed_over(a, &step.child(key))).collect();
    let mut draft = Draft::new(&a.tree);
    let (new, value) = (to.key(), to.value());
    for key in to.lost() {
        if draft.tree().at(&step.child(key)).is_some() {
            draft.remove(&step.child(key))?;
        }
    }
    let place = step.child(new);
    let there = |draft: &Draft<'_>, key: &str| draft.tree().at(&step.child(key)).is_some();
    let mut old: Vec<&str> = KINDS.iter().copied().filter(|key| *key != new && there(&draft, key)).collect();
    // One of them gives its place to the new one, the others go.
    let kept = if there(&draft, new) || old.is_empty() { None } else { Some(old.remove(0)) };
    for key in old {
        draft.remove(&step.child(key))?;
    }
    match kept.and_then(|old| Some((old, draft.tree().at(&step.child(old))?))) {
        // A script over several lines and a list give way, a line keeps its comment.
        Some((old, node))
            if node.block_header().is_some()
                || node.collection_style().is_some()
                || matches!(to, ToKind::Other(..)) =>
        {
            draft.insert_entry(step, new, value, &Place::Before(old.into()))?;
            draft.remove(&step.child(old))?;
        }
        Some((old, _)) => {
            // Who repeats what it did has not become of another kind.
            draft.hand_over_apart(&step.child(old))?;
            draft.rename_key(&step.child(old), new)?;
            draft.set(&place, value)?;
        }
        None => draft.set(&place, value)?,
    }
    // From the end, so that one can stand before the next.
    for (key, value) in more.iter().rev() {
        let at = order.iter().position(|own| own == key);
        let (before, behind) = at.map_or((&[][..], &[][..]), |at| (&order[..at], &order[at + 1..]));
        let next = behind.iter().find(|own| there(&draft, own));
        let last = before.iter().rev().find(|own| there(&draft, own));
        match (next, last) {
            _ if there(&draft, key) => draft.set(&step.child(key.as_str()), value)?,
            (Some(next), _) => draft.insert_entry(step, key, value, &Place::Before(next.clone()))?,
            (None, Some(last)) => draft.insert_entry(step, key, value, &Place::After(last.clone()))?,
            (None, None) => draft.set(&step.child(key.as_str()), value)?,
        }
    }
    let what = match to {
        ToKind::Run(_) => "run a script",
        ToKind::Uses(_) => "use an action",
        ToKind::Other(key, _) => match key.as_str() {
            "parallel" => "run several steps at the same time",
            "cancel" => "stop another step",
            _ => "wait for other steps",
        },
    };
    let label = format!("make {} {what}{moved}", describe::place(&a.tree, step));
    draft.finish(label, Some(step.clone()))
}
