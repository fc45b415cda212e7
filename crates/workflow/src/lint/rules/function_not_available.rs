use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "function-not-available",
    severity: Severity::Error,
    kind: "expressions",
    title: "Function that is not available here",
    docs: "`success()`, `failure()`, `always()` and `cancelled()` are for the conditions of jobs and steps only, and `hashFiles()` \
           for the keys of steps, because it reads files on the runner. GitHub refuses the file.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ success() }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ job.status }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| code == Code::FunctionNotAvailable, out);
}
