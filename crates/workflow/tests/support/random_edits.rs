//! Random visual edits, and what must be true of each. Used by the tests and by `cargo xtask bench edits`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde_json::{Map, Value as Json, json};
use stepladder_workflow::edits::{self, Edit, NewJob, NewStep, Refusal, Store, ToKind, Value};
use stepladder_workflow::model::{Step as JobStep, StepKind};
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::{Kind, Node, Path, Step, TextRange, path};

#[path = "harm.rs"]
mod harm;

/// A source of numbers that gives the same ones for the same seed (SplitMix64).
pub struct Rng(pub u64);

impl Rng {
    /// A number below `end`, which must not be 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() { None } else { items.get(self.below(items.len())) }
    }
}

/// Finds fault with the analysis afterwards, or with its value.
pub type Check = Box<dyn Fn(&Analysis, &Json) -> Result<(), String>>;

/// What the parsed text must be afterwards.
pub enum Expected {
    /// This value.
    Equal(Json),
    /// This value, when empty mappings, empty lists and nothing are left out on both sides.
    EqualButEmpty(Json),
    /// Something that this finds no fault with.
    Holds(Check),
}

/// An edit that was asked for.
pub struct Trial {
    /// Which edit.
    pub kind: &'static str,
    /// The edit, or why not.
    pub edit: Result<Edit, Refusal>,
    /// What must follow.
    pub expected: Expected,
    /// Comments that touch these lines may go.
    pub may_lose: Vec<TextRange>,
    /// Nodes that are changed; when one lies behind an anchor, other places change with it.
    pub places: Vec<Path>,
}

const TEXTS: &[&str] = &[
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

const EVENTS: &[&str] = &[
    "push",
    "pull_request",
    "workflow_dispatch",
    "schedule",
    "release",
    "fork",
    "watch",
    "workflow_run",
    "merge_group",
];

/// A random edit of `a`; `None`: the kind that was drawn finds nothing to edit.
pub fn random(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    const KINDS: &[fn(&mut Rng, &Analysis) -> Option<Trial>] = &[
        set_text,
        set_text,
        set_new,
        set_new,
        remove_field,
        add_trigger,
        remove_trigger,
        change_trigger,
        set_list,
        add_schedule,
        remove_schedule,
        add_job,
        duplicate_job,
        rename_job,
        remove_job,
        move_job,
        move_trigger,
        detach_alias,
        set_at_anchor,
        add_need,
        remove_need,
        add_step,
        move_step,
        move_step_away,
        duplicate_step,
        remove_step,
        change_kind,
        toggle,
        toggle_job,
        rename_step,
        set_input,
        rename_name,
        insert_expression,
        add_row,
        add_value,
        add_combination,
        set_here_alone,
        rename_row,
        set_permission,
        add_input,
        rename_input,
        rename_env,
    ];
    let make = rng.pick(KINDS)?;
    make(rng, a)
}

/// What came of many edits.
#[derive(Default)]
pub struct Score {
    /// Edits that were asked for.
    pub tried: usize,
    /// Those that were refused, by kind and reason.
    pub refused: BTreeMap<String, usize>,
    /// Those that harmed something: file, seed, kind and harm.
    pub failed: Vec<String>,
}

impl Score {
    /// How many were refused.
    #[must_use]
    pub fn refusals(&self) -> usize {
        self.refused.values().sum()
    }

    fn add(&mut self, other: Self) {
        self.tried += other.tried;
        for (reason, count) in other.refused {
            *self.refused.entry(reason).or_default() += count;
        }
        self.failed.extend(other.failed);
    }
}

impl fmt::Display for Score {
    /// Failures, then the reasons of refusals, then the sum in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 60;
        for failed in self.failed.iter().take(SHOWN) {
            writeln!(f, "failed: {failed}")?;
        }
        let mut refused: Vec<_> = self.refused.iter().collect();
        refused.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (reason, count) in refused {
            writeln!(f, "refused {count}: {reason}")?;
        }
        write!(f, "{} edits, {} refused, {} failed", self.tried, self.refusals(), self.failed.len())
    }
}

/// The YAML files in `folder` and below, in order.
pub fn files_below(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yml" || e == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Makes `chains` chains of `length` edits on each file, on all processors. The same files give the same score.
pub fn edit_files(files: &[PathBuf], chains: u64, length: usize) -> Score {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                scope.spawn(move || {
                    let mut score = Score::default();
                    for at in (worker..files.len()).step_by(threads) {
                        let file = &files[at];
                        // What is no UTF-8 is no workflow.
                        let Ok(text) = std::fs::read_to_string(file) else { continue };
                        for number in 0..chains {
                            let seed = at as u64 * 1_000 + number;
                            chain(&file.display().to_string(), &text, seed, length, &mut score);
                        }
                    }
                    score
                })
            })
            .collect();
        let mut sum = Score::default();
        for worker in workers {
            match worker.join() {
                Ok(score) => sum.add(score),
                Err(_) => sum.failed.push("a worker panicked, see above".to_owned()),
            }
        }
        sum.failed.sort();
        sum
    })
}

/// A chain of edits on one file, each on what the one before left.
fn chain(name: &str, text: &str, seed: u64, length: usize, score: &mut Score) {
    let mut rng = Rng(seed);
    let mut a = Analysis::new(text, &Env::default());
    if !is_plain(&a) {
        return;
    }
    for _ in 0..length {
        let Some(trial) = random(&mut rng, &a) else { continue };
        score.tried += 1;
        match verify(&a, &trial) {
            Ok(Some(after)) => a = after,
            Ok(None) => {
                if let Err(refusal) = &trial.edit {
                    let reason = general(&refusal.message);
                    *score.refused.entry(format!("{}: {reason}", trial.kind)).or_default() += 1;
                }
            }
            Err(why) => {
                score.failed.push(format!("{name}, seed {seed}: {}: {why}", trial.kind));
                return;
            }
        }
    }
}

/// A sentence without the names in it, so that refusals for the same reason are counted together.
fn general(message: &str) -> String {
    let parts = message.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { "`…`" } else { part }).collect()
}

/// Checks everything that must hold for `trial`, made from `a`; the analysis afterwards. `Ok(None)`: it was refused.
pub fn verify(a: &Analysis, trial: &Trial) -> Result<Option<Analysis>, String> {
    let Ok(edit) = &trial.edit else { return Ok(None) };
    let before = a.tree.text();
    let text = edit.edit.apply(before);
    if edit.edit.invert(before).apply(&text) != before {
        return Err("undo does not lead back".into());
    }
    let after = Analysis::new(text, &Env::default());
    if after.tree.problems().len() > a.tree.problems().len() {
        return Err(format!("the YAML is broken: {:?}", after.tree.problems()));
    }
    comments_are_kept(a, &after, &trial.may_lose)?;
    harm::reprinted(before, &edit.edit)?;
    harm::parted_comments(a, &after, &edit.edit, trial.kind.starts_with("move"), &trial.may_lose)?;
    if let Some(select) = &edit.select
        && after.tree.root().is_some()
        && after.tree.at(select).is_none()
    {
        return Err(format!("`{select}`, to be selected, does not exist"));
    }
    let shared = trial.places.iter().any(|place| is_shared(a, place));
    // A copy has the findings of what it copies, and what is shared is found wherever it is repeated.
    if !shared && !trial.kind.starts_with("duplicate") {
        let own = trial.places.iter().filter(|place| place.steps().len() > 1);
        let places: Vec<Path> = own.chain(&edit.select).cloned().collect();
        harm::unearned_findings(a, &after, &edit.edit, &places)?;
    }
    let value = json_of(&after);
    match &trial.expected {
        _ if shared => {}
        Expected::Equal(expected) => differ(expected, &value)?,
        Expected::EqualButEmpty(expected) => differ(&without_empty(expected), &without_empty(&value))?,
        Expected::Holds(check) => check(&after, &value)?,
    }
    Ok(Some(after))
}

fn is_shared(a: &Analysis, place: &Path) -> bool {
    (1..=place.steps().len())
        .filter_map(|len| a.tree.at(&Path(place.steps()[..len].to_vec())))
        .any(|node| node.anchor().is_some() || node.kind() == Kind::Alias)
        || a.tree.at(place).is_some_and(|node| node.descendants().any(|n| n.anchor().is_some()))
}

fn comments_are_kept(a: &Analysis, after: &Analysis, may_lose: &[TextRange]) -> Result<(), String> {
    let mut missing: BTreeMap<&str, i64> = BTreeMap::new();
    for comment in a.tree.comments().iter().filter(|c| !may_lose.iter().any(|range| range.covers(c.range))) {
        *missing.entry(a.tree.slice(comment.range).trim_end()).or_default() += 1;
    }
    for comment in after.tree.comments() {
        *missing.entry(after.tree.slice(comment.range).trim_end()).or_default() -= 1;
    }
    match missing.into_iter().find(|(_, count)| *count > 0) {
        Some((text, _)) => Err(format!("the comment {text:?} is lost")),
        None => Ok(()),
    }
}

fn differ(expected: &Json, value: &Json) -> Result<(), String> {
    if expected == value {
        return Ok(());
    }
    Err(first_difference(expected, value, String::new()))
}

fn first_difference(expected: &Json, value: &Json, at: String) -> String {
    match (expected, value) {
        (Json::Object(a), Json::Object(b)) => {
            for key in a.keys().chain(b.keys()) {
                match (a.get(key), b.get(key)) {
                    (Some(x), Some(y)) if x == y => {}
                    (Some(x), Some(y)) => return first_difference(x, y, format!("{at}.{key}")),
                    (x, y) => return format!("{at}.{key}: wanted {x:?}, got {y:?}"),
                }
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                if x != y {
                    return first_difference(x, y, format!("{at}[{i}]"));
                }
            }
        }
        _ => {}
    }
    format!("{at}: wanted {expected}, got {value}")
}

/// The first document as JSON, aliases followed; of a repeated key the first.
pub fn json_of(a: &Analysis) -> Json {
    a.tree.root().map_or(Json::Null, |root| json_of_node(root, 0))
}

fn json_of_node(node: Node<'_>, depth: usize) -> Json {
    use stepladder_yaml::Scalar;
    let node = node.resolve();
    if depth > 60 {
        return Json::Null;
    }
    match node.kind() {
        Kind::Mapping => {
            let mut map = Map::new();
            for entry in node.entries() {
                let key = entry.name().unwrap_or_else(|| entry.key.source()).to_owned();
                map.entry(key).or_insert_with(|| json_of_node(entry.value, depth + 1));
            }
            Json::Object(map)
        }
        Kind::Sequence => Json::Array(node.items().map(|item| json_of_node(item, depth + 1)).collect()),
        _ => match node.scalar() {
            None | Some(Scalar::Null) => Json::Null,
            Some(Scalar::Bool(value)) => json!(value),
            Some(Scalar::Number(value)) => json!(value),
            Some(Scalar::Str(text)) => json!(text),
        },
    }
}

fn without_empty(value: &Json) -> Json {
    let is_empty = |value: &Json| match value {
        Json::Null => true,
        Json::Object(map) => map.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Json::Object(map) => Json::Object(
            map.iter().map(|(k, v)| (k.clone(), without_empty(v))).filter(|(_, v)| !is_empty(v)).collect(),
        ),
        Json::Array(items) => Json::Array(items.iter().map(without_empty).filter(|v| !is_empty(v)).collect()),
        other => other.clone(),
    }
}

fn at_mut<'a>(value: &'a mut Json, steps: &[Step]) -> Option<&'a mut Json> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(at) => value.get_mut(at),
    })
}

fn set_json(root: &mut Json, path: &Path, new: Json) {
    let mut value = root;
    for (at, step) in path.steps().iter().enumerate() {
        let before = match at.checked_sub(1).and_then(|i| path.steps().get(i)) {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        match step {
            Step::Key(key) => {
                widen(value, before);
                if !value.is_object() {
                    *value = json!({});
                }
                let Some(map) = value.as_object_mut() else { return };
                value = map.entry(key.clone()).or_insert(Json::Null);
            }
            Step::Index(i) => {
                if !value.is_array() {
                    *value = json!([]);
                }
                let Some(list) = value.as_array_mut() else { return };
                if list.len() == *i {
                    list.push(Json::Null);
                }
                let Some(item) = list.get_mut(*i) else { return };
                value = item;
            }
        }
    }
    *value = new;
}

/// The long form of a short one.
fn widen(value: &mut Json, key: &str) {
    let name = match key {
        "environment" => "name",
        "concurrency" => "group",
        "container" => "image",
        "on" => {
            let events: Vec<String> = match &*value {
                Json::Array(events) => events.iter().filter_map(event_name).collect(),
                Json::Object(_) | Json::Null => return,
                event => event_name(event).into_iter().collect(),
            };
            *value = Json::Object(events.into_iter().map(|event| (event, Json::Null)).collect());
            return;
        }
        _ => return,
    };
    if !value.is_object() && !value.is_array() && !value.is_null() {
        *value = json!({ name: value.clone() });
    }
}

fn remove_json(root: &mut Json, path: &Path) {
    let Some((last, parent)) = path.steps().split_last() else { return };
    match (at_mut(root, parent), last) {
        (Some(Json::Object(map)), Step::Key(key)) => {
            map.remove(key);
        }
        (Some(Json::Array(items)), Step::Index(at)) if *at < items.len() => {
            items.remove(*at);
        }
        _ => {}
    }
}

fn trial(kind: &'static str, edit: Result<Edit, Refusal>, expected: Expected, place: Path) -> Option<Trial> {
    Some(Trial { kind, edit, expected, may_lose: Vec::new(), places: vec![place] })
}

/// The lines of the node at `path`, its comments included.
fn lines_of(a: &Analysis, path: &Path) -> Vec<TextRange> {
    let Some(node) = a.tree.at(path) else { return Vec::new() };
    let range = node.entry_range();
    let start = node.leading_comments().first().map_or(range.start, |comment| comment.range.start);
    let lines = a.tree.lines();
    let text = a.tree.text();
    let column = range.start - lines.line_start(lines.line_of(range.start));
    // Comments below it that are indented deeper are its own.
    let mut last = lines.line_of(range.end);
    while last + 1 < lines.lines() {
        let line = &text[lines.line_start(last + 1) as usize..];
        let line = line.split('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        if !line.trim_start().starts_with('#') || indent <= column as usize {
            break;
        }
        last += 1;
    }
    let end = if last + 1 < lines.lines() { lines.line_start(last + 1) } else { u32::MAX };
    vec![TextRange::new(start, end.max(range.end))]
}

/// Paths of nodes, where they are written, for which `wanted` holds.
fn paths(a: &Analysis, wanted: impl Fn(&Node<'_>) -> bool) -> Vec<Path> {
    let Some(root) = a.tree.root() else { return Vec::new() };
    root.descendants()
        .filter(|node| !node.is_key() && node.parent().is_some() && wanted(node))
        .map(|node| node.path())
        .filter(|path| a.tree.at(path).is_some())
        .collect()
}

/// Whether every path leads to one node only: no repeated keys.
pub fn is_plain(a: &Analysis) -> bool {
    a.tree.root().is_none_or(|root| {
        root.descendants().filter(|node| node.kind() == Kind::Mapping).all(|node| {
            let mut names: Vec<_> = node.entries().map(|entry| entry.name().unwrap_or("")).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            names.len() == count && !names.contains(&"<<")
        })
    })
}

fn text(value: &str) -> Value {
    Value::Str(value.into())
}

fn set_text(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates = paths(a, |node| node.kind() == Kind::Scalar);
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

fn set_new(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
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

fn remove_field(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
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
        edit,
        expected: Expected::EqualButEmpty(expected),
        may_lose,
        places: vec![path],
    })
}

/// Whether everything from `above` down to `path` has one child only.
fn only_child(a: &Analysis, above: &Path, path: &Path) -> bool {
    (above.steps().len()..path.steps().len())
        .all(|len| a.tree.at(&Path(path.steps()[..len].to_vec())).is_some_and(|node| node.len() == 1))
}

fn events_of(value: &Json) -> Vec<String> {
    let mut events: Vec<String> = match value.get("on") {
        Some(Json::Array(events)) => events.iter().filter_map(event_name).collect(),
        Some(Json::Object(map)) => map.keys().cloned().collect(),
        Some(event) => event_name(event).into_iter().collect(),
        None => Vec::new(),
    };
    events.retain(|event| !event.is_empty());
    events.sort();
    events
}

/// The name of an event, as it is written as a key: also of one that is none, such as `true`.
fn event_name(value: &Json) -> Option<String> {
    match value {
        Json::String(event) => Some(event.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(value) => Some(value.as_f64()?.to_string()),
        _ => None,
    }
}

/// `on` shall name these events, with the settings that they had; the rest is as it was.
fn expect_events(before: Json, mut events: Vec<String>) -> Expected {
    events.sort();
    Expected::Holds(Box::new(move |_, after| {
        if events_of(after) != events {
            return Err(format!("`on` names {:?}, wanted {events:?}", events_of(after)));
        }
        let (mut old, mut new) = (before.clone(), after.clone());
        for event in &events {
            let settings =
                |value: &Json| value.get("on").and_then(|on| on.get(event)).cloned().filter(|v| !v.is_null());
            if let Some(settings_before) = settings(&before)
                && Some(&settings_before) != settings(after).as_ref()
            {
                return Err(format!("the settings of {event} changed"));
            }
        }
        for value in [&mut old, &mut new] {
            if let Some(map) = value.as_object_mut() {
                map.remove("on");
            }
        }
        let (old, new) = (without_empty(&old), without_empty(&new));
        // An empty file has become a mapping.
        if old.is_null() && new == json!({}) { Ok(()) } else { differ(&old, &new) }
    }))
}

fn add_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let mut events = events_of(&before);
    let event = *rng.pick(EVENTS)?;
    if events.iter().any(|known| known == event) {
        return None;
    }
    events.push(event.to_owned());
    trial("add_trigger", edits::add_trigger(a, event), expect_events(before, events), path!["on"])
}

fn remove_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let mut events = events_of(&before);
    let event = rng.pick(&events)?.clone();
    events.retain(|known| *known != event);
    let mut trial = trial(
        "remove_trigger",
        edits::remove_trigger(a, &event),
        expect_events(before, events),
        path!["on"],
    )?;
    trial.may_lose = lines_of(a, &path!["on"]);
    Some(trial)
}

fn change_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let mut events = events_of(&before);
    let event = rng.pick(&events)?.clone();
    let to = *rng.pick(EVENTS)?;
    let twice = events.iter().filter(|known| **known == event).count() > 1;
    if twice || events.iter().any(|known| known == to) {
        return None;
    }
    events.retain(|known| *known != event);
    events.push(to.to_owned());
    let mut without = before;
    remove_json(&mut without, &path!["on", event.as_str()]);
    let mut trial = trial(
        "change_trigger",
        edits::change_trigger(a, &event, to),
        expect_events(without, events),
        path!["on"],
    )?;
    trial.may_lose = lines_of(a, &path!["on"]);
    Some(trial)
}

fn move_trigger(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let mut order: Vec<String> = a.workflow.triggers.iter().map(|t| t.event.value.clone()).collect();
    let event = rng.pick(&order)?.clone();
    let to = rng.below(order.len());
    if order.iter().filter(|known| **known == event).count() > 1 {
        return None;
    }
    order.retain(|known| *known != event);
    order.insert(to, event.clone());
    let before = json_of(a);
    let expected = Expected::Holds(Box::new(move |after, value| {
        let now: Vec<String> = after.workflow.triggers.iter().map(|t| t.event.value.clone()).collect();
        if now != order {
            return Err(format!("the order is {now:?}, wanted {order:?}"));
        }
        // A list of events has another order now.
        let (mut old, mut new) = (before.clone(), value.clone());
        widen_on(&mut old);
        widen_on(&mut new);
        differ(&old, &new)
    }));
    trial("move_trigger", edits::move_trigger(a, &event, to), expected, path!["on"])
}

/// Nodes that come from an alias: the alias itself, and something below it.
fn aliased(rng: &mut Rng, a: &Analysis) -> Option<Path> {
    let aliases = paths(a, |node| node.kind() == Kind::Alias);
    let alias = rng.pick(&aliases)?.clone();
    let below: Vec<Path> = a
        .tree
        .at(&alias)?
        .resolve()
        .entries()
        .filter_map(|entry| entry.name().map(|name| alias.child(name)))
        .collect();
    Some(rng.pick(&below).cloned().unwrap_or(alias))
}

fn detach_alias(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let place = aliased(rng, a)?;
    let before = json_of(a);
    let edit = edits::detach_alias(a, &place);
    let expected = Expected::Holds(Box::new(move |_, value| differ(&before, value)));
    // What it means stays the same, though the place lies behind an alias.
    Some(Trial { kind: "detach_alias", edit, expected, may_lose: Vec::new(), places: Vec::new() })
}

fn set_at_anchor(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let place = aliased(rng, a)?;
    let written = edits::path_at_anchor(a, &place)?;
    if a.tree.at(&written)?.kind() != Kind::Scalar {
        return None;
    }
    let edit = edits::set_field(a, &written, &text("changed at the anchor"));
    let expected = Expected::Holds(Box::new(move |after, _| {
        let seen = after.tree.at(&place).map(|node| node.resolve()).and_then(|node| node.as_str());
        if seen == Some("changed at the anchor") { Ok(()) } else { Err(format!("the alias shows {seen:?}")) }
    }));
    Some(Trial {
        kind: "set_field (at the anchor)",
        edit,
        expected,
        may_lose: Vec::new(),
        places: Vec::new(),
    })
}

fn set_list(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates = paths(a, |node| {
        node.kind() == Kind::Sequence
            && !node.is_empty()
            && node.items().all(|item| {
                item.kind() == Kind::Scalar && matches!(item.scalar(), Some(stepladder_yaml::Scalar::Str(_)))
            })
    });
    let path = rng.pick(&candidates)?.clone();
    let mut items: Vec<String> =
        a.tree.at(&path)?.items().filter_map(|item| item.as_str().map(str::to_owned)).collect();
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
    set_json(&mut expected, &path, json!(items));
    let mut trial =
        trial("set_list", edits::set_list(a, &path, &items), Expected::Equal(expected), path.clone())?;
    trial.may_lose = lines_of(a, &path);
    Some(trial)
}

fn add_schedule(_: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let count = before.pointer("/on/schedule").and_then(Json::as_array).map_or(0, Vec::len);
    let expected = Expected::Holds(Box::new(move |_, after| {
        let times = after.pointer("/on/schedule").and_then(Json::as_array);
        match times {
            Some(times) if times.len() == count + 1 && times[count]["cron"] == "5 4 * * 0" => Ok(()),
            other => Err(format!("the schedule is {other:?}")),
        }
    }));
    trial("add_schedule", edits::add_schedule(a, "5 4 * * 0", Some("Europe/Berlin")), expected, path!["on"])
}

fn remove_schedule(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let before = json_of(a);
    let count = before.pointer("/on/schedule").and_then(Json::as_array).map_or(0, Vec::len);
    if count == 0 {
        return None;
    }
    let at = rng.below(count);
    let mut expected = before;
    remove_json(&mut expected, &path!["on", "schedule", at]);
    let mut trial = trial(
        "remove_schedule",
        edits::remove_schedule(a, at),
        Expected::EqualButEmpty(expected),
        path!["on"],
    )?;
    trial.may_lose = lines_of(a, &path!["on"]);
    Some(trial)
}

fn ids(a: &Analysis) -> Vec<String> {
    a.workflow.jobs.iter().map(|job| job.id.value.clone()).collect()
}

fn add_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let need = rng.pick(&ids).cloned();
    let new = NewJob {
        id: None,
        after: rng.pick(&ids).cloned(),
        needs: need.into_iter().collect(),
        uses: Some("actions/checkout@v5".into()),
    };
    let edit = edits::add_job(a, &new);
    let before = json_of(a);
    let expected = Expected::Holds(Box::new(move |after, value| {
        let added = after.workflow.jobs.iter().map(|job| job.id.value.clone()).find(|id| !ids.contains(id));
        let Some(added) = added else { return Err("no job was added".into()) };
        let mut without = value.clone();
        remove_json(&mut without, &path!["jobs", added.as_str()]);
        let (before, without) = (without_empty(&before), without_empty(&without));
        // An empty file has become a mapping.
        if before.is_null() && without == json!({}) { Ok(()) } else { differ(&before, &without) }
    }));
    trial("add_job", edit, expected, path!["jobs"])
}

fn duplicate_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let edit = edits::duplicate_job(a, &id);
    let mut expected = json_of(a);
    let copy = edit.as_ref().ok().and_then(|edit| edit.select.clone());
    if let Some(copy) = copy {
        let job = expected["jobs"][&id].clone();
        set_json(&mut expected, &copy, job);
    }
    Some(Trial {
        kind: "duplicate_job",
        edit,
        expected: Expected::Equal(expected),
        may_lose: Vec::new(),
        places: vec![path!["jobs"]],
    })
}

/// The way back over the other rename leads to the very same text, but for the case of letters.
fn expect_way_back(a: &Analysis, back: impl Fn(&Analysis) -> Result<Edit, Refusal> + 'static) -> Expected {
    let before = a.tree.text().to_ascii_lowercase();
    let rules = rules(a);
    Expected::Holds(Box::new(move |after, _| {
        let edit = back(after).map_err(|refusal| format!("the way back was refused: {}", refusal.message))?;
        let text = edit.edit.apply(after.tree.text()).to_ascii_lowercase();
        if let Some((old, new)) = before.lines().zip(text.lines()).find(|(old, new)| old != new) {
            return Err(format!("the way back leads from {old:?} to {new:?}"));
        }
        if text != before {
            return Err("the way back leads to a text of another length".into());
        }
        // What was wrong with the old name may be right now.
        let mut left = rules.clone();
        for rule in self::rules(after) {
            let Some(at) = left.iter().position(|known| *known == rule) else {
                return Err(format!("the rename brings a finding of {rule}"));
            };
            left.swap_remove(at);
        }
        Ok(())
    }))
}

fn rules(a: &Analysis) -> Vec<&'static str> {
    let mut rules: Vec<_> = a.findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules
}

/// Whether `name` stands somewhere in the text, in any case.
fn stands(a: &Analysis, name: &str) -> bool {
    a.tree.text().to_ascii_lowercase().contains(name)
}

fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn rename_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let to = "fresh_name_of_job";
    // An id that is none, or that two jobs have but for the case of letters, can be changed but not brought back.
    let twice = ids.iter().filter(|other| other.eq_ignore_ascii_case(&id)).count() > 1;
    if stands(a, to) || twice || !is_id(&id) {
        return None;
    }
    let back = id.clone();
    let expected = expect_way_back(a, move |after| edits::rename_job(after, to, &back));
    trial("rename_job", edits::rename_job(a, &id, to), expected, path!["jobs"].child(id.as_str()))
}

fn remove_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let id = rng.pick(&ids)?.clone();
    let mut expected = json_of(a);
    remove_json(&mut expected, &path!["jobs", id.as_str()]);
    let is_id = |value: &Json| value.as_str().is_some_and(|need| need.eq_ignore_ascii_case(&id));
    let mut loosened: Vec<(String, Json)> = Vec::new();
    if let Some(jobs) = expected.get_mut("jobs").and_then(Json::as_object_mut) {
        for (id_of_job, job) in jobs.iter_mut() {
            let Some(job) = job.as_object_mut() else { continue };
            match job.get_mut("needs") {
                Some(Json::Array(needs)) => {
                    let count = needs.len();
                    needs.retain(|need| !is_id(need));
                    // One that is left alone may lose its brackets.
                    if let [only] = needs.as_slice()
                        && count > 1
                    {
                        loosened.push((id_of_job.clone(), only.clone()));
                    }
                }
                Some(need) if is_id(need) => {
                    job.remove("needs");
                }
                _ => {}
            }
        }
    }
    // With the last job all that stands between the braces of `jobs` goes.
    let alone = a.workflow.jobs.len() == 1;
    let mut may_lose = lines_of(a, &if alone { path!["jobs"] } else { path!["jobs", id.as_str()] });
    for job in edits::dependents(a, &id) {
        may_lose.extend(lines_of(a, &path!["jobs", job.as_str(), "needs"]));
    }
    Some(Trial {
        kind: "remove_job",
        edit: edits::remove_job(a, &id),
        expected: Expected::Holds(Box::new(move |_, value| {
            let mut value = value.clone();
            for (job, only) in &loosened {
                let needs = at_mut(&mut value, path!["jobs", job.as_str(), "needs"].steps());
                if let Some(needs) = needs.filter(|needs| *needs == only) {
                    *needs = json!([only]);
                }
            }
            differ(&without_empty(&expected), &without_empty(&value))
        })),
        may_lose,
        places: vec![path!["jobs"]],
    })
}

fn move_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let mut order = ids(a);
    let id = rng.pick(&order)?.clone();
    let to = rng.below(order.len());
    order.retain(|known| *known != id);
    order.insert(to, id.clone());
    let before = json_of(a);
    let expected = Expected::Holds(Box::new(move |after, value| {
        if ids(after) != order {
            return Err(format!("the order is {:?}, wanted {order:?}", ids(after)));
        }
        differ(&before, value)
    }));
    Some(Trial {
        kind: "move_job",
        edit: edits::move_job(a, &id, to),
        expected,
        may_lose: Vec::new(),
        places: Vec::new(),
    })
}

fn needs_of(value: &Json, job: &str) -> Vec<String> {
    match &value["jobs"][job]["needs"] {
        Json::String(need) => vec![need.clone()],
        Json::Array(needs) => needs.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn expect_needs(before: Json, job: String, needs: Vec<String>) -> Expected {
    Expected::Holds(Box::new(move |_, after| {
        if needs_of(after, &job) != needs {
            return Err(format!("`{job}` needs {:?}, wanted {needs:?}", needs_of(after, &job)));
        }
        let (mut old, mut new) = (before.clone(), after.clone());
        remove_json(&mut old, &path!["jobs", job.as_str(), "needs"]);
        remove_json(&mut new, &path!["jobs", job.as_str(), "needs"]);
        differ(&old, &new)
    }))
}

fn add_need(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let (job, need) = (rng.pick(&ids)?.clone(), rng.pick(&ids)?.clone());
    if edits::can_need(a, &job, &need).is_err() {
        return None;
    }
    let before = json_of(a);
    let mut needs = needs_of(&before, &job);
    needs.push(need.clone());
    let edit = edits::add_need(a, &job, &need);
    trial("add_need", edit, expect_needs(before, job.clone(), needs), path!["jobs", job, "needs"])
}

fn remove_need(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let waiting: Vec<_> = a.workflow.jobs.iter().filter(|job| !job.needs.is_empty()).collect();
    let job = rng.pick(&waiting)?;
    let need = rng.pick(&job.needs)?.value.clone();
    let job = job.id.value.clone();
    let before = json_of(a);
    let needs =
        needs_of(&before, &job).into_iter().filter(|known| !known.eq_ignore_ascii_case(&need)).collect();
    let place = path!["jobs", job.as_str(), "needs"];
    let mut trial = trial(
        "remove_need",
        edits::remove_need(a, &job, &need),
        expect_needs(before, job, needs),
        place.clone(),
    )?;
    trial.may_lose = lines_of(a, &place);
    Some(trial)
}

fn steps(a: &Analysis) -> Vec<&JobStep> {
    a.workflow.jobs.iter().flat_map(|job| &job.steps).filter(|step| step.path.steps().len() == 4).collect()
}

fn job_of(step: &Path) -> String {
    match step.steps() {
        [_, Step::Key(job), ..] => job.clone(),
        _ => String::new(),
    }
}

fn add_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs: Vec<_> = a.workflow.jobs.iter().filter(|job| job.uses.is_none()).collect();
    let job = rng.pick(&jobs)?.id.value.clone();
    let steps = path!["jobs", job.as_str(), "steps"];
    let count = a.tree.at(&steps).map_or(0, |node| node.len());
    let at = rng.below(count + 1);
    let (new, step) = match rng.below(3) {
        0 => {
            let script = *rng.pick(TEXTS)?;
            (NewStep::Run(script.into()), json!({ "run": script }))
        }
        1 => (
            NewStep::Uses { action: "a/b@v1".into(), with: vec![("x".into(), text("1"))] },
            json!({ "uses": "a/b@v1", "with": { "x": "1" } }),
        ),
        _ => (
            NewStep::Fields(vec![("name".into(), text("N")), ("run".into(), text("a\nb\n"))]),
            json!({ "name": "N", "run": "a\nb\n" }),
        ),
    };
    let mut expected = json_of(a);
    if count == 0 {
        set_json(&mut expected, &steps, json!([step]));
    } else if let Some(list) = at_mut(&mut expected, steps.steps()).and_then(Json::as_array_mut) {
        list.insert(at, step);
    }
    trial("add_step", edits::add_step(a, &job, at, &new), Expected::Equal(expected), steps)
}

fn move_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let (list, job) = (step.parent()?, job_of(&step));
    let count = a.tree.at(&list)?.len();
    let to = rng.below(count);
    let Some(Step::Index(from)) = step.last() else { return None };
    let mut expected = json_of(a);
    if let Some(items) = at_mut(&mut expected, list.steps()).and_then(Json::as_array_mut) {
        let item = items.remove(*from);
        items.insert(to, item);
    }
    trial("move_step", edits::move_step(a, &step, &job, to), Expected::Equal(expected), list)
}

fn move_step_away(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let jobs: Vec<_> =
        a.workflow.jobs.iter().filter(|job| job.uses.is_none() && job.id.value != job_of(&step)).collect();
    let job = rng.pick(&jobs)?.id.value.clone();
    let target = path!["jobs", job.as_str(), "steps"];
    let count = a.tree.at(&target).map_or(0, |node| node.len());
    let to = rng.below(count + 1);
    let mut expected = json_of(a);
    let moved = at_mut(&mut expected, step.steps())?.clone();
    remove_json(&mut expected, &step);
    if count == 0 {
        set_json(&mut expected, &target, json!([moved]));
    } else if let Some(items) = at_mut(&mut expected, target.steps()).and_then(Json::as_array_mut) {
        items.insert(to, moved);
    }
    let edit = edits::move_step(a, &step, &job, to);
    let places = vec![step.parent()?, target];
    Some(Trial {
        kind: "move_step (to a job)",
        edit,
        expected: Expected::EqualButEmpty(expected),
        may_lose: Vec::new(),
        places,
    })
}

fn duplicate_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let job = job_of(&step);
    // Of two jobs that differ in case only, neither can be told from the other.
    if ids(a).iter().filter(|id| id.eq_ignore_ascii_case(&job)).count() > 1 {
        return None;
    }
    let edit = edits::duplicate_step(a, &step);
    let list = step.parent()?;
    let Some(Step::Index(at)) = step.last() else { return None };
    let mut expected = json_of(a);
    let mut copy = at_mut(&mut expected, step.steps())?.clone();
    if let Some(id) = copy.get_mut("id") {
        *id = Json::Null;
    }
    if let Some(items) = at_mut(&mut expected, list.steps()).and_then(Json::as_array_mut) {
        items.insert(at + 1, copy);
    }
    let copied = list.child(at + 1);
    let expected = Expected::Holds(Box::new(move |after, value| {
        let mut value = value.clone();
        if let Some(id) = at_mut(&mut value, copied.child("id").steps()) {
            let new = id.as_str().unwrap_or_default().to_owned();
            *id = Json::Null;
            let job = job_of(&copied);
            let same = after.workflow.job(&job).map_or(0, |job| {
                job.steps
                    .iter()
                    .filter(|s| s.id.as_ref().is_some_and(|id| id.value.eq_ignore_ascii_case(&new)))
                    .count()
            });
            if same != 1 {
                return Err(format!("the id `{new}` is used {same} times"));
            }
        }
        differ(&expected, &value)
    }));
    trial("duplicate_step", edit, expected, list)
}

fn remove_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let mut expected = json_of(a);
    remove_json(&mut expected, &step);
    let list = step.parent()?;
    let may_lose = if a.tree.at(&list)?.len() == 1 { lines_of(a, &list) } else { lines_of(a, &step) };
    let edit = edits::remove_step(a, &step);
    Some(Trial {
        kind: "remove_step",
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![list],
    })
}

fn change_kind(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let all = steps(a);
    let step = rng.pick(&all)?;
    let (to, old, only, key, value): (_, _, &[&str], _, _) = match step.kind {
        StepKind::Run { .. } => {
            (ToKind::Uses("a/b@v1".into()), "run", &["shell", "working-directory"], "uses", "a/b@v1")
        }
        StepKind::Uses(_) => {
            (ToKind::Run("make\nmake test\n".into()), "uses", &["with"], "run", "make\nmake test\n")
        }
        _ => return None,
    };
    let step = step.path.clone();
    let mut expected = json_of(a);
    for key in only.iter().chain([&old]) {
        remove_json(&mut expected, &step.child(*key));
    }
    set_json(&mut expected, &step.child(key), json!(value));
    let may_lose = only.iter().chain([&old]).flat_map(|key| lines_of(a, &step.child(*key))).collect();
    let edit = edits::change_step_kind(a, &step, &to);
    Some(Trial {
        kind: "change_step_kind",
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![step],
    })
}

fn switch(kind: &'static str, a: &Analysis, place: &Path) -> Option<Trial> {
    let before = json_of(a);
    let off = edits::is_disabled(a, place);
    let back = place.clone();
    let expected = Expected::Holds(Box::new(move |after, _| {
        if edits::is_disabled(after, &back) == off {
            return Err("nothing was switched".into());
        }
        let edit = edits::set_enabled(after, &back, !off).map_err(|refusal| refusal.message)?;
        let text = edit.edit.apply(after.tree.text());
        let again = json_of(&Analysis::new(text, &Env::default()));
        if off { Ok(()) } else { differ(&without_empty(&before), &without_empty(&again)) }
    }));
    let mut trial = trial(kind, edits::set_enabled(a, place, off), expected, place.clone())?;
    trial.may_lose = lines_of(a, &place.child("if"));
    Some(trial)
}

fn toggle(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let step = rng.pick(&steps(a))?.path.clone();
    let condition = a.tree.at(&step.child("if"));
    if condition.is_some_and(|node| !is_expression(&node)) {
        return None;
    }
    switch("set_enabled (step)", a, &step)
}

fn toggle_job(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let job = rng.pick(&a.workflow.jobs)?;
    if a.tree.at(&job.path.child("if")).is_some_and(|node| !is_expression(&node)) {
        return None;
    }
    switch("set_enabled (job)", a, &job.path)
}

/// A condition that is one expression, and a text; blanks around it do not count as the way back may drop them.
fn is_expression(node: &Node<'_>) -> bool {
    use stepladder_workflow::expr::{Condition, condition};
    matches!(node.scalar(), Some(stepladder_yaml::Scalar::Str(text))
        if matches!(condition(text), Condition::Expression(range) if text.trim() == text
            && (range.start == 0 || text == format!("${{{{ {} }}}}", text[range.to_usize()].trim()))))
}

fn rename_step(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let all: Vec<_> = steps(a).into_iter().filter(|step| step.id.is_some()).collect();
    let step = rng.pick(&all)?;
    let to = "fresh_name_of_step";
    if stands(a, to) {
        return None;
    }
    let (place, old) = (step.path.clone(), step.id.as_ref()?.value.clone());
    let same = |other: &&&JobStep| other.id.as_ref().is_some_and(|id| id.value.eq_ignore_ascii_case(&old));
    // An id that is none, or that two steps have, can be changed but not brought back.
    if !is_id(&old) || all.iter().filter(same).count() > 1 {
        return None;
    }
    let back = place.clone();
    let expected = expect_way_back(a, move |after| edits::rename_step(after, &back, &old));
    trial("rename_step", edits::rename_step(a, &place, to), expected, path!["jobs", job_of(&place)])
}

fn set_input(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
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

fn rename_name(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let source = a.tree.text();
    let mut names: Vec<&str> = source
        .match_indices("secrets.")
        .filter_map(|(at, found)| {
            let rest = &source[at + found.len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (end > 0).then(|| &rest[..end])
        })
        .collect();
    names.dedup();
    let name = (*rng.pick(&names)?).to_owned();
    let to = "FRESH_NAME";
    if stands(a, "fresh_name") || name.to_ascii_uppercase().starts_with("GITHUB_") {
        return None;
    }
    let edit = edits::rename_name(a, Store::Secrets, &name, to);
    if edit.is_err() {
        // It stood in a comment or in a script.
        return None;
    }
    let back = name.clone();
    let expected = expect_way_back(a, move |after| edits::rename_name(after, Store::Secrets, to, &back));
    Some(Trial { kind: "rename_name", edit, expected, may_lose: Vec::new(), places: Vec::new() })
}

fn insert_expression(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates = paths(a, |node| {
        node.kind() == Kind::Scalar && matches!(node.scalar(), Some(stepladder_yaml::Scalar::Str(_)))
    });
    let path = rng.pick(&candidates)?.clone();
    let old = a.tree.at(&path)?.as_str()?.to_owned();
    let places: Vec<usize> = (0..=old.len()).filter(|at| old.is_char_boundary(*at)).collect();
    let at = *rng.pick(&places)?;
    let place = path.clone();
    let expected = Expected::Holds(Box::new(move |after, _| {
        let new = after.tree.at(&place).and_then(|node| node.as_str()).unwrap_or_default();
        let bare = format!("{}secrets.X{}", &old[..at], &old[at..]);
        let braced = format!("{}${{{{ secrets.X }}}}{}", &old[..at], &old[at..]);
        if new == bare || new == braced { Ok(()) } else { Err(format!("{old:?} became {new:?}")) }
    }));
    trial("insert_expression", edits::insert_expression(a, &path, at, "secrets.X"), expected, path)
}

fn matrix_jobs(a: &Analysis) -> Vec<String> {
    let is_free = |id: &String| {
        let matrix = a.tree.at(&path!["jobs", id.as_str(), "strategy", "matrix"]);
        matrix.is_none_or(|node| node.is_null() || node.resolve().kind() == Kind::Mapping)
    };
    ids(a).into_iter().filter(is_free).collect()
}

fn add_row(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs = matrix_jobs(a);
    let job = rng.pick(&jobs)?.clone();
    let place = path!["jobs", job.as_str(), "strategy", "matrix", "new-row"];
    if a.tree.at(&place).is_some() {
        return None;
    }
    let mut expected = json_of(a);
    set_json(&mut expected, &place, json!(["3.10", "a: b", 3.0]));
    let values = [text("3.10"), text("a: b"), Value::Int(3)];
    trial(
        "add_matrix_row",
        edits::add_matrix_row(a, &job, "new-row", &values),
        Expected::Equal(expected),
        place,
    )
}

fn add_value(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let rows = paths(a, |node| node.kind() == Kind::Sequence);
    let rows: Vec<_> = rows.into_iter().filter(is_matrix_row).collect();
    let row = rng.pick(&rows)?.clone();
    let [_, Step::Key(job), .., Step::Key(name)] = row.steps() else { return None };
    let count = a.tree.at(&row)?.len();
    let mut expected = json_of(a);
    set_json(&mut expected, &row.child(count), json!("3.10"));
    let edit = edits::add_matrix_value(a, job, name, &text("3.10"));
    trial("add_matrix_value", edit, Expected::Equal(expected), row)
}

fn is_matrix_row(path: &Path) -> bool {
    matches!(path.steps(), [Step::Key(jobs), _, Step::Key(strategy), Step::Key(matrix), Step::Key(row)]
        if jobs == "jobs" && strategy == "strategy" && matrix == "matrix" && row != "include" && row != "exclude")
}

fn add_combination(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs = matrix_jobs(a);
    let job = rng.pick(&jobs)?.clone();
    let (list, excludes) = if rng.below(2) == 0 { ("include", false) } else { ("exclude", true) };
    let place = path!["jobs", job.as_str(), "strategy", "matrix", list];
    let count = match a.tree.at(&place) {
        None => 0,
        Some(node) if node.resolve().kind() == Kind::Sequence => node.len(),
        Some(_) => return None,
    };
    let mut expected = json_of(a);
    set_json(&mut expected, &place.child(count), json!({ "os": "a: b", "node": 20.0 }));
    let values = [("os".to_owned(), text("a: b")), ("node".to_owned(), Value::Int(20))];
    let edit = if excludes {
        edits::exclude_combination(a, &job, &values)
    } else {
        edits::include_combination(a, &job, &values)
    };
    trial("add_combination", edit, Expected::Equal(expected), place)
}

fn set_here_alone(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let place = aliased(rng, a)?;
    let mut expected = json_of(a);
    set_json(&mut expected, &place, json!("changed here"));
    let edit = edits::edit_detached(a, &place, |copy| edits::set_field(copy, &place, &text("changed here")));
    // Of the place itself nothing is shared any more.
    Some(Trial {
        kind: "edit_detached",
        edit,
        expected: Expected::Equal(expected),
        may_lose: Vec::new(),
        places: Vec::new(),
    })
}

fn rename_row(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let jobs: Vec<_> =
        a.workflow.jobs.iter().filter_map(|job| Some((job.id.value.clone(), job.matrix.as_ref()?))).collect();
    let (job, matrix) = rng.pick(&jobs)?;
    let row = rng.pick(&matrix.rows)?.name.value.clone();
    let to = "fresh_row";
    if stands(a, to) {
        return None;
    }
    let (own, back) = (job.clone(), row.clone());
    let expected = expect_way_back(a, move |after| edits::rename_matrix_row(after, &own, to, &back));
    trial(
        "rename_matrix_row",
        edits::rename_matrix_row(a, job, &row, to),
        expected,
        path!["jobs", job.as_str()],
    )
}

fn set_permission(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let ids = ids(a);
    let job = if rng.below(2) == 0 { rng.pick(&ids).cloned() } else { None };
    let owner = job.as_ref().map_or_else(Path::root, |job| path!["jobs", job.as_str()]);
    let place = owner.child("permissions");
    let level = *rng.pick(&["read", "write", "none"])?;
    let mut expected = json_of(a);
    let mut may_lose = Vec::new();
    if a.tree.at(&place).is_some_and(|node| node.kind() == Kind::Scalar) {
        remove_json(&mut expected, &place);
        may_lose = lines_of(a, &place);
    }
    set_json(&mut expected, &place.child("packages"), json!(level));
    let edit = edits::set_permission(a, job.as_deref(), "packages", Some(level));
    Some(Trial {
        kind: "set_permission",
        edit,
        expected: Expected::Equal(expected),
        may_lose,
        places: vec![place],
    })
}

fn add_input(_: &mut Rng, a: &Analysis) -> Option<Trial> {
    let place = path!["on", "workflow_dispatch", "inputs", "new-input"];
    if a.tree.at(&place).is_some() {
        return None;
    }
    let mut events = events_of(&json_of(a));
    if !events.iter().any(|event| event == "workflow_dispatch") {
        events.push("workflow_dispatch".into());
    }
    let mut before = json_of(a);
    widen_on(&mut before);
    set_json(&mut before, &place, json!({ "type": "boolean" }));
    trial(
        "add_input",
        edits::add_input(a, "workflow_dispatch", "new-input", "boolean"),
        expect_events(before, events),
        path!["on"],
    )
}

fn widen_on(value: &mut Json) {
    if let Some(on) = value.get_mut("on") {
        widen(on, "on");
    }
}

fn rename_input(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let inputs: Vec<String> =
        a.workflow.triggers.iter().flat_map(|t| &t.inputs).map(|input| input.name.value.clone()).collect();
    let name = rng.pick(&inputs)?.clone();
    let to = "fresh_input";
    if stands(a, to) {
        return None;
    }
    let back = name.clone();
    let expected = expect_way_back(a, move |after| edits::rename_input(after, to, &back));
    trial("rename_input", edits::rename_input(a, &name, to), expected, path!["on"])
}

fn rename_env(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    let candidates: Vec<Path> = paths(a, |node| node.key().is_some())
        .into_iter()
        .filter(|path| match path.steps() {
            // A job may be called `env`.
            [Step::Key(jobs), Step::Key(_), Step::Key(_)] if jobs == "jobs" => false,
            [.., Step::Key(env), Step::Key(_)] => env == "env",
            _ => false,
        })
        .collect();
    let place = rng.pick(&candidates)?.clone();
    let Some(Step::Key(old)) = place.last().cloned() else { return None };
    let to = "FRESH_VARIABLE";
    if stands(a, "fresh_variable") {
        return None;
    }
    let moved = place.parent()?.child(to);
    let expected = expect_way_back(a, move |after| edits::rename_field(after, &moved, &old));
    trial("rename_field (env)", edits::rename_field(a, &place, to), expected, place)
}
