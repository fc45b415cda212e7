//! What the job's token may do: all at once in words, or scope by scope.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::facts::permissions::{self, Level, SCOPES};
use stepladder_yaml::Path;
use stepladder_yaml::edit::Value;

use super::controls::At;
use super::{focus, read, write};
use crate::session::{Session, job_of};
use crate::ui::button::icon_button;
use crate::ui::icon::Icon;
use crate::ui::pick::{Line, pick};
use crate::ui::settle::settling;

/// What the permissions are as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    Unset,
    /// `{}`
    Nothing,
    /// The code can be read, nothing else.
    Code,
    ReadAll,
    WriteAll,
    /// Some scopes.
    Chosen,
    /// A word that is none.
    Unknown,
}

/// The choices that can be made at once: their name in the control, and what they are called.
const CHOICES: [(Whole, &str, &str); 4] = [
    (Whole::Nothing, "nothing", "Nothing at all"),
    (Whole::Code, "code", "Read only: check out the code"),
    (Whole::ReadAll, "read-all", "Read everything"),
    (Whole::WriteAll, "write-all", "Read and change everything"),
];

/// The permissions at `at`.
pub(super) fn permissions(at: &At) -> AnyView {
    let here = at.path.clone();
    let state = at.session.form.derive(move |analysis| {
        let scopes = read::pairs(analysis, &here);
        let whole = match (read::shown(analysis, &here), scopes.as_slice()) {
            (read::Shown::Absent, _) => Whole::Unset,
            (read::Shown::Mapping, []) => Whole::Nothing,
            (read::Shown::Mapping, [(name, Some(level))]) if name == "contents" && level == "read" => {
                Whole::Code
            }
            (read::Shown::Mapping, _) => Whole::Chosen,
            (read::Shown::Scalar(word), _) => match word.as_str() {
                "read-all" => Whole::ReadAll,
                "write-all" => Whole::WriteAll,
                "" => Whole::Unset,
                _ => Whole::Unknown,
            },
            _ => Whole::Unknown,
        };
        (whole, scopes.into_iter().map(|(name, _)| name).collect::<Vec<_>>())
    });
    let whole = Memo::new(move |_| state.with(|(whole, _)| *whole));
    let names = Memo::new(move |_| state.with(|(_, names)| names.clone()));
    let by_scope = Memo::new(move |_| matches!(whole.get(), Whole::Nothing | Whole::Code | Whole::Chosen));
    // All at once, the scopes have no rows yet, but each can be the first.
    let at_once = Memo::new(move |_| matches!(whole.get(), Whole::Unset | Whole::ReadAll | Whole::WriteAll));
    let (owner, own) = (at.clone(), at.clone());
    view! {
        {choice(at, whole)}
        <Show when=move || by_scope.get()>{scopes(&owner, names)}</Show>
        <Show when=move || at_once.get()>
            <div class="scopes">
                <p class="field-note">
                    "Or choose scope by scope: the first one takes all others away, until they are listed too."
                </p>
                {more(&own, names, "Choose scope by scope", true)}
            </div>
        </Show>
    }
    .into_any()
}

/// All of it in one choice.
fn choice(at: &At, whole: Memo<Whole>) -> AnyView {
    let unset = if job_of(&at.path).is_some() {
        "Not set: what the workflow says"
    } else {
        "Not set: what the repository's settings say"
    };
    let options: Vec<_> = CHOICES
        .into_iter()
        .map(|(own, name, words)| {
            view! { <option value=name selected=move || whole.get() == own>{words}</option> }
        })
        .collect();
    let text = at.text();
    let others = move || match whole.get() {
        Whole::Chosen => {
            Some(view! { <option value="chosen" selected=true>"Chosen below"</option> }.into_any())
        }
        Whole::Unknown => {
            Some(view! { <option value="unknown" selected=true>{text.get()}</option> }.into_any())
        }
        _ => None,
    };
    let here = at.clone();
    let change = move |chosen: String| {
        let session = here.session;
        // Scopes that were chosen one by one are easily lost, so the way back is offered.
        let loses = whole.get_untracked() == Whole::Chosen;
        let value = match chosen.as_str() {
            "" => {
                let gone = write::act(session, |analysis| edits::remove_field(analysis, &here.path));
                return if gone && loses {
                    session.offer_undo()
                };
            }
            "nothing" => Value::Map(Vec::new()),
            "code" => Value::Map(vec![("contents".to_owned(), Value::Str("read".to_owned()))]),
            word @ ("read-all" | "write-all") => Value::Str(word.to_owned()),
            _ => return,
        };
        if write::set(session, &here.path, &value) && loses {
            session.offer_undo();
        }
    };
    let options = view! {
        <option value="" selected=move || whole.get() == Whole::Unset>{unset}</option>
        {options}
        {others}
    };
    settling(Some(at.id()), "field-input", None, false, options, change)
}

/// The scopes that are named, and a way to name more.
fn scopes(at: &At, names: Memo<Vec<String>>) -> AnyView {
    let session = at.session;
    let place = at.path.clone();
    view! {
        <div class="scopes">
            <For
                each=move || names.get()
                key=Clone::clone
                children=move |name| scope(session, &place, name)
            />
            <p class="field-note">
                {move || {
                    let none = names.with(Vec::is_empty);
                    if none { "The token may do nothing." } else { "What is not listed here, the token may not do." }
                }}
            </p>
            {more(at, names, "Let it do more", false)}
        </div>
    }
    .into_any()
}

/// The list, called `label`, of the scopes that have no row. What the first one takes away can be brought back.
fn more(at: &At, names: Memo<Vec<String>>, label: &'static str, is_first: bool) -> AnyView {
    let (session, owner) = (at.session, at.path.clone());
    let free = move || {
        let named = names.get_untracked();
        let free =
            SCOPES.iter().filter(|scope| !scope.retired && !named.iter().any(|name| name == scope.name));
        let line = |name: &str| Line {
            value: name.to_owned(),
            title: title(name).to_owned(),
            name: name.to_owned(),
            group: "",
        };
        free.map(|scope| line(scope.name)).collect()
    };
    let add = move |name: &str| {
        let Some(level) = permissions::scope(name).and_then(|scope| scope.levels().first()) else { return };
        if set(session, &owner, name, Some(*level)) {
            focus::on(format!("field-{}-{}", owner.child(name), level.name()));
            if is_first {
                session.offer_undo();
            }
        }
    };
    pick("", label, label, free, add)
}

/// One scope: what it is about, its levels, and what the present one allows.
fn scope(session: Session, place: &Path, name: String) -> AnyView {
    let path = place.child(name.as_str());
    let here = path.clone();
    let level = session.form.derive(move |analysis| Level::parse(&read::shown(analysis, &here).text()));
    // Nothing is known of the levels of an unknown scope: it shows what it has.
    let here = path.clone();
    let written = session.form.derive(move |analysis| read::source(analysis, &here));
    let facts = permissions::scope(&name);
    let title = title(&name);
    let levels: Vec<_> = facts.map_or(&[][..], |facts| facts.levels()).to_vec();
    let (owner, own) = (place.clone(), name.clone());
    let buttons: Vec<_> = levels
        .into_iter()
        .map(|own_level| {
            let (owner, own) = (owner.clone(), own.clone());
            let pressed = move || if level.get() == Some(own_level) { "true" } else { "false" };
            let words = match own_level {
                Level::None => "No access",
                Level::Read => "Read",
                Level::Write => "Write",
            };
            view! {
                <button
                    type="button"
                    id=format!("field-{path}-{}", own_level.name())
                    aria-pressed=pressed
                    on:click=move |_| {
                        set(session, &owner, &own, Some(own_level));
                    }
                >
                    {words}
                </button>
            }
        })
        .collect();
    let doc = move || match (facts, level.get()) {
        (Some(facts), Some(level)) => facts.doc(level),
        (Some(_), None) => "The level is none of those above.".to_owned(),
        (None, _) => "GitHub has no such scope.".to_owned(),
    };
    let (light, owner, gone) = (place.child(name.as_str()), place.clone(), name.clone());
    let place = light.to_string();
    view! {
        <div class="scope" data-field=place>
            <div class="field-head">
                <span class="field-label" on:mouseenter=move |_| session.light(&light)>{title}</span>
                <code class="field-key">{name.clone()}</code>
            </div>
            <div class="field-line">
                {match facts {
                    Some(_) => view! { <div class="segmented" role="group" aria-label=title>{buttons}</div> }.into_any(),
                    None => view! { <code class="scope-written">{move || written.get()}</code> }.into_any(),
                }}
                {icon_button(Icon::Trash, format!("Remove {name}"), || false, move |_| {
                    if set(session, &owner, &gone, None) {
                        session.offer_undo();
                    }
                })}
            </div>
            <p class="field-note">{doc}</p>
        </div>
    }
    .into_any()
}

/// Writes the level of a scope, or takes the scope away.
fn set(session: Session, place: &Path, name: &str, level: Option<Level>) -> bool {
    let job = job_of(place).map(str::to_owned);
    write::act_here(session, |analysis| {
        edits::set_permission(analysis, job.as_deref(), name, level.map(Level::name))
    })
}

/// What the table calls a scope.
fn title(name: &str) -> &'static str {
    let map = stepladder_workflow::schema::WORKFLOW.named("permissions").and_then(|field| field.maps.first());
    map.and_then(|map| map.named(name)).map_or("Unknown scope", |field| field.title)
}
