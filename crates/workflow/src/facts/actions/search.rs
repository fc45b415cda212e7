//! Finding an action by words.

use super::Action;

pub(super) fn search<'a>(actions: &'a [Action], query: &str) -> Vec<&'a Action> {
    let query = query.to_lowercase();
    // What stands behind `@` is a version, which is no word to look for.
    let words = query.split_whitespace().filter_map(|word| word.split('@').next());
    let words: Vec<&str> = words.flat_map(|word| word.split('/')).filter(|word| !word.is_empty()).collect();
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

/// How well one word fits; `None`: not at all.
fn score(action: &Action, word: &str) -> Option<u32> {
    let slug = action.slug.to_lowercase();
    let (owner, name) = slug.split_once('/').unwrap_or(("", &slug));
    let title = action.title.to_lowercase();
    [
        (name == word, 50),
        (starts_word(&title, word), 30),
        (starts_word(name, word), 30),
        (name.contains(word), 15),
        (owner.starts_with(word), 12),
        (title.contains(word), 10),
        (starts_word(&action.category.to_lowercase(), word), 9),
        (starts_word(&action.doc.to_lowercase(), word), 6),
    ]
    .into_iter()
    .filter_map(|(fits, score)| fits.then_some(score))
    .max()
}

/// Whether a word of `text` starts with `start`.
fn starts_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric()))
}
