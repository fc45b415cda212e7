//! Coordinates: columns beside each other, cards at the height of what they are joined with, never overlapping.

use super::Metrics;
use super::layers::{Net, is_alone};

/// Left edge and width of a column.
pub(super) struct Column {
    pub(super) x: f64,
    pub(super) width: f64,
}

/// Where everything stands.
pub(super) struct Placed {
    pub(super) columns: Vec<Column>,
    /// Upper edge by vertex.
    pub(super) top: Vec<f64>,
    /// Lower edge of the lowest vertex.
    pub(super) height: f64,
}

pub(super) fn place(net: &Net, metrics: &Metrics) -> Placed {
    let mut x = metrics.margin;
    let mut columns = Vec::with_capacity(net.layers.len());
    for layer in &net.layers {
        let width = layer.iter().map(|v| net.vertices[*v].size.width).fold(0.0, f64::max);
        columns.push(Column { x, width });
        x += width + metrics.column_gap;
    }

    let weights: Vec<f64> = (0..net.vertices.len()).map(|v| weight(net, v)).collect();
    let mut top = vec![0.0; net.vertices.len()];
    for layer in &net.layers {
        let wish = vec![0.0; layer.len()];
        settle(net, layer, &wish, &weights, metrics, &mut top);
    }
    for pass in 0..6 {
        let forward = pass % 2 == 0;
        let last = net.layers.len().saturating_sub(1);
        for step in 0..net.layers.len() {
            let layer = &net.layers[if forward { step } else { last - step }];
            let wish: Vec<f64> = layer.iter().map(|v| wish(net, *v, &weights, &top, forward)).collect();
            settle(net, layer, &wish, &weights, metrics, &mut top);
        }
    }

    let least = top.iter().copied().fold(f64::INFINITY, f64::min);
    let mut height = metrics.margin;
    for (vertex, top) in net.vertices.iter().zip(&mut top) {
        // What weighs next to nothing must not tip a half to the other side.
        *top = (*top - least + metrics.margin + 0.01).round();
        height = height.max(*top + vertex.size.height);
    }
    Placed { columns, top, height }
}

/// How much a vertex counts where cards make room for each other. A job on its own counts next to nothing: it stands where
/// there is room, and when it is added or taken away nothing else moves.
fn weight(net: &Net, vertex: usize) -> f64 {
    if is_alone(&net.vertices, vertex) {
        return 1e-6;
    }
    // Long edges run straight rather than cards stand in the middle.
    if net.vertices[vertex].real { 1.0 } else { 2.0 }
}

/// The centre that a vertex would like: the mean of its neighbours' on one side, else its own.
fn wish(net: &Net, vertex: usize, weights: &[f64], top: &[f64], forward: bool) -> f64 {
    let v = &net.vertices[vertex];
    let center = |v: usize| top[v] + net.vertices[v].size.height / 2.0;
    let side = if forward { &v.before } else { &v.after };
    let (mut sum, mut weight) = (0.0, 0.0);
    for n in side {
        // Edges between passing points are kept straight first.
        let straight = if net.vertices[*n].real || v.real { 1.0 } else { 8.0 };
        let pull = straight * weights[*n].min(1.0);
        sum += pull * center(*n);
        weight += pull;
    }
    if weight > 0.0 { sum / weight } else { center(vertex) }
}

/// Moves the vertices of a column as little as possible from their wished centres so that none overlap (least squares
/// under a fixed order: pool adjacent violators).
fn settle(net: &Net, layer: &[usize], wish: &[f64], weights: &[f64], metrics: &Metrics, top: &mut [f64]) {
    struct Pool {
        sum: f64,
        weight: f64,
        count: usize,
    }
    let mut offsets = Vec::with_capacity(layer.len());
    let mut offset = 0.0;
    let mut pools: Vec<Pool> = Vec::with_capacity(layer.len());
    for (row, vertex) in layer.iter().enumerate() {
        let v = &net.vertices[*vertex];
        if row > 0 {
            let above = &net.vertices[layer[row - 1]];
            offset +=
                above.size.height + if v.real && above.real { metrics.row_gap } else { metrics.lane_gap };
        }
        offsets.push(offset);
        let weight = weights[*vertex];
        let wanted = wish[row] - v.size.height / 2.0 - offset;
        let mut pool = Pool { sum: wanted * weight, weight, count: 1 };
        while let Some(above) = pools.last() {
            if above.sum / above.weight < pool.sum / pool.weight {
                break;
            }
            pool.sum += above.sum;
            pool.weight += above.weight;
            pool.count += above.count;
            pools.pop();
        }
        pools.push(pool);
    }
    let mut row = 0;
    for pool in pools {
        let base = pool.sum / pool.weight;
        for _ in 0..pool.count {
            top[layer[row]] = base + offsets[row];
            row += 1;
        }
    }
}
