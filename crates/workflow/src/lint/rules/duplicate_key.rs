use std::collections::BTreeMap;

use stepladder_yaml::{Entry, Kind, Node};

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
    let mut seen = Seen::default();
    for place in cx.places().iter().filter(|place| place.node.kind() == Kind::Mapping && !place.through_alias)
    {
        seen.few.clear();
        seen.many.clear();
        for entry in place.node.entries() {
            let Some(name) = entry.name() else { continue };
            let Some(first) = seen.first(name, &entry).filter(|_| out.len() <= MAX) else { continue };
            let same = if first.as_str() == Some(name) { "" } else { " (case does not count)" };
            let line = cx.tree.line_col(first.range().start).line;
            let message = format!(
                "`{name}` is already there in line {line}{same}, and a key may stand once; remove one of the two."
            );
            out.push(RULE.at(entry.key.range(), message));
        }
    }
}

/// The keys of a mapping so far: a few are compared one by one, many are looked up.
#[derive(Default)]
struct Seen<'t> {
    few: Vec<Key<'t>>,
    many: BTreeMap<String, Node<'t>>,
}

struct Key<'t> {
    name: &'t str,
    ascii: bool,
    node: Node<'t>,
}

impl<'t> Seen<'t> {
    const FEW: usize = 16;

    /// The earlier key of this name; without one, this key is remembered.
    fn first(&mut self, name: &'t str, entry: &Entry<'t>) -> Option<Node<'t>> {
        let key = Key { name, ascii: name.is_ascii(), node: entry.key };
        let found = self.few.iter().find(|other| other.same(&key)).map(|other| other.node);
        if found.is_some() {
            return found;
        }
        if self.few.len() < Self::FEW {
            self.few.push(key);
            return None;
        }
        let first = *self.many.entry(name.to_lowercase()).or_insert(entry.key);
        (first != entry.key).then_some(first)
    }
}

impl Key<'_> {
    fn same(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(other.name)
            || (!(self.ascii && other.ascii) && self.name.to_lowercase() == other.name.to_lowercase())
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
