use stepladder_yaml::Change;

use crate::expr::{Expr, ExprKind, Logical, path};
use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::schema::Widget;
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "truthy-text",
    severity: Severity::Hint,
    kind: "expressions",
    title: "Text `false` that counts as true",
    docs: "Inputs of composite actions, inputs of the type `string` and environment variables are texts, and every text that \
           is not empty counts as true, `false` as well. Compare such a value with the word: `inputs.flag == 'true'`.",
    bad: "on: push\nenv:\n  DRAFT: false\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: env.DRAFT\n",
    good: "on: push\nenv:\n  DRAFT: false\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: env.DRAFT == 'true'\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for at in cx.exprs.iter().filter(|at| !at.unclosed && at.parsed.errors.is_empty()) {
        let Some((ast, place)) = at.parsed.ast.as_ref().zip(cx.places().get(at.place)) else { continue };
        let condition = at.whole && place.field.is_some_and(|field| field.widget == Widget::Condition);
        let mut asked = Vec::new();
        collect(ast, condition, &mut asked);
        for Asked { value, part, negated } in asked {
            if !says_true_or_false(cx, value) {
                continue;
            }
            let written = if negated { format!("{value} != 'true'") } else { format!("{value} == 'true'") };
            let message = format!(
                "`{value}` is a text, and the text 'false' counts as true as well: write `{written}`."
            );
            let edit = at.edit(&Change { range: part.range, insert: written.clone() });
            let fix = edit.map(|edit| Fix::risky(format!("Write `{written}`"), edit));
            out.push(RULE.at(at.range(value.range), message).with_fix(fix));
        }
    }
}

/// A value of which only the truth is asked.
struct Asked<'e> {
    value: &'e Expr,
    /// It, or the `!` with it.
    part: &'e Expr,
    negated: bool,
}

/// The values below `part` of which only the truth is asked. Of `a && b || c` that is `a`: the others can be the result, and
/// are asked for their truth only where that is all that matters.
fn collect<'e>(part: &'e Expr, truth: bool, out: &mut Vec<Asked<'e>>) {
    match &part.kind {
        ExprKind::Logical { op, operands } => {
            for (at, operand) in operands.iter().enumerate() {
                let decides = *op == Logical::And && at + 1 < operands.len();
                collect(operand, truth || decides, out);
            }
        }
        ExprKind::Not(inner) if path(inner).is_some() => {
            out.push(Asked { value: inner, part, negated: true });
        }
        ExprKind::Not(inner) => collect(inner, true, out),
        _ if path(part).is_some() => {
            if truth {
                out.push(Asked { value: part, part, negated: false });
            }
        }
        _ => part.children().for_each(|child| collect(child, false, out)),
    }
}

/// Whether a value is a text that is meant as a boolean.
fn says_true_or_false(cx: &Cx<'_>, part: &Expr) -> bool {
    let Some(used) = path(part).filter(|used| used.names().len() == used.steps.len() + 1) else {
        return false;
    };
    match used.names()[..] {
        [inputs, name] if inputs.eq_ignore_ascii_case("inputs") => {
            text_input(cx, name).is_some_and(is_boolean)
        }
        [env, name] if env.eq_ignore_ascii_case("env") => is_flag(cx, name),
        _ => false,
    }
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

/// The default of an input that is a text, if it is one; empty when it has none.
pub(super) fn text_input<'c>(cx: &'c Cx<'_>, name: &str) -> Option<&'c str> {
    let triggers = cx.workflow.triggers.iter().flat_map(|trigger| &trigger.inputs);
    let mut inputs =
        triggers.chain(&cx.action.inputs).filter(|input| input.name.value.eq_ignore_ascii_case(name));
    let input = inputs.next()?;
    let is_text = cx.kind == FileKind::Action
        || input.kind.as_ref().is_none_or(|kind| matches!(&*kind.value, "string" | "choice" | "environment"));
    let default = input.default.as_ref().map_or("", |default| default.value.as_str());
    // Two events can declare it in different ways.
    (is_text && inputs.next().is_none()).then_some(default)
}

/// Whether an environment variable is `true` or `false` wherever it is set.
fn is_flag(cx: &Cx<'_>, name: &str) -> bool {
    let jobs = cx.workflow.jobs.iter().flat_map(|job| &job.env);
    let all = cx.workflow.env.iter().chain(jobs).chain(cx.steps().flat_map(|step| &step.env));
    let mut values =
        all.filter(|(known, _)| known.value.eq_ignore_ascii_case(name)).map(|(_, value)| value).peekable();
    let set_later = |step: &crate::model::Step| match &step.kind {
        StepKind::Run { script, .. } => script.value.contains("GITHUB_ENV") && script.value.contains(name),
        _ => false,
    };
    values.peek().is_some() && values.all(|value| is_boolean(&value.value)) && !cx.steps().any(set_later)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    fn action(condition: &str) -> String {
        format!(
            "#: action.yml\nname: A\ndescription: B\ninputs:\n  flag:\n    description: C\n    default: 'false'\n  free:\n    description: D\nruns:\n  using: composite\n  steps:\n    - run: echo ${{{{ inputs.flag }}}} ${{{{ inputs.free }}}}\n      shell: bash\n      if: {condition}\n"
        )
    }

    #[test]
    fn a_flag_that_is_a_text_is_compared() {
        for (before, after) in [
            ("inputs.flag", "inputs.flag == 'true'"),
            ("${{ !inputs.flag }}", "${{ inputs.flag != 'true' }}"),
            ("inputs.flag && inputs.free", "inputs.flag == 'true' && inputs.free"),
            (
                "(inputs.free || INPUTS.flag) && success()",
                "(inputs.free || INPUTS.flag == 'true') && success()",
            ),
            (
                "inputs.free == (inputs.flag && 'x' || 'y')",
                "inputs.free == (inputs.flag == 'true' && 'x' || 'y')",
            ),
        ] {
            let fixed = action(after);
            check_fix("truthy-text", &action(before), fixed.trim_start_matches("#: action.yml\n"));
        }
    }

    #[test]
    fn a_value_with_another_in_its_place_is_no_flag() {
        check(&action("inputs.flag == (inputs.free || 'true') || inputs.free"));
        check(&action("${{ contains(inputs.flag || 'x', 'y') }}"));
        check(
            "on: push
env:
  A: false
  B: maybe
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo \"A=\" >> \"$GITHUB_ENV\"
      - if: env.A || env.B
        run: make
",
        );
    }

    #[test]
    fn inputs_of_a_called_workflow_can_be_texts() {
        let text = |condition: &str| {
            format!(
                "on:\n  workflow_call:\n    inputs:\n      a: {{type: string, default: 'true'}}\n      b: {{type: boolean, default: true}}\njobs:\n  a:\n    if: {condition}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"
            )
        };
        check_fix("truthy-text", &text("inputs.a && inputs.b"), &text("inputs.a == 'true' && inputs.b"));
    }
}
