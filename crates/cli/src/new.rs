//! `stepladder new`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use stepladder_content::{Answer, Scenario, Template, apply_answers, calls, find, to_yaml};
use stepladder_workflow::{Analysis, Env};

use crate::args::{TROUBLE, Words, print, refuse};
use crate::repository;

pub(crate) fn run(words: &[String]) -> ExitCode {
    let switches = ["--force", "--files", "--scenarios", "--companions", "--stdout"];
    let words = match Words::read(words, &["--set", "--output"], &switches) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let [id] = &words.plain[..] else {
        return refuse("`new` takes the id of one template; `stepladder templates` lists all");
    };
    let template = match find(id) {
        Ok(Some(template)) => template,
        Ok(None) => {
            return refuse(&format!("there is no template `{id}`; `stepladder templates {id}` searches"));
        }
        Err(why) => return trouble(&why),
    };
    let answers = match answers(&template, words.values("--set")) {
        Ok(answers) => answers,
        Err(why) => return refuse(&why),
    };
    let text = match apply_answers(&template, &answers) {
        Ok(text) => text,
        Err(why) => return trouble(&why),
    };
    if words.has("--stdout") {
        return print(text.trim_end());
    }
    let root = repository::root_of(Path::new("./x")).unwrap_or_else(|| PathBuf::from("."));
    let set = Set { root, files: words.has("--files"), scenarios: words.has("--scenarios") };
    let main = words.value("--output").map_or_else(|| set.place(&template), PathBuf::from);
    let called = match called(&template, &text) {
        Ok(called) => called,
        Err(why) => return trouble(&why),
    };
    let mut files = set.files(&template, main, text);
    // All or nothing: a file that is there is not written over by chance.
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists() && !words.has("--force")) {
        return trouble(&format!("{} is there already; `--force` writes over it", path.display()));
    }
    let mut secrets = template.header.secrets.clone();
    if words.has("--companions") {
        // What a person has made of an earlier one stays as it is.
        let missing = |companion: &&Template| words.has("--force") || !set.place(companion).exists();
        for companion in called.iter().filter(missing) {
            let own = set.files(companion, set.place(companion), companion.text.clone());
            files.extend(own.into_iter().filter(|(path, _)| words.has("--force") || !path.exists()));
            secrets.extend(companion.header.secrets.clone());
        }
    }
    for (path, text) in &files {
        if let Err(why) = write(path, text) {
            return trouble(&format!("cannot write {}: {why}", path.display()));
        }
        println!("{}", path.display());
    }
    let mut told = BTreeSet::new();
    for secret in secrets.iter().filter(|secret| told.insert(&secret.name)) {
        eprintln!("It reads the secret {}: gh secret set {}  ({})", secret.name, secret.name, secret.r#where);
    }
    if !words.has("--companions") && !called.is_empty() {
        let names: Vec<&str> = called.iter().map(|companion| companion.header.file.as_str()).collect();
        eprintln!("It calls {}, which `stepladder new {id} --companions` brings along.", names.join(", "));
    }
    if !words.has("--files") && !template.header.files.is_empty() {
        eprintln!("It calls scripts that `stepladder new {id} --files` brings along.");
    }
    ExitCode::SUCCESS
}

/// What is written of a template, and where.
struct Set {
    root: PathBuf,
    files: bool,
    scenarios: bool,
}

impl Set {
    /// Where its workflow belongs.
    fn place(&self, template: &Template) -> PathBuf {
        self.root.join(".github/workflows").join(&template.header.file)
    }

    /// The workflow with that text at that path, and what goes with it.
    fn files(&self, template: &Template, main: PathBuf, text: String) -> Vec<(PathBuf, String)> {
        let header = &template.header;
        let name = main.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Scenarios that name what an answer has changed say nothing about the new workflow.
        let env = Env { file_name: Some(format!(".github/workflows/{name}")), ..Env::default() };
        let analysis = Analysis::new(text.as_str(), &env);
        let mut files = vec![(main, text)];
        if self.files {
            files.extend(header.files.iter().map(|file| (self.root.join(&file.path), file.text.clone())));
        }
        if self.scenarios && !header.scenarios.is_empty() {
            let base = name.rsplit_once('.').map_or(name.as_str(), |(base, _)| base);
            let path = self.root.join(".github/scenarios").join(format!("{base}.scenarios.yml"));
            let holds = |scenario: &&Scenario| scenario.judge(&analysis, &env).problems.is_empty();
            let kept: Vec<Scenario> = header.scenarios.iter().filter(holds).cloned().collect();
            files.push((path, to_yaml(&name, &kept)));
        }
        files
    }
}

/// The templates whose workflows `text` calls, and those that these call.
fn called(template: &Template, text: &str) -> Result<Vec<Template>, String> {
    let mut all: Vec<Template> = Vec::new();
    let mut open = vec![(text.to_owned(), template.header.companions.clone())];
    while let Some((text, companions)) = open.pop() {
        for id in companions {
            let Some(companion) = find(&id)? else { continue };
            if calls(&text, &companion.header.file)
                && id != template.id
                && all.iter().all(|known| known.id != id)
            {
                open.push((companion.text.clone(), companion.header.companions.clone()));
                all.push(companion);
            }
        }
    }
    Ok(all)
}

/// Reads `ID=VALUE` as answers to the template's questions.
fn answers<'w>(
    template: &Template,
    set: impl Iterator<Item = &'w str>,
) -> Result<BTreeMap<String, Answer>, String> {
    let questions = &template.header.questions;
    let mut answers = BTreeMap::new();
    for pair in set {
        let (id, typed) =
            pair.split_once('=').ok_or_else(|| format!("`--set` takes ID=VALUE, not `{pair}`"))?;
        let question = questions.iter().find(|question| question.id == id).ok_or_else(|| {
            let known: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
            match known[..] {
                [] => format!("the template `{}` asks nothing", template.id),
                _ => format!("the template does not ask for `{id}`; it asks for {}", known.join(", ")),
            }
        })?;
        let answer = question.read(typed).map_err(|why| format!("`{id}`: {why}"))?;
        answers.insert(id.to_owned(), answer);
    }
    Ok(answers)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

fn trouble(why: &str) -> ExitCode {
    eprintln!("stepladder: {why}");
    ExitCode::from(TROUBLE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_workflows_that_one_calls_come_along() {
        let names = |id: &str| {
            let template = find(id).unwrap().unwrap();
            let mut names: Vec<String> =
                called(&template, &template.text).unwrap().into_iter().map(|t| t.id).collect();
            names.sort();
            names
        };
        assert_eq!(names("ml-pipeline"), ["ml-deploy", "ml-evaluate", "ml-train"]);
        // Through the pipeline, which is called itself.
        assert_eq!(names("ml-data-change"), ["ml-deploy", "ml-evaluate", "ml-pipeline", "ml-train"]);
        assert!(names("ci-rust").is_empty());
    }

    #[test]
    fn answers_are_read_by_their_questions() {
        let template = find("ml-data-change").unwrap().unwrap();
        let read = |pairs: &[&str]| answers(&template, pairs.iter().copied());
        assert_eq!(read(&["folder=tables"]).unwrap()["folder"], Answer::Text("tables".into()));
        let text = apply_answers(&template, &read(&["folder=tables", "branch=release"]).unwrap()).unwrap();
        assert!(text.contains("- tables/**") && text.contains("- release"), "{text}");
        assert!(read(&["folder"]).unwrap_err().contains("ID=VALUE"));
        assert!(read(&["nope=1"]).unwrap_err().contains("branch, folder, table"));
        assert!(read(&["folder=../x"]).unwrap_err().starts_with("`folder`: "));
    }
}
