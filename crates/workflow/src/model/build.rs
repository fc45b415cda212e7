//! From the tree to the model.

use std::collections::{HashMap, HashSet};

use stepladder_yaml::{Entry, Kind, Node, Path, Tree, path};

use super::{
    Action, Concurrency, Defaults, Environment, Filter, Input, Job, Matrix, Pair, Permissions, Schedule,
    Secrets, Spanned, Step, StepKind, Text, Trigger, Workflow,
};

impl Workflow {
    /// Reads what can be read.
    #[must_use]
    pub fn new(tree: &Tree) -> Self {
        let Some(root) = tree.root() else { return Self::default() };
        Self {
            name: text_of(&root, "name"),
            run_name: text_of(&root, "run-name"),
            triggers: root.get("on").map(triggers).unwrap_or_default(),
            jobs: root.get("jobs").map(jobs).unwrap_or_default(),
            permissions: root.get("permissions").and_then(permissions),
            cache_mode: text_of(&root, "cache-mode"),
            env: pairs_of(&root, "env"),
            concurrency: root.get("concurrency").and_then(concurrency),
            defaults: defaults(&root),
        }
    }
}

impl Action {
    /// Reads what can be read.
    #[must_use]
    pub fn new(tree: &Tree) -> Self {
        let Some(root) = tree.root() else { return Self::default() };
        let runs = root.get("runs");
        Self {
            name: text_of(&root, "name"),
            inputs: root.get("inputs").map(|node| inputs(node, &path!["inputs"])).unwrap_or_default(),
            outputs: root.get("outputs").map(outputs).unwrap_or_default(),
            using: runs.and_then(|runs| text_of(&runs, "using")),
            steps: runs
                .and_then(|runs| runs.get("steps"))
                .map(|node| steps(node, &path!["runs", "steps"]))
                .unwrap_or_default(),
        }
    }
}

/// A scalar as text.
fn text(node: Node<'_>) -> Option<Text> {
    Some(Spanned::new(node.as_str()?.to_owned(), node.range()))
}

/// Something with keys.
trait Keyed<'t> {
    fn get(&self, key: &str) -> Option<Node<'t>>;
}

impl<'t> Keyed<'t> for Node<'t> {
    fn get(&self, key: &str) -> Option<Node<'t>> {
        Node::get(self, key)
    }
}

/// The entries of a mapping that is asked for many keys.
struct Fields<'t>(Vec<(&'t str, Node<'t>)>);

impl<'t> Fields<'t> {
    fn of(node: Node<'t>) -> Self {
        Self(node.entries().filter_map(|entry| Some((entry.name()?, entry.value))).collect())
    }
}

impl<'t> Keyed<'t> for Fields<'t> {
    fn get(&self, key: &str) -> Option<Node<'t>> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }
}

/// The scalar under `key`; nothing when it is empty.
fn text_of<'t>(node: &impl Keyed<'t>, key: &str) -> Option<Text> {
    node.get(key).filter(|value| !value.is_null()).and_then(text)
}

/// A text, or the texts of a list.
fn texts(node: Node<'_>) -> Vec<Text> {
    if node.resolve().kind() == Kind::Sequence {
        node.items().filter_map(text).collect()
    } else if node.is_null() {
        Vec::new()
    } else {
        text(node).into_iter().collect()
    }
}

fn texts_of<'t>(node: &impl Keyed<'t>, key: &str) -> Vec<Text> {
    node.get(key).map(texts).unwrap_or_default()
}

/// The entries of a mapping. A key that stands twice, which it may not, is there once, as its path reaches the first.
pub(super) fn distinct<'t>(node: &Node<'t>) -> impl Iterator<Item = Entry<'t>> + use<'t> {
    let mut seen = HashSet::new();
    node.entries().filter(move |entry| entry.name().is_none_or(|name| seen.insert(name)))
}

fn pairs(node: Node<'_>) -> Vec<Pair> {
    distinct(&node).filter_map(|entry| Some((text(entry.key)?, text(entry.value)?))).collect()
}

fn pairs_of<'t>(node: &impl Keyed<'t>, key: &str) -> Vec<Pair> {
    node.get(key).map(pairs).unwrap_or_default()
}

fn triggers(on: Node<'_>) -> Vec<Trigger> {
    let root = path!["on"];
    match on.resolve().kind() {
        Kind::Mapping => distinct(&on)
            .filter_map(|entry| {
                let event = text(entry.key)?;
                let path = root.child(event.value.as_str());
                Some(trigger(event, path, entry.range(), entry.value))
            })
            .collect(),
        Kind::Sequence => on
            .items()
            .enumerate()
            .filter_map(|(index, item)| Some(trigger(text(item)?, root.child(index), item.range(), item)))
            .collect(),
        Kind::Scalar if !on.is_null() => {
            text(on).map(|event| trigger(event, root, on.range(), on)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

const FILTERS: [&str; 9] = [
    "branches",
    "branches-ignore",
    "tags",
    "tags-ignore",
    "paths",
    "paths-ignore",
    "workflows",
    "names",
    "versions",
];

fn trigger(event: Text, path: Path, range: stepladder_yaml::TextRange, value: Node<'_>) -> Trigger {
    let filters = distinct(&value)
        .filter_map(|entry| {
            let key = text(entry.key).filter(|key| FILTERS.contains(&key.value.as_str()))?;
            let path = path.child(key.value.as_str());
            Some(Filter { patterns: texts(entry.value), key, path })
        })
        .collect();
    let schedules = value
        .items()
        .enumerate()
        .filter(|(_, item)| item.resolve().kind() == Kind::Mapping)
        .map(|(index, item)| Schedule {
            cron: text_of(&item, "cron"),
            timezone: text_of(&item, "timezone"),
            path: path.child(index),
        })
        .collect();
    let secrets = value.get("secrets").map(|secrets| {
        distinct(&secrets)
            .filter_map(|entry| {
                let required = entry.value.get("required").and_then(|required| required.as_bool());
                Some((text(entry.key)?, required.unwrap_or_default()))
            })
            .collect()
    });
    Trigger {
        types: texts_of(&value, "types"),
        filters,
        schedules,
        inputs: value.get("inputs").map(|node| inputs(node, &path.child("inputs"))).unwrap_or_default(),
        outputs: value.get("outputs").map(outputs).unwrap_or_default(),
        secrets,
        event,
        path,
        range,
    }
}

fn inputs(node: Node<'_>, at: &Path) -> Vec<Input> {
    distinct(&node)
        .filter_map(|entry| {
            let name = text(entry.key)?;
            let value = entry.value;
            Some(Input {
                kind: text_of(&value, "type"),
                description: text_of(&value, "description"),
                required: value.get("required").and_then(|required| required.as_bool()),
                default: text_of(&value, "default"),
                options: texts_of(&value, "options"),
                deprecated: value.get("deprecationMessage").and_then(text),
                path: at.child(name.value.as_str()),
                name,
            })
        })
        .collect()
}

fn outputs(node: Node<'_>) -> Vec<Pair> {
    distinct(&node)
        .filter_map(|entry| {
            let value = text_of(&entry.value, "value");
            Some((
                text(entry.key)?,
                value.unwrap_or_else(|| Spanned::new(String::new(), entry.value.range())),
            ))
        })
        .collect()
}

fn permissions(node: Node<'_>) -> Option<Permissions> {
    if node.resolve().kind() == Kind::Mapping {
        return Some(Permissions::Scopes(pairs(node)));
    }
    text(node).filter(|_| !node.is_null()).map(Permissions::All)
}

fn concurrency(node: Node<'_>) -> Option<Concurrency> {
    if node.resolve().kind() == Kind::Mapping {
        return Some(Concurrency {
            group: text_of(&node, "group"),
            cancel: text_of(&node, "cancel-in-progress"),
            queue: text_of(&node, "queue"),
        });
    }
    let group = text(node).filter(|_| !node.is_null())?;
    Some(Concurrency { group: Some(group), cancel: None, queue: None })
}

fn defaults<'t>(node: &impl Keyed<'t>) -> Defaults {
    node.get("defaults").and_then(|defaults| defaults.get("run")).map_or_else(Defaults::default, |run| {
        Defaults { shell: text_of(&run, "shell"), working_directory: text_of(&run, "working-directory") }
    })
}

/// The jobs. One whose id an earlier one has is no part of that, and has a path of its own.
fn jobs(node: Node<'_>) -> Vec<Job> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    node.entries()
        .filter_map(|entry| {
            let name = entry.name()?;
            let number = *seen.entry(name).and_modify(|number| *number += 1).or_insert(1);
            let step = if number > 1 { stepladder_yaml::Step::twin(name, number) } else { name.into() };
            job(&entry, Path(vec!["jobs".into(), step]))
        })
        .collect()
}

fn job(entry: &Entry<'_>, path: Path) -> Option<Job> {
    let id = text(entry.key)?;
    let node = Fields::of(entry.value);
    let runs_on = node.get("runs-on");
    let labels = runs_on
        .filter(|node| node.resolve().kind() == Kind::Mapping)
        .map_or(runs_on, |map| map.get("labels"));
    let secrets = node.get("secrets");
    Some(Job {
        range: entry.range(),
        name: text_of(&node, "name"),
        needs: texts_of(&node, "needs"),
        condition: text_of(&node, "if"),
        runs_on: labels.map(texts).unwrap_or_default(),
        runner_group: runs_on.and_then(|node| text_of(&node, "group")),
        uses: text_of(&node, "uses"),
        with: pairs_of(&node, "with"),
        secrets: secrets.map(call_secrets).unwrap_or_default(),
        matrix: node.get("strategy").and_then(|strategy| strategy.get("matrix")).and_then(Matrix::new),
        environment: node.get("environment").and_then(environment),
        permissions: node.get("permissions").and_then(permissions),
        cache_mode: text_of(&node, "cache-mode"),
        concurrency: node.get("concurrency").and_then(concurrency),
        container: node.get("container").is_some_and(|container| !container.is_null()),
        services: node
            .get("services")
            .map(|services| distinct(&services).filter_map(|entry| text(entry.key)).collect())
            .unwrap_or_default(),
        outputs: pairs_of(&node, "outputs"),
        env: pairs_of(&node, "env"),
        defaults: defaults(&node),
        timeout: text_of(&node, "timeout-minutes"),
        continue_on_error: text_of(&node, "continue-on-error"),
        steps: node.get("steps").map(|node| steps(node, &path.child("steps"))).unwrap_or_default(),
        id,
        path,
    })
}

fn call_secrets(node: Node<'_>) -> Secrets {
    match node.resolve().kind() {
        Kind::Mapping => Secrets::Given(pairs(node)),
        Kind::Scalar if node.is_null() => Secrets::None,
        _ if node.as_str() == Some("inherit") => Secrets::Inherit(node.range()),
        _ => Secrets::Unknown,
    }
}

fn environment(node: Node<'_>) -> Option<Environment> {
    if node.resolve().kind() == Kind::Mapping {
        return Some(Environment { name: text_of(&node, "name"), url: text_of(&node, "url") });
    }
    let name = text(node).filter(|_| !node.is_null())?;
    Some(Environment { name: Some(name), url: None })
}

fn steps(node: Node<'_>, at: &Path) -> Vec<Step> {
    let mut all = Vec::new();
    for (index, item) in node.items().enumerate() {
        let path = at.child(index);
        let inner = item.get("parallel").map(|node| steps(node, &path.child("parallel"))).unwrap_or_default();
        all.push(step(index, path, item));
        all.extend(inner);
    }
    all
}

fn step(index: usize, path: Path, item: Node<'_>) -> Step {
    let node = Fields::of(item);
    let (script, uses) = (node.get("run").and_then(text), text_of(&node, "uses"));
    // Of two at once the last one is taken for the one that is meant.
    let first = |a: &Text, b: &Option<Text>| b.as_ref().is_some_and(|b| a.range.start < b.range.start);
    let kind = if let Some(script) = script.filter(|script| !first(script, &uses)) {
        StepKind::Run { script, shell: text_of(&node, "shell") }
    } else if let Some(uses) = uses {
        StepKind::Uses(uses)
    } else if let Some(wait) = node.get("wait") {
        StepKind::Wait(texts(wait))
    } else if node.get("wait-all").is_some() {
        StepKind::WaitAll
    } else if node.get("cancel").is_some() {
        StepKind::Cancel(text_of(&node, "cancel"))
    } else if node.get("parallel").is_some() {
        StepKind::Parallel
    } else {
        StepKind::Unknown
    };
    Step {
        index,
        path,
        range: item.entry_range(),
        id: text_of(&node, "id"),
        name: text_of(&node, "name"),
        condition: text_of(&node, "if"),
        kind,
        with: pairs_of(&node, "with"),
        env: pairs_of(&node, "env"),
        working_directory: text_of(&node, "working-directory"),
        continue_on_error: text_of(&node, "continue-on-error"),
        timeout: text_of(&node, "timeout-minutes"),
        background: node.get("background").and_then(|node| node.as_bool()).unwrap_or_default(),
    }
}
