use crate::facts::limits::RUN_SCRIPT_CHARS;
use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "long-script",
    severity: Severity::Error,
    kind: "scripts",
    title: "Script that is too long for its expressions",
    docs: "GitHub reads a script with `${{ }}` in it as one expression, which may have at most 21,000 characters. Move the script to a \
           file of the repository, or hand the values over with `env`.",
    bad: "",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for step in cx.steps() {
        let StepKind::Run { script, .. } = &step.kind else { continue };
        if script.value.len() > RUN_SCRIPT_CHARS && script.value.contains("${{") {
            let count = script.value.chars().count();
            if count > RUN_SCRIPT_CHARS {
                let message = format!(
                    "This script has {count} characters, and one with `${{{{ }}}}` in it may have at most {RUN_SCRIPT_CHARS}."
                );
                out.push(RULE.at(script.range, message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn counts_characters() {
        let file = |script: &str| {
            format!(
                "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {script}\n"
            )
        };
        let long = "x".repeat(21_000);
        check(&file(&long));
        let script = format!("{long} ${{{{ github.ref }}}}");
        let marks = "^".repeat(script.len());
        check(&file(&format!("{script}\n             {marks} long-script: has 21018 characters")));
    }
}
