use crate::expr::Code;
use crate::lint::{Cx, Rule, scope};
use crate::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-json",
    severity: Severity::Error,
    kind: "expressions",
    title: "Text for `fromJSON()` that is not JSON",
    docs: "`fromJSON()` fails when its text is not JSON: names and texts need double quotes, and there may be no comma before \
           a closing bracket. In a `name` nothing fails by it; the name is then shown as it is written.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ fromJSON('[1, 2') }}\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ fromJSON('[1, 2]')[0] }}\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let first = out.len();
    scope::report(cx, &RULE, |code| matches!(code, Code::FromJsonInvalid), out);
    for finding in &mut out[first..] {
        let named = cx.places().iter().any(|place| {
            place.field.is_some_and(|field| field.key == "name") && place.node.range().covers(finding.range)
        });
        if named {
            finding.severity = Severity::Warning;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::lint::testing::{analyse, env};

    #[test]
    fn a_name_does_not_fail() {
        let text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: ${{ fromJSON('a') }}\n        run: echo ${{ fromJSON('a') }}\n";
        let found: Vec<Severity> = analyse(text, &env()).findings().iter().map(|found| found.severity).collect();
        assert_eq!(found, [Severity::Warning, Severity::Error]);
    }
}
