use stepladder_yaml::{Kind, Scalar};

use crate::expr;
use crate::lint::{Cx, Rule};
use crate::schema::{Field, Place, Types};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    kind: "structure",
    title: "Value of the wrong kind",
    docs: "Each key takes values of certain kinds: text, a number, `true` or `false`, a list, or a mapping. GitHub refuses \
           a value of another kind. Only `true` and `false` are booleans: `yes`, `no`, `on` and `off` are texts. A \
           mapping that is written as text must be exactly one `${{ }}`.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: ten\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 10\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let Some(field) = place.field else { continue };
        if let Some(found) = mismatch(place, field) {
            let name = match place.name() {
                Some(name) => format!("`{name}`"),
                None => format!("each {} of this list", field.title.to_lowercase()),
            };
            let wanted = join(&field.types.names());
            let node = place.node.resolve();
            let single = field.ctx.allows_expressions()
                && !field.types.has_scalar()
                && node.as_str().is_some_and(expr::has_expression);
            let hint = if single { ", or exactly one `${{ }}` without text around it" } else { "" };
            let range =
                if !node.range().is_empty() { place.node.range() } else { super::missing_key::head(place) };
            out.push(RULE.at(range, format!("{name} must be {wanted}{hint}, but this is {found}.")));
        }
    }
}

fn join(names: &[&str]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// What the value is, when its field does not take that.
fn mismatch(place: &Place<'_>, field: &Field) -> Option<&'static str> {
    let types = field.types;
    if types == Types::ANY {
        return None;
    }
    let node = place.node.resolve();
    match node.kind() {
        Kind::Mapping => (!types.has(Types::MAPPING)).then_some("a mapping"),
        Kind::Sequence => (!types.has(Types::SEQUENCE)).then_some("a list"),
        Kind::Alias => None,
        // Any scalar is a text, too.
        Kind::Scalar if types.has(Types::STRING) => None,
        Kind::Scalar => {
            let text = node.as_str().unwrap_or_default();
            if field.ctx.allows_expressions() && expr::whole(text.trim_end()).is_some() {
                return None;
            }
            match node.scalar()? {
                // Emptiness has a rule of its own.
                Scalar::Null => None,
                Scalar::Str("") => None,
                Scalar::Bool(_) => (!types.has(Types::BOOL)).then_some("a boolean"),
                Scalar::Number(_) => (!types.has(Types::NUMBER)).then_some("a number"),
                Scalar::Str(_) => Some("a text"),
            }
        }
    }
}
