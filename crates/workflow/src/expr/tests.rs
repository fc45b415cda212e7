//! What the parser makes of all kinds of sources, and what holds for any.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use stepladder_yaml::TextRange;

use super::*;

/// The tree, with each node as `(kind parts)`.
fn tree(part: &Expr) -> String {
    let below = part.children().map(|child| format!(" {}", tree(child))).collect::<String>();
    match &part.kind {
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) => part.to_string(),
        ExprKind::Context(name) => name.text.clone(),
        ExprKind::Property { name, .. } => format!("(.{}{below})", name.text),
        ExprKind::Index { .. } => format!("([]{below})"),
        ExprKind::Filter { .. } => format!("(*{below})"),
        ExprKind::Call { function, .. } => format!("({}(){below})", function.text),
        ExprKind::Not(_) => format!("(!{below})"),
        ExprKind::Compare { op, .. } => format!("({}{below})", op.symbol()),
        ExprKind::Logical { op, .. } => format!("({}{below})", op.symbol()),
        ExprKind::Missing => "_".into(),
        ExprKind::Parts(_) => format!("(,{below})"),
    }
}

fn parsed_tree(source: &str) -> String {
    parse(source).ast.map_or_else(String::new, |ast| tree(&ast))
}

#[test]
fn signs_of_other_languages_are_told_with_what_is_meant() {
    for (source, whole) in [
        ("a === b", Some("a == b")),
        ("a !== b", Some("a != b")),
        ("a <> b", Some("a != b")),
        ("a =< b", Some("a <= b")),
        ("a => b", Some("a >= b")),
        ("a &&& b", Some("a && b")),
        ("a ||| b", Some("a || b")),
        ("a = b", Some("a == b")),
        ("a & b", Some("a && b")),
        // Nobody knows which of two is meant.
        ("a =! b", None),
        ("a = = b", None),
        ("a & & b", None),
    ] {
        let errors = parse(source).errors;
        let fixed = errors[0].fix.as_ref().map(|fix| {
            format!(
                "{}{}{}",
                &source[..fix.range.start as usize],
                fix.insert,
                &source[fix.range.end as usize..]
            )
        });
        assert_eq!(fixed.as_deref(), whole, "{source}: {errors:?}");
        assert!(whole.is_none() || errors.len() == 1, "{source}: {errors:?}");
    }
}

#[test]
fn operators_bind() {
    for (source, want) in [
        ("a || b && c || d", "(|| a (&& b c) d)"),
        ("a && b && c", "(&& a b c)"),
        ("a && (b && c)", "(&& a (&& b c))"),
        ("a == b < c != d", "(!= (== a (< b c)) d)"),
        ("!a.b == c", "(== (! (.b a)) c)"),
        ("!!(a || b).c[d.e].*", "(! (! (* ([] (.c (|| a b)) (.e d)))))"),
        ("f(a, g(), -1.5)[*] . x", "(.x (* (f() a (g()) -1.5)))"),
        ("a.true.null.Infinity", "(.Infinity (.null (.true a)))"),
        ("0xff == '''it''s'", "(== 255 '''it''s')"),
    ] {
        let parsed = parse(source);
        assert_eq!(parsed.errors, [], "{source}");
        assert_eq!(parsed_tree(source), want, "{source}");
    }
}

#[test]
fn what_is_there_stays_in_the_tree() {
    for (source, want) in [
        ("github.", "(. github)"),
        ("steps.a.outputs. == 'x'", "(== (. (.outputs (.a steps))) 'x')"),
        ("contains(github.event.", "(contains() (. (.event github)))"),
        ("fromJSON(", "(fromJSON())"),
        ("a && ", "(&& a _)"),
        ("a ==", "(== a _)"),
        ("(a || b", "(|| a b)"),
        ("a[", "([] a _)"),
        ("a['b'", "([] a 'b')"),
        ("f(a b)", "(f() (, a b))"),
        ("f(a, ", "(f() a _)"),
        ("a = 'b' & c", "(&& (== a 'b') c)"),
        ("a == \"b\"", "(== a 'b')"),
        ("a 'b'", "(, a 'b')"),
        ("a ? b == c : d", "(, a (== b c) d)"),
        ("f(a + b, c) && d", "(&& (f() (, a b) c) d)"),
        ("(a, b) == c", "(== (, a b) c)"),
        ("a[b c].d", "(.d ([] a (, b c)))"),
        ("a.b(c, d) || e", "(, (.b a) (|| (, c d) e))"),
        ("f(a] && b", "(&& (f() a) b)"),
        ("a and b or c", "(|| (&& a b) c)"),
        ("a) && b || c)", "(|| (&& a b) c)"),
        ("f(a)).b == c", "(== (.b (f() a)) c)"),
        ("* a,, b", "(, _ a b)"),
    ] {
        assert_eq!(parsed_tree(source), want, "{source}");
        assert!(!parse(source).errors.is_empty(), "{source}");
    }
    let ast = parse("contains(github.event.").ast.unwrap();
    assert_eq!(ast.path_to(22).last().unwrap().range, TextRange::new(9, 22));
}

/// The marked text of the first error, its kind, and the source after the fix.
fn first(source: &str) -> (String, SyntaxErrorKind, Option<String>) {
    let parsed = parse(source);
    let error = parsed.errors.first().unwrap_or_else(|| panic!("no error in {source}"));
    assert!(error.message.ends_with('.'), "{}", error.message);
    let fixed = error.fix.as_ref().map(|fix| {
        let mut fixed = source.to_owned();
        fixed.replace_range(fix.range.to_usize(), &fix.insert);
        fixed
    });
    (format!("{}:{}", error.range.start, &source[error.range.to_usize()]), error.kind, fixed)
}

#[test]
fn errors_stand_where_they_are() {
    use SyntaxErrorKind as K;
    for (source, place, kind) in [
        ("", "0:", K::Empty),
        ("  ", "0:  ", K::Empty),
        ("1 + 1", "2:+", K::Word),
        ("a-b + c", "4:+", K::Word),
        ("2*3", "0:2*3", K::Word),
        ("2 * 3", "2:*", K::Unexpected),
        ("-Inf", "0:-", K::Word),
        ("-0xFF", "0:-0xFF", K::Word),
        ("0xFZ", "0:0xFZ", K::Word),
        ("'abc", "0:'abc", K::Word),
        ("a @b", "2:@", K::Word),
        ("a ? b : c", "2:?", K::Word),
        (".github/x", "0:.", K::Word),
        ("${{ a }}", "0:${{", K::Word),
        ("a.", "2:", K::UnexpectedEnd),
        ("a. ", "3:", K::UnexpectedEnd),
        ("a.2", "2:2", K::Unexpected),
        ("a.'b'", "2:'b'", K::Unexpected),
        ("> 1", "0:>", K::Unexpected),
        ("a ==", "4:", K::UnexpectedEnd),
        ("(1,", "2:,", K::Unexpected),
        ("f(1, 2 a)", "7:a", K::Unexpected),
        ("f(a", "3:", K::UnexpectedEnd),
        ("a[1", "3:", K::UnexpectedEnd),
        ("a b", "2:b", K::Unexpected),
        ("a.b(c)", "3:(", K::Unexpected),
        ("'a'.b", "3:.", K::Unexpected),
        ("['a']", "0:[", K::Unexpected),
        ("a,", "1:,", K::Unexpected),
        ("*.a", "0:*", K::Unexpected),
    ] {
        let (found, found_kind, _) = first(source);
        assert_eq!((found.as_str(), found_kind), (place, kind), "{source}");
    }
}

#[test]
fn clear_intentions_are_fixed() {
    for (source, fixed) in [
        ("a = b", "a == b"),
        ("a & b", "a && b"),
        ("a | b", "a || b"),
        ("a === b", "a == b"),
        ("a == \"it's\"", "a == 'it''s'"),
        ("a and b", "a && b"),
        ("a)", "a"),
        ("0XF", "0xF"),
    ] {
        assert_eq!(first(source).2.as_deref(), Some(fixed), "{source}");
    }
}

#[test]
fn limits_hold() {
    let errors =
        |source: String| parse(&source).errors.into_iter().map(|error| error.kind).collect::<Vec<_>>();
    assert_eq!(errors(format!("{}a", "!".repeat(49))), []);
    assert_eq!(errors(format!("{}a", "!".repeat(50))), [SyntaxErrorKind::TooDeep]);
    assert_eq!(errors(format!("a{}", ".b".repeat(49))), []);
    assert_eq!(errors(format!("a{}", "[0]".repeat(50))), [SyntaxErrorKind::TooDeep]);
    assert_eq!(errors(format!("{}a{}", "(".repeat(100), ")".repeat(100))), []);
    assert_eq!(errors(format!("a{}", " && a".repeat(4000))), []);
    assert_eq!(errors(format!("'{}'", "ä".repeat(20_998))), []);
    assert_eq!(errors(format!("'{}'", "ä".repeat(20_999))), [SyntaxErrorKind::TooLong]);
    for hostile in ["(", "[", "!", "f(", "a[", "a.", "a == ", "a && (", "${{", "-", "f(a,", "a < (", "!("] {
        let source: String = hostile.repeat(20_000 / hostile.len());
        assert!(!parse(&source).errors.is_empty(), "{hostile}");
        let twice: String = hostile.repeat(100_000);
        assert_eq!(errors(twice), [SyntaxErrorKind::TooLong]);
    }
}

/// Expressions that parse: any tree, printed.
fn sources() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("''".to_owned()),
        Just("NaN".to_owned()),
        "-?[0-9]{1,3}(\\.[0-9]{1,2})?(e[0-9])?",
        "'[a-zA-Z0-9 {}\\[\\]\",:]{0,6}'",
        Just("fromJSON('[1,\"a\",{\"b\":[true]}]')".to_owned()),
        "[a-c]{1,2}",
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            inner.clone().prop_map(|a| format!("!({a})")),
            (two.clone(), "==|!=|<|<=|>|>=|&&|\\|\\|").prop_map(|((a, b), op)| format!("({a}) {op} ({b})")),
            (inner.clone(), "[a-c]").prop_map(|(a, name)| format!("({a}).{name}")),
            inner.clone().prop_map(|a| format!("({a}).*")),
            two.clone().prop_map(|(a, b)| format!("({a})[{b}]")),
            two.clone().prop_map(|(a, b)| format!("contains({a}, {b})")),
            two.clone().prop_map(|(a, b)| format!("join({a}, {b})")),
            two.clone().prop_map(|(a, b)| format!("format({a}, {b})")),
            two.prop_map(|(a, b)| format!("case(true, {a}, {b})")),
            inner.prop_map(|a| format!("toJSON({a})")),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_taken(source in "\\PC{0,60}") {
        let parsed = parse(&source);
        if let Some(ast) = &parsed.ast {
            let whole = TextRange::new(0, u32::try_from(source.len()).unwrap());
            ast.walk(&mut |part| {
                assert!(whole.covers(part.range) && source.get(part.range.to_usize()).is_some());
                for child in part.children() {
                    assert!(part.range.covers(child.range), "{} in {}", child.range.start, part.range.start);
                }
            });
            let _ = check(ast, &Scope::everything(), Expected::Text);
            let _ = explain(ast, &State::default());
            let _ = used(ast);
        }
        for error in &parsed.errors {
            prop_assert!(source.get(error.range.to_usize()).is_some());
        }
        let _ = segments(&source);
        let _ = protocol(&source);
    }

    #[test]
    fn any_words_are_taken(words in prop::collection::vec(
        prop::sample::select(vec!["a", ".", "*", "[", "]", "(", ")", "'x'", "1", "!", "==", "<", "&&", "||", ",", "\"", "=", " ", "null", "format", "fromJSON", "case"]), 0..24))
    {
        let source = words.concat();
        let parsed = parse(&source);
        if let Some(ast) = &parsed.ast {
            let _ = check(ast, &Scope::everything(), Expected::Text);
            let _ = eval(ast, &State::default());
            if parsed.errors.is_empty() {
                let again = parse(&ast.to_string());
                prop_assert_eq!(&again.errors, &[]);
                prop_assert_eq!(again.ast.unwrap().to_string(), ast.to_string());
            }
        }
    }

    #[test]
    fn prefixes_are_taken(source in sources(), cut in any::<prop::sample::Index>()) {
        let places: Vec<usize> = (0..=source.len()).filter(|at| source.is_char_boundary(*at)).collect();
        let _ = parse(&source[..places[cut.index(places.len())]]);
    }

    #[test]
    fn printing_keeps_the_meaning(source in sources()) {
        let parsed = parse(&source);
        prop_assert_eq!(&parsed.errors, &[]);
        let ast = parsed.ast.unwrap();
        let again = parse(&ast.to_string());
        prop_assert_eq!(&again.errors, &[]);
        let again = again.ast.unwrap();
        prop_assert_eq!(tree(&ast), tree(&again));
        match (eval(&ast, &State::default()), eval(&again, &State::default())) {
            (Ok(a), Ok(b)) => prop_assert!(a.same(&b)),
            (Err(a), Err(b)) => prop_assert_eq!(a.kind, b.kind),
            (a, b) => prop_assert!(false, "{:?} and {:?}", a, b),
        }
    }

    #[test]
    fn folding_is_evaluating_and_types_hold(source in sources()) {
        let ast = parse(&source).ast.unwrap();
        let value = eval(&ast, &State::default());
        match (fold(&ast), &value) {
            (Some(folded), Ok(value)) => prop_assert!(folded.same(value)),
            (Some(_), Err(error)) => prop_assert!(false, "{}", error.message),
            (None, Ok(_)) => prop_assert!(!used(&ast).is_empty()),
            (None, Err(_)) => {}
        }
        if let (Ok(value), Some(kind)) = (&value, type_of(&ast, &Scope::everything()).kind())
            && let Some(found) = value.kind()
        {
            prop_assert_eq!(found, kind, "{}", source);
        }
        let explained = explain(&ast, &State::default());
        if let (Ok(value), Outcome::Value(found)) = (&value, &explained.outcome) {
            prop_assert!(value.same(found));
        }
    }
}
