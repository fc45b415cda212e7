#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::facts::actions::Catalogue;

const TEXT: &str = "\
name: Train
on:
  push:
    branches: [main]
    paths: [data/**, '!**.md']
  schedule:
    - cron: '0 3 * * *'
  workflow_dispatch:
    inputs:
      size: {type: choice, options: [small, large], default: small, description: How large}
permissions:
  contents: read
  pull-requests: write
cache-mode: read
concurrency:
  group: train
  cancel-in-progress: true
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    strategy:
      matrix: {python: ['3.12', '3.13']}
    steps:
      - name: Get the code
        uses: actions/checkout@v4
        with: {persist-credentials: false}
      - run: pytest
  train:
    needs: test
    if: github.ref == 'refs/heads/main'
    runs-on: [self-hosted, gpu]
    environment: production
    outputs: {score: '${{ steps.fit.outputs.score }}'}
    steps:
      - id: fit
        if: always()
        run: |
          python fit.py
          echo \"score=1\" >> \"$GITHUB_OUTPUT\"
        env: {KEY: '${{ secrets.WANDB_API_KEY }}'}
";

fn all(text: &str) -> Vec<Section> {
    explain(&Analysis::new(text, &Env::default()), &Env::default())
}

#[test]
fn a_workflow_is_told_from_its_triggers_to_its_steps() {
    let env = Env { catalogue: Some(Catalogue::embedded().into()), ..Env::default() };
    let sections = explain(&Analysis::new(TEXT, &env), &env);
    let titles: Vec<&str> = sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["The workflow", "When it starts", "Job test", "Job train"]);
    let told: Vec<&str> = sections.iter().flat_map(|s| &s.sentences).map(|s| s.text.as_str()).collect();
    for wanted in [
        "The workflow is called “Train” and has 2 jobs.",
        "It starts when something is pushed to the branch `main`, if a changed file matches `data/**`, but not `**.md`.",
        "It asks for the input `size`, one of `small` and `large`; without one it is `small`. It is described as “How large”.",
        "A new run of the same group `train` cancels one that is still going.",
        "Its jobs may take from the caches and save nothing in them.",
        "It runs 2 steps on a fresh machine of GitHub's, `ubuntu-latest`.",
        "It runs 2 times at the same time, once for each combination of `python`: `3.12`; `3.13`.",
        "“Get the code” uses the action `actions/checkout` to check out the code, with `persist-credentials: false`.",
        "It runs `pytest`.",
        "It waits for the job `test`, and is skipped unless that one succeeds.",
        "It runs only if the run is for the branch `main`.",
        "Jobs after it can read its outputs `score`.",
        "This step runs whatever happened before, even when the run is cancelled.",
    ] {
        assert!(told.contains(&wanted), "{wanted}\n\n{}", told.join("\n"));
    }
    let fit = told.iter().find(|text| text.contains("fit.py")).unwrap();
    assert!(fit.contains("sets outputs") && fit.ends_with("It reads the secret `WANDB_API_KEY`."), "{fit}");
    assert!(
        told.iter().any(|text| text.starts_with("It starts by the clock: at 03:00")),
        "{}",
        told.join("\n")
    );
}

#[test]
fn every_sentence_has_its_place() {
    for section in all(TEXT) {
        for sentence in section.sentences {
            let part = &TEXT[sentence.range.to_usize()];
            let last = sentence.path.steps().last().cloned();
            if let Some(stepladder_yaml::Step::Key(key)) = last {
                assert!(part.trim_start_matches("- ").starts_with(&key), "{key}: {part}");
            }
        }
    }
}

#[test]
fn words_are_explained_where_they_stand() {
    let (analysis, env) = (Analysis::new(TEXT, &Env::default()), Env::default());
    let sections = explain(&analysis, &env);
    let words = |part: &str| {
        let sentence = sections.iter().flat_map(|s| &s.sentences).find(|s| s.text.contains(part)).unwrap();
        words_of(&analysis, &env, sentence).into_iter().map(|word| word.name).collect::<Vec<_>>()
    };
    assert_eq!(words("only if the run is for"), ["if", "github.ref"]);
    assert_eq!(words("whatever happened"), ["if", "always()"]);
    assert_eq!(words("something is pushed"), ["push", "branches", "paths"]);
    let fit = words("fit.py");
    assert!(fit.contains(&"run".to_owned()) && fit.contains(&"secrets.WANDB_API_KEY".to_owned()), "{fit:?}");
}

#[test]
fn an_action_is_told_too() {
    let text = "name: Greet\ninputs:\n  who: {required: true}\nruns:\n  using: composite\n  steps:\n    - run: echo hi\n      shell: bash\n";
    let told: Vec<String> = all(text).into_iter().flat_map(|s| s.sentences).map(|s| s.text).collect();
    assert!(told.contains(&"It is made of steps, like a part of a job.".to_owned()), "{told:?}");
    assert!(told.contains(&"It runs `echo hi` with `bash`.".to_owned()), "{told:?}");
}

proptest! {
    #[test]
    fn any_text_is_told_in_whole_sentences(start in 0..TEXT.len(), end in 0..TEXT.len(), put in "[ -~\n]{0,6}") {
        let (start, end) = (start.min(end), start.max(end));
        prop_assume!(TEXT.is_char_boundary(start) && TEXT.is_char_boundary(end));
        let text = [&TEXT[..start], &put, &TEXT[end..]].concat();
        for sentence in all(&text).into_iter().flat_map(|s| s.sentences) {
            prop_assert!(sentence.text.ends_with('.'), "{}", sentence.text);
            prop_assert!(sentence.range.end as usize <= text.len());
        }
    }
}
