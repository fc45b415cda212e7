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
        let kept = common(&known, items);
        if kept.is_empty() && known.iter().all(Option::is_some) {
            return self.set(path, &all());
        }
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
