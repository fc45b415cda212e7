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
        // It may be at home, and what is below it too deep: not when more goes on with what is above it than it holds.
        let root = levels.last().is_none_or(|root| root.column == stray.column);
        let known = self.is_root_key(key) != Some(false);
        let is_cut = || {
            let deeper = |(_, below): &(usize, Row<'_>)| below.column > stray.column;
            let rest = self.rows(line..self.lines().lines()).take_while(deeper).count();
            // What goes on right below a key of the document may be its own.
            let is_deep = levels.iter().any(|level| (1..row.column).contains(&level.column));
            let holds = self
                .rows(above + 1..line)
                .next()
                .is_some_and(|(_, held)| held.key.is_some() && held.inner.is_none());
            stray.column == 0 && is_deep && holds && rest > line - above
        };
        let at_home = levels.iter().any(|level| level.holds(&stray)) && (!root || known && !is_cut());
        // So is the first that the key right above holds.
        let is_first = self
            .rows(0..above)
            .next_back()
            .is_some_and(|(_, head)| head.head && head.content() < stray.column);
        if at_home || is_first || stray.column >= row.column {
            return None;
        }
        // What the key right above it waits for may begin with it.
        let awaited = || {
            let (_, head) = self
                .rows(0..above)
                .next_back()
                .filter(|(_, head)| head.head && head.column <= stray.column)?;
            (stray.head && head.content() < row.column).then_some(Level { column: row.column, dash: false })
        };
        let goes_on = match fits(&levels, &row) {
            Some(level) => level,
            None => return awaited().map(|level| (above, level.column)),
        };
        let column = if stray.head { self.home_of_head(above)? } else { goes_on.column };
        (stray.inner.is_none() && column > stray.column).then_some((above, column))
    }

    /// Whether a line starts with a key that is known at the root.
    pub(super) fn begins_as_root(&self, row: &Row<'_>) -> bool {
        row.key.is_some_and(|key| self.is_root_key(key) == Some(true))
    }

    /// The first line of a block when it starts deeper than those that go on with the block, of which `line` may be the first;
    /// with their column.
    pub(super) fn first_too_far_right(&self, line: usize) -> Option<(usize, usize)> {
        let row = self.row(line)?;
        let (head, top) = self.rows(0..line).rev().find(|(_, above)| above.column < row.column)?;
        let (first, stray) = self.rows(head + 1..line).next()?;
        let (_, held) = self.rows(first + 1..self.lines().lines()).next()?;
        let column = self.first_home(first).filter(|_| stray.head && stray.inner.is_none())?;
        let others = || self.rows(first + 1..line).any(|(_, other)| other.column == stray.column);
        let alike = || {
            let below = self.below(line).and_then(|below| self.row(below));
            row.head && row.column == column && below.is_some_and(|below| below.column == held.column)
        };
        // Columns are even: of two, the one that is not is astray.
        let is_odd = |column: usize| (column - top.column) % 2 == 1;
        if is_odd(column) && !is_odd(stray.column) {
            return None;
        }
        let is_astray = held.column < stray.column || alike() && (held.column == stray.column || !others());
        (is_astray && column < stray.column).then_some((first, column))
    }

    /// The column where a line belongs that starts with a key and fits none of the blocks that are open above it, or is
    /// indented by a tab: that of the block which goes on below it, or, when it has nothing behind its colon, that of the keys
    /// which hold what is indented as what is below it.
    pub(super) fn own_home(&self, line: usize) -> Option<usize> {
        let row = self.row(line).filter(|row| row.inner.is_none() && row.key.is_some_and(lone_word))?;
        let (below, next) = self.rows(self.text_below(line).end..self.lines().lines()).next()?;
        if row.head {
            // Without it, what is below it would belong to nothing.
            let awaits = self.rows(0..line).next_back().is_some_and(|(_, above)| above.head);
            let needed = !awaits && !self.may_go_on(line, below);
            // A key of the document is one, whatever else could hold what is below it.
            let is_root = |column: &usize| {
                *column == 0 && !awaits && self.begins_as_root(&row) && !self.surely_goes_on(line, below)
            };
            let home = || self.home_of_head(line).filter(|column| needed || is_root(column));
            return self.first_home(line).or_else(home);
        }
        let key = row.key?;
        if let Some(text) = self.text_column(line) {
            // A text is indented deeper than its key.
            let holds = |level: &&Level| {
                !level.dash && level.column < text && !self.names_above(line, **level).own.contains(key)
            };
            return self.open_above(line).iter().find(holds).map(|level| level.column);
        }
        let goes_on = fits(&self.open_above(line), &next).filter(|level| !level.dash)?;
        let (_, above) = self.rows(0..line).next_back()?;
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
        let beside = below.map(|(_, below)| below.column).min();
        let is_home = |column: &usize| *column < held.column + usize::from(held.inner.is_some());
        // Alone, and with nothing below it there, it is one level deeper than that head.
        let alone = (held.column <= self.row(line)?.column).then_some(above.content() + 2);
        beside.filter(is_home).or_else(|| alone.filter(is_home))
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
        // One that has nothing behind its colon nor below it is astray itself.
        let after = self.rows(line + 1..self.lines().lines()).next();
        let holds_nothing = row.head && after.is_some_and(|(_, after)| after.column <= row.column);
        let first =
            head.head && head.content() < stray.column && stray.key.is_some() && !holds && !holds_nothing;
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
        let levels = self.open_above(line);
        self.alike_home(line).or_else(|| self.homes_of_head(line, &levels).next())
    }

    /// The same, where others beside that column hold something.
    pub(super) fn alike_home(&self, line: usize) -> Option<usize> {
        let levels = self.open_above(line);
        let (_, held) = self.rows(line + 1..self.lines().lines()).next()?;
        // Lists are indented alike in all of a text.
        let of_lists = held.inner.and_then(|_| self.offset_of_lists(line));
        let alike = |column: &usize| {
            let offset = held.column.checked_sub(*column);
            let level = Level { column: *column, dash: false };
            offset.is_some() && of_lists.or_else(|| self.offset_of_held(line, level)) == offset
        };
        self.homes_of_head(line, &levels).find(alike)
    }

    /// The columns where such a key may stand, the innermost first.
    fn homes_of_head(&self, line: usize, levels: &[Level]) -> impl Iterator<Item = usize> {
        let row = self.row(line).filter(|row| row.head && row.inner.is_none());
        let held = self.rows(line + 1..self.lines().lines()).next().map(|(_, held)| held);
        let key = row.and_then(|row| row.key).zip(held);
        levels
            .iter()
            .filter(move |level| {
                key.as_ref().is_some_and(|(key, held)| {
                    !level.dash
                        && held.column + usize::from(held.inner.is_some()) > level.column
                        && !self.names_above(line, **level).own.contains(key)
                })
            })
            .map(|level| level.column)
    }

    /// By how much the first list is indented deeper than its key, but for that below a line.
    pub(super) fn offset_of_lists(&self, line: usize) -> Option<usize> {
        let mut rows = self.rows(0..self.lines().lines()).peekable();
        std::iter::from_fn(|| {
            rows.next().map(|(at, head)| (at, head, rows.peek().map(|(_, row)| (row.column, row.inner))))
        })
        .filter(|(at, head, _)| *at != line && head.head)
        .find_map(|(_, head, below)| {
            below.filter(|(_, inner)| inner.is_some())?.0.checked_sub(head.content())
        })
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

    /// The column where the `-` of an item belongs that starts elsewhere: what goes on with the item, or the next item, stands
    /// where it does in a list that is open above, or that the key right above waits for.
    pub(super) fn item_home(&self, line: usize) -> Option<usize> {
        let row = self.row(line).filter(|row| row.inner == Some(row.column + 2) && row.key.is_some())?;
        // Nobody knows how wide a tab is meant to be.
        let has_tab = |line: usize| self.written_indent(line).contains('\t');
        let next = self.rows(line + 1..self.lines().lines()).next().map(|(next, _)| next);
        if has_tab(line) || next.is_some_and(has_tab) {
            return None;
        }
        let levels = self.open_above(line);
        let (head, above) = self.rows(0..line).next_back()?;
        let next = self.rows(self.text_below(line).end..self.lines().lines()).next();
        let is_item = |at: usize, column: usize| {
            let beside = self.rows(at..self.lines().lines()).find(|(_, beside)| beside.column <= column);
            beside.is_some_and(|(_, beside)| beside.column == column && beside.inner.is_some())
        };
        let is_list = |column: &usize| {
            let list = Level { column: *column, dash: true };
            let awaited =
                above.head && *column >= above.content() && (*column - above.content()).is_multiple_of(2);
            levels.contains(&list)
                || awaited
                    && (next.as_ref().is_some_and(|(next, _)| is_item(*next, *column))
                        || self.offset_of_lists(head) == Some(*column - above.content()))
        };
        let column = next.as_ref().and_then(|(_, below)| match below.inner {
            Some(_) => Some(below.column),
            None => below.column.checked_sub(if row.head { 4 } else { 2 }),
        });
        // The last item of its list has nothing below it.
        let end = next.as_ref().map_or(0, |(_, below)| below.column);
        let list = || {
            let list = levels.iter().find(|level| level.dash && level.column >= end);
            list.filter(|_| !row.head && !above.head && end < row.column).map(|list| list.column)
        };
        // What is below an item at home may belong to another.
        let at_home = levels.contains(&Level { column: row.column, dash: true })
            || above.head
                && self
                    .offset_of_lists(head)
                    .is_some_and(|of_lists| above.content() + of_lists == row.column);
        let column = column.filter(is_list).or_else(list);
        column.filter(|column| *column != row.column && !at_home)
    }

    /// Whether a line that starts with a key stands where an item of a list belongs, so that it lacks its `-`.
    pub(super) fn lacks_dash(&self, line: usize) -> bool {
        let Some(row) = self.row(line).filter(|row| row.inner.is_none()) else { return false };
        if !row.key.is_some_and(|key| lone_word(key) && key.len() > 2) {
            return false;
        }
        let is_item = |other: &Row<'_>| other.column == row.column && other.inner.is_some();
        let Some((top, above)) = self.rows(0..line).rev().find(|(_, above)| above.column <= row.column)
        else {
            return false;
        };
        // What follows is another item, or more of this one.
        let next = self.rows(line + 1..self.lines().lines()).next();
        let fits =
            |next: &Row<'_>| is_item(next) || next.column == row.column + 2 || next.column < row.column;
        if next.as_ref().is_some_and(|(_, next)| !fits(next) || row.head && is_item(next)) {
            return false;
        }
        let mut below = self.rows(line + 1..self.lines().lines());
        let is_before_item =
            below.find(|(_, below)| below.column <= row.column).is_some_and(|(_, below)| is_item(&below));
        let is_among_keys = || self.open_above(line).contains(&Level { column: row.column, dash: false });
        // What an item holds is named as what those above it hold.
        let is_named_alike = || {
            let list = Level { column: row.column, dash: true };
            let names = self.names_above(line, list).held;
            let held = self.rows(line + 1..self.lines().lines()).next();
            let held = held.filter(|(_, held)| !row.head && held.column == row.column + 2);
            held.is_some() && row.key.is_some_and(|key| names.contains(key))
        };
        match is_item(&above) {
            true => is_before_item || !is_among_keys() || is_named_alike(),
            false => {
                let offset = row.column - above.content().min(row.column);
                let is_list = self.offset_of_lists(line).is_none_or(|of_lists| of_lists == offset);
                let awaits = above.head && self.rows(top + 1..line).next().is_none();
                is_before_item && awaits && above.inner.is_none() && is_list
            }
        }
    }
}
