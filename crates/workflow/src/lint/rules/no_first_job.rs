use crate::lint::{Cx, Rule};
use crate::model::Job;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "no-first-job",
    severity: Severity::Error,
    kind: "jobs",
    title: "Every job waits for another",
    docs: "Every job of the workflow has `needs`, so none can be the first to start. GitHub refuses the file. Take \
           `needs` away from the job that should run first.",
    bad: "on: push\njobs:\n  build:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let jobs = &cx.workflow.jobs;
    let waits =
        |job: &Job| !job.needs.is_empty() && job.needs.iter().all(|need| cx.job(&need.value).is_some());
    if let Some(first) = jobs.first().filter(|_| jobs.iter().all(waits)) {
        out.push(RULE.at(
            first.id.range,
            "Every job waits for another, so none can be the first to start; at least one must be without `needs`.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn at_the_first_job() {
        check(
            "on: push
jobs:
  a:
  ^ no-first-job
  ^ needs-cycle
    needs: b
    runs-on: ubuntu-latest
    steps:
      - run: make
  b:
    needs: a
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
