use stepladder_yaml::{TextEdit, TextRange};

use crate::expr::{self, Expr, ExprKind, Logical, PathStep, Used};
use crate::facts::runners::{Os, os_of_labels};
use crate::facts::untrusted::{UNTRUSTED, is_sink};
use crate::lint::cx::ExprAt;
use crate::lint::{Cx, Rule};
use crate::model::{Job, Pair, Step, StepKind, Uses};
use crate::schema::Place;
use crate::{Finding, Fix, Severity};

/// So many names with a number behind them are tried.
const MOST_NAMES: usize = 8;

pub(super) static RULE: Rule = Rule {
    id: "script-injection",
    severity: Severity::Warning,
    kind: "security",
    title: "Text of strangers that becomes part of a script",
    docs: "GitHub puts the value of `${{ }}` into the script before the shell reads it. The title of an issue, the name of a \
           branch or the message of a commit are chosen by whoever writes them, so they can hold commands, and those run \
           with the job's token and secrets. Put the value into `env` and let the script read the variable, in quotes: a \
           variable is never read as code.",
    bad: "on: issues\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"${{ github.event.issue.title }}\"\n",
    good: "on: issues\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"$TITLE\"\n        env:\n          TITLE: ${{ github.event.issue.title }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (index, at) in cx.exprs.iter().enumerate().filter(|(_, at)| at.asks("github")) {
        let (Some(ast), Some(place)) = (&at.parsed.ast, cx.places().get(at.place)) else { continue };
        let Some((job, step)) = owner(cx, at.place) else { continue };
        let script = match &step.kind {
            StepKind::Run { .. } => place.field.is_some_and(|field| field.key == "run"),
            StepKind::Uses(uses) => is_executed(cx, place, &uses.value),
            _ => false,
        };
        if !script {
            continue;
        }
        let mut values = Vec::new();
        flows(ast, &mut values);
        let Some(used) = values.into_iter().find(|used| used.root.is("github") && is_untrusted(used)) else {
            continue;
        };
        let value = format!("${{{{ {} }}}}", at.source.trim());
        let is_free = |name: &String| is_free(cx, at, job, step, name, &value);
        let plain = [variable(&used, 1), variable(&used, 2)];
        let numbered = (2..).map(|number| format!("{}_{number}", plain[1]));
        let mut names = plain.iter().cloned().chain(numbered.take(MOST_NAMES));
        let name = names.find(is_free).unwrap_or_else(|| plain[0].clone());
        let shown = at.source.get(used.range.to_usize()).unwrap_or("github").trim();
        let message = format!(
            "`{shown}` is text that a stranger can write, and here it becomes part of the script, so it can run \
             commands; put it into `env` as `{name}` and read the variable."
        );
        let fix = via_env(cx, index, job, step, &name);
        out.push(RULE.at(at.range(used.range), message).with_fix(fix));
    }
}

/// Whether a variable of that name may have `value` in the step: neither it nor what stands around it sets another one, and
/// the script does not use that name for something else.
fn is_free(cx: &Cx<'_>, at: &ExprAt<'_>, job: Option<&Job>, step: &Step, name: &str, value: &str) -> bool {
    let of = |env: &[Pair]| {
        env.iter().find(|(own, _)| own.value == name).map(|(_, known)| known.value == value)
    };
    if let Some(is_same) = of(&step.env) {
        return is_same;
    }
    let around = [job.map(|job| &job.env[..]).unwrap_or_default(), &cx.workflow.env[..]];
    let is_set = around.into_iter().any(|env| of(env).is_some());
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let script = cx.tree.slice(at.node.range());
    // Within `${{ }}` a name is no variable of the shell.
    let outside = script.split("${{").map(|part| part.split_once("}}").map_or(part, |(_, rest)| rest));
    let is_used = outside.flat_map(|part| part.split(|c| !is_letter(c))).any(|word| word == name);
    !is_set && !is_used
}

fn owner<'c>(cx: &'c Cx<'_>, place: usize) -> Option<(Option<&'c Job>, &'c Step)> {
    let owner = cx.owners().get(place)?;
    let job = owner.job.and_then(|job| cx.workflow.jobs.get(job));
    let steps = job.map_or(&cx.action.steps, |job| &job.steps);
    Some((job, steps.get(owner.step?)?))
}

/// Whether the place is an input that the action runs as code.
fn is_executed(cx: &Cx<'_>, place: &Place<'_>, uses: &str) -> bool {
    let with = cx.parent(place).and_then(|parent| parent.field).is_some_and(|field| field.key == "with");
    let name = place.key.and_then(|key| key.as_str());
    match (Uses::slug(uses), name) {
        (Some(slug), Some(name)) if with => is_sink(slug, name),
        _ => false,
    }
}

/// The values that can become the text of `part`; what is only asked about, as in a comparison, cannot.
fn flows<'e>(part: &'e Expr, out: &mut Vec<Used<'e>>) {
    if let Some(path) = expr::path(part) {
        out.push(path);
        return;
    }
    match &part.kind {
        ExprKind::Logical { op: Logical::And, operands } => {
            operands.last().into_iter().for_each(|last| flows(last, out));
        }
        ExprKind::Logical { operands, .. } => operands.iter().for_each(|operand| flows(operand, out)),
        ExprKind::Call { function, args }
            if ["format", "join", "toJSON", "fromJSON", "case"].iter().any(|known| function.is(known)) =>
        {
            args.iter().for_each(|arg| flows(arg, out));
        }
        ExprKind::Property { object, .. } | ExprKind::Index { object, .. } | ExprKind::Filter { object } => {
            flows(object, out);
        }
        _ => {}
    }
}

fn is_untrusted(used: &Used<'_>) -> bool {
    UNTRUSTED.iter().any(|path| {
        path.len() == used.steps.len() + 1
            && used.first().is_some()
            && path.iter().skip(1).zip(&used.steps).all(|(wanted, step)| match step {
                PathStep::Name { text, .. } => *wanted != "*" && text.eq_ignore_ascii_case(wanted),
                PathStep::Item | PathStep::Computed(_) => true,
            })
    })
}

/// A name for the variable: the last `count` of the path, and one more where that is a mere part of an author.
fn variable(used: &Used<'_>, count: usize) -> String {
    let names = used.steps.iter().filter_map(|step| match step {
        PathStep::Name { text, .. } => Some(*text),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    let last = match names[..] {
        [.., owner @ ("author" | "head"), last] if count == 1 => format!("{owner}_{last}"),
        [.., _] => names[names.len().saturating_sub(count)..].join("_"),
        [] => "value".to_owned(),
    };
    last.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

/// The value moved to `env`, where the script is one of a POSIX shell and it is clear how it is quoted.
fn via_env(cx: &Cx<'_>, index: usize, job: Option<&Job>, step: &Step, name: &str) -> Option<Fix> {
    let at = &cx.exprs[index];
    let StepKind::Run { script, .. } = &step.kind else { return None };
    let posix = match cx.workflow.shell_of(job, step) {
        Some(shell) => matches!(shell.value.as_str(), "bash" | "sh"),
        None => job.is_some_and(|job| {
            let labels: Vec<&str> = job.runs_on.iter().map(|label| label.value.as_str()).collect();
            matches!(os_of_labels(&labels), Some(Os::Linux | Os::MacOs))
        }),
    };
    let value = format!("${{{{ {} }}}}", at.source.trim());
    let there = step.env.iter().find(|(own, _)| own.value == name);
    let taken = there.is_some_and(|(_, known)| known.value != value);
    if !posix || taken || !at.editable() || script.value.contains("<<") {
        return None;
    }
    let variable = match quoting(cx, at)? {
        Quoting::None => format!("\"${name}\""),
        Quoting::Double => format!("${{{name}}}"),
    };
    let title = format!("Read it from the variable `{name}`");
    let read = TextEdit::replace(at.outer(), variable);
    if there.is_some() {
        return Some(Fix::risky(title, read));
    }
    let env = step.path.child("env").child(name);
    let set = cx.set(title, &env, &value.as_str().into())?;
    let edit = set.edit.with(&read)?;
    Some(Fix { edit, ..set })
}

enum Quoting {
    None,
    Double,
}

/// How the shell would read what stands at the expression; `None` where a variable is not read, or where that is not
/// clear.
fn quoting(cx: &Cx<'_>, at: &ExprAt<'_>) -> Option<Quoting> {
    let node = at.node.range();
    let source = cx.tree.slice(node);
    if source.starts_with(['"', '\'']) {
        return None;
    }
    let before = cx.tree.slice(TextRange::new(node.start, at.outer().start));
    let line = before.rsplit('\n').next().unwrap_or(before);
    // There its words are meant one by one.
    let is_parted = |words: &str| words.trim_end().ends_with('(') || words.trim_end().ends_with("set --");
    if is_parted(line) {
        return None;
    }
    let (mut single, mut double) = (false, false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if !single => drop(chars.next()),
            '\'' if !double => single = !single,
            '"' if !single => double = !double,
            _ => {}
        }
    }
    match (single, double) {
        (true, _) => None,
        (_, true) => Some(Quoting::Double),
        _ => Some(Quoting::None),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};

    fn marked(source: &str, width: usize) {
        let line = format!("      - run: echo ${{{{ {source} }}}}\n");
        let marks = if width == 0 {
            String::new()
        } else {
            let at = line.find("github").unwrap_or_default();
            format!("{}{} script-injection: stranger\n", " ".repeat(at), "^".repeat(width))
        };
        check(&format!(
            "on: [pull_request, push]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{line}{marks}"
        ));
    }

    #[test]
    fn the_variable_is_no_other_one() {
        let file = |env: &str, run: &str, own: &str| {
            format!(
                "on: pull_request\n{env}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          {run}\n{own}"
            )
        };
        let title = "${{ github.event.pull_request.title }}";
        let set = |name: &str| format!("        env:\n          {name}: {title}\n");
        for (env, run, name) in [
            ("", "TITLE=x; echo $TITLE @", "PULL_REQUEST_TITLE"),
            ("", "for TITLE in a b; do echo @; done", "PULL_REQUEST_TITLE"),
            ("env:\n  TITLE: x\n", "echo @", "PULL_REQUEST_TITLE"),
            ("", "echo $TITLES @", "TITLE"),
            ("", "TITLE=x PULL_REQUEST_TITLE=y; echo @", "PULL_REQUEST_TITLE_2"),
        ] {
            let after = file(env, &run.replace('@', &format!("\"${name}\"")), &set(name));
            check_fix("script-injection", &file(env, &run.replace('@', title), ""), &after);
        }
        for run in ["files=(@)", "set -- @"] {
            let text = file("", &run.replace('@', title), "");
            let analysis = crate::Analysis::new(text.as_str(), &crate::Env::default());
            let found = analysis.findings().iter().find(|finding| finding.rule == "script-injection");
            assert!(found.is_some_and(|found| found.fix.is_none()), "{run}");
        }
    }

    #[test]
    fn follows_values() {
        marked("github.head_ref", 15);
        marked("github.head_ref || github.ref_name", 15);
        marked("github['head_ref']", 18);
        marked("format('{0}', github.event.pull_request.title)", 31);
        marked("join(github.event.commits.*.message)", 30);
        marked("github.event.commits[0].message", 31);
        marked("github.head_ref == 'main'", 0);
        marked("contains(github.head_ref, 'x')", 0);
        marked("github.head_ref && 'a' || 'b'", 0);
        marked("github.sha", 0);
    }

    #[test]
    fn knows_actions_that_run_their_inputs() {
        check(
            "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/github-script@v8\n        with:\n          script: console.log('${{ github.event.issue.title }}')\n                                   ^^^^^^^^^^^^^^^^^^^^^^^^ script-injection: `TITLE`\n          github-token: ${{ github.event.issue.title }}\n",
        );
    }

    #[test]
    fn moves_the_value_to_env() {
        check_fix(
            "script-injection",
            "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          echo 'a' \"it is ${{ github.event.issue.title }}\"\n",
            "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          echo 'a' \"it is ${TITLE}\"\n        env:\n          TITLE: ${{ github.event.issue.title }}\n",
        );
        // What is there already is read once more, and another value gets another name.
        let with = |script: &str, more: &str| {
            format!("on: issue_comment\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"{script}\"\n        env:\n          BODY: ${{{{ github.event.issue.body }}}}\n{more}")
        };
        check_fix("script-injection", &with("${{ github.event.issue.body }}", ""), &with("${BODY}", ""));
        check_fix(
            "script-injection",
            &with("${{ github.event.comment.body }}", ""),
            &with("${COMMENT_BODY}", "          COMMENT_BODY: ${{ github.event.comment.body }}\n"),
        );
        check_fix(
            "script-injection",
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.head_commit.author.name }}\n        env:\n          A: b # why\n",
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"$AUTHOR_NAME\"\n        env:\n          A: b # why\n          AUTHOR_NAME: ${{ github.event.head_commit.author.name }}\n",
        );
    }
}
