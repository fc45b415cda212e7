//! YAML as plain values, for what is read by its keys and has no need of places.

use serde_json::{Map, Number, Value};
use stepladder_yaml::{Node, Scalar, Tree};

/// Most values that are read, so that a few aliases cannot make millions.
const MOST: usize = 100_000;
/// Deepest nesting that is read.
const DEEPEST: usize = 100;

/// What a text says.
///
/// # Errors
/// A sentence with its line: the text is no YAML. Or it is far too large or too deep.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let tree = Tree::parse(text);
    if let Some(problem) = tree.problems().first() {
        let line = tree.line_col(problem.range.start).line;
        return Err(format!("line {line}: {}", problem.message));
    }
    let mut left = MOST;
    tree.root().map_or(Ok(Value::Null), |root| value(root, DEEPEST, &mut left))
}

fn value(node: Node<'_>, depth: usize, left: &mut usize) -> Result<Value, String> {
    if depth == 0 || *left == 0 {
        return Err("it holds more values, or deeper ones, than a person writes".to_owned());
    }
    *left -= 1;
    let node = node.resolve();
    Ok(match node.scalar() {
        Some(Scalar::Null) => Value::Null,
        Some(Scalar::Bool(yes)) => Value::Bool(yes),
        Some(Scalar::Number(number)) => Value::Number(plain(number)),
        Some(Scalar::Str(text)) => Value::String(text.to_owned()),
        None if node.collection_style().is_none() => Value::Null,
        None if node.entries().next().is_some() => {
            let mut map = Map::new();
            for entry in node.entries() {
                if let Some(name) = entry.name() {
                    map.insert(name.to_owned(), value(entry.value, depth - 1, left)?);
                }
            }
            Value::Object(map)
        }
        None if node.kind() == stepladder_yaml::Kind::Mapping => Value::Object(Map::new()),
        None => node
            .items()
            .map(|item| value(item, depth - 1, left))
            .collect::<Result<_, _>>()
            .map(Value::Array)?,
    })
}

/// Whole numbers stay whole.
fn plain(number: f64) -> Number {
    let whole = number as i64;
    if whole as f64 == number {
        Number::from(whole)
    } else {
        Number::from_f64(number).unwrap_or_else(|| Number::from(0))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_read_as_written() {
        let text = "a: &x [1, -2.5, true, ~, '1']\nb: *x\nc: {}\nd: []\ne:\n  f: |\n    two\n    lines\n";
        let list = json!([1, -2.5, true, null, "1"]);
        let want = json!({"a": list, "b": list, "c": {}, "d": [], "e": {"f": "two\nlines\n"}});
        assert_eq!(read(text).unwrap(), want);
        assert_eq!(read("").unwrap(), Value::Null);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert!(read("a: 1\nb: [").unwrap_err().starts_with("line 2: "));
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for at in 1..12 {
            let uses = vec![format!("*a{}", at - 1); 10].join(", ");
            bomb.push_str(&format!("a{at}: &a{at} [{uses}]\n"));
        }
        assert!(read(&bomb).unwrap_err().contains("more values"));
        assert!(read(&format!("{}{}", "[".repeat(300), "]".repeat(300))).is_err());
    }
}
