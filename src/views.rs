//! One file per pane; each is a function of the session.

pub(crate) mod changes;
pub(crate) mod code;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod github;
pub(crate) mod graph;
pub(crate) mod header;
pub(crate) mod learn;
pub(crate) mod left_behind;
pub(crate) mod palette;
pub(crate) mod paste;
pub(crate) mod perform;
pub(crate) mod plain;
pub(crate) mod plan;
pub(crate) mod problems;
pub(crate) mod rules;
pub(crate) mod secrets;
pub(crate) mod share;
pub(crate) mod shortcuts;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod versions;
pub(crate) mod yaml;
