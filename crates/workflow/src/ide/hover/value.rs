//! What values mean.

use stepladder_yaml::TextRange;

use crate::facts::{env as variables, permissions};
use crate::lint::Cx;
use crate::model::Uses;
use crate::schema::{Place, Values, Widget};

use super::super::view::{index, parent, parent_key, steps_of};
use super::super::words;
use super::{Clock, key};

/// What the value of a place means: something of its own, else what its key means.
pub(super) fn describe(
    cx: &Cx<'_>,
    at: usize,
    offset: u32,
    clock: Option<Clock>,
) -> Option<(TextRange, String)> {
    let place = cx.places().get(at)?;
    let field = place.field?;
    let is_long = place.node.source().contains('\n');
    if is_long || matches!(field.widget, Widget::Script | Widget::LongText) {
        let key = || Some((place.node.range(), key::describe(cx, at)?));
        return variable(place, offset).or_else(|| key().filter(|_| !is_long));
    }
    let text = place.node.as_str()?;
    let own = own(cx, at, place, text, clock);
    if !own.is_empty() {
        return Some((place.node.range(), own));
    }
    Some((place.node.range(), key::describe(cx, at)?))
}

fn own(cx: &Cx<'_>, at: usize, place: &Place<'_>, text: &str, clock: Option<Clock>) -> String {
    let Some(field) = place.field else { return String::new() };
    let list = if place.key.is_none() { parent_key(cx, place) } else { field.key };
    match field.values {
        Values::Events => return words::event_named(text),
        Values::Activities(event) => return words::activity(event, text),
        Values::Labels => return words::label(text),
        Values::Shells => return words::shell(text),
        _ => {}
    }
    if parent_key(cx, place) == "permissions" {
        let level = permissions::Level::parse(text);
        return match (permissions::scope(field.key), level) {
            (Some(scope), Some(level)) => words::paragraphs(&[
                &words::heading(&[field.key, ": ", text].concat(), ""),
                &scope.doc(level),
            ]),
            _ => String::new(),
        };
    }
    match (field.widget, list) {
        (Widget::Cron, _) => {
            let zone = parent(cx, place).and_then(|time| time.node.resolve().get("timezone"));
            words::cron(text, zone.and_then(|zone| zone.as_str()), clock)
        }
        (Widget::Uses, _) => uses(cx, place, text),
        (_, "needs") => cx.workflow.job(text).map(key::job).unwrap_or_default(),
        (_, "wait" | "cancel") => {
            let named = |id: &crate::model::Text| id.value.eq_ignore_ascii_case(text);
            let step = steps_of(cx, at).iter().find(|step| step.id.as_ref().is_some_and(named));
            step.map(|step| words::paragraphs(&[&words::heading(text, "step"), &step.title()]))
                .unwrap_or_default()
        }
        (_, "permissions") => {
            let what = match text {
                "read-all" => "Every scope may be read, none written.",
                "write-all" => "Every scope may be read and written, as far as it can be.",
                _ => return String::new(),
            };
            words::paragraphs(&[&words::heading(text, "permissions"), what])
        }
        (_, "secrets") if text == "inherit" => words::paragraphs(&[
            &words::heading(text, "secrets"),
            "The called workflow gets all secrets that this one may use.",
        ]),
        _ => String::new(),
    }
}

/// An action or a reusable workflow.
fn uses(cx: &Cx<'_>, place: &Place<'_>, text: &str) -> String {
    match Uses::new(text) {
        Uses::Remote { git_ref, .. } => {
            let comment = cx.comment_beside(place.node.range());
            let known = Uses::slug(text).and_then(|slug| cx.env.catalogue.as_ref()?.action(slug));
            known.map(|action| words::action(action, git_ref, comment)).unwrap_or_default()
        }
        Uses::Local { path } | Uses::Own { path } => {
            if let Some(callee) = cx.callee(text).filter(|callee| callee.is_callable()) {
                let name = callee.workflow.name.as_ref().map_or("", |name| name.value.as_str());
                return words::paragraphs(&[&words::heading(&callee.path, "reusable workflow"), name]);
            }
            let Some((file, text)) = crate::lint::interface::metadata(cx, path) else { return String::new() };
            let (tree, _) = crate::schema::read(text.as_ref(), Some(&file));
            let of = |key: &str| {
                tree.root().and_then(|root| root.get(key)?.as_str()).unwrap_or_default().to_owned()
            };
            words::paragraphs(&[&words::heading(&file, &of("name")), &of("description")])
        }
        Uses::Docker { image } => words::paragraphs(&[&words::heading(image, "container image")]),
        Uses::Other => String::new(),
    }
}

/// A variable of GitHub that a script names, such as `$GITHUB_OUTPUT`.
fn variable(place: &Place<'_>, offset: u32) -> Option<(TextRange, String)> {
    let tree = place.node.tree();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, after) = (tree.text().get(..offset as usize)?, tree.text().get(offset as usize..)?);
    let start =
        before.len() - before.chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    let end = before.len() + after.chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    let range = TextRange::new(index(start), index(end));
    let name = tree.slice(range);
    let known = variables::variable(name).map(|known| known.doc);
    let file = variables::FILES.iter().find(|file| file.name == name).map(|file| file.doc);
    let markdown = words::paragraphs(&[&words::heading(name, "environment variable"), file.or(known)?]);
    Some((range, markdown))
}
