use super::runner_label::{axis, values, written};
use crate::facts::runners::{Conflict, conflict, is_self_hosted_preset};
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "runner-conflict",
    severity: Severity::Error,
    kind: "jobs",
    title: "Labels that no runner has together",
    docs: "A job runs on a runner that has *all* labels of `runs-on`, so a list is no choice between them. No runner is both \
           Linux and Windows. To run on several systems, use a matrix: `runs-on: ${{ matrix.os }}`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: [ubuntu-latest, windows-latest]\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n    runs-on: ${{ matrix.os }}\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let groups: Vec<_> = written(job)
            .into_iter()
            .map(|label| match axis(&label.value) {
                Some(axis) => values(job, axis),
                None => vec![label],
            })
            .collect();
        for (index, group) in groups.iter().enumerate() {
            for label in group {
                // Of two labels the later one in the list is told.
                let before = groups.iter().take(index).flatten();
                let clash = before
                    .into_iter()
                    .find_map(|other| Some((other, conflict(&other.value, &label.value)?)));
                let Some((other, why)) = clash else { continue };
                let why = match why {
                    Conflict::Os(..) => "they are for different systems",
                    Conflict::Arch => "they are for different processors",
                    Conflict::Image => "they are for different images",
                };
                let message = format!(
                    "No runner has both `{}` and `{}`: {why}. A job needs a runner with all of its labels; to run on \
                     several, use a matrix.",
                    other.value, label.value
                );
                // Runners of one's own may be given such labels by hand.
                let own = [other, label].iter().all(|label| is_self_hosted_preset(&label.value));
                let severity = if own { Severity::Warning } else { Severity::Error };
                out.push(RULE.at(label.range, message).with_severity(severity));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn the_later_label_is_told() {
        check(
            "on: push
jobs:
  before:
    strategy:
      matrix:
        os: [windows-latest, ubuntu-latest]
    runs-on: ['${{ matrix.os }}', ubuntu-latest]
                                  ^^^^^^^^^^^^^ runner-conflict: No runner has both `windows-latest` and `ubuntu-latest`
    steps:
      - run: make
  after:
    strategy:
      matrix:
        os: [windows-latest, ubuntu-latest]
             ^^^^^^^^^^^^^^ runner-conflict: No runner has both `ubuntu-latest` and `windows-latest`
    runs-on: [ubuntu-latest, '${{ matrix.os }}']
    steps:
      - run: make
",
        );
    }
}
