//! Every question that the page asks, one function each, with the answers' parts that it reads.
//!
//! All of them are compared with GitHub's description of its API, see `examples/contract.rs`.

mod git;
mod read;
mod settings;

pub use git::*;
pub use read::*;
pub use settings::*;

use crate::Repo;
use crate::request::{Call, Method, Request, Unread, encode, encode_path, json};
use serde_json::Value;

/// A question that reads.
fn get(path: String, subject: String, needs: &'static str) -> Request {
    Request { method: Method::Get, path, body: None, subject, needs, immutable: false }
}

/// A question that writes.
fn write(method: Method, path: String, body: Value, subject: String, needs: &'static str) -> Request {
    Request { method, path, body: Some(body), subject, needs, immutable: false }
}

fn in_repo(repo: &Repo, rest: &str) -> String {
    format!("/repos/{}/{}{rest}", encode(&repo.owner), encode(&repo.name))
}

/// Whether `reference` is a whole commit id.
#[must_use]
pub fn is_sha(reference: &str) -> bool {
    reference.len() == 40 && reference.bytes().all(|b| b.is_ascii_hexdigit())
}
