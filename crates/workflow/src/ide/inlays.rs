//! Inlays: what a reader of the text would have to look up.

use crate::cron::{Cron, in_words};
use crate::facts::actions::{is_sha, version_in_comment};
use crate::model::{StepKind, Uses};
use crate::{Analysis, Env};

use super::view::read;

/// A remark that is shown in the text without being in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlay {
    /// It stands before this byte, which is the end of what it is about.
    pub offset: u32,
    /// The remark.
    pub text: String,
}

/// The remarks of a file, in the order of the text: cron expressions in words, and the version of an action that is
/// named by its commit alone.
#[must_use]
pub fn inlays(a: &Analysis, env: &Env) -> Vec<Inlay> {
    let mut inlays = Vec::new();
    let schedules = a.workflow.triggers.iter().flat_map(|trigger| &trigger.schedules);
    for cron in schedules.filter_map(|schedule| schedule.cron.as_ref()) {
        if let Ok(parsed) = Cron::parse(&cron.value) {
            inlays.push(Inlay { offset: cron.range.end, text: in_words(&parsed) });
        }
    }
    let cx = read(a, env);
    for step in cx.steps() {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let (Uses::Remote { git_ref, .. }, Some(catalogue)) = (Uses::new(&uses.value), &env.catalogue) else {
            continue;
        };
        if !is_sha(git_ref) || cx.comment_beside(uses.range).and_then(version_in_comment).is_some() {
            continue;
        }
        let release = Uses::slug(&uses.value)
            .and_then(|slug| catalogue.action(slug)?.latest.as_ref())
            .filter(|release| release.sha.eq_ignore_ascii_case(git_ref));
        if let Some(release) = release {
            inlays.push(Inlay { offset: uses.range.end, text: release.tag.clone() });
        }
    }
    inlays.sort_by_key(|inlay| inlay.offset);
    inlays
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::open;

    #[test]
    fn times_and_versions() {
        let sha = {
            let env = crate::lint::testing::env();
            let catalogue = env.catalogue.as_ref().map(|all| all.action("actions/checkout").cloned());
            catalogue.flatten().and_then(|action| action.latest).map(|release| (release.sha, release.tag))
        };
        let (sha, tag) = sha.unwrap_or_default();
        let (a, env, _) = open(&format!(
            "\
on:
  schedule:
    - cron: '0 * * * *'$0
    - cron: 'nonsense'
jobs:
  a:
    steps:
      - uses: actions/checkout@{sha}
      - uses: actions/checkout@{sha} # v1.2.3
"
        ));
        let found = inlays(&a, &env);
        let lines: Vec<_> = found.iter().map(|inlay| a.tree.line_col(inlay.offset).line).collect();
        assert_eq!(lines, [3, 8]);
        assert!(!found[0].text.is_empty());
        assert_eq!(found[1].text, tag);
    }
}
