//! Versions of actions among the tags of their repositories.

use stepladder_github::calls::{Tag, is_sha};
use stepladder_workflow::edits::NewVersion;

/// `[4, 2, 1]` of `v4.2.1`; `None` for anything else, also for a release candidate.
pub(super) fn numbers(tag: &str) -> Option<Vec<u32>> {
    tag.strip_prefix('v').unwrap_or(tag).split('.').map(|part| part.parse().ok()).collect()
}

pub(super) fn newest(tags: &[Tag]) -> Option<&Tag> {
    let numbered = tags.iter().filter_map(|tag| Some((numbers(&tag.name)?, tag)));
    numbered.max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, tag)| tag)
}

/// The ref of the newest version, as short as there is a tag for it: `v5` rather than `v5.1.0`.
pub(super) fn newest_ref(tags: &[Tag]) -> Option<String> {
    let short = updated("a/a@v0", tags).map(|new| new.git_ref);
    short.or_else(|| newest(tags).map(|tag| tag.name.clone()))
}

/// A version of an action as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Its tag.
    pub(crate) name: String,
    /// Whether none is newer.
    pub(crate) is_newest: bool,
    /// The more exact tag of the same commit: `v5.1.0` of `v5`.
    pub(crate) now: Option<String>,
}

/// At most this many versions are offered.
const MOST: usize = 100;

/// The versions among the tags, the newest first, and of one number the most exact first. Where there is none, all tags.
pub(super) fn listed(tags: &[Tag]) -> Vec<Listed> {
    let mut numbered: Vec<_> = tags.iter().filter_map(|tag| Some((numbers(&tag.name)?, tag))).collect();
    numbered.sort_by(|(a, _), (b, _)| b.cmp(a));
    let newest = numbered.first().map(|(numbers, _)| numbers.clone());
    let exact = |short: &[u32], of: &Tag| {
        let same = tag_of(tags, &of.commit.sha)?;
        let numbers = numbers(&same.name)?;
        (numbers.len() > short.len() && numbers.starts_with(short)).then(|| same.name.clone())
    };
    let all = numbered.iter().map(|(numbers, tag)| Listed {
        name: tag.name.clone(),
        is_newest: newest.as_ref() == Some(numbers),
        now: exact(numbers, tag),
    });
    let all: Vec<_> = all.take(MOST).collect();
    if !all.is_empty() {
        return all;
    }
    let plain = |tag: &Tag| Listed { name: tag.name.clone(), is_newest: false, now: None };
    tags.iter().take(MOST).map(plain).collect()
}

/// The most exact version tag of a commit.
pub(super) fn tag_of<'a>(tags: &'a [Tag], sha: &str) -> Option<&'a Tag> {
    let fitting = tags.iter().filter(|tag| tag.commit.sha.eq_ignore_ascii_case(sha));
    fitting
        .filter_map(|tag| Some((numbers(&tag.name)?, tag)))
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, tag)| tag)
}

/// `uses` pinned to the commit of its tag; `None`: it is pinned, or its ref is no tag.
pub(super) fn pinned(uses: &str, tags: &[Tag]) -> Option<NewVersion> {
    let (_, git_ref) = uses.split_once('@')?;
    let sha = tags.iter().find(|tag| tag.name == git_ref).map(|tag| tag.commit.sha.clone())?;
    let remark = tag_of(tags, &sha).map_or(git_ref, |tag| tag.name.as_str()).to_owned();
    Some(NewVersion { uses: uses.to_owned(), git_ref: sha, remark: Some(remark) })
}

/// `uses` in its newest version, written as exactly as it is now; `None`: it is the newest, or that is not known.
pub(super) fn updated(uses: &str, tags: &[Tag]) -> Option<NewVersion> {
    let (_, git_ref) = uses.split_once('@')?;
    let newest = newest(tags)?;
    let wanted = numbers(&newest.name)?;
    if is_sha(git_ref) {
        // A commit between two releases is newer than the older of them; only a release can be compared.
        let now = numbers(&tag_of(tags, git_ref)?.name)?;
        return (now < wanted).then(|| NewVersion {
            uses: uses.to_owned(),
            git_ref: newest.commit.sha.clone(),
            remark: Some(newest.name.clone()),
        });
    }
    let now = numbers(git_ref)?;
    if now.as_slice() >= &wanted[..now.len().min(wanted.len())] {
        return None;
    }
    // `v4` becomes `v5` where there is such a tag.
    let short = wanted.iter().take(now.len()).map(u32::to_string).collect::<Vec<_>>().join(".");
    let short = if git_ref.starts_with('v') { format!("v{short}") } else { short };
    let git_ref = if tags.iter().any(|tag| tag.name == short) { short } else { newest.name.clone() };
    Some(NewVersion { uses: uses.to_owned(), git_ref, remark: None })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use stepladder_github::calls::Named;

    use super::*;

    fn tags() -> Vec<Tag> {
        let tag =
            |name: &str, digit: &str| Tag { name: name.to_owned(), commit: Named { sha: digit.repeat(40) } };
        vec![
            tag("v6.0.0-rc.1", "9"),
            tag("v5", "5"),
            tag("v5.1.0", "5"),
            tag("v4", "4"),
            tag("v4.10.0", "4"),
            tag("v4.9.0", "3"),
        ]
    }

    #[test]
    fn the_newest_version_is_named_in_short() {
        assert_eq!(newest_ref(&tags()).as_deref(), Some("v5"));
        assert_eq!(newest_ref(&tags()[2..3]).as_deref(), Some("v5.1.0"));
        assert_eq!(newest_ref(&[]), None);
    }

    #[test]
    fn versions_are_listed_the_newest_first() {
        let listed = listed(&tags());
        let words = listed.iter().map(|version| {
            let now = version.now.as_deref().unwrap_or("-");
            format!("{} {now} {}", version.name, version.is_newest)
        });
        assert_eq!(
            words.collect::<Vec<_>>(),
            ["v5.1.0 - true", "v5 v5.1.0 false", "v4.10.0 - false", "v4.9.0 - false", "v4 v4.10.0 false"]
        );
        let named = super::listed(&[Tag { name: "stable".to_owned(), ..tags()[0].clone() }]);
        assert_eq!((named[0].name.as_str(), named[0].is_newest), ("stable", false));
    }

    #[test]
    fn a_tag_is_pinned_to_its_commit_with_its_full_version() {
        let new = pinned("o/a@v4", &tags()).unwrap();
        assert_eq!((new.git_ref, new.remark.as_deref()), ("4".repeat(40), Some("v4.10.0")));
        assert_eq!(pinned("o/a@main", &tags()), None);
        assert_eq!(pinned(&format!("o/a@{}", "4".repeat(40)), &tags()), None);
    }

    #[test]
    fn the_newest_version_is_written_as_exactly_as_the_old_one() {
        let to = |uses: &str| updated(uses, &tags()).map(|new| new.git_ref);
        assert_eq!(to("o/a@v4"), Some("v5".to_owned()));
        assert_eq!(to("o/a@v4.9.0"), Some("v5.1.0".to_owned()));
        assert_eq!(to(&format!("o/a@{}", "3".repeat(40))), Some("5".repeat(40)));
        for newest in ["o/a@v5", "o/a@v5.1.0", "o/a@v6", "o/a@main"] {
            assert_eq!(to(newest), None, "{newest}");
        }
    }
}
