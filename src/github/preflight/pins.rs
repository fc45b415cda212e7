//! Which version the commit is to which an action is pinned, and the commits of its versions.

use std::sync::Arc;

use stepladder_github::calls::{Named, Tag};
use stepladder_workflow::facts::actions::Action;

use super::versions::{self, Listed, newest, numbers, tag_of};

/// So many tags are one page of GitHub's list.
const PAGE: usize = 100;

/// The tags of an action's repository, as far as they are known.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    tags: Arc<[Tag]>,
    /// Whether GitHub told them; otherwise they are those that the page came with.
    pub(crate) is_told: bool,
    /// Whether there are no other tags.
    pub(crate) is_whole: bool,
}

/// A version with its commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    /// The tag.
    pub(crate) version: String,
    /// The commit.
    pub(crate) sha: String,
}

/// What is known of the commit to which an action is pinned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pin {
    /// Its version; from the comment, where nothing else is known and nothing speaks against it.
    pub(crate) version: Option<String>,
    /// What is wrong with the comment, in a sentence.
    pub(crate) wrong: Option<String>,
    /// Whether the tags say which version it is.
    pub(crate) is_sure: bool,
}

impl Known {
    /// What GitHub told; where that is not all, with what the page knows.
    pub(super) fn told(tags: Arc<[Tag]>, action: Option<&Action>) -> Self {
        let is_whole = !tags.len().is_multiple_of(PAGE);
        if is_whole {
            return Self { tags, is_told: true, is_whole };
        }
        let known = Self::catalogued(action).tags;
        let lacks = |tag: &&Tag| !tags.iter().any(|told| told.name == tag.name);
        let all = tags.iter().chain(known.iter().filter(lacks)).cloned().collect();
        Self { tags: all, is_told: true, is_whole }
    }

    /// What the page knows without asking: the newest release.
    pub(super) fn catalogued(action: Option<&Action>) -> Self {
        let tag =
            |name: &str, sha: &str| Tag { name: name.to_owned(), commit: Named { sha: sha.to_owned() } };
        let mut tags = Vec::new();
        if let Some((action, release)) = action.and_then(|action| Some((action, action.newest_release()?))) {
            tags.push(tag(&release.tag, &release.sha));
            if action.has_major_tag && action.latest_major != release.tag {
                tags.push(tag(&action.latest_major, release.major_sha.as_ref().unwrap_or(&release.sha)));
            }
        }
        Self { tags: tags.into(), is_told: false, is_whole: false }
    }

    /// The versions, the newest first.
    pub(crate) fn listed(&self) -> Vec<Listed> {
        versions::listed(&self.tags)
    }

    /// The newest version as a tag, written as exactly as in `uses`; `None`: that is the newest, or a commit.
    pub(crate) fn updated(&self, uses: &str) -> Option<String> {
        let new = versions::updated(uses, &self.tags)?;
        new.remark.is_none().then_some(new.git_ref)
    }

    /// What is known of the commit `sha`, of which the comment says that it is the version `says`.
    pub(crate) fn pin(&self, sha: &str, says: Option<&str>) -> Pin {
        let is = tag_of(&self.tags, sha).map(|tag| tag.name.clone());
        let Some(says) = says else {
            return Pin { is_sure: is.is_some(), version: is, wrong: None };
        };
        let same = |tag: &str| tag == says || numbers(says).is_some_and(|said| numbers(tag) == Some(said));
        let is_in = |short: &str, long: &str| {
            numbers(short).zip(numbers(long)).is_some_and(|(short, long)| long.starts_with(&short))
        };
        let mut own = self.tags.iter().filter(|tag| tag.commit.sha.eq_ignore_ascii_case(sha));
        if own.any(|tag| same(&tag.name) || is_in(says, &tag.name)) {
            return Pin { version: is.or_else(|| Some(says.to_owned())), wrong: None, is_sure: true };
        }
        let named = self.tags.iter().find(|tag| same(&tag.name));
        // A short tag moves: the commit may have been it.
        let moves = numbers(says).is_some_and(|said| said.len() < 3);
        let wrong = match (&is, named) {
            (Some(is), Some(_)) => format!("The comment says {says}, but the commit is {is}."),
            (Some(is), None) if self.is_whole => {
                format!("The comment says {says}, which is no tag; the commit is {is}.")
            }
            (None, Some(_)) if !moves => format!("The comment says {says}, but that is another commit."),
            (None, None) if self.is_whole => {
                format!("The comment says {says}, but there is no such tag.")
            }
            _ => return Pin { version: Some(says.to_owned()), wrong: None, is_sure: false },
        };
        Pin { is_sure: is.is_some(), version: is, wrong: Some(wrong) }
    }

    /// The newest version, if it is newer than `now` and another commit than `sha`.
    pub(crate) fn newer(&self, now: &str, sha: &str) -> Option<Commit> {
        let newest = newest(&self.tags)?;
        let is_newer = numbers(now)? < numbers(&newest.name)? && !newest.commit.sha.eq_ignore_ascii_case(sha);
        is_newer.then(|| commit(newest))
    }

    /// The newest version as a tag, as short as there is one.
    pub(crate) fn newest_tag(&self) -> Option<String> {
        versions::newest_ref(&self.tags)
    }

    /// The versions to pin to, the newest first, each commit once and under its most exact version.
    pub(crate) fn commits(&self) -> Vec<Commit> {
        let listed = self.listed().into_iter().filter(|listed| listed.now.is_none());
        let tags = listed.filter_map(|listed| self.tags.iter().find(|tag| tag.name == listed.name));
        tags.filter(|tag| numbers(&tag.name).is_some()).map(commit).collect()
    }

    /// The commit of the tag behind `uses`, under its most exact version; `None`: it is no tag that is known.
    pub(crate) fn commit_of(&self, uses: &str) -> Option<Commit> {
        let pinned = versions::pinned(uses, &self.tags)?;
        Some(Commit { version: pinned.remark?, sha: pinned.git_ref })
    }
}

fn commit(tag: &Tag) -> Commit {
    Commit { version: tag.name.clone(), sha: tag.commit.sha.clone() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn known() -> Known {
        let tags =
            [("v5", "5"), ("v5.1.0", "5"), ("v4", "4"), ("v4.10.0", "4"), ("v4.9.0", "3"), ("nightly", "9")];
        let tag = |(name, digit): (&str, &str)| Tag {
            name: name.to_owned(),
            commit: Named { sha: digit.repeat(40) },
        };
        Known::told(tags.map(tag).to_vec().into(), None)
    }

    fn pin(digit: &str, says: Option<&str>) -> (Option<String>, Option<String>) {
        let pin = known().pin(&digit.repeat(40), says);
        (pin.version, pin.wrong)
    }

    #[test]
    fn the_tags_say_which_version_a_commit_is_and_whether_its_comment_is_true() {
        let is = |version: &str| (Some(version.to_owned()), None);
        for says in [None, Some("v4.10.0"), Some("4.10.0"), Some("v4"), Some("v4.10")] {
            assert_eq!(pin("4", says), is("v4.10.0"), "{says:?}");
        }
        // A short tag has moved on.
        assert_eq!(pin("3", Some("v4")), is("v4.9.0"));
        assert_eq!(pin("8", Some("v4")), is("v4"));
        assert_eq!(pin("8", None), (None, None));
        assert_eq!(pin("9", Some("nightly")), is("nightly"));
        let wrong = |digit: &str, says: &str| pin(digit, Some(says)).1.unwrap();
        assert_eq!(wrong("3", "v4.10.0"), "The comment says v4.10.0, but the commit is v4.9.0.");
        assert_eq!(wrong("3", "v5"), "The comment says v5, but the commit is v4.9.0.");
        assert_eq!(wrong("3", "v4.9.1"), "The comment says v4.9.1, which is no tag; the commit is v4.9.0.");
        assert_eq!(wrong("8", "v4.10.0"), "The comment says v4.10.0, but that is another commit.");
        assert_eq!(wrong("8", "v4.11.0"), "The comment says v4.11.0, but there is no such tag.");
    }

    #[test]
    fn what_is_not_among_some_of_the_tags_may_be_there() {
        let some = Known { is_whole: false, ..known() };
        for (digit, says) in [("3", "v4.9.1"), ("8", "v4.11.0"), ("8", "v4")] {
            let pin = some.pin(&digit.repeat(40), Some(says));
            assert_eq!((pin.version.as_deref(), pin.wrong, pin.is_sure), (Some(says), None, false));
        }
    }

    #[test]
    fn the_newest_version_comes_with_its_commit() {
        let newer = |now: &str, digit: &str| known().newer(now, &digit.repeat(40)).map(|new| new.version);
        assert_eq!(newer("v4.9.0", "3").as_deref(), Some("v5.1.0"));
        assert_eq!(newer("v5", "8").as_deref(), Some("v5.1.0"));
        assert_eq!((newer("v5.1.0", "5"), newer("v5", "5"), newer("v6", "8")), (None, None, None));
        let all: Vec<_> = known().commits().into_iter().map(|commit| commit.version).collect();
        assert_eq!(all, ["v5.1.0", "v4.10.0", "v4.9.0"]);
        let commit = known().commit_of("o/a@v4").unwrap();
        assert_eq!((commit.version.as_str(), commit.sha), ("v4.10.0", "4".repeat(40)));
        assert_eq!(known().commit_of("o/a@main"), None);
    }

    #[test]
    fn a_list_that_may_go_on_is_not_taken_for_the_whole() {
        let tag = |at: usize| Tag { name: format!("v1.0.{at}"), commit: Named { sha: format!("{at:040}") } };
        let some = |count: usize| Known::told((0..count).map(tag).collect(), None);
        assert!(some(99).is_whole && !some(100).is_whole && some(250).is_whole);
        let says = |known: &Known| known.pin(&"a".repeat(40), Some("v9.0.0")).wrong;
        assert_eq!(says(&some(100)), None);
        assert!(says(&some(99)).is_some());
    }
}
