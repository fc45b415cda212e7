//! A fixed file means what was meant: conditions hold in the same runs, and all that a fix does not write stays.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::{Analysis, Env, Finding};
use stepladder_yaml::{Path, TextEdit, path};

#[path = "support/meaning.rs"]
mod meaning;

use meaning::{fixed, holds, lost, text_at};

fn env() -> Env {
    let catalogue = Catalogue::from_json(include_str!("../data/actions.json")).unwrap();
    Env { catalogue: Some(Arc::new(catalogue)), ..Env::default() }
}

fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    findings.iter().for_each(|finding| *counts.entry(finding.rule).or_default() += 1);
    counts
}

/// The fixes of a text, each alone and all at once.
fn edits(analysis: &Analysis) -> Vec<TextEdit> {
    let single =
        || analysis.findings().iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| &fix.edit);
    let all = single().try_fold(TextEdit::new(Vec::new()).unwrap(), |all, edit| all.with(edit));
    single().cloned().chain(all.filter(|all| !all.is_empty())).collect()
}

/// What is wrong with the fixes of `text`: more findings than before, or harm to what they do not write.
fn harm(text: &str, env: &Env) -> Vec<String> {
    let before = Analysis::new(text, env);
    let mut wrong = Vec::new();
    for edit in edits(&before) {
        let after = Analysis::new(edit.apply(text), env);
        let old = counts(before.findings());
        // What could not be read may show more than one thing once it is, though no more of them.
        let reads_more = after.tree.problems().len() < before.tree.problems().len();
        let is_more = !reads_more || after.findings().len() > before.findings().len();
        let is_new = |finding: &&Finding| {
            is_more
                && counts(after.findings())[finding.rule] > old.get(finding.rule).copied().unwrap_or_default()
        };
        let told = |what: String| format!("{what}\nin\n{text}\nmade\n{}", after.tree.text());
        wrong.extend(after.findings().iter().filter(is_new).map(|finding| told(format!("new: {finding:?}"))));
        wrong.extend(lost(&before, &edit).into_iter().map(told));
    }
    wrong
}

/// What is written, and what it means as an expression.
const CONDITIONS: [(&str, &str); 31] = [
    ("!cancelled()", "!cancelled()"),
    ("! cancelled()", "!cancelled()"),
    ("!(github.ref_name == 'x')", "!(github.ref_name == 'x')"),
    ("!failure() && github.ref_name == 'x'", "!failure() && github.ref_name == 'x'"),
    ("!failure() || github.ref_name == 'x'", "!failure() || github.ref_name == 'x'"),
    ("!github.sha && github.ref_name", "!github.sha && github.ref_name"),
    ("'*' != github.ref_name", "'*' != github.ref_name"),
    ("github.ref_name == 'x: y'", "github.ref_name == 'x: y'"),
    ("always() || true", "always()"),
    ("failure() || true", "always()"),
    ("!cancelled() || true", "always()"),
    ("${{ success() || true }}", "always()"),
    ("github.sha || true", "success()"),
    ("true", "success()"),
    ("${{ !cancelled() }}", "!cancelled()"),
    ("${{ '*' != github.ref_name }}", "'*' != github.ref_name"),
    ("${{ !cancelled() }} && github.sha", "!cancelled() && github.sha"),
    ("!${{ cancelled() }}", "!cancelled()"),
    ("!${{ failure() || github.sha }}", "!(failure() || github.sha)"),
    (
        "${{ github.ref_name == 'a' || github.ref_name == 'b' }} && github.sha",
        "(github.ref_name == 'a' || github.ref_name == 'b') && github.sha",
    ),
    (
        "github.sha && ${{ github.ref_name == 'a' || github.ref_name == 'b' }}",
        "github.sha && (github.ref_name == 'a' || github.ref_name == 'b')",
    ),
    ("${{ github.sha }} && ${{ failure() || always() }}", "github.sha && (failure() || always())"),
    ("${{ github.ref_name == 'a' }} == false", "(github.ref_name == 'a') == false"),
    ("${{ github.sha && failure() }} || github.ref_name", "github.sha && failure() || github.ref_name"),
    ("${{ github.ref_name }} == 'x'", "github.ref_name == 'x'"),
    ("${{ github.ref_name }} == x", "github.ref_name == 'x'"),
    ("'x' == ${{ github.ref_name }}", "'x' == github.ref_name"),
    ("${{ github.ref_name }} == 'x: y'", "github.ref_name == 'x: y'"),
    ("${{ github.ref_name == \"x\" }}", "github.ref_name == 'x'"),
    ("github.ref_name == \"x\" && !failure()", "github.ref_name == 'x' && !failure()"),
    ("${{ contains(github.ref_name, 'x') }} && true", "contains(github.ref_name, 'x')"),
];

/// All ways to write a condition as YAML.
fn forms(condition: &str, indent: &str) -> Vec<String> {
    let single = format!("'{}'", condition.replace('\'', "''"));
    let double = format!("\"{}\"", condition.replace('"', "\\\""));
    let block = |mark: &str| format!("{mark}\n{indent}  {condition}");
    vec![
        condition.to_owned(),
        format!("{condition} # why"),
        single,
        double,
        block("|"),
        block("|-"),
        block(">"),
        block(">-"),
    ]
}

/// A condition that is fixed is the one that is meant, or is told of still.
fn same(text: &str, condition: &Path, meant: &str, env: &Env) -> Vec<String> {
    let before = Analysis::new(text, env);
    let mut results: Vec<String> = edits(&before).iter().map(|edit| edit.apply(text)).collect();
    results.extend([fixed(text, env, true), fixed(text, env, false)]);
    let mut wrong = Vec::new();
    for result in results.iter().filter(|result| *result != text) {
        let after = Analysis::new(result.as_str(), env);
        let is = text_at(&after.tree, condition);
        let held = is.as_deref().and_then(holds);
        let told = after.findings().iter().any(|finding| {
            matches!(
                finding.rule,
                "yaml-tag"
                    | "syntax-error"
                    | "always-true-condition"
                    | "explicit-expression"
                    | "invalid-expression"
            )
        });
        if held != holds(meant) && !told {
            wrong.push(format!("{meant} became {is:?}:\n{text}\n{result}"));
        }
    }
    wrong
}

#[test]
fn conditions_of_steps_and_jobs_hold_in_the_same_runs() {
    let env = env();
    let mut wrong = Vec::new();
    for (written, meant) in CONDITIONS {
        assert!(holds(meant).is_some(), "{meant}");
        for form in forms(written, "        ") {
            let text = format!(
                "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {form}\n        name: Make\n      - run: make test\n"
            );
            wrong.extend(same(&text, &path!["jobs", "build", "steps", 0, "if"], meant, &env));
            wrong.extend(harm(&text, &env));
        }
        for form in forms(written, "    ") {
            let text = format!(
                "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    if: {form}\n    steps:\n      - run: make\n"
            );
            wrong.extend(same(&text, &path!["jobs", "build", "if"], meant, &env));
            wrong.extend(harm(&text, &env));
        }
        for form in &forms(written, "")[2..4] {
            let text = format!(
                "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - {{if: {form}, run: make}}\n      - {{if: {written}, run: make test}}\n"
            );
            wrong.extend(same(&text, &path!["jobs", "build", "steps", 0, "if"], meant, &env));
            wrong.extend(harm(&text, &env));
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong[..wrong.len().min(8)].join("\n\n"));
}

#[test]
fn conditions_of_actions_hold_in_the_same_runs() {
    let env = Env { file_name: Some("action.yml".to_owned()), ..env() };
    let mut wrong = Vec::new();
    for (written, meant) in CONDITIONS {
        for form in forms(written, "  ") {
            let text = format!(
                "name: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n  pre: pre.js\n  post: post.js\n  pre-if: success()\n  post-if: {form}\n"
            );
            wrong.extend(same(&text, &path!["runs", "post-if"], meant, &env));
            wrong.extend(harm(&text, &env));
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong[..wrong.len().min(8)].join("\n\n"));
}

/// Labels that are misspelt or gone, in matrices that name them again.
#[test]
fn a_matrix_keeps_its_variants() {
    let env = env();
    for label in [
        "ubuntu-lates",
        "windows-2019",
        "macos-13",
        "ubuntu-20.04",
        "windows",
        "'ubuntu-lates'",
        "\"macos-12\"",
    ] {
        let name = label.trim_matches(['\'', '"']);
        for os in [
            format!("[{label}, ubuntu-24.04]"),
            format!("[{label}]"),
            format!("[{label}, macos-15, windows-2022, ubuntu-latest]"),
        ] {
            for rest in [
                format!("        exclude:\n          - {{os: {label}, node: 22}}\n"),
                format!(
                    "        exclude:\n          - os: {label} # slow\n            node: 22\n        include:\n          - os: {label}\n            more: 1\n"
                ),
                format!("        include:\n          - {{os: {label}, node: 20}}\n"),
                String::new(),
            ] {
                for step in [
                    "run: make".to_owned(),
                    format!("if: matrix.os == '{name}'\n        run: make"),
                    format!("if: ${{{{ matrix.os != '{name}' && matrix.node }}}}\n        run: make"),
                    format!("run: echo ${{{{ contains('{name} b', matrix.os) }}}}"),
                ] {
                    let text = format!(
                        "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        os: {os}\n        node: [22, 24]\n{rest}    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - {step}\n      - run: make ${{{{ matrix.node }}}} ${{{{ matrix.more }}}}\n"
                    );
                    assert_eq!(harm(&text, &env), Vec::<String>::new());
                    let legs = |text: &str| {
                        let analysis = Analysis::new(text, &env);
                        analysis.workflow.jobs[0]
                            .matrix
                            .as_ref()
                            .map(|matrix| format!("{:?}", matrix.legs()).matches("node").count())
                    };
                    assert_eq!(
                        legs(&text),
                        legs(&fixed(&text, &env, false)),
                        "{text}\n{}",
                        fixed(&text, &env, false)
                    );
                }
            }
        }
    }
}

/// Every old version of every action that is known, with each of the inputs that some version has.
#[test]
fn an_upgrade_brings_nothing_new() {
    let env = env();
    let catalogue = env.catalogue.clone().unwrap();
    let mut tried = 0;
    for action in catalogue.actions() {
        let majors = (0..10).map(|major| format!("v{major}"));
        for version in majors.filter(|version| action.is_outdated(version, None)) {
            let mut inputs: Vec<&str> = vec!["version", "key", "install", "config"];
            inputs.extend(
                action
                    .versions
                    .iter()
                    .flat_map(|version| version.inputs.iter().map(|input| input.name.as_str())),
            );
            inputs.sort_unstable();
            inputs.dedup();
            let mut text = "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n".to_owned();
            for (at, input) in inputs.iter().enumerate() {
                text += &format!(
                    "      - uses: {}@{version}\n        id: s{at}\n        with:\n          {input}: x\n",
                    action.slug
                );
                text += &format!("      - run: echo ${{{{ steps.s{at}.outputs.cache-hit }}}}\n");
            }
            text += &format!("      - uses: {}@{version}\n", action.slug);
            let before = Analysis::new(text.as_str(), &env);
            let upgrades = || before.findings().iter().filter(|finding| finding.rule == "outdated-action");
            let changes = upgrades().filter_map(|finding| finding.fix.as_ref());
            let changes: Vec<_> = changes.flat_map(|fix| fix.edit.changes().iter().cloned()).collect();
            let all = TextEdit::new(changes).unwrap();
            tried += upgrades().count();
            let after = Analysis::new(all.apply(&text), &env);
            let old = counts(before.findings());
            for (rule, count) in counts(after.findings()) {
                let first = after.findings().iter().find(|finding| finding.rule == rule);
                assert!(
                    count <= old.get(rule).copied().unwrap_or_default(),
                    "{first:?}\n{text}\n{}",
                    after.tree.text()
                );
            }
        }
    }
    assert!(tried > 100, "{tried}");
}
