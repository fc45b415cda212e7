//! Several files in one commit, without losing what others did and without doing it twice.
//!
//! [`Look`] reads what is there and merges; its result is what the person sees before anything is written. [`Write`]
//! then writes just that: files, commit, branch, pull request. Both say what to send and are told what came back. An
//! answer that is lost in [`Write`] is no reason to give up or to do it again: it is asked first whether it was done.

mod look;
#[cfg(test)]
mod tests;
mod write;

pub use look::{Base, Draft, Look, Prepared, Ready};
pub use write::{Done, Target, Write};

use crate::{Failure, Request};

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<T> {
    /// Send this and tell what came back.
    Send(Request),
    /// All is done.
    Done(T),
    /// It cannot go on by itself. Nothing is lost: the machine can be told to go on where it stopped.
    Failed(Failure),
    /// The branch was changed since [`Look`]; look again.
    Moved,
}

/// What came back: an answer, or why there is none.
pub type Reply = Result<crate::Answer, crate::Lost>;
