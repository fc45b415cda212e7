//! Lines that are indented by tabs.

use super::Repair;
use crate::TextRange;

impl Repair<'_> {
    /// Makes spaces of the tabs that indent this line and those that follow it. When it would take in what is indented by
    /// spaces below it, it is read at the column of the keys above, or all of that is hidden.
    pub(super) fn replace_tabs(&mut self, from: usize) -> bool {
        let has_tabs = |line: &usize| self.indent(*line).contains(&b'\t') || self.line(*line).is_empty();
        let run: Vec<usize> = (from..self.lines().lines()).take_while(has_tabs).collect();
        let full = run.iter().copied().filter(|line| !self.line(*line).is_empty());
        let full: Vec<usize> = full.collect();
        let takes_in = full.last().is_some_and(|last| self.below(*last).is_some());
        let key = |line: usize| self.row(line).and_then(|row| row.key).map_or(0, str::len);
        if let [line] = full.as_slice()
            && let Some(column) = self.own_home(*line)
            && column < self.indent(*line).len() + key(*line)
        {
            return self.align(*line, column);
        }
        if let (true, [line]) = (takes_in, full.as_slice())
            && self.row(*line).is_some_and(|row| row.head)
            && self.indent(*line).starts_with(b" ")
            && let Some(column) =
                self.home(*line, |level| level.column.abs_diff(self.indent(*line).len()) == 1)
            && column < self.indent(*line).len() + key(*line)
        {
            return self.align(*line, column);
        }
        // What a key above waits for may take in what is below it.
        let is_awaited = |line: usize| {
            let own = self.indent(line).len();
            let below = self.below(line).map_or(0, |below| self.indent(below).len());
            let above = self.rows(0..line).next_back().filter(|(_, above)| above.head);
            self.row(line).is_some_and(|row| row.head)
                && above.is_some_and(|(_, above)| above.content() < own && below > above.content() + 2)
                && below > own
        };
        let takes_in = takes_in && !matches!(full.as_slice(), [line] if is_awaited(*line));
        let mut changed = false;
        for line in full {
            if takes_in {
                changed |= self.mask_line(line);
            } else {
                let (start, content) = (self.lines().line_start(line), self.line(line));
                changed |= self.replace(TextRange::new(start, content.start), |_| b' ');
            }
        }
        changed
    }
}
