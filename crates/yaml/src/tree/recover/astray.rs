//! Lines that start too far to the left, in the midst of a block that goes on below them, or too far to the right: where
//! they belong, so that they are read there.

use super::Repair;
use super::around::{Level, Row, fits};
use super::diagnose::lone_word;

impl Repair<'_> {
    /// The line above `line`, which does not fit there, that has cut its block in two as it starts too far to the left; with
    /// the column where it belongs.
    pub(super) fn cut_by(&self, line: usize) -> Option<(usize, usize)> {
        let row = self.row(line)?;
        let (above, stray) = self.rows(0..line).rev().find(|(_, above)| above.column < row.column)?;
        let key = stray.key.filter(|key| lone_word(key))?;
        let levels = self.open_above(above);
        // It may be at home, and what is below it too deep.
        let root = levels.last().is_none_or(|root| root.column == stray.column);
        let known = self.is_root_key.is_none_or(|is_root_key| is_root_key(key));
        let at_home = levels.iter().any(|level| level.holds(&stray)) && (!root || known);
        // So is the first that the key right above holds.
        let is_first = self
            .rows(0..above)
            .next_back()
            .is_some_and(|(_, head)| head.head && head.content() < stray.column);
        if at_home || is_first || stray.column >= row.column {
            return None;
        }
        let goes_on = fits(&levels, &row)?;
        let column = if stray.head { self.home_of_head(above)? } else { goes_on.column };
        (stray.inner.is_none() && column > stray.column).then_some((above, column))
    }

    /// The column where a line belongs that starts with a key and fits none of the blocks that are open above it, or is
    /// indented by a tab: that of the block which goes on below it, or, when it has nothing behind its colon, that of the keys
    /// which hold what is indented as what is below it.
    pub(super) fn own_home(&self, line: usize) -> Option<usize> {
        let row = self.row(line).filter(|row| row.inner.is_none() && row.key.is_some_and(lone_word))?;
        let (_, next) = self.rows(line + 1..self.lines().lines()).next()?;
        if row.head {
            // Without it, what is below it would belong to nothing.
            let awaits = self.rows(0..line).next_back().is_some_and(|(_, above)| above.head);
            let needed = !awaits && fits(&self.open_around(line), &next).is_none();
            return self.first_home(line).or_else(|| self.home_of_head(line).filter(|_| needed));
        }
        let goes_on = fits(&self.open_above(line), &next).filter(|level| !level.dash)?;
        let (_, above) = self.rows(0..line).next_back()?;
        let key = row.key?;
        let tab = self.written_indent(line).contains('\t');
        // By its tab nobody knows whether it is what a key right above it waits for.
        let between =
            above.content() == goes_on.column && !(tab && above.head) || !tab && goes_on.column > row.column;
        (between && !self.names_above(line, goes_on).own.contains(key)).then_some(goes_on.column)
    }

    /// Whether the line right above or below one stands in this column.
    pub(super) fn stands_beside(&self, line: usize, column: usize) -> bool {
        let above = self.rows(0..line).next_back();
        let below = self.rows(line + 1..self.lines().lines()).next();
        above.is_some_and(|(_, above)| above.content() == column)
            || below.is_some_and(|(_, below)| below.column == column)
    }

    /// The column of a head that is the first that the head right above it holds: that of those beside it further below.
    fn first_home(&self, line: usize) -> Option<usize> {
        let (_, above) = self.rows(0..line).next_back().filter(|(_, above)| above.head)?;
        let mut below =
            self.rows(line + 1..self.lines().lines()).take_while(|(_, below)| below.column > above.content());
        let (_, held) = below.next()?;
        let beside = below.map(|(_, below)| below.column).min()?;
        (beside < held.column + usize::from(held.inner.is_some())).then_some(beside)
    }

    /// The first line of a block when it starts less deep than all that follow it there, of which `line` is the first; with
    /// their column.
    pub(super) fn first_too_far_left(&self, line: usize) -> Option<(usize, usize)> {
        let row = self.row(line)?;
        let (above, stray) = self.rows(0..line).rev().find(|(_, above)| above.column < row.column)?;
        let (_, head) = self.rows(0..above).next_back()?;
        // What begins right below a key that has nothing behind its colon is what that holds.
        let below = self.rows(above + 1..line + 1).next();
        let holds = stray.head && below.is_some_and(|(_, below)| below.column <= row.column);
        let first = head.head && head.content() < stray.column && stray.key.is_some() && !holds;
        let beside =
            self.rows(line..self.lines().lines()).take_while(|(_, below)| below.column > head.content());
        let (own, others): (Vec<_>, Vec<_>) = beside
            .map(|(_, below)| below.column)
            .filter(|column| *column <= row.column)
            .partition(|column| *column == stray.column);
        let is_astray =
            first && stray.inner.is_none() && row.inner.is_none() && own.is_empty() && others.len() > 1;
        (is_astray && others.iter().all(|column| *column == row.column)).then_some((above, row.column))
    }

    /// The column where a key belongs that has nothing behind its colon: what it holds is indented as what others beside
    /// that column hold.
    pub(super) fn home_of_head(&self, line: usize) -> Option<usize> {
        let row = self.row(line).filter(|row| row.head && row.inner.is_none())?;
        let held = self.row(self.rows(line + 1..self.lines().lines()).next()?.0)?;
        let key = row.key?;
        let levels = self.open_above(line);
        let may_be = |level: &&Level| !level.dash && !self.names_above(line, **level).own.contains(key);
        let alike = |level: &&Level| {
            let offset = held.column.checked_sub(level.column);
            offset.is_some() && self.offset_of_held(line, **level) == offset
        };
        let deeper = |level: &&Level| held.column + usize::from(held.inner.is_some()) > level.column;
        let homes = || levels.iter().filter(may_be).filter(deeper);
        homes().find(alike).or_else(|| homes().next()).map(|level| level.column)
    }

    /// Whether what is below a key that has a value in its line, from `line` on, is what the key holds: a list, or keys as those
    /// beside it hold.
    pub(super) fn is_held(&self, above: usize, line: usize) -> bool {
        let (Some(head), Some(row)) = (self.row(above), self.row(line)) else { return false };
        if head.key.is_none() || row.column <= head.content() {
            return false;
        }
        let known = self.is_root_key.is_some_and(|is_root_key| head.key.is_some_and(is_root_key));
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
    }

    /// By how much what the last key of `level` above a line holds is indented deeper than that key.
    fn offset_of_held(&self, line: usize, level: Level) -> Option<usize> {
        let mut below: Option<Row<'_>> = None;
        for (_, row) in self.rows(0..line).rev() {
            if row.content() < level.column {
                return None;
            }
            if row.content() == level.column && row.head {
                return below.map(|below| below.column - level.column).filter(|offset| *offset > 0);
            }
            below = (row.column > level.column).then_some(row);
        }
        None
    }
}
