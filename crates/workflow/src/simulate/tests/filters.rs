use super::*;
use Answer::{No, Unknown, Yes};

/// Without `branches`, `tags` and `paths`, all branches, tags and files count.
#[test]
fn no_filter_lets_everything_through() {
    // defaults: branches, tags and paths are all of them.
    for event in [push().branch("any/thing"), push().tag("v1"), push().changed(&["x"])] {
        check("push", &event, Yes);
    }
}

/// A list is read in its order, from "not matched" on: a pattern that matches includes, one with `!` excludes again, and the last that matches decides.
#[test]
fn patterns_count_in_order_and_the_last_match_decides() {
    // order: evaluated in list order, last matching pattern decides.
    let on = "{push: {branches: ['releases/**', '!releases/**-alpha', releases/keep-alpha]}}";
    for (branch, answer) in [
        ("releases/10", Yes),
        ("releases/beta/mona", Yes),
        ("releases/10-alpha", No),
        ("releases/beta/3-alpha", No),
        ("releases/keep-alpha", Yes),
        ("main", No),
    ] {
        check(on, &push().branch(branch), answer);
    }
}

/// A list of nothing but `!` patterns matches nothing: it needs one positive pattern.
#[test]
fn negative_patterns_alone_match_nothing() {
    // only_negative_patterns: nothing matches (needs at least one positive).
    check("{push: {branches: ['!main']}}", &push().branch("other"), No);
}

/// A pattern matches the whole name, and capital letters count.
#[test]
fn names_match_as_a_whole_and_by_case() {
    // whole_match: true, case_sensitive: true.
    for branch in ["main2", "Main", "x/main"] {
        check("{push: {branches: [main]}}", &push().branch(branch), No);
    }
}

/// `branches-ignore` keeps the branches that it matches from starting anything.
#[test]
fn ignored_branches_start_nothing() {
    let on = "{push: {branches-ignore: [main, 'wip/**']}}";
    check(on, &push().branch("wip/a/b"), No);
    check(on, &push().branch("other"), Yes);
}

/// A list and its `-ignore` twin cannot stand together; exceptions are `!` patterns of the one list.
#[test]
fn a_list_and_its_ignore_twin_are_refused() {
    // ignore_lists_negation: not allowed to combine with positive list.
    for key in ["branches", "paths", "tags"] {
        let on = format!("{{push: {{{key}: ['**'], {key}-ignore: [x]}}}}");
        let event = push().changed(&["y"]);
        check(&on, &if key == "tags" { event.tag("v1") } else { event }, No);
    }
}

/// With both `branches` and `tags`, a push counts when its ref matches the one or the other.
#[test]
fn branches_and_tags_are_alternatives() {
    // branches+tags: or.
    let on = "{push: {branches: [main], tags: ['v*']}}";
    check(on, &push().branch("main"), Yes);
    check(on, &push().tag("v1"), Yes);
    check(on, &push().branch("v1"), No);
    check(on, &push().tag("main"), No);
}

/// With `branches` alone no tag counts, with `tags` alone no branch.
#[test]
fn what_only_names_branches_ignores_tags_and_the_other_way_round() {
    // only_branches_defined: tags_do_not_trigger; only_tags_defined: branches_do_not_trigger.
    for key in ["branches: ['**']", "branches-ignore: [x]"] {
        check(&format!("{{push: {{{key}}}}}"), &push().tag("v1"), No);
    }
    for key in ["tags: ['**']", "tags-ignore: [x]"] {
        check(&format!("{{push: {{{key}}}}}"), &push().branch("main"), No);
        check(&format!("{{push: {{{key}}}}}"), &push().tag("v1"), Yes);
    }
}

/// With both `branches` and `paths`, both must match.
#[test]
fn branches_and_paths_must_both_match() {
    // branches+paths: and.
    let on = "{push: {branches: [main], paths: ['src/**']}}";
    check(on, &push().branch("main").changed(&["src/a"]), Yes);
    check(on, &push().branch("main").changed(&["docs/a"]), No);
    check(on, &push().branch("dev").changed(&["src/a"]), No);
}

/// `paths`: one changed file that matches is enough. `paths-ignore`: skipped when every changed file matches.
#[test]
fn paths_need_one_file_and_paths_ignore_one_that_is_left() {
    // paths: run if at least one changed file matches; paths-ignore: skip if every changed file matches.
    let on = "{push: {paths: ['sub/**', '!sub/docs/**']}}";
    check(on, &push().changed(&["x", "sub/src/a"]), Yes);
    check(on, &push().changed(&["sub/docs/readme.md", "x"]), No);
    let on = "{push: {paths-ignore: ['docs/**', '*.md']}}";
    check(on, &push().changed(&["docs/a", "README.md"]), No);
    check(on, &push().changed(&["docs/a", "src/a"]), Yes);
}

/// A path filter compares changed files; where none changed, none matches.
#[test]
fn without_changed_files_path_filters_start_nothing() {
    // path_filter.no_changed_files: no_run.
    for key in ["paths", "paths-ignore"] {
        check(&format!("{{push: {{{key}: [x]}}}}"), &push().changed(&[]), No);
    }
}

/// What is not known leaves the answer open.
#[test]
fn unknown_files_leave_it_open() {
    let verdict = starts("{push: {branches: [main], paths: [x]}}", &push());
    assert_eq!((verdict.answer, &verdict.missing[..]), (Unknown, &["changed files".to_owned()][..]));
    // But what another filter stops is stopped.
    check("{push: {branches: [dev], paths: [x]}}", &push(), No);
}

/// Path filters are not evaluated for pushes of tags.
#[test]
fn paths_are_not_looked_at_for_tags() {
    // path_filter.tags_pushed: paths_not_evaluated.
    check("{push: {paths: [x]}}", &push().tag("v1").changed(&["y"]), Yes);
    check("{push: {tags: ['v*'], paths: [x]}}", &push().tag("v1"), Yes);
}

/// Only the first 300 changed files are compared.
#[test]
fn only_the_first_300_files_count() {
    // path_filter.max_diff_files: 300.
    let files = |others: usize| {
        let mut paths: Vec<String> = (0..others).map(|n| format!("other/{n}")).collect();
        paths.push("src/a".to_owned());
        Event { changed: Some(paths), ..push() }
    };
    let on = "{push: {paths: ['src/**']}}";
    check(on, &files(299), Yes);
    check(on, &files(300), Unknown);
    check("{push: {paths: [never]}}", &files(400), No);
    check("{push: {paths-ignore: ['other/**']}}", &files(300), Unknown);
}

/// With more than 1,000 commits the files are not compared, and the workflow starts.
#[test]
fn more_than_a_thousand_commits_start_it_whatever_the_files() {
    // path_filter.always_run_if_commits_over: 1000.
    let on = "{push: {paths: [x]}}";
    let commits = |commits| Event { commits, ..push().changed(&["y"]) };
    check(on, &commits(Some(1000)), No);
    check(on, &commits(Some(1001)), Yes);
    check(on, &commits(None), Unknown);
}

/// `branches` of a pull request is its base.
#[test]
fn pull_requests_are_filtered_by_their_base() {
    // branches_pr: matched against base branch.
    for name in ["pull_request", "pull_request_target"] {
        let on = format!("{{{name}: {{branches: [main]}}}}");
        let event = Event { head: Some("main".into()), ..usual(&on, name).branch("dev") };
        check(&on, &event, No);
        check(&on, &event.branch("main"), Yes);
    }
}

/// `branches` of a merge group is the branch that it goes into.
#[test]
fn merge_groups_are_filtered_by_their_base() {
    // merge_group: filters branches, branches-ignore.
    let on = "{merge_group: {branches: [main]}}";
    check(on, &usual(on, "merge_group").branch("main"), Yes);
    check(on, &usual(on, "merge_group").branch("dev"), No);
    check(on, &Event { base: None, ..usual(on, "merge_group") }, Unknown);
}

/// `branches` of `workflow_run` is the head branch of the run before.
#[test]
fn workflow_runs_are_filtered_by_the_branch_of_the_run_before() {
    // branches_workflow_run: matched against head branch of triggering run.
    let on = "{workflow_run: {workflows: [CI], branches: ['release/**']}}";
    check(on, &usual(on, "workflow_run").branch("release/1"), Yes);
    check(on, &usual(on, "workflow_run").branch("main"), No);
}

/// An empty list filters nothing.
#[test]
fn an_empty_list_is_open() {
    check("{push: {branches: []}}", &push(), Unknown);
}

/// The pattern that matched last is the one that decided.
#[test]
fn the_pattern_that_decided_is_pointed_at() {
    let text = format!("on:\n  push:\n    branches:\n      - 'a/**'\n      - '!a/b'\n{JOB}");
    let event = push().branch("a/b");
    let verdict = plan(&analysis(&text), &Env::default(), &event, &Assumptions::default()).starts;
    assert_eq!(decider(&text, &verdict), "'!a/b'");
    assert_eq!(verdict.place.unwrap().path.to_string(), "on.push.branches[1]");
    assert_eq!(verdict.reason, "The pattern `!a/b` excludes the branch `a/b`.");
}
