use stepladder_yaml::edit::{self, Value};
use stepladder_yaml::{Change, Path, Scalar, Step, TextEdit};

use super::pointless_comparison::mended;
use crate::edits::is_off;
use crate::expr::{self, Code, Compare, Expr, ExprKind, Logical};
use crate::lint::cx::ExprAt;
use crate::lint::scope::Wrong;
use crate::lint::{Cx, Rule};
use crate::model::Job;
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
        let clear = condition && at.parsed.errors.is_empty();
        let Some(ast) = at.parsed.ast.as_ref().filter(|_| clear && at.parsed.is_clear()) else {
            continue;
        };
        // Of a context that there is not, nobody knows what it is meant to be.
        let strange = |wrong: &Wrong| wrong.expr == index && wrong.error.code == Code::UnknownContext;
        if cx.wrong().iter().any(strange) {
            continue;
        }
        let text = place.node.as_str().and_then(expr::literal).filter(|text| !text.trim().is_empty());
        let before = out.len();
        if text.is_none() {
            let job = cx.owners().get(at.place).and_then(|owner| cx.workflow.jobs.get(owner.job?));
            bare_texts(cx, job, at, ast, out);
        }
        if out.len() > before {
            continue;
        }
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

/// Texts behind `||` that are compared with nothing, as in `a == 'x' || 'y'`.
fn bare_texts(cx: &Cx<'_>, job: Option<&Job>, at: &ExprAt<'_>, asked: &Expr, out: &mut Vec<Finding>) {
    match &asked.kind {
        ExprKind::Not(inner) => bare_texts(cx, job, at, inner, out),
        ExprKind::Logical { op, operands } => {
            let mut like = None;
            for part in operands {
                bare_texts(cx, job, at, part, out);
                like = question(part).or(like);
                let text = matches!(&part.kind, ExprKind::String(text) if !text.is_empty());
                if !text || *op != Logical::Or {
                    continue;
                }
                let meant = like.and_then(|(question, literal)| instead(at.source, question, literal, part));
                // Of what would be wrong in turn, the right one.
                let meant = meant.map(|meant| mended(cx, job, &meant).unwrap_or(meant));
                let advice = match &meant {
                    Some(meant) => format!("write `{meant}`"),
                    None => "compare it with something".to_owned(),
                };
                let message =
                    format!("A text alone is true, and so is what `||` joins it to: {advice}.");
                let fix = meant.and_then(|meant| {
                    let title = format!("Write `{meant}`");
                    Some(Fix::risky(title, at.edit(&Change { range: part.range, insert: meant })?))
                });
                out.push(RULE.at(at.range(part.range), message).with_fix(fix));
            }
        }
        _ => {}
    }
}

/// What asks whether something is a text, holds it or begins or ends with it; and that text.
fn question(part: &Expr) -> Option<(&Expr, &Expr)> {
    let is_text = |part: &&Expr| matches!(part.kind, ExprKind::String(_));
    let literal = match &part.kind {
        ExprKind::Compare { op: Compare::Equal, left, right } => [&**right, &**left].into_iter().find(is_text),
        ExprKind::Call { function, args } if args.len() == 2 => {
            let asks = ["contains", "startsWith", "endsWith"].iter().any(|name| function.is(name));
            args.last().filter(is_text).filter(|_| asks)
        }
        _ => None,
    };
    literal.map(|literal| (part, literal))
}

/// The same question for another text.
fn instead(source: &str, question: &Expr, literal: &Expr, text: &Expr) -> Option<String> {
    let part = |start: u32, end: u32| source.get(start as usize..end as usize);
    let before = part(question.range.start, literal.range.start)?;
    let behind = part(literal.range.end, question.range.end)?;
    let meant = format!("{before}{}{behind}", part(text.range.start, text.range.end)?);
    (!meant.contains(['\n', '`'])).then_some(meant)
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
    fn a_text_that_is_compared_with_nothing_gets_the_comparison_before_it() {
        let with = |condition: &str| {
            format!("on: [push, release]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        for (before, after) in [
            ("github.actor == 'x' || 'y' # why", "github.actor == 'x' || github.actor == 'y' # why"),
            ("${{ github.event_name == 'push' || 'release' }}", "${{ github.event_name == 'push' || github.event_name == 'release' }}"),
            (
                "(github.ref == 'refs/heads/main' || 'refs/heads/dev') && github.actor == 'x'",
                "(github.ref == 'refs/heads/main' || github.ref == 'refs/heads/dev') && github.actor == 'x'",
            ),
            ("contains(github.ref, 'a') || 'b'", "contains(github.ref, 'a') || contains(github.ref, 'b')"),
            ("\"!(github.actor == 'x' || 'y')\"", "\"!(github.actor == 'x' || github.actor == 'y')\""),
        ] {
            check_fix("constant-condition", &with(before), &with(after));
        }
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        if: github.actor == 'x' || 'y' || 'z'
                                   ^^^ constant-condition: write `github.actor == 'y'`
                                          ^^^ constant-condition: write `github.actor == 'z'`
      - run: make
        if: github.actor != 'x' || 'y'
                                   ^^^ constant-condition: compare it with something
      - run: make
        if: contains(github.ref, github.actor == 'x' || 'dev')
      - run: make
        if: (github.actor == 'x' && 'a' || 'b') == 'a'
",
        );
    }

    #[test]
    fn the_comparison_that_is_lacking_is_one_that_can_be() {
        let with = |condition: &str| {
            format!("on: [push, release]\njobs:\n  build:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, macos-latest]\n    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        for (before, after) in [
            ("github.ref == 'a' || 'b'", "github.ref == 'a' || github.ref == 'refs/heads/b'"),
            ("startsWith(github.ref, 'refs/tags/v') || 'main'", "startsWith(github.ref, 'refs/tags/v') || startsWith(github.ref, 'refs/heads/main')"),
            ("github.ref_name == 'a' || 'refs/heads/b'", "github.ref_name == 'a' || github.ref == 'refs/heads/b'"),
            ("github.event_name == 'push' || 'relase'", "github.event_name == 'push' || github.event_name == 'release'"),
            ("matrix.os == 'ubuntu-latest' || 'macos-lates'", "matrix.os == 'ubuntu-latest' || matrix.os == 'macos-latest'"),
        ] {
            check_fix("constant-condition", &with(before), &with(after));
        }
    }

    #[test]
    fn nothing_is_constant_in_what_cannot_be_read() {
        for condition in ["github.actor == 'x' | 'y'", "github.actor == \"x\" || \"y\"", "github.actor == 'x' or true"] {
            let text = format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n");
            let a = analyse(&text, &Env::default());
            assert!(a.findings().iter().all(|finding| finding.rule == "invalid-expression"), "{:#?}", a.findings());
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
