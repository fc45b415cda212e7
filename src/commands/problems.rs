//! Going from problem to problem, and making them go away.

use leptos::prelude::*;
use stepladder_workflow::{Analysis, Finding, Fix, Severity};
use stepladder_yaml::{Path, TextRange};

use super::editing;
use crate::session::{Origin, Session};
use crate::shell::{Pane, Shell, Width};
use crate::ui::toast::Tone;

pub(super) fn has_problems(shell: Shell) -> bool {
    editing(shell) && shell.session.echo.with(|analysis| !analysis.findings().is_empty())
}

/// Selects the next problem (`step` 1) or the one before (`step` -1), seen from the selection; goes round at the ends.
pub(super) fn go_to_problem(shell: Shell, step: i32) {
    let session = shell.session;
    let selection = session.selection().get_untracked();
    let target = session.analysis.with_untracked(|analysis| {
        let here = selection.range.or_else(|| analysis.tree.at(&selection.path).map(|node| node.range()));
        let here = here.unwrap_or_default();
        let key = |finding: &Finding| (finding.range.start, finding.range.end);
        let findings = analysis.findings();
        let found = if step > 0 {
            findings.iter().find(|f| key(f) > (here.start, here.end)).or(findings.first())
        } else {
            findings.iter().rev().find(|f| key(f) < (here.start, here.end)).or(findings.last())
        };
        found.cloned()
    });
    if let Some(finding) = target {
        select_finding(shell, finding.range);
        session.toaster.show(tone(finding.severity), finding.message, None);
    }
}

/// Selects the first place at which the text is not YAML, and tells what is wrong there.
pub(crate) fn go_to_unread(shell: Shell) {
    let first = |analysis: &Analysis| analysis.tree.problems().first().cloned();
    if let Some(problem) = shell.session.analysis.with_untracked(first) {
        select_finding(shell, problem.range);
        shell.session.toaster.show(Tone::Error, problem.message, None);
    }
}

/// Selects a problem's place in all views; on a phone the YAML comes to the front.
pub(crate) fn select_finding(shell: Shell, range: TextRange) {
    shell.session.select_range(range, Origin::Problems);
    if shell.width.get_untracked() == Width::Phone {
        shell.pane.set(Pane::Code);
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
        Severity::Hint => Tone::Hint,
    }
}

/// The finding with a fix that the selection is on.
pub(super) fn problem_at_selection(session: Session) -> Option<Finding> {
    let selection = session.selection().get();
    session.analysis.with(|analysis| {
        let node = || {
            analysis
                .tree
                .at(&selection.path)
                .filter(|_| selection.path != Path::root())
                .map(|node| node.full_range())
        };
        let range = selection.range.or_else(node)?;
        let touches =
            |f: &&Finding| f.fix.is_some() && f.range.start <= range.end && range.start <= f.range.end;
        analysis.findings().iter().find(touches).cloned()
    })
}

/// Makes a finding go away and offers to take that back.
pub(crate) fn fix(session: Session, finding: &Finding) {
    if let Some(fix) = finding.fix.clone()
        && session.apply(fix.edit, fix.title, Origin::Problems)
    {
        session.offer_undo();
    }
}

/// A finding whose fix keeps what the workflow does.
pub(super) fn next_safe_fix(session: Session) -> Option<Finding> {
    session.analysis.with(|analysis| {
        analysis.findings().iter().find(|f| f.fix.as_ref().is_some_and(Fix::is_safe)).cloned()
    })
}

/// Fixes one finding after the other, as each fix is made for the text that it was found in.
pub(super) fn fix_all(shell: Shell) {
    let session = shell.session;
    let mut count = 0;
    let most = session.analysis.with_untracked(|analysis| analysis.findings().len());
    while count < most
        && let Some(Finding { fix: Some(fix), .. }) = untrack(move || next_safe_fix(session))
        && session.apply(fix.edit, fix.title, Origin::Problems)
    {
        count += 1;
    }
    let noun = if count == 1 { "problem" } else { "problems" };
    session.toaster.show(Tone::Done, format!("Fixed {count} {noun}."), None);
}
