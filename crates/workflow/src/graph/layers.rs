//! From needs to columns: which edges close a circle, which column each card stands in, and where long edges pass.

use std::collections::HashMap;

use super::{EdgeKind, Input, Metrics, Size};

/// An edge between two cards.
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: EdgeKind,
}

/// Who waits for whom.
pub(super) struct Links {
    pub(super) edges: Vec<Link>,
    /// By card: needs that name no job.
    pub(super) unknown: Vec<Vec<String>>,
}

/// A card, or a point at which a long edge passes a column.
pub(super) struct Vertex {
    pub(super) layer: usize,
    pub(super) real: bool,
    /// The card, or the card at which the long edge starts.
    pub(super) card: usize,
    pub(super) size: Size,
    pub(super) before: Vec<usize>,
    pub(super) after: Vec<usize>,
}

/// Cards and passing points by column; every connection goes from a column to the next.
pub(super) struct Net {
    /// The cards first, in the order given; then passing points.
    pub(super) vertices: Vec<Vertex>,
    /// By column: vertices from the top.
    pub(super) layers: Vec<Vec<usize>>,
    /// By edge of [`Links`]: the passing points between its ends.
    pub(super) passing: Vec<Vec<usize>>,
}

/// Finds every edge; jobs that wait for none wait for the triggers (card 0). Ids are compared as GitHub does, without
/// case; of two jobs with the same id the one that is written so is meant, or else the first.
pub(super) fn links(cards: &[Input]) -> Links {
    let (mut by_id, mut by_any_case) = (HashMap::new(), HashMap::new());
    for (at, card) in cards.iter().enumerate().filter(|(_, card)| card.job.is_some()) {
        by_id.entry(card.id.as_str()).or_insert(at);
        by_any_case.entry(card.id.to_ascii_lowercase()).or_insert(at);
    }
    let mut edges: Vec<Link> = Vec::new();
    let mut unknown = vec![Vec::new(); cards.len()];
    let mut sources: Vec<Vec<usize>> = vec![Vec::new(); cards.len()];
    for (to, card) in cards.iter().enumerate() {
        for need in &card.needs {
            match by_id.get(need.as_str()).or_else(|| by_any_case.get(&need.to_ascii_lowercase())) {
                Some(from) if !sources[to].contains(from) => sources[to].push(*from),
                Some(_) => {}
                None if !unknown[to].contains(need) => unknown[to].push(need.clone()),
                None => {}
            }
        }
    }
    let closing = closing_edges(&sources);
    for (to, from) in sources.iter().enumerate().skip(1) {
        let mut waits = false;
        for from in from {
            let cycle = closing[to].contains(from);
            waits |= !cycle;
            let kind = if cycle { EdgeKind::Cycle } else { EdgeKind::Need };
            edges.push(Link { from: *from, to, kind });
        }
        // A job that nothing but a circle or a missing job holds back still hangs on the triggers, so that it is seen.
        if !waits {
            edges.push(Link { from: 0, to, kind: EdgeKind::Trigger });
        }
    }
    Links { edges, unknown }
}

/// By card: those of its sources that would close a circle, found by a walk in the order of the file.
fn closing_edges(sources: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut closing = vec![Vec::new(); sources.len()];
    let mut marks = vec![Mark::New; sources.len()];
    for root in 0..sources.len() {
        let mut stack = vec![(root, 0)];
        while let Some((card, next)) = stack.pop() {
            if next == 0 {
                if marks[card] != Mark::New {
                    continue;
                }
                marks[card] = Mark::Open;
            }
            let Some(source) = sources[card].get(next) else {
                marks[card] = Mark::Done;
                continue;
            };
            stack.push((card, next + 1));
            match marks[*source] {
                Mark::New => stack.push((*source, 0)),
                Mark::Open => closing[card].push(*source),
                Mark::Done => {}
            }
        }
    }
    closing
}

/// Puts every card into the column after the last one it waits for (a later one where that is full), and passing points
/// into the columns between.
pub(super) fn net(cards: &[Input], links: &Links, metrics: &Metrics) -> Net {
    let mut layer_of = columns(cards.len(), links);
    spread(&mut layer_of, links, metrics.most);
    let mut vertices: Vec<Vertex> = cards
        .iter()
        .enumerate()
        .map(|(card, input)| Vertex {
            layer: layer_of[card],
            real: true,
            card,
            size: input.size,
            before: Vec::new(),
            after: Vec::new(),
        })
        .collect();

    // Long edges from one card share their way, as long as it is the same.
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    let mut passing = Vec::with_capacity(links.edges.len());
    for link in &links.edges {
        let mut way = Vec::new();
        if link.kind != EdgeKind::Cycle {
            let mut last = link.from;
            for layer in layer_of[link.from] + 1..layer_of[link.to] {
                let at = *shared.entry((link.from, layer)).or_insert_with(|| {
                    vertices.push(Vertex {
                        layer,
                        real: false,
                        card: link.from,
                        size: Size { width: 0.0, height: metrics.lane_gap },
                        before: Vec::new(),
                        after: Vec::new(),
                    });
                    vertices.len() - 1
                });
                connect(&mut vertices, last, at);
                way.push(at);
                last = at;
            }
            connect(&mut vertices, last, link.to);
        }
        passing.push(way);
    }

    let count = layer_of.iter().max().map_or(0, |last| last + 1);
    let mut layers = vec![Vec::new(); count];
    for (at, vertex) in vertices.iter().enumerate() {
        layers[vertex.layer].push(at);
    }
    for layer in &mut layers {
        layer.sort_by_key(|at| (vertices[*at].card, *at));
        // The way from the triggers to what has flowed over runs straight on, through the middle; where that would push
        // jobs aside which others wait for, past their end.
        if let Some(way) = layer.iter().position(|at| !vertices[*at].real && vertices[*at].card == 0) {
            let way = layer.remove(way);
            let middle = layer.iter().all(|at| is_alone(&vertices, *at));
            layer.insert(if middle { layer.len() / 2 } else { layer.len() }, way);
        }
    }
    Net { vertices, layers, passing }
}

/// Whether that is a job on its own, started by the triggers and awaited by none, or the way to such jobs.
pub(super) fn is_alone(vertices: &[Vertex], at: usize) -> bool {
    let v = &vertices[at];
    if !v.real {
        return v.card == 0;
    }
    v.card != 0 && v.after.is_empty() && v.before.iter().all(|before| vertices[*before].card == 0)
}

fn connect(vertices: &mut [Vertex], from: usize, to: usize) {
    if !vertices[from].after.contains(&to) {
        vertices[from].after.push(to);
        vertices[to].before.push(from);
    }
}

/// The longest way from the triggers, by card.
fn columns(cards: usize, links: &Links) -> Vec<usize> {
    let mut waiting = vec![0usize; cards];
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); cards];
    for link in links.edges.iter().filter(|link| link.kind != EdgeKind::Cycle) {
        waiting[link.to] += 1;
        after[link.from].push(link.to);
    }
    let mut column = vec![0; cards];
    let mut ready: Vec<usize> = (0..cards).filter(|card| waiting[*card] == 0).collect();
    while let Some(card) = ready.pop() {
        for next in &after[card] {
            column[*next] = column[*next].max(column[card] + 1);
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    column
}

/// Lets columns of more than `most` cards flow over into those after them, in equal parts. Only jobs go that nothing
/// waits for: no other card has to move for them. Those that the triggers start go before those that stand beside what they
/// wait for; where these are enough, no more of them go than are too many, so that one job more moves no other.
fn spread(column: &mut [usize], links: &Links, most: usize) {
    let (mut last, mut started) = (vec![true; column.len()], vec![false; column.len()]);
    for link in links.edges.iter().filter(|link| link.kind != EdgeKind::Cycle) {
        last[link.from] = false;
        started[link.to] |= link.kind == EdgeKind::Trigger;
    }
    let mut here = 1;
    loop {
        let cards: Vec<usize> = (0..column.len()).filter(|card| column[*card] == here).collect();
        if cards.is_empty() {
            return;
        }
        let parts = cards.len().div_ceil(most.max(1));
        let equal = cards.len() - cards.len().div_ceil(parts);
        let mut free: Vec<usize> = cards.iter().copied().filter(|card| last[*card]).collect();
        free.sort_by_key(|card| started[*card]);
        let over = cards.len().saturating_sub(most.max(1));
        let alone = free.iter().filter(|card| started[**card]).count();
        let goes = if (over..cards.len()).contains(&alone) { over } else { equal.min(free.len()) };
        for card in &free[free.len() - goes..] {
            column[*card] = here + 1;
        }
        here += 1;
    }
}
