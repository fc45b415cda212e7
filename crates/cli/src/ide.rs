//! `stepladder complete` and `stepladder hover`: the editor's functions for other programs.
//!
//! A request a line on standard input, an answer a line on standard output, both JSON.
//! A request is `{"uri", "text", "line", "character", "flags"}`: line and character from 0, the latter in UTF-16 units.
//! `flags` may switch on what GitHub does not offer to everyone yet; see [`PREVIEWS`].

use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::ide::{self, Completion, CompletionKind};
use stepladder_workflow::{Analysis, Env};

use crate::args::refuse;

/// What is left out of completions unless the flag is set: keys and functions by their labels.
const PREVIEWS: [(&str, &[&str]); 4] = [
    ("allowBackgroundSteps", &["background", "wait", "wait-all", "cancel", "parallel"]),
    ("allowCaseFunction", &["case"]),
    ("allowCopilotRequestsPermission", &["copilot-requests"]),
    ("allowDrivesPermissionAutocomplete", &["drives"]),
];

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    uri: String,
    text: String,
    line: usize,
    character: usize,
    #[serde(default)]
    flags: Option<serde_json::Map<String, serde_json::Value>>,
}

#[derive(Serialize)]
struct Labels {
    labels: Vec<String>,
}

#[derive(Serialize)]
struct Contents {
    contents: String,
}

/// `stepladder complete`
pub(crate) fn complete(words: &[String]) -> ExitCode {
    answer(words, "complete", |analysis, env, offset, request| {
        let offers = ide::complete(analysis, env, offset).into_iter().filter(|offer| is_on(request, offer));
        serde_json::to_string(&Labels { labels: offers.map(|offer| offer.label).collect() })
    })
}

/// `stepladder hover`
pub(crate) fn hover(words: &[String]) -> ExitCode {
    answer(words, "hover", |analysis, env, offset, _| {
        let hover = ide::hover(analysis, env, offset, None);
        serde_json::to_string(&Contents { contents: hover.map(|hover| hover.markdown).unwrap_or_default() })
    })
}

fn answer(
    words: &[String],
    command: &str,
    ask: impl Fn(&Analysis, &Env, u32, &Request) -> serde_json::Result<String>,
) -> ExitCode {
    if !words.is_empty() {
        return refuse(&format!("`{command}` takes no arguments: it reads requests from standard input"));
    }
    let base = Env {
        catalogue: Some(Arc::new(Catalogue::embedded())),
        payloads: Some(Arc::new(Payloads::embedded())),
        ..Env::default()
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines().map_while(Result::ok).filter(|line| !line.trim().is_empty()) {
        let said = match serde_json::from_str::<Request>(&line) {
            Ok(request) => {
                let path = request.uri.split_once("://").map_or(request.uri.as_str(), |(_, path)| path);
                let file_name = Some(path.trim_start_matches('/').to_owned());
                let env = Env { file_name, ..base.clone() };
                let analysis = Analysis::new(request.text.as_str(), &env);
                ask(&analysis, &env, offset(&request), &request).unwrap_or_default()
            }
            Err(why) => serde_json::json!({ "error": why.to_string() }).to_string(),
        };
        if writeln!(out, "{said}").is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// The byte offset of the request's place; beyond a line's end it is that end.
fn offset(request: &Request) -> u32 {
    let mut start = 0;
    for line in request.text.split_inclusive('\n').take(request.line) {
        start += line.len();
    }
    let line = request.text[start..].split(['\n', '\r']).next().unwrap_or_default();
    let mut units = 0;
    let within = line.char_indices().find(|(_, c)| {
        let reached = units >= request.character;
        units += c.len_utf16();
        reached
    });
    u32::try_from(start + within.map_or(line.len(), |(at, _)| at)).unwrap_or(u32::MAX)
}

/// Whether an offer is for everyone, or switched on.
fn is_on(request: &Request, offer: &Completion) -> bool {
    let set = |flag: &str| {
        let value = request.flags.as_ref().and_then(|flags| flags.get(flag));
        value.and_then(serde_json::Value::as_bool).unwrap_or_default()
    };
    let may_be_off = matches!(offer.kind, CompletionKind::Key | CompletionKind::Function);
    !may_be_off
        || PREVIEWS
            .iter()
            .all(|(flag, labels)| !labels.contains(&offer.label.as_str()) || set(flag) || set("all"))
}
