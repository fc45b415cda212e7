use stepladder_yaml::{Kind, TextEdit};

use crate::expr;
use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::schema::Values;
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unknown-value",
    severity: Severity::Error,
    kind: "structure",
    title: "Value that GitHub does not know",
    docs: "Some keys take only certain words: events, activity types, permission levels, types of inputs, and so on. GitHub \
           refuses any other. The message names the nearest one and lists those that are allowed.",
    bad: "on: push\npermissions:\n  contents: reed\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on: push\npermissions:\n  contents: read\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let Some(field) = place.field.filter(|field| field.values.closed()) else { continue };
        let node = place.node.resolve();
        let Some(text) = (node.kind() == Kind::Scalar && !node.is_null()).then(|| node.as_str()).flatten()
        else {
            continue;
        };
        let known = field.values.list();
        let dynamic = field.ctx.allows_expressions() && expr::has_expression(text);
        if text.is_empty() || dynamic || known.contains(&text) || expr::has_expression(text) {
            continue;
        }
        let what = match (place.name(), field.values) {
            (_, Values::Events) => "an event".to_owned(),
            (_, Values::Activities(event)) => format!("an activity of the event `{event}`"),
            (Some(name), _) => format!("a value of `{name}`"),
            (None, _) => "allowed here".to_owned(),
        };
        let meant = nearest(text, known.iter().copied());
        let ask = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_else(|| ";".to_owned());
        let message = format!("`{text}` is not {what}{ask} Possible: {}.", list(known.iter().copied(), 40));
        let fix = meant.map(|meant| {
            let edit = TextEdit::replace(node.range(), meant);
            let title = format!("Write `{meant}`");
            if meant.eq_ignore_ascii_case(text) { Fix::safe(title, edit) } else { Fix::risky(title, edit) }
        });
        out.push(RULE.at(place.node.range(), message).with_fix(fix));
    }
}
