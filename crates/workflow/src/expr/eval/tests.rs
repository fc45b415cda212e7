#![allow(clippy::unwrap_used)]
use super::super::json::{Layout, from_json, to_json};
use super::super::parse;
use super::*;

/// A state with `known` as JSON, and `half` of which only `a` is known.
fn state() -> State {
    let known = from_json(r#"{"list":[1,"Two",{"x":3}],"text":"abc","no":false,"deep":{"Key":[[1,2],[3]]}}"#)
        .unwrap();
    let half = Value::open_object([("a", Value::Bool(true))], Unknown::new("half"));
    State {
        contexts: vec![("known".into(), known), ("half".into(), half)],
        success: Some(true),
        ..State::default()
    }
}

/// The value as JSON; `?what` and its truth when unknown; `!kind` when it fails.
fn show(source: &str) -> String {
    let parsed = parse(source);
    assert_eq!(parsed.errors, [], "{source}");
    match eval(&parsed.ast.unwrap(), &state()) {
        Ok(Value::Unknown(unknown)) => match unknown.truth {
            Some(truth) => format!("?{} {truth}", unknown.what),
            None => format!("?{}", unknown.what),
        },
        Ok(value) => to_json(&value, Layout::Compact),
        Err(error) => format!("!{:?}", error.kind),
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (source, want) in cases {
        assert_eq!(show(source), *want, "{source}");
    }
}

#[test]
fn operators() {
    check(&[
        ("'a' == 'A' && 1 == '1' && null == 0 && '' == false", "true"),
        ("known == known && known.list == known.list", "true"),
        ("known.list == fromJSON('[]') || known.list.* == known.list.*", "false"),
        ("NaN != NaN && !(NaN < 1) && !(NaN >= 1)", "true"),
        ("'b' > 'A' && true > false && null >= null && !(null > null)", "true"),
        ("1 < 2 < 3 && 3 > 2", "true"),
        ("0 && 'b'", "0.0"),
        ("'' || null", "null"),
        ("!fromJSON('[]')", "false"),
    ]);
}

#[test]
fn accesses() {
    check(&[
        ("known.LIST[1]", "\"Two\""),
        ("known.list['1']", "\"Two\""),
        ("known.list[2.9].x", "3.0"),
        ("known.list[-1] || known.list[3] || known.list['x'] || known.list[known]", "null"),
        ("known.text.length || known.nothing.at.all", "null"),
        ("known.*.x", "[]"),
        ("known.list.*.x", "[3.0]"),
        ("known.deep.key.*[0]", "[1.0,3.0]"),
        ("known.deep.key.*.*", "[1.0,2.0,3.0]"),
        ("(known.list.*).x", "[3.0]"),
        ("known.text.*", "[]"),
    ]);
}

#[test]
fn functions() {
    check(&[
        ("contains('Hello', 'ELL') && contains(known.list, '1') && contains('abc', null)", "true"),
        ("contains(known, 'list') || contains('a', known) || startsWith(known, 'O')", "false"),
        ("startsWith('ab', 'A') && endsWith(12, 2)", "true"),
        ("format('{0}{{{1}}} {0}', 'a', 1.50)", "\"a{1.5} a\""),
        ("format('{1}', 'a')", "!Format"),
        ("format('{0', 'a')", "!Format"),
        ("format('{0}', 'a', fromJSON('x'))", "\"a\""),
        ("join(known.list, '-')", "\"1-Two-Object\""),
        ("join(known.list, known)", "\"1,Two,Object\""),
        ("join(known)", "\"\""),
        ("fromJSON('[1')", "!Json"),
        ("fromJSON('')", "!Json"),
        ("toJSON(fromJSON('[1]'))", "\"[\\n  1\\n]\""),
        ("case(false, fromJSON('x'), true, 'b', fromJSON('x'))", "\"b\""),
        ("case(1, 'a', 'b')", "!Condition"),
        ("case(true, 'a')", "!Syntax"),
        ("nothing()", "!Syntax"),
        ("startsWith('a')", "!Syntax"),
        ("success() && always()", "true"),
    ]);
}

#[test]
fn unknown_stays_unknown_but_decides_nothing() {
    check(&[
        ("vars.A", "?vars.A"),
        ("vars['a b'].c[0]", "?vars['a b'].c['0']"),
        ("half.a", "true"),
        ("half.b.c", "?half.b.c"),
        ("half.*.c", "?half.*.c"),
        ("toJSON(half)", "?half true"),
        ("false && vars.A", "false"),
        ("true || vars.A", "true"),
        ("vars.A && false", "?vars.A false"),
        ("vars.A || 'x'", "?vars.A true"),
        ("!(vars.A && false)", "true"),
        ("vars.A == 'x' && !half.a", "?vars.A false"),
        ("vars.A == 'x' || vars.B", "?vars.A"),
        ("vars.A && fromJSON('x')", "?vars.A"),
        ("vars.A == vars.A", "?vars.A"),
        ("half == 1", "false"),
        ("vars.A < 1", "?vars.A"),
        ("contains(known.list, vars.A)", "?vars.A"),
        ("contains(fromJSON('[]'), vars.A)", "false"),
        ("format('{0} {1}', 'a', vars.A)", "?vars.A"),
        ("case(vars.A == 'x', 1, 2)", "?vars.A"),
        ("case(true, 1, vars.A)", "1.0"),
        ("hashFiles('a', 'b') == ''", "?hashFiles('a', 'b')"),
        ("failure() || cancelled()", "?failure()"),
        ("success('build')", "?success('build')"),
    ]);
}

#[test]
fn texts_cannot_grow_without_end() {
    let mut source = "'0123456789'".to_owned();
    for _ in 0..20 {
        source = format!("format('{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}{{0}}', {source})");
    }
    assert_eq!(show(&source), "!TooLarge");
}

#[test]
fn folding_needs_no_run() {
    let fold = |source: &str| fold(&parse(source).ast.unwrap()).map(|value| to_json(&value, Layout::Compact));
    assert_eq!(fold("true && 42 || !null").as_deref(), Some("42.0"));
    assert_eq!(fold("contains(format('{0} {1}', 'foo', 'bar'), 'o b')").as_deref(), Some("true"));
    assert_eq!(fold("true || github.ref"), None);
    assert_eq!(fold("always()"), None);
    assert_eq!(fold("hashFiles('a')"), None);
    assert_eq!(fold("fromJSON('x')"), None);
}

#[test]
fn what_no_run_changes_is_true_or_false() {
    for (source, want) in [
        ("github.actor == 'x' || true", Some(true)),
        ("false && always()", Some(false)),
        ("!(github.a && '') && 'b'", Some(true)),
        ("toJSON(github)", Some(true)),
        ("always()", None),
        ("github.a || github.b", None),
        ("fromJSON('x')", None),
    ] {
        assert_eq!(truth(&parse(source).ast.unwrap()), want, "{source}");
    }
}

#[test]
fn explanations_follow_the_tree() {
    let source = "known.no && known.text || (half.a == true)";
    let tree = explain(&parse(source).ast.unwrap(), &state());
    fn lines(source: &str, part: &Explained, out: &mut Vec<String>) {
        let outcome = match &part.outcome {
            Outcome::Value(value) if value.kind() == Some(crate::expr::Kind::Object) => "{}".into(),
            Outcome::Value(value) => to_json(value, Layout::Compact),
            Outcome::Failed(error) => error.message.clone(),
            Outcome::Skipped => "-".into(),
        };
        out.push(format!("{}: {outcome}", &source[part.range.to_usize()]));
        part.children.iter().for_each(|child| lines(source, child, out));
    }
    let mut out = Vec::new();
    lines(source, &tree, &mut out);
    assert_eq!(
        out,
        [
            "known.no && known.text || (half.a == true): true",
            "known.no && known.text: false",
            "known.no: false",
            "known: {}",
            "known.text: -",
            "known: -",
            "half.a == true: true",
            "half.a: true",
            "half: {}",
            "true: true",
        ]
    );
}
