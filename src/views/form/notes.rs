//! What is told around a control: what an alias repeats, and what is wrong.

use leptos::prelude::*;
use stepladder_workflow::Severity;
use stepladder_workflow::edits::{self, Shared};
use stepladder_workflow::schema::Widget;
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::controls::At;
use super::fields::is_group;
use super::prose::{plain, prose};
use super::read::{self, Problem, Shown, Told};
use super::{barred, focus, write};
use crate::commands::problems::fix as repair;
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::calm::calm;
use crate::ui::icon::{Icon, icon};
use crate::views::perform::who_repeat;

/// What an alias has to do with a value.
#[derive(Clone, PartialEq)]
enum Repeat {
    /// It repeats what stands at the anchor of that name.
    Repeats(String),
    /// There is no anchor of that name for it.
    Nothing(String),
    /// It is repeated: who else changes with it.
    Shared(Shared),
}

/// Above what an alias repeats: from where, and the way to have it here alone. Above what is repeated: by whom.
pub(super) fn repeated(session: Session, path: &Path) -> AnyView {
    repeated_within(session, path, path)
}

/// As [`repeated`], also of what stands around `path` within `outer`.
pub(super) fn repeated_within(session: Session, path: &Path, outer: &Path) -> AnyView {
    let (here, outer) = (path.clone(), outer.clone());
    let told = session.form.derive(move |analysis| match read::anchor(analysis, &here) {
        Some(anchor) if read::shown(analysis, &here) == Shown::Dangling => Some(Repeat::Nothing(anchor)),
        Some(anchor) => Some(Repeat::Repeats(anchor)),
        None => edits::shared(analysis, &here, &outer).map(Repeat::Shared),
    });
    let path = path.clone();
    (move || match told.get()? {
        Repeat::Repeats(anchor) => {
            let path = path.clone();
            let detach = move |_| {
                if write::act_here(session, |analysis| edits::detach_alias(analysis, &path)) {
                    session.offer_undo();
                }
            };
            Some(
                view! {
                    <p class="field-note field-repeated">
                        "Repeats what stands at the anchor " <code>{format!("&{anchor}")}</code> ". "
                        <button type="button" class="link" on:click=detach>"Give it a copy of its own"</button>
                    </p>
                }
                .into_any(),
            )
        }
        Repeat::Nothing(anchor) => {
            let path = path.clone();
            let empty = move |_| {
                if write::set(session, &path, &Value::Null) {
                    focus::on(format!("field-{path}"));
                }
            };
            Some(
                view! {
                    <p class="field-note field-repeated">
                        "Without an anchor " <code>{format!("&{anchor}")}</code> " this says nothing. "
                        <button type="button" class="link" on:click=empty>"Write a value instead"</button>
                    </p>
                }
                .into_any(),
            )
        }
        Repeat::Shared(Shared { anchor, path, by }) => Some({
            let detach = move |_| {
                if write::act_here(session, |analysis| edits::detach_anchor(analysis, &path)) {
                    session.offer_undo();
                }
            };
            view! {
                <p class="field-note field-repeated">
                    "Written once, at the anchor " <code>{format!("&{anchor}")}</code>
                    {format!(", and {} it. Whom a change is for is asked. ", who_repeat(&by))}
                    <button type="button" class="link" on:click=detach>"Change it here alone"</button>
                </p>
            }
            .into_any()
        }),
    })
    .into_any()
}

/// So many are told at a field until somebody asks for the others; the first of them are the worst.
const AT_A_FIELD: usize = 3;

/// What is wrong with the value, below it, and what keeps it from being written.
pub(super) fn problems(at: &At) -> AnyView {
    // A group, and the runners of one, show what is wrong in it at its own fields.
    let told = match at.field.widget {
        Widget::Runner => Told::OwnOfMapping,
        _ if is_group(at.field) => Told::Own,
        _ => Told::All,
    };
    view! { {told_at(at.session, &at.path, told, AT_A_FIELD)} {barred::note(at)} }.into_any()
}

/// What is wrong at `path`.
pub(super) fn source_problems(session: Session, path: &Path) -> AnyView {
    told_at(session, path, Told::All, AT_A_FIELD)
}

/// What is wrong with what is at `path` itself, above or below all that it is made of.
pub(super) fn own_problems(session: Session, path: &Path) -> AnyView {
    told_at(session, path, Told::Own, usize::MAX)
}

/// What is wrong with the parts of what is at `path`, where they have no fields.
pub(super) fn inner_problems(session: Session, path: &Path) -> AnyView {
    told_at(session, path, Told::Inner, AT_A_FIELD)
}

fn told_at(session: Session, path: &Path, told: Told, most: usize) -> AnyView {
    let here = path.clone();
    let found = session.echo.derive(move |analysis| read::problems(analysis, &here, told));
    listed(session, path, found, most)
}

/// These problems, which are all at `path`.
pub(super) fn listed_problems(session: Session, path: &Path, found: Memo<Vec<Problem>>) -> AnyView {
    listed(session, path, found, AT_A_FIELD)
}

/// As [`listed_problems`], `most` of them until somebody wants to see the others.
fn listed(session: Session, path: &Path, found: Memo<Vec<Problem>>, most: usize) -> AnyView {
    let path = path.clone();
    let now = found;
    let found = calm(now);
    let all = RwSignal::new(false);
    let told = move || {
        let count = if all.get() { usize::MAX } else { most };
        let told = found.get().into_iter().take(count).map(|problem| {
            // What was said of a value that is not there any more leaves its place at once, and the place stays.
            let own = problem.clone();
            let is_former = move || now.with(|now| !now.contains(&own));
            let Problem { severity, message, fix } = problem;
            let (class, glyph) = match severity {
                Severity::Error => ("field-problem is-error", Icon::Error),
                Severity::Warning => ("field-problem is-warning", Icon::Warning),
                Severity::Hint => ("field-problem is-hint", Icon::Hint),
            };
            let (path, about) = (path.clone(), message.clone());
            let mend = move |_| {
                let finding =
                    session.analysis.with_untracked(|analysis| read::finding(analysis, &path, &about));
                if let Some(finding) = finding {
                    repair(session, &finding);
                }
            };
            let fix = fix.map(|title| {
                button("button-small button-quiet field-fix", Some(Icon::Fix), plain(&title), mend)
            });
            view! {
                <p class=class class:is-former=is_former>{icon(glyph)} <span>{prose(&message)} " " {fix}</span></p>
            }
        });
        told.collect::<Vec<_>>()
    };
    let hidden = Memo::new(move |_| {
        let count = if all.get() { usize::MAX } else { most };
        found.with(|found| found.len().saturating_sub(count))
    });
    let more = move || {
        let hidden = hidden.get();
        (hidden > 0).then(|| {
            view! {
                <p class="field-more-problems">
                    <button type="button" class="link" on:click=move |_| all.set(true)>
                        {format!("and {hidden} more")}
                    </button>
                </p>
            }
        })
    };
    view! { <div class="field-problems">{told} {more}</div> }.into_any()
}
