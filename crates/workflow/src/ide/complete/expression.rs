//! Names in expressions.

use stepladder_yaml::TextRange;

use crate::expr::functions::Function;
use crate::expr::{self, Expr, ExprKind, contexts};
use crate::lint::scope::scope_at;
use crate::{NameKind, facts};

use super::super::members::{Member, contexts_at, members};
use super::super::view::{job_of, path_names};
use super::super::words;
use super::super::{Completion, CompletionKind};
use super::{At, MARK, escape};

impl At<'_, '_> {
    /// What the marked name may be; `before` is the source of the expression as far as the mark.
    pub(super) fn names(&self, place: usize, before: &str) -> Vec<Completion> {
        let in_text = before.bytes().filter(|byte| *byte == b'\'').count() % 2 == 1;
        let source = [before, MARK, if in_text { "'" } else { "" }].concat();
        let Some(ast) = expr::parse(&source).ast else { return Vec::new() };
        let alone = !in_text && !before.trim_end().ends_with(['.', ']', ')', '\'']);
        let mut around: Vec<&Expr> = Vec::new();
        let mut found = None;
        find(&ast, &mut around, &mut |part, around| {
            found = found.take().or_else(|| self.name(place, part, around));
        });
        match found {
            Some(found) => found,
            // An operator is missing before it, which may be written yet.
            None if alone => self.roots(place),
            None => Vec::new(),
        }
    }

    fn name(&self, place: usize, part: &Expr, around: &[&Expr]) -> Option<Vec<Completion>> {
        match &part.kind {
            ExprKind::Context(name) if name.text.contains(MARK) => Some(self.roots(place)),
            ExprKind::Property { object, name } if name.text.contains(MARK) => {
                Some(self.members_of(place, object, Behind::Dot))
            }
            ExprKind::String(text) if text.contains(MARK) => {
                Some(match around.last().map(|outer| &outer.kind) {
                    Some(ExprKind::Index { object, .. }) => self.members_of(place, object, Behind::Quote),
                    Some(ExprKind::Compare { left, right, .. }) => {
                        let other = if std::ptr::eq(&**left, part) { right } else { left };
                        self.values_of(place, other)
                    }
                    _ => Vec::new(),
                })
            }
            _ => None,
        }
    }

    /// Contexts and functions.
    fn roots(&self, place: usize) -> Vec<Completion> {
        let ctx = self.cx.places().get(place).map_or(crate::schema::Ctx::None, |place| place.ctx());
        let scope = scope_at(self.cx, place);
        let mut found: Vec<Completion> = Vec::new();
        for context in contexts_at(&scope, ctx) {
            let offer = self.offer(CompletionKind::Context, context.name).docs(context.doc);
            found.push(offer.sort(found.len()));
        }
        let called = self.a.tree.text()[self.caret.word.end as usize..].starts_with('(');
        for function in scope.functions() {
            let max = scope.bounds(function).map_or(0, |(_, max)| max);
            let mut offer = self
                .offer(CompletionKind::Function, label(function))
                .detail(function.signature())
                .docs(words::function(function));
            let blank = if self.caret.needs_blank { " " } else { "" };
            if called {
                offer.insert = [blank, function.name].concat();
            } else if function.params.is_empty() && max == 0 {
                offer.insert = [blank, function.name, "()"].concat();
            } else {
                offer = offer.snippet([blank, &call(function)].concat());
            }
            found.push(offer.sort(found.len()));
        }
        found
    }

    fn members_of(&self, place: usize, object: &Expr, behind: Behind) -> Vec<Completion> {
        let scope = scope_at(self.cx, place);
        let names = expr::path(object).map(|used| path_names(&used)).unwrap_or_default();
        let root = names.first().and_then(|root| scope.context(root));
        if root.is_some_and(|(_, available)| !available) {
            return Vec::new();
        }
        let mut known = members(self.cx, place, &scope, object, &names);
        known.retain(|member| !member.name.contains(MARK));
        if let [root] = names[..] {
            self.named_elsewhere(root, &mut known);
        }
        let is_open = names.first().is_some_and(|root| root.eq_ignore_ascii_case("github"));
        if is_open && names.len() == 1 {
            known.sort_by_key(|member| member.name.to_ascii_lowercase());
        }
        known
            .into_iter()
            .enumerate()
            .map(|(order, member)| self.member(member, &behind).sort(order))
            .collect()
    }

    fn member(&self, member: Member, behind: &Behind) -> Completion {
        let plain = member.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            && member.name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let mut offer = self.offer(member.kind, member.name.as_str()).detail(member.detail).docs(member.docs);
        if !plain && matches!(behind, Behind::Dot) {
            // `.name` has to become `['name']`.
            offer.replace = TextRange::new(self.caret.word.start.saturating_sub(1), self.caret.word.end);
            offer.insert = ["['", &member.name.replace('\'', "''"), "']"].concat();
        }
        offer
    }

    /// Secrets and variables that other places of the file name.
    fn named_elsewhere(&self, root: &str, known: &mut Vec<Member>) {
        let (kind, symbol) = match root.to_ascii_lowercase().as_str() {
            "secrets" => (NameKind::Secret, CompletionKind::Secret),
            "vars" => (NameKind::Variable, CompletionKind::Variable),
            _ => return,
        };
        for name in self.a.names().into_iter().filter(|name| name.kind == kind) {
            let elsewhere = name.uses.iter().any(|at| !at.range.touches(self.caret.word.end));
            if elsewhere && !known.iter().any(|own| own.name.eq_ignore_ascii_case(&name.name)) {
                let docs = "Named elsewhere in this file.".into();
                known.push(Member { name: name.name, kind: symbol, detail: String::new(), docs });
            }
        }
    }

    /// The texts that make sense in a comparison with `other`.
    fn values_of(&self, place: usize, other: &Expr) -> Vec<Completion> {
        let Some(used) = expr::path(other) else { return Vec::new() };
        let names: Vec<String> = path_names(&used).iter().map(|name| name.to_ascii_lowercase()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let triggers = &self.cx.workflow.triggers;
        let texts: Vec<String> = match &names[..] {
            ["github", "event_name"] => triggers.iter().map(|trigger| trigger.event.value.clone()).collect(),
            ["github", "event", "action"] => {
                let types = |trigger: &crate::model::Trigger| -> Vec<String> {
                    if !trigger.types.is_empty() {
                        return trigger.types.iter().map(|kind| kind.value.clone()).collect();
                    }
                    let event = facts::events::event(&trigger.event.value);
                    let types = event.map_or(&[][..], |event| event.types_when_omitted());
                    types.iter().map(|kind| (*kind).to_owned()).collect()
                };
                triggers.iter().flat_map(types).collect()
            }
            ["inputs", name] => {
                let inputs = triggers.iter().flat_map(|trigger| &trigger.inputs);
                let input = inputs.into_iter().find(|input| input.name.value.eq_ignore_ascii_case(name));
                input.map_or(Vec::new(), |input| {
                    input.options.iter().map(|option| option.value.clone()).collect()
                })
            }
            ["matrix", name] => {
                let rows =
                    job_of(self.cx, place).and_then(|job| job.matrix.as_ref()).map(|matrix| &matrix.rows);
                let row = rows.into_iter().flatten().find(|row| row.name.value.eq_ignore_ascii_case(name));
                let values = row.and_then(|row| row.values.as_ref()).into_iter().flatten();
                let text = |value: &crate::model::Data| match value {
                    crate::model::Data::Text(text) => Some(text.clone()),
                    _ => None,
                };
                values.filter_map(|value| text(&value.value)).collect()
            }
            _ => {
                let values = contexts::describe(&names).map_or(&[][..], |property| property.values);
                values.iter().map(|value| (*value).to_owned()).collect()
            }
        };
        let mut found: Vec<Completion> = Vec::new();
        for text in texts {
            if !found.iter().any(|known| known.label == text) {
                found.push(self.offer(CompletionKind::Value, text).sort(found.len()));
            }
        }
        found
    }
}

/// What stands before a name.
enum Behind {
    Dot,
    Quote,
}

/// Shows every part with what is around it, the outermost first.
fn find<'e>(part: &'e Expr, around: &mut Vec<&'e Expr>, see: &mut impl FnMut(&'e Expr, &[&'e Expr])) {
    see(part, around);
    around.push(part);
    for child in part.children() {
        find(child, around, see);
    }
    around.pop();
}

/// The name of a function in lists: as GitHub's own editor writes it.
fn label(function: &Function) -> &'static str {
    match function.name {
        "toJSON" => "toJson",
        "fromJSON" => "fromJson",
        name => name,
    }
}

/// A call with a place for each argument that must be given.
fn call(function: &Function) -> String {
    let mut out = String::from(function.name);
    out.push('(');
    for (number, param) in function.params.iter().take(usize::from(function.min).max(1)).enumerate() {
        if number > 0 {
            out.push_str(", ");
        }
        out.extend(["${", &(number + 1).to_string(), ":", &escape(param.name), "}"]);
    }
    out.push(')');
    out
}
