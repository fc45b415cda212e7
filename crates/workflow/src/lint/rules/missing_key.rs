use stepladder_yaml::edit::Value;
use stepladder_yaml::{Kind, Node, TextRange};

use super::unknown_key::{Unknown, unknown, with_article};
use crate::lint::suggest::list;
use crate::lint::{Cx, Rule};
use crate::schema::{Field, Map, Place};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-key",
    severity: Severity::Error,
    kind: "structure",
    title: "A key that must be there is missing",
    docs: "Some keys must not be missing: a workflow needs `on` and `jobs`, a job needs `runs-on` and `steps` or else \
           `uses`, a step needs `run` or `uses`, and so on. GitHub refuses the file without them.",
    bad: "on: push\njobs:\n  build:\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    empty_outputs(cx, out);
    let mut misspelt = None;
    for (at, place) in cx.places().iter().enumerate() {
        let mapping = place.node.resolve();
        if mapping.kind() != Kind::Mapping {
            continue;
        }
        let Some(map) = place.map else {
            let field = place.field;
            if let Some(field) = field.filter(|field| field.maps.len() > 1) {
                let kinds: Vec<&str> = field
                    .maps
                    .iter()
                    .filter_map(|map| map.fields.iter().find(|field| field.required))
                    .map(|field| field.key)
                    .collect();
                // What the kinds have in common does not tell them apart: an unknown value does, and says so itself.
                if mapping.get("<<").is_some()
                    || kinds.iter().any(|key| mapping.get(key).is_some())
                    || cx.is_torn(mapping.entry_range())
                    || is_misspelt(cx, &mut misspelt, mapping, &kinds)
                {
                    continue;
                }
                let title = field.maps.first().map_or("mapping", |map| map.title);
                let kind = if kinds.windows(2).all(|two| two[0] == two[1]) { told_kind(field, mapping) } else { None };
                let message = if let Some((sign, kind)) = kind {
                    format!("`{}` is missing: where `{sign}` stands, it is `{kind}`.", kinds[0])
                } else if kinds.windows(2).all(|two| two[0] == two[1]) {
                    format!("`{}` is missing: it says what kind of {title} this is.", kinds[0])
                } else {
                    format!("This {title} does nothing: it needs one of {}.", list(kinds.iter().copied(), 8))
                };
                let inside = mapping.entries().next().filter(|_| place.name() == Some("runs"));
                let range = inside.map_or_else(|| head(place), |entry| entry.key.range());
                let fix = kind.and_then(|(_, kind)| {
                    let (title, value) = (format!("Add `{}: {kind}`", kinds[0]), Value::from(kind));
                    cx.insert(title, &cx.tags.path(at), kinds[0], &value, "")
                });
                out.push(RULE.at(range, message).about(cx.tags.path(at)).with_fix(fix));
            }
            continue;
        };
        for field in map.fields.iter().filter(|field| field.required && mapping.get(field.key).is_none()) {
            // What stands above the first key of the document is a part of it, too.
            let mut range = mapping.entry_range();
            range.start = if place.key.is_none() && place.parent == at { 0 } else { range.start };
            if mapping.get("<<").is_some() || cx.may_hold(range, &[field.key]) {
                continue;
            }
            // A key beside it that is meant to be this one is told, and renamed by its own fix.
            if is_misspelt(cx, &mut misspelt, mapping, &[field.key]) {
                continue;
            }
            let message = format!(
                "`{}` is missing: {} needs it. {}",
                field.key,
                with_article(map.title),
                first_sentence(field.doc)
            );
            let using = mapping.entry("using").map(|using| using.key.range());
            let fix = start(field.key).and_then(|value| {
                cx.insert(
                    format!("Add `{}: {value}`", field.key),
                    &cx.tags.path(at),
                    field.key,
                    &Value::from(value),
                    before(map, field.key),
                )
            });
            let about = cx.tags.path(at).child(field.key);
            let finding = RULE.at(using.unwrap_or_else(|| head(place)), message);
            // Runners load an action without it.
            let idle = cx.kind == FileKind::Action && field.key == "description";
            let severity = if idle { Severity::Warning } else { RULE.severity };
            out.push(finding.with_severity(severity).about(about).with_fix(fix));
        }
    }
}

/// The key that only one kind of a mapping needs, and the newest value that says so.
fn told_kind(field: &Field, mapping: Node<'_>) -> Option<(&'static str, &'static str)> {
    let mut signs = field.maps.iter().filter_map(|map| {
        let (kind, others) = map.fields.split_first()?;
        let sign = others.iter().find(|key| key.required && mapping.get(key.key).is_some())?;
        Some((sign.key, *kind.values.list().last()?))
    });
    signs.next().filter(|_| signs.next().is_none())
}

/// Whether a key of the mapping that is not known is meant to be one of these.
pub(super) fn is_misspelt<'t>(
    cx: &Cx<'t>,
    all: &mut Option<Vec<Unknown<'t>>>,
    mapping: Node<'t>,
    keys: &[&str],
) -> bool {
    let all = all.get_or_insert_with(|| unknown(cx));
    all.iter().filter(|other| other.mapping.range() == mapping.range()).any(|other| {
        let meant = other.other_case.or_else(|| other.meant());
        meant.is_some_and(|meant| keys.contains(&meant))
    })
}

/// Outputs of a composite action that say not where their value comes from.
fn empty_outputs(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let composite = cx.action.using.as_ref().is_some_and(|using| using.value == "composite");
    for (at, place) in cx.places().iter().enumerate().filter(|_| composite) {
        let node = place.node.resolve();
        let output = place.map.is_some_and(|map| map.name == "outputs.<output_id>");
        let written = node.kind() == Kind::Mapping || node.is_null();
        if !output || !written || cx.has_key(&cx.tags.path(at), "value") || node.get("<<").is_some() {
            continue;
        }
        let misspelt = unknown(cx);
        if misspelt.iter().any(|other| other.mapping.range() == node.range() && other.meant() == Some("value"))
            || cx.may_hold(place.node.entry_range(), &["value"])
        {
            continue;
        }
        let name = place.name().unwrap_or_default();
        let message = format!(
            "The output `{name}` has no `value`, so it is always empty: say where it comes from, as with \
             `value: ${{{{ steps.<id>.outputs.{name} }}}}`."
        );
        let about = cx.tags.path(at).child("value");
        out.push(RULE.at(head(place), message).with_severity(Severity::Hint).about(about));
    }
}

/// What to begin with for a key whose value is mostly the same.
fn start(key: &str) -> Option<&'static str> {
    match key {
        "runs-on" => Some("ubuntu-latest"),
        "shell" => Some("bash"),
        "type" => Some("string"),
        _ => None,
    }
}

/// The key that comes before `key` in the order of the table.
fn before(map: &Map, key: &str) -> &'static str {
    let at = map.fields.iter().position(|field| field.key == key).unwrap_or_default();
    map.fields[..at].last().map_or("", |field| field.key)
}

/// Where a mapping is announced: its key, else its first key.
pub(super) fn head(place: &Place<'_>) -> TextRange {
    if let Some(key) = place.key {
        return key.range();
    }
    let mapping = place.node.resolve();
    mapping.entries().next().map_or(mapping.range(), |entry| entry.key.range())
}

fn first_sentence(doc: &str) -> &str {
    doc.find(". ").map_or(doc, |end| &doc[..=end])
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_key_in_the_wrong_case_or_with_a_slip_is_told_once() {
        check(
            "on: push
concurrency:
  Group: release
  ^^^^^ key-case: group
job:
^^^ unknown-key: did you mean `jobs`
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn what_an_action_has_tells_how_it_runs() {
        let with = |runs: &str| format!("#: action.yml\nname: A\ndescription: B\nruns:\n{runs}");
        for (keys, using) in [
            ("  steps:\n    - run: make\n      shell: bash\n", "composite"),
            ("  image: docker://alpine\n", "docker"),
        ] {
            let before = with(keys);
            let after = with(&format!("  using: {using}\n{keys}")).replace("#: action.yml\n", "");
            crate::lint::testing::check_fix("missing-key", &before, &after);
        }
        check(&with("  pre: a.js\n  ^^^ missing-key: `using` is missing: it says what kind\n"));
    }

    #[test]
    fn what_a_step_does_may_be_misspelt() {
        check(
            "on: push
jobs:
  build:
    Runs-On: ubuntu-latest
    ^^^^^^^ key-case: runs-on
    steps:
      - use: actions/checkout@v5
        ^^^ unknown-key: did you mean `uses`
      - Run: make
        ^^^ key-case: run
",
        );
    }

    #[test]
    fn the_first_line_may_be_what_is_missing() {
        let jobs = "jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        check(&format!(" on: push\n ^^^^^^^^ syntax-error: deeper\n{jobs}"));
        check(&format!("on push\n^^ syntax-error: A colon is missing behind `on`\n{jobs}"));
    }

    #[test]
    fn an_output_of_a_composite_action_needs_a_value() {
        let text = |using: &str| {
            format!("#: action.yml\nname: A\ndescription: B\noutputs:\n  full:\n    value: ${{{{ github.sha }}}}\n  bare:\n    description: C\n{using}")
        };
        let mark = "  ^^^^ missing-key: The output `bare` has no `value`\n";
        let composite = text("runs:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n");
        check(&composite.replace("  bare:\n", &format!("  bare:\n{mark}")));
        let other = text("runs:\n  using: docker\n  image: docker://alpine\n").replace("    value: ${{ github.sha }}\n", "    description: D\n");
        check(&other);
    }

    #[test]
    fn what_cannot_be_read_may_be_what_is_missing() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: Build
       run: make
       ^^^^^^^^^ syntax-error: no `-`
      - name: By a tab
\trun: make
^ syntax-error: A tab
        env:
\t\tA: 1
^^ syntax-error: A tab
      - name: Deeper
        env:
        \tA: 1
^^^^^^^^^ syntax-error: A tab
        run: make
",
        );
    }

    #[test]
    fn an_action_without_a_description_runs() {
        let text = "name: A\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n";
        let mut env = crate::lint::testing::env();
        env.file_name = Some("action.yml".to_owned());
        let found = crate::Analysis::new(text, &env).into_findings();
        let told: Vec<_> = found.iter().map(|finding| (finding.rule, finding.severity)).collect();
        assert_eq!(told, [("missing-key", crate::Severity::Warning)]);
    }
}
