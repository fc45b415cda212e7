#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::ProblemKind as K;
use super::*;

fn pattern(text: &str, target: Target) -> Pattern {
    let (pattern, problems) = Pattern::parse(text, target);
    assert!(problems.is_empty(), "{text}: {problems:?}");
    pattern
}

/// `pattern: values that match | values that do not`, separated by spaces.
fn table(target: Target, rows: &[(&str, &str, &str)]) {
    for (text, yes, no) in rows {
        let pattern = pattern(text, target);
        for value in yes.split_whitespace() {
            assert!(pattern.matches(value), "`{text}` should match `{value}`");
        }
        for value in no.split_whitespace() {
            assert!(!pattern.matches(value), "`{text}` should not match `{value}`");
        }
    }
}

#[test]
fn refs() {
    table(
        Target::Ref,
        &[
            ("feature/*", "feature/my-branch feature/your-branch", "feature/beta/my-branch feature"),
            (
                "feature/**",
                "feature/beta-a/my-branch feature/your-branch feature/mona/the/octocat",
                "feature",
            ),
            ("main", "main", "main2 Main mai"),
            ("releases/mona-the-octocat", "releases/mona-the-octocat", "releases/mona"),
            ("*", "main releases", "a/b"),
            ("**", "all/the/branches every/tag main", ""),
            ("*feature", "mona-feature feature ver-10-feature", "a/feature features"),
            ("v2*", "v2 v2.0 v2.9", "v1.9 av2"),
            ("v[12].[0-9]+.[0-9]+", "v1.10.1 v2.0.0", "v3.0.0 v1.10 v1.10."),
            ("Octo*", "Octocat", "octocat"),
            ("[CB]at", "Cat Bat", "Rat cat at"),
            ("[1-2]00", "100 200", "300 1-200"),
            ("v1.**", "v1.2/rc v1.", "v1"),
            ("releases/**-alpha", "releases/10-alpha releases/beta/3-alpha", "releases/10-beta"),
            ("a!b", "a!b", "ab"),
            ("ab]", "ab]", "ab"),
            ("[a-c0-9_]+x?", "a9_x b 0x", "d x"),
            ("größe?", "größ größe", "groß"),
            ("**/x", "x a/x a/b/x", "ax a/xx"),
            ("a**/x", "a/x ab/x a/b/x", "ax a"),
            ("**/?x", "x a/bx /x", "a/by"),
            ("***", "a/b", ""),
        ],
    );
}

#[test]
fn paths() {
    table(
        Target::Path,
        &[
            ("*", "README.md server.rb .gitignore", "docs/a.md"),
            ("*.jsx?", "page.js page.jsx", "page.jsxx"),
            ("**", "all/the/files.md", ""),
            ("*.js", "app.js index.js", "js/index.js"),
            ("**.js", "index.js js/index.js src/js/app.js", "index.ts"),
            ("docs/*", "docs/README.md docs/file.txt", "docs/a/b.md"),
            ("docs/**", "docs/README.md docs/mona/octocat.txt", "src/docs/a.md docs"),
            ("docs/**/*.md", "docs/README.md docs/mona/hello-world.md docs/a/markdown/file.md", "docs/a.txt"),
            ("**/docs/**", "docs/hello.md dir/docs/my-file.txt space/docs/plan/space.doc", "mydocs/a"),
            ("**/README.md", "README.md js/README.md", "OLDREADME.md"),
            ("**/*src/**", "a/src/app.js my-src/code/js/app.js", "srcs/a"),
            ("**/*-post.md", "my-post.md path/their-post.md", "post.md"),
            (
                "**/migrate-*.sql",
                "migrate-10909.sql db/migrate-v1.0.sql db/sept/migrate-v1.sql",
                "migrate.sql",
            ),
            ("sub-project/**", "sub-project/index.js", "sub-projects/a"),
            ("docs", "docs", "docs/a.md"),
            (r"foo\bar", r"foo\bar", "foobar"),
            (r"what\?", "what?", "wha what"),
            (r"a\[b\]", "a[b]", "ab"),
        ],
    );
}

#[test]
fn lists_are_read_in_order() {
    let list = |texts: &[&str]| texts.iter().map(|text| pattern(text, Target::Path)).collect::<Vec<_>>();
    for (texts, value, matched, decided_by) in [
        (&["*.md", "!README.md"][..], "hello.md", true, Some(0)),
        (&["*.md", "!README.md"], "README.md", false, Some(1)),
        (&["*.md", "!README.md"], "docs/hello.md", false, None),
        (&["*.md", "!README.md", "README*"], "hello.md", true, Some(0)),
        (&["*.md", "!README.md", "README*"], "README.md", true, Some(2)),
        (&["*.md", "!README.md", "README*"], "README.doc", true, Some(2)),
        (&["releases/**", "!releases/**-alpha"], "releases/10", true, Some(0)),
        (&["releases/**", "!releases/**-alpha"], "releases/beta/mona", true, Some(0)),
        (&["releases/**", "!releases/**-alpha"], "releases/10-alpha", false, Some(1)),
        (&["releases/**", "!releases/**-alpha"], "releases/beta/3-alpha", false, Some(1)),
        (&["sub-project/**", "!sub-project/docs/**"], "sub-project/index.js", true, Some(0)),
        (&["sub-project/**", "!sub-project/docs/**"], "sub-project/src/index.js", true, Some(0)),
        (&["sub-project/**", "!sub-project/docs/**"], "sub-project/docs/readme.md", false, Some(1)),
        (&["!docs/**"], "docs/a.md", false, None),
        (&["!docs/**"], "src/a.rs", false, None),
        (&["!a", "a"], "a", true, Some(1)),
    ] {
        assert_eq!(matches_list(&list(texts), value), Verdict { matched, decided_by }, "{texts:?} {value}");
    }
}

#[test]
fn one_matching_file_is_enough_for_paths_and_one_other_file_for_paths_ignore() {
    let docs = [pattern("docs/**", Target::Path)];
    let runs = |verdict: PathsVerdict| (verdict.runs, verdict.decided_by);
    assert_eq!(runs(paths_match(&docs, &["src/a.rs", "docs/a.md"])), (true, Some((1, Some(0)))));
    assert_eq!(runs(paths_match(&docs, &["src/a.rs"])), (false, None));
    assert_eq!(runs(paths_ignore_pass(&docs, &["docs/a.md", "src/a.rs"])), (true, Some((1, None))));
    assert_eq!(runs(paths_ignore_pass(&docs, &["docs/a.md"])), (false, None));
    let none: [&str; 0] = [];
    assert!(!paths_match(&docs, &none).runs);
    assert!(!paths_ignore_pass(&docs, &none).runs);
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (target, text, expected) in [
        (Target::Ref, "", &[(K::Empty, "")][..]),
        (Target::Path, "!", &[(K::LoneNegation, "!")]),
        (Target::Ref, "?a", &[(K::NothingToRepeat, "?")]),
        (Target::Ref, "!+a", &[(K::NothingToRepeat, "+")]),
        (Target::Ref, "a*?", &[(K::NothingToRepeat, "?")]),
        (Target::Ref, "a?+", &[(K::NothingToRepeat, "+")]),
        (Target::Ref, "a**+b", &[(K::NothingToRepeat, "+")]),
        (Target::Ref, "v[0-9", &[(K::UnclosedClass, "9")]),
        (Target::Ref, "v[0-", &[(K::UnclosedClass, "-")]),
        (Target::Other, "v[", &[(K::UnclosedClass, "[")]),
        (Target::Ref, "v[]", &[(K::EmptyClass, "[]")]),
        (Target::Ref, "[x]y", &[(K::SingleClass, "[x]")]),
        (Target::Ref, "v[9-0]", &[(K::ReversedRange, "0")]),
        (Target::Ref, "v[ab-]", &[(K::IncompleteRange, "b-")]),
        (Target::Ref, "a b", &[(K::IllegalRefCharacter, " ")]),
        (Target::Ref, r"a\*\?", &[(K::IllegalRefCharacter, r"\*"), (K::IllegalRefCharacter, r"\?")]),
        (
            Target::Ref,
            "a~b^c:d",
            &[(K::IllegalRefCharacter, "~"), (K::IllegalRefCharacter, "^"), (K::IllegalRefCharacter, ":")],
        ),
        (
            Target::Ref,
            r"/v\d+/",
            &[(K::LeadingSlash, "/"), (K::UselessEscape, "\\"), (K::TrailingSlash, "/")],
        ),
        (Target::Ref, "a.", &[(K::TrailingDot, ".")]),
        (Target::Ref, r"a\]", &[(K::UselessEscape, r"\]")]),
        (Target::Ref, "v[^a]", &[]),
        (Target::Path, "a b", &[]),
        (Target::Path, "  a", &[(K::OuterSpace, "  ")]),
        (Target::Path, "a ", &[(K::OuterSpace, " ")]),
        (Target::Path, " ", &[(K::OuterSpace, " ")]),
        (Target::Path, ".", &[(K::RelativePath, ".")]),
        (Target::Path, "./a/b", &[(K::RelativePath, "./")]),
        (Target::Path, "!../a", &[(K::RelativePath, "../")]),
        (Target::Path, ".github/**", &[]),
        (Target::Path, "/src/**", &[(K::LeadingSlash, "/")]),
        (Target::Path, "src/", &[(K::TrailingSlash, "/")]),
        (Target::Path, "a.txt\nb.txt\n", &[(K::Newline, "\n")]),
        (Target::Ref, "main\n", &[(K::Newline, "\n")]),
        (Target::Other, "1 .", &[]),
        (Target::Ref, "refs/heads/main", &[(K::FullRef, "refs/heads/")]),
        (Target::Ref, "!refs/tags/v*", &[(K::FullRef, "refs/tags/")]),
        (Target::Ref, "refs/**", &[(K::FullRef, "refs/")]),
        (Target::Ref, "refs/?x", &[]),
        (Target::Ref, "my/refs/heads/x", &[]),
        (Target::Path, "refs/heads/x", &[]),
        (Target::Ref, "a//b", &[(K::DoubleSlash, "/")]),
        (Target::Path, "a/**//b", &[(K::DoubleSlash, "/")]),
        (Target::Ref, "a//?b", &[]),
        (Target::Ref, "a/+b", &[]),
        (Target::Ref, "a[//]b", &[]),
        (Target::Other, "a//b", &[]),
        (Target::Ref, "{a,b}", &[(K::Braces, "{a,b}")]),
        (Target::Path, "src/**.{js,ts}", &[(K::Braces, "{js,ts}")]),
        (Target::Ref, "a{b}c", &[]),
        (Target::Ref, "a{b,c", &[]),
        (Target::Ref, "a{b}c,d}", &[]),
    ] {
        let (_, problems) = Pattern::parse(text, target);
        let found: Vec<_> = problems.iter().map(|p| (p.kind, &text[p.range.to_usize()])).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn the_filter_tells_what_is_matched() {
    assert_eq!(Target::of_filter("branches-ignore"), Target::Ref);
    assert_eq!(Target::of_filter("tags"), Target::Ref);
    assert_eq!(Target::of_filter("paths"), Target::Path);
    assert_eq!(Target::of_filter("versions"), Target::Other);
}

#[test]
fn a_literal_is_known_as_such() {
    assert_eq!(pattern("main", Target::Ref).literal().as_deref(), Some("main"));
    assert_eq!(pattern(r"a\*b", Target::Path).literal().as_deref(), Some("a*b"));
    assert_eq!(pattern("v*", Target::Ref).literal(), None);
}

#[test]
fn examples_look_natural() {
    assert_eq!(examples("main", Target::Ref), ["main"]);
    assert_eq!(examples("feature/*", Target::Ref), ["feature/login", "feature/fix-42", "feature/new-page"]);
    assert_eq!(examples("v*", Target::Ref), ["v1.0", "v2", "v1.2.3"]);
    // Something stands where the star is.
    assert_eq!(examples("release-*", Target::Ref), ["release-1", "release-one", "release-2.0"]);
    assert_eq!(examples("release*", Target::Ref), ["release-1", "release-one", "release2"]);
    assert_eq!(examples("1*", Target::Ref), ["1.1", "1.2.3", "1-rc"]);
    assert_eq!(examples("v*.*.*", Target::Ref), ["v1.0.0", "v2.2.2", "v3.4.4"]);
    assert_eq!(examples("release/v*.*", Target::Ref), ["release/v1.0", "release/v2.2", "release/v3.4"]);
    assert_eq!(examples("*.*", Target::Ref), ["1.0", "2.2", "3.4"]);
    assert_eq!(examples("**/*.md", Target::Path), ["main.md", "docs/index.md", "src/app/notes.md"]);
    assert_eq!(examples("[", Target::Ref), [""; 0]);
    assert!(examples("v[12].[0-9]+.[0-9]+", Target::Ref).len() == 3);
}

#[test]
fn a_nasty_pattern_takes_no_longer() {
    let pattern = pattern(&"a?".repeat(200), Target::Ref);
    assert!(pattern.matches(&"a".repeat(200)));
    let stars = Pattern::parse(&"**a".repeat(100), Target::Path).0;
    assert!(!stars.matches(&"a".repeat(99)));
    assert!(!stars.matches(&"b".repeat(5000)));
}

/// A slow matcher written straight from the words of the language: tries every way.
fn slow(tokens: &[Token], value: &[char]) -> bool {
    let accepts = |one: &One, c: char| match one {
        One::Char(own) => *own == c,
        One::Class(ranges) => ranges.iter().any(|(a, b)| *a <= c && c <= *b),
    };
    let Some((token, rest)) = tokens.split_first() else { return value.is_empty() };
    let runs = |allowed: &dyn Fn(char) -> bool, least: usize| {
        (0..=value.len())
            .take_while(|n| value[..*n].iter().all(|c| allowed(*c)))
            .any(|n| n >= least && slow(rest, &value[n..]))
    };
    match token {
        Token::One(one) => value.first().is_some_and(|c| accepts(one, *c)) && slow(rest, &value[1..]),
        Token::Maybe(one) => {
            slow(rest, value) || value.first().is_some_and(|c| accepts(one, *c) && slow(rest, &value[1..]))
        }
        Token::Many(one) => runs(&|c| accepts(one, c), 1),
        Token::Star => runs(&|c| c != '/', 0),
        Token::DoubleStar => runs(&|_| true, 0),
        Token::MaybeDirectories => slow(&rest[1..], value) || slow(rest, value),
        Token::Directories => (1..=value.len()).any(|n| value[n - 1] == '/' && slow(rest, &value[n..])),
    }
}

proptest! {
    #[test]
    fn any_text_is_a_pattern(text in "\\PC{0,12}|[*?+!\\[\\]\\\\/.a \n-]{0,12}", value in "\\PC{0,12}") {
        for target in [Target::Ref, Target::Path, Target::Other] {
            let (pattern, problems) = Pattern::parse(&text, target);
            let _ = pattern.matches(&value);
            for problem in problems {
                prop_assert!(text.get(problem.range.to_usize()).is_some());
                prop_assert!(problem.message.ends_with('.'));
            }
        }
    }

    #[test]
    fn the_matcher_agrees_with_the_slow_one(text in "[*?+\\[\\]/ab-]{0,7}", value in "[ab/]{0,6}") {
        let (pattern, _) = Pattern::parse(&text, Target::Other);
        let chars: Vec<char> = value.chars().collect();
        prop_assert_eq!(pattern.matches(&value), slow(&pattern.tokens, &chars), "{} {}", text, value);
    }

    #[test]
    fn examples_match(text in "[*?+!\\[\\]\\\\/.av0-]{0,9}") {
        for target in [Target::Ref, Target::Path, Target::Other] {
            for example in examples(&text, target) {
                prop_assert!(Pattern::parse(&text, target).0.matches(&example));
            }
        }
    }

    #[test]
    fn plain_text_matches_itself_only(text in "[a-z0-9_-]{1,9}", other in "[a-z0-9_-]{1,9}") {
        let (pattern, _) = Pattern::parse(&text, Target::Ref);
        prop_assert!(pattern.matches(&text));
        prop_assert_eq!(pattern.matches(&other), text == other);
    }
}
