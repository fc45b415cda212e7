//! The fixture language of the editor's tests: `$0` stands for the caret.

use crate::lint::testing::{env, files};
use crate::{Analysis, Env};

/// The text without `$0`, and where that stood.
#[track_caller]
pub(super) fn caret(fixture: &str) -> (String, u32) {
    let at = fixture.find("$0").expect("the fixture has no $0");
    (fixture.replacen("$0", "", 1), super::view::index(at))
}

/// A fixture of several files, as the rules have them, with the caret in the first one; with the usual facts.
#[track_caller]
pub(super) fn open(fixture: &str) -> (Analysis, Env, u32) {
    let (text, name, others) = files(fixture);
    let (text, offset) = caret(&text);
    let mut env = env();
    env.file_name = name.or(Some(".github/workflows/test.yml".to_owned()));
    env.files.extend(others);
    (Analysis::new(text, &env), env, offset)
}
