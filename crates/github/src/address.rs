//! What people paste: addresses of repositories, files, gists, and `owner/repo@ref`.

use crate::Host;

/// A repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repo {
    /// The person or organization that it belongs to.
    pub owner: String,
    /// Its name.
    pub name: String,
}

impl Repo {
    /// The repository named `owner/name`; `None`: it cannot be one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let (owner, name) = text.split_once('/')?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        let fits = |part: &str| {
            !part.is_empty()
                && part.len() <= 100
                && !matches!(part, "." | "..")
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        };
        (fits(owner) && fits(name)).then(|| Self { owner: owner.to_owned(), name: name.to_owned() })
    }
}

impl std::fmt::Display for Repo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A repository, with its default branch or at a branch, tag or commit.
    Repository {
        /// Which.
        repo: Repo,
        /// Branch, tag or commit.
        at: Option<String>,
    },
    /// A file or folder of a repository. Where the name of the branch ends is not certain: it may contain `/`.
    Path {
        /// Which repository.
        repo: Repo,
        /// Branch (`None`: the default one) and path, the likeliest first.
        readings: Vec<(Option<String>, String)>,
    },
    /// A gist.
    Gist {
        /// Its id.
        id: String,
    },
}

impl Address {
    /// Reads what was typed or pasted.
    ///
    /// # Errors
    /// One sentence that says what can be read.
    pub fn new(typed: &str, host: &Host) -> Result<Self, String> {
        let typed = typed.trim();
        let wrong = || {
            format!(
                "“{}” is no address that can be opened; paste the address of a repository, file or gist on {}, or write owner/repo.",
                typed.chars().take(80).collect::<String>(),
                host.name()
            )
        };
        let bare = typed.split(['?', '#']).next().unwrap_or_default();
        let bare = bare.strip_prefix(&format!("git@{}:", host.name())).unwrap_or(bare);
        let Some((name, path)) = split_host(bare) else {
            return Self::short(bare).ok_or_else(wrong);
        };
        let name = name.to_ascii_lowercase();
        let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let own = host.name();
        let found = match name.as_str() {
            name if name == own || name == format!("www.{own}") => Self::page(&parts),
            "raw.githubusercontent.com" if host.is_github() => Self::raw(&parts),
            "gist.github.com" | "gist.githubusercontent.com" if host.is_github() => Self::gist(&parts),
            name if name == format!("gist.{own}") => Self::gist(&parts),
            "api.github.com" if host.is_github() && parts.first() == Some(&"repos") => {
                Self::page(&parts[1..])
            }
            _ => {
                return Err(format!(
                    "The address is one of {name}, but only {own} can be read here; for another GitHub server, give its address when you sign in."
                ));
            }
        };
        found.ok_or_else(wrong)
    }

    /// The repository that it leads to, or into.
    #[must_use]
    pub fn repository(&self) -> Option<&Repo> {
        match self {
            Self::Repository { repo, .. } | Self::Path { repo, .. } => Some(repo),
            Self::Gist { .. } => None,
        }
    }

    /// `owner/repo` and `owner/repo@ref`; also `owner/repo/path@ref`, as it stands after `uses:`.
    fn short(text: &str) -> Option<Self> {
        let (slug, at) = text.split_once('@').map_or((text, None), |(slug, at)| (slug, Some(at)));
        let at = at.map(str::trim).filter(|at| !at.is_empty()).map(str::to_owned);
        let slug = slug.trim_matches('/');
        let mut parts = slug.splitn(3, '/');
        let repo = Repo::new(&format!("{}/{}", parts.next()?, parts.next()?))?;
        match parts.next() {
            None => Some(Self::Repository { repo, at }),
            Some(path) => Some(Self::Path { repo, readings: vec![(at, path.to_owned())] }),
        }
    }

    fn page(parts: &[&str]) -> Option<Self> {
        let repo = Repo::new(&format!("{}/{}", parts.first()?, parts.get(1)?))?;
        if parts.first() == Some(&"gist") && parts.len() == 2 {
            return Self::gist(&parts[1..]);
        }
        let rest = parts.get(3..).unwrap_or_default();
        let at = |at: &str| Some(Self::Repository { repo: repo.clone(), at: Some(at.to_owned()) });
        match (parts.get(2).copied(), rest) {
            (Some("commit" | "commits" | "tree"), [reference]) => at(reference),
            (Some("releases"), ["tag", tag]) => at(tag),
            (Some("pull"), [number, ..]) if number.parse::<u64>().is_ok() => {
                at(&format!("refs/pull/{number}/head"))
            }
            (Some("actions"), ["workflows", file, ..]) => {
                let path = format!(".github/workflows/{file}");
                Some(Self::Path { repo, readings: vec![(None, path)] })
            }
            (Some("blob" | "raw" | "edit" | "blame" | "tree"), [_, _, ..]) => {
                Some(Self::Path { repo, readings: readings(rest) })
            }
            (None | Some(_), _) => Some(Self::Repository { repo, at: None }),
        }
    }

    /// `OWNER/REPO/REF/PATH`, `OWNER/REPO/refs/heads/REF/PATH`
    fn raw(parts: &[&str]) -> Option<Self> {
        let repo = Repo::new(&format!("{}/{}", parts.first()?, parts.get(1)?))?;
        let rest = parts.get(2..)?;
        let rest = match rest {
            ["refs", "heads" | "tags", rest @ ..] => rest,
            _ => rest,
        };
        (rest.len() > 1).then(|| Self::Path { repo, readings: readings(rest) })
    }

    /// `ID`, `OWNER/ID`, and what may follow.
    fn gist(parts: &[&str]) -> Option<Self> {
        let is_id = |part: &&&str| part.len() >= 7 && part.bytes().all(|b| b.is_ascii_hexdigit());
        parts.iter().take(2).find(is_id).map(|id| Self::Gist { id: (*id).to_owned() })
    }
}

/// Every way to read `REF/PATH` where both may contain `/`: the one that leaves a path below `.github` first, then the
/// shortest name of a branch.
fn readings(parts: &[&str]) -> Vec<(Option<String>, String)> {
    let mut ends: Vec<usize> = (1..parts.len().min(6)).collect();
    ends.sort_by_key(|at| (parts[*at] != ".github", *at));
    ends.into_iter().map(|at| (Some(parts[..at].join("/")), parts[at..].join("/"))).collect()
}

/// Host and path of an address; `None`: it is none.
fn split_host(text: &str) -> Option<(&str, &str)> {
    let scheme = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let rest = match scheme {
        Some(rest) => rest,
        // What the address bar shows.
        None if text.split('/').next().is_some_and(|name| name.ends_with(".com")) && text.contains('/') => {
            text
        }
        None => return None,
    };
    // A name before the host is no part of it.
    let (name, path) = rest.split_once('/').unwrap_or((rest, ""));
    Some((name.rsplit('@').next().unwrap_or(name), path))
}

fn decode(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(typed: &str) -> Result<String, String> {
        Address::new(typed, &Host::default()).map(|address| match address {
            Address::Repository { repo, at } => format!("{repo} at {}", at.unwrap_or_default()),
            Address::Path { repo, readings } => {
                let (at, path) = readings.first().unwrap();
                format!("{repo} {} : {path}", at.clone().unwrap_or_default())
            }
            Address::Gist { id } => format!("gist {id}"),
        })
    }

    #[test]
    fn reads_what_people_paste() {
        for (typed, wanted) in [
            ("octo/hello", "octo/hello at "),
            (" octo/hello@v1.2 ", "octo/hello at v1.2"),
            ("octo/hello@feature/x", "octo/hello at feature/x"),
            ("octo/hello/sub/action@v1", "octo/hello v1 : sub/action"),
            ("https://github.com/octo/hello", "octo/hello at "),
            ("github.com/octo/hello.git", "octo/hello at "),
            ("git@github.com:octo/hello.git", "octo/hello at "),
            ("https://github.com/octo/hello/actions", "octo/hello at "),
            ("https://github.com/octo/hello/tree/main", "octo/hello at main"),
            (
                "https://github.com/octo/hello/tree/feature/x/.github/workflows",
                "octo/hello feature/x : .github/workflows",
            ),
            ("https://github.com/octo/hello/commit/abc123", "octo/hello at abc123"),
            ("https://github.com/octo/hello/releases/tag/v2", "octo/hello at v2"),
            ("https://github.com/octo/hello/pull/12/files", "octo/hello at refs/pull/12/head"),
            ("https://github.com/octo/hello/blob/main/action.yml#L3", "octo/hello main : action.yml"),
            (
                "https://github.com/octo/hello/blob/a/b/.github/workflows/ci.yml",
                "octo/hello a/b : .github/workflows/ci.yml",
            ),
            (
                "https://github.com/octo/hello/actions/workflows/ci.yml?query=x",
                "octo/hello  : .github/workflows/ci.yml",
            ),
            (
                "https://github.com/octo/hello/blob/main/.github/workflows/a%20b.yml",
                "octo/hello main : .github/workflows/a b.yml",
            ),
            (
                "https://raw.githubusercontent.com/octo/hello/main/.github/workflows/ci.yml",
                "octo/hello main : .github/workflows/ci.yml",
            ),
            (
                "https://raw.githubusercontent.com/octo/hello/refs/heads/main/action.yml?token=AB",
                "octo/hello main : action.yml",
            ),
            (
                "https://gist.github.com/octo/0123456789abcdef0123456789abcdef",
                "gist 0123456789abcdef0123456789abcdef",
            ),
            (
                "https://gist.githubusercontent.com/octo/0123456789abcdef0123456789abcdef/raw/x.yml",
                "gist 0123456789abcdef0123456789abcdef",
            ),
            ("https://token@github.com/octo/hello", "octo/hello at "),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(wanted), "{typed}");
        }
    }

    #[test]
    fn what_leads_to_a_repository_names_it() {
        let repository = |typed: &str| {
            let address = Address::new(typed, &Host::default()).unwrap();
            address.repository().map(ToString::to_string)
        };
        for typed in [
            "octo-org/hello",
            " octo-org/hello/ ",
            "octo-org/hello@v1",
            "https://github.com/octo-org/hello.git",
            "git@github.com:octo-org/hello.git",
            "https://github.com/octo-org/hello/actions/workflows/ci.yml",
        ] {
            assert_eq!(repository(typed).as_deref(), Some("octo-org/hello"), "{typed}");
        }
        assert_eq!(repository("https://gist.github.com/octo/0123456789abcdef0123456789abcdef"), None);
    }

    #[test]
    fn what_is_no_address_gets_one_sentence() {
        for typed in [
            "",
            "octo",
            "octo/",
            "/",
            "https://github.com/",
            "https://evil.com/octo/hello",
            "https://github.com.evil.com/a/b",
            "javascript:alert(1)//a",
            "octo/he llo",
            "https://github.com/a b/c",
            "../..",
            "https://gist.github.com/octo",
        ] {
            assert!(read(typed).is_err_and(|message| message.ends_with('.')), "{typed}: {:?}", read(typed));
        }
    }

    #[test]
    fn an_enterprise_server_reads_its_own_addresses_only() {
        let host = Host::new("ghe.example.com").unwrap();
        assert!(Address::new("https://ghe.example.com/octo/hello", &host).is_ok());
        assert!(Address::new("https://github.com/octo/hello", &host).is_err());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,80}", tail in "(https://)?(github|raw.githubusercontent).com/[a-z/%.@0-9]{0,40}") {
            let _ = read(&text);
            let _ = read(&tail);
        }
    }
}
