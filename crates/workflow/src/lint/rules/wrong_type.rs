use stepladder_yaml::edit::Value;
use stepladder_yaml::{Kind, Node, Scalar, ScalarStyle, TextEdit, TextRange};

use crate::expr;
use super::default_type::truth;
use super::invalid_expression::NO_SIGN;
use super::unknown_key::is_foreign;
use crate::lint::{Cx, Rule};
use crate::schema::{Field, Place, Types};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    kind: "structure",
    title: "Value of the wrong kind",
    docs: "Each key takes values of certain kinds: text, a number, `true` or `false`, a list, or a mapping. GitHub refuses \
           a value of another kind. Only `true` and `false` are booleans: `yes`, `no`, `on` and `off` are texts. A \
           mapping that is written as text must be exactly one `${{ }}`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: ten\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 10\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        if let Some(edit) = without_sign(cx, place) {
            out.push(RULE.at(place.node.range(), NO_SIGN).with_fix(Fix::risky("Add the `$`", edit)));
            continue;
        }
        for key in place.node.resolve().entries().map(|entry| entry.key).filter(|_| !place.through_alias) {
            let found = match key.kind() {
                Kind::Mapping => "a mapping",
                Kind::Sequence => "a list",
                Kind::Scalar | Kind::Alias => continue,
            };
            out.push(RULE.at(key.range(), format!("A key must be text, but this is {found}.")));
        }
        let Some(field) = place.field else { continue };
        if let Some(found) = mismatch(place, field) {
            // What could not be read makes it look like another kind.
            if cx.is_torn(place.node.entry_range()) {
                continue;
            }
            if settings_of_plain_event(place, field, out) {
                continue;
            }
            let name = match place.name() {
                Some(name) => format!("`{name}`"),
                None => format!("Each {} of this list", field.title.to_lowercase()),
            };
            let wanted = join(&field.types.names());
            let node = place.node.resolve();
            let single = field.ctx.allows_expressions()
                && !field.types.has_scalar()
                && node.as_str().is_some_and(expr::has_expression);
            let hint = if single { ", or exactly one `${{ }}` without text around it" } else { "" };
            let range =
                if !node.range().is_empty() { place.node.range() } else { super::missing_key::head(place) };
            let fix = unquoted(node, field.types)
                .or_else(|| meant(place, field.types))
                .or_else(|| as_mapping(cx, at, field))
                .or_else(|| only_item(cx, at, field));
            let several = node.kind() == Kind::Sequence && node.len() > 1 && field.types.has(Types::STRING);
            let hint = match fix.as_ref().and_then(|fix| fix.title.strip_prefix("Write ")) {
                Some(word) => format!("{hint}: write {word}"),
                None if several => format!("{hint}, but this is {found}: choose one of its items"),
                None => format!("{hint}, but this is {found}"),
            };
            let finding = RULE.at(range, format!("{name} must be {wanted}{hint}."));
            // The runner does not read it, whatever stands there.
            let idle = cx.kind == FileKind::Action && field.key == "required" && node.kind() == Kind::Scalar;
            let severity = if idle { Severity::Warning } else { RULE.severity };
            out.push(finding.with_severity(severity).with_fix(fix));
        }
    }
}

/// Adds the sign that an expression in `{{ }}` lacks, which YAML reads as a mapping whose key is one.
fn without_sign(cx: &Cx<'_>, place: &Place<'_>) -> Option<TextEdit> {
    let node = place.node;
    if node.kind() != Kind::Mapping || place.through_alias {
        return None;
    }
    let inner = node.source().strip_prefix("{{")?.strip_suffix("}}")?;
    let parsed = expr::parse(inner);
    let sound = parsed.ast.is_some() && parsed.errors.is_empty();
    let edit = TextEdit::replace(TextRange::empty(node.range().start), "$");
    // In brackets it would need quotes as well.
    let reads = |edit: &TextEdit| {
        cx.tree.parse_alike(edit.apply(cx.tree.text())).problems().len() <= cx.tree.problems().len()
    };
    Some(edit).filter(|edit| sound && reads(edit))
}

/// The boolean that a word is meant to be.
fn meant(place: &Place<'_>, types: Types) -> Option<Fix> {
    let node = place.node;
    let own = node.kind() == Kind::Scalar && node.scalar_style() == Some(ScalarStyle::Plain) && !place.through_alias;
    let word = node.as_str().filter(|text| own && !matches!(*text, "0" | "1") && types.has(Types::BOOL))?;
    let truth = truth(word).filter(|_| node.anchor().is_none() && node.tag().is_none())?;
    Some(Fix::risky(format!("Write `{truth}`"), TextEdit::replace(node.range(), truth)))
}

/// A list of keys of the mapping that belongs there, each with the first of the few values that it can have.
fn as_mapping(cx: &Cx<'_>, at: usize, field: &Field) -> Option<Fix> {
    let place = cx.places().get(at).filter(|place| !place.through_alias && !place.node.is_empty())?;
    let entry = |item: Node<'_>| {
        let key = item.as_str()?;
        let own = field.maps.iter().find_map(|map| map.named(key)).filter(|own| own.values.closed())?;
        Some(format!("{key}: {}", own.values.list().first()?))
    };
    let entries = place.node.items().map(entry).collect::<Option<Vec<String>>>()?;
    let is_flow = place.node.source().starts_with('[') && !place.node.source().contains('\n');
    let mapping = format!("{{{}}}", entries.join(", "));
    let plain = is_flow && !entries.is_empty() && place.node.anchor().is_none();
    plain.then(|| Fix::risky(format!("Write `{mapping}`"), TextEdit::replace(place.node.range(), mapping)))
}

/// The text that is the only item of a list, where that is allowed.
fn only_item(cx: &Cx<'_>, at: usize, field: &Field) -> Option<Fix> {
    let place = cx.places().get(at).filter(|place| !place.through_alias && field.types.has(Types::STRING))?;
    let text = only_text(place.node)?.as_str().filter(|text| !text.contains(['`', '\n']))?;
    if field.values.closed() && !field.values.list().contains(&text) {
        return None;
    }
    cx.set(format!("Write `{text}`"), &cx.tags.path(at), &Value::Str(text.to_owned()))
}

/// The only item of a list, if it is a text.
pub(super) fn only_text(list: Node<'_>) -> Option<Node<'_>> {
    let mut items = list.items();
    let item = items.next().filter(|item| item.kind() == Kind::Scalar && !item.is_empty_value())?;
    items.next().is_none().then_some(item)
}

/// Takes the quotes away of what would be right without them.
fn unquoted(node: Node<'_>, types: Types) -> Option<Fix> {
    if !matches!(node.scalar_style()?, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
        return None;
    }
    let text = node.as_str()?;
    let boolean = matches!(text, "true" | "false") && types.has(Types::BOOL);
    let number = !text.is_empty()
        && text.len() < 10
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && types.has(Types::NUMBER);
    (boolean || number)
        .then(|| Fix::risky("Take the quotes away", TextEdit::replace(node.range(), text)))
}

/// The settings of an event that has none: each is marked, or the event where it is no filter.
fn settings_of_plain_event(place: &Place<'_>, field: &Field, out: &mut Vec<Finding>) -> bool {
    let node = place.node.resolve();
    if field.types != Types::NULL || node.kind() != Kind::Mapping || node.is_empty() || place.through_alias {
        return false;
    }
    for entry in node.entries().take(MAX) {
        let marked = place.key.filter(|_| is_foreign(entry)).unwrap_or(entry.key);
        let message = format!("The event `{}` has no settings: remove `{}`.", field.key, entry.key.source());
        out.push(RULE.at(marked.range(), message));
    }
    true
}

/// Most settings that are told of one event.
const MAX: usize = 100;

fn join(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// What the value is, when its field does not take that.
fn mismatch(place: &Place<'_>, field: &Field) -> Option<&'static str> {
    let types = field.types;
    if types == Types::ANY {
        return None;
    }
    let node = place.node.resolve();
    match node.kind() {
        Kind::Mapping => (!types.has(Types::MAPPING)).then_some("a mapping"),
        Kind::Sequence => (!types.has(Types::SEQUENCE)).then_some("a list"),
        Kind::Alias => None,
        // Any scalar is a text, too.
        Kind::Scalar if types.has(Types::STRING) => None,
        Kind::Scalar => {
            let text = node.as_str().unwrap_or_default();
            if field.ctx.allows_expressions() && expr::whole(text.trim()).is_some() {
                // Even a blank or a line break beside the braces makes a text of what the expression gives.
                let whole = expr::whole(text).is_some();
                return (!whole).then_some("an expression with a blank or a line break beside it, which makes a text");
            }
            match node.scalar()? {
                // Emptiness has a rule of its own.
                Scalar::Null => None,
                Scalar::Str("") => None,
                Scalar::Bool(_) => (!types.has(Types::BOOL)).then_some("a boolean"),
                Scalar::Number(_) => (!types.has(Types::NUMBER)).then_some("a number"),
                Scalar::Str(_) => Some("a text"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_broken_item_is_no_part_of_the_value_above_it() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
        timeout-minutes: ten
                         ^^^ wrong-type: must be a number
      - uses: [actions/checkout@v5
              ^^^^^^^^^^^^^^^^^^^^ syntax-error: never closed
",
        );
    }

    #[test]
    fn a_blank_makes_a_text_of_an_expression() {
        check(
            "on: push
env: '${{ fromJSON(vars.ALL) }} '
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-type: with a blank or a line break beside it
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: ' ${{ 5 }}'
                     ^^^^^^^^^^^ wrong-type: with a blank or a line break beside it
    strategy:
      fail-fast: |-
        ${{ true }}
      matrix: >
              ^ wrong-type: with a blank or a line break beside it
        ${{ fromJSON(vars.ALL) }}
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_slip_in_the_yaml_is_told_once() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      level:
        description Level
          type: string
          ^^^^^^^^^^^^ syntax-error: indented deeper than the one above
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      - A: b
      C: d
      ^^^^ syntax-error: has no `-`
    steps:
      - run: make ${{ inputs.level }}
",
        );
    }

    #[test]
    fn a_text_for_required_does_not_stop_an_action() {
        let action = "name: A\ndescription: B\ninputs:\n  level:\n    description: C\n    required: 'true'\nruns:\n  using: node24\n  main: main.js\n";
        let mut env = crate::lint::testing::env();
        env.file_name = Some("action.yml".to_owned());
        let found = crate::Analysis::new(action, &env).into_findings();
        let told: Vec<_> = found.iter().map(|finding| (finding.rule, finding.severity)).collect();
        assert_eq!(told, [("wrong-type", crate::Severity::Warning)]);
    }

    #[test]
    fn braces_without_their_sign_are_an_expression() {
        let with = |condition: &str, env: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition} # why\n        env:\n          A: {env}\n")
        };
        let right = with("${{ github.actor == 'x' }}", "${{ github.sha }}");
        crate::lint::testing::check_fix("wrong-type", &right.replacen('$', "", 1), &right);
        crate::lint::testing::check_fix("wrong-type", &with("github.actor == 'x'", "{{ github.sha }}"), &with("github.actor == 'x'", "${{ github.sha }}"));
        check(
            "on: push
jobs:
  build:
    runs-on: {{ vars.RUNNER }}
             ^^^^^^^^^^^^^^^^^ wrong-type: `$` is missing
    steps:
      - run: make
        if: {{ always() }}
            ^^^^^^^^^^^^^^ wrong-type: `$` is missing
",
        );
    }

    #[test]
    fn a_sentence_begins_with_a_capital_letter() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run make
        ^^^^^^^^ wrong-type: Each step of this list must be a mapping
",
        );
    }

    #[test]
    fn keys_are_texts() {
        check(
            "on: push
env:
  ? [a, b]
    ^^^^^^ wrong-type: A key must be text, but this is a list.
  : c
jobs:
  build:
    runs-on: ubuntu-latest
    ? {a: b}
      ^^^^^^ wrong-type: A key must be text, but this is a mapping.
    : c
    steps:
      - run: make
",
        );
    }

    #[test]
    fn each_setting_of_an_event_that_has_none() {
        check(
            "on:
  create:
  ^^^^^^ wrong-type: The event `create` has no settings: remove `types`.
    branches: [a]
    ^^^^^^^^ wrong-type: The event `create` has no settings: remove `branches`.
    tags: [v1]
    ^^^^ wrong-type: The event `create` has no settings: remove `tags`.
    types: [created]
  repository_dispatch:
    types: deploy
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn quotes_that_make_a_text_of_it_go() {
        let with = |value: &str| {
            format!("on: push\njobs:\n  a:\n    strategy:\n      fail-fast: {value}\n      matrix:\n        v: [1, 2]\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ matrix.v }}}}\n")
        };
        crate::lint::testing::check_fix("wrong-type", &with("\"false\" # why"), &with("false # why"));
    }

    #[test]
    fn a_word_becomes_the_boolean_that_is_meant() {
        let with = |value: &str| {
            format!("on: push\nconcurrency:\n  group: a\n  cancel-in-progress: {value} # why\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        crate::lint::testing::check_fix("wrong-type", &with("no"), &with("false"));
        crate::lint::testing::check_fix("wrong-type", &with("Yes"), &with("true"));
    }

    #[test]
    fn a_list_of_keys_becomes_a_mapping_of_them() {
        let with = |permissions: &str| {
            format!("on: push\npermissions:{permissions} # why\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        crate::lint::testing::check_fix("wrong-type", &with(" [contents]"), &with(" {contents: read}"));
        crate::lint::testing::check_fix(
            "wrong-type",
            &with(" [contents, id-token]"),
            &with(" {contents: read, id-token: write}"),
        );
        crate::lint::testing::check_fix("wrong-type", &with(" [read-all]"), &with(" read-all"));
        check(
            "on: push
permissions: [content]
             ^^^^^^^^^ wrong-type: must be text or a mapping of keys and values, but this is a list.
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn of_a_list_in_the_place_of_a_text_its_item_is_taken() {
        let with = |group: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on:\n      group:{group}\n    steps:\n      - run: make\n")
        };
        crate::lint::testing::check_fix("wrong-type", &with(" [large] # why"), &with(" large # why"));
        crate::lint::testing::check_fix("wrong-type", &with("\n        - large"), &with(" large"));
        check(
            "on: push
jobs:
  a:
    runs-on:
      groups: [large]
      ^^^^^^ unknown-key: did you mean `group`? It may have `group`, `labels`.
    steps:
      - run: make
  b:
    runs-on:
      group: [large, small]
             ^^^^^^^^^^^^^^ wrong-type: `group` must be text, but this is a list: choose one of its items.
    steps:
      - run: make
",
        );
    }
}
