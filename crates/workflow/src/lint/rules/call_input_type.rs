use stepladder_yaml::Scalar;

use crate::expr::{self, Type};
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "call-input-type",
    severity: Severity::Error,
    kind: "actions",
    title: "Value of another type than the called workflow declares",
    docs: "An input of a reusable workflow has a type, and GitHub refuses a value of another one: a `number` needs a number, a \
           `boolean` `true` or `false`. `fromJSON()` makes numbers and booleans of text. A `string` takes them too, as texts: \
           put them into quotes if that is meant.",
    bad: "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n    with:\n      level: high\n#: .github/workflows/build.yml\non:\n  workflow_call:\n    inputs:\n      level:\n        type: number\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n    with:\n      level: 3\n#: .github/workflows/build.yml\non:\n  workflow_call:\n    inputs:\n      level:\n        type: number\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        let inside = cx.parent(place).and_then(|parent| parent.map);
        if inside.is_none_or(|map| map.name != "jobs.<job_id>.with") {
            continue;
        }
        let job = cx.owners().get(at).and_then(|owner| owner.job).and_then(|job| cx.workflow.jobs.get(job));
        let Some(uses) = job.and_then(|job| job.uses.as_ref()) else { continue };
        let Some(callee) = cx.callee(&uses.value).filter(|callee| callee.callable) else { continue };
        let Some(name) = place.name() else { continue };
        let declared = callee
            .workflow
            .trigger("workflow_call")
            .map(|trigger| trigger.inputs.as_slice())
            .unwrap_or_default();
        let input = declared.iter().find(|input| input.name.value.eq_ignore_ascii_case(name));
        let Some(kind) = input.and_then(|input| input.kind.as_ref()) else { continue };
        let found = match (place.node.scalar(), place.node.as_str()) {
            (_, Some(text)) if expr::has_expression(text) => computed(cx, at),
            (Some(Scalar::Null), Some("")) => Some("empty"),
            (None, _) => None,
            (Some(Scalar::Null), _) => Some("nothing"),
            (Some(Scalar::Bool(_)), _) => Some("a boolean"),
            (Some(Scalar::Number(_)), _) => Some("a number"),
            (Some(Scalar::Str(_)), _) => Some("a text"),
        };
        let fits = match (kind.value.as_str(), found) {
            (_, None) | ("string", Some("a text" | "a number" | "empty")) => true,
            ("number", Some(found)) => found == "a number",
            // Anything can be read as true or false.
            ("boolean", Some(_)) => true,
            ("string", Some(_)) => false,
            _ => true,
        };
        let found = found.unwrap_or_default();
        if !fits {
            let message = format!(
                "`{name}` of `{}` is of the type `{}`, but this is {found}.",
                callee.path, kind.value
            );
            let empty = place.node.range().is_empty();
            let range = if empty { super::missing_key::head(place) } else { place.node.range() };
            // A single value that no text was meant for becomes one all the same.
            let printed = kind.value == "string" && matches!(found, "a boolean" | "nothing");
            let severity = if printed { Severity::Warning } else { Severity::Error };
            out.push(RULE.at(range, message).with_severity(severity));
        }
    }
}

/// What kind of value the single expression of a place gives, if that is certain.
fn computed(cx: &Cx<'_>, place: usize) -> Option<&'static str> {
    let mut exprs = cx.exprs.iter().filter(|at| at.place == place);
    let at = exprs.next()?;
    if !at.whole {
        return Some("a text");
    }
    match expr::type_of(at.parsed.ast.as_ref()?, &scope::scope_at(cx, place)) {
        Type::Bool => Some("a boolean"),
        Type::Number => Some("a number"),
        Type::String => Some("a text"),
        Type::Null => Some("nothing"),
        Type::Array(_) | Type::Filtered(_) => Some("a list"),
        Type::Object(_) => Some("an object"),
        Type::Any | Type::Scalar => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn nothing_is_no_number() {
        check(
            "on: push
jobs:
  call:
    uses: ./.github/workflows/other.yml
    with:
      text:
      ^^^^ empty-value: `text` is empty and has no effect
      count:
      ^^^^^ call-input-type: is of the type `number`, but this is empty.
      ^^^^^ empty-value: `count` is empty and has no effect
      flag: some
#: .github/workflows/other.yml
on:
  workflow_call:
    inputs:
      text: {type: string}
      count: {type: number}
      flag: {type: boolean}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.text }} ${{ inputs.count }} ${{ inputs.flag }}
",
        );
    }
}
