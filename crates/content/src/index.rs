//! The light list of templates that a gallery shows before it loads any of them.

use serde::{Deserialize, Serialize};
use stepladder_workflow::model::Workflow;
use stepladder_workflow::schema;
use stepladder_yaml::Node;

use crate::{Level, Picture, Template};

/// What the gallery shows of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Its graph.
    pub picture: Picture,
    /// Names of the secrets it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
}

impl IndexEntry {
    /// What the gallery shows of `template`.
    #[must_use]
    pub fn new(template: &Template) -> Self {
        let header = &template.header;
        let (tree, _) = schema::read(template.text.as_str(), None);
        let root = tree.root();
        Self {
            id: template.id.clone(),
            title: header.title.clone(),
            summary: header.summary.clone(),
            category: header.category.clone(),
            tags: header.tags.clone(),
            level: header.level,
            file: header.file.clone(),
            events: root.and_then(|root| root.get("on")).map(names).unwrap_or_default(),
            picture: Picture::small(&Workflow::new(&tree)),
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
