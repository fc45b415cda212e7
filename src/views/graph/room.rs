//! Whether a text has room on its card. What may stick out is cut with an ellipsis; each such cut costs every frame in which
//! the cards are drawn, so that texts which surely fit have none.

/// Between the picture of the machine and the end of a job's card, in CSS pixels.
const NAMES: f64 = 150.0;
/// What a badge beside the second line takes at most.
const BADGE: f64 = 52.0;
/// Between the picture of a step and the end of its card, and what each sign behind its title takes.
const STEP: f64 = 160.0;
const SIGN: f64 = 24.0;
/// Sizes of letters; a title is larger from afar.
const TITLE: f64 = 20.0;
const SMALL: f64 = 12.0;
const TEXT: f64 = 13.0;

/// Whether the title of a job fits, also from afar.
pub(super) fn title_fits(title: &str) -> bool {
    width(title) * TITLE <= NAMES
}

/// Whether what stands below the title fits beside so many badges.
pub(super) fn below_fits(below: &str, badges: u8) -> bool {
    width(below) * SMALL <= NAMES - BADGE * f64::from(badges)
}

/// Whether the title of a step fits before so many signs.
pub(super) fn step_fits(title: &str, signs: u8) -> bool {
    width(title) * TEXT <= STEP - SIGN * f64::from(signs)
}

/// How wide a text is at most, in em, in any font that a browser may take for the page.
fn width(text: &str) -> f64 {
    text.chars().map(widest).sum()
}

fn widest(letter: char) -> f64 {
    match letter {
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '('
        | ')' | '[' | ']' | '/' | '-' => 0.46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.06,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' | '#' => 0.84,
        ' '..='~' => 0.68,
        _ => 1.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_fit_and_long_ones_may_not() {
        assert!(title_fits("build") && title_fits("lint-test"));
        assert!(!title_fits("Build and publish"));
        assert!(below_fits("ubuntu-latest", 0) && !below_fits("ubuntu-latest", 2));
        assert!(step_fits("Check out the code", 0) && !step_fits("Check out the code", 3));
        assert!(!step_fits("日本語日本語日本語", 0));
    }
}
