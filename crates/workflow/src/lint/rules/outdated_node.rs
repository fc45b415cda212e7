use stepladder_yaml::TextEdit;

use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "outdated-node",
    severity: Severity::Warning,
    kind: "actions",
    title: "Action for a Node.js that runners no longer have",
    docs: "Runners no longer have Node.js 12 and 16, and run such actions on a newer version, which may fail; Node.js 20 goes the same \
           way. Test the action with Node.js 24 and write `using: node24`.",
    bad: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node16\n  main: main.js\n",
    good: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let Some(using) = cx.action.using.as_ref().filter(|_| cx.kind == FileKind::Action) else { return };
    let severity = match using.value.to_ascii_lowercase().as_str() {
        "node12" | "node16" => Severity::Warning,
        "node20" => Severity::Hint,
        _ => return,
    };
    let message =
        format!("`{}` is deprecated: runners move on to newer versions; use `node24`.", using.value);
    let fix = Fix::risky("Use `node24`", TextEdit::replace(using.range, "node24"));
    out.push(RULE.at(using.range, message).with_severity(severity).with_fix(fix));
}
