//! What comes of taking a step away from the steps that read it.

use stepladder_yaml::{Node, Path, Step, TextRange};

use super::describe;
use super::references::references;
use super::rename_step::{all_items, readers_of, waiting};
use crate::Analysis;

/// What comes of removing the step at `step`, or of moving it to another job, in sentences, to be told before: who reads
/// what it, or a step of its group, has set, and who waits for it or stops it.
#[must_use]
pub fn removal_of_step(a: &Analysis, step: &Path) -> Vec<String> {
    let Some(node) = a.tree.at(step) else { return Vec::new() };
    let own = node.full_range();
    let elsewhere = |ranges: Vec<TextRange>| -> Vec<TextRange> {
        ranges.into_iter().filter(|range| !own.covers(*range)).collect()
    };
    let group = node.resolve().get("parallel").map(all_items).unwrap_or_default();
    let ids = std::iter::once(node.resolve()).chain(group).filter_map(|step| step.get("id")?.as_str());
    let mut sentences = Vec::new();
    for id in ids.filter(|id| !id.is_empty()) {
        let readers = readers_of(a, step).map(|scope| references(scope, &["steps"], id)).unwrap_or_default();
        let readers = elsewhere(readers);
        if !readers.is_empty() {
            sentences.push(format!(
                "`steps.{id}` is read in {}: what stands there will be empty until you change it.",
                places(a, &readers)
            ));
        }
        let waiting = waiting_in(a, step).map(|scope| waiting(scope, id)).unwrap_or_default();
        let waiting = elsewhere(waiting);
        if !waiting.is_empty() {
            sentences.push(format!(
                "`{id}` is waited for or stopped in {}, which will name a step that is not there.",
                places(a, &waiting)
            ));
        }
    }
    sentences
}

fn waiting_in<'a>(a: &'a Analysis, step: &Path) -> Option<Node<'a>> {
    a.tree.at(&super::move_step::scope_of(step))
}

/// "step Use of job build (2 places) and output v of job build (1 place)".
fn places(a: &Analysis, ranges: &[TextRange]) -> String {
    let mut found: Vec<(String, usize)> = Vec::new();
    for range in ranges {
        let path = a.tree.node_at(range.start).map(|node| node.path()).unwrap_or_default();
        let name = describe::place(&a.tree, &owner(&path));
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => found.push((name, 1)),
        }
    }
    let words = |(name, count): (String, usize)| {
        if count == 1 { format!("{name} (1 place)") } else { format!("{name} ({count} places)") }
    };
    super::remove_job::list(&found.into_iter().map(words).collect::<Vec<_>>())
}

/// The step that `path` is in, or else what it is.
fn owner(path: &Path) -> Path {
    let steps = path.steps();
    let is_list = |at: usize| matches!(&steps[at], Step::Key(key) if key == "steps");
    let list =
        (0..steps.len().saturating_sub(1)).find(|at| is_list(*at) && matches!(steps[at + 1], Step::Index(_)));
    list.map_or_else(|| path.clone(), |list| Path(steps[..=list + 1].to_vec()))
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;
    use crate::Env;

    #[test]
    fn who_reads_a_step_that_goes_is_told() {
        let text = "jobs:\n  build:\n    runs-on: u\n    outputs:\n      v: ${{ steps.p.outputs.v }}\n    steps:\n      - id: p\n        \
                    background: true\n        run: echo ${{ steps.p.outcome }}\n      - name: Use\n        if: steps.p.outcome == 'success'\n        \
                    run: echo ${{ steps['P'].outputs.v }}\n      - wait: [p]\n      - cancel: p\n      - parallel:\n          - id: q\n            \
                    run: x\n      - run: echo ${{ steps.q.outputs.v }}\n  other:\n    steps:\n      - run: echo ${{ steps.p.outputs.v }}\n";
        let analysis = Analysis::new(text, &Env::default());
        let told = |at: usize| removal_of_step(&analysis, &path!["jobs", "build", "steps", at]);
        assert_eq!(
            told(0),
            [
                "`steps.p` is read in output v of job build (1 place) and step Use of job build (2 places): what stands there \
                 will be empty until you change it.",
                "`p` is waited for or stopped in step 3 of job build (1 place) and step 4 of job build (1 place), which will \
                 name a step that is not there.",
            ]
        );
        let group = [
            "`steps.q` is read in step 6 of job build (1 place): what stands there will be empty until you change it.",
        ];
        assert_eq!(told(4), group);
        assert_eq!(removal_of_step(&analysis, &path!["jobs", "build", "steps", 4, "parallel", 0]), group);
        for quiet in [1, 2, 3, 5, 9] {
            assert!(told(quiet).is_empty(), "{quiet}");
        }
    }
}
