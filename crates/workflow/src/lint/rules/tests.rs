#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use super::ALL;
use crate::lint::testing::{analyse, env, files, not_worse};

#[test]
fn ids_are_unique_and_are_the_files_names() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lint/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "tests.rs" && name.ends_with(".rs"))
        .map(|name| name.trim_end_matches(".rs").replace('_', "-"))
        .collect();
    let ids: BTreeSet<String> = ALL.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(ids, files);
    assert_eq!(ids.len(), ALL.len(), "an id stands twice");
}

#[test]
fn rules_are_documented() {
    for rule in ALL {
        assert!(rule.docs.len() > 60, "{} needs docs", rule.id);
        assert!(
            !rule.title.is_empty() && !rule.title.ends_with('.'),
            "{} needs a title, no sentence",
            rule.id
        );
        assert!(!rule.good.is_empty(), "{} needs a good example", rule.id);
    }
}

#[test]
fn bad_examples_trigger_their_rule_alone() {
    for rule in ALL.iter().filter(|rule| !rule.bad.is_empty()) {
        let findings = analyse(rule.bad, &env()).into_findings();
        // Jobs that all wait wait in a circle.
        let also = |id: &str| (rule.id, id) == ("no-first-job", "needs-cycle");
        let ids: BTreeSet<&str> =
            findings.iter().map(|finding| finding.rule).filter(|id| !also(id)).collect();
        assert_eq!(ids, BTreeSet::from([rule.id]), "the bad example of {}: {findings:#?}", rule.id);
    }
}

#[test]
fn good_examples_trigger_nothing() {
    for rule in ALL {
        let findings = analyse(rule.good, &env()).into_findings();
        assert!(findings.is_empty(), "the good example of {}: {findings:#?}", rule.id);
    }
}

#[test]
fn fixes_of_bad_examples_make_nothing_worse() {
    for rule in ALL {
        let mut env = env();
        (_, env.file_name, env.files) = files(rule.bad);
        let analysis = analyse(rule.bad, &env);
        for finding in analysis.findings() {
            if let Some(fix) = &finding.fix {
                not_worse(&analysis, finding, &fix.edit.apply(analysis.tree.text()), &env);
            }
        }
    }
}

#[test]
fn what_an_alias_repeats_is_told_once() {
    crate::lint::testing::check(
        "on: push
jobs:
  build:
    runs-on: &runner ubuntu-lastest
                     ^^^^^^^^^^^^^^ runner-label: unknown
    steps:
      - run: make
        shell: &shell fsh
                      ^^^ unknown-shell: no shell
      - run: make test
        shell: *shell
  test:
    runs-on: *runner
    steps:
      - run: make test
",
    );
}
