//! What the checks found.

use leptos::prelude::*;
use stepladder_workflow::{Finding, Fix, Severity};

use crate::commands::problems::{fix, select_finding};
use crate::shell::Shell;
use crate::ui::icon::{Icon, icon};
use crate::ui::prose::with_code;

/// The icon of a severity.
#[must_use]
pub(crate) fn severity_icon(severity: Severity) -> Icon {
    match severity {
        Severity::Error => Icon::Error,
        Severity::Warning => Icon::Warning,
        Severity::Hint => Icon::Hint,
    }
}

/// `3 warnings`
#[must_use]
pub(crate) fn counted(severity: Severity, count: usize) -> String {
    format!("{count} {severity}{}", if count == 1 { "" } else { "s" })
}

/// How many findings of each severity there are: errors, warnings, hints.
#[must_use]
pub(crate) fn counts(findings: &[Finding]) -> [usize; 3] {
    SEVERITIES.map(|severity| findings.iter().filter(|f| f.severity == severity).count())
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Hint];

/// A finding as it is listed: with its line, without byte offsets, which shift with every keystroke.
#[derive(Clone, PartialEq)]
struct Row {
    at: usize,
    line: u32,
    rule: &'static str,
    severity: Severity,
    message: String,
    fix: Option<String>,
}

/// The pane.
pub(crate) fn problems(shell: Shell) -> AnyView {
    let hidden = RwSignal::new([false; 3]);
    let rows = shell.session.echo.derive(|analysis| {
        let rows = analysis.findings().iter().enumerate().map(|(at, finding)| Row {
            at,
            line: analysis.tree.line_col(finding.range.start).line,
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            fix: finding.fix.as_ref().map(|fix| fix.title.clone()),
        });
        let mut rows: Vec<Row> = rows.collect();
        rows.sort_by_key(|row| row.severity);
        rows
    });
    let list = move || {
        let hidden = hidden.get();
        rows.with(|rows| {
            if rows.is_empty() {
                return nothing(shell);
            }
            let shown = rows.iter().filter(|row| !hidden[row.severity as usize]);
            let shown: Vec<_> = shown.map(|row| row_view(shell, row.clone())).collect();
            if shown.is_empty() {
                return view! { <p class="empty-line">"All problems are filtered out."</p> }.into_any();
            }
            view! { <ul class="rows">{shown}</ul> }.into_any()
        })
    };
    view! {
        <div class="problems">
            {move || rows.with(|rows| !rows.is_empty()).then(|| filters(shell, hidden))}
            {list}
        </div>
    }
    .into_any()
}

fn filters(shell: Shell, hidden: RwSignal<[bool; 3]>) -> AnyView {
    let counts = shell.session.echo.derive(|analysis| counts(analysis.findings()));
    let chips = SEVERITIES.map(|severity| {
        let at = severity as usize;
        let toggle = move |_| hidden.update(|hidden| hidden[at] = !hidden[at]);
        view! {
            <button
                type="button"
                class=format!("pill pill-{severity}")
                aria-pressed=move || if hidden.get()[at] { "false" } else { "true" }
                disabled=move || counts.get()[at] == 0
                on:click=toggle
            >
                {icon(severity_icon(severity))}
                {move || counted(severity, counts.get()[at])}
            </button>
        }
        .into_any()
    });
    let fixable = shell.session.echo.derive(|analysis| {
        analysis.findings().iter().filter(|f| f.fix.as_ref().is_some_and(Fix::is_safe)).count()
    });
    view! {
        <div class="problems-bar" role="group" aria-label="Show">
            {Vec::from(chips)}
            <span class="spacer"></span>
            {move || {
                (fixable.get() > 1)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-small"
                                on:click=move |_| crate::commands::run(shell, "fix-all")
                            >
                                {icon(Icon::Fix)}
                                {format!("Fix {} safely", fixable.get())}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn row_view(shell: Shell, row: Row) -> AnyView {
    let session = shell.session;
    // The finding as it is now; the row was made from an analysis with equal rows.
    let finding =
        move || session.analysis.with_untracked(|analysis| analysis.findings().get(row.at).cloned());
    let go = move |_| {
        if let Some(finding) = finding() {
            select_finding(shell, finding.range);
        }
    };
    let repair = row.fix.map(|title| {
        let click = move |_| {
            if let Some(finding) = finding() {
                fix(session, &finding);
            }
        };
        view! {
            <button type="button" class="button button-small row-action" on:click=click>
                {icon(Icon::Fix)}
                <span>{with_code(&title)}</span>
            </button>
        }
    });
    view! {
        <li class="row">
            <button type="button" class="row-main" on:click=go>
                <span class=format!("row-icon state-{}", row.severity)>{icon(severity_icon(row.severity))}</span>
                <span class="visually-hidden">{row.severity.as_str()}": "</span>
                <span class="row-text">{with_code(&row.message)}</span>
                <span class="row-meta">"line "{row.line}</span>
            </button>
            <a class="row-rule" href=super::rules::address(row.rule) title="What this rule finds, and why">
                {row.rule}
            </a>
            {repair}
        </li>
    }
    .into_any()
}

fn nothing(shell: Shell) -> AnyView {
    let jobs = shell.session.analysis.with_untracked(|analysis| analysis.workflow.jobs.len());
    let empty = shell.session.text_untracked().trim().is_empty();
    let (title, text) = if empty {
        ("There is no text yet", "Type or paste YAML, or start from a template; it is checked as you type.")
    } else if jobs == 0 {
        ("No problems found", "There is no job yet; a workflow needs at least one.")
    } else {
        (
            "No problems found",
            "Structure, names, expressions and references were checked; so it is after every change.",
        )
    };
    view! {
        <div class="empty">
            <span class=if empty { "empty-icon" } else { "empty-icon state-ok" }>
                {icon(if empty { Icon::File } else { Icon::Passed })}
            </span>
            <p class="empty-title">{title}</p>
            <p>{text}</p>
        </div>
    }
    .into_any()
}
