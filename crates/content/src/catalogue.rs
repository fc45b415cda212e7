//! All templates, carried in the program.

use crate::{Template, parse};

/// `templates! { id … }`: the sources, by id.
macro_rules! templates {
    ($($id:literal)*) => {
        const SOURCES: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../templates/", $id, ".yml")))),*];
    };
}

include!("../templates/list.rs");

/// Every template, in the order of the list.
///
/// # Errors
/// The first template that cannot be read, as a sentence for whoever writes it; the tests read all of them.
pub fn all() -> Result<Vec<Template>, String> {
    SOURCES.iter().map(|(id, source)| parse(id, source)).collect()
}

/// The template of that id; `None` when there is none.
///
/// # Errors
/// As [`all`].
pub fn find(id: &str) -> Result<Option<Template>, String> {
    SOURCES.iter().find(|(known, _)| *known == id).map(|(id, source)| parse(id, source)).transpose()
}
