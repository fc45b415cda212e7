use stepladder_yaml::{Change, TextEdit, TextRange};

use crate::lint::{Cx, Rule};
use crate::schema::Widget;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "anchor-name",
    severity: Severity::Error,
    kind: "structure",
    title: "Name of an anchor that GitHub does not take",
    docs: "YAML lets an anchor have nearly any name, but GitHub refuses the file when there is a `+` in it. Letters, digits, \
           `-` and `_` are always right.",
    bad: "on: push\njobs:\n  build:\n    runs-on: &linux+x64 ubuntu-latest\n    steps:\n      - run: make\n  test:\n    runs-on: *linux+x64\n    steps:\n      - run: make test\n",
    good: "on: push\njobs:\n  build:\n    runs-on: &linux-x64 ubuntu-latest\n    steps:\n      - run: make\n  test:\n    runs-on: *linux-x64\n    steps:\n      - run: make test\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for anchor in cx.tree.anchors().filter(|anchor| anchor.name.contains('+')) {
        let name = anchor.name.replace('+', "-");
        let free = !cx.tree.anchors().any(|other| other.name == name);
        // The sign in front stays.
        let renamed = |range: stepladder_yaml::TextRange| Change {
            range: stepladder_yaml::TextRange { start: range.start + 1, ..range },
            insert: name.clone(),
        };
        let aliases = cx.tree.aliases().filter(|alias| alias.name == anchor.name).map(|alias| alias.range);
        let anchors = cx.tree.anchors().filter(|other| other.name == anchor.name).map(|other| other.range);
        let changes = anchors.chain(aliases).map(renamed).collect();
        let fix = TextEdit::new(changes).filter(|_| free).map(|edit| Fix::safe(format!("Rename it to `{name}`"), edit));
        let message = format!("GitHub does not take `+` in the name of an anchor: call `&{}` otherwise.", anchor.name);
        out.push(RULE.at(anchor.range, message).with_fix(fix));
    }
    for place in cx.places().iter().filter(|place| !place.through_alias) {
        let is_condition = place.field.is_some_and(|field| field.widget == Widget::Condition);
        let operator = place.node.anchor().filter(|anchor| is_condition && anchor.name.starts_with('&'));
        let Some(anchor) = operator else { continue };
        let message = "A condition cannot begin with `&&`, which is read as the name of an anchor and dropped: remove it, or write what stands before it.";
        // What would be a quote or a sign of YAML at the beginning needs quotes of its own.
        let is_word = place.node.source().starts_with(|c: char| c.is_ascii_alphanumeric());
        let edit = TextEdit::replace(TextRange::new(anchor.range.start, place.node.range().start), "");
        let fix = is_word.then(|| Fix::risky("Remove it", edit));
        out.push(RULE.at(anchor.range, message).with_severity(Severity::Warning).with_fix(fix));
    }
    for alias in cx.tree.aliases().filter(|alias| alias.name.contains('+')) {
        let message = format!("GitHub does not take `+` in the name that `*{}` repeats: call both otherwise.", alias.name);
        out.push(RULE.at(alias.range, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn an_operator_that_a_condition_begins_with_is_read_as_an_anchor() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    if: && github.ref == 'refs/heads/main'
        ^^ anchor-name: remove it
    steps:
      - run: make
        if: '&& github.actor'
             ^^ invalid-expression
",
        );
        let with = |condition: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        check_fix("anchor-name", &with("&& github.actor == 'x' # c"), &with("github.actor == 'x' # c"));
    }

    #[test]
    fn every_place_of_the_name_is_told() {
        check(
            "on: push
jobs:
  build:
    runs-on: &linux+x64 ubuntu-latest
             ^^^^^^^^^^ anchor-name: GitHub does not take `+`
    steps:
      - run: make
  test:
    runs-on: *linux+x64
             ^^^^^^^^^^ anchor-name: GitHub does not take `+`
    steps:
      - run: make test
",
        );
    }
}
