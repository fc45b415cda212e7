//! The health check of a service: the `--health-…` options among the others, as fields.

use leptos::prelude::*;

use super::controls::At;
use super::{read, write};
use crate::ui::folded::folded;

/// The options, what they are called, and an example.
const CHECKS: [(&str, &str, &str); 5] = [
    ("--health-cmd", "Command that succeeds when it is ready", "pg_isready"),
    ("--health-interval", "Time between two checks", "10s"),
    ("--health-timeout", "Longest time of a check", "5s"),
    ("--health-retries", "Failures until it counts as broken", "5"),
    ("--health-start-period", "Time to start up", "30s"),
];

/// The health check in the `options` at `at`.
pub(super) fn health(at: &At) -> AnyView {
    let text = at.text();
    let open = text.with_untracked(|text| value(text, CHECKS[0].0).is_some());
    let summary = move || match text.with(|text| value(text, CHECKS[0].0)) {
        Some(command) => format!("Waits until {command} succeeds"),
        None => "None: the job does not wait until it is ready".to_owned(),
    };
    let at = at.clone();
    let body = move || {
        let rows: Vec<_> = CHECKS
            .into_iter()
            .map(|(option, words, ghost)| {
                let here = at.clone();
                let input = move |event| {
                    let old = here.session.analysis.with_untracked(|a| read::shown(a, &here.path).text());
                    let new = with(&old, option, event_target_value(&event).trim());
                    write::choose_text(here.session, &here.path, here.field, &new);
                };
                let shown = move || text.with(|text| value(text, option).unwrap_or_default());
                view! {
                    <label class="health-row">
                        <span>{words} <code>{option}</code></span>
                        <input
                            class="field-input mono"
                            type="text"
                            spellcheck="false"
                            autocomplete="off"
                            placeholder=ghost
                            prop:value=shown
                            on:change=input
                        />
                    </label>
                }
            })
            .collect();
        view! { <div class="nest-body health">{rows}</div> }.into_any()
    };
    view! {
        <div class="field">
            <div class="field-head"><span class="field-label">"Health check"</span></div>
            {folded("nest", open, summary, body)}
        </div>
    }
    .into_any()
}

/// A word of a command line: where it stands, and what it says without its quotes.
struct Word {
    start: usize,
    end: usize,
    text: String,
}

/// The words of a command line, as a shell takes them apart.
fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut quote = None;
    let mut inside = false;
    let mut characters = line.char_indices();
    while let Some((at, c)) = characters.next() {
        if quote.is_none() && c.is_whitespace() {
            inside = false;
            continue;
        }
        if !inside {
            words.push(Word { start: at, end: at, text: String::new() });
            inside = true;
        }
        let Some(word) = words.last_mut() else { continue };
        word.end = at + c.len_utf8();
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None | Some('"'), '\\') => {
                if let Some((at, next)) = characters.next() {
                    word.end = at + next.len_utf8();
                    word.text.push(next);
                }
            }
            (_, c) => word.text.push(c),
        }
    }
    words
}

/// Where `option` stands with its value, and the value.
fn find(line: &str, option: &str) -> Option<(usize, usize, String)> {
    let words = words(line);
    words.iter().enumerate().find_map(|(at, word)| {
        if let Some(value) = word.text.strip_prefix(option).and_then(|rest| rest.strip_prefix('=')) {
            return Some((word.start, word.end, value.to_owned()));
        }
        let value = words.get(at + 1).filter(|_| word.text == option)?;
        Some((word.start, value.end, value.text.clone()))
    })
}

/// The value of `option`.
fn value(line: &str, option: &str) -> Option<String> {
    find(line, option).map(|(_, _, value)| value)
}

/// `line` with another value of `option`; nothing takes the option away. All other options stay as they are.
fn with(line: &str, option: &str, value: &str) -> String {
    let plain = !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || "\"'\\".contains(c));
    let quoted = if plain {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    };
    match find(line, option) {
        Some((start, end, _)) if value.is_empty() => {
            let (before, behind) = (&line[..start], &line[end..]);
            if before.trim().is_empty() {
                behind.trim_start().to_owned()
            } else {
                format!("{}{behind}", before.trim_end())
            }
        }
        Some((start, end, _)) => format!("{}{option} {quoted}{}", &line[..start], &line[end..]),
        None if value.is_empty() => line.to_owned(),
        None if line.trim().is_empty() => format!("{option} {quoted}"),
        None => {
            let kept = line.trim_end();
            let between = if kept.contains('\n') { '\n' } else { ' ' };
            format!("{kept}{between}{option} {quoted}{}", &line[kept.len()..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_a_shell_reads_them() {
        let line = "--cpus 1 --health-cmd=\"pg_isready -U me\"\n--health-interval 10s --health-retries '5'";
        let of = |option| value(line, option);
        assert_eq!(of("--health-cmd").as_deref(), Some("pg_isready -U me"));
        assert_eq!(of("--health-interval").as_deref(), Some("10s"));
        assert_eq!(of("--health-retries").as_deref(), Some("5"));
        assert_eq!(of("--health-timeout"), None);
        assert_eq!(value("--health-cmd", "--health-cmd"), None);
        assert_eq!(value(r#"--health-cmd "a \"b\"""#, "--health-cmd").as_deref(), Some("a \"b\""));
    }

    #[test]
    fn one_option_is_written_and_the_others_stay() {
        let line = "--cpus 1 --health-cmd \"a b\" -v x";
        assert_eq!(with(line, "--health-cmd", "c"), "--cpus 1 --health-cmd c -v x");
        assert_eq!(with(line, "--health-cmd", "c d"), "--cpus 1 --health-cmd \"c d\" -v x");
        assert_eq!(with(line, "--health-cmd", ""), "--cpus 1 -v x");
        assert_eq!(with("--health-cmd a --cpus 1", "--health-cmd", ""), "--cpus 1");
        assert_eq!(with("", "--health-cmd", "a"), "--health-cmd a");
        assert_eq!(with("-v x\n", "--health-cmd", "a"), "-v x --health-cmd a\n");
        assert_eq!(with("-v x\n-v y\n", "--health-cmd", "a"), "-v x\n-v y\n--health-cmd a\n");
        for value in ["a b", "say \"x\"", "back\\slash", "ü '"] {
            assert_eq!(
                super::value(&with(line, "--health-cmd", value), "--health-cmd").as_deref(),
                Some(value)
            );
        }
    }
}
