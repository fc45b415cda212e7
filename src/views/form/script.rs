//! A script in an editor of its own: Monaco in the script's language, or a plain field until that is there, and where a
//! plain one is wanted.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::ev::FocusEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::edits::FIRST_SCRIPT;
use stepladder_workflow::facts::runners::{Os, os_of_labels};
use stepladder_workflow::model::{Data, Job, Legs, Matrix, StepKind};
use stepladder_workflow::{Analysis, Env, ide};
use stepladder_yaml::Path;
use wasm_bindgen::JsCast;

use super::controls::At;
use super::lines::{self, meant, shown};
use super::{read, write};
use crate::monaco::editor::load;
use crate::monaco::script::{Help, Moment, ScriptEditor};
use crate::shell::Shell;

/// What is done once nobody is in the plain field.
type Waiting = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

/// The script of a `run` step.
pub(super) fn run(at: &At) -> AnyView {
    let path = at.path.clone();
    let language = at.session.form.derive(move |analysis| language(analysis, &path));
    script(at, "npm test", language)
}

/// A script in the language that Monaco calls so.
pub(super) fn script(at: &At, hint: &'static str, language: Memo<&'static str>) -> AnyView {
    let shell = expect_context::<Shell>();
    let plain = Memo::new(move |_| shell.layout.get().plain);
    let at = at.clone();
    (move || if plain.get() { lines::field(&at, hint) } else { full(shell, &at, hint, language) }).into_any()
}

fn full(shell: Shell, at: &At, hint: &'static str, language: Memo<&'static str>) -> AnyView {
    let ready = RwSignal::new(false);
    let (place, field) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    // Dropped with this view, also when Monaco arrives only after the view is gone.
    let slot: Rc<RefCell<Option<ScriptEditor>>> = Rc::default();
    let alive = Rc::new(Cell::new(true));
    let text = {
        let text = at.text();
        Memo::new(move |_| text.with(|text| shown(text).to_owned()))
    };
    // What takes the plain field's place, once nobody is in it.
    let waiting: Waiting = Rc::default();
    let (made, living, later, here) = (Rc::clone(&slot), Rc::clone(&alive), Rc::clone(&waiting), at.clone());
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        let (made, living, later, here) =
            (Rc::clone(&made), Rc::clone(&living), Rc::clone(&later), here.clone());
        spawn_local(async move {
            // Without Monaco the plain field stays; the pane with the YAML tells of the failure.
            let Ok(monaco) = load().await else { return };
            // Whoever has gone on meanwhile has no such field any more.
            let Some(field) = field.try_get_untracked() else { return };
            let create = move || {
                if !living.get() {
                    return;
                }
                let start = (text.get_untracked(), language.get_untracked());
                let label = format!("{}, in an editor", here.field.title);
                let help = help(here.clone());
                let changed = typed_into(here, Rc::downgrade(&made));
                let created = ScriptEditor::new(monaco, &place, (&start.0, start.1, &label), changed, help);
                ready.set(created.is_ok());
                made.replace(created.ok());
            };
            let used = document()
                .active_element()
                .is_some_and(|active| field.is_some_and(|field| field.contains(Some(&active))));
            if used {
                later.replace(Some(Box::new(create)));
            } else {
                create();
            }
        });
    });
    let left = StoredValue::new_local(waiting);
    let leave = move |_| {
        if let Some(create) = left.try_with_value(|waiting| waiting.take()).flatten() {
            create();
        }
    };
    let kept = StoredValue::new_local((slot, alive));
    // It loses the focus also when it goes, and with it all that it knows.
    let with = move |run: &dyn Fn(&ScriptEditor)| {
        kept.try_with_value(|(slot, _)| {
            if let Some(editor) = slot.borrow().as_ref() {
                run(editor);
            }
        });
    };
    Effect::new(move |_| {
        let text = text.get();
        with(&|editor| editor.show(&text));
        if let Some(place) = place.get_untracked() {
            let _ = place.remove_attribute(SHOWN);
        }
    });
    Effect::new(move |_| {
        let language = language.get();
        with(&|editor| editor.speak(language));
    });
    Effect::new(move |_| {
        let (dark, _) = (shell.dark.get(), ready.get());
        with(&|editor| editor.paint(dark));
    });
    on_cleanup(move || {
        kept.with_value(|(slot, alive)| {
            alive.set(false);
            slot.replace(None);
        });
    });
    // Who puts something into the script from elsewhere asks for the caret, and gives the focus back.
    let tell = move |_| {
        let Some(place) = place.try_get_untracked().flatten() else { return };
        with(&|editor| {
            if let Some(caret) = editor.caret() {
                let _ = place.set_attribute(CARET, &caret.to_string());
            }
            let _ = place.set_attribute(SHOWN, &editor.text());
        });
    };
    let enter = move |event: FocusEvent| {
        if event.target() == event.current_target() {
            with(&|editor| editor.enter());
        }
    };
    // What a new step runs is there to be typed over.
    let came = move |()| {
        if text.with_untracked(|text| text == FIRST_SCRIPT) {
            // At once, for the keys that come now, and when a click has put the caret somewhere.
            let select = move || with(&|editor| editor.select_all_of(shown(FIRST_SCRIPT)));
            select();
            request_animation_frame(select);
        }
    };
    // Also by the first click, when it has the focus already.
    let is_fresh = StoredValue::new(true);
    let clicked = move |_| {
        if is_fresh.get_value() {
            is_fresh.set_value(false);
            came(());
        }
    };
    let at = at.clone();
    view! {
        <div
            id=editor_id(&at)
            class="script-editor monaco-component field-input"
            class:is-ready=move || ready.get()
            tabindex="-1"
            node_ref=place
            on:focus=enter
            on:focusin=move |_| came(())
            on:click=clicked
            on:focusout=tell
        ></div>
        <div class="script-field" node_ref=field on:focusout=leave>
            {move || (!ready.get()).then(|| lines::field(&at, hint))}
        </div>
    }
    .into_any()
}

/// The attribute that holds where the caret was when the focus left the editor, in bytes of the script.
const CARET: &str = "data-caret";
/// The attribute that holds what the editor showed then, as long as nothing else has come into it.
const SHOWN: &str = "data-shown";

fn editor_id(at: &At) -> String {
    format!("{}-editor", at.id())
}

/// Where the caret was when the focus left the editor of the script, in bytes of it.
pub(super) fn caret(at: &At) -> Option<usize> {
    document().get_element_by_id(&editor_id(at))?.get_attribute(CARET)?.parse().ok()
}

/// What the editor of the script showed when the focus left it; `None`: that is what is written.
pub(super) fn shown_text(at: &At) -> Option<String> {
    document().get_element_by_id(&editor_id(at))?.get_attribute(SHOWN)
}

/// Puts the focus into the editor of the script.
pub(super) fn enter(at: &At) {
    let element = document().get_element_by_id(&editor_id(at));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Puts the focus into the script at `path` once its form is there, with all of it selected: what is typed takes its place.
pub(crate) fn begin(path: Path) {
    begin_within(path, FORM_COMES);
}

/// So many frames it may take until the form of a new step is there.
const FORM_COMES: u32 = 120;
/// So many more until Monaco is in it; then the plain field will do.
const MONACO_COMES: u32 = 12;

fn begin_within(path: Path, frames: u32) {
    request_animation_frame(move || {
        let id = format!("field-{path}");
        let editor = document().get_element_by_id(&format!("{id}-editor"));
        let awaited = editor.as_ref().is_some_and(|_| frames > MONACO_COMES);
        let is_ready = |editor: &web_sys::Element| editor.class_list().contains("is-ready");
        let field =
            document().get_element_by_id(&id).and_then(|e| e.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        if let Some(editor) = editor.filter(is_ready).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = editor.focus();
        } else if let Some(field) = field.as_ref().filter(|_| !awaited) {
            let _ = field.focus();
            field.select();
        } else if frames > 0 {
            // From when the form is there, only Monaco is awaited.
            let left = if field.is_some() { frames.min(2 * MONACO_COMES) } else { frames };
            begin_within(path, left - 1);
        }
    });
}

/// Takes what is typed into the editor, and what it holds when somebody leaves it.
fn typed_into(at: At, editor: Weak<RefCell<Option<ScriptEditor>>>) -> impl Fn(String, Moment) {
    move |typed: String, moment: Moment| {
        let now = move |at: &At| at.session.analysis.with_untracked(|a| read::shown(a, &at.path).text());
        let before = now(&at);
        let text = meant(&typed, &before);
        // A bracket that is typed over the one that stands there changes nothing.
        if text == before && moment == Moment::Typed {
            return;
        }
        if moment == Moment::Left {
            return write::end_text(at.session, &at.path, at.field, &text);
        }
        if write::set_text(at.session, &at.path, at.field, &text)
            || write::waits(at.session, &at.path, at.field, &text)
        {
            return;
        }
        // It does not hold.
        let (editor, at) = (editor.clone(), at.clone());
        queue_microtask(move || {
            if let Some(slot) = editor.upgrade()
                && let Some(editor) = slot.borrow().as_ref()
            {
                editor.show(shown(&now(&at)));
            }
        });
    }
}

/// Answers about the expressions in the script.
fn help(at: At) -> Help {
    let here = at.clone();
    let complete = move |text: &str, place: usize| {
        asked(&at, text, |analysis, env, text| ide::complete_within(analysis, env, &at.path, text, place))
    };
    let hover = move |text: &str, place: usize| {
        asked(&here, text, |analysis, env, text| ide::hover_within(analysis, env, &here.path, text, place))
    };
    Help { complete: Box::new(complete), hover: Box::new(hover) }
}

/// Asks the present analysis about what the editor shows.
fn asked<R: Default>(at: &At, text: &str, ask: impl FnOnce(&Analysis, &Env, &str) -> R) -> R {
    // The page may have let go of the file since it was asked.
    if at.session.too_large.try_get_untracked().unwrap_or(true) {
        return R::default();
    }
    at.session.analysis.with_untracked(|analysis| {
        let held = read::shown(analysis, &at.path).text();
        // The line break at its end is not shown, and moves nothing.
        let text = if shown(&held) == text { &held } else { text };
        at.session.env.with_untracked(|env| ask(analysis, env, text))
    })
}

/// What the script at that path is written in, by its shell, as Monaco names languages.
fn language(analysis: &Analysis, path: &Path) -> &'static str {
    let workflow = &analysis.workflow;
    let Some(own) = path.parent() else { return "plaintext" };
    let found = workflow
        .jobs
        .iter()
        .find_map(|job| job.steps.iter().find(|step| step.path == own).map(|step| (job, step)));
    let Some((job, step)) = found else { return "shell" };
    if !matches!(step.kind, StepKind::Run { .. }) {
        return "plaintext";
    }
    let Some(shell) = workflow.shell_of(Some(job), step) else {
        return if is_on_windows(job) { "powershell" } else { "shell" };
    };
    of_shell(&shell.value)
}

/// Whether the job runs on Windows, in every variant that its matrix makes of it.
fn is_on_windows(job: &Job) -> bool {
    let labels: Vec<&str> = job.runs_on.iter().map(|label| label.value.as_str()).collect();
    let legs = match job.matrix.as_ref().map(Matrix::legs) {
        Some(Legs::Known(legs)) => legs,
        _ => Vec::new(),
    };
    let is_windows = |labels: &[&str]| os_of_labels(labels) == Some(Os::Windows);
    if legs.is_empty() {
        return is_windows(&labels);
    }
    legs.iter().all(|leg| {
        let of_leg = |label| {
            let Some(row) = row_of(label) else { return label };
            let cell = leg.iter().find(|(name, _)| name.eq_ignore_ascii_case(row));
            match cell {
                Some((_, Data::Text(value))) => value,
                _ => label,
            }
        };
        is_windows(&labels.iter().copied().map(of_leg).collect::<Vec<_>>())
    })
}

/// `os` of `${{ matrix.os }}`.
fn row_of(label: &str) -> Option<&str> {
    let inner = label.trim().strip_prefix("${{")?.strip_suffix("}}")?;
    inner.trim().strip_prefix("matrix.").map(str::trim)
}

/// The language of a shell, by the program that its command line starts with, or that another one there starts.
fn of_shell(shell: &str) -> &'static str {
    let mut programs = shell.split_whitespace().map(|word| word.rsplit('/').next().unwrap_or_default());
    let first = programs.next().unwrap_or_default();
    let starts_another = matches!(first, "sudo" | "env" | "nice" | "exec" | "xvfb-run");
    let language = if starts_another { programs.find_map(of_program) } else { of_program(first) };
    language.unwrap_or("plaintext")
}

fn of_program(name: &str) -> Option<&'static str> {
    Some(match name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') {
        "bash" | "sh" | "zsh" | "dash" | "ksh" => "shell",
        "pwsh" | "powershell" => "powershell",
        "python" => "python",
        "node" | "bun" | "deno" => "javascript",
        "cmd" => "bat",
        "perl" => "perl",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_written_in_the_language_of_its_shell() {
        let text = "on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: dir\n      - run: ls\n        \
                    shell: bash\n  b:\n    runs-on: ubuntu-latest\n    defaults: {run: {shell: python}}\n    steps:\n      \
                    - run: print(1)\n  c:\n    runs-on: [self-hosted]\n    steps:\n      - run: make\n";
        let analysis = Analysis::new(text, &stepladder_workflow::Env::default());
        let of = |job: &str, step: usize| {
            let path = Path::root().child("jobs").child(job).child("steps").child(step).child("run");
            language(&analysis, &path)
        };
        assert_eq!(
            [of("a", 0), of("a", 1), of("b", 0), of("c", 0)],
            ["powershell", "shell", "python", "shell"]
        );
        assert_eq!(of_shell("/usr/bin/python3.12 {0}"), "python");
        assert_eq!(of_shell("bash -l {0}"), "shell");
        assert_eq!(of_shell("cmd"), "bat");
        assert_eq!(of_shell("perl {0}"), "perl");
        assert_eq!(of_shell("ruby {0}"), "plaintext");
        assert_eq!(of_shell("sudo -u me bash {0}"), "shell");
        assert_eq!(of_shell("/usr/bin/env -S python3 {0}"), "python");
        assert_eq!(of_shell("sudo ruby {0}"), "plaintext");
    }

    #[test]
    fn a_script_follows_the_systems_of_the_matrix() {
        let of = |matrix: &str| {
            let text = format!(
                "on: push\njobs:\n  a:\n    strategy: {{matrix: {matrix}}}\n    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - run: dir\n"
            );
            let analysis = Analysis::new(text.as_str(), &stepladder_workflow::Env::default());
            language(&analysis, &stepladder_yaml::path!["jobs", "a", "steps", 0_usize, "run"])
        };
        assert_eq!(of("{os: [windows-latest, windows-2022], n: [1, 2]}"), "powershell");
        assert_eq!(of("{include: [{os: windows-latest}]}"), "powershell");
        assert_eq!(of("{os: [windows-latest, ubuntu-latest]}"), "shell");
        assert_eq!(of("{os: [windows-latest, ubuntu-latest], exclude: [{os: ubuntu-latest}]}"), "powershell");
        assert_eq!(of("\"${{ fromJSON(vars.M) }}\""), "shell");
    }
}
