//! `stepladder describe`

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use stepladder_workflow::explain::{Section, explain};

use crate::args::{TROUBLE, Words, print, refuse};
use crate::explain::fold;
use crate::paint::Paint;
use crate::work;

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &["--format"], &[]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let [file] = &words.plain[..] else { return refuse("`describe` takes one workflow or action file") };
    let as_json = match words.value("--format").unwrap_or("text") {
        "text" => false,
        "json" => true,
        other => return refuse(&format!("`{other}` is no format; there are text and json")),
    };
    let text = match work::read(file) {
        Ok(text) => text,
        Err(why) => {
            eprintln!("stepladder: {why}");
            return ExitCode::from(TROUBLE);
        }
    };
    let path = if file == "-" { Path::new(".github/workflows/stdin.yml") } else { Path::new(file) };
    let checked = work::analyse(file, text, path, &work::base(), &work::Configs::default());
    let sections = explain(&checked.analysis, &checked.env);
    let line = |offset: u32| checked.analysis.tree.line_col(offset).line;
    if as_json {
        let list: Vec<Json> = sections.iter().map(|section| json(section, &line)).collect();
        return print(&format!("{:#}", Json::Array(list)));
    }
    if sections.is_empty() {
        return print("There is nothing to tell: the file has no trigger and no job.");
    }
    let paint = Paint::new();
    let mut out = String::new();
    for section in &sections {
        out.push_str(&format!("{}\n", paint.bold(&section.title)));
        let mut last = None;
        for sentence in &section.sentences {
            let mark = match sentence.step {
                Some(step) if last != Some(step) => format!("{step}. "),
                Some(_) => "   ".to_owned(),
                None => String::new(),
            };
            last = sentence.step.or(last);
            let place = paint.dim(&format!("{:>5}", line(sentence.range.start)));
            for (at, part) in fold(&sentence.text, 96).lines().enumerate() {
                let indent = " ".repeat(mark.chars().count());
                match at {
                    0 => out.push_str(&format!("{place}  {mark}{part}\n")),
                    _ => out.push_str(&format!("       {indent}{part}\n")),
                }
            }
        }
        out.push('\n');
    }
    print(out.trim_end())
}

fn json(section: &Section, line: &impl Fn(u32) -> u32) -> Json {
    let sentences: Vec<Json> = section
        .sentences
        .iter()
        .map(|sentence| {
            json!({
                "text": sentence.text,
                "path": sentence.path.to_string(),
                "line": line(sentence.range.start),
                "step": sentence.step,
            })
        })
        .collect();
    json!({"title": section.title, "sentences": sentences})
}
