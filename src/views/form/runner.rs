//! The machine that a job runs on: hosted labels by system, or labels of one's own.

use leptos::prelude::*;
use stepladder_workflow::facts::runners::{HOSTED, Os};
use stepladder_yaml::edit::Value;

use super::controls::At;
use super::{list, read, write};

/// The labels of `runs-on`; one for a hosted runner, several for one's own.
pub(super) fn labels(at: &At) -> AnyView {
    let path = at.path.clone();
    let texts = at.session.derive(move |analysis| read::shown(analysis, &path).texts());
    let many = Memo::new(move |_| texts.with(|texts| texts.len() > 1));
    let here = at.clone();
    (move || if many.get() { list::chips(&here, here.id()) } else { single(&here, texts) }).into_any()
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
    let custom = Memo::new(move |_| {
        let label = current();
        !label.is_empty() && HOSTED.iter().all(|runner| runner.label != label)
    });
    let typing = RwSignal::new(false);
    let here = at.clone();
    let change = move |event| {
        let label = event_target_value(&event);
        typing.set(label == OTHER);
        if label != OTHER && !label.is_empty() {
            write::set(here.session, &here.path, &Value::Str(label), false);
        }
    };
    let own = at.clone();
    view! {
        <div class="field-line">
            <select id=at.id() class="field-input" aria-required="true" on:change=change>
                <option value="" disabled selected=move || current().is_empty() && !typing.get()>"Choose a machine"</option>
                {groups}
                <option value=OTHER selected=move || custom.get() || typing.get()>"Own label or expression"</option>
            </select>
        </div>
        {move || (custom.get() || typing.get()).then(|| list::chips(&own, format!("{}-own", own.id())))}
    }
    .into_any()
}

/// No label may hold a space, so this is none.
const OTHER: &str = "own label";
