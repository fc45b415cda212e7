use stepladder_yaml::{Change, Entry, Kind, Node, TextEdit};

use super::wrong_type::only_text;
use crate::lint::suggest::{begun, list, nearest};
use crate::lint::{Cx, Rule};
use crate::schema::{Map, Types};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    kind: "structure",
    title: "Key that GitHub does not know",
    docs: "Each place of a workflow has a fixed set of keys, and GitHub refuses a file with any other. Mostly it is a \
           slip of the finger, a key in the wrong place, or wrong indentation. The message names the nearest key and \
           lists those that may stand there.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    time-out: 5\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    steps:\n      - run: make\n",
    check,
};

/// A key that its mapping does not know.
pub(super) struct Unknown<'t> {
    pub(super) key: Node<'t>,
    pub(super) name: &'t str,
    /// The mapping, or all that it could be.
    pub(super) maps: Vec<&'static Map>,
    /// The known key that differs in case only. Where nothing is in its way the tree reads it as that, so that it is
    /// none of these.
    pub(super) other_case: Option<&'static str>,
    pub(super) mapping: Node<'t>,
    /// The event that has no such setting at all, whereas others do.
    pub(super) event: Option<Node<'t>>,
}

impl Unknown<'_> {
    /// The nearest key that the mapping may have and has not yet.
    pub(super) fn meant(&self) -> Option<&'static str> {
        let is_there = |key: &&str| self.mapping.get(key).is_some();
        let is_shut_out = |map: &Map, key: &str| {
            map.exclusive.iter().any(|set| set.contains(&key) && set.iter().any(&is_there))
        };
        let known = self.maps.iter().flat_map(|map| map.fields.iter().map(move |field| (map, field.key)));
        let free = known.filter(|(map, key)| !is_there(key) && !is_shut_out(map, key)).map(|(_, key)| key);
        nearest(self.name, free.clone()).or_else(|| begun(self.name, free))
    }

    /// Renames it. Where the other key takes no list, the only item of one is taken; `None`: it has more.
    fn renamed(&self, meant: &str) -> Option<Fix> {
        let key = self.key.range();
        let field = self.maps.iter().find_map(|map| map.named(meant));
        let value = self.mapping.entries().find(|entry| entry.key.range() == key)?.value;
        let mut changes = vec![Change { range: key, insert: meant.to_owned() }];
        if value.kind() == Kind::Sequence && field.is_some_and(|field| field.types == Types::STRING) {
            changes.push(Change { range: value.range(), insert: only_text(value)?.source().to_owned() });
        }
        Some(Fix::risky(format!("Rename to `{meant}`"), TextEdit::new(changes)?))
    }
}

/// Most unknown keys of one mapping that are told.
const MAX: usize = 100;

/// All keys that no shape of their mapping knows. Shared by the rules about keys.
pub(super) fn unknown<'t>(cx: &Cx<'t>) -> Vec<Unknown<'t>> {
    let mut found = Vec::new();
    for place in cx.places() {
        let mapping = place.node.resolve();
        if mapping.kind() != Kind::Mapping {
            continue;
        }
        let all = place.field.map_or(&[][..], |field| field.maps);
        let maps = place.map.as_ref().map_or(all, std::slice::from_ref);
        let passes_over = maps.iter().any(|map| map.passes_over_others());
        if maps.is_empty()
            || !(place.strange || passes_over)
            || maps.iter().any(|map| map.free.is_some() && !map.passes_over_others())
        {
            continue;
        }
        let mut strange = 0;
        for entry in mapping.entries() {
            let Some(name) = entry.name().filter(|_| strange < MAX) else { continue };
            let known = maps.iter().chain(all).any(|map| map.named(name).is_some());
            // An expression may work out the key, or with `insert` put others in its place.
            let computed = || {
                place.field.is_some_and(|field| field.ctx.allows_expressions()) && name.contains("${{")
            };
            if known || computed() || (name == "<<" && entry.key.source() == "<<") {
                continue;
            }
            strange += 1;
            let other_case = maps.iter().find_map(|map| map.in_other_case(name)).map(|field| field.key);
            let event = place.key.filter(|_| has_filters(maps[0]) && is_foreign(entry));
            found.push(Unknown { key: entry.key, name, maps: maps.to_vec(), other_case, mapping, event });
        }
    }
    found
}

/// Whether it is an event of a repository, as opposed to a schedule, a call and the like.
fn has_filters(map: &Map) -> bool {
    map.name.starts_with("on.") && !map.exclusive.is_empty() && map.name != "on.image_version"
}

/// Whether it is a setting of some events that says something, so that it may be the event that is not the one meant.
pub(super) fn is_foreign(entry: Entry<'_>) -> bool {
    let value = entry.value.resolve();
    let empty = value.is_empty_value() || (value.kind() == Kind::Sequence && value.is_empty());
    matches!(entry.name(), Some("types" | "workflows")) && !empty
}

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let all = unknown(cx);
    // Of what could be anything all keys are told together.
    let together = |unknown: &Unknown<'_>| {
        unknown.maps.len() > 1 && unknown.other_case.is_none() && unknown.meant().is_none()
    };
    let mut last = None;
    for unknown in &all {
        if unknown.other_case.is_some() {
            continue;
        }
        let mut names = vec![unknown.name];
        if together(unknown) {
            let start = Some(unknown.mapping.range().start);
            if std::mem::replace(&mut last, start) == start {
                continue;
            }
            let beside = all.iter().filter(|other| Some(other.mapping.range().start) == start);
            let beside = beside.filter(|other| together(other) && other.name != unknown.name);
            names.extend(beside.map(|other| other.name));
        }
        let mut allowed: Vec<&str> = Vec::new();
        for field in unknown.maps.iter().flat_map(|map| map.fields) {
            if !allowed.contains(&field.key) {
                allowed.push(field.key);
            }
        }
        let title = unknown.maps.first().map_or("mapping", |map| map.title);
        let meant = unknown.meant();
        // GitHub passes over other keys there.
        let ignored =
            unknown.maps.iter().any(|map| map.name == "on.workflow_dispatch" || map.passes_over_others());
        let message = match meant {
            Some(meant) => format!(
                "`{}` is no key of {}; did you mean `{meant}`? It may have {}.",
                unknown.name,
                with_article(title),
                list(allowed.iter().copied(), 64)
            ),
            None => format!(
                "{} {}{}; it may have {}.",
                list(names.iter().copied(), 8),
                if names.len() > 1 { "are no keys of " } else { "is no key of " },
                with_article(title),
                list(allowed.iter().copied(), 64)
            ),
        };
        let fix = meant.and_then(|meant| unknown.renamed(meant));
        let severity = if ignored { Severity::Warning } else { Severity::Error };
        let marked = unknown.event.unwrap_or(unknown.key);
        out.push(RULE.at(marked.range(), message).with_severity(severity).with_fix(fix));
    }
}

/// "a step", "an event".
pub(super) fn with_article(noun: &str) -> String {
    let article = match noun {
        "permissions" | "defaults" | "triggers" | "jobs" | "concurrency" | "branding" => "",
        _ if noun.ends_with('s') && !noun.ends_with("ss") => "",
        _ if noun.starts_with(['a', 'e', 'i', 'o', 'u']) => "an ",
        _ => "a ",
    };
    format!("{article}{noun}")
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn what_is_set_for_an_event_in_capitals_is_read() {
        check(
            "on:
  Push:
  ^^^^ key-case: must be written `push`
    Branches: [main]
    ^^^^^^^^ key-case: must be written `branches`
    brunches: [main]
    ^^^^^^^^ unknown-key: `brunches` is no key of an event `push`; it may have
    tags: ['v[9-0]']
                ^ invalid-pattern: runs backwards
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn proposes_and_lists() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timout: 5
    ^^^^^^ unknown-key: `timout` is no key of a job; did you mean `timeout-minutes`? It may have `name`, `if`,
    need: lint
    ^^^^ unknown-key: `need` is no key of a job; did you mean `needs`?
    steps:
      - run: make
  lint:
    runs-on: ubuntu-latest
    nothing: like it
    ^^^^^^^ unknown-key: `nothing` is no key of a job; it may have `name`, `if`,
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_step_that_does_nothing_hides_no_key() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - cmd: make
        ^^^ missing-key: This step does nothing
        ^^^ unknown-key: `cmd` is no key of a step; it may have `name`, `id`
      - name: Build
        ^^^^ missing-key: This step does nothing
        retries: 3
        ^^^^^^^ unknown-key: `retries`, `pause` are no keys of a step
        pause: 1
",
        );
    }

    #[test]
    fn an_event_is_marked_that_lacks_what_others_have() {
        check(
            "on:
  push:
  ^^^^ unknown-key: `types` is no key of an event `push`
    types: [opened]
  issues:
    branches: [main]
    ^^^^^^^^ unknown-key: `branches` is no key of an event `issues`
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn keys_that_github_passes_over_are_no_errors() {
        let text = "name: A\ndescription: B\ninputs:\n  a:\n    type: string\n    requred: true\nruns:\n  using: node24\n  main: a.js\n";
        let env = crate::Env { file_name: Some("action.yml".to_owned()), ..crate::Env::default() };
        let found = crate::Analysis::new(text, &env).into_findings();
        let found: Vec<_> = found.iter().map(|found| (found.rule, found.severity)).collect();
        assert_eq!(found, [("unknown-key", crate::Severity::Warning); 2]);
    }

    #[test]
    fn computed_keys_are_not_known_yet() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    strategy:
      ${{ insert }}: ${{ fromJSON(vars.STRATEGY) }}
      fast: true
      ^^^^ unknown-key: `fast` is no key of a strategy
    steps:
      - run: make
",
        );
    }

    #[test]
    fn renames() {
        check_fix(
            "unknown-key",
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minuts: 5 # enough
    steps:
      - run: make
",
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5 # enough
    steps:
      - run: make
",
        );
    }
}
