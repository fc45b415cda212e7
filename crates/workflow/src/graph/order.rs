//! Order within the columns: as in the file, unless another order has fewer crossings.

use super::layers::Net;

/// Beyond this many vertices fewer passes are made, so that a large file is laid out within a frame.
const LARGE: usize = 600;

/// Reorders the columns. A tie is won by the order of the file, so that a small edit does not shuffle cards.
pub(super) fn reduce_crossings(net: &mut Net) {
    let mut rank = vec![0usize; net.vertices.len()];
    set_ranks(&net.layers, &mut rank);
    let mut best = crossings(net, &rank);
    let passes = if net.vertices.len() > LARGE { 2 } else { 8 };
    let mut layers = net.layers.clone();
    for pass in 0..passes {
        if best == 0 {
            break;
        }
        let forward = pass % 2 == 0;
        let order: Vec<usize> = if forward {
            (1..layers.len()).collect()
        } else {
            (0..layers.len().saturating_sub(1)).rev().collect()
        };
        for at in order {
            sort_by_neighbours(net, &mut layers[at], &mut rank, forward);
        }
        if net.vertices.len() <= LARGE {
            swap_neighbours(net, &mut layers, &mut rank);
        }
        let now = crossings(net, &rank);
        if now < best {
            best = now;
            net.layers.clone_from(&layers);
        }
    }
}

fn set_ranks(layers: &[Vec<usize>], rank: &mut [usize]) {
    for layer in layers {
        for (row, vertex) in layer.iter().enumerate() {
            rank[*vertex] = row;
        }
    }
}

fn sort_by_neighbours(net: &Net, layer: &mut [usize], rank: &mut [usize], forward: bool) {
    let mut keyed: Vec<(f64, usize)> = layer
        .iter()
        .map(|vertex| {
            let v = &net.vertices[*vertex];
            let neighbours = if forward { &v.before } else { &v.after };
            let mean = if neighbours.is_empty() {
                as_f64(rank[*vertex])
            } else {
                neighbours.iter().map(|n| as_f64(rank[*n])).sum::<f64>() / as_f64(neighbours.len())
            };
            (mean, *vertex)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (row, (_, vertex)) in keyed.into_iter().enumerate() {
        layer[row] = vertex;
        rank[vertex] = row;
    }
}

/// Swaps neighbours of a column wherever that alone saves crossings.
fn swap_neighbours(net: &Net, layers: &mut [Vec<usize>], rank: &mut [usize]) {
    for layer in layers.iter_mut().filter(|layer| layer.len() < 64) {
        for row in 1..layer.len() {
            let (upper, lower) = (layer[row - 1], layer[row]);
            let (u, l) = (&net.vertices[upper], &net.vertices[lower]);
            let kept = inversions(&u.before, &l.before, rank) + inversions(&u.after, &l.after, rank);
            let swapped = inversions(&l.before, &u.before, rank) + inversions(&l.after, &u.after, rank);
            if swapped < kept {
                layer.swap(row - 1, row);
                rank.swap(upper, lower);
            }
        }
    }
}

fn inversions(upper: &[usize], lower: &[usize], rank: &[usize]) -> usize {
    upper.iter().map(|u| lower.iter().filter(|l| rank[**l] < rank[*u]).count()).sum()
}

/// Number of crossings between neighbouring columns, with a Fenwick tree per column.
pub(super) fn crossings(net: &Net, rank: &[usize]) -> usize {
    let mut total = 0;
    for layer in 1..net.layers.len() {
        let left = net.layers[layer - 1].len();
        let mut tree = vec![0usize; left + 1];
        let mut seen = 0;
        let mut right: Vec<usize> = net.layers[layer].clone();
        right.sort_by_key(|vertex| rank[*vertex]);
        for vertex in right {
            let before = &net.vertices[vertex].before;
            for source in before {
                let mut at = rank[*source] + 1;
                let mut not_above = 0;
                while at > 0 {
                    not_above += tree[at];
                    at &= at - 1;
                }
                total += seen - not_above;
            }
            for source in before {
                let mut at = rank[*source] + 1;
                while at <= left {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
                seen += 1;
            }
        }
    }
    total
}

#[allow(clippy::cast_precision_loss)]
fn as_f64(n: usize) -> f64 {
    n as f64
}
