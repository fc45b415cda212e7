//! How jobs end, as far as that is known.

use super::Ending;
use crate::expr::{Unknown, Value};
use crate::model::Job;

/// The ways in which a job may end, as bits.
pub(super) const SUCCESS: u8 = 1;
pub(super) const FAILURE: u8 = 2;
pub(super) const CANCELLED: u8 = 4;
pub(super) const SKIPPED: u8 = 8;

/// What is known about the end of a job.
pub(super) struct Standing {
    /// The ways in which it may end.
    pub(super) results: u8,
    /// Its outputs; `None`: set, but not known.
    pub(super) outputs: Vec<(String, Option<Value>)>,
    /// Whether it may have other outputs.
    pub(super) open: bool,
    pub(super) chain: Chain,
}

/// How a job and all those before it end.
#[derive(Clone, Copy)]
pub(super) struct Chain {
    pub(super) success: Option<bool>,
    pub(super) failure: Option<bool>,
    pub(super) cancelled: Option<bool>,
    /// The first job that did not succeed.
    pub(super) culprit: Option<usize>,
    /// The first job of which it is not known whether it succeeds.
    pub(super) doubt: Option<usize>,
}

pub(super) fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    if a == Some(false) || b == Some(false) { Some(false) } else { a.zip(b).map(|_| true) }
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    if a == Some(true) || b == Some(true) { Some(true) } else { a.zip(b).map(|_| false) }
}

/// Whether it is certain that the result is, or is not, `bit`.
fn certainly(results: u8, bit: u8) -> Option<bool> {
    if results & bit == 0 {
        Some(false)
    } else if results == bit {
        Some(true)
    } else {
        None
    }
}

impl Chain {
    /// No job at all.
    pub(super) const NOTHING: Self = Self {
        success: Some(true),
        failure: Some(false),
        cancelled: Some(false),
        culprit: None,
        doubt: None,
    };

    /// With other jobs and their ends.
    pub(super) fn join(self, other: Self) -> Self {
        Self {
            success: and(self.success, other.success),
            failure: or(self.failure, other.failure),
            cancelled: or(self.cancelled, other.cancelled),
            culprit: self.culprit.or(other.culprit),
            doubt: self.doubt.or(other.doubt),
        }
    }

    /// With the job itself at its end.
    pub(super) fn with(self, job: usize, results: u8) -> Self {
        let success = certainly(results, SUCCESS);
        self.join(Self {
            success,
            failure: certainly(results, FAILURE),
            cancelled: certainly(results, CANCELLED),
            culprit: (success == Some(false)).then_some(job),
            doubt: success.is_none().then_some(job),
        })
    }
}

/// The one way in which a job ends; `None`: it may end in several.
pub(super) fn ending(results: u8) -> Option<Ending> {
    match results {
        SUCCESS => Some(Ending::Success),
        FAILURE => Some(Ending::Failure),
        CANCELLED => Some(Ending::Cancelled),
        SKIPPED => Some(Ending::Skipped),
        _ => None,
    }
}

/// `needs`, or `jobs` of a called workflow.
pub(super) fn context<'p>(root: &str, jobs: impl Iterator<Item = (&'p Job, &'p Standing)>) -> Value {
    let entries = jobs.map(|(job, standing)| {
        let id = job.id.value.as_str();
        let what = [root, ".", id, ".outputs"].concat();
        let outputs = standing.outputs.iter().map(|(name, value)| {
            let unknown = || Unknown::new(&[&what, ".", name].concat()).into();
            (name.as_str(), value.clone().unwrap_or_else(unknown))
        });
        let outputs: Vec<_> = outputs.collect();
        let outputs = if standing.open {
            Value::open_object(outputs, Unknown::new(&what))
        } else {
            Value::object(outputs)
        };
        let result = match ending(standing.results) {
            Some(ending) => ending.as_str().into(),
            None => Unknown::new(&[root, ".", id, ".result"].concat()).into(),
        };
        (id, Value::object([("result", result), ("outputs", outputs)]))
    });
    Value::object(entries.collect::<Vec<_>>())
}
