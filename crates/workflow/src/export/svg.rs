use std::fmt::Write;

use super::{runner, short, starts};
use crate::Analysis;
use crate::graph::{Card, EdgeKind, Graph, Metrics, Size};
use crate::model::Job;

/// Width of a card, and the height of its parts, in CSS pixels.
const WIDTH: f64 = 248.0;
const HEAD: f64 = 56.0;
const TRIGGERS_HEAD: f64 = 36.0;
const LINE: f64 = 22.0;
const PADDING: f64 = 10.0;
/// Most steps and triggers that a card names; more are counted.
const MOST: usize = 8;
/// Most characters of a line, so that it stays in its card.
const LONGEST: usize = 34;

/// The colours of a drawing, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Behind all.
    pub ground: &'static str,
    /// Cards.
    pub card: &'static str,
    /// Their borders, and lines between them.
    pub line: &'static str,
    /// Titles.
    pub text: &'static str,
    /// Everything else that is written.
    pub muted: &'static str,
    /// The border of the triggers' card.
    pub accent: &'static str,
}

impl Colours {
    /// For light paper.
    pub const LIGHT: Self = Self {
        ground: "#f7f8fa",
        card: "#ffffff",
        line: "#a3acba",
        text: "#1b1f27",
        muted: "#525a68",
        accent: "#4f46d8",
    };
    /// For dark pages.
    pub const DARK: Self = Self {
        ground: "#12151b",
        card: "#1e232c",
        line: "#5a6475",
        text: "#e6e9ef",
        muted: "#aab2c0",
        accent: "#a29cff",
    };
}

/// The graph as a drawing that stands for itself: no style sheet, no script, no font from elsewhere.
#[must_use]
pub fn svg(analysis: &Analysis, colours: &Colours) -> String {
    let workflow = &analysis.workflow;
    let starts = at_most(starts(workflow));
    let height = |lines: usize, head: f64| head + LINE * lines as f64 + PADDING;
    let graph = Graph::with(workflow, &Metrics::default(), |card| Size {
        width: WIDTH,
        height: match card {
            Card::Triggers(_) => height(starts.len(), TRIGGERS_HEAD),
            Card::Job(job) => height(steps(job).len(), HEAD),
        },
    });
    let Colours { ground, card, line, text, muted, accent } = *colours;
    let (width, full) = (graph.width.ceil(), graph.height.ceil());
    let title = workflow.name.as_ref().map_or("Workflow", |name| name.value.as_str());
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{full}\" viewBox=\"0 0 {width} {full}\" font-family=\"system-ui, sans-serif\" role=\"img\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>\n",
        escape(title)
    );
    for edge in &graph.edges {
        let dashes = if edge.kind == EdgeKind::Cycle { " stroke-dasharray=\"4 4\"" } else { "" };
        let _ = writeln!(
            out,
            "<path d=\"{}\" fill=\"none\" stroke=\"{line}\" stroke-width=\"1.5\"{dashes}/>",
            edge.svg()
        );
    }
    for node in &graph.nodes {
        let (x, y) = (node.x, node.y);
        let border = if node.job.is_none() { accent } else { line };
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"{card}\" stroke=\"{border}\"/>",
            node.width, node.height
        );
        let mut write = |down: f64, size: u32, bold: bool, colour: &str, words: &str| {
            let weight = if bold { " font-weight=\"600\"" } else { "" };
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{size}\"{weight} fill=\"{colour}\">{}</text>",
                x + 14.0,
                y + down,
                escape(&short(words, LONGEST))
            );
        };
        match node.job.and_then(|job| workflow.jobs.get(job)) {
            None => {
                write(24.0, 13, true, text, "Starts when");
                for (at, start) in starts.iter().enumerate() {
                    write(TRIGGERS_HEAD + LINE * at as f64 + 14.0, 12, false, muted, start);
                }
            }
            Some(job) => {
                write(24.0, 13, true, text, job.title());
                write(43.0, 12, false, muted, &runner(job));
                for (at, step) in steps(job).iter().enumerate() {
                    write(HEAD + LINE * at as f64 + 14.0, 12, false, text, step);
                }
            }
        }
    }
    out.push_str("</svg>\n");
    out
}

fn steps(job: &Job) -> Vec<String> {
    at_most(job.steps.iter().map(crate::model::Step::title).collect())
}

fn at_most(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > MOST {
        let more = lines.len() - (MOST - 1);
        lines.truncate(MOST - 1);
        lines.push(format!("and {more} more"));
    }
    lines
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in super::line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn cards_and_lines_are_drawn_and_names_stay_names() {
        let text = "name: \"</title><script>alert(1)</script>\"\non: push\njobs:\n  a:\n    name: \"a & <b>\"\n    runs-on: ubuntu-latest\n    steps:\n      - run: \"echo ' \\\" \\u0007\"\n  b:\n    needs: a\n    runs-on: x\n    steps: []\n";
        let svg = svg(&Analysis::new(text, &Env::default()), &Colours::LIGHT);
        assert_eq!((svg.matches("<rect ").count(), svg.matches("<path ").count()), (4, 2), "{svg}");
        assert!(svg.contains("a &amp; &lt;b&gt;") && !svg.contains("<script"), "{svg}");
        assert!(!svg.contains("style") && !svg.contains('\u{7}'), "{svg}");
    }
}
