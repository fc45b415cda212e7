//! What the program says to arguments and configurations that are wrong, and how it ends then.
#![allow(missing_docs, clippy::unwrap_used)]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The exit status, and what is said on both ways.
fn run(arguments: &[&str]) -> (i32, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_stepladder")).args(arguments).output().unwrap();
    let said = [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (out.status.code().unwrap(), said.concat())
}

#[test]
fn wrong_arguments_are_told() {
    for (arguments, part) in [
        (&["rules", "--format", "sarif"][..], "`sarif` is no format"),
        (&["rules", "extra"], "takes no `extra`"),
        (&["check", "--stdin-name", "x.yml", env!("CARGO_MANIFEST_DIR")], ""),
        (&["explain", "unkown-key"], "there is `unknown-key`"),
    ] {
        let (status, said) = run(arguments);
        assert!(status == 2 && said.contains(part), "{arguments:?}: {status} {said}");
    }
    let (status, said) = run(&["check", "-h"]);
    assert!(status == 0 && said.contains("Usage"), "{said}");
    assert!(run(&["explain", "unknown-key"]).1.replace('\n', " ").contains("about the whole script"));
}

/// What is said of a text on standard input.
fn piped(arguments: &[&str], text: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stepladder"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
}

#[test]
fn standard_input_has_its_name_and_doubtful_fixes_are_counted() {
    let text = "on: push\njobs:\n  a:\n    run-on: ubuntu-latest\n    steps:\n      - run: make\n";
    let name = ".github/workflows/foo.yml";
    for format in ["text", "json", "github", "sarif"] {
        let said = piped(&["check", "-", "--stdin-name", name, "--format", format], text);
        assert!(said.contains(name), "{format}: {said}");
    }
    assert!(piped(&["check", "-", "--format", "json"], text).contains("\"file\":\"-\""));
    let said = piped(&["fix", "-"], text);
    assert!(said.contains("0 findings fixed") && said.contains("`--unsafe` makes"), "{said}");
}

#[test]
fn a_configuration_with_mistakes_is_no_success() {
    for (name, config, status) in
        [("good", "rules:\n  long-script: off\n", 0), ("bad", "rules:\n  unknown-key: fatal\n", 2)]
    {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("usage").join(name).join(".github");
        std::fs::create_dir_all(folder.join("workflows")).unwrap();
        std::fs::write(folder.join("stepladder.yml"), config).unwrap();
        let text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        std::fs::write(folder.join("workflows/a.yml"), text).unwrap();
        let (found, said) = run(&["check", folder.to_str().unwrap()]);
        assert_eq!(found, status, "{name}: {said}");
    }
}
