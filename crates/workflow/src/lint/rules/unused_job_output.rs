use std::collections::BTreeSet;

use crate::expr;
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unused-job-output",
    severity: Severity::Hint,
    kind: "data-flow",
    title: "Output of a job that nothing reads",
    docs: "Outputs of a job are there for later jobs, as `needs.<job>.outputs.<name>`, and for callers of a reusable workflow. No \
           job reads this one: remove it, or look for a slip where it should be read.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    outputs:\n      version: ${{ steps.v.outputs.version }}\n    steps:\n      - id: v\n        run: echo \"version=1\" >> \"$GITHUB_OUTPUT\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    outputs:\n      version: ${{ steps.v.outputs.version }}\n    steps:\n      - id: v\n        run: echo \"version=1\" >> \"$GITHUB_OUTPUT\"\n  test:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{ needs.build.outputs.version }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.workflow.jobs.iter().all(|job| job.outputs.is_empty()) || cx.is_torn_word("needs") {
        return;
    }
    // What is read: a job and an output of it, or a whole job.
    let mut read: BTreeSet<(String, String)> = BTreeSet::new();
    let mut whole: BTreeSet<String> = BTreeSet::new();
    for ast in cx.exprs.iter().filter_map(|at| at.parsed.ast.as_ref()) {
        for used in expr::used(ast).into_iter().filter(|used| used.root.is("needs") || used.root.is("jobs")) {
            match used.names()[..] {
                // All jobs at once, or one that is computed.
                [_] => return,
                [_, job, outputs, name] if outputs.eq_ignore_ascii_case("outputs") => {
                    read.insert((job.to_lowercase(), name.to_lowercase()));
                }
                [_, job, result, ..] if result.eq_ignore_ascii_case("result") => {
                    let _ = job;
                }
                [_, job, ..] => {
                    whole.insert(job.to_lowercase());
                }
                [] => {}
            }
        }
    }
    for job in &cx.workflow.jobs {
        let id = job.id.value.to_lowercase();
        if whole.contains(&id) {
            continue;
        }
        // A slip of a name reads what it is meant to be.
        let names = || job.outputs.iter().map(|(name, _)| name.value.as_str());
        let slips: Vec<String> = read
            .iter()
            .filter(|(of, name)| *of == id && !names().any(|own| own.eq_ignore_ascii_case(name)))
            .filter_map(|(_, name)| nearest(name, names()).map(str::to_lowercase))
            .collect();
        read.extend(slips.into_iter().map(|name| (id.clone(), name)));
        for (name, _) in &job.outputs {
            if !read.contains(&(id.clone(), name.value.to_lowercase()))
                && !name.value.contains("${{")
                && !cx.may_name(&name.value)
            {
                out.push(
                    RULE.at(name.range, format!("Nothing reads the output `{}` of this job.", name.value)),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_slip_reads_what_is_meant() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    outputs:
      targets: ${{ github.sha }}
      other: ${{ github.sha }}
      ^^^^^ unused-job-output: Nothing reads the output `other`
    steps:
      - run: make
  b:
    needs: a
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ needs.a.outputs.target }}
                      ^^^^^^^^^^^^^^^^^^^^^^ unknown-property: did you mean `targets`
",
        );
    }
}
