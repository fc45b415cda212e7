//! Lone words that stand in the column of a list's dashes: with a colon they would end the list, and take its next items.

use super::Repair;
use super::around::{Level, Row};

impl Repair<'_> {
    /// Whether a lone word stands among the items of a list, where no key can.
    pub(super) fn is_among_items(&self, line: usize) -> bool {
        let Some(word) = self.row(line).filter(|row| row.word && row.inner.is_none()) else { return false };
        let list = Level { column: word.column, dash: true };
        let levels = self.open_above(line);
        let is_word = |row: &Row<'_>| row.word && row.inner.is_none() && row.column == word.column;
        let below = self.rows(line + 1..self.lines().lines()).find(|(_, row)| !is_word(row));
        let item = below.filter(|(_, row)| list.holds(row)).map(|(item, _)| item);
        if !levels.contains(&list) {
            // Before the first item, unless lists stand in the column of their keys: it may be such a key then.
            let above = self.rows(0..line).rev().find(|(_, row)| !is_word(row));
            let awaits = |(_, row): &(usize, Row<'_>)| row.head && row.content() < word.column;
            let Some((_, head)) = above.filter(awaits) else { return false };
            return item.is_some() && (self.offset_of_lists(line) != Some(0) || self.holds_lists(head.key));
        }
        // A list in the column of its key may have another one beside it, but seldom are the items of both mappings.
        let goes_on = |item: usize| {
            let (above, below) = (self.names_above(line, list), self.names_below(item, list));
            !above.held.is_empty() && !below.held.is_empty()
        };
        let around = self.rows(0..line).rev().find(|(_, row)| row.column < word.column);
        let is_beside_key = levels.contains(&Level { dash: false, ..list })
            || around.is_some_and(|(_, row)| row.inner == Some(word.column));
        !is_beside_key || item.is_some_and(goes_on)
    }

    /// Whether a list stands right below a key of this name anywhere.
    fn holds_lists(&self, key: Option<&str>) -> bool {
        let mut rows = self.rows(0..self.lines().lines()).peekable();
        std::iter::from_fn(|| rows.next().map(|(_, row)| (row, rows.peek().map(|(_, next)| next.inner))))
            .any(|(row, next)| row.head && row.key == key && next.flatten().is_some())
    }
}
