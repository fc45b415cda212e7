//! Sends questions to GitHub: the only place that does, and the only one that holds the token.
//!
//! The token goes into one header of requests to the API of the chosen GitHub, and nowhere else: no address, no message,
//! no draft has it. It is kept in memory, or, if the person says so, in the browser for the session or for longer.

pub(crate) mod create;
pub(crate) mod files;
pub(crate) mod local;
pub(crate) mod preflight;
pub(crate) mod source;
pub(crate) mod wait;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gloo_net::http::{Headers, RequestBuilder};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use stepladder_github::cache::{Cache, Look};
use stepladder_github::calls::Tag;
use stepladder_github::{Answer, Call, Failure, Host, Kind, Limit, Lost, Method, Request, calls};
use stepladder_workflow::edits::NewVersion;
use web_sys::AbortSignal;

use self::create::Wanted;
use self::preflight::Facts;
use crate::drafts::database::{self, Store};
use crate::storage;

/// The key of the answers that the public was given.
const PUBLIC: &str = "public";

/// After how many milliseconds without an answer it is given up.
const TIME_OUT: u32 = 30_000;

/// Where the token is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Keep {
    /// Nowhere: it is gone when the page is closed or loaded again.
    #[default]
    Memory,
    /// In this tab, until it is closed.
    Session,
    /// In this browser, until it is forgotten.
    Device,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    /// Name on GitHub.
    pub(crate) login: String,
    /// Scopes of a classic token; `None` for a fine-grained one, whose permissions GitHub does not tell.
    pub(crate) scopes: Option<Vec<String>>,
    /// When the token ends, as GitHub says it; `None`: GitHub does not tell.
    pub(crate) expires: Option<String>,
}

/// What is kept of a sign-in.
#[derive(Serialize, Deserialize)]
struct Kept {
    host: String,
    token: String,
    account: Account,
}

/// Which GitHub, who is asking, and what it said before. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct GitHub {
    /// Which GitHub.
    pub(crate) host: RwSignal<Host>,
    /// Who is signed in.
    pub(crate) account: RwSignal<Option<Account>>,
    /// What is left of this hour's requests, as the last answer said.
    pub(crate) limit: RwSignal<Option<Limit>>,
    /// Where the token is kept.
    pub(crate) keep: RwSignal<Keep>,
    /// What the dialog to open files begins with.
    pub(crate) address: RwSignal<String>,
    /// What it last told of a repository that a workflow needs something from.
    pub(crate) facts: RwSignal<Option<Arc<Facts>>>,
    /// The secret or variable that the dialog to create one is about.
    pub(crate) wanted: RwSignal<Option<Wanted>>,
    /// The newer versions that the dialog to update actions is about.
    pub(crate) updates: RwSignal<Vec<NewVersion>>,
    /// The tags that it told of repositories, by their names in lower case.
    pub(crate) tags: RwSignal<BTreeMap<String, Arc<[Tag]>>>,
    /// The repositories whose tags were looked for without somebody's press.
    looked_for: StoredValue<BTreeSet<String>>,
    /// The answer by which GitHub wants no more requests, and until when: in seconds since 1970.
    pause: StoredValue<Option<(u64, Answer)>>,
    token: StoredValue<Option<String>>,
    cache: StoredValue<Cache>,
    /// Whether the database was asked for answers of earlier visits.
    recalled: StoredValue<bool>,
}

impl GitHub {
    /// As it was left: signed in when the token was kept.
    #[must_use]
    pub(crate) fn new() -> Self {
        let read = |json: Option<String>| json.and_then(|json| serde_json::from_str::<Kept>(&json).ok());
        let session = read(storage::get_session("github")).map(|kept| (kept, Keep::Session));
        let kept = session.or_else(|| read(storage::get("github")).map(|kept| (kept, Keep::Device)));
        let (kept, keep) = kept.map_or((None, Keep::Memory), |(kept, keep)| (Some(kept), keep));
        let host = kept.as_ref().and_then(|kept| Host::new(&kept.host).ok()).unwrap_or_default();
        Self {
            host: RwSignal::new(host),
            account: RwSignal::new(kept.as_ref().map(|kept| kept.account.clone())),
            limit: RwSignal::new(None),
            keep: RwSignal::new(keep),
            address: RwSignal::new(String::new()),
            facts: RwSignal::new(None),
            wanted: RwSignal::new(None),
            updates: RwSignal::new(Vec::new()),
            tags: RwSignal::new(BTreeMap::new()),
            looked_for: StoredValue::new(BTreeSet::new()),
            pause: StoredValue::new(None),
            token: StoredValue::new(kept.map(|kept| kept.token)),
            cache: StoredValue::new(Cache::default()),
            recalled: StoredValue::new(false),
        }
    }

    /// Checks a token by asking whose it is, and signs in with it.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub(crate) async fn sign_in(self, host: Host, token: String, keep: Keep) -> Result<(), String> {
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("That is no token: it has only letters, digits and underscores; copy it once more."
                .to_owned());
        }
        self.may_ask(&host)?;
        let call = calls::user();
        let answer = self.ask(&host, &call.request, Some(&token), None).await;
        let answer = answer.map_err(|lost| Failure::lost(&call.request, lost).message)?;
        let user = call.read(&answer, now(), true).map_err(|failure| failure.message)?;
        let scopes = answer.header("x-oauth-scopes").filter(|scopes| !scopes.is_empty());
        let account = Account {
            login: user.login,
            scopes: scopes.map(|scopes| scopes.split(',').map(|scope| scope.trim().to_owned()).collect()),
            expires: answer.header("github-authentication-token-expiration").map(str::to_owned),
        };
        self.forget();
        let kept = Kept { host: host.web.clone(), token, account: account.clone() };
        if let Ok(json) = serde_json::to_string(&kept) {
            match keep {
                Keep::Memory => {}
                Keep::Session => storage::set_session("github", &json),
                Keep::Device => storage::set("github", &json),
            }
        }
        self.limit.set(answer.limit());
        self.token.set_value(Some(kept.token));
        self.keep.set(keep);
        self.host.set(host);
        self.account.set(Some(account));
        Ok(())
    }

    /// Forgets the token, wherever it is kept, and what was answered to it.
    pub(crate) fn forget(self) {
        self.token.set_value(None);
        self.pause.set_value(None);
        self.cache.set_value(Cache::default());
        storage::unset("github");
        storage::unset_session("github");
        spawn_local(database::clear(Store::Answers));
        self.facts.set(None);
        self.tags.set(BTreeMap::new());
        self.looked_for.set_value(BTreeSet::new());
        self.account.set(None);
        self.limit.set(None);
        self.keep.set(Keep::Memory);
    }

    /// Sends `call` and reads the answer. What is known is not asked; what is safe is asked again by itself.
    ///
    /// # Errors
    /// What went wrong, for the person.
    pub(crate) async fn send<T>(self, call: &Call<T>) -> Result<T, Failure> {
        let answer = self.fetch(&call.request).await?;
        call.read(&answer, now(), self.is_signed_in_untracked())
    }

    /// All pages of a list, at most ten.
    ///
    /// # Errors
    /// What went wrong, for the person.
    pub(crate) async fn send_all<T>(self, call: &Call<Vec<T>>) -> Result<Vec<T>, Failure> {
        self.send_pages(call, 10).await
    }

    /// The first pages of a list, at most so many.
    async fn send_pages<T>(self, call: &Call<Vec<T>>, most: usize) -> Result<Vec<T>, Failure> {
        let mut all = Vec::new();
        let mut page = Some(call.clone());
        for _ in 0..most {
            let Some(call) = page else { break };
            let answer = self.fetch(&call.request).await?;
            all.extend(call.read(&answer, now(), self.is_signed_in_untracked())?);
            page = call.next(&answer);
        }
        Ok(all)
    }

    /// The answer to `request`, whatever its status; a failure only when there is none.
    ///
    /// # Errors
    /// That no answer came.
    pub(crate) async fn fetch(self, request: &Request) -> Result<Answer, Failure> {
        self.exchange(request).await.map_err(|lost| Failure::lost(request, lost))
    }

    /// Like [`Self::fetch`], for a machine that deals with lost answers itself.
    ///
    /// # Errors
    /// How the answer was lost.
    pub(crate) async fn exchange(self, request: &Request) -> Result<Answer, Lost> {
        let mut tries = 0;
        loop {
            let result = self.once(request).await;
            let failure = match &result {
                Ok(answer) if answer.is_ok() => return result,
                Ok(answer) => Failure::of(request, answer, now(), self.is_signed_in_untracked()),
                Err(lost) => Failure::lost(request, *lost),
            };
            let Some(seconds) = failure.retry_after(request, tries) else {
                if let (Kind::Limit(seconds), Ok(answer)) = (failure.kind, &result) {
                    self.pause.set_value(Some((now() + seconds, answer.clone())));
                }
                return result;
            };
            wait::seconds(seconds).await;
            tries += 1;
        }
    }

    /// What GitHub answered when it wanted no more requests, as long as it holds; asking all the same only makes it longer.
    fn paused(self) -> Option<Answer> {
        let (until, answer) = self.pause.get_value()?;
        let left = until.checked_sub(now()).filter(|left| *left > 0)?;
        Some(answer.waiting(left))
    }

    /// Forgets what may have changed, so that it is asked anew.
    pub(crate) fn refresh(self) {
        self.cache.update_value(Cache::expire);
    }

    /// Brings back what the public was answered at earlier visits.
    async fn recall(self) {
        if self.recalled.get_value() {
            return;
        }
        self.recalled.set_value(true);
        let kept = database::get(Store::Answers, PUBLIC).await;
        let cache = kept.and_then(|json| serde_json::from_str::<Cache>(&json).ok());
        if let Some(cache) = cache.filter(|_| self.token.with_value(Option::is_none)) {
            self.cache.set_value(cache);
        }
    }

    async fn once(self, request: &Request) -> Result<Answer, Lost> {
        if self.token.with_value(Option::is_none) {
            self.recall().await;
        }
        let etag = match self.cache.with_value(|cache| cache.look(request, now())) {
            Look::Fresh(answer) => return Ok(answer),
            Look::Stale(etag) => Some(etag),
            Look::Unknown => None,
        };
        if let Some(answer) = self.paused() {
            return Ok(answer);
        }
        let (host, token) = (self.host.get_untracked(), self.token.get_value());
        let answer = self.ask(&host, request, token.as_deref(), etag.as_deref()).await?;
        if let Some(limit) = answer.limit() {
            self.limit.set(Some(limit));
        }
        // Somebody may have signed in or out meanwhile; what was answered to another is not remembered.
        if token != self.token.get_value() {
            return Ok(answer);
        }
        let answer = self.cache.try_update_value(|cache| cache.settle(request, answer, now()));
        // What the public may see may be remembered in this browser; the rest only in memory.
        if token.is_none() && request.method == Method::Get {
            let json = self.cache.with_value(|cache| serde_json::to_string(cache).unwrap_or_default());
            spawn_local(async move {
                // Without it, the next visit asks once more.
                let _ = database::put(Store::Answers, PUBLIC, &json).await;
            });
        }
        answer.ok_or(Lost::Half)
    }

    async fn ask(
        self,
        host: &Host,
        request: &Request,
        token: Option<&str>,
        etag: Option<&str>,
    ) -> Result<Answer, Lost> {
        let signal = AbortSignal::timeout_with_u32(TIME_OUT);
        let headers = Headers::new();
        for (name, value) in request.headers(token, etag) {
            headers.set(name, &value);
        }
        let method = match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Patch => gloo_net::http::Method::PATCH,
            Method::Put => gloo_net::http::Method::PUT,
        };
        let builder = RequestBuilder::new(&request.url(host))
            .method(method)
            .headers(headers)
            .credentials(web_sys::RequestCredentials::Omit)
            // Ours remembers for whom it is; the browser's would not.
            .cache(web_sys::RequestCache::NoStore)
            .abort_signal(Some(&signal));
        let built = match &request.body {
            Some(body) => builder.body(body.to_string()),
            None => builder.build(),
        };
        let lost = || if signal.aborted() { Lost::TimeOut } else { Lost::Network };
        let response = built.map_err(|_| Lost::Network)?.send().await.map_err(|_| lost())?;
        let body =
            response.text().await.map_err(|_| if signal.aborted() { Lost::TimeOut } else { Lost::Half })?;
        let headers =
            response.headers().entries().map(|(name, value)| (name.to_lowercase(), value)).collect();
        Ok(Answer { status: response.status(), headers, body })
    }

    fn is_signed_in_untracked(self) -> bool {
        self.account.with_untracked(Option::is_some)
    }

    /// The name of the GitHub that this copy of the page was built for besides github.com.
    pub(crate) fn own_host(self) -> Option<String> {
        let github = Host::default().api;
        let own =
            connections()?.into_iter().find(|source| source.starts_with("https://") && *source != github)?;
        let name = own.strip_prefix("https://")?;
        let part = name.strip_prefix("api.").filter(|part| part.ends_with(".ghe.com"));
        Some(part.unwrap_or(name).to_owned())
    }

    /// Whether this copy of the page may ask that GitHub: its policy names the addresses that it may connect to.
    ///
    /// # Errors
    /// A sentence that says how to get a copy that may.
    pub(crate) fn may_ask(self, host: &Host) -> Result<(), String> {
        let origin = host.api.strip_suffix("/api/v3").unwrap_or(&host.api);
        if connections().is_none_or(|sources| sources.iter().any(|source| source == origin)) {
            return Ok(());
        }
        Err(format!(
            "This copy of the page may connect to no other GitHub, so that a token cannot go astray; build one for {} as the README says under “GitHub Enterprise”.",
            host.name()
        ))
    }
}

/// The addresses that the page's policy lets it connect to; `None`: it says nothing of them.
fn connections() -> Option<Vec<String>> {
    let policy = document().query_selector("meta[http-equiv=Content-Security-Policy]").ok().flatten();
    let policy = policy.and_then(|meta| meta.get_attribute("content"))?;
    let sources = policy.split(';').find_map(|part| part.trim().strip_prefix("connect-src "))?;
    Some(sources.split_whitespace().map(str::to_owned).collect())
}

/// Seconds since 1970.
#[must_use]
pub(crate) fn now() -> u64 {
    (storage::now() / 1_000.0) as u64
}
