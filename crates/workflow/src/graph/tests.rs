use super::*;

fn graph_of(jobs: &[(&str, &[&str], f64)]) -> Graph {
    let mut cards = vec![Input {
        job: None,
        id: String::new(),
        path: path!["on"],
        needs: Vec::new(),
        size: Size { width: 180.0, height: 90.0 },
    }];
    cards.extend(jobs.iter().enumerate().map(|(at, (id, needs, height))| Input {
        job: Some(at),
        id: (*id).to_owned(),
        path: path!["jobs", *id],
        needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        size: Size { width: 200.0 + 10.0 * f64::from(u32::try_from(at % 3).unwrap_or(0)), height: *height },
    }));
    lay_out(cards, &Metrics::default())
}

/// Every promise of a layout that does not depend on what is laid out.
fn check(graph: &Graph) {
    for (at, a) in graph.nodes.iter().enumerate() {
        assert!(a.x >= 0.0 && a.y >= 0.0, "{} stands outside", a.id);
        assert!(a.x + a.width <= graph.width && a.y + a.height <= graph.height, "{} stands outside", a.id);
        for b in &graph.nodes[at + 1..] {
            let apart = a.x + a.width <= b.x
                || b.x + b.width <= a.x
                || a.y + a.height <= b.y
                || b.y + b.height <= a.y;
            assert!(apart, "cards `{}` and `{}` overlap", a.id, b.id);
        }
    }
    for edge in &graph.edges {
        let (from, to) = (&graph.nodes[edge.from], &graph.nodes[edge.to]);
        let (Some(first), Some(last)) = (edge.points.first(), edge.points.last()) else {
            panic!("an edge without points");
        };
        assert!((first.x - (from.x + from.width)).abs() < 0.01 && (last.x - to.x).abs() < 0.01);
        if edge.kind == EdgeKind::Cycle {
            continue;
        }
        assert!(from.column < to.column, "`{}` stands right of `{}`", from.id, to.id);
        for pair in edge.points.windows(2) {
            assert!(pair[0].x <= pair[1].x, "an edge runs back");
            for card in &graph.nodes {
                let inside_x = pair[0].x < card.x + card.width && pair[1].x > card.x;
                let (low, high) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
                let inside_y = low < card.y + card.height && high > card.y;
                assert!(!(inside_x && inside_y), "edge {}–{} crosses `{}`", from.id, to.id, card.id);
            }
        }
    }
}

#[test]
fn a_graph_that_runs_down_is_the_mirror_of_one_that_runs_right() {
    let card = |job: Option<usize>, id: &str, needs: &[&str], width: f64, height: f64| Input {
        job,
        id: id.to_owned(),
        path: path!["jobs", id],
        needs: needs.iter().map(|need| (*need).to_owned()).collect(),
        size: Size { width, height },
    };
    let cards = |turned: bool| {
        let size = |w: f64, h: f64| if turned { (h, w) } else { (w, h) };
        [
            (None, "", &[][..], (180.0, 90.0)),
            (Some(0), "a", &[], (200.0, 80.0)),
            (Some(1), "b", &["a"], (200.0, 120.0)),
            (Some(2), "c", &[], (200.0, 60.0)),
        ]
        .into_iter()
        .map(|(job, id, needs, (w, h))| card(job, id, needs, size(w, h).0, size(w, h).1))
        .collect::<Vec<_>>()
    };
    let down = lay_out(cards(false), &Metrics { flow: Flow::Down, ..Metrics::default() });
    let right = lay_out(cards(true), &Metrics::default());
    assert_eq!((down.width, down.height), (right.height, right.width));
    for (a, b) in down.nodes.iter().zip(&right.nodes) {
        assert_eq!((a.x, a.y, a.width, a.height), (b.y, b.x, b.height, b.width));
    }
    for edge in &down.edges {
        assert_eq!(edge.points.first(), Some(&down.nodes[edge.from].port(Flow::Down, true)));
        assert_eq!(edge.points.last(), Some(&down.nodes[edge.to].port(Flow::Down, false)));
    }
    assert_eq!(down.neighbour(1, Direction::Down), Some(2));
    assert_eq!(down.neighbour(1, Direction::Right), Some(3));
}

fn rows(graph: &Graph, column: usize) -> Vec<&str> {
    let mut cards: Vec<_> = graph.nodes.iter().filter(|n| n.column == column).collect();
    cards.sort_by(|a, b| a.y.total_cmp(&b.y));
    cards.iter().map(|n| n.id.as_str()).collect()
}

#[test]
fn a_job_stands_after_the_last_one_it_needs() {
    let graph = graph_of(&[
        ("deploy", &["train", "lint"], 80.0),
        ("lint", &[], 80.0),
        ("data", &[], 120.0),
        ("train", &["data"], 80.0),
    ]);
    check(&graph);
    let columns: Vec<_> = graph.nodes.iter().map(|n| (n.id.as_str(), n.column)).collect();
    assert_eq!(columns, [("", 0), ("deploy", 3), ("lint", 1), ("data", 1), ("train", 2)]);
    let starts: Vec<_> = graph
        .edges
        .iter()
        .filter(|e| e.kind == EdgeKind::Trigger)
        .map(|e| graph.nodes[e.to].id.as_str())
        .collect();
    assert_eq!(starts, ["lint", "data"]);
}

#[test]
fn a_full_column_flows_over_into_the_next_ones() {
    let names: Vec<String> = (0..30).map(|at| format!("j{at:02}")).collect();
    let mut jobs: Vec<(&str, &[&str], f64)> =
        names.iter().map(|name| (name.as_str(), &[][..], 60.0)).collect();
    jobs.push(("after", &["j29"], 60.0));
    let graph = graph_of(&jobs);
    check(&graph);
    let count = |column: usize| rows(&graph, column).len();
    // The last of the thirty is waited for, so it stays; what waits for it is the first to stand in the next column.
    assert_eq!([count(1), count(2), count(3), count(4)], [12, 12, 7, 0]);
    assert!(rows(&graph, 1).contains(&"j29") && rows(&graph, 2).contains(&"after"));

    // Jobs that others wait for stand where they stand, however many.
    let needs: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut jobs: Vec<(&str, &[&str], f64)> =
        names.iter().map(|name| (name.as_str(), &[][..], 60.0)).collect();
    jobs.push(("all", &needs, 60.0));
    let graph = graph_of(&jobs);
    check(&graph);
    assert_eq!((rows(&graph, 1).len(), rows(&graph, 2).len()), (30, 1));
}

#[test]
fn a_workflow_without_jobs_has_the_triggers() {
    let graph = graph_of(&[]);
    check(&graph);
    assert_eq!(graph.nodes.len(), 1);
}

#[test]
fn circles_unknown_and_doubled_needs_are_shown() {
    let graph = graph_of(&[
        ("a", &["c", "b"], 80.0),
        ("b", &["a", "a", "nobody"], 80.0),
        ("c", &["c"], 80.0),
        ("b", &["A"], 80.0),
    ]);
    check(&graph);
    assert_eq!(graph.edges.iter().filter(|e| e.kind == EdgeKind::Cycle).count(), 2);
    assert_eq!(graph.nodes[2].unknown_needs, ["nobody"]);
    assert_eq!(graph.edges.iter().filter(|e| e.to == 4 && e.kind == EdgeKind::Need).count(), 1);
}

#[test]
fn order_is_that_of_the_file_unless_crossings_are_saved() {
    let plain = graph_of(&[("a", &[], 80.0), ("b", &[], 80.0), ("c", &["a"], 80.0), ("d", &["b"], 80.0)]);
    assert_eq!(rows(&plain, 2), ["c", "d"]);
    let crossed = graph_of(&[("a", &[], 80.0), ("b", &[], 80.0), ("c", &["b"], 80.0), ("d", &["a"], 80.0)]);
    check(&crossed);
    let (first, second) = (rows(&crossed, 1), rows(&crossed, 2));
    assert!((first == ["a", "b"] && second == ["d", "c"]) || (first == ["b", "a"] && second == ["c", "d"]));
}

#[test]
fn a_small_change_does_not_shuffle_the_cards() {
    let jobs: Vec<(String, Vec<String>)> = many(40);
    let before = laid_out(&jobs, &[]);
    let taller = laid_out(&jobs, &[3, 17]);
    let order = |g: &Graph| g.nodes.iter().map(|n| (n.column, n.row)).collect::<Vec<_>>();
    assert_eq!(order(&before), order(&taller), "height alone must not change the order");
}

#[test]
fn a_job_on_its_own_moves_no_other_card() {
    for chains in 1..14_usize {
        let jobs: Vec<(String, Vec<String>)> = (0..36)
            .map(|at: usize| {
                (
                    format!("job-{at}"),
                    at.checked_sub(chains).map(|n| format!("job-{n}")).into_iter().collect(),
                )
            })
            .collect();
        let mut more = jobs.clone();
        more.push(("alone".to_owned(), Vec::new()));
        let (without, with) = (laid_out(&jobs, &[3, 8, 13]), laid_out(&more, &[3, 8, 13]));
        for (before, after) in without.nodes.iter().zip(&with.nodes) {
            assert_eq!((before.x, before.y), (after.x, after.y), "`{}` of {chains} chains", after.id);
        }
        check(&with);
    }
}

#[test]
fn the_same_input_gives_the_same_layout() {
    let jobs = many(60);
    assert_eq!(laid_out(&jobs, &[]), laid_out(&jobs, &[]));
}

#[test]
fn many_shapes_keep_the_promises() {
    for count in [1, 2, 7, 30, 100] {
        check(&laid_out(&many(count), &[1, 5]));
    }
}

#[test]
fn dense_needs_stay_within_a_moment() {
    let ids: Vec<String> = (0..100).map(|n| format!("j{n}")).collect();
    let jobs: Vec<(String, Vec<String>)> =
        ids.iter().enumerate().map(|(at, id)| (id.clone(), ids[..at].to_vec())).collect();
    check(&laid_out(&jobs, &[]));
}

#[test]
fn arrows_travel() {
    let graph = graph_of(&[("a", &[], 80.0), ("b", &[], 80.0), ("c", &["b"], 80.0)]);
    let (a, b, c) = (1, 2, 3);
    assert_eq!(
        graph.neighbour(0, Direction::Right),
        Some(b),
        "the job that others wait for is straight ahead"
    );
    assert_eq!(graph.neighbour(a, Direction::Down), Some(b));
    assert_eq!(graph.neighbour(b, Direction::Up), Some(a));
    assert_eq!(graph.neighbour(b, Direction::Right), Some(c));
    assert_eq!(graph.neighbour(c, Direction::Left), Some(b));
    assert_eq!(graph.neighbour(a, Direction::Right), Some(c), "the nearest card of the next column");
    assert_eq!(graph.neighbour(a, Direction::Left), Some(0));
    assert_eq!(graph.neighbour(c, Direction::Right), None);
}

#[test]
fn a_straight_edge_is_a_line() {
    let graph = graph_of(&[("a", &[], 80.0), ("b", &["a"], 80.0)]);
    assert_eq!(graph.edges[1].svg().chars().filter(|c| c.is_ascii_uppercase()).collect::<String>(), "ML");
}

/// Jobs that need a few of the jobs before them, the same ones every time.
fn many(count: usize) -> Vec<(String, Vec<String>)> {
    let mut state = 7u32;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    (0..count)
        .map(|at| {
            let needs = (0..next(4)).map(|_| format!("job{}", next(at))).filter(|_| at > 0).collect();
            (format!("job{at}"), needs)
        })
        .collect()
}

fn laid_out(jobs: &[(String, Vec<String>)], taller: &[usize]) -> Graph {
    let needs: Vec<Vec<&str>> = jobs.iter().map(|(_, n)| n.iter().map(String::as_str).collect()).collect();
    let cards: Vec<(&str, &[&str], f64)> = jobs
        .iter()
        .zip(&needs)
        .enumerate()
        .map(|(at, ((id, _), needs))| {
            (id.as_str(), needs.as_slice(), if taller.contains(&at) { 200.0 } else { 80.0 })
        })
        .collect();
    graph_of(&cards)
}
