//! A list of texts that becomes another one, with as few changes as possible.

use stepladder_yaml::edit;
use stepladder_yaml::{Kind, Path};

use super::super::{Refusal, Value, shape};
use super::{Draft, is_text};

impl Draft<'_> {
    /// Makes the list at `path` hold these texts, with as few changes as possible.
    pub(in crate::edits) fn set_list(&mut self, path: &Path, items: &[String]) -> Result<(), Refusal> {
        let path = &edit::written_path(self.tree(), path, true)?;
        let all = || shape::list(&items.iter().map(|item| Value::Str(item.clone())).collect::<Vec<_>>());
        if items.is_empty() {
            return self.remove_with_empty_parents(path);
        }
        let Some(node) =
            self.tree().at(path).filter(|node| !node.is_null() && !node.is_empty() || is_text(node))
        else {
            return self.set(path, &all());
        };
        match node.kind() {
            Kind::Scalar => {
                if items.len() == 1 && node.as_str() == Some(&items[0]) {
                    return Ok(());
                }
                if items.len() == 1 {
                    return self.set(path, &Value::Str(items[0].clone()));
                }
                self.make(|tree| edit::wrap_in_sequence(tree, path))?;
            }
            Kind::Mapping => return self.set(path, &all()),
            Kind::Sequence | Kind::Alias => {}
        }
        let known: Vec<Option<String>> = self
            .tree()
            .at(path)
            .into_iter()
            .flat_map(|list| list.items())
            .map(|item| item.as_str().map(str::to_owned))
            .collect();
        let Some(known) = known.iter().cloned().collect::<Option<Vec<String>>>() else {
            return self.change_around(path, &known, items);
        };
        let entries = entries(&known, items);
        let stays = |at: usize| entries.iter().any(|entry| entry.old == Some(at));
        // Where the old ones stand on the way; in their own place they get their new text.
        let mut now: Vec<Option<usize>> = (0..known.len()).map(Some).collect();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(old) = entry.old.filter(|old| known[*old] != items[at]) {
                self.set(&path.child(old), &Value::Str(items[at].clone()))?;
            }
        }
        for old in (0..known.len()).rev().filter(|old| !stays(*old)) {
            if now.len() == 1 {
                return self.set(path, &all());
            }
            self.remove(&path.child(old))?;
            now.remove(old);
        }
        // Those that change places go behind the last one in its place that stands before them.
        let place = |old: &Option<usize>| entries.iter().position(|entry| entry.old == *old);
        let mut in_place: Vec<_> =
            entries.iter().filter(|entry| !entry.moves).map(|entry| entry.old).collect();
        for entry in entries.iter().filter(|entry| entry.moves) {
            let from = now.iter().position(|old| *old == entry.old).unwrap_or_default();
            let moved = now.remove(from);
            let is_before = |old: &Option<usize>| in_place.contains(old) && place(old) < place(&entry.old);
            let to = now.iter().rposition(is_before).map_or(0, |at| at + 1);
            now.insert(to, moved);
            in_place.push(moved);
            if from != to {
                self.make(|tree| edit::move_item(tree, path, from, to))?;
            }
        }
        for (at, _) in entries.iter().enumerate().filter(|(_, entry)| entry.old.is_none()) {
            self.insert_item(path, at, &Value::Str(items[at].clone()))?;
        }
        Ok(())
    }

    /// As [`Self::set_list`], for a list that has values which are no texts: they stay where they are.
    fn change_around(
        &mut self,
        path: &Path,
        known: &[Option<String>],
        items: &[String],
    ) -> Result<(), Refusal> {
        let kept = common(known, items);
        // New items first, from the end, then the removals: the list is never empty on the way.
        let mut at_end = known.len();
        for at in (0..items.len()).rev() {
            match kept.iter().find(|(_, new)| *new == at) {
                Some((old, _)) => at_end = *old,
                None => self.insert_item(path, at_end, &Value::Str(items[at].clone()))?,
            }
        }
        // Where each old item stands now: behind the new ones that were put before it.
        for old in (0..known.len()).rev() {
            if known[old].is_none() || kept.iter().any(|(kept, _)| *kept == old) {
                continue;
            }
            let before = (0..items.len())
                .filter(|new| !kept.iter().any(|(_, kept)| kept == new))
                .filter(|new| {
                    kept.iter().filter(|(_, k)| k > new).map(|(o, _)| *o).min().unwrap_or(known.len()) <= old
                })
                .count();
            self.remove(&path.child(old + before))?;
        }
        Ok(())
    }
}

/// An item of the list as it shall be.
struct Entry {
    /// Which of the old items it is; `None`: a new one.
    old: Option<usize>,
    /// Whether that one stands elsewhere among those that stay.
    moves: bool,
}

/// Which old item each new one is: the same text where it is in order, else the same text elsewhere, else the old one that
/// stood between the same neighbours, which gets another text.
fn entries(known: &[String], items: &[String]) -> Vec<Entry> {
    let all: Vec<_> = known.iter().cloned().map(Some).collect();
    let mut entries: Vec<Entry> = items.iter().map(|_| Entry { old: None, moves: false }).collect();
    let mut free: Vec<bool> = known.iter().map(|_| true).collect();
    for (old, new) in common(&all, items) {
        (entries[new].old, free[old]) = (Some(old), false);
    }
    for new in 0..items.len() {
        let elsewhere = (0..known.len()).find(|old| free[*old] && known[*old] == items[new]);
        if let Some(old) = elsewhere.filter(|_| entries[new].old.is_none()) {
            (entries[new], free[old]) = (Entry { old: Some(old), moves: true }, false);
        }
    }
    // Behind the last one that stays, and before the next one.
    let mut next = 0;
    for new in 0..items.len() {
        match entries[new] {
            Entry { old: Some(old), moves: false } => next = old + 1,
            Entry { old: None, .. } => {
                let end = entries[new..].iter().find(|entry| !entry.moves && entry.old.is_some());
                let end = end.and_then(|entry| entry.old).unwrap_or(known.len());
                if let Some(old) = (next..end).find(|old| free[*old]) {
                    (entries[new].old, free[old]) = (Some(old), false);
                    next = old + 1;
                }
            }
            Entry { .. } => {}
        }
    }
    entries
}

/// The longest common subsequence: pairs of positions.
fn common(old: &[Option<String>], new: &[String]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for (i, old) in old.iter().enumerate().rev() {
        for (j, new) in new.iter().enumerate().rev() {
            best[i][j] = if old.as_ref() == Some(new) {
                best[i + 1][j + 1] + 1
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i].as_ref() == Some(&new[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
