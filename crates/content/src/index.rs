//! The light list of templates that a gallery shows before it loads any of them.

use serde::{Deserialize, Serialize};
use stepladder_yaml::{Node, Tree};

use crate::{Level, Template};

/// What the gallery shows of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// As [`Template::id`].
    pub id: String,
    /// As in the header.
    pub title: String,
    /// As in the header.
    pub summary: String,
    /// As in the header.
    pub category: String,
    /// As in the header.
    pub tags: Vec<String>,
    /// As in the header.
    pub level: Level,
    /// As in the header.
    pub file: String,
    /// The events it starts on.
    pub events: Vec<String>,
    /// Its jobs, in the order of the text.
    pub jobs: Vec<JobPreview>,
    /// Names of the secrets it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
}

/// A job, as far as a small graph shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobPreview {
    /// Its id.
    pub id: String,
    /// The jobs it waits for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

impl IndexEntry {
    /// What the gallery shows of `template`.
    #[must_use]
    pub fn new(template: &Template) -> Self {
        let header = &template.header;
        let tree = Tree::parse(template.text.as_str());
        let root = tree.root();
        let jobs = root.and_then(|root| root.get("jobs")).into_iter().flat_map(|jobs| jobs.entries());
        Self {
            id: template.id.clone(),
            title: header.title.clone(),
            summary: header.summary.clone(),
            category: header.category.clone(),
            tags: header.tags.clone(),
            level: header.level,
            file: header.file.clone(),
            events: root.and_then(|root| root.get("on")).map(names).unwrap_or_default(),
            jobs: jobs
                .filter_map(|job| {
                    let needs = job.value.get("needs").map(names).unwrap_or_default();
                    Some(JobPreview { id: job.name()?.to_owned(), needs })
                })
                .collect(),
            secrets: header.secrets.iter().map(|secret| secret.name.clone()).collect(),
        }
    }
}

/// The names in a node that is one name, a list of names, or a mapping from names.
fn names(node: Node<'_>) -> Vec<String> {
    let keys = node.entries().filter_map(|entry| entry.name());
    let items = node.items().filter_map(|item| item.as_str());
    let found: Vec<String> = keys.chain(items).map(str::to_owned).collect();
    if found.is_empty() { node.as_str().map(str::to_owned).into_iter().collect() } else { found }
}
