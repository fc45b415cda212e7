//! Comparisons with what the file, or the payload of its events, makes certain never to be there.

use std::collections::BTreeSet;

use stepladder_yaml::{Change, TextRange, path};

use super::RULE;
use crate::expr::{self, Compare, Expr, ExprKind, PathStep, Used};
use crate::facts::payload::{Found, Kinds, Sent, Trigger};
use crate::lint::meant::Triggers;
use crate::lint::suggest::meant;
use crate::lint::Cx;
use crate::lint::cx::ExprAt;
use crate::model::{Combination, Data, Input, Job};
use crate::{FileKind, Finding, Fix, Severity};

/// What is wrong with a part of an expression, and what to write for a part of it.
type Told = (String, Option<Change>);

pub(super) fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    let meant = Triggers::new(cx);
    let triggers = meant.for_payloads();
    let Some(known) = Known::new(cx, &meant, &triggers) else { return };
    for at in cx.exprs.iter().filter(|at| !at.unclosed && at.parsed.is_clear()) {
        let words = ["github", "inputs", "matrix"];
        let Some(ast) = at.parsed.ast.as_ref().filter(|_| words.iter().any(|word| at.asks(word))) else {
            continue;
        };
        let job = cx.owners().get(at.place).and_then(|owner| cx.workflow.jobs.get(owner.job?));
        for (range, (message, change)) in known.all(ast, job) {
            let fix = change.and_then(|change| written(at, &change));
            let finding = RULE.at(at.range(range), message).with_severity(Severity::Hint);
            out.push(finding.with_fix(fix));
        }
    }
}

/// What to write where a value is compared with what it never is.
pub(super) fn changes(cx: &Cx<'_>, job: Option<&Job>, ast: &Expr) -> Vec<Change> {
    let meant = Triggers::new(cx);
    let triggers = meant.for_payloads();
    let known = Known::new(cx, &meant, &triggers);
    known.iter().flat_map(|known| known.all(ast, job)).filter_map(|(_, (_, change))| change).collect()
}

pub(super) fn written(at: &ExprAt<'_>, change: &Change) -> Option<Fix> {
    at.edit(change).map(|edit| Fix::risky(format!("Write `{}`", change.insert), edit))
}

/// What is known of the values of this file.
struct Known<'c, 'a> {
    cx: &'c Cx<'a>,
    /// Whether all lines of `on` could be read.
    whole: bool,
    /// The events that can start the workflow; none when any can.
    events: Vec<&'c str>,
    /// The activities that can start it; `None`: not known.
    actions: Option<Vec<&'c str>>,
    sent: Option<Sent<'c>>,
}

impl<'c, 'a> Known<'c, 'a> {
    fn new(cx: &'c Cx<'a>, meant: &'c Triggers<'_>, triggers: &'c [Trigger<'_>]) -> Option<Self> {
        if cx.kind != FileKind::Workflow {
            return None;
        }
        let events = meant.events();
        // A called workflow sees the event of its caller, which can be any.
        let whole = cx.is_whole(&path!["on"]);
        let called = meant.open || events.is_empty() || events.contains(&"workflow_call") || !whole;
        let payloads = cx.env.payloads.as_ref().filter(|_| !called);
        Some(Self {
            cx,
            whole,
            events: if called { Vec::new() } else { events },
            actions: meant.actions().filter(|_| !called),
            sent: payloads.map(|payloads| payloads.sent(triggers)),
        })
    }

    /// What is wrong in an expression, part by part.
    fn all(&self, ast: &Expr, job: Option<&Job>) -> Vec<(TextRange, Told)> {
        let mut found = Vec::new();
        ast.walk(&mut |part| found.extend(self.told(part, job).map(|told| (part.range, told))));
        found
    }

    fn told(&self, part: &Expr, job: Option<&Job>) -> Option<Told> {
        match &part.kind {
            ExprKind::Compare { op, left, right } if !op.is_order() => {
                let outcome = if *op == Compare::Equal { "never true" } else { "always true" };
                self.never(left, right, job, outcome).or_else(|| self.never(right, left, job, outcome))
            }
            ExprKind::Call { function, args } if function.text.eq_ignore_ascii_case("contains") => {
                self.objects(args.first()?, args.get(1)?)
            }
            _ => None,
        }
    }

    /// A value that is never what it is compared with.
    fn never(&self, one: &Expr, literal: &Expr, job: Option<&Job>, outcome: &str) -> Option<Told> {
        let used = expr::path(one)?;
        let names = used.names();
        if names.len() != used.steps.len() + 1 {
            return None;
        }
        let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let text = match &literal.kind {
            ExprKind::String(text) if !text.trim().is_empty() => text,
            ExprKind::Bool(truth) => {
                let ["github", "event", "inputs", name] = lower[..] else { return None };
                let input = self.dispatched(name).filter(|input| kind(input) == Some("boolean"))?;
                // Other events have no inputs at all, and nothing equals `false`.
                if !truth && self.events != ["workflow_dispatch"] {
                    return None;
                }
                let message = format!(
                    "`{one}` is a text and never equals a boolean, so this is {outcome}: write `'{truth}'`, or ask for \
                     `inputs.{}`.",
                    input.name.value
                );
                return Some((message, Some(Change { range: literal.range, insert: format!("'{truth}'") })));
            }
            _ => return None,
        };
        let values: Vec<&str> = match lower[..] {
            ["github", "event_name"] => self.events.clone(),
            ["github", "event", "action"] => self.actions.clone()?,
            ["github", "event", "schedule"] => self.schedules()?,
            ["inputs", name] | ["github", "event", "inputs", name] => self.options(name)?,
            ["matrix", name] => texts(self.with_matrix(job?)?, name)?,
            ["github", "event", ..] => return self.boolean(one, &used, literal, text, outcome),
            _ => return None,
        };
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let same = |value: &&str| {
            value.to_lowercase() == text.to_lowercase() || number(value).is_some_and(|n| number(text) == Some(n))
        };
        if values.is_empty() || values.iter().any(same) {
            return None;
        }
        let can = values.iter().take(8).map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ");
        let more = if values.len() > 8 { ", …" } else { "" };
        let message = format!("`{one}` is never '{text}', so this is {outcome}: it can be {can}{more}.");
        // A number or a time is rarely a slip of another one, and `unlabeled` is none of `labeled`.
        let is_word = !text.contains(|c: char| c.is_ascii_digit());
        let begins_alike = |meant: &str| meant.chars().next() == text.to_lowercase().chars().next();
        let meant = meant(text, values.iter().copied())
            .filter(|meant| is_word && begins_alike(&meant.to_lowercase()) && !meant.contains('\''));
        Some((message, meant.map(|meant| Change { range: literal.range, insert: format!("'{meant}'") })))
    }

    /// A boolean of the payload that is compared with a word.
    fn boolean(&self, one: &Expr, used: &Used<'_>, literal: &Expr, text: &str, outcome: &str) -> Option<Told> {
        let is_word = text.bytes().all(|byte| byte.is_ascii_alphabetic()) && !text.eq_ignore_ascii_case("infinity");
        if !is_word || !self.is_only(&names(used), Kinds::BOOLEAN) {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let truth = matches!(&*lower, "true" | "false");
        let advice = if truth { format!("write `{lower}` without quotes") } else { "compare it with a boolean".to_owned() };
        let message = format!("`{one}` is a boolean and never equals a text, so this is {outcome}: {advice}.");
        Some((message, truth.then_some(Change { range: literal.range, insert: lower })))
    }

    /// `contains()` for a text in a list of objects.
    fn objects(&self, list: &Expr, item: &Expr) -> Option<Told> {
        let ExprKind::String(text) = &item.kind else { return None };
        let used = expr::path(list).filter(|used| used.starts_with(&["github", "event"]))?;
        let mut place = names(&used);
        if text.is_empty() || place.len() != used.steps.len() - 1 || !self.is_only(&place, Kinds::ARRAY) {
            return None;
        }
        place.push("*");
        if !self.is_only(&place, Kinds::OBJECT) {
            return None;
        }
        place.push("name");
        let named = self.is_only(&place, Kinds::STRING);
        let better = format!("{list}.*.name");
        let advice = if named { format!("write `{better}`") } else { "pick a value of each with `.*`".to_owned() };
        let message =
            format!("`{list}` is a list of objects, and none of them equals a text, so this is never true: {advice}.");
        Some((message, named.then_some(Change { range: list.range, insert: better })))
    }

    /// Whether the payload has only values of this kind there, if any.
    fn is_only(&self, place: &[&str], kind: Kinds) -> bool {
        let all = [Kinds::STRING, Kinds::NUMBER, Kinds::BOOLEAN, Kinds::OBJECT, Kinds::ARRAY];
        match self.sent.as_ref().map(|sent| sent.at(place)) {
            Some(Found::Known(kinds)) => all.iter().all(|other| kinds.has(*other) == (*other == kind)),
            _ => false,
        }
    }

    /// The job, when all lines of its matrix could be read.
    fn with_matrix<'j>(&self, job: &'j Job) -> Option<&'j Job> {
        let strategy = job.path.child("strategy");
        (self.cx.is_whole(&strategy) && self.cx.is_whole(&strategy.child("matrix"))).then_some(job)
    }

    /// The input of a start by hand, when no caller may give one of the name.
    fn dispatched(&self, name: &str) -> Option<&Input> {
        let declared = |event: &str| {
            let inputs = self.cx.workflow.trigger(event).map(|trigger| trigger.inputs.as_slice()).unwrap_or_default();
            inputs.iter().find(|input| input.name.value.eq_ignore_ascii_case(name))
        };
        declared("workflow_dispatch").filter(|_| self.whole && declared("workflow_call").is_none())
    }

    /// The schedules that start it, where one does; no caller may bring another.
    fn schedules(&self) -> Option<Vec<&str>> {
        let entries = self.cx.tree.at(&path!["on", "schedule"]).filter(|_| self.events.contains(&"schedule"))?;
        entries.resolve().items().map(|entry| entry.resolve().get("cron")?.as_str()).collect()
    }

    /// The options of an input that is chosen from a list.
    fn options(&self, name: &str) -> Option<Vec<&str>> {
        let input = self.dispatched(name).filter(|input| kind(input) == Some("choice"))?;
        Some(input.options.iter().map(|option| option.value.as_str()).collect())
    }
}

fn kind(input: &Input) -> Option<&str> {
    input.kind.as_ref().map(|kind| kind.value.as_str())
}

/// The path below `github.event`, as far as it is written out.
fn names<'u>(used: &Used<'u>) -> Vec<&'u str> {
    let named = used.steps.iter().skip(1).map_while(|step| match step {
        PathStep::Name { text, .. } => Some(*text),
        _ => None,
    });
    named.collect()
}

/// The values that a dimension has in any variant, each once, when all are plain texts.
pub(in super::super) fn texts<'j>(job: &'j Job, name: &str) -> Option<Vec<&'j str>> {
    let text = |value: &'j Data| if let Data::Text(text) = value { Some(text.as_str()) } else { None };
    let mut texts: Vec<&str> = cells(job, name)?.into_iter().map(text).collect::<Option<_>>()?;
    let mut seen = BTreeSet::new();
    texts.retain(|text| seen.insert(*text));
    Some(texts)
}

/// The same as they stand in a text, numbers too.
pub(in super::super) fn printed(job: &Job, name: &str) -> Option<BTreeSet<String>> {
    let text = |value: &Data| match value {
        Data::Text(text) => Some(text.clone()),
        Data::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut all: BTreeSet<String> = cells(job, name)?.into_iter().map(text).collect::<Option<_>>()?;
    // A variant without it prints nothing.
    let matrix = job.matrix.as_ref()?;
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let without = |entry: &Combination| !entry.iter().any(|(name, _)| is(&name.value));
    if !matrix.rows.iter().any(|row| is(&row.name.value)) || matrix.include.iter().flatten().any(without) {
        all.insert(String::new());
    }
    Some(all)
}

/// The values that a dimension has in any variant, when the file has all of them.
fn cells<'j>(job: &'j Job, name: &str) -> Option<Vec<&'j Data>> {
    let matrix = job.matrix.as_ref().filter(|matrix| !matrix.dynamic && !matrix.wrong)?;
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let mut values = Vec::new();
    for row in matrix.rows.iter().filter(|row| is(&row.name.value)) {
        values.extend(row.values.as_ref()?.iter().map(|value| &value.value));
    }
    let added = matrix.include.as_ref()?.iter().flatten().filter(|(name, _)| is(&name.value));
    values.extend(added.map(|(_, value)| &value.value));
    (!values.is_empty()).then_some(values)
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::lint::testing::{analyse, check, check_fix, env};

    fn with(condition: &str) -> String {
        format!(
            "on:\n  pull_request:\n  workflow_dispatch:\n    inputs:\n      dry: {{type: boolean}}\n      c: {{type: choice, options: [fast, slow]}}\njobs:\n  a:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n        include: [{{os: macos-latest}}]\n    runs-on: ${{{{ matrix.os }}}}\n    steps:\n      - run: make\n        if: {condition}\n      - run: echo ${{{{ inputs.dry }}}} ${{{{ inputs.c }}}}\n"
        )
    }

    #[test]
    fn what_the_file_rules_out_is_never_true() {
        for (condition, part) in [
            ("github.event.inputs.dry == true", "never equals a boolean, so this is never true: write `'true'`"),
            ("inputs.c == 'z'", "`inputs.c` is never 'z', so this is never true: it can be 'fast', 'slow'."),
            ("github.event.inputs.c != 'z'", "so this is always true"),
            ("github.event.pull_request.draft == 'false'", "is a boolean and never equals a text"),
            ("contains(github.event.pull_request.labels, 'x')", "write `github.event.pull_request.labels.*.name`."),
            ("matrix.os == 'ubuntu-22.04'", "it can be 'ubuntu-latest', 'windows-latest', 'macos-latest'."),
            ("github.event_name == 'push'", "it can be 'pull_request', 'workflow_dispatch'."),
        ] {
            let found = analyse(&with(condition), &env()).into_findings();
            let told: Vec<_> = found.iter().map(|found| (found.rule, found.severity)).collect();
            assert_eq!(told, [("pointless-comparison", Severity::Hint)], "{condition}: {found:#?}");
            assert!(found[0].message.contains(part), "{}", found[0].message);
        }
    }

    #[test]
    fn what_may_be_is_not_told() {
        for condition in [
            "github.event.inputs.dry == 'true'",
            "github.event.inputs.dry == false",
            "inputs.c == 'SLOW' || inputs.c == ''",
            "github.event.pull_request.draft == false",
            "contains(github.event.pull_request.labels.*.name, 'x')",
            "matrix.os == 'macos-latest'",
            "github.event_name == 'workflow_dispatch'",
        ] {
            check(&with(condition));
        }
        let called = with("github.event_name == 'push' && inputs.c == 'z' && github.event.pull_request.draft == 'x'");
        let called = called.replace("  workflow_dispatch:\n", "  workflow_call:\n    inputs: {c: {type: string}, dry: {type: boolean}}\n  workflow_dispatch:\n");
        check(&called);
        let computed = with("matrix.os == 'x'").replace("[{os: macos-latest}]", "${{ fromJSON(vars.MORE) }}");
        check(&computed);
    }

    #[test]
    fn a_broken_line_silences_what_it_could_be_alone() {
        let told = |text: &str| {
            let found = analyse(text, &env()).into_findings();
            found.iter().filter(|finding| finding.rule == "pointless-comparison").count()
        };
        let conditions = "github.event_name == 'push' || matrix.os == 'x' || inputs.c == 'z'";
        let all = |text: &str| format!("{text}  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");
        let text = all(&with(conditions));
        assert_eq!(told(&text), 3);
        for (from, to, left) in [
            ("  b:\n    runs-on: ubuntu", "  b:\n    runs-on: [ubuntu", 3),
            ("      - run: echo", "      - run: \"echo", 3),
            ("  pull_request:", "  pull_request", 1),
            ("options: [fast, slow]", "options: [fast, slow", 1),
            ("windows-latest]", "windows-latest", 2),
        ] {
            assert_eq!(told(&text.replacen(from, to, 1)), left, "{to}");
        }
    }

    #[test]
    fn writes_what_is_meant() {
        for (before, after) in [
            ("github.event.inputs.dry == true", "github.event.inputs.dry == 'true'"),
            ("github.event_name == 'pull-request'", "github.event_name == 'pull_request'"),
            (
                "contains(github.event.pull_request.labels, 'x')",
                "contains(github.event.pull_request.labels.*.name, 'x')",
            ),
        ] {
            check_fix("pointless-comparison", &with(before), &with(after));
        }
    }

    #[test]
    fn activities_and_schedules_are_known() {
        let with = |condition: &str| {
            format!("on:\n  pull_request:\n  issues: {{types: [labeled]}}\n  schedule:\n    - cron: '0 4 * * *'\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        if: {condition}\n")
        };
        for (condition, part) in [
            ("github.event.action == 'closed'", "it can be 'opened', 'synchronize', 'reopened', 'labeled'."),
            ("github.event.schedule == '0 3 * * *'", "it can be '0 4 * * *'."),
        ] {
            let found = analyse(&with(condition), &env()).into_findings();
            assert!(found.len() == 1 && found[0].message.contains(part), "{found:#?}");
        }
        for condition in ["github.event.action == 'labeled'", "github.event.schedule == '0 4 * * *'"] {
            check(&with(condition));
        }
        check_fix(
            "pointless-comparison",
            &with("github.event.action == 'label'"),
            &with("github.event.action == 'labeled'"),
        );
    }
}
