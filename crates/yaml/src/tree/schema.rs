//! The YAML 1.2 core schema: what a plain scalar means.

use super::Scalar;

/// What the plain scalar `text` means.
pub(crate) fn resolve_plain(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ => number(text).map_or(Scalar::Str(text), Scalar::Number),
    }
}

fn number(text: &str) -> Option<f64> {
    let first = *text.as_bytes().first()?;
    if !matches!(first, b'0'..=b'9' | b'-' | b'+' | b'.') {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let (sign, rest) = match first {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    match rest {
        ".inf" | ".Inf" | ".INF" => return Some(sign * f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" if rest.len() == text.len() => return Some(f64::NAN),
        _ => {}
    }
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(0);
    let mut at = whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        fraction = digits(at + 1);
        at += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'-' | b'+')));
        let exponent = digits(at);
        if exponent == 0 {
            return None;
        }
        at += exponent;
    }
    (at == bytes.len()).then(|| rest.parse::<f64>().ok().map(|value| sign * value)).flatten()
}

fn radix(digits: &str, radix: u32) -> Option<f64> {
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0.0, |sum, c| Some(sum * f64::from(radix) + f64::from(c.to_digit(radix)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, value) in [
            ("0", 0.0),
            ("-19", -19.0),
            ("+12", 12.0),
            ("012", 12.0),
            ("0o7", 7.0),
            ("0x3A", 58.0),
            ("0.", 0.0),
            ("-0.0", 0.0),
            (".5", 0.5),
            ("12e03", 12000.0),
            ("-2E+05", -200_000.0),
            (".inf", f64::INFINITY),
            ("-.INF", f64::NEG_INFINITY),
        ] {
            assert_eq!(resolve_plain(text), Scalar::Number(value), "{text}");
        }
        assert!(matches!(resolve_plain(".nan"), Scalar::Number(n) if n.is_nan()));
    }

    #[test]
    fn texts() {
        for text in [
            "1_000", "0b1", "1e", "e1", ".", "-", "+", "1.2.3", "12:30", "0x", "0o8", "-0x1", "yes", "on",
            "NuLL", "tRue", "-.nan", "..5", "1 ", "٣",
        ] {
            assert_eq!(resolve_plain(text), Scalar::Str(text));
        }
    }
}
