//! The tree read with the table: for every node that the grammar reaches, what it is.

use stepladder_yaml::{Kind, Node, NodeId, Path, Step, Tree};

use super::{Ctx, Field, Map, Types, Widget, choose, field};

/// Most places of one file: GitHub itself stops at 50,000 nodes, aliases expanded.
const MAX_PLACES: usize = 50_000;
/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 100;

/// A node and what the grammar says about it. A node that aliases lead to has several places.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    /// The node as it is written: an alias stays an alias.
    pub node: Node<'t>,
    /// What it is a value of; `None` at the root.
    pub field: Option<&'static Field>,
    /// For a mapping, which one of the grammar; `None` when that cannot be told.
    pub map: Option<&'static Map>,
    /// The key, for the value of an entry.
    pub key: Option<Node<'t>>,
    /// The place in [`Tags::places`] of the mapping or list that it stands in; its own at the root.
    pub parent: usize,
    /// Whether an alias leads here, so that the same bytes mean something elsewhere too.
    pub through_alias: bool,
    /// Whether it is a mapping with a key that its kind of mapping does not know, or with the merge key `<<`.
    pub strange: bool,
}

impl<'t> Place<'t> {
    /// The key's text.
    #[must_use]
    pub fn name(&self) -> Option<&'t str> {
        self.key.and_then(|key| key.as_str())
    }

    /// What the value may use in expressions.
    #[must_use]
    pub fn ctx(&self) -> Ctx {
        self.field.map_or(Ctx::None, |field| field.ctx)
    }
}

/// All places of a file, parents before children, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Tags<'t> {
    /// The places; the root is the first.
    pub places: Vec<Place<'t>>,
    /// Whether the limit of places was reached, so that some are missing.
    pub cut: bool,
    /// Keys in the wrong case, and which ones they mean: those that stand where that one is known and has no value yet.
    pub(super) meant: Vec<(NodeId, &'static str)>,
}

/// What stands for a value below one that the grammar leaves open.
const fn open(ctx: Ctx) -> Field {
    field("", "Value", "").types(Types::ANY).ctx(ctx).widget(Widget::Yaml)
}

static OPEN_MATRIX: Field = open(Ctx::W5);
static OPEN_NONE: Field = open(Ctx::None);

/// The field of what stands below a value that the grammar leaves open.
fn below(field: &'static Field) -> Option<&'static Field> {
    let open = field.maps.is_empty() && field.items.is_none();
    (open && field.types.has(Types::SEQUENCE)).then_some(if field.ctx == Ctx::W5 {
        &OPEN_MATRIX
    } else {
        &OPEN_NONE
    })
}

impl<'t> Tags<'t> {
    /// Reads the first document of `tree` as `root`.
    #[must_use]
    pub fn new(tree: &'t Tree, root: &'static Map) -> Self {
        let Some(node) = tree.root() else { return Self::default() };
        // About every other node is a key.
        let places = Vec::with_capacity(tree.nodes().len() / 2 + 1);
        let mut tags = Self { places, cut: false, meant: Vec::new() };
        let mut walk = Walk { tags: &mut tags, aliases: Vec::new() };
        let map = (node.resolve().kind() == Kind::Mapping).then_some(root);
        let (through_alias, strange) = (false, false);
        walk.add(Place { node, field: None, map, key: None, parent: 0, through_alias, strange }, 0);
        tags
    }

    /// The way from the root to a place, as the grammar sees it: through aliases.
    #[must_use]
    pub fn path(&self, place: usize) -> Path {
        let mut steps = Vec::new();
        let mut at = place;
        while at != 0 {
            let Some(place) = self.places.get(at) else { break };
            steps.push(match place.name() {
                Some(key) => Step::Key(key.to_owned()),
                None => Step::Index(self.index(at)),
            });
            at = place.parent;
        }
        steps.reverse();
        Path(steps)
    }

    /// Which item of its list a place is, from 0.
    fn index(&self, at: usize) -> usize {
        let Some(place) = self.places.get(at) else { return 0 };
        let Some(list) = self.places.get(place.parent) else { return 0 };
        list.node.items().position(|item| item == place.node).unwrap_or_default()
    }

    /// The places around a place, the nearest first, itself not included.
    pub fn around(&self, place: usize) -> impl Iterator<Item = &Place<'t>> {
        let next = |at: usize| (at != 0).then(|| self.places.get(at).map(|place| place.parent)).flatten();
        std::iter::successors(next(place), move |at| next(*at)).filter_map(|at| self.places.get(at))
    }
}

struct Walk<'w, 't> {
    tags: &'w mut Tags<'t>,
    /// Nodes that aliases lead to, on the way here: one that comes again is recursive.
    aliases: Vec<NodeId>,
}

impl<'t> Walk<'_, 't> {
    fn add(&mut self, place: Place<'t>, depth: usize) {
        if self.tags.places.len() >= MAX_PLACES || depth > MAX_DEPTH {
            self.tags.cut = true;
            return;
        }
        let at = self.tags.places.len();
        self.tags.places.push(place);
        let target = place.node.resolve();
        let alias = place.node.kind() == Kind::Alias;
        if alias {
            if self.aliases.contains(&target.id()) {
                // Nobody looks whether it is.
                self.tags.places[at].strange = true;
                return;
            }
            self.aliases.push(target.id());
        }
        let through_alias = place.through_alias || alias;
        match target.kind() {
            Kind::Mapping => {
                let mut own_meant: Vec<&'static str> = Vec::new();
                for entry in target.entries() {
                    let name = entry.name();
                    let own = name.zip(place.map).and_then(|(name, map)| map.field(name));
                    let merge = name == Some("<<") && entry.key.source() == "<<";
                    self.tags.places[at].strange |= own.is_none() || merge;
                    let meant = || {
                        let meant =
                            in_other_case(&place, name?).filter(|field| !own_meant.contains(&field.key))?;
                        own_meant.push(meant.key);
                        // What an alias repeats means what it does where it is written.
                        if !through_alias {
                            self.tags.meant.push((entry.key.id(), meant.key));
                        }
                        Some(meant)
                    };
                    let field = own.or_else(|| other_field(&place, name)).filter(|_| !merge).or_else(meant);
                    let Some(field) = field else { continue };
                    let map = shape(field, entry.value);
                    let node = entry.value;
                    let child = Place {
                        node,
                        field: Some(field),
                        map,
                        key: Some(entry.key),
                        parent: at,
                        through_alias,
                        strange: false,
                    };
                    self.add(child, depth + 1);
                }
            }
            Kind::Sequence => {
                let items = place.field.and_then(|field| field.items.or_else(|| below(field)));
                if let Some(field) = items {
                    for node in target.items() {
                        let (map, strange) = (shape(field, node), false);
                        let field = Some(field);
                        self.add(
                            Place { node, field, map, key: None, parent: at, through_alias, strange },
                            depth + 1,
                        );
                    }
                }
            }
            Kind::Scalar | Kind::Alias => {}
        }
        if alias {
            self.aliases.pop();
        }
    }
}

/// The field of a key that the map does not know: that of another shape that the mapping could have, so that a key in
/// the wrong place still has its meaning.
fn other_field(place: &Place<'_>, key: Option<&str>) -> Option<&'static Field> {
    let maps = place.field.map_or(&[][..], |field| field.maps);
    if place.map.is_none() && maps.is_empty() {
        return place.field.and_then(below);
    }
    let key = key?;
    maps.iter().find_map(|map| map.named(key))
}

/// The field of a key in the wrong case, as long as the right one does not stand beside it.
fn in_other_case(place: &Place<'_>, key: &str) -> Option<&'static Field> {
    let maps = place.field.map_or(&[][..], |field| field.maps);
    let mut all = place.map.into_iter().chain(maps.iter().copied());
    let meant = all.find_map(|map| map.in_other_case(key))?;
    place.node.resolve().get(meant.key).is_none().then_some(meant)
}

fn shape(field: &'static Field, node: Node<'_>) -> Option<&'static Map> {
    (node.resolve().kind() == Kind::Mapping).then(|| choose(field.maps, node)).flatten()
}
