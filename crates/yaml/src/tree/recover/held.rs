//! Blocks that stand below a key which has a value behind its colon already: whether they are what the key holds.

use std::collections::HashSet;

use super::Repair;
use super::around::Level;
use super::diagnose::lone_word;
use crate::tree::build::index;
use crate::{Path, Step, TextRange};

impl Repair<'_> {
    /// The value of the key above a line, behind its colon or on lines of its own, where the language says that the line is
    /// what that key holds.
    pub(super) fn value_in_place(&self, line: usize) -> Option<TextRange> {
        let (line, row) = self.rows(line..self.lines().lines()).next()?;
        let mut above = self.rows(0..line).rev();
        let (mut first, mut last) = (None, None);
        let (above, head) = loop {
            let (at, row) = above.next()?;
            if row.key.is_some() {
                break (at, row);
            }
            if row.inner.is_some() {
                return None;
            }
            last = last.or(Some(at));
            first = Some(at);
        };
        // A list may stand in the column of its key, where it does not go on with another one.
        let beside = row.column == head.content()
            && head.inner.is_none()
            && row.inner.is_some()
            && !self.open_above(above).iter().any(|level| level.holds(&row));
        let value = match first.zip(last) {
            // With a colon it would be the key of what stands as deep, or deeper.
            Some((first, last)) if head.head && self.indent(first).len() > row.column.max(head.content()) => {
                TextRange::new(self.line(first).start, self.bare(last).end)
            }
            Some(_) => return None,
            None => self.value_behind_key(above)?,
        };
        ((beside || row.column > head.content()) && self.holds(above, value, line)).then_some(value)
    }

    /// Whether the language says that a line further down is what the key of line `above` holds.
    pub(super) fn is_known_to_hold(&self, above: usize, line: usize) -> bool {
        self.value_behind_key(above).is_some_and(|value| self.holds(above, value, line))
    }

    fn holds(&self, above: usize, value: TextRange, line: usize) -> bool {
        let (Some(language), Some(row)) = (self.language, self.row(line)) else { return false };
        let Some(path) = self.path_of(above) else { return false };
        let held = if row.inner.is_some() { None } else { row.key.filter(|key| !key.is_empty()) };
        // A key without anything that it could hold is too deep itself.
        let is_empty = row.head
            && row.inner.is_none()
            && self
                .rows(line + 1..self.lines().lines())
                .next()
                .is_none_or(|(_, below)| below.column + usize::from(below.inner.is_some()) <= row.column);
        (held.is_some() || row.inner.is_some())
            && !is_empty
            && (language.holds)(&path, self.slice(value), held)
    }

    /// What stands behind the colon of a line's key and behind an anchor there, but for the sign of a text.
    fn value_behind_key(&self, line: usize) -> Option<TextRange> {
        let bare = self.bare(line);
        let text = &self.now[bare.to_usize()];
        let key = self.row(line)?.key.filter(|key| lone_word(key))?;
        let mut value = text.split_once(": ")?.1.trim_start();
        while value.starts_with('&') {
            value = value.split_once(' ')?.1.trim_start();
        }
        let is_value = !key.is_empty() && !value.is_empty() && self.opens_text(line).is_none();
        is_value.then(|| TextRange::new(bare.end - index(value.len()), bare.end))
    }

    /// Where the key of a line stands, by the columns of the lines above it.
    fn path_of(&self, line: usize) -> Option<Path> {
        let mut steps = Vec::new();
        // What holds what was found last stands less deep than this; a key may stand in the column of its list.
        let mut least = usize::MAX;
        for (_, row) in self.rows(0..line + 1).rev() {
            let list = steps.last() == Some(&Step::Index(0));
            let is_first = !list && least == row.content() && row.inner.is_some();
            let holds = row.content() < least || list && row.content() == least && row.inner.is_none();
            if holds {
                steps.push(Step::Key(row.key?.to_owned()));
                least = row.content();
            }
            if (holds || is_first) && row.inner.is_some() {
                steps.push(Step::Index(0));
                least = row.column;
            } else if holds && least == 0 {
                break;
            }
        }
        steps.reverse();
        Some(Path(steps))
    }

    /// Whether a word is known as a key at the root; `None` where the language is not known.
    pub(super) fn is_root_key(&self, word: &str) -> Option<bool> {
        self.language.map(|language| (language.is_root_key)(word))
    }

    /// Whether what is below a key that has a value in its line, from `line` on, is what the key holds: a list, or keys as those
    /// beside it hold.
    pub(super) fn is_held(&self, above: usize, line: usize) -> bool {
        let (Some(head), Some(row)) = (self.row(above), self.row(line)) else { return false };
        if head.key.is_none() || row.column <= head.content() {
            return false;
        }
        let known = self.begins_as_root(&head);
        let level = Level { column: head.content(), dash: false };
        let own = Level { column: row.column, dash: false };
        row.inner.is_some()
            || known
                && head.column == 0
                && self
                    .rows(line..self.lines().lines())
                    .take_while(|(_, below)| below.column > 0)
                    .nth(1)
                    .is_some()
            || !self.names_above(above, level).held.is_disjoint(&self.names_below(line, own).own)
            || !self.held_beside(line, level).is_disjoint(&self.names_below(line, own).own)
    }

    /// The value of the key right above an item of a list that stands in the column of that key, as lists do in this text.
    pub(super) fn value_above_list(&self, line: usize) -> Option<TextRange> {
        let row = self.row(line).filter(|row| row.inner.is_some())?;
        let (above, key) = self.rows(0..line).next_back()?;
        let is_place = key.content() == row.column && key.inner.is_none() && !key.head;
        let colon = index(key.key.filter(|key| is_place && lone_word(key))?.len());
        let content = self.line(above);
        (self.offset_of_lists(above) == Some(0)
            && !self.open_above(above).iter().any(|level| level.holds(&row)))
        .then(|| TextRange::new(content.start + colon + 2, content.end))
    }

    /// What those hold that follow in `level` behind the deeper lines from `line` on.
    fn held_beside(&self, line: usize, level: Level) -> HashSet<&str> {
        let next = self.rows(line..self.lines().lines()).find(|(_, below)| below.column <= level.column);
        match next.filter(|(_, next)| level.holds(next)) {
            Some((next, _)) => self.names_below(next, level).held,
            None => HashSet::new(),
        }
    }
}
