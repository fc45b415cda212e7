//! What Monaco asks of the model: each answer is a few lines onto the analysis.

use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Array, Promise};
use leptos::prelude::*;
use serde_json::{Value as Json, json};
use stepladder_workflow::ide::{self, Clock, OutlineItem, OutlineKind, Target};
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::TextRange;
use wasm_bindgen::prelude::*;

use super::editor::{byte_range, monaco_range};
use super::position::{Position, Positions};
use super::suggest::{markdown, suggestions, told, triggers};
use super::sys::{Disposable, Languages, Model, MonacoPosition, MonacoRange, object};
use crate::session::Session;
use crate::ui::paint::after_paint;
use crate::ui::zone;

/// What a provider answers, from what Monaco asks.
type Answer = Rc<dyn Fn(&Cx<'_>, JsValue) -> JsValue>;

/// When a provider answers.
#[derive(Clone, Copy, PartialEq)]
enum When {
    /// As soon as it is asked.
    Now,
    /// When what was typed is painted: it is asked while a key is handled, and the letter shall not wait for the analysis.
    Painted,
}

type Provide = Closure<dyn Fn(Model, JsValue) -> JsValue>;

/// The registered providers. Dropping them takes them back.
pub(super) struct Providers {
    _provide: Vec<Provide>,
    _dispose: Closure<dyn Fn()>,
    registered: Vec<Disposable>,
}

/// What an answer is made from.
struct Cx<'a> {
    analysis: &'a Analysis,
    env: &'a Env,
    positions: Positions,
    model: &'a Model,
    /// Monaco wants to dispose of some answers, which hold nothing.
    dispose: &'a JsValue,
}

impl Providers {
    /// Registers all of them for `model`. `fix_command` is Monaco's name of the command that runs [`apply_fix`].
    pub(super) fn new(languages: &Languages, model: &Model, session: Session, fix_command: String) -> Self {
        let dispose = Closure::<dyn Fn()>::new(|| ());
        let nothing = dispose.as_ref().clone();
        let mut provide = Vec::new();
        let mut registered = Vec::new();
        let mut add = |feature: &str, method: &str, more: &[(&str, JsValue)], when: When, answer: Answer| {
            let (ours, nothing) = (model.clone(), nothing.clone());
            let closure = Provide::new(move |model: Model, place: JsValue| {
                // Other editors of the page show YAML too, of which the session knows nothing.
                if model != ours {
                    return JsValue::NULL;
                }
                let (answer, nothing) = (Rc::clone(&answer), nothing.clone());
                // The answer is for the text as it is now: Monaco reckons with what is typed before it comes.
                let Some(text) = text_of(session) else { return JsValue::NULL };
                let answer = move || answer_of((session, &text), &model, &nothing, &*answer, place.clone());
                match when {
                    When::Now => answer(),
                    When::Painted => painted(answer).into(),
                }
            });
            let provider = object(more);
            let _ = js_sys::Reflect::set(&provider, &method.into(), closure.as_ref());
            registered.push(languages.register(feature, &["yaml"], &provider));
            provide.push(closure);
        };
        add(
            "CodeAction",
            "provideCodeActions",
            &[],
            When::Now,
            Rc::new(move |cx, range| code_actions(cx, &range.unchecked_into(), &fix_command)),
        );
        add(
            "CompletionItem",
            "provideCompletionItems",
            &[("triggerCharacters", triggers(" :.$[({@/-'\""))],
            When::Painted,
            Rc::new(completions),
        );
        add("Hover", "provideHover", &[], When::Now, Rc::new(hover));
        add(
            "DocumentSymbol",
            "provideDocumentSymbols",
            &[],
            When::Now,
            Rc::new(|cx, _| symbols(cx, &ide::outline(cx.analysis))),
        );
        add(
            "Definition",
            "provideDefinition",
            &[],
            When::Now,
            Rc::new(|cx, at| places(cx, &ide::definition(cx.analysis, cx.offset(at)))),
        );
        add(
            "Reference",
            "provideReferences",
            &[],
            When::Now,
            Rc::new(|cx, at| places(cx, &ide::references(cx.analysis, cx.offset(at)))),
        );
        add("Link", "provideLinks", &[], When::Now, Rc::new(|cx, _| links(cx)));
        add("InlayHints", "provideInlayHints", &[], When::Now, Rc::new(|cx, _| inlays(cx)));
        add(
            "SignatureHelp",
            "provideSignatureHelp",
            &[("signatureHelpTriggerCharacters", triggers("(,"))],
            When::Painted,
            Rc::new(signature),
        );
        Self { _provide: provide, _dispose: dispose, registered }
    }
}

/// The present text. `None`: the page may have let go of the file since it was asked.
fn text_of(session: Session) -> Option<Arc<str>> {
    let too_large = session.too_large.try_get_untracked().unwrap_or(true);
    (!too_large).then(|| session.text_untracked())
}

fn answer_of(
    (session, text): (Session, &Arc<str>),
    model: &Model,
    dispose: &JsValue,
    answer: &dyn Fn(&Cx<'_>, JsValue) -> JsValue,
    place: JsValue,
) -> JsValue {
    if text_of(session).is_none() {
        return JsValue::NULL;
    }
    let positions = Positions::new(Arc::clone(text));
    session.env.with_untracked(|env| {
        let answer = |analysis: &Analysis| answer(&Cx { analysis, env, positions, model, dispose }, place);
        if *session.text_untracked() == **text {
            session.analysis.with_untracked(answer)
        } else {
            answer(&Analysis::new(Arc::clone(text), env))
        }
    })
}

/// Gives `answer` when the next frame is painted.
pub(super) fn painted(answer: impl Fn() -> JsValue + 'static) -> Promise {
    let answer = Rc::new(answer);
    Promise::new(&mut |resolve, _| {
        let answer = Rc::clone(&answer);
        after_paint(move || {
            let _ = resolve.call1(&JsValue::UNDEFINED, &answer());
        });
    })
}

impl Drop for Providers {
    fn drop(&mut self) {
        self.registered.iter().for_each(Disposable::dispose_it);
    }
}

impl Cx<'_> {
    fn offset(&self, position: JsValue) -> u32 {
        let position: MonacoPosition = position.unchecked_into();
        self.positions.offset(Position { line: position.line(), column: position.column() })
    }

    fn range(&self, range: TextRange) -> JsValue {
        monaco_range(&self.positions, range).into()
    }
}

/// Fixes of the findings in a range.
fn code_actions(cx: &Cx<'_>, range: &MonacoRange, command: &str) -> JsValue {
    let range = byte_range(&cx.positions, range);
    let near = cx
        .analysis
        .findings()
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.range.start <= range.end && range.start <= finding.range.end);
    let actions = near.filter_map(|(index, finding)| {
        let title = finding.fix.as_ref()?.title.as_str();
        let arguments = Array::of1(&JsValue::from(u32::try_from(index).ok()?));
        let command =
            object(&[("id", command.into()), ("title", title.into()), ("arguments", arguments.into())]);
        Some(JsValue::from(object(&[
            ("title", title.into()),
            ("kind", "quickfix".into()),
            ("command", command.into()),
        ])))
    });
    object(&[("actions", actions.collect::<Array>().into()), ("dispose", cx.dispose.clone())]).into()
}

/// Does the fix of the finding at `index` of the present analysis.
pub(super) fn apply_fix(session: Session, index: usize) {
    let finding = session.analysis.with_untracked(|analysis| analysis.findings().get(index).cloned());
    if let Some(finding) = finding {
        crate::commands::problems::fix(session, &finding);
    }
}

fn completions(cx: &Cx<'_>, at: JsValue) -> JsValue {
    suggestions(&cx.positions, &ide::complete(cx.analysis, cx.env, cx.offset(at)))
}

fn hover(cx: &Cx<'_>, at: JsValue) -> JsValue {
    let clock = Clock { now: (crate::storage::now() / 60_000.0) as i64, offset: zone::offset };
    let found = ide::hover(cx.analysis, cx.env, cx.offset(at), Some(clock));
    found.map_or(JsValue::NULL, |found| told(&cx.positions, &found))
}

/// The outline of a long file has thousands of properties, so it crosses to the browser as one text.
fn symbols(cx: &Cx<'_>, items: &[OutlineItem]) -> JsValue {
    js_sys::JSON::parse(&Json::from(symbol_list(&cx.positions, items)).to_string()).unwrap_or_default()
}

fn symbol_list(positions: &Positions, items: &[OutlineItem]) -> Vec<Json> {
    let range = |range: TextRange| {
        let (start, end) = (positions.position(range.start), positions.position(range.end));
        json!({
            "startLineNumber": start.line, "startColumn": start.column,
            "endLineNumber": end.line, "endColumn": end.column,
        })
    };
    let symbols = items.iter().map(|item| {
        let kind = match item.kind {
            OutlineKind::Trigger => 23,
            OutlineKind::Job => 4,
            OutlineKind::Step => 5,
            OutlineKind::Input => 7,
            OutlineKind::Output => 6,
        };
        json!({
            "name": item.name, "detail": item.detail, "kind": kind, "tags": [],
            "range": range(item.range), "selectionRange": range(item.selection),
            "children": symbol_list(positions, &item.children),
        })
    });
    symbols.collect()
}

fn places(cx: &Cx<'_>, ranges: &[TextRange]) -> JsValue {
    let places = ranges
        .iter()
        .map(|range| JsValue::from(object(&[("uri", cx.model.uri()), ("range", cx.range(*range))])));
    places.collect::<Array>().into()
}

fn links(cx: &Cx<'_>) -> JsValue {
    let found = ide::links(cx.analysis, cx.env);
    let links = found.iter().filter_map(|link| match &link.target {
        Target::Url(url) => Some(JsValue::from(object(&[
            ("range", cx.range(link.range)),
            ("url", url.as_str().into()),
            ("tooltip", link.tooltip.into()),
        ]))),
        Target::File(_) => None,
    });
    object(&[("links", links.collect::<Array>().into())]).into()
}

fn inlays(cx: &Cx<'_>) -> JsValue {
    let found = ide::inlays(cx.analysis, cx.env);
    let hints = found.iter().map(|inlay| {
        let at = cx.positions.position(inlay.offset);
        let position = object(&[("lineNumber", at.line.into()), ("column", at.column.into())]);
        JsValue::from(object(&[
            ("label", inlay.text.as_str().into()),
            ("position", position.into()),
            ("paddingLeft", true.into()),
        ]))
    });
    object(&[("hints", hints.collect::<Array>().into()), ("dispose", cx.dispose.clone())]).into()
}

fn signature(cx: &Cx<'_>, at: JsValue) -> JsValue {
    let Some(signature) = ide::signature(cx.analysis, cx.offset(at)) else { return JsValue::NULL };
    let parameters = signature.params.iter().filter_map(|param| {
        let label = signature.label.get(param.to_usize())?;
        Some(JsValue::from(object(&[("label", label.into())])))
    });
    let one = object(&[
        ("label", signature.label.as_str().into()),
        ("documentation", markdown(signature.docs)),
        ("parameters", parameters.collect::<Array>().into()),
    ]);
    let active = signature.active.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX);
    let value = object(&[
        ("signatures", Array::of1(&one).into()),
        ("activeSignature", 0.into()),
        ("activeParameter", active.into()),
    ]);
    object(&[("value", value.into()), ("dispose", cx.dispose.clone())]).into()
}
