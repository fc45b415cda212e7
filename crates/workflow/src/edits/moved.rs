//! Where things are after one of them has been moved.

use stepladder_yaml::{Path, Step};

/// What an edit has taken from one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its path before the edit.
    pub from: Path,
    /// Its path after the edit.
    pub to: Path,
}

impl Moved {
    /// The same way back.
    #[must_use]
    pub fn back(self) -> Self {
        Self { from: self.to, to: self.from }
    }

    /// Where that is afterwards which was at `path`: what lies in it goes with it, and its neighbours in a list close up and
    /// make room.
    #[must_use]
    pub fn lead(&self, path: &Path) -> Path {
        if self.from.contains(path) {
            let below = &path.steps()[self.from.steps().len()..];
            return Path([self.to.steps(), below].concat());
        }
        let mut path = path.clone();
        if let Some((at, from)) = neighbour(&mut path, &self.from)
            && *at > from
        {
            *at -= 1;
        }
        if let Some((at, to)) = neighbour(&mut path, &self.to)
            && *at >= to
        {
            *at += 1;
        }
        path
    }
}

/// The position of the item of the list that `item` is in, when `path` lies in such an item, and that of `item`.
fn neighbour<'p>(path: &'p mut Path, item: &Path) -> Option<(&'p mut usize, usize)> {
    let (Step::Index(own), list) = item.steps().split_last()? else { return None };
    if !path.steps().starts_with(list) {
        return None;
    }
    match path.0.get_mut(list.len())? {
        Step::Index(at) => Some((at, *own)),
        Step::Key(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;

    #[test]
    fn neighbours_close_up_and_make_room() {
        let step = |job: &str, at: usize| path!["jobs", job, "steps", at];
        let within = Moved { from: step("a", 0), to: step("a", 2) };
        for (before, after) in [(0, 2), (1, 0), (2, 1), (3, 3)] {
            assert_eq!(within.lead(&step("a", before).child("with")), step("a", after).child("with"));
            assert_eq!(within.clone().back().lead(&step("a", after)), step("a", before));
        }
        let between = Moved { from: step("a", 1), to: step("b", 0) };
        assert_eq!(between.lead(&step("a", 0)), step("a", 0));
        assert_eq!(between.lead(&step("a", 1)), step("b", 0));
        assert_eq!(between.lead(&step("a", 2)), step("a", 1));
        assert_eq!(between.lead(&step("b", 0)), step("b", 1));
        assert_eq!(between.lead(&path!["jobs", "a", "env"]), path!["jobs", "a", "env"]);
    }

    #[test]
    fn what_lies_in_a_group_goes_with_it() {
        let steps = path!["jobs", "a", "steps"];
        let group = Moved { from: steps.child(1), to: steps.child(0) };
        assert_eq!(
            group.lead(&steps.child(1).child("parallel").child(2)),
            steps.child(0).child("parallel").child(2)
        );
        assert_eq!(
            group.lead(&steps.child(0).child("parallel").child(2)),
            steps.child(1).child("parallel").child(2)
        );
    }
}
