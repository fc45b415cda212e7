//! The outline: triggers, jobs and steps, or the parts of an action.

use stepladder_yaml::{Path, TextRange};

use crate::model::{Step, StepKind, Text};
use crate::{Analysis, FileKind};

/// What an item of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// An event.
    Trigger,
    /// A job.
    Job,
    /// A step.
    Step,
    /// An input of a workflow or an action.
    Input,
    /// An output of a job, a workflow or an action.
    Output,
}

/// An item of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// What it is called.
    pub name: String,
    /// More about it, in a few words; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: OutlineKind,
    /// All of its bytes.
    pub range: TextRange,
    /// The bytes of its name, or its first line; inside of `range`.
    pub selection: TextRange,
    /// Its node; of a name alone, the value of the key.
    pub path: Path,
    /// What belongs to it, in the order of the text.
    pub children: Vec<OutlineItem>,
}

/// The file's items, in the order of the text.
#[must_use]
pub fn outline(a: &Analysis) -> Vec<OutlineItem> {
    let mut items = match a.kind {
        FileKind::Workflow => workflow(a),
        FileKind::Action => action(a),
    };
    items.sort_by_key(|item| item.range.start);
    items
}

fn workflow(a: &Analysis) -> Vec<OutlineItem> {
    let mut items = Vec::new();
    for trigger in &a.workflow.triggers {
        let inputs = trigger.inputs.iter();
        let children =
            inputs.map(|input| leaf(a, OutlineKind::Input, &input.name, input.path.clone())).collect();
        let types: Vec<&str> = trigger.types.iter().map(|kind| kind.value.as_str()).collect();
        items.push(OutlineItem {
            name: trigger.event.value.clone(),
            detail: types.join(", "),
            kind: OutlineKind::Trigger,
            range: cover(trigger.range, trigger.event.range),
            selection: trigger.event.range,
            path: trigger.path.clone(),
            children,
        });
    }
    for job in &a.workflow.jobs {
        let outputs = job.outputs.iter().map(|(name, _)| {
            leaf(a, OutlineKind::Output, name, job.path.child("outputs").child(name.value.clone()))
        });
        let mut children: Vec<OutlineItem> = outputs.chain(steps(a, &job.steps)).collect();
        children.sort_by_key(|item| item.range.start);
        let detail = match (&job.name, &job.uses) {
            (Some(name), _) => name.value.clone(),
            (None, Some(uses)) => uses.value.clone(),
            (None, None) => String::new(),
        };
        items.push(OutlineItem {
            name: job.id.value.clone(),
            detail,
            kind: OutlineKind::Job,
            range: cover(job.range, job.id.range),
            selection: job.id.range,
            path: job.path.clone(),
            children,
        });
    }
    items
}

fn action(a: &Analysis) -> Vec<OutlineItem> {
    let inputs = a.action.inputs.iter();
    let inputs = inputs.map(|input| leaf(a, OutlineKind::Input, &input.name, input.path.clone()));
    let outputs = a.action.outputs.iter().map(|(name, _)| {
        leaf(a, OutlineKind::Output, name, Path::root().child("outputs").child(name.value.clone()))
    });
    inputs.chain(outputs).chain(steps(a, &a.action.steps)).collect()
}

/// The steps, those of a `parallel` group below it.
fn steps(a: &Analysis, steps: &[Step]) -> Vec<OutlineItem> {
    let mut items: Vec<OutlineItem> = Vec::new();
    for step in steps {
        let item = OutlineItem {
            name: step.title(),
            detail: step.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            kind: OutlineKind::Step,
            range: step.range,
            selection: first_line(a, step.range),
            path: step.path.clone(),
            children: Vec::new(),
        };
        match items.last_mut().filter(|group| group.path.contains(&step.path)) {
            Some(group) => group.children.push(item),
            None if matches!(step.kind, StepKind::Parallel) => {
                items.push(OutlineItem { name: "Parallel steps".to_owned(), ..item });
            }
            None => items.push(item),
        }
    }
    items
}

fn leaf(a: &Analysis, kind: OutlineKind, name: &Text, path: Path) -> OutlineItem {
    let range = a.tree.at(&path).map_or(name.range, |node| cover(node.entry_range(), name.range));
    OutlineItem {
        name: name.value.clone(),
        detail: String::new(),
        kind,
        range,
        selection: name.range,
        path,
        children: Vec::new(),
    }
}

/// The smallest range around both.
fn cover(a: TextRange, b: TextRange) -> TextRange {
    TextRange::new(a.start.min(b.start), a.end.max(b.end))
}

fn first_line(a: &Analysis, range: TextRange) -> TextRange {
    let line = a.tree.slice(range).lines().next().map_or(0, str::len);
    TextRange::new(range.start, range.start + super::view::index(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    fn show(items: &[OutlineItem], depth: usize, out: &mut String) {
        for item in items {
            out.push_str(&"  ".repeat(depth));
            out.push_str(&format!("{:?} {} | {}\n", item.kind, item.name, item.detail));
            show(&item.children, depth + 1, out);
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let a = Analysis::new(text, &Env::default());
        let items = outline(&a);
        let mut out = String::new();
        show(&items, 0, &mut out);
        assert_eq!(out, expected);
        fn nested(items: &[OutlineItem]) {
            for item in items {
                assert!(item.range.covers(item.selection), "{}", item.name);
                assert!(item.children.iter().all(|child| item.range.covers(child.range)), "{}", item.name);
                nested(&item.children);
            }
        }
        nested(&items);
    }

    #[test]
    fn a_workflow() {
        check(
            "\
on:
  pull_request:
    types: [opened, closed]
  workflow_dispatch:
    inputs:
      level: { type: string }
jobs:
  build:
    name: Build it
    outputs:
      sha: x
    steps:
      - uses: actions/checkout@v5
        id: out
      - parallel:
          - run: echo 1
          - run: echo 2
      - run: make
  call:
    uses: ./.github/workflows/x.yml
",
            "\
Trigger pull_request | opened, closed
Trigger workflow_dispatch | 
  Input level | 
Job build | Build it
  Output sha | 
  Step actions/checkout@v5 | out
  Step Parallel steps | 
    Step Run echo 1 | 
    Step Run echo 2 | 
  Step Run make | 
Job call | ./.github/workflows/x.yml
",
        );
    }

    #[test]
    fn an_action() {
        check(
            "\
name: A
inputs:
  who: {}
outputs:
  greeting:
    value: x
runs:
  using: composite
  steps:
    - run: echo
      shell: bash
",
            "Input who | \nOutput greeting | \nStep Run echo | \n",
        );
    }
}
