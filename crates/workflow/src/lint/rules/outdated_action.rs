use stepladder_yaml::TextEdit;

use crate::expr;
use crate::facts::actions::{Action, is_sha};
use crate::lint::{Cx, Rule};
use crate::model::{Step, StepKind, Uses};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "outdated-action",
    severity: Severity::Warning,
    kind: "actions",
    title: "Action that is too old for today's runners",
    docs: "This version of the action was made for a version of Node.js that runners no longer have. GitHub runs it on a newer \
           one, which may fail; old versions of the actions for artifacts and caches fail in any case. Use a newer version of the action; read its release notes for what changed.",
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
        let switched_off = action.is_switched_off(git_ref, comment);
        if !switched_off && !action.is_outdated(git_ref, comment) {
            continue;
        }
        let severity = if switched_off { Severity::Error } else { RULE.severity };
        let new = action.suggested_use();
        // Of some actions there is nothing newer, as nobody keeps them up.
        let newest = Uses::new(&new);
        let last = matches!(newest, Uses::Remote { git_ref, .. } if action.is_outdated(git_ref, None));
        let way = if !action.knows_newest() {
            "look for a newer version, or for another action".to_owned()
        } else if last { 
"look for another action".to_owned() } else { format!("use `{new}`") };
        let why = if switched_off {
            "GitHub has switched off what it speaks to, so that the step fails"
        } else {
            "it was made for a Node.js that runners no longer have"
        };
        let message = format!("`{}` is too old: {why}; {way}.", uses.value);
        let source = cx.tree.slice(uses.range);
        let renamed = carried(cx, action, step, &new);
        let renamed = if let Some(renamed) = renamed { renamed } else {
            let lost = "; some of its inputs or outputs are others now, so look at its notes".to_owned();
            let message = message.trim_end_matches('.').to_owned() + &lost + ".";
            out.push(RULE.at(uses.range, message).with_severity(severity));
            continue;
        };
        let fix = (!last && action.knows_newest() && !is_sha(git_ref) && source.contains(uses.value.as_str())).then(|| {
            let edit = TextEdit::replace(uses.range, source.replace(uses.value.as_str(), &new));
            renamed.iter().try_fold(edit, |edit, more| edit.with(more)).map(|edit| Fix::risky(format!("Use `{new}`"), edit))
        });
        let fix = fix.flatten();
        out.push(RULE.at(uses.range, message).with_severity(severity).with_fix(fix));
    }
}

/// The new names of inputs that have been given others, by action.
const RENAMED: [(&str, &str, &str); 3] = [
    ("actions/setup-node", "version", "node-version"),
    ("actions/setup-python", "version", "python-version"),
    ("actions/setup-dotnet", "version", "dotnet-version"),
];

/// What else must change for the version that is used in `new`; `None` when it lacks inputs that are given, or needs others.
fn carried(cx: &Cx<'_>, action: &Action, step: &Step, new: &str) -> Option<Vec<TextEdit>> {
    let Uses::Remote { slug, git_ref, .. } = Uses::new(new) else { return None };
    let Some(version) = action.at(git_ref, None) else { return Some(Vec::new()) };
    let mut edits = Vec::new();
    let mut given: Vec<&str> = Vec::new();
    let StepKind::Uses(uses) = &step.kind else { return None };
    let old = cx.interface(&uses.value, uses.range);
    for (name, _) in &step.with {
        let own = name.value.as_str();
        let before = old.as_ref().and_then(|old| old.input(own));
        let was_deprecated = before.is_some_and(|input| input.deprecated.is_some());
        let is_fine = |name: &str| version.input(name).is_some_and(|input| !input.deprecated || was_deprecated);
        let known = |name: &str| version.any_inputs || is_fine(name);
        let docker = version.using.as_deref() == Some("docker") && matches!(own, "args" | "entrypoint");
        if known(own) || docker || own.contains("${{") {
            given.push(own);
            continue;
        }
        let (_, _, better) = RENAMED.iter().find(|(of, old, better)| {
            of.eq_ignore_ascii_case(slug) && old.eq_ignore_ascii_case(own) && known(better)
        })?;
        let there = step.with.iter().any(|(other, _)| other.value.eq_ignore_ascii_case(better));
        if there || cx.tree.slice(name.range) != own {
            return None;
        }
        given.push(better);
        edits.push(TextEdit::replace(name.range, *better));
    }
    let needs = |name: &str| old.as_ref().is_some_and(|old| old.input(name).is_some_and(|input| input.needed));
    let lacks = version.inputs.iter().any(|input| {
        input.must_be_given() && !needs(&input.name) && !given.iter().any(|name| name.eq_ignore_ascii_case(&input.name))
    });
    let asked = step.id.as_ref().map(|id| asked_of(cx, &id.value)).unwrap_or_default();
    let loses = !version.any_outputs && asked.iter().any(|name| !version.has_output(name));
    (!lacks && !loses).then_some(edits)
}

/// The outputs of a step that any expression asks for.
fn asked_of(cx: &Cx<'_>, id: &str) -> Vec<String> {
    let asts = cx.exprs.iter().filter_map(|at| at.parsed.ast.as_ref());
    let names = asts.flat_map(expr::used).filter_map(|used| match used.names().as_slice() {
        [steps, step, outputs, name, ..]
            if steps.eq_ignore_ascii_case("steps")
                && step.eq_ignore_ascii_case(id)
                && outputs.eq_ignore_ascii_case("outputs") =>
        {
            Some((*name).to_owned())
        }
        _ => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::lint::testing::{analyse, check, check_fix, env};

    fn with(uses: &str, input: &str) -> String {
        format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n        with:\n          {input}: x\n")
    }

    #[test]
    fn what_github_has_switched_off_fails() {
        let severity = |uses: &str| {
            let text = with(uses, "path");
            let found = analyse(&text, &env()).into_findings();
            found.iter().find(|finding| finding.rule == "outdated-action").map(|finding| finding.severity)
        };
        let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
        for (uses, told) in [
            ("actions/upload-artifact@v3", error),
            ("actions/upload-artifact@v3.1.2", error),
            ("actions/download-artifact@v1", error),
            ("actions/cache@v2", error),
            ("actions/cache@v3", warning),
            ("actions/checkout@v2", warning),
            ("actions/upload-artifact@v4", None),
            ("actions/upload-artifact@main", None),
        ] {
            assert_eq!(severity(uses), told, "{uses}");
        }
    }

    #[test]
    fn inputs_go_along_or_nothing_changes() {
        let before = with("actions/setup-node@v1", "version");
        let newest = analyse(&before, &env()).into_findings();
        let new = newest.iter().find_map(|finding| finding.fix.as_ref()?.title.strip_prefix("Use `")?.strip_suffix('`'));
        check_fix("outdated-action", &before, &with(new.unwrap_or_default(), "node-version"));
        for (uses, input) in
            [("docker/setup-buildx-action@v1", "install"), ("golangci/golangci-lint-action@v2", "skip-go-installation")]
        {
            let found = analyse(&with(uses, input), &env()).into_findings();
            let told: Vec<_> = found.iter().filter(|finding| finding.rule == "outdated-action").collect();
            assert!(told.len() == 1 && told[0].fix.is_none(), "{found:#?}");
        }
    }

    #[test]
    fn what_the_newest_version_does_not_give_is_left_to_people() {
        let before = with("actions/setup-python@v2", "python-version");
        let asks = |output: &str| {
            let step = format!("        id: x\n      - run: echo ${{{{ steps.x.outputs.{output} }}}}\n");
            let text = before.clone() + &step;
            let found = analyse(&text, &env()).into_findings();
            found.iter().any(|finding| finding.rule == "outdated-action" && finding.fix.is_some())
        };
        assert!(asks("python-version") && !asks("nothing"));
    }

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
