//! Where somebody was before an edit, and where it has brought them, so that who takes it back is there again.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use stepladder_workflow::edits::Moved;
use stepladder_yaml::Path;

/// Edits that are remembered.
const REMEMBERED: usize = 64;

/// The last edits that brought somebody elsewhere. Copies of texts are known by their hashes.
#[derive(Default)]
pub(super) struct Places {
    all: VecDeque<Place>,
    /// Whether what is selected now is still part of the last edit.
    fresh: bool,
}

#[derive(Clone)]
struct Place {
    texts: [u64; 2],
    paths: [Path; 2],
    moved: Option<Moved>,
}

/// Which way the history goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Undo = 0,
    Redo = 1,
}

impl Places {
    /// An edit has made `after` of `before`, while `path` was selected, and `moved` something. What is selected until
    /// [`Self::settle`] is where it has led.
    pub(super) fn add(&mut self, before: &str, after: &str, path: Path, moved: Option<Moved>) {
        self.all.push_back(Place { texts: [hash(before), hash(after)], paths: [path.clone(), path], moved });
        if self.all.len() > REMEMBERED {
            self.all.pop_front();
        }
        self.fresh = true;
    }

    /// `path` is selected now.
    pub(super) fn select(&mut self, path: &Path) {
        if let Some(last) = self.all.back_mut().filter(|_| self.fresh) {
            last.paths[1] = path.clone();
        }
    }

    /// The edit is over: who selects something now goes elsewhere by themselves.
    pub(super) fn settle(&mut self) {
        self.fresh = false;
    }

    /// Where somebody shall be, who is at `now` while the history has gone from `old` to `new`; `None`: where they are.
    /// `is_there` tells whether `now` is there still.
    pub(super) fn on_the_way(
        &self,
        way: Way,
        (old, new): (&str, &str),
        now: &Path,
        is_there: bool,
    ) -> Option<Path> {
        let (to, from) = (way as usize, 1 - way as usize);
        let place = self.passed(way, (old, new))?;
        let path = &place.paths[to];
        (path != now && (place.paths[from] == *now || !is_there)).then(|| path.clone())
    }

    /// What is moved when the history goes from `old` to `new`.
    pub(super) fn moved(&self, way: Way, (old, new): (&str, &str)) -> Option<Moved> {
        let moved = self.passed(way, (old, new))?.moved.clone()?;
        Some(if way == Way::Undo { moved.back() } else { moved })
    }

    /// The edit between `old` and `new`.
    fn passed(&self, way: Way, (old, new): (&str, &str)) -> Option<&Place> {
        let (to, from) = (way as usize, 1 - way as usize);
        let texts = [hash(new), hash(old)];
        self.all.iter().rev().find(|place| [place.texts[to], place.texts[from]] == texts)
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;

    #[test]
    fn who_takes_back_is_where_they_were() {
        let mut places = Places::default();
        places.add("one", "two", path!["jobs", "build"], None);
        places.select(&path!["jobs", "build-2"]);
        places.settle();
        places.select(&path!["jobs", "deploy"]);
        let (build, copy, deploy) =
            (path!["jobs", "build"], path!["jobs", "build-2"], path!["jobs", "deploy"]);
        let back = |now: &Path, is_there| places.on_the_way(Way::Undo, ("two", "one"), now, is_there);
        assert_eq!(back(&copy, true), Some(build.clone()));
        // Who has gone elsewhere stays there, as long as that is there.
        assert_eq!(back(&deploy, true), None);
        assert_eq!(back(&deploy, false), Some(build.clone()));
        assert_eq!(places.on_the_way(Way::Redo, ("one", "two"), &build, true), Some(copy));
        assert_eq!(places.on_the_way(Way::Redo, ("two", "one"), &build, true), None);
    }
}
