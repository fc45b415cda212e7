//! What an expression would say at a place: its type, what is wrong with it, and its value for an event.

use stepladder_yaml::{Kind, Path, Step};

use super::example::{Read, reads, with_examples};
use super::nothing::nothing_behind;
use super::view::{exprs_in, place_of, read};
use crate::edits::{self, Holds, Value};
use crate::expr::{self, Expr, ExprKind, Layout, Type};
use crate::lint::scope::scope_at;
use crate::schema::{self, Types};
use crate::simulate::{Event, contexts_at};
use crate::{Analysis, Env, Finding, Severity};

/// An expression that is not written yet.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The value that it would stand in, which may be one more item of a list.
    pub path: &'a Path,
    /// What that value would be.
    pub text: &'a str,
    /// Where the expression begins in `text`.
    pub at: usize,
    /// The expression. In `text` it may be a part of another one.
    pub source: &'a str,
}

/// An expression at its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Its type in words, such as `string`; empty while it is not complete or when nothing is known of it.
    pub ty: String,
    /// What comes out.
    pub example: Example,
    /// Type and value of the expression of which it is a part, if it is one.
    pub whole: Option<(String, Example)>,
    /// What is wrong with it there, in sentences.
    pub problems: Vec<String>,
    /// Whether it ends with a dot, so that a name is still to come: that alone is no problem.
    pub goes_on: bool,
    /// Why no name can come, in a sentence with what to do.
    pub nothing: Option<&'static str>,
    /// Whether GitHub would refuse it there.
    pub refused: bool,
    /// What it reads and somebody may give an example of.
    pub reads: Vec<Read>,
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

/// Judges an expression. `event` gives the example, and `examples` the values of what [`Judged::reads`] names.
#[must_use]
pub fn judge(
    a: &Analysis,
    env: &Env,
    event: &Event,
    written: Written<'_>,
    examples: &[(String, String)],
) -> Judged {
    let Written { path, text, at, source } = written;
    let edit = match edits::edit_here(a, |a| set(a, path, text)) {
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
    let place = place_of(&cx, node);
    // What the value becomes with it is wrong by it, unless it was wrong before.
    let is_of_value = |finding: &Finding| {
        let is_old = |old: &Finding| old.rule == finding.rule && old.message == finding.message;
        node.range().covers(finding.range)
            && finding.range.covers(found.outer())
            && !a.findings().iter().any(is_old)
    };
    let is_told = |finding: &&Finding| found.outer().covers(finding.range) || is_of_value(finding);
    let here = || after.findings().iter().filter(is_told);
    let mut problems: Vec<String> = here().map(|finding| finding.message.clone()).collect();
    problems.dedup();
    let refused = here().any(|finding| finding.severity == Severity::Error);
    let complete = found.parsed.errors.is_empty() && !found.unclosed;
    let Some(ast) = found.parsed.ast.as_ref().filter(|_| complete) else {
        let goes_on = found.source.trim_end().ends_with('.') && found.parsed.errors.len() == 1;
        if goes_on {
            problems.retain(|problem| found.parsed.errors.iter().all(|error| error.message != *problem));
        }
        let nothing = place.filter(|_| goes_on).and_then(|place| nothing_behind(&cx, place, found.source));
        return Judged { problems, goes_on, nothing, refused, ..Judged::default() };
    };
    let type_of = |ast: &Expr| {
        let ty = place.map(|place| expr::type_of(ast, &scope_at(&cx, place)));
        ty.filter(|ty| *ty != Type::Any).map(|ty| ty.to_string()).unwrap_or_default()
    };
    let own = (found.source.trim() != source.trim()).then(|| complete_tree(source));
    // No run comes to what GitHub refuses.
    let state = (!refused).then(|| contexts_at(&after, env, event, path));
    let reads = state.as_ref().map(|state| reads(ast, found.source, state)).unwrap_or_default();
    let state = state.map(|state| with_examples(state, after.kind, &reads, examples));
    let value_of = |ast: &Expr| {
        let Some(state) = &state else { return Example::Nothing };
        match expr::eval(ast, state) {
            // What is told as a problem is not told again.
            Err(error) if problems.iter().any(|problem| same_words(problem, &error.message)) => {
                Example::Nothing
            }
            Err(error) => Example::Failed(error.message),
            Ok(value) => match value.unknown() {
                Some(unknown) => Example::Unknown(unknown.what.to_string()),
                None => Example::Value(shown(&value)),
            },
        }
    };
    let told = |ast: &Expr| (type_of(ast), value_of(ast));
    let (whole, (ty, example)) = match own {
        Some(part) => (Some(told(ast)), part.as_ref().map(told).unwrap_or_default()),
        None => (None, told(ast)),
    };
    Judged { ty, example, whole, problems, refused, reads, ..Judged::default() }
}

/// The tree of a source without mistakes.
fn complete_tree(source: &str) -> Option<Expr> {
    let parsed = expr::parse(source);
    parsed.ast.filter(|_| parsed.errors.is_empty())
}

/// Makes `text` the value at `path`; a further item of what is no list yet makes it one.
fn set(a: &Analysis, path: &Path, text: &str) -> Result<edits::Edit, edits::Refusal> {
    let value = Value::Str(text.to_owned());
    if let (Some(Step::Index(_)), Some(list)) = (path.last(), path.parent())
        && let Some(single) = a.tree.at(&list).and_then(|node| node.as_str())
    {
        return edits::set_field(a, &list, &Value::Seq(vec![Value::Str(single.to_owned()), value]));
    }
    edits::set_field(a, path, &value)
}

/// Where an expression goes that is added to the list at `list`: behind its items. Where nothing stands there yet and the
/// expression gives a list, it is all of it, so far as GitHub takes that.
#[must_use]
pub fn place_in_list(a: &Analysis, env: &Env, list: &Path, source: &str) -> Path {
    let node = a.tree.at(list).map(|node| node.resolve());
    let count = match node {
        Some(node) if node.kind() == Kind::Sequence => node.len(),
        Some(node) if !node.is_null() => 1,
        _ => 0,
    };
    let whole = || {
        let field = schema::field_at(list, &a.tree)?;
        let text = edits::with_expression("", Holds::Value, None, source).text;
        let takes = field.ctx.allows_expressions() && field.types.has(Types::SEQUENCE);
        let edit = edits::edit_here(a, |a| set(a, list, &text)).ok().filter(|_| takes)?;
        let after = Analysis::new(edit.edit.apply(a.tree.text()), env);
        let cx = read(&after, env);
        let place = place_of(&cx, after.tree.at(list)?)?;
        let ast = complete_tree(source)?;
        Some(match expr::type_of(&ast, &scope_at(&cx, place)) {
            Type::Array(_) | Type::Filtered(_) => true,
            // In the place of a list, what is read from JSON is one.
            Type::Any => reads_json(&ast),
            _ => false,
        })
    };
    if count == 0 && whole().unwrap_or_default() { list.clone() } else { list.child(count) }
}

fn reads_json(ast: &Expr) -> bool {
    let mut found = false;
    ast.walk(&mut |part| {
        found |= matches!(&part.kind, ExprKind::Call { function, .. } if function.text.eq_ignore_ascii_case("fromJSON"));
    });
    found
}

/// Whether two sentences begin with the same statement.
fn same_words(one: &str, other: &str) -> bool {
    let statement = |text: &str| text.split([':', '.']).next().unwrap_or_default().to_owned();
    statement(one) == statement(other)
}

/// A value as JSON; a number alone as GitHub writes it into a text.
fn shown(value: &expr::Value) -> String {
    let number = matches!(value, expr::Value::Number(_)).then(|| value.to_text()).flatten();
    number.map_or_else(|| expr::to_json(value, Layout::Line), |text| text.to_string())
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;

    const TEXT: &str = "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n";

    fn judged(path: &Path, text: &str, at: usize) -> Judged {
        let analysis = Analysis::new(TEXT, &Env::default());
        let event = Event::usual("push", &analysis.workflow);
        let source = text[at..].split(" }}").next().unwrap_or_default();
        judge(&analysis, &Env::default(), &event, Written { path, text, at, source }, &[])
    }

    /// As it is when `source` is put into a field, or among the items of a list, of `text`.
    fn put(text: &str, path: &Path, source: &str) -> Judged {
        let (analysis, env) = (Analysis::new(text, &Env::default()), Env::default());
        let is_list = analysis.tree.at(path).is_some_and(|node| node.resolve().kind() == Kind::Sequence);
        let place = if is_list { place_in_list(&analysis, &env, path, source) } else { path.clone() };
        let old = analysis.tree.at(&place).map(|node| node.source()).unwrap_or_default();
        let holds = schema::field_at(&place, &analysis.tree).map_or(Holds::Text, Holds::of);
        let new = edits::with_expression(old, holds, None, source);
        let written = Written { path: &place, text: &new.text, at: new.at, source };
        judge(&analysis, &env, &Event::usual("push", &analysis.workflow), written, &[])
    }

    const LISTS: &str = "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    strategy:
      matrix:
        os: [ubuntu-latest]
        none: []
    services:
      db:
        image: postgres
        ports: ['5432:5432']
    steps:
      - run: echo
        if: github.ref == 'refs/heads/main'
";

    #[test]
    fn an_expression_in_a_list_is_one_of_its_items() {
        let matrix = path!["jobs", "a", "strategy", "matrix"];
        let found = put(LISTS, &matrix.child("os"), "github.ref_name");
        assert_eq!((found.ty.as_str(), found.problems, found.refused), ("string", vec![], false));
        assert_eq!(found.example, Example::Value("\"main\"".into()));
        let found = put(LISTS, &path!["jobs", "a", "services", "db", "ports"], "vars.PORT");
        assert_eq!((found.ty.as_str(), found.problems), ("string", vec![]));
        // A text in the place of a list makes it one.
        let single = LISTS.replace("['5432:5432']", "5432:5432");
        let (analysis, env) = (Analysis::new(single.as_str(), &Env::default()), Env::default());
        let list = path!["jobs", "a", "services", "db", "ports"];
        assert_eq!(place_in_list(&analysis, &env, &list, "vars.PORT"), list.child(1));
        let written = Written { path: &list.child(1), text: "${{ vars.PORT }}", at: 4, source: "vars.PORT" };
        let found = judge(&analysis, &env, &Event::usual("push", &analysis.workflow), written, &[]);
        assert_eq!((found.ty.as_str(), found.problems), ("string", vec![]));
    }

    #[test]
    fn what_gives_a_list_is_all_of_an_empty_one() {
        let (analysis, env) = (Analysis::new(LISTS, &Env::default()), Env::default());
        let matrix = path!["jobs", "a", "strategy", "matrix"];
        let (none, os) = (matrix.child("none"), matrix.child("os"));
        let place = |list: &Path, source: &str| place_in_list(&analysis, &env, list, source);
        assert_eq!(place(&none, "fromJSON(vars.OSES)"), none);
        assert_eq!(place(&none, "fromJSON('[1, 2]')"), none);
        assert_eq!(place(&none, "fromJSON(vars.ALL).oses"), none);
        assert_eq!(place(&none, "github.event.commits.*.id"), none);
        assert_eq!(place(&none, "vars.OS"), none.child(0));
        assert_eq!(place(&none, "contains(fromJSON(vars.OSES), 'a')"), none.child(0));
        assert_eq!(place(&os, "fromJSON(vars.OSES)"), os.child(1));
        let found = put(LISTS, &none, "fromJSON(vars.OSES)");
        assert_eq!((found.problems, found.refused), (vec![], false));
    }

    #[test]
    fn a_part_is_told_of_apart_from_the_whole() {
        let condition = path!["jobs", "a", "steps", 0, "if"];
        let found = put(LISTS, &condition, "github.ref_name");
        assert_eq!((found.ty.as_str(), found.example), ("string", Example::Value("\"main\"".into())));
        let (ty, example) = found.whole.expect("a condition stands there");
        assert_eq!((ty.as_str(), example), ("single value", Example::Value("\"main\"".into())));
        // The end of a comparison is nothing by itself.
        let text = LISTS.replace("github.ref == 'refs/heads/main'", "github.ref ==");
        assert_eq!(
            put(&text, &condition, "'x'").whole,
            Some(("boolean".into(), Example::Value("false".into())))
        );
        assert_eq!(put(LISTS, &path!["jobs", "a", "steps", 0, "name"], "github.actor").whole, None);
    }

    #[test]
    fn an_expression_takes_the_place_of_a_number_and_has_no_text_beside_it() {
        let minutes = path!["jobs", "a", "timeout-minutes"];
        assert_eq!(put(LISTS, &minutes, "fromJSON(vars.MINUTES)").problems, [] as [&str; 0]);
        let (analysis, env) = (Analysis::new(LISTS, &Env::default()), Env::default());
        let written =
            Written { path: &minutes, text: "10${{ github.run_id }}", at: 6, source: "github.run_id" };
        let found = judge(&analysis, &env, &Event::usual("push", &analysis.workflow), written, &[]);
        assert!(found.refused && found.problems[0].contains("must be a number"), "{found:?}");
    }

    #[test]
    fn numbers_in_a_list_are_shown_as_github_prints_them() {
        let found = judged(&path!["jobs", "a", "steps", 0, "name"], "${{ fromJSON('[1,2.5]') }}", 4);
        assert_eq!(found.example, Example::Value("[1,2.5]".into()));
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
        assert!(found.goes_on && found.ty.is_empty(), "{found:?}");
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
            let holds = if path == &condition { Holds::Condition } else { Holds::Text };
            let text = edits::with_expression("", holds, None, source);
            let found = judged(path, &text.text, text.at);
            println!("{source} {found:?}");
            assert!(found.problems.iter().any(|problem| problem.contains(words)), "{source} {found:?}");
        }
    }

    #[test]
    fn what_is_refused_has_no_value_and_asks_for_no_example() {
        let found = judged(&path!["jobs", "a", "if"], "secrets.KEY == 'x'", 0);
        assert!(found.refused && found.reads.is_empty(), "{found:?}");
        assert_eq!(found.example, Example::Nothing);
    }

    #[test]
    fn what_no_file_tells_is_not_known() {
        let found = judged(&path!["jobs", "a", "steps", 0, "env", "KEY"], "${{ secrets.KEY }}", 4);
        assert!(matches!(found.example, Example::Unknown(what) if what.contains("secrets")));
    }

    #[test]
    fn a_name_that_is_still_to_come_is_no_problem() {
        let (name, condition) = (path!["jobs", "a", "steps", 0, "name"], path!["jobs", "a", "if"]);
        let env = Env {
            payloads: Some(std::sync::Arc::new(crate::facts::payload::Payloads::embedded())),
            ..Env::default()
        };
        let analysis = Analysis::new(TEXT, &env);
        let event = Event::usual("push", &analysis.workflow);
        let judged = |path: &Path, source: &str| {
            let holds = if *path == condition { Holds::Condition } else { Holds::Text };
            let text = edits::with_expression("", holds, None, source);
            judge(&analysis, &env, &event, Written { path, text: &text.text, at: text.at, source }, &[])
        };
        for source in ["github.event.commits[0].", "github.event.", "github.", "steps.", "env."] {
            let found = judged(&name, source);
            assert!(found.goes_on && found.problems.is_empty(), "{source} {found:?}");
        }
        for (path, source, words) in [
            (&condition, "secrets.", "`secrets` is not available here"),
            (&name, "nope.", "nope"),
            (&name, "github.event.pull_request.", "`github.event.pull_request` is not there"),
        ] {
            let found = judged(path, source);
            assert!(found.goes_on && found.problems.len() == 1, "{source} {found:?}");
            assert!(found.problems[0].contains(words), "{source} {found:?}");
        }
    }

    #[test]
    fn where_no_name_can_come_that_is_told_with_what_to_do() {
        let text = "on:\n  push:\n  workflow_call:\n    inputs: {i: {type: string}}\njobs:\n  a:\n    runs-on: x\n    steps:\n      \
                    - run: a\n      - id: s\n        run: b\n      - run: c\n  b:\n    needs: a\n    runs-on: x\n    \
                    strategy: {matrix: \"${{ fromJSON(vars.M) }}\"}\n    steps:\n      - run: c\n";
        let told = |text: &str, path: Path, source: &str| {
            let analysis = Analysis::new(text, &Env::default());
            let event = Event::usual("push", &analysis.workflow);
            let inserted = edits::with_expression("", Holds::Text, None, source);
            let written = Written { path: &path, text: &inserted.text, at: inserted.at, source };
            judge(&analysis, &Env::default(), &event, written, &[]).nothing
        };
        let run = |job: &str, step: usize| path!["jobs", job, "steps", step, "run"];
        for (path, source, words) in [
            (run("a", 0), "needs.", "needs no other job"),
            (run("a", 0), "github.ref == needs.", "needs no other job"),
            (run("a", 0), "steps.", "No step before this one has an `id`"),
            (run("a", 1), "STEPS.", "No step before this one has an `id`"),
            (path!["jobs", "b", "outputs", "o"], "steps.", "No step here has an `id`"),
            (run("a", 0), "matrix.", "has no matrix"),
        ] {
            let told = told(text, path, source);
            assert!(told.is_some_and(|told| told.contains(words)), "{source} {told:?}");
        }
        for (path, source) in [
            (run("a", 2), "steps."),
            (run("b", 0), "needs."),
            (run("b", 0), "matrix."),
            (run("a", 0), "inputs."),
            (run("a", 0), "github."),
            (run("a", 0), "env."),
            (run("a", 0), "github.event.needs."),
            (run("a", 0), "fromJSON(needs)."),
        ] {
            assert_eq!(told(text, path, source), None, "{source}");
        }
        let bare = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: a\n";
        assert!(told(bare, run("a", 0), "inputs.").is_some_and(|told| told.contains("has no inputs")));
        let action =
            "name: A\ndescription: D\nruns:\n  using: composite\n  steps:\n    - run: a\n      shell: bash\n";
        let of_action = told(action, path!["runs", "steps", 0, "run"], "steps.");
        assert!(of_action.is_some(), "{of_action:?}");
    }

    #[test]
    fn the_same_is_not_told_twice() {
        for source in ["foo()", "contains(1)", "fromJSON('x')"] {
            let text = edits::with_expression("", Holds::Text, None, source);
            let found = judged(&path!["jobs", "a", "steps", 0, "name"], &text.text, text.at);
            assert_eq!((found.problems.len(), found.example), (1, Example::Nothing), "{source}");
        }
    }
}
