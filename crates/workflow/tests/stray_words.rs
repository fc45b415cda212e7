//! A word behind a key that holds a block costs that word: what stands below is read, and checked, as if it were not there.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;

use stepladder_workflow::schema;
use stepladder_yaml::Tree;

const WORKFLOW: &str = "\
name: CI
on:
  push:
    branches: [main]
    # why
    paths:
      - 'src/**'
  workflow_dispatch:
    inputs:
      level:
        type: choice
        options: [low, high]
  schedule:
    - cron: '0 4 * * 1'
permissions:
  contents: read
env:
  A: 1
defaults:
  run:
    shell: bash
concurrency:
  group: x
  cancel-in-progress: true
jobs:
  one:
    runs-on:
      group: large
    strategy:
      matrix:
        os: [a, b]
        include:
          - os: c
            more:
              - x: 1
      fail-fast: false
    env:
      B: 2
    container:
      image: node:24
      credentials:
        username: me
    services:
      db:
        image: postgres
        env:
          C: 3
    outputs:
      version: x
    environment:
      name: web
    steps:
      - uses: actions/checkout@v4
        with:
          ref: main
      - name: two
        env:
          # why
          D: ${{ github.rf }}
        run: |
          echo one: two
  two:
    uses: ./.github/workflows/x.yml
    with:
      level: low
    secrets:
      TOKEN: x
";

/// Lists in the column of their keys, and blocks that are indented otherwise.
const OTHER: &str = "\
on:
    schedule:
    - cron: '0 4 * * 1'
jobs:
    one:
        strategy:
            matrix:
                include:
                - os: c
                - os: d
        runs-on: x
        steps:
        - uses: a/b@v1
          with:
              ref: x
        - run: make
          env:
              A: 1
        timeout-minutes: 4
";

const ACTION: &str = "\
name: x
description: y
inputs:
  level:
    description: z
outputs:
  version:
    value: v
branding:
  icon: anchor
runs:
  using: composite
  steps:
    - uses: a/b@v1
      with:
        ref: main
    - run: make
      shell: bash
      env:
        A: 1
";

fn keys(tree: &Tree) -> Vec<String> {
    let keys = tree.nodes().filter(|node| node.is_key());
    keys.map(|key| format!("{} {:?}", key.path(), key.as_str())).collect()
}

#[test]
fn what_stands_below_is_read() {
    let mut faults = String::new();
    for (file, good) in [("ci.yml", WORKFLOW), ("ci.yml", OTHER), ("action.yml", ACTION)] {
        let wanted = keys(&schema::read(good, Some(file)).0);
        let lines: Vec<&str> = good.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.ends_with(':')) {
            for word in ["x", "x y", "\"x\"", "'x' # why", "[]", "{}", "&here x", "true", "https://x"] {
                let broken = format!("{line} {word}");
                let mut lines = lines.clone();
                lines[at] = &broken;
                let text = lines.join("\n") + "\n";
                let (tree, _) = schema::read(text.as_str(), Some(file));
                let told: Vec<_> = tree
                    .problems()
                    .iter()
                    .map(|it| (tree.line_col(it.range.start).line as usize, &it.message))
                    .collect();
                // A text of several lines is YAML.
                if told.is_empty() {
                    continue;
                }
                if told.len() != 1 || told[0].0 != at + 1 {
                    writeln!(faults, "{}: {broken:?}: {told:?}", at + 1).unwrap();
                }
                let read = keys(&tree);
                if read != wanted {
                    let lost: Vec<_> = wanted.iter().filter(|key| !read.contains(key)).collect();
                    writeln!(faults, "{}: {broken:?}: lost {lost:?}", at + 1).unwrap();
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
