//! Edits of what an alias repeats.

use serde_json::Value as Json;
use stepladder_workflow::{Analysis, Env, edits};
use stepladder_yaml::{Kind, Node, Path};

use super::json::{at_mut, differ, json_of, meaning_of, set_json, without_empty};
use super::{Expected, Make, Rng, Trial, Way, paths, trial};

/// Nodes that come from an alias: the alias itself, and something below it.
pub(super) fn aliased(rng: &mut Rng, a: &Analysis) -> Option<Path> {
    // What holds itself has no copy.
    let holds_itself =
        |node: &Node<'_>| node.resolve().descendants().any(|inner| inner.alias_name() == node.alias_name());
    let aliases = paths(a, |node| node.kind() == Kind::Alias && !holds_itself(node));
    let alias = rng.pick(&aliases)?.clone();
    let below: Vec<Path> = a
        .tree
        .at(&alias)?
        .resolve()
        .entries()
        .filter_map(|entry| entry.name().map(|name| alias.child(name)))
        .collect();
    Some(rng.pick(&below).cloned().unwrap_or(alias))
}

pub(super) fn detach_alias(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let place = aliased(rng, a)?;
    let before = meaning_of(a);
    let edit = edits::detach_alias(a, &place);
    let expected = Expected::Holds(Box::new(move |after, _| differ(&before, &meaning_of(after))));
    trial("detach_alias", edit, expected, place)
}

pub(super) fn detach_anchor(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let is_repeated = |node: &Node<'_>| a.tree.aliases().any(|alias| alias.node.resolve().id() == node.id());
    let anchors = paths(a, |node| node.kind() != Kind::Alias && node.anchor().is_some() && is_repeated(node));
    let place = rng.pick(&anchors)?.clone();
    let before = meaning_of(a);
    let edit = edits::detach_anchor(a, &place);
    let aliases = paths(a, |node| node.kind() == Kind::Alias);
    let expected = Expected::Holds(Box::new(move |after, _| differ(&before, &meaning_of(after))));
    let mut made = trial("detach_anchor", edit, expected, place)?;
    made.places.extend(aliases);
    Some(made)
}

/// The edit that `make` draws from the numbers of `state`, which was refused for the alias at `alias`: made at the anchor
/// instead, or for the place of the alias alone.
pub(super) fn elsewhere(
    make: Make,
    state: u64,
    a: &Analysis,
    alias: &Path,
    at_anchor: bool,
) -> Option<Trial> {
    let mut made = None;
    let again = |a: &Analysis| {
        made = make(&mut Rng(state), a);
        match &made {
            Some(trial) => trial.edit.clone(),
            None => edits::rename_job(a, "", ""),
        }
    };
    if !at_anchor {
        let edit = edits::edit_detached(a, alias, again);
        let Trial { kind, expected, may_lose, mut places, .. } = made?;
        places.push(alias.clone());
        return Some(Trial { kind, way: Way::Detached, edit, expected, may_lose, places });
    }
    let edit = edits::edit_at_anchor(a, again);
    let Trial { kind, expected, may_lose, places, .. } = made?;
    let anchor = a.tree.at(alias)?.resolve().path();
    // What repeats itself within changes in several places at once.
    let repeats_itself = a.tree.at(&anchor)?.descendants().any(|node| node.kind() == Kind::Alias);
    // What was asked for below the alias is made below the anchor.
    let below = |own: &Path| {
        let rest = own.steps().strip_prefix(alias.steps())?;
        Some(Path([anchor.steps(), rest].concat()))
    };
    let mut written: Vec<Path> = places.iter().filter_map(below).collect();
    // What moves behind the anchor is gone from where it was.
    let moved: Vec<Path> =
        places.into_iter().filter(|own| kind.starts_with("move") && own != alias).collect();
    written.extend([anchor.clone()].into_iter().chain(moved.clone()));
    let places = written;
    let (place, alias, before) = (anchor, alias.clone(), json_of(a));
    let expected = Expected::Holds(Box::new(move |after, value| {
        // Where the alias stands, everything is as it was asked for there; but for the anchor, all is as it was.
        if let Expected::Equal(wanted) | Expected::EqualButEmpty(wanted) = &expected {
            let at = |mut value: Json, place: &Path| {
                at_mut(&mut value, place.steps()).map_or(Json::Null, |value| value.take())
            };
            for place in moved.iter().chain([&alias]).filter(|_| !repeats_itself) {
                let (wanted, now) = (at(wanted.clone(), place), at(meaning_of(after), place));
                differ(&without_empty(&wanted), &without_empty(&now))?;
            }
        }
        let (mut old, mut new) = (before.clone(), value.clone());
        for place in moved.iter().chain([&place]) {
            set_json(&mut old, place, Json::Null);
            set_json(&mut new, place, Json::Null);
        }
        differ(&old, &new)
    }));
    Some(Trial { kind, way: Way::AtAnchor, edit, expected, may_lose, places })
}

/// The edit that `make` draws from the numbers of `state`, which would change what aliases elsewhere repeat, made for the
/// place of the anchor alone. `None`: it changes nothing that is repeated, or the aliases stand elsewhere afterwards.
pub(super) fn apart(make: Make, state: u64, a: &Analysis, trial: &Trial) -> Option<Trial> {
    let straight = trial.edit.as_ref().ok()?;
    edits::also_changed(a, straight).first()?;
    let after = Analysis::new(straight.edit.apply(a.tree.text()), &Env::default());
    let aliases = paths(a, |node| node.kind() == Kind::Alias);
    let (before, mut wanted) = (meaning_of(a), meaning_of(&after));
    let mut places = trial.places.clone();
    for alias in aliases {
        let (old, now) = (a.tree.at(&alias)?, after.tree.at(&alias)?);
        if now.alias_name() != old.alias_name() {
            return None;
        }
        // Where it stands all is as it was.
        set_json(&mut wanted, &alias, at_mut(&mut before.clone(), alias.steps())?.take());
        places.extend([alias, old.resolve().path()]);
    }
    // A longer text has more to draw from; only the very same edit is looked at.
    let mut is_same = true;
    let edit = edits::edit_apart(a, |a| match make(&mut Rng(state), a) {
        Some(again) => {
            is_same &= again.kind == trial.kind && again.places == trial.places;
            again.edit
        }
        None => {
            is_same = false;
            Err(edits::rename_job(a, "", "").expect_err("there is no such job"))
        }
    });
    if !is_same {
        return None;
    }
    let expected = Expected::Holds(Box::new(move |after, _| {
        differ(&without_empty(&wanted), &without_empty(&meaning_of(after)))
    }));
    Some(Trial {
        kind: trial.kind,
        way: Way::Apart,
        edit,
        expected,
        may_lose: trial.may_lose.clone(),
        places,
    })
}
