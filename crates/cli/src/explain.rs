//! `stepladder explain`

use std::process::ExitCode;

use stepladder_workflow::lint::ignore::HOW;
use stepladder_workflow::lint::{nearest_rule, rule, rules};

use crate::args::{Words, print, refuse};

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &[], &[]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let [id] = words.plain.as_slice() else { return refuse("`explain` takes the id of one rule") };
    let Some(rule) = rule(id) else {
        return refuse(&format!("{}; `stepladder rules` lists all", no_rule(id)));
    };
    let mut text = format!(
        "{} ({}, {})\n{}\n\n{}\n",
        rule.id,
        rule.severity,
        rule.kind,
        rule.title,
        fold(rule.docs, 100)
    );
    for (title, example) in [("Found in:", rule.bad), ("Not in:", rule.good)] {
        if !example.is_empty() {
            text.push_str(&format!("\n{title}\n\n"));
            example.lines().for_each(|line| text.push_str(&format!("    {line}\n")));
        }
    }
    let how = format!("To leave a finding as it is: {}", HOW.replace("RULE", rule.id));
    text.push_str(&format!("\n{}\n", fold(&how, 100)));
    print(&text)
}

/// Says that there is no such rule, and which may be meant.
pub(crate) fn no_rule(id: &str) -> String {
    if let Some(near) = nearest_rule(id) {
        return format!("there is no rule `{id}`; there is `{near}`");
    }
    let ids = rules::ALL.iter().map(|rule| rule.id);
    let parts: Vec<&str> = ids.filter(|known| known.contains(id) || id.contains(known)).collect();
    if parts.is_empty() {
        return format!("there is no rule `{id}`");
    }
    format!("there is no rule `{id}`; there are {}", parts.join(", "))
}

/// Breaks lines between words.
pub(crate) fn fold(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let size = word.chars().count();
        if length > 0 && length + 1 + size > width {
            out.push('\n');
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += size;
    }
    out
}
