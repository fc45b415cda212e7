//! The form of a step: a script or an action, and all that the table knows of steps.

mod former;
mod id;
mod kind;
mod pin;
mod versions;

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Job;
use stepladder_workflow::schema::{self, Map};
use stepladder_yaml::Path;

pub(super) use self::id::{id, is_id};
use self::kind::Kind;
use super::controls::At;
use super::{fields, inputs, library, lookup, notes, read, source, write};
use crate::session::{Origin, Session};
use crate::ui::button::icon_button;
use crate::ui::icon::Icon;
use crate::ui::keep_focus::{ENTRY, came_from_graph};
use crate::ui::pick::{Line, pick};
use crate::ui::reach::{Reach, reach};
use crate::views::perform;

/// Where somebody is when a step is gone: at the next one, where no key removes that, too; without one, at what adds one.
const NEXT: &str = ".form:not([aria-busy]) :is(.step-title, [aria-labelledby=form-steps] .field-line button)";
/// Where somebody is who has moved a step: where they were, in the form of that step.
const MOVED: &str = ".form:not([aria-busy]) .step-move .pick-open";

/// The form of the step at `path`.
pub(super) fn panel(session: Session, path: Path) -> AnyView {
    let kind = Kind::of(session, &path);
    let here = path.clone();
    view! {
        {head(session, &path, kind)}
        {notes::repeated_within(session, &path, &Path::root())}
        {move || body(session, &here, kind.get())}
        {fields::whole(session, &path, "This step")}
    }
    .into_any()
}

fn head(session: Session, path: &Path, kind: Memo<Kind>) -> AnyView {
    let here = path.clone();
    let title = session.form.derive(move |analysis| {
        analysis.step(&here).map_or_else(|| "Step".to_owned(), stepladder_workflow::model::Step::title)
    });
    let here = path.clone();
    let disabled = session.form.derive(move |analysis| edits::is_disabled(analysis, &here));
    // A step of a parallel group or of an action has no job that could take it.
    let has_job = path.steps().len() == 4;
    let actions = {
        let (copied, gone, toggled) = (path.clone(), path.clone(), path.clone());
        view! {
            <div class="form-actions">
                {kind::choice(session, path, kind)}
                <label class="switch">
                    <input
                        type="checkbox"
                        role="switch"
                        aria-label="The step runs"
                        prop:checked=move || !disabled.get()
                        on:change=move |event| {
                            let enabled = event_target_checked(&event);
                            session.switch(&toggled, enabled, |make| write::act(session, make));
                        }
                    />
                    <span class="switch-track" aria-hidden="true"></span>
                    <span class="switch-words">{move || if disabled.get() { "Disabled" } else { "Enabled" }}</span>
                </label>
                {has_job.then(|| move_to(session, path))}
                {icon_button(Icon::Copy, "Duplicate this step", || false, move |_| {
                    write::act(session, |analysis| edits::duplicate_step(analysis, &copied));
                })}
                {icon_button(Icon::Trash, "Remove this step", || false, move |_| {
                    perform::remove_step(session, Origin::Form, &gone, || reach(NEXT, Reach::Focus));
                })}
            </div>
            {kind::words(session, path, kind)}
        }
    };
    view! {
        <section class="form-section">
            <header class="form-head">
                <h2 class="step-title" tabindex="-1">{move || title.get()}</h2>
            </header>
            {actions}
        </section>
    }
    .into_any()
}

/// The jobs that the step could be moved to, as a choice.
fn move_to(session: Session, path: &Path) -> AnyView {
    let own = crate::session::job_of(path).unwrap_or_default().to_owned();
    let others = session.form.derive(move |analysis| {
        let is_other = |job: &&Job| job.uses.is_none() && !job.is_twin() && job.id.value != own;
        let jobs = analysis.workflow.jobs.iter().filter(is_other);
        jobs.map(|job| job.id.value.clone()).collect::<Vec<_>>()
    });
    let path = path.clone();
    // The button stays, and keeps the focus, when jobs come and go.
    let has_others = Memo::new(move |_| others.with(|jobs| !jobs.is_empty()));
    (move || {
        if !has_others.get() {
            return ().into_any();
        }
        let step = path.clone();
        let take = move |job: &str| {
            // Who has asked for it by a key of the graph goes on there.
            let back = if came_from_graph() { ENTRY } else { MOVED };
            let there = move || reach(back, Reach::Focus);
            perform::move_step(session, Origin::Form, &step, (job, usize::MAX), there);
        };
        let lines = move || {
            let line = |job: &String| Line {
                value: job.clone(),
                title: job.clone(),
                name: String::new(),
                group: "To the job",
            };
            others.with_untracked(|jobs| jobs.iter().map(line).collect())
        };
        pick("step-move", "Move this step", "Move this step to another job", lines, take)
    })
    .into_any()
}

fn body(session: Session, path: &Path, kind: Kind) -> AnyView {
    let map = session.analysis.with_untracked(|analysis| schema::at(path, &analysis.tree));
    let Some(map) = map else {
        let field = steps_field();
        return field.map_or_else(
            || ().into_any(),
            |field| {
                let at = At { session, path: path.clone(), field };
                view! {
                    <section class="form-section">{source::yaml(&at)}{notes::source_problems(session, path)}</section>
                }
                .into_any()
            },
        );
    };
    let settings =
        |skip: &'static [&'static str]| fields::fields(session, path, map, skip, &["name", "if", "env"]);
    let row = |key: &str| {
        let field = map.named(key)?;
        Some(fields::row(&At { session, path: path.child(key), field }))
    };
    let own = notes::own_problems(session, path);
    match kind {
        Kind::Run => view! {
            <section class="form-section">{own}<div class="fields">{row("name")}{row("run")}</div></section>
            <section class="form-section" aria-labelledby="form-step">
                <h2 id="form-step">"Settings"</h2>
                {settings(&["name", "run"])}
            </section>
        }
        .into_any(),
        Kind::Uses => {
            view! {
                <section class="form-section">{own}<div class="fields">{row("name")}{uses(session, path, map)}</div></section>
                <section class="form-section" aria-labelledby="form-inputs">
                    <h2 id="form-inputs">"Inputs"</h2>
                    {with(session, path, map)}
                </section>
                <section class="form-section" aria-labelledby="form-step">
                    <h2 id="form-step">"Settings"</h2>
                    {settings(&["name", "uses", "with"])}
                </section>
            }
            .into_any()
        }
        Kind::Other(_) => view! { <section class="form-section">{own}{settings(&[])}</section> }.into_any(),
    }
}

/// The inputs, or what stands in their place.
fn with(session: Session, path: &Path, map: &'static Map) -> AnyView {
    let Some((field, inner)) = map.named("with").and_then(|field| Some((field, *field.maps.first()?))) else {
        return ().into_any();
    };
    let at = At { session, path: path.child("with"), field };
    let here = at.path.clone();
    let is_listed = session.form.derive(move |analysis| match read::shown(analysis, &here) {
        read::Shown::Absent | read::Shown::Mapping => true,
        read::Shown::Scalar(text) => text.is_empty(),
        _ => false,
    });
    let step = path.clone();
    (move || {
        if !is_listed.get() {
            return fields::row(&at);
        }
        view! { {inputs::inputs(session, &step, inner)} {notes::own_problems(session, &at.path)} }.into_any()
    })
    .into_any()
}

fn steps_field() -> Option<&'static schema::Field> {
    let job = schema::WORKFLOW.named("jobs")?.maps.first()?.free?.maps.first()?;
    job.named("steps")?.items
}

/// The action with a way to choose another one, and to take its newest version.
fn uses(session: Session, path: &Path, map: &'static Map) -> AnyView {
    let Some(field) = map.named("uses") else { return ().into_any() };
    let at = At { session, path: path.child("uses"), field };
    let text = at.text();
    let choice = pin::choice(&at);
    let about = Memo::new(move |_| {
        let uses = text.get();
        session.env.with(|env| {
            let action = env.catalogue.as_ref()?.action(library::split(&uses).0)?;
            Some(action.doc.clone()).filter(|doc| !doc.is_empty())
        })
    });
    let page = Memo::new(move |_| {
        let uses = text.get();
        let (slug, _) = library::split(&uses);
        let mut parts = slug.split('/');
        let (owner, name) = (parts.next()?, parts.next()?);
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        (plain(owner) && plain(name) && !owner.starts_with('.'))
            .then(|| format!("https://github.com/{owner}/{name}"))
    });
    view! {
        <div>
        {fields::row(&at)}
        {move || about.get().map(|doc| view! { <p class="field-note">{doc}</p> })}
        {lookup::lookup(session, &at.path)}
        <div class="field-line">
            {versions::versions(&at, choice)}
            {pin::ways(&at, choice)}
            {move || {
                page.get().map(|href| view! {
                    <a class="link" href=href target="_blank" rel="noopener noreferrer">"Its page on GitHub"</a>
                })
            }}
        </div>
        {pin::notes(&at, choice)}
        </div>
    }
    .into_any()
}
