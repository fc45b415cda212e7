//! Edits of any field: set, removed, listed, read by an expression.

use serde_json::{Value as Json, json};
use stepladder_workflow::edits::{self, Holds, Value};
use stepladder_workflow::model::StepKind;
use stepladder_workflow::{Analysis, Env, expr, schema};
use stepladder_yaml::{CollectionStyle, Kind, Node, Path, Step, edit, path};

use super::json::{at_mut, json_of, remove_json, set_json};
use super::steps::steps;
use super::{Expected, Rng, Trial, Way, ids, lines_of, paths, text, trial};

pub(super) const TEXTS: &[&str] = &[
    "plain",
    "two words",
    "on",
    "no",
    "1e3",
    "0o7",
    "- x",
    "# y",
    "a # b",
    "a: b",
    "'q'",
    "\"d\"",
    "",
    " lead",
    "trail ",
    "line\nline",
    "line\nline\n",
    "ünïcode 🚀",
    "${{ github.ref }}",
    "*star",
    "&and",
    "{a}",
    "[b]",
    "%",
    "@at",
    "null",
    "~",
    "1.0",
    "tab\there",
    "back\\slash",
    "x: ${{ a }} # no comment",
    "!tag",
    "|",
    ">",
];

pub(super) fn set_text(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    // What an alias repeats is refused, and then made at the anchor or here alone.
    let candidates = paths(a, |node| node.resolve().kind() == Kind::Scalar);
    let path = rng.pick(&candidates)?.clone();
    let (value, new) = match rng.below(8) {
        0 => (Value::Bool(true), json!(true)),
        1 => (Value::Int(42), json!(42.0)),
        _ => {
            let new = rng.pick(TEXTS)?;
            (text(new), json!(new))
        }
    };
    let mut expected = json_of(a);
    set_json(&mut expected, &path, new);
    let edit = edits::set_field(a, &path, &value);
    trial("set_field", edit, Expected::Equal(expected), path)
}

/// YAML as it is typed into a small field.
const SOURCES: &[&str] = &[
    "a: 1\nb: [x, 'y']\n",
    "- x\n- k: 1\n  l: two words\n",
    "{a: 1, b: {c: d}}",
    "[1, x]",
    "text",
    "|\n  line\n  line\n",
    "a:\n  - b: c\n    d:\n      e: f\n",
];

pub(super) fn set_source(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates = paths(a, |node| node.anchor().is_none());
    let inner: Vec<_> = candidates.into_iter().filter(|path| path.steps().len() > 2).collect();
    let path = rng.pick(&inner)?.clone();
    let source = *rng.pick(SOURCES)?;
    let mut expected = json_of(a);
    set_json(&mut expected, &path, json_of(&Analysis::new(source, &Env::default())));
    let edit = edits::set_field(a, &path, &Value::Source(source.into()));
    let mut trial = trial("set_field (YAML)", edit, Expected::Equal(expected), path.clone())?;
    trial.may_lose = lines_of(a, &path);
    Some(trial)
}

/// What a small field shows as YAML, with one line more at its beginning or its end.
pub(super) fn add_to_source(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let block = |node: &Node<'_>| node.collection_style() == Some(CollectionStyle::Block) && !node.is_empty();
    let candidates = paths(a, |node| node.anchor().is_none() && block(node));
    let inner: Vec<_> = candidates.into_iter().filter(|path| path.steps().len() > 1).collect();
    let path = rng.pick(&inner)?.clone();
    let node = a.tree.at(&path).filter(|node| node.get("zz-new").is_none())?;
    let shown = edit::source(&node);
    let ahead = rng.below(2) == 0;
    let line = if node.kind() == Kind::Mapping { "zz-new: text" } else { "- zz-new" };
    let typed = match (ahead, shown.ends_with('\n')) {
        (true, _) => format!("{line}\n{shown}"),
        (false, true) => format!("{shown}{line}\n"),
        (false, false) => format!("{shown}\n{line}"),
    };
    let mut expected = json_of(a);
    match at_mut(&mut expected, path.steps())? {
        Json::Object(entries) => {
            entries.insert("zz-new".into(), json!("text"));
        }
        Json::Array(items) => {
            let at = if ahead { 0 } else { items.len() };
            items.insert(at, json!("zz-new"));
        }
        _ => return None,
    }
    let change = edits::set_field(a, &path, &Value::Source(typed));
    trial("set_field (a line of YAML)", change, Expected::Equal(expected), path.clone())
}

pub(super) fn set_new(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let job = rng.pick(&a.workflow.jobs)?;
    let owner = match (rng.below(3), rng.pick(&job.steps)) {
        (0, _) => Path::root(),
        (1, Some(step)) => step.path.clone(),
        _ => job.path.clone(),
    };
    let keys: &[&[&str]] = match owner.steps().len() {
        0 => &[
            &["name"],
            &["run-name"],
            &["env", "NEW"],
            &["concurrency", "cancel-in-progress"],
            &["defaults", "run", "shell"],
            &["on", "push", "branches"],
        ],
        2 => &[
            &["name"],
            &["timeout-minutes"],
            &["if"],
            &["env", "NEW"],
            &["environment", "url"],
            &["concurrency", "cancel-in-progress"],
            &["permissions", "contents"],
            &["strategy", "fail-fast"],
            &["outputs", "new"],
        ],
        _ => &[
            &["name"],
            &["if"],
            &["env", "NEW"],
            &["timeout-minutes"],
            &["continue-on-error"],
            &["working-directory"],
        ],
    };
    let path = rng.pick(keys)?.iter().fold(owner, |path, key| path.child(*key));
    if a.tree.at(&path).is_some() {
        return None;
    }
    // A word in the place of a mapping that has no long form says something else altogether.
    let parent = path.parent()?;
    let blocked = a.tree.at(&parent).is_some_and(|node| {
        let word = matches!(node.scalar(), Some(scalar) if scalar != stepladder_yaml::Scalar::Null);
        let widens =
            matches!(parent.last(), Some(Step::Key(key)) if key == "environment" || key == "concurrency");
        word && !widens
    });
    if blocked
        || (1..path.steps().len()).any(|len| {
            a.tree.at(&Path(path.steps()[..len].to_vec())).is_some_and(|n| n.kind() == Kind::Alias)
        })
    {
        return None;
    }
    let new = if path.last() == Some(&Step::Key("branches".into())) { "main" } else { rng.pick(TEXTS)? };
    let mut expected = json_of(a);
    set_json(&mut expected, &path, json!(new));
    let edit = edits::set_field(a, &path, &text(new));
    trial("set_field (new)", edit, Expected::Equal(expected), path)
}

pub(super) fn remove_field(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates: Vec<Path> = paths(a, |_| true)
        .into_iter()
        .filter(|path| match path.steps().first() {
            Some(Step::Key(key)) if key == "jobs" => path.steps().len() > 2,
            Some(Step::Key(key)) if key == "on" => path.steps().len() > 2,
            _ => true,
        })
        .filter(|path| !matches!(path.steps(), [Step::Key(key)] if key == "on" || key == "jobs"))
        .collect();
    let path = rng.pick(&candidates)?.clone();
    let mut expected = json_of(a);
    remove_json(&mut expected, &path);
    let edit = edits::remove_field(a, &path);
    // What becomes empty goes too, with its own comments.
    let may_lose = (1..=path.steps().len())
        .map(|len| Path(path.steps()[..len].to_vec()))
        .filter(|above| *above == path || only_child(a, above, &path))
        .flat_map(|above| lines_of(a, &above))
        .collect();
    Some(Trial {
        kind: "remove_field",
        way: Way::Straight,
        edit,
        expected: Expected::EqualButEmpty(expected),
        may_lose,
        places: vec![path],
    })
}

/// Whether everything from `above` down to `path` has one child only.
pub(super) fn only_child(a: &Analysis, above: &Path, path: &Path) -> bool {
    (above.steps().len()..path.steps().len())
        .all(|len| a.tree.at(&Path(path.steps()[..len].to_vec())).is_some_and(|node| node.len() == 1))
}

pub(super) fn set_list(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    // A single text is a list of one where lists go, as in `types: opened`.
    let single = |node: &Node<'_>| {
        let key = node.key().and_then(|key| key.as_str());
        matches!(key, Some("types" | "needs" | "branches" | "runs-on"))
            && !node.is_null()
            && matches!(node.scalar(), Some(stepladder_yaml::Scalar::Str(_)))
    };
    let candidates = paths(a, |node| {
        single(node) && node.kind() == Kind::Scalar
            || node.kind() == Kind::Sequence
                && !node.is_empty()
                && node.items().all(|item| {
                    item.kind() == Kind::Scalar
                        && matches!(item.scalar(), Some(stepladder_yaml::Scalar::Str(_)))
                })
    });
    let path = rng.pick(&candidates)?.clone();
    let node = a.tree.at(&path)?;
    let mut items: Vec<String> = node.items().filter_map(|item| item.as_str().map(str::to_owned)).collect();
    if items.is_empty() {
        items.push(node.as_str()?.to_owned());
    }
    for _ in 0..=rng.below(3) {
        match rng.below(3) {
            0 if items.len() > 1 => {
                let at = rng.below(items.len());
                items.remove(at);
            }
            1 => {
                let (from, to) = (rng.below(items.len()), rng.below(items.len()));
                items.swap(from, to);
            }
            _ => {
                let at = rng.below(items.len() + 1);
                items.insert(at, (*rng.pick(&["main", "release/**", "3.10", "a b", "x: y"])?).to_owned());
            }
        }
    }
    let mut expected = json_of(a);
    let stays_single = node.kind() == Kind::Scalar && items.len() == 1;
    set_json(&mut expected, &path, if stays_single { json!(items[0]) } else { json!(items) });
    let mut trial =
        trial("set_list", edits::set_list(a, &path, &items), Expected::Equal(expected), path.clone())?;
    // What is written about an item goes with it alone.
    let stays = |item: &Node<'_>| item.as_str().is_some_and(|text| items.iter().any(|new| new == text));
    if !a.tree.at(&path)?.items().all(|item| stays(&item)) {
        trial.may_lose = lines_of(a, &path);
    }
    Some(trial)
}

pub(super) fn set_input(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let all: Vec<_> = steps(a).into_iter().filter(|step| matches!(step.kind, StepKind::Uses(_))).collect();
    let step = rng.pick(&all)?;
    if rng.below(3) == 0 && !step.with.is_empty() {
        let name = rng.pick(&step.with)?.0.value.clone();
        let mut expected = json_of(a);
        let place = step.path.child("with");
        remove_json(&mut expected, &place.child(name.as_str()));
        let mut trial = trial(
            "set_input (none)",
            edits::set_input(a, &step.path, &name, None),
            Expected::EqualButEmpty(expected),
            place.clone(),
        )?;
        trial.may_lose =
            if step.with.len() == 1 { lines_of(a, &place) } else { lines_of(a, &place.child(name.as_str())) };
        return Some(trial);
    }
    let name = match rng.pick(&step.with) {
        Some((name, _)) if rng.below(2) == 0 => name.value.clone(),
        _ => "new-input".to_owned(),
    };
    let value = *rng.pick(TEXTS)?;
    let place = step.path.child("with").child(name.as_str());
    let mut expected = json_of(a);
    set_json(&mut expected, &place, json!(value));
    trial(
        "set_input",
        edits::set_input(a, &step.path, &name, Some(&text(value))),
        Expected::Equal(expected),
        place,
    )
}

pub(super) fn insert_expression(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates = paths(a, |node| {
        node.kind() == Kind::Scalar && matches!(node.scalar(), Some(stepladder_yaml::Scalar::Str(_)))
    });
    let path = rng.pick(&candidates)?.clone();
    let old = a.tree.at(&path)?.as_str()?.to_owned();
    let places: Vec<usize> = (0..=old.len()).filter(|at| old.is_char_boundary(*at)).collect();
    let at = *rng.pick(&places)?;
    let place = path.clone();
    // What is no text, and no expression yet, is replaced.
    let is_value = schema::field_at(&path, &a.tree).is_some_and(|field| Holds::of(field) == Holds::Value);
    let old = if is_value && !expr::has_expression(&old) { String::new() } else { old };
    let expected = Expected::Holds(Box::new(move |after, _| {
        let new = after.tree.at(&place).and_then(|node| node.as_str()).unwrap_or_default();
        // Everything that was there is there, in its order, with the expression in it.
        let mut rest = new.chars();
        let kept = old.chars().all(|c| rest.any(|other| other == c));
        if kept && new.contains("secrets.X") { Ok(()) } else { Err(format!("{old:?} became {new:?}")) }
    }));
    trial("insert_expression", edits::insert_expression(a, &path, Some(at), "secrets.X"), expected, path)
}

pub(super) fn set_permission(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let job = if rng.below(2) == 0 { rng.pick(&ids).cloned() } else { None };
    let owner = job.as_ref().map_or_else(Path::root, |job| path!["jobs", job.as_str()]);
    let place = owner.child("permissions");
    let mut expected = json_of(a);
    let scopes: Vec<String> = a
        .tree
        .at(&place)
        .into_iter()
        .flat_map(|node| node.entries())
        .filter_map(|entry| entry.name().map(str::to_owned))
        .collect();
    let takes_away = rng.below(2) == 0;
    if let Some(scope) = rng.pick(&scopes).filter(|_| takes_away) {
        remove_json(&mut expected, &place.child(scope.as_str()));
        return Some(Trial {
            kind: "set_permission (none)",
            way: Way::Straight,
            edit: edits::set_permission(a, job.as_deref(), scope, None),
            expected: Expected::Equal(expected),
            may_lose: lines_of(
                a,
                &if scopes.len() == 1 { place.clone() } else { place.child(scope.as_str()) },
            ),
            places: vec![place.child(scope.as_str())],
        });
    }
    let level = *rng.pick(&["read", "write", "none"])?;
    let mut may_lose = Vec::new();
    if a.tree.at(&place).is_some_and(|node| node.kind() == Kind::Scalar) {
        remove_json(&mut expected, &place);
        may_lose = lines_of(a, &place);
    }
    set_json(&mut expected, &place.child("packages"), json!(level));
    let edit = edits::set_permission(a, job.as_deref(), "packages", Some(level));
    Some(Trial {
        kind: "set_permission",
        way: Way::Straight,
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![place],
    })
}
