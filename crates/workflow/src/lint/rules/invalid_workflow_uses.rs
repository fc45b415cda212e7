use stepladder_yaml::TextEdit;

use crate::lint::interface::forgotten;
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-workflow-uses",
    severity: Severity::Error,
    kind: "actions",
    title: "`uses` of a job that names no reusable workflow",
    docs: "A job calls a reusable workflow of the same repository as `./.github/workflows/FILE.yml`, without a version, and one \
           of another repository as `OWNER/REPO/.github/workflows/FILE.yml@REF`. The file lies directly in \
           `.github/workflows`. Actions are used by steps, not by jobs.",
    bad: "on: push\njobs:\n  build:\n    uses: actions/checkout@v5\n",
    good: "on: push\njobs:\n  build:\n    uses: octo-org/ci/.github/workflows/build.yml@v1\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for uses in cx.workflow.jobs.iter().filter_map(|job| job.uses.as_ref()) {
        if uses.value.is_empty() || uses.value.contains("${{") {
            continue;
        }
        // Of a file that is not where workflows are, it is not known what lies around it.
        let elsewhere = cx.env.file_name.as_ref().is_some_and(|name| !name.contains(".github/workflows"));
        if elsewhere && uses.value.starts_with("./") && !uses.value.contains('@') {
            continue;
        }
        if let Err(why) = read(&uses.value) {
            let plain = cx.tree.slice(uses.range) == uses.value;
            let local = uses.value.split_once('@').filter(|(local, _)| read(local).is_ok());
            let own = forgotten(&uses.value).filter(|path| file(path).is_ok()).map(|path| format!("./{path}"));
            let fix = match (local, &own) {
                _ if !plain => None,
                (Some((local, version)), _) => {
                    Some(Fix::risky(format!("Remove `@{version}`"), TextEdit::replace(uses.range, local)))
                }
                (_, Some(own)) => Some(Fix::risky(format!("Write `{own}`"), TextEdit::replace(uses.range, own))),
                _ => None,
            };
            let why = match &own {
                Some(own) => format!("a file of the same repository is named with `./`, so write `{own}`"),
                None => why,
            };
            let message = format!("`{}` is no reusable workflow: {why}.", uses.value);
            out.push(RULE.at(uses.range, message).with_fix(fix));
        }
    }
}

fn read(uses: &str) -> Result<(), String> {
    if let Some(local) = uses.strip_prefix("./").or_else(|| uses.strip_prefix("$/")) {
        if local.contains('@') {
            return Err("one of the same repository has no version; remove what begins with `@`".to_owned());
        }
        return file(local).map_err(str::to_owned);
    }
    let (name, version) = uses.split_once('@').unwrap_or((uses, ""));
    let mut parts = name.splitn(3, '/');
    let (owner, repo, path) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    file(path)?;
    if owner.is_empty() || !owner.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
        return Err(format!("`{owner}` cannot be the owner of a repository"));
    }
    if repo.is_empty() || !repo.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    {
        return Err(format!("`{repo}` cannot be the name of a repository"));
    }
    if version.is_empty() {
        return Err("add `@` and a branch, tag or commit".to_owned());
    }
    git_ref(version)
}

/// Whether `path` lies directly in the folder for workflows.
fn file(path: &str) -> Result<(), &'static str> {
    let rest = path
        .strip_prefix(".github/workflows/")
        .or_else(|| path.strip_prefix(".github/workflows-lab/"))
        .ok_or("the file must lie in `.github/workflows`")?;
    if rest.contains('/') {
        return Err("the file must lie directly in `.github/workflows`, not in a folder below it");
    }
    match rest.strip_suffix(".yml").or_else(|| rest.strip_suffix(".yaml")) {
        None => Err("the file's name must end with `.yml` or `.yaml`"),
        Some("") => Err("the file has no name"),
        Some(_) => Ok(()),
    }
}

/// Git's rules for names of refs.
fn git_ref(version: &str) -> Result<(), String> {
    const PARTS: [&str; 3] = ["..", "@{", "//"];
    if let Some(part) = PARTS.iter().find(|part| version.contains(**part)) {
        return Err(format!("a version cannot have `{part}`"));
    }
    if let Some(c) = version.chars().find(|c| " ~^:?*[\\@".contains(*c) || c.is_control()) {
        return Err(format!("a version cannot have `{c}`"));
    }
    if version.starts_with(['/', '.']) || version.ends_with(['/', '.']) {
        return Err("a version cannot begin or end with `/` or `.`".to_owned());
    }
    if version.split('/').any(|part| part.ends_with(".lock") || part.starts_with('.')) {
        return Err(format!("`{version}` cannot be the name of a branch or tag"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn forms() {
        for right in
            ["./.github/workflows/a.yml", "$/.github/workflows/a.yaml", "o/r/.github/workflows/a.yml@v1.2"]
        {
            assert_eq!(read(right), Ok(()), "{right}");
        }
        for wrong in [
            "./.github/workflows/a.yml@v1",
            "./.github/workflows/sub/a.yml",
            "./a.yml",
            "o/r/.github/workflows/a.yml",
            "o/r/.github/workflows/a@v1",
            "o/r/.github/workflows/.yml@v1",
            "o*/r/.github/workflows/a.yml@v1",
            "o/r/.github/workflows/a.yml@v1..2",
            "o/r/.github/workflows/a.yml@x.lock",
            "o/r/.github/workflows/a.yml@/x",
            "a.yml@v1",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_lies_in_the_same_repository_needs_its_dot() {
        let callee = "#: .github/workflows/b.yml
on:
  workflow_call:
    inputs:
      level: {type: number}
jobs:
  b:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ inputs.level }}
";
        let with = |uses: &str| {
            format!("on: push\njobs:\n  a:\n    uses: {uses}\n    with:\n      level: 1\n")
        };
        let before = with(".github/workflows/b.yml") + callee;
        crate::lint::testing::check_fix("invalid-workflow-uses", &before, &with("./.github/workflows/b.yml"));
        crate::lint::testing::check(
            &("on: push
jobs:
  a:
    uses: .github/workflows/b.yml
          ^^^^^^^^^^^^^^^^^^^^^^^ invalid-workflow-uses: is named with `./`, so write `./.github/workflows/b.yml`.
    with:
      level: high
             ^^^^ call-input-type: this is a text
"
            .to_owned()
                + callee),
        );
    }

    #[test]
    fn a_version_of_a_local_one_goes() {
        let with = |version: &str| {
            format!("on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml{version} # why\n#: .github/workflows/b.yml\non: workflow_call\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        let (before, after) = (with("@main"), with(""));
        let after = after.split("#: ").next().unwrap_or_default();
        crate::lint::testing::check_fix("invalid-workflow-uses", &before, after);
    }
}
