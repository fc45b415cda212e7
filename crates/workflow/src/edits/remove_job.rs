//! Takes a job away.

use stepladder_yaml::path;

use super::draft::Draft;
use super::handed_over::{Heir, anchors_of, handed_over};
use super::ids::{check_job, jobs};
use super::needs::dependents_of;
use super::rename_job::readers_of;
use super::{Edit, Refusal, remove_need, twin};
use crate::Analysis;

/// Removes job `id` with its comments; jobs that waited for it no longer do, and the label names them.
///
/// # Errors
/// When there is no such job, or it comes from an alias.
pub fn remove_job(a: &Analysis, id: &str) -> Result<Edit, Refusal> {
    if twin::shared_id(id).is_some() {
        return twin::remove(a, id);
    }
    check_job(&a.tree, id)?;
    let mut draft = Draft::new(&a.tree);
    let waiting: Vec<String> = dependents(a, id).into_iter().filter(|job| job != id).collect();
    for job in &waiting {
        remove_need::remove(&mut draft, job, id)?;
    }
    draft.remove(&path!["jobs", id])?;
    let mut label = match waiting.as_slice() {
        [] => format!("remove job {id}"),
        jobs => format!(
            "remove job {id}, which {} no longer {}",
            list(jobs),
            if jobs.len() == 1 { "needs" } else { "need" }
        ),
    };
    label.push_str(&handed_over(a, &path!["jobs", id]));
    Ok(draft.finish(label, Some(path!["jobs"]))?.for_all())
}

/// What comes of removing job `id`, in sentences, to be told before: who waits for it, who reads its outputs or its
/// result, and where what its anchors hold goes.
#[must_use]
pub fn removal_of_job(a: &Analysis, id: &str) -> Vec<String> {
    let marked = |name: &str| format!("`{name}`");
    let mut sentences = Vec::new();
    let waiting: Vec<String> =
        dependents(a, id).iter().filter(|job| *job != id).map(|job| marked(job)).collect();
    match waiting.as_slice() {
        [] => {}
        [one] => sentences.push(format!("{one} waits for it. It will no longer, and so may start earlier.")),
        several => {
            let names = list(several);
            sentences.push(format!("{names} wait for it. They will no longer, and so may start earlier."));
        }
    }
    let places = |count: usize| if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    let mut readers: Vec<(usize, String)> = Vec::new();
    for job in jobs(&a.tree).iter().filter(|job| *job != id) {
        let own = a.tree.at(&path!["jobs", job.as_str()]);
        let count = own.map_or(0, |own| readers_of(own, "needs", id).len());
        readers.push((count, format!("{} ({})", marked(job), places(count))));
    }
    if let Some(outputs) = a.tree.at(&path!["on", "workflow_call", "outputs"]) {
        let count = readers_of(outputs, "jobs", id).len();
        readers.push((count, format!("the outputs of this workflow ({})", places(count))));
    }
    let names: Vec<String> =
        readers.into_iter().filter(|(count, _)| *count > 0).map(|(_, name)| name).collect();
    if !names.is_empty() {
        sentences.push(format!(
            "Its outputs or its result are read by {}: what stands there will be empty until you change it.",
            list(&names)
        ));
    }
    for Heir { anchor, place } in anchors_of(a, &path!["jobs", id]) {
        sentences.push(format!(
            "What it holds at the anchor `&{anchor}` is repeated elsewhere: it moves to the first of these places, {place}."
        ));
    }
    sentences
}

/// The jobs that wait for job `id`, to be told before it is removed.
#[must_use]
pub fn dependents(a: &Analysis, id: &str) -> Vec<String> {
    dependents_of(&a.tree, id)
}

/// "a, b and c".
pub(super) fn list(jobs: &[String]) -> String {
    match jobs {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn who_reads_what_goes_is_told() {
        let text = "on:\n  workflow_call:\n    outputs:\n      x: {value: '${{ jobs.build.outputs.v }}'}\njobs:\n  build:\n    runs-on: u\n    \
                    steps:\n      - &s {run: x}\n  test:\n    needs: build\n    if: needs.build.result == 'success'\n    env:\n      \
                    V: ${{ needs.build.outputs.v }}\n    steps: [*s]\n  ship:\n    needs: [build, test]\n    runs-on: u\n";
        let analysis = Analysis::new(text, &Env::default());
        let told = removal_of_job(&analysis, "build");
        assert_eq!(
            told,
            [
                "`test` and `ship` wait for it. They will no longer, and so may start earlier.",
                "Its outputs or its result are read by `test` (2 places) and the outputs of this workflow (1 place): what \
                 stands there will be empty until you change it.",
                "What it holds at the anchor `&s` is repeated elsewhere: it moves to the first of these places, step 1 of job \
                 test.",
            ]
        );
        assert!(removal_of_job(&analysis, "ship").is_empty());
    }
}
