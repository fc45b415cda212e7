//! Monaco in the colours of the page.

use std::cell::Cell;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::sys::{Monaco, object};

thread_local! {
    /// Whether the colours that Monaco has are those of the dark theme.
    static PAINTED: Cell<Option<bool>> = const { Cell::new(None) };
}

/// The value of a custom property of the style sheet.
pub(super) fn token(name: &str) -> String {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok()?);
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default().trim().to_owned()
}

/// Gives Monaco, all editors of it, the page's colours.
pub(crate) fn set(monaco: &Monaco, dark: bool) {
    // Monaco draws all of its editors anew for it.
    if PAINTED.replace(Some(dark)) == Some(dark) {
        return;
    }
    let rules = [
        ("type", "--code-key"),
        ("keyword", "--code-key"),
        ("string", "--code-string"),
        ("string.yaml", "--code-string"),
        ("number", "--code-number"),
        ("comment", "--code-comment"),
        ("tag", "--code-anchor"),
        ("namespace", "--code-anchor"),
        ("operators", "--code-mark"),
        ("delimiter", "--code-mark"),
        // Of scripts.
        ("attribute", "--code-anchor"),
        ("variable", "--code-anchor"),
        ("constant", "--code-number"),
        ("predefined", "--code-key"),
        ("annotation", "--code-key"),
        ("regexp", "--code-string"),
        ("metatag", "--code-comment"),
        ("", "--text"),
    ];
    let rules = rules.iter().map(|(name, colour)| {
        JsValue::from(object(&[("token", (*name).into()), ("foreground", token(colour).as_str().into())]))
    });
    let colours = [
        ("editor.background", "--surface"),
        ("editor.foreground", "--text"),
        ("editorLineNumber.foreground", "--text-faint"),
        ("editorLineNumber.activeForeground", "--text-muted"),
        ("editorCursor.foreground", "--accent"),
        ("editor.selectionBackground", "--code-selection"),
        ("editor.inactiveSelectionBackground", "--code-selection"),
        ("editorBracketHighlight.foreground1", "--code-mark"),
        ("editorBracketHighlight.foreground2", "--code-mark"),
        ("editorBracketHighlight.foreground3", "--code-mark"),
        ("editorIndentGuide.background1", "--line"),
        ("editorIndentGuide.activeBackground1", "--line-strong"),
        ("editorStickyScroll.background", "--surface"),
        ("editorStickyScrollHover.background", "--surface-hover"),
        ("editorGutter.background", "--surface"),
        ("editorInlayHint.foreground", "--text-faint"),
        ("editorInlayHint.background", "--surface"),
        ("editorLink.activeForeground", "--accent"),
        ("editorWidget.background", "--surface-raised"),
        ("editorWidget.foreground", "--text"),
        ("editorWidget.border", "--line-strong"),
        ("editorHoverWidget.background", "--surface-raised"),
        ("editorHoverWidget.border", "--line-strong"),
        ("editorSuggestWidget.background", "--surface-raised"),
        ("editorSuggestWidget.border", "--line-strong"),
        ("editorSuggestWidget.foreground", "--text"),
        ("editorSuggestWidget.selectedBackground", "--accent-soft"),
        ("editorSuggestWidget.selectedForeground", "--text"),
        ("editorSuggestWidget.highlightForeground", "--accent"),
        ("editorSuggestWidget.focusHighlightForeground", "--accent"),
        ("focusBorder", "--accent"),
        ("editorError.foreground", "--error"),
        ("editorWarning.foreground", "--warning"),
        ("editorInfo.foreground", "--hint"),
        ("scrollbarSlider.background", "--scrollbar"),
        ("scrollbarSlider.hoverBackground", "--scrollbar-hover"),
        ("scrollbarSlider.activeBackground", "--scrollbar-hover"),
        ("input.background", "--surface"),
        ("input.border", "--line-strong"),
        ("menu.background", "--surface-raised"),
        ("menu.foreground", "--text"),
        ("menu.selectionBackground", "--accent-soft"),
        ("menu.selectionForeground", "--text"),
        ("menu.border", "--line-strong"),
        ("menu.separatorBackground", "--line"),
    ];
    let colours: Vec<_> =
        colours.iter().map(|(name, colour)| (*name, token(colour).as_str().into())).collect();
    let theme = object(&[
        ("base", if dark { "vs-dark" } else { "vs" }.into()),
        // Monaco's own colours of words are not all readable on the page's ground.
        ("inherit", false.into()),
        ("rules", rules.collect::<Array>().into()),
        ("colors", object(&colours).into()),
    ]);
    monaco.editor().define_theme("stepladder", &theme);
    monaco.editor().set_theme("stepladder");
}
