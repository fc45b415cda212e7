//! The type of an expression, and what cannot be right about it. What is not known is no reason for a complaint.

use stepladder_yaml::{Change, TextRange};

use super::ast::{Expr, ExprKind, Logical, Name};
use super::contexts::CONTEXTS;
use super::functions::Function;
use super::nearest::nearest;
use super::paths::path;
use super::scope::Scope;
use super::types::{Kinds, Type, noun};
use super::value::Kind;

mod access;
mod call;
mod compare;
mod never;

/// Something in an expression that cannot be meant so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// Where, in bytes of the source.
    pub range: TextRange,
    /// Of what kind.
    pub code: Code,
    /// One sentence: what is wrong and what to do.
    pub message: String,
    /// The replacement that puts it right, where the intention is clear.
    pub fix: Option<Change>,
}

/// The kinds of [`TypeError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// There is no context of that name. GitHub refuses the file.
    UnknownContext,
    /// The context exists, but not at this place. GitHub refuses the file.
    ContextNotAvailable,
    /// There is no function of that name. GitHub refuses the file.
    UnknownFunction,
    /// The function exists, but not at this place. GitHub refuses the file.
    FunctionNotAvailable,
    /// Too few or too many arguments. GitHub refuses the file.
    ArgumentCount,
    /// `case()` with an even number of arguments. GitHub refuses the file.
    CaseEven,
    /// An argument of a kind that the function can do nothing with.
    ArgumentType,
    /// The object has no such property: the value is always empty.
    UnknownProperty,
    /// A property of a text, a number or the like: always empty.
    NotAnObject,
    /// An index that can find nothing.
    BadIndex,
    /// A `.*` that can find nothing.
    BadFilter,
    /// A comparison of kinds that are never equal or have no order.
    ComparisonType,
    /// A comparison with a value that the other side never has.
    ComparisonNeverTrue,
    /// A list, an object or `null` in the midst of text.
    InterpolatedObject,
    /// A value of another kind than the key takes.
    WrongKind,
    /// An argument of `format()` that its pattern does not use.
    FormatUnusedArgument,
    /// A place in the pattern of `format()` without an argument. The expression fails.
    FormatMissingArgument,
    /// A stray brace in the pattern of `format()`. The expression fails.
    FormatInvalid,
    /// A text that is not JSON for `fromJSON()`. The expression fails.
    FromJsonInvalid,
}

/// What the place of an expression wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Anything.
    Anything,
    /// A condition: anything, too.
    Condition,
    /// Something that can stand in a text.
    Text,
    /// One of these kinds.
    Kinds(Kinds),
}

/// The type of an expression at a place, and everything that is wrong with it, from left to right.
#[must_use]
pub fn check(ast: &Expr, scope: &Scope, expected: Expected) -> (Type, Vec<TypeError>) {
    let mut checker = Checker { scope, errors: Vec::new() };
    let ty = checker.part(ast).ty;
    checker.fits(ast, &ty, expected);
    (ty, checker.errors)
}

/// The type of an expression, without complaints.
#[must_use]
pub fn type_of(ast: &Expr, scope: &Scope) -> Type {
    check(ast, scope, Expected::Anything).0
}

/// A type, and what is left of it when the value counts as true: nothing if it never does.
struct Typed {
    ty: Type,
    when_true: Option<Type>,
}

impl From<Type> for Typed {
    fn from(ty: Type) -> Self {
        let when_true = (ty != Type::Null).then(|| ty.clone());
        Self { ty, when_true }
    }
}

struct Checker<'a> {
    scope: &'a Scope,
    errors: Vec<TypeError>,
}

impl Checker<'_> {
    fn error(&mut self, range: TextRange, code: Code, message: String) {
        self.error_with(range, code, message, None);
    }

    fn error_with(&mut self, range: TextRange, code: Code, message: String, fix: Option<Change>) {
        let at = self.errors.partition_point(|error| error.range.start <= range.start);
        self.errors.insert(at, TypeError { range, code, message, fix });
    }

    fn part(&mut self, part: &Expr) -> Typed {
        let ty = match &part.kind {
            ExprKind::Null => Type::Null,
            ExprKind::Bool(value) => return literal(Type::Bool, *value),
            ExprKind::Number(value) => return literal(Type::Number, *value != 0.0 && !value.is_nan()),
            ExprKind::String(text) => return literal(Type::String, !text.is_empty()),
            ExprKind::Context(name) => self.context(name),
            ExprKind::Property { object, name } => {
                let ty = self.part(object).ty;
                self.property(part, object, &ty, name)
            }
            ExprKind::Index { object, index } => {
                let ty = match &object.kind {
                    ExprKind::Context(name) if self.is_call_in_brackets(name) => {
                        let message = format!(
                            "`{}` is a function: its arguments stand between `(` and `)`.",
                            name.text
                        );
                        self.error(name.range, Code::UnknownContext, message);
                        Type::Any
                    }
                    _ => self.part(object).ty,
                };
                let key = self.part(index).ty;
                self.index(part, object, &ty, index, &key)
            }
            ExprKind::Filter { object } => {
                let ty = self.part(object).ty;
                self.filter(part, object, &ty)
            }
            ExprKind::Call { function, args } => self.call(part, function, args),
            ExprKind::Not(operand) => {
                self.part(operand);
                Type::Bool
            }
            ExprKind::Compare { op, left, right } => {
                let (a, b) = (self.compared(left, right), self.compared(right, left));
                self.compare(part, *op, (left, &a), (right, &b));
                Type::Bool
            }
            ExprKind::Logical { op, operands } => return self.logical(*op, operands),
            ExprKind::Missing => Type::Any,
            ExprKind::Parts(parts) => {
                parts.iter().for_each(|part| drop(self.part(part)));
                Type::Any
            }
        };
        ty.into()
    }

    /// What is compared with `other`, or looked for in it: a word that is no context is a text that lacks its quotes there.
    fn compared(&mut self, part: &Expr, other: &Expr) -> Type {
        match &part.kind {
            ExprKind::Context(name) if self.lacks_quotes(name, other) => {
                let quoted = format!("'{}'", name.text);
                let message = format!("A text stands in single quotes: write `{quoted}`.");
                let fix = Some(Change { range: name.range, insert: quoted });
                self.error_with(name.range, Code::UnknownContext, message, fix);
                Type::Any
            }
            _ => self.part(part).ty,
        }
    }

    fn is_call_in_brackets(&self, name: &Name) -> bool {
        self.scope.context(&name.text).is_none() && Function::find(&name.text).is_some()
    }

    /// Whether a word stands for itself where it is compared with `other`; `failure == true` means the function.
    fn lacks_quotes(&self, name: &Name, other: &Expr) -> bool {
        let is_boolean = matches!(other.kind, ExprKind::Bool(_));
        let is_literal = ["true", "false", "null"].contains(&&*name.text.to_ascii_lowercase());
        self.scope.context(&name.text).is_none() && !is_literal && !is_boolean
    }

    /// The first operand that decides, else the last: of `a && 'x' || 'y'` only texts can come out.
    fn logical(&mut self, op: Logical, operands: &[Expr]) -> Typed {
        let mut types: Vec<Typed> = operands.iter().map(|operand| self.part(operand)).collect();
        let Some(last) = types.pop() else { return Type::Any.into() };
        let merge = |types: Vec<Type>| types.into_iter().reduce(Type::merge);
        match op {
            Logical::And => {
                // Lists and objects never count as false.
                let mut ty: Vec<_> =
                    types.into_iter().map(|operand| operand.ty).filter(|ty| !ty.is_collection()).collect();
                ty.push(last.ty);
                Typed { ty: merge(ty).unwrap_or(Type::Any), when_true: last.when_true }
            }
            Logical::Or => {
                let before: Vec<_> = types.into_iter().filter_map(|operand| operand.when_true).collect();
                let when_true = merge(before.iter().cloned().chain(last.when_true).collect());
                let ty = merge(before.into_iter().chain([last.ty]).collect());
                Typed { ty: ty.unwrap_or(Type::Any), when_true }
            }
        }
    }

    fn context(&mut self, name: &Name) -> Type {
        match self.scope.context(&name.text) {
            Some((ty, true)) => ty.clone(),
            Some((ty, false)) => {
                let ty = ty.clone();
                let here = list(self.scope.contexts().map(|(name, _)| name));
                let message = if here.is_empty() {
                    format!(
                        "`{}` is not available here, nor is any other context: write a plain value.",
                        name.text
                    )
                } else {
                    format!("`{}` is not available here: use only {here}.", name.text)
                };
                self.error(name.range, Code::ContextNotAvailable, message);
                ty
            }
            None => {
                self.unknown_context(name);
                Type::Any
            }
        }
    }

    fn unknown_context(&mut self, name: &Name) {
        let text = &name.text;
        let replace = |insert: String| Some(Change { range: name.range, insert });
        let lower = text.to_ascii_lowercase();
        let (message, fix) = if ["true", "false", "null"].contains(&&*lower) {
            (format!("`{text}` must be in lower case: write `{lower}`."), replace(lower))
        } else if let Some(function) = Function::find(text) {
            let name = function.name;
            (format!("`{text}` is a function: call it as `{name}()`."), replace(format!("{name}()")))
        } else if let Some(meant) = nearest(text, CONTEXTS.iter().map(|context| context.name)) {
            (format!("There is no context `{text}`: did you mean `{meant}`?"), replace(meant.to_owned()))
        } else {
            let here = list(self.scope.contexts().map(|(name, _)| name));
            let contexts = if here.is_empty() { String::new() } else { format!("use {here}, or ") };
            (format!("There is no context `{text}`: {contexts}put a text into single quotes."), None)
        };
        self.error_with(name.range, Code::UnknownContext, message, fix);
    }

    /// Whether a value can stand where it stands.
    fn fits(&mut self, part: &Expr, ty: &Type, expected: Expected) {
        if let (Type::Scalar, Expected::Kinds(kinds)) = (ty, expected)
            && kinds.lacks_all(Kinds::SCALAR)
        {
            let message = format!("`{part}` is a single value, but {} is needed here.", kinds.describe());
            self.error(part.range, Code::WrongKind, message);
        }
        let Some(kind) = ty.kind() else { return };
        match expected {
            Expected::Text if !Kinds::SCALAR.has(kind) => {
                let message = format!(
                    "`{part}` is {}, which prints as the bare word `{kind:?}` in a text: pick a value in it or write `toJSON({part})`.",
                    noun(kind)
                );
                let fix = Some(Change { range: part.range, insert: format!("toJSON({part})") });
                self.error_with(part.range, Code::InterpolatedObject, message, fix);
            }
            Expected::Text if kind == Kind::Null => {
                let message = format!("`{part}` is null, which prints nothing in a text: remove it.");
                self.error(part.range, Code::InterpolatedObject, message);
            }
            Expected::Condition
                if !Kinds::SCALAR.has(kind) && !compare::may_be_absent(part, ty) && !is_cell(part) =>
            {
                let message = format!(
                    "`{part}` is {}, which counts as true even when it is empty: ask for a value in it.",
                    noun(kind)
                );
                self.error(part.range, Code::WrongKind, message);
            }
            Expected::Kinds(kinds) if !kinds.has(kind) => {
                // A text that comes from elsewhere may say in JSON what is needed.
                let json = kind == Kind::String && path(part).is_some();
                let (advice, fix) = if json {
                    let insert = format!("fromJSON({part})");
                    (
                        format!(": if the text is JSON, write `{insert}`"),
                        Some(Change { range: part.range, insert }),
                    )
                } else {
                    (String::new(), None)
                };
                let message =
                    format!("`{part}` is {}, but {} is needed here{advice}.", noun(kind), kinds.describe());
                self.error_with(part.range, Code::WrongKind, message, fix);
            }
            _ => {}
        }
    }
}

/// Whether it is a value of the matrix, which other variants may not have.
fn is_cell(part: &Expr) -> bool {
    path(part).is_some_and(|path| {
        path.root.is("matrix") && path.names().len() > 1 && path.names().len() == path.steps.len() + 1
    })
}

fn literal(ty: Type, truth: bool) -> Typed {
    Typed { when_true: truth.then(|| ty.clone()), ty }
}

/// For a person: "`a`, `b` and `c`".
fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests;
