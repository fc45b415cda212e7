//! What was worked out about other files, kept from one analysis to the next.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use crate::Finding;
use crate::lint::interface::{Callee, Interface};

/// Most files that are remembered; then all are forgotten.
const MOST: usize = 2_000;

/// Remembers what other files of the repository say, so that they are read once and not with every analysis. It changes
/// nothing but the time; clones share it.
#[derive(Clone, Default)]
pub struct Memo(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    callees: Known<Arc<Callee>>,
    actions: Known<Option<Arc<Interface>>>,
    problems: Known<Arc<Vec<Finding>>>,
    published: BTreeMap<(usize, String), Option<Arc<Interface>>>,
}

/// By path and by where the text lies in memory. The text is kept, so that no other can come to lie there.
type Known<T> = BTreeMap<(String, usize), (Arc<str>, T)>;

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

impl Memo {
    pub(crate) fn callee(
        &self,
        path: &str,
        text: &Arc<str>,
        make: impl FnOnce() -> Arc<Callee>,
    ) -> Arc<Callee> {
        self.known(|kept| &mut kept.callees, path, text, make)
    }

    pub(crate) fn action(
        &self,
        path: &str,
        text: &Arc<str>,
        make: impl FnOnce() -> Option<Arc<Interface>>,
    ) -> Option<Arc<Interface>> {
        self.known(|kept| &mut kept.actions, path, text, make)
    }

    pub(crate) fn problems(
        &self,
        path: &str,
        text: &Arc<str>,
        make: impl FnOnce() -> Arc<Vec<Finding>>,
    ) -> Arc<Vec<Finding>> {
        self.known(|kept| &mut kept.problems, path, text, make)
    }

    /// An action of the catalogue that lies at the address `catalogue`, which lives as long as this.
    pub(crate) fn published(
        &self,
        catalogue: usize,
        uses: &str,
        make: impl FnOnce() -> Option<Arc<Interface>>,
    ) -> Option<Arc<Interface>> {
        let key = (catalogue, uses.to_owned());
        if let Some(known) = self.0.lock().ok().and_then(|kept| kept.published.get(&key).cloned()) {
            return known;
        }
        let made = make();
        if let Ok(mut kept) = self.0.lock() {
            if kept.published.len() >= MOST {
                kept.published.clear();
            }
            kept.published.insert(key, made.clone());
        }
        made
    }

    /// The lock is not held while something is made, since that may ask again.
    fn known<T: Clone>(
        &self,
        which: impl Fn(&mut Kept) -> &mut Known<T>,
        path: &str,
        text: &Arc<str>,
        make: impl FnOnce() -> T,
    ) -> T {
        let key = (path.to_owned(), Arc::as_ptr(text).cast::<u8>() as usize);
        if let Ok(mut kept) = self.0.lock()
            && let Some((_, known)) = which(&mut kept).get(&key)
        {
            return known.clone();
        }
        let made = make();
        if let Ok(mut kept) = self.0.lock() {
            let known = which(&mut kept);
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(key, (Arc::clone(text), made.clone()));
        }
        made
    }
}
