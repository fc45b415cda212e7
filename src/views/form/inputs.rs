//! The inputs of the action that a step uses: a form made from the action's metadata.

use std::sync::Arc;

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use stepladder_workflow::facts::actions::{self, Action, Input, InputKind};
use stepladder_workflow::schema::Map;
use stepladder_workflow::{Env, ide};
use stepladder_yaml::{Path, Step};

use super::controls::{self, At};
use super::help::help_button;
use super::prose::{plain, prose};
use super::{library, lines, notes, pairs, picker, read, script, source, write};
use crate::github::GitHub;
use crate::session::Session;
use crate::shell::Shell;
use crate::ui::folded::folded;

/// What is known of the inputs of the step's action.
#[derive(Clone, PartialEq)]
struct Known {
    inputs: Vec<Arc<Input>>,
    /// The version that they belong to, when the step's own is not known.
    borrowed: Option<String>,
}

/// The inputs of what the step or the job at `owner` uses. `map` is the table's map of its `with`.
pub(super) fn inputs(session: Session, owner: &Path, map: &'static Map) -> AnyView {
    let path = owner.child("with");
    let uses = owner.child("uses");
    let subject = session.form.derive(move |analysis| {
        let comment = analysis.tree.at(&uses).and_then(|node| node.trailing_comment());
        let comment = comment.map(|comment| analysis.tree.slice(comment.range).to_owned());
        (read::shown(analysis, &uses).text(), comment)
    });
    let github = expect_context::<Shell>().github;
    let known = Memo::new(move |_| {
        subject.with(|(uses, comment)| {
            session
                .env
                .with(|env| known(env, uses, comment.as_deref(), |action, uses| told(github, action, uses)))
        })
    });
    (move || {
        let Some(free) = map.free else { return ().into_any() };
        let Some(known) = known.get() else {
            return view! { <div class="pairs">{pairs::free_pairs(session, &path, map, free, &[])}</div> }.into_any();
        };
        let names: Vec<String> = known.inputs.iter().map(|input| input.name.clone()).collect();
        let here = path.clone();
        let given = session.analysis.with_untracked(|analysis| read::pairs(analysis, &here));
        let is_given = |input: &Input| given.iter().any(|(name, _)| name.eq_ignore_ascii_case(&input.name));
        // An input is written as it stands in the text, whatever its case.
        let (here, written) = (path.clone(), given.clone());
        let row = move |input: &Arc<Input>| {
            let written = written.iter().find(|(name, _)| name.eq_ignore_ascii_case(&input.name));
            let name = written.map_or(input.name.as_str(), |(name, _)| name.as_str());
            input_row(&At { session, path: here.child(name), field: free }, input)
        };
        let (first, rest): (Vec<_>, Vec<_>) = known
            .inputs
            .iter()
            .filter(|input| !input.deprecated || is_given(input))
            .cloned()
            .partition(|input| input.must_be_given() || is_given(input));
        // Without a required or a given one the first few are what people come for.
        let (first, rest) = if first.is_empty() && rest.len() > 4 {
            let (a, b) = rest.split_at(3);
            (a.to_vec(), b.to_vec())
        } else if first.is_empty() {
            (rest, Vec::new())
        } else {
            (first, rest)
        };
        let more = rest.len();
        let first: Vec<_> = first.iter().map(&row).collect();
        let rest = move || view! { <div class="fields">{rest.iter().map(&row).collect::<Vec<_>>()}</div> }.into_any();
        let others = session.analysis.with_untracked(|analysis| {
            read::pairs(analysis, &path).iter().any(|(name, _)| !names.iter().any(|n| n.eq_ignore_ascii_case(name)))
        });
        view! {
            {known.borrowed.map(|version| view! {
                <p class="field-note">{format!("The inputs of this version are not known; these are those of {version}.")}</p>
            })}
            <div class="fields">{first}</div>
            {(more > 0).then(|| folded("more", false, format!("More inputs ({more})"), rest))}
            {others.then(|| view! { <div class="pairs">{pairs::free_pairs(session, &path, map, free, &names)}</div> })}
        }
        .into_any()
    })
    .into_any()
}

/// The other name that GitHub gave the version in `uses`: the commit of a tag, or the tag of a commit.
fn told(github: GitHub, action: &Action, uses: &str) -> Option<String> {
    let git_ref = library::split(uses).1;
    let known = github.known(uses, Some(action));
    if actions::is_sha(git_ref) {
        known.pin(git_ref, None).version
    } else {
        known.commit_of(uses).map(|commit| commit.sha)
    }
}

/// `other` says by which name a version of the action may be known as well.
fn known(
    env: &Env,
    uses: &str,
    comment: Option<&str>,
    other: impl Fn(&Action, &str) -> Option<String>,
) -> Option<Known> {
    if let Some(declared) = ide::declared(env, uses) {
        return Some(Known { inputs: declared.inputs, borrowed: None });
    }
    let of_image = ide::inputs_of_image(uses);
    if !of_image.is_empty() {
        return Some(Known { inputs: of_image, borrowed: None });
    }
    let (slug, git_ref) = library::split(uses);
    let action = env.catalogue.as_ref()?.action(slug)?;
    let by_other = || action.at(&other(action, uses)?, None);
    if let Some(version) = action.at(git_ref, comment).or_else(by_other) {
        return Some(Known { inputs: version.inputs.clone(), borrowed: None });
    }
    let newest = action.newest()?;
    let short = actions::short_ref(&newest.name);
    let name = match other(action, &format!("{slug}@{}", newest.name)) {
        _ if short == newest.name => short.to_owned(),
        Some(version) => format!("{version} ({short})"),
        None => format!("commit {short}"),
    };
    Some(Known { inputs: newest.inputs.clone(), borrowed: Some(name) })
}

/// Whether the input is the script of `actions/github-script`, which is JavaScript.
fn is_javascript(at: &At) -> bool {
    let step = at.path.parent().and_then(|with| with.parent()).unwrap_or_default();
    let uses =
        at.session.analysis.with_untracked(|analysis| read::shown(analysis, &step.child("uses")).text());
    at.path == step.child("with").child("script") && uses.starts_with("actions/github-script@")
}

fn input_row(at: &At, input: &Input) -> AnyView {
    let help = RwSignal::new(false);
    let doc = input.doc.clone();
    let light = {
        let at = at.clone();
        move |_| at.session.light(&at.path)
    };
    let session = at.session;
    let control = |at: &At, input: &Input| match input.kind {
        _ if is_javascript(at) => script::script(at, "", Memo::new(|_| "javascript")),
        InputKind::Boolean => {
            // An action gets a text, whatever stands there; a called workflow would refuse one.
            let is_of_step = matches!(at.path.steps().iter().nth_back(2), Some(Step::Index(_)));
            controls::toggle_from(at, input.default.as_deref() == Some("true"), is_of_step)
        }
        InputKind::Lines => lines::field(at, ""),
        InputKind::Number => controls::line(at, "decimal", "field-input field-number", ghost(input)),
        InputKind::Text => controls::line(at, "text", "field-input", ghost(input)),
    };
    // Nothing but a text can be given: anything else is shown as it is, with what is wrong about it.
    let here = at.path.clone();
    let is_text = session.form.derive(move |analysis| {
        matches!(read::shown(analysis, &here), read::Shown::Absent | read::Shown::Scalar(_))
    });
    let (own, kind) = (at.clone(), input.clone());
    let control = move || if is_text.get() { control(&own, &kind) } else { source::yaml(&own) };
    // Its row stays without a value, so the input is not given any more when somebody leaves it empty.
    let (id, path) = (at.id(), at.path.clone());
    let left = move |event: FocusEvent| {
        let is_own = event_target::<web_sys::Element>(&event).id() == id;
        let is_given = session.analysis.with_untracked(|analysis| read::exists(analysis, &path));
        if is_own && is_given && event_target_value(&event).is_empty() {
            write::unset_left(session, &path);
        }
    };
    view! {
        <div class="field" data-field=at.path.to_string() on:focusout=left>
            <div class="field-head">
                <label for=at.id() title=plain(&input.doc) on:mouseenter=light>
                    {input.name.clone()}
                    {input.must_be_given().then(|| view! { <span class="field-required" title="Required" aria-hidden="true">"*"</span> })}
                </label>
                {input.deprecated.then(|| view! { <span class="badge">"deprecated"</span> })}
                {(!doc.is_empty()).then(|| help_button(&input.name, help))}
                {picker::button(at)}
            </div>
            {move || help.get().then(|| view! { <p class="field-doc">{prose(&doc)}</p> })}
            {control}
            {picker::chips(at)}
            {notes::problems(at)}
        </div>
    }
    .into_any()
}

fn ghost(input: &Input) -> String {
    input.default.clone().unwrap_or_default()
}

/// Whether the version that a step uses is old, and the newest one.
pub(super) fn newer(env: &Env, uses: &str, comment: Option<&str>) -> Option<String> {
    let (slug, git_ref) = library::split(uses);
    let action = env.catalogue.as_ref()?.action(slug)?;
    if actions::is_sha(git_ref) && comment.is_none() {
        return None;
    }
    action.newer_major(git_ref, comment)?;
    // Of some actions there are single releases and no tag that moves along with them.
    let newest = action.suggested_use();
    Some(library::split(&newest).1.to_owned())
}
