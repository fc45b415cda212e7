//! Where a node is: the keys and indices that lead to it from the root.

use std::fmt;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into the value of this key.
    Key(String),
    /// Into this item, from 0.
    Index(usize),
}

/// Between the key and the number of a [twin](Step::twin); in no key that anybody types.
const TWIN: char = '\u{1f}';

impl Step {
    /// Into the value of the entry that is the `number`th, from 2, with this key in its mapping. No mapping may hold a key
    /// twice, but while somebody writes one may; such an entry can be looked at, and no edit reaches it by its path.
    #[must_use]
    pub fn twin(key: &str, number: usize) -> Self {
        Self::Key(format!("{key}{TWIN}{number}"))
    }
}

/// The key and the number of a key that [`Step::twin`] has made.
#[must_use]
pub fn twin_of(key: &str) -> Option<(&str, usize)> {
    let (key, number) = key.rsplit_once(TWIN)?;
    Some((key, number.parse().ok().filter(|number| *number > 1)?))
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<String> for Step {
    fn from(key: String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The way from the root to a node, such as `jobs.build.steps[2].with`.
///
/// Paths survive edits elsewhere, byte ranges do not: whatever outlives one analysis is kept by path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The root itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// One step further.
    #[must_use]
    pub fn child(&self, step: impl Into<Step>) -> Self {
        let mut steps = self.0.clone();
        steps.push(step.into());
        Self(steps)
    }

    /// Without the last step; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// The last step.
    #[must_use]
    pub fn last(&self) -> Option<&Step> {
        self.0.last()
    }

    /// The steps.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether `other` is this node or lies in it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

/// `path!["jobs", id, "steps", 0]`
#[macro_export]
macro_rules! path {
    ($($step:expr),* $(,)?) => { $crate::Path(vec![$($crate::Step::from($step)),*]) };
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if key.is_empty() || key.contains(['.', '[', ']', '\'', ' ']) => {
                    write!(f, "['{}']", key.replace('\'', "''"))?;
                }
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Path {
    type Err = String;

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// A sentence that says where the text stops being a path.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix("['") {
                let mut key = String::new();
                let mut chars = quoted.char_indices();
                let end = loop {
                    match chars.next() {
                        Some((_, '\'')) if chars.as_str().starts_with('\'') => {
                            chars.next();
                            key.push('\'');
                        }
                        Some((at, '\'')) => break at,
                        Some((_, c)) => key.push(c),
                        None => return Err(format!("the key in `{rest}` has no closing quote")),
                    }
                };
                rest = quoted[end + 1..]
                    .strip_prefix(']')
                    .ok_or_else(|| format!("`]` is missing in `{rest}`"))?;
                steps.push(Step::Key(key));
            } else if let Some(index) = rest.strip_prefix('[') {
                let (digits, after) =
                    index.split_once(']').ok_or_else(|| format!("`]` is missing in `{rest}`"))?;
                let index =
                    digits.parse().map_err(|_| format!("`{digits}` is not an index, a number from 0"))?;
                steps.push(Step::Index(index));
                rest = after;
            } else {
                let word = rest.strip_prefix('.').unwrap_or(rest);
                let end = word.find(['.', '[']).unwrap_or(word.len());
                if end == 0 {
                    return Err(format!("a key is missing at `{rest}`"));
                }
                steps.push(Step::Key(word[..end].to_owned()));
                rest = &word[end..];
            }
        }
        Ok(Self(steps))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_reads_back() {
        for path in [
            Path(vec![Step::from("jobs"), Step::twin("a", 2)]),
            Path::root(),
            path!["jobs", "build", "steps", 2, "with"],
            path!["on", "a.b", "it's [x]", 0, 1],
            path![0, ""],
        ] {
            assert_eq!(path.to_string().parse::<Path>(), Ok(path));
        }
    }
}
