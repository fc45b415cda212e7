//! What an action or a reusable workflow takes and gives, wherever that is known from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stepladder_yaml::{Kind, Node, Path, TextRange, Tree, path};

use super::Cx;
use crate::facts::actions::Catalogue;
use crate::model::{Action, Uses, Workflow};
use crate::schema;

/// Inputs and outputs of an action.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interface {
    /// What to call it in a message: `actions/checkout@v4`, "the action in `./setup`".
    pub(crate) title: String,
    pub(crate) inputs: Vec<InputFact>,
    pub(crate) outputs: Vec<String>,
    /// Whether inputs that are not declared are taken all the same.
    pub(crate) any_inputs: bool,
    /// Whether it runs in a container, so that a step may set `args` and `entrypoint` of that.
    pub(crate) docker: bool,
    /// Whether it can ask for its inputs in a way that fails without them, as scripts of JavaScript do; steps and containers
    /// begin all the same.
    pub(crate) asks: bool,
    /// Whether outputs that are not declared may be set.
    pub(crate) any_outputs: bool,
}

/// An input of an action.
#[derive(Clone, Debug)]
pub(crate) struct InputFact {
    pub(crate) name: String,
    /// Whether a step has to give it.
    pub(crate) needed: bool,
    /// The note about it no longer being wanted; empty when there is no text.
    pub(crate) deprecated: Option<String>,
}

impl Interface {
    pub(crate) fn input(&self, name: &str) -> Option<&InputFact> {
        self.inputs.iter().find(|input| input.name.eq_ignore_ascii_case(name))
    }

    fn of_catalogue(catalogue: &Catalogue, slug: &str, git_ref: &str, comment: Option<&str>) -> Option<Self> {
        let version = catalogue.at(slug, git_ref, comment)?;
        Some(Self {
            title: format!("`{slug}@{}`", version.name),
            inputs: version
                .inputs
                .iter()
                .map(|input| InputFact {
                    name: input.name.clone(),
                    needed: input.must_be_given(),
                    deprecated: input.deprecated.then(String::new),
                })
                .collect(),
            outputs: version.outputs.clone(),
            any_inputs: version.any_inputs,
            docker: version.using.as_deref() == Some("docker"),
            asks: !matches!(version.using.as_deref(), Some("docker" | "composite")),
            any_outputs: version.any_outputs,
        })
    }

    fn of_file(path: &str, text: &str) -> Option<Self> {
        let (tree, _) = schema::read(text, Some("action.yml"));
        if !tree.problems().is_empty() || tree.root()?.get("runs").is_none() {
            return None;
        }
        let action = Action::new(&tree);
        let using = action.using.as_ref().map(|using| using.value.to_ascii_lowercase());
        Some(Self {
            title: format!("the action in `./{path}`"),
            inputs: action
                .inputs
                .iter()
                .map(|input| InputFact {
                    name: input.name.value.clone(),
                    needed: input.required == Some(true) && input.default.is_none(),
                    deprecated: input.deprecated.as_ref().map(|note| note.value.trim().to_owned()),
                })
                .collect(),
            outputs: action.outputs.iter().map(|(name, _)| name.value.clone()).collect(),
            any_inputs: false,
            docker: using.as_deref() == Some("docker"),
            asks: !matches!(using.as_deref(), Some("docker" | "composite")),
            any_outputs: false,
        })
    }
}

/// A reusable workflow of the repository.
pub(crate) struct Callee {
    /// Its path.
    pub(crate) path: String,
    pub(crate) workflow: Workflow,
    /// Whether the file has `on.workflow_call`; `None`: it may stand in lines that could not be read.
    callable: Option<bool>,
    /// What is wrong with `on.workflow_call`, when it is such that nothing can be told of its inputs, secrets and outputs.
    pub(crate) broken: Option<String>,
    /// The parts with lines that could not be read.
    unread: Vec<CallPart>,
}

/// What callers ask of a reusable workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallPart {
    Inputs,
    Secrets,
    Outputs,
    /// What its jobs may do.
    Permissions,
}

impl Callee {
    fn new(path: &str, text: &Arc<str>) -> Self {
        let (tree, _) = schema::read(Arc::clone(text), Some(path));
        let workflow = Workflow::new(&tree);
        let call = path!["on", "workflow_call"];
        let broken = if is_read(&tree, &call) { broken_part(&tree) } else { None };
        let callable = match workflow.trigger("workflow_call") {
            Some(_) => Some(broken.is_none()),
            None if is_read(&tree, &path!["on"]) => Some(false),
            None => None,
        };
        let part = |key: &str| {
            is_read(&tree, &call) || tree.at(&call.child(key)).is_some() && is_read(&tree, &call.child(key))
        };
        let permissions = tree
            .broken()
            .iter()
            .all(|broken| tree.at(&path!["on"]).is_some_and(|on| on.range().covers(*broken)));
        let parts = [
            (CallPart::Inputs, part("inputs")),
            (CallPart::Secrets, part("secrets")),
            (CallPart::Outputs, part("outputs")),
            (CallPart::Permissions, permissions),
        ];
        let unread = parts.into_iter().filter(|(_, read)| !read).map(|(part, _)| part).collect();
        Self { path: normal(path), workflow, callable, broken, unread }
    }

    /// Whether it can be called, as far as that can be told.
    pub(crate) fn is_callable(&self) -> bool {
        self.callable == Some(true)
    }

    /// Whether it is certain that it cannot be called.
    pub(crate) fn is_not_callable(&self) -> bool {
        self.callable == Some(false)
    }

    /// Whether it can be called and all lines of this part could be read, so that nothing seems to be missing that is there.
    pub(crate) fn tells(&self, part: CallPart) -> bool {
        self.is_callable() && !self.unread.contains(&part)
    }
}

/// Whether all lines of what is at `path`, and the one below them, could be read; without it, all lines of the text.
fn is_read(tree: &Tree, path: &Path) -> bool {
    let line = |offset| tree.lines().line_of(offset);
    let mut broken = tree.broken().iter();
    match tree.at(path) {
        Some(node) => {
            let range = node.entry_range();
            !broken.any(|it| line(it.start) <= line(range.end) + 1 && line(range.start) <= line(it.end))
        }
        None => broken.next().is_none(),
    }
}

/// What is of another kind than GitHub needs in `on.workflow_call`.
fn broken_part(tree: &Tree) -> Option<String> {
    let call = tree.at(&path!["on", "workflow_call"])?;
    let fits = |node: Node<'_>| node.is_null() || node.resolve().kind() == Kind::Mapping;
    if !fits(call) {
        return Some("its `workflow_call` must be a mapping".to_owned());
    }
    if let Some(name) = twice(call) {
        return Some(format!("its `{name}` stands twice"));
    }
    for key in ["inputs", "secrets", "outputs"] {
        let Some(part) = call.get(key) else { continue };
        if !fits(part) {
            return Some(format!("its `{key}` must be a mapping"));
        }
        if let Some(name) = twice(part) {
            return Some(format!("`{name}` stands twice under its `{key}`"));
        }
        for entry in part.entries().filter(|_| key != "outputs") {
            let name = entry.name().unwrap_or_default();
            if !fits(entry.value) {
                return Some(format!("`{name}` under its `{key}` must be a mapping"));
            }
            if entry
                .value
                .get("required")
                .is_some_and(|required| !required.is_null() && required.as_bool().is_none())
            {
                return Some(format!("`required` of `{name}` under its `{key}` must be `true` or `false`"));
            }
        }
    }
    None
}

/// A key that a mapping has more than once.
fn twice(mapping: Node<'_>) -> Option<&str> {
    let mut seen = BTreeSet::new();
    mapping.entries().filter_map(|entry| entry.name()).find(|name| !seen.insert(*name))
}

/// What other files and the catalogue say, read at most once each.
#[derive(Default)]
pub(crate) struct Interfaces {
    /// By where the `uses` stands.
    actions: BTreeMap<u32, Option<Arc<Interface>>>,
    workflows: BTreeMap<String, Option<Arc<Callee>>>,
}

/// Where the metadata of a local action is.
pub(crate) fn metadata<'e>(cx: &'e Cx<'_>, path: &str) -> Option<(String, &'e Arc<str>)> {
    let path = normal(path);
    ["action.yml", "action.yaml"].into_iter().find_map(|name| {
        let file = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        cx.env.files.get(&file).map(|text| (file, text))
    })
}

/// The text of a file of the repository.
pub(crate) fn file<'e>(cx: &'e Cx<'_>, path: &str) -> Option<&'e Arc<str>> {
    cx.env.files.get(&normal(path))
}

/// Whether it is certain that there is no such file.
pub(crate) fn is_missing(cx: &Cx<'_>, path: &str) -> bool {
    let path = normal(path);
    cx.env.missing.contains(&path)
}

/// The path of a `uses` that should begin with `./`: it lies in the folder `.github`, which is nobody's name.
pub(crate) fn forgotten(uses: &str) -> Option<&str> {
    let path = uses.strip_prefix('/').unwrap_or(uses);
    (path.starts_with(".github/") && !path.contains('@')).then_some(path)
}

/// Without `.`, `..` and doubled `/`.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

impl Cx<'_> {
    /// What the action of a `uses` takes and gives; `None`: unknown.
    pub(crate) fn interface(&self, uses: &str, range: TextRange) -> Option<Arc<Interface>> {
        if let Some(known) = self.interfaces.borrow().actions.get(&range.start) {
            return known.clone();
        }
        let comment = self.comment_beside(range);
        let found = match Uses::new(uses) {
            Uses::Local { path } | Uses::Own { path } => metadata(self, path).and_then(|(file, text)| {
                self.env.memo.action(&file, text, || Interface::of_file(&normal(path), text).map(Arc::new))
            }),
            Uses::Remote { slug, git_ref, .. } => self.env.catalogue.as_ref().and_then(|catalogue| {
                let key = format!("{uses} {}", comment.unwrap_or_default());
                let make = || Interface::of_catalogue(catalogue, slug, git_ref, comment).map(Arc::new);
                self.env.memo.published(Arc::as_ptr(catalogue) as usize, &key, make)
            }),
            Uses::Other if !uses.contains('@') => {
                let (file, text) = metadata(self, uses)?;
                self.env.memo.action(&file, text, || Interface::of_file(&normal(uses), text).map(Arc::new))
            }
            Uses::Docker { .. } | Uses::Other => None,
        };
        self.interfaces.borrow_mut().actions.insert(range.start, found.clone());
        found
    }

    /// The reusable workflow of this repository that a `uses` names; `None`: unknown.
    pub(crate) fn callee(&self, uses: &str) -> Option<Arc<Callee>> {
        let path = match Uses::new(uses) {
            Uses::Local { path } | Uses::Own { path } => path,
            _ => forgotten(uses)?,
        };
        if let Some(known) = self.interfaces.borrow().workflows.get(path) {
            return known.clone();
        }
        let found = file(self, path)
            .map(|text| self.env.memo.callee(path, text, || Arc::new(Callee::new(path, text))));
        self.interfaces.borrow_mut().workflows.insert(path.to_owned(), found.clone());
        found
    }

    /// The comment at the end of the line of `range`.
    pub(crate) fn comment_beside(&self, range: TextRange) -> Option<&str> {
        let comments = self.tree.comments();
        let next = comments.get(comments.partition_point(|comment| comment.range.start < range.end))?;
        let between = self.tree.text().get(range.end as usize..next.range.start as usize)?;
        (next.trailing && !between.contains('\n')).then(|| self.tree.slice(next.range))
    }
}
