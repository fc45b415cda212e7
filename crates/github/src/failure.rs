//! What can go wrong, each in one sentence with what to do.

use std::borrow::Cow;

use serde::Deserialize;

use crate::request::{Answer, Request};

/// Why there is no answer that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind.
    pub kind: Kind,
    /// One sentence for the person: what happened and what to do.
    pub message: String,
}

/// Kinds of failures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No whole answer came; a request that changes something may have been done or not.
    Lost(Lost),
    /// The token is not valid, or no longer.
    Token,
    /// The organization wants the token to be authorized for single sign-on, on this page if it is known.
    SingleSignOn(Option<String>),
    /// Too many requests; all is well again after so many seconds.
    Limit(u64),
    /// The token may not do this.
    Forbidden,
    /// There is no such thing, or the token must not see it.
    NotFound,
    /// It is in the way of something else, such as of a change that somebody made meanwhile.
    Conflict,
    /// GitHub did not accept what was sent.
    Invalid,
    /// GitHub has a problem; as with [`Kind::Lost`], it may have been done or not.
    Server,
}

/// How an answer can be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// GitHub cannot be reached.
    Network,
    /// It took too long.
    TimeOut,
    /// The answer broke off, or is none of GitHub's.
    Half,
}

impl Failure {
    /// What an answer that is no success means. `now` is the time in seconds since 1970.
    #[must_use]
    pub fn of(request: &Request, answer: &Answer, now: u64, signed_in: bool) -> Self {
        let said = said(&answer.body);
        let (kind, message) = match answer.status {
            401 => (
                Kind::Token,
                "GitHub does not accept the token: it is mistyped, expired or revoked; sign in with a new one.".to_owned(),
            ),
            403 | 429 => forbidden(request, answer, &said, now, signed_in),
            404 if signed_in => (Kind::NotFound, not_found(request)),
            404 => (
                Kind::NotFound,
                format!("GitHub shows no {} to the public: check the name, or sign in if it is private.", bare(&request.subject)),
            ),
            409 => (
                Kind::Conflict,
                if said.contains("empty") {
                    "The repository is empty: make its first commit on GitHub, such as a README, and try again.".to_owned()
                } else {
                    format!("GitHub refuses {} because something else changed it just now; try again.{}", request.subject, quoted(&said))
                },
            ),
            410 => (Kind::NotFound, format!("{} is switched off in this repository.", capital(&request.subject))),
            422 => (Kind::Invalid, format!("GitHub does not accept {}{}", request.subject, because(&said))),
            500..=599 => (
                Kind::Server,
                format!("GitHub has a problem of its own (status {}); wait a minute and try again.", answer.status),
            ),
            status => (
                Kind::Invalid,
                format!("GitHub answered {} with status {status}, which is not expected; try again{}", request.subject, because(&said)),
            ),
        };
        Self { kind, message }
    }

    /// There is no whole answer.
    #[must_use]
    pub fn lost(request: &Request, lost: Lost) -> Self {
        let subject = &request.subject;
        let message = match lost {
            Lost::Network => {
                format!("GitHub cannot be reached for {subject}; check the connection and try again.")
            }
            Lost::TimeOut => format!("GitHub took too long for {subject}; try again."),
            Lost::Half => return Self::half(request),
        };
        Self { kind: Kind::Lost(lost), message }
    }

    pub(crate) fn half(request: &Request) -> Self {
        let message = format!(
            "The answer for {} broke off or is not GitHub's; try again, and check whether a proxy stands between.",
            request.subject
        );
        Self { kind: Kind::Lost(Lost::Half), message }
    }

    pub(crate) fn other(request: &Request, what: &str) -> Self {
        Self { kind: Kind::Invalid, message: format!("{} {what}.", capital(&request.subject)) }
    }

    /// Whether the request may have been done although no answer says so.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        matches!(self.kind, Kind::Lost(_) | Kind::Server)
    }

    /// How many seconds to wait before asking again by oneself; `None`: it is of no use, or not safe.
    #[must_use]
    pub fn retry_after(&self, request: &Request, tries: u32) -> Option<u64> {
        if !request.may_repeat() || tries >= 2 {
            return None;
        }
        match self.kind {
            Kind::Lost(_) | Kind::Server => Some(1 << tries),
            Kind::Limit(seconds) if seconds <= 5 => Some(seconds),
            _ => None,
        }
    }
}

fn forbidden(request: &Request, answer: &Answer, said: &str, now: u64, signed_in: bool) -> (Kind, String) {
    if let Some(sso) = answer.header("x-github-sso") {
        let page = sso.split_once("url=").map(|(_, url)| url.trim().to_owned());
        let page = page.filter(|url| url.starts_with("https://"));
        return (
            Kind::SingleSignOn(page),
            "The organization wants this token to be authorized for single sign-on: do that on GitHub and try again."
                .to_owned(),
        );
    }
    let after = answer.header("retry-after").and_then(|seconds| seconds.parse::<u64>().ok());
    let used_up = answer.limit().is_some_and(|limit| limit.left == 0);
    if let Some(seconds) = after {
        return (
            Kind::Limit(seconds),
            format!("GitHub asks to slow down: wait {} and try again.", wait(seconds)),
        );
    }
    if used_up {
        let seconds = answer.limit().map_or(3_600, |limit| limit.reset.saturating_sub(now)).max(1);
        let more =
            if signed_in { "" } else { "; with a token there are 5,000 requests an hour instead of 60" };
        return (
            Kind::Limit(seconds),
            format!(
                "This hour's requests to GitHub are used up: wait {} and try again{more}.",
                wait(seconds)
            ),
        );
    }
    if said.to_ascii_lowercase().contains("rate limit") || answer.status == 429 {
        return (Kind::Limit(60), "GitHub asks to slow down: wait 1 minute and try again.".to_owned());
    }
    let message = match (request.needs, signed_in) {
        (_, false) => format!("GitHub shows {} only to those who sign in.", request.subject),
        ("", true) => format!("The token is not allowed {}{}", request.subject, because(said)),
        (needs, true) => format!(
            "The token is not allowed {}: it takes the permission “{needs}”, and you the rights for it in the repository.",
            request.subject
        ),
    };
    (Kind::Forbidden, message)
}

fn not_found(request: &Request) -> String {
    let subject = bare(&request.subject);
    if request.needs.is_empty() {
        return format!(
            "GitHub shows no {subject} to this token: check the name, or whether the token is for that repository."
        );
    }
    format!(
        "GitHub shows no {subject} to this token: check the name, or give the token the permission “{}”.",
        request.needs
    )
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: Vec<serde_json::Value>,
}

/// What GitHub's own words are, on one line.
fn said(body: &str) -> String {
    let Ok(said) = serde_json::from_str::<Said>(body) else { return String::new() };
    let detail =
        said.errors.iter().filter_map(|error| error.as_str().or_else(|| error.get("message")?.as_str()));
    let words: Vec<&str> =
        std::iter::once(said.message.as_str()).chain(detail).filter(|part| !part.is_empty()).collect();
    words.join(": ").split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

fn because(said: &str) -> String {
    if said.is_empty() { ".".to_owned() } else { format!(": “{}”.", said.trim_end_matches('.')) }
}

fn quoted(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(" (“{}”)", said.trim_end_matches('.')) }
}

/// `1 minute`, `40 seconds`
fn wait(seconds: u64) -> String {
    let (count, unit) = if seconds <= 90 { (seconds, "second") } else { (seconds.div_ceil(60), "minute") };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// As it stands after "no": without its article, and what is done as a way to do it.
fn bare(subject: &str) -> Cow<'_, str> {
    match subject.strip_prefix("to ") {
        Some(deed) => format!("way to {deed}").into(),
        None => subject.strip_prefix("the ").unwrap_or(subject).into(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Repo, calls};

    fn failure(status: u16, headers: &[(&str, &str)], body: &str, signed_in: bool) -> Failure {
        let call = calls::file(&Repo::new("octo/hello").unwrap(), "action.yml", "main");
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Failure::of(&call.request, &Answer { status, headers, body: body.to_owned() }, 1_000, signed_in)
    }

    #[test]
    fn what_is_not_found_is_a_thing_or_a_deed() {
        for (subject, said) in [
            ("the repository octo/hello", "GitHub shows no repository octo/hello to this token"),
            (
                "to write files to octo/hello",
                "GitHub shows no way to write files to octo/hello to this token",
            ),
        ] {
            let request = Request {
                subject: subject.to_owned(),
                ..calls::file(&Repo::new("octo/hello").unwrap(), "a", "main").request
            };
            let answer = Answer { status: 404, headers: Vec::new(), body: String::new() };
            let failure = Failure::of(&request, &answer, 0, true);
            assert!(failure.message.starts_with(said), "{}", failure.message);
        }
    }

    #[test]
    fn each_kind_says_what_to_do() {
        let used_up =
            [("x-ratelimit-remaining", "0"), ("x-ratelimit-limit", "60"), ("x-ratelimit-reset", "1600")];
        let sso =
            [("x-github-sso", "required; url=https://github.com/orgs/octo/sso?authorization_request=A")];
        for (failure, kind, words) in [
            (failure(401, &[], "", true), Kind::Token, "sign in with a new one"),
            (
                failure(403, &used_up, "", false),
                Kind::Limit(600),
                "wait 10 minutes and try again; with a token",
            ),
            (failure(403, &[("retry-after", "30")], "", true), Kind::Limit(30), "wait 30 seconds"),
            (failure(429, &[], "{}", true), Kind::Limit(60), "wait 1 minute"),
            (
                failure(403, &[], r#"{"message":"You have exceeded a secondary rate limit."}"#, true),
                Kind::Limit(60),
                "slow down",
            ),
            (
                failure(403, &sso, "", true),
                Kind::SingleSignOn(Some(
                    "https://github.com/orgs/octo/sso?authorization_request=A".to_owned(),
                )),
                "single sign-on",
            ),
            (
                failure(403, &[("x-github-sso", "required; url=javascript:alert(1)")], "", true),
                Kind::SingleSignOn(None),
                "sign-on",
            ),
            (failure(403, &[], "", true), Kind::Forbidden, "the permission “Contents: read”"),
            (failure(404, &[], "", true), Kind::NotFound, "give the token the permission “Contents: read”"),
            (failure(404, &[], "", false), Kind::NotFound, "or sign in if it is private"),
            (
                failure(409, &[], r#"{"message":"Git Repository is empty."}"#, true),
                Kind::Conflict,
                "make its first commit",
            ),
            (
                failure(
                    422,
                    &[],
                    r#"{"message":"Validation Failed","errors":[{"message":"No commits"}]}"#,
                    true,
                ),
                Kind::Invalid,
                "“Validation Failed: No commits”",
            ),
            (failure(502, &[], "<html>", true), Kind::Server, "wait a minute"),
        ] {
            assert_eq!(failure.kind, kind, "{}", failure.message);
            assert!(failure.message.contains(words), "{}", failure.message);
            assert!(failure.message.ends_with('.') && !failure.message.contains(". "), "{}", failure.message);
        }
    }

    #[test]
    fn who_asks_again_too_early_is_told_how_long_is_left() {
        let repo = Repo::new("octo/hello").unwrap();
        let request = calls::repository(&repo).request;
        let told = |headers: &[(&str, &str)]| {
            let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let answer = Answer { status: 403, headers: headers.collect(), body: "rate limit".to_owned() };
            Failure::of(&request, &answer.waiting(30), 1_570, true).kind
        };
        let used_up =
            [("x-ratelimit-remaining", "0"), ("x-ratelimit-limit", "60"), ("x-ratelimit-reset", "1600")];
        for headers in [&[("retry-after", "120")][..], &[], &used_up] {
            assert_eq!(told(headers), Kind::Limit(30), "{headers:?}");
        }
    }

    #[test]
    fn only_what_is_safe_is_asked_again() {
        let repo = Repo::new("octo/hello").unwrap();
        let read = calls::file(&repo, "action.yml", "main").request;
        let write = calls::create_ref(&repo, "topic", "abc").request;
        let lost = Failure::lost(&read, Lost::Network);
        assert_eq!(
            (lost.retry_after(&read, 0), lost.retry_after(&read, 1), lost.retry_after(&read, 2)),
            (Some(1), Some(2), None)
        );
        assert_eq!(Failure::lost(&write, Lost::TimeOut).retry_after(&write, 0), None);
        assert_eq!(failure(404, &[], "", true).retry_after(&read, 0), None);
        assert_eq!(failure(403, &[("retry-after", "600")], "", true).retry_after(&read, 0), None);
    }
}
