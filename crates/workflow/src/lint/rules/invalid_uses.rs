use stepladder_yaml::TextEdit;

use crate::lint::interface::{forgotten, metadata};
use crate::lint::{Cx, Rule};
use crate::model::{StepKind, Uses};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-uses",
    severity: Severity::Error,
    kind: "actions",
    title: "`uses` of a step that names no action",
    docs: "A step uses an action as `OWNER/REPO@REF` or `OWNER/REPO/PATH@REF`, where REF is a tag, branch or commit; as \
           `./PATH` in the checkout; or as `docker://IMAGE:TAG`. Reusable workflows are used by jobs, not by steps.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for step in cx.steps() {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let workflow = (cx.kind == FileKind::Workflow).then(|| workflow(&uses.value)).flatten();
        let elsewhere = || meant(&uses.value).or_else(|| cut_wrongly(cx, &uses.value));
        if let Some(meant) = elsewhere().filter(|_| own_action(cx, &uses.value).is_none()) {
            let message = format!("`{}` is written `{meant}`: an action is named `OWNER/REPO@REF`.", uses.value);
            let fix = Fix::risky(format!("Use `{meant}`"), TextEdit::replace(uses.range, meant));
            out.push(RULE.at(uses.range, message).with_fix(fix));
            continue;
        }
        // A folder may be called so.
        let local = uses.value.strip_prefix("./").filter(|path| path.contains('@') && workflow.is_none());
        if local.is_some_and(|path| metadata(cx, path).is_some()) {
            continue;
        }
        if let Some(message) = workflow.or_else(|| problem(&uses.value)) {
            // GitHub's own checks let a version behind `$/` pass, though it has no meaning there.
            let own = uses.value.starts_with("$/") || local.is_some();
            let severity = if own { Severity::Warning } else { Severity::Error };
            let newest = cx
                .env
                .catalogue
                .as_ref()
                .and_then(|catalogue| catalogue.action(uses.value.trim_end_matches('@')));
            let bare = local.and_then(|path| path.split('@').next()).map(|folder| format!("./{folder}"));
            let own = own_action(cx, &uses.value);
            let official = official(cx, &uses.value);
            let new = own.clone().or(bare).or_else(|| official.clone()).or_else(|| newest.map(|action| action.suggested_use()));
            let fix =
                new.map(|new| Fix::risky(format!("Use `{new}`"), TextEdit::replace(uses.range, new)));
            // No old version is an example.
            let newest = newest.map(|action| action.suggested_use());
            let message = match newest {
                Some(new) => message.replace(&format!("`{}@v1`", uses.value.trim_end_matches('@')), &format!("`{new}`")),
                None => message,
            };
            let message = match &official {
                Some(official) => format!("{}, as in `{official}`.", message.trim_end_matches('.')),
                None => message,
            };
            let message = match own {
                Some(own) => format!(
                    "`{}` names no action: a folder of the same repository is named with `./`, so write `{own}`.",
                    uses.value
                ),
                None => message,
            };
            out.push(RULE.at(uses.range, message).with_severity(severity).with_fix(fix));
        }
    }
}

/// The action that is meant by a name as it is written elsewhere.
fn meant(uses: &str) -> Option<String> {
    if uses.contains("${{") || uses.contains(char::is_whitespace) {
        return None;
    }
    let scheme = uses.strip_prefix("https://").or_else(|| uses.strip_prefix("http://")).unwrap_or(uses);
    let name = scheme.strip_prefix("github.com/").unwrap_or(scheme);
    let name = name.strip_prefix(['@', '/']).unwrap_or(name);
    let is_version = |text: &str| text.strip_prefix('v').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit());
    let meant = if name.contains('@') {
        name.to_owned()
    } else {
        let behind = name.rsplit_once('/').filter(|(action, last)| is_version(last) && action.contains('/'));
        let (action, version) = name.rsplit_once(':').or(behind)?;
        format!("{action}@{version}")
    };
    // No name of an owner has a dot: that is a registry or another host.
    let is_remote = matches!(Uses::new(&meant), Uses::Remote { owner, .. } if !owner.contains('.')) && !meant.contains("//");
    (meant != uses && is_remote && problem(&meant).is_none()).then_some(meant)
}

/// The known action whose owner and name stand around an `@` instead of a `/`.
fn cut_wrongly(cx: &Cx<'_>, uses: &str) -> Option<String> {
    let (owner, rest) = uses.split_once('@').filter(|(owner, rest)| !owner.contains('/') && !rest.contains('/'))?;
    let (name, version) = rest.split_once('@').unwrap_or((rest, ""));
    known_at(cx, &format!("{owner}/{name}"), version)
}

/// The action of GitHub itself that is named without its owner.
fn official(cx: &Cx<'_>, uses: &str) -> Option<String> {
    let (name, version) = uses.split_once('@').filter(|(name, version)| !name.contains('/') && !version.is_empty())?;
    known_at(cx, &format!("actions/{name}"), version)
}

/// A known action at that version, or at its newest where that one is none or too old.
fn known_at(cx: &Cx<'_>, slug: &str, version: &str) -> Option<String> {
    let action = cx.env.catalogue.as_ref()?.action(slug)?;
    let is_old = version.is_empty() || action.is_outdated(version, None) || action.is_switched_off(version, None);
    Some(if is_old { action.suggested_use() } else { format!("{slug}@{version}") })
}

/// The folder of this repository that is meant, though its `./` was forgotten.
fn own_action(cx: &Cx<'_>, uses: &str) -> Option<String> {
    let there = || !uses.contains(['@', ':']) && metadata(cx, uses).is_some();
    let path = forgotten(uses).or_else(|| there().then_some(uses))?;
    (!path.ends_with(".yml") && !path.ends_with(".yaml")).then(|| format!("./{path}"))
}

/// What is said of a workflow of the same repository.
fn workflow(uses: &str) -> Option<String> {
    let path = uses.strip_prefix("./").or_else(|| uses.strip_prefix("$/"))?;
    let bare = path.split('@').next().unwrap_or_default();
    let file = bare.ends_with(".yml") || bare.ends_with(".yaml");
    (file && path.starts_with(".github/workflows/")).then(|| {
        format!("`{uses}` is a reusable workflow, which a job uses (`jobs.<id>.uses`), not a step.")
    })
}

fn problem(uses: &str) -> Option<String> {
    const FORM: &str = "write `OWNER/REPO@REF`, `./PATH` or `docker://IMAGE:TAG`";
    if uses.contains("${{") || uses.is_empty() {
        return None;
    }
    match Uses::new(uses) {
        Uses::Local { .. } if uses == "." => {
            Some("`.` names no action: write `./` for the one in the root of the repository.".to_owned())
        }
        Uses::Local { path } => path.split_once('@').map(|(folder, _)| {
            format!("`{uses}` has a version, but a folder of the repository is taken from the checkout: write `./{folder}`.")
        }),
        Uses::Own { path: "" } => {
            Some(format!("`{uses}` names no folder: write the one with the action, as in `$/.github/actions/setup`."))
        }
        Uses::Own { path } => path.contains('@').then(|| {
            format!(
                "`{uses}` cannot have an `@REF`: it always means the commit of this very file; remove it."
            )
        }),
        Uses::Docker { image } => docker(uses, image),
        Uses::Remote { owner, repo, path, git_ref, .. } => {
            if path == ".github/workflows" || path.starts_with(".github/workflows/") {
                return Some(format!(
                    "`{uses}` is a reusable workflow, which a job uses (`jobs.<id>.uses`), not a step."
                ));
            }
            let blank = uses.contains(char::is_whitespace);
            if git_ref.contains('@') || blank || owner == "." || repo == "." {
                return Some(format!("`{uses}` names no action; {FORM}."));
            }
            None
        }
        Uses::Other if uses.starts_with("../") => {
            let path = uses.trim_start_matches("../");
            Some(format!("`{uses}` lies outside of the repository: name a folder of it from its root, as in `./{path}`."))
        }
        Uses::Other if uses.starts_with('/') => Some(format!("`{uses}` names no action; {FORM}.")),
        Uses::Other if uses.starts_with('@') && uses.contains('/') => {
            let name = uses.trim_start_matches('@');
            let name = name.split('@').next().unwrap_or_default();
            Some(format!("`{uses}` names no action: write its owner without the `@`, as in `{name}@v1`."))
        }
        Uses::Other => Some(match uses.split_once('@') {
            None if uses.contains('/') => {
                format!("`{uses}` lacks a version: add a tag, branch or commit, as in `{uses}@v1`.")
            }
            Some((name, "")) => {
                format!("`{uses}` lacks a version: add a tag, branch or commit, as in `{name}@v1`.")
            }
            Some((name, _)) if !name.contains('/') => {
                format!("`{uses}` lacks an owner: an action is named `OWNER/REPO@REF`.")
            }
            _ => format!("`{uses}` names no action; {FORM}."),
        }),
    }
}

fn docker(uses: &str, image: &str) -> Option<String> {
    if image.is_empty() {
        return Some(format!("`{uses}` names no image; write `docker://IMAGE:TAG`."));
    }
    let name = image.split('@').next().unwrap_or_default();
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.ends_with(':') {
        return Some(format!("`{uses}` has an empty tag; write the tag, as in `docker://{name}latest`."));
    }
    let plain = |c: &char| c.is_ascii_alphanumeric() || "./-_:@+".contains(*c);
    let odd = image.chars().find(|c| !plain(c))?;
    let odd = if odd.is_whitespace() { "a blank".to_owned() } else { format!("`{odd}`") };
    Some(format!("`{uses}` names no image: it has {odd}; write `docker://IMAGE:TAG`."))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn forms() {
        for right in [
            "actions/checkout@v5",
            "github/codeql-action/init@v3",
            "./build",
            "$/build",
            "docker://alpine",
            "docker://ghcr.io:443/a/b:1",
            "docker://alpine@sha256:0123",
            "",
        ] {
            assert_eq!(problem(right), None, "{right}");
        }
        for (wrong, part) in [
            (".", "write `./`"),
            ("actions/checkout", "lacks a version"),
            ("actions/checkout@", "lacks a version"),
            ("checkout@v4", "lacks an owner"),
            ("checkout", "names no action"),
            ("actions/checkout@v4@x", "names no action"),
            ("docker://", "names no image"),
            ("docker://alpine:", "empty tag"),
            ("docker://al pine", "it has a blank"),
            ("docker://%zz", "it has `%`"),
            ("$/build@v1", "cannot have"),
            ("o/r/.github/workflows/x.yml@v1", "reusable workflow"),
            ("o/r/.github/workflows/x@v1", "reusable workflow"),
            ("./tools/setup@v1", "write `./tools/setup`"),
        ] {
            assert!(
                problem(wrong).is_some_and(|message| message.contains(part)),
                "{wrong}: {:?}",
                problem(wrong)
            );
        }
    }

    #[test]
    fn a_folder_of_the_repository_needs_its_dot() {
        let action = "#: .github/actions/setup/action.yml
name: Set up
description: Sets up.
inputs:
  level:
    description: How
    required: true
runs:
  using: composite
  steps:
    - run: make
      shell: bash
";
        let with = |uses: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n        with:\n          level: 1\n")
        };
        let before = with(".github/actions/setup") + action;
        crate::lint::testing::check_fix("invalid-uses", &before, &with("./.github/actions/setup"));
        let elsewhere = action.replace(".github/actions/setup", "tools/setup");
        let before = with("tools/setup") + &elsewhere;
        crate::lint::testing::check_fix("invalid-uses", &before, &with("./tools/setup"));
        let before = with(".github/actions/setup").replace("level", "levle") + action;
        let found = crate::lint::testing::analyse(&before, &crate::lint::testing::env()).into_findings();
        let rules: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["invalid-uses", "missing-input", "unknown-input"], "{found:#?}");
    }

    #[test]
    fn forms_from_elsewhere_become_what_is_meant() {
        let with = |uses: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n")
        };
        let sha = "0123456789012345678901234567890123456789";
        for (before, after) in [
            ("actions/checkout:v7", "actions/checkout@v7"),
            ("actions/checkout/v7", "actions/checkout@v7"),
            ("octo/cat/sub/1.2", "octo/cat/sub@1.2"),
            ("github.com/octo/cat@v1", "octo/cat@v1"),
            ("https://github.com/octo/cat@v1", "octo/cat@v1"),
            ("/octo/cat@v1", "octo/cat@v1"),
            ("\"@octo/cat@v1\"", "octo/cat@v1"),
            (&format!("octo/cat:{sha}"), &format!("octo/cat@{sha}")),
            ("actions@checkout@v7", "actions/checkout@v7"),
            ("checkout@v7", "actions/checkout@v7"),
            ("checkout@v2", "actions/checkout@v7"),
        ] {
            crate::lint::testing::check_fix("invalid-uses", &with(before), &with(after));
        }
        for (uses, part) in [
            ("/octo/cat", "write `OWNER/REPO@REF`"),
            ("../cat", "as in `./cat`"),
            ("@octo/cat", "as in `octo/cat@v1`"),
        ] {
            assert!(problem(uses).is_some_and(|message| message.contains(part)), "{uses}: {:?}", problem(uses));
        }
    }

    #[test]
    fn an_at_in_the_place_of_the_slash_is_told() {
        let text = |uses: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n")
        };
        let found = crate::lint::testing::analyse(&text("actions@checkout"), &crate::lint::testing::env()).into_findings();
        let [only] = found.as_slice() else { panic!("{found:#?}") };
        assert!(only.message.contains("is written `actions/checkout@v"), "{found:#?}");
        crate::lint::testing::check_fix(
            "invalid-uses",
            &text("actions@checkout"),
            &only.fix.as_ref().map(|fix| fix.edit.apply(&text("actions@checkout"))).unwrap_or_default(),
        );
        let found = crate::lint::testing::analyse(&text("foo@bar"), &crate::lint::testing::env()).into_findings();
        assert!(found[0].message.ends_with("lacks an owner: an action is named `OWNER/REPO@REF`."), "{found:#?}");
    }

    #[test]
    fn a_workflow_of_the_repository_is_no_action() {
        crate::lint::testing::check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: ./.github/workflows/b.yml
              ^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-uses: is a reusable workflow
      - uses: ./.github/workflows/b.yml@main
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-uses: is a reusable workflow
      - uses: ./tools/setup@v1
              ^^^^^^^^^^^^^^^^ invalid-uses: write `./tools/setup`
#: .github/workflows/b.yml
on: workflow_call
jobs:
  b:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn no_old_version_is_proposed() {
        crate::lint::testing::check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout
              ^^^^^^^^^^^^^^^^ invalid-uses: add a tag, branch or commit, as in `actions/checkout@v
      - uses: $/.github/workflows/b.yml
              ^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-uses: is a reusable workflow
",
        );
        let text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n";
        let found = crate::lint::testing::analyse(text, &crate::lint::testing::env()).into_findings();
        assert!(found.iter().all(|finding| !finding.message.contains("@v1`")), "{found:#?}");
    }
}
