//! Edits of jobs and of what they wait for.

use serde_json::{Value as Json, json};
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, NewJob, ToJob};
use stepladder_yaml::path;

use super::json::{at_mut, differ, json_of, needs_of, remove_json, set_json, without_empty};
use super::steps::{is_expression, switch};
use super::{Expected, Rng, Trial, Way, ids, lines_of, trial};

pub(super) fn add_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let need = rng.pick(&ids).cloned();
    let new = NewJob {
        id: None,
        after: rng.pick(&ids).cloned(),
        needs: need.into_iter().collect(),
        uses: Some("actions/checkout@v5".into()),
    };
    let edit = edits::add_job(a, &new);
    let mut before = json_of(a);
    // An empty text in place of the jobs says as much as nothing.
    if let Some(jobs) = before.get_mut("jobs").filter(|jobs| **jobs == "") {
        *jobs = Json::Null;
    }
    let expected = Expected::Holds(Box::new(move |after, value| {
        let added = after.workflow.jobs.iter().map(|job| job.id.value.clone()).find(|id| !ids.contains(id));
        let Some(added) = added else { return Err("no job was added".into()) };
        let mut without = value.clone();
        remove_json(&mut without, &path!["jobs", added.as_str()]);
        let (before, without) = (without_empty(&before), without_empty(&without));
        // An empty file has become a mapping.
        if before.is_null() && without == json!({}) { Ok(()) } else { differ(&before, &without) }
    }));
    trial("add_job", edit, expected, path!["jobs"])
}

pub(super) fn duplicate_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let edit = edits::duplicate_job(a, &id);
    let mut expected = json_of(a);
    let copy = edit.as_ref().ok().and_then(|edit| edit.select.clone());
    if let Some(copy) = copy {
        let job = expected["jobs"][&id].clone();
        set_json(&mut expected, &copy, job);
    }
    Some(Trial {
        kind: "duplicate_job",
        way: Way::Straight,
        edit,
        expected: Expected::Equal(expected),
        may_lose: Vec::new(),
        places: vec![path!["jobs"]],
    })
}

pub(super) fn remove_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let mut expected = json_of(a);
    remove_json(&mut expected, &path!["jobs", id.as_str()]);
    // Of two ids that differ in case only, a need means the one that it spells.
    let meant = |need: &str| {
        let exact = ids.iter().find(|id| *id == need);
        exact.or_else(|| ids.iter().find(|id| id.eq_ignore_ascii_case(need)))
    };
    let is_id = |value: &Json| value.as_str().is_some_and(|need| meant(need) == Some(&id));
    let mut loosened: Vec<(String, Json)> = Vec::new();
    if let Some(jobs) = expected.get_mut("jobs").and_then(Json::as_object_mut) {
        for (id_of_job, job) in jobs.iter_mut() {
            let Some(job) = job.as_object_mut() else { continue };
            match job.get_mut("needs") {
                Some(Json::Array(needs)) => {
                    let count = needs.len();
                    needs.retain(|need| !is_id(need));
                    // One that is left alone may lose its brackets.
                    if let [only] = needs.as_slice()
                        && count > 1
                    {
                        loosened.push((id_of_job.clone(), only.clone()));
                    }
                }
                Some(need) if is_id(need) => {
                    job.remove("needs");
                }
                _ => {}
            }
        }
    }
    // With the last job all that stands between the braces of `jobs` goes.
    let alone = a.workflow.jobs.len() == 1;
    let mut may_lose = lines_of(a, &if alone { path!["jobs"] } else { path!["jobs", id.as_str()] });
    let mut places = vec![if alone { path!["jobs"] } else { path!["jobs", id.as_str()] }];
    for job in edits::dependents(a, &id) {
        places.push(path!["jobs", job.as_str(), "needs"]);
        // A job that has nothing else is left empty.
        if a.tree.at(&path!["jobs", job.as_str()]).is_some_and(|job| job.len() == 1) {
            places.push(path!["jobs", job.as_str()]);
        }
        may_lose.extend(lines_of(a, &path!["jobs", job.as_str(), "needs"]));
    }
    Some(Trial {
        kind: "remove_job",
        way: Way::Straight,
        edit: edits::remove_job(a, &id),
        expected: Expected::Holds(Box::new(move |_, value| {
            let mut value = value.clone();
            for (job, only) in &loosened {
                let needs = at_mut(&mut value, path!["jobs", job.as_str(), "needs"].steps());
                if let Some(needs) = needs.filter(|needs| *needs == only) {
                    *needs = json!([only]);
                }
            }
            differ(&without_empty(&expected), &without_empty(&value))
        })),
        may_lose,
        places,
    })
}

pub(super) fn change_kind(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let job = path!["jobs", id.as_str()];
    let has = |key: &str| a.tree.at(&job.child(key)).is_some();
    let to = if has("uses") { ToJob::Steps } else { ToJob::Call("o/r/.github/workflows/w.yml@v1".into()) };
    let lost = edits::lost_with_kind(a, &id, &to);
    let mut expected = json_of(a);
    for key in &lost {
        remove_json(&mut expected, &job.child(*key));
    }
    match &to {
        ToJob::Call(workflow) => set_json(&mut expected, &job.child("uses"), json!(workflow)),
        ToJob::Steps => {
            if !has("runs-on") {
                set_json(&mut expected, &job.child("runs-on"), json!("ubuntu-latest"));
            }
            if !has("steps") {
                set_json(&mut expected, &job.child("steps"), json!([{"run": "echo \"Hello\""}]));
            }
        }
    }
    let may_lose = lost.iter().flat_map(|key| lines_of(a, &job.child(*key))).collect();
    Some(Trial {
        kind: "change_job_kind",
        way: Way::Straight,
        edit: edits::change_job_kind(a, &id, &to),
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![job],
    })
}

pub(super) fn move_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let mut order = ids(a);
    let id = rng.pick(&order)?.clone();
    let to = rng.below(order.len());
    order.retain(|known| *known != id);
    order.insert(to, id.clone());
    let before = json_of(a);
    let expected = Expected::Holds(Box::new(move |after, value| {
        if ids(after) != order {
            return Err(format!("the order is {:?}, wanted {order:?}", ids(after)));
        }
        differ(&before, value)
    }));
    Some(Trial {
        kind: "move_job",
        way: Way::Straight,
        edit: edits::move_job(a, &id, to),
        expected,
        may_lose: Vec::new(),
        places: vec![path!["jobs"]],
    })
}

pub(super) fn expect_needs(before: Json, job: String, needs: Vec<String>) -> Expected {
    Expected::Holds(Box::new(move |_, after| {
        if needs_of(after, &job) != needs {
            return Err(format!("`{job}` needs {:?}, wanted {needs:?}", needs_of(after, &job)));
        }
        let (mut old, mut new) = (before.clone(), after.clone());
        remove_json(&mut old, &path!["jobs", job.as_str(), "needs"]);
        remove_json(&mut new, &path!["jobs", job.as_str(), "needs"]);
        // A job that says nothing yet says that it needs something.
        if let Some(job) = old["jobs"].get_mut(job.as_str()).filter(|job| job.is_null()) {
            *job = json!({});
        }
        differ(&old, &new)
    }))
}

pub(super) fn add_need(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let (job, need) = (rng.pick(&ids)?.clone(), rng.pick(&ids)?.clone());
    if edits::can_need(a, &job, &need).is_err() {
        return None;
    }
    let before = json_of(a);
    let mut needs = needs_of(&before, &job);
    needs.push(need.clone());
    let edit = edits::add_need(a, &job, &need);
    trial("add_need", edit, expect_needs(before, job.clone(), needs), path!["jobs", job, "needs"])
}

pub(super) fn remove_need(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let waiting: Vec<_> = a.workflow.jobs.iter().filter(|job| !job.needs.is_empty()).collect();
    let job = rng.pick(&waiting)?;
    let need = rng.pick(&job.needs)?.value.clone();
    let job = job.id.value.clone();
    let before = json_of(a);
    let needs =
        needs_of(&before, &job).into_iter().filter(|known| !known.eq_ignore_ascii_case(&need)).collect();
    let place = path!["jobs", job.as_str(), "needs"];
    let mut trial = trial(
        "remove_need",
        edits::remove_need(a, &job, &need),
        expect_needs(before, job, needs),
        place.clone(),
    )?;
    trial.may_lose = lines_of(a, &place);
    Some(trial)
}

pub(super) fn toggle_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let job = rng.pick(&a.workflow.jobs)?;
    if a.tree.at(&job.path.child("if")).is_some_and(|node| !is_expression(&node)) {
        return None;
    }
    switch("set_enabled (job)", a, &job.path)
}
