//! Which comment belongs to what: a block of comments directly above an entry or item, at its column, belongs to it;
//! a trailing comment belongs to its line.

use super::build::Shape;
use super::{Comment, Kind, Node};

impl Node<'_> {
    /// The comments that stand directly above this node's entry or item, at the same column and with no blank line
    /// between; they move with it and are removed with it. Empty for a node that does not start its line.
    #[must_use]
    pub fn leading_comments(&self) -> Vec<Comment> {
        let owner = self.owner();
        let tree = self.tree();
        let start = owner.slot_start();
        let lines = tree.lines();
        let mut line = lines.line_of(start);
        let column = start - lines.line_start(line);
        let text = tree.text();
        let indent = &text[lines.line_start(line) as usize..start as usize];
        if !indent.trim_start_matches('\u{feff}').bytes().all(|b| b == b' ') {
            return Vec::new();
        }
        let comments = tree.comments();
        let mut at = comments.partition_point(|comment| comment.range.start < start);
        let end = at;
        while at > 0 && line > 0 {
            let comment = comments[at - 1];
            let comment_line = lines.line_of(comment.range.start);
            let comment_column = comment.range.start - lines.line_start(comment_line);
            let after_mark = comment_line == 0 && text.starts_with('\u{feff}');
            let same_column = comment_column == column + if after_mark { 3 } else { 0 };
            if comment.trailing || comment_line + 1 != line || !same_column {
                break;
            }
            at -= 1;
            line -= 1;
        }
        comments[at..end].to_vec()
    }

    /// The comment at the end of the line that this node's entry or item shares with it: the line of a scalar's end,
    /// of a block scalar's header, of the key above a block collection.
    #[must_use]
    pub fn trailing_comment(&self) -> Option<Comment> {
        let value = self.owner();
        let tree = self.tree();
        let offset = match value.shape() {
            Shape::BlockMapping | Shape::BlockSequence => {
                let head = if value.parent().is_some() { value.slot_line_end() } else { return None };
                let lines = tree.lines();
                if lines.line_of(head) == lines.line_of(value.range().start) {
                    return None;
                }
                head
            }
            _ => value.block_header().map_or(value.range().end, |header| header.range.end),
        };
        let comments = tree.comments();
        let comment = comments.get(comments.partition_point(|comment| comment.range.start < offset))?;
        let between = tree.text().get(offset as usize..comment.range.start as usize)?;
        let blank = between.bytes().all(|b| matches!(b, b' ' | b'\t' | b','));
        (comment.trailing && blank).then_some(*comment)
    }

    /// The value of the entry or the item that this node stands for in questions of ownership.
    fn owner(&self) -> Self {
        match self.parent() {
            Some(parent) if parent.kind() == Kind::Mapping && self.is_key() => {
                self.next_sibling().unwrap_or(*self)
            }
            _ => *self,
        }
    }
}
