use super::missing_artifact::ancestors;
use crate::expr::Code;
use crate::lint::cx::ExprAt;
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-property",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Property that does not exist",
    docs: "The object has no property of this name, so the value is always empty. Outputs, ids of steps, jobs in `needs`, inputs and matrix values are known from the file: each must be declared, and a step's id only counts for later steps of the same job.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.reff }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.ref }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    scope::report(cx, &RULE, |code| matches!(code, Code::UnknownProperty), out);
    for finding in out.iter_mut().filter(|finding| finding.rule == RULE.id && finding.fix.is_none()) {
        if finding.message.ends_with("add it to the `needs` of this job.") {
            finding.fix = waiting(cx, finding);
        }
    }
    for finding in out.iter_mut().filter(|finding| finding.message.starts_with("This job does not need a job")) {
        of_other_job(cx, finding);
    }
    for finding in out.iter_mut().filter(|finding| finding.message.starts_with("No earlier step of this job")) {
        reword(cx, finding);
    }
}

/// An action has no jobs, and a step that asks for itself does not ask for an earlier one.
fn reword(cx: &Cx<'_>, finding: &mut Finding) {
    let Some(at) = around(cx, finding) else { return };
    let owner = cx.owners().get(at.place).copied().unwrap_or_default();
    let job = owner.job.and_then(|job| cx.workflow.jobs.get(job));
    let steps = job.map_or(&cx.action.steps, |job| &job.steps);
    let own = owner.step.and_then(|step| steps.get(step)).and_then(|step| step.id.as_ref());
    let name = finding.message.split('`').nth(1).unwrap_or_default();
    if own.is_some_and(|own| own.value.eq_ignore_ascii_case(name)) {
        finding.message = format!(
            "`{name}` is the id of this step itself, which has no results before it is done: ask an earlier step."
        );
        finding.fix = None;
    } else if job.is_none() {
        finding.message = finding.message.replacen("of this job", "of this action", 1);
    }
}

/// A job that is there is meant, whatever the names in `needs` are like; one that is nowhere cannot be waited for.
fn of_other_job(cx: &Cx<'_>, finding: &mut Finding) {
    let name = finding.message.split('`').nth(1).unwrap_or_default().to_owned();
    let own = around(cx, finding).and_then(|at| cx.owners().get(at.place)?.job);
    let Some(job) = own.and_then(|own| cx.workflow.jobs.get(own)) else { return };
    match cx.job(&name) {
        Some(other) if Some(other) == own => {
            finding.message =
                format!("`{name}` is this job itself, which has no results before it is done: ask a job in its `needs`.");
            finding.fix = None;
        }
        Some(_) => {
            finding.message =
                format!("This job does not need a job `{name}` directly: add it to the `needs` of this job.");
            finding.fix = waiting(cx, finding);
        }
        None if job.needs.iter().any(|need| need.value.eq_ignore_ascii_case(&name)) => {
            finding.message = format!("There is no job `{name}`, so this is always empty: correct the name in `needs`.");
            finding.fix = None;
        }
        None if finding.fix.is_none() => {
            let others = || cx.workflow.jobs.iter().filter(|other| other.id != job.id);
            let ids: Vec<&str> = others().map(|other| other.id.value.as_str()).collect();
            let ask = match nearest(&name, ids.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`, which must stand in the `needs` of this job, too?"),
                None if ids.is_empty() => "there is no other job whose results could be used.".to_owned(),
                None => format!("there are {}.", list(ids, 12)),
            };
            finding.message = format!("There is no job `{name}`; {ask}");
        }
        None => {}
    }
}

/// The expression that a finding is about.
fn around<'c, 'a>(cx: &'c Cx<'a>, finding: &Finding) -> Option<&'c ExprAt<'a>> {
    cx.exprs.iter().find(|at| {
        let range = at.node.range();
        range.start <= finding.range.start && finding.range.end <= range.end
    })
}

/// Makes the job wait for the one that it asks for.
fn waiting(cx: &Cx<'_>, finding: &Finding) -> Option<Fix> {
    let at = around(cx, finding)?;
    let job = cx.owners().get(at.place)?.job?;
    let name = cx.tree.slice(finding.range).rsplit(['.', '\'', '"']).find(|part| !part.is_empty() && *part != "]")?;
    let other = cx.job(name).filter(|other| *other != job && !ancestors(cx, *other).contains(&job))?;
    cx.add_need(cx.workflow.jobs.get(job)?, &cx.workflow.jobs.get(other)?.id.value)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_job_has_only_its_own_containers() {
        check(
            "on: push
jobs:
  bare:
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ job.container.id }} ${{ job.services.db.id }} ${{ job.status }}
                      ^^^^^^^^^^^^^ unknown-property: This job has no `container`
                                              ^^^^^^^^^^^^ unknown-property: This job has no `services`
  served:
    runs-on: ubuntu-latest
    container: node:24
    services:
      db: postgres:17
    steps:
      - run: echo ${{ job.container.id }} ${{ job.services.db.id }} ${{ job.services.redis.id }}
                                                                        ^^^^^^^^^^^^^^^^^^ unknown-property: no service `redis`
  computed:
    runs-on: ubuntu-latest
    services: ${{ fromJSON(vars.SERVICES) }}
    steps:
      - run: echo ${{ job.services.any.id }}
",
        );
    }

    #[test]
    fn nobody_knows_which_step_a_computed_id_names() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - id: ${{ github.job }}
            ^^^^^^^^^^^^^^^^^ expression-not-allowed: `id` cannot have an expression
        run: make
      - run: make ${{ steps.build.outputs.tag }}
      - run: make ${{ steps.build.status }}
                      ^^^^^^^^^^^^^^^^^^ unknown-property: use `outputs`, `outcome` and `conclusion`
",
        );
    }

    #[test]
    fn what_is_no_combination_adds_nothing() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        os: [linux]
        include:
          - arm64
            ^^^^^ wrong-type: must be a mapping of keys and values
          - {fast: true}
    steps:
      - run: make ${{ matrix.os }} ${{ matrix.fast }} ${{ matrix.slow }}
                                                          ^^^^^^^^^^^ unknown-property: has no `slow`
  computed:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        include: ['${{ fromJSON(vars.MORE) }}', {fast: true}]
    steps:
      - run: make ${{ matrix.fast }} ${{ matrix.slow }}
",
        );
    }

    #[test]
    fn a_plain_text_adds_nothing_to_a_matrix() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        os: [ubuntu-latest]
        include: latest
                 ^^^^^^ wrong-type: must be a list
    runs-on: ${{ matrix.os }}
    steps:
      - run: make ${{ matrix.fast }}
                      ^^^^^^^^^^^ unknown-property: use `os`
  test:
    strategy: fast
              ^^^^ wrong-type: must be a mapping
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.fast }}
                      ^^^^^^^^^^^ unknown-property: add it to
",
        );
    }

    #[test]
    fn a_step_does_not_ask_for_itself() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - id: first
        if: steps.first.outcome == 'success'
            ^^^^^^^^^^^ unknown-property: `first` is the id of this step itself
        run: make
",
        );
        check(
            "#: action.yml
name: A
description: B
runs:
  using: composite
  steps:
    - run: make ${{ steps.zz.outputs.x }}
                    ^^^^^^^^ unknown-property: No earlier step of this action has the id `zz`
      shell: bash
",
        );
    }

    #[test]
    fn an_empty_strategy_has_no_matrix() {
        check(
            "on: push
jobs:
  build:
    strategy:
    ^^^^^^^^ empty-value: `strategy` is empty
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.os }}
                      ^^^^^^^^^ unknown-property: matrix
",
        );
    }

    #[test]
    fn a_value_of_a_matrix_that_no_run_can_change_is_known() {
        check(
            "on: push
jobs:
  build:
    strategy:
      matrix:
        to: [\"${{ fromJSON('{\\\"os\\\":{\\\"name\\\":1}}') }}\"]
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.to.os.name }} ${{ matrix.to.os.nam }}
                                               ^^^^^^^^^^^^^^^^ unknown-property: did you mean `name`
",
        );
    }

    #[test]
    fn a_matrix_that_no_run_can_change_is_known() {
        check(
            "on: push
jobs:
  rows:
    strategy:
      matrix: ${{ fromJSON('{\"os\":[\"a\"],\"include\":[{\"extra\":1}]}') }}
    runs-on: ${{ matrix.os }}
    steps:
      - run: echo ${{ matrix.extra }} ${{ matrix.nope }}
                                          ^^^^^^^^^^^ unknown-property: The matrix of this job has no `nope`
  computed:
    strategy:
      matrix: ${{ fromJSON(vars.MATRIX) }}
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ matrix.any }}
  all:
    strategy: ${{ fromJSON(vars.STRATEGY) }}
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ matrix.any }}
",
        );
    }

    #[test]
    fn what_could_not_be_read_may_hold_the_name() {
        check(
            "on:
  workflow_dispatch:
    inputs:
      level: a: name
             ^^^^^^^ syntax-error: cannot hold a colon
jobs:
  build:
    strategy:
      matrix:
        os: a: node
            ^^^^^^^ syntax-error: cannot hold a colon
    runs-on: ${{ matrix.os }}
    steps:
      - run: echo ${{ matrix.node }} ${{ inputs.name }} ${{ inputs.level }}
      - run: echo ${{ matrix.nod }} ${{ inputs.lvel }}
                      ^^^^^^^^^^ unknown-property: no `nod`
                                        ^^^^^^^^^^^ unknown-property: no input `lvel`
  clear:
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ matrix.node }}
                      ^^^^^^^^^^^ unknown-property: The matrix of this job has no `node`
",
        );
    }

    #[test]
    fn containers_start_before_the_steps() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    environment:
      name: preview
      url: ${{ steps.ask.outputs.version }}
    container:
      image: node:24
      env:
        VERSION: ${{ steps.ask.outputs.version }}
                     ^^^^^^^^^ unknown-property: No earlier step of this job has the id `ask`
    steps:
      - id: ask
        run: echo version=1 >> $GITHUB_OUTPUT
",
        );
    }

    #[test]
    fn secrets_are_told_by_the_caller_when_nothing_else_starts_it() {
        check(
            "on:
  workflow_call:
    secrets:
      token:
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ secrets.token }} ${{ secrets.other }}
                                           ^^^^^^^^^^^^^ unknown-property: no secret `other`
",
        );
        check(
            "on:
  workflow_call:
    secrets:
      token:
  workflow_dispatch:
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ secrets.token }} ${{ secrets.other }}
",
        );
    }

    #[test]
    fn what_a_constant_include_adds_is_known() {
        check(
            "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        a: [1]
        include: ${{ fromJSON('[{\"z\":1}]') }}
    steps:
      - run: make ${{ matrix.a }} ${{ matrix.z }}
      - run: make ${{ matrix.y }}
                      ^^^^^^^^ unknown-property: The matrix of this job has no `y`
",
        );
    }

    #[test]
    fn a_job_that_is_there_is_meant() {
        let job = |id: &str, more: &str| {
            format!("  {id}:\n{more}    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        let text = |needs: &str| {
            "on: push\njobs:\n".to_owned()
                + &job("build", "")
                + &job("build2", "")
                + &job("build3", "")
                + &format!("  last:\n    needs: {needs}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${{{{ needs.build3.result }}}}\n")
        };
        crate::lint::testing::check_fix("unknown-property", &text("[build, build2]"), &text("[build, build2, build3]"));
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ needs.build.result }} ${{ needs.nowhere.result }}
                      ^^^^^^^^^^^ unknown-property: `build` is this job itself
                                                ^^^^^^^^^^^^^ unknown-property: There is no job `nowhere`; there are `last`.
  last:
    needs: zz
           ^^ unknown-need: There is no job `zz`
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ needs.zz.result }} ${{ needs.biuld.result }}
                      ^^^^^^^^ unknown-property: There is no job `zz`, so this is always empty
                                             ^^^^^^^^^^^ unknown-property: There is no job `biuld`; did you mean `build`
",
        );
    }

    #[test]
    fn a_job_that_is_asked_is_waited_for() {
        let with = |needs: &str| {
            format!("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  b:\n    needs: a\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  c:\n    needs: {needs}\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{{{ needs.a.result }}}}\n")
        };
        crate::lint::testing::check_fix("unknown-property", &with("b"), &with("[b, a]"));
    }
}
