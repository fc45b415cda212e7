use stepladder_yaml::Kind;

use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "exclusive-keys",
    severity: Severity::Error,
    kind: "structure",
    title: "Keys that exclude each other",
    docs: "Some keys stand for different kinds of the same thing, so only one of them may be there: `run` or `uses` in a \
           step, `steps` or `uses` in a job, `branches` or `branches-ignore` in a trigger. To leave some branches out of \
           `branches`, add a pattern that begins with `!`.",
    bad: "on:\n  push:\n    branches: [main]\n    branches-ignore: [wip]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  push:\n    branches: [main, '!wip']\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let mapping = place.node.resolve();
        let Some(map) = place.map.filter(|map| !map.exclusive.is_empty() && mapping.kind() == Kind::Mapping)
        else {
            continue;
        };
        for set in map.exclusive {
            let mut there =
                mapping.entries().filter(|entry| entry.name().is_some_and(|name| set.contains(&name)));
            let Some(opening) = there.next() else { continue };
            let first = opening.name().unwrap_or_default();
            for entry in there.filter(|entry| entry.name() != Some(first)) {
                let name = entry.name().unwrap_or_default();
                let why = match name.strip_suffix("-ignore").or_else(|| first.strip_suffix("-ignore")) {
                    Some(plain) => {
                        format!("keep one of them, with `!` patterns in `{plain}` for what is left out")
                    }
                    None => "keep one of them".to_owned(),
                };
                // Of what the step of a job does, the last one is taken for the one that is meant; of an action's, the first.
                // A job that calls a workflow is a call, whatever else it has.
                let second_stays =
                    if set.contains(&"run") { cx.kind == FileKind::Workflow } else { name == "uses" };
                let doubtful = if second_stays { opening.key } else { entry.key };
                let ignored = [name, first].into_iter().find(|key| key.ends_with("-ignore"));
                let fix = ignored.and_then(|key| {
                    cx.remove(format!("Remove `{key}`"), &place.node.path().child(key), false)
                });
                let message =
                    format!("`{name}` and `{first}` exclude each other in one {}; {why}.", map.title);
                out.push(RULE.at(doubtful.range(), message).with_fix(fix));
            }
        }
    }
}
