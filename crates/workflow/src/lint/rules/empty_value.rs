use std::cell::OnceCell;

use stepladder_yaml::Kind;
use stepladder_yaml::edit::Value;

use super::missing_input::still_empty;
use crate::lint::{Cx, Rule};
use crate::schema::{Place, Types, Widget};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "empty-value",
    severity: Severity::Error,
    kind: "structure",
    title: "Nothing where something must be",
    docs: "A key whose value is missing or empty. Where GitHub needs a value it refuses the file; elsewhere the key has \
           no effect, or a variable or an input is an empty text, and most likely something was forgotten. To leave a setting out, remove the key too.",
    bad: "on: push\njobs:\n  build:\n    runs-on:\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    nameless(cx, out);
    // Of these it is told which action needs them.
    let needed = OnceCell::new();
    for (at, place) in cx.places().iter().enumerate() {
        let Some(field) = place.field else { continue };
        if field.types == Types::ANY {
            continue;
        }
        let node = place.node.resolve();
        let empty = match node.kind() {
            Kind::Scalar if node.is_null() => !field.types.has(Types::NULL),
            // Text in the place of a mapping names something.
            Kind::Scalar => {
                let says = field.nonempty || field.idle_when_empty || field.values.closed();
                // Blanks are no condition either.
                let blank = field.widget == Widget::Condition && node.as_str().is_some_and(|text| text.trim().is_empty());
                (node.is("") || blank) && (field.widget.is_form() || says || !field.types.has(Types::STRING))
            }
            Kind::Sequence => node.is_empty() && field.types.has(Types::SEQUENCE),
            Kind::Mapping => {
                node.is_empty()
                    && field.types.has(Types::MAPPING)
                    && place.map.is_none_or(|map| map.name != "permissions")
            }
            Kind::Alias => false,
        };
        // With a tag it is the tag that is told: who writes `!cancelled()` without quotes has left nothing out.
        let tagged = node.tag().is_some() && node.range().is_empty();
        if !empty || tagged || cx.is_torn(node.entry_range()) {
            continue;
        }
        // Where a text goes, GitHub reads nothing at all as an empty one.
        let text = node.kind() == Kind::Scalar && (!node.is_null() || field.types.has(Types::STRING));
        // Where a list of names may stand, GitHub takes one without any as well.
        let refused = no_combination(cx, place)
            || (field.nonempty && node.kind() != Kind::Sequence)
            || (field.required && !(text && field.idle_when_empty))
            || (node.kind() == Kind::Scalar && field.values.closed())
            // A container is nothing without its image.
            || (node.kind() == Kind::Mapping && place.map.is_some_and(|map| map.named("image").is_some()))
            || (node.kind() == Kind::Scalar && !field.types.has(Types::STRING));
        // Where any text is taken, none is as good as an empty one.
        let blank = node.is_null()
            && field.types.has(Types::STRING)
            && !field.idle_when_empty
            && !field.widget.is_form()
            && field.items.is_none()
            && !is_typed_default(cx, place);
        // No port and no volume is what a container has anyway.
        let none = node.kind() == Kind::Sequence && matches!(field.key, "ports" | "volumes");
        // GitHub gives a variable or an input that is nothing as an empty text, and who writes `null` there means that.
        let holder = cx.parent(place).filter(|_| node.is_null() && field.key.starts_with('<'));
        let holder = holder.filter(|holder| matches!(holder.name(), Some("env" | "with")));
        if holder.is_some() && !node.range().is_empty() {
            continue;
        }
        // What a workflow is called with has types.
        let is_given = holder.is_some_and(|holder| holder.map.is_none_or(|map| map.name != "jobs.<job_id>.with"));
        // Who writes `null` means nothing to be there.
        let written = node.is_null() && !node.range().is_empty() && !is_typed_default(cx, place);
        let meant = blank || none || written || (node.kind() == Kind::Mapping && field.key.starts_with('<'));
        if node.kind() == Kind::Mapping && field.types.has(Types::NULL) {
            continue;
        }
        let severity = match (refused, meant) {
            (true, _) => Severity::Error,
            (false, true) => Severity::Hint,
            (false, false) => Severity::Warning,
        };
        let name = place
            .name()
            .map_or_else(|| format!("This {}", field.title.to_lowercase()), |name| format!("`{name}`"));
        let message = if refused {
            format!("{name} is empty, and GitHub needs a value here.")
        } else if is_given {
            format!("{name} is empty, so it is an empty text; write `''` if that is meant, else give it a value.")
        } else {
            let way = if field.required { "give it a value" } else { "give it a value or remove it" };
            format!("{name} is empty and has no effect; {way}.")
        };
        let range =
            if node.range().is_empty() { super::missing_key::head(place) } else { place.node.range() };
        let is_input = cx.parent(place).is_some_and(|parent| parent.name() == Some("with"));
        if is_input && needed.get_or_init(|| still_empty(cx)).iter().any(|empty| empty.ranges.contains(&range)) {
            continue;
        }
        let alone = cx.parent(place).is_some_and(|parent| parent.node.resolve().len() < 2);
        let kept = refused || field.required || alone;
        let fix = match (is_given, kept) {
            (true, _) => cx.set("Write `''`", &cx.tags.path(at), &Value::from("")),
            (false, true) => None,
            (false, false) => cx.remove("Remove it", &cx.tags.path(at), false),
        };
        out.push(RULE.at(range, message).with_severity(severity).with_fix(fix));
    }
}

/// Whether GitHub finds nothing to combine: a matrix needs a dimension or `include`, and each dimension a value.
fn no_combination(cx: &Cx<'_>, place: &Place<'_>) -> bool {
    let is = |place: &Place<'_>| place.name() == Some("matrix") && place.map.is_some_and(|map| map.free.is_some());
    if place.node.resolve().kind() == Kind::Scalar {
        return false;
    }
    is(place)
        || cx.parent(place).filter(|parent| is(parent)).is_some_and(|matrix| match place.name() {
            Some("exclude") => false,
            Some("include") => matrix.node.resolve().entries().all(|entry| matches!(entry.name(), Some("include" | "exclude"))),
            _ => true,
        })
}

/// Whether it is the default of an input that takes no text.
fn is_typed_default(cx: &Cx<'_>, place: &Place<'_>) -> bool {
    let input = || cx.parent(place)?.node.resolve().get("type")?.as_str();
    place.name() == Some("default") && input().is_some_and(|kind| matches!(kind, "boolean" | "number" | "choice"))
}

/// Names that people choose, where an empty one is told by no rule about ids.
fn nameless(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places().iter().filter(|place| place.key.is_some_and(|key| key.is("")) && !place.through_alias) {
        let free = cx.parent(place).and_then(|parent| parent.map).filter(|map| map.free.is_some());
        let Some((map, key)) = free.zip(place.key) else { continue };
        if map.name != "jobs" && !matches!(map.name, "on.workflow_dispatch.inputs" | "on.workflow_call.inputs") {
            let message = format!("A name is empty among the {}; write one, or remove the entry.", map.title);
            out.push(RULE.at(key.range(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::lint::testing::{analyse, check, env};

    #[test]
    fn a_matrix_has_something_to_combine() {
        check(
            "on: push
jobs:
  row:
    strategy: {matrix: {node: []}}
                              ^^ empty-value: `node` is empty, and GitHub needs a value here
    runs-on: ubuntu-latest
    steps: [{run: make}]
  whole:
    strategy: {matrix: {}}
                       ^^ empty-value: `matrix` is empty, and GitHub needs a value here
    runs-on: ubuntu-latest
    steps: [{run: make}]
  added:
    strategy: {matrix: {include: []}}
                                 ^^ empty-value: `include` is empty, and GitHub needs a value here
    runs-on: ubuntu-latest
    steps: [{run: make}]
  more:
    strategy: {matrix: {node: [1, 2], include: []}}
                                               ^^ empty-value: `include` is empty and has no effect
    runs-on: ubuntu-latest
    steps: [{run: make}]
",
        );
    }

    #[test]
    fn no_word_is_none_of_the_words() {
        check(
            "on:
  issues:
    types: ['']
            ^^ empty-value: GitHub needs a value
permissions:
  contents:
  ^^^^^^^^ empty-value: GitHub needs a value
jobs:
  build:
    runs-on: ubuntu-latest
    container: {}
               ^^ empty-value: GitHub needs a value
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_list_without_names_is_as_good_as_none() {
        check(
            "on:
  push:
    branches: []
              ^^ empty-value: `branches` is empty and has no effect
    tags:
    ^^^^ empty-value: GitHub needs a value
jobs:
  build:
    needs: []
           ^^ empty-value: `needs` is empty and has no effect
    runs-on: []
             ^^ empty-value: GitHub needs a value
    steps:
      - run: make
",
        );
        let severity = |needs: &str| {
            let text = format!("on: push\njobs:\n  a:\n    needs: {needs}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
            analyse(&text, &env()).findings()[0].severity
        };
        assert_eq!((severity("[]"), severity("''")), (Severity::Warning, Severity::Error));
    }

    #[test]
    fn no_text_is_a_default_only_of_a_text() {
        let severity = |kind: &str| {
            let text = format!(
                "on:\n  workflow_call:\n    inputs:\n      a:\n        type: {kind}\n        default:\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ inputs.a }}}}\n"
            );
            analyse(&text, &env()).findings()[0].severity
        };
        assert_eq!(["string", "number", "boolean"].map(severity), [Severity::Hint, Severity::Warning, Severity::Warning]);
    }

    #[test]
    fn no_interface_is_an_empty_one() {
        check(
            "on:
  workflow_dispatch:
    inputs:
  workflow_call:
    inputs:
    secrets:
    outputs:
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_text_that_says_nothing() {
        check(
            "run-name: ''
          ^^ empty-value: `run-name` is empty and has no effect
on:
  pull_request:
    types: ''
           ^^ empty-value: `types` is empty, and GitHub needs a value here
permissions:
  contents: ''
            ^^ empty-value: `contents` is empty, and GitHub needs a value here
jobs:
  build:
    name: ''
    runs-on: ubuntu-latest
    env: {}
         ^^ empty-value: `env` is empty and has no effect
    steps:
      - run: make
        if: ' '
            ^^^ empty-value: `if` is empty and has no effect
      - run: ''
             ^^ empty-value: `run` is empty and has no effect
        if: ''
            ^^ empty-value: `if` is empty and has no effect
        env:
          A: ''
          '': a
          ^^ empty-value: A name is empty among the environment variables of the step
",
        );
    }

    #[test]
    fn nothing_as_a_variable_or_an_input_is_an_empty_text() {
        check(
            "on: push
env:
  A: null
  B: ~
  C:
  ^ empty-value: `C` is empty, so it is an empty text
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          ref: null
          path:
          ^^^^ empty-value: `path` is empty, so it is an empty text
",
        );
    }

    #[test]
    fn who_writes_null_means_it() {
        let severity = |value: &str| {
            let text = format!(
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container:{value}\n    steps:\n      - run: make\n"
            );
            analyse(&text, &env()).findings()[0].severity
        };
        assert_eq!((severity(" null"), severity("")), (Severity::Hint, Severity::Warning));
    }
}
