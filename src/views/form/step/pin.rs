//! Newer versions of a step's action, and the commits to which it is or could be pinned.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use stepladder_workflow::facts::actions::{is_only_version, is_sha, short_ref, version_in_comment};
use stepladder_workflow::{Env, edits};
use stepladder_yaml::Path;
use wasm_bindgen::JsCast;

use super::super::controls::At;
use super::super::{inputs, library, read, write};
use crate::github::GitHub;
use crate::github::preflight::{Commit, Pin};
use crate::session::Session;
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::icon::{Icon, icon};
use crate::ui::reach::{Reach, reach};

/// What a step uses, and what is known of it.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Choice {
    /// What stands behind `uses`.
    pub(super) uses: String,
    comment: Option<String>,
    /// What is known of its commit; `None`: it is pinned to none.
    pin: Option<Pin>,
    /// The newest version, with its commit, of one that is pinned to an older.
    newer: Option<Commit>,
    /// The tag of the newest version, of one that is older.
    tag: Option<String>,
    /// The commit of its tag.
    own: Option<Commit>,
    /// Whether GitHub told the versions; otherwise they are those that the page came with.
    is_told: bool,
}

/// What the step at `at` uses.
pub(super) fn choice(at: &At) -> Memo<Choice> {
    let session = at.session;
    let github = expect_context::<Shell>().github;
    let path = at.path.clone();
    let written = session.form.derive(move |analysis| {
        let comment = analysis.tree.at(&path).and_then(|node| node.trailing_comment());
        let comment = comment.map(|comment| analysis.tree.slice(comment.range).to_owned());
        (read::shown(analysis, &path).text(), comment)
    });
    Memo::new(move |_| {
        let (uses, comment) = written.get();
        session.env.with(|env| Choice::new(github, env, uses, comment))
    })
}

impl Choice {
    fn new(github: GitHub, env: &Env, uses: String, comment: Option<String>) -> Self {
        let (slug, git_ref) = library::split(&uses);
        let known = github.known(&uses, env.catalogue.as_ref().and_then(|known| known.action(slug)));
        let is_told = known.is_told;
        let catalogued = || inputs::newer(env, &uses, comment.as_deref());
        if !is_sha(git_ref) {
            let tag = if is_told { known.updated(&uses) } else { catalogued() };
            let own = known.commit_of(&uses);
            return Self { tag, own, is_told, uses, comment, ..Self::default() };
        }
        let pin = known.pin(git_ref, comment.as_deref().and_then(version_in_comment));
        let newer = pin.version.as_deref().and_then(|now| known.newer(now, git_ref));
        let tag = match &newer {
            Some(_) => known.newest_tag(),
            None if is_told || pin.wrong.is_some() => None,
            None => catalogued(),
        };
        Self { pin: Some(pin), newer, tag, is_told, uses, comment, own: None }
    }
}

/// The version that the step is pinned to; `None`: it is not pinned.
pub(super) fn words(choice: &Choice) -> Option<String> {
    let pin = choice.pin.as_ref()?;
    let sha = library::split(&choice.uses).1;
    Some(match &pin.version {
        Some(version) => format!("{version}, pinned by commit"),
        None => format!("commit {}", short_ref(sha)),
    })
}

/// Lets the step use the tag. That its pin goes is told.
pub(super) fn use_tag(session: Session, path: &Path, tag: &str) -> bool {
    let is_pinned = session.analysis.with_untracked(|analysis| {
        let uses = read::shown(analysis, path).text();
        is_sha(library::split(&uses).1)
    });
    let done = write::act(session, |analysis| edits::use_version(analysis, path, tag));
    if done && is_pinned {
        session.offer_undo();
    }
    done
}

/// Whoever has pressed a button that goes with it is at the version that they have chosen.
fn go_on(event: &MouseEvent) {
    let pressed = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if pressed.is_some() && pressed == document().active_element() {
        reach(".step-version", Reach::Focus);
    }
}

/// What pins the step to the commit.
fn pin_to(session: Session, path: &Path, commit: Commit) -> impl Fn(MouseEvent) + 'static {
    let path = path.clone();
    move |event| {
        let Commit { version, sha } = &commit;
        if write::act(session, |analysis| edits::pin_version(analysis, &path, sha, version)) {
            go_on(&event);
        }
    }
}

/// The buttons that take the newest version, by its commit or its tag, and that pin what is a tag.
pub(super) fn ways(at: &At, choice: Memo<Choice>) -> AnyView {
    let session = at.session;
    let path = at.path.clone();
    let newer = Memo::new(move |_| choice.with(|choice| choice.newer.clone()));
    let newer = move || {
        newer.get().map(|commit| {
            let words = format!("Use {}, pinned by its commit", commit.version);
            button("button-quiet step-newest", Some(Icon::Up), words, pin_to(session, &path, commit))
        })
    };
    let path = at.path.clone();
    let tag = Memo::new(move |_| {
        choice.with(|choice| {
            Some((choice.tag.clone()?, choice.pin.is_some(), choice.newer.is_some(), choice.is_told))
        })
    });
    let tag = move || {
        tag.get().map(|(tag, is_pinned, has_commit, is_told)| {
            let words = match (is_pinned, is_told) {
                (true, _) => format!("Use {tag} without a pin"),
                (false, true) => format!("Use {tag}, the newest version"),
                (false, false) => format!("Use {tag}, the newest version known to this page"),
            };
            // What is pinned stays so where it can, also for the command.
            let class = if has_commit { "button-quiet" } else { "button-quiet step-newest" };
            let path = path.clone();
            button(class, Some(Icon::Up), words, move |event: MouseEvent| {
                if use_tag(session, &path, &tag) {
                    go_on(&event);
                }
            })
        })
    };
    let path = at.path.clone();
    let own = Memo::new(move |_| choice.with(|choice| Some((choice.own.clone()?, choice.is_told))));
    let own = move || {
        own.get().map(|(commit, is_told)| {
            let known = if is_told { "" } else { ", as this page knows it" };
            let words = format!("Pin to its commit ({}{known})", commit.version);
            button("button-quiet", None, words, pin_to(session, &path, commit))
        })
    };
    view! { {newer} {tag} {own} }.into_any()
}

/// What is to be known of a pin: whether its comment is true, and what goes with it.
pub(super) fn notes(at: &At, choice: Memo<Choice>) -> AnyView {
    let session = at.session;
    let path = at.path.clone();
    let wrong = Memo::new(move |_| {
        choice.with(|choice| {
            let pin = choice.pin.as_ref()?;
            let sha = library::split(&choice.uses).1.to_owned();
            let mended = pin.version.clone().filter(|_| pin.is_sure).map(|version| Commit { version, sha });
            Some((pin.wrong.clone()?, mended))
        })
    });
    let wrong = move || {
        wrong.get().map(|(wrong, mended)| {
            let path = path.clone();
            let mend = mended.map(|commit| {
                let words = format!("Write {} into the comment", commit.version);
                button("button-small button-quiet", Some(Icon::Check), words, pin_to(session, &path, commit))
            });
            view! {
                <p class="field-problem is-warning" role="status">{icon(Icon::Warning)} <span>{wrong}</span></p>
                {mend}
            }
        })
    };
    let told = Memo::new(move |_| choice.with(told));
    view! { {wrong} {move || told.get().map(|told| view! { <p class="field-note">{told}</p> })} }.into_any()
}

/// What stands below the buttons.
fn told(choice: &Choice) -> Option<String> {
    let pin = choice.pin.as_ref()?;
    let mut told = Vec::new();
    match &pin.version {
        Some(version) if pin.is_sure && pin.wrong.is_none() => {
            told.push(format!("This commit is {version}, as the tag says."));
        }
        Some(version) if !pin.is_sure => {
            told.push(format!("That this commit is {version}, only the comment says."))
        }
        _ => {}
    }
    if let Some(newer) = choice.newer.as_ref().filter(|_| !choice.is_told) {
        told.push(format!("{} is the newest version known to this page.", newer.version));
    }
    if let Some(tag) = &choice.tag {
        told.push(format!("Without a pin, whoever moves the tag {tag} changes what runs here."));
        let comment = choice.comment.as_deref().unwrap_or_default();
        if is_only_version(comment) {
            told.push(format!("The comment “{comment}” goes, too."));
        } else if let Some(version) = version_in_comment(comment) {
            told.push(format!("In the comment, {version} becomes {tag}."));
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}
