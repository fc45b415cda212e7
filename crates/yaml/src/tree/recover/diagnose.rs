//! What an error of the parser means for a person, and how to read on behind it.

use granit_parser::ErrorKind;

use super::super::build::{Failure, index};
use super::{Cure, Repair};
use crate::TextRange;

const DIRECTIVE: &str = "A line that starts with `%` speaks to the reader of YAML, and may stand at the very top only: remove it, or put the value in quotes.";
const DEEPER: &str =
    "This line is indented deeper than the ones that follow it: start it at the same column as them.";
const LESS: &str = "This line is indented less than the block that it stands in, which goes on below it: align it with the lines around it.";
const NO_DASH: &str =
    "This line stands in a list but has no `-`: add it, or change the indentation to that of a key.";
const TAG: &str =
    "A value that starts with `!` is read as a tag, and this one is not known: put the value in quotes.";
const NEITHER: &str = "This line is neither a key with a colon nor indented deeply enough to belong to the text above: add what is missing.";

impl Repair<'_> {
    /// What is wrong, where, and what to do about it so that nothing healthy is hidden.
    pub(super) fn diagnose(&self, failure: &Failure) -> (TextRange, String, Cure) {
        let (range, message, cure) = self.explain(failure);
        let line = self.lines().line_of(range.start);
        let last = failure.last.map_or(line, |last| self.lines().line_of(last.start));
        match self.cut_above(line).or_else(|| self.cut_above(last).filter(|cut| *cut == last)) {
            Some(cut) if cut == line => return (range, message, Cure::Line(line)),
            Some(cut) => return self.intruder(cut),
            None => {}
        }
        match cure {
            Cure::Block(line) => {
                if let Some(item) = self.dash_above(line) {
                    return (
                        self.line(item),
                        "A space is missing behind the `-`.".to_owned(),
                        Cure::Dash(item),
                    );
                }
                let above = self.rows(0..line).next_back().map(|(above, _)| above);
                if let Some(item) =
                    [Some(line), above].into_iter().flatten().find(|line| self.lacks_dash(*line))
                {
                    return (self.line(item), NO_DASH.to_owned(), Cure::Item(item));
                }
                if let Some((stray, column)) = self.cut_by(line).or_else(|| self.first_too_far_left(line)) {
                    return (self.line(stray), LESS.to_owned(), self.realigned(stray, column));
                }
                if let Some((first, column)) = self.first_too_far_right(line) {
                    return (self.line(first), DEEPER.to_owned(), Cure::Align(first, column));
                }
                if let Some(intruder) = self.intruder_above(line) {
                    return self.intruder(intruder);
                }
                match self.astray_above(line) {
                    Some(above) => (self.clip_to_line(above), DEEPER.to_owned(), Cure::Mask(above)),
                    None => match self.misfit_home(line).or_else(|| self.column_beside(line)) {
                        Some(column) => (range, message, Cure::Align(line, column)),
                        None => (range, message, cure),
                    },
                }
            }
            Cure::Mask(value) if self.leaves_key_for_others(value) => {
                (range, message, Cure::Line(self.lines().line_of(value.start)))
            }
            Cure::Colon(word) => {
                let line = self.lines().line_of(word.start);
                if self.is_key_of_below(line) {
                    (range, message, cure)
                } else {
                    (range, NEITHER.to_owned(), Cure::Block(line))
                }
            }
            _ => (range, message, cure),
        }
    }

    /// The line, or the one above it, when it starts with a `-` that lacks its space before a key.
    fn dash_above(&self, line: usize) -> Option<usize> {
        let above = self.rows(0..line).next_back().map(|(above, _)| above);
        let lacks = |line: &usize| {
            let key = self.row(*line).and_then(|row| row.key?.strip_prefix('-'));
            key.is_some_and(|key| key.len() > 1 && lone_word(key))
        };
        [Some(line), above].into_iter().flatten().find(lacks)
    }

    /// The column where a line belongs that fits none of the blocks above it, where it can be read there.
    fn misfit_home(&self, line: usize) -> Option<usize> {
        let row = self.row(line)?;
        if self.open_above(line).iter().any(|level| level.holds(&row)) {
            return None;
        }
        let fits =
            |column: &usize| *column != row.column && *column < row.column + row.key.map_or(0, str::len);
        if row.head && self.begins_as_root(&row) && self.own_home(line).filter(fits) == Some(0) {
            return Some(0);
        }
        if let Some(alike) = self.alike_home(line).filter(fits) {
            return Some(alike);
        }
        // One column beside the lines around it, that is where it belongs.
        if let Some(beside) = self.column_beside(line)
            && self.stands_beside(line, beside)
        {
            return Some(beside);
        }
        self.own_home(line).filter(fits)
    }

    /// Reads a line at another column, where its key is long enough for that.
    fn realigned(&self, line: usize, column: usize) -> Cure {
        let (own, key) =
            (self.indent(line).len(), self.row(line).and_then(|row| row.key).map_or(0, str::len));
        if column < own + key { Cure::Align(line, column) } else { Cure::Block(line) }
    }

    fn intruder(&self, line: usize) -> (TextRange, String, Cure) {
        let message = "This line stands in the midst of a block, which goes on below it: move it out of there, or indent it so that it belongs to the lines around it.";
        (self.line(line), message.to_owned(), Cure::Line(line))
    }

    fn explain(&self, failure: &Failure) -> (TextRange, String, Cure) {
        let offset = failure.offset.min(index(self.text.len()));
        let line = self.lines().line_of(offset);
        let kind = failure.error.kind();
        if let ErrorKind::RecursionLimitExceeded = kind {
            let message = "This is nested too deeply to be read: flatten it.".to_owned();
            return (self.to_line_end(offset), message, Cure::Stop);
        }
        if let Some(found) = self.tab(kind, line) {
            return found;
        }
        if let Some(found) = self.quote(failure, offset) {
            return found;
        }
        if let Some((start, bracket)) = failure.open_flow {
            return self.flow(kind, start, bracket, offset);
        }
        if let Some((start, bracket)) = self.unclosed_ahead(failure) {
            return self.flow(kind, start, bracket, offset);
        }
        match kind {
            ErrorKind::MappingValueNotAllowed => self.second_colon(failure, offset),
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => self.no_colon(line),
            ErrorKind::ExpectedDocumentStart => self.second_root(failure, line),
            ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
                let value = self.to_line_end(self.value_start(failure, offset).min(offset));
                if self.slice(value).starts_with('!') {
                    // `!failure() || x`: a condition, not a block with a tag.
                    return (value, TAG.to_owned(), Cure::Mask(value));
                }
                let rest = self.to_line_end(offset + 1);
                let blank = rest.len() - index(self.now[rest.to_usize()].trim_start().len());
                let rest = TextRange::new(rest.start + blank, rest.end);
                let message =
                    "The text of a block starts on the line below its `|` or `>`: move this text there.";
                (rest, message.to_owned(), Cure::Mask(rest))
            }
            ErrorKind::InvalidBlockScalarIndent => {
                let above = self.now[..offset as usize].trim_end().len();
                let blank = TextRange::new(index(above), self.lines().line_start(line));
                let message = "A blank line above this text is indented deeper than it: remove its spaces.";
                (self.to_line_end(offset), message.to_owned(), Cure::Breaks(blank))
            }
            ErrorKind::CommentInterceptedScalar => {
                let message = "A value of several lines cannot go on behind a comment: \
                    indent this line like the keys above, or write the value as a block with `|`.";
                (self.line(line + 1), message.to_owned(), Cure::Block(line + 1))
            }
            ErrorKind::BomInsideDocument => {
                let mark = TextRange::new(offset, (offset + 3).min(index(self.text.len())));
                (mark, "An invisible byte-order mark stands here: remove it.".to_owned(), Cure::Mask(mark))
            }
            _ => self.other(failure, offset, line),
        }
    }

    fn tab(&self, kind: &ErrorKind, line: usize) -> Option<(TextRange, String, Cure)> {
        let is_tab = matches!(
            kind,
            ErrorKind::TabInBlockIndentation
                | ErrorKind::TabInIndentation
                | ErrorKind::TabNotAllowed
                | ErrorKind::TabInPlainScalar
                | ErrorKind::TabAtBlockScalarStart
                | ErrorKind::InvalidBlockEntryWhitespace
                | ErrorKind::InvalidMappingValueWhitespace
        );
        if !is_tab {
            return None;
        }
        let line = (line..self.lines().lines()).find(|line| self.indent(*line).contains(&b'\t'))?;
        let start = self.lines().line_start(line);
        let range = TextRange::new(start, start + index(self.indent(line).len()));
        let message = "A tab indents this line, and YAML allows only spaces there: replace it by spaces.";
        Some((range, message.to_owned(), Cure::Tabs(line)))
    }

    /// A colon where a value is already there.
    fn second_colon(&self, failure: &Failure, offset: u32) -> (TextRange, String, Cure) {
        let line = self.lines().line_of(offset);
        let start = failure.last.map_or(offset, |last| last.start);
        let value_line = self.lines().line_of(start);
        if value_line == line {
            let value = self.to_line_end(self.value_start(failure, offset).min(offset));
            let message = "A value without quotes cannot hold a colon and a space: put the value in quotes.";
            let cure = if failure.open_flow.is_none() && self.is_text(line, value) {
                Cure::Text(value)
            } else {
                Cure::Mask(value)
            };
            return (value, message.to_owned(), cure);
        }
        let own_line = self.line(value_line).start == start || self.bare(value_line).start == start;
        if own_line && value_line < line && self.lacks_blank(value_line, line) {
            return self.no_colon(value_line);
        }
        if own_line && (failure.root_start == start || self.is_key_line_above(value_line, line)) {
            return self.no_colon(value_line);
        }
        if value_line < line && self.is_intruder(value_line) {
            return self.intruder(value_line);
        }
        if value_line < line
            && own_line
            && let Some(word) = self.word_beside(value_line, line)
        {
            let message = format!("A colon is missing behind `{}`.", self.slice(word));
            return (word, message, Cure::Key(word));
        }
        if value_line < line && self.is_held(value_line, line) && !self.is_root_beside(line) {
            let message =
                "This stands in the place of what follows below, which is indented deeper: remove it.";
            let value = self.to_line_end(start);
            return (value, message.to_owned(), Cure::Mask(value));
        }
        let message = "This line is indented deeper than the one above, which has its value already: align it with the keys above.";
        (self.line(line), message.to_owned(), Cure::Block(line))
    }

    /// Whether a line is a key of the document in a wrong column, with what it holds below it.
    fn is_root_beside(&self, line: usize) -> bool {
        let row = self.row(line).filter(|row| row.head && row.column > 0);
        let below = self.rows(line + 1..self.lines().lines()).next().map(|(_, below)| below.column);
        row.is_some_and(|row| {
            // With all that is below it, it may well be what the line above it waits for.
            let alone = below.is_some_and(|below| below <= row.column) || self.is_moved_alone(line, 0);
            alone && self.begins_as_root(&row) && self.own_home(line) == Some(0)
        })
    }

    /// Whether a value with a colon in it is all that its key has: nothing deeper stands below that could be the value of
    /// what ends with the colon.
    fn is_text(&self, line: usize, value: TextRange) -> bool {
        let column = self.bare(line).start - self.lines().line_start(line);
        let below = (line + 1..self.lines().lines()).find(|line| !self.line(*line).is_empty());
        let plain = self.slice(value).starts_with(|c: char| c.is_alphanumeric() || "$./~<(".contains(c));
        plain && below.is_none_or(|below| index(self.indent(below).len()) <= column)
    }

    /// Whether the lone word of line `above` could be the key of the deeper or equal line `below`.
    fn is_key_line_above(&self, above: usize, below: usize) -> bool {
        self.indent(above).len() <= self.indent(below).len()
            && lone_word(&self.now[self.bare(above).to_usize()])
    }

    /// Whether line `above` is a key of the same column as the one `below`, with a value right behind its colon: `name:foo`.
    fn lacks_blank(&self, above: usize, below: usize) -> bool {
        let bare = self.bare(above);
        let column = (bare.start - self.lines().line_start(above)) as usize;
        let key = self
            .slice(bare)
            .split_once(':')
            .filter(|(_, value)| !value.is_empty() && !value.starts_with(['/', ':', ' ']));
        column == self.indent(below).len() && key.is_some_and(|(key, _)| key.len() > 1 && lone_word(key))
    }

    fn no_colon(&self, line: usize) -> (TextRange, String, Cure) {
        let shown = self.line(line);
        let bare = self.bare(line);
        let text = self.slice(bare);
        if lone_word(text) {
            return (bare, format!("A colon is missing behind `{text}`."), Cure::Colon(bare));
        }
        let message = if let Some((key, value)) = text.split_once(':').filter(|(key, _)| lone_word(key)) {
            let message = format!("A space is missing behind the colon: write `{key}: {value}`.");
            if key.len() > 1 && !value.starts_with(['/', ':']) {
                let word = TextRange::new(bare.start, bare.start + index(key.len()));
                return (bare, message, Cure::Key(word));
            }
            message
        } else if let Some(word) = self.root_word(line) {
            return (word, format!("A colon is missing behind `{}`.", self.slice(word)), Cure::Key(word));
        } else if text.starts_with('-') && !text.starts_with("- ") {
            "A space is missing behind the `-`.".to_owned()
        } else {
            NEITHER.to_owned()
        };
        (shown, message, Cure::Block(line))
    }

    /// The first word of a line at the first column, when it is a key of the document that text follows.
    fn root_word(&self, line: usize) -> Option<TextRange> {
        let bare = self.bare(line);
        let (word, _) = self.slice(bare).split_once(' ')?;
        let known = self.is_root_key.is_some_and(|is_root_key| is_root_key(word));
        (known && word.len() > 1 && self.indent(line).is_empty() && bare.start == self.line(line).start)
            .then(|| TextRange::new(bare.start, bare.start + index(word.len())))
    }

    fn second_root(&self, failure: &Failure, line: usize) -> (TextRange, String, Cure) {
        let root_line = self.lines().line_of(failure.root_start);
        let root_indent = self.indent(root_line).len();
        let shown = self.line(line);
        if failure.last.is_none()
            && let Some(directive) =
                (0..line).find(|line| self.now[self.line(*line).to_usize()].starts_with('%'))
        {
            return (self.line(directive), DIRECTIVE.to_owned(), Cure::Line(directive));
        }
        if root_line < line && self.is_less(root_line, line) {
            let first = self.line(root_line);
            let above = TextRange::new(first.start, self.line(line - 1).end);
            let message = if root_indent > self.indent(line).len() {
                DEEPER
            } else {
                "The document is complete at the end of this line, and more follows: remove it, or make it a key."
            };
            return (first, message.to_owned(), Cure::Mask(above));
        }
        if root_line < line && lone_word(&self.now[self.bare(root_line).to_usize()]) {
            return self.no_colon(root_line);
        }
        let message = "The document is complete above this line: remove the line, or indent it so that it belongs to a key.";
        (shown, message.to_owned(), Cure::Block(line))
    }

    /// Whether a list that the text starts with is less than the keys that follow it from `line` on.
    fn is_list_above_root(&self, failure: &Failure, line: usize) -> bool {
        let root = self.lines().line_of(failure.root_start);
        root < line && self.indent(root).len() == self.indent(line).len() && self.is_less(root, line)
    }

    fn other(&self, failure: &Failure, offset: u32, line: usize) -> (TextRange, String, Cure) {
        let whole = self.line(line);
        let before = &self.now[self.lines().line_start(line) as usize..offset as usize];
        let value = self.to_line_end(self.value_start(failure, offset).min(offset));
        let message = match failure.error.kind() {
            ErrorKind::MissingDocumentEndBeforeDirective => {
                return (whole, DIRECTIVE.to_owned(), Cure::Block(line));
            }
            ErrorKind::MissingAnchorOrAliasName | ErrorKind::UnexpectedCharacter { .. } => {
                let range = self.to_line_end(offset);
                return (range, self.character(offset), Cure::Mask(range));
            }
            ErrorKind::ExpectedBlockSequenceEntry if self.is_list_above_root(failure, line) => {
                let root = self.lines().line_of(failure.root_start);
                let above = TextRange::new(self.line(root).start, self.line(line - 1).end);
                let message = "A list item stands among keys: indent it below the key it belongs to.";
                return (self.line(root), message.to_owned(), Cure::Mask(above));
            }
            ErrorKind::BlockSequenceEntryNotAllowed => {
                "A list starts on the line below its key: move the `-` there."
            }
            ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
                "This bracket closes nothing: remove it, or put the value in quotes."
            }
            ErrorKind::UndeclaredTagHandle
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::InvalidTagEscape
            | ErrorKind::ExpectedTagBang => TAG,
            _ if before.trim_matches([' ', '\t', '-', '?']).is_empty() => {
                let message = match failure.error.kind() {
                    ErrorKind::ExpectedBlockSequenceEntry
                        if self.row(line).is_some_and(|row| row.inner.is_some()) =>
                    {
                        "This item starts in another column than those of its list: align its `-` with theirs."
                    }
                    ErrorKind::ExpectedBlockSequenceEntry => NO_DASH,
                    ErrorKind::ExpectedBlockMappingKey if before.contains('-') => {
                        "A list item stands among keys: indent it below the key it belongs to."
                    }
                    _ => {
                        "This line's indentation fits none of the lines above: align it with the key or item it belongs to."
                    }
                };
                return (whole, message.to_owned(), Cure::Block(line));
            }
            ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
                "The value ends before this line does: put the whole value in quotes."
            }
            _ => "This is not YAML: put the value in quotes, or check the indentation.",
        };
        (value, message.to_owned(), Cure::Mask(value))
    }

    pub(super) fn character(&self, offset: u32) -> String {
        let rest = self.slice(self.to_line_end(offset));
        match rest.chars().next() {
            Some(c) if !rest.contains(|c: char| c.is_control() && c != '\t') => {
                format!("A value cannot start with `{c}` in YAML: put the value in quotes.")
            }
            _ => "An invisible control character stands here: remove it.".to_owned(),
        }
    }
}

pub(super) fn lone_word(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
}
