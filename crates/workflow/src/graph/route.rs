//! Lines: straight through columns, bent in the gaps between them, and around the cards for circles.

use std::fmt::Write as _;

use super::layers::{Links, Net};
use super::place::Placed;
use super::{EdgeKind, Flow, GraphEdge, Metrics, Point};

pub(super) fn edges(net: &Net, links: &Links, placed: &Placed, metrics: &Metrics) -> Vec<GraphEdge> {
    let mut lanes = 0;
    links
        .edges
        .iter()
        .zip(&net.passing)
        .map(|(link, passing)| {
            let start = port(net, placed, link.from, true);
            let end = port(net, placed, link.to, false);
            let points = if link.kind == EdgeKind::Cycle {
                lanes += 1;
                around(start, end, placed.height + metrics.lane_gap * f64::from(lanes), metrics)
            } else {
                through(net, placed, link.from, passing, start, end)
            };
            GraphEdge { from: link.from, to: link.to, kind: link.kind, points, flow: Flow::Right }
        })
        .collect()
}

/// The middle of the right (`out`) or left side of a card.
fn port(net: &Net, placed: &Placed, card: usize, out: bool) -> Point {
    let vertex = &net.vertices[card];
    let left = placed.columns[vertex.layer].x;
    Point {
        x: if out { left + vertex.size.width } else { left },
        y: placed.top[card] + vertex.size.height / 2.0,
    }
}

fn through(
    net: &Net,
    placed: &Placed,
    from: usize,
    passing: &[usize],
    start: Point,
    end: Point,
) -> Vec<Point> {
    let mut points = vec![start];
    let column = &placed.columns[net.vertices[from].layer];
    let edge = column.x + column.width;
    if edge > start.x {
        points.push(Point { x: edge, y: start.y });
    }
    for vertex in passing {
        let column = &placed.columns[net.vertices[*vertex].layer];
        let y = placed.top[*vertex] + net.vertices[*vertex].size.height / 2.0;
        points.push(Point { x: column.x, y });
        points.push(Point { x: column.x + column.width, y });
    }
    points.push(end);
    points
}

fn around(start: Point, end: Point, lane: f64, metrics: &Metrics) -> Vec<Point> {
    let reach = metrics.column_gap / 3.0;
    vec![
        start,
        Point { x: start.x + reach, y: start.y },
        Point { x: start.x + reach, y: lane },
        Point { x: end.x - reach, y: lane },
        Point { x: end.x - reach, y: end.y },
        end,
    ]
}

/// A path that is bent wherever it changes its lane.
pub(super) fn smooth(points: &[Point], flow: Flow) -> String {
    let mut d = String::new();
    let mut last: Option<Point> = None;
    for point in points {
        let (x, y) = (round(point.x), round(point.y));
        let _ = match last {
            None => write!(d, "M{x} {y}"),
            Some(from) if flow == Flow::Right && (from.y - point.y).abs() >= 0.5 => {
                let middle = round(f64::midpoint(from.x, point.x));
                write!(d, "C{middle} {} {middle} {y} {x} {y}", round(from.y))
            }
            Some(from) if flow == Flow::Down && (from.x - point.x).abs() >= 0.5 => {
                let middle = round(f64::midpoint(from.y, point.y));
                write!(d, "C{} {middle} {x} {middle} {x} {y}", round(from.x))
            }
            Some(_) => write!(d, "L{x} {y}"),
        };
        last = Some(*point);
    }
    d
}

/// A path of straight lines with rounded corners.
pub(super) fn rounded(points: &[Point]) -> String {
    let mut d = String::new();
    for (at, point) in points.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|i| points[i]), points.get(at + 1));
        let _ = match (before, after) {
            (Some(before), Some(after)) => {
                let (enter, leave) = (towards(*point, before), towards(*point, *after));
                write!(
                    d,
                    "L{} {}Q{} {} {} {}",
                    round(enter.x),
                    round(enter.y),
                    round(point.x),
                    round(point.y),
                    round(leave.x),
                    round(leave.y)
                )
            }
            (None, _) => write!(d, "M{} {}", round(point.x), round(point.y)),
            (_, None) => write!(d, "L{} {}", round(point.x), round(point.y)),
        };
    }
    d
}

/// A point near `corner`, on the way to `other`.
fn towards(corner: Point, other: Point) -> Point {
    const RADIUS: f64 = 8.0;
    let (dx, dy) = (other.x - corner.x, other.y - corner.y);
    let length = dx.hypot(dy).max(f64::EPSILON);
    let part = (RADIUS / length).min(0.5);
    Point { x: corner.x + dx * part, y: corner.y + dy * part }
}

/// To a tenth, so that the text of a path stays short.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
