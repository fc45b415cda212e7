//! What an expression may use at its place.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::contexts::CONTEXTS;
use super::functions::{FUNCTIONS, Function, Place};
use super::types::Type;

/// The contexts with their types, and the functions, that exist at some place.
#[derive(Clone, Debug)]
pub struct Scope {
    contexts: Vec<Entry>,
    functions: Vec<(&'static str, u8, u8)>,
}

#[derive(Clone, Debug)]
struct Entry {
    name: Cow<'static, str>,
    ty: Type,
    available: bool,
}

/// Built once; copies share their objects.
static BASE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    CONTEXTS
        .iter()
        .map(|context| Entry { name: context.name.into(), ty: context.ty(), available: false })
        .collect()
});

impl Scope {
    /// A place where `contexts` are available, with the types that hold for every workflow, and of the functions that
    /// are not allowed everywhere those in `functions`: name, fewest and most arguments (255: any number).
    #[must_use]
    pub fn new(contexts: &[&str], functions: impl IntoIterator<Item = (&'static str, u8, u8)>) -> Self {
        let mut entries = BASE.clone();
        for entry in &mut entries {
            entry.available = contexts.iter().any(|name| name.eq_ignore_ascii_case(&entry.name));
        }
        Self { contexts: entries, functions: functions.into_iter().collect() }
    }

    /// A place where everything is available.
    #[must_use]
    pub fn everything() -> Self {
        let names: Vec<_> = CONTEXTS.iter().map(|context| context.name).collect();
        Self::new(&names, FUNCTIONS.iter().map(|function| (function.name, function.min, 255)))
    }

    /// Says what a context really holds here. Whether it is available does not change; a name that GitHub does not know
    /// becomes available.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, ty: Type) {
        let name = name.into();
        match self.contexts.iter_mut().find(|entry| entry.name.eq_ignore_ascii_case(&name)) {
            Some(entry) => entry.ty = ty,
            None => self.contexts.push(Entry { name, ty, available: true }),
        }
    }

    /// The type of a context, and whether it is available; `None` when there is none of that name anywhere.
    #[must_use]
    pub fn context(&self, name: &str) -> Option<(&Type, bool)> {
        let entry = self.contexts.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        Some((&entry.ty, entry.available))
    }

    /// The contexts that are available, with their types.
    pub fn contexts(&self) -> impl Iterator<Item = (&str, &Type)> {
        self.contexts.iter().filter(|entry| entry.available).map(|entry| (&*entry.name, &entry.ty))
    }

    /// The functions that may be called.
    pub fn functions(&self) -> impl Iterator<Item = &'static Function> {
        FUNCTIONS.iter().filter(|function| self.bounds(function).is_some())
    }

    /// The fewest and the most arguments that a function takes here; `None` when it may not be called.
    #[must_use]
    pub fn bounds(&self, function: &Function) -> Option<(u8, u8)> {
        if function.place == Place::Anywhere {
            return Some((function.min, function.max));
        }
        let allowed = self.functions.iter().find(|(name, ..)| name.eq_ignore_ascii_case(function.name));
        allowed.map(|(_, min, max)| (*min, *max))
    }
}
