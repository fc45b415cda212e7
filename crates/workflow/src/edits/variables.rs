//! Environment variables and who reads them: the step's own hides the job's of the same name, and that the workflow's.

use stepladder_yaml::{Path, Step, TextRange, Tree, path};

use super::draft::refuse;
use super::ids::jobs;
use super::references::references;
use super::{Refusal, describe};

/// What has the `env` at `path`: the workflow, a job or a step. `None`: it sets no variables, such as a job of that name.
pub(super) fn owner(path: &Path) -> Option<Path> {
    let (Step::Key(env), owner) = (path.last()?, path.parent()?) else { return None };
    let sets = match owner.steps() {
        [] => true,
        [Step::Key(jobs), Step::Key(_)] => jobs == "jobs",
        [.., Step::Key(steps), Step::Index(_)] => steps == "steps" || steps == "parallel",
        _ => false,
    };
    (env == "env" && sets).then_some(owner)
}

/// Where expressions read the variable `name` that `owner` sets: not where a narrower one of that name is meant, and not
/// in the values of a step's own variables, which read those around it.
pub(super) fn readers(tree: &Tree, owner: &Path, name: &str) -> Vec<TextRange> {
    let Some(scope) = tree.at(owner) else { return Vec::new() };
    let own = is_step(owner).then(|| tree.at(&owner.child("env"))).flatten();
    let hidden: Vec<_> = within(tree, owner).into_iter().filter(|inner| sets(tree, inner, name)).collect();
    let mut found = references(scope, &["env"], name);
    found.retain(|read| {
        !own.is_some_and(|own| own.full_range().covers(*read))
            && !hidden.iter().any(|inner| is_read_in(tree, inner, *read))
    });
    found
}

/// Refuses the name `to` for the variable `name` of `owner` where it would mean another variable, or hide one.
pub(super) fn check_name(tree: &Tree, owner: &Path, name: &str, to: &str) -> Result<(), Refusal> {
    if name.eq_ignore_ascii_case(to) {
        return Ok(());
    }
    if let Some(outer) = around(owner).into_iter().find(|outer| sets(tree, outer, to)) {
        return Err(refuse(format!(
            "{} sets `{to}` too, which this one would hide; choose another name.",
            who(tree, &outer)
        )));
    }
    let read = readers(tree, owner, name);
    let inner = within(tree, owner)
        .into_iter()
        .find(|inner| sets(tree, inner, to) && read.iter().any(|read| is_read_in(tree, inner, *read)));
    match inner {
        Some(inner) => Err(refuse(format!(
            "{} reads `{name}` and sets `{to}` itself, which would be read then; choose another name.",
            who(tree, &inner)
        ))),
        None => Ok(()),
    }
}

/// At the start of a sentence.
fn who(tree: &Tree, owner: &Path) -> String {
    if owner.steps().is_empty() {
        return "The workflow".into();
    }
    let place = describe::place(tree, owner);
    let mut letters = place.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn is_step(owner: &Path) -> bool {
    matches!(owner.last(), Some(Step::Index(_)))
}

fn sets(tree: &Tree, owner: &Path, name: &str) -> bool {
    let env = tree.at(&owner.child("env")).map(|env| env.resolve());
    env.is_some_and(|env| {
        env.entries().any(|entry| entry.name().is_some_and(|key| key.eq_ignore_ascii_case(name)))
    })
}

/// Whether what is read at `range` sees the variables of `owner`.
fn is_read_in(tree: &Tree, owner: &Path, range: TextRange) -> bool {
    let covers = |path: &Path| tree.at(path).is_some_and(|node| node.full_range().covers(range));
    covers(owner) && !(is_step(owner) && covers(&owner.child("env")))
}

/// Those around `owner` that can set variables, the narrowest first.
fn around(owner: &Path) -> Vec<Path> {
    match owner.steps() {
        [] => Vec::new(),
        [Step::Key(jobs), job, _, ..] if jobs == "jobs" => {
            vec![Path(vec![Step::Key(jobs.clone()), job.clone()]), Path::root()]
        }
        _ => vec![Path::root()],
    }
}

/// Those in `owner` that can set variables.
fn within(tree: &Tree, owner: &Path) -> Vec<Path> {
    let mut found = Vec::new();
    if owner.steps().is_empty() {
        for job in jobs(tree) {
            let job = path!["jobs", job.as_str()];
            found.extend(steps(tree, &job));
            found.push(job);
        }
    } else {
        found.extend(steps(tree, owner));
    }
    found
}

/// The steps of a job, and those of their `parallel` groups.
fn steps(tree: &Tree, owner: &Path) -> Vec<Path> {
    let list = owner.child(if is_step(owner) { "parallel" } else { "steps" });
    let count = tree.at(&list).map_or(0, |steps| steps.len());
    (0..count)
        .map(|at| list.child(at))
        .flat_map(|step| {
            let inner = if is_step(owner) { Vec::new() } else { steps(tree, &step) };
            std::iter::once(step).chain(inner)
        })
        .collect()
}
