//! `strategy.matrix` and the variants that it makes.

use stepladder_yaml::{Entry, Kind, Node};

use super::build::distinct;
use super::{Data, Spanned, Text};
use crate::expr::has_expression;

/// Most legs that are computed. GitHub runs at most 256.
const MAX_LEGS: usize = 4_096;
/// Most cells of one matrix that are read.
const MAX_CELLS: usize = 10_000;

/// One dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: Text,
    /// Its values; `None` when an expression computes them.
    pub values: Option<Vec<Spanned<Data>>>,
}

/// Keys and values of one `include` or `exclude` entry, with the keys' places.
pub type Combination = Vec<(Text, Spanned<Data>)>;

/// `strategy.matrix`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Whether an expression computes all of it.
    pub dynamic: bool,
    /// Whether something else than an expression stands where a list or the rows belong, which GitHub rejects.
    pub wrong: bool,
    /// Whether a row is there and holds nothing at all yet.
    pub empty: bool,
    /// The dimensions, in the order of the text.
    pub rows: Vec<Row>,
    /// `include`; `None` when an expression computes it.
    pub include: Option<Vec<Combination>>,
    /// `exclude`; `None` when an expression computes it.
    pub exclude: Option<Vec<Combination>>,
}

/// A variant of a job: names and values.
pub type Leg = Vec<(String, Data)>;

/// What leaves a variant out of the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayOut {
    /// What `exclude` must name; empty for a variant that only `include` makes.
    pub exclude: Leg,
    /// The entries of `include` that must go, from 0, in their order.
    pub include: Vec<usize>,
}

/// What a variant comes from.
struct From {
    /// Whether it is a combination of the rows.
    is_original: bool,
    /// The entries of `include` that were added to it, or the one that makes it.
    entries: Vec<usize>,
}

/// The variants of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Legs {
    /// These, in the order in which GitHub makes them.
    Known(Vec<Leg>),
    /// They cannot be told from the text alone, for this reason.
    Unknown(&'static str),
}

fn combinations(node: Option<Node<'_>>) -> Option<Vec<Combination>> {
    let Some(node) = node else { return Some(Vec::new()) };
    if node.resolve().kind() != Kind::Sequence {
        return node.is_null().then(Vec::new);
    }
    node.items()
        .take(MAX_CELLS)
        .map(|item| (item.resolve().kind() == Kind::Mapping).then(|| combination(item)))
        .collect()
}

/// Whether what stands where a list or a mapping belongs is there, and no expression.
fn is_wrong(node: Node<'_>) -> bool {
    let node = node.resolve();
    !node.is_null() && !node.as_str().is_some_and(has_expression)
}

fn combination(item: Node<'_>) -> Combination {
    item.entries()
        .filter_map(|entry| {
            let name = Spanned::new(entry.name()?.to_owned(), entry.key.range());
            Some((name, Spanned::new(Data::new(entry.value), entry.value.range())))
        })
        .collect()
}

/// The entries of a list under `include` or `exclude` that are written out, whatever expressions stand beside them.
#[must_use]
pub fn written_combinations(node: Node<'_>) -> Vec<Combination> {
    let written = node.items().take(MAX_CELLS).filter(|item| item.resolve().kind() == Kind::Mapping);
    written.map(combination).collect()
}

impl Matrix {
    /// Reads the node under `matrix`. `None`: there is nothing.
    pub(super) fn new(node: Node<'_>) -> Option<Self> {
        if node.is_null() {
            return None;
        }
        if node.resolve().kind() != Kind::Mapping {
            return Some(Self { dynamic: true, wrong: is_wrong(node), ..Self::default() });
        }
        let parts = || node.entries().map(|entry| entry.value);
        let wrong = parts().any(|part| part.resolve().kind() != Kind::Sequence && is_wrong(part));
        let is_row = |entry: &Entry<'_>| !matches!(entry.name(), Some("include" | "exclude"));
        let empty = node.entries().any(|entry| is_row(&entry) && entry.value.is_null());
        let rows = distinct(&node)
            .filter_map(|entry| {
                let name = entry.name().filter(|name| !matches!(*name, "include" | "exclude"))?;
                let values = (entry.value.resolve().kind() == Kind::Sequence).then(|| {
                    entry
                        .value
                        .items()
                        .take(MAX_CELLS)
                        .map(|item| Spanned::new(Data::new(item), item.range()))
                        .collect()
                });
                Some(Row { name: Spanned::new(name.to_owned(), entry.key.range()), values })
            })
            .collect();
        Some(Self {
            dynamic: false,
            wrong,
            empty,
            rows,
            include: combinations(node.get("include")),
            exclude: combinations(node.get("exclude")),
        })
    }

    /// The variants, computed as GitHub does: all combinations, less those that fit an `exclude` entry, then the
    /// `include` entries, each added to every original combination whose values it does not change, else a variant of
    /// its own.
    #[must_use]
    pub fn legs(&self) -> Legs {
        match self.expand() {
            Ok(made) => Legs::Known(made.into_iter().map(|(leg, _)| leg).collect()),
            Err(why) => Legs::Unknown(why),
        }
    }

    /// What leaves each of the variants out, in their order; empty when they are not known.
    #[must_use]
    pub fn ways_out(&self) -> Vec<WayOut> {
        let Ok(made) = self.expand() else { return Vec::new() };
        let uses = |entry: usize| made.iter().filter(|(_, from)| from.entries.contains(&entry)).count();
        let is_row = |name: &String| self.rows.iter().any(|row| row.name.value.eq_ignore_ascii_case(name));
        let ways = made.iter().map(|(leg, from)| WayOut {
            exclude: match from.is_original {
                true => leg.iter().filter(|(name, _)| is_row(name)).cloned().collect(),
                false => Leg::new(),
            },
            // An entry that was added to this variant alone would become one of its own.
            include: from.entries.iter().copied().filter(|entry| uses(*entry) == 1).collect(),
        });
        ways.collect()
    }

    /// The variants, each with what it comes from; else why they cannot be told.
    fn expand(&self) -> Result<Vec<(Leg, From)>, &'static str> {
        const COMPUTED: &str = "an expression computes the matrix when the workflow runs";
        const WRONG: &str = "something stands in the matrix where a list belongs";
        const EMPTY: &str = "a row of the matrix has no values yet";
        const TOO_MANY: &str = "the matrix has too many combinations";
        if self.wrong {
            return Err(WRONG);
        }
        if self.empty {
            return Err(EMPTY);
        }
        let (false, Some(include), Some(exclude)) = (self.dynamic, &self.include, &self.exclude) else {
            return Err(COMPUTED);
        };
        let mut legs: Vec<Leg> = if self.rows.is_empty() { Vec::new() } else { vec![Vec::new()] };
        for row in &self.rows {
            let values = row.values.as_ref().filter(|v| v.iter().all(|v| !v.value.is_dynamic()));
            let values = values.ok_or(COMPUTED)?;
            if legs.len() * values.len() > MAX_LEGS {
                return Err(TOO_MANY);
            }
            legs = legs
                .iter()
                .flat_map(|leg| {
                    values.iter().map(|value| {
                        let mut leg = leg.clone();
                        leg.push((row.name.value.clone(), value.value.clone()));
                        leg
                    })
                })
                .collect();
        }
        if include.iter().chain(exclude).flatten().any(|(_, value)| value.value.is_dynamic()) {
            return Err(COMPUTED);
        }
        legs.retain(|leg| !exclude.iter().any(|entry| !entry.is_empty() && excludes(entry, leg)));
        let originals = legs.len();
        let mut made: Vec<(Leg, From)> =
            legs.into_iter().map(|leg| (leg, From { is_original: true, entries: Vec::new() })).collect();
        for (number, entry) in include.iter().enumerate() {
            let mut added = false;
            for (leg, from) in made.iter_mut().take(originals) {
                if self.changes_original(entry, leg) {
                    continue;
                }
                added = true;
                from.entries.push(number);
                for (name, value) in entry {
                    put(leg, &name.value, &value.value);
                }
            }
            if !added {
                let mut leg = Leg::new();
                for (name, value) in entry {
                    put(&mut leg, &name.value, &value.value);
                }
                made.push((leg, From { is_original: false, entries: vec![number] }));
            }
            if made.len() > MAX_LEGS {
                return Err(TOO_MANY);
            }
        }
        Ok(made)
    }

    fn changes_original(&self, entry: &Combination, leg: &Leg) -> bool {
        entry.iter().any(|(name, value)| {
            self.rows.iter().any(|row| row.name.value.eq_ignore_ascii_case(&name.value))
                && leg
                    .iter()
                    .any(|(own, old)| own.eq_ignore_ascii_case(&name.value) && !value.value.same(old))
        })
    }
}

fn excludes(entry: &Combination, leg: &Leg) -> bool {
    entry.iter().all(|(name, value)| {
        leg.iter().any(|(own, old)| own.eq_ignore_ascii_case(&name.value) && value.value.fits(old))
    })
}

fn put(leg: &mut Leg, name: &str, value: &Data) {
    match leg.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
        Some((_, old)) => old.clone_from(value),
        None => leg.push((name.to_owned(), value.clone())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use stepladder_yaml::{Tree, path};

    fn legs(text: &str) -> Legs {
        let tree = Tree::parse(text);
        Matrix::new(tree.at(&path![]).unwrap()).unwrap().legs()
    }

    fn labels(text: &str) -> Vec<String> {
        match legs(text) {
            Legs::Known(legs) => legs
                .iter()
                .map(|leg| {
                    leg.iter()
                        .map(|(name, value)| format!("{name}={}", value.label()))
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect(),
            Legs::Unknown(why) => vec![why.to_owned()],
        }
    }

    #[test]
    fn combinations_in_order() {
        assert_eq!(labels("{os: [a, b], v: [1, 2]}"), ["os=a v=1", "os=a v=2", "os=b v=1", "os=b v=2"]);
    }

    #[test]
    fn exclude_takes_away_partial_matches() {
        assert_eq!(labels("{os: [a, b], v: [1, 2], exclude: [{os: A}, {os: b, v: 2}]}"), ["os=b v=1"]);
    }

    #[test]
    fn include_extends_or_adds() {
        assert_eq!(
            labels(
                "{fruit: [apple, pear], animal: [cat, dog], include: [{color: green}, {color: pink, animal: cat}, \
                 {fruit: apple, shape: circle}, {fruit: banana}, {fruit: banana, animal: cat}]}"
            ),
            [
                "fruit=apple animal=cat color=pink shape=circle",
                "fruit=apple animal=dog color=green shape=circle",
                "fruit=pear animal=cat color=pink",
                "fruit=pear animal=dog color=green",
                "fruit=banana",
                "fruit=banana animal=cat",
            ]
        );
    }

    #[test]
    fn every_variant_has_a_way_out() {
        let ways = |text: &str| {
            let tree = Tree::parse(text);
            let ways = Matrix::new(tree.at(&path![]).unwrap()).unwrap().ways_out();
            let excluded = |leg: &Leg| {
                leg.iter().map(|(n, v)| format!("{n}={}", v.label())).collect::<Vec<_>>().join(" ")
            };
            ways.into_iter().map(|way| (excluded(&way.exclude), way.include)).collect::<Vec<_>>()
        };
        assert_eq!(ways("{include: [{a: 1}, {a: 2}]}"), [(String::new(), vec![0]), (String::new(), vec![1])]);
        assert_eq!(
            ways("{os: [a, b], include: [{x: 1}, {os: a, y: 2}, {os: c}]}"),
            [("os=a".into(), vec![1]), ("os=b".into(), vec![]), (String::new(), vec![2])]
        );
        assert_eq!(ways("{os: '${{ x }}'}"), []);
    }

    #[test]
    fn include_alone() {
        assert_eq!(labels("{include: [{a: 1}, {a: 2, b: x}]}"), ["a=1", "a=2 b=x"]);
    }

    #[test]
    fn what_is_computed_is_unknown() {
        for text in
            ["${{ fromJSON(inputs.m) }}", "{a: '${{ x }}'}", "{a: ['${{ x }}']}", "{include: '${{ x }}'}"]
        {
            assert!(matches!(legs(text), Legs::Unknown(_)), "{text}");
        }
    }

    #[test]
    fn what_is_no_list_is_not_said_to_be_computed() {
        let why = |text: &str| match legs(text) {
            Legs::Unknown(why) => why,
            Legs::Known(_) => "known",
        };
        for text in ["{os: a}", "{os: {a: 1}}", "{os: [a], include: b}", "os"] {
            assert!(why(text).contains("where a list belongs"), "{text}");
        }
        assert!(why("{os: '${{ x }}'}").contains("an expression computes"));
        let tree = Tree::parse("n: &n [1, 2]\nm: {k: *n}\n");
        assert!(
            matches!(Matrix::new(tree.at(&path!["m"]).unwrap()).unwrap().legs(), Legs::Known(legs) if legs.len() == 2)
        );
    }

    #[test]
    fn an_explosion_is_refused() {
        let row = format!("[{}]", (0..100).map(|n| n.to_string()).collect::<Vec<_>>().join(", "));
        assert!(matches!(legs(&format!("{{a: {row}, b: {row}, c: {row}, d: {row}}}")), Legs::Unknown(_)));
    }
}
