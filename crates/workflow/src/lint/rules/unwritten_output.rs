use stepladder_yaml::Change;

use crate::expr;
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::{Step, StepKind, Written, only_plain_commands, written};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unwritten-output",
    severity: Severity::Warning,
    kind: "data-flow",
    title: "Output that the step's script does not write",
    docs: "The script of the step writes no output of this name to `$GITHUB_OUTPUT`, so the value is always empty. Case \
           counts for nothing in names of outputs, but every letter does. Where the script starts programs that may write outputs \
           as well, only a name that is near to a written one is told.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: v\n        run: echo \"version=1\" >> \"$GITHUB_OUTPUT\"\n      - run: make ${{ steps.v.outputs.versoin }}\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: v\n        run: echo \"version=1\" >> \"$GITHUB_OUTPUT\"\n      - run: make ${{ steps.v.outputs.version }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let mut last: Option<(*const Step, Written<'_>)> = None;
    for at in cx.exprs.iter().filter(|at| at.asks("steps")) {
        let Some(ast) = &at.parsed.ast else { continue };
        let owner = cx.owners().get(at.place).copied().unwrap_or_default();
        let steps: &[Step] = match owner.job.and_then(|job| cx.workflow.jobs.get(job)) {
            Some(job) => &job.steps,
            None => &cx.action.steps,
        };
        for used in expr::used(ast).into_iter().filter(|used| used.root.is("steps") && !at.parsed.doubts_word(used.range)) {
            let names = used.names();
            let [_, id, outputs, name] = names[..] else { continue };
            if !outputs.eq_ignore_ascii_case("outputs") {
                continue;
            }
            let step = steps
                .iter()
                .find(|step| step.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(id)));
            let Some((step, StepKind::Run { script, .. })) = step.map(|step| (step, &step.kind)) else { continue };
            // Outputs of one step are mostly read side by side.
            if last.as_ref().is_none_or(|(of, _)| !std::ptr::eq(*of, step)) {
                last = Some((step, written(&script.value)));
            }
            let Some((_, Written { names: written, all: true })) = &last else { continue };
            if written.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                continue;
            }
            let meant = nearest(name, written.iter().copied());
            // Another program may write outputs too: then only a slip of a name that is written is certain.
            let certain = || is_posix(cx, owner.job, step) && only_plain_commands(&script.value);
            let (severity, why) = match (meant, &written[..]) {
                (Some(meant), _) => (
                    RULE.severity,
                    format!("The step `{id}` does not write the output `{name}`; did you mean `{meant}`?"),
                ),
                (None, _) if !certain() => continue,
                // It may be meant to come later.
                (None, []) => (
                    Severity::Hint,
                    format!(
                        "The step `{id}` writes no outputs, so `{name}` is always empty: write it with \
                         `echo \"{name}=…\" >> \"$GITHUB_OUTPUT\"`."
                    ),
                ),
                (None, written) => (
                    Severity::Hint,
                    format!(
                        "The step `{id}` does not write the output `{name}`, so it is always empty; it writes {}.",
                        list(written.iter().copied(), 24)
                    ),
                ),
            };
            let range = match used.steps.get(2) {
                Some(expr::PathStep::Name { range, .. }) => *range,
                _ => used.range,
            };
            let fix = meant.and_then(|meant| {
                let edit = at.edit(&Change { range, insert: meant.to_owned() })?;
                Some(Fix::risky(format!("Write `{meant}`"), edit))
            });
            out.push(RULE.at(at.range(range), why).with_severity(severity).with_fix(fix));
        }
    }
}

/// Whether the step's script is for a shell such as bash.
fn is_posix(cx: &Cx<'_>, job: Option<usize>, step: &Step) -> bool {
    let job = job.and_then(|job| cx.workflow.jobs.get(job));
    let shell = match (&step.kind, job) {
        (_, Some(_)) => cx.workflow.shell_of(job, step),
        (StepKind::Run { shell, .. }, None) => shell.as_ref(),
        _ => None,
    };
    let posix = |shell: &str| matches!(shell.split(' ').next(), Some("bash" | "sh"));
    shell.is_none_or(|shell| posix(&shell.value))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_no_command_writes_is_always_empty() {
        check(
            r#"on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      sha: ${{ steps.v.outputs.sha }}
                               ^^^ unwritten-output: always empty; it writes `version`
      day: ${{ steps.d.outputs.day }}
                               ^^^ unwritten-output: The step `d` writes no outputs
      size: ${{ steps.m.outputs.size }}
      files: ${{ steps.p.outputs.files }}
    steps:
      - id: v
        run: echo "version=$(cat VERSION)" >> "$GITHUB_OUTPUT"
      - id: d
        run: |
          # What day is it?
          date
      - id: m
        run: make size
      - id: p
        shell: python
        run: |
          echo
      - run: echo ${{ steps.v.outputs.version }}
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ needs.build.outputs.sha }} ${{ needs.build.outputs.size }}
      - run: echo ${{ needs.build.outputs.day }} ${{ needs.build.outputs.files }}
"#,
        );
    }
}
