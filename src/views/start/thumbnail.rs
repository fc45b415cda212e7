//! Small pictures of job graphs.

use leptos::prelude::*;
use stepladder_content::JobPreview;
use stepladder_workflow::graph::{Card, Graph, Metrics, Size};
use stepladder_workflow::model::Workflow;
use stepladder_yaml::Tree;

/// A graph without words, for a card of the gallery.
pub(crate) fn thumbnail(jobs: &[JobPreview]) -> AnyView {
    // The layout takes a workflow; one with these jobs and needs is quickly written.
    let mut text = String::from("on: push\njobs:\n");
    for job in jobs {
        text.push_str(&format!("  {}: {{needs: [{}]}}\n", job.id, job.needs.join(", ")));
    }
    let metrics =
        Metrics { column_gap: 20.0, row_gap: 8.0, lane_gap: 6.0, margin: 2.0, ..Metrics::default() };
    let size = |card: Card<'_>| match card {
        Card::Triggers(_) => Size { width: 14.0, height: 14.0 },
        Card::Job(_) => Size { width: 34.0, height: 14.0 },
    };
    picture(&Graph::with(&Workflow::new(&Tree::parse(text)), &metrics, size), None)
}

/// A graph with the names of its jobs.
pub(super) fn named(workflow: &Workflow) -> AnyView {
    let metrics =
        Metrics { column_gap: 36.0, row_gap: 12.0, lane_gap: 8.0, margin: 4.0, ..Metrics::default() };
    let size = |card: Card<'_>| match card {
        Card::Triggers(_) => Size { width: 32.0, height: 32.0 },
        Card::Job(job) => {
            let letters = u32::try_from(job.id.value.chars().count().min(24)).map_or(24.0, f64::from);
            Size { width: 28.0 + 7.2 * letters, height: 32.0 }
        }
    };
    picture(&Graph::with(workflow, &metrics, size), Some(workflow))
}

fn picture(graph: &Graph, names: Option<&Workflow>) -> AnyView {
    let edges: Vec<_> =
        graph.edges.iter().map(|edge| view! { <path class="mini-edge" d=edge.svg() /> }.into_any()).collect();
    let nodes: Vec<_> = graph
        .nodes
        .iter()
        .map(|node| {
            let radius = if node.job.is_none() { node.height / 2.0 } else { node.height / 4.0 };
            let label = names.zip(node.job).and_then(|(workflow, at)| workflow.jobs.get(at)).map(|job| {
                let name: String = job.id.value.chars().take(24).collect();
                let center = node.center();
                view! {
                    <text class="mini-name" x=center.x y=center.y dy="0.35em">
                        {name}
                    </text>
                }
            });
            let class = if node.job.is_none() { "mini-trigger" } else { "mini-job" };
            view! {
                <rect class=class x=node.x y=node.y width=node.width height=node.height rx=radius />
                {label}
            }
            .into_any()
        })
        .collect();
    view! {
        <svg
            class="mini"
            viewBox=format!("0 0 {} {}", graph.width, graph.height)
            width=graph.width
            height=graph.height
            aria-hidden="true"
        >
            {edges}
            {nodes}
        </svg>
    }
    .into_any()
}
