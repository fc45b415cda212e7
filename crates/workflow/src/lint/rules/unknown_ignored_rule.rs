use stepladder_yaml::TextEdit;

use crate::lint::suggest::nearest;
use crate::lint::{Cx, Rule, ignore, rule, rules};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-ignored-rule",
    severity: Severity::Warning,
    kind: "structure",
    title: "Comment that ignores a rule that does not exist",
    docs: "A comment `# stepladder: ignore[rule-id] reason` puts findings of a rule aside on its line or the next one, and \
           `ignore-file[rule-id]` in the whole file. There is no rule of this id, so the comment has no effect.",
    bad: "on: push # stepladder: ignore[unknown-kye] on purpose\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push # stepladder: ignore[unknown-key] on purpose\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (id, range) in ignore::all(cx).into_iter().flat_map(|ignore| ignore.rules) {
        if rule(id).is_some() {
            continue;
        }
        let meant = nearest(id, rules::ALL.iter().map(|rule| rule.id));
        let ask = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_else(|| ".".to_owned());
        let fix = meant.map(|meant| Fix::safe(format!("Write `{meant}`"), TextEdit::replace(range, meant)));
        out.push(RULE.at(range, format!("There is no rule `{id}`{ask}")).with_fix(fix));
    }
}
