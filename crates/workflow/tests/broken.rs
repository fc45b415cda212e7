//! A broken line takes nothing healthy with it: the jobs around it are read, and can be changed without touching the rest.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;

use stepladder_workflow::edits::{NewJob, NewStep};
use stepladder_workflow::{Analysis, Env, edits};
use stepladder_yaml::edit::Value;
use stepladder_yaml::path;

/// Each `{…}` is a place for a broken line.
const WORKFLOW: &str = "\
{top}on:
  push:
    branches: [main]
{above jobs}jobs:
{below jobs}  a:
    runs-on: ubuntu-latest
    env:
      A: 1
{in a job}    steps:
{below steps}      - name: one
{in a step}        run: echo 1
{between steps}      - run: |
          echo 2
{in a block}          echo 3
{between jobs}  b:
    needs: a
    runs-on: ubuntu-latest
    steps:
{below other steps}    - run: echo 4
{below}  c:
    uses: ./.github/workflows/x.yml
  d:
    runs-on: ubuntu-latest
    steps:
      - run: echo 5
{end}";

/// The workflow with `broken` at the place that is called `place`.
fn workflow(place: &str, broken: &str) -> String {
    let mut text = String::new();
    let mut rest = WORKFLOW;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        text += before;
        if name == place {
            text += broken;
        }
        rest = after;
    }
    text + rest
}

fn places() -> Vec<&'static str> {
    WORKFLOW.split('{').skip(1).map(|place| place.split_once('}').unwrap().0).collect()
}

/// What is wrong with how `text`, which breaks at `place`, is read and edited; empty when nothing is.
fn faults(text: &str, place: &str, broken: &str) -> String {
    let env = Env::default();
    let a = Analysis::new(text, &env);
    let mut faults = String::new();
    let ids: Vec<&str> = a.workflow.jobs.iter().map(|job| job.id.value.as_str()).collect();
    if !["a", "b", "c", "d"].iter().all(|id| ids.contains(id)) {
        writeln!(faults, "  jobs {ids:?}").unwrap();
    }
    let start = text.find(&format!("\n{broken}")).map_or(0, |at| at + 1);
    let told = a.findings().iter().any(|finding| {
        let at = finding.range.start as usize;
        (start.saturating_sub(1)..=start + broken.len()).contains(&at)
    });
    if !told {
        writeln!(faults, "  not told: {:?}", a.tree.problems()).unwrap();
    }
    for problem in a.tree.problems() {
        let at = problem.range.start as usize;
        if !(start..=start + broken.len()).contains(&at) {
            writeln!(faults, "  told elsewhere: {problem:?}").unwrap();
        }
    }
    for id in ["b", "d"] {
        let path = format!("jobs.{id}.timeout-minutes").parse().unwrap();
        match edits::set_field(&a, &path, &Value::Int(7)) {
            Err(refusal) => writeln!(faults, "  {id}: {}", refusal.message).unwrap(),
            Ok(edit) => {
                let after = edit.edit.apply(text);
                let from = text.find(&format!("\n  {id}:\n")).unwrap() + 1;
                let to = text[from + 4..].find("\n  c:").map_or(text.len(), |at| from + 4 + at);
                let tail = if id == "b" { &text[to..] } else { "" };
                if !after.starts_with(&text[..from]) || !after.ends_with(tail) {
                    writeln!(faults, "  {id}: the edit changes other bytes").unwrap();
                }
            }
        }
    }
    faults += &unfit_additions(&a);
    if faults.is_empty() { faults } else { format!("{broken:?} {place}\n{faults}") }
}

/// What is wrong with what is added to a text: each time nothing but lines, and behind the last of their kind.
fn unfit_additions(a: &Analysis) -> String {
    let text = a.tree.text();
    let step = NewStep::Run("make".into());
    let additions = [
        ("job", edits::add_job(a, &NewJob::default()), "echo 5\n"),
        ("step", edits::add_step(a, "a", usize::MAX, &step), "echo 2\n"),
        ("last step", edits::add_step(a, "d", usize::MAX, &step), "echo 5\n"),
        ("trigger", edits::add_trigger(a, "pull_request"), "[main]\n"),
    ];
    let mut faults = String::new();
    for (what, edit, behind) in additions {
        let edit = match edit {
            Ok(edit) => edit.edit,
            Err(refusal) => {
                writeln!(faults, "  {what}: {}", refusal.message).unwrap();
                continue;
            }
        };
        let [change] = edit.changes() else {
            writeln!(faults, "  {what}: {edit:?}").unwrap();
            continue;
        };
        let at = change.range.start as usize;
        let known = text.find(behind).map_or(0, |at| at + behind.len() - 1);
        // What could be a job by itself takes the steps below it.
        if what == "step" && a.tree.at(&path!["jobs", "a", "steps"]).map_or(0, |steps| steps.len()) < 2 {
            continue;
        }
        // What is broken may come between.
        let healthy = text[known..].find(if what == "trigger" { "jobs:" } else { "\n  b:" });
        let end =
            healthy.filter(|_| what != "job" && what != "last step").map_or(text.len(), |at| known + at);
        if !change.range.is_empty() || !(known..=end).contains(&at) {
            writeln!(faults, "  {what} in the wrong place: {change:?}").unwrap();
        }
        let after = Analysis::new(edit.apply(text), &Env::default());
        if after.workflow.jobs.len() != a.workflow.jobs.len() + usize::from(what == "job") {
            writeln!(faults, "  {what}: other jobs than before").unwrap();
        }
    }
    faults
}

/// Puts each line at each place, but for the pairs that are told of as `but`.
fn check(lines: &[&str], but: &[(&str, &str)]) {
    let mut all = String::new();
    for broken in lines {
        for place in places() {
            if !but.contains(&(broken, place)) {
                all += &faults(&workflow(place, &format!("{broken}\n")), place, &format!("{broken}\n"));
            }
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[test]
fn words() {
    check(&["foo", "foo bar", "foo: bar: x", "foo: \"x", "foo }", "foo:bar", "foo: x"], &[]);
    // Deeper than `jobs:` these are its value, as far as anybody can tell; the same holds for lists.
    check(&["  foo", "   foo", "runs-on: x"], &[]);
    // With its colon this would be the key that has the steps.
    check(&["    foo"], &[("    foo", "below steps")]);
    // As the list may stand in the column of its key, it is the list that is out of place behind another key.
    check(&["    runs-on: x"], &[("    runs-on: x", "below other steps")]);
    check(&["      foo", "      stray"], &[]);
    // With its colon this would be the job that the lines below are the keys of.
    check(&[" foo"], &[(" foo", "below jobs")]);
    // Deeper than `env:` the steps could be the value of this as well as what goes on behind it.
    check(&["  foo: x"], &[("  foo: x", "in a job")]);
}

#[test]
fn steps_around_a_word_can_be_changed() {
    for word in ["      foo", "      stray", "      run # why"] {
        let text = workflow("between steps", &format!("{word}\n"));
        let a = Analysis::new(text.as_str(), &Env::default());
        let steps = |text: &str| -> Vec<String> {
            let a = Analysis::new(text, &Env::default());
            assert_eq!(a.tree.problems().len(), 1, "{text}");
            let steps = a.tree.at(&path!["jobs", "a", "steps"]).unwrap();
            steps.items().map(|step| step.get("run").unwrap().source().trim_end().to_owned()).collect()
        };
        let (one, two) = ("echo 1", "|\n          echo 2\n          echo 3");
        assert_eq!(steps(&text), [one, two], "{text}");
        let first = path!["jobs", "a", "steps", 0];
        let removed = edits::remove_step(&a, &first).unwrap().edit.apply(&text);
        assert_eq!(steps(&removed), [two], "{removed}");
        let doubled = edits::duplicate_step(&a, &first).unwrap().edit.apply(&text);
        assert_eq!(steps(&doubled), [one, one, two], "{doubled}");
        let added = edits::add_step(&a, "a", usize::MAX, &NewStep::Run("make".into())).unwrap();
        let added = added.edit.apply(&text);
        assert_eq!(steps(&added), [one, two, "make"], "{added}");
    }
}

#[test]
fn keys_without_a_name() {
    check(&[": x"], &[]);
    check(&[" : x"], &[]);
}

#[test]
fn items() {
    check(&["- foo", "- foo bar", "-foo"], &[]);
    // With the lines below these are a list that is the value of `jobs:`.
    for item in ["- run: x", "- name: x", " - foo", "- - x"] {
        check(&[item], &[(item, "below jobs")]);
    }
}

#[test]
fn signs() {
    check(
        &["%foo", "%", "@foo", "`foo`", "&foo", "*foo", "!foo", "}", "'", "\"", ",", "\"foo\"", "'foo'"],
        &[],
    );
    check(&["[foo]", "{}", "foo #", "\\", "~", "1", "“", "? foo"], &[]);
}

#[test]
fn tabs() {
    check(&["\t- run: x", "\tname: q", "\tfoo"], &[]);
    check(&["\t\tfoo:", "\tname:", "\t  name: q", "  \tname: q", "\t\t\t- run: |\n\t\t\t\tx"], &[]);
    // As for words: the list that follows is out of place.
    check(&["    \tname: q"], &[("    \tname: q", "below other steps")]);
}

#[test]
fn texts_go_on_behind_a_broken_line() {
    let script = ["if a; then", "  echo \"b: c\"", "  : # nothing", "fi", "echo [d"];
    for broken in ["foo", "foo bar", ": x", "foo: x", "foo: \"x", "# foo", "  foo: x", "- foo", "%foo", "}"] {
        for at in 0..script.len() {
            let mut text =
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n".to_owned();
            let mut start = 0;
            for (line, command) in script.iter().enumerate() {
                if line == at {
                    start = text.len();
                    writeln!(text, "{broken}").unwrap();
                }
                writeln!(text, "          {command}").unwrap();
            }
            text += "        shell: bash\n  b:\n    uses: ./.github/workflows/x.yml\n";
            let a = Analysis::new(text.as_str(), &Env::default());
            assert_eq!(a.workflow.jobs.len(), 2, "{text}");
            let problems = a.tree.problems();
            let lines: Vec<u32> =
                problems.iter().map(|problem| a.tree.line_col(problem.range.start).line).collect();
            let line = a.tree.line_col(u32::try_from(start).unwrap()).line;
            assert_eq!(lines, [line], "{problems:?}\n{text}");
            let run =
                a.tree.at(&path!["jobs", "a", "steps"]).and_then(|steps| steps.items().next()?.get("run"));
            let run = run.and_then(|run| run.as_str().map(str::to_owned)).unwrap_or_default();
            let read: Vec<&str> = run.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(read, script, "{text}");
        }
    }
}

#[test]
fn conflicts() {
    check(
        &[
            "<<<<<<< HEAD\n=======\n>>>>>>> branch",
            "<<<<<<< HEAD\n          # one\n=======\n          # two\n>>>>>>> branch",
            "<<<<<<< HEAD\n          # one\n||||||| 1234567\n# none\nfoo\n=======\n          # two\n>>>>>>> branch",
            "<<<<<<< HEAD",
            ">>>>>>> branch",
            "=======",
        ],
        &[],
    );
}
