use stepladder_yaml::TextEdit;

use super::workflow_cycle::is_itself;
use crate::lint::interface::{is_missing, normal};
use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule};
use crate::model::Uses;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-workflow",
    severity: Severity::Error,
    kind: "actions",
    title: "Reusable workflow that is not there or cannot be called",
    docs: "The job calls a workflow of this repository, but there is no such file, or it has no `workflow_call` under `on` and so \
           cannot be called.",
    bad: "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n#: .github/workflows/build.yml\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    uses: ./.github/workflows/build.yml\n#: .github/workflows/build.yml\non: workflow_call\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for uses in cx.workflow.jobs.iter().filter_map(|job| job.uses.as_ref()) {
        let (Uses::Local { path } | Uses::Own { path }) = Uses::new(&uses.value) else { continue };
        if path.contains('@') || path.contains("${{") || is_itself(cx, path) {
            continue;
        }
        if is_missing(cx, path) {
            // It may be there in the repository that the file is meant for.
            let meant = neighbour(cx, path);
            let ask = meant.as_ref().map(|meant| format!("; did you mean `{meant}`?"));
            let message = format!("There is no file `{path}` in this repository{}", ask.as_deref().unwrap_or("."));
            let own = cx.tree.slice(uses.range) == uses.value;
            let fix = meant.filter(|_| own).map(|meant| {
                let start = uses.value.get(..2).unwrap_or_default();
                Fix::risky(format!("Use `{meant}`"), TextEdit::replace(uses.range, format!("{start}{meant}")))
            });
            out.push(RULE.at(uses.range, message).with_severity(Severity::Warning).with_fix(fix));
        } else if let Some(callee) = cx.callee(&uses.value).filter(|callee| callee.is_not_callable()) {
            let why = callee.broken.as_deref().unwrap_or("it needs `workflow_call` under `on`");
            out.push(RULE.at(uses.range, format!("`{path}` cannot be called: {why}.")));
        }
    }
}

/// The workflow of the same folder that is named nearly so and can be called.
fn neighbour(cx: &Cx<'_>, path: &str) -> Option<String> {
    let path = normal(path);
    let (folder, name) = path.rsplit_once('/')?;
    let stem = |name: &str| name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml")).map(str::to_owned);
    let there: Vec<(String, &str)> = cx
        .env
        .files
        .keys()
        .filter_map(|file| Some((stem(file.strip_prefix(folder)?.strip_prefix('/')?)?, file.as_str())))
        .filter(|(stem, _)| !stem.contains('/'))
        .filter(|(_, file)| cx.callee(&format!("./{file}")).is_some_and(|callee| callee.is_callable()))
        .collect();
    let meant = nearest(&stem(name)?, there.iter().map(|(stem, _)| stem.as_str()))?;
    there.iter().find(|(stem, _)| stem == meant).map(|(_, file)| (*file).to_owned())
}

#[cfg(test)]
mod tests {
    use std::ops::Add;

    use crate::lint::testing::{check, check_in, env};

    #[test]
    fn nothing_is_known_of_a_broken_interface() {
        check(
            "on: push
jobs:
  build:
    uses: ./.github/workflows/x.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-workflow: its `inputs` must be a mapping
    with:
      level: low
  next:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ needs.build.outputs.any }}
#: .github/workflows/x.yml
on:
  workflow_call:
    inputs: [level]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
        check(
            "on: push
jobs:
  build:
    uses: ./.github/workflows/x.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-workflow: its `inputs` stands twice
    with:
      level: low
#: .github/workflows/x.yml
on:
  workflow_call:
    inputs:
    inputs:
      level: {type: string}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
        check(
            "on: push
jobs:
  build:
    uses: ./.github/workflows/x.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-workflow: `required` of `key` under its `secrets` must be
    secrets:
      other: ${{ secrets.OTHER }}
#: .github/workflows/x.yml
on:
  workflow_call:
    secrets:
      key: {required: perhaps}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn what_cannot_be_read_of_a_workflow_is_not_judged() {
        let caller = |uses: &str, rest: &str| {
            format!(
                "on: push
jobs:
  build:
    uses: ./.github/workflows/x.yml
{uses}  next:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: make ${{{{ needs.build.outputs.tga }}}}
{rest}"
            )
        };
        let input = "    with:\n      lvel: low\n";
        let input_told = "    with:\n      lvel: low\n      ^^^^ call-inputs: no input `lvel`\n";
        let secret = "    secrets:\n      ky: ${{ secrets.A }}\n";
        let secret_told = "    secrets:\n      ky: ${{ secrets.A }}\n      ^^ call-inputs: no secret `ky`\n";
        let output_told = "                      ^^^^^^^^^^^^^^^^^^^^^^^ unknown-property: no output `tga`\n";
        let callee = "#: .github/workflows/x.yml
name: Called
on:
  workflow_call:
    inputs:
      level:
        type: string
    secrets:
      key:
        required: false
    outputs:
      tag:
        value: x
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
      - run: make all
";
        let all = [input_told, secret_told].concat();
        // Elsewhere: everything is judged as before.
        for (from, to) in [
            ("name: Called", "name: \"Called"),
            ("      - run: make\n", "      - run: \"make\n"),
            ("    runs-on: ubuntu", "\t runs-on: ubuntu"),
            ("  build:\n    runs", "  build\n    runs"),
        ] {
            check(&(caller(&all, output_told) + &callee.replacen(from, to, 1)));
        }
        // In one part: nothing is told of that one.
        check(&(caller(&[input, secret_told].concat(), output_told) + &callee.replacen("        type: string", "        type: [string", 1)));
        check(&(caller(&[input_told, secret].concat(), output_told) + &callee.replacen("        required: false", "        required: \"false", 1)));
        check(&(caller(&all, "") + &callee.replacen("        value: x", "        value: \"x", 1)));
        // In all of it.
        for (from, to) in [
            ("  workflow_call:", "  workflow_call"),
            ("  workflow_call:", "  \"workflow_call:"),
            ("  workflow_call:", "\tworkflow_call: ["),
            ("on:", "@on:"),
            ("on:", "\"on:"),
        ] {
            let broken = callee.replacen(from, to, 1);
            let env = env();
            let a = crate::lint::testing::analyse(&(caller(&[input, secret].concat(), "") + &broken), &env);
            let told: Vec<_> = a.findings().iter().map(|finding| &finding.message).collect();
            let kept = ["call-inputs", "unknown-property"];
            let only = a.findings().iter().all(|finding| kept.contains(&finding.rule));
            assert!(only, "{to}: {told:?}");
        }
        // A file that is YAML and has no such trigger.
        check(&caller("", "").replace("x.yml\n", "x.yml\n          ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-workflow: needs `workflow_call`\n").replace(".tga", ".tag")
            .add(&callee.replacen("workflow_call:", "workflow_dispatch:", 1).replace("    secrets:\n      key:\n        required: false\n    outputs:\n      tag:\n        value: x\n", "")));
    }

    #[test]
    fn the_nearest_file_is_proposed() {
        let mut env = env();
        env.missing.push(".github/workflows/build.yaml".to_owned());
        let callee = "#: .github/workflows/build.yml
on: workflow_call
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
";
        check_in(
            &("on: push
jobs:
  build:
    uses: ./.github/workflows/build.yaml
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-workflow: did you mean `.github/workflows/build.yml`?
"
            .to_owned()
                + callee),
            &env,
        );
    }

    #[test]
    fn a_file_that_is_not_there() {
        let mut env = env();
        env.missing.push(".github/workflows/x.yml".to_owned());
        check_in(
            "on: push
jobs:
  build:
    uses: ./.github/workflows/x.yml
          ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-workflow: no file
",
            &env,
        );
    }
}
