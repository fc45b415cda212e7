use std::collections::BTreeSet;

use stepladder_yaml::{Kind, Named, TextEdit, TextRange};

use super::yaml_tag::is_negation;
use crate::lint::{Cx, Rule};
use crate::schema::Widget;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unused-anchor",
    severity: Severity::Warning,
    kind: "structure",
    title: "Anchor that nothing refers to",
    docs: "An anchor (`&name`) gives a value a name so that an alias (`*name`) can repeat it. Without an alias it does \
           nothing: remove it, or look for a slip in the alias that should use it.",
    bad: "on: push\nenv: &common\n  A: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nenv: &common\n  A: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    env: *common\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    // An alias may stand in what could not be read, and one that names no anchor may mean this one. One inside its own
    // anchor names it well enough.
    let in_own: BTreeSet<&str> = cx
        .tree
        .problems()
        .iter()
        .filter_map(|problem| cx.tree.text()[problem.range.to_usize()].strip_prefix('*'))
        .collect();
    let slip = in_own.iter().any(|name| !cx.tree.anchors().any(|anchor| anchor.name == *name));
    if slip {
        return;
    }
    let all: BTreeSet<(&str, u32)> =
        cx.tree.anchors().map(|anchor| (anchor.name, anchor.range.start)).collect();
    // An alias means the last anchor of its name above it.
    let used: BTreeSet<(&str, u32)> = cx
        .tree
        .aliases()
        .filter_map(|alias| all.range((alias.name, 0)..(alias.name, alias.range.start)).next_back())
        .copied()
        .collect();
    let idle = |name: &str, start: u32| {
        !in_own.contains(name) && !used.contains(&(name, start)) && !cx.is_torn_alias(name)
    };
    // `&&` and what else stands in a condition that lacks its quotes is no anchor.
    let negations: Vec<TextRange> = cx
        .places()
        .iter()
        .filter(|place| place.field.is_some_and(|field| field.widget == Widget::Condition))
        .filter(|place| is_negation(&place.node))
        .map(|place| place.node.full_range())
        .collect();
    let meant = |anchor: &Named<'_>| {
        !anchor.name.starts_with('&') && !negations.iter().any(|range| range.covers(anchor.range))
    };
    for anchor in cx.tree.anchors().filter(|anchor| idle(anchor.name, anchor.range.start) && meant(anchor)) {
        let mut range = anchor.range;
        let text = cx.tree.text();
        while text.as_bytes().get(range.end as usize) == Some(&b' ') {
            range.end += 1;
        }
        // At the end of a line the blanks before it would be left over.
        if text[range.end as usize..].chars().next().is_none_or(|next| matches!(next, '\n' | '\r')) {
            let before = &text[..range.start as usize];
            let blanks = before.len() - before.trim_end_matches(' ').len();
            let own_line = before.trim_end_matches(' ').ends_with('\n');
            range.start -= if own_line { 0 } else { u32::try_from(blanks).unwrap_or_default() };
        }
        // Before a text without quotes it may be a part of that: `&./run`, `&Deploy to it`.
        let is_name = anchor.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let is_text = anchor.node.kind() == Kind::Scalar
            && !anchor.node.is_null()
            && !anchor.node.source().starts_with(['"', '\'', '|', '>']);
        let edit = is_name.then(|| TextEdit::replace(range, ""));
        let title = "Remove the anchor";
        let fix = edit.map(|edit| if is_text { Fix::risky(title, edit) } else { Fix::safe(title, edit) });
        out.push(
            RULE.at(
                anchor.range,
                format!("The anchor `&{}` is never used; remove it, or use it with `*{0}`.", anchor.name),
            )
            .with_fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    const REST: &str = "jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";

    #[test]
    fn marks_the_anchor() {
        check(&format!("on: &x push\n    ^^ unused-anchor: never used\n{REST}"));
    }

    #[test]
    fn an_alias_in_a_line_that_cannot_be_read_is_one() {
        for (alias, told) in [("*y", 1), ("*x", 1), ("*z", 2)] {
            let text = format!("on: push\nenv:\n  A: &x 1\n  B: &y 2\n{}", REST.replace("ubuntu-latest", &format!("[a, {alias}")));
            let found = crate::Analysis::new(text.as_str(), &crate::Env::default()).into_findings();
            let idle = found.iter().filter(|finding| finding.rule == "unused-anchor").count();
            assert_eq!(idle, told, "{text}{found:#?}");
        }
    }

    #[test]
    fn a_second_anchor_of_the_name_takes_its_place() {
        check(
            "on: push
env:
  A: &x 1
     ^^ unused-anchor: never used
  B: &x 2
  C: *x
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn an_alias_in_its_own_anchor_is_no_reason_to_look_away() {
        check(
            "on: push
jobs:
  build: &job
         ^^^^ unused-anchor: never used
    runs-on: ubuntu-latest
    env: &own
      A: *own
         ^^^^ syntax-error: stands inside the value that it repeats
    steps:
      - run: make
",
        );
    }

    #[test]
    fn removes_it() {
        check_fix("unused-anchor", &format!("on: &x push # why\n{REST}"), &format!("on: push # why\n{REST}"));
        check_fix(
            "unused-anchor",
            &format!("on: push\nenv:  &x \n  A: 1\n{REST}"),
            &format!("on: push\nenv:\n  A: 1\n{REST}"),
        );
    }

    #[test]
    fn a_slip_in_an_alias_is_told_once() {
        check(
            "on: push
jobs:
  build:
    runs-on: &system ubuntu-latest
    steps:
      - run: make
  test:
    runs-on: *sytem
             ^^^^^^ syntax-error: No anchor `&sytem`
    steps:
      - run: make test
",
        );
    }
}
