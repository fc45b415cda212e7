//! A file as the functions of this module look at it.

use stepladder_yaml::{Kind, Node, TextRange, Tree};

use crate::expr::{PathStep, Used};
use crate::lint::Cx;
use crate::lint::cx::ExprAt;
use crate::model::{Job, Step, StepKind, Text};
use crate::schema::Place;
use crate::{Analysis, Env};

/// The largest byte offset that is not beyond `offset`, not beyond the text and not inside of a character.
pub(super) fn clamp(text: &str, offset: u32) -> usize {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A length or an index of a text as an offset.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The analysis, read in every way that is needed.
pub(super) fn read<'a>(a: &'a Analysis, env: &'a Env) -> Cx<'a> {
    Cx::new(&a.tree, a.kind, &a.workflow, &a.action, env)
}

/// The scalar or alias that `offset` touches.
pub(super) fn word_at(tree: &Tree, offset: u32) -> Option<Node<'_>> {
    let node = tree.node_at(offset)?;
    let is_word = matches!(node.kind(), Kind::Scalar | Kind::Alias);
    (is_word && node.range().touches(offset) && !node.is_empty_value()).then_some(node)
}

/// The index of the place of a value.
pub(super) fn place_of(cx: &Cx<'_>, node: Node<'_>) -> Option<usize> {
    cx.places().iter().position(|place| place.node == node)
}

/// The expressions that stand in a value.
pub(super) fn exprs_in<'c, 'a>(cx: &'c Cx<'a>, node: Node<'a>) -> impl Iterator<Item = &'c ExprAt<'a>> {
    cx.exprs.iter().filter(move |at| at.node == node)
}

/// The job that a place belongs to.
pub(super) fn job_of<'a>(cx: &Cx<'a>, place: usize) -> Option<&'a Job> {
    cx.workflow.jobs.get(cx.owners().get(place)?.job?)
}

/// The steps of the job, or of the composite action, that a place belongs to.
pub(super) fn steps_of<'a>(cx: &Cx<'a>, place: usize) -> &'a [Step] {
    match job_of(cx, place) {
        Some(job) => &job.steps,
        None => &cx.action.steps,
    }
}

/// The step that a place belongs to.
pub(super) fn step_of<'a>(cx: &Cx<'a>, place: usize) -> Option<&'a Step> {
    steps_of(cx, place).get(cx.owners().get(place)?.step?)
}

/// The `uses` beside which a place stands: of its step, else of its job.
pub(super) fn uses_of<'a>(cx: &Cx<'a>, place: usize) -> Option<&'a Text> {
    match step_of(cx, place) {
        Some(step) => match &step.kind {
            StepKind::Uses(uses) => Some(uses),
            _ => None,
        },
        None => job_of(cx, place)?.uses.as_ref(),
    }
}

/// The place around a place, if that is not the root's own.
pub(super) fn parent<'c, 'a>(cx: &'c Cx<'a>, place: &Place<'a>) -> Option<&'c Place<'a>> {
    cx.places().get(place.parent).filter(|parent| parent.node != place.node)
}

/// The key of the field that a place's parent is the value of; empty at the root.
pub(super) fn parent_key(cx: &Cx<'_>, place: &Place<'_>) -> &'static str {
    parent(cx, place).and_then(|parent| parent.field).map_or("", |field| field.key)
}

/// A range of an expression's source as one of the file, if it touches `offset`.
pub(super) fn touched(at: &ExprAt<'_>, range: TextRange, offset: u32) -> Option<TextRange> {
    Some(at.range(range)).filter(|range| range.touches(offset))
}

/// The names of a path, `*` for the items of a list; none when some of it is computed.
pub(super) fn path_names<'u>(used: &Used<'u>) -> Vec<&'u str> {
    let names = used.steps.iter().map(|step| match step {
        PathStep::Name { text, .. } => Some(*text),
        PathStep::Item => Some("*"),
        PathStep::Computed(_) => None,
    });
    std::iter::once(Some(used.root.text.as_str())).chain(names).collect::<Option<_>>().unwrap_or_default()
}
