use stepladder_yaml::TextRange;

use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "several-documents",
    severity: Severity::Error,
    kind: "structure",
    title: "More than one YAML document",
    docs: "A file holds one workflow. A line `---` in the middle begins a second YAML document, which GitHub does not \
           accept. Put each workflow into a file of its own.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n---\non: push\n",
    good: "---\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if let Some(second) = cx.tree.documents().get(1) {
        let second = cx.tree.node(*second).range();
        // It begins at its mark, which is what is wrong.
        let mark = cx.tree.text()[..second.start as usize].rfind("\n---");
        let start = mark.and_then(|at| u32::try_from(at + 1).ok());
        let range = start.map_or(second, |start| TextRange::new(start, start + 3));
        out.push(RULE.at(
            range,
            "A second YAML document begins here, but a file holds one workflow; move it to a file of its own.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn the_mark_is_marked() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
---
^^^ several-documents: A second YAML document
# Another one.
on: pull_request
",
        );
    }
}
