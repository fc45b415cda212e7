use stepladder_yaml::Kind;

use super::missing_key::head;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "incomplete-credentials",
    severity: Severity::Warning,
    kind: "jobs",
    title: "Sign-in without user name or password",
    docs: "`credentials` of a container need both `username` and `password` to sign in to the registry. With one of them \
           GitHub takes the file, but the image is pulled without any.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container:\n      image: ghcr.io/me/image:1\n      credentials:\n        username: me\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    container:\n      image: ghcr.io/me/image:1\n      credentials:\n        username: me\n        password: ${{ secrets.TOKEN }}\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        if place.map.is_none_or(|map| map.name != "jobs.<job_id>.container.credentials") {
            continue;
        }
        let node = place.node.resolve();
        let missing: Vec<&str> =
            ["username", "password"].into_iter().filter(|key| node.get(key).is_none()).collect();
        if node.kind() == Kind::Mapping && !node.is_empty() && !missing.is_empty() {
            let message =
                format!("A sign-in needs both `username` and `password`; add `{}`.", missing.join("` and `"));
            out.push(RULE.at(head(place), message));
        }
    }
}
