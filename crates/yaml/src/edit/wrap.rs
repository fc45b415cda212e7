//! From a single value to a list of it.

use super::guard::{Expected, What, finish};
use super::locate::{behind_alias, found};
use super::render::{extract, flow_node};
use super::set::replace;
use super::style::Style;
use super::{Outcome, Refusal, RefusalKind, Value};
use crate::{CollectionStyle, Kind, Path, Tree};

pub(super) fn wrap(tree: &Tree, path: &Path) -> Outcome {
    let node = found(tree, path)?;
    if node.kind() == Kind::Alias && node.resolve() == node {
        return Err(behind_alias(&node));
    }
    if let Some(anchor) = node.anchor() {
        let message = format!(
            "The value carries the anchor `&{}`, whose uses would change too: remove the anchor first.",
            anchor.name
        );
        return Err(Refusal::new(RefusalKind::Kind, anchor.range, message));
    }
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    if let Some(place) = expected.at(path.steps()) {
        let inner = place.clone();
        let items = if node.is_null() && node.kind() == Kind::Scalar { Vec::new() } else { vec![inner] };
        *place = What::Seq(items).into();
    }
    let is_long = node.block_header().is_some() || node.collection_style() == Some(CollectionStyle::Block);
    let value = if node.is_null() && node.kind() == Kind::Scalar {
        Value::Seq(Vec::new())
    } else if is_long {
        Value::Seq(vec![Value::Source(extract(&node, &[]))])
    } else {
        Value::Source(format!("[{}]", flow_node(&node, &style)))
    };
    finish(tree, replace(&node, &value, &style)?, &expected)
}
