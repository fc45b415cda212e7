//! What the frame around the document remembers: screen, panes, theme, open dialogs; and which files are open.

pub(crate) mod desk;
mod layout;

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_content::Scenario;
use stepladder_content::lesson::Lesson;

use self::desk::Desk;
pub(crate) use self::layout::{GitHubDialog, Layout, Mode, Pane, Screen, Theme, Width, Wish};
use crate::github::GitHub;
use crate::github::source::Source;
use crate::session::Session;
use crate::storage;
use crate::views::learn::Course;
use crate::views::plan::Trial;
use crate::views::start::Own;

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
    /// On a phone, the pane that is shown; elsewhere the one that was wanted last.
    pub(crate) pane: RwSignal<Pane>,
    /// Goes up whenever somebody wants to see a pane.
    pub(crate) revealed: RwSignal<u32>,
    /// Of graph and form the one that was wanted last: on a tablet there is room for one of them beside the YAML.
    pub(crate) beside_code: Memo<Pane>,
    /// Which tab the drawer shows.
    pub(crate) drawer: RwSignal<Pane>,
    /// The person's choice of colours.
    pub(crate) theme: RwSignal<Theme>,
    /// Whether the colours are dark now.
    pub(crate) dark: Memo<bool>,
    /// How often something was asked of the editor of the YAML, and what last, as Monaco calls it.
    pub(crate) in_code: RwSignal<(u32, &'static str)>,
    /// Whether long lines of the YAML are wrapped, if somebody has chosen; `None`: as fits the pane.
    pub(crate) wrap: RwSignal<Option<bool>>,
    /// Whether the pane of the YAML is narrow.
    pub(crate) narrow_code: RwSignal<bool>,
    /// What is asked of the graph, until it is done.
    pub(crate) wish: RwSignal<Option<Wish>>,
    /// Whether the palette is open.
    pub(crate) palette: RwSignal<bool>,
    /// Whether the list of shortcuts is open.
    pub(crate) shortcuts: RwSignal<bool>,
    /// Whether the versions of the draft are shown.
    pub(crate) versions: RwSignal<bool>,
    /// Whether the dialog to share and export is open.
    pub(crate) sharing: RwSignal<bool>,
    /// Whether the panel that tells where the file belongs is open.
    pub(crate) export: RwSignal<bool>,
    /// The template that a link asks for, until it is shown.
    pub(crate) template: RwSignal<Option<String>>,
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
    /// The open files and their drafts.
    pub(crate) desk: Desk,
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
        let pane = RwSignal::new(Pane::Graph);
        let beside_code = Memo::new(move |before: Option<&Pane>| match pane.get() {
            wanted @ (Pane::Graph | Pane::Form) => wanted,
            _ => before.copied().unwrap_or(Pane::Graph),
        });
        let shell = Self {
            session,
            screen: RwSignal::new(Screen::Start),
            rule: RwSignal::new(None),
            width,
            layout: RwSignal::new(layout),
            pane,
            beside_code,
            revealed: RwSignal::new(0),
            drawer: RwSignal::new(Pane::Problems),
            theme,
            dark,
            in_code: RwSignal::new((0, "")),
            wrap: RwSignal::new(storage::get("wrap").map(|wrap| wrap == "on")),
            narrow_code: RwSignal::new(false),
            wish: RwSignal::new(None),
            palette: RwSignal::new(false),
            versions: RwSignal::new(false),
            shortcuts: RwSignal::new(false),
            sharing: RwSignal::new(false),
            export: RwSignal::new(false),
            template: RwSignal::new(None),
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
            desk: Desk::new(),
        };
        shell.remember();
        shell
    }

    /// Whether long lines of the YAML are wrapped now.
    #[must_use]
    pub(crate) fn wraps(self) -> bool {
        self.wrap.get().unwrap_or_else(|| self.narrow_code.get())
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
        Effect::new(move |_| match self.wrap.get() {
            Some(wraps) => storage::set("wrap", if wraps { "on" } else { "off" }),
            None => storage::unset("wrap"),
        });
        Effect::new(move |_| storage::set("repository", &self.repository.get()));
        self.remember_drafts();
        self.tell_of_files();
    }

    /// Opens a lesson where the person left it; it keeps its text itself and is no draft.
    fn open_lesson(self, lesson: Arc<Lesson>) {
        self.put_away();
        let text = self.course.text_of(&lesson);
        let file = lesson.header.file.clone();
        let files = lesson.env().files;
        self.session.resume(text.into(), lesson.start.as_str().into(), &file);
        self.session.env.update(|env| {
            env.files = files;
            env.missing.clear();
        });
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

    /// Shows the start page; the draft stays open.
    pub(crate) fn show_start(self) {
        self.save_now();
        self.screen.set(Screen::Start);
        set_hash("");
    }

    /// Shows what the checks look for: the rule of that id, or all.
    pub(crate) fn show_rules(self, id: Option<&str>) {
        self.save_now();
        self.rule.set(id.map(str::to_owned));
        self.screen.set(Screen::Rules);
        set_hash(&id.map_or_else(|| "rules".to_owned(), |id| format!("rules={id}")));
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
        let (draft, packed) = (hash.strip_prefix("#draft="), hash.strip_prefix("#share="));
        if draft.is_none() && packed.is_none() {
            return self.screen.set(Screen::Start);
        }
        // What the editor needs brings the drafts, after which the address is followed once more.
        self.screen.set(Screen::Editor);
        let Some(part) = self.desk.is_laid().then(|| self.session.model.get_untracked()).flatten() else {
            return;
        };
        let found = match packed {
            Some(packed) => (part.open_link)(self, packed),
            None => draft.is_some_and(|id| self.resume(id)),
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

    /// Shows the graph and asks something of it.
    pub(crate) fn wish(self, wish: Wish) {
        self.reveal(Pane::Graph);
        self.wish.set(Some(wish));
    }

    /// Brings a pane into view, whatever the room.
    pub(crate) fn reveal(self, pane: Pane) {
        self.pane.set(pane);
        self.revealed.update(|times| *times = times.wrapping_add(1));
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
