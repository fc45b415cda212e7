use stepladder_yaml::TextEdit;

use crate::expr;
use crate::lint::{Cx, Rule};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "explicit-expression",
    severity: Severity::Error,
    kind: "metadata",
    title: "`${{ }}` in `pre-if` or `post-if`",
    docs: "`pre-if` and `post-if` of an action are expressions by themselves; runners do not take `${{ }}` there. Write the \
           expression without it.",
    bad: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n  post: post.js\n  post-if: ${{ success() }}\n",
    good: "#: action.yml\nname: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n  post: post.js\n  post-if: success()\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let Some(name @ ("pre-if" | "post-if")) = place.field.map(|field| field.key) else { continue };
        let Some(text) = place.node.as_str().filter(|text| expr::has_expression(text)) else { continue };
        let fix = expr::whole(text.trim()).filter(|_| place.node.source() == text).map(|inner| {
            let plain = text.trim()[inner.to_usize()].trim().to_owned();
            Fix::safe("Remove `${{ }}`", TextEdit::replace(place.node.range(), plain))
        });
        out.push(
            RULE.at(place.node.range(), format!("`{name}` is an expression by itself; remove `${{{{ }}}}`."))
                .with_fix(fix),
        );
    }
}
