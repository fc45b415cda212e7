//! A fixed file is never worse: the finding is gone, no rule finds more than before, and no comment is lost.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::{Analysis, Env, Finding};
use stepladder_yaml::TextEdit;

#[path = "support/files.rs"]
mod files;

use files::files_below;

fn env() -> Env {
    let catalogue = Catalogue::from_json(include_str!("../data/actions.json")).unwrap();
    Env { catalogue: Some(Arc::new(catalogue)), ..Env::default() }
}

fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    counts
}

/// What is wrong with the fixes of `text`.
fn worse(name: &str, text: &str, env: &Env) -> Vec<String> {
    let before = Analysis::new(text, env);
    let old = counts(before.findings());
    let mut wrong = Vec::new();
    for finding in before.findings() {
        let Some(fix) = &finding.fix else { continue };
        let fixed = fix.edit.apply(text);
        let after = Analysis::new(fixed.as_str(), env);
        let new = counts(after.findings());
        let what = format!("{name}: {} ({})", finding.message, fix.title);
        // What is left may weigh less: a key is there whose value is still to be given.
        let weighs = |found: &&Finding| found.rule == finding.rule && found.severity <= finding.severity;
        let weight = |findings: &[Finding]| findings.iter().filter(weighs).count();
        if weight(after.findings()) >= weight(before.findings()) {
            wrong.push(format!("still there: {what}"));
        }
        for (rule, count) in &new {
            // What a fix brings to light (a key that is now read) is no harm done by a fix that a person looks at.
            if fix.is_safe() && *count > old.get(rule).copied().unwrap_or_default() {
                wrong.push(format!("new {rule}: {what}"));
            }
        }
        let comments = |analysis: &Analysis| -> Vec<String> {
            let tree = &analysis.tree;
            tree.comments().iter().map(|comment| tree.slice(comment.range).to_owned()).collect()
        };
        if comments(&before).len() != comments(&after).len() {
            wrong.push(format!("a comment is lost: {what}"));
        }
    }
    wrong
}

/// What is found after `edit` on the lines that it has written, by rules that found less before.
fn brought(before: &Analysis, edit: &TextEdit, env: &Env) -> Vec<String> {
    let old = counts(before.findings());
    let fixed = edit.apply(before.tree.text());
    let after = Analysis::new(fixed.as_str(), env);
    let new = counts(after.findings());
    let written = edit.written_lines(before.tree.text(), &fixed);
    let is_new = |finding: &&Finding| {
        new[finding.rule] > old.get(finding.rule).copied().unwrap_or_default()
            && written.iter().any(|line| line.start <= finding.range.end && finding.range.start <= line.end)
    };
    after.findings().iter().filter(is_new).map(|finding| format!("{finding:?} in\n{fixed}")).collect()
}

/// What is wrong with the fixes of `text`, those for people to look at included: each alone, and all at once.
fn harm(text: &str, env: &Env) -> Vec<String> {
    let before = Analysis::new(text, env);
    let fixes: Vec<&TextEdit> =
        before.findings().iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| &fix.edit).collect();
    let mut wrong: Vec<String> = fixes.iter().flat_map(|edit| brought(&before, edit, env)).collect();
    let changes: Vec<_> = fixes.iter().flat_map(|edit| edit.changes().iter().cloned()).collect();
    wrong.extend(TextEdit::new(changes).iter().flat_map(|all| brought(&before, all, env)));
    wrong
}

/// One slip a line in place of a line that is right, in a workflow with a local action.
#[test]
fn no_fix_brings_another_finding() {
    let good = "on: push\nx-common: &common\n  A: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    env: *common\n    steps:\n      - uses: ./mine\n        with:\n          name: x\n      - uses: actions/github-script@v8\n        with:\n          script: console.log(1)\n      - if: github.ref_name == 'main'\n        run: echo\n";
    let mut env = env();
    let action = "name: Mine\ndescription: It\ninputs:\n  name:\n    description: How\n    required: true\n  level:\n    description: How\n    required: true\n    default: low\nruns:\n  using: node24\n  main: main.js\n";
    env.files.insert("mine/action.yml".to_owned(), action.into());
    let slips: &[&[(&str, &str)]] = &[
        &[("  name: x", "  nme: x")],
        &[("  name: x", "  nam: x\n          leve: y")],
        &[("script: con", "scripts: con")],
        &[("script: con", "scrip: 1\n          scripts: con")],
        &[("if: github.ref_name == 'main'", "if: ${{ github.ref_name }} == main")],
        &[("if: github.ref_name == 'main'", "if: ${{ github.ref_name }} == refs.main")],
        &[("if: github.ref_name == 'main'", "if: '${{ github.ref_name }} == secrets.MAIN'")],
        &[("if: github.ref_name == 'main'", "if: |\n          ${{ github.ref_name == 'main' }}")],
        &[("    env: *common\n", "")],
        &[("    env: *common\n", ""), ("&common", "&common ")],
        &[("runs-on", "run-on"), ("steps", "step")],
        &[("runs-on", "Runs-On"), ("with", "wit"), ("run:", "ru:")],
    ];
    for slip in slips {
        let text = slip.iter().fold(good.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
        assert_ne!(Analysis::new(text.as_str(), &env).findings(), [], "{slip:?} is not found");
        let blanks = |text: &str| text.lines().filter(|line| line.ends_with(' ')).count();
        for finding in Analysis::new(text.as_str(), &env).findings() {
            let fixed = finding.fix.as_ref().map_or(text.clone(), |fix| fix.edit.apply(&text));
            assert!(blanks(&fixed) <= blanks(&text), "{slip:?}: {fixed}");
        }
        assert_eq!(harm(&text, &env), Vec::<String>::new(), "{slip:?}");
    }
}

#[test]
fn fixes_of_known_files_make_nothing_worse() {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance");
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE").map_or(near, PathBuf::from);
    if !folder.is_dir() {
        println!("the folder of known cases is not there: nothing is read from it");
        return;
    }
    let found = files_below(&folder);
    let env = env();
    let mut wrong = Vec::new();
    for path in &found {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let name = path.strip_prefix(&folder).unwrap_or(path).display().to_string();
        let mut env = env.clone();
        env.file_name = Some(name.clone());
        wrong.extend(worse(&name, &text, &env));
        wrong.extend(harm(&text, &env).into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(
        wrong.is_empty(),
        "{} of {} files: {:#?}",
        wrong.len(),
        found.len(),
        &wrong[..wrong.len().min(30)]
    );
}

/// Slips of the kind that people make, each with a fix.
#[test]
fn fixes_of_slips_make_nothing_worse() {
    let good = "# The workflow\nname: CI\non: # when\n  push:\n    branches: [main] # only this\n  workflow_dispatch:\n    inputs:\n      level: # how\n        type: choice\n        options: [low, high]\npermissions:\n  contents: read # enough\njobs:\n  build: # first\n    runs-on: ubuntu-latest # where\n    timeout-minutes: 5\n    steps:\n      - uses: actions/checkout@v4 # code\n        with:\n          fetch-depth: 0 # all\n      - run: make ${{ inputs.level }} # go\n  test:\n    needs: build # then\n    runs-on: ubuntu-latest\n    steps:\n      - if: github.ref_name == 'main' # here\n        run: make test\n";
    let env = env();
    assert_eq!(Analysis::new(good, &env).findings(), []);
    let slips = [
        ("branches", "branch"),
        ("contents", "content"),
        ("read", "reed"),
        ("needs: build", "needs: biuld"),
        ("timeout-minutes", "Timeout-Minutes"),
        ("runs-on", "run-on"),
        ("uses", "use"),
        ("fetch-depth", "fetch-dept"),
        ("inputs.level", "inputs.levle"),
        ("github.ref_name", "github.ref_nam"),
        ("ubuntu-latest", "ubuntu-lates"),
        ("github.ref_name == 'main'", "${{ github.ref_name == 'main' }} && true"),
        ("choice", "choise"),
        ("== 'main'", "== \"main\""),
        ("checkout@v4", "checkout@v2"),
        ("on: #", "on: &a #"),
        ("steps", "step"),
    ];
    for (from, to) in slips {
        let text = good.replacen(from, to, 1);
        assert_ne!(Analysis::new(text.as_str(), &env).findings(), [], "{to} is not found");
        assert_eq!(worse(to, &text, &env), Vec::<String>::new());
    }
}
