//! What files of its own repository a workflow refers to, and their texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use stepladder_github::calls;
use stepladder_github::{Kind, Repo};
use stepladder_workflow::Analysis;

use super::GitHub;
use super::source::Source;

/// Most files that are read for one workflow.
const MOST: usize = 20;

/// Texts of a repository at a ref, by path; `None`: it was looked for and is not there.
type Texts = BTreeMap<String, Option<Arc<str>>>;

/// What was read of repositories besides the files that were opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fetched {
    places: Vec<(Source, Texts)>,
}

impl Fetched {
    /// The texts of the repository that `source` is of, and paths that are not there.
    #[must_use]
    pub(crate) fn of(&self, source: Option<&Source>) -> (BTreeMap<String, Arc<str>>, Vec<String>) {
        let place =
            self.places.iter().find(|(place, _)| source.is_some_and(|source| source.is_same_place(place)));
        let (mut files, mut missing) = (BTreeMap::new(), Vec::new());
        for (path, text) in place.iter().flat_map(|(_, texts)| texts) {
            match text {
                Some(text) => drop(files.insert(path.clone(), Arc::clone(text))),
                None => missing.push(path.clone()),
            }
        }
        (files, missing)
    }

    fn learn(&mut self, source: &Source, found: Texts) {
        match self.places.iter_mut().find(|(place, _)| place.is_same_place(source)) {
            Some((_, texts)) => texts.extend(found),
            None => self.places.push((source.clone(), found)),
        }
    }
}

/// Paths of files that the local actions and workflows of a text may be in: of each, those of which one is enough.
#[must_use]
pub(crate) fn references(analysis: &Analysis) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for uses in analysis.local_uses() {
        let path = uses.trim_start_matches("./").trim_end_matches('/');
        let paths = if path.ends_with(".yml") || path.ends_with(".yaml") {
            vec![path.to_owned()]
        } else {
            ["action.yml", "action.yaml"]
                .map(|name| format!("{path}/{name}").trim_start_matches('/').to_owned())
                .to_vec()
        };
        if !all.contains(&paths) {
            all.push(paths);
        }
    }
    all
}

impl GitHub {
    /// Reads what the workflow refers to in its own repository into `fetched`; `known` has what is open already. What
    /// cannot be read stays unknown.
    pub(crate) async fn read_local(
        self,
        source: &Source,
        references: Vec<Vec<String>>,
        known: &BTreeMap<String, Arc<str>>,
        fetched: RwSignal<Fetched>,
    ) {
        let Some(repo) = Repo::new(&source.repository) else { return };
        let unknown =
            references.into_iter().filter(|paths| !paths.iter().any(|path| known.contains_key(path)));
        let mut found = Texts::new();
        for paths in unknown.take(MOST) {
            for path in paths {
                match self.send(&calls::file(&repo, &path, &source.at)).await {
                    Ok(file) => {
                        found.insert(path, Some(file.text.into()));
                        break;
                    }
                    Err(failure) if failure.kind == Kind::NotFound => drop(found.insert(path, None)),
                    Err(_) => break,
                }
            }
        }
        if !found.is_empty() {
            fetched.try_update(|fetched| fetched.learn(source, found));
        }
    }
}
