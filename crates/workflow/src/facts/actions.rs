//! Published actions: inputs, outputs and versions of the ones that many workflows use.
//!
//! The table is `data/actions.json` (its form is described in `data/README.md`). An action or a version that is not in
//! it is unknown, and nothing is said about it.

mod learn;
mod load;
mod search;

use std::sync::Arc;

/// Actions whose old versions GitHub has switched off in 2025, with the last major version of which that is true:
/// <https://github.blog/changelog/2024-04-16-deprecation-notice-v3-of-the-artifact-actions/>,
/// <https://github.blog/changelog/2024-12-05-notice-of-upcoming-releases-and-breaking-changes-for-github-actions/>.
const SWITCHED_OFF: [(&str, u32); 3] =
    [("actions/cache", 2), ("actions/download-artifact", 3), ("actions/upload-artifact", 3)];

/// The table of actions.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Sorted by their keys.
    actions: Vec<Action>,
}

/// An action.
#[derive(Clone, Debug)]
pub struct Action {
    /// `owner/repository`, or `owner/repository/path`, in the spelling of its owner.
    pub slug: String,
    /// The slug in lower case, by which it is found.
    key: String,
    /// What it does, as a label for a step: "Set up Python".
    pub title: String,
    /// What it does, in a sentence; empty when nobody has written one.
    pub doc: String,
    /// The group in which a library of steps shows it; empty when it has none.
    pub category: String,
    /// Other words by which people look for it, with blanks between them: "golang", "k8s".
    words: String,
    /// The newest major version, such as `v4`; empty when it is not known, because only single versions were looked at.
    pub latest_major: String,
    /// Whether a tag with the name of the major version moves along with its releases.
    pub has_major_tag: bool,
    /// The newest release whose commit is known.
    pub latest: Option<Release>,
    /// The versions whose inputs are known, the oldest first.
    pub versions: Vec<Version>,
    /// Versions that need a Node.js that runners no longer have.
    outdated: Vec<String>,
    /// Whether only the refs of the table are certain: other tags look like versions and mean something else.
    exact_refs: bool,
    /// Place in the order of use; 0 is the most used one.
    rank: usize,
}

/// A release of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its tag, such as `v4.2.1`.
    pub tag: String,
    /// The commit of the tag: 40 hexadecimal digits.
    pub sha: String,
    /// The commit to which the major version's moving tag pointed at the same time, if it differs.
    pub major_sha: Option<String>,
    /// The day up to which this was the newest one: `YYYY-MM-DD`.
    pub as_of: String,
}

/// A version of an action.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its tag or branch, mostly a major version such as `v4`.
    pub name: String,
    /// `runs.using`, such as `node24`, `composite` or `docker`; `None`: not known.
    pub using: Option<String>,
    /// Its inputs, in the order of its `action.yml`.
    pub inputs: Vec<Arc<Input>>,
    /// Names of its outputs.
    pub outputs: Vec<String>,
    /// Whether it may take inputs that are not in the list: it takes undeclared ones, or the table is behind.
    pub any_inputs: bool,
    /// Whether it may set outputs that are not in the list.
    pub any_outputs: bool,
}

/// An input of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name; case does not matter in workflows.
    pub name: String,
    /// What it means, in a sentence; empty when nobody has written one.
    pub doc: String,
    /// Whether the action says that it is required.
    pub required: bool,
    /// Whether it has a default.
    pub has_default: bool,
    /// The default, when it is short enough to show.
    pub default: Option<String>,
    /// Whether it is no longer to be used.
    pub deprecated: bool,
    /// What kind of value it takes, as far as its default and name tell.
    pub kind: InputKind,
}

/// The kind of value that an input takes. Every input can also be given an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Number,
    /// Several lines.
    Lines,
}

impl Input {
    /// Whether a step has to give it: required and without a default.
    #[must_use]
    pub fn must_be_given(&self) -> bool {
        self.required && !self.has_default
    }
}

impl Version {
    /// The input named `name`, in any case.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name.eq_ignore_ascii_case(name)).map(Arc::as_ref)
    }

    /// Whether it declares the output `name`, in any case.
    #[must_use]
    pub fn has_output(&self, name: &str) -> bool {
        self.outputs.iter().any(|output| output.eq_ignore_ascii_case(name))
    }

    /// Whether it needs a Node.js that runners no longer have.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        matches!(self.using.as_deref(), Some("node12" | "node16"))
    }
}

impl Action {
    /// Whether it is known which version is the newest one.
    #[must_use]
    pub fn knows_newest(&self) -> bool {
        !self.latest_major.is_empty()
    }

    /// The newest version whose inputs are known; when the newest is not known, the one that was looked at last.
    #[must_use]
    pub fn newest(&self) -> Option<&Version> {
        self.version(&self.latest_major).or(self.versions.last())
    }

    /// The newest release, when its commit is known.
    #[must_use]
    pub fn newest_release(&self) -> Option<&Release> {
        self.latest.as_ref().filter(|release| same_major(&release.tag, &self.latest_major))
    }

    /// What to write after `uses:`: the newest major version, or the newest release where no moving tag exists.
    #[must_use]
    pub fn suggested_use(&self) -> String {
        let git_ref = match &self.latest {
            Some(release) if !self.has_major_tag && same_major(&release.tag, &self.latest_major) => {
                &release.tag
            }
            _ if self.knows_newest() => &self.latest_major,
            _ => self.newest().map_or(&self.latest_major, |version| &version.name),
        };
        [&self.slug, "@", git_ref].concat()
    }

    /// The version that a ref stands for, when that is certain.
    ///
    /// `git_ref` is a tag, a branch or a commit; `comment` is the remark behind a commit, in which people write its
    /// version (`# v4.2.1`). A full version is read as its major version, unless its minor version is newer than the newest
    /// one that the table knows. Below version 1 the minor version has to be that of the table too, because there every minor
    /// version may change the inputs.
    #[must_use]
    pub fn at(&self, git_ref: &str, comment: Option<&str>) -> Option<&Version> {
        if let Some(version) = self.version(git_ref) {
            return Some(version);
        }
        if is_sha(git_ref) {
            let named = comment.and_then(version_in_comment).and_then(|version| self.at(version, None));
            return named.or_else(|| self.by_sha(git_ref));
        }
        let major = major_of(git_ref).filter(|_| !self.exact_refs)?;
        if self.latest.as_ref().is_some_and(|latest| is_newer(git_ref, &latest.tag)) {
            return None;
        }
        if major == "0"
            && self.latest.as_ref().is_some_and(|latest| minor_of(&latest.tag) != minor_of(git_ref))
        {
            return None;
        }
        self.versions.iter().find(|version| version.name.trim_start_matches('v') == major)
    }

    /// Whether the version needs a Node.js that runners no longer have; false when that is not certain.
    #[must_use]
    pub fn is_outdated(&self, git_ref: &str, comment: Option<&str>) -> bool {
        if let Some(version) = self.at(git_ref, comment).filter(|version| version.using.is_some()) {
            return version.is_outdated();
        }
        let written = if is_sha(git_ref) { comment.and_then(version_in_comment) } else { Some(git_ref) };
        written.is_some_and(|written| {
            self.outdated.iter().any(|old| old == written)
                || major_of(written)
                    .is_some_and(|major| self.outdated.iter().any(|old| old.strip_prefix('v') == Some(major)))
        })
    }

    /// Whether GitHub fails every step that uses this version, as what it speaks to is switched off; false when that is not
    /// certain.
    #[must_use]
    pub fn is_switched_off(&self, git_ref: &str, comment: Option<&str>) -> bool {
        let written = if is_sha(git_ref) { comment.and_then(version_in_comment) } else { Some(git_ref) };
        let major = written.and_then(major_of).and_then(|major| major.parse::<u32>().ok());
        let last = SWITCHED_OFF.iter().find(|(key, _)| *key == self.key).map(|(_, last)| *last);
        major.zip(last).is_some_and(|(major, last)| major <= last)
    }

    /// The newest major version, when `git_ref` names an older one; `None` when it is the newest or not certain.
    #[must_use]
    pub fn newer_major(&self, git_ref: &str, comment: Option<&str>) -> Option<&str> {
        let written = if is_sha(git_ref) { comment.and_then(version_in_comment)? } else { git_ref };
        let number = |version: &str| major_of(version)?.parse::<u32>().ok();
        (number(written)? < number(&self.latest_major)?).then_some(&self.latest_major)
    }

    fn version(&self, name: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.name == name)
    }

    fn by_sha(&self, sha: &str) -> Option<&Version> {
        let release = self.latest.as_ref()?;
        let known = release.sha.eq_ignore_ascii_case(sha)
            || release.major_sha.as_ref().is_some_and(|major| major.eq_ignore_ascii_case(sha));
        if known { self.at(&release.tag, None) } else { None }
    }
}

impl Catalogue {
    /// Reads the table.
    ///
    /// # Errors
    /// When the text is not JSON of the form that `data/README.md` describes.
    pub fn from_json(json: &str) -> Result<Self, String> {
        load::load(json)
    }

    /// The table of this version.
    #[cfg(any(test, feature = "embedded"))]
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_json(include_str!("../../data/actions.json")).unwrap_or_default()
    }

    /// Every action, by slug.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// The action with this slug, in any case.
    #[must_use]
    pub fn action(&self, slug: &str) -> Option<&Action> {
        self.actions.get(self.place(slug).ok()?)
    }

    /// Where the action of this slug is, or would be.
    fn place(&self, slug: &str) -> Result<usize, usize> {
        let key = slug.to_ascii_lowercase();
        self.actions.binary_search_by(|action| action.key.as_str().cmp(&key))
    }

    /// The version of an action that `uses: slug@git_ref` runs; see [`Action::at`].
    #[must_use]
    pub fn at(&self, slug: &str, git_ref: &str, comment: Option<&str>) -> Option<&Version> {
        self.action(slug)?.at(git_ref, comment)
    }

    /// The actions that fit all words of `query`, the best first; for an empty query all of them, the most used first.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&Action> {
        search::search(&self.actions, query)
    }

    /// The groups of actions, in the order in which a library shows them.
    pub const CATEGORIES: [&str; 12] = [
        "Code",
        "Languages",
        "Files between jobs",
        "Machine learning",
        "Quality and tests",
        "Containers",
        "Cloud and deployment",
        "Releases and packages",
        "Pages",
        "Issues and pull requests",
        "Security",
        "Tools",
    ];
}

/// Whether `git_ref` is a full commit id.
#[must_use]
pub fn is_sha(git_ref: &str) -> bool {
    git_ref.len() == 40 && git_ref.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A ref as people read it: of a commit the first digits.
#[must_use]
pub fn short_ref(git_ref: &str) -> &str {
    git_ref.get(..7).filter(|_| is_sha(git_ref)).unwrap_or(git_ref)
}

/// The version that a remark such as `# v4.2.1` or `# tag=v4.2.1 (pinned)` names. A bare number is one only where nothing
/// else can be meant: `# 4` and `# tag=4`, but not that of an issue, `# see #4`.
#[must_use]
pub fn version_in_comment(comment: &str) -> Option<&str> {
    let comment = comment.trim_start_matches(['#', ' ', '\t']);
    let ends = |c: char| c.is_whitespace() || matches!(c, '#' | '=' | '@' | ',' | '(' | ')' | ':');
    let mut before = '=';
    comment.split_inclusive(ends).find_map(|piece| {
        let word = piece.trim_end_matches(ends);
        let is_bare = word.bytes().all(|b| b.is_ascii_digit());
        let fits = major_of(word).is_some() && (!is_bare || matches!(before, '=' | '@'));
        before = piece.chars().next_back().unwrap_or_default();
        fits.then_some(word)
    })
}

/// Whether a remark says the version and nothing else: `# v4.2.1`.
#[must_use]
pub fn is_only_version(comment: &str) -> bool {
    let words = comment.trim_start_matches('#').trim();
    version_in_comment(comment) == Some(words)
}

/// `4` of `v4`, `v4.2` or `4.2.1-rc.1`; `None` when it is no version.
fn major_of(version: &str) -> Option<&str> {
    let number = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (major, rest) = number.split_at(end);
    let rest_fits =
        rest.is_empty() || (rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()));
    (!major.is_empty() && major.len() < 5 && rest_fits).then_some(major)
}

/// `2` of `v4.2.1`.
fn minor_of(version: &str) -> Option<&str> {
    version.split('.').nth(1)
}

/// Whether `a` is a later minor version than `b` of the same major version. What only mends `b` takes the same inputs.
fn is_newer(a: &str, b: &str) -> bool {
    let minor = |version| minor_of(version).and_then(|minor| minor.parse::<u32>().ok()).unwrap_or(0);
    same_major(a, b) && minor(a) > minor(b)
}

fn same_major(a: &str, b: &str) -> bool {
    matches!((major_of(a), major_of(b)), (Some(a), Some(b)) if a == b)
}

#[cfg(test)]
mod tests;
