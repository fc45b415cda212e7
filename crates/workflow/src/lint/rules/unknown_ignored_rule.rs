use stepladder_yaml::TextEdit;

use crate::lint::{Cx, Rule, ignore, nearest_rule, rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-ignored-rule",
    severity: Severity::Warning,
    kind: "structure",
    title: "Comment that ignores a rule that does not exist",
    docs: "A comment `# stepladder: ignore[rule-id] reason` puts findings of a rule aside on its line or the next one, and \
           `ignore-file[rule-id]` in the whole file. Above the `-` of a step it is about the whole step, behind or above \
           `run: |` about the whole script, and as a comment of the script about its line or the next one. There is no rule \
           of this id, or none is named, so the comment has no effect.",
    bad: "on: push # stepladder: ignore[unknown-kye] on purpose\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push # stepladder: ignore[unknown-key] on purpose\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for ignore in ignore::all(cx) {
        let how = format!("write `{}[rule-id] reason` with the rule's id, which stands beside each finding", ignore.command);
        if ignore.rules.is_empty() {
            let message = format!("This comment names no rule, so it has no effect: {how}.");
            out.push(RULE.at(ignore.range, message).with_severity(Severity::Hint));
        }
        for (id, range) in ignore.rules {
            if rule(&id.to_ascii_lowercase()).is_some() {
                continue;
            }
            let meant = nearest_rule(id);
            let ask = meant.map_or_else(|| format!(": {how}."), |meant| format!("; did you mean `{meant}`?"));
            let fix = meant.map(|meant| Fix::safe(format!("Write `{meant}`"), TextEdit::replace(range, meant)));
            out.push(RULE.at(range, format!("There is no rule `{id}`{ask}")).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn a_comment_without_a_rule_has_no_effect() {
        check(
            "# stepladder: ignore because it is so
              ^^^^^^ unknown-ignored-rule: names no rule
# Stepladder: Ignore-File[]
              ^^^^^^^^^^^^^ unknown-ignored-rule: write `ignore-file[rule-id] reason`
# stepladder: ignored files are elsewhere
# stepladder: ignore[all] of them
                     ^^^ unknown-ignored-rule: There is no rule `all`: write `ignore[rule-id] reason`
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }
}
