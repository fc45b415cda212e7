//! `stepladder fix` over files that name each other.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

const ACTION: &str = "name: Mine\ndescription: It\nInputs:\n  level:\n    description: How\nruns:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.level }}\n      shell: bash\n";
const CALLED: &str = "on:\n  workflow_call:\n    Inputs:\n      target:\n        type: string\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ inputs.target }}\n";
const CALLER: &str = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - Uses: ./mine\n        with:\n          levle: low # how\n  b:\n    uses: ./.github/workflows/called.yml\n    with:\n      tagret: all\n";

fn repository(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fix").join(name);
    for (path, text) in [
        ("mine/action.yml", ACTION),
        (".github/workflows/called.yml", CALLED),
        (".github/workflows/a.yml", CALLER),
    ] {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn run(arguments: &[&str], folder: &Path) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_stepladder")).args(arguments).arg(folder).output().unwrap();
    [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
}

#[test]
fn one_run_is_enough_for_files_that_name_each_other() {
    let folder = repository("written");
    let said = run(&["fix", "--unsafe"], &folder);
    assert!(said.contains("5 findings fixed in 3 files."), "{said}");
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).unwrap();
    assert_eq!(read("mine/action.yml"), ACTION.replace("Inputs", "inputs"));
    assert_eq!(read(".github/workflows/called.yml"), CALLED.replace("Inputs", "inputs"));
    let caller = CALLER.replace("Uses", "uses").replace("levle", "level").replace("tagret", "target");
    assert_eq!(read(".github/workflows/a.yml"), caller);
    assert!(run(&["fix", "--unsafe"], &folder).contains("0 findings fixed"));
}

#[test]
fn a_dry_run_tells_all_of_it_and_writes_nothing() {
    let folder = repository("dry");
    let said = run(&["fix", "--unsafe", "--dry-run"], &folder);
    for line in [
        "+inputs:",
        "+    inputs:",
        "+      - uses: ./mine",
        "+          level: low # how",
        "+      target: all",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(std::fs::read_to_string(folder.join("mine/action.yml")).unwrap(), ACTION);
}
