use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "needs-cycle",
    severity: Severity::Error,
    kind: "jobs",
    title: "Jobs that wait for each other",
    docs: "When jobs wait for each other in a circle, none of them can ever start, and GitHub refuses the file. At least \
           one job must be without `needs`.",
    bad: "on: push\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make lint\n  build:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    good: "on: push\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make lint\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    check,
};

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let jobs = &cx.workflow.jobs;
    let needs: Vec<Vec<usize>> =
        jobs.iter().map(|job| job.needs.iter().filter_map(|need| cx.job(&need.value)).collect()).collect();
    let mut state = vec![State::New; jobs.len()];
    for start in 0..jobs.len() {
        // Depth first; `path` holds the jobs on the way and which of their needs comes next.
        let mut path: Vec<(usize, usize)> = Vec::new();
        if state[start] == State::New {
            state[start] = State::Open;
            path.push((start, 0));
        }
        while let Some((job, next)) = path.last_mut() {
            let Some(need) = needs[*job].get(*next).copied() else {
                state[*job] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match state[need] {
                State::New => {
                    state[need] = State::Open;
                    path.push((need, 0));
                }
                State::Done => {}
                State::Open => {
                    let from = path.iter().position(|(job, _)| *job == need).unwrap_or_default();
                    let mut circle: Vec<usize> = path[from..].iter().map(|(job, _)| *job).collect();
                    let first = circle.iter().copied().min().unwrap_or_default();
                    let at = circle.iter().position(|job| *job == first).unwrap_or_default();
                    circle.rotate_left(at);
                    circle.push(first);
                    let names: Vec<String> =
                        circle.iter().map(|job| format!("`{}`", jobs[*job].id.value)).collect();
                    let message = if names.len() == 2 {
                        format!("The job {} waits for itself, so it can never start.", names[0])
                    } else {
                        format!(
                            "These jobs wait for each other, so none can start: {}.",
                            names.join(" needs ")
                        )
                    };
                    out.push(RULE.at(jobs[first].id.range, message));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn itself() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
  b:
  ^ needs-cycle: waits for itself
    needs: [a, b]
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
