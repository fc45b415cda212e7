use stepladder_yaml::{Change, Kind, Scalar, TextEdit, TextRange};

use super::default_type::truth;
use crate::expr::{self, Type};
use crate::lint::interface::CallPart;
use crate::lint::{Cx, Rule, scope};
use crate::schema::Place;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "call-input-type",
    severity: Severity::Error,
    kind: "actions",
    title: "Value of another type than the called workflow declares",
    docs: "An input of a reusable workflow has a type, and GitHub refuses a value of another one: a `number` needs a number, a \
           `boolean` `true` or `false`. Outputs, variables and everything in `github.event.inputs` are texts: compare one, as in \
           `${{ vars.DEBUG == 'true' }}`, or let `fromJSON()` make a number or a boolean of it; an input of `workflow_dispatch` \
           has its type under `inputs`. A `string` takes them too, as texts: put them into quotes if that is meant.",
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
        let Some(callee) = cx.callee(&uses.value).filter(|callee| callee.tells(CallPart::Inputs)) else { continue };
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
            ("boolean", Some(found)) => found == "a boolean",
            ("string", Some(_)) => false,
            _ => true,
        };
        let found = found.unwrap_or_default();
        if !fits {
            let (advice, fix) = way_out(cx, at, place, &kind.value, found);
            let message = format!(
                "`{name}` of `{}` is of the type `{}`, but this is {found}{advice}.",
                callee.path, kind.value
            );
            let empty = place.node.range().is_empty();
            let range = if empty { super::missing_key::head(place) } else { place.node.range() };
            // A single value that no text was meant for becomes one all the same.
            let printed = kind.value == "string" && matches!(found, "a boolean" | "nothing");
            let severity = if printed { Severity::Warning } else { Severity::Error };
            out.push(RULE.at(range, message).with_severity(severity).with_fix(fix));
        }
    }
}

/// What to write instead, as the end of the message, and the fix that writes it where it is certain.
fn way_out(cx: &Cx<'_>, at: usize, place: &Place<'_>, kind: &str, found: &str) -> (String, Option<Fix>) {
    let text = place.node.as_str().unwrap_or_default();
    if expr::has_expression(text) {
        return match (kind, found) {
            ("boolean", "a text") => truth_of(cx, at),
            _ => Default::default(),
        };
    }
    let meant = match kind {
        "boolean" => truth(text),
        "number" => Some(text.trim()).filter(|text| text.parse::<f64>().is_ok_and(f64::is_finite)),
        _ => None,
    };
    // What an alias repeats is written elsewhere.
    let own = place.node.kind() == Kind::Scalar && !place.through_alias && place.node.anchor().is_none();
    let fix = meant.filter(|_| own).map(|meant| {
        Fix::risky(format!("Write `{meant}`"), TextEdit::replace(place.node.range(), meant))
    });
    let advice = match (kind, meant) {
        (_, Some(meant)) if matches!(place.node.scalar(), Some(Scalar::Str(_))) && text == meant => {
            format!(": write `{meant}` without quotes")
        }
        (_, Some(meant)) => format!(": write `{meant}`"),
        ("boolean", None) => ": write `true` or `false`".to_owned(),
        _ => String::new(),
    };
    (advice, fix)
}

/// How the text that an expression gives becomes a boolean: the inputs of a start by hand have their type under `inputs`,
/// any other text is compared.
fn truth_of(cx: &Cx<'_>, place: usize) -> (String, Option<Fix>) {
    let compare = || ": compare it, as in `… == 'true'`".to_owned();
    let mut exprs = cx.exprs.iter().filter(|at| at.place == place);
    let Some((at, ast)) = exprs.next().and_then(|at| Some((at, at.parsed.ast.as_ref()?))) else {
        return (compare(), None);
    };
    let used = expr::used(ast);
    let [used] = &used[..] else { return (compare(), None) };
    if !at.whole || used.range != ast.range {
        return (compare(), None);
    }
    let names = used.names();
    if names.len() != used.steps.len() + 1 {
        return (compare(), None);
    }
    let fix = |title: String, range, insert: String| {
        at.edit(&Change { range, insert }).map(|edit| Fix::risky(title, edit))
    };
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    if let ["github", "event", "inputs", name] = lower[..] {
        let trigger = cx.workflow.trigger("workflow_dispatch");
        let input = trigger.and_then(|trigger| {
            trigger.inputs.iter().find(|input| input.name.value.eq_ignore_ascii_case(name))
        });
        if input.and_then(|input| input.kind.as_ref()).is_some_and(|kind| kind.value == "boolean") {
            let typed = format!("inputs.{}", names.last().unwrap_or(&""));
            let advice = format!(", as everything in `github.event.inputs`: write `{typed}`");
            return (advice, fix(format!("Write `{typed}`"), ast.range, typed));
        }
    }
    let output = matches!(lower[..], ["needs", _, "outputs", _] | ["vars", _]);
    let end = TextRange::empty(ast.range.end);
    let fix = output.then(|| fix("Compare it with `'true'`".to_owned(), end, " == 'true'".to_owned())).flatten();
    (compare(), fix)
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
    use crate::lint::testing::{check, check_fix};

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
            ^^^^ call-input-type: but this is a text: write `true` or `false`.
      other:
      ^^^^^ empty-value: `other` is empty and has no effect
      ^^^^^ call-input-type: is of the type `boolean`, but this is empty: write `true` or `false`.
#: .github/workflows/other.yml
on:
  workflow_call:
    inputs:
      text: {type: string}
      count: {type: number}
      flag: {type: boolean}
      other: {type: boolean}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.text }} ${{ inputs.count }} ${{ inputs.flag }} ${{ inputs.other }}
",
        );
    }

    const CALLEE: &str = "#: .github/workflows/other.yml
on:
  workflow_call:
    inputs:
      a: {type: boolean}
      b: {type: boolean}
      c: {type: boolean}
      d: {type: boolean}
      e: {type: boolean}
      f: {type: boolean}
      g: {type: boolean}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.a }} ${{ inputs.b }} ${{ inputs.c }} ${{ inputs.d }} ${{ inputs.e }} ${{ inputs.f }} ${{ inputs.g }}
";

    #[test]
    fn a_text_is_no_boolean() {
        check(
            &("on:
  workflow_dispatch:
    inputs:
      debug: {type: boolean}
      level: {type: choice, options: [low, high]}
jobs:
  first:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }}
  call:
    uses: ./.github/workflows/other.yml
    with:
      a: 'yes'
         ^^^^^ call-input-type: of the type `boolean`, but this is a text: write `true`.
      b: 'true'
         ^^^^^^ call-input-type: write `true` without quotes.
      c: 1
         ^ call-input-type: but this is a number: write `true`.
      d: ${{ github.ref }}
         ^^^^^^^^^^^^^^^^^ call-input-type: but this is a text: compare it, as in `… == 'true'`.
      e: ${{ github.event.inputs.debug }}
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ call-input-type: but this is a text, as everything in `github.event.inputs`: write `inputs.debug`.
      f: ${{ inputs.level }}
         ^^^^^^^^^^^^^^^^^^^ call-input-type: but this is a text
      g: ${{ vars.FAST }}
         ^^^^^^^^^^^^^^^^ call-input-type: but this is a text
"
            .to_owned()
                + CALLEE),
        );
    }

    #[test]
    fn what_may_be_a_boolean_is_silent() {
        check(
            &("on:
  pull_request:
  workflow_dispatch:
    inputs:
      debug: {type: boolean}
jobs:
  call:
    uses: ./.github/workflows/other.yml
    with:
      a: true
      b: ${{ inputs.debug }}
      c: ${{ github.event.inputs.debug == 'true' }}
      d: ${{ fromJSON(vars.FAST) }}
      e: ${{ github.event.pull_request.draft }}
      f: ${{ inputs.debug && 'true' }}
      g: ${{ startsWith(github.ref, 'refs/tags/') }}
"
            .to_owned()
                + CALLEE),
        );
    }

    #[test]
    fn a_text_becomes_a_boolean() {
        let with = |value: &str| {
            format!("on:\n  workflow_dispatch:\n    inputs:\n      debug: {{type: boolean}}\njobs:\n  call:\n    uses: ./.github/workflows/other.yml\n    with:\n      a: {value}\n")
        };
        for (before, after) in [
            ("'true'", "true"),
            ("no", "false"),
            ("0", "false"),
            ("${{ github.event.inputs['debug'] }}", "${{ inputs.debug }}"),
            ("${{ vars.FAST }}", "${{ vars.FAST == 'true' }}"),
        ] {
            check_fix("call-input-type", &(with(before) + CALLEE), &with(after));
        }
    }
}
