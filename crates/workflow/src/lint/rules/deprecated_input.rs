use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-input",
    severity: Severity::Warning,
    kind: "actions",
    title: "Input that the action no longer wants",
    docs: "The action's author has marked this input as deprecated: it may go away with a later version. The note says what \
           to use instead.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n        with:\n          ver: 1\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  ver:\n    description: Version.\n    deprecationMessage: Use version.\nruns:\n  using: node24\n  main: main.js\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n        with:\n          version: 1\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  version:\n    description: Version.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for step in cx.steps().filter(|step| !step.with.is_empty()) {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let Some(interface) = cx.interface(&uses.value, uses.range) else { continue };
        for (name, _) in &step.with {
            let input = interface.input(&name.value).filter(|input| !input.needed);
            let Some(note) = input.and_then(|input| input.deprecated.as_ref()) else { continue };
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(": {}", note.lines().collect::<Vec<_>>().join(" "))
            };
            out.push(RULE.at(
                name.range,
                format!("The input `{}` of {} is deprecated{note}", name.value, interface.title),
            ));
        }
    }
}
