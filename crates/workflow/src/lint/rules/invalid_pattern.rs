use stepladder_yaml::{CollectionStyle, Kind, Node, ScalarStyle, TextEdit, TextRange};

use super::invalid_cron::instead;

use crate::expr::has_expression;
use crate::glob::{Pattern, Problem, ProblemKind, Target};
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-pattern",
    severity: Severity::Error,
    kind: "triggers",
    title: "Pattern that cannot match",
    docs: "`branches`, `tags`, `paths` and their `-ignore` twins take patterns: `*` for anything but `/`, `**` for \
           anything, `?` and `+` for none-or-one and one-or-more of the character before, `[…]` for a set, `!` at the \
           start to take back. A pattern with a mistake never matches, or GitHub refuses the file.",
    bad: "on:\n  push:\n    branches: ['v[9-0]']\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  push:\n    branches: ['v[0-9]']\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let around = if place.key.is_some() {
            cx.parent(place)
        } else {
            cx.parent(place).and_then(|list| cx.parent(list))
        };
        let map = around.and_then(|map| map.map).map(|map| map.name).unwrap_or_default();
        if !map.starts_with("on.") && !map.ends_with(".snapshot") {
            continue;
        }
        let key = place.name().or_else(|| cx.parent(place).and_then(|list| list.name()));
        if !matches!(key, Some("branches" | "branches-ignore" | "tags" | "tags-ignore" | "paths" | "paths-ignore" | "versions" | "version")) {
            continue;
        }
        let target = match key {
            Some("branches" | "branches-ignore" | "tags" | "tags-ignore") if map.starts_with("on.") => {
                Target::Ref
            }
            Some("paths" | "paths-ignore") if map.starts_with("on.") => Target::Path,
            // Versions have the characters of tags.
            Some("versions") if map == "on.image_version" => Target::Ref,
            Some("version") if map.ends_with(".snapshot") => Target::Ref,
            _ => continue,
        };
        let node = place.node.resolve();
        if node.kind() != Kind::Scalar || node.is_null() {
            continue;
        }
        let Some(text) = node.as_str().filter(|text| !text.is_empty() && !has_expression(text)) else {
            continue;
        };
        let is_version = matches!(key, Some("version" | "versions"));
        for problem in Pattern::parse(text, target).1 {
            if is_version && problem.kind == ProblemKind::FullRef {
                continue;
            }
            let from = node.offset_of(problem.range.start as usize);
            let to = node.offset_of(problem.range.end as usize).max(from);
            let severity = if problem.kind.is_error() { Severity::Error } else { Severity::Warning };
            let block = node.block_header().is_some();
            let range = if block { node.range() } else { TextRange::new(from, to) };
            let fix = (!block).then(|| mended(node, range, key, &problem)).flatten();
            out.push(RULE.at(range, problem.message).with_severity(severity).with_fix(fix));
        }
    }
}

/// The change that the message tells of, where the pattern is written as it is.
fn mended(node: Node<'_>, range: TextRange, key: Option<&str>, problem: &Problem) -> Option<Fix> {
    let marked = node.tree().slice(range);
    let remove = match problem.kind {
        ProblemKind::LeadingSlash | ProblemKind::LeadingDash | ProblemKind::DoubleSlash => true,
        ProblemKind::OuterSpace => marked.trim().is_empty(),
        ProblemKind::RelativePath => marked == "./",
        // In the list of the others it would be no mistake of writing alone.
        ProblemKind::FullRef => match key {
            Some("branches" | "branches-ignore") => marked == "refs/heads/",
            Some("tags" | "tags-ignore") => marked == "refs/tags/",
            _ => false,
        },
        ProblemKind::Braces => return apart(node, range),
        _ => false,
    };
    // Only a part of a range is marked.
    let whole = problem.kind != ProblemKind::ReversedRange;
    let text = if remove { "" } else { instead(&problem.message).filter(|_| whole)? };
    let (before, after) = around(node.content_range(), node, range)?;
    let fixed = format!("{before}{text}{after}");
    let plain = fixed.starts_with(|c: char| c.is_ascii_alphanumeric());
    // What is left has to be a pattern.
    let nothing = fixed.trim_matches(['\'', '"', '!', ' ']).is_empty();
    let good = match node.scalar_style()? {
        ScalarStyle::Plain => plain,
        ScalarStyle::SingleQuoted => !text.contains('\''),
        ScalarStyle::DoubleQuoted => !text.contains(['\\', '"']),
        _ => false,
    };
    let title = if text.is_empty() { "Remove it".to_owned() } else { format!("Write `{fixed}`") };
    (good && !nothing).then(|| Fix::risky(title, TextEdit::replace(range, text)))
}

/// What is written in `value` before `range`, and behind it.
fn around<'t>(value: TextRange, node: Node<'t>, range: TextRange) -> Option<(&'t str, &'t str)> {
    let source = node.tree().slice(value);
    let at = (range.start.checked_sub(value.start)? as usize)..(range.end.checked_sub(value.start)? as usize);
    Some((source.get(..at.start)?, source.get(at.end..)?))
}

/// An item of the list for each of the alternatives in braces.
fn apart(node: Node<'_>, range: TextRange) -> Option<Fix> {
    let list = node.parent().filter(|parent| parent.kind() == Kind::Sequence)?;
    // A value that others repeat, or that says of itself what it is, is not copied.
    if node.anchor().is_some() || node.tag().is_some() {
        return None;
    }
    // With the quotes.
    let (before, after) = around(node.range(), node, range)?;
    let alternatives: Vec<&str> = node.tree().slice(range).strip_prefix('{')?.strip_suffix('}')?.split(',').collect();
    if alternatives.iter().any(|text| text.is_empty() || text.contains([' ', '\'', '"', '\\', '{', '}'])) {
        return None;
    }
    let start = node.range().start as usize;
    let line = node.tree().text()[..start].rfind('\n').map_or(0, |at| at + 1);
    let lead = &node.tree().text()[line..start];
    let between = match list.collection_style()? {
        CollectionStyle::Flow => ", ".to_owned(),
        CollectionStyle::Block if lead.trim() == "-" => {
            let is_crlf = node.tree().text()[..line].ends_with("\r\n");
            format!("{}{lead}", if is_crlf { "\r\n" } else { "\n" })
        }
        CollectionStyle::Block => return None,
    };
    let items: Vec<String> = alternatives.iter().map(|text| format!("{before}{text}{after}")).collect();
    let edit = TextEdit::replace(node.range(), items.join(&between));
    Some(Fix::risky(format!("Write {} patterns", items.len()), edit))
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_a_pattern_of_blanks_nothing_would_be_left() {
        for pattern in ["' '", "'!  '", "./"] {
            let text = format!("on:\n  push:\n    paths: [{pattern}, x]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
            let found = crate::lint::testing::analyse(&text, &crate::lint::testing::env()).into_findings();
            let own: Vec<_> = found.iter().filter(|finding| finding.rule == "invalid-pattern").collect();
            assert!(!own.is_empty() && own.iter().all(|finding| finding.fix.is_none()), "{pattern}: {found:#?}");
        }
    }

    #[test]
    fn what_the_message_says_is_written() {
        let with = |paths: &str| {
            format!("on:\n  push:\n    paths: {paths}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        let branches = |text: &str| with(text).replace("paths", "branches");
        for (before, after) in [("[-main, x]", "[main, x]"), ("['!-main', x]", "['!main', x]")] {
            crate::lint::testing::check_fix("invalid-pattern", &branches(before), &branches(after));
        }
        for (before, after) in [
            ("[docs/]", "[docs/**]"),
            ("[/v1]", "[v1]"),
            ("['v[a]']", "['va']"),
            ("[./src/**]", "[src/**]"),
            ("['./src/**', x]", "['src/**', x]"),
            ("['a ']", "['a']"),
            ("[' b']", "['b']"),
        ] {
            crate::lint::testing::check_fix("invalid-pattern", &with(before), &with(after));
        }
    }

    #[test]
    fn a_pattern_that_no_name_matches_is_mended_where_it_is_sure() {
        let with = |filter: &str| {
            format!("on:\n  push:\n    {filter}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        for (before, after) in [
            ("branches: [refs/heads/main]", "branches: [main]"),
            ("branches: ['!refs/heads/old/**', x]", "branches: ['!old/**', x]"),
            ("tags-ignore: ['refs/tags/v*']", "tags-ignore: ['v*']"),
            ("branches: [release//next]", "branches: [release/next]"),
            ("paths: [src//**]", "paths: [src/**]"),
            ("branches: ['release/{1,2}.x']", "branches: ['release/1.x', 'release/2.x']"),
            ("paths:\n      - docs/**\n      - '**.{js,ts}' # code", "paths:\n      - docs/**\n      - '**.js'\n      - '**.ts' # code"),
        ] {
            crate::lint::testing::check_fix("invalid-pattern", &with(before), &with(after));
        }
        for filter in ["tags: [refs/heads/main]", "branches: [refs/pull/**]", "branches: '{a,b}'", "paths: ['{a,}']", "branches: [&a '{a,b}', *a]"] {
            let found = crate::lint::testing::analyse(&with(filter), &crate::lint::testing::env()).into_findings();
            let own: Vec<_> = found.iter().filter(|finding| finding.rule == "invalid-pattern").collect();
            assert!(!own.is_empty() && own.iter().all(|finding| finding.fix.is_none()), "{filter}: {found:#?}");
        }
    }

    #[test]
    fn the_message_names_its_pattern() {
        let text = "on:\n  push:\n    branches: [a/, b/]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        let found = crate::lint::testing::analyse(text, &crate::lint::testing::env()).into_findings();
        let told: Vec<_> = found.iter().filter(|finding| finding.rule == "invalid-pattern").map(|finding| &finding.message).collect();
        assert!(told.len() == 2 && told[0].contains("`a/`") && told[1].contains("`b/`"), "{told:?}");
    }
}
