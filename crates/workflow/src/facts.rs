//! What is known about the workflow language and the services around it: one table each, many readers.
//!
//! The tables here are small and always there. [`actions`] and [`payload`] read larger tables from `data/`, which the
//! web page fetches when it needs them; natively, the cargo feature `embedded` brings them along.

pub mod actions;
pub mod branding;
pub mod env;
pub mod events;
pub mod limits;
pub mod payload;
pub mod permissions;
pub mod runners;
pub mod untrusted;
