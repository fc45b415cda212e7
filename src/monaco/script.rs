//! Monaco for one script: a small editor that grows with its text.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Object};
use stepladder_workflow::ide::{Completion, Hover};
use stepladder_yaml::{TextEdit, TextRange};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::colours::{self, token};
use super::editor::monaco_range;
use super::position::{Position, Positions};
use super::providers::painted;
use super::suggest::{suggestions, told as explained, triggers};
use super::sys::{ContentEvent, Disposable, Editor, Model, Monaco, MonacoPosition, SizeEvent, object};

/// Height of an editor without a text, and of the largest one, in pixels.
const HEIGHTS: (f64, f64) = (76.0, 496.0);

/// The languages of scripts, as Monaco names them.
const LANGUAGES: &[&str] = &["shell", "powershell", "python", "javascript", "bat", "perl", "plaintext"];

/// Asks about a byte of the text that the editor holds.
pub(crate) type Ask<T> = Box<dyn Fn(&str, usize) -> T>;

/// What an editor of a script can ask; places are bytes of its text.
pub(crate) struct Help {
    /// What may be written there.
    pub(crate) complete: Ask<Vec<Completion>>,
    /// What stands there.
    pub(crate) hover: Ask<Option<Hover>>,
}

/// What Monaco asks with a model and a place in it.
type Provide = Closure<dyn Fn(Model, MonacoPosition) -> JsValue>;

/// When a script is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A person has changed it.
    Typed,
    /// They have left it.
    Left,
}

/// An editor in the page. Dropping it takes it out again.
pub(crate) struct ScriptEditor {
    monaco: Monaco,
    editor: Editor,
    model: Model,
    positions: RefCell<Positions>,
    /// Whether the model is being written to from here.
    writing: Rc<Cell<bool>>,
    disposables: Vec<Disposable>,
    _content: Closure<dyn FnMut(ContentEvent)>,
    _blur: Closure<dyn FnMut()>,
    _size: Closure<dyn FnMut(SizeEvent)>,
    _provide: [Provide; 2],
}

impl ScriptEditor {
    /// Puts an editor into `at`. `told` gets the whole text when a person has changed it, and when they leave it; `help`
    /// answers in the midst of expressions.
    ///
    /// # Errors
    /// What Monaco says about the failure.
    pub(crate) fn new(
        monaco: Monaco,
        at: &HtmlElement,
        (text, language, label): (&str, &str, &str),
        told: impl Fn(String, Moment) + 'static,
        help: Help,
    ) -> Result<Self, JsValue> {
        let model = monaco.editor().create_model(text, language);
        let editor = monaco.editor().create(at, &options(&model, label))?;
        let writing = Rc::new(Cell::new(false));
        let (silent, own) = (Rc::clone(&writing), model.clone());
        let told = Rc::new(told);
        let held = move || own.value().replace("\r\n", "\n");
        let (tell, typed) = (Rc::clone(&told), held.clone());
        let content = Closure::<dyn FnMut(ContentEvent)>::new(move |_| {
            if !silent.get() {
                tell(typed(), Moment::Typed);
            }
        });
        let blur = Closure::<dyn FnMut()>::new(move || told(held(), Moment::Left));
        let place = at.clone();
        let fit = move |height: f64| {
            let height = height.clamp(HEIGHTS.0, HEIGHTS.1);
            let _ = web_sys::HtmlElement::style(&place).set_property("height", &format!("{height}px"));
        };
        fit(editor.content_height());
        let size = Closure::<dyn FnMut(SizeEvent)>::new(move |event: SizeEvent| fit(event.height()));
        let mut disposables = vec![model.on_content(&content), editor.on_size(&size), editor.on_blur(&blur)];
        let provide = provided(&monaco, &model, help, &mut disposables);
        let positions = RefCell::new(Positions::new(text.into()));
        Ok(Self {
            monaco,
            editor,
            model,
            positions,
            writing,
            disposables,
            _content: content,
            _blur: blur,
            _size: size,
            _provide: provide,
        })
    }

    /// Shows `text`, and leaves the caret where it is as far as that can be.
    pub(crate) fn show(&self, text: &str) {
        let old = self.model.value();
        if old.replace("\r\n", "\n") == text {
            return;
        }
        self.positions.replace(Positions::new(old.as_str().into()));
        let positions = self.positions.borrow();
        let edit = TextEdit::between(&old, text);
        let changes = edit.changes().iter().map(|change| {
            let range = monaco_range(&positions, change.range);
            JsValue::from(object(&[("range", range.into()), ("text", change.insert.as_str().into())]))
        });
        self.writing.set(true);
        self.model.apply_edits(&changes.collect::<Array>());
        self.writing.set(false);
    }

    /// What it shows.
    pub(crate) fn text(&self) -> String {
        self.model.value().replace("\r\n", "\n")
    }

    /// Where the caret is, in bytes of the text.
    pub(crate) fn caret(&self) -> Option<usize> {
        let place = self.editor.caret()?;
        let text = self.model.value();
        let offset = Positions::new(text.as_str().into())
            .offset(Position { line: place.line(), column: place.column() });
        Some(text.get(..offset as usize)?.replace("\r\n", "\n").len())
    }

    /// Selects all of it, so that what is typed next takes its place, as long as it says `text` and no more.
    pub(crate) fn select_all_of(&self, text: &str) {
        if self.model.value() == text {
            let all = TextRange::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
            self.editor.set_selection(&monaco_range(&Positions::new(text.into()), all));
        }
    }

    /// Puts the focus into it.
    pub(crate) fn enter(&self) {
        self.editor.focus();
    }

    /// Takes the page's colours.
    pub(crate) fn paint(&self, dark: bool) {
        colours::set(&self.monaco, dark);
    }

    /// Colours the text as one of that language.
    pub(crate) fn speak(&self, language: &str) {
        self.monaco.editor().set_language(&self.model, language);
    }
}

impl Drop for ScriptEditor {
    fn drop(&mut self) {
        self.disposables.iter().for_each(Disposable::dispose_it);
        self.editor.dispose();
        self.model.dispose_model();
    }
}

/// Registers what answers Monaco about this model.
fn provided(monaco: &Monaco, model: &Model, help: Help, registered: &mut Vec<Disposable>) -> [Provide; 2] {
    let Help { complete, hover } = help;
    let complete = Rc::new(complete);
    let ours = model.clone();
    let offers = Provide::new(move |model: Model, place: MonacoPosition| {
        if model != ours {
            return JsValue::NULL;
        }
        // What was typed is painted first. The answer is for the text as it is now: Monaco reckons with what is typed on.
        let (complete, text) = (Rc::clone(&complete), model.value());
        let (line, column) = (place.line(), place.column());
        painted(move || {
            let positions = Positions::new(text.as_str().into());
            let at = positions.offset(Position { line, column });
            suggestions(&positions, &complete(&text, at as usize))
        })
        .into()
    });
    let ours = model.clone();
    let meaning = Provide::new(move |model: Model, place: MonacoPosition| {
        if model != ours {
            return JsValue::NULL;
        }
        let text = model.value();
        let positions = Positions::new(text.as_str().into());
        let at = positions.offset(Position { line: place.line(), column: place.column() });
        hover(&text, at as usize).map_or(JsValue::NULL, |found| explained(&positions, &found))
    });
    let languages = monaco.languages();
    for (feature, method, closure) in
        [("CompletionItem", "provideCompletionItems", &offers), ("Hover", "provideHover", &meaning)]
    {
        let provider = object(&[("triggerCharacters", triggers(" .{[('"))]);
        let _ = js_sys::Reflect::set(&provider, &method.into(), closure.as_ref());
        registered.push(languages.register(feature, LANGUAGES, &provider));
    }
    [offers, meaning]
}

fn options(model: &Model, label: &str) -> Object {
    let mono = token("--mono");
    let off = || object(&[("enabled", false.into())]).into();
    object(&[
        ("model", model.into()),
        ("ariaLabel", label.into()),
        ("automaticLayout", true.into()),
        ("fontFamily", mono.as_str().into()),
        ("fontSize", 13.into()),
        ("lineHeight", 20.into()),
        ("minimap", off()),
        ("stickyScroll", off()),
        ("bracketPairColorization", off()),
        ("guides", object(&[("indentation", false.into())]).into()),
        ("padding", object(&[("top", 8.into()), ("bottom", 8.into())]).into()),
        ("scrollBeyondLastLine", false.into()),
        ("renderLineHighlight", "none".into()),
        ("overviewRulerLanes", 0.into()),
        ("overviewRulerBorder", false.into()),
        ("hideCursorInOverviewRuler", true.into()),
        ("lineNumbers", "off".into()),
        ("glyphMargin", false.into()),
        ("folding", false.into()),
        ("lineDecorationsWidth", 10.into()),
        ("lineNumbersMinChars", 0.into()),
        ("fixedOverflowWidgets", true.into()),
        ("unusualLineTerminators", "off".into()),
        ("wordBasedSuggestions", "off".into()),
        // Only expressions have offers, and they stand in texts and comments of the script as well.
        (
            "quickSuggestions",
            object(&[("other", true.into()), ("strings", true.into()), ("comments", true.into())]).into(),
        ),
        ("tabSize", 2.into()),
        ("insertSpaces", true.into()),
        // In a form the Tab key goes to the next field.
        ("tabFocusMode", true.into()),
        // The form scrolls on where the script has nothing more to scroll.
        (
            "scrollbar",
            object(&[
                ("alwaysConsumeMouseWheel", false.into()),
                ("verticalScrollbarSize", 8.into()),
                ("horizontalScrollbarSize", 8.into()),
            ])
            .into(),
        ),
    ])
}
