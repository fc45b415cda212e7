use stepladder_yaml::path;

use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "condition-without-script",
    severity: Severity::Warning,
    kind: "metadata",
    title: "`pre-if` without `pre`, or `post-if` without `post`",
    docs: "`pre-if` says when the set-up script of an action runs and `post-if` when its clean-up script does. Without such a \
           script the condition has no effect.",
    bad: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n  post-if: success()\n",
    good: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n  post: post.js\n  post-if: success()\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    if cx.kind != FileKind::Action {
        return;
    }
    let Some(runs) = cx.tree.root().and_then(|root| root.get("runs")) else { return };
    for (condition, scripts) in
        [("pre-if", ["pre", "pre-entrypoint"]), ("post-if", ["post", "post-entrypoint"])]
    {
        let Some(entry) = runs.entry(condition) else { continue };
        if scripts.iter().all(|script| runs.get(script).is_none()) {
            let message = format!("`{condition}` has no effect without `{}`.", scripts[0]);
            let fix = cx.remove(format!("Remove `{condition}`"), &path!["runs", condition], true);
            out.push(RULE.at(entry.key.range(), message).with_fix(fix));
        }
    }
}
