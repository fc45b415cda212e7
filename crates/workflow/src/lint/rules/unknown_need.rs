use stepladder_yaml::TextEdit;

use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-need",
    severity: Severity::Error,
    kind: "jobs",
    title: "`needs` names a job that is not there",
    docs: "`needs` lists ids of other jobs of the same workflow. GitHub refuses the file when one of them does not exist. \
           It wants the id, the key under `jobs`, not the `name`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: bulid\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n",
    check,
};

/// Most entries of one list that are looked at.
const MAX: usize = 200;

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        if out.len() > 1_000 {
            return;
        }
        for need in job.needs.iter().take(MAX) {
            if need.value.is_empty() || need.value.contains("${{") || cx.job(&need.value).is_some() {
                continue;
            }
            let others = cx.workflow.jobs.iter().filter(|other| other.id != job.id);
            let by_name =
                others.clone().find(|other| other.name.as_ref().is_some_and(|name| name.value == need.value));
            let ids: Vec<&str> = others.map(|other| other.id.value.as_str()).collect();
            let meant = by_name
                .map(|job| job.id.value.as_str())
                .or_else(|| nearest(&need.value, ids.iter().copied()));
            let message = match meant {
                Some(meant) => format!("There is no job `{}`; did you mean `{meant}`?", need.value),
                None if ids.is_empty() => {
                    format!("There is no job `{}`, nor any other job to wait for.", need.value)
                }
                None => format!("There is no job `{}`; there are {}.", need.value, list(ids, 12)),
            };
            let fix = match meant {
                Some(meant) => Some(Fix::risky(format!("Write `{meant}`"), TextEdit::replace(need.range, meant))),
                // What names the id of a job means the first of them.
                None if job.is_twin() => None,
                // More than one may be meant, as in a list without its brackets.
                None if need.value.contains([',', ' ']) => None,
                None => cx.remove_need(&job.id.value, &need.value),
            };
            out.push(RULE.at(need.range, message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    const STEPS: &str = "    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";

    #[test]
    fn what_is_like_no_job_can_go() {
        let text = |needs: &str| format!("on: push\njobs:\n  build:\n{STEPS}  deploy:\n{needs}{STEPS}");
        for (before, after) in [
            ("    needs: [build, missing]\n", "    needs: build\n"),
            ("    needs: missing\n", ""),
            ("    needs:\n      - missing\n      - build\n", "    needs:\n      - build\n"),
            ("    needs: [bulid]\n", "    needs: [build]\n"),
        ] {
            check_fix("unknown-need", &text(before), &text(after));
        }
    }
}
