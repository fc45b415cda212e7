//! The code editor: Monaco, bound to the session by an adapter.

pub(crate) mod editor;
pub(crate) mod position;
mod providers;
mod sys;
