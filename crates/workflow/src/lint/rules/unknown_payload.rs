use std::cell::LazyCell;

use stepladder_yaml::{Change, TextRange};

use crate::expr::{self, PathStep};
use crate::facts::events;
use crate::facts::payload::{Found, Payloads, Trigger};
use crate::lint::meant::Triggers;
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-payload",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Property that no event of the workflow has",
    docs: "`github.event` is what GitHub sends with the event that started the run, and each event has its own properties. None of \
           the events under `on` has this one, so it is always empty: `github.event.pull_request` is there for pull requests \
           only, for example.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.event.pull_request.number }}\"\n",
    good: "on: pull_request\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.event.pull_request.number }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(payloads) = cx.env.payloads.as_ref().filter(|_| cx.kind == FileKind::Workflow) else { return };
    let meant = Triggers::new(cx);
    let triggers = meant.for_payloads();
    if triggers.is_empty() {
        return;
    }
    // A called workflow sees the event of its caller, which can be any.
    let called = meant.open || triggers.iter().any(|trigger| trigger.event == "workflow_call");
    let sent = LazyCell::new(|| payloads.sent(&triggers));
    for at in &cx.exprs {
        let Some(ast) = at.parsed.ast.as_ref().filter(|_| at.source.contains("event")) else { continue };
        for used in expr::used(ast).into_iter().filter(|used| used.starts_with(&["github", "event"]) && !at.parsed.doubts_word(used.range)) {
            let path = used.steps.iter().skip(1).map_while(|step| match step {
                PathStep::Name { text, .. } => Some(*text),
                PathStep::Item => Some("*"),
                PathStep::Computed(_) => None,
            });
            // Where all of it may be, each part may be. The inputs are those that are declared.
            let path: Vec<&str> = path.collect();
            if called && path.first() != Some(&"inputs") && payloads.anywhere(&path) {
                continue;
            }
            let mut names: Vec<&str> = Vec::new();
            let mut range = used.range;
            for step in used.steps.iter().skip(1) {
                match step {
                    // A name that is still to be written.
                    PathStep::Name { text: "", .. } => break,
                    PathStep::Name { text, range: own } => {
                        names.push(text);
                        range = *own;
                    }
                    PathStep::Item => names.push("*"),
                    PathStep::Computed(_) => break,
                }
                if let ["inputs", name] = names[..] {
                    undeclared_input(cx, name, at.range(range), out);
                    break;
                }
                if called {
                    if names != ["inputs"] && !payloads.anywhere(&names) {
                        let message = format!(
                            "No event has `github.event.{}`, so this is always empty.",
                            names.join(".")
                        );
                        out.push(RULE.at(at.range(range), message));
                        break;
                    }
                } else if sent.at(&names) == Found::Absent {
                    let events: Vec<&str> = triggers.iter().map(|trigger| trigger.event).collect();
                    let (last, parents) = names.split_last().unwrap_or((&"", &[]));
                    let members = payloads.members(&triggers, parents);
                    let meant = nearest(last, members.iter().map(|(name, _)| name.as_str()));
                    let ask = meant.map(|meant| match meant == *last {
                        // The member is one of the items.
                        true => {
                            let list = format!("github.event.{}", parents.join("."));
                            format!(": `{list}` is a list, so write `{list}[0].{last}` or `{list}.*.{last}`.")
                        }
                        false => format!("; did you mean `{meant}`?"),
                    });
                    let with = activities(payloads, &triggers, &names).filter(|_| ask.is_none());
                    let message = format!(
                        "`github.event.{}` is not there for {}{}, so this is always empty{}",
                        names.join("."),
                        list(events, 6),
                        with.as_deref().unwrap_or_default(),
                        ask.as_deref().unwrap_or(".")
                    );
                    // What another event would have may be meant for a trigger to come; a slip is never right.
                    let severity = if ask.is_some() { Severity::Warning } else { Severity::Hint };
                    let fix = meant.filter(|meant| !meant.eq_ignore_ascii_case(last)).and_then(|meant| {
                        let edit = at.edit(&Change { range, insert: meant.to_owned() })?;
                        Some(Fix::risky(format!("Write `{meant}`"), edit))
                    });
                    out.push(RULE.at(at.range(range), message).with_severity(severity).with_fix(fix));
                    break;
                }
            }
        }
    }
}

/// The activities of the only event with which it is there, when those that start the workflow are others.
fn activities(payloads: &Payloads, triggers: &[Trigger<'_>], names: &[&str]) -> Option<String> {
    let [Trigger { event: name, types }] = triggers else { return None };
    let event = events::event(name)?;
    let there = |kind: &&&str| {
        let types = [**kind];
        matches!(payloads.at(&[Trigger { event: name, types: &types }], names), Found::Known(_))
    };
    let others: Vec<&str> = event.types.iter().filter(there).copied().collect();
    let own = if types.is_empty() { event.default_types.unwrap_or(event.types) } else { types };
    (!others.is_empty()).then(|| format!(" with {} (but with {})", list(own.iter().copied(), 4), list(others, 4)))
}

/// `github.event.inputs.<name>` when no such input is declared for a start by hand. Who calls the workflow may have been
/// started by hand with other inputs, but then `workflow_dispatch` would have no use for those of its own.
fn undeclared_input(cx: &Cx<'_>, name: &str, range: TextRange, out: &mut Vec<Finding>) {
    let Some(trigger) = cx.workflow.trigger("workflow_dispatch") else { return };
    if name != "*" && !trigger.inputs.iter().any(|input| input.name.value.eq_ignore_ascii_case(name)) {
        let known = list(trigger.inputs.iter().map(|input| input.name.value.as_str()), 12);
        let known = if known.is_empty() { "there is none".to_owned() } else { format!("there are {known}") };
        out.push(RULE.at(
            range,
            format!("`workflow_dispatch` has no input `{name}`, so this is always empty; {known}."),
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_slip_is_told_apart_from_what_another_event_has() {
        let severity = |name: &str| {
            let text = format!(
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ github.event.{name} }}}}\n"
            );
            let found = crate::Analysis::new(text, &crate::lint::testing::env()).into_findings();
            found.iter().map(|found| found.severity).collect::<Vec<_>>()
        };
        assert_eq!(severity("repositry.name"), [crate::Severity::Warning]);
        assert_eq!(severity("issue.number"), [crate::Severity::Hint]);
        assert_eq!(severity("repository.name"), []);
    }

    #[test]
    fn a_slip_is_mended() {
        let with = |path: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ github.event{path} }}}}\n")
        };
        for (before, after) in [
            (".repositry.name", ".repository.name"),
            (".head_commit.idd", ".head_commit.id"),
            (".commits[0]['mesage']", ".commits[0]['message']"),
        ] {
            let before = with(before).replace("run: make", "env: {A: x}\n        name: B");
            let after = with(after).replace("run: make", "env: {A: x}\n        name: B");
            let (before, after) = (before + "        run: make\n", after + "        run: make\n");
            crate::lint::testing::check_fix("unknown-payload", &before, &after);
        }
    }

    #[test]
    fn another_activity_is_named() {
        check(
            "on:
  issues:
    types: [opened]
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ github.event.label.id }}
                                   ^^^^^ unknown-payload: is not there for `issues` with `opened` (but with `edited`, `labeled`, `unlabeled`)
",
        );
    }

    #[test]
    fn a_member_of_the_items_is_not_one_of_the_list() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ github.event.commits.id }} ${{ join(github.event.commits.*.id) }}
                                           ^^ unknown-payload: a list, so write `github.event.commits[0].id` or `github.event.commits.*.id`.
",
        );
    }

    #[test]
    fn inputs_of_a_start_by_hand() {
        check(
            "on:
  workflow_call:
    inputs:
      level: {type: string}
  workflow_dispatch:
    inputs:
      name: {type: string}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ github.event.inputs.name }} ${{ github.event.inputs.level }} ${{ inputs.name }} ${{ inputs.level }}
                                                                          ^^^^^ unknown-payload: has no input `level`
",
        );
    }

    #[test]
    fn a_called_workflow_has_the_event_of_any_caller() {
        check(
            "on:\n  push:\n  workflow_call:\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ github.event.pull_request.number }} ${{ github.event.inputs.any }}\n      - run: make ${{ github.event.pull_requset.number }}\n                                   ^^^^^^^^^^^^ unknown-payload: No event\n      - run: make ${{ github.event.pull_request.nubmer }}\n                                                ^^^^^^ unknown-payload: No event\n",
        );
    }

    #[test]
    fn a_slip_among_the_triggers_hides_nothing() {
        check(
            "on:
  issues: {types: [opened, label]}
                           ^^^^^ unknown-value: did you mean `labeled`
  issue_comment: {types: [created]}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ github.event.label.id }} ${{ github.event.comment.author_assoc }}
                                                                        ^^^^^^^^^^^^ unknown-payload: is not there
      - run: make ${{ github.event.issue.nmber }} ${{ github.event.pull_request.number }}
                                         ^^^^^ unknown-payload: did you mean `number`
                                                                   ^^^^^^^^^^^^ unknown-payload: is not there for `issues`, `issue_comment`
",
        );
        check(
            "on:
  push:
  pul_request:
  ^^^^^^^^^^^ unknown-key: did you mean `pull_request`
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - if: github.event_name == 'pull_request'
        run: make ${{ github.event.head_commit.idd }} ${{ github.event.pull_request.number }}
                                               ^^^ unknown-payload: did you mean `id`
",
        );
        check(
            "on:
  push:
  something_else:
  ^^^^^^^^^^^^^^ unknown-key: something_else
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ github.event.issue.number }} ${{ github.event.isue.number }}
                                                                    ^^^^ unknown-payload: No event has
",
        );
    }
}
