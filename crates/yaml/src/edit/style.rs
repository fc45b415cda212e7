//! How this file is written: its line ends, its indentation, its quotes.

use crate::{CollectionStyle, Kind, Node, ScalarStyle, Tree};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) eol: &'static str,
    /// From a key to the keys below it, 1 to 9 columns.
    pub(super) step: usize,
    /// From a key to the dashes below it.
    pub(super) dash: usize,
    /// The quotes that the file prefers.
    pub(super) quotes: ScalarStyle,
}

impl Style {
    pub(super) fn of(tree: &Tree) -> Self {
        let text = tree.text();
        let crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
        let mut steps = [0u32; 10];
        let mut dashes = [0u32; 10];
        let (mut single, mut double) = (0, 0);
        for node in tree.nodes() {
            match node.scalar_style() {
                Some(ScalarStyle::SingleQuoted) => single += 1,
                Some(ScalarStyle::DoubleQuoted) => double += 1,
                _ => {}
            }
            if node.collection_style() != Some(CollectionStyle::Block) {
                continue;
            }
            let Some(parent) = node.parent().filter(|parent| parent.kind() == Kind::Mapping) else {
                continue;
            };
            let delta = column(&node).saturating_sub(column(&parent)).min(9);
            match node.kind() {
                Kind::Sequence => dashes[delta] += 1,
                _ => steps[delta] += 1,
            }
        }
        let most = |counts: &[u32; 10]| {
            let most = counts.iter().max().copied().filter(|most| *most > 0)?;
            counts.iter().position(|count| *count == most)
        };
        let step = most(&steps).filter(|step| *step > 0);
        let dash = most(&dashes);
        Self {
            eol: if crlf { "\r\n" } else { "\n" },
            step: step.or(dash.filter(|dash| *dash > 0)).unwrap_or(2),
            dash: dash.or(step).unwrap_or(2),
            quotes: if double > single { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted },
        }
    }
}

/// The column, in bytes, where the node's value starts.
pub(super) fn column(node: &Node<'_>) -> usize {
    column_of(node.tree(), node.range().start)
}

/// The column of an offset, in bytes; a byte-order mark takes none.
pub(super) fn column_of(tree: &Tree, offset: u32) -> usize {
    let start = tree.lines().line_start(tree.lines().line_of(offset));
    let line = tree.text().get(start as usize..offset as usize).unwrap_or_default();
    line.trim_start_matches('\u{feff}').len()
}
