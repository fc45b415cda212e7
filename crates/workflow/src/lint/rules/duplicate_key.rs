use std::collections::BTreeMap;

use stepladder_yaml::{Kind, Node};

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Error,
    kind: "structure",
    title: "The same key twice",
    docs: "A mapping may have each key once; GitHub refuses the file otherwise. Job ids, names of variables, inputs, \
           outputs and secrets are compared without regard to case, so `Build` and `build` are the same id.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    runs-on: windows-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

/// More findings than this help nobody.
const MAX: usize = 1_000;

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places().iter().filter(|place| place.node.kind() == Kind::Mapping && !place.through_alias)
    {
        let mut seen: BTreeMap<String, Node<'_>> = BTreeMap::new();
        for entry in place.node.entries() {
            let Some(name) = entry.name() else { continue };
            let first = *seen.entry(name.to_lowercase()).or_insert(entry.key);
            if first == entry.key || out.len() > MAX {
                continue;
            }
            let same = if first.as_str() == Some(name) { "" } else { " (case does not count)" };
            let line = cx.tree.line_col(first.range().start).line;
            let message = format!(
                "`{name}` is already there in line {line}{same}, and a key may stand once; remove one of the two."
            );
            out.push(RULE.at(entry.key.range(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn ids_without_regard_to_case() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
  Build:
  ^^^^^ duplicate-key: already there in line 3 (case does not count)
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
