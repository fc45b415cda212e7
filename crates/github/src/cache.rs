//! Answers that are remembered, so that the same question costs nothing.
//!
//! GitHub counts a question that it answers with "not modified" against the limit of those who are not signed in. So an
//! answer is also taken without asking while it is young, and for ever when it names a commit or an object by its SHA.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::request::{Answer, Method, Request};

/// For how many seconds an answer is taken without asking.
pub const FRESH: u64 = 300;
/// Most answers that are kept.
const MOST: usize = 300;
/// Most bytes of all answers.
const MOST_BYTES: usize = 4_000_000;

/// Answers by the path of their question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cache {
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    etag: Option<String>,
    body: String,
    link: Option<String>,
    /// When it was asked, in seconds since 1970.
    at: u64,
}

/// What is known of the answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Take this.
    Fresh(Answer),
    /// Ask whether it has changed since the answer with this tag.
    Stale(String),
    /// Nothing.
    Unknown,
}

impl Cache {
    /// What is known of the answer to `request` at `now`, in seconds since 1970.
    #[must_use]
    pub fn look(&self, request: &Request, now: u64) -> Look {
        let Some(entry) = self.entries.get(&request.path).filter(|_| request.method == Method::Get) else {
            return Look::Unknown;
        };
        if request.immutable || now.saturating_sub(entry.at) < FRESH {
            return Look::Fresh(entry.answer());
        }
        entry.etag.clone().map_or(Look::Unknown, Look::Stale)
    }

    /// Remembers `answer`, when it is whole, and makes one that says "not modified" whole.
    pub fn settle(&mut self, request: &Request, answer: Answer, now: u64) -> Answer {
        if request.method != Method::Get {
            // What was changed is asked anew.
            if answer.is_ok() {
                self.entries.retain(|path, _| is_immutable(path));
            }
            return answer;
        }
        if answer.status == 304 {
            return match self.entries.get_mut(&request.path) {
                Some(entry) => {
                    entry.at = now;
                    Answer { headers: [entry.answer().headers, answer.headers].concat(), ..entry.answer() }
                }
                None => answer,
            };
        }
        // Half an answer, or that of a proxy, is none to remember.
        if answer.status == 200 && serde_json::from_str::<serde::de::IgnoredAny>(&answer.body).is_ok() {
            let header = |name: &str| answer.header(name).map(str::to_owned);
            let entry =
                Entry { etag: header("etag"), link: header("link"), body: answer.body.clone(), at: now };
            self.entries.insert(request.path.clone(), entry);
            self.shrink();
        }
        answer
    }

    /// Forgets what may have changed, so that it is asked anew.
    pub fn expire(&mut self) {
        for (_, entry) in self.entries.iter_mut().filter(|(path, _)| !is_immutable(path)) {
            entry.at = 0;
        }
    }

    fn shrink(&mut self) {
        let bytes =
            |entries: &BTreeMap<String, Entry>| entries.values().map(|entry| entry.body.len()).sum::<usize>();
        while self.entries.len() > MOST || (self.entries.len() > 1 && bytes(&self.entries) > MOST_BYTES) {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.at).map(|(path, _)| path.clone());
            oldest.and_then(|path| self.entries.remove(&path));
        }
    }
}

impl Entry {
    fn answer(&self) -> Answer {
        let link = self.link.iter().map(|link| ("link".to_owned(), link.clone()));
        Answer { status: 200, headers: link.collect(), body: self.body.clone() }
    }
}

/// Whether a path names its object by a SHA.
fn is_immutable(path: &str) -> bool {
    let is_sha = |part: &str| part.len() == 40 && part.bytes().all(|b| b.is_ascii_hexdigit());
    path.split(['/', '=', '?', '&']).any(is_sha)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Repo, calls};

    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, headers: vec![("etag".to_owned(), "\"1\"".to_owned())], body: body.to_owned() }
    }

    #[test]
    fn young_answers_cost_nothing_and_old_ones_are_asked_by_their_tag() {
        let repo = Repo::new("octo/hello").unwrap();
        let request = calls::branches(&repo).request;
        let mut cache = Cache::default();
        assert_eq!(cache.look(&request, 10), Look::Unknown);
        cache.settle(&request, answer(200, "[]"), 10);
        assert!(matches!(cache.look(&request, 10 + FRESH - 1), Look::Fresh(found) if found.body == "[]"));
        assert_eq!(cache.look(&request, 10 + FRESH), Look::Stale("\"1\"".to_owned()));
        let same = cache.settle(&request, answer(304, ""), 1_000);
        assert_eq!((same.status, same.body.as_str()), (200, "[]"));
        assert!(matches!(cache.look(&request, 1_001), Look::Fresh(_)));
        cache.expire();
        assert!(matches!(cache.look(&request, 1_001), Look::Stale(_)));
    }

    #[test]
    fn what_a_sha_names_is_known_for_ever_and_a_change_forgets_the_rest() {
        let repo = Repo::new("octo/hello").unwrap();
        let (at_sha, at_main) =
            (calls::file(&repo, "a.yml", SHA).request, calls::file(&repo, "a.yml", "main").request);
        let mut cache = Cache::default();
        for request in [&at_sha, &at_main] {
            cache.settle(request, answer(200, "{}"), 10);
        }
        assert!(matches!(cache.look(&at_sha, 1_000_000), Look::Fresh(_)));
        let write = calls::create_ref(&repo, "topic", SHA).request;
        cache.settle(&write, answer(201, "{}"), 11);
        assert_eq!(cache.look(&at_main, 12), Look::Unknown);
        assert!(matches!(cache.look(&at_sha, 12), Look::Fresh(_)));
    }

    #[test]
    fn failures_are_not_remembered_and_the_cache_stays_small() {
        let repo = Repo::new("octo/hello").unwrap();
        let mut cache = Cache::default();
        let request = calls::branches(&repo).request;
        for (status, body) in [(404, ""), (200, "[{\"name\": \"ma"), (200, "<html>Please log in</html>")] {
            cache.settle(&request, answer(status, body), 1);
            assert_eq!(cache.look(&request, 2), Look::Unknown, "{body}");
        }
        for at in 0..400_u64 {
            cache.settle(&calls::file(&repo, &format!("{at}.yml"), "main").request, answer(200, "{}"), at);
        }
        assert!(cache.entries.len() <= MOST);
    }
}
