use stepladder_yaml::{Kind, Scalar, TextEdit, TextRange};

use crate::expr::{self, Type};
use crate::lint::scope::scope_at;
use crate::lint::{Cx, Rule};
use crate::model::Input;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "default-type",
    severity: Severity::Error,
    kind: "triggers",
    title: "Default of another type than its input",
    docs: "The default of an input of the type `boolean` must be `true` or `false`, that of a `number` a number. GitHub \
           refuses the file otherwise. The default of any other input is a text, so a number there belongs into quotes.",
    bad: "on:\n  workflow_dispatch:\n    inputs:\n      dry-run:\n        type: boolean\n        default: yes\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.dry-run }}\n",
    good: "on:\n  workflow_dispatch:\n    inputs:\n      dry-run:\n        type: boolean\n        default: true\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ inputs.dry-run }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for trigger in &cx.workflow.triggers {
        for input in trigger.inputs.iter().take(200) {
            let call = trigger.event.value == "workflow_call";
            let kind = input.kind.as_ref().map_or("string", |kind| &kind.value);
            if let Some((wanted, severity, range)) = mismatch(cx, input, call) {
                let given = input.default.as_ref().map_or("null", |default| default.value.trim_end());
                let message = format!(
                    "`{}` is of the type `{kind}`, so its default must be {wanted}, not `{given}`.",
                    input.name.value,
                );
                let fix = right(cx, input, kind);
                out.push(RULE.at(range, message).with_severity(severity).with_fix(fix));
            } else if let Some((given, range)) = computed(cx, input) {
                let message =
                    format!("`{}` is of the type `{kind}`, but its default gives a {given}.", input.name.value);
                out.push(RULE.at(range, message).with_severity(Severity::Warning));
            }
        }
    }
}

/// The default as its type wants it, where it is clear which is meant.
fn right(cx: &Cx<'_>, input: &Input, kind: &str) -> Option<Fix> {
    let node = cx.tree.at(&input.path)?.get("default")?;
    let (range, text) = (node.range(), input.default.as_ref()?.value.trim());
    let own = node.kind() == Kind::Scalar && node.anchor().is_none() && node.tag().is_none();
    let new = match kind {
        "boolean" => truth(text)?.to_owned(),
        "number" => Some(text).filter(|text| text.parse::<f64>().is_ok_and(f64::is_finite))?.to_owned(),
        _ => Some(node.source()).filter(|source| !source.contains(['\'', '"', '\n'])).map(|source| format!("'{source}'"))?,
    };
    let line = !cx.tree.slice(range).contains(['\n', '\r']);
    (own && line).then(|| Fix::risky(format!("Write `{new}`"), TextEdit::replace(range, new)))
}

/// The boolean that is meant by a word.
pub(super) fn truth(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "1" => Some("true"),
        "false" | "no" | "off" | "n" | "0" => Some("false"),
        _ => None,
    }
}

/// What an expression gives as the default of an input that takes something else, and where it stands.
fn computed(cx: &Cx<'_>, input: &Input) -> Option<(&'static str, TextRange)> {
    let default = input.default.as_ref().filter(|default| default.value.contains("${{"))?;
    let at = cx.exprs.iter().find(|at| at.whole && at.node.range() == default.range)?;
    let given = match expr::type_of(at.parsed.ast.as_ref()?, &scope_at(cx, at.place)) {
        Type::String => "text",
        Type::Number => "number",
        Type::Bool => "boolean",
        _ => return None,
    };
    let wanted = match input.kind.as_ref()?.value.as_str() {
        "boolean" => "boolean",
        "number" => "number",
        _ => return None,
    };
    (given != wanted).then_some((given, at.outer()))
}

fn mismatch(cx: &Cx<'_>, input: &Input, call: bool) -> Option<(&'static str, Severity, TextRange)> {
    const TRUTH: &str = "`true` or `false` without quotes";
    const NUMBER: &str = "a number without quotes";
    let node = cx.tree.at(&input.path)?.get("default")?;
    // A dispatch without a type asks for a text; a call without one is incomplete.
    let kind = input.kind.as_ref().map(|kind| kind.value.as_str()).or((!call).then_some("string"))?;
    let Some(default) = &input.default else {
        let written = node.is_null() && !node.range().is_empty();
        return match kind {
            "boolean" if written => Some((TRUTH, Severity::Warning, node.range())),
            "number" if written => Some((NUMBER, Severity::Warning, node.range())),
            _ => None,
        };
    };
    if default.value.contains("${{") {
        return None;
    }
    let (wanted, severity) = match (kind, node.scalar()?) {
        ("boolean", Scalar::Bool(_)) => return None,
        ("boolean", _) => {
            // A quoted `"true"` reads as text, which GitHub takes for a dispatch but not for a call.
            let quoted = matches!(default.value.as_str(), "true" | "false");
            (TRUTH, if quoted && !call { Severity::Warning } else { Severity::Error })
        }
        ("number", Scalar::Number(number)) if number.is_finite() => return None,
        ("number", _) => {
            let number = default.value.trim().parse::<f64>().is_ok_and(f64::is_finite);
            // In quotes it is read as the number all the same.
            (NUMBER, if number { Severity::Hint } else { Severity::Error })
        }
        // GitHub's own editor refuses it; what runs reads the number or the boolean as text.
        ("string" | "choice" | "environment", Scalar::Bool(_) | Scalar::Number(_)) => {
            ("a text: put it into quotes", Severity::Warning)
        }
        _ => return None,
    };
    Some((wanted, severity, default.range))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::Severity;
    use crate::lint::testing::{analyse, check, env};

    #[test]
    fn a_default_becomes_what_is_wanted() {
        let with = |kind: &str, default: &str| {
            format!("on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: {kind}\n        default: {default} # why\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ inputs.a }}}}\n")
        };
        for (kind, before, after) in
            [("boolean", "yes", "true"), ("boolean", "'false'", "false"), ("number", "'3'", "3"), ("string", "1.10", "'1.10'")]
        {
            crate::lint::testing::check_fix("default-type", &with(kind, before), &with(kind, after));
        }
    }

    #[test]
    fn numbers_are_no_texts() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      version:
        default: 1.10
                 ^^^^ default-type: its default must be a text
      level:
        type: choice
        options: ['1', '2']
        default: 1
                 ^ default-type: its default must be a text
      fine:
        default: '3'
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.version }} ${{ inputs.level }} ${{ inputs.fine }}
",
        );
    }

    #[test]
    fn nothing_is_no_value() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      dry:
        type: boolean
        default: null
                 ^^^^ default-type: its default must be `true` or `false`
                 ^^^^ empty-value: no effect
      level:
        type: number
        default: .inf
                 ^^^^ default-type: its default must be a number
      open:
        type: number
        default:
        ^^^^^^^ empty-value: no effect
      name:
        type: string
        default: null
                 ^^^^ empty-value: no effect
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.dry }} ${{ inputs.level }} ${{ inputs.open }} ${{ inputs.name }}
",
        );
    }

    #[test]
    fn expressions_have_a_type_too() {
        check(
            "on:
  workflow_call:
    inputs:
      dry:
        type: boolean
        default: ${{ github.ref }}
                 ^^^^^^^^^^^^^^^^^ default-type: its default gives a text
      fine:
        type: boolean
        default: ${{ github.sha == 'x' }}
      open:
        type: number
        default: ${{ fromJSON(vars.COUNT) }}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.dry }} ${{ inputs.fine }} ${{ inputs.open }}
",
        );
    }

    #[test]
    fn what_is_taken_all_the_same_is_milder() {
        let severity = |event: &str, kind: &str, default: &str| {
            let text = format!(
                "on:\n  {event}:\n    inputs:\n      a:\n        type: {kind}\n        default: {default}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ inputs.a }}}}\n"
            );
            let found = analyse(&text, &env());
            let own = found.findings().iter().find(|found| found.rule == RULE.id);
            own.map(|found| found.severity)
        };
        assert_eq!(severity("workflow_dispatch", "boolean", "'true'"), Some(Severity::Warning));
        assert_eq!(severity("workflow_dispatch", "number", "'1'"), Some(Severity::Hint));
        assert_eq!(severity("workflow_dispatch", "string", "1"), Some(Severity::Warning));
        assert_eq!(severity("workflow_call", "number", "'1'"), Some(Severity::Hint));
        assert_eq!(severity("workflow_call", "boolean", "'true'"), Some(Severity::Error));
    }
}
