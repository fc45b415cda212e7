use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "merge-key",
    severity: Severity::Error,
    kind: "structure",
    title: "Merge key `<<`",
    docs: "GitHub reads anchors and aliases but not the merge key `<<`, which comes from an older version of YAML. Give \
           a whole mapping by alias (`env: *common`), or write the keys out.",
    bad: "on: push\nenv: &common\n  A: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    env:\n      <<: *common\n      B: 2\n    steps:\n      - run: make\n",
    good: "on: push\nenv: &common\n  A: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    env: *common\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places().iter().filter(|place| place.strange && !place.through_alias) {
        for entry in place.node.entries().filter(|_| place.node.kind() == stepladder_yaml::Kind::Mapping) {
            if entry.key.is("<<") && entry.key.source() == "<<" {
                out.push(RULE.at(
                    entry.key.range(),
                    "GitHub does not support the merge key `<<`; give the whole mapping by an alias or write its keys out.",
                ));
            }
        }
    }
}
