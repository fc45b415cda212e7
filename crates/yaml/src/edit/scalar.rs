//! Writing a text as a scalar: without quotes where every reader takes it for the same text, else with them.

use crate::tree::resolve_plain;
use crate::{Chomp, Scalar, ScalarStyle};

/// Where a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Block,
    Flow,
    Key,
    FlowKey,
}

impl Spot {
    fn is_flow(self) -> bool {
        matches!(self, Self::Flow | Self::FlowKey)
    }

    fn is_key(self) -> bool {
        matches!(self, Self::Key | Self::FlowKey)
    }
}

/// A scalar on one line: in `wanted` quotes if possible, plain if `wanted` is plain and that is safe.
pub(super) fn one_line(text: &str, wanted: ScalarStyle, spot: Spot, quotes: ScalarStyle) -> String {
    match wanted {
        ScalarStyle::DoubleQuoted => double(text),
        ScalarStyle::SingleQuoted => quoted(text, ScalarStyle::SingleQuoted),
        _ if is_plain(text, spot) => text.to_owned(),
        _ => quoted(text, quotes),
    }
}

fn quoted(text: &str, quotes: ScalarStyle) -> String {
    if quotes == ScalarStyle::DoubleQuoted || !text.chars().all(is_printable) || text.contains('\t') {
        return double(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        if c == '\'' {
            out.push('\'');
        }
        out.push(c);
    }
    out.push('\'');
    out
}

/// A part of a text on one line, as it stands between the quotes of `style`.
pub(super) fn within_quotes(part: &str, style: ScalarStyle) -> String {
    match style {
        ScalarStyle::SingleQuoted => part.replace('\'', "''"),
        ScalarStyle::DoubleQuoted => {
            let quoted = double(part);
            quoted[1..quoted.len() - 1].to_owned()
        }
        _ => part.to_owned(),
    }
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            c if is_printable(c) => out.push(c),
            c => {
                let code = u32::from(c);
                let (mark, digits) = match code {
                    0..=0xff => ('x', 2),
                    0x100..=0xffff => ('u', 4),
                    _ => ('U', 8),
                };
                out.push('\\');
                out.push(mark);
                for shift in (0..digits).rev() {
                    out.push(char::from_digit((code >> (4 * shift)) & 15, 16).unwrap_or('0'));
                }
            }
        }
    }
    out.push('"');
    out
}

/// Whether the character may stand in every kind of scalar on one line.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Whether `text` without quotes is read as this text, by readers of YAML 1.2 and of 1.1.
pub(super) fn is_plain(text: &str, spot: Spot) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    let starts_well = match first {
        b'-' | b'?' | b':' => bytes.get(1).is_some_and(|next| match next {
            b' ' | b'\t' => false,
            b',' | b'[' | b']' | b'{' | b'}' => !spot.is_flow(),
            _ => true,
        }),
        b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%'
        | b'@' | b'`' | b' ' | b'\t' => false,
        _ => true,
    };
    starts_well
        && !matches!(last, b' ' | b'\t' | b':')
        && text.chars().all(is_printable)
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !(spot.is_flow() && text.contains([',', '[', ']', '{', '}']))
        && matches!(resolve_plain(text), Scalar::Str(_))
        && text != "<<"
        && text != "="
        && (spot.is_key() || !is_word_of_yaml_1_1(text))
        && !is_number_of_yaml_1_1(text)
        && !is_date(text)
}

fn is_word_of_yaml_1_1(text: &str) -> bool {
    let word = match text.len() {
        1..=3 => text.to_ascii_lowercase(),
        _ => return false,
    };
    let has_case = text == word
        || text.bytes().all(|b| b.is_ascii_uppercase())
        || (text.as_bytes()[0].is_ascii_uppercase() && text[1..].bytes().all(|b| b.is_ascii_lowercase()));
    has_case && matches!(word.as_str(), "y" | "n" | "yes" | "no" | "on" | "off")
}

/// Integers and floats with underscores, binary ones and base 60: numbers for readers of YAML 1.1 only.
fn is_number_of_yaml_1_1(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all = |text: &str, is: fn(u8) -> bool| !text.is_empty() && text.bytes().all(|b| b == b'_' || is(b));
    if let Some(rest) = digits.strip_prefix("0b") {
        return all(rest, |b| matches!(b, b'0' | b'1'));
    }
    if let Some(rest) = digits.strip_prefix("0x") {
        return all(rest, |b| b.is_ascii_hexdigit());
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || !digits.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let mantissa = digits.split(['e', 'E']).next().unwrap_or_default();
    let exponent = &digits[mantissa.len()..];
    let exponent_is_fine = exponent.is_empty()
        || exponent[1..]
            .strip_prefix(['-', '+'])
            .unwrap_or(&exponent[1..])
            .bytes()
            .all(|b| b.is_ascii_digit());
    let mut parts = mantissa.split(':');
    let number = parts.next_back().unwrap_or_default();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    exponent_is_fine
        && parts.all(|part| all(part, |b| b.is_ascii_digit()))
        && (whole.is_empty() || all(whole, |b| b.is_ascii_digit()))
        && (fraction.is_empty() || all(fraction, |b| b.is_ascii_digit()))
}

/// `2024-01-31`, alone or before a time.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let (Some(year), Some(month), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let digits = |text: &str, len: std::ops::RangeInclusive<usize>| {
        len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let day = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits(year, 4..=4)
        && digits(month, 1..=2)
        && (1..=2).contains(&day)
        && (rest.len() == day || rest[day..].starts_with(['T', 't', ' ']))
}

/// A block scalar: what stands behind the indicator, and the lines below it without their indentation.
pub(super) struct Block {
    pub(super) head: String,
    pub(super) lines: Vec<String>,
}

/// `text` as `|`, whose content is indented by `indent` (1 to 9) from its parent; `None` when it cannot be shown so.
pub(super) fn literal(text: &str, indent: usize) -> Option<Block> {
    let (body, chomp) = block_body(text)?;
    let mut head = "|".to_owned();
    let lead = body.trim_start_matches('\n');
    if lead.starts_with(' ') || body[..body.len() - lead.len()].contains(' ') {
        head.push(char::from_digit(u32::try_from(indent).ok()?, 10).filter(|_| (1..=9).contains(&indent))?);
    }
    head.push_str(chomp);
    Some(Block { head, lines: body.split('\n').map(str::to_owned).collect() })
}

/// `text` as `>`, one line a paragraph; `None` when it cannot be shown so.
pub(super) fn folded(text: &str) -> Option<Block> {
    let (body, chomp) = block_body(text)?;
    if body.starts_with('\n') || body.split('\n').any(|line| line.starts_with([' ', '\t'])) {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    let mut breaks = 0;
    for line in body.split('\n') {
        if !line.is_empty() {
            // One line break alone would be read as a space.
            lines.extend(std::iter::repeat_n(String::new(), breaks));
            lines.push(line.to_owned());
            breaks = 0;
        }
        breaks += 1;
    }
    Some(Block { head: format!(">{chomp}"), lines })
}

/// The text without its last line break, and the mark that says whether it has one.
fn block_body(text: &str) -> Option<(&str, &'static str)> {
    let (body, chomp) = match text.strip_suffix('\n') {
        Some(body) => (body, ""),
        None => (text, "-"),
    };
    let last = body.rsplit('\n').next().unwrap_or_default();
    let is_shown = !last.is_empty() && !last.trim_matches([' ', '\t']).is_empty() && fits_block(body);
    is_shown.then_some((body, chomp))
}

/// Whether all characters may stand in a block scalar.
pub(super) fn fits_block(text: &str) -> bool {
    text.chars().all(|c| is_printable(c) || matches!(c, '\n' | '\t'))
}

/// The header of a block scalar.
pub(super) fn block_head(mark: char, indent: Option<u8>, chomp: Chomp) -> String {
    let chomp = match chomp {
        Chomp::Clip => "",
        Chomp::Strip => "-",
        Chomp::Keep => "+",
    };
    let indent = indent.map(|indent| indent.to_string()).unwrap_or_default();
    format!("{mark}{indent}{chomp}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_where_it_is_safe() {
        for text in [
            "a",
            "a b",
            "-x",
            "ubuntu-latest",
            "${{ matrix.os }}",
            "actions/checkout@v4",
            "1.2.3",
            "18.x",
            "a:b",
            "a#b",
            "https://x.org/?a=b",
            "echo \"x\"",
            "it's",
            "😀",
            "é",
            "yEs",
            "nope",
            "2024",
            "a,b",
            "[x",
            "v1",
        ] {
            let first_is_bracket = text.starts_with('[');
            let is_number = text == "2024";
            assert_eq!(is_plain(text, Spot::Block), !first_is_bracket && !is_number, "{text}");
        }
        for text in [
            "",
            " a",
            "a ",
            "\ta",
            "on",
            "Off",
            "YES",
            "no",
            "y",
            "N",
            "true",
            "null",
            "~",
            "1e3",
            "0o7",
            "012",
            "1_000",
            "12:30",
            "1:2:3.5",
            "0b1",
            "0x_f",
            "2024-01-31",
            "2024-1-1T10:00:00Z",
            "- x",
            "-",
            "# y",
            "a: b",
            "a #b",
            "a:",
            "*x",
            "&x",
            "!x",
            "%x",
            "@x",
            "`x`",
            "{a",
            "'a",
            "\"a",
            "|",
            ">x",
            "? x",
            "---",
            "... x",
            "=",
            "<<",
            "a\nb",
            "a\u{7}",
            "\u{feff}x",
            "a\u{2028}b",
            "1.",
            ".5",
            "+1",
            "1_0.5",
        ] {
            assert!(!is_plain(text, Spot::Block), "{text:?}");
        }
        for text in ["a,b", "a]", "${{ x }}", "-[", "x{y}"] {
            assert!(!is_plain(text, Spot::Flow), "{text}");
        }
        assert!(is_plain("on", Spot::Key));
        assert!(!is_plain("true", Spot::Key));
    }
}
