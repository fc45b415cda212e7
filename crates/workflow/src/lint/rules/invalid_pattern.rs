use stepladder_yaml::{Kind, Node, ScalarStyle, TextEdit, TextRange};

use super::invalid_cron::instead;

use crate::expr::has_expression;
use crate::glob::{Pattern, Target};
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
        for problem in Pattern::parse(text, target).1 {
            let from = node.offset_of(problem.range.start as usize);
            let to = node.offset_of(problem.range.end as usize).max(from);
            let severity = if problem.kind.is_error() { Severity::Error } else { Severity::Warning };
            let block = node.block_header().is_some();
            let range = if block { node.range() } else { TextRange::new(from, to) };
            let fix = (!block).then(|| written(node, range, &problem.message)).flatten();
            out.push(RULE.at(range, problem.message).with_severity(severity).with_fix(fix));
        }
    }
}

/// The change that the message tells of, where the pattern is written as it is.
fn written(node: Node<'_>, range: TextRange, message: &str) -> Option<Fix> {
    let marked = node.tree().slice(range);
    let is_here = message.ends_with("start with the name of the folder or file.") && marked == "./";
    let is_blank = message.ends_with("remove the space.") && marked.trim().is_empty();
    let is_sign = ["remove the `/`.", "remove the `-`."].iter().any(|end| message.ends_with(end));
    let remove = (is_sign || is_here || is_blank).then_some("");
    // Only a part of a range is marked.
    let whole = !message.contains("runs backwards");
    let text = remove.or_else(|| instead(message).filter(|_| whole))?;
    let value = node.content_range();
    let source = node.tree().slice(value);
    let at = (range.start.checked_sub(value.start)? as usize)..(range.end.checked_sub(value.start)? as usize);
    let (before, after) = (source.get(..at.start)?, source.get(at.end..)?);
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
}
