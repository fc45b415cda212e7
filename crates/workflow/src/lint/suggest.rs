//! The nearest of some words.

/// The word that `written` was most likely meant to be: the same but for case, for `-` and `_`, or for one or two
/// slips of a finger (one in a short word).
pub(crate) fn nearest<'w>(written: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // Several words are not meant to be one of them.
    if written.contains(',') {
        return None;
    }
    let written = plain(written);
    let length = written.len();
    let allowed = match length {
        0..=1 => 0,
        2..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    words
        .into_iter()
        .filter_map(|word| {
            let other = plain(word);
            if other.len().abs_diff(length) > allowed {
                return None;
            }
            let distance = distance(&written, &other, allowed)?;
            // Two letters are so little that only a lost one makes them another word.
            (length > 2 || distance == 0 || other.len() > length).then_some((distance, word))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// In lower case, without what joins words.
fn plain(text: &str) -> Vec<char> {
    let letters = text.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    if text.is_ascii() {
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    letters.flat_map(char::to_lowercase).collect()
}

/// The one word that begins as `written` does, but for a slip: `timeout` is meant to be `timeout-minutes`.
pub(crate) fn begun<'w>(written: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let written = plain(written);
    let length = written.len();
    let begins = |word: &str| {
        let word = plain(word);
        match length {
            0..=3 => false,
            4..=5 => word.starts_with(&written),
            _ => (length - 1..=length + 1)
                .any(|count| distance(&word[..count.min(word.len())], &written, 1).is_some()),
        }
    };
    let mut found = words.into_iter().filter(|word| begins(word));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The word of a fixed set that was most likely meant: the nearest, or the one word that goes on as `written` begins
/// (`sync` is meant to be `synchronize`), or the longest one with which `written` begins (`readonly`: `read`).
pub(crate) fn meant<'w>(written: &str, words: impl IntoIterator<Item = &'w str> + Clone) -> Option<&'w str> {
    let own = plain(written);
    let starts = |long: &[char], short: &[char]| short.len() > 2 && long.starts_with(short);
    let longer = || {
        let mut found = words.clone().into_iter().filter(|word| starts(&plain(word), &own));
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    };
    let shorter = || {
        let found = words.clone().into_iter().filter(|word| word.len() > 3 && starts(&own, &plain(word)));
        found.max_by_key(|word| word.len())
    };
    nearest(written, words.clone()).or_else(longer).or_else(shorter)
}

/// How many characters must be changed, added, left out or swapped with the next; `None`: more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let (a, b) = (&a[..a.len().min(64)], &b[..b.len().min(64)]);
    let mut before: Vec<usize> = vec![usize::MAX; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = last.clone();
    let least = |row: &[usize]| row.iter().copied().min().unwrap_or_default();
    for (i, x) in a.iter().enumerate() {
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && *x == b[j - 1] {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        // No row has less than the one before it, or than what a swap makes of the one before that.
        if least(&row) > most && least(&last) >= most {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

/// Words in backquotes, joined by commas, at most `most` of them.
pub(crate) fn list<'w>(words: impl IntoIterator<Item = &'w str>, most: usize) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let mut text = words.iter().take(most).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    if words.len() > most {
        text.push_str(", …");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{begun, meant, nearest};

    #[test]
    fn words_of_a_set_may_be_cut_short_or_run_on() {
        let types = [
            "opened",
            "reopened",
            "labeled",
            "unlabeled",
            "synchronize",
            "auto_merge_enabled",
            "auto_merge_disabled",
        ];
        for (written, known) in [
            ("open", Some("opened")),
            ("label", Some("labeled")),
            ("sync", Some("synchronize")),
            ("auto_merge", None),
            ("op", None),
            ("created", None),
        ] {
            assert_eq!(meant(written, types), known, "{written}");
        }
        assert_eq!(meant("str", ["string", "number"]), Some("string"));
        assert_eq!(meant("readonly", ["read", "write", "none"]), Some("read"));
        assert_eq!(meant("none-at-all", ["read", "none"]), Some("none"));
    }

    #[test]
    fn finds_what_was_left_unfinished() {
        let keys =
            ["timeout-minutes", "working-directory", "branches", "branches-ignore", "cancel-in-progress"];
        for (written, meant) in [
            ("timeout", Some("timeout-minutes")),
            ("timout", Some("timeout-minutes")),
            ("working-dir", Some("working-directory")),
            ("cancel", Some("cancel-in-progress")),
            ("bran", None),
            ("can", None),
            ("minutes", None),
        ] {
            assert_eq!(begun(written, keys), meant, "{written}");
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let keys = ["runs-on", "steps", "needs", "if", "timeout-minutes", "env"];
        for (written, meant) in [
            ("run-on", Some("runs-on")),
            ("runs_on", Some("runs-on")),
            ("Steps", Some("steps")),
            ("stpes", Some("steps")),
            ("timeout-minuets", Some("timeout-minutes")),
            ("timeoutMinutes", Some("timeout-minutes")),
            ("evn", Some("env")),
            ("IF", Some("if")),
            ("of", None),
            ("container", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, keys), meant, "{written}");
        }
    }
}
