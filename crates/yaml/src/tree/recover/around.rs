//! What stands around a broken line, by the columns of the lines: whether those below it are its own, or go on with what
//! is open above it. So a broken line takes no healthy ones with it.

use std::collections::HashSet;

use super::Repair;
use super::diagnose::lone_word;
use crate::TextRange;
use crate::tree::build::index;

/// A line that holds more than a comment.
pub(super) struct Row<'t> {
    pub(super) column: usize,
    /// Where its content starts, when dashes stand before it.
    pub(super) inner: Option<usize>,
    /// The key that it starts with; empty when it starts with a colon.
    pub(super) key: Option<&'t str>,
    /// Whether nothing stands behind the key's colon.
    pub(super) head: bool,
    /// Whether it is a word and nothing else: a key that lacks its colon.
    pub(super) word: bool,
}

impl Row<'_> {
    /// Where its content starts.
    pub(super) fn content(&self) -> usize {
        self.inner.unwrap_or(self.column)
    }
}

/// A block collection that a new line could go on with.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Level {
    pub(super) column: usize,
    /// Whether it is a list.
    pub(super) dash: bool,
}

impl Level {
    /// Whether a line could go on with it.
    pub(super) fn holds(self, row: &Row<'_>) -> bool {
        self.column == row.column && self.dash == row.inner.is_some()
    }
}

/// The keys of a block's entries, and those of what the entries hold.
#[derive(Default)]
pub(super) struct Names<'t> {
    pub(super) own: HashSet<&'t str>,
    pub(super) held: HashSet<&'t str>,
}

/// Whether a line goes on with a block above.
#[derive(Clone, Copy, PartialEq)]
enum GoesOn {
    No,
    /// It stands in the right column.
    Perhaps,
    /// What it holds is named as what the entries above hold.
    Surely,
}

impl Repair<'_> {
    /// The lines that a broken one takes with it, itself included: the deeper ones below, as far as they do not go on
    /// with what is open above.
    pub(super) fn block(&self, line: usize) -> Vec<usize> {
        let mut block = vec![line];
        let indent = self.indent(line).len();
        let levels = self.open_around(line);
        let own = self.below(line).filter(|_| self.owns_below(line, &levels));
        let own = own.map_or(0, |first| self.indent(first).len());
        for below in line + 1..self.lines().lines() {
            let Some(row) = self.row(below) else {
                block.push(below);
                continue;
            };
            let goes_on =
                row.column != own && (own == 0 || row.column < own) && fits(&levels, &row).is_some();
            if row.column <= indent || goes_on {
                break;
            }
            block.push(below);
        }
        block
    }

    /// Whether a lone word is what the deeper lines below it belong to, or there are none.
    pub(super) fn is_key_of_below(&self, line: usize) -> bool {
        self.below(line).is_none() || self.owns_below(line, &self.open_around(line))
    }

    /// The line right above `line` when that one is whole but stands in the midst of a block, which goes on at `line`.
    pub(super) fn intruder_above(&self, line: usize) -> Option<usize> {
        let above = (0..line).rev().find(|above| self.row(*above).is_some())?;
        self.is_intruder(above).then_some(above)
    }

    /// Whether the key of a `value` without it would take in what stands below and goes on with a block above.
    pub(super) fn leaves_key_for_others(&self, value: TextRange) -> bool {
        let line = self.lines().line_of(value.start);
        let content = self.line(line);
        let (Some(row), Some(below)) = (self.row(line), self.below(line)) else { return false };
        row.key.is_some()
            && !(row.column == 0 && self.begins_as_root(&row))
            && !self.is_known_to_hold(line, below)
            && content.start < value.start
            && value.end == content.end
            && self.indent(below).len() > row.content()
            && self.goes_on(line, below, &self.open_around(line)) != GoesOn::No
    }

    /// The lines that a key's value starts with, when they are indented deeper than `line`, which belongs to that key too
    /// and has more beside it: the fewer ones are those that are astray.
    pub(super) fn astray_above(&self, line: usize) -> Option<TextRange> {
        let column = self.row(line)?.column;
        let (head, key) = self.rows(0..line).rev().find(|(_, row)| row.column <= column)?;
        let (first, own) = self.rows(head + 1..line).next()?;
        let beside = self.rows(line..self.lines().lines()).take_while(|(_, row)| row.column > key.column);
        let beside = beside.filter(|(_, row)| row.column == column).count();
        let astray = self.rows(first..line).filter(|(_, row)| row.column == own.column).count();
        // What a key holds stands deeper than the keys beside it.
        let held = self.row(line).filter(|row| row.head || self.opens_text(line).is_some());
        let held = held.and(self.below(line));
        let is_even = column >= key.content() && (column - key.content()).is_multiple_of(2);
        let held = is_even && held.is_some_and(|held| self.indent(held).len() <= own.column);
        let is_astray = astray < beside || held || self.written_indent(first).contains('\t');
        (key.head && key.content() < column && is_astray)
            .then(|| TextRange::new(self.line(first).start, self.line(line - 1).end))
    }

    /// The column of the block that a line belongs to which stands one column beside it.
    pub(super) fn column_beside(&self, line: usize) -> Option<usize> {
        let row = self.row(line)?;
        let tab = self.written_indent(line).contains('\t');
        if tab || row.inner.is_some_and(|inner| inner != row.column + 2) {
            return None;
        }
        let beside = |level: &Level| level.column.abs_diff(row.column) == 1;
        self.home(line, beside)
    }

    /// The column of the innermost block above with which a line that starts with a key can go on: it has no such key, and
    /// what the key holds stands deeper.
    pub(super) fn home(&self, line: usize, wanted: impl Fn(&Level) -> bool) -> Option<usize> {
        let row = self.row(line)?;
        let key = row.key.filter(|key| lone_word(key) && key.len() > 1)?;
        let held = self.below(line).filter(|_| row.head).and_then(|below| self.row(below));
        let text = self.text_column(line);
        let holds = |column: usize| match &held {
            Some(held) => held.column + usize::from(held.inner.is_some()) > column,
            None => text.is_none_or(|text| text > column),
        };
        let is_home = |level: &Level| {
            level.dash == row.inner.is_some()
                && wanted(level)
                && (level.dash || holds(level.column) && !self.names_above(line, *level).own.contains(key))
        };
        self.open_above(line).into_iter().find(is_home).map(|level| level.column)
    }

    /// The first word of line `above`, when text follows it and the key of line `below` stands in its column: it is a key
    /// that lacks its colon.
    pub(super) fn word_beside(&self, above: usize, below: usize) -> Option<TextRange> {
        let bare = self.bare(above);
        let (word, _) = self.slice(bare).split_once(' ')?;
        let column = (bare.start - self.lines().line_start(above)) as usize;
        let beside = self.row(below).is_some_and(|row| row.inner.is_none() && row.column == column);
        let key = lone_word(word) && word.len() > 1 && word.starts_with(|c: char| c.is_ascii_lowercase());
        (beside && key).then(|| TextRange::new(bare.start, bare.start + index(word.len())))
    }

    /// Whether a line that is whole stands in the midst of a block.
    pub(super) fn is_intruder(&self, line: usize) -> bool {
        let Some(row) = self.row(line).filter(|row| !row.head && !row.word) else { return false };
        let Some(below) = self.below(line) else { return false };
        let levels = self.open_around(line);
        match self.goes_on(line, below, &levels) {
            GoesOn::No => false,
            GoesOn::Perhaps => {
                row.key == Some("")
                    || (row.inner.is_none() || row.key.is_none()) && self.awaited(line).is_some()
                    || self.leaps(line, below, &levels)
            }
            GoesOn::Surely => true,
        }
    }

    /// Whether the lines from `first` up to `line` are no more than those from there on.
    pub(super) fn is_less(&self, first: usize, line: usize) -> bool {
        let count = |mut lines: std::ops::Range<usize>, most: usize| {
            std::iter::from_fn(|| lines.find(|line| self.row(*line).is_some())).take(most).count()
        };
        let above = count(first..line, usize::MAX);
        count(line..self.lines().lines(), above) == above
    }

    /// The first line below, when it is deeper.
    pub(super) fn below(&self, line: usize) -> Option<usize> {
        let below = (line + 1..self.lines().lines()).find(|below| self.row(*below).is_some())?;
        (self.indent(below).len() > self.indent(line).len()).then_some(below)
    }

    /// Whether the deeper lines below a broken one belong to it.
    fn owns_below(&self, line: usize, levels: &[Level]) -> bool {
        let (Some(row), Some(below)) = (self.row(line), self.below(line)) else { return false };
        if !self.written_indent(below).starts_with(self.written_indent(line)) {
            return false;
        }
        let is_item = row.key.is_some() && row.inner == Some(self.indent(below).len());
        if !row.head && !row.word && !is_item {
            return false;
        }
        let at_home = match row.inner {
            Some(_) => levels.iter().any(|level| level.dash && level.column == row.column),
            None => levels.iter().any(|level| !level.dash && level.column == row.column),
        };
        let is_root = levels.last().is_none_or(|root| root.column >= row.content());
        let is_word = row.word && is_root;
        let known = self.is_root_key(self.slice(self.bare(line))).filter(|_| is_word);
        match self.goes_on(line, below, levels) {
            _ if known == Some(true) => true,
            GoesOn::No => true,
            GoesOn::Surely => false,
            GoesOn::Perhaps => !self.leaps(line, below, levels) && known.is_none() && (at_home || !row.word),
        }
    }

    /// The indentation as it stands in the text, tabs and all.
    pub(super) fn written_indent(&self, line: usize) -> &str {
        let line = &self.text[self.lines().line_start(line) as usize..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// Whether the line below is indented by more than one level of what is open.
    fn leaps(&self, line: usize, below: usize, levels: &[Level]) -> bool {
        let Some(row) = self.row(line) else { return false };
        let between = row.content() + 1..self.indent(below).len();
        levels.iter().any(|level| between.contains(&level.column))
    }

    /// Whether what is `below` a line may go on with what is open above that line.
    pub(super) fn may_go_on(&self, line: usize, below: usize) -> bool {
        self.goes_on(line, below, &self.open_around(line)) != GoesOn::No
    }

    /// Whether it surely does.
    pub(super) fn surely_goes_on(&self, line: usize, below: usize) -> bool {
        self.goes_on(line, below, &self.open_around(line)) == GoesOn::Surely
    }

    fn goes_on(&self, line: usize, below: usize, levels: &[Level]) -> GoesOn {
        let Some(level) = self.row(below).and_then(|row| fits(levels, &row)) else { return GoesOn::No };
        let (above, below) = (self.names_above(line, level), self.names_below(below, level));
        if !above.own.is_disjoint(&below.own) {
            GoesOn::No
        } else if above.held.is_disjoint(&below.held) {
            GoesOn::Perhaps
        } else {
            GoesOn::Surely
        }
    }

    /// The lines among `lines` that hold more than a comment.
    pub(super) fn rows(
        &self,
        lines: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, Row<'_>)> {
        lines.filter_map(|line| Some((line, self.row(line)?)))
    }

    pub(super) fn row(&self, line: usize) -> Option<Row<'_>> {
        let range = self.line(line);
        let text = &self.now[range.to_usize()];
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let start = self.lines().line_start(line);
        let bare = self.bare(line);
        let content = &self.now[bare.to_usize()];
        let head = content.ends_with(':');
        let colon = content.find(": ").or(head.then(|| content.len() - 1));
        let key = colon.map(|colon| content[..colon].trim_matches(['"', '\'']));
        let key = key.filter(|key| !key.contains([' ', '"', '\'', '{', '[']));
        Some(Row {
            column: (range.start - start) as usize,
            inner: (text == "-" || text.starts_with("- ")).then_some((bare.start - start) as usize),
            key,
            head: head && key.is_some(),
            word: lone_word(content),
        })
    }

    /// The block collections that a line below could go on with, the innermost first: those that are open above, and what
    /// a key right above waits for, when `line` itself cannot be that.
    pub(super) fn open_around(&self, line: usize) -> Vec<Level> {
        let mut levels = self.open_above(line);
        levels.splice(0..0, self.awaited(line).filter(|level| !levels.contains(level)));
        levels
    }

    /// What the key right above a line waits for and finds below it, when the line itself cannot be that.
    /// A list may stand in the column of its key.
    fn awaited(&self, line: usize) -> Option<Level> {
        let (_, key) = self.rows(0..line).next_back().filter(|(_, row)| row.head)?;
        let below = self.row(self.below(line)?)?;
        let indent = self.written_indent(line);
        let is_nameless = self.row(line)?.key == Some("");
        let is_astray = is_nameless || indent.len() <= key.column || indent.contains('\t');
        (is_astray && below.column >= key.content() + usize::from(below.inner.is_none()))
            .then(|| Level { column: below.column, dash: below.inner.is_some() })
    }

    /// The block collections that are open above a line, the innermost first.
    pub(super) fn open_above(&self, line: usize) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        let mut least = usize::MAX;
        for above in (0..line).rev() {
            // The dashes of a list may stand in the column of its key.
            let beside = levels.last().is_some_and(|level| level.dash);
            if self.indent(above).len() > least {
                continue;
            }
            let Some(row) = self.row(above) else { continue };
            if let Some(inner) = row.inner.filter(|inner| *inner < least) {
                levels.push(Level { column: inner, dash: false });
            }
            if row.column < least || (beside && row.inner.is_none()) {
                levels.push(Level { column: row.column, dash: row.inner.is_some() });
            }
            least = row.column;
            if least == 0 && row.inner.is_none() {
                break;
            }
        }
        levels
    }

    /// What the entries of `level` above a line are called.
    pub(super) fn names_above(&self, line: usize, level: Level) -> Names<'_> {
        let mut names = Names::default();
        let mut held: Vec<(usize, &str)> = Vec::new();
        for row in (0..line).rev().filter_map(|above| self.row(above)) {
            let is_entry = row.column == level.column && row.inner.is_some() == level.dash;
            let is_first = !level.dash && row.inner == Some(level.column);
            let ends = row.column < level.column || (row.column == level.column && level.dash);
            if ends && !is_entry && !is_first {
                break;
            }
            if let Some(key) = row.key {
                if is_first || (is_entry && !level.dash) {
                    names.own.insert(key);
                } else {
                    held.push((row.content(), key));
                }
            }
            if is_entry || is_first {
                let column = held.iter().map(|(column, _)| *column).min();
                names.held.extend(held.drain(..).filter(|(at, _)| Some(*at) == column).map(|(_, key)| key));
            }
            if is_first {
                break;
            }
        }
        names
    }

    /// What the entries of `level` from a line on are called.
    pub(super) fn names_below(&self, line: usize, level: Level) -> Names<'_> {
        let mut names = Names::default();
        let mut column = None;
        for row in (line..self.lines().lines()).filter_map(|below| self.row(below)) {
            let is_entry = row.column == level.column && row.inner.is_some() == level.dash;
            if row.column < level.column || (row.column == level.column && level.dash && !is_entry) {
                break;
            }
            if is_entry {
                column = row.inner;
            }
            let Some(key) = row.key else { continue };
            if is_entry && !level.dash {
                names.own.insert(key);
            } else if *column.get_or_insert(row.content()) == row.content() {
                names.held.insert(key);
            }
        }
        names
    }
}

pub(super) fn fits(levels: &[Level], row: &Row<'_>) -> Option<Level> {
    levels.iter().copied().find(|level| level.holds(row))
}
