use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "empty-deprecation",
    severity: Severity::Warning,
    kind: "metadata",
    title: "Deprecation note that says nothing",
    docs: "`deprecationMessage` is shown to everyone who uses the input. An empty one marks the input as deprecated without \
           saying what to use instead.",
    bad: "#: action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  ver:\n    description: Version.\n    deprecationMessage: ''\nruns:\n  using: node24\n  main: main.js\n",
    good: "#: action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  ver:\n    description: Version.\n    deprecationMessage: Use version.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.kind != FileKind::Action {
        return;
    }
    for input in cx.action.inputs.iter().take(500) {
        let Some(entry) = cx.tree.at(&input.path).and_then(|node| node.entry("deprecationMessage")) else {
            continue;
        };
        if entry.value.is_null() || entry.value.as_str().is_some_and(|text| text.trim().is_empty()) {
            let message = format!(
                "The deprecation note of `{}` says nothing; tell what to use instead.",
                input.name.value
            );
            // An input with nothing under it would be the next to ask about.
            let alone = cx.tree.at(&input.path).is_none_or(|node| node.len() < 2);
            let path = input.path.child("deprecationMessage");
            let fix = if alone { None } else { cx.remove("Remove it", &path, false) };
            out.push(RULE.at(entry.key.range(), message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    #[test]
    fn it_is_taken_away_with_its_line() {
        let with = |note: &str| {
            format!("name: Set up\ndescription: Sets up.\ninputs:\n  ver:\n    description: Version.\n{note}runs:\n  using: composite\n  steps:\n    - run: make ${{{{ inputs.ver }}}}\n      shell: bash\n")
        };
        let before = format!("#: action.yml\n{}", with("    deprecationMessage: ''\n"));
        check_fix("empty-deprecation", &before, &with(""));
    }
}
