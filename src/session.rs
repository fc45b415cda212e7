//! The document, what is derived from it, and the only way to change it.
//!
//! A view gets the [`Session`] from context, reads [`Session::analysis`] or what it derives from it, and answers a person's
//! action with [`Session::perform`] or [`Session::apply`] and [`Session::select`]. It keeps no copy of the workflow.

mod emptied;
mod file;
mod followed;
mod formers;
mod kept;
mod log;
mod pace;
mod places;
mod selection;
mod unwritten;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use stepladder_workflow::edits::{Moved, Switched};
use stepladder_workflow::{Analysis, Applied, Document, Env, Merge};
use stepladder_yaml::{Path, TextEdit, TextRange};

use self::emptied::Emptied;
use self::followed::Followed;
pub(crate) use self::formers::Former;
use self::kept::Kept;
use self::log::Log;
use self::pace::Typed;
use self::places::{Places, Way};
pub(crate) use self::selection::{Flash, Origin, Selection, job_of, shown_id, step_of, step_path};
use self::unwritten::Unwritten;
use crate::model::Part;
use crate::ui::question::Question;
use crate::ui::toast::{Action, Toaster, Tone};

/// Larger texts are kept and edited, but not analysed. In bytes.
pub(crate) const MAX_ANALYSED: usize = 512_000;

/// The text, its history, and everything that follows from it. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// Facts from outside that the analysis reads.
    pub(crate) env: RwSignal<Env>,
    /// All that follows from the text and [`Self::env`]. Its tree has the very text of [`Self::text`], unless
    /// [`Self::too_large`] holds. The graph follows this one: it is told of an edit at once, of one made in a form, or taken
    /// back there, when that has painted it, and of typed text when it is painted.
    pub(crate) analysis: Followed,
    /// The same for the forms: they are told of an edit at once, but of one made on the graph, or taken back there, when that
    /// has painted it.
    pub(crate) form: Followed,
    /// The same for the views that only tell of it, and for the code while others edit: they are told when the browser
    /// has painted what the others changed.
    pub(crate) echo: Followed,
    /// The part of the program that knows the workflow language, once it is there. Until then the analysis is empty.
    pub(crate) model: RwSignal<Option<&'static Part>>,
    /// Whether that part was asked for.
    pub(crate) model_asked: RwSignal<bool>,
    /// Whether the text has more than [`MAX_ANALYSED`] bytes; the analysis is then that of an empty text.
    pub(crate) too_large: Memo<bool>,
    /// Whether the text differs from [`Self::original`].
    pub(crate) dirty: Memo<bool>,
    /// The text as it was opened.
    pub(crate) original: RwSignal<Arc<str>>,
    /// Goes up when another document is opened.
    pub(crate) opened: RwSignal<u32>,
    /// Short messages to the person.
    pub(crate) toaster: Toaster,
    /// What screen readers are told of a step of the history.
    pub(crate) said: RwSignal<String>,
    /// A question that an edit waits for; [`crate::ui::question`] shows it.
    pub(crate) question: RwSignal<Option<Question>>,
    /// What is done once that is answered, and forgotten when it is not.
    pub(crate) afterwards: RwSignal<Option<Action>>,
    /// What was typed into the form and is not written.
    pub(crate) unwritten: Unwritten,
    /// The field of the form that somebody was in last; nothing once something is selected.
    pub(crate) field: RwSignal<Option<Path>>,
    document: RwSignal<Document>,
    selection: RwSignal<Selection>,
    flash: RwSignal<Flash>,
    log: StoredValue<Log>,
    formers: StoredValue<Kept<Vec<Former>>>,
    switched: StoredValue<Kept<Switched>>,
    places: StoredValue<Places>,
    emptied: StoredValue<Option<Emptied>>,
    typed: StoredValue<Typed>,
}

impl Session {
    /// A session with an empty document.
    #[must_use]
    pub(crate) fn new(toaster: Toaster) -> Self {
        let document = RwSignal::new(Document::new(""));
        let env = RwSignal::new(Env { shows_switches: true, ..Env::default() });
        let original = RwSignal::new(Arc::<str>::from(""));
        let too_large = Memo::new(move |_| document.with(|d| d.text().len() > MAX_ANALYSED));
        let model = RwSignal::new(None::<&'static Part>);
        let analysis = Memo::new_with_compare(
            move |_| {
                // Who follows this one learns of every edit, also of a text that is too large.
                document.track();
                let Some(part) = model.get() else { return Arc::new(Analysis::empty()) };
                let text =
                    if too_large.get() { Arc::from("") } else { document.with(|d| Arc::clone(d.text())) };
                env.with(|env| Arc::new((part.analyse)(text, env)))
            },
            |_, _| true,
        );
        let [analysis, form, echo] = [(); 3].map(|()| Followed::new(analysis));
        // Edits tell it themselves, see [`Self::write`].
        Effect::new(move |_| {
            model.track();
            env.track();
            [analysis, form, echo].into_iter().for_each(Followed::catch_up);
        });
        let dirty = Memo::new(move |_| original.with(|old| document.with(|d| **d.text() != **old)));
        Self {
            env,
            analysis,
            form,
            echo,
            model,
            model_asked: RwSignal::new(false),
            too_large,
            dirty,
            original,
            opened: RwSignal::new(0),
            toaster,
            said: RwSignal::new(String::new()),
            question: RwSignal::new(None),
            afterwards: RwSignal::new(None),
            unwritten: Unwritten::new(),
            field: RwSignal::new(None),
            document,
            selection: RwSignal::new(Selection {
                path: Path::root(),
                range: None,
                origin: Origin::Open,
                serial: 0,
            }),
            flash: RwSignal::new(Flash::default()),
            log: StoredValue::new(Log::default()),
            formers: StoredValue::default(),
            switched: StoredValue::default(),
            places: StoredValue::new(Places::default()),
            emptied: StoredValue::new(None),
            typed: StoredValue::default(),
        }
    }

    /// The text; who follows it is told as [`Self::echo`] tells.
    #[must_use]
    pub(crate) fn text(self) -> Arc<str> {
        self.echo.track();
        self.text_untracked()
    }

    /// Follows the text, and is told of every edit at once.
    pub(crate) fn track_text(self) {
        self.document.track();
    }

    /// The text, without following it.
    #[must_use]
    pub(crate) fn text_untracked(self) -> Arc<str> {
        self.document.with_untracked(|d| Arc::clone(d.text()))
    }

    /// Makes `edit`, whose offsets belong to the present text, as one undo step named `label` ("rename job build to
    /// test"). `false`: it changes nothing.
    pub(crate) fn apply(self, edit: TextEdit, label: impl Into<String>, origin: Origin) -> bool {
        self.write(edit, label.into(), Merge::No, origin, None)
    }

    /// Like [`Self::apply`], for an edit that has `moved` something to another place, where what is kept for that goes too.
    pub(crate) fn apply_moving(
        self,
        edit: TextEdit,
        label: String,
        origin: Origin,
        moved: Option<Moved>,
    ) -> bool {
        self.write(edit, label, Merge::No, origin, moved)
    }

    /// Like [`Self::apply`], for keystrokes: those that belong together become one undo step.
    pub(crate) fn apply_typing(self, edit: TextEdit, label: impl Into<String>, origin: Origin) -> bool {
        self.write(edit, label.into(), Merge::Typing, origin, None)
    }

    /// As [`Session::apply_typing`], into a field of one line: all that is typed in one `visit` of it is one step.
    pub(crate) fn apply_visit(
        self,
        edit: TextEdit,
        label: impl Into<String>,
        origin: Origin,
        visit: u32,
    ) -> bool {
        self.write(edit, label.into(), Merge::Visit(visit), origin, None)
    }

    fn write(
        self,
        edit: TextEdit,
        label: String,
        merge: Merge,
        origin: Origin,
        moved: Option<Moved>,
    ) -> bool {
        let (done, carried) = (edit.clone(), self.carried());
        let before = self.text_untracked();
        let changed = self.document.try_update(|d| d.apply(edit, label, merge)).unwrap_or_default();
        if changed {
            self.toaster.outdate();
            self.after(&before, &done, origin);
            self.carry(carried, &done, moved.as_ref());
            let acted = merge == Merge::No;
            if acted {
                let path = self.selection.with_untracked(|selection| selection.path.clone());
                self.places.update_value(|places| places.add(&before, &self.text_untracked(), path, moved));
                set_timeout(move || self.places.update_value(Places::settle), Duration::ZERO);
            }
            if acted {
                self.acts();
                self.tell(origin != Origin::Form, origin != Origin::Graph);
            } else {
                self.tell_typed(origin);
            }
        }
        changed
    }

    /// Takes the last step back.
    pub(crate) fn undo(self) {
        // A message that offers to take something back is out of date then.
        let label = untrack(|| self.undo_label());
        if self.travel(Way::Undo, Document::undo) {
            self.toaster.clear();
            self.said.set(format!("Undone: {}", label.unwrap_or_default()));
        }
    }

    /// Does again what was taken back last.
    pub(crate) fn redo(self) {
        let label = untrack(|| self.redo_label());
        if self.travel(Way::Redo, Document::redo) {
            self.said.set(format!("Done again: {}", label.unwrap_or_default()));
        }
    }

    /// Goes a step through the history. Who was brought elsewhere by that edit, or is where nothing is any more, is where
    /// they were on that side of it.
    fn travel(self, way: Way, step: impl FnOnce(&mut Document) -> Option<Applied>) -> bool {
        let (old, carried) = (self.text_untracked(), self.carried());
        let Some(applied) = self.document.try_update(step).flatten() else { return false };
        self.acts();
        self.after(&old, &applied.edit, Origin::History);
        let new = self.text_untracked();
        let moved = self.places.with_value(|places| places.moved(way, (&old, &new)));
        self.carry(carried, &applied.edit, moved.as_ref());
        let now = self.selection.get_untracked();
        let is_there =
            now.origin == Origin::Code || self.analysis.with_untracked(|a| a.tree.at(&now.path).is_some());
        let place =
            self.places.with_value(|places| places.on_the_way(way, (&old, &new), &now.path, is_there));
        match place {
            Some(path) => {
                self.catch_up();
                self.select(path, Origin::History);
            }
            None => self.tell(!has_focus(".form"), !has_focus(".graph")),
        }
        true
    }

    /// The name of the step that [`Self::undo`] would take back.
    #[must_use]
    pub(crate) fn undo_label(self) -> Option<String> {
        self.document.with(|d| d.undo_label().map(str::to_owned))
    }

    /// The name of the step that [`Self::redo`] would do again.
    #[must_use]
    pub(crate) fn redo_label(self) -> Option<String> {
        self.document.with(|d| d.redo_label().map(str::to_owned))
    }

    /// Tells what was just done, with a button that takes it back.
    pub(crate) fn offer_undo(self) {
        let label = self.document.with_untracked(|d| d.undo_label().map(str::to_owned));
        label.into_iter().for_each(|label| self.offer_undo_of(&label));
    }

    /// As [`Self::offer_undo`], in other words than those of the history.
    pub(crate) fn offer_undo_of(self, label: &str) {
        let revision = self.revision();
        let undo = move || {
            if self.revision() == revision {
                self.undo();
            }
        };
        self.toaster.show(Tone::Done, sentence(label), Some(Action::new("Undo", undo)));
    }

    /// Tells a failure in one sentence.
    pub(crate) fn tell_error(self, message: impl Into<String>) {
        self.toaster.show(Tone::Error, message.into(), None);
    }

    /// Tells why an edit was refused, until another one is made.
    pub(crate) fn tell_refusal(self, reason: impl Into<String>) {
        self.toaster.refuse(reason.into());
    }

    /// Whether an edit waits for the answer to a question.
    pub(crate) fn is_asking(self) -> bool {
        self.question.with_untracked(Option::is_some)
    }

    /// Selects the node at `path` in all views.
    pub(crate) fn select(self, path: Path, origin: Origin) {
        self.set_selection(path, None, origin);
    }

    /// Selects the node that holds `range`, and the very range in the code view.
    pub(crate) fn select_range(self, range: TextRange, origin: Origin) {
        let path = self.path_at(range.start);
        self.set_selection(path, Some(range), origin);
    }

    fn set_selection(self, path: Path, range: Option<TextRange>, origin: Origin) {
        self.field.set(None);
        self.places.update_value(|places| places.select(&path));
        self.selection.update(|selection| {
            *selection = Selection { path, range, origin, serial: selection.serial.wrapping_add(1) };
        });
    }

    /// The selection as it changes.
    #[must_use]
    pub(crate) fn selection(self) -> ReadSignal<Selection> {
        self.selection.read_only()
    }

    /// The path of the deepest node at `offset` of the present text; the root when there is none.
    #[must_use]
    pub(crate) fn path_at(self, offset: u32) -> Path {
        self.analysis.with_untracked(|analysis| analysis.path_at(offset))
    }

    /// What was just written by anything but the code view.
    #[must_use]
    pub(crate) fn flash(self) -> ReadSignal<Flash> {
        self.flash.read_only()
    }

    /// Lights the node at `path` up in the code view, as when a form's label is hovered.
    pub(crate) fn light(self, path: &Path) {
        let range = self.analysis.with_untracked(|analysis| {
            let tree = &analysis.tree;
            tree.entry_at(path).map(|e| e.range()).or_else(|| tree.at(path).map(|node| node.range()))
        });
        if let Some(range) = range {
            self.light_ranges(vec![range]);
        }
    }

    fn light_ranges(self, ranges: Vec<TextRange>) {
        self.flash.update(|flash| *flash = Flash { ranges, serial: flash.serial.wrapping_add(1) });
    }

    /// `edit` has been made of the text `before`.
    fn after(self, before: &str, edit: &TextEdit, origin: Origin) {
        self.log.update_value(|log| log.add(edit.clone()));
        if origin != Origin::Code {
            self.light_ranges(edit.written_lines(before, &self.text_untracked()));
        }
    }

    /// Goes up with every edit, and by more than is remembered when another document is opened.
    #[must_use]
    pub(crate) fn revision(self) -> u64 {
        self.log.with_value(Log::revision)
    }

    /// The edits that lead from the text of `revision` to the present one; `None`: too long ago, take the whole text.
    #[must_use]
    pub(crate) fn edits_since(self, revision: u64) -> Option<Vec<TextEdit>> {
        self.log.with_value(|log| log.since(revision))
    }
}

/// Whether somebody is at an element that matches `selector`.
fn has_focus(selector: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// With a capital letter at its start.
pub(crate) fn sentence(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
