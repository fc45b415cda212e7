//! Values that somebody gives as examples for what an expression reads, kept while the form is open.

use std::collections::BTreeMap;

use leptos::prelude::*;
use stepladder_workflow::ide::Read;
use stepladder_yaml::Path;

/// Contexts that are the same in every job.
const SHARED: [&str; 4] = ["vars.", "secrets.", "inputs.", "github."];

/// The examples, by the job in which they hold and the name.
#[derive(Clone, Copy)]
pub(in super::super) struct Examples(RwSignal<BTreeMap<(String, String), String>>);

impl Examples {
    /// None yet, for the fields below.
    pub(in super::super) fn provide() {
        provide_context(Self(RwSignal::new(BTreeMap::new())));
    }

    /// Those of the form around.
    pub(super) fn of_form() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(BTreeMap::new())))
    }

    /// Those that hold at `path`, as names and texts.
    pub(super) fn at(self, path: &Path) -> Vec<(String, String)> {
        let job = crate::session::job_of(path).unwrap_or_default();
        self.0.with(|all| {
            let here = all.iter().filter(|((place, _), _)| place.is_empty() || place == job);
            here.map(|((_, name), text)| (name.clone(), text.clone())).collect()
        })
    }

    /// A field for each of `reads`, which stand at `path`.
    pub(super) fn fields(self, path: &Path, reads: Memo<Vec<Read>>) -> AnyView {
        let job = crate::session::job_of(path).unwrap_or_default().to_owned();
        let field = move |name: String| {
            let is_shared = SHARED.iter().any(|root| name.to_ascii_lowercase().starts_with(root));
            let place = (if is_shared { String::new() } else { job.clone() }, name.clone());
            let own = place.clone();
            let of_file = name.clone();
            let shown = move || {
                let given = self.0.with(|all| all.get(&place).cloned());
                let start = || {
                    let start =
                        |reads: &Vec<Read>| reads.iter().find(|read| read.name == of_file)?.start.clone();
                    reads.with(start)
                };
                given.or_else(start).unwrap_or_default()
            };
            let label = format!("Example of {name}");
            view! {
                <label class="judged-read">
                    <code>{name}</code>
                    <span aria-hidden="true">"="</span>
                    <input
                        class="field-input mono"
                        type="text"
                        spellcheck="false"
                        autocomplete="off"
                        aria-label=label
                        placeholder="example"
                        data-written=untrack(&shown)
                        prop:value=shown
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            self.0.update(|all| _ = all.insert(own.clone(), text));
                        }
                    />
                </label>
            }
        };
        let names = Memo::new(move |_| {
            reads.with(|reads| reads.iter().map(|read| read.name.clone()).collect::<Vec<_>>())
        });
        view! {
            <div class="judged-reads"><For each=move || names.get() key=Clone::clone children=field /></div>
        }
        .into_any()
    }
}
