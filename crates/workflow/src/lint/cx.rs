//! What a rule may look at.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

use stepladder_yaml::{Change, Kind, Node, Path, Scalar, ScalarStyle, TextEdit, TextRange, Tree};

use crate::expr::{self, Parsed, Segment};
use crate::lint::interface::Interfaces;
use crate::lint::rules;
use crate::lint::scope::{self, Owner, Wrong};
use crate::lint::torn::Torn;
use crate::model::{Action, Job, Step, Workflow};
use crate::schema::{self, Place, Tags, Widget};
use crate::{Env, FileKind};

/// One file, read in every way that rules need.
pub struct Cx<'a> {
    /// The text and its YAML.
    pub tree: &'a Tree,
    /// What the file is.
    pub kind: FileKind,
    /// The workflow; empty for an action.
    pub workflow: &'a Workflow,
    /// The action; empty for a workflow.
    pub action: &'a Action,
    /// Facts from outside.
    pub env: &'a Env,
    /// What each node is by the schema.
    pub tags: Tags<'a>,
    /// The expressions, in the order of [`Tags::places`].
    pub exprs: Vec<ExprAt<'a>>,
    pub(crate) interfaces: RefCell<Interfaces>,
    jobs: OnceCell<BTreeMap<String, usize>>,
    owners: OnceCell<Vec<Owner>>,
    pub(super) amended: Cell<u32>,
    wrong: OnceCell<Vec<Wrong>>,
    torn: OnceCell<Vec<Torn>>,
}

/// An expression and where it stands.
pub struct ExprAt<'a> {
    /// Index of its value in [`Cx::places`].
    pub place: usize,
    /// The scalar that it stands in, aliases resolved.
    pub node: Node<'a>,
    /// Its source, without `${{` and `}}`.
    pub source: &'a str,
    /// Where the source begins in the decoded text of the scalar.
    start: usize,
    /// From `${{` to `}}`, or the whole value of a bare condition, in the decoded text of the scalar.
    outer: TextRange,
    /// The source, parsed.
    pub parsed: Parsed,
    /// Whether the value is this expression and nothing else.
    pub whole: bool,
    /// Whether it has no `}}`.
    pub unclosed: bool,
}

impl ExprAt<'_> {
    /// A range of the source as one of the file.
    #[must_use]
    pub fn range(&self, range: TextRange) -> TextRange {
        if range.is_empty() {
            return TextRange::empty(self.node.offset_of(self.start + range.start as usize));
        }
        let last = self.source.get(..range.end as usize).and_then(|text| text.char_indices().next_back());
        let (at, width) = last.map_or((range.end as usize, 0), |(at, c)| (at, c.len_utf8()));
        let width = u32::try_from(width).unwrap_or_default();
        // The line break that a block ends with may not stand in the file.
        let end = self.node.offset_of(self.start + at) + width;
        TextRange::new(
            self.node.offset_of(self.start + range.start as usize),
            end.min(self.node.content_range().end),
        )
    }

    /// From `${{` to `}}`, or the whole value of a bare condition, in bytes of the file.
    #[must_use]
    pub fn outer(&self) -> TextRange {
        if self.outer.start as usize == self.start {
            return self.range(TextRange::new(0, self.outer.len()));
        }
        let [start, end] = [self.outer.start, self.outer.end].map(|at| self.node.offset_of(at as usize));
        TextRange::new(start, end.min(self.node.content_range().end))
    }

    /// Whether it asks for a value of this context.
    pub(crate) fn asks(&self, context: &str) -> bool {
        let is = |part: &expr::Expr| matches!(&part.kind, expr::ExprKind::Context(name) if name.is(context));
        self.parsed.ast.as_ref().is_some_and(|ast| ast.any(&is))
    }

    /// A change of the source as one of the file, in the quotes that the value has there; `None` where it cannot be written so.
    pub(crate) fn edit(&self, change: &Change) -> Option<TextEdit> {
        let content = self.node.content_range();
        let line = || !self.node.tree().slice(content).contains('\n');
        let style = self.node.scalar_style()?;
        let insert = match style {
            ScalarStyle::SingleQuoted if line() => change.insert.replace('\'', "''"),
            ScalarStyle::DoubleQuoted if line() => change.insert.replace('\\', "\\\\").replace('"', "\\\""),
            _ if !self.editable() => return None,
            ScalarStyle::Plain if [": ", " #"].iter().any(|sign| change.insert.contains(sign)) => {
                return None;
            }
            _ => change.insert.clone(),
        };
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        // A sign of a quoted text may be two in the file.
        let place = |at: u32| self.node.offset_of(self.start + at as usize);
        let range = if quoted {
            TextRange::new(place(change.range.start), place(change.range.end))
        } else {
            self.range(change.range)
        };
        // No plain text begins with a quote.
        let first = range.start == content.start && insert.starts_with(|c: char| !c.is_ascii_alphanumeric());
        if first && style == ScalarStyle::Plain {
            return None;
        }
        Some(TextEdit::replace(range, insert))
    }

    /// Whether the source stands in the file byte by byte, so that edits of it may be made there.
    #[must_use]
    pub fn editable(&self) -> bool {
        let range = self.range(TextRange::new(0, u32::try_from(self.source.len()).unwrap_or(u32::MAX)));
        self.node.tree().slice(range) == self.source
    }
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        tree: &'a Tree,
        kind: FileKind,
        workflow: &'a Workflow,
        action: &'a Action,
        env: &'a Env,
    ) -> Self {
        let root = match kind {
            FileKind::Workflow => schema::WORKFLOW,
            FileKind::Action => schema::ACTION,
        };
        let tags = Tags::new(tree, root);
        let marks = Marks::of(tree);
        let mut exprs = Vec::new();
        for (at, place) in tags.places.iter().enumerate() {
            collect(at, place, &marks, &mut exprs);
        }
        Self {
            tree,
            kind,
            workflow,
            action,
            env,
            tags,
            exprs,
            interfaces: RefCell::default(),
            jobs: OnceCell::new(),
            owners: OnceCell::new(),
            amended: Cell::new(0),
            wrong: OnceCell::new(),
            torn: OnceCell::new(),
        }
    }

    /// Every node that the grammar reaches, with what it is; the root first, parents before children.
    #[must_use]
    pub fn places(&self) -> &[Place<'a>] {
        &self.tags.places
    }

    /// The place in the list of jobs of the one with this id; case does not count. As [`Workflow::job`], but without a
    /// search.
    pub(crate) fn job(&self, id: &str) -> Option<usize> {
        let jobs = self.jobs.get_or_init(|| {
            let ids = || self.workflow.jobs.iter().enumerate().rev();
            let lower = ids().map(|(at, job)| (job.id.value.to_ascii_lowercase(), at));
            // What is written so comes before what is written so but for its case.
            lower.chain(ids().map(|(at, job)| (job.id.value.clone(), at))).collect()
        });
        jobs.get(id).or_else(|| jobs.get(&id.to_ascii_lowercase())).copied()
    }

    /// The job and the step of each place, in the order of [`Cx::places`].
    pub(crate) fn owners(&self) -> &[Owner] {
        self.owners.get_or_init(|| scope::owners(self))
    }

    /// What is wrong in the expressions, apart from their syntax.
    pub(crate) fn wrong(&self) -> &[Wrong] {
        self.wrong.get_or_init(|| scope::check_all(self))
    }

    /// The lines that could not be read.
    pub(super) fn torn(&self) -> &[Torn] {
        self.torn.get_or_init(|| Torn::all(self))
    }

    /// Whether a value that lacks its quotes stands where any text may stand, so that it names nothing for others.
    pub(crate) fn is_mere_text(&self, broken: TextRange) -> bool {
        const TEXTS: [&str; 7] =
            ["name", "run-name", "run", "if", "description", "working-directory", "shell"];
        let unquoted = || self.tree.unquoted().contains(&broken);
        let is = |place: &Place<'_>| {
            let inside = self.parent(place).and_then(|parent| parent.field).map(|field| field.key);
            let free = matches!(inside, Some("env" | "with")) && place.key.is_some();
            let named = place.field.is_some_and(|field| TEXTS.contains(&field.key));
            place.node.range().start == broken.start && (free || named)
        };
        unquoted() && self.places().iter().any(is)
    }

    /// The lists of steps: those of each job, or that of a composite action, which has no job.
    pub fn step_lists(&self) -> impl Iterator<Item = (Option<&'a Job>, &'a [Step])> {
        let action = (self.kind == FileKind::Action).then_some((None, self.action.steps.as_slice()));
        self.workflow.jobs.iter().map(|job| (Some(job), job.steps.as_slice())).chain(action)
    }

    /// All steps, of jobs or of a composite action.
    pub fn steps(&self) -> impl Iterator<Item = &'a Step> {
        self.step_lists().flat_map(|(_, steps)| steps)
    }

    /// Whether the mapping at `path` has a key of that name, whatever its value is; case does not count.
    pub(crate) fn has_key(&self, path: &Path, name: &str) -> bool {
        self.tree.at(path).is_some_and(|node| {
            let mut names = node.resolve().entries().filter_map(|entry| entry.key.as_str());
            names.any(|key| key.eq_ignore_ascii_case(name))
        })
    }

    /// The mapping or list around a place.
    #[must_use]
    pub fn parent(&self, place: &Place<'a>) -> Option<&Place<'a>> {
        self.tags.places.get(place.parent)
    }
}

/// Where `${{` stands in the file.
struct Marks(Vec<usize>);

impl Marks {
    fn of(tree: &Tree) -> Self {
        Self(memchr::memmem::find_iter(tree.text().as_bytes(), "${{").collect())
    }

    /// Whether the text of a scalar may hold an expression. Only in double quotes it can say what does not stand there.
    fn may_be_in(&self, node: Node<'_>) -> bool {
        let range = node.range();
        let next = self.0.partition_point(|mark| *mark < range.start as usize);
        self.0.get(next).is_some_and(|mark| *mark < range.end as usize)
            || node.scalar_style() == Some(ScalarStyle::DoubleQuoted)
    }
}

fn collect<'a>(at: usize, place: &Place<'a>, marks: &Marks, out: &mut Vec<ExprAt<'a>>) {
    if let Some(key) = place.key.filter(|key| !place.through_alias && marks.may_be_in(*key)) {
        in_node(at, key, false, true, out);
    }
    let condition = place.field.is_some_and(|field| field.widget == Widget::Condition);
    let node = place.node.resolve();
    // What YAML has cut the `!` from is another condition than the one that is meant.
    let cut = condition && rules::is_negation(&node);
    if !cut && (condition || marks.may_be_in(node)) {
        in_node(at, node, condition, false, out);
    }
}

fn in_node<'a>(at: usize, node: Node<'a>, condition: bool, is_key: bool, out: &mut Vec<ExprAt<'a>>) {
    let Some(text) = (node.kind() == Kind::Scalar).then(|| node.as_str()).flatten() else { return };
    let mut add = |inner: TextRange, outer: TextRange, whole: bool, unclosed: bool| {
        let Some(source) = text.get(inner.to_usize()) else { return };
        // `${{ insert }}` as a key is no expression: it puts the entries of its value into the mapping.
        if is_key && source.trim() == "insert" {
            return;
        }
        let (start, parsed) = (inner.start as usize, expr::parse(source));
        out.push(ExprAt { place: at, node, source, start, outer, parsed, whole, unclosed });
    };
    if condition && !expr::has_expression(text) {
        // `False` and `~` are what YAML makes of them, and no words of an expression.
        let literal = matches!(node.scalar(), Some(Scalar::Bool(_) | Scalar::Null))
            && !matches!(text, "true" | "false" | "null");
        if !text.trim().is_empty() && !literal {
            let all = TextRange::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
            add(all, all, true, false);
        }
        return;
    }
    if !expr::has_expression(text) {
        return;
    }
    let segments = expr::segments(text);
    let whole = segments.len() == 1 && !is_key;
    for segment in segments {
        match segment {
            Segment::Text(_) => {}
            Segment::Expression { outer, inner } => add(inner, outer, whole, false),
            Segment::Unclosed { outer, inner } => add(inner, outer, whole, true),
        }
    }
}
