//! A value as a matrix holds it: whatever YAML can say, without places.

use stepladder_yaml::{Kind, Node, Scalar};

/// Most values of one cell, aliases expanded.
const MAX_VALUES: usize = 2_000;
/// Deepest nesting of values that is read.
const MAX_DEPTH: usize = 64;

/// A value of a matrix. Equality is to the letter, numbers to the bit; see [`Data::same`] for GitHub's.
#[derive(Clone, Debug)]
pub enum Data {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// Keys and values.
    Object(Vec<(String, Data)>),
    /// A text with `${{ }}` in it, which is known at run time only.
    Expression(String),
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a.to_bits() == b.to_bits(),
            (Self::Text(a), Self::Text(b)) | (Self::Expression(a), Self::Expression(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Data {}

impl Data {
    /// Reads a node. What lies too deep, or in an alias that leads nowhere, is [`Data::Null`].
    #[must_use]
    pub fn new(node: Node<'_>) -> Self {
        Self::read(node, 0, &mut { MAX_VALUES })
    }

    /// `left` is how many more values may be read: aliases in aliases multiply.
    fn read(node: Node<'_>, depth: usize, left: &mut usize) -> Self {
        if depth > MAX_DEPTH || *left == 0 {
            return Self::Null;
        }
        *left -= 1;
        let node = node.resolve();
        match node.kind() {
            Kind::Sequence => {
                Self::List(node.items().map(|item| Self::read(item, depth + 1, left)).collect())
            }
            Kind::Mapping => Self::Object(
                node.entries()
                    .filter_map(|entry| {
                        Some((entry.name()?.to_owned(), Self::read(entry.value, depth + 1, left)))
                    })
                    .collect(),
            ),
            Kind::Alias => Self::Null,
            Kind::Scalar => match node.scalar() {
                Some(Scalar::Bool(value)) => Self::Bool(value),
                Some(Scalar::Number(value)) => Self::Number(value),
                Some(Scalar::Str(text)) if text.contains("${{") => Self::Expression(text.to_owned()),
                Some(Scalar::Str(text)) => Self::Text(text.to_owned()),
                Some(Scalar::Null) | None => Self::Null,
            },
        }
    }

    /// Whether some part of it is known at run time only.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        match self {
            Self::Expression(_) => true,
            Self::List(items) => items.iter().any(Self::is_dynamic),
            Self::Object(fields) => fields.iter().any(|(_, value)| value.is_dynamic()),
            _ => false,
        }
    }

    /// Equal as GitHub compares: texts without regard to case, numbers by value.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.to_lowercase() == b.to_lowercase(),
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (Self::Object(a), Self::Object(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, value)| {
                        b.iter().any(|(other, right)| key.eq_ignore_ascii_case(other) && value.same(right))
                    })
            }
            _ => self == other,
        }
    }

    /// Whether `self`, an entry of `exclude` or `include`, fits `other`: equal, or for objects equal in every key that
    /// `self` has.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Object(some), Self::Object(all)) => some.iter().all(|(key, value)| {
                all.iter().any(|(other, right)| key.eq_ignore_ascii_case(other) && value.fits(right))
            }),
            (Self::List(some), Self::List(all)) => {
                some.len() == all.len() && some.iter().zip(all).all(|(a, b)| a.fits(b))
            }
            _ => self.same(other),
        }
    }

    /// Whether [`Data::fits`] may hold when the run knows what the expressions give.
    #[must_use]
    pub fn may_fit(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Expression(_), _) | (_, Self::Expression(_)) => true,
            (Self::Object(some), Self::Object(all)) => some.iter().all(|(key, value)| {
                all.iter().any(|(other, right)| key.eq_ignore_ascii_case(other) && value.may_fit(right))
            }),
            (Self::List(some), Self::List(all)) => {
                some.len() == all.len() && some.iter().zip(all).all(|(a, b)| a.may_fit(b))
            }
            // Quotes around a number or a boolean may not matter.
            (Self::Text(text), Self::Number(_) | Self::Bool(_)) => *text == other.label(),
            (Self::Number(_) | Self::Bool(_), Self::Text(text)) => *text == self.label(),
            _ => self.same(other),
        }
    }

    /// The value on one line with its keys, as a person writes it: `{os: linux, n: 1}`.
    #[must_use]
    pub fn in_flow(&self) -> String {
        match self {
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::in_flow).collect::<Vec<_>>().join(", "))
            }
            Self::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| format!("{key}: {}", value.in_flow()));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            plain => plain.label(),
        }
    }

    /// What the value is called where there is little room: an object by the key that names it, all else by the beginning of
    /// its first line.
    #[must_use]
    pub fn brief(&self) -> String {
        /// Letters that are shown of a value.
        const MOST: usize = 60;
        let whole = self.title().map_or_else(|| self.in_flow(), str::to_owned);
        let line = whole.trim().lines().next().unwrap_or_default();
        let mut letters = line.chars();
        let start: String = letters.by_ref().take(MOST).collect();
        if letters.next().is_some() || line.len() < whole.trim().len() {
            format!("{start}…")
        } else {
            start
        }
    }

    /// The text that names an object: the value of its `name` or of a key like that.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        let Self::Object(fields) = self else { return None };
        ["name", "title", "label", "id"].into_iter().find_map(|wanted| {
            let (_, value) = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted))?;
            match value {
                Self::Text(text) | Self::Expression(text) => {
                    Some(text.as_str()).filter(|text| !text.is_empty())
                }
                _ => None,
            }
        })
    }

    /// The value as a text of one line, as GitHub shows it in the name of a job.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(text) | Self::Expression(text) => text.clone(),
            Self::List(items) => items.iter().map(Self::label).collect::<Vec<_>>().join(", "),
            Self::Object(fields) => {
                fields.iter().map(|(_, value)| value.label()).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use stepladder_yaml::{Tree, path};

    #[test]
    fn a_value_is_called_by_its_name_or_by_how_it_begins() {
        let brief = |text: &str| Data::new(Tree::parse(text).at(&path![]).unwrap()).brief();
        assert_eq!(brief("{os: x, name: 'one two'}"), "one two");
        assert_eq!(brief("{name: '', os: x}"), "{name: , os: x}");
        assert_eq!(brief("{name: 1, Label: y}"), "y");
        assert_eq!(brief("[1, 2]"), "[1, 2]");
        assert_eq!(brief("|\n  a\n  b\n"), "a…");
        assert_eq!(brief(&"x".repeat(70)), format!("{}…", "x".repeat(60)));
    }
}
