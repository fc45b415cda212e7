//! What is known of a value before it exists.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::value::{Kind, Value, equal_text};

/// The type of an expression. `Any` is the honest answer when nothing is known, and never a reason for a complaint.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// Nothing is known.
    Any,
    /// Always `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A text.
    String,
    /// A text, a number, a boolean or `null`: neither a list nor an object.
    Scalar,
    /// A list with items of one type.
    Array(Arc<Type>),
    /// The result of `.*`: a list to whose items a further property or index applies.
    Filtered(Arc<Type>),
    /// Names with values.
    Object(ObjectType),
}

/// What is known of an object: its properties, and what any other name gives. Names are compared without regard to case.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectType(Arc<Shape>);

#[derive(Clone, Debug, PartialEq)]
struct Shape {
    props: Vec<(Cow<'static, str>, Type)>,
    tables: Vec<(Table, u32)>,
    rest: Rest,
}

/// What a name gives that is not among the properties of an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// Nothing: it is a mistake to ask for it.
    Nothing,
    /// A value of this type; `Any` when nothing is known.
    Of(Type),
}

/// Properties that are looked up when they are asked for, such as those of the payload of an event, because there are
/// too many of them to build.
pub trait Properties: Sync {
    /// The type of property `name` (compared without regard to case) of object `node`.
    fn get(&self, node: u32, name: &str) -> Option<Type>;
    /// The names of all properties of object `node`.
    fn names(&self, node: u32) -> Vec<&'static str>;
}

#[derive(Clone, Copy)]
struct Table(&'static dyn Properties);

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(self.0, other.0)
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Table")
    }
}

impl ObjectType {
    /// The type of a property; `None` when there is none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Type> {
        let shape = &*self.0;
        if let Some((_, ty)) = shape.props.iter().find(|(key, _)| equal_text(key, name)) {
            return Some(ty.clone());
        }
        let found = shape.tables.iter().filter_map(|(table, node)| table.0.get(*node, name));
        found.reduce(Type::merge).or_else(|| match &shape.rest {
            Rest::Nothing => None,
            Rest::Of(ty) => Some(ty.clone()),
        })
    }

    /// The names of the properties that are known, each once.
    #[must_use]
    pub fn names(&self) -> Vec<Cow<'static, str>> {
        let mut names: Vec<Cow<'static, str>> = self.0.props.iter().map(|(name, _)| name.clone()).collect();
        for name in self.0.tables.iter().flat_map(|(table, node)| table.0.names(*node)) {
            if !names.iter().any(|known| equal_text(known, name)) {
                names.push(name.into());
            }
        }
        names
    }

    /// What any other name gives.
    #[must_use]
    pub fn rest(&self) -> &Rest {
        &self.0.rest
    }

    /// The type that all values have in common.
    pub(super) fn values(&self) -> Type {
        let named = self.0.props.iter().map(|(_, ty)| ty.clone());
        let rest = match &self.0.rest {
            Rest::Nothing if self.0.tables.is_empty() => None,
            Rest::Nothing => Some(Type::Any),
            Rest::Of(ty) => Some(ty.clone()),
        };
        named.chain(rest).reduce(Type::merge).unwrap_or(Type::Any)
    }

    /// Whether it is known that there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.props.is_empty() && self.0.tables.is_empty() && self.0.rest == Rest::Nothing
    }

    /// Whether a name that is not known may still exist and be of any type.
    pub(super) fn is_loose(&self) -> bool {
        matches!(self.0.rest, Rest::Of(Type::Any))
    }
}

impl Type {
    /// A list of `item`s.
    #[must_use]
    pub fn array(item: Type) -> Self {
        Self::Array(Arc::new(item))
    }

    pub(super) fn filtered(item: Type) -> Self {
        Self::Filtered(Arc::new(item))
    }

    fn object<K: Into<Cow<'static, str>>>(props: impl IntoIterator<Item = (K, Type)>, rest: Rest) -> Self {
        let props = props.into_iter().map(|(name, ty)| (name.into(), ty)).collect();
        Self::Object(ObjectType(Arc::new(Shape { props, tables: Vec::new(), rest })))
    }

    /// An object with these properties and no others: asking for another one is a mistake.
    #[must_use]
    pub fn strict_object<K: Into<Cow<'static, str>>>(props: impl IntoIterator<Item = (K, Type)>) -> Self {
        Self::object(props, Rest::Nothing)
    }

    /// An object with these properties and perhaps others, of which nothing is known.
    #[must_use]
    pub fn loose_object<K: Into<Cow<'static, str>>>(props: impl IntoIterator<Item = (K, Type)>) -> Self {
        Self::object(props, Rest::Of(Type::Any))
    }

    /// An object with these properties and any others of type `value`.
    #[must_use]
    pub fn mapped_object<K: Into<Cow<'static, str>>>(
        props: impl IntoIterator<Item = (K, Type)>,
        value: Type,
    ) -> Self {
        Self::object(props, Rest::Of(value))
    }

    /// An object whose properties are the union of those of `nodes` in `table`; any other name is `rest`.
    #[must_use]
    pub fn table_object(table: &'static dyn Properties, nodes: &[u32], rest: Rest) -> Self {
        let tables = nodes.iter().map(|node| (Table(table), *node)).collect();
        Self::Object(ObjectType(Arc::new(Shape { props: Vec::new(), tables, rest })))
    }

    /// The type of a value.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(array) => {
                let item = array.items().iter().map(Self::of).reduce(Self::merge).unwrap_or(Self::Any);
                if array.filtered { Self::filtered(item) } else { Self::array(item) }
            }
            Value::Object(object) => {
                let props = object.entries().map(|(name, value)| (name.to_owned(), Self::of(value)));
                if object.rest().is_some() { Self::loose_object(props) } else { Self::strict_object(props) }
            }
            Value::Unknown(_) => Self::Any,
        }
    }

    /// The type of something that is of one type or the other: what both have in common, else `Any`. Of two objects it
    /// has the properties of both.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Array(a), Self::Array(b)) => Self::array((*a).clone().merge((*b).clone())),
            (Self::Filtered(a), Self::Filtered(b)) => Self::filtered((*a).clone().merge((*b).clone())),
            (Self::Object(a), Self::Object(b)) => {
                let rest = match (&a.0.rest, &b.0.rest) {
                    (Rest::Nothing, rest) | (rest, Rest::Nothing) => rest.clone(),
                    (Rest::Of(a), Rest::Of(b)) => Rest::Of(a.clone().merge(b.clone())),
                };
                let mut props = a.0.props.clone();
                for (name, ty) in &b.0.props {
                    match props.iter_mut().find(|(key, _)| equal_text(key, name)) {
                        Some((_, old)) => *old = std::mem::replace(old, Self::Any).merge(ty.clone()),
                        None => props.push((name.clone(), ty.clone())),
                    }
                }
                let mut tables = a.0.tables.clone();
                tables.extend(b.0.tables.iter().filter(|entry| !a.0.tables.contains(entry)).copied());
                Self::Object(ObjectType(Arc::new(Shape { props, tables, rest })))
            }
            (a, b) if a.is_scalar() && b.is_scalar() => Self::Scalar,
            _ => Self::Any,
        }
    }

    /// The kind of its values; `None` when it is not certain.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Any | Self::Scalar => return None,
            Self::Null => Kind::Null,
            Self::Bool => Kind::Boolean,
            Self::Number => Kind::Number,
            Self::String => Kind::String,
            Self::Array(_) | Self::Filtered(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        })
    }

    fn is_scalar(&self) -> bool {
        matches!(self, Self::Null | Self::Bool | Self::Number | Self::String | Self::Scalar)
    }

    pub(super) fn is_collection(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Filtered(_) | Self::Object(_))
    }
}

/// For a person, with an article where a sentence needs one: `a text`, `an object`.
pub(super) fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}

impl fmt::Display for Type {
    /// For hover texts: `string`, `array of number`, `object with id, network`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => out.write_str("any"),
            Self::Null => out.write_str("null"),
            Self::Bool => out.write_str("boolean"),
            Self::Number => out.write_str("number"),
            Self::String => out.write_str("string"),
            Self::Scalar => out.write_str("single value"),
            Self::Array(item) | Self::Filtered(item) if **item == Self::Any => out.write_str("array"),
            Self::Array(item) | Self::Filtered(item) => write!(out, "array of {item}"),
            Self::Object(object) => {
                let names = object.names();
                match names.len() {
                    0 => out.write_str("object"),
                    1..=6 => write!(out, "object with {}", names.join(", ")),
                    more => write!(out, "object with {} and {} more", names[..5].join(", "), more - 5),
                }
            }
        }
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Any kind.
    pub const ALL: Self = Self(0b11_1111);
    /// All but lists and objects.
    pub const SCALAR: Self = Self(0b00_1111);

    /// These kinds.
    #[must_use]
    pub const fn of(kinds: &[Kind]) -> Self {
        let (mut set, mut i) = (0, 0);
        while i < kinds.len() {
            set |= 1 << kinds[i] as u8;
            i += 1;
        }
        Self(set)
    }

    /// Whether a kind is among them.
    #[must_use]
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    /// Whether none of the others is among them.
    #[must_use]
    pub const fn lacks_all(self, others: Self) -> bool {
        self.0 & others.0 == 0
    }

    /// For a person: `a string or a number`.
    #[must_use]
    pub fn describe(self) -> String {
        const KINDS: [Kind; 6] =
            [Kind::String, Kind::Number, Kind::Boolean, Kind::Array, Kind::Object, Kind::Null];
        let nouns: Vec<_> = KINDS.into_iter().filter(|kind| self.has(*kind)).map(noun).collect();
        match &nouns[..] {
            [] => "nothing".into(),
            [one] => (*one).into(),
            [most @ .., last] => format!("{} or {last}", most.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Payload;

    impl Properties for Payload {
        fn get(&self, node: u32, name: &str) -> Option<Type> {
            match (node, name) {
                (1, "number") => Some(Type::Number),
                (1 | 2, "sender") => Some(Type::String),
                _ => None,
            }
        }

        fn names(&self, node: u32) -> Vec<&'static str> {
            if node == 1 { vec!["number", "sender"] } else { vec!["sender"] }
        }
    }

    #[test]
    fn objects_look_up_properties() {
        let Type::Object(table) = Type::table_object(&Payload, &[1, 2], Rest::Nothing) else { panic!() };
        assert_eq!(table.get("number"), Some(Type::Number));
        assert_eq!(table.get("sender"), Some(Type::String));
        assert_eq!(table.get("other"), None);
        assert_eq!(table.names(), ["number", "sender"]);
        let Type::Object(map) = Type::mapped_object([("A", Type::Number)], Type::String) else { panic!() };
        assert_eq!((map.get("a"), map.get("b")), (Some(Type::Number), Some(Type::String)));
    }

    #[test]
    fn merging_keeps_what_is_common() {
        assert_eq!(Type::String.merge(Type::String), Type::String);
        assert_eq!(Type::String.merge(Type::Number), Type::Scalar);
        assert_eq!(Type::String.merge(Type::array(Type::String)), Type::Any);
        assert_eq!(Type::array(Type::Null).merge(Type::array(Type::Bool)), Type::array(Type::Scalar));
        let both = Type::strict_object([("a", Type::Bool)])
            .merge(Type::strict_object([("A", Type::Bool), ("b", Type::Null)]));
        assert_eq!(both, Type::strict_object([("a", Type::Bool), ("b", Type::Null)]));
    }

    #[test]
    fn prints_for_people() {
        assert_eq!(
            Type::array(Type::strict_object([("id", Type::String)])).to_string(),
            "array of object with id"
        );
        assert_eq!(
            Kinds::of(&[Kind::Number, Kind::String, Kind::Null]).describe(),
            "a string, a number or null"
        );
    }
}
