//! GitHub's REST API as values: requests out, answers in. Sends nothing, waits for nothing, knows no browser.
//!
//! Whoever sends takes the [`Request`] of a [`Call`], puts an address and headers to it with [`Request::url`] and
//! [`Request::headers`], and gives what came back to [`Call::read`]. All that can go wrong is one [`Failure`] with a
//! sentence for the person. What takes several requests ([`commit`]) is a machine that says what to send next.

pub mod address;
pub mod cache;
pub mod calls;
pub mod commit;
mod failure;
mod host;
pub mod merge;
mod request;
pub mod seal;

pub use address::{Address, Repo};
pub use failure::{Failure, Kind, Lost};
pub use host::{Host, Permission};
pub use request::{Answer, Call, Limit, Method, Request};
