//! Any text has an analysis: nothing panics, every range fits the text, and the same text gives the same findings.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use stepladder_workflow::{Analysis, Env};

#[path = "support/files.rs"]
mod files;

use files::files_below;

/// The folder of known cases beside the project; `None` when it is not there.
fn conformance() -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance");
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE").map_or(near, PathBuf::from);
    if !folder.is_dir() {
        println!("the folder of known cases is not there: nothing is read from it");
        return None;
    }
    Some(folder)
}

fn check(text: &str, env: &Env) -> Analysis {
    let analysis = Analysis::new(text, env);
    for finding in analysis.findings() {
        let range = finding.range.to_usize();
        assert!(text.get(range.clone()).is_some(), "{} at {range:?} does not fit:\n{text}", finding.rule);
        for change in finding.fix.iter().flat_map(|fix| fix.edit.changes()) {
            assert!(text.get(change.range.to_usize()).is_some(), "the fix of {} does not fit", finding.rule);
        }
    }
    let sorted = analysis.findings().windows(2).all(|two| two[0].range.start <= two[1].range.start);
    assert!(sorted, "findings are not in the order of the text");
    analysis
}

/// The line break at the end of its value is not in the text.
#[test]
fn a_block_at_the_end_of_the_text() {
    let text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: x\n        if: |\n          github.ref == 'pus";
    let analysis = check(text, &Env::default());
    let end = analysis.findings().iter().map(|finding| finding.range.end as usize).max();
    assert_eq!(end, Some(text.len()));
}

#[test]
fn prefixes_of_known_files_are_analysed() {
    let Some(folder) = conformance() else { return };
    let found = files_below(&folder);
    let env = Env::default();
    for (number, path) in found.iter().enumerate().filter(|(number, _)| number % 7 == 0) {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        // A stride that differs from file to file, so that all kinds of places are met.
        let stride = (text.len() / 12).max(1) + number % 5;
        for end in (0..text.len()).step_by(stride).filter(|end| text.is_char_boundary(*end)) {
            check(&text[..end], &env);
        }
        check(&text, &env);
    }
}

#[test]
fn known_files_are_analysed_the_same_every_time() {
    let Some(folder) = conformance() else { return };
    let found = files_below(&folder);
    let env = Env::default();
    for path in found.iter().step_by(23) {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        assert!(check(&text, &env) == check(&text, &env), "{} differs", path.display());
    }
}

const PIECES: [&str; 40] = [
    "on: push\n",
    "jobs:\n",
    "  build:\n",
    "    runs-on: ubuntu-latest\n",
    "    steps:\n",
    "      - run: make\n",
    "      - uses: actions/checkout@v4\n",
    "        with:\n",
    "          path: x\n",
    "    needs: [a, b]\n",
    "${{ ",
    " }}",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\n",
    "  ",
    "\t",
    "#",
    "&a ",
    "*a",
    "|\n",
    ">-\n",
    "if: ",
    "github.event.",
    "steps.a.outputs.b",
    "format('{0}', ",
    "!",
    "<<: *a\n",
    "é",
    "\u{1F600}",
    "\r\n",
    "---\n",
    "matrix:\n",
    "!!str ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn heaps_of_pieces_are_analysed(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        check(&text, &Env::default());
    }

    #[test]
    fn any_text_is_analysed(text in "\\PC{0,200}") {
        check(&text, &Env::default());
    }

    #[test]
    fn a_workflow_with_something_in_it_is_analysed(at in 0usize..400, piece in 0..PIECES.len(), gone in 0usize..12) {
        let text = "name: CI\non:\n  push:\n    branches: [main]\n  schedule:\n    - cron: '0 5 * * 1'\npermissions:\n  contents: read\njobs:\n  \
                    test:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, macos-latest]\n    runs-on: ${{ matrix.os }}\n    outputs:\n      \
                    v: ${{ steps.v.outputs.v }}\n    steps:\n      - uses: actions/checkout@v4\n      - id: v\n        if: github.ref == 'x'\n        \
                    run: |\n          echo \"v=1\" >> $GITHUB_OUTPUT\n";
        let at = at.min(text.len());
        let end = (at + gone).min(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary(end));
        check(&format!("{}{}{}", &text[..at], PIECES[piece], &text[end..]), &Env::default());
    }
}
