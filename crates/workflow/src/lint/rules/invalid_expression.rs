use stepladder_yaml::TextRange;

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

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    fn step(value: &str) -> String {
        format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        {value}\n")
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
