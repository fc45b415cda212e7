use super::*;

fn titles(on: &str) -> Vec<String> {
    let found = super::super::presets(&analysis(&format!("on: {on}\n{JOB}")));
    found.into_iter().map(|preset| preset.title).collect()
}

#[test]
fn presets_speak_plainly() {
    assert_eq!(
        titles(
            "{push: {branches: [main], paths: ['data/**']}, pull_request: , workflow_dispatch: {inputs: {go: {type: boolean}}}}"
        ),
        [
            "Push to main that touches data/",
            "Push to main that touches only README.md",
            "Push to another branch, feature/idea",
            "Push to main with [skip ci] in its message",
            "Pull request to main",
            "Pull request from a fork",
            "Somebody presses Run workflow",
            "Run workflow with go on",
        ]
    );
    assert_eq!(
        titles(
            "{push: {tags: ['v*']}, release: {types: [published]}, schedule: [{cron: '0 3 * * *'}], merge_group: }"
        ),
        [
            "Push to another branch, feature/idea",
            "The tag v1.2.3 is pushed",
            "A release is published",
            "Schedule: at 03:00 every day",
            "The merge queue tests a group for main",
        ]
    );
    assert_eq!(
        titles(
            "{repository_dispatch: {types: [trained]}, workflow_run: {workflows: [CI]}, issues: {types: [opened]}}"
        ),
        [
            "Another program sends `trained`",
            "The workflow CI ends well",
            "The workflow CI fails",
            "An issue changes"
        ]
    );
    assert!(
        titles("{pull_request: {types: [closed, labeled]}}")
            .contains(&"Pull request is merged into main".to_owned())
    );
}

#[test]
fn a_filter_that_no_branch_passes_is_tried_on_a_branch_that_there_can_be() {
    for on in ["{push: {branches: [refs/heads/main]}}", "{pull_request: {branches: [refs/heads/main]}}"] {
        let found = titles(on);
        assert!(found.iter().any(|title| title.ends_with("to main")), "{found:?}");
        assert!(!found.iter().any(|title| title.contains("refs/")), "{found:?}");
    }
    let found = titles("{push: {branches: [refs/heads/dev, refs/heads/dev/x]}, merge_group: }");
    assert_eq!(found.first().map(String::as_str), Some("Push to dev"));
    assert!(titles("{push: {branches: [refs/pull/1/merge]}}").contains(&"Push to main".to_owned()));
    assert!(titles("{push: {branches: [/main]}}").contains(&"Push to main".to_owned()));
}

#[test]
fn the_first_preset_of_an_event_starts_the_workflow() {
    for on in [
        "push",
        "{push: {branches: ['release/**', '!release/x']}}",
        "{push: {branches-ignore: [main]}}",
        "{push: {paths: ['src/**/*.rs', '!src/gen/**']}}",
        "{push: {paths-ignore: ['**.md']}}",
        "{push: {branches: [dev], paths: [a/b]}}",
        "{pull_request: {types: [closed], branches: [main, 'v[0-9]+']}}",
        "{schedule: [{cron: '5 4 * * 1'}]}",
        "{workflow_dispatch: {inputs: {a: {required: true}, b: {type: choice, options: [x, y], required: true}}}}",
        "{workflow_call: {inputs: {a: {required: true, type: number}}}}",
        "{repository_dispatch: {types: [a]}}",
        "repository_dispatch",
        "{workflow_run: {workflows: [A], types: [requested], branches: [main]}}",
        "{workflow_run: {workflows: [A]}}",
        "{release: {types: [created]}}",
        "{merge_group: {branches: ['queue/*']}}",
        "[issues, label, watch, fork, gollum, page_build, status, public, create, delete]",
        "[deployment, deployment_status, check_run, check_suite, milestone, discussion, registry_package]",
        "[branch_protection_rule, pull_request_review, pull_request_review_comment, issue_comment]",
    ] {
        let analysis = analysis(&format!("on: {on}\n{JOB}"));
        let found = super::super::presets(&analysis);
        let mut seen = Vec::new();
        for preset in found {
            if seen.contains(&preset.event.name) {
                continue;
            }
            let plan = plan(&analysis, &Env::default(), &preset.event, &Assumptions::default());
            assert_eq!(plan.starts.answer, Answer::Yes, "{on}: {}: {}", preset.title, plan.starts.reason);
            seen.push(preset.event.name);
        }
        assert_eq!(seen.len(), analysis.workflow.triggers.len(), "{on}");
    }
}

#[test]
fn tags_only_start_with_the_tag() {
    let analysis = analysis(&format!("on: {{push: {{tags: ['v[0-9]+.[0-9]+']}}}}\n{JOB}"));
    let found = super::super::presets(&analysis);
    let tag = found.iter().find(|preset| preset.title.starts_with("The tag")).unwrap();
    assert_eq!(
        plan(&analysis, &Env::default(), &tag.event, &Assumptions::default()).starts.answer,
        Answer::Yes
    );
}

#[test]
fn the_home_of_the_workflow_is_taken_from_its_conditions() {
    let event = |condition: &str| {
        let text =
            format!("on: push\njobs:\n  a:\n    if: {condition}\n    runs-on: x\n    steps: [{{run: a}}]\n");
        Event::usual("push", &analysis(&text).workflow).repository.unwrap()
    };
    assert_eq!(event("github.repository == 'octo/hello' && true"), "octo/hello");
    assert_eq!(event("github.repository_owner == 'octo'"), "octo/repository");
    assert_eq!(event("github.repository != 'octo/hello'"), "owner/repository");
}
