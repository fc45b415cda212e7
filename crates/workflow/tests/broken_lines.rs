//! One broken line silences nothing elsewhere: what is found in the other lines is found as before, and nothing else.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::{Analysis, Env};

/// Workflows with something to find in every part.
const WORKFLOWS: &[&str] = &[
    "\
name: CI
on:
  push:
    branches: [main, dev]
  workflow_dispatch:
    inputs:
      level:
        type: choice
        options: [low, high]
env:
  A: ${{ github.evnt }}
jobs:
  build:
    name: Build
    strategy:
      fail-fast: maybe
      matrix:
        os: [ubuntu-latest, windows-latest]
        node: [20, 22]
        include:
          - os: macos-latest
            node: 24
    runs-on: ${{ matrix.os }}
    timeout-minutes: soon
    outputs:
      version: ${{ steps.version.outputs.text }}
    steps:
      - name: Check out
        uses: actions/checkout@v4
        with:
          depth: 1
          ref: ${{ github.rf }}
      - uses: actions/setup-node@v4
        with:
          node-version: ${{ matrix.nod }}
      - name: Version
        id: version
        run: echo \"text=1\" >> \"$GITHUB_OUTPUT\"
        shell: fish
      - name: Words
        env:
          B: ${{ steps.versio.outputs.text }}
        run: |
          make ${{ inputs.lvel }}
          echo done
        continue-on-eror: true
  test:
    needs: [build]
    runs-on: ubuntu-lates
    if: needs.buil.result == 'success'
    container:
      image: node:24
      optons: --cpus 1
    services:
      db:
        image: postgres
        prts: [5432]
    steps:
      - run: echo ${{ needs.build.outputs.versio }}
      - uses: actions/cache@v4
        with:
          path: node_modules
      - if: secrets.X == 'x'
        run: make
  deploy:
    needs: [build, tests]
    runs-on: ubuntu-latest
    permissions:
      contents: wrte
    steps:
      - run: make deploy
      - run: echo ${{ foo.bar }}
",
    "\
on: [push]

defaults:
  run:
    shell: bash

concurrency:
  group: ${{ github.workflw }}
  cancel-in-progress: true

jobs:
  a:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
    - name: One
      run: |
        if true; then
          echo ${{ github.shaa }}
        fi
    # About two
    - name: Two
      working-directory: x
      env:
        TOKEN: ${{ secrets.TOKEN }}
        OTHER: ${{ env.MISING }}
      run: make
      timeout-minutes: ten
    - uses: actions/upload-artifact@v4
      with:
        nme: dist
        path: |
          dist
          out

  b:
    needs: a
    strategy:
      matrix:
        include:
        - { os: ubuntu-latest, v: 1 }
        - { os: windows-latest, v: 2 }
    runs-on: ${{ matrix.os }}
    steps:
    - run: echo ${{ matrix.w }}
    - run: echo ${{ needs.c.result }}
      id: x
      iff: always()
",
];

fn env() -> Env {
    Env {
        file_name: Some(".github/workflows/test.yml".to_owned()),
        catalogue: Some(Arc::new(Catalogue::from_json(include_str!("../data/actions.json")).unwrap())),
        payloads: Some(Arc::new(Payloads::from_json(include_str!("../data/payload.json")).unwrap())),
        ..Env::default()
    }
}

/// What is found, by the line and without what stands on it.
fn found(text: &str, env: &Env) -> BTreeSet<(usize, String)> {
    let a = Analysis::new(text, env);
    let told = |finding: &stepladder_workflow::Finding| {
        let line = a.tree.line_col(finding.range.start).line as usize - 1;
        (line, format!("{}: {}", finding.rule, finding.message))
    };
    a.findings().iter().map(told).collect()
}

/// Where a line in the wrong column takes others with it, something is lost still, and something told that is none. These
/// numbers may only become less.
const MOST_LOST: usize = 224;
const MOST_NEW: usize = 155;

/// A way to break a line; `None` where it would not be broken.
type Breaking = fn(&str) -> Option<String>;

const BREAKINGS: &[(&str, Breaking)] = &[
    ("a tab in front", |line| Some(format!("\t{line}"))),
    ("a tab behind the indentation", |line| {
        let text = line.trim_start_matches(' ');
        Some(format!("{}\t{text}", &line[..line.len() - text.len()]))
    }),
    ("a tab for two spaces", |line| line.strip_prefix("  ").map(|rest| format!("\t{rest}"))),
    ("a space more", |line| Some(format!(" {line}"))),
    ("two spaces more", |line| Some(format!("  {line}"))),
    ("three spaces more", |line| Some(format!("   {line}"))),
    ("a space less", |line| line.strip_prefix(' ').map(str::to_owned)),
    ("three spaces less", |line| line.strip_prefix("   ").map(str::to_owned)),
    ("no space at all", |line| line.strip_prefix("  ").map(|line| line.trim_start().to_owned())),
    ("an open double quote", |line| line.split_once(": ").map(|(key, value)| format!("{key}: \"{value}"))),
    ("an open single quote", |line| line.split_once(": ").map(|(key, value)| format!("{key}: '{value}"))),
    ("an open bracket", |line| line.split_once(": ").map(|(key, value)| format!("{key}: [{value}"))),
    ("an open brace", |line| line.split_once(": ").map(|(key, value)| format!("{key}: {{{value}"))),
    ("no closing bracket", |line| line.strip_suffix([']', '}']).map(str::to_owned)),
    ("no colon", |line| line.split_once(": ").map(|(key, value)| format!("{key} {value}"))),
    ("no colon at the end", |line| line.strip_suffix(':').map(str::to_owned)),
    ("no space behind the colon", |line| line.split_once(": ").map(|(key, value)| format!("{key}:{value}"))),
    ("a second colon", |line| line.split_once(": ").map(|(key, value)| format!("{key}: {value}: x"))),
    ("a word behind", |line| line.strip_suffix(':').map(|line| format!("{line}: x"))),
    ("a sign", |line| line.split_once(": ").map(|(key, value)| format!("{key}: @{value}"))),
    ("no dash", |line| line.trim_start().strip_prefix("- ").map(|_| line.replacen("- ", "", 1))),
    ("no space behind the dash", |line| {
        line.trim_start().strip_prefix("- ").map(|_| line.replacen("- ", "-", 1))
    }),
];

#[test]
fn what_is_found_elsewhere_stays() {
    let env = env();
    let mut all = String::new();
    let mut counts = (0, 0, 0);
    for (number, workflow) in WORKFLOWS.iter().enumerate() {
        let lines: Vec<&str> = workflow.lines().collect();
        let before = found(workflow, &env);
        for (at, line) in lines.iter().enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            for (name, breaking) in BREAKINGS {
                let Some(broken) = breaking(line) else { continue };
                let mut text = lines.clone();
                text[at] = &broken;
                let text = text.join("\n") + "\n";
                let tree = stepladder_yaml::Tree::parse(text.as_str());
                if tree.problems().is_empty() {
                    continue;
                }
                counts.0 += 1;
                let after = found(&text, &env);
                let lost: Vec<_> = before.iter().filter(|it| it.0 != at && !after.contains(it)).collect();
                let new: Vec<_> = after.iter().filter(|it| it.0 != at && !before.contains(it)).collect();
                let syntax = after.iter().filter(|it| it.1.starts_with("syntax-error")).count();
                if lost.is_empty() && new.is_empty() && syntax == 1 {
                    continue;
                }
                counts.1 += lost.len();
                counts.2 += new.len();
                writeln!(all, "{number}:{} {name}: {broken:?}", at + 1).unwrap();
                lost.iter().for_each(|(line, text)| writeln!(all, "  lost {}: {text}", line + 1).unwrap());
                new.iter().for_each(|(line, text)| writeln!(all, "  new {}: {text}", line + 1).unwrap());
                for problem in tree.problems() {
                    writeln!(all, "    {}: {}", tree.line_col(problem.range.start).line, problem.message)
                        .unwrap();
                }
            }
        }
    }
    let (tried, lost, new) = counts;
    assert!(tried > 1_500 && lost <= MOST_LOST && new <= MOST_NEW, "{all}\n{counts:?}");
}
