//! Keys, with what follows them.

use stepladder_yaml::{Kind, Node, TextRange};

use crate::model::Data;
use crate::schema::{self, Field, Map, Types, Widget};
use crate::{FileKind, facts};

use super::super::interfaces::{self, Offered};
use super::super::view::{job_of, place_of, steps_of, uses_of};
use super::super::{Completion, CompletionKind};
use super::{At, MARK, escape};

static WORKFLOW: [&Map; 1] = [schema::WORKFLOW];
static ACTION: [&Map; 1] = [schema::ACTION];

impl At<'_, '_> {
    /// What the marked key may be; where it is the only one of its mapping, it may also turn out to be a value.
    pub(super) fn keys(&self) -> Vec<Completion> {
        let Some(mapping) = self.node.parent() else { return Vec::new() };
        let Some(at) = place_of(self.cx, mapping) else { return Vec::new() };
        let field = self.cx.places().get(at).and_then(|place| place.field);
        let mut used: Vec<&str> =
            mapping.entries().filter_map(|entry| entry.name()).filter(|name| *name != MARK).collect();
        // The key that stands there already is none to choose.
        let own = self.a.tree.slice(self.caret.word);
        used.extend(Some(own).filter(|_| self.caret.has_colon));
        let root: &'static [&'static Map] = match self.cx.kind {
            FileKind::Workflow => &WORKFLOW,
            FileKind::Action => &ACTION,
        };
        let maps = field.map_or(root, |field| field.maps);
        if !maps.is_empty() {
            let mut found = self.free(at, mapping, maps, &used);
            let order = found.len();
            for (index, field) in fields(maps, mapping, &used).into_iter().enumerate() {
                self.key(field, "", order + index, &mut found);
            }
            match field {
                None => self.scaffold(&used, &mut found),
                Some(field) if used.is_empty() => self.scaffold_runs(field, None, &mut found),
                Some(_) => {}
            }
            if found.is_empty() && used.is_empty() && self.caret.colon.is_none() && !self.caret.in_flow {
                // Where people choose the keys, a word may stand in the place of all of them.
                found = self.values(at, false);
            }
            return found;
        }
        let Some(field) = field.filter(|_| used.is_empty() && self.caret.colon.is_none()) else {
            return Vec::new();
        };
        if self.caret.in_flow {
            return Vec::new();
        }
        match field.items {
            Some(items) if field.types.has(Types::SEQUENCE) => self.first_item(at, items),
            _ => self.values(at, false),
        }
    }

    /// The first item of a list, on the line below its key.
    fn first_item(&self, at: usize, items: &'static Field) -> Vec<Completion> {
        let mut found = Vec::new();
        if items.maps.is_empty() {
            found = self.values(at, false);
            for offer in &mut found {
                offer.insert.insert_str(0, "- ");
            }
        }
        let none = fields(items.maps, self.node, &[]);
        none.into_iter().enumerate().for_each(|(index, field)| self.key(field, "- ", index, &mut found));
        found
    }

    /// The keys of the mapping, or of the first mapping of the list, that can only follow on the lines below its key.
    pub(super) fn keys_below(&self, field: &'static Field, colon: u32, found: &mut Vec<Completion>) {
        let (maps, dash) = match field.items {
            Some(items) if !field.types.has(Types::MAPPING) => (items.maps, "- "),
            _ => (field.maps, ""),
        };
        let [map] = maps else { return };
        let unit = self.unit();
        let (lead, more) = (["\n", &self.inset(), &unit].concat(), ["\n", &unit].concat());
        for (index, field) in map.fields.iter().enumerate() {
            let from = found.len();
            self.key(field, dash, index, found);
            for offer in &mut found[from..] {
                offer.insert = [&lead, offer.insert.trim_start().replace('\n', &more).as_str()].concat();
                offer.replace = TextRange::new(colon, self.caret.word.end);
            }
        }
    }

    /// A key in each shape that its value can have.
    fn key(&self, field: &'static Field, dash: &str, order: usize, found: &mut Vec<Completion>) {
        let kind = if facts::events::event(field.key).is_some() && field.widget == Widget::Form {
            CompletionKind::Event
        } else {
            CompletionKind::Key
        };
        let shapes = if self.caret.has_colon { vec![("", String::new())] } else { self.shapes(field, dash) };
        for (detail, tail) in shapes {
            let detail = if detail.is_empty() { field.title } else { detail };
            let ask = tail.ends_with(": ") && !field.values.list().is_empty();
            let mut offer = self.offer(kind, field.key).detail(detail).docs(field.doc).sort(order);
            offer.insert.insert_str(0, dash);
            offer.insert.push_str(&tail);
            offer.ask_again = ask || tail.ends_with("- ") || field.types == Types::BOOL;
            found.push(offer);
        }
    }

    /// What follows the key: a colon, and a new line where a list or a mapping begins.
    fn shapes(&self, field: &Field, dash: &str) -> Vec<(&'static str, String)> {
        let one_line = field.types.has_scalar() || field.types == Types::NULL;
        let or_nothing = field.types.has(Types::NULL) && !one_line;
        let (list, mapping) = (field.types.has(Types::SEQUENCE), field.types.has(Types::MAPPING));
        if self.caret.in_flow {
            return vec![("", ": ".to_owned())];
        }
        let inset = [&self.inset(), " ".repeat(dash.len()).as_str(), &self.unit()].concat();
        let mut shapes = Vec::new();
        if one_line {
            shapes.push(("", ": ".to_owned()));
        }
        if or_nothing {
            shapes.push(("", ":".to_owned()));
        }
        let mut more = |detail, tail: &str| {
            let detail = if shapes.is_empty() { "" } else { detail };
            shapes.push((detail, [":\n", &inset, tail].concat()));
        };
        if list {
            more("list", "- ");
        }
        if mapping {
            more("full syntax", "");
        }
        if field.widget == Widget::Script {
            shapes.push(("several lines", [": |\n", &inset].concat()));
        }
        shapes
    }

    /// Keys that something else than the grammar names: inputs, secrets, dimensions of the matrix.
    fn free(
        &self,
        at: usize,
        mapping: Node<'_>,
        maps: &'static [&'static Map],
        used: &[&str],
    ) -> Vec<Completion> {
        let Some(free) = maps.iter().find_map(|map| map.free) else { return Vec::new() };
        let is_used = |name: &str| used.iter().any(|own| own.eq_ignore_ascii_case(name));
        let mut found = Vec::new();
        match free.key {
            "<input_id>" => {
                let Some(uses) = uses_of(self.cx, at) else { return found };
                let is_call = steps_of(self.cx, at).is_empty() && job_of(self.cx, at).is_some();
                let mut inputs = interfaces::inputs(self.cx, uses, is_call);
                inputs.retain(|input| !is_used(&input.name));
                inputs.sort_by_key(|input| (!input.required, input.deprecated));
                inputs.into_iter().for_each(|input| found.push(self.input(input, found.len())));
            }
            "<secret_id>" => {
                let callee = uses_of(self.cx, at).and_then(|uses| self.cx.callee(&uses.value));
                let declared = callee
                    .as_ref()
                    .and_then(|callee| callee.workflow.trigger("workflow_call")?.secrets.as_ref());
                for (secret, required) in
                    declared.into_iter().flatten().filter(|(name, _)| !is_used(&name.value))
                {
                    let name = &secret.value;
                    let value = ["${{ secrets.", name, " }}"].concat();
                    let detail = if *required { "required" } else { "" };
                    let offer =
                        self.offer(CompletionKind::Secret, name.as_str()).detail(detail).sort(found.len());
                    found.push(if self.caret.has_colon {
                        offer
                    } else {
                        let before = escape(&offer.insert);
                        offer.snippet([&before, ": ${1:", &escape(&value), "}"].concat())
                    });
                }
            }
            "<axis>" if mapping.parent().is_some_and(|list| list.kind() == Kind::Sequence) => {
                let matrix = job_of(self.cx, at).and_then(|job| job.matrix.as_ref());
                for row in matrix.into_iter().flat_map(|matrix| &matrix.rows) {
                    let name = &row.name.value;
                    if name == MARK || is_used(name) {
                        continue;
                    }
                    let text =
                        |value: &Data| if let Data::Text(text) = value { Some(text.clone()) } else { None };
                    let values: Option<Vec<String>> = row
                        .values
                        .as_ref()
                        .map(|values| values.iter().filter_map(|value| text(&value.value)).collect());
                    let mut offer = self.offer(CompletionKind::Key, name.as_str());
                    offer.insert.push_str(if self.caret.has_colon { "" } else { ": " });
                    found.push(offer.detail(values.unwrap_or_default().join(", ")).sort(found.len()));
                }
            }
            _ => {}
        }
        found
    }

    fn input(&self, input: Offered, order: usize) -> Completion {
        let detail = match (input.required, input.deprecated) {
            (true, _) => "required",
            (_, true) => "deprecated",
            _ => "",
        };
        let mut offer = self
            .offer(CompletionKind::Input, input.name)
            .detail(detail)
            .docs(input.docs)
            .sort(order)
            .deprecated(input.deprecated);
        if !self.caret.has_colon {
            offer.insert.push_str(": ");
            offer.ask_again = input.boolean || !input.options.is_empty();
        }
        offer
    }
}

/// The named fields of the shapes that a mapping can still have, without those that are used or excluded by used ones.
fn fields(maps: &'static [&'static Map], mapping: Node<'_>, used: &[&str]) -> Vec<&'static Field> {
    let knows = |map: &Map, key: &str| map.named(key).is_some();
    let told = if used.contains(&"using") { schema::choose(maps, mapping) } else { None };
    let fits = |map: &&&'static Map| {
        let known = used.iter().filter(|key| maps.iter().any(|map| knows(map, key)));
        match told {
            Some(told) => std::ptr::eq(**map, told),
            None => known.into_iter().all(|key| knows(map, key)),
        }
    };
    let fitting: Vec<&'static Map> = maps.iter().filter(fits).copied().collect();
    let maps = if fitting.is_empty() { maps } else { &fitting };
    let mut found: Vec<&'static Field> = Vec::new();
    for map in maps {
        for field in map.fields {
            let is_known = used.contains(&field.key) || found.iter().any(|known| known.key == field.key);
            let is_excluded = map
                .exclusive
                .iter()
                .any(|set| set.contains(&field.key) && set.iter().any(|key| used.contains(key)));
            if !is_known && !is_excluded {
                found.push(field);
            }
        }
    }
    found
}
