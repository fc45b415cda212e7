use stepladder_yaml::{TextEdit, edit};

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
        let fix = expr::whole(text.trim()).filter(|_| !place.through_alias).and_then(|inner| {
            // What is left may begin with a sign of YAML, such as `!`.
            let written = edit::written_as(&place.node, text.trim()[inner.to_usize()].trim())?;
            Some(Fix::safe("Remove `${{ }}`", TextEdit::replace(place.node.range(), written)))
        });
        out.push(
            RULE.at(place.node.range(), format!("`{name}` is an expression by itself; remove `${{{{ }}}}`."))
                .with_fix(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    #[test]
    fn what_is_left_is_quoted_where_yaml_needs_it() {
        let with = |condition: &str| {
            format!("name: Set up\ndescription: Sets up.\nruns:\n  using: node24\n  main: main.js\n  post: post.js\n  post-if: {condition}\n")
        };
        for (before, after) in [
            ("${{ !cancelled() }}", "'!cancelled()'"),
            ("${{ '*' != github.ref }}", "\"'*' != github.ref\""),
            ("\"${{ runner.os == 'Linux' }}\"", "\"runner.os == 'Linux'\""),
            ("'${{ github.sha == ''x'' }}'", "'github.sha == ''x'''"),
            ("${{ runner.os == 'Linux' }}", "runner.os == 'Linux'"),
        ] {
            check_fix("explicit-expression", &format!("#: action.yml\n{}", with(before)), &with(after));
        }
    }
}
