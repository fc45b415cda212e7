//! `stepladder test`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;
use stepladder_content::{Scenario, Suite};
use stepladder_workflow::CONFIG_FILES;

use crate::args::{TROUBLE, Words, refuse};
use crate::paint::Paint;
use crate::repository;
use crate::work;

/// Folders of a repository in which files with scenarios are looked for.
const FOLDERS: [&str; 3] = [".github", ".github/scenarios", ".github/workflows"];

#[derive(Default)]
struct Count {
    held: usize,
    failed: usize,
    trouble: bool,
}

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &["--format"], &[]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let as_json = match words.value("--format").unwrap_or("text") {
        "text" => false,
        "json" => true,
        other => return refuse(&format!("`{other}` is no format; there are text and json")),
    };
    let files =
        if words.plain.is_empty() { found() } else { words.plain.iter().map(PathBuf::from).collect() };
    let mut count = Count::default();
    for file in &files {
        one_file(file, as_json, words.plain.is_empty(), &mut count);
    }
    if !as_json {
        let total = count.held + count.failed;
        match (total, count.failed) {
            (0, _) if !count.trouble => {
                println!("No scenarios found. Write them under `scenarios` in .github/stepladder.yml.");
            }
            (1, 0) => println!("1 scenario, and it holds"),
            (_, 0) => println!("{total} scenarios, and all of them hold"),
            (_, failed) => println!("{total} scenarios, of which {failed} fail"),
        }
    }
    if count.trouble || count.held + count.failed == 0 {
        ExitCode::from(TROUBLE)
    } else {
        ExitCode::from(u8::from(count.failed > 0))
    }
}

/// The files of the repository in which scenarios may stand.
fn found() -> Vec<PathBuf> {
    let root = repository::root_of(Path::new("./x")).unwrap_or_else(|| PathBuf::from("."));
    let config = CONFIG_FILES.iter().map(|name| root.join(name)).find(|path| path.is_file());
    let mut suites: Vec<PathBuf> = FOLDERS
        .iter()
        .filter_map(|folder| std::fs::read_dir(root.join(folder)).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".scenarios.yml") || name.ends_with(".scenarios.yaml")
        })
        .collect();
    suites.sort();
    config.into_iter().chain(suites).collect()
}

/// `quiet`: a file without scenarios is no mistake.
fn one_file(file: &Path, as_json: bool, quiet: bool, count: &mut Count) {
    let name = file.to_string_lossy();
    let read =
        work::read(&name).and_then(|text| Suite::parse(&name, &text).map_err(|why| format!("{name}: {why}")));
    let suite = match read {
        Ok(suite) if suite.workflows.is_empty() && !quiet => {
            eprintln!("stepladder: {name} holds no scenarios");
            count.trouble = true;
            return;
        }
        Ok(suite) => suite,
        Err(why) => {
            eprintln!("stepladder: {why}");
            count.trouble = true;
            return;
        }
    };
    let near = || file.parent().unwrap_or(Path::new(".")).to_owned();
    let root = repository::root_of(file).unwrap_or_else(near);
    for (workflow, scenarios) in &suite.workflows {
        let path = root.join(workflow);
        match work::read(&path.to_string_lossy()) {
            Ok(text) => one_workflow(workflow, &path, text, scenarios, as_json, count),
            Err(why) => {
                eprintln!("stepladder: {name}: {why}");
                count.trouble = true;
            }
        }
    }
}

fn one_workflow(
    workflow: &str,
    path: &Path,
    text: String,
    scenarios: &[Scenario],
    as_json: bool,
    count: &mut Count,
) {
    let checked = work::analyse(workflow, text, path, &work::base(), &work::Configs::default());
    let paint = Paint::new();
    if !as_json {
        println!("{}", paint.bold(workflow));
    }
    for scenario in scenarios {
        let problems = scenario.judge(&checked.analysis, &checked.env).problems;
        if problems.is_empty() {
            count.held += 1;
        } else {
            count.failed += 1;
        }
        if as_json {
            let line = json!({
                "workflow": workflow,
                "scenario": scenario.name,
                "holds": problems.is_empty(),
                "problems": problems,
            });
            println!("{line}");
            continue;
        }
        let mark = if problems.is_empty() { paint.green("holds") } else { paint.red("fails") };
        println!("  {mark}  {}", scenario.name);
        for problem in problems {
            println!("         {problem}");
        }
    }
}
