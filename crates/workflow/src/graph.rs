//! Triggers and jobs as cards from left to right, with an edge for every `needs`: a layout, pure and deterministic.
//!
//! Jobs stand in the column after the last job that they need (or after a full column, when nothing waits for them); within
//! a column they keep the order of the file unless
//! another order has fewer crossings. Sizes of cards come from the caller, so that what is laid out is what is drawn.

mod layers;
mod order;
mod place;
mod route;
mod words;

use stepladder_yaml::{Path, path};

use crate::model::{Job, Workflow};

pub use words::{Words, trigger_in_words};

/// A place, in the caller's unit (CSS pixels); y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// Width and height of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width, above 0.
    pub width: f64,
    /// Height, above 0.
    pub height: f64,
}

/// Which way the graph runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// From left to right: ranks are columns.
    #[default]
    Right,
    /// From top to bottom: ranks are rows.
    Down,
}

/// Distances of the layout, in the caller's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Which way it runs.
    pub flow: Flow,
    /// Between two ranks; edges bend here.
    pub column_gap: f64,
    /// Between two cards of a rank.
    pub row_gap: f64,
    /// Between an edge that passes a rank and its neighbours.
    pub lane_gap: f64,
    /// Around the whole.
    pub margin: f64,
    /// So many cards stand in a rank, at least 1; jobs beyond that for which none waits stand in the ranks after it.
    pub most: usize,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { flow: Flow::Right, column_gap: 72.0, row_gap: 24.0, lane_gap: 14.0, margin: 32.0, most: 12 }
    }
}

/// What a card stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card<'w> {
    /// All triggers of the workflow.
    Triggers(&'w Workflow),
    /// One job.
    Job(&'w Job),
}

/// A card with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphNode {
    /// Position in [`Workflow::jobs`]; `None` for the triggers.
    pub job: Option<usize>,
    /// The job's [key](Job::key), mostly its id; empty for the triggers.
    pub id: String,
    /// The job's path, or `on`.
    pub path: Path,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width, as the caller said.
    pub width: f64,
    /// Height, as the caller said.
    pub height: f64,
    /// Rank along the flow; the triggers are 0, jobs without needs 1, or more when that is full.
    pub column: usize,
    /// Position in the rank, from the top (the left, when the graph runs down).
    pub row: usize,
    /// What the job needs and no job is called.
    pub unknown_needs: Vec<String>,
}

impl GraphNode {
    /// The middle of the card.
    #[must_use]
    pub fn center(&self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// Where edges leave the card (`out`), or where they reach it.
    #[must_use]
    pub fn port(&self, flow: Flow, out: bool) -> Point {
        let center = self.center();
        match (flow, out) {
            (Flow::Right, true) => Point { x: self.x + self.width, y: center.y },
            (Flow::Right, false) => Point { x: self.x, y: center.y },
            (Flow::Down, true) => Point { x: center.x, y: self.y + self.height },
            (Flow::Down, false) => Point { x: center.x, y: self.y },
        }
    }
}

/// Why there is an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// The triggers start this job: it needs no other.
    Trigger,
    /// The job at the end needs the job at the start.
    Need,
    /// A need that closes a circle; it runs back, beside the cards.
    Cycle,
}

/// An edge, from the end of a card (its right side, or its lower one) to the start of another.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphEdge {
    /// Index of the card that comes first.
    pub from: usize,
    /// Index of the card that waits.
    pub to: usize,
    /// Why.
    pub kind: EdgeKind,
    /// Where it runs: the corners of the line, to be drawn with [`GraphEdge::svg`].
    pub points: Vec<Point>,
    /// Which way the graph runs.
    pub flow: Flow,
}

impl GraphEdge {
    /// The `d` of an SVG path through the points: straight inside columns, bent between them.
    #[must_use]
    pub fn svg(&self) -> String {
        match self.kind {
            EdgeKind::Cycle => route::rounded(&self.points),
            EdgeKind::Trigger | EdgeKind::Need => route::smooth(&self.points, self.flow),
        }
    }
}

/// A way to travel from card to card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the card above in the same rank; against the flow when the graph runs down.
    Up,
    /// To the card below in the same rank; with the flow when the graph runs down.
    Down,
    /// To what this card waits for, or the nearest card in the rank before; across when the graph runs down.
    Left,
    /// To what waits for this card, or the nearest card in the rank after; across when the graph runs down.
    Right,
}

/// The layout. Node 0 is always the triggers' card; then the jobs in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Cards.
    pub nodes: Vec<GraphNode>,
    /// Edges, by the waiting job in the order of the file.
    pub edges: Vec<GraphEdge>,
    /// Width with margins.
    pub width: f64,
    /// Height with margins.
    pub height: f64,
    /// Which way it runs.
    pub flow: Flow,
}

impl Graph {
    /// The layout with cards of one size, for previews and text.
    #[must_use]
    pub fn new(workflow: &Workflow) -> Self {
        Self::with(workflow, &Metrics::default(), |_| Size { width: 220.0, height: 72.0 })
    }

    /// The layout with cards as large as `size` says.
    #[must_use]
    pub fn with(workflow: &Workflow, metrics: &Metrics, size: impl Fn(Card<'_>) -> Size) -> Self {
        let mut cards = vec![Input {
            job: None,
            id: String::new(),
            path: path!["on"],
            needs: Vec::new(),
            size: size(Card::Triggers(workflow)),
        }];
        cards.extend(workflow.jobs.iter().enumerate().map(|(at, job)| Input {
            job: Some(at),
            id: job.key().to_owned(),
            path: job.path.clone(),
            needs: job.needs.iter().map(|need| need.value.clone()).collect(),
            size: size(Card::Job(job)),
        }));
        lay_out(cards, metrics)
    }

    /// The index of the job's card.
    #[must_use]
    pub fn job(&self, id: &str) -> Option<usize> {
        let find = |is_it: &dyn Fn(&str) -> bool| {
            self.nodes.iter().position(|node| node.job.is_some() && is_it(&node.id))
        };
        find(&|own| own == id).or_else(|| find(&|own| own.eq_ignore_ascii_case(id)))
    }

    /// The index of the card that `path` is or lies in.
    #[must_use]
    pub fn node_at(&self, path: &Path) -> Option<usize> {
        self.nodes.iter().position(|node| node.path.contains(path))
    }

    /// The card that an arrow key leads to.
    #[must_use]
    pub fn neighbour(&self, from: usize, direction: Direction) -> Option<usize> {
        let here = self.nodes.get(from)?;
        let beside =
            |row: usize| self.nodes.iter().position(|node| node.column == here.column && node.row == row);
        let along = match (self.flow, direction) {
            (Flow::Right, direction) => direction,
            (Flow::Down, Direction::Up) => Direction::Left,
            (Flow::Down, Direction::Down) => Direction::Right,
            (Flow::Down, Direction::Left) => Direction::Up,
            (Flow::Down, Direction::Right) => Direction::Down,
        };
        match along {
            Direction::Up => here.row.checked_sub(1).and_then(beside),
            Direction::Down => beside(here.row + 1),
            Direction::Left => {
                let before = self.edges.iter().filter(|e| e.to == from && e.kind != EdgeKind::Cycle);
                self.nearest(here, before.map(|e| e.from))
                    .or_else(|| self.nearest(here, self.column(here.column.checked_sub(1)?)))
            }
            Direction::Right => {
                let after = self.edges.iter().filter(|e| e.from == from && e.kind != EdgeKind::Cycle);
                self.nearest(here, after.map(|e| e.to))
                    .or_else(|| self.nearest(here, self.column(here.column + 1)))
            }
        }
    }

    fn column(&self, column: usize) -> impl Iterator<Item = usize> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.column == column).map(|(at, _)| at)
    }

    fn nearest(&self, here: &GraphNode, among: impl Iterator<Item = usize>) -> Option<usize> {
        let far = |at: usize| {
            let (there, here) = (self.nodes[at].center(), here.center());
            match self.flow {
                Flow::Right => (there.y - here.y).abs(),
                Flow::Down => (there.x - here.x).abs(),
            }
        };
        let columns = |at: usize| self.nodes[at].column.abs_diff(here.column);
        among.min_by(|a, b| {
            (columns(*a), far(*a)).partial_cmp(&(columns(*b), far(*b))).unwrap_or(std::cmp::Ordering::Equal)
        })
    }
}

/// A card before it has a place.
struct Input {
    job: Option<usize>,
    id: String,
    path: Path,
    needs: Vec<String>,
    size: Size,
}

fn lay_out(mut cards: Vec<Input>, metrics: &Metrics) -> Graph {
    if metrics.flow == Flow::Right {
        return lay_out_right(cards, metrics);
    }
    // A graph that runs down is one that runs right, seen in the mirror of its diagonal.
    let turned = |size: Size| Size { width: size.height, height: size.width };
    for card in &mut cards {
        card.size = turned(card.size);
    }
    let mut graph = lay_out_right(cards, metrics);
    for node in &mut graph.nodes {
        (node.x, node.y, node.width, node.height) = (node.y, node.x, node.height, node.width);
    }
    for edge in &mut graph.edges {
        edge.flow = Flow::Down;
        for point in &mut edge.points {
            *point = Point { x: point.y, y: point.x };
        }
    }
    Graph { width: graph.height, height: graph.width, flow: Flow::Down, ..graph }
}

fn lay_out_right(cards: Vec<Input>, metrics: &Metrics) -> Graph {
    let links = layers::links(&cards);
    let mut net = layers::net(&cards, &links, metrics);
    order::reduce_crossings(&mut net);
    let placed = place::place(&net, metrics);
    let edges = route::edges(&net, &links, &placed, metrics);

    let width = placed.columns.last().map_or(0.0, |column| column.x + column.width) + metrics.margin;
    let lowest = edges.iter().flat_map(|edge| &edge.points).map(|point| point.y);
    let height = lowest.fold(placed.height, f64::max) + metrics.margin;
    let nodes = cards
        .into_iter()
        .zip(links.unknown)
        .enumerate()
        .map(|(at, (card, unknown_needs))| {
            let vertex = &net.vertices[at];
            GraphNode {
                job: card.job,
                id: card.id,
                path: card.path,
                x: placed.columns[vertex.layer].x,
                y: placed.top[at],
                width: card.size.width,
                height: card.size.height,
                column: vertex.layer,
                row: net.layers[vertex.layer]
                    .iter()
                    .filter(|v| net.vertices[**v].real)
                    .position(|v| *v == at)
                    .unwrap_or_default(),
                unknown_needs,
            }
        })
        .collect();
    Graph { nodes, edges, width, height, flow: Flow::Right }
}

#[cfg(test)]
mod tests;
