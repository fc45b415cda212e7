//! JSON to values and back.

use super::value::Value;

/// How deep lists and objects may stand in each other.
const MAX_DEPTH: u32 = 100;

/// Where JSON is broken and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The byte where it breaks.
    pub offset: usize,
    /// What is missing or wrong there, as part of a sentence: `a value is missing`.
    pub what: &'static str,
}

/// Reads one JSON value, strictly by the standard.
///
/// # Errors
/// The first place where the text is not JSON.
pub fn from_json(text: &str) -> Result<Value, JsonError> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.skip_blanks();
    if reader.at < text.len() {
        return reader.error("something stands after the end of the value");
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn error<T>(&self, what: &'static str) -> Result<T, JsonError> {
        Err(JsonError { offset: self.at, what })
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: u32) -> Result<Value, JsonError> {
        self.skip_blanks();
        if depth > MAX_DEPTH {
            return self.error("lists and objects stand too deep in each other");
        }
        match self.rest().as_bytes().first() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(self.string()?.into()),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'\'') => self.error("JSON wants double quotes"),
            _ if self.eat("null") => Ok(Value::Null),
            _ if self.eat("true") => Ok(true.into()),
            _ if self.eat("false") => Ok(false.into()),
            _ => self.error("a value is missing"),
        }
    }

    fn array(&mut self, depth: u32) -> Result<Value, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_blanks();
        if self.eat("]") {
            return Ok(Value::array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_blanks();
            if self.eat("]") {
                return Ok(Value::array(items));
            }
            if !self.eat(",") {
                return self.error("a `,` or `]` is missing");
            }
        }
    }

    fn object(&mut self, depth: u32) -> Result<Value, JsonError> {
        self.at += 1;
        let mut entries = Vec::new();
        self.skip_blanks();
        if self.eat("}") {
            return Ok(Value::object(entries));
        }
        loop {
            self.skip_blanks();
            if !self.rest().starts_with('"') {
                return self.error("a name in double quotes is missing");
            }
            let name = self.string()?;
            self.skip_blanks();
            if !self.eat(":") {
                return self.error("a `:` is missing");
            }
            entries.push((name, self.value(depth + 1)?));
            self.skip_blanks();
            if self.eat("}") {
                return Ok(Value::object(entries));
            }
            if !self.eat(",") {
                return self.error("a `,` or `}` is missing");
            }
        }
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c)).unwrap_or(rest.len());
        let text = &rest[..len];
        let digits = text.strip_prefix('-').unwrap_or(text);
        let whole = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let fraction = digits[whole..].strip_prefix('.');
        let plain = whole > 0
            && (whole == 1 || !digits.starts_with('0'))
            && fraction.is_none_or(|f| f.starts_with(|c: char| c.is_ascii_digit()));
        match text.parse::<f64>() {
            Ok(number) if plain => {
                self.at += len;
                Ok(number.into())
            }
            _ => self.error("this is not a number"),
        }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(len) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                self.at = self.text.len();
                return self.error("the closing quote is missing");
            };
            text.push_str(&rest[..len]);
            self.at += len;
            match rest.as_bytes()[len] {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => text.push(self.escape()?),
                _ => {
                    return self
                        .error("a control character stands in a text: write it as an escape such as `\\n`");
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let c = match self.rest().as_bytes().get(1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code(),
            _ => return self.error("this escape does not exist in JSON"),
        };
        self.at += 2;
        Ok(c)
    }

    fn hex(&self, from: usize) -> Option<u32> {
        let rest = self.rest().get(from..)?.strip_prefix("\\u")?.get(..4)?;
        rest.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(rest, 16).ok())?
    }

    /// `\uXXXX`, or two of them that make up one character. Half of such a pair alone becomes the replacement character.
    fn code(&mut self) -> Result<char, JsonError> {
        let Some(high) = self.hex(0) else {
            return self.error("four hexadecimal digits are missing after `\\u`");
        };
        let low =
            self.hex(6).filter(|low| (0xDC00..0xE000).contains(low) && (0xD800..0xDC00).contains(&high));
        self.at += if low.is_some() { 12 } else { 6 };
        let code = low.map_or(high, |low| 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As `toJSON()` does it: two blanks a level, numbers as GitHub prints them.
    Indented,
    /// On one line, numbers in full.
    Compact,
    /// On one line, numbers as GitHub prints them.
    Line,
}

/// A value as JSON; numbers that JSON has no word for as `NaN` and `Infinity`, what is unknown as `null`.
#[must_use]
pub fn to_json(value: &Value, layout: Layout) -> String {
    let mut out = String::new();
    write(value, layout, 0, &mut out);
    out
}

fn write(value: &Value, layout: Layout, level: usize, out: &mut String) {
    match value {
        Value::Null | Value::Unknown(_) => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) if layout != Layout::Compact || !number.is_finite() => {
            out.push_str(&super::number::print(*number));
        }
        Value::Number(number) => out.push_str(&format!("{number:?}")),
        Value::String(text) => quote(text, out),
        Value::Array(array) => {
            let items = array.items().iter().map(|value| (None, value));
            list(['[', ']'], items, layout, level, out);
        }
        Value::Object(object) => {
            let items = object.entries().map(|(name, value)| (Some(name), value));
            list(['{', '}'], items, layout, level, out);
        }
    }
}

fn list<'a>(
    signs: [char; 2],
    items: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
    layout: Layout,
    level: usize,
    out: &mut String,
) {
    let line = |level: usize, out: &mut String| {
        if layout == Layout::Indented {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", level));
        }
    };
    let mut any = false;
    out.push(signs[0]);
    for (name, value) in items {
        if any {
            out.push(',');
        }
        any = true;
        line(level + 1, out);
        if let Some(name) = name {
            quote(name, out);
            out.push_str(if layout == Layout::Indented { ": " } else { ":" });
        }
        write(value, layout, level + 1, out);
    }
    if any {
        line(level, out);
    }
    out.push(signs[1]);
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // The runner writes these line separators as escapes too.
            '\0'..' ' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let code = c as u32;
                out.push_str("\\u");
                out.extend(
                    [12, 8, 4, 0].map(|shift| char::from_digit(code >> shift & 15, 16).unwrap_or('0')),
                );
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "null",
            "true",
            "-1.5",
            "\"a\\\"\\\\\\n\\u0001ü\"",
            "[]",
            "{}",
            "[1,[2,{}],\"x\"]",
            "{\"a\":{\"b\":[null,false]},\"c\":1e300}",
        ] {
            let value = from_json(text).unwrap();
            assert!(from_json(&to_json(&value, Layout::Compact)).unwrap().same(&value), "{text}");
            assert!(from_json(&to_json(&value, Layout::Indented)).unwrap().same(&value), "{text}");
        }
        assert!(from_json(r#""\ud83d\ude00\/""#).unwrap().same(&"😀/".into()));
        assert!(from_json(r#""\ud83d""#).unwrap().same(&"\u{fffd}".into()));
    }

    #[test]
    fn lays_out_as_github_does() {
        let value = from_json(r#"{"a":[1,{}],"b":[],"c":{"d":null}}"#).unwrap();
        let want = "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": [],\n  \"c\": {\n    \"d\": null\n  }\n}";
        assert_eq!(to_json(&value, Layout::Indented), want);
        assert_eq!(to_json(&"\u{2028}\u{7f}".into(), Layout::Compact), "\"\\u2028\u{7f}\"");
    }

    #[test]
    fn refuses_what_is_not_json() {
        for (text, offset) in [
            ("", 0),
            ("{a: 1}", 1),
            ("[1,]", 3),
            ("[1 2]", 3),
            ("{\"a\" 1}", 5),
            ("{\"a\":1,}", 7),
            ("'a'", 0),
            ("01", 0),
            ("1.", 0),
            ("+1", 0),
            (".5", 0),
            ("1e", 0),
            ("NaN", 0),
            ("\"a", 2),
            ("\"\\x\"", 1),
            ("\"\\u12g4\"", 1),
            ("\"a\nb\"", 2),
            ("1 1", 2),
            ("{", 1),
        ] {
            assert_eq!(from_json(text).unwrap_err().offset, offset, "{text:?}");
        }
        assert!(from_json(&"[".repeat(5000)).is_err());
    }
}
