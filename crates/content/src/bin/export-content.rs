//! Writes what the web page loads on demand: `export-content FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: export-content FOLDER");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(count) => {
            println!("{count} files written to {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path) -> Result<usize, String> {
    let templates = stepladder_content::all()?;
    let mut files = stepladder_content::export::files(&templates);
    files.extend(stepladder_content::export::lesson_files(&stepladder_content::lessons()?));
    for (name, text) in &files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|problem| format!("{}: {problem}", parent.display()))?;
        fs::write(&path, text).map_err(|problem| format!("{}: {problem}", path.display()))?;
    }
    Ok(files.len())
}
