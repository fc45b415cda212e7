//! Checks: the rules, what they may look at, and how their findings reach a person.
//!
//! # How to add a rule
//!
//! Two files are touched: a new one, `lint/rules/RULE_ID.rs` (the id with `_` for `-`), and the list in
//! `lint/rules.rs`, which gets one word. The file holds `pub(super) static RULE: Rule` and its `check`:
//!
//! - `id` names the pattern that is found, not the cure: `unknown-key`.
//! - `severity`: [`Severity::Error`] only when GitHub refuses the file or the step surely fails;
//!   [`Severity::Warning`] when it does not do what it seems to say; [`Severity::Hint`] for what could be better.
//! - `docs` says in Markdown, in our own words, what is wrong, why that matters and what to do. People read it in
//!   the problems pane, on the rules page and with `stepladder explain`.
//! - `bad` triggers this rule and no other, `good` triggers none; the test of all rules runs both. A line
//!   `#: PATH` starts another file of the repository; as the first line it names the file that is checked.
//! - `check` reads [`Cx`]: the places of the schema table ([`Cx::places`]), the expressions ([`Cx::exprs`]), the model
//!   ([`Cx::workflow`], [`Cx::action`]) and the facts from outside ([`Cx::env`]). It looks at everything at most once and
//!   is silent when a fact is missing. [`Rule::at`] makes a finding; [`Finding::with_fix`] gives it a fix.
//!
//! Tests stand in the rule's file and use the fixture language of [`testing`]: a workflow with `^^^^ rule-id: part of
//! the message` under each place.

mod amend;
pub(crate) mod cx;
mod guard;
pub mod ignore;
pub(crate) mod interface;
pub(crate) mod meant;
pub mod rules;
pub(crate) mod scope;
pub(crate) mod suggest;
#[cfg(test)]
pub(crate) mod testing;
mod torn;

use std::collections::{HashMap, HashSet};

use stepladder_yaml::{Path, TextRange};

use crate::facts::limits::WORKFLOW_FILE_BYTES;
use crate::schema::Place;
use crate::{Finding, Fix, RuleSetting, Severity};

pub use cx::Cx;

/// Most findings of one file; more help nobody.
const MAX_FINDINGS: usize = 1_000;

/// One check, with what people read about it.
#[derive(Debug)]
pub struct Rule {
    /// Its id: lower case, words joined by `-`.
    pub id: &'static str,
    /// The severity of its findings, unless a finding says otherwise.
    pub severity: Severity,
    /// The family that it belongs to, for grouping: `structure`, `expressions`, `triggers`, `jobs`, `actions`, ….
    pub kind: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// What it finds, why, and what to do, in Markdown.
    pub docs: &'static str,
    /// A workflow that it finds something in; empty when no text can show it.
    pub bad: &'static str,
    /// The same, done right.
    pub good: &'static str,
    /// The check.
    pub check: fn(&Cx<'_>, &mut Vec<Finding>),
}

impl Rule {
    /// A finding of this rule.
    #[must_use]
    pub fn at(&self, range: TextRange, message: impl Into<String>) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            range,
            about: None,
            message: message.into(),
            fix: None,
        }
    }
}

impl Finding {
    /// The same with another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same, about what is at `path` though it points elsewhere.
    #[must_use]
    pub fn about(mut self, path: Path) -> Self {
        self.about = Some(path);
        self
    }

    /// The same with a fix, if there is one.
    #[must_use]
    pub fn with_fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }
}

/// The rule of that id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.id == id)
}

/// The id of a rule that is nearly `id`.
#[must_use]
pub fn nearest_rule(id: &str) -> Option<&'static str> {
    suggest::nearest(id, rules::ALL.iter().map(|rule| rule.id))
}

/// Runs all rules. The findings are sorted by place and each is there once.
pub(crate) fn run(cx: &Cx<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // GitHub reads no further than the file's size.
    let too_long = cx.tree.text().len() > WORKFLOW_FILE_BYTES;
    for rule in rules::ALL {
        if too_long && !matches!(rule.id, "not-a-workflow" | "syntax-error") {
            continue;
        }
        let setting = cx.env.config.rules.get(rule.id);
        if setting == Some(&RuleSetting::Off) {
            continue;
        }
        let from = findings.len();
        (rule.check)(cx, &mut findings);
        if let Some(RuleSetting::Severity(severity)) = setting {
            findings[from..].iter_mut().for_each(|finding| finding.severity = *severity);
        }
    }
    ignore::apply(cx, &mut findings);
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.range.start, f.severity, f.range.end, f.rule);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup_by(|a, b| a.rule == b.rule && a.range == b.range && a.message == b.message);
    told_at_anchors(cx, &mut findings);
    told_of_the_first(cx, &mut findings);
    told_of_quotes(cx, &mut findings);
    told_of_tags(cx, &mut findings);
    told_of_dashes(cx, &mut findings);
    findings.truncate(MAX_FINDINGS);
    guard::look(cx, &mut findings);
    findings
}

/// The rules that judge a text by its place in the grammar alone, whatever else the model knows: by these a setting is
/// judged that the model does not read, as it stands twice.
const BY_PLACE: &[&str] = &[
    "argument-count",
    "context-not-available",
    "function-not-available",
    "invalid-expression",
    "key-case",
    "syntax-error",
    "unknown-context",
    "unknown-function",
    "unknown-key",
    "unknown-value",
    "wrong-type",
];

/// Where a setting stands twice, the model reads the first: of the second is told that, and what its place alone tells.
fn told_of_the_first(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    if !findings.iter().any(|finding| finding.rule == "duplicate-key") {
        return;
    }
    let mut settings = rules::second_settings(cx);
    let second: Vec<TextRange> = findings
        .iter()
        .filter(|finding| finding.rule == "duplicate-key")
        .filter_map(|finding| settings.get(&finding.range).map(|setting| setting.value))
        .collect();
    let inside =
        |range: TextRange| second.iter().any(|value| value.start <= range.start && range.end <= value.end);
    let told = |finding: &Finding| BY_PLACE.contains(&finding.rule) || !inside(finding.range);
    let wrong = |finding: &&Finding| {
        finding.rule != "syntax-error" && finding.severity != Severity::Hint && inside(finding.range)
    };
    let wrong: Vec<TextRange> = findings.iter().filter(wrong).map(|finding| finding.range).collect();
    findings.retain(told);
    // A fix that keeps the second would only bring to light what is wrong in it.
    for finding in findings.iter_mut().filter(|finding| finding.rule == "duplicate-key") {
        let Some(second) = settings.remove(&finding.range) else { continue };
        let keeps = |fix: &Fix| fix.edit.changes().iter().any(|change| !change.insert.is_empty());
        if wrong.iter().any(|range| second.value.covers(*range)) && finding.fix.as_ref().is_some_and(keeps) {
            finding.fix = second.removal;
        }
    }
}

/// Of a value that lacks its quotes only that is told, apart from what is wrong within it.
fn told_of_quotes(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let mut wrong: Vec<TextRange> = Vec::new();
    findings.retain(|finding| {
        let about =
            |value: &&TextRange| finding.range.start <= value.start && value.start < finding.range.end;
        let value = cx.tree.unquoted().iter().find(about).filter(|_| finding.rule != "syntax-error");
        wrong.extend(value);
        value.is_none()
    });
    // As a text it would be wrong as well, so quotes are not what is meant.
    for finding in findings.iter_mut().filter(|finding| wrong.contains(&finding.range)) {
        finding.fix = None;
    }
}

/// What stands behind a tag that is a part of the value is no value by itself.
fn told_of_tags(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let tags: Vec<TextRange> =
        findings.iter().filter(|finding| finding.rule == "yaml-tag").map(|finding| finding.range).collect();
    if !tags.is_empty() {
        let tagged = |place: &Place<'_>| {
            let tag =
                place.node.tag_range().filter(|tag| tags.contains(tag) && cx.tree.slice(*tag) != "!")?;
            Some(TextRange::new(tag.end, place.node.range().end.max(tag.end)))
        };
        let values: Vec<TextRange> = cx.places().iter().filter_map(tagged).collect();
        let behind = |range: TextRange| values.iter().any(|value| value.covers(range));
        let wholes: Vec<TextRange> = findings
            .iter()
            .filter(|finding| finding.rule == "syntax-error")
            .map(|finding| finding.range)
            .collect();
        let told = |range: TextRange| wholes.iter().any(|whole| whole.start == range.start);
        findings.retain(|finding| match finding.rule {
            "yaml-tag" => !told(finding.range),
            _ => !behind(finding.range),
        });
    }
}

/// Of a list that reads as something else only that is told.
fn told_of_dashes(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let dashes = findings.iter().filter(|finding| finding.rule == "dash-without-blank");
    let lists: Vec<TextRange> = dashes.map(|finding| finding.range).collect();
    if lists.is_empty() {
        return;
    }
    // What its fix mends is told with it, as is what is missing because of it.
    let keys: Vec<Option<TextRange>> = findings
        .iter()
        .filter(|finding| finding.rule == "dash-without-blank")
        .map(|finding| cx.tree.entry_at(finding.about.as_ref()?).map(|entry| entry.key.range()))
        .collect();
    let paths: Vec<Path> = findings
        .iter()
        .filter(|finding| finding.rule == "dash-without-blank")
        .filter_map(|finding| finding.about.clone())
        .collect();
    let told = |range: TextRange| lists.iter().any(|list| list.covers(range)) || keys.contains(&Some(range));
    findings.retain(|finding| {
        let missing = finding.about.as_ref().is_some_and(|path| paths.contains(path));
        finding.rule == "dash-without-blank" || !told(finding.range) && !missing
    });
}

/// What is wrong with a value that aliases repeat is told once, where it is written.
fn told_at_anchors(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    let meant: HashMap<TextRange, TextRange> =
        cx.tree.aliases().map(|alias| (alias.range, alias.node.resolve().range())).collect();
    if meant.is_empty() {
        return;
    }
    let places: HashSet<TextRange> = meant.values().copied().collect();
    let told: HashSet<(&str, TextRange, String)> = findings
        .iter()
        .filter(|finding| places.contains(&finding.range))
        .map(|finding| (finding.rule, finding.range, finding.message.clone()))
        .collect();
    findings.retain(|finding| {
        let place = meant.get(&finding.range).filter(|place| **place != finding.range);
        place.is_none_or(|place| !told.contains(&(finding.rule, *place, finding.message.clone())))
    });
}
