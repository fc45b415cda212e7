//! A text over several lines, and what of it goes into the file: the blanks and empty lines at its end, which mostly come
//! before more is typed, stay in the field.

use leptos::prelude::*;

use super::controls::At;
use super::{barred, write};

/// What Enter, the indentation that follows it, and a blank leave at the end of a text.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The field; it grows with its lines.
pub(super) fn field(at: &At, hint: &'static str) -> AnyView {
    let value = {
        let text = barred::text(at);
        Memo::new(move |_| text.with(|text| shown(text).to_owned()))
    };
    let rows = Memo::new(move |_| value.with(|text| text.lines().count().clamp(2, 24) + 1));
    let barred = barred::barred(at);
    let (here, there) = (at.clone(), at.clone());
    let input = move |event| {
        let text = meant(&event_target_value(&event), &write::held(here.session, &here.path));
        write::set_text(here.session, &here.path, here.field, &text);
    };
    let end = move |event| {
        let text = meant(&event_target_value(&event), &write::held(there.session, &there.path));
        write::end_text(there.session, &there.path, there.field, &text);
    };
    view! {
        <textarea
            id=at.id()
            class="field-input mono field-script"
            aria-required=at.field.required.then_some("true")
            spellcheck="false"
            wrap="off"
            placeholder=hint
            rows=move || rows.get().to_string()
            readonly=move || barred.with(Option::is_some)
            data-written=move || value.get()
            prop:value=move || value.get()
            on:input=input
            on:change=end
        ></textarea>
    }
    .into_any()
}

/// A text without the line break at its end, which every block of lines has and nobody types.
pub(super) fn shown(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

/// What is written once `typed` stands in the field of `before`: with its line break again when it had one, or when it has
/// several lines now and had not, and without blanks at its end that were not there before.
pub(super) fn meant(typed: &str, before: &str) -> String {
    let content = typed.trim_end_matches(BLANKS);
    let (end, old) = (&typed[content.len()..], shown(before));
    let old_end = &old[old.trim_end_matches(BLANKS).len()..];
    let kept = end.bytes().zip(old_end.bytes()).take_while(|(new, old)| new == old).count();
    let mut text = format!("{content}{}", &end[..kept]);
    let becomes_several = text.contains('\n') && !before.contains('\n');
    if !text.is_empty() && (before.ends_with('\n') || becomes_several) {
        text.push('\n');
    }
    text
}

/// The text `held` with what its field has `shown` behind it, which waits for what follows; `held` itself where the field
/// shows something else.
pub(super) fn waiting(shown: &str, held: &str) -> String {
    if shown.trim_end_matches(BLANKS) != held.trim_end_matches(BLANKS) {
        return held.to_owned();
    }
    let is_block = held.ends_with('\n') || shown.contains('\n') && !held.contains('\n');
    if is_block { format!("{shown}\n") } else { shown.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_what_is_meant() {
        for text in ["a", "a\n", "a\nb\n", "", "a\n\n", "a \n", "a\n  \n", " "] {
            assert_eq!(meant(shown(text), text), text);
        }
    }

    #[test]
    fn the_line_break_at_the_end_stays() {
        assert_eq!(meant("a\nb", "a"), "a\nb\n");
        assert_eq!(meant("a\nbc", "a\nb\n"), "a\nbc\n");
        // `|-` has no line break at its end, whatever is typed.
        assert_eq!(meant("a\nbc", "a\nb"), "a\nbc");
    }

    #[test]
    fn what_waits_is_there_for_what_is_put_behind_it() {
        for (shown, held, text) in [
            ("curl ", "curl\n", "curl \n"),
            ("a\ncurl ", "a\ncurl\n", "a\ncurl \n"),
            ("curl\n", "curl\n", "curl\n\n"),
            ("ls ", "ls", "ls "),
            ("ls\n  ", "ls", "ls\n  \n"),
            ("ls", "pwd\n", "pwd\n"),
        ] {
            assert_eq!(waiting(shown, held), text, "{shown:?} over {held:?}");
        }
    }

    #[test]
    fn blanks_at_the_end_wait_for_what_follows() {
        for (typed, before, after) in [
            ("echo a\n", "echo a", "echo a"),
            ("echo a ", "echo a", "echo a"),
            ("a\nb\n", "a\nb\n", "a\nb\n"),
            ("a\n  b\n  ", "a\n  b\n", "a\n  b\n"),
            ("a\n  b\n  c", "a\n  b\n", "a\n  b\n  c\n"),
            ("a\n\nb", "a", "a\n\nb\n"),
            // Who takes a line away that was last has typed what stands before it.
            ("a\n", "a\nb\n", "a\n"),
            // What the file had at its end goes when somebody takes it away, and only then.
            ("a\n", "a\n\n\n", "a\n\n"),
            ("a", "a \n", "a\n"),
            ("\n", "", ""),
        ] {
            assert_eq!(meant(typed, before), after, "{typed:?} over {before:?}");
        }
    }
}
