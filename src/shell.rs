//! What the frame around the document remembers: screen, panes, theme, open dialogs; and where drafts are kept.

use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use stepladder_content::lesson::Lesson;

use stepladder_content::Scenario;

use crate::github::GitHub;
use crate::github::source::Source;
use crate::session::Session;
use crate::share;
use crate::storage::{self, Draft};
use crate::ui::toast::Tone;
use crate::views::learn::Course;
use crate::views::plan::Trial;
use crate::views::start::Own;

/// How long after the last change a draft is saved.
const SAVE_AFTER: Duration = Duration::from_millis(400);

/// Which of the screens is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Templates, drafts, opening a file.
    Start,
    /// The lessons.
    Learn,
    /// The workflow.
    Editor,
    /// What the checks look for.
    Rules,
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// Below 700 px: one pane.
    Phone,
    /// Below 1,100 px: two panes.
    Tablet,
    /// Three panes.
    Desktop,
}

/// One way to see the workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The job graph.
    Graph,
    /// The form of what is selected.
    Form,
    /// The YAML.
    Code,
    /// The list of problems; a tab of the drawer where there is room for one.
    Problems,
    /// The list of secrets and variables; likewise.
    Secrets,
    /// What an event would do; likewise.
    Plan,
    /// What the workflow needs from its repository; likewise.
    Preflight,
    /// The workflow in sentences; likewise.
    Explain,
    /// The open lesson; beside the columns where there is room.
    Lesson,
    /// What has changed since the file was opened; likewise.
    Changes,
}

impl Pane {
    /// Those side by side on a desktop, from the left. All others are tabs of the drawer.
    pub(crate) const COLUMNS: [Self; 3] = [Self::Graph, Self::Form, Self::Code];

    /// Whether it stands in the drawer, where there is one.
    #[must_use]
    pub(crate) fn in_drawer(self) -> bool {
        self != Self::Lesson && !Self::COLUMNS.contains(&self)
    }
}

/// The three usual choices of panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Graph and form.
    Visual,
    /// Graph, form and YAML.
    Split,
    /// YAML alone.
    Code,
}

/// A dialog about GitHub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GitHubDialog {
    /// To open files from there.
    Open,
    /// To sign in or out.
    SignIn,
    /// To commit the document.
    Commit,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system is set.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Panes and their sizes, as remembered from visit to visit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// Whether graph, form and code are shown.
    pub(crate) shown: [bool; 3],
    /// Their shares of the width.
    pub(crate) share: [f64; 3],
    /// Whether the drawer is open.
    pub(crate) drawer: bool,
    /// Height of the open drawer in CSS pixels.
    pub(crate) drawer_height: f64,
    /// Whether a plain text field is wanted instead of Monaco.
    pub(crate) plain: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            shown: [true; 3],
            share: [0.36, 0.28, 0.36],
            drawer: false,
            drawer_height: 220.0,
            plain: false,
        }
    }
}

impl Layout {
    /// The usual choice that these panes are nearest to.
    #[must_use]
    pub(crate) fn mode(&self) -> Mode {
        match self.shown {
            [false, false, _] => Mode::Code,
            [_, _, false] => Mode::Visual,
            _ => Mode::Split,
        }
    }
}

/// The frame's state, from context. Views of the document need [`Session`] only.
#[derive(Clone, Copy)]
pub(crate) struct Shell {
    /// The document.
    pub(crate) session: Session,
    /// Which screen is shown.
    pub(crate) screen: RwSignal<Screen>,
    /// On the screen of the rules, the id of the one that is read.
    pub(crate) rule: RwSignal<Option<String>>,
    /// How much room there is.
    pub(crate) width: Signal<Width>,
    /// Panes and sizes.
    pub(crate) layout: RwSignal<Layout>,
    /// On a phone, the pane that is shown; on a tablet, which of graph and form is.
    pub(crate) pane: RwSignal<Pane>,
    /// Which tab the drawer shows.
    pub(crate) drawer: RwSignal<Pane>,
    /// The person's choice of colours.
    pub(crate) theme: RwSignal<Theme>,
    /// Whether the colours are dark now.
    pub(crate) dark: Memo<bool>,
    /// Whether the palette is open.
    pub(crate) palette: RwSignal<bool>,
    /// Whether the panel that tells where the file belongs is open.
    pub(crate) export: RwSignal<bool>,
    /// Whether the field to paste a workflow into is open.
    pub(crate) paste: RwSignal<bool>,
    /// The event that is being tried.
    pub(crate) trial: Trial,
    /// The lessons, and the one that is open.
    pub(crate) course: Course,
    /// Templates of one's own.
    pub(crate) own: Own,
    /// Events with what is expected of them, kept with the draft.
    pub(crate) scenarios: RwSignal<Vec<Scenario>>,
    /// GitHub, and who is signed in there.
    pub(crate) github: GitHub,
    /// Which of GitHub's dialogs is open.
    pub(crate) github_dialog: RwSignal<Option<GitHubDialog>>,
    /// Where the document comes from on GitHub.
    pub(crate) source: RwSignal<Option<Source>>,
    /// `OWNER/NAME` of the repository on GitHub that the file is for; empty when unknown.
    pub(crate) repository: RwSignal<String>,
    /// When the draft was saved last, in milliseconds since 1970; `None`: not since the last change.
    pub(crate) saved: RwSignal<Option<f64>>,
    draft: StoredValue<Option<OpenDraft>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    told: StoredValue<bool>,
}

#[derive(Clone)]
struct OpenDraft {
    id: String,
    template: bool,
}

impl Shell {
    /// The frame as it was left.
    #[must_use]
    pub(crate) fn new(session: Session) -> Self {
        let layout =
            storage::get("layout").and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let theme = RwSignal::new(match storage::get("theme").as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        });
        let narrow = media("(max-width: 699.98px)");
        let middle = media("(max-width: 1099.98px)");
        let system_dark = media("(prefers-color-scheme: dark)");
        let width = Signal::derive(move || match (narrow.get(), middle.get()) {
            (true, _) => Width::Phone,
            (_, true) => Width::Tablet,
            _ => Width::Desktop,
        });
        let dark = Memo::new(move |_| match theme.get() {
            Theme::System => system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        });
        let shell = Self {
            session,
            screen: RwSignal::new(Screen::Start),
            rule: RwSignal::new(None),
            width,
            layout: RwSignal::new(layout),
            pane: RwSignal::new(Pane::Graph),
            drawer: RwSignal::new(Pane::Problems),
            theme,
            dark,
            palette: RwSignal::new(false),
            export: RwSignal::new(false),
            paste: RwSignal::new(false),
            trial: Trial::new(session),
            course: Course::new(session),
            own: Own::new(),
            scenarios: RwSignal::new(Vec::new()),
            github: GitHub::new(),
            github_dialog: RwSignal::new(None),
            source: RwSignal::new(None),
            repository: RwSignal::new(storage::get("repository").unwrap_or_default()),
            saved: RwSignal::new(None),
            draft: StoredValue::new(None),
            timer: StoredValue::new(None),
            told: StoredValue::new(false),
        };
        shell.remember();
        shell
    }

    /// Writes settings and drafts down as they change.
    fn remember(self) {
        Effect::new(move |_| {
            let name = match self.theme.get() {
                Theme::System => None,
                Theme::Light => Some("light"),
                Theme::Dark => Some("dark"),
            };
            let root = document().document_element();
            match (name, root) {
                (Some(name), Some(root)) => {
                    let _ = root.set_attribute("data-theme", name);
                    storage::set("theme", name);
                }
                (None, Some(root)) => {
                    let _ = root.remove_attribute("data-theme");
                    storage::unset("theme");
                }
                _ => {}
            }
        });
        Effect::new(move |_| {
            if let Ok(json) = serde_json::to_string(&self.layout.get()) {
                storage::set("layout", &json);
            }
        });
        Effect::new(move |_| storage::set("repository", &self.repository.get()));
        Effect::new(move |_| {
            let _ = (self.session.text(), self.session.file_path());
            self.scenarios.track();
            self.source.track();
            if self.draft.with_value(Option::is_some) {
                self.saved.set(None);
                self.save_later();
            }
        });
        for event in ["pagehide", "visibilitychange"] {
            let handle = window_event_listener_untyped(event, move |_| {
                if self.saved.get_untracked().is_none() {
                    self.save();
                }
            });
            on_cleanup(move || handle.remove());
        }
    }

    fn save_later(self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            *timer = set_timeout_with_handle(move || self.save(), SAVE_AFTER).ok();
        });
    }

    /// Saves the draft now.
    pub(crate) fn save(self) {
        let Some(OpenDraft { id, template }) = self.draft.get_value() else { return };
        let saved = storage::now();
        let draft = Draft {
            file: untrack(move || self.session.file_path()),
            text: self.session.text_untracked(),
            original: self.session.original.get_untracked(),
            saved,
            template,
            scenarios: self.scenarios.get_untracked(),
            source: self.source.get_untracked(),
        };
        match storage::save(&id, &draft) {
            Ok(()) => {
                self.told.set_value(false);
                self.saved.set(Some(saved));
            }
            Err(message) if !self.told.get_value() => {
                self.told.set_value(true);
                self.session.toaster.show(Tone::Error, message, None);
            }
            Err(_) => {}
        }
    }

    /// Opens a text as a new draft and shows it.
    pub(crate) fn open(self, text: impl Into<Arc<str>>, file_name: &str, template: bool) {
        self.open_from(text, file_name, template, None);
    }

    /// Like [`Self::open`], for a text that comes from a place on GitHub.
    pub(crate) fn open_from(
        self,
        text: impl Into<Arc<str>>,
        file_name: &str,
        template: bool,
        source: Option<Source>,
    ) {
        self.put_away();
        if let Some(source) = &source {
            self.repository.set(source.repository.clone());
        }
        self.source.set(source);
        let id = storage::new_id();
        self.session.open(text, file_name);
        self.scenarios.set(Vec::new());
        self.draft.set_value(Some(OpenDraft { id: id.clone(), template }));
        self.save();
        self.show_editor(&id);
    }

    /// Goes on with a draft. `false`: there is none of that id.
    pub(crate) fn resume(self, id: &str) -> bool {
        if self.draft.with_value(|open| open.as_ref().is_some_and(|open| open.id == id)) {
            self.show_editor(id);
            return true;
        }
        let Some(draft) = storage::load(id) else { return false };
        self.put_away();
        self.source.set(draft.source);
        self.session.resume(draft.text, draft.original, &draft.file);
        self.scenarios.set(draft.scenarios);
        self.draft.set_value(Some(OpenDraft { id: id.to_owned(), template: draft.template }));
        self.saved.set(Some(draft.saved));
        self.show_editor(id);
        true
    }

    /// Opens a lesson where the person left it; it keeps its text itself and is no draft.
    fn open_lesson(self, lesson: Arc<Lesson>) {
        self.put_away();
        let text = self.course.text_of(&lesson);
        let file = lesson.header.file.clone();
        let files = lesson.env().files;
        self.session.resume(text.into(), lesson.start.as_str().into(), &file);
        self.session.env.update(|env| env.files = files);
        self.scenarios.set(Vec::new());
        self.course.lesson.set(Some(lesson));
        self.saved.set(Some(storage::now()));
        self.pane.set(Pane::Lesson);
        self.screen.set(Screen::Editor);
    }

    /// Goes to a lesson by its address.
    pub(crate) fn go_to_lesson(self, id: &str) {
        set_hash(&format!("lesson={id}"));
    }

    /// Shows all lessons.
    pub(crate) fn show_learn(self) {
        self.save_now();
        self.screen.set(Screen::Learn);
        set_hash("learn");
    }

    fn save_now(self) {
        if self.draft.with_value(Option::is_some) {
            self.save();
        }
    }

    /// Saves the open draft, or forgets it when it is a template that was only looked at; closes the open lesson.
    fn put_away(self) {
        if self.course.lesson.with_untracked(Option::is_some) {
            self.course.lesson.set(None);
            self.session.env.update(|env| env.files.clear());
        }
        if let Some(open) = self.draft.get_value() {
            self.save();
            if storage::load(&open.id).is_some_and(|draft| draft.is_untouched_template()) {
                storage::delete(&open.id);
            }
        }
        self.draft.set_value(None);
    }

    fn show_editor(self, id: &str) {
        self.pane.set(Pane::Graph);
        self.screen.set(Screen::Editor);
        set_hash(&format!("draft={id}"));
    }

    /// Shows the start page; the draft stays open.
    pub(crate) fn show_start(self) {
        self.save_now();
        self.screen.set(Screen::Start);
        set_hash("");
    }

    /// Shows what the checks look for: the rule of that id, or all.
    pub(crate) fn show_rules(self, id: Option<&str>) {
        if self.draft.with_value(Option::is_some) {
            self.save();
        }
        self.rule.set(id.map(str::to_owned));
        self.screen.set(Screen::Rules);
        set_hash(&id.map_or_else(|| "rules".to_owned(), |id| format!("rules={id}")));
    }

    /// Goes on with the document that is open, else to the start page.
    pub(crate) fn show_document(self) {
        match self.draft.with_value(|open| open.as_ref().map(|open| open.id.clone())) {
            Some(id) => self.show_editor(&id),
            None => self.show_start(),
        }
    }

    /// Whether a document is open, in whatever screen.
    #[must_use]
    pub(crate) fn has_document(self) -> bool {
        self.draft.with_value(Option::is_some)
    }

    /// Shows what the address asks for, as at the start and when going back and forth in the browser.
    pub(crate) fn follow_address(self) {
        let hash = window().location().hash().unwrap_or_default();
        if let Some(id) = hash.strip_prefix("#lesson=") {
            self.follow_lesson(id);
            return;
        }
        if hash == "#learn" {
            self.save_now();
            self.screen.set(Screen::Learn);
            return;
        }
        if hash == "#rules" || hash.starts_with("#rules=") {
            return self.show_rules(hash.strip_prefix("#rules=").filter(|id| !id.is_empty()));
        }
        let found = match hash.strip_prefix("#share=") {
            Some(packed) => share::open(self, packed),
            None => hash.strip_prefix("#draft=").is_some_and(|id| self.resume(id)),
        };
        if !found {
            self.screen.set(Screen::Start);
        }
    }

    fn follow_lesson(self, id: &str) {
        let open = self.course.lesson.with_untracked(|open| open.as_ref().is_some_and(|open| open.id == id));
        if open {
            self.screen.set(Screen::Editor);
            return;
        }
        let wanted = format!("#lesson={id}");
        self.course.load(id, move |lesson| {
            // The person may have gone on meanwhile.
            let still = window().location().hash().is_ok_and(|hash| hash == wanted);
            match lesson {
                Some(lesson) if still => self.open_lesson(lesson),
                Some(_) => {}
                None => {
                    self.session.tell_error("That lesson could not be loaded; is the network there?");
                    self.show_learn();
                }
            }
        });
    }

    /// Shows one of the usual choices of panes.
    pub(crate) fn set_mode(self, mode: Mode) {
        self.layout.update(|layout| {
            layout.shown = match mode {
                Mode::Visual => [true, true, false],
                Mode::Split => [true; 3],
                Mode::Code => [false, false, true],
            };
        });
    }

    /// Shows or hides one of graph, form and code; the last one stays.
    pub(crate) fn show_pane(self, pane: Pane, show: bool) {
        self.layout.update(|layout| {
            if let Some(at) = Pane::COLUMNS.iter().position(|p| *p == pane) {
                layout.shown[at] = show;
                if layout.shown == [false; 3] {
                    layout.shown[at] = true;
                }
            }
        });
    }

    /// Brings a pane into view, whatever the room.
    pub(crate) fn reveal(self, pane: Pane) {
        self.pane.set(pane);
        if pane.in_drawer() {
            self.drawer.set(pane);
            self.layout.update(|layout| layout.drawer = true);
        } else {
            self.show_pane(pane, true);
        }
    }
}

/// Writes the address's fragment, unless it says so already.
fn set_hash(hash: &str) {
    let location = window().location();
    if location.hash().unwrap_or_default().trim_start_matches('#') != hash {
        let _ = location.set_hash(hash);
    }
}

/// Whether a media query holds, as it changes.
fn media(query: &str) -> ReadSignal<bool> {
    use wasm_bindgen::{JsCast, closure::Closure};
    let (holds, set) = signal(false);
    if let Ok(Some(list)) = window().match_media(query) {
        set.set(list.matches());
        let watched = list.clone();
        let changed = Closure::<dyn Fn()>::new(move || set.set(watched.matches()));
        let _ = list.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        changed.forget();
    }
    holds
}
