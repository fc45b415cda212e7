//! The patterns of `format()`.

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// As it is, with doubled braces already single.
    Text(String),
    /// `{0}`
    Argument(u8),
}

/// Splits a pattern; `Err` tells the byte of the brace that stands wrong.
pub(super) fn pieces(pattern: &str) -> Result<Vec<Piece>, usize> {
    let (mut found, mut text, mut at) = (Vec::new(), String::new(), 0);
    while let Some(brace) = pattern[at..].find(['{', '}']).map(|i| at + i) {
        text.push_str(&pattern[at..brace]);
        let rest = &pattern[brace..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            text.push_str(&rest[..1]);
            at = brace + 2;
            continue;
        }
        let number = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(number, _)| number);
        let argument =
            number.filter(|n| n.bytes().all(|b| b.is_ascii_digit())).and_then(|n| Some((n, n.parse().ok()?)));
        let Some((number, argument)) = argument else { return Err(brace) };
        if !text.is_empty() {
            found.push(Piece::Text(std::mem::take(&mut text)));
        }
        found.push(Piece::Argument(argument));
        at = brace + number.len() + 2;
    }
    text.push_str(&pattern[at..]);
    if !text.is_empty() {
        found.push(Piece::Text(text));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_patterns() {
        let text = |text: &str| Piece::Text(text.into());
        assert_eq!(pieces(""), Ok(vec![]));
        assert_eq!(
            pieces("a{0}b{12}"),
            Ok(vec![text("a"), Piece::Argument(0), text("b"), Piece::Argument(12)])
        );
        assert_eq!(pieces("{{{0}}}"), Ok(vec![text("{"), Piece::Argument(0), text("}")]));
        assert_eq!(pieces("{{}}"), Ok(vec![text("{}")]));
        assert_eq!(pieces("{00}ü"), Ok(vec![Piece::Argument(0), text("ü")]));
    }

    #[test]
    fn refuses_stray_braces() {
        for (pattern, at) in [
            ("{", 0),
            ("a}", 1),
            ("{{0}", 3),
            ("}0{", 0),
            ("{0}{", 3),
            ("{}", 0),
            ("{a}", 0),
            ("{ 0}", 0),
            ("{0:x}", 0),
            ("{256}", 0),
            ("{+1}", 0),
        ] {
            assert_eq!(pieces(pattern), Err(at), "{pattern}");
        }
    }
}
