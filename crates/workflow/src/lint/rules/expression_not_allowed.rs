use stepladder_yaml::Kind;

use crate::expr::{fold, literal};
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "expression-not-allowed",
    severity: Severity::Error,
    kind: "expressions",
    title: "Expression where none is allowed",
    docs: "GitHub reads some values before anything is known about the run: names of events, ids, `needs`, `uses`, \
           `permissions`, `shell`. `${{ }}` is not allowed there; write the value itself.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@${{ vars.REF }}\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for expr in &cx.exprs {
        let Some(place) = cx.places().get(expr.place) else { continue };
        let Some(field) = place.field.filter(|field| !field.ctx.allows_expressions()) else { continue };
        // A quoted text alone is the text, wherever it stands.
        if place.node.as_str().is_some_and(|text| literal(text).is_some()) {
            continue;
        }
        if place.node.resolve().kind() == Kind::Scalar {
            let name = place
                .name()
                .map_or_else(|| format!("a {}", field.title.to_lowercase()), |name| format!("`{name}`"));
            let message = format!(
                "{name} cannot have an expression: GitHub reads it before the run begins. Write the value itself."
            );
            // A shell that depends on nothing is in use; GitHub may work it out, but does not promise to.
            let lenient = field.key == "shell" && expr.parsed.ast.as_ref().and_then(fold).is_some();
            let severity = if lenient { Severity::Warning } else { Severity::Error };
            out.push(RULE.at(expr.outer(), message).with_severity(severity));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_depends_on_nothing_is_refused_too() {
        check(
            "on: push
name: Build ${{ 1 }}
            ^^^^^^^^ expression-not-allowed
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
        id: ${{ 'build' }}
",
        );
    }
}
