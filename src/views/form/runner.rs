//! The machine that a job runs on: hosted labels by system, or labels of one's own, or a group. The list of machines stays
//! in each of these, so that one can go on to any other.

use leptos::prelude::*;
use stepladder_workflow::facts::runners::{HOSTED, Os};
use stepladder_yaml::edit::Value;

use super::controls::At;
use super::parted::Ends;
use super::{focus, list, picker, read, write};
use crate::ui::settle::settling;

/// No label may hold a space, so these are none.
const OTHER: &str = "own label";
const GROUP: &str = "runners of a group";
/// The label that all machines of one's own have.
const SELF_HOSTED: &str = "self-hosted";

/// What stands at `runs-on`, as far as the list of machines is about it.
#[derive(Clone, Copy)]
struct Shown {
    /// Its labels, also those of a group.
    labels: Memo<Vec<String>>,
    /// Expressions that give a row of the job's matrix.
    rows: Memo<Vec<String>>,
    is_group: bool,
    /// Whether somebody is about to type a label.
    typing: RwSignal<bool>,
}

impl Shown {
    fn new(at: &At, is_group: bool) -> Self {
        let path = if is_group { at.path.child("labels") } else { at.path.clone() };
        let labels = at.session.form.derive(move |analysis| read::shown(analysis, &path).texts());
        // A row of the job's matrix can say where each variant runs.
        let job = crate::session::job_of(&at.path).map(str::to_owned);
        let rows = at.session.form.derive(move |analysis| {
            let matrix = job.as_ref().and_then(|job| analysis.workflow.job(job)?.matrix.as_ref());
            let rows = matrix.map_or(&[][..], |matrix| matrix.rows.as_slice());
            rows.iter().map(|row| format!("${{{{ matrix.{} }}}}", row.name.value)).collect::<Vec<_>>()
        });
        Self { labels, rows, is_group, typing: RwSignal::new(false) }
    }

    /// The option of the list that holds; empty while there is none.
    fn chosen(self) -> String {
        if self.is_group {
            return GROUP.to_owned();
        }
        self.labels.with(|labels| match labels.as_slice() {
            // A label is about to be typed in its place.
            _ if self.typing.get() && !self.has_own() => OTHER.to_owned(),
            [] => String::new(),
            [first, ..] if first == SELF_HOSTED => SELF_HOSTED.to_owned(),
            [_] if self.has_own() => OTHER.to_owned(),
            [label] => label.clone(),
            _ => OTHER.to_owned(),
        })
    }

    /// Whether the labels are one's own: several, or one that is in no list.
    fn has_own(self) -> bool {
        self.labels.with(|labels| match labels.as_slice() {
            [label] => {
                !label.is_empty()
                    && HOSTED.iter().all(|runner| runner.label != label)
                    && self.rows.with(|rows| !rows.contains(label))
            }
            labels => labels.len() > 1,
        })
    }
}

/// The labels of `runs-on`; one for a hosted runner, several for one's own.
pub(super) fn labels(at: &At) -> AnyView {
    let shown = Shown::new(at, false);
    let own_id = format!("{}-own", at.id());
    let several = Memo::new(move |_| shown.labels.with(|labels| labels.len() > 1));
    let here = at.clone();
    // One of several can be an expression, too.
    let builder = move || {
        if several.get() {
            let label = here.field.items.filter(|label| label.ctx.allows_expressions());
            label.map(|field| picker::button(&At { field, ..here.clone() }))
        } else {
            here.field.ctx.allows_expressions().then(|| picker::button(&here))
        }
    };
    let here = at.clone();
    let read = move || (!several.get()).then(|| picker::chips(&here));
    let own = at.clone();
    let has_own = Memo::new(move |_| shown.has_own());
    // The first label of one's own takes the place of a hosted one.
    let own_labels = Memo::new(move |_| if has_own.get() { shown.labels.get() } else { Vec::new() });
    view! {
        <div class="field-line">{machines(at, shown, own_id.clone())} {builder}</div>
        {read}
        {move || {
            let written = own.clone();
            (has_own.get() || shown.typing.get()).then(|| {
                let called = (own_id.clone(), Some("Add a runner label"));
                list::text_chips(&own, called, Ends::Comma, own_labels, move |texts| list::set(&written, &texts))
            })
        }}
    }
    .into_any()
}

/// The runners of a group, whose fields are `group`.
pub(super) fn of_group(at: &At, group: AnyView) -> AnyView {
    let own_id = format!("{}-own", at.id());
    view! {
        <div class="field-line">{machines(at, Shown::new(at, true), own_id)}</div>
        {group}
    }
    .into_any()
}

/// The list of machines. A label of one's own is typed at `own_id`.
fn machines(at: &At, shown: Shown, own_id: String) -> AnyView {
    let chosen = Memo::new(move |_| shown.chosen());
    let option = move |value: String, words: String| {
        let own = value.clone();
        view! { <option value=value selected=move || chosen.with(|chosen| *chosen == own)>{words}</option> }
    };
    let groups: Vec<_> = [(Os::Linux, "Linux"), (Os::Windows, "Windows"), (Os::MacOs, "macOS")]
        .into_iter()
        .map(|(os, name)| {
            let runners = HOSTED.iter().filter(|runner| runner.os == os);
            let options: Vec<_> =
                runners.map(|runner| option(runner.label.to_owned(), runner.label.to_owned())).collect();
            view! { <optgroup label=name>{options}</optgroup> }
        })
        .collect();
    let from_matrix = move || {
        let rows = shown.rows.get().into_iter().map(|row| option(row.clone(), row)).collect::<Vec<_>>();
        (!rows.is_empty()).then(|| view! { <optgroup label="From the matrix">{rows}</optgroup> })
    };
    let here = at.clone();
    let change = move |choice: String| {
        // Labels of one's own stay: the runner must have them, in a group or without.
        let own = if shown.is_group || untrack(move || shown.has_own()) {
            shown.labels.get_untracked()
        } else {
            Vec::new()
        };
        let (session, path) = (here.session, &here.path);
        shown.typing.set(choice == OTHER && !shown.is_group);
        match choice.as_str() {
            "" => {}
            OTHER if !shown.is_group => focus::on(own_id.clone()),
            OTHER | SELF_HOSTED => {
                let others = own.into_iter().filter(|label| label != SELF_HOSTED);
                let labels: Vec<Value> =
                    std::iter::once(SELF_HOSTED.to_owned()).chain(others).map(Value::Str).collect();
                if write::set(session, path, &one_or_all(labels)) {
                    focus::on(own_id.clone());
                }
            }
            GROUP => {
                let mut value = vec![("group".to_owned(), Value::Str(String::new()))];
                if !own.is_empty() {
                    value.push(("labels".to_owned(), one_or_all(own.into_iter().map(Value::Str).collect())));
                }
                if write::set(session, path, &Value::Map(value)) {
                    focus::on(format!("field-{}", path.child("group")));
                }
            }
            label => {
                let loses = shown.is_group || own.len() > 1;
                if write::set(session, path, &Value::Str(label.to_owned())) && loses {
                    session.offer_undo();
                }
            }
        }
    };
    let options = view! {
        <option value="" disabled selected=move || chosen.with(String::is_empty)>"Choose a machine"</option>
        {from_matrix}
        {groups}
        <optgroup label="Your own">
            {option(SELF_HOSTED.to_owned(), "self-hosted".to_owned())}
            {option(OTHER.to_owned(), "Own label or expression".to_owned())}
            {option(GROUP.to_owned(), "Runners of a group".to_owned())}
        </optgroup>
    };
    settling(Some(at.id()), "field-input", None, true, options, change)
}

/// A single label stands alone.
fn one_or_all(mut labels: Vec<Value>) -> Value {
    match labels.len() {
        1 => labels.remove(0),
        _ => Value::Seq(labels),
    }
}
