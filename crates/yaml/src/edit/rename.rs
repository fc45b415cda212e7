//! New names for keys and anchors.

use super::guard::{Expected, finish};
use super::locate::{exists, found};
use super::scalar::{self, Spot};
use super::set::is_in_brackets;
use super::style::Style;
use super::{Outcome, Refusal, RefusalKind};
use crate::{Change, Kind, Path, TextRange, Tree};

pub(super) fn key(tree: &Tree, path: &Path, new: &str) -> Outcome {
    let node = found(tree, path)?;
    let (Some(key), Some(parent)) = (node.key(), node.parent()) else {
        let message = "Only an entry has a key that can be renamed.";
        return Err(Refusal::new(RefusalKind::Kind, node.range(), message));
    };
    if key.as_str() == Some(new) {
        return finish(tree, Vec::new(), &Expected::of(tree));
    }
    if let Some(old) = parent.entry(new) {
        return Err(exists(old.key.range(), new));
    }
    let Some(wanted) = key.scalar_style().filter(|_| key.kind() == Kind::Scalar) else {
        let message = "This key is not a text: change it in the text.";
        return Err(Refusal::new(RefusalKind::Kind, key.range(), message));
    };
    let style = Style::of(tree);
    let mut expected = Expected::of(tree);
    if let Some((last, above)) = path.steps().split_last()
        && let Some(entries) = expected.at(above).and_then(|mapping| mapping.entries())
        && let crate::Step::Key(old) = last
        && let Some(entry) = entries.iter_mut().find(|(name, _)| name == old)
    {
        new.clone_into(&mut entry.0);
    }
    let spot = if is_in_brackets(&node) { Spot::FlowKey } else { Spot::Key };
    let insert = scalar::one_line(new, wanted, spot, style.quotes);
    finish(tree, vec![Change { range: key.range(), insert }], &expected)
}

pub(super) fn anchor(tree: &Tree, old: &str, new: &str) -> Outcome {
    let is_name = !new.is_empty()
        && !new.contains(|c: char| c.is_whitespace() || c.is_control() || ",[]{}:*&".contains(c));
    if !is_name {
        let message = format!("`{new}` cannot name an anchor: use letters, digits, `-` and `_`.");
        return Err(Refusal::new(RefusalKind::Invalid, TextRange::default(), message));
    }
    let Some(first) = tree.anchors().find(|anchor| anchor.name == old) else {
        let message = format!("There is no anchor `&{old}`.");
        return Err(Refusal::new(RefusalKind::Missing, TextRange::default(), message));
    };
    if old == new {
        return finish(tree, Vec::new(), &Expected::of(tree));
    }
    if let Some(used) = tree.anchors().chain(tree.aliases()).find(|name| name.name == new) {
        return Err(exists(used.range, new));
    }
    super::guard::not_broken(tree, first.range)?;
    let names = tree.anchors().chain(tree.aliases()).filter(|name| name.name == old);
    let changes = names
        .map(|name| Change {
            range: TextRange::new(name.range.start + 1, name.range.end),
            insert: new.to_owned(),
        })
        .collect();
    let mut expected = Expected::of(tree);
    expected.rename_anchor(old, new);
    finish(tree, changes, &expected)
}
