use stepladder_yaml::{Kind, TextEdit};

use crate::expr;
use crate::lint::suggest::{list, meant};
use crate::lint::{Cx, Rule};
use crate::schema::Values;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-value",
    severity: Severity::Error,
    kind: "structure",
    title: "Value that GitHub does not know",
    docs: "Some keys take only certain words: events, activity types, permission levels, types of inputs, and so on. GitHub \
           refuses any other. The message names the nearest one and lists those that are allowed.",
    bad: "on: push\npermissions:\n  contents: reed\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\npermissions:\n  contents: read\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

/// What `using` of an action should say, the newest first.
const RUNTIMES: [&str; 4] = ["node24", "node20", "composite", "docker"];

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let Some(field) = place.field.filter(|field| field.values.closed()) else { continue };
        let node = place.node.resolve();
        let Some(text) = (node.kind() == Kind::Scalar && !node.is_null()).then(|| node.as_str()).flatten()
        else {
            continue;
        };
        let known = field.values.list();
        let dynamic = field.ctx.allows_expressions() && expr::has_expression(text);
        if text.is_empty() || dynamic || known.contains(&text) || expr::has_expression(text) {
            continue;
        }
        let what = match (place.name(), field.values) {
            (_, Values::Events) => "an event".to_owned(),
            (_, Values::Activities(event)) => format!("an activity of the event `{event}`"),
            (Some(name), _) => format!("a value of `{name}`"),
            (None, _) => "allowed here".to_owned(),
        };
        // Of runtimes only those are proposed that runners have; the other kinds of actions have other keys beside.
        let runtime = place.name() == Some("using");
        let offered = if runtime { RUNTIMES.to_vec() } else { known };
        let meant = match runtime && text.starts_with("node") {
            true => Some(RUNTIMES[0]),
            false => meant(text, offered.iter().copied()),
        };
        let possible = list(offered, 64);
        let message = match meant {
            Some(meant) => format!("`{text}` is not {what}; did you mean `{meant}`? Possible: {possible}."),
            None => format!("`{text}` is not {what}; possible: {possible}."),
        };
        let fix = meant.map(|meant| {
            let edit = TextEdit::replace(node.range(), meant);
            let title = format!("Write `{meant}`");
            if meant.eq_ignore_ascii_case(text) { Fix::safe(title, edit) } else { Fix::risky(title, edit) }
        });
        out.push(RULE.at(place.node.range(), message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_was_cut_short_is_completed() {
        check(
            "on:
  pull_request:
    types: [open, sync]
            ^^^^ unknown-value: did you mean `opened`?
                  ^^^^ unknown-value: did you mean `synchronize`?
permissions:
  contents: readonly
            ^^^^^^^^ unknown-value: did you mean `read`?
cache-mode: read-write
            ^^^^^^^^^^ unknown-value: did you mean `read`? Possible: `read`, `write`, `write-only`, `none`.
jobs:
  build:
    runs-on: ubuntu-latest
    cache-mode: write-only
    steps:
      - run: make
  call:
    uses: ./.github/workflows/call.yml
    cache-mode: none
",
        );
    }

    #[test]
    fn no_runtime_is_proposed_that_runners_have_no_longer() {
        check(
            "#: action.yml
name: Set up
description: Sets up.
runs:
  using: node18
         ^^^^^^ unknown-value: did you mean `node24`? Possible: `node24`, `node20`, `composite`, `docker`.
  main: a.js
",
        );
    }
}
