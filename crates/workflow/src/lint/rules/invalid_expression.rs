use stepladder_yaml::{Change, TextEdit, TextRange};

use crate::expr;
use crate::lint::cx::ExprAt;
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-expression",
    severity: Severity::Error,
    kind: "expressions",
    title: "Expression that cannot be read",
    docs: "GitHub refuses a file with an expression that it cannot read. Texts in expressions have single quotes; operators are \
           `==`, `!=`, `<`, `<=`, `>`, `>=`, `&&`, `||` and `!`; there is no arithmetic. Each `${{` needs its `}}`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: github.ref_name == \"main\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: github.ref_name == 'main'\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for at in &cx.exprs {
        if cx.places().get(at.place).is_some_and(|place| !place.ctx().allows_expressions()) {
            continue;
        }
        if at.unclosed
            && let Some((message, fix)) = open_text(at)
        {
            out.push(RULE.at(at.outer(), message).with_fix(fix));
            continue;
        }
        if let Some(edit) = without_sign(at) {
            let title = "Add the `$`";
            out.push(RULE.at(at.outer(), NO_SIGN).with_fix(Fix::risky(title, edit)));
            continue;
        }
        if at.unclosed {
            out.push(RULE.at(
                at.outer(),
                "This `${{` has no `}}`; close the expression, or write `$` and `{{` apart if text is meant.",
            ));
            continue;
        }
        if let Some(next) = at.source.find("${{").filter(|_| !at.parsed.errors.is_empty()) {
            let line = at.source[..next].find('\n').unwrap_or(next);
            let end = u32::try_from(at.source[..line].trim_end().len()).unwrap_or_default();
            let range = TextRange::new(at.outer().start, at.range(TextRange::new(0, end)).end);
            out.push(RULE.at(range, "This `${{` has no `}}` before the next `${{`: close it, or, as expressions do not nest, put a name together as in `secrets[format('KEY_{0}', inputs.name)]`."));
            continue;
        }
        for error in &at.parsed.errors {
            let range = if error.range.is_empty() && at.source.trim().is_empty() {
                at.outer()
            } else {
                at.range(error.range)
            };
            let fix = error
                .fix
                .as_ref()
                .and_then(|change| Some(Fix::risky("Correct the expression", at.edit(change)?)));
            out.push(RULE.at(range, error.message.clone()).with_fix(fix));
        }
        if at.parsed.ast.is_none() && at.parsed.errors.is_empty() {
            let range = if at.source.is_empty() {
                at.outer()
            } else {
                at.range(TextRange::new(0, u32::try_from(at.source.len()).unwrap_or_default()))
            };
            out.push(RULE.at(range, "An expression is missing between `${{` and `}}`."));
        }
    }
}

/// What is told of braces that lack their sign.
pub(super) const NO_SIGN: &str = "A `$` is missing before `{{`: an expression is written `${{ … }}`.";

/// Adds the sign that a condition in `{{ }}` lacks.
fn without_sign(at: &ExprAt<'_>) -> Option<TextEdit> {
    let inner = at.source.trim_start().strip_prefix("{{")?.trim_end().strip_suffix("}}")?;
    let start = u32::try_from(at.source.len() - at.source.trim_start().len()).ok()?;
    let parsed = expr::parse(inner);
    let sound = at.whole && parsed.ast.is_some() && parsed.errors.is_empty();
    sound.then(|| at.edit(&Change { range: TextRange::empty(start), insert: "$".to_owned() }))?
}

/// An expression whose end stands in a text, as the quote behind that is missing.
fn open_text(at: &ExprAt<'_>) -> Option<(String, Option<Fix>)> {
    let end = at.source.find("}}")?;
    let inner = at.source[..end].trim_end();
    let quote = inner.rfind('\'')?;
    let text = &inner[quote..];
    if inner.matches('\'').count().is_multiple_of(2) || text.contains('\n') {
        return None;
    }
    let message = format!(
        "There is no `}}}}` outside of the text that `{}` begins: add the `'` at its end.",
        text.split_whitespace().next()?
    );
    let range = TextRange::empty(u32::try_from(inner.len()).ok()?);
    let closed = expr::parse(&format!("{inner}'"));
    let is_word = text.len() > 1 && !text.contains(char::is_whitespace);
    let sound = is_word && closed.errors.is_empty() && closed.ast.is_some();
    let edit = sound.then(|| at.edit(&Change { range, insert: "'".to_owned() })).flatten();
    Some((message, edit.map(|edit| Fix::risky("Add the quote", edit))))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix, env};
    use crate::{Analysis, Env};

    fn step(value: &str) -> String {
        format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        {value}\n")
    }

    /// What is found in a step with this value, as `rule: what it marks`, from left to right.
    fn found(value: &str) -> Vec<String> {
        let env = Env { file_name: Some(".github/workflows/x.yml".to_owned()), ..env() };
        let a = Analysis::new(step(value), &env);
        a.findings().iter().map(|it| format!("{}: {}", it.rule, a.tree.slice(it.range))).collect()
    }

    #[test]
    fn a_mistake_hides_no_other() {
        for (value, others) in [
            (
                "if: ${{ github.evnt = 'push' && secrets.X == 1 }}",
                &["unknown-property: github.evnt", "invalid-expression: =", "context-not-available: secrets"][..],
            ),
            (
                "if: github.evnt_name == \"push\" && foo()",
                &["unknown-property: github.evnt_name", "invalid-expression: \"push\"", "unknown-function: foo"],
            ),
            (
                "name: ${{ contains(github.rf, 'x' }}",
                &["unknown-property: github.rf", "invalid-expression: "],
            ),
            // An operator of another language, brackets too many, names of contexts and functions behind them.
            (
                "if: github.rf == 'x' and secrts.A || foo(1)",
                &[
                    "unknown-property: github.rf",
                    "invalid-expression: and",
                    "unknown-context: secrts",
                    "unknown-function: foo",
                ],
            ),
            ("if: contains(github.rf, 'x')) && foo()", &["unknown-property: github.rf", "invalid-expression: )", "unknown-function: foo"]),
            ("if: (github.ref == 'x' && github.rf", &["unknown-property: github.rf", "invalid-expression: "]),
            // A place of which nobody knows what is meant, and the parts around it.
            (
                "name: '${{ github.rf ? secrts.A : foo() }}'",
                &["unknown-property: github.rf", "invalid-expression: ?", "unknown-context: secrts", "unknown-function: foo"],
            ),
            ("name: ${{ github.rf + 1 }}", &["unknown-property: github.rf", "invalid-expression: +"]),
            ("if: github.ref == && foo()", &["invalid-expression: &&", "unknown-function: foo"]),
            ("if: github. == 'x' && github.rf", &["invalid-expression: ==", "unknown-property: github.rf"]),
            ("name: ${{ format('{0} {1}' github.ref) }}", &["invalid-expression: github"]),
            ("if: foo() && github.ref == 'x", &["unknown-function: foo", "invalid-expression: 'x"]),
            ("name: ${{ github.rf }", &["invalid-expression: ${{ github.rf }", "unknown-property: github.rf"]),
            ("if: a.b == github.ref.startsWith('x') && foo()", &["unknown-context: a", "invalid-expression: (", "unknown-function: foo"]),
            // Two mistakes far from each other.
            ("if: github. == 'x' && github.ref == && true", &["invalid-expression: ==", "invalid-expression: &&"]),
        ] {
            assert_eq!(found(value), others, "{value}");
        }
    }

    #[test]
    fn nothing_follows_from_a_mistake() {
        for value in [
            "if: this is some text that nobody can read",
            "name: ${{ github.head ref }}",
            "name: ${{ matrix.node-version+1 }}",
            "name: ${{ hello world }}",
            "name: ${{ github.ref[0 }}",
            "name: ${{ github.ref == main branch }}",
            "name: ${{ https://example.com/x }}",
            "name: ${{ join(github.event.commits.*.id ', ') }}",
            "name: ${{ github.ref == 'it's' }}",
            "name: ${{ format('{0} {1}', github.ref github.sha) }}",
            "name: ${{ ['a', 'b'] }}",
            "name: ${{ github.run_number * 2 }}",
            "name: ${{ (github.ref }}",
            "name: ${{ contains('a' }}",
            "name: ${{ github.event.pull request.number }}",
        ] {
            let found = found(value);
            assert!(matches!(&found[..], [only] if only.starts_with("invalid-expression")), "{value}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_may_read_anything() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      level:
        type: string
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      tag: x
    steps:
      - run: make ${{ 'x inputs.level }}
                  ^^^^^^^^^^^^^^^^^^^^^^ invalid-expression: no `}}`
  next:
    needs: build
    runs-on: ubuntu-latest
    if: github.ref == 'x && needs.build.outputs.tag
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-expression: no closing quote
    steps:
      - run: make
",
        );
    }

    #[test]
    fn words_of_other_languages_say_what_to_write() {
        check_fix("invalid-expression", &step("if: ${{ not cancelled() }}"), &step("if: ${{ !cancelled() }}"));
        check_fix("invalid-expression", &step("if: failure() || not cancelled()"), &step("if: failure() || !cancelled()"));
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        if: github.actor in ['a', 'b']
                         ^^ invalid-expression: write `contains(fromJSON('[…]'), value)`
      - run: make
        if: startsWith[github.ref, 'refs/tags/']
            ^^^^^^^^^^ unknown-context: its arguments stand between `(` and `)`
                                 ^ invalid-expression: closing bracket is missing
",
        );
    }

    #[test]
    fn what_lacks_its_quotes_or_its_sign_gets_them() {
        for (before, after) in [
            ("if: github.ref == refs/heads/main", "if: github.ref == 'refs/heads/main'"),
            ("if: startsWith(github.ref, refs/tags/)", "if: startsWith(github.ref, 'refs/tags/')"),
            ("if: ${{ octo/cat.js == github.repository }}", "if: ${{ 'octo/cat.js' == github.repository }}"),
            ("if: \"{{ github.actor == 'x' }}\"", "if: \"${{ github.actor == 'x' }}\""),
            ("if: ${{ github.actor == 'x }}", "if: ${{ github.actor == 'x' }}"),
        ] {
            check_fix("invalid-expression", &step(before), &step(after));
        }
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        if: ${{ github.ref == 'main && true }}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-expression: no `}}` outside of the text that `'main` begins
      - run: make
        if: github.run_number / 2 == 1
                              ^ invalid-expression: cannot calculate
",
        );
    }

    #[test]
    fn quotes_of_texts_fit_the_quotes_of_the_value() {
        for (before, after) in [
            ("if: '${{ github.sha == \"x\" }}'", "if: '${{ github.sha == ''x'' }}'"),
            ("name: 'a ${{ github.sha == \"it\" }} b'", "name: 'a ${{ github.sha == ''it'' }} b'"),
            ("name: \"${{ github.sha == \\\"x\\\" }}\"", "name: \"${{ github.sha == 'x' }}\""),
            ("name: ${{ github.sha == \"x\" }}", "name: ${{ github.sha == 'x' }}"),
        ] {
            check_fix("invalid-expression", &step(before), &step(after));
        }
    }
}
