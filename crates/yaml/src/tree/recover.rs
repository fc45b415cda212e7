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
mod cures;
mod diagnose;
mod held;
mod tabs;
mod texts;
mod words;

use std::borrow::Cow;
use std::sync::OnceLock;

use cures::Cure;

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
            let moved = |at: u32| self.moved.iter().find(|(read, _)| *read == at).map(|(_, own)| *own);
            // A value that lacks ends where the next key is read, and so does what holds it.
            if let Some(own) = moved(data.range.end).filter(|own| *own < data.range.end) {
                data.range = TextRange::new(data.range.start.min(own), own);
            } else if data.role == Role::Key
                && let Some(own) = moved(data.range.start)
            {
                data.range.start = own;
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
        let cured = self.cure(cure);
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
}
