//! The parts of Monaco that are called.

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/monaco/bundle/load.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadMonaco)]
    pub(crate) fn load_monaco() -> Promise;
}

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub(crate) type Monaco;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn editor(this: &Monaco) -> EditorApi;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn languages(this: &Monaco) -> Languages;

    #[derive(Clone)]
    pub(crate) type EditorApi;
    #[wasm_bindgen(method, catch)]
    pub(crate) fn create(this: &EditorApi, at: &HtmlElement, options: &Object) -> Result<Editor, JsValue>;
    #[wasm_bindgen(method, js_name = createModel)]
    pub(crate) fn create_model(this: &EditorApi, text: &str, language: &str) -> Model;
    #[wasm_bindgen(method, js_name = setModelLanguage)]
    pub(crate) fn set_language(this: &EditorApi, model: &Model, language: &str);
    #[wasm_bindgen(method, js_name = setModelMarkers)]
    pub(crate) fn set_model_markers(this: &EditorApi, model: &Model, owner: &str, markers: &Array);
    #[wasm_bindgen(method, js_name = defineTheme)]
    pub(crate) fn define_theme(this: &EditorApi, name: &str, theme: &Object);
    #[wasm_bindgen(method, js_name = setTheme)]
    pub(crate) fn set_theme(this: &EditorApi, name: &str);

    #[derive(Clone)]
    pub(crate) type Editor;
    #[wasm_bindgen(method, js_name = onDidChangeCursorPosition)]
    pub(crate) fn on_cursor(this: &Editor, listener: &Closure<dyn FnMut(CursorEvent)>) -> Disposable;
    #[wasm_bindgen(method, js_name = onDidContentSizeChange)]
    pub(crate) fn on_size(this: &Editor, listener: &Closure<dyn FnMut(SizeEvent)>) -> Disposable;
    #[wasm_bindgen(method, js_name = onDidLayoutChange)]
    pub(crate) fn on_layout(this: &Editor, listener: &Closure<dyn FnMut(LayoutInfo)>) -> Disposable;
    #[wasm_bindgen(method, js_name = getLayoutInfo)]
    pub(crate) fn layout_info(this: &Editor) -> LayoutInfo;
    #[wasm_bindgen(method, js_name = onDidBlurEditorText)]
    pub(crate) fn on_blur(this: &Editor, listener: &Closure<dyn FnMut()>) -> Disposable;
    #[wasm_bindgen(method, js_name = getContentHeight)]
    pub(crate) fn content_height(this: &Editor) -> f64;
    #[wasm_bindgen(method, js_name = createDecorationsCollection)]
    pub(crate) fn decorations(this: &Editor) -> Decorations;
    #[wasm_bindgen(method, js_name = revealRangeInCenterIfOutsideViewport)]
    pub(crate) fn reveal(this: &Editor, range: &Object);
    #[wasm_bindgen(method, js_name = revealLinesInCenterIfOutsideViewport)]
    pub(crate) fn reveal_lines(this: &Editor, first: u32, last: u32);
    #[wasm_bindgen(method, js_name = setSelection)]
    pub(crate) fn set_selection(this: &Editor, range: &Object);
    #[wasm_bindgen(method, js_name = addCommand)]
    pub(crate) fn add_command(this: &Editor, keys: u32, run: &Function) -> Option<String>;
    #[wasm_bindgen(method, js_name = getPosition)]
    pub(crate) fn caret(this: &Editor) -> Option<MonacoPosition>;
    #[wasm_bindgen(method)]
    pub(crate) fn focus(this: &Editor);
    #[wasm_bindgen(method, js_name = hasTextFocus)]
    pub(crate) fn has_focus(this: &Editor) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn trigger(this: &Editor, source: &str, action: &str, payload: JsValue);
    #[wasm_bindgen(method, js_name = updateOptions)]
    pub(crate) fn update_options(this: &Editor, options: &Object);
    #[wasm_bindgen(method)]
    pub(crate) fn dispose(this: &Editor);

    #[derive(Clone, PartialEq)]
    pub(crate) type Model;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn uri(this: &Model) -> JsValue;
    #[wasm_bindgen(method, js_name = getValue)]
    pub(crate) fn value(this: &Model) -> String;
    #[wasm_bindgen(method, js_name = setValue)]
    pub(crate) fn set_value(this: &Model, text: &str);
    #[wasm_bindgen(method, js_name = getLineCount)]
    pub(crate) fn line_count(this: &Model) -> usize;
    #[wasm_bindgen(method, js_name = applyEdits)]
    pub(crate) fn apply_edits(this: &Model, edits: &Array);
    #[wasm_bindgen(method, js_name = onDidChangeContent)]
    pub(crate) fn on_content(this: &Model, listener: &Closure<dyn FnMut(ContentEvent)>) -> Disposable;
    #[wasm_bindgen(method, js_name = isDisposed)]
    pub(crate) fn is_disposed(this: &Model) -> bool;
    #[wasm_bindgen(method, js_name = dispose)]
    pub(crate) fn dispose_model(this: &Model);

    pub(crate) type ContentEvent;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn changes(this: &ContentEvent) -> Array;

    pub(crate) type LayoutInfo;
    #[wasm_bindgen(method, getter, js_name = viewportColumn)]
    pub(crate) fn columns(this: &LayoutInfo) -> f64;

    pub(crate) type SizeEvent;
    #[wasm_bindgen(method, getter, js_name = contentHeight)]
    pub(crate) fn height(this: &SizeEvent) -> f64;

    pub(crate) type ContentChange;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn range(this: &ContentChange) -> MonacoRange;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn text(this: &ContentChange) -> String;

    pub(crate) type MonacoRange;
    #[wasm_bindgen(method, getter, js_name = startLineNumber)]
    pub(crate) fn start_line(this: &MonacoRange) -> u32;
    #[wasm_bindgen(method, getter, js_name = startColumn)]
    pub(crate) fn start_column(this: &MonacoRange) -> u32;
    #[wasm_bindgen(method, getter, js_name = endLineNumber)]
    pub(crate) fn end_line(this: &MonacoRange) -> u32;
    #[wasm_bindgen(method, getter, js_name = endColumn)]
    pub(crate) fn end_column(this: &MonacoRange) -> u32;

    pub(crate) type CursorEvent;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn position(this: &CursorEvent) -> MonacoPosition;

    pub(crate) type MonacoPosition;
    #[wasm_bindgen(method, getter, js_name = lineNumber)]
    pub(crate) fn line(this: &MonacoPosition) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn column(this: &MonacoPosition) -> u32;

    #[derive(Clone)]
    pub(crate) type Decorations;
    #[wasm_bindgen(method)]
    pub(crate) fn set(this: &Decorations, decorations: &Array);
    #[wasm_bindgen(method)]
    pub(crate) fn clear(this: &Decorations);

    pub(crate) type Disposable;
    #[wasm_bindgen(method, js_name = dispose)]
    pub(crate) fn dispose_it(this: &Disposable);

    pub(crate) type Languages;
}

impl Languages {
    /// Calls `registerFEATUREProvider` for these languages, for a feature such as `Hover`.
    pub(crate) fn register(&self, feature: &str, languages: &[&str], provider: &Object) -> Disposable {
        let name = JsValue::from_str(&format!("register{feature}Provider"));
        let register: Function = js_sys::Reflect::get(self, &name).unwrap_or_default().unchecked_into();
        let languages: Array = languages.iter().map(|language| JsValue::from_str(language)).collect();
        register.call2(self, &languages, provider).unwrap_or_default().unchecked_into()
    }
}

/// A plain object with these properties.
pub(crate) fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in properties {
        // Setting a property of a new plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object
}
