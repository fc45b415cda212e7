//! The value of an expression, by the rules of GitHub's runner. What is not known stays unknown and decides nothing,
//! but `false && unknown` is false all the same.

use stepladder_yaml::TextRange;

use super::ast::{Compare, Expr, ExprKind, Logical};
use super::functions::{Function, Place};
use super::value::{Unknown, Value};

mod access;
mod call;

pub(super) use call::{miscounted, miscounted_in};

/// What a run knows: the values of contexts and the answers of functions that look at the world.
pub trait Contexts {
    /// The value of a context, by its name in lower case; `None` when it is not known.
    fn context(&self, name: &str) -> Option<Value>;

    /// What `always()`, `success()`, `failure()`, `cancelled()` or `hashFiles()` answers; `None` when it is not known.
    fn call(&self, function: &Function, args: &[Value]) -> Option<Value> {
        let _ = (function, args);
        None
    }
}

/// Contexts as data.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Values by name, in any case; what is not here is unknown.
    pub contexts: Vec<(String, Value)>,
    /// What `success()` answers, if known.
    pub success: Option<bool>,
    /// What `failure()` answers, if known.
    pub failure: Option<bool>,
    /// What `cancelled()` answers, if known.
    pub cancelled: Option<bool>,
}

impl Contexts for State {
    fn context(&self, name: &str) -> Option<Value> {
        self.contexts
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    }

    fn call(&self, function: &Function, args: &[Value]) -> Option<Value> {
        let answer = match function.name {
            "always" => Some(true),
            "success" => self.success,
            "failure" => self.failure,
            "cancelled" => self.cancelled,
            _ => None,
        };
        // With names of jobs as arguments it is another question.
        answer.filter(|_| args.is_empty()).map(Value::Bool)
    }
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvalError {
    /// The part that failed, in bytes of the source.
    pub range: TextRange,
    /// In what way.
    pub kind: EvalErrorKind,
    /// One sentence: what is wrong and what to do.
    pub message: String,
}

/// The ways in which an expression can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvalErrorKind {
    /// It is not complete, or calls a function that does not exist or takes other arguments.
    Syntax,
    /// The pattern of `format()` has a stray brace, or names an argument that was not given.
    Format,
    /// The text that `fromJSON()` was given is not JSON.
    Json,
    /// A condition of `case()` is not a boolean.
    Condition,
    /// The texts it makes take more than a megabyte, the most that GitHub allows.
    TooLarge,
}

/// The value of an expression.
///
/// # Errors
/// Where GitHub would fail the job too.
pub fn eval(ast: &Expr, contexts: &dyn Contexts) -> Result<Value, EvalError> {
    Evaluator { contexts, made: 0, seen: None }.value(ast)
}

/// The value of an expression that no run can change: it asks for no context and looks at nothing outside.
#[must_use]
pub fn fold(ast: &Expr) -> Option<Value> {
    let depends = ast.any(&|part| match &part.kind {
        ExprKind::Context(_) | ExprKind::Missing | ExprKind::Parts(_) => true,
        ExprKind::Call { function, .. } => {
            Function::find(&function.text).is_none_or(|f| f.place != Place::Anywhere)
        }
        _ => false,
    });
    if depends { None } else { eval(ast, &State::default()).ok() }
}

/// Whether an expression counts as true in every run, or in none: `github.actor == 'x' || true` always does. `None`: that
/// depends on the run, as it does for all that asks how it went, `always()` too.
#[must_use]
pub fn truth(ast: &Expr) -> Option<bool> {
    eval(ast, &Nothing).ok()?.truth()
}

/// Nothing is known of the run.
struct Nothing;

impl Contexts for Nothing {
    fn context(&self, _: &str) -> Option<Value> {
        None
    }
}

/// A part of an expression and what became of it.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Where the part stands, in bytes of the source.
    pub range: TextRange,
    /// Its value.
    pub outcome: Outcome,
    /// The parts below it, from left to right.
    pub children: Vec<Explained>,
}

/// What became of a part of an expression.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It has this value.
    Value(Value),
    /// It failed, and with it everything around it.
    Failed(EvalError),
    /// It was not needed: what stands before it decided.
    Skipped,
}

/// The value of an expression and of all its parts: why it is what it is.
#[must_use]
pub fn explain(ast: &Expr, contexts: &dyn Contexts) -> Explained {
    fn tree(part: &Expr, seen: &mut [(TextRange, Outcome)]) -> Explained {
        let outcome = match seen.iter_mut().find(|(range, _)| *range == part.range) {
            Some((_, outcome)) => std::mem::replace(outcome, Outcome::Skipped),
            None => Outcome::Skipped,
        };
        let children = part.children().map(|child| tree(child, seen)).collect();
        Explained { range: part.range, outcome, children }
    }
    let mut evaluator = Evaluator { contexts, made: 0, seen: Some(Vec::new()) };
    // The outcome of the whole is the last that was seen.
    let _ = evaluator.value(ast);
    tree(ast, &mut evaluator.seen.unwrap_or_default())
}

struct Evaluator<'a> {
    contexts: &'a dyn Contexts,
    /// Bytes of the texts made so far, as GitHub counts them.
    made: usize,
    seen: Option<Vec<(TextRange, Outcome)>>,
}

impl Evaluator<'_> {
    fn value(&mut self, part: &Expr) -> Result<Value, EvalError> {
        let result = self.compute(part);
        if let Some(seen) = &mut self.seen {
            let outcome = match &result {
                Ok(value) => Outcome::Value(value.clone()),
                Err(error) => Outcome::Failed(error.clone()),
            };
            seen.push((part.range, outcome));
        }
        result
    }

    fn compute(&mut self, part: &Expr) -> Result<Value, EvalError> {
        Ok(match &part.kind {
            ExprKind::Null => Value::Null,
            ExprKind::Bool(value) => Value::Bool(*value),
            ExprKind::Number(value) => Value::Number(*value),
            ExprKind::String(text) => text.as_str().into(),
            ExprKind::Context(name) => {
                let name = name.text.to_ascii_lowercase();
                self.contexts.context(&name).unwrap_or_else(|| Unknown::new(&name).into())
            }
            ExprKind::Property { object, name } => {
                let object = self.value(object)?;
                access::get(&object, &name.text.as_str().into())
            }
            ExprKind::Index { object, index } => {
                let object = self.value(object)?;
                let index = self.value(index)?;
                access::get(&object, &index)
            }
            ExprKind::Filter { object } => access::all(&self.value(object)?),
            ExprKind::Call { function, args } => self.call(part, function, args)?,
            ExprKind::Not(operand) => match self.value(operand)? {
                Value::Unknown(Unknown { what, truth: None }) => Unknown { what, truth: None }.into(),
                value => Value::Bool(value.truth() == Some(false)),
            },
            ExprKind::Compare { op, left, right } => {
                let left = self.value(left)?;
                let right = self.value(right)?;
                compare(*op, &left, &right).map_or_else(Value::Unknown, Value::Bool)
            }
            ExprKind::Logical { op, operands } => self.logical(*op, operands)?,
            ExprKind::Missing | ExprKind::Parts(_) => {
                let message = "A value is missing here: complete the expression.".to_owned();
                return Err(EvalError { range: part.range, kind: EvalErrorKind::Syntax, message });
            }
        })
    }

    /// The first operand that decides, else the last. What is unknown may or may not decide, so what follows is looked
    /// at too: where it settles the truth, the truth is known though the value is not.
    fn logical(&mut self, op: Logical, operands: &[Expr]) -> Result<Value, EvalError> {
        let deciding = op == Logical::Or;
        let mut doubt: Option<Unknown> = None;
        let mut last = Value::Null;
        for operand in operands {
            last = match self.value(operand) {
                Ok(value) => value,
                // Whether it comes to this is not known.
                Err(error) => return doubt.map_or(Err(error), |doubt| Ok(doubt.into())),
            };
            match (last.truth(), &last) {
                (Some(truth), _) if truth == deciding => {
                    return Ok(match doubt {
                        Some(doubt) => Unknown { truth: Some(deciding), ..doubt }.into(),
                        None => last,
                    });
                }
                (None, Value::Unknown(unknown)) => {
                    doubt.get_or_insert_with(|| unknown.clone());
                }
                _ => {}
            }
        }
        Ok(doubt.map_or(last, Value::Unknown))
    }
}

fn compare(op: Compare, left: &Value, right: &Value) -> Result<bool, Unknown> {
    use std::cmp::Ordering as O;
    if !op.is_order() {
        let unknown = || left.unknown().or(right.unknown()).cloned().unwrap_or_else(|| Unknown::new(""));
        return left
            .equals(right)
            .map(|equal| equal == (op == Compare::Equal))
            .ok_or_else(unknown)
            .map_err(|u| Unknown { truth: None, ..u });
    }
    let order = left.order(right).map_err(|unknown| Unknown { truth: None, ..unknown })?;
    Ok(match op {
        Compare::Less => order == Some(O::Less),
        Compare::LessOrEqual => matches!(order, Some(O::Less | O::Equal)),
        Compare::Greater => order == Some(O::Greater),
        _ => matches!(order, Some(O::Greater | O::Equal)),
    })
}

#[cfg(test)]
mod tests;
