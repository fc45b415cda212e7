//! Numbers as the runner reads and prints them.

/// The number that a text stands for, by the rules of both literals and coercion: decimal with fraction and exponent,
/// `0x…` and `0o…` (lower-case prefix, no sign, 32 bits), `Infinity`; blanks around it do not count and an empty text is 0.
/// Anything else is NaN.
pub(crate) fn parse(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return whole(hex, 16);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return whole(octal, 8);
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ if is_decimal(text) => text.parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

/// Digits of a 32-bit word: the runner reads them into a signed integer, so the upper half is negative.
fn whole(digits: &str, radix: u32) -> f64 {
    if digits.starts_with('+') {
        return f64::NAN;
    }
    u32::from_str_radix(digits, radix).map_or(f64::NAN, |n| f64::from(n.cast_signed()))
}

/// `[-+]? (digits [. digits?] | . digits) ([eE] [-+]? digits)?`
fn is_decimal(text: &str) -> bool {
    fn digits(bytes: &[u8]) -> (usize, &[u8]) {
        let count = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
        (count, &bytes[count..])
    }
    fn signed(bytes: &[u8]) -> &[u8] {
        bytes.strip_prefix(b"-").or_else(|| bytes.strip_prefix(b"+")).unwrap_or(bytes)
    }
    let (mut count, mut rest) = digits(signed(text.as_bytes()));
    if let Some(fraction) = rest.strip_prefix(b".") {
        let (more, tail) = digits(fraction);
        (count, rest) = (count + more, tail);
    }
    if count == 0 {
        return false;
    }
    match rest {
        [] => true,
        [b'e' | b'E', exponent @ ..] => {
            let (count, rest) = digits(signed(exponent));
            count > 0 && rest.is_empty()
        }
        _ => false,
    }
}

/// The text of a number: at most 15 significant digits, no trailing zeros, an exponent (`1E+15`, `1E-05`) from 10^15 up
/// and below 10^-4, and both zeros as `0`.
pub(crate) fn print(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity".into() } else { "-Infinity".into() };
    }
    if number == 0.0 {
        return "0".into();
    }
    let scientific = format!("{:.14e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let digits = digits.trim_end_matches('0');
    let mut out = String::new();
    if number < 0.0 {
        out.push('-');
    }
    match usize::try_from(exponent) {
        Ok(exponent) if exponent < 15 => {
            let whole = digits.get(..=exponent).unwrap_or(digits);
            out.push_str(whole);
            out.extend(std::iter::repeat_n('0', (exponent + 1).saturating_sub(digits.len())));
            if let Some(fraction) = digits.get(exponent + 1..).filter(|f| !f.is_empty()) {
                out.push('.');
                out.push_str(fraction);
            }
        }
        Err(_) if exponent >= -4 => {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', exponent.unsigned_abs() as usize - 1));
            out.push_str(digits);
        }
        _ => {
            out.push_str(&digits[..1]);
            if digits.len() > 1 {
                out.push('.');
                out.push_str(&digits[1..]);
            }
            out.push('E');
            out.push(if exponent < 0 { '-' } else { '+' });
            let power = exponent.unsigned_abs().to_string();
            if power.len() < 2 {
                out.push('0');
            }
            out.push_str(&power);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        for (text, want) in [
            ("", 0.0),
            ("  ", 0.0),
            (" 1 ", 1.0),
            ("+1.5e+2", 150.0),
            ("-.5", -0.5),
            ("5.", 5.0),
            ("0xfF", 255.0),
            ("0o17", 15.0),
            ("0xFFFFFFFF", -1.0),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("1e400", f64::INFINITY),
        ] {
            assert_eq!(parse(text), want, "{text:?}");
        }
        for text in [
            "abc",
            "0X1",
            "0O7",
            "0b1",
            "-0x1",
            "0x",
            "0x+1",
            "0x100000000",
            "1e",
            "1e+",
            ".",
            "-",
            "1.2.3",
            "inf",
            "infinity",
            "nan",
            "NaN",
            "1_000",
            "1 2",
            "٣",
        ] {
            assert!(parse(text).is_nan(), "{text:?}");
        }
    }

    #[test]
    fn prints_fifteen_digits() {
        for (number, want) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (120.0, "120"),
            (0.1 + 0.2, "0.3"),
            (123_456.789, "123456.789"),
            (0.000_1, "0.0001"),
            (0.000_01, "1E-05"),
            (0.000_012_3, "1.23E-05"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1E+15"),
            (-1.5e20, "-1.5E+20"),
            (1e300, "1E+300"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(print(number), want);
        }
    }
}
