use super::complete;
use crate::ide::Completion;
use crate::ide::testing::open;

fn at(fixture: &str) -> Vec<Completion> {
    let (a, env, offset) = open(fixture);
    let found = complete(&a, &env, offset);
    for offer in &found {
        assert!(offer.replace.touches(offset), "{}", offer.label);
        assert!(!a.tree.slice(offer.replace).contains('\n'), "{}", offer.label);
    }
    found
}

/// The labels at `$0`, each once, in the order of the list.
fn labels(fixture: &str) -> Vec<String> {
    let mut labels: Vec<String> = at(fixture).into_iter().map(|offer| offer.label).collect();
    labels.dedup();
    labels
}

#[track_caller]
fn exactly(fixture: &str, expected: &[&str]) {
    assert_eq!(labels(fixture), expected);
}

#[track_caller]
fn some(fixture: &str, with: &[&str], without: &[&str]) {
    let found = labels(fixture);
    for label in with {
        assert!(found.iter().any(|own| own == label), "{label} is missing in {found:?}");
    }
    for label in without {
        assert!(found.iter().all(|own| own != label), "{label} is offered");
    }
}

/// The text once the offer of that label, and among those of one label the one with that detail, has been taken.
#[track_caller]
fn taken(fixture: &str, label: &str, detail: &str) -> String {
    let (a, ..) = open(fixture);
    let found = at(fixture);
    let offer =
        found.iter().find(|offer| offer.label == label && (detail.is_empty() || offer.detail == detail));
    let offer = offer.expect("there is no such offer");
    let text = a.tree.text();
    let line = text[..offer.replace.start as usize].rsplit('\n').next().unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
    let insert = offer.insert.replace('\n', &["\n", indent].concat());
    [&text[..offer.replace.start as usize], &insert, &text[offer.replace.end as usize..]].concat()
}

const STEPS: &str = "on: push\njobs:\n  a:\n    steps:\n";

fn step(rest: &str) -> String {
    [STEPS, rest].concat()
}

#[test]
fn outputs_that_a_script_writes() {
    let script = "      - id: v\n        run: |\n          make\n          echo \"version=1\" >> $GITHUB_OUTPUT\n          echo sha=2 >> \"$GITHUB_OUTPUT\"\n";
    some(
        &step(&[script, "      - run: make ${{ steps.v.outputs.$0 }}\n"].concat()),
        &["version", "sha"],
        &[],
    );
}

#[test]
fn keys_in_the_wrong_case_are_what_they_mean() {
    let text = "On: push\nJobs:\n  a:\n    Steps:\n      - ID: v\n        Run: echo \"x=1\" >> $GITHUB_OUTPUT\n      - ";
    some(&[text, "$0\n"].concat(), &["run", "uses"], &["steps"]);
    some(&[text, "run: make ${{ steps.v.outputs.$0 }}\n"].concat(), &["x"], &[]);
    some("on: push\nJobs:\n  a:\n    Runs-On: x\n    $0\n", &["steps", "env"], &["runs-on"]);
}

#[test]
fn keys_of_the_place() {
    exactly("on: push\nconcurrency:\n  $0", &["group", "cancel-in-progress", "queue"]);
    exactly("on: push\nconcurrency:\n  group: a\n  $0\n", &["cancel-in-progress", "queue"]);
    exactly("on:\n  push:\n    branches: a\n    $0", &["tags", "tags-ignore", "paths", "paths-ignore"]);
    some("on: push\njobs:\n  a:\n    $0", &["runs-on", "uses", "with"], &[]);
    some("on: push\njobs:\n  a:\n    $0\n    runs-on: x\n", &["steps"], &["uses", "with", "runs-on"]);
    some(&step("      - $0\n"), &["run", "uses", "parallel", "wait"], &[]);
    some(&step("      - run: x\n        $0\n"), &["shell"], &["uses", "with", "wait", "run"]);
    some(&step("      - {run: x, $0}\n"), &["shell"], &["uses"]);
    exactly("on: push\njobs:\n  $0", &[]);
    exactly("on: push\n    $0\n", &[]);
    exactly("on: push\n# $0", &[]);
}

#[test]
fn keys_in_each_shape() {
    let text = "on: push\njobs:\n   a:\n      $0";
    assert_eq!(taken(text, "needs", "Runs after"), "on: push\njobs:\n   a:\n      needs: ");
    assert_eq!(taken(text, "needs", "list"), "on: push\njobs:\n   a:\n      needs:\n         - ");
    assert_eq!(taken(text, "env", ""), "on: push\njobs:\n   a:\n      env:\n         ");
    assert_eq!(taken("na$0me: x", "run-name", ""), "run-name: x");
    assert_eq!(taken(&step("      -$0"), "id", ""), step("      - id: "));
    assert_eq!(taken(&step("      - $0"), "env", ""), step("      - env:\n          "));
    assert_eq!(taken(&step("      - $0"), "run", "several lines"), step("      - run: |\n          "));
    assert_eq!(taken(&step("      $0"), "with", ""), step("      - with:\n          "));
    assert_eq!(taken(&step("      - {$0}"), "env", ""), step("      - {env: }"));
    assert_eq!(taken("on:\n  $0", "push", "full syntax"), "on:\n  push:\n    ");
}

#[test]
fn values_of_the_table() {
    exactly("on: push\npermissions: $0", &["read-all", "write-all", "(switch to mapping)"]);
    exactly("on: push\npermissions:\n  id-token: $0", &["write", "none"]);
    exactly("on: push\njobs:\n  a:\n    continue-on-error: t$0", &["true", "false"]);
    some("on: [push, $0]", &["pull_request", "schedule"], &["push"]);
    some("on: push\njobs:\n  a:\n    runs-on: [ubuntu-latest, $0", &["self-hosted"], &["ubuntu-latest"]);
    some("on:\n  issues:\n    types:\n      - opened\n      - $0", &["closed"], &["opened", "synchronize"]);
    exactly("on: push\njobs:\n  a:\n    steps: $0", &["(switch to list)"]);
    exactly("on:\n  check_run: ty$0", &[]);
    exactly("on: push\nname: $0", &[]);
    assert_eq!(taken("on:$0", "push", ""), "on: push");
    assert_eq!(taken("on: $0", "(switch to list)", ""), "on:\n  - ");
    assert_eq!(taken("on: pu$0ll", "push", ""), "on: push");
    assert_eq!(taken("on: 'pu$0ll'", "push", ""), "on: 'push'");
    assert_eq!(taken("on: \"pu$0", "push", ""), "on: \"push");
    assert_eq!(
        taken("on: push\njobs:\n  a:\n    runs-on: mac$0", "macos-13", ""),
        "on: push\njobs:\n  a:\n    runs-on: macos-26-intel"
    );
}

#[test]
fn times() {
    let text = "on:\n  schedule:\n    - cron: $0";
    assert!(taken(text, "0 * * * *", "").ends_with("cron: '0 * * * *'"));
    assert!(taken("on:\n  schedule:\n    - cron: '$0'", "0 * * * *", "").ends_with("cron: '0 * * * *'"));
    some("on:\n  schedule:\n    - cron: '0 * * * *'\n      timezone: $0", &["Europe/Berlin"], &[]);
}

#[test]
fn names_of_the_file() {
    let jobs = "on: push\njobs:\n  a:\n    needs: b\n  b:\n    needs: $0\n  c:\n    name: C\n";
    exactly(jobs, &["c", "(switch to list)"]);
    exactly(&jobs.replace("needs: $0", "needs: [c, $0]"), &[]);
    exactly(
        &step("      - run: x\n        id: one\n        background: true\n      - wait: [$0]\n"),
        &["one"],
    );
    exactly(
        "on: push\njobs:\n  a:\n    environment: prod\n  b:\n    environment:\n      name: $0",
        &["prod"],
    );
    exactly("a: &x 1\nb: &y 2\nc: *$0\n", &["*x", "*y"]);
    exactly(
        "on:\n  workflow_dispatch:\n    inputs:\n      a:\n        type: choice\n        options: [x, y]\n        default: $0",
        &["x", "y"],
    );
}

#[test]
fn actions() {
    some(&step("      - uses: $0"), &["actions/checkout@v7"], &[]);
    some(&step("      - uses: actions/checkout@$0"), &["actions/checkout@v7", "actions/checkout@v4"], &[]);
    let with = step("      - uses: actions/checkout@v4\n        with:\n          $0\n          ref: x\n");
    some(&with, &["fetch-depth", "token"], &["ref"]);
    assert!(taken(&with, "fetch-depth", "").contains("          fetch-depth: \n          ref"));
    exactly(&step("      - uses: actions/checkout@v4\n        with:\n          lfs: $0"), &["true", "false"]);
    let pinned = at(&step("      - uses: actions/checkout@$0"));
    let pinned = pinned.iter().find(|offer| offer.insert.contains(" # v")).map(|offer| offer.insert.len());
    assert!(pinned.is_some_and(|len| len > "actions/checkout@".len() + 40));
}

#[test]
fn the_remark_with_the_version_follows() {
    let fixture = step("      - uses: actions/checkout@1$0 # v1.2.3\n");
    let (a, ..) = open(&fixture);
    for offer in at(&fixture) {
        let edit = stepladder_yaml::TextEdit::replace(offer.replace, offer.insert.as_str());
        let text = edit.with(&offer.extra.unwrap_or_default()).map(|edit| edit.apply(a.tree.text()));
        let line = text.unwrap_or_default().lines().last().unwrap_or_default().to_owned();
        let is_commit = line.len() > 70;
        assert_eq!(line.contains(" # v"), is_commit, "{line}");
        assert!(!line.contains("v1.2.3"), "{line}");
    }
}

#[test]
fn the_repository() {
    let files = "\
#: setup/action.yml
name: Setup
inputs:
  first: {required: true}
  old: {deprecationMessage: no}
  plain: {}
runs: {using: composite, steps: []}
#: .github/workflows/shared.yml
on:
  workflow_call:
    inputs:
      level: {type: boolean}
    secrets:
      KEY: {required: true}
#: .github/workflows/other.yml
on: push
";
    let with = |text: &str| [text, "\n", files].concat();
    some(&with(&step("      - uses: $0")), &["./setup"], &[]);
    exactly(&with(&step("      - uses: ./setup\n        with:\n          $0")), &["first", "plain", "old"]);
    exactly(&with("on: push\njobs:\n  a:\n    uses: $0"), &["./.github/workflows/shared.yml"]);
    let call = "on: push\njobs:\n  a:\n    uses: ./.github/workflows/shared.yml\n";
    exactly(&with(&[call, "    with:\n      $0"].concat()), &["level"]);
    exactly(&with(&[call, "    with:\n      level: $0"].concat()), &["true", "false"]);
    exactly(&with(&[call, "    secrets: $0"].concat()), &["inherit", "(switch to mapping)"]);
    exactly(&with(&[call, "    secrets:\n      $0"].concat()), &["KEY"]);
}

#[test]
fn names_in_expressions() {
    exactly(&step("      - id: one\n      - run: ${{ steps.$0 }}\n      - id: two\n"), &["one"]);
    exactly(&step("      - id: one\n      - run: ${{ steps.one.$0"), &["outputs", "outcome", "conclusion"]);
    exactly(&step("      - id: one\n      - run: ${{ steps['$0'] }}"), &["one"]);
    some(&step("      - if: $0"), &["github", "env", "failure", "hashFiles"], &["secrets"]);
    some(&step("      - if: github.ref && $0"), &["github"], &[]);
    some(&step("      - if: |\n          always() &&\n          $0\n"), &["github"], &[]);
    some(&step("      - if: \"git$0"), &["github"], &[]);
    some(
        &step("      - run: |\n          echo ${{ github.$0\n          echo ${{ x }}\n"),
        &["ref", "sha"],
        &[],
    );
    some("on: push\nrun-name: ${{ $0 }}", &["github", "vars"], &["env", "secrets", "hashFiles", "always"]);
    some("on: issues\nrun-name: ${{ github.event.issue.labels.*.$0 }}", &["name", "color"], &["title"]);
    some("on: issues\nrun-name: ${{ github.event.issue.labels[0].$0 }}", &["name"], &[]);
    assert_eq!(
        taken("on: push\njobs:\n  a:\n    if:$0", "always", ""),
        "on: push\njobs:\n  a:\n    if: always()"
    );
    exactly("on: push\njobs:\n  a:\n    needs: ${{ $0 }}\n", &[]);
    exactly(&step("      - run: echo $0\n"), &[]);
    exactly(&step("      - run: |\n          ec$0ho\n"), &[]);
    some(&step("      - run: ${{ github.event.head_commit.$0 }}"), &["author", "message"], &["number"]);
    exactly(
        "on: push\nenv: {A: 1}\njobs:\n  a:\n    env: {B: 2}\n    steps:\n      - if: env.$0",
        &["B", "A"],
    );
    exactly("on: push\nenv:\n  A: ${{ secrets.$0 }}\n  B: ${{ secrets.KEY }}\n", &["GITHUB_TOKEN", "KEY"]);
}

#[test]
fn names_that_other_places_declare() {
    let jobs = "on:\n  workflow_dispatch:\n    inputs:\n      level: {type: string}\njobs:\n  b:\n    outputs: {version: '1'}\n  c:\n    needs: b\n    steps:\n      - run: ${{ $0 }}\n      - run: ${{ vars.REGION }}\n";
    let at = |path: &str| jobs.replace("$0", &format!("{path}.$0"));
    exactly(&at("needs"), &["b"]);
    exactly(&at("needs.b"), &["outputs", "result"]);
    exactly(&at("needs.b.outputs"), &["version"]);
    exactly(&at("inputs"), &["level"]);
    exactly(&at("vars"), &["REGION"]);
    some(&at("runner"), &["os", "arch", "temp"], &["ref"]);
    some(&at("github"), &["actor", "repository", "sha"], &["os"]);
    some(
        &step(
            "      - id: node\n        uses: actions/setup-node@v4\n      - run: ${{ steps.node.outputs.$0 }}\n",
        ),
        &["node-version", "cache-hit"],
        &[],
    );
    exactly(
        "on:\n  workflow_call:\n    outputs:\n      v:\n        value: ${{ jobs.$0 }}\njobs:\n  b:\n    outputs: {version: '1'}\n",
        &["b"],
    );
}

#[test]
fn values_in_expressions() {
    exactly("on: [push, issues]\njobs:\n  a:\n    if: github.event_name == '$0'", &["push", "issues"]);
    exactly(&step("      - if: steps.a.outcome != 'f$0'"), &["success", "failure", "cancelled", "skipped"]);
}

#[test]
fn calls_have_places_for_their_arguments() {
    let found = at(&step("      - if: $0"));
    let insert =
        |label: &str| found.iter().find(|offer| offer.label == label).map(|offer| offer.insert.as_str());
    assert_eq!(insert("contains"), Some("contains(${1:search}, ${2:item})"));
    assert_eq!(insert("always"), Some("always()"));
    assert_eq!(insert("toJson"), Some("toJSON(${1:value})"));
    let found = at(&step("      - if: con$0(a)"));
    assert!(found.iter().any(|offer| offer.insert == "contains"));
}

#[test]
fn the_matrix() {
    let text = "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        os: [x, y]\n        include:\n          - n: 1\n            $0\n        exclude:\n          - os: x\n    runs-on: ${{ matrix.os }}\n";
    exactly(text, &["os"]);
    let moved = |from: &str, to: &str| text.replace("$0", "").replace(from, to);
    exactly(&moved("- os: x", "- os: $0"), &["x", "y"]);
    exactly(&moved("matrix.os", "matrix.$0"), &["os", "n"]);
}

#[test]
fn files_to_begin_with() {
    some("$0", &["on", "jobs", "name"], &["Workflow"]);
    some("wor$0", &["Workflow"], &[]);
    let action = |text: &str| ["#: action.yml\n", text].concat();
    some(&action("$0"), &["Node.js Action", "Composite Action", "Docker Action", "runs"], &["Workflow"]);
    some(&action("runs: {}\n$0"), &["name"], &["Docker Action"]);
    exactly(&action("runs:\n  using: composite\n  $0"), &["steps"]);
    some(&action("runs:\n  using: $0"), &["node24", "docker", "composite"], &[]);
    exactly(&action("branding:\n  $0"), &["icon", "color"]);
    for label in ["Node.js Action", "Composite Action", "Docker Action"] {
        let plain = expanded(&taken(&action("$0"), label, ""));
        let (a, ..) = open(&action(&(plain + "$0")));
        let errors: Vec<_> = a.findings().iter().filter(|it| it.severity == crate::Severity::Error).collect();
        assert!(errors.is_empty(), "{label}: {errors:?}\n{}", a.tree.text());
    }
}

/// A snippet with the texts of its places.
fn expanded(snippet: &str) -> String {
    let (mut out, mut chars, mut inside) = (String::new(), snippet.chars().peekable(), false);
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' if chars.next_if_eq(&'{').is_some() => {
                inside = true;
                while chars.next_if(|c| c.is_ascii_digit() || *c == ':').is_some() {}
            }
            '}' if inside => inside = false,
            c => out.push(c),
        }
    }
    out
}

#[test]
fn keys_that_can_only_stand_below_are_offered_behind_the_colon() {
    let job = "on: push\njobs:\n  a:\n    ";
    let strategy = [job, "strategy: $0\n"].concat();
    exactly(&strategy, &["fail-fast", "max-parallel", "matrix", "(switch to mapping)"]);
    assert_eq!(taken(&strategy, "matrix", ""), [job, "strategy:\n      matrix:\n        \n"].concat());
    assert_eq!(taken("on:\n  schedule: $0\njobs:\n", "cron", ""), "on:\n  schedule:\n    - cron: \njobs:\n");
    some("on:\n  issues: $0\n", &["(switch to mapping)"], &["types"]);
}

#[test]
fn nothing_else_is_offered_where_the_value_stands_below() {
    for fixture in
        ["on:$0\n  push:\n", "on: push\njobs:$0\n  a:\n", &step("      - env: $0\n          A: 1\n")]
    {
        exactly(fixture, &[]);
    }
    exactly("on: push\njobs:\n  a:\n    steps:$0\n    - run: make\n", &[]);
    some("on: push\njobs:\n  a:\n    runs-on: $0\n    steps:\n", &["ubuntu-latest"], &[]);
}

#[test]
fn a_key_is_not_offered_in_its_own_place() {
    some("na$0me: A\non: push\n", &["permissions"], &["name", "on"]);
    some("na$0\non: push\n", &["name"], &["on"]);
}

#[test]
fn an_empty_runs_is_begun_for_each_kind() {
    let action = |rest: &str| ["#: action.yml\nname: A\ndescription: B\n", rest].concat();
    let kinds = ["Node.js Action", "Composite Action", "Docker Action"];
    some(&action("runs:\n  $0\n"), &kinds, &[]);
    some(&action("runs:\n  using: docker\n  $0\n"), &[], &kinds);
    for (rest, runs) in [("runs:\n  $0\n", "runs:\n  "), ("runs: $0\n", "runs:\n  ")] {
        let text = taken(&action(rest), "Composite Action", "");
        let body = "using: composite\n  steps:\n    - shell: bash\n      run: ${1:echo Hello}\n";
        assert_eq!(text, ["name: A\ndescription: B\n", runs, body].concat());
    }
}

#[test]
fn what_may_not_stand_here_has_no_members() {
    let on = |key: &str, value: &str| {
        format!("on: push\njobs:\n  a:\n    {key}: {value}\n    steps:\n      - run: x\n        id: s\n")
    };
    exactly(&on("runs-on", "${{ secrets.$0 }}"), &[]);
    exactly(&on("name", "${{ steps.$0 }}"), &[]);
    some(&on("env", "{A: '${{ secrets.$0 }}'}"), &["GITHUB_TOKEN"], &[]);
}

#[test]
fn a_word_may_stand_in_the_place_of_names() {
    let call = "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/b.yml@v1\n    secrets:\n      ";
    exactly(&[call, "$0\n"].concat(), &["inherit"]);
    exactly(&[call, "A: x\n      $0\n"].concat(), &[]);
}

#[test]
fn names_begin_wherever_an_operand_may() {
    let condition = |body: &str| {
        format!("on: push\njobs:\n  a:\n    steps:\n      - run: x\n        if: |\n          {body}\n")
    };
    for body in ["!$0", "true\n          $0", "github.ref == 'x' &&\n          $0", "(!$0)"] {
        some(&condition(body), &["github", "always"], &[]);
    }
    exactly(&condition("'a$0'"), &[]);
}
