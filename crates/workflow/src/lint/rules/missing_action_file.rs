use crate::lint::interface::is_missing;
use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-action-file",
    severity: Severity::Warning,
    kind: "metadata",
    title: "File of an action that is not there",
    docs: "The action's metadata names a script or a `Dockerfile` that is not in its folder, so every step that uses the action \
           fails. A file that is made by a build must be committed, and an image's file must be named `Dockerfile`, \
           `Dockerfile.NAME` or `NAME.Dockerfile`.",
    bad: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: docker\n  image: Image\n",
    good: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

const FILES: [&str; 7] = ["main", "pre", "post", "image", "entrypoint", "pre-entrypoint", "post-entrypoint"];

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.kind != FileKind::Action {
        return;
    }
    let folder =
        cx.env.file_name.as_deref().and_then(|name| name.rsplit_once('/')).map_or("", |(folder, _)| folder);
    let Some(runs) = cx.tree.root().and_then(|root| root.get("runs")) else { return };
    for entry in runs.entries() {
        let Some(key) = entry.name().filter(|key| FILES.contains(key)) else { continue };
        let Some(value) = entry.value.as_str() else { continue };
        if value.is_empty() || value.starts_with("docker://") || value.contains("${{") {
            continue;
        }
        if key == "image" && is_image(value) {
            let message = format!(
                "Only steps of this repository find the image `{value}`; write `docker://{value}`, so that others do too."
            );
            out.push(RULE.at(entry.value.range(), message).with_severity(Severity::Hint));
        } else if is_missing(cx, &format!("{folder}/{value}")) {
            out.push(
                RULE.at(entry.value.range(), format!("`{key}` names `{value}`, but there is no such file.")),
            );
        } else if key == "image" && !is_dockerfile(value) {
            let message = format!(
                "`image` must name a file called `Dockerfile`, or an image as `docker://IMAGE:TAG`, not `{value}`."
            );
            out.push(RULE.at(entry.value.range(), message));
        }
    }
}

/// Whether a file would be taken for the recipe of an image: `Dockerfile`, `Dockerfile.NAME`, `NAME.Dockerfile`.
fn is_dockerfile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.starts_with("dockerfile.") || name.ends_with("dockerfile")
}

/// Whether a value names an image of a registry: by a tag, or by the registry's host. The runner takes it for one when
/// the action is of the repository itself.
fn is_image(value: &str) -> bool {
    let host = value.split_once('/').map_or("", |(host, _)| host);
    let of_host = host.trim_start_matches('.').contains('.');
    !is_dockerfile(value) && (of_host || value.contains(':'))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_in, env};
    #[test]
    fn names_what_is_missing() {
        let mut env = env();
        env.missing.push("main.js".to_owned());
        check_in(
            "#: action.yml
name: Set up
description: Sets up.
runs:
  using: node24
  main: main.js
        ^^^^^^^ missing-action-file: there is no such file
",
            &env,
        );
        check(
            "#: action.yml
name: Set up
description: Sets up.
runs:
  using: docker
  image: Image
         ^^^^^ missing-action-file: called `Dockerfile`
",
        );
    }

    #[test]
    fn an_image_of_a_registry_is_no_file() {
        let mut env = env();
        env.missing.push("tools/ghcr.io/owner/image:latest".to_owned());
        check_in(
            "#: tools/action.yml
name: Set up
description: Sets up.
runs:
  using: docker
  image: ghcr.io/owner/image:latest
         ^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-action-file: Only steps of this repository
",
            &env,
        );
        check(
            "#: action.yml
name: Set up
description: Sets up.
runs:
  using: docker
  image: docker/Dockerfile.slim
",
        );
    }
}
