//! `stepladder rules`

use std::process::ExitCode;

use stepladder_workflow::Config;
use stepladder_workflow::lint::rules;

use crate::args::{Words, print, refuse};

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &["--format"], &["--config-schema"]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    if let Some(extra) = words.plain.first() {
        return refuse(&format!(
            "`rules` lists all and takes no `{extra}`; `stepladder explain {extra}` is about one"
        ));
    }
    if let Some(other) = words.value("--format").filter(|format| !matches!(*format, "text" | "json")) {
        return refuse(&format!("`{other}` is no format; there are text and json"));
    }
    if words.has("--config-schema") {
        return print(Config::schema().trim_end());
    }
    if words.value("--format") == Some("json") {
        let list: Vec<serde_json::Value> = rules::ALL
            .iter()
            .map(|rule| {
                serde_json::json!({
                    "id": rule.id,
                    "severity": rule.severity.as_str(),
                    "kind": rule.kind,
                    "title": rule.title,
                    "docs": rule.docs,
                    "bad": rule.bad,
                    "good": rule.good,
                })
            })
            .collect();
        return print(&format!("{:#}", serde_json::Value::Array(list)));
    }
    let mut kinds: Vec<&str> = Vec::new();
    for rule in rules::ALL {
        if !kinds.contains(&rule.kind) {
            kinds.push(rule.kind);
        }
    }
    let mut text = String::new();
    for kind in kinds {
        text.push_str(&format!("{kind}\n"));
        for rule in rules::ALL.iter().filter(|rule| rule.kind == kind) {
            text.push_str(&format!("  {:<26} {:<8} {}\n", rule.id, rule.severity.as_str(), rule.title));
        }
    }
    print(text.trim_end())
}
