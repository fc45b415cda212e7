//! What is marked in the code: findings, the lines of what is selected, and those that were just written.

use std::rc::Rc;
use std::time::Duration;

use js_sys::Array;
use leptos::leptos_dom::helpers::set_timeout_with_handle;
use leptos::prelude::*;
use stepladder_workflow::Severity;
use stepladder_yaml::{Path, Step, TextRange};
use wasm_bindgen::JsValue;

use super::{Positions, Shared, monaco_range, object};
use crate::session::step_path;

/// How long lines that were just written stay lit, in milliseconds; as long as the animation in the style sheet.
const FLASH: u64 = 1_600;
impl Shared {
    pub(super) fn mark_findings(&self) {
        let positions = self.positions.borrow();
        let markers = self.session.analysis.with_untracked(|analysis| {
            let markers = analysis.findings().iter().map(|finding| {
                let marker = monaco_range(&positions, finding.range);
                let severity = match finding.severity {
                    Severity::Error => 8,
                    Severity::Warning => 4,
                    Severity::Hint => 2,
                };
                for (key, value) in [
                    ("severity", JsValue::from(severity)),
                    ("message", finding.message.as_str().into()),
                    ("code", finding.rule.into()),
                ] {
                    let _ = js_sys::Reflect::set(&marker, &key.into(), &value);
                }
                JsValue::from(marker)
            });
            markers.collect::<Array>()
        });
        self.monaco.editor().set_model_markers(&self.model, "stepladder", &markers);
    }

    /// Marks the lines of what is selected; anew after every edit, as marks grow with what is written beside them.
    pub(super) fn mark_selected(&self) {
        let path = self.session.selection().with_untracked(|selection| selection.path.clone());
        let unit = if path == Path::root() { None } else { self.range_of(&unit_of(&path)) };
        let positions = self.positions.borrow();
        self.selected.set(&lines(&positions, unit.as_slice(), "line-selected"));
    }

    /// The bytes of what is at `path`, with its key.
    pub(super) fn range_of(&self, path: &Path) -> Option<TextRange> {
        self.session.analysis.with_untracked(|analysis| {
            let tree = &analysis.tree;
            tree.entry_at(path).map(|entry| entry.range()).or_else(|| tree.at(path).map(|node| node.range()))
        })
    }

    pub(super) fn light(&self, ranges: &[TextRange]) {
        let ranges: Vec<_> = ranges.iter().copied().filter(|range| !range.is_empty()).collect();
        let positions = self.positions.borrow();
        self.lit.clear();
        self.lit.set(&lines(&positions, &ranges, "line-lit"));
        // Downwards only: who edits elsewhere wants to see how the lines begin.
        if let Some(first) = ranges.first() {
            self.editor
                .reveal_lines(positions.position(first.start).line, positions.position(first.end).line);
        }
    }

    pub(super) fn unlight_later(self: Rc<Self>) {
        let shared = Rc::clone(&self);
        let timer = set_timeout_with_handle(move || shared.lit.clear(), Duration::from_millis(FLASH)).ok();
        if let Some(timer) = self.unlight.replace(timer) {
            timer.clear();
        }
    }
}

/// The smallest thing with lines of its own that `path` lies in: a step, a job, or an entry at the root.
fn unit_of(path: &Path) -> Path {
    step_path(path).unwrap_or_else(|| {
        let depth = match path.steps() {
            [Step::Key(first), _, ..] if first == "jobs" || first == "on" => 2,
            steps => steps.len().min(1),
        };
        Path(path.steps()[..depth].to_vec())
    })
}

fn lines(positions: &Positions, ranges: &[TextRange], class: &str) -> Array {
    let decorations = ranges.iter().map(|range| {
        let mut range = *range;
        // A text that ends with a line break does not reach into the next line.
        if positions.text().get(range.to_usize()).is_some_and(|text| text.ends_with('\n')) {
            range.end -= 1;
        }
        let options = object(&[("isWholeLine", true.into()), ("className", class.into())]);
        JsValue::from(object(&[
            ("range", monaco_range(positions, range).into()),
            ("options", options.into()),
        ]))
    });
    decorations.collect()
}
