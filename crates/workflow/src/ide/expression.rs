//! What an expression would say at a place: its type, what is wrong with it, and its value for an event.

use stepladder_yaml::Path;

use super::example::{Read, reads, with_examples};
use super::nothing::nothing_behind;
use super::view::{exprs_in, place_of, read};
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
    /// Whether it ends with a dot, so that a name is still to come: that alone is no problem.
    pub goes_on: bool,
    /// Why no name can come, in a sentence with what to do.
    pub nothing: Option<&'static str>,
    /// Whether GitHub would refuse it there.
    pub refused: bool,
    /// What comes out.
    pub example: Example,
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

/// Judges the expression that would stand at byte `at` of `text`, were `text` the value at `path`. `event` gives the
/// example, and `examples` the values of what [`Judged::reads`] names.
#[must_use]
pub fn judge(
    a: &Analysis,
    env: &Env,
    event: &Event,
    path: &Path,
    (text, at): (&str, usize),
    examples: &[(String, String)],
) -> Judged {
    let written = |a: &Analysis| edits::set_field(a, path, &Value::Str(text.to_owned()));
    let edit = match edits::edit_here(a, written) {
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
    let here = || after.findings().iter().filter(|finding| found.outer().covers(finding.range));
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
    let ty = place.map(|place| expr::type_of(ast, &scope_at(&cx, place)));
    let ty = ty.filter(|ty| *ty != expr::Type::Any).map(|ty| ty.to_string()).unwrap_or_default();
    // No run comes to what GitHub refuses.
    if refused {
        return Judged { ty, problems, refused, ..Judged::default() };
    }
    let state = contexts_at(&after, env, event, path);
    let reads = reads(ast, found.source, &state);
    let example = match expr::eval(ast, &with_examples(state, after.kind, &reads, examples)) {
        // What is told as a problem is not told again.
        Err(error) if problems.iter().any(|problem| same_words(problem, &error.message)) => Example::Nothing,
        Err(error) => Example::Failed(error.message),
        Ok(value) => match value.unknown() {
            Some(unknown) => Example::Unknown(unknown.what.to_string()),
            None => Example::Value(shown(&value)),
        },
    };
    Judged { ty, problems, refused, example, reads, ..Judged::default() }
}

/// Whether two sentences begin with the same statement.
fn same_words(one: &str, other: &str) -> bool {
    let statement = |text: &str| text.split([':', '.']).next().unwrap_or_default().to_owned();
    statement(one) == statement(other)
}

/// A value as JSON; a number alone as GitHub writes it into a text.
fn shown(value: &expr::Value) -> String {
    let number = matches!(value, expr::Value::Number(_)).then(|| value.to_text()).flatten();
    number.map_or_else(|| expr::to_json(value, Layout::Compact), |text| text.to_string())
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use super::*;

    const TEXT: &str = "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n";

    fn judged(path: &Path, text: &str, at: usize) -> Judged {
        let analysis = Analysis::new(TEXT, &Env::default());
        let event = Event::usual("push", &analysis.workflow);
        judge(&analysis, &Env::default(), &event, path, (text, at), &[])
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
            let is_condition = path == &condition;
            let text = edits::with_expression("", is_condition, None, source);
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
            let text = edits::with_expression("", *path == condition, None, source);
            judge(&analysis, &env, &event, path, (&text.text, text.at), &[])
        };
        for source in ["github.event.commits[0].", "github.event.", "github.", "steps."] {
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
            let written = edits::with_expression("", false, None, source);
            judge(&analysis, &Env::default(), &event, &path, (&written.text, written.at), &[]).nothing
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
            let text = edits::with_expression("", false, None, source);
            let found = judged(&path!["jobs", "a", "steps", 0, "name"], &text.text, text.at);
            assert_eq!((found.problems.len(), found.example), (1, Example::Nothing), "{source}");
        }
    }
}
