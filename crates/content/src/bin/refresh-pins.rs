//! Writes the commits of the table of actions into every template: `refresh-pins`, after the table has changed.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use stepladder_content::pins;
use stepladder_workflow::facts::actions::Catalogue;

fn main() -> ExitCode {
    match refresh(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        Ok(changed) => {
            println!("{changed} templates changed");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn refresh(home: &Path) -> Result<usize, String> {
    let told = |path: &Path, problem: io::Error| format!("{}: {problem}", path.display());
    let table = home.join("../workflow/data/actions.json");
    let json = fs::read_to_string(&table).map_err(|problem| told(&table, problem))?;
    let catalogue = Catalogue::from_json(&json)?;
    let folder = home.join("templates");
    let mut changed = 0;
    for entry in fs::read_dir(&folder).map_err(|problem| told(&folder, problem))? {
        let path = entry.map_err(|problem| told(&folder, problem))?.path();
        if path.extension().is_none_or(|extension| extension != "yml") {
            continue;
        }
        let old = fs::read_to_string(&path).map_err(|problem| told(&path, problem))?;
        let new = pins::refresh(&old, &catalogue);
        if new != old {
            fs::write(&path, new).map_err(|problem| told(&path, problem))?;
            changed += 1;
        }
    }
    Ok(changed)
}
