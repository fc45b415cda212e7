use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "concurrency-queue",
    severity: Severity::Error,
    kind: "jobs",
    title: "`queue: max` with `cancel-in-progress: true`",
    docs: "`queue: max` lets many runs wait for their turn, while `cancel-in-progress: true` stops the running one for the \
           newest. GitHub refuses both together; keep the one that you want.",
    bad: "on: push\nconcurrency:\n  group: deploy\n  cancel-in-progress: true\n  queue: max\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nconcurrency:\n  group: deploy\n  queue: max\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        if place.map.is_none_or(|map| map.title != "concurrency") {
            continue;
        }
        let cancel = place.node.get("cancel-in-progress").and_then(|node| node.as_bool());
        let queue = place.node.get("queue").and_then(|node| node.as_str());
        if cancel == Some(true) && queue == Some("max") {
            let range = place.node.entry("queue").map_or(place.node.range(), |queue| queue.range());
            let message =
                "`queue: max` and `cancel-in-progress: true` contradict each other; keep one of them.";
            let fix = cx.remove("Remove `queue`", &cx.tags.path(at).child("queue"), false);
            out.push(RULE.at(range, message).with_fix(fix));
        }
    }
}
