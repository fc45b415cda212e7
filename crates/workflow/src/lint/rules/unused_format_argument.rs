use stepladder_yaml::{Change, TextRange};

use crate::expr::{Code, ExprKind};
use crate::lint::cx::ExprAt;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unused-format-argument",
    severity: Severity::Warning,
    kind: "expressions",
    title: "Argument of `format()` that its pattern does not use, or none at all",
    docs: "The pattern has no place for this argument, so it has no effect. Count from `{0}`. A `format()` without any value \
           changes nothing.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ format('{0}', github.ref, github.sha) }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ format('{0}', github.ref) }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let from = out.len();
    scope::report(cx, &RULE, |code| matches!(code, Code::FormatUnusedArgument), out);
    for finding in &mut out[from..] {
        finding.fix = finding.fix.take().or_else(|| without(cx, finding));
    }
}

/// Takes away an argument behind which there is no other, so that none gets another number.
fn without(cx: &Cx<'_>, finding: &Finding) -> Option<Fix> {
    let number = finding.message.split_once("its argument {")?.1.split_once('}')?.0.parse::<usize>().ok()?;
    let range = finding.range;
    let inside = |at: &&ExprAt<'_>| at.outer().covers(range);
    let at = cx.exprs.iter().rfind(inside)?;
    let mut found = None;
    at.parsed.ast.as_ref()?.walk(&mut |part| {
        if let ExprKind::Call { args, .. } = &part.kind
            && let [.., before, last] = args.as_slice()
            && (args.len() == number + 2 && at.range(part.range) == range)
        {
            found = Some(TextRange::new(before.range.end, last.range.end));
        }
    });
    let edit = at.edit(&Change { range: found?, insert: String::new() })?;
    Some(Fix::risky("Remove it", edit))
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    #[test]
    fn the_last_one_goes() {
        let with = |call: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo {call} # c\n")
        };
        for (before, after) in [
            ("${{ format('{0}', github.ref, github.sha) }}", "${{ format('{0}', github.ref) }}"),
            ("${{ format('{0} {1}', github.ref, github.sha , 'x') }}", "${{ format('{0} {1}', github.ref, github.sha) }}"),
        ] {
            check_fix("unused-format-argument", &with(before), &with(after));
        }
    }
}
