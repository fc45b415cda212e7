use stepladder_yaml::edit::{self, Value};
use stepladder_yaml::{Path, Scalar, Step, TextEdit};

use crate::edits::is_off;
use crate::expr::{self, Code};
use crate::lint::scope::Wrong;
use crate::lint::{Cx, Rule};
use crate::schema::{Place, Widget};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "constant-condition",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Condition that never changes",
    docs: "The condition asks for nothing that could be different from run to run, so it is always the same. Remove an `if` \
           that is always true; remove or comment out the step or job whose `if` is always false. Stepladder's editor shows a step \
           or job whose `if` is `false`, alone or before the rest in brackets, as switched off, and does not report it; the command \
           line does.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: 1 == 2\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: github.run_attempt == '1'\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    spelt(cx, out);
    for (index, at) in cx.exprs.iter().enumerate().filter(|(_, at)| at.whole && !at.unclosed) {
        let Some(place) = cx.places().get(at.place) else { continue };
        let condition = place.field.is_some_and(|field| field.widget == Widget::Condition);
        let Some(ast) = at.parsed.ast.as_ref().filter(|_| condition && at.parsed.is_clear()) else {
            continue;
        };
        // Of a context that there is not, nobody knows what it is meant to be.
        let strange = |wrong: &Wrong| wrong.expr == index && wrong.error.code == Code::UnknownContext;
        if cx.wrong().iter().any(strange) {
            continue;
        }
        let text = place.node.as_str().and_then(expr::literal).filter(|text| !text.trim().is_empty());
        let truth = match &text {
            Some(text) => {
                let inner = expr::parse(text);
                let known = inner.errors.is_empty().then_some(inner.ast).flatten();
                let Some(truth) = known.and_then(|ast| expr::fold(&ast)).and_then(|value| value.truth()) else {
                    let message = "GitHub takes the text in the quotes for the condition itself: write it without quotes and braces, \
                                   or compare it with something.";
                    out.push(RULE.at(place.node.range(), message));
                    continue;
                };
                Some(truth)
            }
            None => expr::truth(ast),
        };
        let Some(truth) = truth else { continue };
        // The way to switch something off, also by the form.
        let is_off = place.node.as_str().is_some_and(is_off);
        if is_off && cx.env.shows_switches && has_switch(&cx.tags.path(at.place)) {
            continue;
        }
        let mut found = if truth && expr::asks_status(ast) {
            let message = "This condition is always true, also after a failure and when the run is cancelled: write `always()`.";
            let title = "Write `always()`";
            let fix = match edit::written_as(&place.node, "always()") {
                _ if place.through_alias => None,
                Some(written) => Some(Fix::risky(title, TextEdit::replace(place.node.range(), written))),
                None => cx.set(title, &cx.tags.path(at.place), &Value::from("always()")),
            };
            RULE.at(place.node.range(), message).with_fix(fix)
        } else {
            always(cx, at.place, place, truth)
        };
        if text.is_none() && expr::fold(ast).is_none() {
            // What is beside the part that decides may be kept for later.
            found.severity = Severity::Hint;
        }
        if is_off {
            found.message = "This condition is always false: this is switched off.".to_owned();
        }
        out.push(found);
    }
}

/// Whether that is the condition of a job or of a step.
fn has_switch(condition: &Path) -> bool {
    match condition.steps() {
        [Step::Key(jobs), Step::Key(_), Step::Key(_)] => jobs == "jobs",
        steps => matches!(steps, [.., Step::Index(_), Step::Key(_)]),
    }
}

/// `True` and the like are booleans of YAML, though no words of an expression.
fn spelt(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        let node = place.node.resolve();
        if place.field.is_some_and(|field| field.widget == Widget::Condition)
            && let Some(Scalar::Bool(truth)) = node.scalar()
            && !matches!(node.as_str(), Some("true" | "false"))
        {
            out.push(always(cx, at, place, truth));
        }
    }
}

fn always(cx: &Cx<'_>, at: usize, place: &Place<'_>, truth: bool) -> Finding {
    let advice = if truth { "remove it" } else { "this never runs" };
    let fix = if truth { cx.remove("Remove the condition", &cx.tags.path(at), false) } else { None };
    RULE.at(place.node.range(), format!("This condition is always {truth}: {advice}.")).with_fix(fix)
}

#[cfg(test)]
mod tests {
    use crate::Env;
    use crate::lint::testing::{analyse, check, check_fix};

    #[test]
    fn what_is_switched_off_is_told_where_no_switch_shows_it() {
        let text = |condition: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        let told = |condition: &str, shows_switches: bool| {
            let a = analyse(&text(condition), &Env { shows_switches, ..Env::default() });
            let found = a.findings().iter().find(|finding| finding.rule == "constant-condition");
            found.map(|finding| finding.message.clone())
        };
        for condition in ["false", "${{ false }}", "'false'", "false && (github.sha == 'a')"] {
            assert!(told(condition, false).is_some_and(|told| told.contains("this is switched off")), "{condition}");
            assert_eq!(told(condition, true), None, "{condition}");
        }
        for condition in ["true", "1 == 2", "1 == 2 && false", "FALSE"] {
            assert!(told(condition, true).is_some(), "{condition}");
        }
    }

    #[test]
    fn what_asks_how_the_run_went_still_does() {
        let with = |condition: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        for (before, after) in [
            ("always() || true", "always()"),
            ("${{ failure() || true }} # c", "always() # c"),
            ("\"!cancelled() || true\"", "\"always()\""),
            ("success() || !false", "always()"),
        ] {
            check_fix("constant-condition", &with(before), &with(after));
        }
    }

    #[test]
    fn booleans_in_every_spelling() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        if: True
            ^^^^ constant-condition: always true
      - run: make test
        if: FALSE
            ^^^^^ constant-condition: always false
      - run: make install
        if: 'true'
            ^^^^^^ constant-condition: always true
      - run: make clean
        if: ${{ 'false' }}
            ^^^^^^^^^^^^^^ constant-condition: always false
      - run: make doc
        if: github.actor == 'octocat' || true
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ constant-condition: always true
      - run: make tags
        if: false && always() || !true
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ constant-condition: always false
      - run: make more
        if: github.actor == 'octocat' || false
      - run: make dist
        if: ${{ 'main' }}
            ^^^^^^^^^^^^^ constant-condition: the text in the quotes for the condition itself
",
        );
    }
}
