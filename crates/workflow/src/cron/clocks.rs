//! When a schedule runs by clocks that change: in spring an hour is skipped, in autumn one comes twice.

use super::{Civil, Cron};

/// Longer than any clock is ahead of or behind UTC, so that a change of the clocks lies within it.
const DAY: i64 = 24 * 60;

impl Cron {
    /// The next `n` runs after `from` (never at `from`), rising, all in minutes since 1970-01-01 00:00 UTC. `offset` tells
    /// how many minutes the clocks of the schedule are ahead of UTC at such a minute; where it cannot tell, no runs come.
    ///
    /// A time that the clocks skip is made up for as soon as they go on, as GitHub does it: 02:30 at 03:00.
    #[must_use]
    pub fn next_runs_by(&self, from: i64, n: usize, offset: impl Fn(i64) -> Option<i64>) -> Vec<i64> {
        self.runs_by(from, n, &offset).unwrap_or_default()
    }

    fn runs_by(&self, from: i64, n: usize, offset: &impl Fn(i64) -> Option<i64>) -> Option<Vec<i64>> {
        let mut runs: Vec<i64> = Vec::new();
        // Clocks that will be put back show again what is past.
        let mut shown = from + offset(from)?.min(offset(from + DAY)?) - 1;
        while let Some(next) = self.next_runs(Civil::from_minutes(shown), 1, 0).first() {
            shown = next.to_minutes();
            let moments = moments(shown, offset)?;
            // What comes later may only come before these where the clocks were put back.
            if runs.len() >= n && moments.first() > runs.get(n.saturating_sub(1)) {
                break;
            }
            runs.extend(moments.into_iter().filter(|moment| *moment > from));
            runs.sort_unstable();
            runs.dedup();
        }
        runs.truncate(n);
        Some(runs)
    }
}

/// When clocks show `shown`, rising: once mostly, twice where they are put back; where they skip it, when they go on.
fn moments(shown: i64, offset: &impl Fn(i64) -> Option<i64>) -> Option<Vec<i64>> {
    let (mut before, mut after) = (shown - DAY, shown + DAY);
    let (old, new) = (offset(before)?, offset(after)?);
    if old == new {
        return Some(vec![shown - old]);
    }
    let (by_old, by_new) = (shown - old, shown - new);
    let moments = [(offset(by_old)? == old).then_some(by_old), (offset(by_new)? == new).then_some(by_new)];
    let moments: Vec<i64> = moments.into_iter().flatten().collect();
    if !moments.is_empty() {
        return Some(moments);
    }
    while after - before > 1 {
        let middle = before.midpoint(after);
        if offset(middle)? == old { before = middle } else { after = middle }
    }
    Some(vec![after])
}
