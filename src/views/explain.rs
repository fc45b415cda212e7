//! The workflow in plain sentences, each of which leads to its lines; word by word for beginners; and a glossary.

use leptos::prelude::*;
use stepladder_workflow::explain::{
    Section, SectionKind, Sentence, Word, documentation, explain as sections_of, glossary, words_of,
};
use stepladder_yaml::Path;

use crate::session::Origin;
use crate::shell::{Pane, Shell, Width};
use crate::storage;
use crate::ui::field::search_field;
use crate::ui::icon::{Icon, icon};
use crate::ui::paint::growing;
use crate::ui::prose::with_code;

/// How many parts are built at once: as many as the drawer shows.
const GROUP: usize = 2;
/// The setting that remembers whether every word is explained.
const BEGINNER: &str = "explain-words";

/// A sentence as it is listed, without byte offsets, which shift with every keystroke.
#[derive(Clone, PartialEq)]
struct Line {
    text: String,
    path: Path,
    step: Option<usize>,
    words: Vec<Word>,
}

#[derive(Clone, PartialEq)]
struct Part {
    title: String,
    kind: SectionKind,
    path: Path,
    lines: Vec<Line>,
}

/// The pane.
pub(crate) fn explain(shell: Shell) -> AnyView {
    let words = RwSignal::new(storage::get(BEGINNER).is_some());
    let glossary_open = RwSignal::new(false);
    let toggle = move |on: bool| {
        words.set(on);
        if on { storage::set(BEGINNER, "yes") } else { storage::unset(BEGINNER) }
    };
    let session = shell.session;
    let parts = Memo::new(move |_| {
        let beginner = words.get();
        session.echo.with(|analysis| {
            session.env.with(|env| {
                let line = |sentence: Sentence| Line {
                    words: if beginner { words_of(analysis, env, &sentence) } else { Vec::new() },
                    text: sentence.text,
                    path: sentence.path,
                    step: sentence.step,
                };
                let part = |section: Section| Part {
                    title: section.title,
                    kind: section.kind,
                    path: section.path,
                    lines: section.sentences.into_iter().map(line).collect(),
                };
                sections_of(analysis, env).into_iter().map(part).collect::<Vec<_>>()
            })
        })
    });
    let count = Memo::new(move |_| parts.with(Vec::len));
    let none = Memo::new(move |_| count.get() == 0);
    let content = move || {
        if glossary_open.get() {
            return words_list();
        }
        if none.get() {
            return empty();
        }
        let built = growing(GROUP, count.get_untracked(), usize::MAX);
        let section_at = move |at: usize| {
            let part = Memo::new(move |_| parts.with(|parts| parts.get(at).cloned()));
            move || part.get().map(|part| section(shell, &part))
        };
        view! { <For each=move || 0..count.get().min(built.get()) key=|at| *at children=section_at /> }
            .into_any()
    };
    view! {
        <div class="explain">
            <div class="explain-bar">
                <label class="explain-switch">
                    <input
                        type="checkbox"
                        prop:checked=move || words.get()
                        disabled=move || glossary_open.get()
                        on:change:target=move |event| toggle(event.target().checked())
                    />
                    "Explain every key, context and function"
                </label>
                <span class="spacer"></span>
                <button
                    type="button"
                    class="pill"
                    aria-pressed=move || if glossary_open.get() { "true" } else { "false" }
                    on:click=move |_| glossary_open.update(|open| *open = !*open)
                >
                    {icon(Icon::Book)}
                    "Glossary"
                </button>
            </div>
            {content}
        </div>
    }
    .into_any()
}

fn section(shell: Shell, part: &Part) -> AnyView {
    let kind = shell.session.echo.with_untracked(|analysis| analysis.kind);
    let glyph = match part.kind {
        SectionKind::Whole => Icon::File,
        SectionKind::Triggers => Icon::Bolt,
        SectionKind::Job => Icon::Job,
    };
    let mut last = None;
    let lines: Vec<_> = part
        .lines
        .iter()
        .map(|line| {
            let first = line.step.filter(|step| last != Some(*step));
            last = line.step.or(last);
            row(shell, line.clone(), first)
        })
        .collect();
    view! {
        <section class="explain-part">
            <h2>
                {icon(glyph)} {part.title.clone()} {docs(documentation(kind, &part.path), &part.title)}
            </h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

fn row(shell: Shell, line: Line, number: Option<usize>) -> AnyView {
    let session = shell.session;
    let selection = session.selection();
    let path = line.path.clone();
    let current = Memo::new(move |_| {
        selection.with(|selection| {
            let is_root = selection.path == Path::root();
            !is_root && (selection.path == path || path.steps().len() > 2 && path.contains(&selection.path))
        })
    });
    let path = line.path.clone();
    let go = move |_| {
        session.select(path.clone(), Origin::Explain);
        if shell.width.get_untracked() == Width::Phone {
            shell.pane.set(Pane::Code);
        }
    };
    let path = line.path.clone();
    let hover = move |_| session.light(&path);
    let words: Vec<_> = line.words.iter().map(word).collect();
    let in_step = line.step.is_some();
    view! {
        <li class:is-step=in_step>
            <button
                type="button"
                class="explain-line"
                class:is-current=move || current.get()
                aria-current=move || current.get().then_some("true")
                on:click=go
                on:pointerenter=hover
            >
                {in_step.then(|| view! { <span class="explain-number">{number.map(|number| format!("{number}."))}</span> })}
                <span>{with_code(&line.text)}</span>
            </button>
            {(!words.is_empty()).then(|| view! { <dl class="explain-words">{words}</dl> })}
        </li>
    }
    .into_any()
}

fn word(word: &Word) -> AnyView {
    let title = (!word.title.is_empty()).then(|| format!(" – {}", word.title));
    view! {
        <div>
            <dt>
                <code>{word.name.clone()}</code>
                {title}
            </dt>
            <dd>{with_code(&word.doc)} " " {docs(word.link.clone(), &word.name)}</dd>
        </div>
    }
    .into_any()
}

/// A link to GitHub's documentation.
fn docs(address: String, about: &str) -> AnyView {
    view! {
        <a
            class="explain-docs"
            href=address
            target="_blank"
            rel="noreferrer"
            title="GitHub's documentation"
            aria-label=format!("GitHub's documentation about {about}")
        >
            {icon(Icon::External)}
        </a>
    }
    .into_any()
}

fn words_list() -> AnyView {
    let query = RwSignal::new(String::new());
    let list = move || {
        let query = query.get().to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(query.trim());
        let found: Vec<_> = glossary()
            .iter()
            .filter(|term| fits(term.name) || fits(term.doc))
            .map(|term| {
                view! {
                    <div>
                        <dt>{term.name}</dt>
                        <dd>{with_code(term.doc)} " " {docs(term.link.to_owned(), term.name)}</dd>
                    </div>
                }
                .into_any()
            })
            .collect();
        if found.is_empty() {
            view! { <p class="empty-line" role="status">"No word of the glossary fits."</p> }.into_any()
        } else {
            view! { <dl class="glossary">{found}</dl> }.into_any()
        }
    };
    view! {
        {search_field("explain-search", None, "Search the glossary", "Search: matrix, secret, fork…", query)}
        {list}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <div class="empty">
            <span class="empty-icon">{icon(Icon::Speech)}</span>
            <p class="empty-title">"There is nothing to explain yet"</p>
            <p>"Once the file has a trigger or a job, it is told here in plain sentences."</p>
        </div>
    }
    .into_any()
}
