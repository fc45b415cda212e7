//! `branches`, `tags`, `paths` and their `-ignore` twins, to the letter.

use std::borrow::Cow;

use super::{Event, Verdict};
use crate::glob::{self, Pattern, Target};
use crate::model::{Filter, Trigger};

/// GitHub looks at this many changed files only.
const MAX_DIFF_FILES: usize = 300;
/// With more commits than this in one push, GitHub makes no list of changed files and starts the workflow.
const MAX_DIFF_COMMITS: u32 = 1_000;

pub(super) fn filter<'t>(trigger: &'t Trigger, key: &str) -> Option<&'t Filter> {
    trigger.filters.iter().find(|filter| filter.key.value == key)
}

fn patterns(filter: &Filter, target: Target) -> Vec<Pattern> {
    filter.patterns.iter().map(|pattern| Pattern::parse(&pattern.value, target).0).collect()
}

/// At a pattern, or at the key when none of them decided.
fn at(verdict: Verdict, filter: &Filter, pattern: Option<usize>) -> Verdict {
    match pattern.and_then(|index| Some((index, filter.patterns.get(index)?))) {
        Some((index, pattern)) => {
            // A single pattern may stand without a list.
            let path = if filter.patterns.len() > 1 { filter.path.child(index) } else { filter.path.clone() };
            verdict.at(&path, pattern.range)
        }
        None => verdict.at(&filter.path, filter.key.range),
    }
}

/// The pair `key` and `key-ignore`, of which GitHub allows one.
fn pair<'t>(trigger: &'t Trigger, key: &str) -> Option<Result<(&'t Filter, bool), Verdict>> {
    let (only, ignore) = (filter(trigger, key), filter(trigger, &[key, "-ignore"].concat()));
    let (found, ignores) = match (only, ignore) {
        (None, None) => return None,
        (Some(_), Some(ignore)) => {
            let reason = format!("`{key}` and `{key}-ignore` stand side by side, which GitHub refuses.");
            return Some(Err(at(Verdict::no(reason), ignore, None)));
        }
        (Some(only), None) => (only, false),
        (None, Some(ignore)) => (ignore, true),
    };
    if found.patterns.is_empty() {
        let reason = format!("`{}` is empty, and what that means is not known.", found.key.value);
        let missing = format!("patterns of `{}`", found.key.value);
        return Some(Err(at(Verdict::unknown(reason, missing), found, None)));
    }
    Some(Ok((found, ignores)))
}

/// What a pair of filters says about one name; `None` when neither is there.
fn name_filter(trigger: &Trigger, key: &str, kind: &str, name: Option<&str>) -> Option<Verdict> {
    let (filter, ignores) = match pair(trigger, key)? {
        Ok(found) => found,
        Err(verdict) => return Some(verdict),
    };
    let Some(name) = name else {
        let reason = format!("It depends on the {kind}, which `{}` filters.", filter.key.value);
        return Some(at(Verdict::unknown(reason, kind), filter, None));
    };
    let found = glob::matches_list(&patterns(filter, Target::Ref), name);
    let pattern = found.decided_by.and_then(|index| filter.patterns.get(index)).map(|pattern| &pattern.value);
    let verdict = match (found.matched != ignores, pattern) {
        (true, Some(pattern)) => Verdict::yes(format!("the {kind} `{name}` matches `{pattern}`")),
        (true, None) => {
            Verdict::yes(format!("the {kind} `{name}` matches no pattern of `{}`", filter.key.value))
        }
        (false, Some(pattern)) if ignores => {
            Verdict::no(format!("The {kind} `{name}` matches `{pattern}` of `{}`.", filter.key.value))
        }
        (false, Some(pattern)) => {
            Verdict::no(format!("The pattern `{pattern}` excludes the {kind} `{name}`."))
        }
        (false, None) => {
            Verdict::no(format!("The {kind} `{name}` matches no pattern of `{}`.", filter.key.value))
        }
    };
    Some(at(verdict, filter, found.decided_by))
}

/// `branches` of events that know one branch; `None` when there is no filter.
pub(super) fn branches(trigger: &Trigger, kind: &str, branch: Option<&str>) -> Option<Verdict> {
    name_filter(trigger, "branches", kind, branch)
}

/// `branches` and `tags` of a push.
pub(super) fn pushed_ref(trigger: &Trigger, event: &Event) -> Option<Verdict> {
    let has = |key: &str| pair(trigger, key).is_some();
    let (branches, tags) = (has("branches"), has("tags"));
    if !branches && !tags {
        return None;
    }
    let Some((name, is_tag)) = event.short_ref() else {
        let reason = "It depends on the branch or tag that is pushed.";
        return Some(Verdict::unknown(reason, "branch or tag"));
    };
    let (own, other) = if is_tag { (tags, "branches") } else { (branches, "tags") };
    if own {
        let (key, kind) = if is_tag { ("tags", "tag") } else { ("branches", "branch") };
        return name_filter(trigger, key, kind, Some(name));
    }
    // Only the other kind is named, so this kind starts nothing.
    let key = trigger.filters.iter().find(|filter| filter.key.value.starts_with(other))?;
    let what = if is_tag {
        "Only branches are named, so the push of a tag"
    } else {
        "Only tags are named, so the push of a branch"
    };
    Some(at(Verdict::no(format!("{what} starts nothing.")), key, None))
}

/// `paths` and `paths-ignore`.
pub(super) fn changed_paths(trigger: &Trigger, event: &Event) -> Option<Verdict> {
    let (filter, ignores) = match pair(trigger, "paths")? {
        Ok(found) => found,
        Err(verdict) => return Some(verdict),
    };
    let key = filter.key.value.as_str();
    if event.name == "push" {
        match event.short_ref() {
            // A list of paths is not looked at for tags.
            Some((_, true)) => return None,
            Some((_, false)) => {}
            None => {
                let reason = format!(
                    "It depends on whether a branch or a tag is pushed: `{key}` counts for branches."
                );
                return Some(at(Verdict::unknown(reason, "branch or tag"), filter, None));
            }
        }
    }
    let verdict = by_files(filter, ignores, event.changed.as_deref());
    // Too many commits, and the workflow starts whatever the files are.
    let by_commits = event.name == "push" && verdict.answer != super::Answer::Yes;
    Some(match event.commits {
        Some(commits) if by_commits && commits > MAX_DIFF_COMMITS => at(
            Verdict::yes("more than 1,000 commits are pushed at once, so the files are not looked at"),
            filter,
            None,
        ),
        None if by_commits && verdict.answer == super::Answer::No => {
            let reason =
                format!("It depends on the number of commits: from 1,001 on, `{key}` is not looked at.");
            at(Verdict::unknown(reason, "number of commits"), filter, None)
        }
        _ => verdict,
    })
}

fn by_files(filter: &Filter, ignores: bool, changed: Option<&[String]>) -> Verdict {
    let key = filter.key.value.as_str();
    let Some(changed) = changed else {
        let reason = format!("It depends on the changed files, which `{key}` filters.");
        return at(Verdict::unknown(reason, "changed files"), filter, None);
    };
    if changed.is_empty() {
        return at(Verdict::no(format!("No file changed, so `{key}` lets nothing start.")), filter, None);
    }
    let patterns = patterns(filter, Target::Path);
    let test = if ignores { glob::paths_ignore_pass } else { glob::paths_match };
    let found = test(&patterns, changed);
    let Some((file, pattern)) = found.decided_by.filter(|_| found.runs) else {
        let reason: Cow<'static, str> = match (ignores, changed) {
            (true, [one]) => format!("`{one}`, the only changed file, matches `{key}`.").into(),
            (true, _) => format!("Every changed file matches `{key}`.").into(),
            (false, [one]) => format!("`{one}`, the only changed file, does not match `{key}`.").into(),
            (false, _) => format!("None of the changed files matches `{key}`.").into(),
        };
        let decider =
            if changed.len() == 1 { glob::matches_list(&patterns, &changed[0]).decided_by } else { None };
        return at(Verdict::no(reason), filter, decider);
    };
    if changed.len() > MAX_DIFF_FILES {
        // Which 300 files GitHub sees is not told; some of those that count are among them when few do not count.
        let others =
            changed.iter().filter(|path| glob::matches_list(&patterns, path).matched == ignores).count();
        if others >= MAX_DIFF_FILES {
            let reason = format!(
                "It depends on which 300 files GitHub compares with `{key}`: it does not look at more."
            );
            return at(Verdict::unknown(reason, "first 300 changed files"), filter, None);
        }
    }
    let path = changed.get(file).map_or("", String::as_str);
    let name = pattern.and_then(|index| filter.patterns.get(index)).map(|pattern| pattern.value.as_str());
    let reason = match name {
        Some(name) if !ignores => format!("`{path}` matches `{name}`"),
        _ => format!("`{path}` is not among what `{key}` leaves out"),
    };
    at(Verdict::yes(reason), filter, pattern)
}
