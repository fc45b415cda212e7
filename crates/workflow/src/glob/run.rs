//! Matching, by walking the value once with the set of places in the pattern that are still possible.

use super::{One, Token};

impl One {
    fn accepts(&self, c: char) -> bool {
        match self {
            Self::Char(own) => *own == c,
            Self::Class(ranges) => ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)),
        }
    }
}

/// Whether the tokens match the whole of `value`.
pub(super) fn matches(tokens: &[Token], value: &str) -> bool {
    let mut here = vec![false; tokens.len() + 1];
    let mut next = here.clone();
    reach(tokens, &mut here, 0);
    for c in value.chars() {
        next.fill(false);
        let mut alive = false;
        for (at, token) in tokens.iter().enumerate() {
            if !here[at] {
                continue;
            }
            let (stay, go) = match token {
                Token::One(one) | Token::Maybe(one) => (false, one.accepts(c)),
                Token::Many(one) => (one.accepts(c), one.accepts(c)),
                Token::Star => (c != '/', false),
                Token::DoubleStar => (true, false),
                Token::MaybeDirectories => (false, false),
                Token::Directories => (true, c == '/'),
            };
            if stay {
                reach(tokens, &mut next, at);
            }
            if go {
                reach(tokens, &mut next, at + 1);
            }
            alive |= stay || go;
        }
        std::mem::swap(&mut here, &mut next);
        if !alive {
            return false;
        }
    }
    here[tokens.len()]
}

/// Marks the place `at`, and every later place that can be had from it without a character.
fn reach(tokens: &[Token], places: &mut [bool], mut at: usize) {
    loop {
        if places[at] {
            return;
        }
        places[at] = true;
        match tokens.get(at) {
            Some(Token::Maybe(_) | Token::Star | Token::DoubleStar) => at += 1,
            Some(Token::MaybeDirectories) => {
                places[at + 1] = true;
                at += 2;
            }
            _ => return,
        }
    }
}
