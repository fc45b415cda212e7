//! What a condition means, in every run that can be, and what else a text says.

use std::collections::BTreeMap;

use stepladder_workflow::Analysis;
use stepladder_workflow::expr::{self, Condition, State};
use stepladder_yaml::{Node, Path, TextEdit, Tree};

/// Every run that makes a difference to the conditions of the tests.
fn runs() -> Vec<State> {
    let mut all = Vec::new();
    for git_ref in ["a", "b", "x", "*", "x: y", "y #z", ""] {
        for event in ["push", "pull_request"] {
            for sha in ["", "1a"] {
                for (success, failure, cancelled) in
                    [(true, false, false), (false, true, false), (false, false, true)]
                {
                    let github = format!(
                        "{{\"ref_name\": \"{git_ref}\", \"event_name\": \"{event}\", \"sha\": \"{sha}\"}}"
                    );
                    let github = expr::from_json(&github).unwrap();
                    all.push(State {
                        contexts: vec![("github".to_owned(), github)],
                        success: Some(success),
                        failure: Some(failure),
                        cancelled: Some(cancelled),
                    });
                }
            }
        }
    }
    all
}

/// In which of all runs a condition holds; `None`: it is no expression.
pub fn holds(condition: &str) -> Option<Vec<bool>> {
    let source = match expr::condition(condition) {
        Condition::Empty => "success()",
        Condition::Expression(range) => condition.get(range.to_usize())?,
        Condition::Text(_) => return None,
    };
    let parsed = expr::parse(source);
    let ast = parsed.ast.filter(|_| parsed.errors.is_empty())?;
    let waits = !expr::asks_status(&ast);
    let holds = |run: &State| {
        let value = expr::eval(&ast, run).ok()?.truth()?;
        Some(value && (!waits || run.success == Some(true)))
    };
    runs().iter().map(holds).collect()
}

/// Every value of a text by its place, as YAML reads it, but for those that `edit` writes.
pub fn untouched(tree: &Tree, edit: &TextEdit) -> BTreeMap<String, (Option<String>, String)> {
    let is_touched = |node: &Node<'_>| {
        let range = node.full_range();
        edit.changes().iter().any(|change| change.range.start <= range.end && range.start <= change.range.end)
    };
    // What cannot be read has no value yet.
    let line = |offset| tree.lines().line_of(offset);
    let is_read = |node: &Node<'_>| {
        let mut broken = tree.broken().iter();
        !broken.any(|broken| line(broken.start) == line(node.range().start))
    };
    let scalars =
        tree.nodes().filter(|node| !node.is_key() && node.is_empty() && !is_touched(node) && is_read(node));
    let said =
        |node: &Node<'_>| (node.tag().map(str::to_owned), node.as_str().unwrap_or_default().to_owned());
    scalars.map(|node| (node.path().to_string(), said(&node))).collect()
}

/// What `edit` does to values that it does not write, and to the YAML of the text.
pub fn lost(before: &Analysis, edit: &TextEdit) -> Vec<String> {
    let after = Tree::parse(edit.apply(before.tree.text()));
    let mut wrong = Vec::new();
    if after.problems().len() > before.tree.problems().len() {
        wrong.push(format!("it is no YAML any more: {:?}", after.problems()));
    }
    let nothing = TextEdit::new(Vec::new()).unwrap();
    let now = untouched(&after, &nothing);
    for (path, said) in untouched(&before.tree, edit) {
        if now.get(&path) != Some(&said) {
            wrong.push(format!("`{path}` was {said:?} and is {:?}", now.get(&path)));
        }
    }
    wrong
}

/// The text with all fixes made, round by round.
pub fn fixed(text: &str, env: &stepladder_workflow::Env, safe: bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..12 {
        let analysis = Analysis::new(text.as_str(), env);
        let fixes = analysis.findings().iter().filter_map(|finding| finding.fix.as_ref());
        let Some(fix) = fixes.filter(|fix| fix.is_safe() || !safe).find(|fix| !fix.edit.is_empty()) else {
            break;
        };
        text = fix.edit.apply(&text);
    }
    text
}

/// The text at a path, if it is one without a tag.
pub fn text_at(tree: &Tree, path: &Path) -> Option<String> {
    match tree.at(path) {
        None => Some(String::new()),
        Some(node) => node.as_str().filter(|_| node.tag_range().is_none()).map(str::to_owned),
    }
}
