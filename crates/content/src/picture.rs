//! Small pictures of job graphs.

use serde::{Deserialize, Serialize};
use stepladder_workflow::graph::{Card, Graph, Metrics, Size};
use stepladder_workflow::model::Workflow;

/// A graph without words, laid out: what a template's card shows before the model is there. All in pixels.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Width with margins.
    pub width: f64,
    /// Height with margins.
    pub height: f64,
    /// Left, top, width and height of each card; the triggers' is the first.
    pub cards: Vec<[f64; 4]>,
    /// The `d` of an SVG path for each edge.
    pub edges: Vec<String>,
}

impl Picture {
    /// As small as a graph can be read.
    #[must_use]
    pub fn small(workflow: &Workflow) -> Self {
        let metrics =
            Metrics { column_gap: 20.0, row_gap: 8.0, lane_gap: 6.0, margin: 2.0, ..Metrics::default() };
        let size = |card: Card<'_>| match card {
            Card::Triggers(_) => Size { width: 14.0, height: 14.0 },
            Card::Job(_) => Size { width: 34.0, height: 14.0 },
        };
        Self::of(&Graph::with(workflow, &metrics, size))
    }

    /// With room for `letters` of each job's id.
    #[must_use]
    pub fn named(workflow: &Workflow, letters: usize) -> Self {
        let metrics =
            Metrics { column_gap: 36.0, row_gap: 12.0, lane_gap: 8.0, margin: 4.0, ..Metrics::default() };
        let size = |card: Card<'_>| match card {
            Card::Triggers(_) => Size { width: 32.0, height: 32.0 },
            Card::Job(job) => {
                let shown = u32::try_from(job.id.value.chars().count().min(letters)).map_or(24.0, f64::from);
                Size { width: 28.0 + 7.2 * shown, height: 32.0 }
            }
        };
        Self::of(&Graph::with(workflow, &metrics, size))
    }

    fn of(graph: &Graph) -> Self {
        let cards = graph.nodes.iter().map(|node| [node.x, node.y, node.width, node.height]);
        Self {
            width: graph.width,
            height: graph.height,
            cards: cards.collect(),
            edges: graph.edges.iter().map(|edge| edge.svg()).collect(),
        }
    }
}
