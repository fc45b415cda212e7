//! Values: from the table, and from what the file itself names.

use stepladder_yaml::{Kind, Node, TextRange};

use crate::cron;
use crate::facts::{events, permissions, runners};
use crate::model::{Data, Job};
use crate::schema::{self, Field, Place, Types, Values, Widget};

use super::super::interfaces;
use super::super::view::{job_of, parent, parent_key, step_of, steps_of, uses_of};
use super::super::words;
use super::super::{Completion, CompletionKind};
use super::{At, MARK};

/// Schedules that many want.
const TIMES: &[&str] =
    &["0 * * * *", "30 5 * * *", "30 5 * * 1-5", "30 5 * * 1", "0 4 1 * *", "*/15 * * * *"];

impl At<'_, '_> {
    /// What the value at a place may be; `inline`: it stands on the line of its key or its `-`.
    pub(super) fn values(&self, at: usize, inline: bool) -> Vec<Completion> {
        let Some(place) = self.cx.places().get(at) else { return Vec::new() };
        let Some(field) = place.field else { return Vec::new() };
        let field = match field.items {
            // A scalar in the place of a list, as in `needs: build`, is one of its items.
            Some(items) if !field.types.has_scalar() && !inline => items,
            _ => field,
        };
        if inline && self.has_block() {
            return Vec::new();
        }
        let mut found = self.own(at, place, field);
        if found.is_empty() {
            found = self.listed(field);
        }
        if field.types == Types::BOOL {
            found = self.words(&["true", "false"]);
        }
        let taken = siblings(place.node);
        found.retain(|offer| !taken.contains(&offer.label.as_str()));
        if let Some(colon) = self.caret.colon.filter(|_| inline && place.key.is_some()) {
            self.other_shapes(field, colon, &mut found);
        }
        found
    }

    /// Whether the key before the caret has its value on the lines below already.
    fn has_block(&self) -> bool {
        let rest = self.a.tree.text().get(self.caret.word.end as usize..).unwrap_or_default();
        let mut lines = rest.lines().skip(1);
        let next = lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        next.is_some_and(|line| {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let is_item = line.trim_start().starts_with("- ");
            self.caret.is_last
                && self.caret.word.is_empty()
                && self.caret.colon.is_some()
                && (indent > self.caret.word_column || (is_item && indent == self.caret.word_column))
        })
    }

    fn words(&self, words: &[&str]) -> Vec<Completion> {
        let offers = words.iter().enumerate();
        offers.map(|(order, word)| self.offer(CompletionKind::Value, *word).sort(order)).collect()
    }

    /// The values that the table lists.
    fn listed(&self, field: &Field) -> Vec<Completion> {
        let mut found: Vec<Completion> = Vec::new();
        for value in field.values.list() {
            let docs = match field.values {
                Values::Events => words::event_named(value),
                Values::Activities(event) => words::activity(event, value),
                Values::Labels => words::label(value),
                Values::Shells => words::shell(value),
                _ => match (permissions::scope(field.key), permissions::Level::parse(value)) {
                    (Some(scope), Some(level)) => scope.doc(level),
                    _ => String::new(),
                },
            };
            let is_event = field.values == Values::Events;
            let kind = if is_event { CompletionKind::Event } else { CompletionKind::Value };
            let detail = if is_event { events::event(value).map_or("", |event| event.title) } else { "" };
            found.push(self.offer(kind, value).detail(detail).docs(docs).sort(found.len()));
        }
        if field.values == Values::Labels {
            self.more_labels(&mut found);
        }
        found
    }

    /// The label of all self-hosted runners; labels that went away not long ago, which write what comes after them; and
    /// one of GitHub's own.
    fn more_labels(&self, found: &mut Vec<Completion>) {
        let label = runners::SELF_HOSTED[0];
        found.push(self.offer(CompletionKind::Value, label).docs(words::label(label)).sort(found.len()));
        for old in runners::REMOVED {
            let runners::Status::Removed { since } = old.status else { continue };
            if since < "2025-12" {
                continue;
            }
            let new = runners::successor(old);
            let offer =
                self.offer(CompletionKind::Value, old.label).docs(words::label(old.label)).deprecated(true);
            let insert = if self.caret.needs_blank { [" ", new].concat() } else { new.to_owned() };
            found.push(offer.insert(insert).detail(["gone, writes ", new].concat()).sort(found.len()));
        }
        let own = self.offer(CompletionKind::Value, "codespaces-prebuild").sort(found.len());
        found.push(own.detail("what GitHub itself prepares codespaces on"));
    }

    /// What the file, the repository or the catalogue names.
    fn own(&self, at: usize, place: &Place<'_>, field: &'static Field) -> Vec<Completion> {
        let section = parent_key(self.cx, place);
        let name = if field.key.is_empty() && place.key.is_none() {
            section
        } else {
            place.name().unwrap_or(section)
        };
        match (field.widget, name) {
            (Widget::Uses, _) => return self.uses(at),
            (Widget::Cron, _) => return self.times(),
            _ => {}
        }
        match name {
            "timezone" if section.is_empty() || section == "schedule" => self.zones(),
            "needs" => self.needs(at),
            "wait" | "cancel" => self.background(at),
            "environment" => self.environments(),
            "name" if section == "environment" => self.environments(),
            "using" => self.kinds_of_action(),
            "default" if section == "<input_id>" => self.defaults(place),
            _ if section == "with" => self.input_values(at, name),
            _ if field.key == "<axis>" => self.axis_values(at, place, name),
            _ => Vec::new(),
        }
    }

    fn kinds_of_action(&self) -> Vec<Completion> {
        let mut found = self.words(&schema::kinds_of_action());
        found.iter_mut().for_each(|offer| offer.deprecated = schema::is_outdated_kind(&offer.label));
        found
    }

    fn times(&self) -> Vec<Completion> {
        let mut found = Vec::new();
        for time in TIMES {
            let Ok(parsed) = cron::Cron::parse(time) else { continue };
            let offer =
                self.offer(CompletionKind::Value, *time).detail(cron::in_words(&parsed)).sort(found.len());
            let quoted =
                if self.caret.quote.is_some() { (*time).to_owned() } else { ["'", time, "'"].concat() };
            let blank = if self.caret.needs_blank { " " } else { "" };
            found.push(offer.insert([blank, &quoted].concat()));
        }
        found
    }

    fn zones(&self) -> Vec<Completion> {
        cron::timezones().map(|zone| self.offer(CompletionKind::Value, zone)).collect()
    }

    /// The jobs that this one may need: not itself, nor any that needs it.
    fn needs(&self, at: usize) -> Vec<Completion> {
        let jobs = &self.cx.workflow.jobs;
        let Some(own) = job_of(self.cx, at) else { return Vec::new() };
        let later = dependents(jobs, &own.id.value);
        let mut found = Vec::new();
        for job in jobs {
            let id = &job.id.value;
            if later.contains(&id.as_str()) {
                continue;
            }
            let detail = job.name.as_ref().map_or(String::new(), |name| name.value.clone());
            found.push(self.offer(CompletionKind::Job, id.as_str()).detail(detail).sort(found.len()));
        }
        found
    }

    /// The earlier steps in the background.
    fn background(&self, at: usize) -> Vec<Completion> {
        let before = step_of(self.cx, at).map_or(0, |step| step.range.start);
        let steps = steps_of(self.cx, at).iter().filter(|step| step.background && step.range.start < before);
        let offers = steps.filter_map(|step| {
            let id = step.id.as_ref()?;
            Some(self.offer(CompletionKind::Step, id.value.as_str()).detail(step.title()))
        });
        offers.collect()
    }

    /// The environments that other jobs name.
    fn environments(&self) -> Vec<Completion> {
        let mut names: Vec<&str> = Vec::new();
        for job in &self.cx.workflow.jobs {
            let name = job.environment.as_ref().and_then(|environment| environment.name.as_ref());
            let plain = |name: &&str| !name.is_empty() && !name.contains("${{") && !name.contains(MARK);
            names.extend(name.map(|name| name.value.as_str()).filter(plain));
        }
        names.sort_unstable();
        names.dedup();
        self.words(&names)
    }

    /// What an input of the file may be by default.
    fn defaults(&self, place: &Place<'_>) -> Vec<Completion> {
        let Some(input) = place.node.parent() else { return Vec::new() };
        let of = |key: &str| input.get(key);
        match of("type").and_then(|kind| kind.as_str()) {
            Some("boolean") => self.words(&["true", "false"]),
            Some("choice") => {
                let options: Vec<&str> =
                    of("options").iter().flat_map(Node::items).filter_map(|o| o.as_str()).collect();
                self.words(&options)
            }
            _ => Vec::new(),
        }
    }

    /// What an input of an action or a called workflow takes.
    fn input_values(&self, at: usize, name: &str) -> Vec<Completion> {
        let Some(uses) = uses_of(self.cx, at) else { return Vec::new() };
        let is_call = step_of(self.cx, at).is_none();
        let inputs = interfaces::inputs(self.cx, uses, is_call);
        let Some(input) = inputs.into_iter().find(|input| input.name.eq_ignore_ascii_case(name)) else {
            return Vec::new();
        };
        if input.boolean {
            return self.words(&["true", "false"]);
        }
        let options: Vec<&str> = input.options.iter().map(String::as_str).collect();
        self.words(&options)
    }

    /// In `include` and `exclude`, the values of that dimension.
    fn axis_values(&self, at: usize, place: &Place<'_>, name: &str) -> Vec<Completion> {
        let is_item = parent(self.cx, place).is_some_and(|item| item.key.is_none());
        let matrix = job_of(self.cx, at).and_then(|job| job.matrix.as_ref()).filter(|_| is_item);
        let rows = matrix.into_iter().flat_map(|matrix| &matrix.rows);
        let values = rows.filter(|row| row.name.value == name).flat_map(|row| row.values.iter().flatten());
        let texts: Vec<String> = values
            .filter_map(|value| match &value.value {
                Data::Text(text) => Some(text.clone()),
                Data::Number(number) => Some(number.to_string()),
                Data::Bool(value) => Some(value.to_string()),
                _ => None,
            })
            .collect();
        self.words(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// A list or a mapping instead of a text, where nothing is written yet.
    fn other_shapes(&self, field: &'static Field, colon: u32, found: &mut Vec<Completion>) {
        let is_open = field.types == Types::ANY;
        if is_open
            || !self.caret.word.is_empty()
            || self.caret.quote.is_some()
            || self.caret.in_flow
            || !self.caret.is_last
        {
            return;
        }
        // Where nothing at all is a value, too, keys would be too much.
        if found.is_empty() && !field.types.has_scalar() && !field.types.has(Types::NULL) {
            self.keys_below(field, colon, found);
            self.scaffold_runs(field, Some(colon), found);
        }
        let inset = self.inset() + &self.unit();
        for (types, label, tail) in
            [(Types::SEQUENCE, "(switch to list)", "- "), (Types::MAPPING, "(switch to mapping)", "")]
        {
            if field.types.has(types) {
                let mut offer = Completion::new(
                    CompletionKind::Snippet,
                    label,
                    TextRange::new(colon, self.caret.word.end),
                );
                offer.insert = ["\n", &inset, tail].concat();
                offer.ask_again = true;
                found.push(offer.sort(10_000 + found.len()));
            }
        }
    }
}

/// What the other items of a list are.
fn siblings<'t>(node: Node<'t>) -> Vec<&'t str> {
    let list = node.parent().filter(|list| list.kind() == Kind::Sequence);
    list.iter().flat_map(Node::items).filter(|item| *item != node).filter_map(|item| item.as_str()).collect()
}

/// The job `id` and all jobs that need it, directly or through others.
fn dependents<'j>(jobs: &'j [Job], id: &'j str) -> Vec<&'j str> {
    let mut found = vec![id];
    let mut at = 0;
    while let Some(id) = found.get(at).copied() {
        at += 1;
        for job in jobs {
            let needs_it = job.needs.iter().any(|need| need.value.eq_ignore_ascii_case(id));
            if needs_it && !found.contains(&job.id.value.as_str()) {
                found.push(&job.id.value);
            }
        }
    }
    found
}
