//! From the parser's events to the arena.

mod everyday;
mod scalars;

use granit_parser::{Event, Parser, ScanError, Span, StructureStyle};

use super::{Comment, Kind, ScalarStyle, TextRange};

/// "There is none", for indices and offsets.
pub(super) const NONE: u32 = u32::MAX;

/// Deeper nesting is a problem of the text; GitHub reads far less. It bounds every recursion over a tree.
pub(super) const MAX_DEPTH: usize = 200;

/// How a node is written, and so what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar(ScalarStyle),
    BlockMapping,
    FlowMapping,
    BlockSequence,
    FlowSequence,
    Alias,
}

impl Shape {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Scalar(_) => Kind::Scalar,
            Self::BlockMapping | Self::FlowMapping => Kind::Mapping,
            Self::BlockSequence | Self::FlowSequence => Kind::Sequence,
            Self::Alias => Kind::Alias,
        }
    }
}

/// What a node is to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Root,
    Item,
    Key,
    Value,
}

/// A node. Nodes stand in the order of the text, parents before children: the children of `i` are `i + 1`, then each
/// time the sibling's `skip`, until the parent's `skip`. Keys and values alternate in a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Data {
    pub(super) shape: Shape,
    pub(super) role: Role,
    pub(super) range: TextRange,
    /// First id after this subtree.
    pub(super) skip: u32,
    pub(super) parent: u32,
    /// Where it hangs: the `-` of an item, the `?` or the first byte of a key, the `:` before a value ([`NONE`] when
    /// there is no colon).
    pub(super) slot: u32,
    /// Index into `props`.
    pub(super) props: u32,
    /// Scalars: index into `owned`, [`NONE`] when the text is its own value. Aliases: the target's id or [`NONE`].
    pub(super) value: u32,
}

/// Anchor and tag of a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Props {
    pub(super) node: u32,
    pub(super) anchor: Option<TextRange>,
    pub(super) tag: Option<TextRange>,
}

/// A decoded text that differs from the source, and where the content of its scalar starts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Owned {
    pub(super) text: Box<str>,
    /// For block scalars, the column of the content; else 0.
    pub(super) column: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Built {
    pub(super) nodes: Vec<Data>,
    pub(super) props: Vec<Props>,
    pub(super) owned: Vec<Owned>,
    pub(super) documents: Vec<super::NodeId>,
    pub(super) comments: Vec<Comment>,
    pub(super) aliases: Vec<u32>,
}

impl Built {
    pub(super) fn len(&self) -> u32 {
        index(self.nodes.len())
    }
}

/// An alias that leads nowhere.
pub(super) enum BadAlias {
    Undefined(TextRange),
    Recursive(TextRange),
}

/// What one run of the parser gives.
pub(super) struct Run {
    pub(super) built: Built,
    pub(super) bad_aliases: Vec<BadAlias>,
    pub(super) error: Option<Failure>,
}

/// Where and why the parser stopped.
pub(super) struct Failure {
    pub(super) error: ScanError,
    pub(super) offset: u32,
    /// Where the outermost flow collection that was open started, and its bracket.
    pub(super) open_flow: Option<(u32, u8)>,
    /// The last node that was complete.
    pub(super) last: Option<TextRange>,
    /// Whether `last` was a key that waits for its value.
    pub(super) after_key: bool,
    /// Where the innermost open block collection, and the root, start.
    pub(super) root_start: u32,
}

pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

struct Frame {
    node: u32,
    mapping: bool,
    flow: bool,
    /// In a mapping: whether the next node is a value.
    value_next: bool,
    /// The bracket, for flow collections that have one.
    bracket: u8,
}

struct Builder<'t> {
    /// The text that is parsed: the original with masked bytes.
    text: &'t str,
    built: Built,
    frames: Vec<Frame>,
    /// End of what was read last.
    at: u32,
    /// Node of each anchor id.
    anchors: Vec<u32>,
    bad_aliases: Vec<BadAlias>,
    last: Option<TextRange>,
}

/// The tree of `text`, up to the first error.
pub(super) fn build(text: &str) -> Run {
    match everyday::read(text) {
        Some(built) => Run { built, bad_aliases: Vec::new(), error: None },
        None => parsed(text),
    }
}

/// Runs the parser over `text` and builds what it tells, up to the first error.
fn parsed(text: &str) -> Run {
    let mut options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    options.max_buffered_comment_events = usize::MAX;
    let mut builder = Builder {
        text,
        built: Built { nodes: Vec::with_capacity(text.len() / 12), ..Built::default() },
        frames: Vec::new(),
        at: 0,
        anchors: Vec::new(),
        bad_aliases: Vec::new(),
        last: None,
    };
    let mut failed = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    builder.finish(failed)
}

impl<'t> Builder<'t> {
    fn finish(mut self, failed: Option<ScanError>) -> Run {
        let error = failed.map(|error| {
            let offset = error.marker().byte_offset().map_or(self.at, index).min(index(self.text.len()));
            let open_flow = self.frames.iter().find(|frame| frame.bracket != 0);
            Failure {
                error,
                offset,
                open_flow: open_flow
                    .map(|frame| (self.built.nodes[frame.node as usize].range.start, frame.bracket)),
                last: self.last,
                after_key: self.frames.last().is_some_and(|frame| frame.mapping && frame.value_next),
                root_start: self
                    .built
                    .documents
                    .last()
                    .map_or(0, |root| self.built.nodes[root.0 as usize].range.start),
            }
        });
        while !self.frames.is_empty() {
            self.close(None);
        }
        let comments = &mut self.built.comments;
        if !comments.is_sorted_by_key(|comment| comment.range) {
            comments.sort_by_key(|comment| comment.range);
        }
        self.built.nodes.shrink_to_fit();
        Run { built: self.built, bad_aliases: self.bad_aliases, error }
    }

    fn event(&mut self, event: Event<'t>, span: &Span) {
        let range = span
            .byte_range()
            .map_or_else(TextRange::default, |range| TextRange::new(index(range.start), index(range.end)));
        let tag = span.tag_span().and_then(|tag| tag.byte_range());
        let tag = tag.map(|tag| TextRange::new(index(tag.start), index(tag.end)));
        match event {
            Event::Scalar(value, style, _, _) => self.scalar(value, style, range, tag),
            Event::MappingStart(style, ..) => self.open(true, style == StructureStyle::Flow, range, tag),
            Event::SequenceStart(style, ..) => self.open(false, style == StructureStyle::Flow, range, tag),
            Event::MappingEnd | Event::SequenceEnd => self.close(Some(range)),
            Event::Anchor(id, _) => self.anchor(id, range),
            Event::Alias(id) => self.alias(range, self.anchors.get(id).copied().unwrap_or(NONE)),
            Event::UnresolvedAlias(_) => self.alias(range, NONE),
            Event::Comment(..) => self.comment(range),
            Event::DocumentStart(true, _) | Event::DocumentEnd => self.at = self.at.max(range.end),
            _ => {}
        }
    }

    fn comment(&mut self, range: TextRange) {
        let before = &self.text[..range.start as usize];
        let line = before.rfind('\n').map_or(before.trim_start_matches('\u{feff}'), |at| &before[at..]);
        let trailing = line.bytes().any(|b| !b.is_ascii_whitespace());
        self.built.comments.push(Comment { range, trailing });
    }

    fn byte(&self, at: u32) -> u8 {
        self.text.as_bytes().get(at as usize).copied().unwrap_or(0)
    }

    /// The first byte from `at` on that is neither white space nor in a comment, but not beyond `limit`.
    fn skip_blank(&self, mut at: u32, limit: u32) -> u32 {
        while at < limit {
            match self.byte(at) {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                0xEF if self.text[at as usize..].starts_with('\u{feff}') => at += 3,
                b'#' => {
                    while at < limit && self.byte(at) != b'\n' {
                        at += 1;
                    }
                }
                _ => break,
            }
        }
        at.min(limit)
    }

    /// As [`Self::skip_blank`], and behind anchors and tags too.
    fn skip_props(&self, mut at: u32, limit: u32) -> u32 {
        loop {
            at = self.skip_blank(at, limit);
            if at >= limit || !matches!(self.byte(at), b'&' | b'!') {
                return at;
            }
            while at < limit && !self.byte(at).is_ascii_whitespace() {
                at += 1;
            }
        }
    }

    /// Adds a node whose first byte (with its properties) is at `start`; its value may be moved by the caller.
    fn push(&mut self, shape: Shape, range: TextRange, start: u32, tag: Option<TextRange>) -> u32 {
        let id = self.built.len();
        let start = tag.map_or(start, |tag| tag.start.min(start));
        let (parent, role, slot) = match self.frames.last() {
            None => {
                self.built.documents.push(super::NodeId(id));
                (NONE, Role::Root, start)
            }
            Some(frame) => {
                let role = match (frame.mapping, frame.value_next) {
                    (false, _) => Role::Item,
                    (true, false) => Role::Key,
                    (true, true) => Role::Value,
                };
                (frame.node, role, self.slot(frame, start))
            }
        };
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.mapping) {
            frame.value_next = !frame.value_next;
        }
        let props = if tag.is_some() {
            self.built.props.push(Props { node: id, anchor: None, tag });
            index(self.built.props.len() - 1)
        } else {
            NONE
        };
        self.built.nodes.push(Data { shape, role, range, skip: id + 1, parent, slot, props, value: NONE });
        id
    }

    fn slot(&self, frame: &Frame, start: u32) -> u32 {
        let limit = index(self.text.len());
        if frame.mapping && frame.value_next {
            let at = self.skip_blank(self.at, limit);
            let ends = matches!(self.byte(at + 1), 0 | b' ' | b'\t' | b'\r' | b'\n');
            return if self.byte(at) == b':' && (frame.flow || ends) { at } else { NONE };
        }
        let mut at = self.skip_blank(self.at, start);
        if frame.flow && matches!(self.byte(at), b',' | b'[' | b'{') && at < start {
            at = self.skip_blank(at + 1, start);
        }
        let wanted = if frame.mapping { b'?' } else { b'-' };
        if at < start && (frame.mapping || !frame.flow) && self.byte(at) == wanted { at } else { start }
    }

    fn open(&mut self, mapping: bool, flow: bool, range: TextRange, tag: Option<TextRange>) {
        let shape = match (mapping, flow) {
            (true, true) => Shape::FlowMapping,
            (true, false) => Shape::BlockMapping,
            (false, true) => Shape::FlowSequence,
            (false, false) => Shape::BlockSequence,
        };
        let node = self.push(shape, range, range.start, tag);
        let mut range = range;
        if shape == Shape::BlockSequence {
            // The parser gives the first item instead of its dash when the dashes stand at the key's column.
            let data = &self.built.nodes[node as usize];
            let from = if data.role == Role::Root || data.slot == NONE {
                self.at
            } else {
                self.at.max(data.slot + 1)
            };
            let dash = self.skip_props(from, range.start);
            if self.byte(dash) == b'-' {
                range = TextRange::empty(dash);
                self.built.nodes[node as usize].range = range;
            }
        }
        let bracket = if flow && !range.is_empty() { self.byte(range.start) } else { 0 };
        self.frames.push(Frame { node, mapping, flow, value_next: false, bracket });
        self.at = if flow { range.end } else { self.at.max(range.start) };
    }

    fn close(&mut self, end: Option<TextRange>) {
        let Some(frame) = self.frames.pop() else { return };
        let skip = self.built.len();
        if frame.mapping && frame.value_next {
            // The parser stopped between a key and its value.
            self.frames.push(frame);
            let at = self.at;
            self.push(Shape::Scalar(ScalarStyle::Plain), TextRange::empty(at), at, None);
            return self.close(end);
        }
        let data = &mut self.built.nodes[frame.node as usize];
        data.skip = skip;
        let end = match end {
            Some(end) if frame.bracket != 0 => {
                self.at = end.end;
                end.end
            }
            _ => self.last.map_or(data.range.end, |last| last.end),
        };
        data.range = TextRange::new(data.range.start, end.max(data.range.start));
        self.last = Some(data.range);
    }

    fn anchor(&mut self, id: usize, range: TextRange) {
        let Some(node) = self.built.len().checked_sub(1) else { return };
        if self.anchors.len() <= id {
            self.anchors.resize(id + 1, NONE);
        }
        self.anchors[id] = node;
        let data = &mut self.built.nodes[node as usize];
        // A key, an item of a flow sequence or a root starts with its anchor.
        if data.slot != NONE && data.slot > range.start {
            data.slot = range.start;
        }
        if data.props == NONE {
            data.props = index(self.built.props.len());
            self.built.props.push(Props { node, anchor: Some(range), tag: None });
        } else {
            self.built.props[data.props as usize].anchor = Some(range);
        }
        self.at = self.at.max(range.end);
    }

    fn alias(&mut self, range: TextRange, target: u32) {
        let id = self.push(Shape::Alias, range, range.start, None);
        self.built.aliases.push(id);
        if target == NONE {
            self.bad_aliases.push(BadAlias::Undefined(range));
        } else if self.frames.iter().any(|frame| frame.node == target) {
            self.bad_aliases.push(BadAlias::Recursive(range));
        } else {
            self.built.nodes[id as usize].value = target;
        }
        self.at = range.end;
        self.last = Some(range);
    }
}
