//! What an error of the parser means for a person, and how to read on behind it.

use granit_parser::ErrorKind;

use super::super::build::{Failure, index};
use super::colons::NEITHER;
use super::{Cure, Repair};
use crate::TextRange;

const DIRECTIVE: &str = "A line that starts with `%` speaks to the reader of YAML, and may stand at the very top only: remove it, or put the value in quotes.";
const DEEPER: &str =
    "This line is indented deeper than the ones that follow it: start it at the same column as them.";
const LESS: &str = "This line is indented less than the block that it stands in, which goes on below it: align it with the lines around it.";
const NO_DASH: &str =
    "This line stands in a list but has no `-`: add it, or change the indentation to that of a key.";
const TOO_DEEP: &str = "This line is indented too deeply for the text that follows it: align it with the keys that it belongs to.";
pub(super) const IN_PLACE: &str = "This stands in the place of what follows below: remove it.";
pub(super) const ITEM: &str =
    "This item starts in another column than those of its list: align its `-` with theirs.";
const TAG: &str =
    "A value that starts with `!` is read as a tag, and this one is not known: put the value in quotes.";

impl Repair<'_> {
    /// What is wrong, where, and what to do about it so that nothing healthy is hidden.
    pub(super) fn diagnose(&self, failure: &Failure) -> (TextRange, String, Cure) {
        let (range, message, cure) = self.placed(failure);
        let line = match cure {
            Cure::Mask(range) | Cure::Text(range) => Some(self.lines().line_of(range.start)),
            Cure::Line(line) => Some(line),
            _ => None,
        };
        match line.and_then(|line| self.header_in(line)) {
            Some(header) => (range, message, Cure::Header(header)),
            None => (range, message, cure),
        }
    }

    /// The same, with the lines around it in view.
    fn placed(&self, failure: &Failure) -> (TextRange, String, Cure) {
        let offset = failure.offset.min(index(self.text.len()));
        if let Some(value) = self.value_in_place(self.lines().line_of(offset)) {
            return (value, IN_PLACE.to_owned(), Cure::Mask(value));
        }
        let (range, message, cure) = self.explain(failure);
        let line = self.lines().line_of(range.start);
        let last = failure.last.map_or(line, |last| self.lines().line_of(last.start));
        match self.cut_above(line).or_else(|| self.cut_above(last).filter(|cut| *cut == last)) {
            Some(cut) if self.indent(cut).contains(&b'\t') => {
                let (range, message) = self.tab_of(cut);
                return (range, message, Cure::Line(cut));
            }
            Some(cut) if cut == line => return (range, message, Cure::Line(line)),
            Some(cut) => return self.intruder(cut),
            None => {}
        }
        let owner = Some(line).into_iter().chain(self.rows(0..line).next_back().map(|(above, _)| above));
        if let Some(owner) = owner
            .filter(|_| matches!(cure, Cure::Block(_) | Cure::Colon(_)))
            .find(|owner| self.is_too_deep_for_text(*owner))
            && let Some(column) = self.own_home(owner)
        {
            return (self.line(owner), TOO_DEEP.to_owned(), Cure::Align(owner, column));
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
                if let Some(word) = above.filter(|above| self.is_among_items(*above)) {
                    return self.among_items(word);
                }
                if let Some(column) = self.item_home(line) {
                    return (range, message, self.realigned_item(line, column));
                }
                if let Some((item, column)) = above.and_then(|item| Some((item, self.item_home(item)?))) {
                    return (self.line(item), ITEM.to_owned(), self.realigned_item(item, column));
                }
                if let Some(item) =
                    [Some(line), above].into_iter().flatten().find(|line| self.lacks_dash(*line))
                {
                    return (self.line(item), NO_DASH.to_owned(), Cure::Item(item));
                }
                if let Some(value) = self.value_above_list(line) {
                    return (value, IN_PLACE.to_owned(), Cure::Mask(value));
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
                if self.is_among_items(line) {
                    self.among_items(line)
                } else if self.is_key_of_below(line) {
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

    /// A lone word without which the list around it is whole.
    fn among_items(&self, line: usize) -> (TextRange, String, Cure) {
        let cure = if self.below(line).is_none() { Cure::Line(line) } else { Cure::Block(line) };
        (self.bare(line), NO_DASH.to_owned(), cure)
    }

    /// Reads an item at another column; of one whose key is too short for that, nothing but its `-`.
    pub(super) fn realigned_item(&self, line: usize, column: usize) -> Cure {
        let key = self.row(line).and_then(|row| row.key).map_or(0, str::len);
        if column < self.indent(line).len() + key {
            Cure::Align(line, column)
        } else {
            Cure::Sign(line, column)
        }
    }

    pub(super) fn intruder(&self, line: usize) -> (TextRange, String, Cure) {
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
        let (range, message) = self.tab_of(line);
        Some((range, message, Cure::Tabs(line)))
    }

    fn tab_of(&self, line: usize) -> (TextRange, String) {
        let start = self.lines().line_start(line);
        let range = TextRange::new(start, start + index(self.indent(line).len()));
        let message = "A tab indents this line, and YAML allows only spaces there: replace it by spaces.";
        (range, message.to_owned())
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
                        ITEM
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
