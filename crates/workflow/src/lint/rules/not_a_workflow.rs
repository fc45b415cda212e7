use stepladder_yaml::{Kind, TextRange};

use crate::facts::limits::WORKFLOW_FILE_BYTES;
use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "not-a-workflow",
    severity: Severity::Error,
    kind: "structure",
    title: "The file is no workflow at all",
    docs: "A workflow is a mapping with the keys `on` and `jobs`, in a text file of at most 512,000 bytes; an action's \
           metadata is a mapping with `name`, `description` and `runs`. This file is something else: empty, a list, \
           plain text, a binary file, or too long or too deep to be read.",
    bad: "- run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let what = match cx.kind {
        FileKind::Workflow => "a workflow is a mapping with the keys `on` and `jobs`",
        FileKind::Action => {
            "an action's metadata is a mapping with the keys `name`, `description` and `runs`"
        }
    };
    let text = cx.tree.text();
    if text.len() > WORKFLOW_FILE_BYTES {
        let bytes = text.len();
        let message = format!(
            "This file has {bytes} bytes, and GitHub takes no workflow of more than {WORKFLOW_FILE_BYTES}; move \
             scripts into files of their own or split it with reusable workflows."
        );
        out.push(RULE.at(TextRange::empty(0), message));
    }
    if cx.tags.cut {
        let message = "Written out with its aliases this file has more values, or more levels of them, than GitHub reads \
                       (50,000 values); say the same with fewer aliases, or split the file.";
        out.push(RULE.at(TextRange::empty(0), message));
    }
    if text.as_bytes()[..text.len().min(8_000)].contains(&0) {
        out.push(RULE.at(TextRange::empty(0), format!("This is a binary file; {what}.")));
        return;
    }
    let Some(root) = cx.tree.root() else {
        if cx.tree.problems().is_empty() && text.len() <= WORKFLOW_FILE_BYTES {
            out.push(RULE.at(TextRange::empty(0), format!("This file is empty; {what}.")));
        }
        return;
    };
    let found = match root.resolve().kind() {
        Kind::Mapping => return,
        Kind::Sequence => "a list",
        Kind::Scalar | Kind::Alias => "plain text",
    };
    if cx.tree.problems().is_empty() {
        out.push(RULE.at(root.range(), format!("This file is {found}; {what}.")));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn says_what_the_file_is() {
        check("# nothing\n^ not-a-workflow: This file is empty\n");
    }

    #[test]
    fn a_text_without_end_is_not_read() {
        let job = "  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        for text in [format!("on: push\njobs:\n{}", job.repeat(150_000)), "[".repeat(10 << 20), "- a: 'b\n".repeat(1 << 20)] {
            let findings = crate::Analysis::new(text, &crate::Env::default()).into_findings();
            let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
            assert!(matches!(messages[..], [size] if size.contains("takes no workflow of more than")), "{messages:?}");
        }
    }

    #[test]
    fn aliases_that_multiply_are_told_and_cost_little() {
        let rows: String = (b'b'..b'n')
            .map(|row| {
                let before = char::from(row - 1);
                format!("        {0}: &{0} [[*{before}, 1], [*{before}, 2], [*{before}, 3], [*{before}, 4]]\n", char::from(row))
            })
            .collect();
        let text = format!(
            "on: push\njobs:\n  x:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        a: &a [1, 2]\n{rows}    steps:\n      - run: make\n"
        );
        let findings = crate::Analysis::new(text, &crate::Env::default()).into_findings();
        assert!(findings.iter().any(|found| found.rule == "not-a-workflow" && found.message.contains("50,000")));
    }

    #[test]
    fn plain_text() {
        check("Dear diary\n^^^^^^^^^^ not-a-workflow: plain text\n");
        check("[a, b]\n^^^^^^ not-a-workflow: a list\n");
        check("#: action.yml\n[a, b]\n^^^^^^ not-a-workflow: metadata\n");
    }
}
