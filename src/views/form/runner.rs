//! The machine that a job runs on: hosted labels by system, or labels of one's own.

use leptos::prelude::*;
use stepladder_workflow::facts::runners::{HOSTED, Os};
use stepladder_yaml::edit::Value;

use super::chips::Ends;
use super::controls::At;
use super::{list, pairs, picker, read, write};

/// The labels of `runs-on`; one for a hosted runner, several for one's own.
pub(super) fn labels(at: &At) -> AnyView {
    let path = at.path.clone();
    let texts = at.session.form.derive(move |analysis| read::shown(analysis, &path).texts());
    let many = Memo::new(move |_| texts.with(|texts| texts.len() > 1));
    let here = at.clone();
    (move || if many.get() { several(&here) } else { single(&here, texts) }).into_any()
}

fn several(at: &At) -> AnyView {
    let label = at.field.items.filter(|label| label.ctx.allows_expressions());
    let picker = label.map(|field| picker::button(&At { field, ..at.clone() }));
    view! { <div class="field-line">{list::chips(at, at.id(), Ends::Comma)} {picker}</div> }.into_any()
}

fn single(at: &At, texts: Memo<Vec<String>>) -> AnyView {
    let current = move || texts.with(|texts| texts.first().cloned().unwrap_or_default());
    let groups: Vec<_> = [(Os::Linux, "Linux"), (Os::Windows, "Windows"), (Os::MacOs, "macOS")]
        .into_iter()
        .map(|(os, name)| {
            let options: Vec<_> = HOSTED
                .iter()
                .filter(|runner| runner.os == os)
                .map(|runner| {
                    view! { <option value=runner.label selected=move || current() == runner.label>{runner.label}</option> }
                })
                .collect();
            view! { <optgroup label=name>{options}</optgroup> }
        })
        .collect();
    // A row of the job's matrix can say where each variant runs.
    let job = crate::session::job_of(&at.path).map(str::to_owned);
    let rows = at.session.form.derive(move |analysis| {
        let matrix = job.as_ref().and_then(|job| analysis.workflow.job(job)?.matrix.as_ref());
        let rows = matrix.map_or(&[][..], |matrix| matrix.rows.as_slice());
        rows.iter().map(|row| format!("${{{{ matrix.{} }}}}", row.name.value)).collect::<Vec<_>>()
    });
    let from_matrix = move || {
        let options: Vec<_> = rows
            .get()
            .into_iter()
            .map(|row| {
                let (value, own) = (row.clone(), row.clone());
                view! { <option value=value selected=move || current() == own>{row}</option> }
            })
            .collect();
        (!options.is_empty()).then(|| view! { <optgroup label="From the matrix">{options}</optgroup> })
    };
    let custom = Memo::new(move |_| {
        let label = current();
        !label.is_empty()
            && HOSTED.iter().all(|runner| runner.label != label)
            && rows.with(|rows| !rows.contains(&label))
    });
    let typing = RwSignal::new(false);
    let here = at.clone();
    let own_id = format!("{}-own", at.id());
    let wanted = own_id.clone();
    let change = move |event| {
        let label = event_target_value(&event);
        typing.set(label == OTHER);
        match label.as_str() {
            OTHER => pairs::focus(wanted.clone()),
            GROUP => {
                // Labels of one's own stay: a runner of the group must have them.
                let mut value = vec![("group".to_owned(), Value::Str(String::new()))];
                if custom.get_untracked() {
                    value.push(("labels".to_owned(), Value::Str(current_label(texts))));
                }
                if write::set(here.session, &here.path, &Value::Map(value)) {
                    pairs::focus(format!("field-{}", here.path.child("group")));
                }
            }
            "" => {}
            _ => drop(write::set(here.session, &here.path, &Value::Str(label))),
        }
    };
    let own = at.clone();
    // The first label of one's own takes the place of a hosted one.
    let own_texts = Memo::new(move |_| if custom.get() { texts.get() } else { Vec::new() });
    view! {
        <div class="field-line">
            <select id=at.id() class="field-input" aria-required="true" on:change=change>
                <option value="" disabled selected=move || current().is_empty() && !typing.get()>"Choose a machine"</option>
                {from_matrix}
                {groups}
                <option value=OTHER selected=move || custom.get() || typing.get()>"Own label or expression"</option>
                <option value=GROUP>"Runners of a group"</option>
            </select>
            {at.field.ctx.allows_expressions().then(|| picker::button(at))}
        </div>
        {picker::chips(at)}
        {move || {
            let written = own.clone();
            (custom.get() || typing.get()).then(|| {
                list::text_chips(&own, own_id.clone(), Ends::Comma, own_texts, move |texts| list::set(&written, &texts))
            })
        }}
    }
    .into_any()
}

fn current_label(texts: Memo<Vec<String>>) -> String {
    texts.with_untracked(|texts| texts.first().cloned().unwrap_or_default())
}

/// No label may hold a space, so these are none.
const OTHER: &str = "own label";
const GROUP: &str = "runners of a group";
