use stepladder_yaml::TextEdit;

use crate::facts::actions::is_sha;
use crate::lint::{Cx, Rule};
use crate::model::{StepKind, Uses};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "outdated-action",
    severity: Severity::Warning,
    kind: "actions",
    title: "Action that is too old for today's runners",
    docs: "This version of the action was made for a version of Node.js that runners no longer have. GitHub runs it on a newer \
           one, which may fail. Use a newer version of the action; read its release notes for what changed.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v2\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(catalogue) = &cx.env.catalogue else { return };
    for step in cx.steps() {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let Uses::Remote { slug, git_ref, .. } = Uses::new(&uses.value) else { continue };
        let Some(action) = catalogue.action(slug) else { continue };
        let comment = cx.comment_beside(uses.range);
        if !action.is_outdated(git_ref, comment) {
            continue;
        }
        let new = action.suggested_use();
        // Of some actions there is nothing newer, as nobody keeps them up.
        let newest = Uses::new(&new);
        let last = matches!(newest, Uses::Remote { git_ref, .. } if action.is_outdated(git_ref, None));
        let way = if !action.knows_newest() {
            "look for a newer version, or for another action".to_owned()
        } else if last { 
"look for another action".to_owned() } else { format!("use `{new}`") };
        let message =
            format!("`{}` is too old: it was made for a Node.js that runners no longer have; {way}.", uses.value);
        let source = cx.tree.slice(uses.range);
        let fix = (!last && action.knows_newest() && !is_sha(git_ref) && source.contains(uses.value.as_str())).then(|| {
            let edit = TextEdit::replace(uses.range, source.replace(uses.value.as_str(), &new));
            Fix::risky(format!("Use `{new}`"), edit)
        });
        out.push(RULE.at(uses.range, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_has_nothing_newer_is_not_proposed_again() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/create-release@v1
              ^^^^^^^^^^^^^^^^^^^^^^^^^ outdated-action: look for another action
        with: {tag_name: v1, release_name: One}
",
        );
    }
}
