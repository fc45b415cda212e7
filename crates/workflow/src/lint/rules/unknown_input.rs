use stepladder_yaml::TextEdit;

use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-input",
    severity: Severity::Warning,
    kind: "actions",
    title: "Input that the action does not declare",
    docs: "The action does not declare this input, so the value has no effect; the run shows a warning. Usually the name is \
           misspelled or belongs to another version of the action.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n        with:\n          verson: 1\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  version:\n    description: Version.\nruns:\n  using: node24\n  main: main.js\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./setup\n        with:\n          version: 1\n#: setup/action.yml\nname: Set up\ndescription: Sets up.\ninputs:\n  version:\n    description: Version.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for step in cx.steps().filter(|step| !step.with.is_empty()) {
        let StepKind::Uses(uses) = &step.kind else { continue };
        let Some(interface) = cx.interface(&uses.value, uses.range).filter(|interface| !interface.any_inputs)
        else {
            continue;
        };
        // Of two that may mean one input, only the first is renamed.
        let mut taken: Vec<&str> = Vec::new();
        for (name, _) in &step.with {
            if interface.input(&name.value).is_some() || name.value.contains("${{") || name.value == "<<" {
                continue;
            }
            // Runners take these for themselves.
            if interface.docker && ["args", "entrypoint"].contains(&&*name.value.to_ascii_lowercase()) {
                continue;
            }
            let known = interface.inputs.iter().map(|input| input.name.as_str());
            let free = known
                .clone()
                .filter(|known| !step.with.iter().any(|(name, _)| name.value.eq_ignore_ascii_case(known)));
            let meant = nearest(&name.value, free);
            let ask = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if interface.inputs.is_empty() => "it has none.".to_owned(),
                None => format!("it has {}.", list(known, 30)),
            };
            let first = meant.filter(|meant| !taken.contains(meant));
            taken.extend(first);
            let fix = first.map(|meant| {
                Fix::risky(format!("Rename to `{meant}`"), TextEdit::replace(name.range, meant))
            });
            let message = format!("{} has no input `{}`; {ask}", capital(&interface.title), name.value);
            out.push(RULE.at(name.range, message).with_fix(fix));
        }
    }
}

/// The same with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
