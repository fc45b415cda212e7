//! The rules of the checks: what each finds, why that matters, what to do, with an example of both.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::lint::ignore::HOW;
use stepladder_workflow::lint::{self, Rule};
use stepladder_workflow::{Analysis, Env};

use super::problems::severity_icon;
use super::yaml::yaml;
use crate::shell::Shell;
use crate::ui::button::button;
use crate::ui::field::search_field;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;

/// The screen: the list of rules, and the one that the address names.
pub(crate) fn rules(shell: Shell) -> AnyView {
    let query = RwSignal::new(String::new());
    // The list of one's choice comes back with the search as it was; only what is read changes.
    let chosen = Memo::new(move |_| shell.rule.get().and_then(|id| lint::rule(&id)).map(|rule| rule.id));
    Effect::new(move |_| {
        chosen.track();
        if let Some(article) = document().get_element_by_id("rule") {
            article.set_scroll_top(0);
        }
    });
    view! {
        <main id="main" class="rules" class:has-rule=move || chosen.get().is_some() tabindex="-1">
            <div class="rules-side">
                <h1>"Rules"</h1>
                {search_field("rules-search", None, "Search rules", "Search: cron, matrix, secret…", query)}
                <nav class="rules-list" aria-label="Rules">
                    {move || list(&query.get(), chosen)}
                </nav>
            </div>
            <div id="rule" class="rules-article">
                {move || match chosen.get().and_then(lint::rule) {
                    Some(rule) => article(shell, rule),
                    None => about(),
                }}
            </div>
        </main>
    }
    .into_any()
}

/// The rules that have every word of the query somewhere, by kind.
fn list(query: &str, chosen: Memo<Option<&'static str>>) -> AnyView {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let found: Vec<&'static Rule> = lint::rules::ALL
        .iter()
        .copied()
        .filter(|rule| {
            let text = [rule.id, rule.title, rule.kind, rule.docs].join(" ").to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    if found.is_empty() {
        return view! { <p class="empty-line">"No rule has all of these words."</p> }.into_any();
    }
    let mut kinds: Vec<&str> = Vec::new();
    for rule in &found {
        if !kinds.contains(&rule.kind) {
            kinds.push(rule.kind);
        }
    }
    let groups = kinds.into_iter().map(|kind| {
        let rules = found.iter().filter(|rule| rule.kind == kind).map(|rule| entry(rule, chosen));
        let heading = format!("rules-{kind}");
        let labelled = heading.clone();
        view! {
            <section aria-labelledby=labelled>
                <h2 id=heading>{titled(kind)}</h2>
                <ul>{rules.collect::<Vec<_>>()}</ul>
            </section>
        }
        .into_any()
    });
    groups.collect::<Vec<_>>().into_any()
}

fn entry(rule: &'static Rule, chosen: Memo<Option<&'static str>>) -> AnyView {
    view! {
        <li>
            <a
                class="rules-entry"
                href=address(rule.id)
                aria-current=move || (chosen.get() == Some(rule.id)).then_some("page")
            >
                <span class=format!("row-icon state-{}", rule.severity)>{icon(severity_icon(rule.severity))}</span>
                <span class="visually-hidden">{rule.severity.as_str()}": "</span>
                <span>{with_code(rule.title)}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The address of a rule's page.
#[must_use]
pub(crate) fn address(id: &str) -> String {
    format!("#rules={id}")
}

/// `data-flow` as a heading: "Data flow".
fn titled(kind: &str) -> String {
    let words = kind.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What stands beside the list until a rule is chosen.
fn about() -> AnyView {
    view! {
        <article class="rules-text">
            <h2>"What is checked, and how loudly"</h2>
            <dl class="rules-severities">
                <dt>"Error"</dt>
                <dd>"GitHub refuses the file, or the step surely fails."</dd>
                <dt>"Warning"</dt>
                <dd>"GitHub takes the file, but it does not do what it seems to say, or it breaks soon."</dd>
                <dt>"Hint"</dt>
                <dd>"It works, and could be better."</dd>
            </dl>
            <p>"A rule that lacks a fact says nothing: what is not known is no mistake."</p>
            <h3>"Leave out one finding"</h3>
            <p>"Put a comment behind the line or above it, with a reason for those who read it later:"</p>
            {code("runs-on: colossus # stepladder: ignore[runner-label] our own machine\n")}
            <p>{with_code(&HOW.replace("RULE", "rule-id"))}</p>
            <h3>"Set up a repository"</h3>
            <p>{with_code("The file `.github/stepladder.yml` switches rules off, changes how loud they are, and names what only you know:")}</p>
            {code("rules:\n  outdated-action: off\n  unused-input: error\nrunner-labels: [gpu-*]\nsecrets: [DEPLOY_TOKEN]\nvariables: [REGION]\n")}
        </article>
    }
    .into_any()
}

fn article(shell: Shell, rule: &'static Rule) -> AnyView {
    let paragraphs: Vec<AnyView> =
        rule.docs.split("\n\n").map(|text| view! { <p>{with_code(text)}</p> }.into_any()).collect();
    let fixed = rule.bad.is_empty();
    view! {
        <article class="rules-text" aria-labelledby="rule-title">
            <a class="rules-back" href="#rules">
                {icon(Icon::Left)}
                "All rules"
            </a>
            <h2 id="rule-title">{with_code(rule.title)}</h2>
            <p class="rules-meta">
                <span class=format!("pill pill-{}", rule.severity)>
                    {icon(severity_icon(rule.severity))} {titled(rule.severity.as_str())}
                </span>
                <code>{rule.id}</code>
            </p>
            {paragraphs}
            {(!fixed).then(|| bad(shell, rule))}
            <h3>"Right"</h3>
            {example(rule.good)}
            <h3>"Leave it out"</h3>
            <p>{with_code("In one place, with a comment behind the line or above it, behind or above `run: |` for all of a script:")}</p>
            {code(&format!("# stepladder: ignore[{}] the reason\n", rule.id))}
            <p>{with_code("Everywhere, in `.github/stepladder.yml`:")}</p>
            {code(&format!("rules:\n  {}: off\n", rule.id))}
        </article>
    }
    .into_any()
}

/// The example with the mistake, and what is said about it.
fn bad(shell: Shell, rule: &'static Rule) -> AnyView {
    let (name, text, others) = cut(rule.bad);
    let mut env = Env { file_name: Some(name.clone()), ..Env::default() };
    shell.session.env.with(|known| {
        env.catalogue.clone_from(&known.catalogue);
        env.payloads.clone_from(&known.payloads);
    });
    env.files = others.iter().map(|(path, text)| (path.clone(), Arc::from(text.as_str()))).collect();
    let analysis = Analysis::new(text.as_str(), &env);
    let told = analysis.findings().iter().filter(|finding| finding.rule == rule.id).map(|finding| {
        let line = analysis.tree.line_col(finding.range.start).line;
        view! {
            <li class="rules-told">
                <span class=format!("row-icon state-{}", finding.severity)>
                    {icon(severity_icon(finding.severity))}
                </span>
                <span>{with_code(&finding.message)}</span>
                <span class="rules-line">"line "{line}</span>
            </li>
        }
    });
    let told: Vec<_> = told.collect();
    let file = name.rsplit('/').next().unwrap_or("example.yml").to_owned();
    let try_it = move |_| shell.open(text.clone(), &file, true);
    view! {
        <h3>"Wrong"</h3>
        {example(rule.bad)}
        <ul class="rules-findings">{told}</ul>
        {button("button-small", Some(Icon::Code), "Try it in the editor", try_it)}
    }
    .into_any()
}

/// An example as its files: the name and text of the first one, and the others, which begin at lines `#: PATH`.
fn cut(example: &str) -> (String, String, Vec<(String, String)>) {
    let mut files = vec![(String::new(), String::new())];
    for line in example.split_inclusive('\n') {
        match (line.strip_prefix("#: "), files.last_mut()) {
            (Some(path), Some((name, text))) if text.is_empty() && name.is_empty() => {
                path.trim().clone_into(name);
            }
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    let (mut name, text) = files.remove(0);
    if name.is_empty() {
        ".github/workflows/example.yml".clone_into(&mut name);
    }
    (name, text, files)
}

/// The files of an example; their names are shown where there are several.
fn example(text: &str) -> AnyView {
    let (name, text, others) = cut(text);
    let named = !others.is_empty() || !name.starts_with(".github");
    let files = std::iter::once((name, text)).chain(others);
    let files = files.map(|(name, text)| {
        view! { {named.then(|| view! { <p class="rules-file"><code>{name}</code></p> })} {code(&text)} }
            .into_any()
    });
    files.collect::<Vec<_>>().into_any()
}

fn code(text: &str) -> AnyView {
    view! {
        <pre class="rules-code" tabindex="0" role="group" aria-label="Example">
            {yaml(text.trim_end())}
        </pre>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_cut_into_their_files() {
        let (name, text, others) = cut("on: push\n#: a/action.yml\nname: A\n");
        assert_eq!((name.as_str(), text.as_str()), (".github/workflows/example.yml", "on: push\n"));
        assert_eq!(others, [("a/action.yml".to_owned(), "name: A\n".to_owned())]);
        let (name, text, others) = cut("#: action.yml\nname: A\n");
        assert_eq!((name.as_str(), text.as_str(), others.len()), ("action.yml", "name: A\n", 0));
    }

    #[test]
    fn kinds_are_headings() {
        assert_eq!(titled("data-flow"), "Data flow");
    }
}
