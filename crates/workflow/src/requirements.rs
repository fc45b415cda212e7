//! What a workflow needs from the repository that it runs in, by name.

use stepladder_yaml::{Kind, Step};

use crate::facts::runners::hosted;
use crate::model::Uses;
use crate::{Analysis, NameKind};

/// The secret that GitHub makes itself for every run.
const TOKEN: &str = "GITHUB_TOKEN";

/// Everything outside of the file that has to be there before it runs well. Names that are computed are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Secrets and variables that somebody has to create.
    pub names: Vec<RequiredName>,
    /// Environments of jobs.
    pub environments: Vec<String>,
    /// For each job on a runner of one's own: the labels that the runner must have, all of them.
    pub runners: Vec<Vec<String>>,
    /// Actions and reusable workflows of other repositories: `owner/repo[/path]@ref`.
    pub uses: Vec<String>,
    /// Events that work only once the file is on the default branch.
    pub default_branch_events: Vec<String>,
    /// Whether a job takes what `GITHUB_TOKEN` may do from the repository's settings, as nothing here says it.
    pub default_permissions: bool,
}

/// A secret or a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredName {
    /// Which of both.
    pub kind: NameKind,
    /// Its name.
    pub name: String,
    /// The environments of the jobs that read it, where it may be too.
    pub environments: Vec<String>,
    /// Whether a job without an environment reads it, so that one in an environment is not enough.
    pub everywhere: bool,
    /// Whether a job whose environment is computed reads it: then it may be in any.
    pub anywhere: bool,
}

/// See [`Analysis::requirements`].
pub(crate) fn requirements(analysis: &Analysis) -> Requirements {
    let mut needs = Requirements::default();
    for name in analysis.names() {
        if name.kind == NameKind::Secret && name.name.eq_ignore_ascii_case(TOKEN) {
            continue;
        }
        let mut environments = Vec::new();
        let (mut everywhere, mut anywhere) = (false, false);
        for at in &name.uses {
            match &at.environment {
                Some(environment) if is_known(environment) => push(&mut environments, environment),
                Some(_) => anywhere = true,
                None => everywhere = true,
            }
        }
        needs.names.push(RequiredName {
            kind: name.kind,
            name: name.name,
            environments,
            everywhere,
            anywhere,
        });
    }
    for job in &analysis.workflow.jobs {
        if let Some(name) = job.environment.as_ref().and_then(|environment| environment.name.as_ref())
            && is_known(&name.value)
        {
            push(&mut needs.environments, &name.value);
        }
        let labels: Vec<String> = job.runs_on.iter().map(|label| label.value.clone()).collect();
        let own = labels.iter().any(|label| hosted(label).is_none());
        if own && labels.iter().all(|label| is_known(label)) && !needs.runners.contains(&labels) {
            needs.runners.push(labels);
        }
        needs.default_permissions |= job.permissions.is_none() && analysis.workflow.permissions.is_none();
    }
    for trigger in &analysis.workflow.triggers {
        let event = &trigger.event.value;
        if matches!(event.as_str(), "workflow_dispatch" | "schedule" | "workflow_run" | "repository_dispatch")
        {
            push(&mut needs.default_branch_events, event);
        }
    }
    let nodes = analysis.tree.root().into_iter().flat_map(|root| root.descendants());
    for node in nodes.filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let is_uses = matches!(node.path().steps().last(), Some(Step::Key(key)) if key == "uses");
        if let Some(uses) = node.as_str().filter(|_| is_uses)
            && matches!(Uses::new(uses), Uses::Remote { .. })
            && is_known(uses)
        {
            push(&mut needs.uses, uses);
        }
    }
    needs
}

/// See [`Analysis::local_uses`].
pub(crate) fn local_uses(analysis: &Analysis) -> Vec<String> {
    let mut local = Vec::new();
    let nodes = analysis.tree.root().into_iter().flat_map(|root| root.descendants());
    for node in nodes.filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let is_uses = matches!(node.path().steps().last(), Some(Step::Key(key)) if key == "uses");
        if let Some(uses) = node.as_str().filter(|uses| is_uses && uses.starts_with("./") && is_known(uses)) {
            push(&mut local, uses);
        }
    }
    local
}

/// Whether a value is what it says, and not computed.
fn is_known(value: &str) -> bool {
    !value.contains("${{") && !value.trim().is_empty()
}

fn push(list: &mut Vec<String>, name: &str) {
    if !list.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        list.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn tells_what_has_to_be_there() {
        let text = "\
on: [push, workflow_dispatch]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./here
      - run: echo ${{ secrets.KEY }} ${{ secrets.GITHUB_TOKEN }}
  train:
    runs-on: [self-hosted, gpu]
    environment: prod
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ secrets.KEY }} ${{ vars.MODEL }}
  other:
    runs-on: ${{ inputs.runner }}
    environment: ${{ inputs.env }}
    steps:
      - run: echo ${{ vars.MODEL }}
";
        let needs = Analysis::new(text, &Env::default()).requirements();
        let names: Vec<_> = needs
            .names
            .iter()
            .map(|name| (name.name.as_str(), name.environments.join(","), name.everywhere, name.anywhere))
            .collect();
        assert_eq!(
            names,
            [("KEY", "prod".to_owned(), true, false), ("MODEL", "prod".to_owned(), false, true)]
        );
        assert_eq!(needs.environments, ["prod"]);
        assert_eq!(needs.runners, [["self-hosted", "gpu"]]);
        assert_eq!(needs.uses, ["actions/checkout@v4"]);
        assert_eq!(needs.default_branch_events, ["workflow_dispatch"]);
        assert!(needs.default_permissions);
        assert_eq!(Analysis::new(text, &Env::default()).local_uses(), ["./here"]);
    }
}
