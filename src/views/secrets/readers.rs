//! Where a name is used, and who gets to see it.

use stepladder_workflow::Analysis;
use stepladder_yaml::{Path, Step};

use crate::session::{job_of, step_of};

/// Where a path is, in words: `train, step 3`.
pub(super) fn place(analysis: &Analysis, path: &Path) -> String {
    let Some(id) = job_of(path) else { return "the whole workflow".to_owned() };
    let step = step_of(path).and_then(|at| analysis.workflow.job(id)?.steps.get(at));
    step.map_or_else(|| id.to_owned(), |step| format!("{id} › {}", step.title()))
}

/// Who can read a secret or a variable. A job and a step are meant by their ids and places, as two steps may have one title.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    Everyone,
    Job(String),
    Step(String, usize),
    Runner(String),
    Called(String),
}

impl Reader {
    /// Of what is used at `path`.
    fn of(path: &Path) -> Self {
        let Some(id) = job_of(path).map(str::to_owned) else { return Self::Everyone };
        let key = match path.steps().get(2) {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        match (key, step_of(path)) {
            ("steps", Some(at)) => Self::Step(id, at),
            ("env", _) => Self::Job(id),
            ("secrets" | "with", _) => Self::Called(id),
            _ => Self::Runner(id),
        }
    }

    /// Whether whoever names this one has named `other`, too.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everyone, Self::Job(_) | Self::Step(..)) => true,
            (Self::Job(id), Self::Step(of, _)) => id == of,
            _ => false,
        }
    }

    fn words(&self, analysis: &Analysis) -> String {
        match self {
            Self::Everyone => "every step of every job".to_owned(),
            Self::Job(id) => format!("every step of {id}"),
            Self::Step(id, at) => {
                let title = analysis.workflow.job(id).and_then(|job| Some(job.steps.get(*at)?.title()));
                title.map_or_else(|| format!("one step of {id}"), |title| format!("the step {title} of {id}"))
            }
            Self::Runner(id) => format!("the runner of {id}, before its steps"),
            Self::Called(id) => format!("the workflow that {id} calls"),
        }
    }
}

/// Who can read what is used at `paths`, each told once: a step not beside its job.
pub(super) fn readers<'p>(analysis: &Analysis, paths: impl Iterator<Item = &'p Path>) -> Vec<String> {
    let found: Vec<Reader> = paths.map(Reader::of).collect();
    let own = found.iter().filter(|one| !found.iter().any(|other| other.covers(one)));
    let mut told: Vec<String> = own.map(|one| one.words(analysis)).collect();
    told.sort();
    told.dedup();
    told
}

#[cfg(test)]
mod tests {
    use stepladder_workflow::Env;

    use super::*;

    #[test]
    fn who_is_named_within_others_is_not_named_again() {
        let text = "jobs:\n  a:\n    steps:\n      - name: Say\n        run: x\n  b:\n    uses: ./x.yml\n";
        let analysis = Analysis::new(text, &Env::default());
        let told = |paths: &[&str]| {
            let paths: Vec<Path> = paths.iter().filter_map(|path| path.parse().ok()).collect();
            readers(&analysis, paths.iter())
        };
        let step = "jobs.a.steps[0].env.X";
        assert_eq!(told(&[step, "jobs.a.steps[0].run"]), ["the step Say of a"]);
        assert_eq!(told(&[step, "jobs.a.env.X"]), ["every step of a"]);
        let all = [step, "jobs.a.env.X", "env.X", "jobs.a.runs-on", "jobs.b.secrets"];
        let others =
            ["every step of every job", "the runner of a, before its steps", "the workflow that b calls"];
        assert_eq!(told(&all), others);
    }
}
