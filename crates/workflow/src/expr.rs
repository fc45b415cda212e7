//! The expression language, `${{ }}`: its syntax, its types and its values.
//!
//! [`parse`] gives a tree for any text, [`check()`] its type and what is wrong with it in a [`Scope`], [`eval()`] its
//! value where the contexts are known. All offsets are bytes of the source of the expression.

mod ast;
mod check;
pub mod contexts;
mod eval;
mod format;
pub mod functions;
mod json;
mod lexer;
mod nearest;
mod number;
mod parser;
mod paths;
mod protocol;
mod scope;
mod template;
mod types;
mod value;

pub(crate) use contexts::github_by_hand;
pub(crate) use lexer::words;

pub use ast::{Compare, Expr, ExprKind, Logical, Name};
pub use check::{Code, Expected, TypeError, check, type_of};
pub use eval::{Contexts, EvalError, EvalErrorKind, Explained, Outcome, State, eval, explain, fold, truth};
pub use json::{JsonError, Layout, from_json, to_json};
pub use nearest::nearest;
pub use parser::{MAX_DEPTH, MAX_LENGTH, Parsed, SyntaxError, SyntaxErrorKind, parse};
pub use paths::{PathStep, Used, asks_status, path, used};
pub use protocol::protocol;
pub use scope::Scope;
pub use template::{Condition, Segment, condition, expressions, has_expression, literal, segments, whole};
pub use types::{Kinds, ObjectType, Properties, Rest, Type};
pub use value::{Array, Kind, Object, Unknown, Value};

#[cfg(test)]
mod tests;
