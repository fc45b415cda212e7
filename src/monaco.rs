//! The code editors: Monaco, bound to the session by an adapter, and for single scripts.

pub(crate) mod colours;
pub(crate) mod editor;
pub(crate) mod leave;
pub(crate) mod position;
mod providers;
pub(crate) mod script;
mod suggest;
mod sys;
