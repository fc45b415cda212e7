//! An edit in the making: small steps on the YAML that together become one change.

mod texts;

use stepladder_yaml::edit::{self, Outcome, Place, RefusalKind};
use stepladder_yaml::{
    Change, CollectionStyle, Kind, Node, Path, Scalar, Step, TextEdit, TextRange, Tree, path,
};

use super::compose::compose;
use super::handed_over::{first_heir, idle_anchor};
use super::{Edit, Refusal, Value, shape};
use crate::schema::{self, Types};

/// A refusal with this sentence.
pub(super) fn refuse(message: impl Into<String>) -> Refusal {
    Refusal { kind: RefusalKind::Kind, message: message.into(), range: TextRange::default() }
}

/// The text as it will be, and what leads there.
pub(super) struct Draft<'a> {
    before: &'a Tree,
    now: Option<Tree>,
    edit: TextEdit,
}

impl<'a> Draft<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Self { before: tree, now: None, edit: TextEdit::default() }
    }

    /// The tree of the text as it will be.
    pub(super) fn tree(&self) -> &Tree {
        self.now.as_ref().unwrap_or(self.before)
    }

    /// Goes one step further; `edit` is for the present tree.
    pub(super) fn apply(&mut self, edit: TextEdit) {
        if edit.is_empty() {
            return;
        }
        let text = edit.apply(self.tree().text());
        self.edit = if self.now.is_none() {
            edit
        } else {
            compose(&self.edit, &edit, u32::try_from(self.before.text().len()).unwrap_or(u32::MAX))
        };
        self.now = Some(self.before.parse_alike(text));
    }

    /// Ends the work. Refuses when the text would be less readable than before: an edit never breaks a file.
    pub(super) fn finish(self, label: impl Into<String>, select: Option<Path>) -> Result<Edit, Refusal> {
        if self.tree().problems().len() > self.before.problems().len() {
            return Err(refuse(
                "This cannot be changed here without breaking the YAML around it; change it in the text.",
            ));
        }
        // What is to be selected may have gone with what was removed.
        let select = select.and_then(|path| {
            std::iter::successors(Some(path), Path::parent).find(|path| self.tree().at(path).is_some())
        });
        Ok(Edit { edit: self.edit, label: label.into(), select, ..Edit::default() })
    }

    /// Gives the node at `path` a value, and writes what is missing on the way. What an alias repeats is no more changed
    /// without a word than what stands below one.
    pub(super) fn set(&mut self, path: &Path, value: &Value) -> Result<(), Refusal> {
        // Who writes YAML saw the alias and means to replace it; one that leads nowhere repeats nothing.
        let repeats = self.tree().at(path).is_some_and(|node| node.resolve() != node)
            && !matches!(value, Value::Source(_));
        let path = &edit::written_path(self.tree(), path, repeats || self.tree().edits_at_anchors())?;
        self.widen(path)?;
        let Some((missing, parent)) = self.missing(path) else {
            return self.make(|tree| edit::set(tree, path, value));
        };
        // What is missing below the first missing step comes with it.
        let below = &path.steps()[parent.steps().len() + 1..];
        let value = below.iter().rev().fold(value.clone(), |value, step| match step {
            Step::Key(key) => Value::Map(vec![(key.clone(), value)]),
            Step::Index(_) => Value::Seq(vec![value]),
        });
        let holds_nothing = self.tree().at(&parent).is_none_or(|node| {
            let node = node.resolve();
            let is_collection = matches!(node.kind(), Kind::Mapping | Kind::Sequence);
            node.is_null() || (is_collection && node.is_empty() && node.kind() != kind_for(&missing))
        });
        if holds_nothing && !parent.steps().is_empty() {
            let value = match missing {
                Step::Key(key) => Value::Map(vec![(key, value)]),
                Step::Index(_) => Value::Seq(vec![value]),
            };
            return self.set(&parent, &value);
        }
        match missing {
            Step::Key(key) => {
                let place = place_of(self.tree(), &parent, &key);
                self.insert_entry(&parent, &key, &value, &place)
            }
            Step::Index(at) => {
                let len = self.tree().at(&parent).map_or(0, |node| node.len());
                self.insert_item(&parent, at.min(len), &value)
            }
        }
    }

    /// The first step of `path` that leads nowhere, and the path of what it should lead from.
    fn missing(&self, path: &Path) -> Option<(Step, Path)> {
        (1..=path.steps().len()).find_map(|len| {
            let here = Path(path.steps()[..len].to_vec());
            match self.tree().at(&here) {
                Some(_) => None,
                None => Some((path.steps()[len - 1].clone(), here.parent()?)),
            }
        })
    }

    /// Turns short forms on the way to `path` into long ones.
    fn widen(&mut self, path: &Path) -> Result<(), Refusal> {
        let steps = path.steps();
        if let [Step::Key(on), Step::Key(_), ..] = steps
            && on == "on"
            && self.tree().at(&path!["on"]).is_some_and(|node| {
                let kind = node.resolve().kind();
                !node.is_null() && !node.is_empty() && kind == Kind::Sequence || is_text(&node)
            })
        {
            self.events_to_mapping()?;
        }
        for len in 1..steps.len() {
            let here = Path(steps[..len].to_vec());
            let Some(Step::Key(owner)) = here.last() else { continue };
            let key = match owner.as_str() {
                "environment" => "name",
                "concurrency" => "group",
                "container" => "image",
                "runs-on" => "labels",
                _ => continue,
            };
            let takes_mapping =
                schema::field_at(&here, self.tree()).is_some_and(|field| field.types.has(Types::MAPPING));
            let edit = self
                .tree()
                .at(&here)
                .filter(|node| takes_mapping && is_text(node))
                .and_then(|node| shape::scalar_to_mapping(&node, key));
            if let Some(edit) = edit {
                self.apply(edit);
            }
        }
        Ok(())
    }

    /// Makes `on` a mapping.
    pub(super) fn events_to_mapping(&mut self) -> Result<(), Refusal> {
        let on = self.tree().at(&path!["on"]);
        if on.is_some_and(|node| node.resolve().kind() == Kind::Mapping) {
            return Ok(());
        }
        if on.is_some_and(|node| node.kind() == Kind::Alias) {
            // No list can be turned where it is only repeated; that refusal leads to the question.
            return self.append_entry(&path!["on"], "push", &Value::Null);
        }
        let mut names: Vec<&str> =
            on.into_iter().flat_map(|on| on.items()).filter_map(|event| event.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(refuse(format!(
                "`on` names `{}` twice, which a list can but settings cannot; take one of them out of the YAML first.",
                twice[0]
            )));
        }
        match on.as_ref().and_then(shape::events_to_mapping) {
            Some(edit) => {
                self.apply(edit);
                Ok(())
            }
            None => Err(refuse(
                "An event in `on` takes several lines or is repeated elsewhere by an alias, so that it cannot get settings; \
                 write the events out in the YAML, one a line.",
            )),
        }
    }

    /// Goes one step further with an edit of the present tree.
    pub(super) fn make(&mut self, edit: impl FnOnce(&Tree) -> Outcome) -> Result<(), Refusal> {
        let edit = edit(self.tree())?;
        self.apply(edit);
        Ok(())
    }

    pub(super) fn insert_entry(
        &mut self,
        map: &Path,
        key: &str,
        value: &Value,
        place: &Place,
    ) -> Result<(), Refusal> {
        self.make(|tree| edit::insert_entry(tree, map, key, value, place))
    }

    /// Inserts an entry behind the last one.
    pub(super) fn append_entry(&mut self, map: &Path, key: &str, value: &Value) -> Result<(), Refusal> {
        self.insert_entry(map, key, value, &Place::Last)
    }

    pub(super) fn insert_item(&mut self, list: &Path, at: usize, value: &Value) -> Result<(), Refusal> {
        self.make(|tree| edit::insert_item(tree, list, at, value))
    }

    /// Removes the entry or item at `path`. What its anchors hold goes to the first alias that stays.
    pub(super) fn remove(&mut self, path: &Path) -> Result<(), Refusal> {
        self.hand_over(path)?;
        self.make(|tree| edit::remove(tree, path))
    }

    /// Hands what the anchors at and below `path` hold over to the first alias elsewhere, so that `path` can go. Anchors
    /// that nobody repeats then do not come along.
    pub(super) fn hand_over(&mut self, path: &Path) -> Result<(), Refusal> {
        let path = edit::written_path(self.tree(), path, false)?;
        let mut handed: Vec<Path> = Vec::new();
        // From the top on, so that what is shared is written before it is repeated. What is copied may hold aliases of
        // further anchors.
        while let Some(alias) = first_heir(self.tree(), &path) {
            self.make(|tree| edit::hand_over_anchors(tree, &alias))?;
            handed.push(alias);
        }
        while let Some(idle) = idle_anchor(self.tree(), &handed) {
            self.make(|tree| edit::remove_anchor(tree, &idle))?;
        }
        Ok(())
    }

    /// As [`Self::hand_over`], for a place that stays and gets another value: its own anchor goes as well.
    pub(super) fn hand_over_apart(&mut self, path: &Path) -> Result<(), Refusal> {
        self.hand_over(path)?;
        if self.tree().at(path).is_some_and(|node| node.anchor().is_some()) {
            self.make(|tree| edit::remove_anchor(tree, path))?;
        }
        Ok(())
    }

    /// Removes the entry or item at `path`, and what would be left empty around it and then say nothing.
    pub(super) fn remove_with_empty_parents(&mut self, path: &Path) -> Result<(), Refusal> {
        let path = &edit::written_path(self.tree(), path, false)?;
        if self.tree().at(path).is_none() {
            return Ok(());
        }
        let mut top = path.clone();
        while let Some(parent) = top.parent() {
            // What others repeat stays there for them.
            let alone =
                self.tree().at(&parent).is_some_and(|node| node.len() == 1 && node.anchor().is_none());
            if !alone || !says_nothing_when_empty(&parent) {
                break;
            }
            top = parent;
        }
        let Some(parent) = top.parent() else { return self.remove(&top) };
        let alone = self.tree().at(&parent).is_some_and(|node| node.len() == 1);
        // What means something when it is empty is left in the shortest form that says so.
        if alone && !parent.steps().is_empty() {
            let is_list = matches!(top.last(), Some(Step::Index(_)));
            let may_be_null =
                schema::field_at(&parent, self.tree()).is_some_and(|field| field.types.has(Types::NULL));
            // In brackets nothing at all would have to be spelled `null`.
            let in_brackets = self
                .tree()
                .at(&parent)
                .and_then(|node| node.parent())
                .is_some_and(|around| around.collection_style() == Some(CollectionStyle::Flow));
            let empty = match (may_be_null, is_list) {
                (true, _) if is_list || !in_brackets => Value::Null,
                (true, _) => Value::Map(Vec::new()),
                (false, true) => Value::Seq(Vec::new()),
                (false, false) => Value::Map(Vec::new()),
            };
            self.hand_over(&top)?;
            return self.set(&parent, &empty);
        }
        self.remove(&top)
    }

    pub(super) fn rename_key(&mut self, path: &Path, to: &str) -> Result<(), Refusal> {
        self.make(|tree| edit::rename_key(tree, path, to))
    }

    /// Writes `text` over each of the ranges, which may repeat.
    pub(super) fn replace_all(&mut self, mut ranges: Vec<TextRange>, text: &str) -> Result<(), Refusal> {
        ranges.sort_unstable();
        ranges.dedup();
        let changes = ranges.into_iter().map(|range| Change { range, insert: text.to_owned() }).collect();
        let edit = TextEdit::new(changes)
            .ok_or_else(|| refuse("Two of the places to change overlap; change them in the text."))?;
        self.apply(edit);
        Ok(())
    }
}

fn kind_for(step: &Step) -> Kind {
    match step {
        Step::Key(_) => Kind::Mapping,
        Step::Index(_) => Kind::Sequence,
    }
}

/// Whether an empty mapping or list at `path` means the same as none, so that it can go.
fn says_nothing_when_empty(path: &Path) -> bool {
    let keys: Vec<&str> = path
        .steps()
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.as_str(),
            Step::Index(_) => "",
        })
        .collect();
    match keys.as_slice() {
        // A file, its triggers and jobs, a job, a step: empty or not, it is what the person works on.
        [] | ["on" | "jobs"] | ["jobs" | "on", _] | [.., "steps"] | ["jobs", _, "steps", _] => false,
        // No permissions at all is a strong statement.
        [.., "permissions"] => false,
        // Without combinations there is nothing to add or to leave out.
        [.., "matrix", "include" | "exclude"] => true,
        // An input, a service, a row of a matrix has a name that counts.
        [.., "inputs" | "services" | "outputs" | "secrets" | "include" | "exclude", _]
        | [.., "matrix", _] => false,
        _ => true,
    }
}

/// Where a new key goes: behind the last one that the table has before it; keys that people name go last.
fn place_of(tree: &Tree, map: &Path, key: &str) -> Place {
    let Some(node) = tree.at(map) else { return Place::Last };
    let Some(fields) = schema::at(map, tree).map(|map| map.fields) else { return Place::Last };
    let order = |key: &str| fields.iter().position(|field| field.key == key);
    let Some(own) = order(key).filter(|_| *map != path!["on"]) else { return Place::Last };
    node.entries()
        .filter_map(|entry| entry.name())
        .filter(|name| order(name).is_some_and(|known| known < own))
        .last()
        .map_or(Place::First, |name| Place::After(name.to_owned()))
}

fn is_text(node: &Node<'_>) -> bool {
    node.kind() == Kind::Scalar && !matches!(node.scalar(), Some(Scalar::Null) | None)
}
