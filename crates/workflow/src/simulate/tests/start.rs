use super::*;
use Answer::{No, Unknown, Yes};

/// A workflow starts on the events under `on` and on no other.
#[test]
fn other_events_start_nothing() {
    let verdict = starts("[push, pull_request]", &usual("push", "issues"));
    assert_eq!(verdict.reason, "The workflow waits for `push` and `pull_request`, not for `issues`.");
    check("push", &Event::new("projects_v2"), No);
}

/// Without `types`, `pull_request` counts when opened, synchronized or reopened; most events count in every activity.
#[test]
fn default_activity_types() {
    // pull_request: types_when_omitted opened, synchronize, reopened.
    for name in ["pull_request", "pull_request_target"] {
        for (kind, answer) in
            [("opened", Yes), ("synchronize", Yes), ("reopened", Yes), ("closed", No), ("labeled", No)]
        {
            check(name, &usual(name, name).activity(kind), answer);
        }
        check(name, &Event { activity: None, ..usual(name, name) }, Unknown);
    }
    // issues: types_when_omitted all.
    check("issues", &usual("issues", "issues").activity("pinned"), Yes);
    // webhook_types_not_in_workflow_schema: issue_comment pinned, merge_group destroyed.
    check("issue_comment", &usual("issue_comment", "issue_comment").activity("pinned"), No);
    check("merge_group", &usual("merge_group", "merge_group").activity("destroyed"), No);
}

/// `types` replaces the usual activity types; it does not add to them.
#[test]
fn listed_activity_types_replace_the_defaults() {
    let on = "{pull_request: {types: [labeled, closed]}}";
    check(on, &usual(on, "pull_request").activity("closed"), Yes);
    check(on, &usual(on, "pull_request").activity("opened"), No);
    assert_eq!(usual(on, "pull_request").activity.as_deref(), Some("labeled"));
}

/// The types of `repository_dispatch` are the names that senders choose.
#[test]
fn repository_dispatch_types_are_free() {
    // repository_dispatch: types custom; all when omitted; event_type_max_chars 100.
    let on = "{repository_dispatch: {types: [trained]}}";
    let event = |kind: &str| usual(on, "repository_dispatch").activity(kind);
    check(on, &event("trained"), Yes);
    check(on, &event("other"), No);
    check("repository_dispatch", &event("other"), Yes);
    check("repository_dispatch", &event(&"x".repeat(101)), No);
    // client_payload_max_top_level_properties: 10.
    let data = Value::object((0..11).map(|n| (format!("k{n}"), Value::Null)));
    check("repository_dispatch", &event("a").with("client_payload", data), No);
}

/// `[skip ci]`, `[ci skip]`, `[no ci]`, `[skip actions]`, `[actions skip]` and the trailer `skip-checks: true` skip runs of `push` and `pull_request`.
#[test]
fn words_in_the_commit_message_skip_pushes_and_pull_requests() {
    // Skip instructions: [skip ci], [ci skip], [no ci], [skip actions], [actions skip], for push and pull_request only.
    let said = |name: &str, text: &str| Event { message: Some(text.to_owned()), ..usual(name, name) };
    for word in ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"] {
        check("push", &said("push", &format!("A {word} b")), No);
        check("pull_request", &said("pull_request", word), No);
        check("pull_request_target", &said("pull_request_target", word), Yes);
    }
    check("push", &said("push", "skip ci"), Yes);
    check("push", &Event { message: None, ..push() }, Unknown);
    // The trailer `skip-checks: true` at the end, behind two empty lines, last of the trailers.
    check("push", &said("push", "A\n\n\nskip-checks: true\n"), No);
    check("push", &said("push", "A\n\n\nCo-authored-by: b\nskip-checks:true"), No);
    check("push", &said("push", "A\n\nskip-checks: true"), Yes);
    check("push", &said("push", "A\n\n\nskip-checks: true\nCo-authored-by: b"), Yes);
}

/// Most events that are not about a ref only see the workflow file of the default branch.
#[test]
fn some_events_need_the_file_on_the_default_branch() {
    // file_must_be_on_default_branch.
    for (name, answer) in [
        ("schedule", No),
        ("workflow_dispatch", No),
        ("pull_request_target", No),
        ("issues", No),
        ("push", Yes),
        ("pull_request", Yes),
        ("release", Yes),
    ] {
        let on = if name == "schedule" { "{schedule: [{cron: '0 3 * * *'}]}" } else { name };
        let event = Event { on_default_branch: Some(false), ..usual(on, name) };
        check(on, &event, answer);
        check(on, &Event { on_default_branch: Some(true), ..event }, Yes);
    }
}

/// Each line of `schedule` comes due by itself, and `github.event.schedule` says which.
#[test]
fn a_schedule_starts_by_its_own_cron_line() {
    let on = "{schedule: [{cron: '0 3 * * *'}, {cron: '30 5 * * MON'}, {cron: '0 0 30 2 *'}]}";
    let due = |line: &str| Event { schedule: Some(line.into()), ..usual(on, "schedule") };
    check(on, &due("30 5 * * MON"), Yes);
    check(on, &due("0  3 * * *"), Yes);
    check(on, &due("0 4 * * *"), No);
    check(on, &due("0 0 30 2 *"), No);
    check(on, &Event { schedule: None, ..usual(on, "schedule") }, Unknown);
    // not_supported: @daily.
    let on = "{schedule: [{cron: '@daily'}]}";
    check(on, &Event { schedule: Some("@daily".into()), ..usual(on, "schedule") }, No);
}

/// Drafts of releases send no `created`, `edited` or `deleted`.
#[test]
fn drafts_of_releases_are_silent() {
    // release: draft_no_run_types created, edited, deleted.
    for (kind, answer) in [("created", No), ("edited", No), ("deleted", No), ("published", Yes)] {
        let event = usual("release", "release").activity(kind);
        check("release", &event, Yes);
        check("release", &event.with("release.draft", true), answer);
    }
}

/// `pull_request` does not run while the pull request is in conflict with its base.
#[test]
fn a_pull_request_in_conflict_waits() {
    // pull_request: skipped_when merge_conflict.
    let conflict = |name: &str, conflict| Event { conflict, ..usual(name, name) };
    check("pull_request", &conflict("pull_request", Some(true)), No);
    check("pull_request", &conflict("pull_request", None), Unknown);
    check("pull_request_target", &conflict("pull_request_target", Some(true)), Yes);
}

/// Checks of GitHub Actions itself, and the deployment state `inactive`, start nothing.
#[test]
fn own_checks_and_inactive_deployments_start_nothing() {
    // check_suite: skipped_when suite_created_by github-actions; deployment_status: skipped_when state inactive.
    check("check_suite", &usual("check_suite", "check_suite"), Yes);
    let own = "github-actions";
    check("check_suite", &usual("check_suite", "check_suite").with("check_suite.app.slug", own), No);
    check("check_run", &usual("check_run", "check_run").with("check_run.check_suite.app.slug", own), No);
    let event = usual("deployment_status", "deployment_status");
    check("deployment_status", &event, Yes);
    check("deployment_status", &event.with("deployment_status.state", "inactive"), No);
}

/// `workflow_run` names the workflows that it waits for, and chains of them end after three.
#[test]
fn workflow_run_waits_for_the_workflows_it_names() {
    // workflow_run: required_keys workflows, max_chain_levels 3, rerun_no_run_types requested.
    let on = "{workflow_run: {workflows: [CI, Nightly], types: [completed]}}";
    let ran = |name: &str| Event { workflow: Some(name.into()), ..usual(on, "workflow_run") };
    check(on, &ran("Nightly"), Yes);
    check(on, &ran("nightly"), No);
    check(on, &ran("CI").activity("requested"), No);
    check(on, &Event { workflow: None, ..ran("CI") }, Unknown);
    check(on, &Event { chain: Some(3), ..ran("CI") }, Yes);
    check(on, &Event { chain: Some(4), ..ran("CI") }, No);
    check("{workflow_run: {types: [completed]}}", &ran("CI"), No);
    let on = "{workflow_run: {workflows: [CI]}}";
    let again = ran("CI").with("workflow_run.run_attempt", 2.0);
    check(on, &again.clone().activity("completed"), Yes);
    check(on, &again.activity("requested"), No);
}

/// What a run does with its `GITHUB_TOKEN` starts nothing but `workflow_dispatch` and `repository_dispatch`; its pull requests wait for approval.
#[test]
fn the_token_of_a_run_starts_no_further_run() {
    // github_token_created_events_trigger_runs: workflow_dispatch, repository_dispatch;
    // github_token_created_events_need_approval: pull_request opened, synchronize, reopened.
    let by_token = |name: &str| Event { by_token: Some(true), ..usual(name, name) };
    check("push", &by_token("push"), No);
    check("release", &by_token("release"), No);
    check("workflow_dispatch", &by_token("workflow_dispatch"), Yes);
    check("repository_dispatch", &by_token("repository_dispatch"), Yes);
    check("pull_request", &by_token("pull_request"), Yes);
    let on = "{pull_request: {types: [labeled]}}";
    check(on, &Event { by_token: Some(true), ..usual(on, "pull_request") }, No);
    let text = format!("on: pull_request\n{JOB}");
    let plan = plan(&analysis(&text), &Env::default(), &by_token("pull_request"), &Assumptions::default());
    assert!(plan.notes.iter().any(|note| note.text.contains("approval")), "{:?}", plan.notes);
}

/// No event is sent for more than three tags, or more than 5,000 branches, at once.
#[test]
fn too_many_refs_at_once_send_no_event() {
    // no_event_if_tags_pushed_at_once_over 3, no_event_if_branches_pushed_at_once_over 5000,
    // no_event_if_tags_created_at_once_over 3.
    let many = |event: Event, refs| Event { refs: Some(refs), ..event };
    check("push", &many(push().tag("v1"), 3), Yes);
    check("push", &many(push().tag("v1"), 4), No);
    check("push", &many(push(), 5000), Yes);
    check("push", &many(push(), 5001), No);
    check("create", &many(usual("create", "create").tag("v1"), 4), No);
    check("create", &many(usual("create", "create"), 4), Yes);
    check("delete", &many(usual("delete", "delete").tag("v1"), 4), No);
}

/// An input that is required and has no default must be given.
#[test]
fn required_inputs_must_be_given() {
    let on = "{workflow_dispatch: {inputs: {n: {required: true}, c: {type: choice, options: [a, b]}}}}";
    let event = usual(on, "workflow_dispatch");
    check(on, &event, No);
    check(on, &Event { inputs: None, ..event.clone() }, Unknown);
    check(on, &event.clone().input("N", "x"), Yes);
    check(on, &event.input("n", "x").input("c", "z"), No);
}

/// Events that github.com no longer sends start nothing.
#[test]
fn retired_and_filtered_events() {
    // project: status retired_github_com; image_version: filters names, versions.
    check("project", &usual("project", "project"), No);
    check("{image_version: {names: [a]}}", &usual("image_version", "image_version"), Unknown);
}

/// A file that GitHub cannot read as a workflow starts nothing.
#[test]
fn broken_files_start_nothing() {
    for text in [
        "on: push\njobs: {}\n",
        "on: push\njobs:\n  a:\n    needs: [b]\n",
        "on: push\njobs:\n  a: {needs: b}\n  b: {needs: a}\n",
        "on: push\njobs: [\n",
        "name: A\njobs:\n  a: {steps: []}\n",
        "runs:\n  using: composite\n",
        "",
    ] {
        let plan = plan(&analysis(text), &Env::default(), &push(), &Assumptions::default());
        assert_eq!(plan.starts.answer, No, "{text}");
        assert!(plan.jobs.iter().all(|job| job.verdict.answer == No), "{text}");
    }
}

/// A run for a pull request from a fork has no secrets and a token that only reads.
#[test]
fn forks_run_without_secrets() {
    // pull_request: fork_read_only_token, fork_no_secrets; pull_request_target: neither.
    for (name, part) in [("pull_request", "no secrets"), ("pull_request_target", "with the secrets")] {
        let event = Event { fork: Some(true), ..usual(name, name) };
        let text = format!("on: {name}\n{JOB}");
        let plan = plan(&analysis(&text), &Env::default(), &event, &Assumptions::default());
        assert!(plan.notes.iter().any(|note| note.text.contains(part)), "{:?}", plan.notes);
    }
}

/// Each event sets `github.ref` in its own way.
#[test]
fn refs_follow_the_event() {
    // ref codes: updated_ref, pr_merge_ref, default_branch, release_tag, merge_group_ref; closed and merged: base.
    let pull = usual("pull_request", "pull_request").branch("dev");
    let closed = pull.clone().activity("closed");
    let cases = [
        (push().branch("a/b"), "refs/heads/a/b", "a/b", "branch"),
        (push().tag("v1"), "refs/tags/v1", "v1", "tag"),
        (pull.clone(), "refs/pull/1/merge", "1/merge", "branch"),
        (pull.with("pull_request.number", 7.0).with("number", 7.0), "refs/pull/7/merge", "7/merge", "branch"),
        (closed.clone(), "refs/pull/1/merge", "1/merge", "branch"),
        (closed.with("pull_request.merged", true), "refs/heads/dev", "dev", "branch"),
        (usual("push", "pull_request_target").branch("dev"), "refs/heads/main", "main", "branch"),
        (usual("push", "release").tag("v2"), "refs/tags/v2", "v2", "tag"),
        (usual("push", "issues"), "refs/heads/main", "main", "branch"),
        (usual("push", "workflow_dispatch").branch("dev"), "refs/heads/dev", "dev", "branch"),
    ];
    for (event, full, name, kind) in cases {
        let condition =
            format!("github.ref == '{full}' && github.ref_name == '{name}' && github.ref_type == '{kind}'");
        let on = if event.name == "pull_request" {
            "{pull_request: {types: [opened, closed]}}"
        } else {
            &event.name
        };
        let text =
            format!("on: {on}\njobs:\n  a:\n    if: {condition}\n    runs-on: x\n    steps: [{{run: a}}]\n");
        assert_eq!(jobs_of(&text, &event, &Assumptions::default()), "a+", "{text}");
    }
}
