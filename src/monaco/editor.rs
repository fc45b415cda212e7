//! Monaco and the session, kept in step: keystrokes become edits, edits of other views are written into Monaco's model.

mod marks;
mod pull;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::Object;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use stepladder_yaml::{Change, Path, TextEdit, TextRange};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::colours::{self, token};
use super::leave::{Leave, WAY};
use super::position::{Position, Positions};
use super::providers;
use super::sys::{
    ContentChange, ContentEvent, CursorEvent, Decorations, Disposable, Editor, LayoutInfo, Model, Monaco,
    MonacoRange, load_monaco, object,
};
use crate::session::{Origin, Selection, Session};
use crate::shell::Shell;
use crate::ui::paint::{rested, settled};

/// How long the caret rests before what it is on is selected.
const CARET_RESTS: Duration = Duration::from_millis(80);
/// How long the caret rests that typing moves: another form is built for what is selected, and that is in the way of the
/// next letter.
const TYPING_RESTS: Duration = Duration::from_millis(320);
/// So often is a change by another view rehearsed.
const REHEARSALS: u8 = 6;
/// Where fewer letters stand in a line, long lines are wrapped until somebody chooses otherwise.
const NARROW: f64 = 60.0;

/// Monaco in the page. Dropping it takes Monaco out again.
pub(crate) struct CodeEditor {
    shared: Rc<Shared>,
    _content: Closure<dyn FnMut(ContentEvent)>,
    _cursor: Closure<dyn FnMut(CursorEvent)>,
    _fix: Closure<dyn FnMut(JsValue, JsValue)>,
    _providers: providers::Providers,
    _leave: Leave,
    _layout: Closure<dyn FnMut(LayoutInfo)>,
    disposables: Vec<Disposable>,
}

/// What Monaco's listeners and the session's followers share.
struct Shared {
    session: Session,
    monaco: Monaco,
    editor: Editor,
    model: Model,
    positions: RefCell<Positions>,
    revision: Cell<u64>,
    /// Whether the model is being written to from here.
    writing: Cell<bool>,
    selected: Decorations,
    lit: Decorations,
    unlight: Cell<Option<TimeoutHandle>>,
    caret: Cell<Option<TimeoutHandle>>,
    /// The revision at which the caret was last seen.
    caret_at: Cell<u64>,
}

/// Fetches Monaco.
///
/// # Errors
/// What the browser says about the failure.
pub(crate) async fn load() -> Result<Monaco, JsValue> {
    Ok(JsFuture::from(load_monaco()).await?.unchecked_into())
}

impl CodeEditor {
    /// Puts Monaco into `at` and binds it to the session. The calling owner's clean-up ends what follows the session.
    ///
    /// # Errors
    /// What Monaco says about the failure.
    pub(crate) fn new(monaco: Monaco, at: &HtmlElement, shell: Shell) -> Result<Self, JsValue> {
        let (session, dark) = (shell.session, shell.dark);
        let text = session.text_untracked();
        let model = monaco.editor().create_model(&text, "yaml");
        colours::set(&monaco, dark.get_untracked());
        let editor = monaco.editor().create(at, &options(&model))?;
        let shared = Rc::new(Shared {
            session,
            selected: editor.decorations(),
            lit: editor.decorations(),
            editor,
            model,
            positions: RefCell::new(Positions::new(text)),
            revision: Cell::new(session.revision()),
            writing: Cell::new(false),
            unlight: Cell::new(None),
            caret: Cell::new(None),
            caret_at: Cell::new(session.revision()),
            monaco,
        });
        let typed = Rc::clone(&shared);
        let content = Closure::<dyn FnMut(ContentEvent)>::new(move |event| typed.typed(&event));
        let moved = Rc::clone(&shared);
        let cursor = Closure::<dyn FnMut(CursorEvent)>::new(move |event| moved.caret_moved(&event));
        let narrow = shell.narrow_code;
        let look = move |layout: LayoutInfo| {
            let is_narrow = (1.0..NARROW).contains(&layout.columns());
            if narrow.try_get_untracked().is_some_and(|was| was != is_narrow) {
                narrow.set(is_narrow);
            }
        };
        look(shared.editor.layout_info());
        let layout = Closure::<dyn FnMut(LayoutInfo)>::new(look);
        let disposables = vec![
            shared.model.on_content(&content),
            shared.editor.on_cursor(&cursor),
            shared.editor.on_layout(&layout),
        ];
        let fix = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |_, index: JsValue| {
            if let Some(index) = index.as_f64() {
                providers::apply_fix(session, index as usize);
            }
        });
        let fix_command = shared.editor.add_command(0, fix.as_ref().unchecked_ref()).unwrap_or_default();
        let providers =
            providers::Providers::new(&shared.monaco.languages(), &shared.model, session, fix_command);
        follow(&shared, dark, Memo::new(move |_| shell.wraps()), shell.in_code.into());
        let leave = Leave::new(&shared.editor, at);
        Shared::rehearse(Rc::downgrade(&shared), REHEARSALS);
        Ok(Self {
            shared,
            _content: content,
            _cursor: cursor,
            _fix: fix,
            _providers: providers,
            _leave: leave,
            _layout: layout,
            disposables,
        })
    }
}

impl Drop for CodeEditor {
    fn drop(&mut self) {
        self.disposables.iter().for_each(Disposable::dispose_it);
        self.shared.editor.dispose();
        self.shared.model.dispose_model();
    }
}

/// Follows the session from now on.
fn follow(shared: &Rc<Shared>, dark: Memo<bool>, wraps: Memo<bool>, asked: Signal<(u32, &'static str)>) {
    let at = StoredValue::new_local(Rc::clone(shared));
    let with = move |run: &dyn Fn(&Shared)| at.with_value(|shared| run(shared));
    let session = shared.session;
    Effect::new(move |_| {
        session.echo.track();
        with(&|shared| {
            shared.pull();
            shared.mark_findings();
            shared.mark_selected();
        });
    });
    let show = move |selection: &Selection| {
        with(&|shared| {
            shared.pull();
            shared.show_selection(selection);
        });
    };
    let selection = Memo::new(move |_| session.selection().get());
    // Who selects or changes something elsewhere shall not wait for the code; who travels on the graph, at no time.
    let settled_selection = settled(selection);
    Effect::new(move |_| {
        settled_selection.with(|selection| (selection.origin != Origin::Graph).then(|| show(selection)))
    });
    let rested = rested(selection);
    Effect::new(move |_| {
        rested.with(|selection| (selection.origin == Origin::Graph).then(|| show(selection)))
    });
    let flash = settled(Memo::new(move |_| session.flash().get()));
    Effect::new(move |before: Option<u32>| {
        let flash = flash.get();
        if before.is_some() {
            with(&|shared| {
                shared.pull();
                shared.light(&flash.ranges);
            });
        }
        if before.is_some() {
            at.with_value(|shared| Shared::unlight_later(Rc::clone(shared)));
        }
        flash.serial
    });
    Effect::new(move |_| {
        let dark = dark.get();
        with(&|shared| colours::set(&shared.monaco, dark));
    });
    Effect::new(move |before: Option<u32>| {
        let (times, action) = asked.get();
        if before.is_some_and(|before| before != times) {
            with(&|shared| shared.editor.focus());
            with(&|shared| shared.editor.trigger("page", action, JsValue::NULL));
        }
        times
    });
    Effect::new(move |_| {
        let wrap = if wraps.get() { "on" } else { "off" };
        with(&|shared| shared.editor.update_options(&object(&[("wordWrap", wrap.into())])));
    });
}

impl Shared {
    /// Monaco's text was changed; by the person, unless we are writing.
    fn typed(&self, event: &ContentEvent) {
        if self.writing.get() {
            return;
        }
        let edit = if self.revision.get() == self.session.revision() { self.edit_of(event) } else { None };
        let edit = edit.filter(|edit| {
            let new = Positions::new(edit.apply(self.positions.borrow().text()).into());
            let same = new.lines() == self.model.line_count();
            if same {
                self.positions.replace(new);
            }
            same
        });
        let edit = edit.unwrap_or_else(|| {
            let new = self.model.value();
            let edit = TextEdit::between(&self.session.text_untracked(), &new);
            self.positions.replace(Positions::new(new.into()));
            edit
        });
        self.session.apply_typing(edit, "typing", Origin::Code);
        self.revision.set(self.session.revision());
    }

    fn edit_of(&self, event: &ContentEvent) -> Option<TextEdit> {
        let positions = self.positions.borrow();
        let changes = event.changes();
        let changes = changes.iter().map(|change| {
            let change: ContentChange = change.unchecked_into();
            Change { range: byte_range(&positions, &change.range()), insert: change.text() }
        });
        TextEdit::new(changes.collect())
    }

    fn caret_moved(self: &Rc<Self>, event: &CursorEvent) {
        if self.writing.get() {
            return;
        }
        let position = Position { line: event.position().line(), column: event.position().column() };
        let shared = Rc::clone(self);
        let selection = self.session.selection();
        let before = selection.with_untracked(|selection| selection.serial);
        let select = move || {
            // Who has selected something elsewhere in the meantime is there now.
            if selection.with_untracked(|now| now.serial == before || now.origin == Origin::Code) {
                let offset = shared.positions.borrow().offset(position);
                shared.session.select_range(TextRange::empty(offset), Origin::Code);
            }
        };
        let revision = self.revision.get();
        let rest = if self.caret_at.replace(revision) == revision { CARET_RESTS } else { TYPING_RESTS };
        if let Some(timer) = self.caret.replace(set_timeout_with_handle(select, rest).ok()) {
            timer.clear();
        }
    }

    fn show_selection(&self, selection: &Selection) {
        self.mark_selected();
        if selection.origin == Origin::Code {
            return;
        }
        let positions = self.positions.borrow();
        let range = selection
            .range
            .or_else(|| self.range_of(&selection.path).filter(|_| selection.path != Path::root()));
        if let Some(range) = range {
            let shown = monaco_range(&positions, range);
            let caret = if selection.range.is_some() { range } else { TextRange::empty(range.start) };
            let caret = monaco_range(&positions, caret);
            drop(positions);
            self.writing.set(true);
            self.editor.set_selection(&caret);
            self.writing.set(false);
            self.editor.reveal(&shown);
        }
    }
}

pub(super) fn monaco_range(positions: &Positions, range: TextRange) -> Object {
    let (start, end) = (positions.position(range.start), positions.position(range.end));
    object(&[
        ("startLineNumber", start.line.into()),
        ("startColumn", start.column.into()),
        ("endLineNumber", end.line.into()),
        ("endColumn", end.column.into()),
    ])
}

pub(super) fn byte_range(positions: &Positions, range: &MonacoRange) -> TextRange {
    let from = Position { line: range.start_line(), column: range.start_column() };
    let to = Position { line: range.end_line(), column: range.end_column() };
    positions.range(from, to)
}

fn options(model: &Model) -> Object {
    let mono = token("--mono");
    object(&[
        ("model", model.into()),
        ("ariaLabel", format!("YAML of the workflow. {WAY}").into()),
        ("automaticLayout", true.into()),
        ("fontFamily", mono.as_str().into()),
        ("fontSize", 13.into()),
        ("lineHeight", 20.into()),
        ("minimap", object(&[("enabled", false.into())]).into()),
        ("padding", object(&[("top", 12.into()), ("bottom", 12.into())]).into()),
        ("scrollBeyondLastLine", false.into()),
        // The rest of a line that is wrapped stands deeper than what follows it.
        ("wrappingIndent", "deepIndent".into()),
        ("renderLineHighlight", "none".into()),
        ("overviewRulerBorder", false.into()),
        ("hideCursorInOverviewRuler", true.into()),
        ("lineNumbersMinChars", 3.into()),
        ("lineDecorationsWidth", 8.into()),
        ("folding", true.into()),
        ("showFoldingControls", "mouseover".into()),
        ("bracketPairColorization", object(&[("enabled", false.into())]).into()),
        ("fixedOverflowWidgets", true.into()),
        // Dimmed, as it is by default, the number of the last line is too faint to read.
        ("renderFinalNewline", "on".into()),
        ("unusualLineTerminators", "off".into()),
        ("wordBasedSuggestions", "off".into()),
        ("tabSize", 2.into()),
        ("insertSpaces", true.into()),
        ("detectIndentation", false.into()),
        ("quickSuggestions", object(&[("other", true.into()), ("strings", true.into())]).into()),
        (
            "scrollbar",
            object(&[("verticalScrollbarSize", 10.into()), ("horizontalScrollbarSize", 10.into())]).into(),
        ),
        // By indentation, which YAML has; the outline would be made anew for it after every edit.
        (
            "stickyScroll",
            object(&[
                ("enabled", true.into()),
                ("maxLineCount", 3.into()),
                ("defaultModel", "indentationModel".into()),
            ])
            .into(),
        ),
        (
            "guides",
            object(&[("indentation", true.into()), ("highlightActiveIndentation", true.into())]).into(),
        ),
    ])
}
