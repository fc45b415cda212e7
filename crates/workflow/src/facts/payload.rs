//! What `github.event` holds, by event and activity type.
//!
//! The table is `data/payload.json` (its form is described in `data/README.md`). It covers the webhooks that can start
//! a workflow; what it does not cover is [`Found::Unknown`].

use serde_json::{Map, Value};

use super::events;

/// The table of payloads.
#[derive(Clone, Debug)]
pub struct Payloads {
    shared: Vec<Value>,
    events: Map<String, Value>,
}

/// An event that may have started the run, with the activity types that its trigger lists; none listed means those
/// that count when `types` is not set.
#[derive(Clone, Copy, Debug)]
pub struct Trigger<'a> {
    /// The event.
    pub event: &'a str,
    /// Its activity types.
    pub types: &'a [&'a str],
}

/// What is known about a place in the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing: anything may be there.
    Unknown,
    /// None of the triggers has it, so it is always null.
    Absent,
    /// At least one trigger has it; what it can be.
    Known(Kinds),
}

/// A set of kinds that a value can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// A text.
    pub const STRING: Self = Self(1);
    /// A number.
    pub const NUMBER: Self = Self(2);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self(4);
    /// An object.
    pub const OBJECT: Self = Self(8);
    /// An array.
    pub const ARRAY: Self = Self(16);
    /// Null. Every place that is not in all of the triggers' payloads can be null too.
    pub const NULL: Self = Self(32);

    /// Whether all of `other` is in it.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Reads letters such as `sz`; `a:s` is an array.
    fn parse(letters: &str) -> Self {
        letters.split(':').next().unwrap_or("").chars().fold(Self(0), |kinds, letter| {
            kinds.or(match letter {
                's' => Self::STRING,
                'n' => Self::NUMBER,
                'b' => Self::BOOLEAN,
                'o' => Self::OBJECT,
                'a' => Self::ARRAY,
                'z' => Self::NULL,
                _ => Self(0),
            })
        })
    }
}

/// A place in the tree of one payload.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Letters without children.
    Leaf(&'a str),
    /// A mapping of children, with its own kind under the key `""`.
    Object(&'a Map<String, Value>),
    /// An item of an array of such objects.
    Item(&'a Map<String, Value>),
}

impl Payloads {
    /// Reads the table.
    ///
    /// # Errors
    /// When the text is not JSON of the form that `data/README.md` describes.
    pub fn from_json(json: &str) -> Result<Self, String> {
        let mut table: Map<String, Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        match (table.remove("shared"), table.remove("events")) {
            (Some(Value::Array(shared)), Some(Value::Object(events))) => Ok(Self { shared, events }),
            _ => Err("the table of payloads lacks `shared` or `events`".to_owned()),
        }
    }

    /// The table of this version.
    #[cfg(any(test, feature = "embedded"))]
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_json(include_str!("../../data/payload.json"))
            .unwrap_or(Self { shared: Vec::new(), events: Map::new() })
    }

    /// What `github.event.<path>` can be when one of `triggers` started the run. A step of the path is a property's
    /// name in any case; under an array, it is an index or `*`.
    #[must_use]
    pub fn at(&self, triggers: &[Trigger<'_>], path: &[&str]) -> Found {
        self.sent(triggers).at(path)
    }

    /// What `triggers` send, for those who ask about more than one place.
    #[must_use]
    pub fn sent(&self, triggers: &[Trigger<'_>]) -> Sent<'_> {
        Sent { payloads: self, roots: self.roots(triggers) }
    }

    /// Whether any event may have `github.event.<path>`, whatever its activity type.
    #[must_use]
    pub fn anywhere(&self, path: &[&str]) -> bool {
        let groups = self.events.values().filter_map(Value::as_object);
        let mut trees = groups.flat_map(|groups| groups.values()).filter_map(|tree| self.place(tree));
        trees.any(|root| !matches!(self.descend(root, path), Step::Absent))
    }

    /// The properties of `github.event.<path>` in any of the triggers' payloads, by name, with what they can be.
    #[must_use]
    pub fn members(&self, triggers: &[Trigger<'_>], path: &[&str]) -> Vec<(String, Kinds)> {
        let mut members: Vec<(String, Kinds)> = Vec::new();
        for root in self.roots(triggers).into_iter().flatten() {
            let Step::Known(Place::Object(map) | Place::Item(map)) = self.descend(root, path) else {
                continue;
            };
            for (name, value) in map.iter().filter(|(name, _)| !name.is_empty()) {
                let kinds = self.place(value).map_or(Kinds::default(), Place::kinds);
                match members.iter_mut().find(|(known, _)| known == name) {
                    Some((_, known)) => *known = known.or(kinds),
                    None => members.push((name.clone(), kinds)),
                }
            }
        }
        members.sort_by(|a, b| a.0.cmp(&b.0));
        members
    }

    /// The tree of each payload that the triggers can bring; `None` for one that is not known.
    fn roots(&self, triggers: &[Trigger<'_>]) -> Vec<Option<Place<'_>>> {
        let mut roots = Vec::new();
        for trigger in triggers {
            let event = events::event(trigger.event);
            let payload = event.and_then(|event| event.payload).unwrap_or(trigger.event);
            let Some(groups) = self.events.get(payload).and_then(Value::as_object) else {
                roots.push(None);
                continue;
            };
            let types = match trigger.types {
                [] => event.map_or(&[][..], |event| event.types_when_omitted()),
                types => types,
            };
            let has = |group: &str, kind: &str| group.split(' ').any(|own| own == kind);
            let typed = groups.keys().any(|group| !group.is_empty());
            // A type that the table does not know: its payload may hold anything.
            if typed && types.iter().any(|kind| !groups.keys().any(|group| has(group, kind))) {
                roots.push(None);
            }
            for (group, tree) in groups {
                if types.is_empty() || !typed || types.iter().any(|kind| has(group, kind)) {
                    roots.push(self.place(tree));
                }
            }
        }
        roots
    }

    fn place<'a>(&'a self, value: &'a Value) -> Option<Place<'a>> {
        match value {
            Value::String(letters) => Some(Place::Leaf(letters)),
            Value::Object(map) => Some(Place::Object(map)),
            // Shared trees do not point at other shared trees directly, only from within.
            Value::Number(index) => match self.shared.get(usize::try_from(index.as_u64()?).ok()?)? {
                Value::String(letters) => Some(Place::Leaf(letters)),
                Value::Object(map) => Some(Place::Object(map)),
                _ => None,
            },
            _ => None,
        }
    }

    fn descend<'a>(&'a self, mut place: Place<'a>, path: &[&str]) -> Step<'a> {
        for step in path {
            let next = match place {
                Place::Leaf(letters) => match letters.split_once(':') {
                    Some((_, item)) if is_index(step) => Step::Known(Place::Leaf(item)),
                    _ if Kinds::parse(letters).has(Kinds::OBJECT) => Step::Unknown,
                    _ if Kinds::parse(letters).has(Kinds::ARRAY) && is_index(step) => Step::Unknown,
                    _ if Kinds::parse(letters) == Kinds::default() => Step::Unknown,
                    _ => Step::Absent,
                },
                Place::Object(map) if place.kinds().has(Kinds::ARRAY) => {
                    if is_index(step) {
                        Step::Known(Place::Item(map))
                    } else {
                        Step::Absent
                    }
                }
                Place::Object(map) | Place::Item(map) => {
                    // All names are in lower case, and nearly everybody writes them so.
                    let upper = step.bytes().any(|byte| byte.is_ascii_uppercase());
                    let member = if upper { map.get(&step.to_ascii_lowercase()) } else { map.get(*step) };
                    let member = member.filter(|_| !step.is_empty());
                    match (member, *step) {
                        (Some(value), _) => self.place(value).map_or(Step::Unknown, Step::Known),
                        (None, "*") => Step::Unknown,
                        (None, _) => Step::Absent,
                    }
                }
            };
            match next {
                Step::Known(inner) => place = inner,
                other => return other,
            }
        }
        Step::Known(place)
    }
}

/// The payloads that some triggers can bring.
pub struct Sent<'a> {
    payloads: &'a Payloads,
    roots: Vec<Option<Place<'a>>>,
}

impl Sent<'_> {
    /// As [`Payloads::at`].
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Found {
        let (mut found, mut everywhere) = (None::<Kinds>, true);
        for root in &self.roots {
            let Some(root) = root else { return Found::Unknown };
            match self.payloads.descend(*root, path) {
                Step::Known(place) => {
                    let kinds = place.kinds();
                    if kinds == Kinds::default() {
                        return Found::Unknown;
                    }
                    found = Some(found.unwrap_or_default().or(kinds));
                }
                Step::Unknown => return Found::Unknown,
                Step::Absent => everywhere = false,
            }
        }
        match found {
            Some(kinds) if everywhere => Found::Known(kinds),
            Some(kinds) => Found::Known(kinds.or(Kinds::NULL)),
            None if everywhere => Found::Unknown,
            None => Found::Absent,
        }
    }
}

/// Where a path leads.
enum Step<'a> {
    Known(Place<'a>),
    Unknown,
    Absent,
}

impl Place<'_> {
    fn kinds(self) -> Kinds {
        match self {
            Self::Leaf(letters) => Kinds::parse(letters),
            Self::Object(map) => match map.get("") {
                Some(Value::String(letters)) => Kinds::parse(letters),
                _ => Kinds::OBJECT,
            },
            Self::Item(_) => Kinds::OBJECT,
        }
    }
}

fn is_index(step: &str) -> bool {
    step == "*" || (!step.is_empty() && step.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(event: &str, types: &[&str], path: &str) -> Found {
        let path: Vec<&str> = path.split('.').filter(|step| !step.is_empty()).collect();
        Payloads::embedded().at(&[Trigger { event, types }], &path)
    }

    #[test]
    fn places_of_the_usual_payloads() {
        let text = Found::Known(Kinds::STRING);
        for (event, types, path, expected) in [
            ("push", &[][..], "ref", text),
            ("push", &[], "Head_Commit.Message", text),
            ("push", &[], "commits.0.author.name", text),
            ("push", &[], "commits.*.id", text),
            ("push", &[], "commits", Found::Known(Kinds::ARRAY)),
            ("push", &[], "commits.id", Found::Absent),
            // GitHub leaves these out for workflows.
            ("push", &[], "head_commit.modified", Found::Absent),
            ("push", &[], "pull_request", Found::Absent),
            ("push", &[], "", Found::Known(Kinds::OBJECT)),
            ("pull_request", &[], "pull_request.number", Found::Known(Kinds::NUMBER)),
            ("pull_request", &[], "pull_request.head.ref", text),
            ("pull_request", &[], "pull_request.labels.*.name", text),
            ("pull_request_target", &[], "pull_request.head.sha", text),
            ("pull_request", &[], "label", Found::Absent),
            ("pull_request", &["labeled"], "label.name", text),
            ("pull_request", &["labeled", "opened"], "label.name", text.or_null()),
            ("pull_request", &["closed"], "pull_request.merged", Found::Known(Kinds::BOOLEAN)),
            ("issue_comment", &[], "comment.body", text),
            ("workflow_dispatch", &[], "inputs.name", Found::Unknown),
            ("repository_dispatch", &["retrain"], "client_payload.model", Found::Unknown),
            ("repository_dispatch", &[], "action", text),
            ("deployment", &[], "deployment.environment", text),
            ("schedule", &[], "schedule", text),
            ("project_column", &["updated"], "x", Found::Unknown),
            ("workflow_call", &[], "ref", Found::Unknown),
            ("image_version", &[], "x", Found::Unknown),
            ("nonsense", &[], "ref", Found::Unknown),
        ] {
            assert_eq!(find(event, types, path), expected, "{event} {types:?} {path}");
        }
    }

    #[test]
    fn several_triggers_are_joined() {
        let payloads = Payloads::embedded();
        let both = [Trigger { event: "push", types: &[] }, Trigger { event: "pull_request", types: &[] }];
        assert_eq!(payloads.at(&both, &["number"]), Found::Known(Kinds::NUMBER.or(Kinds::NULL)));
        assert_eq!(payloads.at(&both, &["issue"]), Found::Absent);
        assert_eq!(payloads.at(&[], &["issue"]), Found::Unknown);
        let members = payloads.members(&both, &[]);
        assert!(members.iter().any(|(name, _)| name == "head_commit"));
        assert!(members.iter().any(|(name, _)| name == "pull_request"));
        assert!(members.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(payloads.members(&both, &["ref"]).is_empty());
    }

    #[test]
    fn every_event_with_a_payload_has_a_tree_for_its_types() {
        let payloads = Payloads::embedded();
        for event in
            events::EVENTS.iter().filter(|event| event.payload.is_some() && event.name != "project_column")
        {
            let trigger = [Trigger { event: event.name, types: event.types }];
            assert_eq!(payloads.at(&trigger, &[]), Found::Known(Kinds::OBJECT), "{}", event.name);
            assert_ne!(payloads.members(&trigger, &[]).len(), 0);
        }
    }

    #[test]
    fn all_names_are_in_lower_case() {
        fn check(value: &Value) {
            for (name, value) in value.as_object().into_iter().flatten() {
                assert_eq!(*name, name.to_lowercase());
                check(value);
            }
        }
        let payloads = Payloads::embedded();
        payloads.shared.iter().chain(payloads.events.values()).for_each(check);
    }

    #[test]
    fn a_broken_table_is_an_error() {
        assert!(Payloads::from_json("").is_err());
        assert!(Payloads::from_json("[]").is_err());
        assert!(Payloads::from_json("{\"shared\":{},\"events\":{}}").is_err());
    }

    impl Found {
        fn or_null(self) -> Self {
            match self {
                Self::Known(kinds) => Self::Known(kinds.or(Kinds::NULL)),
                other => other,
            }
        }
    }
}
