//! One line of JSON in, one out: expressions evaluated for other programs.

use super::ast::ExprKind;
use super::eval::{EvalErrorKind, State, eval, miscounted};
use super::functions::{Function, Place};
use super::json::{Layout, from_json, to_json};
use super::parser::{SyntaxErrorKind, parse};
use super::value::Value;

/// Answers a request `{"expr": "1 == 2", "contexts": {…} | null}` with `{"kind": "Boolean", "value": false}`, or with
/// `{"err": "lexing" | "parsing" | "evaluation", "message": "…"}`. The contexts that are given are all that exist.
#[must_use]
pub fn protocol(line: &str) -> String {
    let (kind, message) = match answer(line) {
        Ok(value) => {
            let kind = value.kind().map(|kind| format!("{kind:?}")).unwrap_or_default();
            return to_json(&Value::object([("kind", kind.into()), ("value", value)]), Layout::Compact);
        }
        Err(error) => error,
    };
    to_json(&Value::object([("err", kind.into()), ("message", message.into())]), Layout::Compact)
}

fn answer(line: &str) -> Result<Value, (&'static str, String)> {
    let request =
        from_json(line).map_err(|error| ("parsing", format!("The request is not JSON: {}.", error.what)))?;
    let field = |name: &str| match &request {
        Value::Object(request) => request.get(name).cloned(),
        _ => None,
    };
    let Some(Value::String(source)) = field("expr") else {
        return Err((
            "parsing",
            "The request has no text `expr`: send {\"expr\": \"…\", \"contexts\": {…}}.".into(),
        ));
    };
    let contexts: Vec<(String, Value)> = match field("contexts") {
        Some(Value::Object(contexts)) => {
            contexts.entries().map(|(name, value)| (name.to_owned(), value.clone())).collect()
        }
        _ => Vec::new(),
    };
    let parsed = parse(&source);
    // GitHub reads all words before it looks at their order.
    let lexing = |kind| matches!(kind, SyntaxErrorKind::Word | SyntaxErrorKind::TooLong);
    if let Some(error) = parsed.errors.iter().find(|error| lexing(error.kind)) {
        return Err(("lexing", error.message.clone()));
    }
    if let Some(error) = parsed.errors.into_iter().next() {
        return Err(("parsing", error.message));
    }
    let Some(ast) = parsed.ast else { return Err(("parsing", "The expression is empty.".into())) };
    let mut wrong = None;
    ast.walk(&mut |part| {
        let found = match &part.kind {
            ExprKind::Context(name) if !contexts.iter().any(|(known, _)| name.is(known)) => {
                Some(format!("There is no context `{}`.", name.text))
            }
            ExprKind::Call { function, args } => match Function::find(&function.text) {
                Some(function) if function.place == Place::Anywhere => miscounted(function, args.len()),
                _ => Some(format!("There is no function `{}` here.", function.text)),
            },
            _ => None,
        };
        wrong = wrong.take().or(found);
    });
    if let Some(message) = wrong {
        return Err(("parsing", message));
    }
    let state = State { contexts, ..State::default() };
    eval(&ast, &state).map_err(|error| match error.kind {
        EvalErrorKind::Syntax => ("parsing", error.message),
        _ => ("evaluation", error.message),
    })
}

#[cfg(test)]
mod tests {
    use super::protocol;

    #[test]
    fn answers() {
        for (request, answer) in [
            (r#"{"expr": "1 == 2", "contexts": null}"#, r#"{"kind":"Boolean","value":false}"#),
            (r#"{"expr": "a.b", "contexts": {"A": {"B": [1.5]}}}"#, r#"{"kind":"Array","value":[1.5]}"#),
        ] {
            assert_eq!(protocol(request), answer);
        }
        for (request, stage) in [
            ("", "parsing"),
            ("{}", "parsing"),
            (r#"{"expr": ""}"#, "parsing"),
            (r#"{"expr": "a"}"#, "parsing"),
            (r#"{"expr": "always()"}"#, "parsing"),
            (r#"{"expr": "1 +"}"#, "lexing"),
            (r#"{"expr": "1 2 = 3"}"#, "lexing"),
            (r#"{"expr": "true || startsWith('a')"}"#, "parsing"),
            (r#"{"expr": "fromJSON('')"}"#, "evaluation"),
        ] {
            assert!(protocol(request).starts_with(&format!(r#"{{"err":"{stage}","#)), "{request}");
        }
    }
}
