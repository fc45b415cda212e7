//! Templates that people bring: a workflow of their own with placeholders, or a folder in GitHub's starter format.

use std::collections::BTreeMap;

use serde::Deserialize;
use stepladder_yaml::{Kind as NodeKind, Node, Path, Step, Tree, edit};

use crate::{Answer, Header, Kind, Level, Question, Template};

/// The shelf of templates of one's own.
pub const OWN_SHELF: &str = "My own";
/// Most values that are offered as placeholders.
const MAX_PLACEHOLDERS: usize = 40;

/// A value of a workflow that can become a question of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Placeholder {
    /// Where it stands.
    pub path: Path,
    /// What it is, in words: "Branch", "`python-version` of Set up Python".
    pub label: String,
    /// Its present value, the answer by default.
    pub value: String,
    kind: Kind,
}

/// The values of a workflow that differ most from repository to repository: branches, schedules, runners, environments,
/// environment variables, and what actions and called workflows are given. Values with expressions are left out.
#[must_use]
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let tree = Tree::parse(text);
    let scalars = tree.nodes().filter(|node| node.kind() == NodeKind::Scalar && !node.is_key());
    scalars.filter_map(placeholder).take(MAX_PLACEHOLDERS).collect()
}

fn placeholder(node: Node<'_>) -> Option<Placeholder> {
    let value = node.as_str()?;
    if value.is_empty() || value.contains("${{") || value.contains('\n') {
        return None;
    }
    let path = node.path();
    let keys: Vec<&str> = path
        .steps()
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    let (label, kind) = match keys[..] {
        ["on", event, "branches" | "branches-ignore"] => (format!("Branch for {event}"), Kind::Branch),
        ["on", event, key @ ("paths" | "paths-ignore" | "tags")] => (format!("{key} of {event}"), Kind::Text),
        ["on", "schedule", "cron"] => ("Schedule".to_owned(), Kind::Cron),
        ["env", name] => (format!("Variable {name}"), Kind::Text),
        ["jobs", job, "runs-on"] => (format!("Runner of {job}"), Kind::Text),
        ["jobs", job, "environment"] | ["jobs", job, "environment", "name"] => {
            (format!("Environment of {job}"), Kind::Text)
        }
        ["jobs", job, "env", name] => (format!("Variable {name} of {job}"), Kind::Text),
        ["jobs", job, "with", name] => (format!("{name} of {job}"), Kind::Text),
        ["jobs", job, "strategy", "matrix", name] => (format!("{name} in the matrix of {job}"), Kind::Text),
        ["jobs", job, "steps", "with", name] => (format!("{name} of a step of {job}"), Kind::Text),
        ["jobs", job, "steps", "env", name] => (format!("Variable {name} of a step of {job}"), Kind::Text),
        _ => return None,
    };
    Some(Placeholder { path, label, value: value.to_owned(), kind })
}

impl Template {
    /// A template of one's own: the workflow, with a question for each of these placeholders. Placeholders of the same
    /// label and value share a question.
    #[must_use]
    pub fn own(id: &str, title: &str, summary: &str, file: &str, text: &str, asked: &[Placeholder]) -> Self {
        let mut questions: Vec<Question> = Vec::new();
        for one in asked {
            let set = one.path.to_string();
            let same = |question: &&mut Question| {
                question.ask == one.label && question.default == Answer::Text(one.value.clone())
            };
            match questions.iter_mut().find(same) {
                Some(question) => question.sets.push(set),
                None => {
                    let id = format!("q{}", questions.len() + 1);
                    questions.push(question(id, one.label.clone(), one.kind, one.value.clone(), vec![set]));
                }
            }
        }
        let header = header(title, summary, file, questions);
        Self { id: id.to_owned(), header, text: text.to_owned() }
    }

    /// A template in GitHub's starter format: the workflow, and the text of its `NAME.properties.json`. GitHub's own
    /// placeholders, `$default-branch`, `$protected-branches` and `$cron-daily`, become questions.
    ///
    /// # Errors
    /// A sentence about properties that cannot be read.
    pub fn from_starter(id: &str, file: &str, text: &str, properties: &str) -> Result<Self, String> {
        let read: Properties = serde_json::from_str(properties)
            .map_err(|why| format!("The properties of {file} cannot be read: {why}."))?;
        let (mut text, mut questions) = (text.to_owned(), Vec::new());
        let known = [
            ("$default-branch", "branch", "Which is the default branch?", Kind::Branch, "main"),
            ("$protected-branches", "protected", "Which branch is protected?", Kind::Branch, "main"),
            ("$cron-daily", "daily", "When is it due each day?", Kind::Cron, "23 4 * * *"),
            ("$cron-weekly", "weekly", "When is it due each week?", Kind::Cron, "23 4 * * 1"),
        ];
        for (mark, name, ask, kind, usual) in known {
            let tree = Tree::parse(text.as_str());
            let marked = tree.nodes().filter(|node| node.kind() == NodeKind::Scalar && !node.is_key());
            let paths: Vec<Path> =
                marked.filter(|node| node.as_str() == Some(mark)).map(|node| node.path()).collect();
            for path in &paths {
                let tree = Tree::parse(text.as_str());
                let edit = edit::set(&tree, path, &edit::Value::Str(usual.to_owned()));
                text = edit.map_err(|refusal| refusal.message)?.apply(&text);
            }
            if !paths.is_empty() {
                let sets = paths.iter().map(ToString::to_string).collect();
                questions.push(question(name.to_owned(), ask.to_owned(), kind, usual.to_owned(), sets));
            }
        }
        let mut header = header(&read.name, &read.description, file, questions);
        header.tags = read.categories;
        Ok(Self { id: id.to_owned(), header, text })
    }
}

/// What stands in `NAME.properties.json`.
#[derive(Deserialize)]
struct Properties {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    categories: Vec<String>,
}

/// The starter templates in a folder, by the paths of its files: `NAME.yml` beside `NAME.properties.json`, or with that in
/// a folder `properties`, as in GitHub's own. Files without properties are left out; what cannot be read is told.
#[must_use]
pub fn starters(files: &BTreeMap<String, String>) -> (Vec<Template>, Vec<String>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(base) = name.strip_suffix(".yml").or(name.strip_suffix(".yaml")) else { continue };
        let at = |folder: &str| if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let beside = format!("{}{base}.properties.json", at(folder));
        let below = format!("{}properties/{base}.properties.json", at(folder));
        let Some(properties) = files.get(&beside).or(files.get(&below)) else { continue };
        match Template::from_starter(&format!("own-{base}"), name, text, properties) {
            Ok(template) => found.push(template),
            Err(problem) => problems.push(problem),
        }
    }
    (found, problems)
}

fn question(id: String, ask: String, kind: Kind, default: String, sets: Vec<String>) -> Question {
    Question {
        id,
        ask,
        help: None,
        kind,
        of: None,
        default: Answer::Text(default),
        options: Vec::new(),
        check: None,
        min: None,
        max: None,
        sets,
    }
}

fn header(title: &str, summary: &str, file: &str, questions: Vec<Question>) -> Header {
    Header {
        title: title.to_owned(),
        summary: summary.to_owned(),
        description: summary.to_owned(),
        category: OWN_SHELF.to_owned(),
        tags: Vec::new(),
        file: file.rsplit('/').next().unwrap_or(file).to_owned(),
        level: Level::Beginner,
        secrets: Vec::new(),
        variables: Vec::new(),
        questions,
        companions: Vec::new(),
        readme: None,
        files: Vec::new(),
        scenarios: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::apply_answers;

    const TEXT: &str = "\
on:
  push:
    branches: [main] # here
  pull_request:
    branches: [main]
env:
  MODEL: churn
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-python@v7
        with: {python-version: \"3.13\", token: '${{ github.token }}'}
";

    #[test]
    fn values_that_differ_are_offered() {
        let labels: Vec<String> = placeholders(TEXT).into_iter().map(|one| one.label).collect();
        assert_eq!(
            labels,
            [
                "Branch for push",
                "Branch for pull_request",
                "Variable MODEL",
                "Runner of a",
                "python-version of a step of a"
            ]
        );
    }

    #[test]
    fn a_workflow_becomes_a_template_that_asks() {
        let all = placeholders(TEXT);
        let asked = [all[0].clone(), all[4].clone()];
        let template = Template::own("own-1", "Mine", "For us.", "mine.yml", TEXT, &asked);
        let answers =
            [("q1".to_owned(), Answer::Text("trunk".into())), ("q2".to_owned(), Answer::Text("3.10".into()))];
        let text = apply_answers(&template, &answers.into()).unwrap();
        assert_eq!(text, TEXT.replacen("[main] # here", "[trunk] # here", 1).replace("3.13", "3.10"));
        assert_eq!(apply_answers(&template, &BTreeMap::new()).unwrap(), TEXT);
    }

    #[test]
    fn githubs_own_placeholders_become_questions() {
        let workflow = "on:\n  push:\n    branches: [ $default-branch ]\n  pull_request:\n    branches: [ $default-branch ]\n  schedule:\n    - cron: $cron-daily\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n";
        let properties = r#"{"name": "C", "description": "Builds.", "iconName": "c", "categories": ["C"]}"#;
        let files: BTreeMap<String, String> = [
            ("ci/c.yml", workflow),
            ("ci/properties/c.properties.json", properties),
            ("ci/other.yml", workflow),
            ("ci/broken.yml", workflow),
            ("ci/broken.properties.json", "{"),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
        let (found, problems) = starters(&files);
        assert_eq!(problems.len(), 1, "{problems:?}");
        let [template] = &found[..] else { panic!("{found:?}") };
        assert_eq!((template.header.title.as_str(), template.header.file.as_str()), ("C", "c.yml"));
        assert!(!template.text.contains('$'), "{}", template.text);
        let ids: Vec<&str> = template.header.questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["branch", "daily"]);
        let answers = [("branch".to_owned(), Answer::Text("trunk".into()))].into();
        let text = apply_answers(template, &answers).unwrap();
        assert_eq!(text.matches("[ trunk ]").count(), 2, "{text}");
    }
}
