//! What an action's own metadata file says, beside what the table knows.

use std::sync::Arc;

use super::load::kind;
use super::{Action, Catalogue, Input, InputKind, Version};
use crate::{Analysis, Env};

impl Catalogue {
    /// Takes the inputs and outputs of `slug` at `git_ref` from `text`, its metadata file at that ref. They come before
    /// what the table says of that ref. A text that is no metadata file changes nothing.
    pub fn learn(&mut self, slug: &str, git_ref: &str, text: &str) {
        let env = Env { file_name: Some("action.yml".to_owned()), ..Env::default() };
        let read = Analysis::new(text, &env).action;
        let Some(using) = read.using else { return };
        let inputs = read.inputs.iter().map(|input| Arc::new(Input::declared(input)));
        let version = Version {
            name: git_ref.to_owned(),
            // A Docker action gets every input as a variable, also one that it does not declare.
            any_inputs: using.value == "docker",
            using: Some(using.value),
            inputs: inputs.collect(),
            outputs: read.outputs.iter().map(|(name, _)| name.value.clone()).collect(),
            any_outputs: false,
        };
        let at = self.place(slug).unwrap_or_else(|at| {
            let title = read.name.as_ref().map_or_else(|| slug.to_owned(), |name| name.value.clone());
            self.actions.insert(at, Action::only_known_as(slug, title));
            at
        });
        let action = &mut self.actions[at];
        action.versions.retain(|known| known.name != git_ref);
        action.versions.push(version);
    }
}

impl Input {
    /// What an action's metadata or a reusable workflow declares.
    #[must_use]
    pub fn declared(input: &crate::model::Input) -> Self {
        let default = input.default.as_ref().map(|default| default.value.clone());
        let kind = match input.kind.as_ref().map(|kind| kind.value.as_str()) {
            Some("boolean") => InputKind::Boolean,
            Some("number") => InputKind::Number,
            Some(_) => InputKind::Text,
            None => kind(&input.name.value, default.as_deref(), ""),
        };
        Self {
            name: input.name.value.clone(),
            doc: input.description.as_ref().map(|text| text.value.trim().to_owned()).unwrap_or_default(),
            required: input.required.unwrap_or_default(),
            has_default: default.is_some(),
            deprecated: input.deprecated.is_some(),
            kind,
            default,
        }
    }
}

impl Action {
    fn only_known_as(slug: &str, title: String) -> Self {
        Self {
            slug: slug.to_owned(),
            key: slug.to_ascii_lowercase(),
            title,
            doc: String::new(),
            category: String::new(),
            words: String::new(),
            latest_major: String::new(),
            has_major_tag: true,
            latest: None,
            versions: Vec::new(),
            outdated: Vec::new(),
            exact_refs: true,
            rank: usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const META: &str = "name: Mine\ninputs:\n  level:\n    description: How much\n    required: true\n  fast:\n    default: 'true'\noutputs:\n  path:\n    value: x\nruns:\n  using: composite\n  steps: []\n";

    #[test]
    fn an_action_of_ones_own_gets_its_inputs() {
        let mut catalogue = Catalogue::default();
        catalogue.learn("Octo/mine", "main", META);
        let version = catalogue.at("octo/MINE", "main", None).unwrap();
        assert!(version.input("LEVEL").unwrap().must_be_given());
        assert!(!version.input("fast").unwrap().must_be_given() && version.has_output("path"));
        assert!(catalogue.at("octo/mine", "v1", None).is_none());
    }

    #[test]
    fn which_version_is_the_newest_is_not_known_of_what_was_looked_at() {
        let mut catalogue = Catalogue::default();
        for git_ref in ["v2", "v1"] {
            catalogue.learn("octo/mine", git_ref, META);
        }
        let action = catalogue.action("octo/mine").unwrap();
        assert!(!action.knows_newest());
        assert_eq!(action.newer_major("v1", None), None);
        assert_eq!(action.suggested_use(), "octo/mine@v1");
    }

    #[test]
    fn what_the_file_says_comes_before_the_table() {
        let mut catalogue = Catalogue::embedded();
        let sha = "0123456789abcdef0123456789abcdef01234567";
        for git_ref in ["v4", sha] {
            catalogue.learn("actions/checkout", git_ref, META);
            assert!(
                catalogue.at("actions/checkout", git_ref, Some("# v3")).unwrap().input("level").is_some()
            );
        }
        let newest = catalogue.action("actions/checkout").unwrap().newest().unwrap();
        assert!(newest.name != "v4" && newest.input("repository").is_some());
        let before = format!("{catalogue:?}");
        catalogue.learn("actions/checkout", "v4", "no metadata");
        assert_eq!(format!("{catalogue:?}"), before);
    }
}
