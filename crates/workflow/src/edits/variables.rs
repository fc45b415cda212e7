//! Environment variables and who reads them: the step's own hides the job's of the same name, and that the workflow's.

use stepladder_yaml::{Path, Step, TextRange, Tree, path};

use super::draft::refuse;
use super::ids::jobs;
use super::references::references;
use super::{Refusal, describe};
use crate::Analysis;

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

/// The lines of scripts, numbered from 1, that look as if they read the variable `name` which the `env` at `place` sets or
/// has set: `$NAME`, `${NAME}`, `$env:NAME`, `%NAME%`, `process.env.NAME`, or the name in quotes as Python has it. What a script
/// means is its own affair: they are told, not changed.
#[must_use]
pub fn scripts_that_read(a: &Analysis, place: &Path, name: &str) -> Vec<u32> {
    let Some(owner) = owner(place) else { return Vec::new() };
    let tree = &a.tree;
    let hidden: Vec<_> = within(tree, &owner).into_iter().filter(|inner| sets(tree, inner, name)).collect();
    let runs = within(tree, &owner).into_iter().chain([owner]).filter(is_step).map(|step| step.child("run"));
    let mut lines: Vec<u32> = runs
        .filter_map(|run| tree.at(&run))
        .map(|run| run.range())
        .filter(|range| !hidden.iter().any(|inner| is_read_in(tree, inner, *range)))
        .flat_map(|range| {
            let script = tree.slice(range);
            let found = script.match_indices(name).filter(|(at, _)| is_read_at(script, *at, name.len()));
            let places: Vec<_> = found.map(|(at, _)| range.start as usize + at).collect();
            places.into_iter().filter_map(|at| u32::try_from(at).ok()).map(|at| tree.line_col(at).line)
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Whether the name at `at` of a script stands as a variable does.
fn is_read_at(script: &str, at: usize, len: usize) -> bool {
    const MARKS: [&str; 8] = ["$", "${", "$env:", "${env:", "%", "process.env.", "\"", "'"];
    let (before, behind) = (&script[..at], &script[at + len..]);
    !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && MARKS.iter().any(|mark| {
            before
                .get(before.len().saturating_sub(mark.len())..)
                .is_some_and(|end| end.eq_ignore_ascii_case(mark))
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn scripts_that_read_a_variable_are_found() {
        let text = "env:\n  X: 1\njobs:\n  a:\n    env:\n      X: 2\n    steps:\n      - run: echo $X\n  b:\n    steps:\n      - run: |\n          echo ${X:-1} $XY\n          echo X\n          echo $env:X\n      - run: print(os.environ[\"X\"])\n      - run: echo $X\n        env: {X: 3}\n      - uses: x/y@v1\n        with:\n          a: $X\n";
        let a = Analysis::new(text, &Env::default());
        assert_eq!(scripts_that_read(&a, &path!["env"], "X"), [12, 14, 15]);
        assert_eq!(scripts_that_read(&a, &path!["jobs", "a", "env"], "X"), [8]);
        assert_eq!(scripts_that_read(&a, &path!["jobs", "b", "steps", 2_usize, "env"], "X"), [16]);
        assert!(scripts_that_read(&a, &path!["jobs"], "X").is_empty());
    }
}
