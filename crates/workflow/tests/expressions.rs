//! Every expression of the conformance cases has the value, and the kind, that GitHub's own evaluators give it.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use stepladder_workflow::expr::{
    Layout, Object, State, Value, eval, fold, from_json, parse, protocol, to_json,
};

fn cases() -> Option<Vec<Object>> {
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance"),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(folder.join("expressions.jsonl")) else {
        eprintln!("skipped: no expressions.jsonl in {}", folder.display());
        return None;
    };
    Some(text.lines().map(object).collect())
}

fn object(json: &str) -> Object {
    match from_json(json).unwrap() {
        Value::Object(object) => object,
        other => panic!("not an object: {other:?}"),
    }
}

fn text(value: &Value) -> String {
    value.to_text().unwrap().to_string()
}

#[test]
fn values_and_kinds_agree() {
    let Some(cases) = cases() else { return };
    let mut misses = Vec::new();
    for case in &cases {
        let field = |name| case.get(name).unwrap().clone();
        let request = Value::object([("expr", field("expr")), ("contexts", field("contexts"))]);
        let answer = object(&protocol(&to_json(&request, Layout::Compact)));
        let right = match field("result") {
            Value::Object(want) => {
                ["kind", "value"].iter().all(|name| match (answer.get(name), want.get(name)) {
                    (Some(got), Some(want)) => got.same(want),
                    _ => false,
                })
            }
            _ => answer.get("err").is_some(),
        };
        if !right {
            let answer =
                to_json(&Value::object(answer.entries().map(|(k, v)| (k, v.clone()))), Layout::Compact);
            misses.push(format!("{}: {} gives {answer}", text(&field("id")), text(&field("expr"))));
        }
    }
    assert!(cases.len() > 100, "only {} cases", cases.len());
    assert!(misses.is_empty(), "{} of {} differ:\n{}", misses.len(), cases.len(), misses.join("\n"));
}

#[test]
fn printed_expressions_mean_the_same() {
    let Some(cases) = cases() else { return };
    for case in &cases {
        let parsed = parse(&text(case.get("expr").unwrap()));
        let Some(ast) = parsed.ast.filter(|_| parsed.errors.is_empty()) else { continue };
        let again = parse(&ast.to_string());
        assert_eq!(again.errors, [], "{ast}");
        let again = again.ast.unwrap();
        assert_eq!(again.to_string(), ast.to_string());
        if let Some(value) = fold(&ast) {
            let evaluated = eval(&again, &State::default()).unwrap();
            assert!(evaluated.same(&value), "{ast}");
        }
    }
}
