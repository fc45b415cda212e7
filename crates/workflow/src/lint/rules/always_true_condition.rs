use std::cell::RefCell;

use stepladder_yaml::edit::{self, Value};
use stepladder_yaml::{Kind, TextEdit, TextRange};

use super::yaml_tag::is_negation;
use crate::expr::contexts::Context;
use crate::expr::{self, Condition, Expected, Expr, ExprKind, Scope, Segment};
use crate::lint::{Cx, Rule, scope};
use crate::schema::Widget;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "always-true-condition",
    severity: Severity::Error,
    kind: "expressions",
    title: "Condition that is always true",
    docs: "When anything stands around `${{ }}` in an `if`, even a blank or a line break, GitHub joins all of it to a text, and a \
           text that is not empty is true. Write the whole condition as one expression, best without `${{ }}`. After `if: |` \
           or `if: >` the line break at the end counts too: use `|-` or `>-`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: ${{ github.ref_name == 'main' }} && github.event_name == 'push'\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: github.ref_name == 'main' && github.event_name == 'push'\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    'places: for (at, place) in cx.places().iter().enumerate() {
        let node = place.node.resolve();
        let condition = place.field.is_some_and(|field| field.widget == Widget::Condition);
        if !condition
            || node.kind() != Kind::Scalar
            || is_negation(&node)
            || place.field.is_some_and(|field| matches!(field.key, "pre-if" | "post-if"))
        {
            continue;
        }
        let Some(text) = node.as_str() else { continue };
        if let Condition::Expression(range) = expr::condition(text) {
            let begins = |source: &str| source.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("format"));
            let source = text.get(range.to_usize()).filter(|source| begins(source));
            let ast = source.and_then(|source| expr::parse(source).ast);
            if ast.is_some_and(|ast| is_text(&ast)) {
                let message = "This condition is always true: `format()` gives a text that is never empty. Compare it with \
                               something.";
                // In braces it is the same to GitHub as text around an expression.
                let severity = if expr::has_expression(text) { Severity::Error } else { Severity::Warning };
                out.push(RULE.at(place.node.range(), message).with_severity(severity));
            }
            continue;
        }
        let Condition::Text(segments) = expr::condition(text) else { continue };
        let mut around = String::new();
        let mut count = 0;
        for segment in &segments {
            match segment {
                Segment::Text(range) => around.push_str(&text[range.to_usize()]),
                Segment::Expression { .. } => count += 1,
                Segment::Unclosed { .. } => continue 'places,
            }
        }
        // GitHub refuses words around an expression; blanks and a second expression it lets pass.
        let blanks = around.trim().is_empty() && (around.is_empty() || count == 1);
        let severity = if blanks { Severity::Warning } else { Severity::Error };
        let blank = blanks && count == 1;
        let what = if !blank {
            "text stands around `${{ }}`, and all of it together is a text, which is always true"
        } else if around.contains('\n') {
            "a line break stands behind `${{ }}`, which makes it a text, and that is always true"
        } else {
            "a blank stands around `${{ }}`, which makes it a text, and that is always true"
        };
        let header = node.block_header().filter(|_| blank && around.trim_start_matches('\n').is_empty());
        let fix = if header.is_none() {
            one_expression(text, Some(&scope::scope_at(cx, at))).and_then(|joined| {
                let title = "Write it as one expression";
                match edit::written_as(&node, &joined) {
                    Some(written) => Some(Fix::risky(title, TextEdit::replace(node.range(), written))),
                    None if place.through_alias => None,
                    None => cx.set(title, &cx.tags.path(at), &Value::Str(joined)),
                }
            })
        } else {
            // One that never changes would only be wrong in another way.
            let inner = expr::whole(text.trim()).and_then(|inner| text.trim().get(inner.to_usize()));
            let constant = inner.and_then(|inner| expr::truth(&expr::parse(inner).ast?)).is_some();
            header.filter(|_| !constant).map(|header| {
                let (start, mark) = (header.range.start, &node.source()[..1]);
                let indent = header.indent.map(|indent| indent.to_string()).unwrap_or_default();
                let edit = TextEdit::replace(
                    TextRange::new(start, header.range.end),
                    format!("{mark}{indent}-"),
                );
                Fix::risky(format!("Write `{mark}{indent}-`, without the line break at the end"), edit)
            })
        };
        out.push(
            RULE.at(
                place.node.range(),
                format!("This condition is always true: {what}. Write it as one expression."),
            )
            .with_severity(severity)
            .with_fix(fix),
        );
    }
}

/// A text with `${{ }}` in it as one expression. Brackets keep together what the braces did; lone words are texts in
/// quotes. `None`: there is no good one.
pub(super) fn one_expression(text: &str, scope: Option<&Scope>) -> Option<String> {
    let segments = expr::segments(text);
    let join = |bare: &[usize]| {
        let (mut joined, mut quotes) = (String::new(), 0);
        for (at, segment) in segments.iter().enumerate() {
            match segment {
                Segment::Text(range) => {
                    let around = &text[range.to_usize()];
                    quotes += around.matches('\'').count();
                    joined.push_str(around);
                }
                // In a text in quotes its name would be a part of that text.
                Segment::Expression { .. } if quotes % 2 == 1 => return None,
                Segment::Expression { inner, .. } => {
                    let inner = text[inner.to_usize()].trim();
                    let ast = expr::parse(inner).ast?;
                    let several = matches!(ast.kind, ExprKind::Logical { .. } | ExprKind::Compare { .. });
                    let [open, close] = if several && !bare.contains(&at) { ["(", ")"] } else { ["", ""] };
                    joined.extend([open, inner, close]);
                }
                Segment::Unclosed { .. } => return None,
            }
        }
        // A line break is a blank.
        Some(joined.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned())
    };
    let mut best = join(&[])?;
    let whole = expr::parse(&best).ast?;
    // Those that change nothing go.
    let mut bare = Vec::new();
    for at in 0..segments.len() {
        bare.push(at);
        let without = join(&bare)?;
        if expr::parse(&without).ast.is_some_and(|ast| same_form(&ast, &whole)) {
            best = without;
        } else {
            bare.pop();
        }
    }
    as_expression(&best, scope)
}

/// Whether two expressions group their parts alike, where they are made of the same parts.
fn same_form(one: &Expr, other: &Expr) -> bool {
    let (parts, others) = (parts(one), parts(other));
    let same = match (&one.kind, &other.kind) {
        (ExprKind::Logical { op: a, .. }, ExprKind::Logical { op: b, .. }) => a == b,
        (ExprKind::Compare { op: a, .. }, ExprKind::Compare { op: b, .. }) => a == b,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    };
    same && parts.len() == others.len() && parts.iter().zip(others).all(|(one, other)| same_form(one, other))
}

/// What an expression is made of: `a && (b && c)` of three parts.
fn parts(ast: &Expr) -> Vec<&Expr> {
    let ExprKind::Logical { op, .. } = &ast.kind else { return ast.children().collect() };
    let inner = |part: &Expr| matches!(&part.kind, ExprKind::Logical { op: own, .. } if own == op);
    ast.children().flat_map(|part| if inner(part) { parts(part) } else { vec![part] }).collect()
}

/// An expression in which lone words are texts in quotes; `None` when there is no good one.
fn as_expression(joined: &str, scope: Option<&Scope>) -> Option<String> {
    let words = RefCell::new(Vec::new());
    let note = |part: &Expr| {
        let ExprKind::Context(name) = &part.kind else { return false };
        if Context::find(&name.text).is_none() {
            words.borrow_mut().push(name.range);
        }
        false
    };
    expr::parse(joined).ast?.any(&note);
    let mut quoted = joined.to_owned();
    let mut words = words.into_inner();
    words.sort();
    for word in words.into_iter().rev() {
        quoted.insert(word.end as usize, '\'');
        quoted.insert(word.start as usize, '\'');
    }
    let parsed = expr::parse(&quoted);
    let ast = parsed.ast.filter(|_| parsed.errors.is_empty())?;
    // One that never changes would only be wrong in another way.
    let good = |scope: &Scope| expr::check(&ast, scope, Expected::Condition).1.is_empty();
    (expr::truth(&ast).is_none() && scope.is_none_or(good)).then_some(quoted)
}

/// Whether it is `format()` with a pattern that has more than places for its arguments.
fn is_text(ast: &Expr) -> bool {
    let ExprKind::Call { function, args } = &ast.kind else { return false };
    let Some(ExprKind::String(pattern)) = args.first().map(|arg| &arg.kind) else { return false };
    let mut rest = pattern.as_str();
    while let Some(end) = rest.strip_prefix('{').and_then(|_| rest.find('}')) {
        if !rest[1..end].bytes().all(|b| b.is_ascii_digit()) || end < 2 {
            break;
        }
        rest = &rest[end + 1..];
    }
    function.is("format") && !rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::one_expression;
    use crate::{Analysis, Env, Severity};

    #[test]
    fn only_words_around_it_are_refused() {
        for (condition, severity) in [
            ("${{ github.sha }} == 'x'", Severity::Error),
            ("'!${{ github.sha }}'", Severity::Error),
            ("|\n      ${{ github.sha == 'x' }}", Severity::Warning),
            ("'${{ github.sha == 1 }} '", Severity::Warning),
            ("'${{ github.sha }}${{ github.sha }}'", Severity::Warning),
            ("${{ format('a{0}', github.sha) }}", Severity::Error),
            ("${{ format('a') }}", Severity::Error),
            ("format('a{0}', github.sha)", Severity::Warning),
        ] {
            let text = format!(
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    if: {condition}\n    steps:\n      - run: make\n"
            );
            let found = Analysis::new(text.as_str(), &Env::default()).into_findings();
            let own = found.iter().filter(|found| found.rule == "always-true-condition");
            let severities: Vec<_> = own.map(|found| found.severity).collect();
            assert_eq!(severities, [severity], "{condition}");
        }
    }

    #[test]
    fn the_fix_brings_no_other_mistake() {
        let with = |condition: &str| {
            format!(
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    if: {condition}\n    steps:\n      - run: make\n"
            )
        };
        for (before, after) in [
            ("${{ github.ref_name }} == main", "github.ref_name == 'main'"),
            ("${{ github.sha }} == 'x' && github.event_name != push", "github.sha == 'x' && github.event_name != 'push'"),
            ("|\n      ${{ github.sha == 'x' }}", "|-\n      ${{ github.sha == 'x' }}"),
            (">2+\n      ${{ github.sha == 'x' }}", ">2-\n      ${{ github.sha == 'x' }}"),
            ("${{ github.sha == 'x' || github.sha == 'y' }} && github.sha", "(github.sha == 'x' || github.sha == 'y') && github.sha"),
            ("github.sha && ${{ github.sha == 'x' || github.sha == 'y' }}", "github.sha && (github.sha == 'x' || github.sha == 'y')"),
            ("${{ (github.sha || failure()) && github.sha }} && ${{ github.sha || failure() }}", "(github.sha || failure()) && github.sha && (github.sha || failure())"),
            ("${{ github.sha }} && ${{ failure() || always() }}", "github.sha && (failure() || always())"),
            ("${{ github.sha == 'x' && github.sha }} || github.actor", "github.sha == 'x' && github.sha || github.actor"),
            ("${{ !cancelled() }} && github.sha == 'x'", "\"!cancelled() && github.sha == 'x'\""),
            ("\"!${{ github.sha == 'x' }}\"", "\"!(github.sha == 'x')\""),
            ("\"${{ github.sha }} == 'x: y'\"", "\"github.sha == 'x: y'\""),
            ("${{ github.sha }} == 'x#y'", "github.sha == 'x#y'"),
            (">\n      ${{ github.sha == 'x' }} &&\n      ${{ github.sha }}", ">-\n      github.sha == 'x' && github.sha"),
        ] {
            crate::lint::testing::check_fix("always-true-condition", &with(before), &with(after));
        }
        for condition in ["${{ github.sha }} == a.b", "${{ github.sha }} == refs/heads/main", "${{ github.sha }} == secrets.X", "true && ${{ false }}"] {
            let found = Analysis::new(with(condition), &Env::default()).into_findings();
            assert!(found.iter().all(|finding| finding.fix.is_none()), "{condition}: {found:#?}");
        }
    }

    #[test]
    fn an_expression_in_a_text_stays_in_its_braces() {
        for text in [
            "github.sha == '${{ github.base_ref }}'",
            "github.sha == 'refs/heads/${{ github.base_ref }}' && true",
            "'it''s ${{ github.sha }}' == github.sha",
        ] {
            assert_eq!(one_expression(text, None), None, "{text}");
        }
        let good = one_expression("github.sha == 'x' && ${{ github.base_ref }}", None);
        assert_eq!(good.as_deref(), Some("github.sha == 'x' && github.base_ref"));
    }

    #[test]
    fn a_broken_condition_hides_no_other() {
        crate::lint::testing::check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make
        if: \"${{ github.sha == 'x }}\"
             ^^^^^^^^^^^^^^^^^^^^^^^ invalid-expression: no `}}` outside of the text that `'x` begins
      - run: make
        if: ${{ github.sha }} == 'x'
            ^^^^^^^^^^^^^^^^^^^^^^^^ always-true-condition: text stands around
",
        );
    }
}
