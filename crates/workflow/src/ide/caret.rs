//! Where the caret is: the text around it is made whole first, because while a person types it rarely is.
//!
//! The word at the caret gives way to [`MARK`], with a colon or closing brackets and quotes as far as they are missing
//! on the caret's line. In the tree of that text, the node that holds the mark tells the place.

use stepladder_yaml::{CollectionStyle, Kind, Node, TextRange, Tree};

use super::view::{clamp, index};

/// What stands for the word at the caret: a word in YAML and a name in expressions, and in no file.
pub(super) const MARK: &str = "stepladder_caret";

/// How far back an expression may have begun, in bytes; GitHub takes no longer ones.
const LONGEST: usize = 21_000;

/// The word at the caret, and the text with the mark in its place.
#[derive(Debug)]
pub(super) struct Caret {
    /// The bytes of the word, in the text as it is.
    pub(super) word: TextRange,
    /// The word as far as the caret.
    pub(super) typed: String,
    /// The text with the mark.
    pub(super) text: String,
    /// Where the mark stands in it.
    pub(super) at: u32,
    /// The quote that the word stands in.
    pub(super) quote: Option<u8>,
    /// Whether the word is a key that has its colon.
    pub(super) has_colon: bool,
    /// Whether a blank has to come before the word: it stands right behind `:` or `-`.
    pub(super) needs_blank: bool,
    /// The end of the `:` before the word, on its line.
    pub(super) colon: Option<u32>,
    /// Whether it stands in `[…]` or `{…}`.
    pub(super) in_flow: bool,
    /// Whether nothing but blanks follows on the line.
    pub(super) is_last: bool,
    /// Columns, in bytes: of the first thing on the line, and of the key or item that the word belongs to.
    pub(super) line_column: usize,
    pub(super) word_column: usize,
}

/// Whether the caret stands behind `${{` without a `}}` in between.
pub(super) fn in_braces(text: &str, offset: usize) -> bool {
    let from = clamp(text, index(offset.saturating_sub(LONGEST)));
    let before = &text[from..offset];
    before.rfind("${{").is_some_and(|open| !before[open..].contains("}}"))
}

impl Caret {
    /// The caret on a word of YAML; `None` in comments and in the midst of blanks.
    pub(super) fn on_word(tree: &Tree, offset: usize) -> Option<Self> {
        let text = tree.text();
        let comments = tree.comments();
        let next = comments.partition_point(|comment| (comment.range.end as usize) < offset);
        if comments.get(next).is_some_and(|comment| (comment.range.start as usize) < offset) {
            return None;
        }
        let (start, end) = line_around(text, offset);
        let scan = Scan::new(tree, start, &text[start..end], offset - start)?;
        let (from, to) = (start + scan.word.0, start + scan.word.1);
        let tail = &text[to..end];
        let is_last = tail.trim().is_empty();
        let bare = is_last || tail.trim_start().starts_with('#');
        let mut out = String::with_capacity(text.len() + 64);
        out.push_str(&text[..from]);
        let needs_blank = scan.needs_blank;
        out.push_str(if needs_blank { " " } else { "" });
        let at = out.len();
        out.push_str(MARK);
        let depth = scan.brackets.len();
        if !scan.has_colon && scan.colon.is_none() && scan.quote.is_none() && !scan.in_flow && bare {
            out.push(':');
        }
        if scan.is_open_quote {
            out.extend(scan.quote.map(char::from));
        } else {
            out.push_str(tail.trim_end());
        }
        for bracket in scan.brackets.iter().rev().take(depth) {
            out.push(if *bracket == b'[' { ']' } else { '}' });
        }
        out.push_str(&text[end..]);
        Some(Self {
            word: TextRange::new(index(from), index(to)),
            typed: text[from..offset.max(from)].to_owned(),
            at: index(at),
            text: out,
            quote: scan.quote,
            has_colon: scan.has_colon,
            needs_blank,
            colon: scan.colon.map(|colon| index(start + colon)),
            in_flow: scan.in_flow,
            is_last,
            line_column: scan.line_column,
            word_column: scan.word_column,
        })
    }

    /// The caret on a name of an expression.
    pub(super) fn on_name(tree: &Tree, offset: usize) -> Self {
        let text = tree.text();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let before = text[..offset].trim_end_matches(is_name).len();
        let from = before + text[before..offset].len()
            - text[before..offset].trim_start_matches(|c: char| c == '-' || c.is_ascii_digit()).len();
        let to = text.len() - text[offset..].trim_start_matches(is_name).len();
        let (start, end) = line_around(text, offset);
        let scan = Scan::new(tree, start, &text[start..end], offset - start);
        let needs_blank = scan.as_ref().is_some_and(|scan| scan.needs_blank);
        let blank = if needs_blank { " " } else { "" };
        let mut out = [&text[..from], blank, MARK, &text[to..end]].concat();
        if let Some(scan) = scan.as_ref().filter(|scan| scan.is_open_quote) {
            out.extend(scan.quote.map(char::from));
        }
        out.push_str(&text[end..]);
        Self {
            word: TextRange::new(index(from), index(to)),
            typed: text[from..offset].to_owned(),
            at: index(from + blank.len()),
            text: out,
            quote: scan.and_then(|scan| scan.quote),
            has_colon: false,
            needs_blank,
            colon: None,
            in_flow: false,
            is_last: text[to..end].trim().is_empty(),
            line_column: 0,
            word_column: 0,
        }
    }

    /// The scalar that holds the mark in the tree of [`Self::text`].
    pub(super) fn node<'t>(&self, tree: &'t Tree) -> Option<Node<'t>> {
        let node = tree.node_at(self.at + 1)?;
        let holds = node.kind() == Kind::Scalar && node.as_str().is_some_and(|text| text.contains(MARK));
        holds.then_some(node)
    }
}

/// The bytes of the line of `offset`, without its line break.
fn line_around(text: &str, offset: usize) -> (usize, usize) {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    let end = if text[start..end].ends_with('\r') && end > offset { end - 1 } else { end };
    (start, end)
}

/// What the caret's line says about the caret; all places are bytes of the line.
#[derive(Default)]
struct Scan {
    word: (usize, usize),
    quote: Option<u8>,
    /// Whether the quote has no end on the line.
    is_open_quote: bool,
    has_colon: bool,
    needs_blank: bool,
    colon: Option<usize>,
    in_flow: bool,
    /// Brackets that nothing closes.
    brackets: Vec<u8>,
    line_column: usize,
    word_column: usize,
}

impl Scan {
    fn new(tree: &Tree, start: usize, line: &str, caret: usize) -> Option<Self> {
        let bytes = line.as_bytes();
        let blanks =
            |from: usize| from + bytes[from..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let mut at = blanks(0);
        let mut scan = Self { line_column: at, ..Self::default() };
        if at == bytes.len() {
            let column = if line.trim().is_empty() { caret } else { at };
            return Some(Self { word: (column, column), line_column: column, word_column: column, ..scan });
        }
        if caret < at {
            return None;
        }
        while bytes.get(at) == Some(&b'-') && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t')) {
            if caret <= at {
                return None;
            }
            let next = blanks(at + 1);
            if next == bytes.len() {
                scan.needs_blank = caret == at + 1;
                let column = caret + usize::from(scan.needs_blank);
                return Some(Self { word: (caret, caret), word_column: column, ..scan });
            }
            if caret < next {
                return None;
            }
            at = next;
        }
        scan.word_column = at;
        let around = tree.node_at(index(start + caret));
        let is_inside = |node: &Node<'_>| {
            node.collection_style() == Some(CollectionStyle::Flow)
                && (node.range().start as usize) < start
                && (start + caret) < node.range().end as usize
        };
        let outer = std::iter::successors(around, Node::parent).any(|node| is_inside(&node));
        scan.tokens(bytes, at, caret, outer)?;
        if let (Some(first), false) = (scan.brackets.first(), outer) {
            // The brackets may be closed on a line below.
            let open = bytes.iter().position(|b| b == first).map(|at| tree.node_at(index(start + at + 1)));
            let closed = std::iter::successors(open.flatten(), Node::parent).any(|node| {
                let source = node.source();
                node.collection_style() == Some(CollectionStyle::Flow)
                    && source.contains('\n')
                    && source.ends_with([']', '}'])
            });
            if closed {
                scan.brackets.clear();
            }
        } else {
            scan.brackets.clear();
        }
        Some(scan)
    }

    /// Finds the word that the caret is on; `outer`: the line begins inside of brackets.
    fn tokens(&mut self, bytes: &[u8], from: usize, caret: usize, outer: bool) -> Option<()> {
        let is_blank = |at: usize| matches!(bytes.get(at), None | Some(b' ' | b'\t'));
        let blanks =
            |from: usize| from + bytes[from..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let mut depth = usize::from(outer);
        let (mut token, mut at, mut found) = (from, from, false);
        let mut colon = None;
        while at <= bytes.len() {
            let byte = bytes.get(at).copied();
            if at == token && !found {
                match byte {
                    Some(quote @ (b'"' | b'\'')) => {
                        let end = end_of_quote(bytes, at);
                        let inner_end = end.unwrap_or(bytes.len());
                        if at < caret && caret <= inner_end {
                            (self.word, self.quote) = ((at + 1, inner_end), Some(quote));
                            (self.is_open_quote, self.colon) = (end.is_none(), colon);
                            self.in_flow = depth > 0;
                            found = true;
                        }
                        at = end.map_or(bytes.len(), |end| end + 1);
                        continue;
                    }
                    Some(b'&' | b'!') => {
                        let end = at + bytes[at..].iter().take_while(|b| !matches!(b, b' ' | b'\t')).count();
                        if caret > at && caret <= end {
                            return None;
                        }
                        token = blanks(end);
                        at = token.max(at + 1);
                        continue;
                    }
                    _ => {}
                }
            }
            let in_flow = depth > 0;
            let ends = match byte {
                None => true,
                Some(b':') => is_blank(at + 1) || (in_flow && matches!(bytes[at + 1], b',' | b']' | b'}')),
                Some(b',' | b']' | b'}') => in_flow,
                Some(b'[' | b'{') => in_flow || at == token,
                Some(b'#') => at > 0 && is_blank(at - 1),
                _ => false,
            };
            if !ends {
                at += 1;
                continue;
            }
            if caret <= at && !found {
                let end = trimmed(bytes, token, at);
                let is_comment = byte == Some(b'#');
                if end == token {
                    // Nothing is written yet.
                    if caret < token && !is_comment && byte.is_some_and(|b| !matches!(b, b']' | b'}')) {
                        return None;
                    }
                    self.word = (caret, caret);
                    self.needs_blank = colon == Some(caret);
                } else {
                    if caret < token {
                        return None;
                    }
                    self.word = (token, end.max(caret));
                }
                self.has_colon = byte == Some(b':');
                (self.colon, self.in_flow) = (colon, in_flow);
                found = true;
            }
            match byte {
                None | Some(b'#') => break,
                Some(b':') => colon = (depth == 0).then_some(at + 1).or(colon),
                Some(open @ (b'[' | b'{')) => {
                    self.brackets.push(open);
                    depth += 1;
                }
                Some(b']' | b'}') => {
                    self.brackets.pop();
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
            at += 1;
            token = blanks(at);
            // A caret in the blanks belongs to what follows.
            at = at.max(token.min(bytes.len()));
        }
        found.then_some(())
    }
}

/// The end of the word before `end`, without blanks.
fn trimmed(bytes: &[u8], from: usize, end: usize) -> usize {
    let mut end = end.max(from);
    while end > from && matches!(bytes[end - 1], b' ' | b'\t') {
        end -= 1;
    }
    end
}

/// Where the quote that opens at `at` is closed.
fn end_of_quote(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' if quote == b'"' => end += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(end + 1) == Some(&b'\'') => end += 1,
            byte if byte == quote => return Some(end),
            _ => {}
        }
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the mark as `@`, and the replaced word.
    #[track_caller]
    fn check(fixture: &str, marked: &str, word: &str) {
        let (text, offset) = crate::ide::testing::caret(fixture);
        let tree = Tree::parse(text.as_str());
        let caret = Caret::on_word(&tree, offset as usize).expect("no word");
        assert_eq!(caret.text.replace(MARK, "@"), marked);
        assert_eq!(&text[caret.word.to_usize()], word);
        assert_eq!(caret.text.find(MARK), Some(caret.at as usize));
    }

    #[track_caller]
    fn nowhere(fixture: &str) {
        let (text, offset) = crate::ide::testing::caret(fixture);
        assert!(Caret::on_word(&Tree::parse(text), offset as usize).is_none());
    }

    #[test]
    fn keys() {
        check("$0", "@:", "");
        check("on$0", "@:", "on");
        check("a:\n  $0", "a:\n  @:", "");
        check("a:\n  b$0c: 1\n", "a:\n  @: 1\n", "bc");
        check("a:\n  - $0\n  - b\n", "a:\n  - @:\n  - b\n", "");
        check("a:\n  -$0\n", "a:\n  - @:\n", "");
        check("a:\n  - b$0 # c\n", "a:\n  - @: # c\n", "b");
        check("a: {b$0}", "a: {@}", "b");
        check("a: {b$0: 1}", "a: {@: 1}", "b");
        check("a\r\nb$0\r\n", "a\r\n@:\r\n", "b");
    }

    #[test]
    fn values() {
        check("a: $0", "a: @", "");
        check("a:$0\nb: 1", "a: @\nb: 1", "");
        check("a: b$0c d", "a: @", "bc d");
        check("a: b$0 # c", "a: @ # c", "b");
        check("a: $0 # c", "a: @ # c", "");
        check("a: 'b$0c' # d", "a: '@' # d", "bc");
        check("a: \"b$0", "a: \"@\"", "b");
        check("a: &x b$0", "a: &x @", "b");
        check("- a: b$0", "- a: @", "b");
    }

    #[test]
    fn flow() {
        check("a: [$0]", "a: [@]", "");
        check("a: [b, $0]", "a: [b, @]", "");
        check("a: [b, c$0d, e]", "a: [b, @, e]", "cd");
        check("a: [b, c$0", "a: [b, @]", "c");
        check("a: {b: [c, $0", "a: {b: [c, @]}", "");
        check("a: {b: $0}", "a: {b: @}", "");
        check("a: [b,\n  c$0d,\n  e]", "a: [b,\n  @,\n  e]", "cd");
        check("a: [b, $0\n  c]", "a: [b, @\n  c]", "");
        check("a: ['b$0']", "a: ['@']", "b");
    }

    #[test]
    fn no_words() {
        nowhere("# a$0b");
        nowhere("a: b # c$0");
        nowhere(" $0 a: b");
        nowhere("$0- a");
        nowhere("-$0  a");
        nowhere("a: $0  b");
    }
}
