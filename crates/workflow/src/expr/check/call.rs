//! Calls of functions.

use stepladder_yaml::Change;

use super::super::ast::{Expr, Name};
use super::super::eval::{fold, miscounted_in};
use super::super::format::{Piece, pieces};
use super::super::functions::{Function, Param, Place};
use super::super::json::from_json;
use super::super::nearest::nearest;
use super::super::types::{Kinds, Type, noun};
use super::super::value::{Kind, Value};
use super::{Checker, Code, list};

impl Checker<'_> {
    pub(super) fn call(&mut self, part: &Expr, name: &Name, args: &[Expr]) -> Type {
        let types: Vec<Type> = match args {
            [text, sought] if ["contains", "startsWith", "endsWith"].iter().any(|search| name.is(search)) => {
                vec![self.part(text).ty, self.compared(sought, text)]
            }
            _ => args.iter().map(|arg| self.part(arg).ty).collect(),
        };
        let Some(function) = Function::find(&name.text) else {
            self.unknown_function(name);
            return Type::Any;
        };
        let returns = function.returns.map_or(Type::Any, |kind| match kind {
            Kind::Boolean => Type::Bool,
            _ => Type::String,
        });
        let Some((min, max)) = self.scope.bounds(function) else {
            let place = match function.place {
                Place::Conditions => "it can stand only in an `if` of a job or a step",
                _ => {
                    "only the runner can read files, so it can stand only in a step, not in keys that GitHub evaluates before"
                }
            };
            let message = format!("`{}()` is not available here: {place}.", function.name);
            self.error(name.range, Code::FunctionNotAvailable, message);
            return returns;
        };
        if let Some(message) = miscounted_in(function, args.len(), min, max) {
            let odd = function.repeats == 2 && args.len() >= usize::from(min);
            self.error(part.range, if odd { Code::CaseEven } else { Code::ArgumentCount }, message);
            return returns;
        }
        for (i, (arg, ty)) in args.iter().zip(&types).enumerate() {
            if let Some(param) = function.param(i, args.len()) {
                self.argument(function, param, i, arg, ty);
            }
        }
        if let ("contains" | "startsWith" | "endsWith", [one, other]) = (function.name, args) {
            self.never_found(part, function.name, one, other, &types[0]);
        }
        match (function.name, args) {
            ("contains", [list, item]) => self.contains(list, &types[0], item, &types[1]),
            ("join", [list, ..]) => self.join(list, &types[0]),
            ("format", [pattern, rest @ ..]) => self.format(part, pattern, rest.len()),
            ("fromJSON", [text]) => return self.json(text),
            ("case", _) => {
                let last = types.len().saturating_sub(1);
                let values = types.into_iter().enumerate().filter(|(i, _)| i % 2 == 1 || *i == last);
                return values.map(|(_, ty)| ty).reduce(Type::merge).unwrap_or(Type::Any);
            }
            _ => {}
        }
        returns
    }

    fn unknown_function(&mut self, name: &Name) {
        let known: Vec<&str> = self.scope.functions().map(|function| function.name).collect();
        let (message, fix) = match nearest(&name.text, known.iter().copied()) {
            Some(meant) => (
                format!("There is no function `{}`: did you mean `{meant}`?", name.text),
                Some(Change { range: name.range, insert: meant.to_owned() }),
            ),
            None => {
                (format!("There is no function `{}`: use {}.", name.text, list(known.iter().copied())), None)
            }
        };
        self.error_with(name.range, Code::UnknownFunction, message, fix);
    }

    fn argument(&mut self, function: &Function, param: &Param, index: usize, arg: &Expr, ty: &Type) {
        let Some(kind) = ty.kind() else { return };
        // A null is taken for an empty text, which a text to search in or for can hardly be meant to be.
        let text = param.accepts != Kinds::ALL || function.name == "contains";
        let value = function.name == "case" || (function.name == "format" && index > 0);
        if kind == Kind::Null && text && !value {
            let message = format!(
                "`{arg}` is null, which `{}` takes for an empty text: pass another value.",
                function.name
            );
            return self.error(arg.range, Code::ArgumentType, message);
        }
        // So is a boolean, for the word `true` or `false`.
        let word = match function.name {
            "startsWith" | "endsWith" | "hashFiles" | "join" => true,
            "contains" | "format" => index == 0,
            _ => false,
        };
        if kind == Kind::Boolean && word {
            return self.boolean(function.name, arg);
        }
        if kind == Kind::Boolean && function.name == "fromJSON" {
            let message =
                format!("`{arg}` is a boolean already, so `fromJSON` changes nothing: leave it away.");
            return self.error(arg.range, Code::ArgumentType, message);
        }
        if param.accepts.has(kind) {
            return;
        }
        let wants =
            if param.accepts == Kinds::SCALAR { "a string".to_owned() } else { param.accepts.describe() };
        let advice = match kind {
            Kind::Array | Kind::Object if function.name != "case" => {
                "pick a value in it, or wrap it in `toJSON()`"
            }
            _ if function.name == "case" => "compare it with something, as in `x == 'y'`",
            _ => "pass another value",
        };
        let message = format!(
            "Argument {} of `{}` must be {wants}, but `{arg}` is {}: {advice}.",
            index + 1,
            function.name,
            noun(kind)
        );
        self.error(arg.range, Code::ArgumentType, message);
    }

    fn boolean(&mut self, function: &str, arg: &Expr) {
        let message = format!(
            "`{arg}` is a boolean, which `{function}` takes for the text `true` or `false`: pass a text, or compare with `==`."
        );
        self.error(arg.range, Code::ArgumentType, message);
    }

    fn contains(&mut self, list: &Expr, list_type: &Type, item: &Expr, item_type: &Type) {
        match list_type {
            Type::Array(inner) | Type::Filtered(inner)
                if matches!(**inner, Type::Object(_))
                    && item_type.kind().is_some_and(|kind| Kinds::SCALAR.has(kind)) =>
            {
                let message = format!(
                    "The items of `{list}` are objects and never equal `{item}`: look into one of their properties, as in `{list}.*.name`."
                );
                self.error(list.range, Code::ArgumentType, message);
            }
            Type::String | Type::Number | Type::Bool | Type::Null if item_type.is_collection() => {
                let message = format!(
                    "`{list}` is a text and cannot contain `{item}`, which is {}: pick a value in it.",
                    item_type.kind().map_or("a list", noun)
                );
                self.error(item.range, Code::ArgumentType, message);
            }
            Type::String | Type::Number if *item_type == Type::Bool => self.boolean("contains", item),
            _ => {}
        }
    }

    fn join(&mut self, list: &Expr, ty: &Type) {
        if let Type::Array(item) | Type::Filtered(item) = ty
            && let Some(kind @ (Kind::Array | Kind::Object)) = item.kind()
        {
            let message = format!(
                "Each item of `{list}` is {} and prints as the bare word `{kind:?}`: join one of their properties, as in `{list}.*.name`.",
                noun(kind)
            );
            self.error(list.range, Code::ArgumentType, message);
        }
    }

    fn format(&mut self, part: &Expr, pattern: &Expr, given: usize) {
        let Some(Value::String(text)) = fold(pattern) else { return };
        let Ok(pieces) = pieces(&text) else {
            let message = "The pattern of `format()` has a stray brace: write {0}, {1} and so on for arguments, and {{ or }} for a brace itself.";
            return self.error(part.range, Code::FormatInvalid, message.to_owned());
        };
        let mut used = vec![false; given];
        for piece in pieces {
            let Piece::Argument(number) = piece else { continue };
            match used.get_mut(usize::from(number)) {
                Some(used) => *used = true,
                None => {
                    let message = format!(
                        "The pattern of `format()` names {{{number}}}, but {given} {} given after it: add the argument, or correct the number (the first is {{0}}).",
                        if given == 1 { "argument is" } else { "arguments are" }
                    );
                    return self.error(part.range, Code::FormatMissingArgument, message);
                }
            }
        }
        if given == 0 {
            let message = "`format()` puts values into a text, and no value is given: add one, or write the text itself.";
            return self.error(part.range, Code::FormatUnusedArgument, message.to_owned());
        }
        for unused in (0..given).filter(|i| !used[*i]) {
            let message = format!(
                "The pattern of `format()` does not use its argument {{{unused}}}: remove it, or put {{{unused}}} into the pattern."
            );
            self.error(part.range, Code::FormatUnusedArgument, message);
        }
    }

    fn json(&mut self, text: &Expr) -> Type {
        let Some(Value::String(json)) = fold(text) else { return Type::Any };
        match from_json(&json) {
            Ok(value) => Type::of(&value),
            Err(error) => {
                let at = json[..error.offset].chars().count() + 1;
                let message = format!("This text is not JSON: {} at its character {at}.", error.what);
                self.error(text.range, Code::FromJsonInvalid, message);
                Type::Any
            }
        }
    }
}
