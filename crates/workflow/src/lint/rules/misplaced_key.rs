use stepladder_yaml::Kind;

use super::unknown_key::with_article;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "misplaced-key",
    severity: Severity::Error,
    kind: "structure",
    title: "Key of another kind of step, job or action",
    docs: "A step either runs a script (`run`, with `shell` and `working-directory`) or uses an action (`uses`, with \
           `with`); a job either has steps or calls a reusable workflow (`uses`, with `with` and `secrets`); an action \
           is JavaScript, Docker or composite. A key of the other kind has no meaning there, and GitHub refuses it.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        with:\n          target: all\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make all\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places().iter().filter(|place| place.strange) {
        let mapping = place.node.resolve();
        let (Some(map), Some(field), Kind::Mapping) = (place.map, place.field, mapping.kind()) else {
            continue;
        };
        if field.maps.len() < 2 {
            continue;
        }
        // What it is must be settled first.
        let there = |key: &&&str| mapping.get(key).is_some();
        if map.exclusive.iter().any(|set| set.iter().filter(there).count() > 1) {
            continue;
        }
        let kind = map.fields.iter().find(|field| field.required && mapping.get(field.key).is_some());
        for entry in mapping.entries() {
            let Some(name) = entry.name() else { continue };
            if map.field(name).is_some() {
                continue;
            }
            let Some(other) = field.maps.iter().find(|other| other.named(name).is_some()) else { continue };
            let by = kind.map(|kind| format!(" (it has `{}`)", kind.key)).unwrap_or_default();
            let own = other.fields.iter().find(|field| field.required && field.key != name);
            let needs = own.map(|own| format!("; it goes with `{}`", own.key)).unwrap_or_default();
            let message = format!("`{name}` has no place in {}{by}{needs}.", with_article(map.title));
            out.push(RULE.at(entry.key.range(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn of_two_kinds_at_once_nothing_more_is_told() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        ^^^^ exclusive-keys: exclude each other
        run: make
        with:
          fetch-depth: 0
      - run: make
        with:
        ^^^^ misplaced-key: `with` has no place in a step (it has `run`)
          fetch-depth: 0
",
        );
    }
}
