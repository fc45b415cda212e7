//! Finding an action by words.

use super::Action;
use crate::lint::suggest::nearest;

pub(super) fn search<'a>(actions: &'a [Action], query: &str) -> Vec<&'a Action> {
    let query = query.to_lowercase();
    // What stands behind `@` is a version, which is no word to look for.
    let words = query.split_whitespace().filter_map(|word| word.split('@').next());
    let words: Vec<&str> = words.flat_map(|word| word.split('/')).filter(|word| !word.is_empty()).collect();
    let found = fitting(actions, &words, score);
    // What fits nothing may be a slip of a finger.
    if found.is_empty() {
        fitting(actions, &words, |action, word| score(action, word).or_else(|| slipped(action, word)))
    } else {
        found
    }
}

/// The actions whose `score` has something for all words, the best first.
fn fitting<'a>(
    actions: &'a [Action],
    words: &[&str],
    score: impl Fn(&Action, &str) -> Option<u32>,
) -> Vec<&'a Action> {
    let mut found: Vec<(u32, &Action)> = actions
        .iter()
        // Of some, only the outdated versions are known.
        .filter(|action| !action.versions.is_empty())
        .filter_map(|action| {
            let scores = words.iter().map(|word| score(action, word));
            let total = scores.collect::<Option<Vec<u32>>>()?.into_iter().sum::<u32>();
            Some((total, action))
        })
        .collect();
    found
        .sort_by(|(a, first), (b, second)| (b, first.rank, &first.slug).cmp(&(a, second.rank, &second.slug)));
    found.into_iter().map(|(_, action)| action).collect()
}

/// How well a word fits that was mistyped: the name of the action before a word of its title.
fn slipped(action: &Action, word: &str) -> Option<u32> {
    let (_, name) = action.slug.split_once('/')?;
    let words = |text: &str| -> bool {
        nearest(word, text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2)).is_some()
    };
    // A short word is near to too many.
    if word.len() < 4 {
        return None;
    }
    if nearest(word, [name]).is_some() {
        Some(5)
    } else if words(name) {
        Some(4)
    } else {
        words(&action.title).then_some(2)
    }
}

/// How well one word fits; `None`: not at all.
fn score(action: &Action, word: &str) -> Option<u32> {
    let slug = action.slug.to_lowercase();
    let (owner, name) = slug.split_once('/').unwrap_or(("", &slug));
    let title = action.title.to_lowercase();
    [
        (name == word, 50),
        (starts_word(&title, word), 30),
        (starts_word(name, word), 30),
        (action.words.split(' ').any(|own| own == word), 30),
        (name.contains(word), 15),
        (owner.starts_with(word), 12),
        (title.contains(word), 10),
        (starts_word(&action.category.to_lowercase(), word), 9),
        (starts_word(&action.doc.to_lowercase(), word), 6),
        // Of a word that is still being typed, two letters fit too much.
        (word.len() > 2 && action.words.split(' ').any(|own| own.starts_with(word)), 6),
    ]
    .into_iter()
    .filter_map(|(fits, score)| fits.then_some(score))
    .max()
    // What nobody looks after any more comes behind what does the same.
    .map(|score| if title.ends_with("(old)") { score / 2 } else { score })
}

/// Whether a word of `text` starts with `start`.
fn starts_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric()))
}
