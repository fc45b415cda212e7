//! Random visual edits, and what must be true of each. Used by the tests and by `cargo xtask bench edits`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde_json::Value as Json;
use stepladder_workflow::edits::{self, Edit, Refusal, Value};
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::{Kind, Node, Path, TextRange};

mod aliases;
mod fields;
mod harm;
mod jobs;
mod json;
mod matrix;
mod renames;
mod steps;
mod triggers;

use harm::{comments_are_kept, is_shared};
use json::{at_mut, differ, json_of, replace, without_empty};

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

/// Draws an edit of one kind; `None`: there is nothing that it could edit.
type Make = fn(&mut Rng, &Analysis) -> Option<Trial>;

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

/// Where an edit is made of what an alias repeats.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Where it was asked for: no alias stands there.
    Straight,
    /// At the anchor, for all that repeat it.
    AtAnchor,
    /// For this place alone.
    Detached,
    /// At the place of an anchor, for that alone.
    Apart,
}

/// An edit that was asked for.
pub struct Trial {
    /// Which edit.
    pub kind: &'static str,
    /// Where it is made.
    pub way: Way,
    /// The edit, or why not.
    pub edit: Result<Edit, Refusal>,
    /// What must follow.
    pub expected: Expected,
    /// Comments that touch these lines may go.
    pub may_lose: Vec<TextRange>,
    /// Nodes that are changed; when one lies behind an anchor, other places change with it.
    pub places: Vec<Path>,
}

/// A random edit of `a`; `None`: the kind that was drawn finds nothing to edit.
pub fn random(rng: &mut Rng, a: &Analysis) -> Option<Trial> {
    const KINDS: &[Make] = &[
        fields::set_text,
        fields::set_text,
        fields::set_new,
        fields::set_source,
        fields::add_to_source,
        fields::set_new,
        fields::remove_field,
        triggers::add_trigger,
        triggers::remove_trigger,
        triggers::change_trigger,
        fields::set_list,
        triggers::add_schedule,
        triggers::remove_schedule,
        jobs::add_job,
        jobs::duplicate_job,
        renames::rename_job,
        jobs::remove_job,
        jobs::change_kind,
        jobs::move_job,
        triggers::move_trigger,
        aliases::detach_alias,
        aliases::detach_anchor,
        jobs::add_need,
        jobs::remove_need,
        steps::add_step,
        steps::move_step,
        steps::move_step_away,
        steps::duplicate_step,
        steps::remove_step,
        steps::change_kind,
        steps::toggle,
        jobs::toggle_job,
        renames::rename_step,
        fields::set_input,
        renames::rename_name,
        fields::insert_expression,
        matrix::add_row,
        matrix::add_value,
        matrix::add_combination,
        matrix::rename_row,
        matrix::move_item,
        matrix::leave_out,
        fields::set_permission,
        triggers::add_input,
        renames::rename_input,
        renames::rename_env,
        renames::rename_output,
        renames::set_versions,
        renames::set_version_here,
    ];
    let make = *rng.pick(KINDS)?;
    let state = rng.0;
    let trial = make(rng, a)?;
    // What an alias repeats is changed at its anchor, or here alone: one draw of two.
    let alias = trial.edit.as_ref().err().and_then(|refusal| edits::refused_for(a, refusal));
    match alias {
        Some(alias) => aliases::elsewhere(make, state, a, &alias.path, rng.below(2) == 0),
        // What aliases elsewhere repeat is changed for them too, or here alone.
        None if rng.below(2) == 0 => aliases::apart(make, state, a, &trial).or(Some(trial)),
        None => Some(trial),
    }
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

/// Makes `chains` chains of `length` edits on each file, on all processors. The same files and the same `seed` give the
/// same score.
pub fn edit_files(files: &[PathBuf], chains: u64, length: usize, seed: u64) -> Score {
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
                            let seed = seed * 1_000_000_007 + at as u64 * 1_000 + number;
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
                    *score.refused.entry(format!("{}: {reason}", trial.name())).or_default() += 1;
                }
            }
            Err(why) => {
                score.failed.push(format!("{name}, seed {seed}: {}: {why}", trial.name()));
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
    if !trial.kind.starts_with("rename") {
        harm::lines_stay((a, &after, &edit.edit), trial.kind, &trial.places, &trial.may_lose)?;
    }
    harm::parted_comments(a, &after, &edit.edit, trial.kind.starts_with("move"), &trial.may_lose)?;
    if let Some(select) = &edit.select
        && after.tree.root().is_some()
        && after.tree.at(select).is_none()
    {
        return Err(format!("`{select}`, to be selected, does not exist"));
    }
    let shared = trial.way == Way::AtAnchor || trial.places.iter().any(|place| is_shared(a, place));
    // A copy has the findings of what it copies, and what is shared is found wherever it is repeated.
    if !shared && !trial.kind.starts_with("duplicate") {
        let own = trial.places.iter().filter(|place| place.steps().len() > 1);
        let places: Vec<Path> = own.chain(&edit.select).cloned().collect();
        harm::unearned_findings(a, &after, &edit.edit, &places)?;
    }
    let mut value = json_of(&after);
    // What moved to its first alias says what the alias said.
    let moved =
        after.tree.anchors().filter(|anchor| harm::is_handed_over(a, &after, &edit.edit, anchor.name));
    let mut moved: Vec<(Path, &str)> = moved.map(|anchor| (anchor.node.path(), anchor.name)).collect();
    moved.sort_by_key(|(path, _)| path.steps().len());
    for (path, name) in moved {
        if let Some(place) = at_mut(&mut value, path.steps()) {
            *place = serde_json::json!(format!("\0*{name}"));
        }
    }
    // Where it was the only alias, it says so without an anchor.
    let gone: Vec<_> = a
        .tree
        .anchors()
        .filter(|anchor| {
            harm::is_handed_over(a, &after, &edit.edit, anchor.name)
                && !after.tree.anchors().any(|still| still.name == anchor.name)
        })
        .collect();
    let told = |expected: &Json| {
        let mut expected = expected.clone();
        for anchor in &gone {
            let held = at_mut(&mut json_of(a), anchor.node.path().steps()).map(Json::take);
            replace(&mut expected, &format!("\0*{}", anchor.name), &held.unwrap_or_default());
        }
        expected
    };
    match &trial.expected {
        Expected::Equal(expected) => differ(&told(expected), &value)?,
        Expected::EqualButEmpty(expected) => differ(&without_empty(&told(expected)), &without_empty(&value))?,
        Expected::Holds(check) => {
            for alias in a.tree.aliases().filter(|alias| gone.iter().any(|anchor| anchor.name == alias.name))
            {
                if let Some(place) = at_mut(&mut value, alias.node.path().steps()) {
                    *place = serde_json::json!(format!("\0*{}", alias.name));
                }
            }
            check(&after, &value)?;
        }
    }
    Ok(Some(after))
}

fn trial(kind: &'static str, edit: Result<Edit, Refusal>, expected: Expected, place: Path) -> Option<Trial> {
    Some(Trial { kind, way: Way::Straight, edit, expected, may_lose: Vec::new(), places: vec![place] })
}

impl Trial {
    /// Which edit, and where it is made.
    fn name(&self) -> String {
        match self.way {
            Way::Straight => self.kind.to_owned(),
            Way::AtAnchor => format!("{} at the anchor", self.kind),
            Way::Apart => format!("{} apart from its aliases", self.kind),
            Way::Detached => format!("{} where its alias stood", self.kind),
        }
    }
}

/// The lines of the node at `path`, its comments included.
fn lines_of(a: &Analysis, path: &Path) -> Vec<TextRange> {
    let Some(node) = a.tree.at(path) else { return Vec::new() };
    let range = node.entry_range();
    let start = node.leading_comments().first().map_or(range.start, |comment| comment.range.start);
    let lines = a.tree.lines();
    let text = a.tree.text();
    let column = range.start - lines.line_start(lines.line_of(range.start));
    // Comments below it that are indented deeper are its own, also behind blank lines.
    let mut last = lines.line_of(range.end);
    for next in last + 1..lines.lines() {
        let line = &text[lines.line_start(next) as usize..];
        let line = line.split('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() {
            continue;
        }
        if !line.trim_start().starts_with('#') || indent <= column as usize {
            break;
        }
        last = next;
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

fn ids(a: &Analysis) -> Vec<String> {
    a.workflow.jobs.iter().map(|job| job.id.value.clone()).collect()
}

fn text(value: &str) -> Value {
    Value::Str(value.into())
}
