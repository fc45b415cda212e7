//! The name that was probably meant.

/// The candidate that is most like `name`, if one is so like it that it was probably meant: few letters differ, are
/// missing, too many or swapped; case does not count.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    if wanted.len() > 64 {
        return None;
    }
    let most = match wanted.len() {
        0..=3 => 1,
        4..=5 => 2,
        _ => wanted.len() / 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        // Who gets the beginning right may err once more.
        let same = letters.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        let most = if same >= 3 { most + 1 } else { most };
        if letters.is_empty() || letters.len().abs_diff(wanted.len()) > most {
            continue;
        }
        let found = distance(&wanted, &letters);
        // Nothing in common is no likeness, however short both are.
        if found <= most
            && found < letters.len().min(wanted.len())
            && best.is_none_or(|(least, _)| found < least)
        {
            best = Some((found, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let replace = last[j] + usize::from(a[i] != b[j]);
            let mut least = replace.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["event", "event_name", "ref", "ref_name", "repository", "sha"];
        assert_eq!(nearest("events", names), Some("event"));
        assert_eq!(nearest("REF-NAME", names), Some("ref_name"));
        assert_eq!(nearest("repositroy", names), Some("repository"));
        assert_eq!(nearest("shA", names), Some("sha"));
        assert_eq!(nearest("failed", ["success", "failure"]), Some("failure"));
        assert_eq!(nearest("branch", names), None);
        assert_eq!(nearest("x", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("ab", ["cd"]), None);
        assert_eq!(nearest("foo", ["job", "env"]), None);
        assert_eq!(nearest("evn", ["job", "env"]), Some("env"));
    }
}
