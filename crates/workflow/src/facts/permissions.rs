//! What a job's `GITHUB_TOKEN` can be allowed to do.

/// One scope of `permissions`.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// Its key.
    pub name: &'static str,
    /// What the scope is about, in a few words.
    pub title: &'static str,
    /// What `read` allows; `None` when the scope has no such level.
    pub read: Option<&'static str>,
    /// What `write` allows, beside what `read` does; `None` when the scope has no such level.
    pub write: Option<&'static str>,
    /// What `write-all` gives, when that is not `write`.
    pub write_all_gives: Option<Level>,
    /// Whether GitHub's public reference lists it.
    pub documented: bool,
    /// Whether it is about a feature that github.com no longer has.
    pub retired: bool,
}

/// A level of a scope; each includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No access.
    None,
    /// Reading only.
    Read,
    /// Reading and writing.
    Write,
}

impl Level {
    /// The level named `text`, in exactly this case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::None, Self::Read, Self::Write].into_iter().find(|level| level.name() == text)
    }

    /// Its word in YAML.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["none", "read", "write"][self as usize]
    }
}

impl Scope {
    /// The levels that it has, with `none` last.
    #[must_use]
    pub fn levels(&self) -> &'static [Level] {
        use Level::{None, Read, Write};
        match (self.read, self.write) {
            (Some(_), Some(_)) => &[Read, Write, None],
            (Some(_), _) => &[Read, None],
            _ => &[Write, None],
        }
    }

    /// What `level` allows, in one sentence.
    #[must_use]
    pub fn doc(&self, level: Level) -> String {
        match (level, self.read, self.write) {
            (Level::Read, Some(read), _) => ["Lets the job ", read, "."].concat(),
            (Level::Write, Some(read), Some(write)) => ["Lets the job ", read, ", and ", write, "."].concat(),
            (Level::Write, None, Some(write)) => ["Lets the job ", write, "."].concat(),
            _ => ["Gives the job no access to ", self.title, "."].concat(),
        }
    }
}

/// The scope named `name`; case matters.
#[must_use]
pub fn scope(name: &str) -> Option<&'static Scope> {
    SCOPES.iter().find(|scope| scope.name == name)
}

/// The words that may stand for all scopes at once.
pub const SHORTHANDS: [&str; 2] = ["read-all", "write-all"];

const fn both(name: &'static str, title: &'static str, read: &'static str, write: &'static str) -> Scope {
    Scope {
        name,
        title,
        read: Some(read),
        write: Some(write),
        write_all_gives: None,
        documented: true,
        retired: false,
    }
}

/// Every scope, by name.
pub static SCOPES: &[Scope] = &[
    both(
        "actions",
        "workflow runs",
        "see workflow runs, their logs, artifacts and caches",
        "start, cancel and re-run workflows and delete their logs, artifacts and caches",
    ),
    both(
        "artifact-metadata",
        "records about artifacts",
        "read the records of where artifacts are stored and deployed",
        "create such records",
    ),
    both(
        "attestations",
        "attestations",
        "read attestations of artifacts",
        "create attestations of what it has built",
    ),
    both("checks", "checks", "read the check runs and suites of commits", "create and update them"),
    Scope {
        documented: false,
        ..both("code-quality", "code quality", "read code quality findings", "upload such findings")
    },
    both(
        "contents",
        "the repository's content",
        "read and check out the repository: files, commits, branches, tags and releases",
        "push commits, create branches and tags, merge, and publish releases",
    ),
    Scope {
        read: None,
        documented: false,
        ..both(
            "copilot-requests",
            "Copilot requests",
            "",
            "send requests to Copilot on behalf of the person who is billed",
        )
    },
    both(
        "deployments",
        "deployments",
        "read deployments and their states",
        "create deployments and set their states",
    ),
    both("discussions", "discussions", "read discussions", "open, edit, answer, label and close them"),
    Scope { documented: false, ..both("drives", "drives", "read drives", "change drives") },
    Scope {
        read: None,
        ..both(
            "id-token",
            "identity tokens",
            "",
            "ask for an OpenID Connect token, with which clouds and package registries recognize it without a stored password",
        )
    },
    both(
        "issues",
        "issues",
        "read issues and their comments",
        "open, edit, comment on, label and close them",
    ),
    Scope { write: None, ..both("models", "AI models", "send requests to GitHub Models", "") },
    both("packages", "packages", "download packages and container images", "publish and delete them"),
    both(
        "pages",
        "GitHub Pages",
        "read the settings and builds of the GitHub Pages site",
        "start builds and change the settings",
    ),
    both(
        "pull-requests",
        "pull requests",
        "read pull requests and their reviews",
        "open, edit, comment on, label, review and close them",
    ),
    Scope {
        retired: true,
        ..both(
            "repository-projects",
            "classic projects",
            "read the repository's classic projects",
            "change them",
        )
    },
    both(
        "security-events",
        "code scanning alerts",
        "read code scanning and Dependabot alerts",
        "upload code scanning results and change the state of alerts",
    ),
    both("statuses", "commit statuses", "read commit statuses", "set the status of a commit"),
    Scope {
        write: None,
        write_all_gives: Some(Level::Read),
        ..both("vulnerability-alerts", "vulnerability alerts", "read Dependabot's vulnerability alerts", "")
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_sorted_and_say_what_each_level_allows() {
        assert!(SCOPES.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert_eq!(SCOPES.len(), 20);
        for scope in SCOPES {
            assert!(scope.levels().len() > 1, "{}", scope.name);
            for level in scope.levels() {
                assert!(scope.doc(*level).ends_with('.') && !scope.doc(*level).contains("  "));
            }
        }
    }

    #[test]
    fn levels_follow_the_scope() {
        let levels = |name| scope(name).map(Scope::levels);
        assert_eq!(levels("contents"), Some(&[Level::Read, Level::Write, Level::None][..]));
        assert_eq!(levels("id-token"), Some(&[Level::Write, Level::None][..]));
        assert_eq!(levels("models"), Some(&[Level::Read, Level::None][..]));
        assert_eq!(levels("Contents"), None);
        assert_eq!(Level::parse("write"), Some(Level::Write));
        assert_eq!(Level::parse("Write"), None);
        assert!(Level::Read < Level::Write);
    }
}
