use crate::expr::has_expression;
use crate::lint::{Cx, Rule};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "only-negative-patterns",
    severity: Severity::Warning,
    kind: "triggers",
    title: "Filter that only takes back",
    docs: "A pattern that begins with `!` takes back some of what a pattern before it has matched. A list of nothing but such \
           patterns matches nothing, so that nothing can start the workflow by it. Put `**` before them, or write what is \
           left out into `branches-ignore`, `tags-ignore` or `paths-ignore`.",
    bad: "on:\n  push:\n    branches: ['!main']\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  push:\n    branches: ['**', '!main']\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for filter in cx.workflow.triggers.iter().flat_map(|trigger| &trigger.filters) {
        let key = filter.key.value.as_str();
        let what = match key {
            "branches" => "branch",
            "tags" => "tag",
            "paths" => "changed file",
            _ => continue,
        };
        let takes_back = |pattern: &str| pattern.starts_with('!') && !has_expression(pattern);
        let patterns = &filter.patterns;
        if patterns.is_empty() || !patterns.iter().all(|pattern| takes_back(&pattern.value)) {
            continue;
        }
        let message = format!(
            "No {what} matches `{key}`, as its patterns only take back: put `**` before them, or use `{key}-ignore`."
        );
        out.push(RULE.at(filter.key.range, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{analyse, env};

    #[test]
    fn only_a_list_of_nothing_but_such_patterns_is_told() {
        let told = |filter: &str| {
            let text = format!(
                "on:\n  push:\n    {filter}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"
            );
            analyse(&text, &env()).findings().iter().any(|finding| finding.rule == "only-negative-patterns")
        };
        for filter in ["branches: ['!main']", "branches: '!main'", "tags: ['!v1', '!v2']", "paths: ['!docs/**']"] {
            assert!(told(filter), "{filter}");
        }
        for filter in ["branches: [main, '!wip']", "branches: []", "branches-ignore: ['!main']", "paths: ['**', '!a']"] {
            assert!(!told(filter), "{filter}");
        }
    }
}
