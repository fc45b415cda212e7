//! What the card of a job shows. What changes most, its title, is drawn anew alone.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::FocusOptions;

use super::card::{Whole, pick, problems, severity_class};
use super::cards::{Hidden, JobCard, Mark, MatrixMark, Problems, StepLine, System};
use super::glyph::{Glyph, glyph};
use super::{Graph, act, gestures, hold, legs, room};
use crate::session::shown_id;
use crate::ui::icon::icon;
use crate::ui::paint::after_paint_or_hurry;
use crate::views::problems::severity_icon;

/// The card of a job.
pub(super) fn job_card(graph: Graph, whole: ReadSignal<Whole>) -> AnyView {
    let picture = part(whole, picture);
    let below = part(whole, below);
    let badge =
        part(whole, |card| (card.id.clone(), card.disabled, card.matrix.clone(), card.problems.clone()));
    let id = part(whole, |card| card.id.clone());
    let title = part(whole, |card| card.title.clone());
    let named = part(whole, |card| card.named);
    let body = part(whole, |card| {
        let more = (card.more.clone(), card.more_problems.clone());
        (card.id.clone(), card.calls.clone(), card.steps.clone(), more, card.expanded)
    });
    let marks = part(whole, |card| card.marks.clone());
    // Whether the field over the title holds the name that people see, rather than the id.
    let of_name = RwSignal::new(false);
    let renames = move || id.with(|id| id.as_ref().is_some_and(|id| graph.is_renaming(id)));
    let below = move || match below.get() {
        Some(_) if named.get() == Some(true) && renames() => {
            let words = if of_name.get() { "name · F2: the id" } else { "id · F2: the name" };
            Some(words.to_owned())
        }
        below => below,
    };
    let cuts_title = move || title.with(|title| title.as_ref().is_some_and(|title| !room::title_fits(title)));
    let cuts_below = move || {
        let badges = badge.with(|badge| {
            badge.as_ref().map_or(0, |(_, disabled, matrix, problems)| {
                [*disabled, matrix.is_some(), problems.is_some()].map(u8::from).iter().sum()
            })
        });
        below().is_some_and(|below| !room::below_fits(&below, badges))
    };
    let name = move || {
        let id = id.get()?;
        let name = if graph.is_renaming(&id) {
            let named = named.get_untracked() == Some(true);
            of_name.set(named);
            rename_field(graph, id, title.get_untracked().unwrap_or_default(), named.then_some(of_name))
        } else {
            view! { <span class="graph-card-title" class:is-cut=cuts_title title=move || title.get()>{move || title.get()}</span> }
                .into_any()
        };
        Some(name)
    };
    view! {
        <div class="graph-card-head">
            <span class="graph-runner">{move || picture.get().map(glyph)}</span>
            <span class="graph-card-names">
                {name}
                <span class="graph-card-second">
                    <span class="graph-card-below" class:is-cut=cuts_below title=below>{below}</span>
                    {move || badge.get().map(|(id, disabled, matrix, problems)| badges(graph, id, disabled, matrix, problems))}
                </span>
            </span>
        </div>
        {move || body.get().map(|(id, calls, steps, more, expanded)| {
            job_body(graph, calls, &steps, folding(graph, id, more, expanded))
        })}
        {move || marks.get().filter(|marks| !marks.is_empty()).map(|marks| job_marks(graph, &marks))}
    }
    .into_any()
}

/// A part of a job's card, as a signal that changes only when the part does.
fn part<T: PartialEq + Send + Sync + 'static>(
    whole: ReadSignal<Whole>,
    part: impl Fn(&JobCard) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| whole.with(|whole| whole.job.as_ref().map(&part)))
}

/// What stands for the machine.
fn picture(card: &JobCard) -> Glyph {
    match card.system {
        System::Linux => Glyph::Linux,
        System::Windows => Glyph::Windows,
        System::MacOs => Glyph::MacOs,
        System::Other if card.calls.is_some() => Glyph::Call,
        System::Other => Glyph::Server,
    }
}

/// What stands below the title.
fn below(card: &JobCard) -> String {
    let id = shown_id(&card.id);
    match (card.named, card.runner.is_empty()) {
        (true, false) => format!("{id} · {}", card.runner),
        (true, true) => id.to_owned(),
        (false, false) => card.runner.clone(),
        (false, true) if card.calls.is_some() => "calls a workflow".to_owned(),
        (false, true) => "no runner chosen".to_owned(),
    }
}

fn badges(
    graph: Graph,
    id: String,
    disabled: bool,
    matrix: Option<MatrixMark>,
    found: Option<Problems>,
) -> AnyView {
    view! {
        {disabled.then(|| view! { <span class="graph-badge" title="Switched off by its condition">{glyph(Glyph::Off)}"off"</span> })}
        {matrix.map(|matrix| legs::badge(graph, id, matrix))}
        {found.map(problems)}
    }
    .into_any()
}

fn job_body(
    graph: Graph,
    calls: Option<String>,
    steps: &[StepLine],
    folding: Option<AnyView>,
) -> Option<AnyView> {
    if steps.is_empty() && calls.is_none() {
        return None;
    }
    let body = view! {
        <div class="graph-steps" role="group">
            {calls.map(|calls| view! {
                <div class="graph-step">{glyph(Glyph::Call)}<span class="graph-step-title is-cut" title=calls.clone()>{calls.clone()}</span></div>
            })}
            {steps.iter().map(|step| step_line(graph, step)).collect::<Vec<_>>()}
            {folding}
        </div>
    };
    Some(body.into_any())
}

/// The line that shows the steps for which there is no room, or hides them again. Its mark leads to what is wrong there.
fn folding(
    graph: Graph,
    id: String,
    (more, found): (Vec<String>, Option<Hidden>),
    expanded: bool,
) -> Option<AnyView> {
    let (words, mut label) = match more.as_slice() {
        [] if !expanded => return None,
        [] => ("show fewer".to_owned(), "Show fewer steps".to_owned()),
        [one] => ("and 1 more".to_owned(), format!("1 more step: {one}")),
        more => {
            (format!("and {} more", more.len()), format!("{} more steps: {}", more.len(), more.join("; ")))
        }
    };
    if let Some(found) = &found {
        label = format!("{label}, {}", found.words);
    }
    let own = id.clone();
    let mark = found.map(|Hidden { worst, step, words }| {
        let lead = move |event: MouseEvent| {
            if gestures::clicked(graph) {
                event.stop_propagation();
                act::fold(graph, &own);
                graph.select(step.clone());
            }
        };
        view! { <span class=severity_class(worst) title=words on:click=lead>{icon(severity_icon(worst))}</span> }
    });
    let click = move |event: MouseEvent| {
        if gestures::clicked(graph) {
            event.stop_propagation();
            act::fold(graph, &id);
        }
    };
    let state = if expanded { "true" } else { "false" };
    let line = view! {
        <div class="graph-more" role="treeitem" aria-expanded=state aria-label=label.clone() title=label on:click=click>
            <span class="graph-more-words">{words}</span>
            {mark}
        </div>
    };
    Some(line.into_any())
}

fn job_marks(graph: Graph, marks: &[Mark]) -> AnyView {
    let mark = |mark: &Mark| {
        let path = mark.path.clone();
        view! {
            <span class="graph-mark" title=mark.title.clone() on:click=move |event: MouseEvent| mark_field(graph, &event, &path)>
                {glyph(mark.glyph)}
                <span>{mark.text.clone()}</span>
            </span>
        }
    };
    view! { <div class="graph-marks">{marks.iter().map(mark).collect::<Vec<_>>()}</div> }.into_any()
}

/// Selects what a mark stands for and shows its field.
fn mark_field(graph: Graph, event: &MouseEvent, path: &stepladder_yaml::Path) {
    if gestures::clicked(graph) {
        pick(graph, event, path.clone());
        act::show_field(path.clone());
    }
}

fn step_line(graph: Graph, step: &StepLine) -> AnyView {
    let path = step.path.clone();
    let own = path.clone();
    let selected = move || graph.is_selected(&own);
    let mark = step.problem.map(|severity| {
        view! { <span class=severity_class(severity)>{icon(severity_icon(severity))}</span> }
    });
    let picture = if step.uses { Glyph::Action } else { Glyph::Script };
    let note = match (step.disabled, step.conditional) {
        (true, _) => Some((Glyph::Off, "Switched off")),
        (false, true) => Some((Glyph::Condition, "Runs under a condition")),
        _ => None,
    };
    let signs = u8::from(note.is_some()) + u8::from(mark.is_some());
    view! {
        <div
            class="graph-step"
            class:is-selected=selected.clone()
            class:is-off=step.disabled
            role="treeitem"
            aria-selected=move || if selected() { "true" } else { "false" }
            aria-label=step.label.clone()
            data-step=step.path.to_string()
            on:click=move |event: MouseEvent| pick(graph, &event, path.clone())
        >
            {glyph(picture)}
            <span class="graph-step-title" class:is-cut=!room::step_fits(&step.title, signs) title=step.title.clone()>{step.title.clone()}</span>
            {note.map(|(picture, title)| view! { <span class="graph-step-note" title=title>{glyph(picture)}</span> })}
            {mark}
        </div>
    }
    .into_any()
}

/// Puts what is written into the field for it.
fn show(field: &web_sys::HtmlInputElement, written: &str) {
    field.set_value(written);
    let _ = field.set_attribute("data-written", written);
}

/// The title as a field: Enter and leaving it keep what was typed, Escape does not. It is the id; of a job that has a name
/// it is that, while `of_name` holds, and F2 leads to the other.
fn rename_field(graph: Graph, id: String, title: String, of_name: Option<RwSignal<bool>>) -> AnyView {
    let own = shown_id(&id).to_owned();
    let label = move || match of_name.map(|of_name| of_name.get()) {
        Some(true) => format!("Name of job {own}, as people see it; F2 for its id"),
        Some(false) => format!("Id of job {own}; F2 for its name"),
        None => format!("New name of job {own}"),
    };
    let is_name = move || of_name.is_some_and(|of_name| of_name.get_untracked());
    let field = NodeRef::<Input>::new();
    // The text comes first: what has none cannot be selected, and typing shall replace it.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            show(&field, &title);
            after_paint_or_hurry(move || {
                // The camera brings the card into view.
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = field.focus_with_options(&options);
                field.select();
            });
        }
    });
    on_cleanup(|| request_animation_frame(hold::lose_caret));
    let keep = {
        let id = id.clone();
        move || {
            if graph.renaming.with_untracked(|renaming| renaming.as_deref() == Some(&id))
                && let Some(field) = field.get_untracked()
            {
                act::rename(graph, &id, &field.value(), is_name());
            }
        }
    };
    let (leave, own) = (keep.clone(), id.clone());
    let other = move || {
        let (Some(of_name), Some(field)) = (of_name, field.get_untracked()) else { return };
        // What was typed is kept first; a job of another id has another card, which begins with its name.
        let typed = field.value();
        act::rename(graph, &id, &typed, is_name());
        if !is_name() && typed.trim() != id && !typed.trim().is_empty() {
            return graph.renaming.set(Some(graph.id_of(graph.focused())));
        }
        graph.renaming.set(Some(id.clone()));
        of_name.update(|of_name| *of_name = !*of_name);
        let title = graph.model.with_untracked(|model| {
            model.jobs.iter().find(|card| card.id == id).map(|card| card.title.clone())
        });
        show(&field, &title.filter(|_| is_name()).unwrap_or_else(|| id.clone()));
        field.select();
    };
    let key = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                // A name that the job cannot have stays in the field, to be mended.
                let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
                if let Some(reason) = act::refusal_of_title(graph, &own, &typed, is_name()) {
                    return graph.session.tell_refusal(reason);
                }
                keep();
            }
            "F2" => {
                event.prevent_default();
                let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
                return match act::refusal_of_title(graph, &own, &typed, is_name()) {
                    Some(reason) => graph.session.tell_refusal(reason),
                    None => other(),
                };
            }
            "Escape" => {
                graph.session.toaster.forget_refusal();
                graph.renaming.set(None);
            }
            _ => return,
        }
        // The field is gone; the keys go back to the card.
        graph.focus_card(graph.focused());
    };
    view! {
        <input
            class="graph-rename"
            node_ref=field
            aria-label=label.clone()
            title=label
            spellcheck="false"
            autocomplete="off"
            on:keydown=key
            on:blur=move |_| leave()
            on:click=|event: MouseEvent| event.stop_propagation()
            on:dblclick=|event: MouseEvent| event.stop_propagation()
        />
    }
    .into_any()
}
