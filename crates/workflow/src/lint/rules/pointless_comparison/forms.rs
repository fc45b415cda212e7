//! Texts that a value never is because all that it can be looks otherwise: `github.ref` begins with `refs/`.

use stepladder_yaml::Change;

use super::RULE;
use super::values::written;
use crate::expr::{self, Compare, Expr, ExprKind, Value, path};
use crate::facts::events::{EVENTS, event};
use crate::lint::Cx;
use crate::lint::suggest::meant;
use crate::{FileKind, Finding, Severity};

/// What all values look like.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// `refs/heads/…`, `refs/tags/…` or `refs/pull/…`.
    Ref,
    /// A branch or a tag, by its name alone.
    RefName,
    /// `owner/name`.
    Repository,
    /// The login of an account.
    Login,
    /// An event that starts workflows.
    Event,
}

/// How the refs begin that workflows run for.
const REFS: [&str; 3] = ["refs/heads/", "refs/tags/", "refs/pull/"];

/// Apps of GitHub that act by a login of their own, which has `[bot]` behind it.
const APPS: [&str; 2] = ["dependabot", "github-actions"];

/// How a value is asked for a text.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Equals,
    StartsWith,
    /// Whether it is one of a list that is written out.
    IsAmong,
}

struct Question<'e> {
    one: &'e Expr,
    asks: Asked,
    text: String,
    /// Where the text stands alone.
    literal: Option<&'e Expr>,
}

pub(super) fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for at in cx.exprs.iter().filter(|at| !at.unclosed && at.parsed.errors.is_empty()) {
        let Some(ast) = at.parsed.ast.as_ref().filter(|_| at.asks("github")) else { continue };
        ast.walk(&mut |part| {
            for (form, Question { one, asks, text, literal }) in never(cx, part) {
                let negated = matches!(&part.kind, ExprKind::Compare { op, .. } if *op == Compare::NotEqual);
                let outcome = match asks {
                    Asked::IsAmong => format!("'{text}' in the list is never it"),
                    _ if negated => "this is always true".to_owned(),
                    _ => "this is never true".to_owned(),
                };
                let (looks, advice) = (form.describe(), form.advice(one, &text));
                let message = format!("`{one}` {looks}, so {outcome}{advice}.");
                let fix = literal.and_then(|literal| form.instead(one, literal, &text));
                let finding = RULE.at(at.range(part.range), message).with_severity(Severity::Hint);
                out.push(finding.with_fix(fix.and_then(|change| written(at, &change))));
            }
        });
    }
}

/// What to write where a text is asked for that never is.
pub(super) fn changes(cx: &Cx<'_>, ast: &Expr) -> Vec<Change> {
    let mut changes = Vec::new();
    ast.walk(&mut |part| {
        let instead = |(form, asked): (Form, Question<'_>)| form.instead(asked.one, asked.literal?, &asked.text);
        changes.extend(never(cx, part).into_iter().filter_map(instead));
    });
    changes
}

/// What a part asks for that never is.
fn never<'e>(cx: &Cx<'_>, part: &'e Expr) -> Vec<(Form, Question<'e>)> {
    let looks = |asked: &Question<'_>| form(cx, asked.one).filter(|form| form.is_never(asked.asks, &asked.text));
    questions(part).into_iter().filter_map(|asked| Some((looks(&asked)?, asked))).collect()
}

/// A value that is asked for a text that is written out.
fn plain<'e>(one: &'e Expr, literal: &'e Expr, asks: Asked) -> Option<Question<'e>> {
    match &literal.kind {
        ExprKind::String(text) if !text.trim().is_empty() => {
            Some(Question { one, asks, text: text.clone(), literal: Some(literal) })
        }
        _ => None,
    }
}

/// What a comparison or a call asks of which value.
fn questions(part: &Expr) -> Vec<Question<'_>> {
    match &part.kind {
        ExprKind::Compare { op, left, right } if !op.is_order() => [(left, right), (right, left)]
            .into_iter()
            .filter_map(|(one, other)| plain(one, other, Asked::Equals))
            .collect(),
        ExprKind::Call { function, args } => match &args[..] {
            [one, other] if function.is("startsWith") => {
                plain(one, other, Asked::StartsWith).into_iter().collect()
            }
            [list, one] if function.is("contains") => {
                let Some(Value::Array(words)) = expr::fold(list) else { return Vec::new() };
                let words = words.items().iter().filter_map(|word| match word {
                    Value::String(word) if !word.trim().is_empty() => Some(word.to_string()),
                    _ => None,
                });
                words.map(|text| Question { one, asks: Asked::IsAmong, text, literal: None }).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What is known of a value, if it is one that has a form.
fn form(cx: &Cx<'_>, part: &Expr) -> Option<Form> {
    let used = path(part)?;
    let names: Vec<String> = used.names().iter().map(|name| name.to_ascii_lowercase()).collect();
    if names.len() != used.steps.len() + 1 {
        return None;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let starts = |name: &str| cx.workflow.trigger(name).is_some();
    Some(match names[..] {
        // Of deployments it is what somebody wrote.
        ["github", "ref"] if !starts("deployment") && !starts("deployment_status") => Form::Ref,
        ["github", "ref_name" | "head_ref" | "base_ref"] => Form::RefName,
        ["github", "repository"] => Form::Repository,
        ["github", "repository_owner" | "actor" | "triggering_actor"] => Form::Login,
        // Where the file tells which events there are, that is told with them.
        ["github", "event_name"] if cx.kind == FileKind::Action || starts("workflow_call") => Form::Event,
        ["github", "event", .., "pull_request", "base" | "head", "ref"]
        | ["github", "event", .., "head_branch" | "default_branch"] => Form::RefName,
        ["github", "event", .., "full_name"] => Form::Repository,
        ["github", "event", .., "login"] => Form::Login,
        _ => return None,
    })
}

impl Form {
    fn is_never(self, asks: Asked, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        match (self, asks) {
            (Self::Ref, Asked::Equals | Asked::IsAmong) => {
                !REFS.iter().any(|begins| lower.starts_with(begins))
            }
            (Self::Ref, Asked::StartsWith) => {
                !REFS.iter().any(|begins| lower.starts_with(begins) || begins.starts_with(&lower))
            }
            (Self::RefName, _) => lower.starts_with("refs/"),
            (Self::Repository, Asked::Equals | Asked::IsAmong) => !lower.contains('/'),
            (Self::Login, _) => {
                lower.contains(['/', '@', ' ']) || asks != Asked::StartsWith && APPS.contains(&&*lower)
            }
            // The runs that GitHub itself starts, of which no file tells, are `dynamic`.
            (Self::Event, Asked::Equals | Asked::IsAmong) => event(&lower).is_none() && lower != "dynamic",
            _ => false,
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Ref => "begins with `refs/heads/`, `refs/tags/` or `refs/pull/`",
            Self::RefName => "is a name without `refs/` before it",
            Self::Repository => "is the owner and the name with a `/` between them",
            Self::Login => "is a login, which of an app has `[bot]` behind it and never a `/`, `@` or blank",
            Self::Event => "is the name of an event that starts workflows, and this is none",
        }
    }

    fn advice(self, one: &Expr, text: &str) -> String {
        match self.right(text) {
            _ if self == Self::RefName && is_name_of_ref(one) => ": compare `github.ref`".to_owned(),
            Some(right) => format!(": write '{right}'"),
            None => String::new(),
        }
    }

    /// What is written in the place of the text, or of the value.
    fn instead(self, one: &Expr, literal: &Expr, text: &str) -> Option<Change> {
        if self == Self::RefName && is_name_of_ref(one) {
            return Some(Change { range: one.range, insert: "github.ref".to_owned() });
        }
        let right = self.right(text).filter(|right| !right.contains('\''))?;
        Some(Change { range: literal.range, insert: format!("'{right}'") })
    }

    /// The text that is meant.
    fn right(self, text: &str) -> Option<String> {
        let lower = text.to_ascii_lowercase();
        match self {
            Self::Ref => {
                let bare = text.trim_start_matches('/');
                let lower = bare.to_ascii_lowercase();
                let kinds = [("heads", "head"), ("tags", "tag")];
                for (kind, slip) in kinds {
                    for begins in [kind, slip] {
                        for refs in ["refs/", "ref/", ""] {
                            let rest = lower.strip_prefix(&format!("{refs}{begins}/")).map(str::len);
                            if let Some(rest) = rest.filter(|rest| *rest > 0) {
                                return Some(format!("refs/{kind}/{}", &bare[bare.len() - rest..]));
                            }
                        }
                    }
                }
                let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
                let is_version =
                    digit(bare) && bare.contains('.') || lower.strip_prefix('v').is_some_and(digit);
                let kind = if is_version || lower == "v" { "tags" } else { "heads" };
                let plain = !lower.starts_with("ref") && !bare.contains(['*', ' ']) && !bare.is_empty();
                plain.then(|| format!("refs/{kind}/{bare}"))
            }
            Self::RefName => {
                let rest = REFS[..2].iter().find_map(|begins| text.strip_prefix(begins))?;
                (!rest.is_empty()).then(|| rest.to_owned())
            }
            Self::Repository => None,
            Self::Login => {
                let name = lower.strip_prefix("app/").unwrap_or(&lower);
                let is_app = name.len() < lower.len() || APPS.contains(&name);
                if is_app && !name.ends_with("[bot]") {
                    return Some(format!("{name}[bot]"));
                }
                text.strip_prefix('@').filter(|name| !name.contains(['/', '@', ' '])).map(str::to_owned)
            }
            Self::Event => meant(text, EVENTS.iter().map(|event| event.name)).map(str::to_owned),
        }
    }
}

/// Whether it is the name of the ref for which `github.ref` has the whole.
fn is_name_of_ref(part: &Expr) -> bool {
    path(part)
        .is_some_and(|used| matches!(used.names()[..], [_, name] if name.eq_ignore_ascii_case("ref_name")))
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::lint::testing::{analyse, check, check_fix, env};

    fn with(condition: &str) -> String {
        format!(
            "on:\n  push:\n  pull_request:\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n"
        )
    }

    #[test]
    fn what_looks_otherwise_is_never_meant_so() {
        for (before, after) in [
            ("github.ref == 'main'", "github.ref == 'refs/heads/main'"),
            ("github.ref != 'heads/main'", "github.ref != 'refs/heads/main'"),
            ("github.ref == 'refs/head/main'", "github.ref == 'refs/heads/main'"),
            ("github.ref == '/refs/heads/main'", "github.ref == 'refs/heads/main'"),
            ("github.ref == 'v1.2'", "github.ref == 'refs/tags/v1.2'"),
            ("startsWith(github.ref, 'v')", "startsWith(github.ref, 'refs/tags/v')"),
            ("startsWith(github.ref, 'tags/')", ""),
            ("startsWith(github.ref, 'release/')", "startsWith(github.ref, 'refs/heads/release/')"),
            ("github.ref_name == 'refs/heads/main'", "github.ref == 'refs/heads/main'"),
            ("startsWith(github.ref_name, 'refs/tags/')", "startsWith(github.ref, 'refs/tags/')"),
            ("github.base_ref == 'refs/heads/main'", "github.base_ref == 'main'"),
            (
                "github.event.pull_request.head.ref == 'refs/heads/x'",
                "github.event.pull_request.head.ref == 'x'",
            ),
            ("github.repository == 'hello'", ""),
            ("github.actor == 'dependabot'", "github.actor == 'dependabot[bot]'"),
            (
                "${{ 'GitHub-Actions' != github.triggering_actor }}",
                "${{ 'github-actions[bot]' != github.triggering_actor }}",
            ),
            (
                "github.event.pull_request.user.login == 'app/renovate'",
                "github.event.pull_request.user.login == 'renovate[bot]'",
            ),
            ("contains(fromJSON('[\"main\", \"refs/heads/dev\"]'), github.ref)", ""),
            ("contains(fromJSON('[\"dependabot\"]'), github.actor)", ""),
        ] {
            let found = analyse(&with(before), &env()).into_findings();
            let told: Vec<_> = found.iter().map(|found| (found.rule, found.severity)).collect();
            assert_eq!(told, [("pointless-comparison", Severity::Hint)], "{before}: {found:#?}");
            if !after.is_empty() {
                check_fix("pointless-comparison", &with(before), &with(after));
            }
        }
    }

    #[test]
    fn what_may_be_is_not_told() {
        for condition in [
            "github.ref == 'REFS/heads/main' || github.ref == 'refs/pull/1/merge' || github.ref == ''",
            "startsWith(github.ref, 'refs/') || startsWith(github.ref, 'r') || startsWith(github.ref, 'refs/tags/v')",
            "contains(github.ref, 'main') || endsWith(github.ref, '/main')",
            "github.ref_name == 'refs' || startsWith(github.ref_name, 'ref')",
            "github.repository == 'a/b' || startsWith(github.repository, 'a')",
            "github.actor == 'dependabot[bot]' || startsWith(github.actor, 'dependabot')",
            "github.repository_owner == 'dependabot-org'",
            "contains(fromJSON('[\"refs/heads/main\"]'), github.ref)",
        ] {
            check(&with(condition));
        }
        check(&with("github.ref == 'main'").replace("  pull_request:", "  deployment:"));
    }

    #[test]
    fn a_caller_sends_one_of_all_events() {
        let called = |condition: &str| with(condition).replace("  pull_request:", "  workflow_call:");
        check_fix(
            "pointless-comparison",
            &called("github.event_name == 'pull-request'"),
            &called("github.event_name == 'pull_request'"),
        );
        check(&called("github.event_name == 'Release' || github.event_name == 'dynamic'"));
    }
}
