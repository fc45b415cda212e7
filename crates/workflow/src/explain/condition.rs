//! Conditions in words.

use super::join;
use crate::expr::{self, Compare, Condition, Expr, ExprKind, Logical};

/// What a condition (`if`) asks, as the end of a sentence that starts with "only if": "the event is `push` and the run is
/// for the branch `main`". `None` when it cannot be read.
#[must_use]
pub fn condition_in_words(text: &str) -> Option<String> {
    let Condition::Expression(range) = expr::condition(text) else { return None };
    let source = text.get(range.to_usize())?;
    let parsed = expr::parse(source);
    if !parsed.errors.is_empty() {
        return None;
    }
    let ast = parsed.ast?;
    Some(Words { source }.of(&ast, true, false))
}

struct Words<'a> {
    source: &'a str,
}

impl Words<'_> {
    /// `holds`: whether the part has to be true; `inside`: whether it stands in another, so that lists need commas.
    fn of(&self, part: &Expr, holds: bool, inside: bool) -> String {
        match &part.kind {
            ExprKind::Not(operand) => self.of(operand, !holds, inside),
            ExprKind::Logical { op, operands } => {
                // "not (a and b)" is "not a or not b".
                let word = if (*op == Logical::And) == holds { "and" } else { "or" };
                let words = join(operands.iter().map(|operand| self.of(operand, holds, true)), word);
                let mixed = inside && operands.len() > 1;
                if mixed { format!("({words})") } else { words }
            }
            ExprKind::Compare { op, left, right } => self.compared(*op, left, right, holds),
            ExprKind::Call { function, args } => self.called(part, &function.text, args, holds),
            ExprKind::Bool(value) => if *value == holds { "always" } else { "never" }.to_owned(),
            _ => format!("{} is {}", self.thing(part), if holds { "set" } else { "empty or false" }),
        }
    }

    fn compared(&self, op: Compare, left: &Expr, right: &Expr, holds: bool) -> String {
        let (subject, object) =
            if is_literal(left) && !is_literal(right) { (right, left) } else { (left, right) };
        let is = match (op, holds) {
            (Compare::Equal, true) | (Compare::NotEqual, false) => "is",
            (Compare::Equal, false) | (Compare::NotEqual, true) => "is not",
            (Compare::Less, true) | (Compare::GreaterOrEqual, false) => "is less than",
            (Compare::LessOrEqual, true) | (Compare::Greater, false) => "is at most",
            (Compare::Greater, true) | (Compare::LessOrEqual, false) => "is more than",
            (Compare::GreaterOrEqual, true) | (Compare::Less, false) => "is at least",
        };
        // With the sides exchanged, the order turns round; equality does not.
        if std::ptr::eq(subject, right) && op.is_order() {
            return format!("{} {is} {}", self.thing(left), self.thing(right));
        }
        if let (Some(path), ExprKind::String(text)) = (expr::path(subject), &object.kind) {
            let names = path.names();
            if let [root, name] = names[..]
                && root.eq_ignore_ascii_case("github")
                && name.eq_ignore_ascii_case("ref")
            {
                if let Some(branch) = text.strip_prefix("refs/heads/") {
                    return format!("the run {is} for the branch `{branch}`");
                }
                if let Some(tag) = text.strip_prefix("refs/tags/") {
                    return format!("the run {is} for the tag `{tag}`");
                }
            }
        }
        if matches!(&object.kind, ExprKind::String(text) if text.is_empty()) {
            return format!("{} {is} empty", self.thing(subject));
        }
        format!("{} {is} {}", self.thing(subject), self.thing(object))
    }

    fn called(&self, part: &Expr, name: &str, args: &[Expr], holds: bool) -> String {
        let not = if holds { "" } else { "not " };
        let does = |verb: &str, plain: &str| {
            if holds { verb.to_owned() } else { format!("does not {plain}") }
        };
        match (name.to_ascii_lowercase().as_str(), args) {
            ("always", []) if holds => "whatever happened before, even when the run is cancelled".to_owned(),
            ("success", []) if holds => "everything before it succeeded".to_owned(),
            ("success", []) => "something before it did not succeed".to_owned(),
            ("failure", []) if holds => "something before it failed".to_owned(),
            ("failure", []) => "nothing before it failed".to_owned(),
            ("cancelled", []) => format!("the run was {not}cancelled"),
            ("startswith", [text, start]) => self.tested(text, &does("starts with", "start with"), start),
            ("endswith", [text, end]) => self.tested(text, &does("ends with", "end with"), end),
            ("contains", [all, item]) => self.tested(all, &does("contains", "contain"), item),
            _ => format!("`{}` is {not}true", self.text(part)),
        }
    }

    fn tested(&self, subject: &Expr, verb: &str, object: &Expr) -> String {
        if let (Some(path), ExprKind::String(text)) = (expr::path(subject), &object.kind)
            && matches!(path.names()[..], [root, name] if root.eq_ignore_ascii_case("github") && name.eq_ignore_ascii_case("ref"))
            && verb.contains("start")
        {
            let is = if verb.contains("not") { "is not" } else { "is" };
            match text.as_str() {
                "refs/tags/" => return format!("the run {is} for a tag"),
                "refs/heads/" => return format!("the run {is} for a branch"),
                _ => {}
            }
            if let Some(tag) = text.strip_prefix("refs/tags/") {
                return format!("the run {is} for a tag that starts with `{tag}`");
            }
            if let Some(branch) = text.strip_prefix("refs/heads/") {
                return format!("the run {is} for a branch that starts with `{branch}`");
            }
        }
        format!("{} {verb} {}", self.thing(subject), self.thing(object))
    }

    /// A value: "the input `force`", "`main`".
    fn thing(&self, part: &Expr) -> String {
        if let ExprKind::String(text) = &part.kind {
            return format!("`{text}`");
        }
        let Some(path) = expr::path(part) else { return format!("`{}`", self.text(part)) };
        let names = path.names();
        let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        match lower[..] {
            ["github", "event_name"] => "the event".to_owned(),
            ["github", "ref_name"] => "the name of the branch or tag".to_owned(),
            ["github", "actor"] => "the person or bot that started it".to_owned(),
            ["github", "repository"] => "the repository".to_owned(),
            ["github", "repository_owner"] => "the owner of the repository".to_owned(),
            ["github", "base_ref"] => "the branch that the pull request goes into".to_owned(),
            ["github", "head_ref"] => "the branch of the pull request".to_owned(),
            ["github", "event", "action"] => "the activity".to_owned(),
            ["github", "event", "pull_request", "draft"] => "the draft state of the pull request".to_owned(),
            ["github", "event", "pull_request", "merged"] => {
                "the merged state of the pull request".to_owned()
            }
            ["github", "event", "workflow_run", "conclusion"] => {
                "the result of the workflow that ran before".to_owned()
            }
            ["runner", "os"] => "the system of the runner".to_owned(),
            ["inputs", _] => format!("the input `{}`", names[1]),
            ["vars", _] => format!("the variable `{}`", names[1]),
            ["secrets", _] => format!("the secret `{}`", names[1]),
            ["env", _] => format!("the environment variable `{}`", names[1]),
            ["matrix", _] => format!("`{}` of the matrix", names[1]),
            ["needs", _, "result"] => format!("the result of the job `{}`", names[1]),
            ["needs", _, "outputs", _] => format!("the output `{}` of the job `{}`", names[3], names[1]),
            ["steps", _, "outputs", _] => format!("the output `{}` of the step `{}`", names[3], names[1]),
            ["steps", _, "outcome" | "conclusion"] => format!("the result of the step `{}`", names[1]),
            _ => format!("`{}`", self.text(part)),
        }
    }

    fn text(&self, part: &Expr) -> &str {
        self.source.get(part.range.to_usize()).unwrap_or_default()
    }
}

fn is_literal(part: &Expr) -> bool {
    matches!(part.kind, ExprKind::String(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(condition: &str, words: &str) {
        assert_eq!(condition_in_words(condition).as_deref(), Some(words), "{condition}");
    }

    #[test]
    fn usual_conditions() {
        check("github.ref == 'refs/heads/main'", "the run is for the branch `main`");
        check("github.event_name != 'pull_request'", "the event is not `pull_request`");
        check("${{ always() }}", "whatever happened before, even when the run is cancelled");
        check("failure()", "something before it failed");
        check("!cancelled()", "the run was not cancelled");
        check("startsWith(github.ref, 'refs/tags/v')", "the run is for a tag that starts with `v`");
        check("needs.test.outputs.score >= 0.9", "the output `score` of the job `test` is at least `0.9`");
        check("'true' == inputs.force", "the input `force` is `true`");
        check("inputs.force", "the input `force` is set");
        check("vars.REGION != ''", "the variable `REGION` is not empty");
        check("hashFiles('a.lock') != ''", "`hashFiles('a.lock')` is not empty");
    }

    #[test]
    fn parts_are_joined_as_they_bind() {
        check(
            "github.event_name == 'push' && (inputs.a || !inputs.b)",
            "the event is `push` and (the input `a` is set or the input `b` is empty or false)",
        );
        check(
            "!(inputs.a && inputs.b)",
            "the input `a` is empty or false or the input `b` is empty or false",
        );
        check("1 < inputs.n", "`1` is less than the input `n`");
    }

    #[test]
    fn what_cannot_be_read_has_no_words() {
        assert_eq!(condition_in_words("a ="), None);
        assert_eq!(condition_in_words("before ${{ a }}"), None);
        assert_eq!(condition_in_words(""), None);
    }
}
