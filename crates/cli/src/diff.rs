//! What changed, line by line.

/// Lines shown around a change.
const AROUND: usize = 3;

/// The changes from `old` to `new` in the unified form; empty when they are equal.
pub(crate) fn unified(name: &str, old: &str, new: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = matches(&a, &b);
    let mut out = format!("--- a/{name}\n+++ b/{name}\n");
    let (mut i, mut j) = (0, 0);
    let mut hunks: Vec<Vec<(char, usize, usize)>> = Vec::new();
    // Every line of both, marked as kept, gone or new.
    let mut lines: Vec<(char, usize, usize)> = Vec::new();
    for (x, y) in same.into_iter().chain([(a.len(), b.len())]) {
        lines.extend((i..x).map(|line| ('-', line, j)));
        lines.extend((j..y).map(|line| ('+', x, line)));
        if x < a.len() || y < b.len() {
            lines.push((' ', x, y));
        }
        (i, j) = (x + 1, y + 1);
    }
    let mut last_change = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.0 != ' ') {
        let from = at.saturating_sub(AROUND);
        match (last_change, hunks.last_mut()) {
            (Some(last), Some(hunk)) if from <= last + AROUND + 1 => {
                hunk.extend(lines[last + 1..=at].iter().copied());
            }
            _ => hunks.push(lines[from..=at].to_vec()),
        }
        let _ = line;
        let next_change = lines[at + 1..].iter().position(|line| line.0 != ' ').map_or(usize::MAX, |n| n + 1);
        if next_change > 2 * AROUND + 1 {
            let end = (at + 1 + AROUND).min(lines.len());
            if let Some(hunk) = hunks.last_mut() {
                hunk.extend(lines[at + 1..end].iter().copied());
            }
        }
        last_change = Some(at);
    }
    for hunk in hunks {
        let Some((_, x, y)) = hunk.first() else { continue };
        let count = |sign: char| hunk.iter().filter(|line| line.0 == sign || line.0 == ' ').count();
        out.push_str(&format!("@@ -{},{} +{},{} @@\n", x + 1, count('-'), y + 1, count('+')));
        for (sign, x, y) in &hunk {
            let line = if *sign == '+' { b.get(*y) } else { a.get(*x) };
            out.push(*sign);
            out.push_str(line.copied().unwrap_or_default());
            out.push('\n');
        }
    }
    out
}

/// Pairs of lines that are the same in both, rising.
fn matches(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (mid_a, mid_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|n| (n, n)).collect();
    // The longest common run of lines; of very long middles nothing is kept.
    if mid_a.len() * mid_b.len() <= 4_000_000 {
        let width = mid_b.len() + 1;
        let mut longest = vec![0u32; (mid_a.len() + 1) * width];
        for i in (0..mid_a.len()).rev() {
            for j in (0..mid_b.len()).rev() {
                longest[i * width + j] = if mid_a[i] == mid_b[j] {
                    longest[(i + 1) * width + j + 1] + 1
                } else {
                    longest[(i + 1) * width + j].max(longest[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < mid_a.len() && j < mid_b.len() {
            if mid_a[i] == mid_b[j] {
                pairs.push((head + i, head + j));
                (i, j) = (i + 1, j + 1);
            } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    pairs.extend((0..tail).rev().map(|n| (a.len() - 1 - n, b.len() - 1 - n)));
    pairs
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn shows_changes_with_lines_around() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\n13\n";
        assert_eq!(
            unified("f", old, new),
            "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+13\n"
        );
    }

    #[test]
    fn near_changes_share_a_hunk() {
        assert_eq!(unified("f", "a\nb\nc\nd\n", "A\nb\nc\nD\n").matches("@@ -").count(), 1);
    }
}
