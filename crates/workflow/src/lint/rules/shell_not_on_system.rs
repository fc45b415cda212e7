use super::pointless_comparison::texts;
use super::runner_label::written;
use crate::facts::runners::{Os, os_of_labels, shell};
use crate::lint::suggest::list;
use crate::lint::{Cx, Rule};
use crate::model::{Job, StepKind, Text};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "shell-not-on-system",
    severity: Severity::Warning,
    kind: "jobs",
    title: "Shell that the runner's system does not have",
    docs: "`cmd` and `powershell` exist on Windows only, and `sh` is not offered there. `bash`, `pwsh` and `python` are on \
           all of GitHub's runners. A container has the shells of its image, and never one of Windows.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: dir\n        shell: cmd\n",
    good: "on: push\njobs:\n  build:\n    runs-on: windows-latest\n    steps:\n      - run: dir\n        shell: cmd\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let Some(os) = system(cx, job) else {
            variants(job, out);
            continue;
        };
        let steps = job.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Run { shell, .. } => shell.as_ref(),
            _ => None,
        });
        for text in steps.chain(job.defaults.shell.as_ref()) {
            report(text, os, out);
        }
    }
    let systems: Vec<Option<Os>> =
        cx.workflow.jobs.iter().filter(|job| job.uses.is_none()).map(|job| system(cx, job)).collect();
    if let (Some(default), Some(Some(os))) = (&cx.workflow.defaults.shell, systems.first())
        && systems.iter().all(|other| *other == Some(*os))
    {
        report(default, *os, out);
    }
}

/// A step of every variant whose shell the runners of some variants do not have.
fn variants(job: &Job, out: &mut Vec<Finding>) {
    let labels = written(job);
    let [label] = &labels[..] else { return };
    let inner = label.value.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
    let Some(name) = inner.and_then(|inner| inner.strip_prefix("matrix.")).filter(|_| !job.container) else { return };
    let excludes = || job.matrix.as_ref().is_none_or(|matrix| matrix.exclude.as_ref().is_none_or(|list| !list.is_empty()));
    let Some(images) = texts(job, name).filter(|_| job.condition.is_none() && !excludes()) else { return };
    for step in job.steps.iter().filter(|step| step.condition.is_none()) {
        let StepKind::Run { shell: Some(text), .. } = &step.kind else { continue };
        let Some(known) = shell(&text.value) else { continue };
        let lacks = |image: &&&str| os_of_labels(&[**image]).is_some_and(|os| !known.os.contains(&os));
        if let Some(image) = images.iter().find(lacks) {
            let systems = list(known.os.iter().map(|os| os.name()), 3).replace('`', "");
            let message = format!(
                "The shell `{}` is not on `{image}`, on which this job runs too; it is on {systems}. Give the step an `if`.",
                text.value
            );
            out.push(RULE.at(text.range, message).with_severity(Severity::Hint));
        }
    }
}

/// The system of a job, when all its labels tell the same.
pub(super) fn system(cx: &Cx<'_>, job: &Job) -> Option<Os> {
    if job.container {
        // Containers are run on Linux only; which shells of that are in it nobody knows, but none of Windows is.
        let container = cx.tree.at(&job.path.child("container"))?;
        let image = container.get("image").unwrap_or(container);
        return image.as_str().filter(|image| !image.is_empty() && !image.contains("${{")).map(|_| Os::Linux);
    }
    let labels = written(job);
    let labels: Vec<&str> = labels.iter().map(|label| label.value.as_str()).collect();
    if labels.is_empty() || labels.iter().any(|label| label.contains("${{")) {
        return None;
    }
    os_of_labels(&labels)
}

fn report(text: &Text, os: Os, out: &mut Vec<Finding>) {
    let Some(known) = shell(&text.value).filter(|shell| !shell.os.contains(&os)) else { return };
    let systems = list(known.os.iter().map(|os| os.name()), 3).replace('`', "");
    let message = format!("The shell `{}` is not on {}; it is on {systems}.", text.value, os.name());
    out.push(RULE.at(text.range, message));
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn each_variant_needs_the_shell() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
    runs-on: ${{ matrix.os }}
    steps:
      - run: dir
        shell: cmd
               ^^^ shell-not-on-system: The shell `cmd` is not on `ubuntu-latest`
      - run: dir
        if: runner.os == 'Windows'
        shell: cmd
      - run: make
        shell: bash
",
        );
    }

    #[test]
    fn no_container_has_the_shells_of_windows() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    container: alpine
    steps:
      - run: dir
        shell: powershell
               ^^^^^^^^^^ shell-not-on-system: The shell `powershell` is not on Linux
      - run: make
        shell: sh
  test:
    runs-on: windows-latest
    container: ${{ vars.IMAGE }}
    steps:
      - run: dir
        shell: cmd
",
        );
    }
}
