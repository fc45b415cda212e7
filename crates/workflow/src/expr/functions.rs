//! The functions of the language, one table for checking, evaluation, completion and hover.
//!
//! Facts: the expression parts of GitHub's language service and runner, and its documentation.

use super::types::Kinds;
use super::value::Kind;

/// A function.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// As it is usually written; any case works.
    pub name: &'static str,
    /// What it gives, in a sentence or two.
    pub doc: &'static str,
    /// A use of it, as an expression without braces.
    pub example: &'static str,
    /// Its parameters; the last `repeats` of them may be given again and again.
    pub params: &'static [Param],
    /// How many parameters at the end repeat: 0, 1, or 2 for pairs.
    pub repeats: u8,
    /// Fewest arguments.
    pub min: u8,
    /// Most arguments; 255 is the most that any function takes.
    pub max: u8,
    /// The kind of its result; `None` when it depends on the arguments.
    pub returns: Option<Kind>,
    /// Where it may be used.
    pub place: Place,
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What makes sense as its argument.
    pub accepts: Kinds,
    /// Whether it may be left out.
    pub optional: bool,
}

/// Where a function may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Wherever an expression may stand.
    Anywhere,
    /// In conditions (`if`) of jobs and steps: it asks how the run went so far.
    Conditions,
    /// Where the runner evaluates: in steps.
    Steps,
}

const TEXT: Kinds = Kinds::SCALAR;
const LIST_OR_TEXT: Kinds = Kinds::of(&[Kind::Array, Kind::String, Kind::Number, Kind::Boolean, Kind::Null]);

const fn param(name: &'static str, accepts: Kinds) -> Param {
    Param { name, accepts, optional: false }
}

/// All functions, the ones for everyday use first.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "contains",
        doc: "Whether a text contains another one, or whether a list has an item equal to the given value. Upper and lower case count as the same.",
        example: "contains(github.event.pull_request.labels.*.name, 'bug')",
        params: &[param("search", LIST_OR_TEXT), param("item", Kinds::ALL)],
        repeats: 0,
        min: 2,
        max: 2,
        returns: Some(Kind::Boolean),
        place: Place::Anywhere,
    },
    Function {
        name: "startsWith",
        doc: "Whether a text begins with another one. Upper and lower case count as the same.",
        example: "startsWith(github.ref, 'refs/tags/v')",
        params: &[param("text", TEXT), param("start", TEXT)],
        repeats: 0,
        min: 2,
        max: 2,
        returns: Some(Kind::Boolean),
        place: Place::Anywhere,
    },
    Function {
        name: "endsWith",
        doc: "Whether a text ends with another one. Upper and lower case count as the same.",
        example: "endsWith(github.repository, '-demo')",
        params: &[param("text", TEXT), param("end", TEXT)],
        repeats: 0,
        min: 2,
        max: 2,
        returns: Some(Kind::Boolean),
        place: Place::Anywhere,
    },
    Function {
        name: "format",
        doc: "Fills the places {0}, {1} and so on of a text with the other arguments. A brace itself is written twice: {{ or }}.",
        example: "format('{0}-{1}', runner.os, matrix.node)",
        params: &[param("text", TEXT), param("value", Kinds::SCALAR)],
        repeats: 1,
        min: 1,
        max: 255,
        returns: Some(Kind::String),
        place: Place::Anywhere,
    },
    Function {
        name: "join",
        doc: "Joins the items of a list into one text, with a comma or the given separator between them.",
        example: "join(github.event.issue.labels.*.name, ', ')",
        params: &[param("list", LIST_OR_TEXT), Param { name: "separator", accepts: TEXT, optional: true }],
        repeats: 0,
        min: 1,
        max: 2,
        returns: Some(Kind::String),
        place: Place::Anywhere,
    },
    Function {
        name: "toJSON",
        doc: "Writes a value as JSON over several lines. Handy to look into a context while finding a mistake.",
        example: "toJSON(github.event)",
        params: &[param("value", Kinds::ALL)],
        repeats: 0,
        min: 1,
        max: 1,
        returns: Some(Kind::String),
        place: Place::Anywhere,
    },
    Function {
        name: "fromJSON",
        doc: "Reads a text as JSON and gives the value in it: a list for a matrix, or a number or boolean out of an output.",
        example: "fromJSON(needs.plan.outputs.matrix)",
        params: &[param("text", Kinds::of(&[Kind::String, Kind::Number, Kind::Boolean]))],
        repeats: 0,
        min: 1,
        max: 1,
        returns: None,
        place: Place::Anywhere,
    },
    Function {
        name: "case",
        doc: "Gives the value behind the first condition that is true, and the last argument when none is. Each condition must be a boolean.",
        example: "case(github.ref == 'refs/heads/main', 'production', 'staging')",
        params: &[
            param("condition", Kinds::of(&[Kind::Boolean])),
            param("value", Kinds::ALL),
            param("default", Kinds::ALL),
        ],
        repeats: 2,
        min: 3,
        max: 255,
        returns: None,
        place: Place::Anywhere,
    },
    Function {
        name: "hashFiles",
        doc: "Gives a hash over all files in the workspace that match the patterns, or an empty text when there is none. Made for cache keys.",
        example: "hashFiles('**/package-lock.json')",
        params: &[param("pattern", TEXT)],
        repeats: 1,
        min: 1,
        max: 255,
        returns: Some(Kind::String),
        place: Place::Steps,
    },
    Function {
        name: "success",
        doc: "Whether everything before has succeeded. It is assumed where a condition names no such function.",
        example: "success() && github.ref == 'refs/heads/main'",
        params: &[],
        repeats: 0,
        min: 0,
        max: 0,
        returns: Some(Kind::Boolean),
        place: Place::Conditions,
    },
    Function {
        name: "failure",
        doc: "Whether something before has failed: an earlier step, or for a job one that it needs.",
        example: "failure() && steps.test.conclusion == 'failure'",
        params: &[],
        repeats: 0,
        min: 0,
        max: 0,
        returns: Some(Kind::Boolean),
        place: Place::Conditions,
    },
    Function {
        name: "always",
        doc: "Always true, even when the run was cancelled; for work that must happen in any case. Often !cancelled() is the better choice.",
        example: "always()",
        params: &[],
        repeats: 0,
        min: 0,
        max: 0,
        returns: Some(Kind::Boolean),
        place: Place::Conditions,
    },
    Function {
        name: "cancelled",
        doc: "Whether the run was cancelled.",
        example: "!cancelled()",
        params: &[],
        repeats: 0,
        min: 0,
        max: 0,
        returns: Some(Kind::Boolean),
        place: Place::Conditions,
    },
];

impl Function {
    /// The function of a name, in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|function| function.name.eq_ignore_ascii_case(name))
    }

    /// The parameter that argument `index` (from 0) of `count` is for; `None` when there are too many.
    #[must_use]
    pub fn param(&self, index: usize, count: usize) -> Option<&'static Param> {
        if self.repeats == 2 {
            // Pairs, then the default.
            let place = if index + 1 == count && count % 2 == 1 { 2 } else { index % 2 };
            return self.params.get(place);
        }
        let last = self.params.len().checked_sub(1)?;
        let place = if self.repeats == 1 { index.min(last) } else { index };
        self.params.get(place)
    }

    /// How it is called, for people: `join(list, [separator])`.
    #[must_use]
    pub fn signature(&self) -> String {
        let mut out = format!("{}(", self.name);
        for (i, param) in self.params.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            if param.optional {
                out.push('[');
            }
            out.push_str(param.name);
            if param.optional {
                out.push(']');
            }
            if (self.repeats == 1 && i + 1 == self.params.len()) || (self.repeats == 2 && i == 1) {
                out.push_str(", …");
            }
        }
        out.push(')');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::parse;

    #[test]
    fn every_function_has_docs_and_an_example_that_uses_it() {
        for function in FUNCTIONS {
            assert!(function.doc.ends_with('.'), "{}", function.name);
            let parsed = parse(function.example);
            assert_eq!(parsed.errors, [], "{}", function.name);
            assert!(function.example.contains(&format!("{}(", function.name)));
        }
    }

    #[test]
    fn arguments_find_their_parameters() {
        let name =
            |function: &str, index, count| Function::find(function)?.param(index, count).map(|p| p.name);
        assert_eq!(name("CASE", 0, 5), Some("condition"));
        assert_eq!(name("case", 3, 5), Some("value"));
        assert_eq!(name("case", 4, 5), Some("default"));
        assert_eq!(name("format", 7, 9), Some("value"));
        assert_eq!(name("join", 1, 2), Some("separator"));
        assert_eq!(name("join", 2, 3), None);
        assert_eq!(name("success", 0, 1), None);
    }

    #[test]
    fn signatures() {
        let signatures: Vec<_> = FUNCTIONS.iter().map(Function::signature).collect();
        assert_eq!(signatures[3..5], ["format(text, value, …)", "join(list, [separator])"]);
        assert_eq!(signatures[7], "case(condition, value, …, default)");
    }
}
