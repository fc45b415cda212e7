use std::collections::BTreeSet;

use crate::lint::interface::{forgotten, normal};
use crate::lint::{Cx, Rule};
use crate::model::{Uses, Workflow};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "workflow-cycle",
    severity: Severity::Error,
    kind: "actions",
    title: "Workflow that calls itself",
    docs: "A job calls this very workflow, or one that calls it again by way of others. That would never end, and GitHub refuses \
           it. Take the call away, or move what is needed twice into a workflow of its own.",
    bad: "#: .github/workflows/build.yml\non: workflow_call\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  again:\n    uses: ./.github/workflows/build.yml\n",
    good: "#: .github/workflows/build.yml\non: workflow_call\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  again:\n    uses: ./.github/workflows/other.yml\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for uses in cx.workflow.jobs.iter().filter_map(|job| job.uses.as_ref()) {
        let Some(way) = local(&uses.value).and_then(|path| way_back(cx, &path)) else { continue };
        let message = match way.as_slice() {
            [_] => "This workflow calls itself, which GitHub refuses: call another one, or remove the job.".to_owned(),
            [first, others @ .., _] => {
                let calls: Vec<String> = others.iter().map(|path| format!("calls `{path}`, which ")).collect();
                format!(
                    "`{first}` {}calls this workflow again, and GitHub refuses workflows that call each other in a circle: \
                     take one of the calls away.",
                    calls.concat()
                )
            }
            [] => continue,
        };
        out.push(RULE.at(uses.range, message));
    }
}

/// Whether it is the workflow that is checked.
pub(super) fn is_itself(cx: &Cx<'_>, path: &str) -> bool {
    let own = cx.env.file_name.as_deref().unwrap_or_default();
    own.find(".github/workflows/").is_some_and(|at| own[at..] == normal(path))
}

/// The workflows that are called one by the other from `path` to the one that is checked, both included.
fn way_back(cx: &Cx<'_>, path: &str) -> Option<Vec<String>> {
    let mut seen: BTreeSet<String> = BTreeSet::from([path.to_owned()]);
    let mut ways = vec![vec![path.to_owned()]];
    while let Some(way) = ways.pop() {
        let last = way.last()?;
        if is_itself(cx, last) {
            return Some(way);
        }
        let Some(callee) = cx.callee(&format!("./{last}")) else { continue };
        for next in called(&callee.workflow).filter(|next| seen.insert(next.clone())) {
            ways.push([way.as_slice(), &[next]].concat());
        }
    }
    None
}

fn called(workflow: &Workflow) -> impl Iterator<Item = String> {
    workflow.jobs.iter().filter_map(|job| local(&job.uses.as_ref()?.value))
}

/// The workflow of the same repository that a `uses` names.
fn local(uses: &str) -> Option<String> {
    let path = match Uses::new(uses) {
        Uses::Local { path } | Uses::Own { path } => path,
        _ => forgotten(uses)?,
    };
    (!path.contains('@') && !path.contains("${{")).then(|| normal(path))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_circle_may_lead_through_others() {
        let job = |uses: &str| format!("on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/{uses}.yml\n");
        let mark = |message: &str| format!("          ^^^^^^^^^^^^^^^^^^^^^^^^^ workflow-cycle: {message}\n");
        let [b, c] = [("b", "c"), ("c", "a")].map(|(name, uses)| format!("#: .github/workflows/{name}.yml\n{}", job(uses)));
        let a = format!("#: .github/workflows/a.yml\n{}", job("b"));
        let told = mark("`.github/workflows/b.yml` calls `.github/workflows/c.yml`, which calls this workflow again");
        check(&[&a, told.as_str(), &b, &c].concat());
        let told = mark("`.github/workflows/b.yml` calls this workflow again");
        check(&[&a, told.as_str(), &b.replace("c.yml", "a.yml")].concat());
        // One among the others is told there.
        check(&[a, b, c.replace("a.yml", "b.yml")].concat());
    }

    #[test]
    fn it_is_told_once() {
        let text = |on: &str| format!("on: {on}\njobs:\n  a:\n    uses: ./.github/workflows/x.yml\n");
        let mark = "          ^^^^^^^^^^^^^^^^^^^^^^^^^ workflow-cycle: This workflow calls itself\n";
        for on in ["push", "workflow_call"] {
            let file = format!("#: .github/workflows/x.yml\n{}", text(on));
            check(&[file.as_str(), mark, &file].concat());
        }
    }
}
