//! Everything that can leave the page: a link, the files, pictures of the graph, the findings.

mod picture;
mod zip;

use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_workflow::export::{self, Colours};
use stepladder_workflow::{Analysis, FileKind};

use crate::shell::{GitHubDialog, Shell};
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};
use crate::ui::toast::Tone;
use crate::{files, share};

/// The dialog.
pub(crate) fn share(shell: Shell) -> AnyView {
    dialog(shell.sharing, "share", "Share and export", move || content(shell))
}

fn content(shell: Shell) -> AnyView {
    let name = shell.session.file_name();
    let (download, path) = (name.clone(), shell.session.file_path());
    let open = shell.desk.files.with(Vec::len).max(1);
    let count = shell.session.analysis.with(|analysis| analysis.findings().len());
    let zip_words = if open == 1 { "Zip".to_owned() } else { format!("Zip of {open} files") };
    let found = match count {
        0 => "The checks find nothing in this file.".to_owned(),
        1 => "1 finding of the checks.".to_owned(),
        count => format!("{count} findings of the checks."),
    };
    view! {
        <ul class="share-list">
            {section(
                Icon::Copy,
                "Link",
                "Carries the whole workflow in its own text: whoever opens it sees what you see now, and nothing is uploaded.",
                button("button-primary", None, "Copy the link", move |_| share::copy_link(shell)),
            )}
            {section(
                Icon::File,
                "File",
                "The YAML as it is, byte for byte; or all open files with their folders.",
                view! {
                    {button("", None, format!("Download {name}"), move |_| {
                        files::save_as(shell, &download, &shell.session.text_untracked());
                    })}
                    {button("", None, zip_words, move |_| zip::download(shell))}
                    {button("button-quiet", None, "Copy the YAML", move |_| files::copy_yaml(shell))}
                }
                .into_any(),
            )}
            {section(
                Icon::Graph,
                "Graph",
                "A drawing for documents and slides, in the colours of the page; Mermaid is what GitHub draws in a README.",
                graph(shell),
            )}
            {section(
                Icon::Warning,
                "Findings",
                found,
                view! {
                    {button("", None, "Copy as Markdown", move |_| {
                        let text = shell.session.analysis.with_untracked(|analysis| export::findings(analysis, &path));
                        files::copy(shell, &text, "Copied the findings as Markdown.");
                    })}
                    {button("", None, "SARIF", move |_| {
                        let text = sarif(shell);
                        save_text(shell, "sarif", "application/sarif+json", &text);
                    })}
                }
                .into_any(),
            )}
            {section(
                Icon::GitHub,
                "GitHub",
                "Commit it to a branch, or propose it as a pull request.",
                button("", None, "Commit…", move |_| {
                    shell.sharing.set(false);
                    shell.github_dialog.set(Some(GitHubDialog::Commit));
                }),
            )}
        </ul>
    }
    .into_any()
}

fn section(glyph: Icon, title: &'static str, text: impl Into<String>, actions: AnyView) -> AnyView {
    view! {
        <li class="share-row">
            <span class="share-icon">{icon(glyph)}</span>
            <div class="share-about">
                <h3>{title}</h3>
                <p class="note">{text.into()}</p>
            </div>
            <div class="share-actions">{actions}</div>
        </li>
    }
    .into_any()
}

fn graph(shell: Shell) -> AnyView {
    if shell.session.analysis.with(|analysis| analysis.kind == FileKind::Action) {
        return view! { <p class="note">"An action has no graph of jobs."</p> }.into_any();
    }
    let mermaid = move |_| {
        let text = shell.session.analysis.with_untracked(export::mermaid);
        files::copy(
            shell,
            &format!("```mermaid\n{text}```\n"),
            "Copied the graph as Mermaid, ready for a README.",
        );
    };
    let svg = move |_| save_text(shell, "svg", "image/svg+xml", &drawing(shell));
    let png = move |_| {
        let (name, drawing) = (named(shell, "png"), drawing(shell));
        spawn_local(async move {
            match picture::png(&drawing).await {
                Some(blob) => {
                    files::save_blob(shell, &name, &Ok(blob));
                }
                None => shell.session.toaster.show(
                    Tone::Error,
                    "This browser could not paint the picture; take the SVG instead.",
                    None,
                ),
            }
        });
    };
    view! {
        {button("", None, "PNG", png)}
        {button("", None, "SVG", svg)}
        {button("", None, "Copy as Mermaid", mermaid)}
    }
    .into_any()
}

fn drawing(shell: Shell) -> String {
    let colours = if shell.dark.get_untracked() { Colours::DARK } else { Colours::LIGHT };
    shell.session.analysis.with_untracked(|analysis| export::svg(analysis, &colours))
}

fn sarif(shell: Shell) -> String {
    let uri = export::sarif::uri(&untrack(move || shell.session.file_path()));
    let results = shell.session.analysis.with_untracked(|analysis| {
        let place = |analysis: &Analysis, finding: &stepladder_workflow::Finding| {
            let tree = &analysis.tree;
            let (start, end) = (tree.line_col(finding.range.start), tree.line_col(finding.range.end));
            [start.line, start.col, end.line, end.col]
        };
        let result = |finding| export::sarif::result(finding, &uri, place(analysis, finding));
        analysis.findings().iter().map(result).collect()
    });
    export::sarif::document(results)
}

/// The file's name with another end.
fn named(shell: Shell, end: &str) -> String {
    let name = untrack(move || shell.session.file_name());
    let stem = name.trim_end_matches(".yml").trim_end_matches(".yaml");
    format!("{stem}.{end}")
}

fn save_text(shell: Shell, end: &str, kind: &str, text: &str) {
    files::save_blob(shell, &named(shell, end), &files::blob(text.as_bytes(), kind));
}
