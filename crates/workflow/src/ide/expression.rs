//! What an expression would say at a place: its type, what is wrong with it, and its value for an event.

use stepladder_yaml::Path;

use super::view::{exprs_in, place_of, read};
use super::{CompletionKind, complete};
use crate::edits::{self, Value};
use crate::expr::{self, Layout};
use crate::lint::scope::scope_at;
use crate::simulate::{Event, contexts_at};
use crate::{Analysis, Env, Severity};

/// An expression at its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Its type in words, such as `string`; empty while it is not complete or when nothing is known of it.
    pub ty: String,
    /// What is wrong with it there, in sentences.
    pub problems: Vec<String>,
    /// Whether GitHub would refuse it there.
    pub refused: bool,
    /// What comes out.
    pub example: Example,
}

/// The value of an expression for an example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Example {
    /// This, as JSON.
    Value(String),
    /// It depends on this, which is not known.
    Unknown(String),
    /// The run fails: why.
    Failed(String),
    /// There is nothing to evaluate.
    #[default]
    Nothing,
}

/// Judges the expression that would stand at byte `at` of `text`, were `text` the value at `path`. `event` gives the
/// example.
#[must_use]
pub fn judge(a: &Analysis, env: &Env, event: &Event, path: &Path, text: &str, at: usize) -> Judged {
    let edit = match edits::set_field(a, path, &Value::Str(text.to_owned())) {
        Ok(edit) => edit.edit,
        Err(refusal) => {
            return Judged { problems: vec![refusal.message], refused: true, ..Judged::default() };
        }
    };
    let after = Analysis::new(edit.apply(a.tree.text()), env);
    let Some(node) = after.tree.at(path) else { return Judged::default() };
    let cx = read(&after, env);
    let offset = node.offset_of(at.min(text.len()));
    let Some(found) = exprs_in(&cx, node).find(|found| found.outer().touches(offset)) else {
        return Judged::default();
    };
    let here = || after.findings().iter().filter(|finding| found.outer().covers(finding.range));
    let mut problems: Vec<String> = here().map(|finding| finding.message.clone()).collect();
    problems.dedup();
    let refused = here().any(|finding| finding.severity == Severity::Error);
    let complete = found.parsed.errors.is_empty() && !found.unclosed;
    let Some(ast) = found.parsed.ast.as_ref().filter(|_| complete) else {
        return Judged { problems, refused, ..Judged::default() };
    };
    let ty = place_of(&cx, node).map(|place| expr::type_of(ast, &scope_at(&cx, place)));
    let ty = ty.filter(|ty| *ty != expr::Type::Any).map(|ty| ty.to_string()).unwrap_or_default();
    let example = match expr::eval(ast, &contexts_at(&after, env, event, path)) {
        Err(error) => Example::Failed(error.message),
        Ok(value) => match value.unknown() {
            Some(unknown) => Example::Unknown(unknown.what.to_string()),
            None => Example::Value(shown(&value)),
        },
    };
    Judged { ty, problems, refused, example }
}

/// A value as JSON; a number alone as GitHub writes it into a text.
fn shown(value: &expr::Value) -> String {
    let number = matches!(value, expr::Value::Number(_)).then(|| value.to_text()).flatten();
    number.map_or_else(|| expr::to_json(value, Layout::Compact), |text| text.to_string())
}

/// What may stand at byte `at` of `text`, behind a dot of an expression, were `text` the value at `path`: what is
/// written there from the dot on (`.name`, `['a name']`), and a few words about it.
#[must_use]
pub fn continuations(a: &Analysis, env: &Env, path: &Path, text: &str, at: usize) -> Vec<(String, String)> {
    let Ok(edit) = edits::set_field(a, path, &Value::Str(text.to_owned())) else { return Vec::new() };
    let after = Analysis::new(edit.edit.apply(a.tree.text()), env);
    let Some(node) = after.tree.at(path) else { return Vec::new() };
    let offset = node.offset_of(at.min(text.len()));
    complete(&after, env, offset)
        .into_iter()
        .filter(|offer| !matches!(offer.kind, CompletionKind::Context | CompletionKind::Function))
        .map(|offer| {
            let dot = if offer.insert.starts_with('[') { "" } else { "." };
            ([dot, &offer.insert].concat(), offer.detail.into_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;

    const TEXT: &str = "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n";

    fn judged(path: &Path, text: &str, at: usize) -> Judged {
        let analysis = Analysis::new(TEXT, &Env::default());
        let event = Event::usual("push", &analysis.workflow);
        judge(&analysis, &Env::default(), &event, path, text, at)
    }

    #[test]
    fn type_and_value_of_what_is_not_written_yet() {
        let name = path!["jobs", "a", "steps", 0, "name"];
        let text = "On ${{ github.ref_name }} as ${{ github.actor }}";
        let first = judged(&name, text, 6);
        assert_eq!(first.ty, "string");
        assert_eq!(first.example, Example::Value("\"main\"".into()));
        assert_eq!(first.problems, [] as [&str; 0]);
        let condition = judged(&path!["jobs", "a", "if"], "github.ref == 'refs/heads/main'", 0);
        assert_eq!((condition.ty.as_str(), condition.example), ("boolean", Example::Value("true".into())));
    }

    #[test]
    fn mistakes_are_told_with_the_words_of_the_checks() {
        let found = judged(&path!["jobs", "a", "steps", 0, "name"], "${{ github.rev_name }}", 4);
        assert!(found.problems.iter().any(|problem| problem.contains("rev_name")), "{found:?}");
        let found = judged(&path!["jobs", "a", "steps", 0, "name"], "${{ github. }}", 4);
        assert!(!found.problems.is_empty() && found.ty.is_empty(), "{found:?}");
        assert_eq!(found.example, Example::Nothing);
    }

    #[test]
    fn a_number_is_shown_as_github_prints_it() {
        let found = judged(&path!["jobs", "a", "steps", 0, "name"], "${{ fromJSON('[1,2]')[1] }}", 4);
        assert_eq!(found.example, Example::Value("2".into()));
    }

    #[test]
    fn whatever_is_typed_is_told_why_not() {
        let name = path!["jobs", "a", "steps", 0, "name"];
        let condition = path!["jobs", "a", "if"];
        for (path, source, words) in [
            (&name, "1 +", "+"),
            (&name, "github.evnt", "event"),
            (&name, "matrix.nope", "matrix"),
            (&name, "secrets", "secrets"),
            (&condition, "env.LANG", "github"),
            (&condition, "secrets.X", "github"),
        ] {
            let is_condition = path == &condition;
            let text = edits::with_expression("", is_condition, None, source);
            let found = judged(path, &text.text, text.at);
            println!("{source} {found:?}");
            assert!(found.problems.iter().any(|problem| problem.contains(words)), "{source} {found:?}");
        }
    }

    #[test]
    fn what_stands_behind_a_dot_is_offered() {
        let analysis = Analysis::new(TEXT, &Env::default());
        let of = |source: &str| {
            let text = edits::with_expression("x", false, None, source);
            continuations(
                &analysis,
                &Env::default(),
                &path!["jobs", "a", "steps", 0, "name"],
                &text.text,
                text.at + source.len(),
            )
        };
        assert!(of("runner.").iter().any(|(name, _)| name == ".os"), "{:?}", of("runner."));
        assert!(of("1 == github.").iter().any(|(name, _)| name == ".ref"));
        assert!(of("nothing.").is_empty());
    }

    #[test]
    fn what_no_file_tells_is_not_known() {
        let found = judged(&path!["jobs", "a", "steps", 0, "env", "KEY"], "${{ secrets.KEY }}", 4);
        assert!(matches!(found.example, Example::Unknown(what) if what.contains("secrets")));
    }
}
