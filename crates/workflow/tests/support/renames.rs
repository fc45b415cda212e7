//! New names, with all that reads them.

use serde_json::json;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, Edit, NewVersion, Refusal, Store};
use stepladder_workflow::model::Step as JobStep;
use stepladder_yaml::{Kind, Path, Step, path};

use super::json::{json_of, set_json};
use super::steps::{job_of, steps};
use super::{Expected, Rng, Trial, Way, ids, paths, trial};

/// A commit, as an action is pinned to one.
const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

/// The way back over the other rename leads to the very same text, but for the case of letters and the kind of quotes: those
/// that only the old name needed are gone in between.
pub(super) fn expect_way_back(
    a: &Analysis,
    back: impl Fn(&Analysis) -> Result<Edit, Refusal> + 'static,
) -> Expected {
    let alike = |text: &str| text.to_ascii_lowercase().replace('"', "'");
    let before = alike(a.tree.text());
    let rules = rules(a);
    Expected::Holds(Box::new(move |after, _| {
        let edit = back(after).map_err(|refusal| format!("the way back was refused: {}", refusal.message))?;
        let text = alike(&edit.edit.apply(after.tree.text()));
        if let Some((old, new)) = before.lines().zip(text.lines()).find(|(old, new)| old != new) {
            return Err(format!("the way back leads from {old:?} to {new:?}"));
        }
        if text != before {
            return Err("the way back leads to a text of another length".into());
        }
        // What was wrong with the old name may be right now.
        let mut left = rules.clone();
        for rule in self::rules(after) {
            let Some(at) = left.iter().position(|known| *known == rule) else {
                return Err(format!("the rename brings a finding of {rule}"));
            };
            left.swap_remove(at);
        }
        Ok(())
    }))
}

pub(super) fn rules(a: &Analysis) -> Vec<&'static str> {
    let mut rules: Vec<_> = a.findings().iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules
}

/// Whether `name` stands somewhere in the text, in any case.
pub(super) fn stands(a: &Analysis, name: &str) -> bool {
    a.tree.text().to_ascii_lowercase().contains(name)
}

pub(super) fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

pub(super) fn rename_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let to = "fresh_name_of_job";
    // An id that is none, or that two jobs have but for the case of letters, can be changed but not brought back.
    let twice = ids.iter().filter(|other| other.eq_ignore_ascii_case(&id)).count() > 1;
    if stands(a, to) || twice || !is_id(&id) {
        return None;
    }
    let back = id.clone();
    let expected = expect_way_back(a, move |after| edits::rename_job(after, to, &back));
    trial("rename_job", edits::rename_job(a, &id, to), expected, path!["jobs"].child(id.as_str()))
}

pub(super) fn rename_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let all: Vec<_> = steps(a).into_iter().filter(|step| step.id.is_some()).collect();
    let step = rng.pick(&all)?;
    let to = "fresh_name_of_step";
    if stands(a, to) {
        return None;
    }
    let (place, old) = (step.path.clone(), step.id.as_ref()?.value.clone());
    let same = |other: &&&JobStep| other.id.as_ref().is_some_and(|id| id.value.eq_ignore_ascii_case(&old));
    // An id that is none or no text, or that two steps have, can be changed but not brought back.
    let is_text = a
        .tree
        .at(&place.child("id"))
        .is_some_and(|node| matches!(node.scalar(), Some(stepladder_yaml::Scalar::Str(_))));
    if !is_text || !is_id(&old) || all.iter().filter(same).count() > 1 {
        return None;
    }
    let back = place.clone();
    let expected = expect_way_back(a, move |after| edits::rename_step(after, &back, &old));
    trial("rename_step", edits::rename_step(a, &place, to), expected, path!["jobs", job_of(&place)])
}

pub(super) fn rename_name(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let (store, context) = *rng.pick(&[
        (Store::Secrets, "secrets."),
        (Store::Secrets, "secrets."),
        (Store::Variables, "vars."),
    ])?;
    let source = a.tree.text();
    let mut names: Vec<&str> = source
        .match_indices(context)
        .filter_map(|(at, found)| {
            let rest = &source[at + found.len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (end > 0).then(|| &rest[..end])
        })
        .collect();
    names.dedup();
    let name = (*rng.pick(&names)?).to_owned();
    let to = "FRESH_NAME";
    if stands(a, "fresh_name") || name.to_ascii_uppercase().starts_with("GITHUB_") {
        return None;
    }
    let edit = edits::rename_name(a, store, &name, to);
    if edit.is_err() {
        // It stood in a comment or in a script.
        return None;
    }
    let back = name.clone();
    let expected = expect_way_back(a, move |after| edits::rename_name(after, store, to, &back));
    Some(Trial {
        kind: "rename_name",
        way: Way::Straight,
        edit,
        expected,
        may_lose: Vec::new(),
        places: Vec::new(),
    })
}

pub(super) fn rename_input(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let inputs: Vec<String> =
        a.workflow.triggers.iter().flat_map(|t| &t.inputs).map(|input| input.name.value.clone()).collect();
    let name = rng.pick(&inputs)?.clone();
    let to = "fresh_input";
    if stands(a, to) {
        return None;
    }
    let back = name.clone();
    let expected = expect_way_back(a, move |after| edits::rename_input(after, to, &back));
    trial("rename_input", edits::rename_input(a, &name, to), expected, path!["on"])
}

pub(super) fn rename_env(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates: Vec<Path> = paths(a, |node| node.key().is_some())
        .into_iter()
        // A job, an input or a service may be called `env`.
        .filter(|path| match path.steps() {
            [Step::Key(env), Step::Key(_)] => env == "env",
            [Step::Key(jobs), Step::Key(_), Step::Key(env), Step::Key(_)] => jobs == "jobs" && env == "env",
            [.., Step::Key(steps), Step::Index(_), Step::Key(env), Step::Key(_)] => {
                (steps == "steps" || steps == "parallel") && env == "env"
            }
            _ => false,
        })
        .collect();
    let place = rng.pick(&candidates)?.clone();
    let Some(Step::Key(old)) = place.last().cloned() else { return None };
    let to = "FRESH_VARIABLE";
    // What hides a variable around it can be changed but not brought back.
    let owner = |place: &Path| place.steps()[..place.steps().len() - 2].to_vec();
    let own = owner(&place);
    let hides = candidates.iter().any(|other| {
        let (other_name, around) = (other.last(), owner(other));
        let same = matches!(other_name, Some(Step::Key(name)) if name.eq_ignore_ascii_case(&old));
        same && around.len() < own.len() && own.starts_with(&around)
    });
    if hides || stands(a, "fresh_variable") {
        return None;
    }
    let moved = place.parent()?.child(to);
    let expected = expect_way_back(a, move |after| edits::rename_field(after, &moved, &old));
    trial("rename_field (env)", edits::rename_field(a, &place, to), expected, place)
}

pub(super) fn rename_output(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let outputs: Vec<Path> = a
        .workflow
        .jobs
        .iter()
        .flat_map(|job| {
            job.outputs.iter().map(|(name, _)| job.path.child("outputs").child(name.value.as_str()))
        })
        .collect();
    let place = rng.pick(&outputs)?.clone();
    let Some(Step::Key(old)) = place.last().cloned() else { return None };
    let to = "fresh_output";
    if stands(a, to) {
        return None;
    }
    let moved = place.parent()?.child(to);
    let expected = expect_way_back(a, move |after| edits::rename_field(after, &moved, &old));
    trial("rename_field (output)", edits::rename_field(a, &place, to), expected, place)
}

pub(super) fn set_versions(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let used = paths(a, |node| {
        let is_uses = node.key().is_some_and(|key| key.as_str() == Some("uses"));
        is_uses && node.kind() == Kind::Scalar && node.as_str().is_some_and(|uses| uses.contains('@'))
    });
    let uses = a.tree.at(rng.pick(&used)?)?.as_str()?.to_owned();
    let (git_ref, remark) = *rng.pick(&[("v99", None), (SHA, Some("v99.1.0"))])?;
    let new = format!("{}@{git_ref}", uses.split('@').next()?);
    let mut expected = json_of(a);
    let mut places = Vec::new();
    for path in used {
        if a.tree.at(&path).is_some_and(|node| node.as_str() == Some(&uses)) {
            set_json(&mut expected, &path, json!(new));
            places.push(path);
        }
    }
    let version = NewVersion { uses, git_ref: git_ref.into(), remark: remark.map(str::to_owned) };
    let edit = edits::set_versions(a, &[version]);
    // The remark that names the version is written anew.
    let may_lose =
        places.iter().filter_map(|path| Some(a.tree.at(path)?.trailing_comment()?.range)).collect();
    Some(Trial {
        kind: "set_versions",
        way: Way::Straight,
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places,
    })
}

/// One place gets another version: a tag, or a commit with its version behind it.
pub(super) fn set_version_here(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let used = paths(a, |node| {
        let is_uses = node.key().is_some_and(|key| key.as_str() == Some("uses"));
        is_uses && node.kind() == Kind::Scalar && node.as_str().is_some_and(|uses| uses.contains('@'))
    });
    let place = rng.pick(&used)?.clone();
    let node = a.tree.at(&place)?;
    let slug = node.as_str()?.split('@').next()?;
    let is_pin = rng.below(2) == 0;
    let (git_ref, edit) = match is_pin {
        true => (SHA, edits::pin_version(a, &place, SHA, "v99.1.0")),
        false => ("v99", edits::use_version(a, &place, "v99")),
    };
    let mut expected = json_of(a);
    set_json(&mut expected, &place, json!(format!("{slug}@{git_ref}")));
    Some(Trial {
        kind: if is_pin { "pin_version" } else { "use_version" },
        way: Way::Straight,
        edit,
        expected: Expected::Equal(expected),
        // The remark that names the version is written anew.
        may_lose: node.trailing_comment().map(|comment| comment.range).into_iter().collect(),
        places: vec![place],
    })
}
