use stepladder_yaml::TextEdit;

use crate::lint::{Cx, Rule};
use crate::model::StepKind;
use crate::{Finding, Fix, Severity};

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
            let note = note.lines().map(str::trim).collect::<Vec<_>>().join(" ");
            let others: Vec<&str> = interface
                .inputs
                .iter()
                .filter(|other| other.deprecated.is_none() && !other.name.eq_ignore_ascii_case(&name.value))
                .map(|other| other.name.as_str())
                .collect();
            let meant = instead(&name.value, &note, &others);
            let mut message = format!("The input `{}` of {} is deprecated", name.value, interface.title);
            match meant.filter(|meant| !note.contains(meant)) {
                _ if !note.is_empty() => message.push_str(&format!(": {note}")),
                Some(meant) => message.push_str(&format!("; use `{meant}` instead")),
                None => {}
            }
            if !message.ends_with(['.', '!', '?']) {
                message.push('.');
            }
            let free = |meant: &&str| !step.with.iter().any(|(name, _)| name.value.eq_ignore_ascii_case(meant));
            let fix = meant.filter(free).map(|meant| {
                Fix::risky(format!("Rename to `{meant}`"), TextEdit::replace(name.range, meant))
            });
            out.push(RULE.at(name.range, message).with_fix(fix));
        }
    }
}

/// The input that takes the place of another: the one that is written as it but for `-` and `_`, or the only one that the
/// note names.
fn instead<'n>(name: &str, note: &str, others: &[&'n str]) -> Option<&'n str> {
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    if let Some(same) = others.iter().find(|other| plain(other) == plain(name)) {
        return Some(same);
    }
    let words = || note.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
    let mut named = others.iter().filter(|other| words().any(|word| word == **other));
    named.next().filter(|_| named.next().is_none()).copied()
}

#[cfg(test)]
mod tests {
    use super::instead;
    use crate::lint::testing::{check, check_fix};

    #[test]
    fn tells_what_to_use() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/create-github-app-token@v1
        with:
          app_id: 1
          ^^^^^^ deprecated-input: is deprecated; use `app-id` instead.
          private-key: ${{ secrets.KEY }}
",
        );
        assert_eq!(instead("ver", "Use version.", &["version", "arch"]), Some("version"));
        assert_eq!(instead("ver", "Use version or arch", &["version", "arch"]), None);
    }

    #[test]
    fn writes_what_to_use() {
        let with = |name: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/create-github-app-token@v1\n        with:\n          {name}: 1\n          private-key: ${{{{ secrets.KEY }}}}\n")
        };
        check_fix("deprecated-input", &with("app_id"), &with("app-id"));
    }
}
