use stepladder_yaml::{Kind, Node};

use super::unknown_key::with_article;
use crate::lint::{Cx, Rule};
use crate::schema::{Field, Map};
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
        let map = meant(map, field, mapping);
        let kind = map.fields.iter().find(|field| field.required && mapping.get(field.key).is_some());
        for entry in mapping.entries() {
            let Some(name) = entry.name() else { continue };
            if map.field(name).is_some() {
                continue;
            }
            let Some(other) = field.maps.iter().find(|other| other.named(name).is_some()) else { continue };
            let excluded = map.exclusive.iter().any(|set| {
                set.contains(&name) && set.iter().any(|key| *key != name && mapping.get(key).is_some())
            });
            let reason = kind.and_then(|kind| mapping.entry(kind.key));
            if excluded || reason.is_some_and(|reason| cx.is_parted(reason.key.range(), entry.key.range())) {
                continue;
            }
            let own = other.fields.iter().find(|field| field.required && field.key != name);
            let common = own.filter(|own| kind.is_some_and(|kind| kind.key == own.key));
            let by = kind.filter(|_| common.is_none()).map(|kind| format!(" (it has `{}`)", kind.key)).unwrap_or_default();
            let other = if common.is_some() { "another " } else { "" };
            let needs = own.map(|own| format!("; it goes with {other}`{}`", own.key)).unwrap_or_default();
            let group = map.title.starts_with("group ");
            let title = if group { format!("a {}", map.title) } else { with_article(map.title) };
            let message = format!("`{name}` has no place in {title}{by}{needs}.");
            out.push(RULE.at(entry.key.range(), message));
        }
    }
}

/// What is taken for the meant kind of something that has keys of two: a job that calls a workflow is a call whatever else
/// it has, and of what a step does the last one counts.
fn meant(map: &'static Map, field: &Field, mapping: Node<'_>) -> &'static Map {
    let decides = |name: &str| {
        map.exclusive.iter().any(|set| {
            set.contains(&name) && set.iter().filter(|key| mapping.get(key).is_some()).count() > 1
        })
    };
    let mut names = mapping.entries().filter_map(|entry| entry.name()).filter(|name| decides(name));
    let job = map.exclusive.iter().any(|set| set.contains(&"steps"));
    let last = if job { names.find(|name| *name == "uses") } else { names.last() };
    let kind = last.and_then(|last| field.maps.iter().find(|other| other.field(last).is_some_and(|own| own.required)));
    kind.copied().unwrap_or(map)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn of_two_kinds_at_once_the_meant_one_counts() {
        check(
            "on: push
jobs:
  call:
    uses: o/r/.github/workflows/call.yml@v1
    runs-on: ubuntu-latest
    ^^^^^^^ exclusive-keys: exclude each other
    timeout-minutes: 5
    ^^^^^^^^^^^^^^^ misplaced-key: has no place in a job that calls a workflow (it has `uses`)
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        ^^^ exclusive-keys: exclude each other
        shell: bash
        ^^^^^ misplaced-key: `shell` has no place in a step (it has `uses`)
        with:
          fetch-depths: 0
          ^^^^^^^^^^^^ unknown-input: has no input `fetch-depths`
        uses: actions/checkout@v5
      - run: make
        with:
        ^^^^ misplaced-key: `with` has no place in a step (it has `run`)
          fetch-depth: 0
",
        );
    }

    #[test]
    fn kinds_that_one_key_tells_apart() {
        check(
            "#: action.yml
name: Tools
description: Does it
runs:
  using: node24
  main: main.js
  image: Dockerfile
  ^^^^^ misplaced-key: has no place in a JavaScript action; it goes with another `using`.
",
        );
    }
}
