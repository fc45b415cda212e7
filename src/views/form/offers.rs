//! What may stand in an expression at a field: the person's own names first, then the tables.

use std::collections::HashSet;

use stepladder_workflow::expr::contexts::{self, CONTEXTS, Property, Shape};
use stepladder_workflow::expr::functions::{FUNCTIONS, Function, Place};
use stepladder_workflow::ide;
use stepladder_workflow::model::{Job, Matrix, Step, StepKind};
use stepladder_workflow::{Analysis, Env, NameKind};

use super::controls::At;
use crate::session::{job_of, step_of};

/// Something that can be inserted.
#[derive(Clone, PartialEq)]
pub(super) struct Offer {
    /// The expression, without `${{ }}`.
    pub(super) text: String,
    /// What it is, in a few words.
    pub(super) note: String,
    /// How a function is called: `join(list, [separator])`; empty for what is taken as it stands.
    pub(super) signature: String,
}

impl Offer {
    /// Something that is taken as it stands.
    pub(super) fn new(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into(), signature: String::new() }
    }

    fn function(function: &Function) -> Self {
        Self { signature: function.signature(), ..Self::new(format!("{}()", function.name), function.doc) }
    }

    /// Whether something is to be written between its brackets.
    pub(super) fn takes_arguments(&self) -> bool {
        !self.signature.is_empty() && !self.signature.ends_with("()")
    }
}

/// What people come for most, before the rest of the tables.
const OFTEN: &[&str] = &[
    "github.ref_name",
    "github.sha",
    "github.event_name",
    "github.actor",
    "github.head_ref",
    "github.repository",
    "github.run_id",
    "runner.os",
];

/// All that the contexts allowed at `at` hold, as far as the file and the tables tell: the person's own names first.
pub(super) fn offers(analysis: &Analysis, env: &Env, at: &At) -> Vec<Offer> {
    let allowed = at.field.ctx.contexts();
    let may = |context: &str| allowed.contains(&context);
    let mut offers = Vec::new();
    let mut add = |text: String, note: &str| {
        if offers.iter().all(|known: &Offer| known.text != text) {
            offers.push(Offer::new(text, note));
        }
    };
    let workflow = &analysis.workflow;
    let names = analysis.names();
    let named =
        |kind: NameKind| names.iter().filter(move |name| name.kind == kind).map(|name| name.name.clone());
    if may("secrets") {
        let known = env.secrets.iter().flatten().cloned();
        let triggers = workflow.triggers.iter();
        for (name, _) in triggers.filter_map(|trigger| trigger.secrets.as_ref()).flatten() {
            add(format!("secrets.{}", name.value), "secret that a calling workflow passes");
        }
        for name in named(NameKind::Secret).chain(known) {
            let note = if name == "GITHUB_TOKEN" { "made by GitHub for each run" } else { "secret" };
            add(format!("secrets.{name}"), note);
        }
        add("secrets.GITHUB_TOKEN".to_owned(), "made by GitHub for each run");
    }
    if may("vars") {
        let known = env.variables.iter().flatten().cloned();
        for name in named(NameKind::Variable).chain(known) {
            add(format!("vars.{name}"), "configuration variable");
        }
    }
    if may("inputs") {
        for input in workflow.triggers.iter().flat_map(|trigger| &trigger.inputs) {
            add(format!("inputs.{}", input.name.value), "input of this workflow");
        }
        for input in &analysis.action.inputs {
            add(format!("inputs.{}", input.name.value), "input of this action");
        }
    }
    if may("jobs") {
        for job in &workflow.jobs {
            let id = &job.id.value;
            for (output, _) in &job.outputs {
                add(format!("jobs.{id}.outputs.{}", output.value), "output of a job");
            }
            add(format!("jobs.{id}.result"), "success, failure, cancelled or skipped");
        }
    }
    let job = job_of(&at.path).and_then(|id| workflow.job(id));
    if let Some(job) = job {
        if may("matrix")
            && let Some(matrix) = &job.matrix
        {
            for name in matrix_names(matrix) {
                add(format!("matrix.{name}"), "value of this variant");
            }
        }
        if may("needs") {
            for need in &job.needs {
                let id = &need.value;
                for (output, _) in workflow.job(id).map(|job| job.outputs.as_slice()).unwrap_or_default() {
                    add(format!("needs.{id}.outputs.{}", output.value), "output of an earlier job");
                }
                add(format!("needs.{id}.result"), "success, failure, cancelled or skipped");
            }
        }
    }
    if may("steps") {
        let before = step_of(&at.path).unwrap_or(usize::MAX);
        let all = job.map_or(&analysis.action.steps, |job| &job.steps);
        // Those of a parallel group end with it.
        let is_over = |step: &&Step| step_of(&step.path).is_some_and(|at| at < before);
        for step in all.iter().filter(is_over) {
            let Some(id) = &step.id else { continue };
            let id = &id.value;
            for output in outputs(env, step) {
                add(format!("steps.{id}.outputs.{output}"), "output of an earlier step");
            }
            add(
                format!("steps.{id}.outcome"),
                "how the step really ended: success, failure, cancelled or skipped",
            );
            add(
                format!("steps.{id}.conclusion"),
                "how the step counts, after `continue-on-error` is applied",
            );
        }
    }
    if may("env") {
        for name in variables(analysis, job, &at.path) {
            add(format!("env.{name}"), "environment variable");
        }
    }
    for path in OFTEN {
        let context = path.split('.').next().unwrap_or_default();
        if may(context)
            && let Some(described) = contexts::describe(&path.split('.').collect::<Vec<_>>())
        {
            add((*path).to_owned(), described.doc);
        }
    }
    let own = at.field.ctx.functions();
    let is_own = |function: &&Function| own.iter().any(|own| own.name == function.name);
    let (here, anywhere) = (FUNCTIONS.iter().filter(is_own), FUNCTIONS.iter().filter(|f| !is_own(f)));
    let functions = here.chain(anywhere.filter(|function| function.place == Place::Anywhere));
    offers.extend(functions.map(Offer::function));
    for context in CONTEXTS.iter().filter(|context| may(context.name)) {
        for property in
            context.shape.properties().iter().filter(|_| matches!(context.shape, Shape::Object(_)))
        {
            let text = format!("{}.{}", context.name, property.name);
            if offers.iter().all(|known| known.text != text) {
                offers.push(Offer::new(text, property.doc));
            }
        }
    }
    if may("github") {
        offers
            .extend(ide::payload_names(analysis, env).into_iter().map(|(text, note)| Offer::new(text, note)));
    }
    offers
}

/// The names of a matrix: of its rows, and those that only `include` adds.
fn matrix_names(matrix: &Matrix) -> Vec<&str> {
    let added = matrix.include.iter().flatten().flatten().map(|(name, _)| name.value.as_str());
    let mut names: Vec<&str> = Vec::new();
    for name in matrix.rows.iter().map(|row| row.name.value.as_str()).chain(added) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The environment variables that are set around `path`, the nearest first; those of an `env` are not set yet in itself.
fn variables<'a>(
    analysis: &'a Analysis,
    job: Option<&'a Job>,
    path: &stepladder_yaml::Path,
) -> impl Iterator<Item = &'a str> {
    let of_job = job.map_or(&[][..], |job| &job.env);
    let mut all = job.map_or(&[][..], |job| &job.steps).iter().chain(&analysis.action.steps);
    let step = all.rfind(|step| step.path.contains(path) && !step.path.child("env").contains(path));
    let of_step = step.map_or(&[][..], |step| &step.env);
    let levels = of_step.iter().chain(of_job).chain(&analysis.workflow.env);
    levels.map(|(name, _)| name.value.as_str())
}

/// The offers in which `word` occurs, the most likely first: what it names, what starts with it, a part behind a dot that
/// does, then the others; those that are as likely stay in their order.
pub(super) fn ranked(offers: impl Iterator<Item = Offer>, word: &str) -> Vec<Offer> {
    let word = word.to_ascii_lowercase();
    let rank = |text: &str| {
        let name = text.strip_suffix("()").unwrap_or(text);
        if name == word || text == word {
            return 0;
        }
        if text.starts_with(&word) {
            return 1;
        }
        match text.split_once('.').map(|(_, rest)| rest) {
            Some(rest) if rest == word => 2,
            Some(rest) if rest.split('.').any(|part| part.starts_with(&word)) => 3,
            _ => 4,
        }
    };
    let starts = [[".", &word].concat(), ["_", &word].concat()];
    // So much is carried by events that it is meant only where a word of its name starts like that.
    let is_meant = |text: &str| match text.strip_prefix("github.event") {
        Some(rest) if rest.starts_with('.') => {
            text.starts_with(&word) || starts.iter().any(|start| rest.contains(start))
        }
        _ => text.contains(&word),
    };
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    for offer in offers {
        let text = offer.text.to_ascii_lowercase();
        if is_meant(&text) && known.insert(offer.text.clone()) {
            found.push((if word.is_empty() { 0 } else { rank(&text) }, offer));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, offer)| offer).collect()
}

/// The secret that a person may mean by `query`: upper case, words joined by `_`; `None` when it is no name of one.
pub(super) fn new_secret(query: &str) -> Option<String> {
    let typed = query.trim();
    let query = match typed.get(..8) {
        Some(start) if start.eq_ignore_ascii_case("secrets.") => &typed[8..],
        _ => typed,
    };
    let is_explicit = query.len() < typed.len();
    let is_name = query.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let name: String =
        query.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let name = name.trim_matches('_');
    let is_taken = name.is_empty()
        || name.starts_with(|c: char| c.is_ascii_digit())
        || name.starts_with("GITHUB_")
        || matches!(name, "TRUE" | "FALSE" | "NULL")
        || (!is_explicit && means_something(query));
    (is_name && !is_taken).then(|| format!("secrets.{name}"))
}

/// Whether the language has a name for it already: a function, a context or a property of one. Properties are written in
/// small letters, so that `TOKEN` can still be a secret.
fn means_something(name: &str) -> bool {
    fn has(properties: &'static [Property], name: &str) -> bool {
        properties.iter().any(|property| property.name == name || has(property.shape.properties(), name))
    }
    Function::find(name).is_some()
        || CONTEXTS
            .iter()
            .any(|context| context.name.eq_ignore_ascii_case(name) || has(context.shape.properties(), name))
}

/// The outputs of a step that its script writes or that the catalogue knows.
fn outputs(env: &Env, step: &Step) -> Vec<String> {
    match (&env.catalogue, &step.kind) {
        (Some(catalogue), StepKind::Uses(uses)) => super::library::outputs(catalogue, &uses.value),
        _ => step.written_outputs().into_iter().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(offers: &[&str], word: &str) -> Vec<String> {
        let offers = offers.iter().map(|text| Offer::new(*text, ""));
        ranked(offers, word).into_iter().map(|offer| offer.text).collect()
    }

    #[test]
    fn what_is_named_comes_first() {
        let all = [
            "secrets.RUNNER_OS",
            "github.event_name",
            "runner.os_name",
            "runner.os",
            "github.event",
            "env.OS",
        ];
        assert_eq!(texts(&all, "runner.os"), ["runner.os", "runner.os_name"]);
        assert_eq!(texts(&all, "GITHUB.event"), ["github.event", "github.event_name"]);
        assert_eq!(texts(&all, "os")[..2], ["runner.os", "env.OS"]);
        assert_eq!(texts(&["a.b", "a.b", "c.ab"], ""), ["a.b", "c.ab"]);
        let sent =
            ["github.event.issue.subtitle", "github.event.issue.title", "github.event.issue.old_title"];
        assert_eq!(texts(&sent, "title"), sent[1..]);
        assert_eq!(texts(&sent, "issue.t"), sent[1..2]);
        assert_eq!(texts(&["contains()", "always()"], "always"), ["always()"]);
    }

    #[test]
    fn only_a_name_can_be_a_new_secret() {
        assert_eq!(new_secret("api key").as_deref(), Some("secrets.API_KEY"));
        assert_eq!(new_secret("TOKEN").as_deref(), Some("secrets.TOKEN"));
        assert_eq!(new_secret("secrets.conclusion").as_deref(), Some("secrets.CONCLUSION"));
        assert_eq!(new_secret("secrets.npm").as_deref(), Some("secrets.NPM"));
        for query in [
            "runner.os",
            "matrix.node",
            "1 +",
            "x + 1",
            "github_x",
            "",
            "true",
            "secrets.a.b",
            "toJSON",
            "matrix",
            "conclusion",
        ] {
            assert_eq!(new_secret(query), None, "{query}");
        }
    }
}
