//! Reading on behind what is not YAML: the broken bytes are replaced by spaces, then the text is read again.
//!
//! Replacements keep every byte offset. Two of them save more than they hide: a tab in an indentation becomes a
//! space, and the last letter of a lone word becomes the colon that it lacks, so that what stands below it keeps its
//! place.

mod around;
mod astray;
mod brackets;
mod colons;
mod conflicts;
mod diagnose;
mod held;
mod tabs;
mod texts;
mod words;

use std::borrow::Cow;
use std::sync::OnceLock;

use super::build::{BadAlias, Built, Failure, NONE, Role, Run, build, index};
use super::{Language, Masked, Problem};
use crate::{LineIndex, TextRange};

/// Repairs before the rest is left out.
const MAX_ROUNDS: usize = 20;
/// From this round on, a repair leaves out everything up to the next line that starts at the first column.
const COARSE_ROUNDS: usize = 14;
/// Bytes that may be read up to mistakes, which bounds the time: a large broken text is read a few times only.
const MAX_WORK: usize = 24 << 20;

pub(super) struct Outcome {
    pub(super) built: Built,
    pub(super) problems: Vec<Problem>,
    pub(super) masked: Vec<TextRange>,
    pub(super) unquoted: Vec<TextRange>,
}

pub(super) fn parse(text: &str, lines: &OnceLock<LineIndex>, language: Option<&'static Language>) -> Outcome {
    if u32::try_from(text.len()).is_err() {
        let message = "The text is too long to be read: YAML of more than 4 GB is not supported.".to_owned();
        let problems = vec![Problem { range: TextRange::default(), message }];
        return Outcome { built: Built::default(), problems, masked: Vec::new(), unquoted: Vec::new() };
    }
    let now = Cow::Borrowed(text);
    let mut repair = Repair {
        text,
        lines,
        language,
        now,
        masked: Vec::new(),
        unquoted: Vec::new(),
        problems: Vec::new(),
        keys: Vec::new(),
        moved: Vec::new(),
        misplaced: Vec::new(),
        coarse: false,
    };
    let mut work = 0;
    let mut round = 0;
    let run = loop {
        let mut run = build(&repair.now);
        let Some(failure) = run.error.take() else { break run };
        work += failure.offset as usize;
        round += 1;
        if round == 1 {
            repair.hide_conflicts();
            if !repair.masked.is_empty() {
                continue;
            }
        }
        repair.coarse = round > COARSE_ROUNDS;
        let last = round >= MAX_ROUNDS || work > MAX_WORK;
        if !repair.step(&failure) || last {
            break run;
        }
    };
    repair.finish(run)
}

struct Repair<'t> {
    text: &'t str,
    /// Of the text; only mistakes ask for them.
    lines: &'t OnceLock<LineIndex>,
    language: Option<&'static Language>,
    /// What is read: `text` with the repairs.
    now: Masked<'t>,
    masked: Vec<TextRange>,
    /// Values that are read as the texts that they would be in quotes.
    unquoted: Vec<TextRange>,
    problems: Vec<Problem>,
    /// Where a key's last letter was replaced by a colon.
    keys: Vec<u32>,
    /// Where keys are read that were moved to another column, and where they stand.
    moved: Vec<(u32, u32)>,
    /// Lines that were told to be misplaced.
    misplaced: Vec<usize>,
    coarse: bool,
}

/// What to do about an error.
enum Cure {
    /// Hide the bytes.
    Mask(TextRange),
    /// Read the value as a text, as if it stood in quotes.
    Text(TextRange),
    /// Hide the line.
    Line(usize),
    /// Hide the line and the deeper ones below it that are its own.
    Block(usize),
    /// Put a colon in place of the last letter of a lone word.
    Colon(TextRange),
    /// Put a colon in place of the last letter of a word that text follows, and a space in place of a colon behind it.
    Key(TextRange),
    /// Read the line, which starts with a key or an item, at this column.
    Align(usize, usize),
    /// Leave nothing of the value but this sign of a text.
    Header(TextRange),
    /// Leave nothing of the line but the `-` of an item at this column.
    Sign(usize, usize),
    /// Put a space in place of the first letter behind the dash that the line starts with.
    Dash(usize),
    /// Put a dash and a space in place of the first two letters of the key that the line starts with.
    Item(usize),
    /// Put spaces in place of tabs, from this line on.
    Tabs(usize),
    /// Put line breaks in place of spaces.
    Breaks(TextRange),
    /// Read no further.
    Stop,
}

impl Repair<'_> {
    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }

    fn finish(mut self, mut run: Run) -> Outcome {
        let masked = !self.masked.is_empty();
        for data in run.built.nodes.iter_mut().filter(|_| masked) {
            if data.role == Role::Key && self.keys.contains(&data.range.end) {
                data.range.end += 1;
            }
            if data.role == Role::Key
                && let Some((_, own)) = self.moved.iter().find(|(read, _)| *read == data.range.start)
            {
                data.range.start = *own;
            }
            // Spaces in place of a longer character may have been read one by one.
            let slot = if data.slot == NONE { &mut 0 } else { &mut data.slot };
            for end in [&mut data.range.start, &mut data.range.end, slot] {
                while !self.text.is_char_boundary(*end as usize) {
                    *end -= 1;
                }
            }
        }
        for alias in run.bad_aliases {
            self.bad_alias(&alias);
        }
        self.problems.sort_by_key(|problem| problem.range);
        self.masked.sort();
        let mut masked: Vec<TextRange> = Vec::new();
        for range in self.masked {
            match masked.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => masked.push(range),
            }
        }
        self.unquoted.sort();
        self.unquoted.dedup();
        Outcome { built: run.built, problems: self.problems, masked, unquoted: self.unquoted }
    }

    fn bad_alias(&mut self, alias: &BadAlias) {
        let (range, recursive) = match alias {
            BadAlias::Undefined(range) => (*range, false),
            BadAlias::Recursive(range) => (*range, true),
        };
        let alias = self.slice(range);
        let name = alias.get(1..).unwrap_or_default();
        let message = if recursive {
            format!(
                "`{alias}` stands inside the value that it repeats: write the value out, or move the anchor."
            )
        } else if name.contains(['*', '?', '.', '/', '[', '!']) {
            format!("A value that starts with `*` is read as an alias: write it in quotes, `'{alias}'`.")
        } else {
            format!(
                "No anchor `&{name}` stands above `{alias}`: mark the meant value with `&{name}`, or correct the name."
            )
        };
        self.problems.push(Problem { range, message });
    }

    /// Notes the problem and repairs the text; `false` when there is nothing left to repair.
    fn step(&mut self, failure: &Failure) -> bool {
        let (range, message, cure) = self.diagnose(failure);
        let line = self.lines().line_of(range.start);
        let misplaced = matches!(cure, Cure::Block(_) | Cure::Align(..) | Cure::Sign(..));
        let follows = misplaced && self.follows(line);
        if !follows && self.problems.iter().all(|known| self.lines().line_of(known.range.start) != line) {
            self.problems.push(Problem { range, message });
        }
        let alone = matches!(cure, Cure::Align(line, column) if self.is_moved_alone(line, column));
        if misplaced && !follows && !alone {
            self.misplaced.push(line);
        }
        if matches!(cure, Cure::Stop) {
            return false;
        }
        if self.coarse {
            return self.mask_coarsely(failure.offset);
        }
        let cured = match cure {
            Cure::Mask(range) => self.mask(range),
            Cure::Text(value) => self.read_as_text(value) || self.mask(value),
            Cure::Line(line) => self.mask_line(line),
            Cure::Block(line) => self.mask_block(line),
            Cure::Colon(word) => self.put_colon(word),
            Cure::Key(word) => {
                self.put_colon(word) && {
                    self.replace(TextRange::new(word.end, word.end + 1), |_| b' ');
                    true
                }
            }
            Cure::Align(line, column) => self.align(line, column),
            Cure::Header(sign) => self.keep_header(sign),
            Cure::Sign(line, column) => self.keep_sign(line, column),
            Cure::Dash(line) => self.part_dash(line),
            Cure::Item(line) => self.put_dash(line),
            Cure::Tabs(line) => self.replace_tabs(line),
            Cure::Breaks(range) => self.replace(range, |_| b'\n'),
            Cure::Stop => false,
        };
        let line = self.lines().line_of(failure.offset);
        cured
            || self.mask_block(line)
            || (1..=line).rev().any(|above| self.mask_block(above - 1))
            || self.mask(TextRange::new(failure.offset, index(self.text.len())))
    }

    /// Whether a line is misplaced because of one above that was told already: everything between them is indented as
    /// deeply as that one, or deeper.
    fn follows(&self, line: usize) -> bool {
        let indent = |line: usize| {
            let text = &self.text[self.lines().line_start(line) as usize..];
            let blank = text.len() - text.trim_start_matches([' ', '\t']).len();
            (!text[blank..].starts_with(['\n', '\r', '#']) && blank < text.len()).then_some(blank)
        };
        let Some(above) = self.misplaced.iter().copied().filter(|above| *above < line).max() else {
            return false;
        };
        let Some(least) = indent(above).filter(|least| *least > 0) else { return false };
        (above..=line).filter_map(indent).all(|indent| indent >= least)
    }

    /// Whether a line that belongs to another column has what is below it in the right one: columns are even, so that a line
    /// which is off by one has not taken along what is an even number of columns behind the right one.
    fn is_moved_alone(&self, line: usize, column: usize) -> bool {
        let own = self.indent(line).len();
        let below = self.below(line).map(|below| self.indent(below).len());
        own.abs_diff(column) % 2 == 1
            && below.is_some_and(|below| below > column && (below - column).is_multiple_of(2))
    }

    /// Where the value that the parser was reading starts, on the line of the last thing it knew.
    fn value_start(&self, failure: &Failure, offset: u32) -> u32 {
        let line_start = self.lines().line_start(self.lines().line_of(offset));
        let bytes = self.now.as_bytes();
        let skip = |mut at: u32, marks: &[u8]| {
            while at < offset
                && (bytes[at as usize].is_ascii_whitespace() || marks.contains(&bytes[at as usize]))
            {
                at += 1;
            }
            at
        };
        match failure.last {
            Some(last) if failure.after_key => skip(last.end, b":"),
            Some(last) if last.end > line_start && last.start >= line_start && last.start < offset => {
                last.start
            }
            Some(last) if last.end <= offset => skip(last.end.max(line_start), b"-?"),
            _ => skip(line_start, b"-?"),
        }
    }

    /// The indentation's bytes.
    fn indent(&self, line: usize) -> &[u8] {
        let bytes = &self.now.as_bytes()[self.lines().line_start(line) as usize..];
        let len = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        &bytes[..len]
    }

    /// The line's content: without its indentation, its white space at the end and its line break.
    fn line(&self, line: usize) -> TextRange {
        let start = self.lines().line_start(line) + index(self.indent(line).len());
        self.to_line_end(start)
    }

    /// The line's content without a leading `- ` and a comment.
    fn bare(&self, line: usize) -> TextRange {
        let range = self.line(line);
        let text = &self.now[range.to_usize()];
        let text = text.find(" #").map_or(text, |at| &text[..at]).trim_end();
        let dash = text.len() - text.trim_start_matches(['-', ' ']).len();
        let dash = if text.starts_with("- ") { dash } else { 0 };
        TextRange::new(range.start + index(dash), range.start + index(text.len()))
    }

    /// The original text of `range`; empty when repairs moved it off the characters' bounds.
    fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_usize()).unwrap_or_default()
    }

    fn to_line_end(&self, start: u32) -> TextRange {
        let start = start.min(index(self.now.len()));
        let rest = &self.now[start as usize..];
        let line = rest.split('\n').next().unwrap_or_default();
        TextRange::new(start, start + index(line.trim_end().len()))
    }

    fn clip_to_line(&self, range: TextRange) -> TextRange {
        TextRange::new(range.start, range.end.min(self.to_line_end(range.start).end))
    }

    fn put_colon(&mut self, word: TextRange) -> bool {
        let last = word.end - 1;
        self.keys.push(last);
        self.replace(TextRange::new(last, word.end), |_| b':')
    }

    /// Puts a letter in place of each colon that ends a word.
    fn read_as_text(&mut self, value: TextRange) -> bool {
        let bytes = &self.now.as_bytes()[value.to_usize()];
        let ends = |at: usize| bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        let colons = (0..bytes.len()).filter(|at| bytes[*at] == b':' && ends(*at));
        let colons: Vec<u32> = colons.map(index).collect();
        if colons.is_empty() {
            return false;
        }
        for colon in colons {
            let at = value.start + colon;
            self.replace(TextRange::new(at, at + 1), |_| b'_');
        }
        self.masked.push(value);
        self.unquoted.push(value);
        true
    }

    /// Makes a line that starts with a key, or with the dash of an item that does, be read at another column: letters take
    /// the place of the spaces before the key, or spaces that of its first letters.
    fn align(&mut self, line: usize, column: usize) -> bool {
        let start = self.lines().line_start(line);
        let own = self.line(line).start;
        let dash = if self.now[own as usize..].starts_with("- ") { 2 } else { 0 };
        let (read, key) = (start + index(column) + dash, own + dash);
        self.moved.push((read, key));
        let mut at = start;
        let with = |_| {
            at += 1;
            match at - 1 {
                at if dash > 0 && at + dash == read => b'-',
                at if at >= read => b'x',
                _ => b' ',
            }
        };
        self.replace(TextRange::new(start, read.max(key)), with)
    }

    /// Leaves the `-` of an item that what is below it belongs to, and hides the rest of the line.
    fn keep_sign(&mut self, line: usize, column: usize) -> bool {
        let (start, end) = (self.lines().line_start(line), self.line(line).end);
        let sign = start + index(column);
        if sign >= end {
            return self.mask_line(line);
        }
        let mut at = start;
        self.replace(TextRange::new(start, end), |_| {
            at += 1;
            if at - 1 == sign { b'-' } else { b' ' }
        })
    }

    /// Parts the dash that a line starts with from the key behind it.
    fn part_dash(&mut self, line: usize) -> bool {
        let key = self.line(line).start + 1;
        self.moved.push((key + 1, key));
        self.replace(TextRange::new(key, key + 1), |_| b' ')
    }

    /// Makes an item of a line that starts with a key.
    fn put_dash(&mut self, line: usize) -> bool {
        let key = self.line(line).start;
        self.moved.push((key + 2, key));
        let mut signs = [b'-', b' '].into_iter();
        self.replace(TextRange::new(key, key + 2), |byte| signs.next().unwrap_or(byte))
    }

    fn mask_block(&mut self, line: usize) -> bool {
        let mut changed = false;
        for line in self.block(line) {
            changed |= self.mask_line(line);
        }
        changed
    }

    /// Makes the line blank. Its indentation goes too, else it would be text of a block scalar above.
    fn mask_line(&mut self, line: usize) -> bool {
        let content = self.line(line);
        if content.is_empty() {
            return false;
        }
        let text = self.text_below(line);
        let changed = self.replace(TextRange::new(self.lines().line_start(line), content.end), |_| b'\n');
        for line in text {
            self.mask_line(line);
        }
        changed
    }

    fn mask_coarsely(&mut self, offset: u32) -> bool {
        let line = self.lines().line_of(offset);
        let end = (line + 1..self.lines().lines())
            .find(|line| self.indent(*line).is_empty() && !self.line(*line).is_empty())
            .map_or(index(self.text.len()), |line| self.lines().line_start(line));
        self.mask(TextRange::new(self.lines().line_start(line), end))
            || self.mask(TextRange::new(0, offset))
            || self.mask(TextRange::new(0, index(self.text.len())))
    }

    fn mask(&mut self, range: TextRange) -> bool {
        self.replace(range, |byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' })
    }

    /// Replaces the bytes by ASCII; `false` when that changes nothing.
    fn replace(&mut self, range: TextRange, with: impl FnMut(u8) -> u8) -> bool {
        let Some(old) = self.now.get(range.to_usize()) else { return false };
        let new: String = old.bytes().map(with).map(|byte| char::from(byte & 0x7f)).collect();
        if old == new {
            return false;
        }
        self.now.to_mut().replace_range(range.to_usize(), &new);
        self.masked.push(range);
        true
    }
}
