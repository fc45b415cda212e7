use std::collections::BTreeMap;

use stepladder_yaml::{Path, Step as PathStep, TextEdit};

use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::{Step, StepKind, Text};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "background-steps",
    severity: Severity::Error,
    kind: "jobs",
    title: "Waiting for a step that does not run in the background",
    docs: "`wait` and `cancel` name steps by their ids, and these must stand earlier in the same job and have \
           `background: true`. Steps in a `parallel` group can neither run in the background nor wait, cancel or hold another \
           group.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: server\n        run: ./serve\n      - wait: server\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - id: server\n        run: ./serve\n        background: true\n      - wait: server\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (_, steps) in cx.step_lists() {
        let mut known: BTreeMap<String, bool> = BTreeMap::new();
        for step in steps {
            let targets: Vec<&Text> = match &step.kind {
                StepKind::Wait(ids) => ids.iter().collect(),
                StepKind::Cancel(id) => id.iter().collect(),
                _ => Vec::new(),
            };
            for target in targets {
                report(step, target, &known, out);
            }
            inside_group(cx, step, out);
            if let StepKind::WaitAll = step.kind {
                wait_all(cx, step, out);
            }
            if let Some(id) = &step.id {
                known.insert(id.value.to_lowercase(), step.background);
            }
        }
    }
}

fn report(step: &Step, target: &Text, known: &BTreeMap<String, bool>, out: &mut Vec<Finding>) {
    let id = &target.value;
    if id.is_empty() || id.contains("${{") {
        return;
    }
    let own = step.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(id));
    let mut fix = None;
    let message = match known.get(&id.to_lowercase()) {
        Some(true) => return,
        Some(false) => {
            format!("The step `{id}` does not run in the background; add `background: true` to it.")
        }
        None if own => format!("The step `{id}` cannot wait for itself; name an earlier one."),
        None => {
            let ids: Vec<&str> =
                known.iter().filter(|(_, background)| **background).map(|(id, _)| id.as_str()).collect();
            match nearest(id, ids.iter().copied()) {
                Some(meant) => {
                    let edit = TextEdit::replace(target.range, meant);
                    fix = Some(Fix::risky(format!("Write `{meant}`"), edit));
                    format!("No earlier step has the id `{id}`; did you mean `{meant}`?")
                }
                None if ids.is_empty() => {
                    format!("No earlier step has the id `{id}`, and none runs in the background.")
                }
                None => format!(
                    "No earlier step has the id `{id}`; in the background there are {}.",
                    list(ids, 10)
                ),
            }
        }
    };
    out.push(RULE.at(target.range, message).with_fix(fix));
}

/// What no step of a group can have is told of the group: it is the group that GitHub refuses.
fn inside_group(cx: &Cx<'_>, step: &Step, out: &mut Vec<Finding>) {
    let opens = |part: &PathStep| matches!(part, PathStep::Key(key) if key == "parallel");
    if !step.path.steps().iter().any(opens) {
        return;
    }
    let what = match step.kind {
        StepKind::Wait(_) => "wait",
        StepKind::WaitAll => "wait-all",
        StepKind::Cancel(_) => "cancel",
        StepKind::Parallel => "parallel",
        _ if step.background => "background",
        _ => return,
    };
    let mut around = std::iter::successors(step.path.parent(), Path::parent);
    let group = around.find(|path| path.last().is_some_and(opens));
    let holder = group.and_then(|group| cx.tree.at(&group.parent()?));
    let range = holder.and_then(|holder| holder.entry("parallel")).map(|entry| entry.key.range());
    out.push(RULE.at(
        range.unwrap_or(step.range),
        format!("A step of a `parallel` group cannot have `{what}`, but one here has; move it out of the group."),
    ));
}

fn wait_all(cx: &Cx<'_>, step: &Step, out: &mut Vec<Finding>) {
    let Some(value) = cx.tree.at(&step.path.child("wait-all")) else { return };
    if value.as_bool() == Some(false) {
        out.push(RULE.at(
            value.range(),
            "`wait-all` can only be `true` or empty; remove the step to wait for nothing.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_group_is_refused_for_its_steps() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - parallel:
        ^^^^^^^^ background-steps: cannot have `background`, but one here has
          - run: make
            background: true
            ^^^^^^^^^^ unknown-key
          - run: make test
",
        );
    }

    #[test]
    fn the_step_that_is_meant_is_written() {
        let with = |id: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - id: server\n        run: serve\n        background: true\n      - wait: {id}\n")
        };
        crate::lint::testing::check_fix("background-steps", &with("sever"), &with("server"));
    }
}
