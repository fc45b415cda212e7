//! Files with scenarios for the workflows of a repository.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Scenario, plain};

/// The scenarios of one file, by workflow. The file is a mapping with
///
/// - `scenarios`, either a mapping from workflow files to lists of scenarios, or one such list,
/// - `workflow`, for which workflow such a list is; without it the file `ci.scenarios.yml` is for `ci.yml`.
///
/// A workflow file is a path from the root of the repository, or a name in `.github/workflows`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suite {
    /// Scenarios by workflow file, as a path from the root of the repository.
    pub workflows: Vec<(String, Vec<Scenario>)>,
}

#[derive(Default, Deserialize)]
struct File {
    workflow: Option<String>,
    scenarios: Option<serde_json::Value>,
}

impl Suite {
    /// Reads the file of that name. Keys other than `workflow` and `scenarios` are not looked at, so that the configuration of the
    /// checks may hold scenarios too.
    ///
    /// # Errors
    /// A sentence about what cannot be read.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, String> {
        let base = file_name.rsplit('/').next().unwrap_or_default();
        let own = base.rsplit_once(".scenarios.").map(|(name, end)| [name, ".", end].concat());
        let file = match plain::read(text)? {
            serde_json::Value::Null => File::default(),
            value => serde_json::from_value(value).map_err(|problem| problem.to_string())?,
        };
        let list = |name: &str, value: serde_json::Value| {
            let scenarios: Vec<Scenario> = serde_json::from_value(value)
                .map_err(|problem| format!("the scenarios of `{name}`: {problem}"))?;
            Ok::<_, String>((path_of(name), scenarios))
        };
        let workflows = match (file.workflow.or(own), file.scenarios) {
            (_, None) => Vec::new(),
            (_, Some(serde_json::Value::Object(by_file))) => {
                let by_file: BTreeMap<String, serde_json::Value> = by_file.into_iter().collect();
                by_file.into_iter().map(|(name, value)| list(&name, value)).collect::<Result<_, _>>()?
            }
            (Some(name), Some(value @ serde_json::Value::Array(_))) => vec![list(&name, value)?],
            (None, Some(serde_json::Value::Array(_))) => {
                return Err("a list of scenarios needs `workflow: FILE` beside it".to_owned());
            }
            (_, Some(_)) => {
                return Err(
                    "`scenarios` is a mapping from workflow files to lists, or a list beside `workflow`"
                        .to_owned(),
                );
            }
        };
        Ok(Self { workflows })
    }

    /// The scenarios for the workflow file at `path`. A file that speaks of one workflow alone is taken for it, whatever it is
    /// called there: the workflow may have been renamed, or not be saved yet.
    ///
    /// # Errors
    /// A sentence: the file speaks of no workflow, or of several others.
    pub fn scenarios_for(mut self, path: &str) -> Result<Vec<Scenario>, String> {
        let at = self.workflows.iter().position(|(file, _)| file == path);
        match (at, self.workflows.len()) {
            (Some(at), _) => Ok(self.workflows.swap_remove(at).1),
            (None, 0) => Err("it has no key `scenarios`".to_owned()),
            (None, 1) => Ok(self.workflows.remove(0).1),
            (None, _) => {
                let files: Vec<_> = self.workflows.iter().map(|(file, _)| format!("`{file}`")).collect();
                Err(format!("it has scenarios for {}, but none for `{path}`", files.join(", ")))
            }
        }
    }
}

fn path_of(name: &str) -> String {
    let name = name.strip_prefix("./").unwrap_or(name);
    if name.contains('/') { name.to_owned() } else { [".github/workflows/", name].concat() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const CASE: &str = "{name: A, event: push, expect: {run: [a]}}";

    #[test]
    fn both_forms_are_read() {
        let by_file = Suite::parse(
            "stepladder.yml",
            &format!("rules: {{}}\nscenarios:\n  ci.yml: [{CASE}]\n  x/y.yml: []\n"),
        )
        .unwrap();
        let files: Vec<_> =
            by_file.workflows.iter().map(|(file, list)| (file.as_str(), list.len())).collect();
        assert_eq!(files, [(".github/workflows/ci.yml", 1), ("x/y.yml", 0)]);
        let one =
            Suite::parse("stepladder.yml", &format!("workflow: ./a/b.yml\nscenarios: [{CASE}]\n")).unwrap();
        assert_eq!(one.workflows[0].0, "a/b.yml");
        let named = Suite::parse("x/ci.scenarios.yml", &format!("scenarios: [{CASE}]\n")).unwrap();
        assert_eq!(named.workflows[0].0, ".github/workflows/ci.yml");
        assert_eq!(Suite::parse("a.yml", "rules: {}").unwrap(), Suite::default());
    }

    #[test]
    fn scenarios_are_found_for_a_workflow() {
        let read =
            |text: &str, path: &str| Suite::parse("a.scenarios.yml", text).unwrap().scenarios_for(path);
        let two = format!("scenarios:\n  ci.yml: [{CASE}]\n  b.yml: []\n");
        assert_eq!(read(&two, ".github/workflows/ci.yml").unwrap().len(), 1);
        assert!(read(&two, ".github/workflows/b.yml").unwrap().is_empty());
        assert!(read(&two, "c.yml").unwrap_err().contains("`.github/workflows/b.yml`"));
        assert_eq!(read(&format!("scenarios: [{CASE}]"), "c.yml").unwrap().len(), 1);
        assert!(read("jobs: {}", "c.yml").unwrap_err().contains("`scenarios`"));
    }

    #[test]
    fn mistakes_are_told() {
        for (text, part) in [
            ("scenarios: [{name: A, event: push, expect: {}}]", "needs `workflow"),
            ("scenarios: {ci.yml: [{name: A, event: push, expect: {}, evnt: x}]}", "evnt"),
            ("workflow: a\nscenarios: 5", "beside `workflow`"),
            ("scenarios: [", ""),
        ] {
            let problem = Suite::parse("a.yml", text).unwrap_err();
            assert!(problem.contains(part), "{problem}");
        }
    }
}
