//! One question to GitHub and what comes back.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Failure, Host};

/// The version of the API that requests and answers are written for.
const API_VERSION: &str = "2022-11-28";

/// How to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something new.
    Post,
    /// Changes a part.
    Patch,
    /// Sets the whole.
    Put,
}

impl Method {
    /// As it is written in HTTP.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
        }
    }
}

/// A question to the API, without the address of the API and without a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// How to ask.
    pub method: Method,
    /// Path and query, ready for an address; starts with `/`.
    pub path: String,
    /// What is sent along as JSON.
    pub body: Option<Value>,
    /// What it is about, for messages: "the workflows of octo/hello".
    pub subject: String,
    /// The permission of a fine-grained token that it takes: "Contents: read"; empty when it takes none.
    pub needs: &'static str,
    /// Whether the answer can never be another one, since the question names a commit or an object by its SHA.
    pub immutable: bool,
}

impl Request {
    /// Whether asking again does no harm when it is not known if the first time arrived.
    #[must_use]
    pub fn may_repeat(&self) -> bool {
        matches!(self.method, Method::Get | Method::Put)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self, host: &Host) -> String {
        format!("{}{}", host.api, self.path)
    }

    /// The headers that belong to it. The token stands here and nowhere else.
    #[must_use]
    pub fn headers(&self, token: Option<&str>, etag: Option<&str>) -> Vec<(&'static str, String)> {
        let mut headers = vec![
            ("Accept", "application/vnd.github+json".to_owned()),
            ("X-GitHub-Api-Version", API_VERSION.to_owned()),
        ];
        if self.body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        headers.extend(token.map(|token| ("Authorization", format!("Bearer {token}"))));
        headers.extend(etag.map(|etag| ("If-None-Match", etag.to_owned())));
        headers
    }
}

/// What GitHub answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The text that came.
    pub body: String,
}

/// How many requests are left in this hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Left.
    pub left: u32,
    /// Of so many an hour.
    pub of: u32,
    /// When all are there again, in seconds since 1970.
    pub reset: u64,
}

impl Answer {
    /// A header by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What it says about the limit of requests.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        let number = |name: &str| self.header(name)?.parse::<u64>().ok();
        Some(Limit {
            left: u32::try_from(number("x-ratelimit-remaining")?).ok()?,
            of: u32::try_from(number("x-ratelimit-limit")?).ok()?,
            reset: number("x-ratelimit-reset")?,
        })
    }

    /// The same, for somebody who asks again while `seconds` of the time that it wants to be left alone are still to come.
    #[must_use]
    pub fn waiting(mut self, seconds: u64) -> Self {
        let used_up = self.limit().is_some_and(|limit| limit.left == 0);
        if self.header("retry-after").is_some() || !used_up {
            self.headers.retain(|(name, _)| name != "retry-after");
            self.headers.push(("retry-after".to_owned(), seconds.to_string()));
        }
        self
    }

    /// Whether it is one of success.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// A request whose answer is a `T`.
#[derive(Debug)]
pub struct Call<T> {
    /// What to send.
    pub request: Request,
    read: fn(&str) -> Result<T, Unread>,
}

/// Why an answer of success is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is not what GitHub answers.
    Half,
    /// It is something else than what was asked for, such as "is a folder; open a file in it".
    Other(&'static str),
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), read: self.read }
    }
}

impl<T> Call<T> {
    pub(crate) fn new(request: Request, read: fn(&str) -> Result<T, Unread>) -> Self {
        Self { request, read }
    }

    /// What was answered. `now` is the time in seconds since 1970, `signed_in` whether a token was sent.
    ///
    /// # Errors
    /// What went wrong, for the person.
    pub fn read(&self, answer: &Answer, now: u64, signed_in: bool) -> Result<T, Failure> {
        if !answer.is_ok() {
            return Err(Failure::of(&self.request, answer, now, signed_in));
        }
        (self.read)(&answer.body).map_err(|unread| match unread {
            Unread::Half => Failure::half(&self.request),
            Unread::Other(what) => Failure::other(&self.request, what),
        })
    }
}

impl<T> Call<Vec<T>> {
    /// The call for the rest of a list of which `answer` is one page; `None`: that was all.
    #[must_use]
    pub fn next(&self, answer: &Answer) -> Option<Self> {
        let link = answer.header("link")?;
        let next = link.split(',').find(|part| part.contains("rel=\"next\""))?;
        let query = next.split_once('<')?.1.split_once('>')?.0.split_once('?')?.1;
        let page: u32 = query.split('&').find_map(|pair| pair.strip_prefix("page="))?.parse().ok()?;
        let (path, _) = self.request.path.split_once("&page=").unwrap_or((&self.request.path, ""));
        let request = Request { path: format!("{path}&page={page}"), ..self.request.clone() };
        Some(Self { request, read: self.read })
    }
}

/// Reads JSON.
pub(crate) fn json<T: DeserializeOwned>(body: &str) -> Result<T, Unread> {
    serde_json::from_str(body).map_err(|_| Unread::Half)
}

/// Text as a part of a path or a query.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path of several parts, whose `/` stay. `..` goes: browsers resolve it, and the question would become another one.
pub(crate) fn encode_path(path: &str) -> String {
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.map(encode).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Repo, calls};

    #[test]
    fn the_token_is_in_one_header_and_not_in_the_address() {
        let call = calls::repository(&Repo::new("octo/hello").unwrap());
        let headers = call.request.headers(Some("ghp_x"), None);
        assert_eq!(headers.iter().filter(|(_, value)| value.contains("ghp_x")).count(), 1);
        assert_eq!(call.request.url(&Host::default()), "https://api.github.com/repos/octo/hello");
    }

    #[test]
    fn names_cannot_leave_their_place_in_the_address() {
        let repo = Repo::new("octo/hello").unwrap();
        let call = calls::file(&repo, "a/../b?c#d e.yml", "x&y=z");
        assert_eq!(call.request.path, "/repos/octo/hello/contents/a/b%3Fc%23d%20e.yml?ref=x%26y%3Dz");
    }

    #[test]
    fn the_rest_of_a_list() {
        let call = calls::branches(&Repo::new("octo/hello").unwrap());
        let link = r#"<https://api.github.com/repositories/1/branches?per_page=100&page=2>; rel="next", <https://x/?page=9>; rel="last""#;
        let answer =
            Answer { status: 200, headers: vec![("link".to_owned(), link.to_owned())], body: String::new() };
        let next = call.next(&answer).unwrap();
        assert_eq!(next.request.path, "/repos/octo/hello/branches?per_page=100&page=2");
        assert!(next.next(&Answer::default()).is_none());
    }
}
