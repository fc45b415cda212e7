//! The table of the workflow language: one declaration a key, read by validation, completion, hover and forms.
//!
//! A [`Map`] is a mapping of the grammar, a [`Field`] one of its keys. Where several shapes are possible (a step that
//! runs a script, a step that uses an action), a field has several maps, and [`choose`] says which one a mapping is.
//! Facts: GitHub's own workflow and action schemas.

mod action;
mod broken;
mod container;
mod ctx;
mod job;
mod make;
mod meant;
mod on;
mod permissions;
mod step;
mod strategy;
mod tags;

mod workflow;

pub use ctx::{Ctx, FunctionUse};
pub use meant::read;
pub use tags::{Place, Tags};

use make::{field, item};
use stepladder_yaml::{Entry, Kind, Node, Path, Tree, path};

/// Kinds of values, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// No value at all.
    pub const NULL: Self = Self(1);
    /// Text; a number or a boolean is taken as its text.
    pub const STRING: Self = Self(2);
    /// `true` or `false`.
    pub const BOOL: Self = Self(4);
    /// A number.
    pub const NUMBER: Self = Self(8);
    /// Keys and values.
    pub const MAPPING: Self = Self(16);
    /// A list.
    pub const SEQUENCE: Self = Self(32);
    /// Anything.
    pub const ANY: Self = Self(63);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every kind of `other` is in this set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether some scalar that says something is in this set.
    #[must_use]
    pub const fn has_scalar(self) -> bool {
        self.0 & (Self::STRING.0 | Self::BOOL.0 | Self::NUMBER.0) != 0
    }

    /// Names of the kinds, for a sentence: "text", "a list", "a mapping".
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        [
            (Self::STRING, "text"),
            (Self::BOOL, "`true` or `false`"),
            (Self::NUMBER, "a number"),
            (Self::SEQUENCE, "a list"),
            (Self::MAPPING, "a mapping of keys and values"),
            (Self::NULL, "nothing"),
        ]
        .into_iter()
        .filter(|(kind, _)| self.has(*kind))
        .map(|(_, name)| name)
        .collect()
    }
}

/// Which values a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Any text.
    Free,
    /// One of these, nothing else.
    Closed(&'static [&'static str]),
    /// Some of these are known, others are possible.
    Open(&'static [&'static str]),
    /// The events' names.
    Events,
    /// The activity types of this event.
    Activities(&'static str),
    /// The icons of the Marketplace.
    Icons,
    /// The colours of the Marketplace.
    Colors,
    /// Runner labels: hosted ones are known, others are possible.
    Labels,
    /// Shells: known ones, and any command with `{0}`.
    Shells,
}

impl Values {
    /// The known values; empty for free text.
    #[must_use]
    pub fn list(self) -> Vec<&'static str> {
        match self {
            Self::Free => Vec::new(),
            Self::Closed(list) | Self::Open(list) => list.to_vec(),
            Self::Events => crate::facts::events::EVENTS.iter().map(|event| event.name).collect(),
            Self::Activities(event) => {
                crate::facts::events::event(event).map(|event| event.types.to_vec()).unwrap_or_default()
            }
            Self::Icons => crate::facts::branding::icons().collect(),
            Self::Colors => crate::facts::branding::COLORS.to_vec(),
            Self::Labels => crate::facts::runners::HOSTED.iter().map(|runner| runner.label).collect(),
            Self::Shells => crate::facts::runners::SHELLS.iter().map(|shell| shell.name).collect(),
        }
    }

    /// Whether nothing but [`Values::list`] is allowed.
    #[must_use]
    pub fn closed(self) -> bool {
        matches!(self, Self::Closed(_) | Self::Events | Self::Activities(_) | Self::Icons | Self::Colors)
    }
}

/// How a form shows a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// A script.
    Script,
    /// A switch.
    Toggle,
    /// A number.
    Number,
    /// One of some values.
    Choice,
    /// A list of texts.
    List,
    /// Names and values that the person chooses.
    Pairs,
    /// A condition.
    Condition,
    /// A cron expression.
    Cron,
    /// Runner labels.
    Runner,
    /// An action or a reusable workflow.
    Uses,
    /// Ids of other jobs.
    Needs,
    /// The rows of a matrix.
    Matrix,
    /// What a token may do, scope by scope.
    Permissions,
    /// A container: its image, or more about it.
    Container,
    /// Containers beside the job, by name.
    Services,
    /// How to sign in to a registry.
    Credentials,
    /// A form of its own.
    Form,
    /// No form: the YAML itself.
    Yaml,
}

impl Widget {
    /// Whether it is made of the fields of a mapping, for which a text stands that names something.
    #[must_use]
    pub const fn is_form(self) -> bool {
        use Widget::{Container, Credentials, Form, Matrix, Permissions, Services};
        matches!(self, Form | Matrix | Permissions | Container | Services | Credentials)
    }
}

/// A mapping of the grammar.
#[derive(Debug)]
pub struct Map {
    /// Its place in the grammar, such as `jobs.<job_id>.strategy`; `{…}` tells the alternatives of one place apart.
    pub name: &'static str,
    /// What a person calls it: "step", "container".
    pub title: &'static str,
    /// Its keys, in the order in which new ones are inserted.
    pub fields: &'static [Field],
    /// The value of keys that the person names freely; its `key` is a placeholder such as `<job_id>`.
    pub free: Option<&'static Field>,
    /// Keys of which at most one may stand here at a time.
    pub exclusive: &'static [&'static [&'static str]],
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// Label in forms.
    pub title: &'static str,
    /// What it means, in one or two sentences of Markdown.
    pub doc: &'static str,
    /// What kind of value it takes. Where [`Field::ctx`] allows expressions, a single `${{ }}` may stand for any of them.
    pub types: Types,
    /// Whether the mapping needs it.
    pub required: bool,
    /// Whether an empty value is refused.
    pub nonempty: bool,
    /// Whether an empty text, though it is taken, does nothing.
    pub idle_when_empty: bool,
    /// Which texts are allowed (in a list: those of [`Field::items`]).
    pub values: Values,
    /// Which contexts and functions its value may use.
    pub ctx: Ctx,
    /// What holds when it is absent.
    pub default: Option<&'static str>,
    /// The shapes of its mapping.
    pub maps: &'static [&'static Map],
    /// The items of its list.
    pub items: Option<&'static Field>,
    /// How a form shows it.
    pub widget: Widget,
}

impl Map {
    /// The field of that key, else the one for free keys.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.named(key).or_else(|| self.free.filter(|_| self.in_other_case(key).is_none()))
    }

    /// The field whose key is `key` but for its case, where no person may choose such a key.
    #[must_use]
    pub fn in_other_case(&self, key: &str) -> Option<&'static Field> {
        let is_chosen = self.free.is_some() && !self.passes_over_others();
        let mut fields = self.fields.iter().filter(|_| !is_chosen);
        fields.find(|field| field.key != key && field.key.eq_ignore_ascii_case(key))
    }

    /// Whether it has keys of its own, and GitHub does not read the others that may stand beside them.
    #[must_use]
    pub fn passes_over_others(&self) -> bool {
        !self.fields.is_empty() && self.free.is_some_and(|free| free.types == Types::ANY)
    }

    /// The field of that key, free keys aside.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// The root of a workflow file.
pub static WORKFLOW: &Map = &workflow::WORKFLOW;

/// The root of an action's metadata file.
pub static ACTION: &Map = &action::ACTION;

/// Every map of the table that can be reached from `root`, each once, parents first.
#[must_use]
pub fn all(root: &'static Map) -> Vec<&'static Map> {
    let mut maps = vec![root];
    let mut at = 0;
    while let Some(map) = maps.get(at).copied() {
        at += 1;
        for field in map.fields.iter().chain(map.free) {
            let items = field.items.map_or(&[][..], |items| items.maps);
            for next in field.maps.iter().chain(items) {
                if !maps.iter().any(|known| std::ptr::eq(*known, *next)) {
                    maps.push(next);
                }
            }
        }
    }
    maps
}

/// Which of `maps` the mapping `node` is; a key in capitals is taken for the one that is meant. `None`: there is none to choose,
/// or nothing in the node tells.
#[must_use]
pub fn choose(maps: &'static [&'static Map], node: Node<'_>) -> Option<&'static Map> {
    let (first, rest) = maps.split_first()?;
    if rest.is_empty() {
        return Some(first);
    }
    let meant = |key: &str| {
        let is = |entry: &Entry<'_>| entry.name().is_some_and(|name| name.eq_ignore_ascii_case(key));
        node.get(key).or_else(|| node.entries().find(is).map(|entry| entry.value))
    };
    if std::ptr::eq(*first, &raw const job::NORMAL) {
        return Some(if meant("uses").is_some() { &job::CALL } else { &job::NORMAL });
    }
    if std::ptr::eq(*first, &raw const action::RUNS_NODE) {
        return action::runs(meant("using").and_then(|using| using.as_str()).unwrap_or_default());
    }
    // A step: the key that makes it what it is. Each alternative has it as its one required key.
    let kind = |name: &str| STEP_KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(name));
    let kinds: Vec<&str> = node.entries().filter_map(|entry| kind(entry.name()?)).collect();
    maps.iter().copied().find(|map| kinds.iter().any(|kind| map.named(kind).is_some()))
}

/// The keys that make a step what it is.
const STEP_KINDS: [&str; 6] = ["run", "uses", "wait", "wait-all", "cancel", "parallel"];

/// Which mapping of the grammar the node at `path` is. `None`: none, or it cannot be told.
#[must_use]
pub fn at(path: &Path, tree: &Tree) -> Option<&'static Map> {
    lookup(path, tree)?.1
}

/// The field whose value the node at `path` is (for an item of a list: the item's). `None` at the root and where the
/// grammar knows nothing.
#[must_use]
pub fn field_at(path: &Path, tree: &Tree) -> Option<&'static Field> {
    lookup(path, tree)?.0
}

/// The values of `using`, of all shapes that `runs` of an action can have, outdated ones last.
#[must_use]
pub fn kinds_of_action() -> Vec<&'static str> {
    let shapes = ACTION.named("runs").map_or(&[][..], |field| field.maps);
    let fields = shapes.iter().filter_map(|shape| shape.named("using"));
    let mut kinds: Vec<&str> = fields.flat_map(|field| field.values.list()).collect();
    kinds.sort_by_key(|kind| is_outdated_kind(kind));
    kinds
}

/// Whether GitHub runs actions of that kind in another way than they say.
#[must_use]
pub fn is_outdated_kind(kind: &str) -> bool {
    matches!(kind, "node12" | "node16")
}

/// What stands in `tree`, an action's metadata, and only actions of other kinds have: keys of `runs`, and the values of
/// outputs, which but composite actions write to `$GITHUB_OUTPUT`.
#[must_use]
pub fn of_other_kinds(tree: &Tree) -> Vec<Path> {
    let runs = path!["runs"];
    let Some((using, node)) = kind_of_action(tree).zip(tree.at(&runs)) else { return Vec::new() };
    let Some(own) = action::runs(&using) else { return Vec::new() };
    let shapes = ACTION.named("runs").map_or(&[][..], |field| field.maps);
    let is_others =
        |key: &&str| own.named(key).is_none() && shapes.iter().any(|shape| shape.named(key).is_some());
    let keys = node.resolve().entries().filter_map(|entry| entry.name()).filter(is_others);
    let keys = keys.map(|key| runs.child(key));
    let outputs = tree.at(&path!["outputs"]).map(|node| node.resolve());
    let outputs = outputs.into_iter().flat_map(|node| node.entries());
    let values = outputs.filter_map(|entry| Some(path!["outputs", entry.name()?, "value"]));
    let values = values.filter(|path| tree.at(path).is_some() && is_of_other_kind(path, tree));
    keys.chain(values).collect()
}

/// Whether what could be at `path` is only for actions of another kind than this one, as the value of an output.
#[must_use]
pub fn is_of_other_kind(path: &Path, tree: &Tree) -> bool {
    use stepladder_yaml::Step::Key;
    let [Key(outputs), Key(_), Key(value)] = path.steps() else { return false };
    outputs == "outputs"
        && value == "value"
        && looks_like_action(tree)
        && kind_of_action(tree)
            .and_then(|using| action::runs(&using))
            .is_some_and(|own| own.named("steps").is_none())
}

fn kind_of_action(tree: &Tree) -> Option<String> {
    Some(tree.at(&path!["runs", "using"])?.resolve().as_str()?.to_string())
}

/// Whether `tree` is an action's metadata: it has `runs` and neither `on` nor `jobs`.
#[must_use]
pub fn looks_like_action(tree: &Tree) -> bool {
    tree.root().is_some_and(|root| {
        root.get("runs").is_some() && root.get("on").is_none() && root.get("jobs").is_none()
    })
}

fn lookup(path: &Path, tree: &Tree) -> Option<(Option<&'static Field>, Option<&'static Map>)> {
    let mut node = tree.root();
    let root = if looks_like_action(tree) { ACTION } else { WORKFLOW };
    let mut here = (None, Some(root));
    for step in path.steps() {
        here = match step {
            stepladder_yaml::Step::Key(key) => {
                node = node.and_then(|node| node.get(key));
                let field = here.1?.field(key)?;
                (Some(field), field.maps.first().copied().filter(|_| field.maps.len() == 1))
            }
            stepladder_yaml::Step::Index(index) => {
                node = node.and_then(|node| node.items().nth(*index));
                let field = here.0?.items?;
                (Some(field), field.maps.first().copied().filter(|_| field.maps.len() == 1))
            }
        };
        // What an alias repeats is chosen by what that says.
        let said = node.map(|node| node.resolve()).filter(|node| node.kind() == Kind::Mapping);
        if let (Some(field), Some(node)) = (here.0, said) {
            here.1 = choose(field.maps, node);
        }
    }
    Some(here)
}

#[cfg(test)]
mod tests;
