//! Edits of steps.

use serde_json::{Value as Json, json};
use stepladder_workflow::edits::{self, NewStep, ToKind};
use stepladder_workflow::model::{Step as JobStep, StepKind};
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::{Node, Path, Step, path};

use super::fields::TEXTS;
use super::json::{at_mut, differ, json_of, remove_json, set_json, without_empty};
use super::{Expected, Rng, Trial, Way, ids, lines_of, text, trial};

pub(super) fn steps(a: &Analysis) -> Vec<&JobStep> {
    a.workflow.jobs.iter().flat_map(|job| &job.steps).chain(&a.action.steps).collect()
}

/// The job of a step; empty for one of a composite action.
pub(super) fn job_of(step: &Path) -> String {
    match step.steps() {
        [Step::Key(jobs), Step::Key(job), ..] if jobs == "jobs" => job.clone(),
        _ => String::new(),
    }
}

pub(super) fn add_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs: Vec<_> = a.workflow.jobs.iter().filter(|job| job.uses.is_none()).collect();
    let job = rng.pick(&jobs)?.id.value.clone();
    let steps = path!["jobs", job.as_str(), "steps"];
    let count = a.tree.at(&steps).map_or(0, |node| node.len());
    let at = rng.below(count + 1);
    let (new, step) = match rng.below(3) {
        0 => {
            let script = *rng.pick(TEXTS)?;
            (NewStep::Run(script.into()), json!({ "run": script }))
        }
        1 => (
            NewStep::Uses { action: "a/b@v1".into(), with: vec![("x".into(), text("1"))] },
            json!({ "uses": "a/b@v1", "with": { "x": "1" } }),
        ),
        _ => (
            NewStep::Fields(vec![("name".into(), text("N")), ("run".into(), text("a\nb\n"))]),
            json!({ "name": "N", "run": "a\nb\n" }),
        ),
    };
    let mut expected = json_of(a);
    if count == 0 {
        set_json(&mut expected, &steps, json!([step]));
    } else if let Some(list) = at_mut(&mut expected, steps.steps()).and_then(Json::as_array_mut) {
        list.insert(at, step);
    }
    trial("add_step", edits::add_step(a, &job, at, &new), Expected::Equal(expected), steps)
}

pub(super) fn move_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let (list, job) = (step.parent()?, job_of(&step));
    let count = a.tree.at(&list)?.len();
    let to = rng.below(count);
    let Some(Step::Index(from)) = step.last() else { return None };
    let mut expected = json_of(a);
    if let Some(items) = at_mut(&mut expected, list.steps()).and_then(Json::as_array_mut) {
        let item = items.remove(*from);
        items.insert(to, item);
    }
    trial("move_step", edits::move_step(a, &step, &job, to), Expected::Equal(expected), list)
}

pub(super) fn move_step_away(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let jobs: Vec<_> =
        a.workflow.jobs.iter().filter(|job| job.uses.is_none() && job.id.value != job_of(&step)).collect();
    let job = rng.pick(&jobs)?.id.value.clone();
    let target = path!["jobs", job.as_str(), "steps"];
    // Both jobs may repeat one list, in which a step only changes its place.
    let list = |path: &Path| a.tree.at(path).map(|node| node.resolve());
    if list(&step.parent()?) == list(&target) {
        return None;
    }
    let count = a.tree.at(&target).map_or(0, |node| node.len());
    let to = rng.below(count + 1);
    let mut expected = json_of(a);
    let moved = at_mut(&mut expected, step.steps())?.clone();
    remove_json(&mut expected, &step);
    if count == 0 {
        set_json(&mut expected, &target, json!([moved]));
    } else if let Some(items) = at_mut(&mut expected, target.steps()).and_then(Json::as_array_mut) {
        items.insert(to, moved);
    }
    let edit = edits::move_step(a, &step, &job, to);
    let places = vec![step.parent()?, target];
    Some(Trial {
        kind: "move_step (to a job)",
        way: Way::Straight,
        edit,
        expected: Expected::EqualButEmpty(expected),
        may_lose: Vec::new(),
        places,
    })
}

pub(super) fn duplicate_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let job = job_of(&step);
    // Of two jobs that differ in case only, neither can be told from the other.
    if ids(a).iter().filter(|id| id.eq_ignore_ascii_case(&job)).count() > 1 {
        return None;
    }
    let edit = edits::duplicate_step(a, &step);
    let list = step.parent()?;
    let Some(Step::Index(at)) = step.last() else { return None };
    let mut expected = json_of(a);
    let mut copy = at_mut(&mut expected, step.steps())?.clone();
    // Only a text is an id; anything else is copied as it stands.
    let is_text = |id: &&mut Json| !id.is_object() && !id.is_array();
    if let Some(id) = copy.get_mut("id").filter(is_text) {
        *id = Json::Null;
    }
    if let Some(items) = at_mut(&mut expected, list.steps()).and_then(Json::as_array_mut) {
        items.insert(at + 1, copy);
    }
    let copied = list.child(at + 1);
    let expected = Expected::Holds(Box::new(move |after, value| {
        let mut value = value.clone();
        if let Some(id) = at_mut(&mut value, copied.child("id").steps()).filter(is_text) {
            let new = id.as_str().unwrap_or_default().to_owned();
            *id = Json::Null;
            let job = job_of(&copied);
            let own = |s: &&JobStep| s.id.as_ref().is_some_and(|id| id.value.eq_ignore_ascii_case(&new));
            let same = steps(after).into_iter().filter(|s| job_of(&s.path) == job).filter(own).count();
            if same != 1 {
                return Err(format!("the id `{new}` is used {same} times"));
            }
        }
        differ(&expected, &value)
    }));
    trial("duplicate_step", edit, expected, list)
}

pub(super) fn remove_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let mut expected = json_of(a);
    remove_json(&mut expected, &step);
    let list = step.parent()?;
    let may_lose = if a.tree.at(&list)?.len() == 1 { lines_of(a, &list) } else { lines_of(a, &step) };
    let edit = edits::remove_step(a, &step);
    Some(Trial {
        kind: "remove_step",
        way: Way::Straight,
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![list],
    })
}

pub(super) fn change_kind(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let all = steps(a);
    let step = rng.pick(&all)?;
    let (to, old, only, key, value): (_, _, &[&str], _, _) = match step.kind {
        StepKind::Run { .. } => {
            (ToKind::Uses("a/b@v1".into()), "run", &["shell", "working-directory"], "uses", "a/b@v1")
        }
        StepKind::Uses(_) => {
            (ToKind::Run("make\nmake test\n".into()), "uses", &["with"], "run", "make\nmake test\n")
        }
        _ => return None,
    };
    let step = step.path.clone();
    let mut expected = json_of(a);
    for key in only.iter().chain([&old]) {
        remove_json(&mut expected, &step.child(*key));
    }
    set_json(&mut expected, &step.child(key), json!(value));
    let may_lose = only.iter().chain([&old]).flat_map(|key| lines_of(a, &step.child(*key))).collect();
    let edit = edits::change_step_kind(a, &step, &to, &[], &[]);
    Some(Trial {
        kind: "change_step_kind",
        way: Way::Straight,
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![step],
    })
}

pub(super) fn switch(kind: &'static str, a: &Analysis, place: &Path) -> Option<Trial> {
    let before = json_of(a);
    let off = edits::is_disabled(a, place);
    let back = place.clone();
    let expected = Expected::Holds(Box::new(move |after, _| {
        if edits::is_disabled(after, &back) == off {
            return Err("nothing was switched".into());
        }
        let edit = edits::set_enabled(after, &back, !off).map_err(|refusal| refusal.message)?;
        let text = edit.edit.apply(after.tree.text());
        let again = json_of(&Analysis::new(text, &Env::default()));
        if off { Ok(()) } else { differ(&without_empty(&before), &without_empty(&again)) }
    }));
    let mut trial = trial(kind, edits::set_enabled(a, place, off), expected, place.clone())?;
    trial.may_lose = lines_of(a, &place.child("if"));
    Some(trial)
}

pub(super) fn toggle(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let condition = a.tree.at(&step.child("if"));
    if condition.is_some_and(|node| !is_expression(&node)) {
        return None;
    }
    switch("set_enabled (step)", a, &step)
}

/// A condition that is one expression, and a text; blanks around it do not count as the way back may drop them.
pub(super) fn is_expression(node: &Node<'_>) -> bool {
    use stepladder_workflow::expr::{Condition, condition};
    matches!(node.scalar(), Some(stepladder_yaml::Scalar::Str(text))
        if matches!(condition(text), Condition::Expression(range) if text.trim() == text
            && (range.start == 0 || text == format!("${{{{ {} }}}}", text[range.to_usize()].trim()))))
}
