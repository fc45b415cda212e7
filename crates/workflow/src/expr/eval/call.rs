//! The functions. Arguments are evaluated when they are needed, as the runner does it.

use std::sync::Arc;

use super::super::ast::{Expr, Name};
use super::super::format::{Piece, pieces};
use super::super::functions::{Function, Place};
use super::super::json::{Layout, from_json, to_json};
use super::super::value::{Unknown, Value, fold_case};
use super::{EvalError, EvalErrorKind, Evaluator};

/// The most that the texts of one evaluation may take: GitHub counts two bytes a character.
const MAX_MADE: usize = 1 << 20;

type Result<T> = std::result::Result<T, EvalError>;

/// Stops an evaluation: with an error, or because the value is unknown.
enum Stop {
    Failed(EvalError),
    Unknown(Unknown),
}

impl From<EvalError> for Stop {
    fn from(error: EvalError) -> Self {
        Self::Failed(error)
    }
}

fn failed<T, E: From<EvalError>>(
    part: &Expr,
    kind: EvalErrorKind,
    message: impl Into<String>,
) -> std::result::Result<T, E> {
    Err(EvalError { range: part.range, kind, message: message.into() }.into())
}

fn text_of(value: &Value) -> std::result::Result<Arc<str>, Stop> {
    value.to_text().ok_or_else(|| {
        Stop::Unknown(
            value
                .unknown()
                .map_or_else(|| Unknown::new(""), |unknown| Unknown { truth: None, ..unknown.clone() }),
        )
    })
}

impl Evaluator<'_> {
    pub(super) fn call(&mut self, part: &Expr, name: &Name, args: &[Expr]) -> Result<Value> {
        let Some(function) = Function::find(&name.text) else {
            return failed(part, EvalErrorKind::Syntax, format!("There is no function `{}`.", name.text));
        };
        if let Some(message) = miscounted(function, args.len()) {
            return failed(part, EvalErrorKind::Syntax, message);
        }
        match self.answer(part, function, args) {
            Ok(value) => Ok(value),
            Err(Stop::Unknown(unknown)) => Ok(unknown.into()),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    fn answer(
        &mut self,
        part: &Expr,
        function: &Function,
        args: &[Expr],
    ) -> std::result::Result<Value, Stop> {
        Ok(match (function.name, args) {
            ("contains", [list, item]) => self.contains(list, item)?,
            ("startsWith", [text, start]) => self.ends(text, start, |text, start| text.starts_with(start))?,
            ("endsWith", [text, end]) => self.ends(text, end, |text, end| text.ends_with(end))?,
            ("format", [pattern, args @ ..]) => self.format(pattern, args)?,
            ("join", [list, rest @ ..]) => self.join(part, list, rest.first())?,
            ("toJSON", [value]) => {
                let value = self.value(value)?;
                if let Some(unknown) = value.unknown() {
                    return Err(Stop::Unknown(Unknown { truth: Some(true), ..unknown.clone() }));
                }
                let json = to_json(&value, Layout::Indented);
                self.made(part, &json)?;
                json.into()
            }
            ("fromJSON", [text]) => {
                let value = text_of(&self.value(text)?)?;
                match from_json(&value) {
                    Ok(value) => value,
                    Err(error) => {
                        let message = format!(
                            "This text is not JSON: {} at character {}.",
                            error.what,
                            value[..error.offset].chars().count() + 1
                        );
                        return failed(text, EvalErrorKind::Json, message);
                    }
                }
            }
            ("case", _) => self.case(args)?,
            _ => {
                let values = args.iter().map(|arg| self.value(arg)).collect::<Result<Vec<_>>>()?;
                self.contexts
                    .call(function, &values)
                    .unwrap_or_else(|| Unknown::new(&part.to_string()).into())
            }
        })
    }

    /// Counts a text that was made.
    fn made(&mut self, part: &Expr, text: &str) -> Result<()> {
        self.made = self.made.saturating_add(text.len().saturating_mul(2));
        if self.made <= MAX_MADE {
            return Ok(());
        }
        failed(
            part,
            EvalErrorKind::TooLarge,
            "The texts of this expression take more than a megabyte, the most that GitHub allows.",
        )
    }

    fn contains(&mut self, list: &Expr, item: &Expr) -> std::result::Result<Value, Stop> {
        let list = self.value(list)?;
        let found = match &list {
            Value::Array(array) => {
                if array.items().is_empty() {
                    return Ok(false.into());
                }
                let item = self.value(item)?;
                let mut doubt = None;
                for value in array.items() {
                    match value.equals(&item) {
                        Some(true) => return Ok(true.into()),
                        Some(false) => {}
                        None => doubt = doubt.or(value.unknown().or(item.unknown()).cloned()),
                    }
                }
                if let Some(doubt) = doubt {
                    return Err(Stop::Unknown(Unknown { truth: None, ..doubt }));
                }
                false
            }
            Value::Object(_) => false,
            text => {
                let text = text_of(text)?;
                let item = self.value(item)?;
                let word = text_of(&item)?;
                item.is_primitive() && fold_case(&text).contains(&fold_case(&word))
            }
        };
        Ok(found.into())
    }

    fn ends(
        &mut self,
        text: &Expr,
        end: &Expr,
        test: fn(&str, &str) -> bool,
    ) -> std::result::Result<Value, Stop> {
        let (text, end) = (self.value(text)?, self.value(end)?);
        let (a, b) = (text_of(&text)?, text_of(&end)?);
        let both = text.is_primitive() && end.is_primitive();
        Ok((both && test(&fold_case(&a), &fold_case(&b))).into())
    }

    fn format(&mut self, pattern: &Expr, args: &[Expr]) -> std::result::Result<Value, Stop> {
        let text = text_of(&self.value(pattern)?)?;
        let pieces = match pieces(&text) {
            Ok(pieces) => pieces,
            Err(_) => {
                let message = "This pattern has a stray brace: write {0}, {1} and so on for arguments, and {{ or }} for a brace itself.";
                return failed(pattern, EvalErrorKind::Format, message);
            }
        };
        let mut values: Vec<Option<Arc<str>>> = vec![None; args.len()];
        let mut out = String::new();
        for piece in pieces {
            let before = out.len();
            match piece {
                Piece::Text(text) => out.push_str(&text),
                Piece::Argument(number) => {
                    let (Some(arg), Some(known)) =
                        (args.get(usize::from(number)), values.get_mut(usize::from(number)))
                    else {
                        let message = format!(
                            "The pattern names argument {{{number}}}, but only {} given: add it or correct the number.",
                            count(args.len(), "is", "are")
                        );
                        return failed(pattern, EvalErrorKind::Format, message);
                    };
                    let text = match known {
                        Some(text) => Arc::clone(text),
                        None => {
                            let text = text_of(&self.value(arg)?)?;
                            *known = Some(Arc::clone(&text));
                            text
                        }
                    };
                    out.push_str(&text);
                }
            }
            self.made(pattern, &out[before..])?;
        }
        Ok(out.into())
    }

    fn join(
        &mut self,
        part: &Expr,
        list: &Expr,
        separator: Option<&Expr>,
    ) -> std::result::Result<Value, Stop> {
        let list = self.value(list)?;
        let array = match &list {
            Value::Array(array) if !array.items().is_empty() => array,
            Value::Array(_) | Value::Object(_) => return Ok("".into()),
            text => return text_of(text).map(Value::String),
        };
        let separator = match separator {
            Some(separator) => {
                let value = self.value(separator)?;
                let text = text_of(&value)?;
                if value.is_primitive() { text } else { ",".into() }
            }
            None => ",".into(),
        };
        let mut out = String::new();
        for (i, item) in array.items().iter().enumerate() {
            let before = out.len();
            if i > 0 {
                out.push_str(&separator);
            }
            out.push_str(&text_of(item)?);
            self.made(part, &out[before..])?;
        }
        Ok(out.into())
    }

    fn case(&mut self, args: &[Expr]) -> std::result::Result<Value, Stop> {
        let (pairs, default) = args.as_chunks::<2>();
        for [condition, value] in pairs {
            match self.value(condition)? {
                Value::Bool(true) => return Ok(self.value(value)?),
                Value::Bool(false) => {}
                Value::Unknown(unknown) => return Err(Stop::Unknown(Unknown { truth: None, ..unknown })),
                _ => {
                    let message = "A condition of `case()` must be a boolean: compare the value with something, as in `x == 'y'`.";
                    return failed(condition, EvalErrorKind::Condition, message);
                }
            }
        }
        match default {
            [default] => Ok(self.value(default)?),
            _ => Ok(Value::Null),
        }
    }
}

/// What is wrong with the number of arguments. The functions that ask how the run went take names of jobs in some places.
pub(in crate::expr) fn miscounted(function: &Function, args: usize) -> Option<String> {
    let max = if function.place == Place::Conditions { 255 } else { function.max };
    miscounted_in(function, args, function.min, max)
}

/// The same with other bounds.
pub(in crate::expr) fn miscounted_in(function: &Function, args: usize, min: u8, max: u8) -> Option<String> {
    let (least, most) = (usize::from(min), usize::from(max));
    let given = || count(args, "is", "are");
    if args < least || args > most {
        let wants = match (least, most) {
            (0, 0) => "no arguments".to_owned(),
            (least, most) if least == most => plural(least),
            (least, 255) if args < least => format!("at least {}", plural(least)),
            (_, 255) => "at most 255 arguments".to_owned(),
            (least, most) => format!("{least} or {}", plural(most)),
        };
        return Some(format!(
            "`{}` takes {wants}, but {} given: call it as `{}`.",
            function.name,
            given(),
            function.signature()
        ));
    }
    if function.repeats == 2 && args.is_multiple_of(2) {
        return Some(format!(
            "`{}` takes pairs of a condition and a value and then a default, an odd number of arguments, but {} given: add the default.",
            function.name,
            given()
        ));
    }
    None
}

fn plural(n: usize) -> String {
    if n == 1 { "1 argument".into() } else { format!("{n} arguments") }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
