use stepladder_yaml::TextEdit;

use crate::lint::{Cx, Rule};
use crate::schema::Widget;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-env-name",
    severity: Severity::Warning,
    kind: "jobs",
    title: "Name that no environment variable can have",
    docs: "The name of an environment variable cannot have `=`, `&` or blanks: the system would cut it off or refuse it. Use \
           letters, digits and `_`.",
    bad: "on: push\nenv:\n  MY VAR: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\nenv:\n  MY_VAR: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let inside = cx.parent(place).and_then(|parent| parent.field);
        if inside.is_none_or(|field| field.key != "env" || field.widget != Widget::Pairs) {
            continue;
        }
        let (Some(key), Some(name)) = (place.key, place.name()) else { continue };
        if name.contains("${{") {
            continue;
        }
        if let Some(c) = name.chars().find(|c| matches!(c, '=' | '&') || c.is_whitespace()) {
            let what = if c.is_whitespace() { "a blank".to_owned() } else { format!("`{c}`") };
            let written =
                |name: &str| name.replace(|c: char| matches!(c, '=' | '&') || c.is_whitespace(), "_");
            let better = written(name);
            // Two of one name would be refused.
            let around = cx.parent(place).map(|parent| parent.node.resolve());
            let mut others = around.iter().flat_map(|node| node.entries()).filter(|entry| entry.key.range() != key.range());
            let taken = others.any(|entry| entry.name().is_some_and(|name| written(name).eq_ignore_ascii_case(&better)));
            let fix = (!taken)
                .then(|| Fix::risky(format!("Rename to `{better}`"), TextEdit::replace(key.range(), better)));
            let message = format!("The name of an environment variable cannot have {what}; use `_`.");
            out.push(RULE.at(key.range(), message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::analyse;

    #[test]
    fn two_names_do_not_become_one() {
        let text = "on: push\nenv:\n  A B: 1\n  A=B: 1\n  C D: 1\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        let found = analyse(text, &crate::Env::default());
        let fixes: Vec<bool> = found.findings().iter().map(|finding| finding.fix.is_some()).collect();
        assert_eq!(fixes, [false, false, true]);
    }
}
