//! `stepladder templates`

use std::process::ExitCode;

use serde_json::json;
use stepladder_content::{Kind, Question, Template, all, find};

use crate::args::{TROUBLE, Words, print, refuse};
use crate::explain::fold;
use crate::paint::Paint;

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
    if let [id] = &words.plain[..]
        && !as_json
        && let Ok(Some(template)) = find(id)
    {
        return print(&one(&template));
    }
    let templates = match all() {
        Ok(templates) => templates,
        Err(why) => {
            eprintln!("stepladder: {why}");
            return ExitCode::from(TROUBLE);
        }
    };
    // Words that are no template's id are searched for.
    let fits = |template: &&Template| {
        let header = &template.header;
        let about = [&template.id, &header.title, &header.summary, &header.category, &header.tags.join(" ")];
        let about = about.map(|text| text.to_lowercase()).join(" ");
        words.plain.iter().all(|word| about.contains(&word.to_lowercase()))
    };
    let found: Vec<&Template> = templates.iter().filter(fits).collect();
    if as_json {
        let list: Vec<_> = found.iter().map(|template| json(template)).collect();
        return print(&format!("{:#}", serde_json::Value::Array(list)));
    }
    if found.is_empty() {
        eprintln!("stepladder: no template has all of these words; `stepladder templates` lists all");
        return ExitCode::from(TROUBLE);
    }
    print(list(&found).trim_end())
}

fn list(found: &[&Template]) -> String {
    let paint = Paint::new();
    let mut shelves: Vec<&str> = Vec::new();
    for template in found {
        if !shelves.contains(&template.header.category.as_str()) {
            shelves.push(&template.header.category);
        }
    }
    let mut text = String::new();
    for shelf in shelves {
        text.push_str(&format!("{}\n", paint.bold(shelf)));
        for template in found.iter().filter(|template| template.header.category == shelf) {
            text.push_str(&format!("  {:<22} {}\n", template.id, template.header.summary));
        }
    }
    text
}

/// All that a person must know to use it.
fn one(template: &Template) -> String {
    let header = &template.header;
    let mut text = format!("{}\n\n{}\n", header.title, fold(&header.description, 100));
    if !header.questions.is_empty() {
        text.push_str("\nIt asks, each with `--set ID=VALUE`:\n");
        for question in &header.questions {
            text.push_str(&format!(
                "  {:<18} {} [{}]{}\n",
                question.id,
                question.ask,
                question.default,
                takes(question)
            ));
        }
    }
    for (title, settings) in [("secrets", &header.secrets), ("variables", &header.variables)] {
        if !settings.is_empty() {
            text.push_str(&format!("\nIt reads the {title}:\n"));
            for setting in settings {
                text.push_str(&format!(
                    "  {:<18} {} From: {}.\n",
                    setting.name, setting.why, setting.r#where
                ));
            }
        }
    }
    if let Some(readme) = &header.readme {
        text.push_str(&format!("\n{}\n", fold(readme, 100)));
    }
    if !header.files.is_empty() {
        text.push_str("\nIt brings along, for a repository that does not have them yet:\n");
        for file in &header.files {
            text.push_str(&format!("  {}\n", file.path));
        }
    }
    if !header.companions.is_empty() {
        text.push_str(&format!("\nIt belongs together with: {}\n", header.companions.join(", ")));
    }
    text.push_str(&format!("\nstepladder new {}", template.id));
    text
}

/// What can be answered, where that is not any text.
fn takes(question: &Question) -> String {
    match question.kind {
        Kind::Choice => {
            let options: Vec<&str> = question.options.iter().map(|option| option.value.as_str()).collect();
            format!(" one of {}", options.join(", "))
        }
        Kind::Boolean => " true or false".to_owned(),
        Kind::List => " with commas between".to_owned(),
        _ => String::new(),
    }
}

fn json(template: &Template) -> serde_json::Value {
    let header = &template.header;
    let questions: Vec<_> = header
        .questions
        .iter()
        .map(|question| json!({"id": question.id, "ask": question.ask, "default": question.default}))
        .collect();
    json!({
        "id": template.id,
        "title": header.title,
        "summary": header.summary,
        "category": header.category,
        "tags": header.tags,
        "level": header.level,
        "file": header.file,
        "questions": questions,
        "secrets": header.secrets.iter().map(|secret| &secret.name).collect::<Vec<_>>(),
        "companions": header.companions,
    })
}
