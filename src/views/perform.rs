//! Visual edits as a person makes them: what an alias repeats is asked about, a refusal is told, the outcome selected.

use leptos::prelude::*;
use stepladder_workflow::Analysis;
use stepladder_workflow::edits::{self, Aliased, Edit, NewJob, Refusal, Spread};
use stepladder_workflow::facts::actions;
use stepladder_yaml::edit::RefusalKind;
use stepladder_yaml::{Path, path};

use crate::session::{Origin, Session, job_of, shown_id};
use crate::ui::keep_focus::visit;
use crate::ui::paint::when_idle;
use crate::ui::question::Question;
use crate::ui::toast::Action;

/// What a person does when an edit is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// They have pressed something: one step of the history, and the outcome is selected.
    Acts,
    /// They type: keystrokes become one step of the history, and nothing is asked, since the next keys would be taken for
    /// an answer. What others repeat waits until they leave.
    Types,
    /// They have left the field that they typed into, perhaps to type on in the next one, so that no key may answer by
    /// chance what is asked now.
    Leaves,
    /// They have left a field that they had emptied, so that its key goes: one step with the emptying.
    LeavesEmpty,
}

impl Pace {
    fn is_left(self) -> bool {
        matches!(self, Self::Leaves | Self::LeavesEmpty)
    }
}

/// Makes a visual edit from the present analysis, applies it as one undo step and selects what it says. What lies behind
/// an alias waits for an answer: at the anchor for all, or here alone. A refusal is told. `false`: nothing has changed.
pub(crate) fn perform(
    session: Session,
    origin: Origin,
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
) -> bool {
    perform_or(session, origin, Pace::Acts, make, || {})
}

/// As [`perform`], at that pace. `otherwise` is done when the person wants the change in neither place.
pub(crate) fn perform_or(
    session: Session,
    origin: Origin,
    pace: Pace,
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
    otherwise: impl Fn() + Send + Sync + 'static,
) -> bool {
    match session.analysis.with_untracked(|analysis| make(analysis)) {
        Ok(edit) if pace == Pace::Types && may_reach_others(session, &edit) => false,
        Ok(edit) => {
            let question = session
                .analysis
                .with_untracked(|analysis| ask_at_anchor(session, origin, pace, analysis, &edit, make));
            let Some(question) = question else { return apply(session, origin, pace, edit) };
            session.question.set(Some(Question {
                otherwise: Action::new("Cancel", otherwise),
                unasked: pace.is_left(),
                ..question
            }));
            false
        }
        Err(refusal) if pace == Pace::Types && is_asked_about(session, &refusal) => false,
        Err(refusal) => {
            let question =
                session.analysis.with_untracked(|analysis| ask(session, origin, analysis, &refusal, make));
            match question {
                Some(question) => {
                    session.question.set(Some(Question {
                        otherwise: Action::new("Cancel", otherwise),
                        unasked: pace.is_left(),
                        ..question
                    }));
                }
                None => session.tell_refusal(reason(refusal)),
            }
            false
        }
    }
}

/// What is told of a refusal.
pub(crate) fn reason(refusal: Refusal) -> String {
    match &refusal.kind {
        RefusalKind::Twin { key } => edits::id_is_taken(key),
        _ => refusal.message,
    }
}

/// Whether a refusal leads to a question rather than to a message.
pub(crate) fn is_asked_about(session: Session, refusal: &Refusal) -> bool {
    session.analysis.with_untracked(|analysis| edits::refused_for(analysis, refusal).is_some())
}

/// Whether an edit may be one that [`perform`] asks about, as it changes what others repeat.
pub(crate) fn may_reach_others(session: Session, edit: &Edit) -> bool {
    session.analysis.with_untracked(|analysis| edits::may_also_change(analysis, edit))
}

/// Tries common edits without making them, and tells all views that nothing has changed, when the browser has nothing else to
/// do: it translates a function when that is first called, and the first letter that somebody types shall not wait for it.
pub(crate) fn rehearse(session: Session) {
    when_idle(move || {
        let _ = session.analysis.with_untracked(|a| edits::set_field(a, &path!["name"], &"rehearsal".into()));
        when_idle(move || {
            let _ = session.analysis.with_untracked(|a| edits::add_job(a, &NewJob::default()));
            session.rehearse();
        });
    });
}

fn apply(session: Session, origin: Origin, pace: Pace, edit: Edit) -> bool {
    let changed = match (pace, visit()) {
        (Pace::Types, Some(visit)) => session.apply_visit(edit.edit, edit.label, origin, visit),
        (Pace::Types, None) => session.apply_typing(edit.edit, edit.label, origin),
        (Pace::LeavesEmpty, _) => session.apply_following(edit.edit, edit.label, origin),
        _ => session.apply_moving(edit.edit, edit.label, origin, edit.moved),
    };
    if let Some(path) = edit.select.filter(|_| pace == Pace::Acts && changed) {
        session.select(path, origin);
    }
    changed
}

/// The question whether a change of what others repeat is meant for them too. `None`: nobody does.
fn ask_at_anchor(
    session: Session,
    origin: Origin,
    pace: Pace,
    analysis: &Analysis,
    edit: &Edit,
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
) -> Option<Question> {
    // To find out takes a parse; what somebody types has shown that it reaches nobody.
    if pace == Pace::Types {
        return None;
    }
    let spreads = edits::also_changed(analysis, edit);
    if spreads.is_empty() {
        return None;
    }
    let answer = answers_for(session, origin);
    let alone = edits::edit_apart(analysis, &make);
    let refused = refused_to(DETACHED, &alone);
    let answers = [answer("Change it for all", Ok(edit.clone())), answer("Detach and change it here", alone)];
    let where_else: Vec<_> = spreads
        .iter()
        .map(|Spread { anchor, by, .. }| format!("at the anchor `&{anchor}`, and {} it", who_repeat(by)))
        .collect();
    Some(Question {
        title: "Change it everywhere, or here alone?".to_owned(),
        text: format!(
            "This is written here {}. A change for all holds there too; detached, this place gets a copy of its own.{refused}",
            where_else.join(", and ")
        ),
        answers: answers.into_iter().flatten().collect(),
        otherwise: Action::new("Cancel", || {}),
        unasked: false,
    })
}

/// What is not possible where [`refused_to`] tells of it.
const DETACHED: &str = "be detached here";

/// Why an answer is missing, in a sentence that begins with a blank; nothing where it is there.
fn refused_to(what: &str, edit: &Result<Edit, Refusal>) -> String {
    let Err(refusal) = edit else { return String::new() };
    let reason = reason(refusal.clone());
    let mut letters = reason.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!(" It cannot {what}: {first}{}", letters.as_str())
}

/// "a repeats", "a and b repeat".
pub(crate) fn who_repeat(by: &[String]) -> String {
    format!("{} {}", all_of(by), if by.len() == 1 { "repeats" } else { "repeat" })
}

/// "a, b and c", and how many more where they are many.
fn all_of(words: &[String]) -> String {
    /// So many are named.
    const NAMED: usize = 3;
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] if words.len() <= NAMED => format!("{} and {last}", most.join(", ")),
        _ => format!("{} and {} more", words[..NAMED].join(", "), words.len() - NAMED),
    }
}

/// Answers that apply an edit to the text that was asked about.
fn answers_for(session: Session, origin: Origin) -> impl Fn(&str, Result<Edit, Refusal>) -> Option<Action> {
    let revision = session.revision();
    move |label: &str, edit: Result<Edit, Refusal>| {
        let edit = edit.ok()?;
        Some(Action::new(label, move || {
            if session.revision() == revision && apply(session, origin, Pace::Acts, edit.clone()) {
                session.offer_undo();
            }
        }))
    }
}

/// The question where a change behind an alias shall be made, with the answers that are possible. `None`: there is none.
fn ask(
    session: Session,
    origin: Origin,
    analysis: &Analysis,
    refusal: &Refusal,
    make: impl Fn(&Analysis) -> Result<Edit, Refusal>,
) -> Option<Question> {
    let Aliased { anchor, uses, path } = edits::refused_for(analysis, refusal)?;
    let answer = answers_for(session, origin);
    let everywhere = edits::edit_at_anchor(analysis, &make);
    let alone = edits::edit_detached(analysis, &path, &make);
    // The change may reach further than to the place that is asked about: as where a step comes from, or goes to, others.
    let own = analysis.tree.at(&path).map(|node| node.resolve().path());
    let spreads = |edit: &Result<Edit, Refusal>| -> Vec<Spread> {
        edit.as_ref().map(|edit| edits::also_changed(analysis, edit)).unwrap_or_default()
    };
    let further = spreads(&alone);
    let is_told = |spread: &Spread| further.iter().any(|known| known.path == spread.path);
    let of_all = spreads(&everywhere)
        .into_iter()
        .filter(|spread| Some(&spread.path) != own.as_ref() && !is_told(spread));
    let reaches: String = further
        .iter()
        .cloned()
        .chain(of_all)
        .map(|Spread { anchor, place, by, .. }| {
            format!(" The change reaches {place}, too, at the anchor `&{anchor}`, which {}.", who_repeat(&by))
        })
        .collect();
    let (apart, then) = if further.is_empty() {
        (None, "")
    } else {
        let apart = edits::edit_apart(analysis, |a| edits::edit_here(a, &make));
        (
            answer("Detach and change it here", apart),
            " Detached, that gets a copy of its own as well, unless it is meant for all there.",
        )
    };
    let refused = refused_to("be changed at the anchor", &everywhere) + &refused_to(DETACHED, &alone);
    let label =
        if further.is_empty() { "Detach and change it here" } else { "Detach here, change it there for all" };
    let answers = [answer("Change it at the anchor", everywhere), apart, answer(label, alone)];
    let answers: Vec<_> = answers.into_iter().flatten().collect();
    let places = match uses {
        1 => format!("repeated here by the alias `*{anchor}`"),
        _ => format!("repeated in {uses} places, of which this is one"),
    };
    (!answers.is_empty()).then(|| Question {
        title: "Change it everywhere, or here alone?".to_owned(),
        text: format!(
            "This is written once, at the anchor `&{anchor}`, and {places}. A change at the anchor holds for all of them; \
             detached, this place gets a copy of its own.{reaches}{then}{refused}"
        ),
        answers,
        otherwise: Action::new("Cancel", || {}),
        unasked: false,
    })
}

/// A job as it is added everywhere, behind the one that it shall need when there is one: it begins by checking the
/// repository out.
pub(crate) fn new_job(session: Session, need: Option<String>) -> NewJob {
    let checkout = session.env.with_untracked(|env| {
        let catalogue = env.catalogue.as_ref()?;
        catalogue.action("actions/checkout").map(actions::Action::suggested_use)
    });
    NewJob { id: None, after: need.clone(), needs: need.into_iter().collect(), uses: checkout }
}

/// Removes the step at `path`; when others read it, that is told first. `then` is done once it is gone.
pub(crate) fn remove_step(
    session: Session,
    origin: Origin,
    path: &Path,
    then: impl Fn() + Send + Sync + 'static,
) {
    let (told, title) = about_step(session, path);
    let path = path.clone();
    told_first(session, format!("Remove {title}?"), told, "Remove it", move || {
        if perform(session, origin, |analysis| edits::remove_step(analysis, &path)) {
            session.offer_undo();
            then();
        }
    });
}

/// Moves the step at `path` to position `to` of `job`; when it goes to another job and others read it in its own, that is
/// told first. `then` is done once it is there.
pub(crate) fn move_step(
    session: Session,
    origin: Origin,
    path: &Path,
    (job, to): (&str, usize),
    then: impl Fn() + Send + Sync + 'static,
) {
    let leaves = job_of(path) != Some(job);
    let (told, title) = if leaves { about_step(session, path) } else { Default::default() };
    let (path, job) = (path.clone(), job.to_owned());
    told_first(session, format!("Move {title} to the job {job}?"), told, "Move it", move || {
        if perform(session, origin, |analysis| edits::move_step(analysis, &path, &job, to)) {
            session.offer_undo();
            then();
        }
    });
}

/// What comes of taking a step away, and what it is called in a question.
fn about_step(session: Session, path: &Path) -> (Vec<String>, String) {
    session.analysis.with_untracked(|analysis| {
        let title =
            analysis.step(path).map_or_else(|| "this step".to_owned(), |step| format!("“{}”", step.title()));
        (edits::removal_of_step(analysis, path), title)
    })
}

/// Does something once what comes of it is told and wanted; at once when there is nothing to tell.
fn told_first(
    session: Session,
    title: String,
    told: Vec<String>,
    label: &str,
    act: impl Fn() + Send + Sync + 'static,
) {
    if told.is_empty() {
        return act();
    }
    session.question.set(Some(Question {
        title,
        text: told.join(" "),
        answers: vec![Action::new(label, act)],
        otherwise: Action::new("Cancel", || {}),
        unasked: false,
    }));
}

/// Removes the job `id`; when that means something for others it is told first. `then` is done once it is gone.
pub(crate) fn remove_job(
    session: Session,
    origin: Origin,
    id: &str,
    then: impl Fn() + Send + Sync + 'static,
) {
    let id = id.to_owned();
    let told = session.analysis.with_untracked(|analysis| edits::removal_of_job(analysis, &id));
    let title = format!("Remove the job {}?", shown_id(&id));
    let remove = move || {
        if perform(session, origin, |analysis| edits::remove_job(analysis, &id)) {
            session.offer_undo();
            then();
        }
    };
    told_first(session, title, told, "Remove it", remove);
}
