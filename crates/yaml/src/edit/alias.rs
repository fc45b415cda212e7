//! From an alias to a copy of what it repeats.

use super::guard::{Expected, Meaning, finish};
use super::locate::found;
use super::render::{anchors, extract};
use super::set::replace;
use super::style::Style;
use super::{Outcome, Refusal, RefusalKind, Value};
use crate::{Kind, Path, Tree};

pub(super) fn detach(tree: &Tree, path: &Path) -> Outcome {
    let alias = found(tree, path)?;
    let target = alias.resolve();
    if alias.kind() != Kind::Alias {
        let message = format!("`{path}` is no alias: there is nothing to detach.");
        return Err(Refusal::new(RefusalKind::Kind, alias.range(), message));
    }
    if target == alias {
        let message = format!(
            "`{}` leads to no value: define its anchor above, or write the value here.",
            alias.source()
        );
        return Err(Refusal::new(RefusalKind::Missing, alias.range(), message));
    }
    let mut expected = Expected::of(tree);
    if let Some(place) = expected.at(path.steps()) {
        *place = Meaning::of(&target).without_anchors();
    }
    let tag = target.tag().map(|tag| format!("{tag} ")).unwrap_or_default();
    let source = format!("{tag}{}", extract(&target, &anchors(&target)));
    finish(tree, replace(&alias, &Value::Source(source), &Style::of(tree))?, &expected)
}
