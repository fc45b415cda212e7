//! Conditions: their truth, which part decided, and that in words.

use stepladder_yaml::{Path, TextRange, Tree};

use super::{Answer, Place, Verdict, names};
use crate::expr::functions::{Function, Place as Where};
use crate::expr::{self, Compare, Condition, Explained, Expr, ExprKind, Logical, Outcome, State, Value};

/// Most values that a sentence tells.
const MAX_FACTS: usize = 3;
/// Most items of a list that a sentence tells.
const MAX_ITEMS: usize = 5;
/// Longest value that a sentence tells, in characters.
const MAX_VALUE: usize = 60;

/// A condition, read.
pub(super) struct Read<'t> {
    text: &'t str,
    /// Where the expression begins in the text.
    start: usize,
    ast: Option<Expr>,
    broken: Option<String>,
    /// Whether it asks how the run went; otherwise GitHub adds `success()`.
    pub(super) asks_status: bool,
}

/// What came of a condition.
pub(super) struct Judged {
    pub(super) truth: Option<bool>,
    /// The values that decided, as part of a sentence; empty when none did.
    pub(super) why: String,
    /// Why it has no value.
    pub(super) broken: Option<String>,
    /// The part that decided, in bytes of the condition's text.
    range: TextRange,
    pub(super) missing: Vec<String>,
}

impl<'t> Read<'t> {
    /// `None` when there is no condition.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let parse = |range: TextRange| expr::parse(text.get(range.to_usize()).unwrap_or_default());
        let plain = Self { text, start: 0, ast: None, broken: None, asks_status: false };
        Some(match expr::condition(text) {
            Condition::Empty => return None,
            Condition::Expression(range) => {
                let parsed = parse(range);
                Self {
                    start: range.start as usize,
                    asks_status: parsed.ast.as_ref().is_some_and(expr::asks_status),
                    broken: parsed.errors.first().map(|error| error.message.clone()),
                    ast: parsed.ast,
                    ..plain
                }
            }
            Condition::Text(_) => {
                let parts = expr::expressions(text, false);
                let asks =
                    parts.into_iter().any(|part| parse(part).ast.as_ref().is_some_and(expr::asks_status));
                Self { asks_status: asks, ..plain }
            }
        })
    }

    pub(super) fn ast(&self) -> Option<&Expr> {
        self.ast.as_ref()
    }

    /// Whether it holds, without the reason; `None` when it cannot be evaluated.
    pub(super) fn truth(&self, state: &State) -> Option<Option<bool>> {
        match &self.ast {
            _ if self.broken.is_some() => None,
            Some(ast) => expr::eval(ast, state).ok().map(|value| value.truth()),
            None => Some(Some(true)),
        }
    }

    pub(super) fn judge(&self, state: &State) -> Judged {
        let all = TextRange::new(0, u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let mut judged =
            Judged { truth: None, why: String::new(), broken: None, range: all, missing: Vec::new() };
        if let Some(broken) = &self.broken {
            judged.broken = Some(broken.clone());
            return judged;
        }
        let Some(ast) = &self.ast else {
            judged.why = "text stands around the `${{ }}`, which makes it always true".to_owned();
            judged.truth = Some(true);
            return judged;
        };
        let explained = expr::explain(ast, state);
        if let Outcome::Failed(error) = &explained.outcome {
            judged.broken = Some(error.message.clone());
            return judged;
        }
        judged.truth = truth(&explained);
        let (part, of) = deciding(ast, &explained);
        let source = self.text.get(self.start..).unwrap_or_default();
        let mut facts = Vec::new();
        tell(part, of, source, &mut facts);
        facts.truncate(MAX_FACTS);
        judged.why = join(&facts);
        if judged.truth.is_none() {
            missing(ast, &explained, &mut judged.missing);
            if let (true, Outcome::Value(value)) = (judged.missing.is_empty(), &explained.outcome) {
                judged.missing.extend(value.unknown().map(|unknown| unknown.what.to_string()));
            }
        }
        let start = u32::try_from(self.start).unwrap_or_default();
        judged.range = TextRange::new(part.range.start + start, part.range.end + start);
        judged
    }
}

impl Judged {
    /// The verdict of the condition at that path alone.
    pub(super) fn verdict(&self, tree: &Tree, path: impl FnOnce() -> Path) -> Verdict {
        let (holds, always) = ("Its condition holds: ", "Its condition is always true.");
        let (fails, never) = ("Its condition does not hold: ", "Its condition is always false.");
        let say = |start: &str, constant: &str| match self.why.as_str() {
            "" => constant.to_owned(),
            why => [start, why, "."].concat(),
        };
        let mut verdict = match (&self.broken, self.truth) {
            (Some(why), _) => Verdict::no(["Its condition cannot be evaluated: ", why].concat()),
            (None, Some(true)) => Verdict::yes(say(holds, always)),
            (None, Some(false)) => Verdict::no(say(fails, never)),
            (None, None) => {
                let names = names(self.missing.iter().take(MAX_FACTS).map(String::as_str));
                let verb = if self.missing.len() == 1 { "is" } else { "are" };
                Verdict::new(
                    Answer::Unknown,
                    ["It depends on ", &names, ", which ", verb, " not known."].concat(),
                )
            }
        };
        if verdict.answer == Answer::Unknown {
            verdict.missing.clone_from(&self.missing);
        }
        verdict.place = self.place(tree, path());
        verdict
    }

    /// Where the deciding part stands in the file; `path` is the node of the condition.
    fn place(&self, tree: &Tree, path: Path) -> Option<Place> {
        let node = tree.at(&path)?.resolve();
        let text = node.as_str()?;
        // The last character may be written as an escape of several bytes, so its start is looked up.
        let upto = text.get(..self.range.end as usize)?;
        let (last, width) = upto.char_indices().next_back().map_or((0, 0), |(at, c)| (at, c.len_utf8()));
        let start = node.offset_of(self.range.start as usize);
        let end = node.offset_of(last) + u32::try_from(width).unwrap_or_default();
        Some(Place { path, range: TextRange::new(start, end) })
    }
}

fn truth(explained: &Explained) -> Option<bool> {
    match &explained.outcome {
        Outcome::Value(value) => value.truth(),
        _ => None,
    }
}

/// The smallest part that settles the truth of the whole, or leaves it open.
fn deciding<'e>(ast: &'e Expr, explained: &'e Explained) -> (&'e Expr, &'e Explained) {
    let whole = truth(explained);
    let parts = || ast.children().zip(&explained.children);
    let seen = |of: &Explained| !matches!(of.outcome, Outcome::Skipped);
    match &ast.kind {
        ExprKind::Not(_) => parts().next().map_or((ast, explained), |(part, of)| deciding(part, of)),
        ExprKind::Logical { op, .. } => {
            let settles = whole.is_none() || whole == Some(*op == Logical::Or);
            let found = parts().find(|(_, of)| settles && seen(of) && truth(of) == whole);
            found.map_or((ast, explained), |(part, of)| deciding(part, of))
        }
        _ => (ast, explained),
    }
}

/// The values in it, as parts of a sentence.
fn tell(part: &Expr, of: &Explained, source: &str, facts: &mut Vec<String>) {
    let Outcome::Value(value) = &of.outcome else { return };
    let text = |part: &Expr| source.get(part.range.to_usize()).unwrap_or_default().to_owned();
    let fact = match &part.kind {
        ExprKind::Compare { op: Compare::Equal | Compare::NotEqual, .. } => compared(part, of, source),
        ExprKind::Call { function, .. } => Function::find(&function.text)
            .filter(|function| function.place != Where::Anywhere)
            .map(|_| ["`", &text(part), "` ", &shown(value)].concat()),
        _ if expr::path(part).is_some() => Some(["`", &text(part), "` ", &shown(value)].concat()),
        _ => None,
    };
    match fact {
        Some(fact) if !facts.contains(&fact) => facts.push(fact),
        Some(_) => {}
        None => part.children().zip(&of.children).for_each(|(part, of)| tell(part, of, source, facts)),
    }
}

/// A comparison of a value with a text: "`github.ref` is `a`, not `b`".
fn compared(part: &Expr, of: &Explained, source: &str) -> Option<String> {
    let mut sides = part.children().zip(&of.children);
    let (left, right) = (sides.next()?, sides.next()?);
    let is_literal = |side: &Expr| matches!(side.kind, ExprKind::String(_));
    let (path, literal) = if is_literal(right.0) { (left, right.0) } else { (right, left.0) };
    let (ExprKind::String(literal), true) = (&literal.kind, expr::path(path.0).is_some()) else {
        return None;
    };
    let Outcome::Value(value) = &path.1.outcome else { return None };
    let name = source.get(path.0.range.to_usize())?;
    let mut fact = ["`", name, "` ", &shown(value)].concat();
    if value.equals(&literal.as_str().into()) == Some(false) && !literal.is_empty() {
        fact.extend([", not `", literal, "`"]);
    }
    Some(fact)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Unknown(_) => "is not known".to_owned(),
        Value::Null => "is empty".to_owned(),
        Value::Array(array) => {
            let items: Option<Vec<_>> = array.items().iter().map(Value::to_text).collect();
            match items {
                Some(items) if items.is_empty() => "is an empty list".to_owned(),
                Some(items)
                    if items.len() <= MAX_ITEMS && items.iter().all(|item| item.len() <= MAX_VALUE) =>
                {
                    ["is the list ", &names(items.iter().map(|item| &**item))].concat()
                }
                _ => format!("has {} items", array.items().len()),
            }
        }
        Value::Object(_) => "is there".to_owned(),
        value => {
            let text = value.to_text().unwrap_or_default();
            match text.char_indices().nth(MAX_VALUE) {
                _ if text.is_empty() => "is empty".to_owned(),
                Some((at, _)) => ["is `", &text[..at], "…`"].concat(),
                None => ["is `", &text, "`"].concat(),
            }
        }
    }
}

/// "a", "a and b", "a, b and c".
fn join(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => [&most.join(", "), " and ", last].concat(),
    }
}

/// The facts without which the truth stays open.
fn missing(part: &Expr, of: &Explained, out: &mut Vec<String>) {
    let Outcome::Value(value) = &of.outcome else { return };
    if truth(of).is_some() && matches!(part.kind, ExprKind::Logical { .. } | ExprKind::Compare { .. }) {
        return;
    }
    let calls_run = matches!(&part.kind, ExprKind::Call { function, .. }
        if Function::find(&function.text).is_some_and(|function| function.place != Where::Anywhere));
    if calls_run || expr::path(part).is_some() {
        if let Some(unknown) = value.unknown()
            && !out.iter().any(|known| **known == *unknown.what)
        {
            out.push(unknown.what.to_string());
        }
        return;
    }
    part.children().zip(&of.children).for_each(|(part, of)| missing(part, of, out));
}
