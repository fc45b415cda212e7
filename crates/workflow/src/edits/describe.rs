//! Names of places for the labels of edits.

use stepladder_yaml::{Kind, Path, Step, Tree};

use super::Value;

/// The longest text that a label repeats, in characters.
const LONGEST: usize = 32;

/// What a person calls the thing at `path`: "step Unit tests of job build", "runs-on of job build", "trigger push",
/// "name".
pub(super) fn place(tree: &Tree, path: &Path) -> String {
    let (owner, rest) = owner(tree, path.steps());
    match (words(rest), owner.is_empty()) {
        (None, true) => "the file".to_owned(),
        (None, false) => owner,
        (Some(rest), true) => rest,
        (Some(rest), false) => format!("{rest} of {owner}"),
    }
}

/// What is removed from where: "18 from matrix row node of job test"; else the name of the place.
pub(super) fn removed(tree: &Tree, path: &Path) -> String {
    let item =
        tree.at(path).filter(|node| node.kind() == Kind::Scalar).and_then(|node| short(node.as_str()?));
    match (path.last(), item, path.parent()) {
        (Some(Step::Index(_)), Some(item), Some(list)) => format!("{item} from {}", place(tree, &list)),
        _ => place(tree, path),
    }
}

fn owner<'p>(tree: &Tree, steps: &'p [Step]) -> (String, &'p [Step]) {
    match steps {
        [Step::Key(jobs), Step::Key(id), Step::Key(list), Step::Index(at), rest @ ..]
            if jobs == "jobs" && list == "steps" =>
        {
            let step = step_name(tree, &steps[..4], *at, rest);
            (format!("step {step} of job {id}"), rest)
        }
        [Step::Key(runs), Step::Key(list), Step::Index(at), rest @ ..]
            if runs == "runs" && list == "steps" =>
        {
            (format!("step {}", step_name(tree, &steps[..3], *at, rest)), rest)
        }
        [Step::Key(jobs), Step::Key(id), rest @ ..] if jobs == "jobs" => (format!("job {id}"), rest),
        [Step::Key(on), Step::Key(schedule), Step::Index(at), rest @ ..]
            if on == "on" && schedule == "schedule" =>
        {
            (format!("schedule {}", at + 1), rest)
        }
        [Step::Key(on), Step::Key(event), rest @ ..] if on == "on" => (format!("trigger {event}"), rest),
        _ => (String::new(), steps),
    }
}

/// The name of the step, else its number: the name is no name for what is done to itself.
fn step_name(tree: &Tree, step: &[Step], at: usize, rest: &[Step]) -> String {
    let renames = matches!(rest, [Step::Key(key)] if key == "name");
    let step = tree.at(&Path(step.to_vec())).filter(|_| !renames);
    let name = step.and_then(|step| short(step.resolve().get("name")?.as_str()?));
    name.unwrap_or_else(|| (at + 1).to_string())
}

/// The way from an owner to something in it, the nearest first: "cron", "item 2 of branches", "matrix row node".
fn words(mut rest: &[Step]) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    while let [first, more @ ..] = rest {
        let (part, more) = match (first, more) {
            (Step::Key(strategy), [Step::Key(matrix), more @ ..])
                if strategy == "strategy" && matrix == "matrix" =>
            {
                match more {
                    [Step::Key(row), more @ ..] if row != "include" && row != "exclude" => {
                        (format!("matrix row {row}"), more)
                    }
                    more => ("the matrix".to_owned(), more),
                }
            }
            (Step::Key(group), [Step::Key(name), more @ ..]) => {
                let what = match group.as_str() {
                    "env" => "variable",
                    "with" | "inputs" => "input",
                    "outputs" => "output",
                    "secrets" => "secret",
                    "services" => "service",
                    _ => "",
                };
                match what {
                    "" => (group.clone(), &rest[1..]),
                    what => (format!("{what} {name}"), more),
                }
            }
            (Step::Key(key), more) => (key.clone(), more),
            (Step::Index(at), more) => (format!("item {}", at + 1), more),
        };
        parts.push(part);
        rest = more;
    }
    parts.reverse();
    (!parts.is_empty()).then(|| parts.join(" of "))
}

/// " to VALUE" when the value is short enough to be read in a menu; else nothing.
pub(super) fn to_value(value: &Value) -> String {
    let text = match value {
        Value::Seq(items) => {
            items.iter().map(plain).collect::<Option<Vec<_>>>().map(|items| items.join(", "))
        }
        Value::Map(entries) if entries.is_empty() => Some("nothing".to_owned()),
        Value::Map(entries) => entries
            .iter()
            .map(|(name, value)| Some(format!("{name}: {}", plain(value)?)))
            .collect::<Option<Vec<_>>>()
            .map(|entries| entries.join(", ")),
        value => plain(value),
    };
    text.and_then(|text| short(&text)).map(|text| format!(" to {text}")).unwrap_or_default()
}

/// A value of one word or line.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::Str(text) | Value::Number(text) => short(text),
        _ => None,
    }
}

/// " TEXT" when it is short enough to be read in a menu; else nothing.
pub(super) fn spaced(text: &str) -> String {
    short(text).map(|text| format!(" {text}")).unwrap_or_default()
}

/// Whether `path` is an entry of those that people add one by one and give names.
pub(super) fn is_entry(path: &Path) -> bool {
    match path.steps() {
        // A job may have any of these names.
        [Step::Key(jobs), Step::Key(_), Step::Key(_)] if jobs == "jobs" => false,
        [.., Step::Key(group), Step::Key(_)] => {
            matches!(group.as_str(), "env" | "with" | "inputs" | "outputs" | "secrets" | "services")
        }
        _ => false,
    }
}

/// A text that is short enough to be read in a menu.
fn short(text: &str) -> Option<String> {
    let fits = !text.trim().is_empty() && !text.contains('\n') && text.chars().count() <= LONGEST;
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn places_have_the_names_that_people_give_them() {
        let tree = Tree::parse(
            "on:\n  schedule:\n    - cron: 0 0 * * *\njobs:\n  test:\n    strategy:\n      matrix:\n        node: [18, 20]\n    \
             steps:\n      - name: Unit tests\n        run: x\n      - run: y\n",
        );
        for (path, words) in [
            ("on.schedule[0].cron", "cron of schedule 1"),
            ("on.push.branches[1]", "item 2 of branches of trigger push"),
            ("on.workflow_dispatch.inputs.who.type", "type of input who of trigger workflow_dispatch"),
            ("jobs.test.strategy.matrix.node", "matrix row node of job test"),
            ("jobs.test.strategy.fail-fast", "fail-fast of strategy of job test"),
            ("jobs.test.steps[0]", "step Unit tests of job test"),
            ("jobs.test.steps[0].name", "name of step 1 of job test"),
            ("jobs.test.steps[0].run", "run of step Unit tests of job test"),
            ("jobs.test.steps[1].env.A", "variable A of step 2 of job test"),
            ("name", "name"),
        ] {
            assert_eq!(place(&tree, &path.parse().unwrap()), words, "{path}");
        }
        assert_eq!(place(&tree, &Path::root()), "the file");
        let action = Tree::parse(
            "runs:\n  using: composite\n  steps:\n    - name: Say it\n      run: x\n    - run: y\n",
        );
        for (path, words) in [
            ("runs.steps[0]", "step Say it"),
            ("runs.steps[1].shell", "shell of step 2"),
            ("runs.steps[0].name", "name of step 1"),
            ("inputs.who.default", "default of input who"),
        ] {
            assert_eq!(place(&action, &path.parse().unwrap()), words, "{path}");
        }
        let row = "jobs.test.strategy.matrix.node[0]".parse().unwrap();
        assert_eq!(removed(&tree, &row), "18 from matrix row node of job test");
    }
}
