use std::fmt::Write;

use super::{line, runner, starts};
use crate::Analysis;
use crate::graph::{EdgeKind, Graph};

/// The graph as a Mermaid flowchart, which GitHub draws in Markdown.
#[must_use]
pub fn mermaid(analysis: &Analysis) -> String {
    let workflow = &analysis.workflow;
    let graph = Graph::new(workflow);
    let mut text = "flowchart LR\n".to_owned();
    let lines: Vec<String> = starts(workflow).iter().map(|start| escape(start)).collect();
    let _ = writeln!(text, "  on([\"{}\"])", lines.join("<br>"));
    for (at, node) in graph.nodes.iter().enumerate() {
        let Some(job) = node.job.and_then(|job| workflow.jobs.get(job)) else { continue };
        let runner = runner(job);
        let below =
            if runner.is_empty() { String::new() } else { format!("<br><small>{}</small>", escape(&runner)) };
        let _ = writeln!(text, "  j{at}[\"{}{below}\"]", escape(job.title()));
    }
    for edge in &graph.edges {
        let name = |at: usize| if at == 0 { "on".to_owned() } else { format!("j{at}") };
        let arrow = if edge.kind == EdgeKind::Cycle { "-.->" } else { "-->" };
        let _ = writeln!(text, "  {} {arrow} {}", name(edge.from), name(edge.to));
    }
    text
}

/// A name as Mermaid shows it as it is: what means something to it, to Markdown or to HTML is written as its code.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in line(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '-' | '.' | ',' | '/' | ':' | '_' | '(' | ')') {
            let _ = write!(out, "#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn jobs_and_needs_become_boxes_and_arrows() {
        let text = "on: push\njobs:\n  a:\n    name: Say \"hi\" <b>\n    runs-on: ubuntu-latest\n    steps: []\n  b:\n    needs: a\n    uses: ./.github/workflows/b.yml\n";
        let mermaid = mermaid(&Analysis::new(text, &Env::default()));
        assert_eq!(
            mermaid,
            "flowchart LR\n  on([\"Code is pushed\"])\n  j1[\"Say #34;hi#34; #60;b#62;<br><small>ubuntu-latest</small>\"]\n  j2[\"b<br><small>./.github/workflows/b.yml</small>\"]\n  on --> j1\n  j1 --> j2\n"
        );
    }
}
