use stepladder_yaml::{Chomp, Kind, TextEdit, TextRange};

use crate::expr;
use crate::facts::actions::InputKind;
use crate::lint::{Cx, Rule};
use crate::model::{StepKind, Uses};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "trailing-newline",
    severity: Severity::Warning,
    kind: "structure",
    title: "Line break at the end that was hardly meant",
    docs: "A value that begins with `|` or `>` keeps the line break at its end. In a variable, an output, a secret or the name of \
           a group that is mostly not meant, and comparisons with it fail. `|-` and `>-` leave it away, `|+` and `>+` say that \
           it is meant.",
    bad: "on: push\nenv:\n  NAME: |\n    value\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nenv:\n  NAME: |-\n    value\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (at, place) in cx.places().iter().enumerate() {
        let node = place.node.resolve();
        if node.kind() != Kind::Scalar || place.through_alias {
            continue;
        }
        let Some(header) = node.block_header().filter(|header| header.chomp == Chomp::Clip) else { continue };
        // Several lines are meant as lines; a single one is a plain value.
        let single = node.as_str().is_some_and(|text| {
            let lines = text.trim_end();
            text.ends_with('\n') && !lines.is_empty() && !lines.contains('\n')
        });
        if !single || !matters(cx, at) {
            continue;
        }
        let edit = TextEdit::replace(TextRange::empty(header.range.end), "-");
        out.push(
            RULE.at(header.range, "The value ends with a line break, which is hardly meant; write `|-` or `>-` to leave it away.")
                .with_fix(Fix::risky("Leave the line break away", edit)),
        );
    }
}

/// Whether the value is one that is used to the letter.
fn matters(cx: &Cx<'_>, at: usize) -> bool {
    let Some(place) = cx.places().get(at) else { return false };
    if matches!(place.field.map(|field| field.key), Some("group" | "concurrency")) {
        return true;
    }
    // Inputs of actions are mostly lines; what is one expression is handed on to the letter.
    let whole = place.node.resolve().as_str().is_some_and(|text| expr::whole(text.trim()).is_some());
    cx.tags.around(at).any(|around| {
        let key = around.field.map_or("", |field| field.key);
        matches!(key, "env" | "outputs" | "secrets" | "matrix") || (whole && key == "with" && !takes_lines(cx, at))
    })
}

/// Whether the value is that of an input which takes several lines, so that the last one may end as the others do.
fn takes_lines(cx: &Cx<'_>, at: usize) -> bool {
    let name = cx.places().get(at).and_then(|place| place.name());
    let kind = || {
        let owner = cx.owners().get(at)?;
        let steps = match owner.job {
            Some(job) => &cx.workflow.jobs.get(job)?.steps,
            None => &cx.action.steps,
        };
        let StepKind::Uses(uses) = &steps.get(owner.step?)?.kind else { return None };
        let Uses::Remote { slug, git_ref, .. } = Uses::new(&uses.value) else { return None };
        let version = cx.env.catalogue.as_ref()?.at(slug, git_ref, cx.comment_beside(uses.range))?;
        Some(version.input(name?)?.kind)
    };
    // The body of a comment or of a release is read by people.
    name == Some("body") || kind() == Some(InputKind::Lines)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn inputs_of_several_lines_may_end_with_one() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with:
          tags: |
            ${{ vars.TAG }}
          target: |
                  ^ trailing-newline: ends with a line break
            ${{ vars.TARGET }}
",
        );
    }
}
