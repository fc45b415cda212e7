//! Values, and how they turn into each other and compare.
//!
//! A value may be unknown: what a run alone can tell. It says what would have to be known, and its truth where that is
//! certain all the same.

use std::cmp::Ordering;
use std::sync::Arc;

use super::number;

/// A value of an expression.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    String(Arc<str>),
    /// A list.
    Array(Array),
    /// Names with values.
    Object(Object),
    /// Not known here.
    Unknown(Unknown),
}

/// The kinds of known values, by GitHub's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// Names with values.
    Object,
}

/// A list. Copies share it, and only copies of the same list are equal in GitHub's sense.
#[derive(Clone, Debug)]
pub struct Array {
    items: Arc<[Value]>,
    /// Made by `.*`: a property or an index then applies to each item.
    pub(super) filtered: bool,
}

impl Array {
    /// Its items, in order.
    #[must_use]
    pub fn items(&self) -> &[Value] {
        &self.items
    }
}

/// Names with values, in order; names are compared without regard to case. Copies share it, as with [`Array`].
#[derive(Clone, Debug)]
pub struct Object(Arc<Entries>);

#[derive(Debug)]
struct Entries {
    entries: Vec<(Arc<str>, Value)>,
    rest: Option<Unknown>,
}

impl Object {
    /// Its names and values, in order, as far as they are known.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.entries.iter().map(|(name, value)| (&**name, value))
    }

    /// What stands for the names that are not among the entries: nothing when all are known.
    #[must_use]
    pub fn rest(&self) -> Option<&Unknown> {
        self.0.rest.as_ref()
    }

    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.entries.iter().find(|(key, _)| equal_text(key, name)).map(|(_, value)| value)
    }
}

/// What is not known: what one would have to know, and whether it counts as true in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The missing fact, as one would write it: `steps.build.outputs.tag`, `secrets`.
    pub what: Arc<str>,
    /// Its truth in a condition, where that is certain.
    pub truth: Option<bool>,
}

impl Unknown {
    /// Unknown because `what` is.
    #[must_use]
    pub fn new(what: &str) -> Self {
        Self { what: what.into(), truth: None }
    }

    pub(super) fn property(&self, name: &str) -> Self {
        let simple =
            name.chars().all(super::lexer::is_name_part) && name.starts_with(super::lexer::is_name_start);
        Self::new(&if simple { format!("{}.{name}", self.what) } else { format!("{}['{name}']", self.what) })
    }
}

impl From<Unknown> for Value {
    fn from(unknown: Unknown) -> Self {
        Self::Unknown(unknown)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl Value {
    /// A list.
    #[must_use]
    pub fn array(items: Vec<Value>) -> Self {
        Self::Array(Array { items: items.into(), filtered: false })
    }

    pub(super) fn filtered(items: Vec<Value>) -> Self {
        Self::Array(Array { items: items.into(), filtered: true })
    }

    /// An object of which everything is known. Of names that differ in case only, the last value counts.
    #[must_use]
    pub fn object<K: Into<Arc<str>>>(entries: impl IntoIterator<Item = (K, Value)>) -> Self {
        Self::object_with(entries.into_iter().map(|(name, value)| (name.into(), value)).collect(), None)
    }

    /// An object of which some entries are known; any other name is `rest`.
    #[must_use]
    pub fn open_object<K: Into<Arc<str>>>(
        entries: impl IntoIterator<Item = (K, Value)>,
        rest: Unknown,
    ) -> Self {
        Self::object_with(entries.into_iter().map(|(name, value)| (name.into(), value)).collect(), Some(rest))
    }

    fn object_with(given: Vec<(Arc<str>, Value)>, rest: Option<Unknown>) -> Self {
        let mut places = std::collections::BTreeMap::new();
        let mut entries: Vec<(Arc<str>, Value)> = Vec::with_capacity(given.len());
        for (name, value) in given {
            let place = *places.entry(fold_case(&name)).or_insert(entries.len());
            match entries.get_mut(place) {
                Some(entry) => entry.1 = value,
                None => entries.push((name, value)),
            }
        }
        Self::Object(Object(Arc::new(Entries { entries, rest })))
    }

    /// Its kind; `None` when it is unknown.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Boolean,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
            Self::Unknown(_) => return None,
        })
    }

    /// What is unknown about it: itself, or something in it.
    #[must_use]
    pub fn unknown(&self) -> Option<&Unknown> {
        match self {
            Self::Unknown(unknown) => Some(unknown),
            Self::Array(array) => array.items().iter().find_map(Self::unknown),
            Self::Object(object) => {
                object.rest().or_else(|| object.entries().find_map(|(_, value)| value.unknown()))
            }
            _ => None,
        }
    }

    /// Whether it is neither a list nor an object (nor unknown).
    pub(super) fn is_primitive(&self) -> bool {
        matches!(self, Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_))
    }

    /// Whether a condition holds with it: all but `null`, `false`, `0`, `NaN` and the empty text. `None` when not known.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        Some(match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::String(text) => !text.is_empty(),
            Self::Array(_) | Self::Object(_) => true,
            Self::Unknown(unknown) => return unknown.truth,
        })
    }

    /// As a number; NaN for lists, objects and what is unknown.
    #[must_use]
    pub fn to_number(&self) -> f64 {
        match self {
            Self::Null => 0.0,
            Self::Bool(value) => f64::from(u8::from(*value)),
            Self::Number(value) => *value,
            Self::String(text) => number::parse(text),
            Self::Array(_) | Self::Object(_) | Self::Unknown(_) => f64::NAN,
        }
    }

    /// As the text that GitHub puts where the expression stood; `None` when it is unknown.
    #[must_use]
    pub fn to_text(&self) -> Option<Arc<str>> {
        Some(match self {
            Self::Null => "".into(),
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
            Self::Number(value) => number::print(*value).into(),
            Self::String(text) => Arc::clone(text),
            Self::Array(_) => "Array".into(),
            Self::Object(_) => "Object".into(),
            Self::Unknown(_) => return None,
        })
    }

    /// `self == other` in GitHub's sense: kinds are brought together by way of numbers, texts compare without regard to
    /// case, lists and objects are equal only to themselves. `None` when it depends on something unknown.
    #[must_use]
    pub fn equals(&self, other: &Value) -> Option<bool> {
        use Value as V;
        Some(match (self, other) {
            (V::Unknown(_), _) | (_, V::Unknown(_)) => return None,
            (V::Null, V::Null) => true,
            (V::Bool(a), V::Bool(b)) => a == b,
            (V::String(a), V::String(b)) => equal_text(a, b),
            (V::Array(a), V::Array(b)) => Arc::ptr_eq(&a.items, &b.items),
            (V::Object(a), V::Object(b)) => Arc::ptr_eq(&a.0, &b.0),
            (V::Array(_) | V::Object(_), _) | (_, V::Array(_) | V::Object(_)) => false,
            (a, b) => a.to_number() == b.to_number(),
        })
    }

    /// Which of two values is greater; `Ok(None)` when they have no order (NaN, objects), `Err` when it depends on
    /// something unknown.
    pub(super) fn order(&self, other: &Value) -> Result<Option<Ordering>, Unknown> {
        use Value as V;
        Ok(match (self, other) {
            (V::Unknown(unknown), _) | (_, V::Unknown(unknown)) => return Err(unknown.clone()),
            (V::Null, V::Null) => Some(Ordering::Equal),
            (V::String(a), V::String(b)) => Some(compare_text(a, b)),
            (V::Array(_) | V::Object(_), _) | (_, V::Array(_) | V::Object(_)) => {
                (self.equals(other) == Some(true)).then_some(Ordering::Equal)
            }
            (a, b) => a.to_number().partial_cmp(&b.to_number()),
        })
    }

    /// Whether both are the same in every detail: kinds, cases, orders. For tests and caches; GitHub's `==` is [`Value::equals`].
    #[must_use]
    pub fn same(&self, other: &Value) -> bool {
        use Value as V;
        match (self, other) {
            (V::Null, V::Null) => true,
            (V::Bool(a), V::Bool(b)) => a == b,
            (V::Number(a), V::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            (V::String(a), V::String(b)) => a == b,
            (V::Array(a), V::Array(b)) => {
                a.items.len() == b.items.len() && a.items.iter().zip(b.items.iter()).all(|(a, b)| a.same(b))
            }
            (V::Object(a), V::Object(b)) => {
                a.0.rest == b.0.rest
                    && a.0.entries.len() == b.0.entries.len()
                    && a.entries().zip(b.entries()).all(|((k, v), (l, w))| k == l && v.same(w))
            }
            (V::Unknown(a), V::Unknown(b)) => a == b,
            _ => false,
        }
    }
}

/// A letter as GitHub compares it: in its upper case where that is one letter; the dotless ı stays apart from i.
fn upper(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if c != 'ı' => one,
        _ => c,
    }
}

/// A text as it is compared: two texts are equal when these are.
pub(super) fn fold_case(text: &str) -> String {
    text.chars().map(upper).collect()
}

pub(super) fn equal_text(a: &str, b: &str) -> bool {
    // What differs does so early, and mostly in ASCII.
    let same =
        a.bytes().zip(b.bytes()).take_while(|(a, b)| a.is_ascii() && a.eq_ignore_ascii_case(b)).count();
    match (a.as_bytes().get(same), b.as_bytes().get(same)) {
        (None, None) => true,
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => false,
        // No character is equal to none.
        (None, Some(_)) | (Some(_), None) => false,
        _ => a[same..].chars().map(upper).eq(b[same..].chars().map(upper)),
    }
}

/// The order of texts: by UTF-16 units, in upper case.
fn compare_text(a: &str, b: &str) -> Ordering {
    fn units(text: &str) -> impl Iterator<Item = u16> {
        text.chars().map(upper).flat_map(|c| {
            let mut buffer = [0; 2];
            let len = c.encode_utf16(&mut buffer).len();
            buffer.into_iter().take(len)
        })
    }
    units(a).cmp(units(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_compare_without_case() {
        for (a, b) in [("ς", "Σ"), ("ç", "Ç"), ("abc", "ABC"), ("ÿ", "Ÿ")] {
            assert!(equal_text(a, b), "{a} {b}");
        }
        for (a, b) in [("i", "İ"), ("ı", "I"), ("ß", "SS"), ("a", "b"), ("a", "ab")] {
            assert!(!equal_text(a, b), "{a} {b}");
        }
        // U+FF21 stands before U+1F600 as a letter, but behind its first UTF-16 unit.
        assert_eq!(compare_text("\u{ff21}", "\u{1f600}"), Ordering::Greater);
    }

    #[test]
    fn the_last_of_equal_names_counts() {
        let object = Value::object([("A", Value::Null), ("b", true.into()), ("a", 2.0.into())]);
        let Value::Object(object) = object else { panic!("not an object") };
        assert_eq!(object.entries().map(|(name, _)| name).collect::<Vec<_>>(), ["A", "b"]);
        assert!(object.get("a").is_some_and(|value| value.same(&2.0.into())));
    }

    #[test]
    fn unknown_parts_are_found() {
        let rest = Unknown::new("github.event");
        let value = Value::array(vec![Value::Null, Value::open_object([("a", Value::Null)], rest.clone())]);
        assert_eq!(value.unknown(), Some(&rest));
        assert_eq!(&*rest.property("a-b").what, "github.event.a-b");
        assert_eq!(&*rest.property("a b").what, "github.event['a b']");
    }
}
