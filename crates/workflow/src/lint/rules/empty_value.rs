use stepladder_yaml::{Kind, Scalar};

use crate::lint::{Cx, Rule};
use crate::schema::Types;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "empty-value",
    severity: Severity::Error,
    kind: "structure",
    title: "Nothing where something must be",
    docs: "A key whose value is missing or empty. Where GitHub needs a value it refuses the file; elsewhere the key has \
           no effect, and most likely something was forgotten. To leave a setting out, remove the key too.",
    bad: "on: push\njobs:\n  build:\n    runs-on:\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        let Some(field) = place.field else { continue };
        if field.types == Types::ANY {
            continue;
        }
        let node = place.node.resolve();
        let empty = match node.kind() {
            Kind::Scalar => match node.scalar() {
                Some(Scalar::Null) => !field.types.has(Types::NULL),
                // Text in the place of a mapping names something.
                Some(Scalar::Str(text)) if field.widget.is_form() => text.is_empty(),
                Some(Scalar::Str(text)) => {
                    text.is_empty()
                        && (field.nonempty || field.values.closed() || !field.types.has(Types::STRING))
                }
                _ => false,
            },
            Kind::Sequence => node.is_empty() && field.types.has(Types::SEQUENCE),
            Kind::Mapping => {
                node.is_empty()
                    && field.types.has(Types::MAPPING)
                    && place.map.is_none_or(|map| map.name != "permissions")
            }
            Kind::Alias => false,
        };
        if !empty || cx.is_broken(node.entry_range()) {
            continue;
        }
        let refused = field.nonempty
            || field.required
            || (node.kind() == Kind::Scalar && field.values.closed())
            // A container is nothing without its image.
            || (node.kind() == Kind::Mapping && place.map.is_some_and(|map| map.named("image").is_some()))
            || (node.kind() == Kind::Scalar && !field.types.has(Types::STRING));
        // `{}` in the place of names that people choose is hardly written by accident.
        let named = place.map.is_some_and(|map| map.free.is_some()) && field.key != "matrix";
        let meant = node.kind() == Kind::Mapping && (named || field.key.starts_with('<'));
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
        } else {
            format!("{name} is empty and has no effect; give it a value or remove it.")
        };
        let range =
            if node.range().is_empty() { super::missing_key::head(place) } else { place.node.range() };
        let alone = cx.parent(place).is_some_and(|parent| parent.node.resolve().len() < 2);
        let fix = if refused || alone { None } else { cx.remove("Remove it", &cx.tags.path(at), false) };
        out.push(RULE.at(range, message).with_severity(severity).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

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
}
