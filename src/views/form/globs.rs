//! A filter tried out: what its patterns let through, by examples and for a name that the person types.

use leptos::prelude::*;
use stepladder_workflow::glob::{self, Pattern, Target};
use stepladder_yaml::{Path, Step};

use super::parted::{parts, without_quotes};
use super::prose::prose;
use super::read;
use crate::session::Session;
use crate::ui::calm::calm;
use crate::ui::icon::{Icon, icon};

/// Examples that are told.
const SHOWN: usize = 4;

/// What one filter lets through. `ignores` when its patterns shut out what matches.
#[derive(Clone, PartialEq)]
struct Filter {
    key: &'static str,
    patterns: Vec<String>,
}

impl Filter {
    fn ignores(&self) -> bool {
        self.key.ends_with("-ignore")
    }

    /// Whether `name` gets through, and the pattern that decided.
    fn lets(&self, name: &str) -> (bool, Option<String>) {
        let target = Target::of_filter(self.key);
        let patterns: Vec<Pattern> =
            self.patterns.iter().map(|text| Pattern::parse(text, target).0).collect();
        let verdict = glob::matches_list(&patterns, name);
        let by = verdict.decided_by.and_then(|by| self.patterns.get(by).cloned());
        (verdict.matched != self.ignores(), by)
    }

    fn examples(&self) -> Vec<String> {
        let target = Target::of_filter(self.key);
        let mut found: Vec<String> = self
            .patterns
            .iter()
            .filter(|pattern| !pattern.starts_with('!'))
            .flat_map(|pattern| glob::examples(pattern, target))
            .filter(|example| self.lets(example).0 != self.ignores())
            .collect();
        found.retain(|example| !self.patterns.contains(example));
        found.dedup();
        found.truncate(SHOWN);
        found
    }
}

/// What is to be said of the patterns that are being typed for the filter at `path`: their mistakes, else what the last of
/// them matches. Nothing for a list that is no filter.
pub(super) fn while_typing(
    path: &Path,
    draft: RwSignal<String>,
    editing: RwSignal<Option<usize>>,
) -> AnyView {
    let target = match path.steps() {
        [Step::Key(on), Step::Key(_), Step::Key(key)] if on == "on" && is_filter(key) => {
            Target::of_filter(key)
        }
        _ => return ().into_any(),
    };
    // As Enter would take them: one that is changed stays one.
    let patterns = Memo::new(move |_| {
        draft.with(|text| match editing.get() {
            Some(_) => Vec::from_iter(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            None => parts(text).iter().map(|part| without_quotes(part)).collect::<Vec<_>>(),
        })
    });
    let typed = patterns;
    let patterns = calm(typed);
    // What was said of other patterns leaves its place at once, and the place stays.
    let is_former = move || typed.with(|typed| patterns.with(|told| told != typed));
    let words = move || {
        let patterns = patterns.get();
        let text = patterns.last()?.as_str();
        let told: Vec<_> = patterns
            .iter()
            .flat_map(|pattern| Pattern::parse(pattern, target).1)
            .map(|problem| {
                let (class, glyph) = match problem.kind.is_error() {
                    true => ("field-problem is-error", Icon::Error),
                    false => ("field-problem is-warning", Icon::Warning),
                };
                view! { <p class=class>{icon(glyph)} <span>{prose(&problem.message)}</span></p> }.into_any()
            })
            .collect();
        if !told.is_empty() {
            return Some(told.into_any());
        }
        let mut examples = glob::examples(text, target);
        examples.retain(|example| example != text);
        let verb = if text.starts_with('!') { "Takes back" } else { "Matches" };
        (!examples.is_empty()).then(|| {
            let words = format!("{verb} for example `{}`", examples.join("`, `"));
            view! { <p class="field-note">{prose(&words)}</p> }.into_any()
        })
    };
    view! { <div class="glob-typing" class:is-former=is_former role="status">{words}</div> }.into_any()
}

/// Whether a key of an event holds patterns.
fn is_filter(key: &str) -> bool {
    matches!(key.strip_suffix("-ignore").unwrap_or(key), "branches" | "tags" | "paths")
}

/// The pair of filters `key` and `key-ignore` of the event at `event`, tried out. `what` is what they are about:
/// "branch", "tag", "path".
pub(super) fn trial(
    session: Session,
    event: &Path,
    key: &'static str,
    ignore: &'static str,
    what: &'static str,
) -> AnyView {
    let event = event.clone();
    let filters = session.form.derive(move |analysis| {
        let read = |key: &'static str| {
            let patterns = read::shown(analysis, &event.child(key)).texts();
            (!patterns.is_empty()).then_some(Filter { key, patterns })
        };
        [key, ignore].into_iter().filter_map(read).collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| filters.with(|filters| !filters.is_empty()));
    let tried = RwSignal::new(String::new());
    let examples = move || {
        filters
            .get()
            .into_iter()
            .filter_map(|filter| {
                let examples = filter.examples();
                let verb = if filter.ignores() { "ignores" } else { "matches" };
                (!examples.is_empty()).then(|| {
                    view! {
                        <p class="field-note">
                            <code>{filter.key}</code>
                            {format!(" {verb} for example ")}
                            {prose(&format!("`{}`", examples.join("`, `")))}
                        </p>
                    }
                })
            })
            .collect::<Vec<_>>()
    };
    let name = Memo::new(move |_| tried.with(|tried| tried.trim().to_owned()));
    let judged = calm(name);
    let is_former = move || name.with(|name| judged.with(|told| told != name));
    let verdict = move || {
        let name = judged.get();
        (!name.is_empty()).then(|| {
            // All filters of an event must let it through.
            let answers: Vec<(bool, Option<String>)> =
                filters.with(|filters| filters.iter().map(|filter| filter.lets(&name)).collect());
            let passes = answers.iter().all(|(passes, _)| *passes);
            let by = answers.into_iter().find(|(answer, _)| *answer == passes).and_then(|(_, by)| by);
            let (glyph, class, words) = if passes {
                (Icon::Check, "glob-verdict is-yes", "starts the workflow")
            } else {
                (Icon::Close, "glob-verdict is-no", "does not start it")
            };
            let because = by.map(|by| format!(" because of `{by}`")).unwrap_or_default();
            view! { <p class=class>{icon(glyph)} <span>{prose(&format!("`{name}` {words}{because}"))}</span></p> }
        })
    };
    let label = format!("Try a {what}");
    let sample = match what {
        "path" => "src/main.py",
        "tag" => "v1.2.0",
        _ => "feature/login",
    };
    (move || {
        any.get().then(|| {
            view! {
                <section class="globs">
                    {examples}
                    <label class="glob-try">
                        <span>{label.clone()}</span>
                        <input
                            class="field-input mono"
                            type="text"
                            spellcheck="false"
                            autocomplete="off"
                            placeholder=sample
                            data-written=""
                            prop:value=move || tried.get()
                            on:input=move |event| tried.set(event_target_value(&event))
                        />
                    </label>
                    <div class:is-former=is_former role="status">{verdict}</div>
                </section>
            }
        })
    })
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deciding_pattern_is_named() {
        let filter = |key, patterns: &[&str]| Filter {
            key,
            patterns: patterns.iter().map(|p| (*p).to_owned()).collect(),
        };
        let branches = filter("branches", &["release/**", "!release/old/**"]);
        assert_eq!(branches.lets("release/1"), (true, Some("release/**".into())));
        assert_eq!(branches.lets("release/old/1"), (false, Some("!release/old/**".into())));
        assert_eq!(branches.lets("main"), (false, None));
        let ignored = filter("branches-ignore", &["wip/**"]);
        assert_eq!(ignored.lets("wip/x"), (false, Some("wip/**".into())));
        assert_eq!(ignored.lets("main"), (true, None));
    }
}
