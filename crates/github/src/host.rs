//! Where GitHub is: github.com, or a company's own server.

use crate::request::encode;

/// A GitHub, by the addresses of its pages and of its API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Address of its pages without a slash at the end, such as `https://github.com`.
    pub web: String,
    /// Address of its API without a slash at the end, such as `https://api.github.com`.
    pub api: String,
}

impl Default for Host {
    /// github.com.
    fn default() -> Self {
        Self { web: "https://github.com".to_owned(), api: "https://api.github.com".to_owned() }
    }
}

/// A permission that a token needs for something that the page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Its name in the address of the page that makes fine-grained tokens.
    pub id: &'static str,
    /// Its name on that page.
    pub label: &'static str,
    /// `read` or `write`.
    pub level: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Whether opening and committing need it; the others are for checks and for creating secrets.
    pub basic: bool,
}

impl Permission {
    /// All that the page can make use of, the needed ones first.
    pub const ALL: [Self; 8] = [
        Self::new("contents", "Contents", "write", "open files, and commit them to a branch", true),
        Self::new("workflows", "Workflows", "write", "commit files below .github/workflows", true),
        Self::new("pull_requests", "Pull requests", "write", "propose a change as a pull request", true),
        Self::new(
            "secrets",
            "Secrets",
            "write",
            "see which secrets exist, never their values, and create one",
            false,
        ),
        Self::new(
            "actions_variables",
            "Variables",
            "write",
            "see which variables exist, and create one",
            false,
        ),
        Self::new("environments", "Environments", "write", "do the same in an environment", false),
        Self::new("actions", "Actions", "read", "see environments and their rules", false),
        Self::new(
            "administration",
            "Administration",
            "read",
            "see self-hosted runners, and what the default token may do",
            false,
        ),
    ];

    const fn new(
        id: &'static str,
        label: &'static str,
        level: &'static str,
        purpose: &'static str,
        basic: bool,
    ) -> Self {
        Self { id, label, level, purpose, basic }
    }
}

impl Host {
    /// The GitHub that a person means by `typed`: an address or a host's name; nothing means github.com.
    ///
    /// # Errors
    /// One sentence when it cannot be one.
    pub fn new(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        let name = typed.strip_prefix("https://").unwrap_or(typed);
        let name = name.split('/').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(name.as_str(), "" | "github.com" | "www.github.com" | "api.github.com") {
            return Ok(Self::default());
        }
        if typed.starts_with("http://") {
            return Err(
                "The address starts with http://, over which a token could be read on its way; use https://."
                    .to_owned(),
            );
        }
        let (host, port) =
            name.split_once(':').map_or((name.as_str(), None), |(host, port)| (host, Some(port)));
        let fits = host
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        if !fits || !host.contains('.') || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(format!(
                "“{typed}” is no address of a GitHub server; write it like github.example.com."
            ));
        }
        // A company's part of GitHub's own cloud has its API beside it, a server of its own below it.
        let api = match host.strip_suffix(".ghe.com") {
            Some(_) => format!("https://api.{name}"),
            None => format!("https://{name}/api/v3"),
        };
        Ok(Self { web: format!("https://{name}"), api })
    }

    /// Whether it is github.com.
    #[must_use]
    pub fn is_github(&self) -> bool {
        *self == Self::default()
    }

    /// Its name for people, such as `github.com`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.web.trim_start_matches("https://")
    }

    /// The page that makes a fine-grained token, with the permissions filled in. `owner` is whose repositories it is for.
    #[must_use]
    pub fn token_page(&self, owner: Option<&str>, all: bool) -> String {
        let mut page = format!(
            "{}/settings/personal-access-tokens/new?name=Stepladder&description={}&expires_in=30",
            self.web,
            encode("Opens, checks and commits workflows in the browser")
        );
        if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
            page.push_str(&format!("&target_name={}", encode(owner)));
        }
        for permission in Permission::ALL.iter().filter(|permission| all || permission.basic) {
            page.push_str(&format!("&{}={}", permission.id, permission.level));
        }
        page
    }

    /// The page that makes a classic token, with its scopes filled in.
    #[must_use]
    pub fn classic_token_page(&self) -> String {
        format!("{}/settings/tokens/new?description=Stepladder&scopes=repo,workflow", self.web)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_by_name_or_address() {
        for typed in ["", "github.com", "https://github.com/", "https://www.github.com", "api.github.com"] {
            assert_eq!(Host::new(typed), Ok(Host::default()), "{typed}");
        }
        for (typed, web, api) in [
            ("ghe.example.com", "https://ghe.example.com", "https://ghe.example.com/api/v3"),
            ("https://GHE.example.com/octo", "https://ghe.example.com", "https://ghe.example.com/api/v3"),
            ("ghe.example.com:8443", "https://ghe.example.com:8443", "https://ghe.example.com:8443/api/v3"),
            ("octo.ghe.com", "https://octo.ghe.com", "https://api.octo.ghe.com"),
        ] {
            let host = Host::new(typed).expect(typed);
            assert_eq!((host.web.as_str(), host.api.as_str()), (web, api));
        }
        for wrong in
            ["http://ghe.example.com", "git hub", "localhost", "a..b", "x.y:port", "javascript:alert(1)"]
        {
            assert!(Host::new(wrong).is_err_and(|message| message.ends_with('.')), "{wrong}");
        }
    }

    #[test]
    fn the_token_page_names_what_is_asked_for_and_no_more() {
        let page = Host::default().token_page(Some("octo-org"), false);
        assert!(page.starts_with("https://github.com/settings/personal-access-tokens/new?"));
        assert!(page.contains("&target_name=octo-org&") && page.contains("&contents=write"), "{page}");
        assert!(!page.contains("administration"), "{page}");
        assert!(Host::default().token_page(None, true).contains("&administration=read"));
    }
}
