//! Links: from `uses` to the action, the workflow or the image.

use stepladder_yaml::TextRange;

use crate::lint::interface::{is_missing, metadata, normal};
use crate::model::{StepKind, Text, Uses};
use crate::{Analysis, Env};

use super::view::read;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address on the web.
    Url(String),
    /// A file of the repository, by its path from the root.
    File(String),
}

/// A place that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The bytes of the link.
    pub range: TextRange,
    /// Where it leads.
    pub target: Target,
    /// What it opens, in a few words.
    pub tooltip: &'static str,
}

/// The links of a file, in the order of the text. A file of the repository is linked unless it is known to be missing.
#[must_use]
pub fn links(a: &Analysis, env: &Env) -> Vec<Link> {
    let cx = read(a, env);
    let steps = cx.steps().filter_map(|step| match &step.kind {
        StepKind::Uses(uses) => Some((uses, false)),
        _ => None,
    });
    let calls = a.workflow.jobs.iter().filter_map(|job| Some((job.uses.as_ref()?, true)));
    let link = |(uses, is_call): (&Text, bool)| {
        let (target, tooltip) = match Uses::new(&uses.value) {
            Uses::Remote { .. } => {
                let tooltip =
                    if is_call { "Open the workflow on GitHub" } else { "Open the action on GitHub" };
                (Target::Url(url(&uses.value)?), tooltip)
            }
            Uses::Local { path } | Uses::Own { path } if is_call => {
                (Target::File(normal(path)).unless_missing(is_missing(&cx, path))?, "Open the workflow")
            }
            Uses::Local { path } | Uses::Own { path } => {
                let known = metadata(&cx, path).map(|(file, _)| file);
                let path = normal(path);
                let guess = || {
                    if path.is_empty() { "action.yml".to_owned() } else { [&path, "/action.yml"].concat() }
                };
                let file = known.unwrap_or_else(guess);
                let missing = is_missing(&cx, &file) || is_missing(&cx, &path);
                (Target::File(file).unless_missing(missing)?, "Open the action's metadata")
            }
            Uses::Docker { image } => (Target::Url(image_url(image)?), "Open the image's page"),
            Uses::Other => return None,
        };
        Some(Link { range: uses.range, target, tooltip })
    };
    let mut links: Vec<Link> = steps.chain(calls).filter_map(link).collect();
    links.sort_by_key(|link| link.range.start);
    links
}

impl Target {
    fn unless_missing(self, missing: bool) -> Option<Self> {
        (!missing).then_some(self)
    }
}

/// The page of an action or a workflow of another repository.
pub(super) fn url(uses: &str) -> Option<String> {
    let Uses::Remote { owner, repo, path, git_ref, .. } = Uses::new(uses) else { return None };
    let plain = |text: &str| !text.contains("${{") && !text.contains(char::is_whitespace);
    if ![owner, repo, path, git_ref].into_iter().all(plain) {
        return None;
    }
    let is_file = path.ends_with(".yml") || path.ends_with(".yaml");
    let view = if is_file { "/blob/" } else { "/tree/" };
    let mut url = ["https://github.com/", owner, "/", repo, view, git_ref].concat();
    if !path.is_empty() {
        url.push('/');
        url.push_str(path);
    }
    Some(url)
}

/// The page of an image on Docker Hub; other registries have no rule for their pages.
fn image_url(image: &str) -> Option<String> {
    let name = image.split(['@', ':']).next().unwrap_or_default();
    let bad = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if name.is_empty() || name.contains(bad) {
        return None;
    }
    match name.split_once('/') {
        None => Some(["https://hub.docker.com/_/", name].concat()),
        Some((owner, rest)) if !owner.contains('.') && !rest.contains('/') => {
            Some(["https://hub.docker.com/r/", name].concat())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::open;

    #[test]
    fn every_uses_leads_somewhere() {
        let (a, mut env, _) = open(
            "\
on: push$0
jobs:
  a:
    steps:
      - uses: actions/checkout@v5
      - uses: github/codeql-action/init@v3
      - uses: ./setup
      - uses: ./gone
      - uses: docker://alpine:3
      - uses: docker://ghcr.io/a/b
      - uses: ${{ x }}/a@b
  b:
    uses: ./.github/workflows/x.yml
  c:
    uses: o/r/.github/workflows/x.yml@v1
#: setup/action.yaml
runs: {}
",
        );
        env.missing = vec!["gone".to_owned()];
        let found = links(&a, &env);
        let show: Vec<String> = found
            .iter()
            .map(|link| match &link.target {
                Target::Url(to) | Target::File(to) => {
                    format!("{} {to}", a.tree.line_col(link.range.start).line)
                }
            })
            .collect();
        assert_eq!(
            show,
            [
                "5 https://github.com/actions/checkout/tree/v5",
                "6 https://github.com/github/codeql-action/tree/v3/init",
                "7 setup/action.yaml",
                "9 https://hub.docker.com/_/alpine",
                "13 .github/workflows/x.yml",
                "15 https://github.com/o/r/blob/v1/.github/workflows/x.yml",
            ]
        );
    }
}
