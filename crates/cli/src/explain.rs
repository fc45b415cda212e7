//! `stepladder explain`

use std::process::ExitCode;

use stepladder_workflow::lint::{rule, rules};

use crate::args::{Words, print, refuse};

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &[], &[]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let [id] = words.plain.as_slice() else { return refuse("`explain` takes the id of one rule") };
    let Some(rule) = rule(id) else {
        let near: Vec<&str> = rules::ALL
            .iter()
            .map(|rule| rule.id)
            .filter(|known| known.contains(id.as_str()) || id.contains(known))
            .collect();
        let near = if near.is_empty() { String::new() } else { format!("; there are {}", near.join(", ")) };
        return refuse(&format!("there is no rule `{id}`{near}; `stepladder rules` lists all"));
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
    text.push_str(&format!(
        "\nTo leave a finding as it is, write `# stepladder: ignore[{id}] reason` behind or above the line."
    ));
    print(&text)
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
