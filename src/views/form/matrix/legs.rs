//! The jobs that come of a matrix.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Legs;

use super::super::{focus, write};
use super::Place;
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};

/// Jobs that are listed until somebody asks for all; a matrix may make 256.
const FIRST: usize = 16;
/// Jobs that are listed at most.
const MOST: usize = 256;

/// A variant as it is listed.
#[derive(Clone, PartialEq)]
struct Variant {
    /// Each name with its value, as a text of one line.
    label: Vec<(String, String)>,
}

/// The jobs that the matrix makes, each with a way to leave it out.
pub(super) fn legs(place: &Place) -> AnyView {
    let Place { session, .. } = *place;
    let job = place.job.clone();
    let found = session.form.derive(move |analysis| {
        let matrix = analysis.workflow.job(&job)?.matrix.as_ref()?;
        Some(match matrix.legs() {
            Legs::Unknown(why) => Err(why),
            Legs::Known(legs) => Ok(legs
                .into_iter()
                .map(|leg| Variant {
                    label: leg.iter().map(|(name, value)| (name.clone(), value.brief())).collect(),
                })
                .collect::<Vec<_>>()),
        })
    });
    let job = place.job.clone();
    let list_id = format!("field-{}-legs", place.path);
    let all = RwSignal::new(false);
    (move || match found.get() {
        None => ().into_any(),
        Some(Err(why)) => {
            view! { <p class="field-note">{format!("How many jobs come of it is not known: {why}.")}</p> }
                .into_any()
        }
        Some(Ok(variants)) => {
            let count = variants.len();
            let shown = if all.get() || count <= FIRST + 2 { count.min(MOST) } else { FIRST };
            let rest = count.saturating_sub(MOST);
            let next = format!("{list_id}-{FIRST}");
            let more = move |_| {
                all.set(true);
                focus::on(next.clone());
            };
            let items: Vec<_> = variants
                .into_iter()
                .take(shown)
                .enumerate()
                .map(|(at, variant)| variant_view(session, &job, &list_id, variant, (at, count, shown)))
                .collect();
            let words =
                if count == 1 { "1 job comes of it".to_owned() } else { format!("{count} jobs come of it") };
            view! {
                <section class="matrix-legs" aria-label="Jobs that come of the matrix">
                    <p class="field-label" role="status">{words.clone()}</p>
                    <ul id=list_id.clone() tabindex="-1" aria-label=words.clone() class="leg-list">{items}</ul>
                    {(shown < count.min(MOST)).then(|| button("button-small button-quiet", None, format!("Show all {}", count.min(MOST)), more))}
                    {(rest > 0 && shown == MOST).then(|| view! { <p class="field-note">{format!("and {rest} more")}</p> })}
                </section>
            }
            .into_any()
        }
    })
    .into_any()
}

fn variant_view(
    session: Session,
    job: &str,
    list: &str,
    variant: Variant,
    (at, count, listed): (usize, usize, usize),
) -> AnyView {
    let Variant { label } = variant;
    let named: Vec<String> = label.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let title = format!("Leave out {}", named.join(", "));
    let shown: Vec<_> = label
        .into_iter()
        .map(|(name, value)| view! { <span class="leg-part"><span class="leg-name">{name}</span>" "{value}" "</span> })
        .collect();
    let (job, list, id) = (job.to_owned(), list.to_owned(), format!("{list}-{at}"));
    let leave_out = move |_| {
        if write::act_here(session, |analysis| edits::leave_out(analysis, &job, at)) {
            // On to the next one; the last one of all cannot be left out.
            let next = at.min(listed.saturating_sub(2));
            focus::on(if count > 2 { format!("{list}-{next}") } else { list.clone() });
        }
    };
    view! {
        <li class="leg">
            <span class="leg-parts">{shown}</span>
            {(count > 1).then(|| view! {
                <button type="button" id=id aria-label=title.clone() title=title on:click=leave_out>{icon(Icon::Close)}</button>
            })}
        </li>
    }
    .into_any()
}
