use crate::facts::permissions::{Level, SCOPES};
use crate::lint::interface::CallPart;
use crate::lint::{Cx, Rule};
use crate::model::Permissions;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "callee-permissions",
    severity: Severity::Error,
    kind: "actions",
    title: "Called workflow that asks for more than the caller may give",
    docs: "A called workflow cannot have more permissions than the job that calls it: GitHub refuses to start the run. What \
           `permissions` do not list is not given at all, not even for reading. Give the permission to the calling job, or take \
           it away in the called workflow.",
    bad: "on: push\npermissions:\n  contents: read\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n#: .github/workflows/build.yml\non: workflow_call\npermissions:\n  contents: write\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\npermissions:\n  contents: write\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n#: .github/workflows/build.yml\non: workflow_call\npermissions:\n  contents: write\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let Some(uses) = &job.uses else { continue };
        // Without any, the repository's setting decides, which is not known.
        let Some(given) = job.permissions.as_ref().or(cx.workflow.permissions.as_ref()) else { continue };
        let Some(callee) = cx.callee(&uses.value).filter(|callee| callee.tells(CallPart::Permissions)) else { continue };
        let own = callee.workflow.permissions.as_ref();
        let asked = callee.workflow.jobs.iter().filter_map(|job| job.permissions.as_ref().or(own));
        let mut missing: Vec<String> = Vec::new();
        for asked in asked {
            for scope in SCOPES {
                let (Some(asked), Some(given)) = (level(asked, scope.name), level(given, scope.name)) else {
                    continue;
                };
                // Reading is refused as well, even in a repository that everyone may read.
                if asked <= given {
                    continue;
                }
                let text = format!("`{}: {}`", scope.name, asked.name());
                if !missing.contains(&text) {
                    missing.push(text);
                }
            }
        }
        if !missing.is_empty() {
            missing.truncate(6);
            let message = format!(
                "`{}` asks for {}, which this job does not have to give.",
                callee.path,
                missing.join(", ")
            );
            out.push(RULE.at(uses.range, message));
        }
    }
}

/// What these permissions say about a scope; `None`: it cannot be told.
fn level(permissions: &Permissions, scope: &str) -> Option<Level> {
    match permissions {
        Permissions::All(text) => match text.value.as_str() {
            // What "all" is differs from scope to scope, and from time to time.
            "read-all" if scope != "id-token" => Some(Level::Read),
            "write-all" => None,
            _ => None,
        },
        Permissions::Scopes(scopes) => match scopes.iter().find(|(name, _)| name.value == scope) {
            Some((_, level)) => Level::parse(&level.value),
            None => Some(Level::None),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn reading_must_be_given_too() {
        check(
            "on: push
permissions: {}
jobs:
  nothing:
    uses: ./.github/workflows/build.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ callee-permissions: asks for `contents: read`, `checks: write`
  some:
    permissions: {contents: write, checks: read}
    uses: ./.github/workflows/build.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ callee-permissions: asks for `checks: write`
  enough:
    permissions: {contents: read, checks: write}
    uses: ./.github/workflows/build.yml
  all:
    permissions: write-all
    uses: ./.github/workflows/build.yml
#: .github/workflows/build.yml
on: workflow_call
permissions:
  contents: read
  issues: none
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
  test:
    permissions: {checks: write}
    runs-on: ubuntu-latest
    steps:
      - run: make test
",
        );
    }
}
