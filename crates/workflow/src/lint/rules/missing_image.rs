use stepladder_yaml::Kind;

use super::missing_key::head;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-image",
    severity: Severity::Error,
    kind: "jobs",
    title: "Container without an image",
    docs: "A container or a service needs an `image` to start from: the name of a Docker image, such as `postgres:17`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container:\n      env:\n        A: 1\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container:\n      image: alpine:3\n      env:\n        A: 1\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        let Some(map) = place.map.filter(|map| {
            matches!(map.name, "jobs.<job_id>.container" | "jobs.<job_id>.services.<service_id>")
        }) else {
            continue;
        };
        let node = place.node.resolve();
        if node.kind() == Kind::Mapping && node.get("image").is_none() && !node.is_empty() && !cx.may_hold(node.entry_range(), &["image"]) {
            let which = if map.title == "service" { "This service" } else { "This container" };
            let message = format!("{which} has no `image` to start from; name one.");
            out.push(RULE.at(head(place), message).about(cx.tags.path(at).child("image")));
        }
    }
}
