use stepladder_yaml::{TextEdit, TextRange};

use super::shell_not_on_system::system;
use crate::facts::env::COMMANDS;
use crate::facts::runners::Os;
use crate::lint::{Cx, Rule};
use crate::model::{Job, StepKind, Text};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-command",
    severity: Severity::Warning,
    kind: "scripts",
    title: "Workflow command that is no longer wanted",
    docs: "`echo \"::set-output …\"` and `::save-state` are deprecated and will stop working; `::set-env` and `::add-path` are \
           switched off, so steps with them fail. Write to the files that GitHub names in `$GITHUB_OUTPUT`, `$GITHUB_STATE`, \
           `$GITHUB_ENV` and `$GITHUB_PATH` instead.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"::set-output name=a::b\"\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \"a=b\" >> \"$GITHUB_OUTPUT\"\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for (job, steps) in cx.step_lists() {
        for step in steps {
            let StepKind::Run { script, shell } = &step.kind else { continue };
            if !script.value.contains("::") {
                continue;
            }
            for command in COMMANDS.iter().filter(|command| command.instead.is_some()) {
                let instead = command.instead.unwrap_or_default();
                let (state, severity) = if command.disabled {
                    ("is switched off, so the step fails", Severity::Error)
                } else {
                    ("is deprecated and will stop working", Severity::Warning)
                };
                let message =
                    format!("The command `::{}` {state}; write to the file in `${instead}`.", command.name);
                for at in find(&script.value, command.name).take(MAX) {
                    let range = place(cx, script.range, &script.value, at);
                    let fix = if is_bash(cx, job, shell.as_ref()) {
                        rewritten(cx, script, at, command.name, instead)
                    } else {
                        None
                    };
                    out.push(RULE.at(range, message.clone()).with_severity(severity).with_fix(fix));
                }
            }
        }
    }
}

/// Most lines of one script that are told.
const MAX: usize = 100;

/// Whether the script is surely run by a shell that takes `"$NAME"` and `>>` as `bash` does.
fn is_bash(cx: &Cx<'_>, job: Option<&Job>, shell: Option<&Text>) -> bool {
    let defaults = || [job.and_then(|job| job.defaults.shell.as_ref()), cx.workflow.defaults.shell.as_ref()];
    match shell.or_else(|| defaults().into_iter().flatten().next()) {
        Some(shell) => matches!(shell.value.split_whitespace().next(), Some("bash" | "sh")),
        None => job.and_then(|job| system(cx, job)).is_some_and(|os| os != Os::Windows),
    }
}

/// Writes to the file what a plain `echo` on a line of its own says.
fn rewritten(cx: &Cx<'_>, script: &Text, at: usize, command: &str, file: &str) -> Option<Fix> {
    let before = &script.value[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = script.value[start..].lines().next()?.trim();
    let told = line.strip_prefix("echo ")?.trim();
    let quote = told.chars().next().filter(|c| matches!(c, '"' | '\''));
    let told = match quote {
        Some(quote) => told.strip_prefix(quote)?.strip_suffix(quote)?,
        None => told,
    };
    let rest = told.strip_prefix("::")?.strip_prefix(command)?;
    let value = match rest.strip_prefix(" name=") {
        Some(named) => {
            let (name, value) = named.split_once("::")?;
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if name.is_empty() || !name.chars().all(plain) {
                return None;
            }
            format!("{name}={value}")
        }
        None => rest.strip_prefix("::").filter(|_| command == "add-path")?.to_owned(),
    };
    // What ends the text, or the command, is not looked into; nor are line breaks that are written as `%0A`.
    let ends = |c: char| matches!(c, '"' | '\'' | '\\' | '`' | '%');
    let runs_on = |c: char| matches!(c, '|' | ';' | '&' | '<' | '>' | '#' | '*' | '?');
    if value.contains(ends) || (quote.is_none() && value.contains(runs_on)) {
        return None;
    }
    let quote = quote.unwrap_or('"');
    let insert = format!("echo {quote}{value}{quote} >> \"${file}\"");
    let source = cx.tree.slice(script.range);
    if source.starts_with('"') || (source.starts_with('\'') && insert.contains('\'')) {
        return None;
    }
    let found = source.match_indices(line).nth(before[..start].matches(line).count())?.0;
    let start = script.range.start + u32::try_from(found).ok()?;
    let range = TextRange::new(start, start + u32::try_from(line.len()).ok()?);
    Some(Fix::risky(format!("Write to `${file}`"), TextEdit::replace(range, insert)))
}

/// Where `::name` begins a command: followed by `::`, perhaps with parameters before that, once a line. What a comment
/// says runs not.
fn find<'s>(script: &'s str, name: &'s str) -> impl Iterator<Item = usize> + 's {
    let mut last = None;
    script.match_indices("::").map(|(at, _)| at).filter(move |at| {
        let parameters = |rest: &str| {
            rest.starts_with(' ') && rest.lines().next().is_some_and(|line| line.contains("::"))
        };
        let start = script[..*at].rfind('\n').map_or(0, |end| end + 1);
        let rest = script[at + 2..].strip_prefix(name);
        let found = rest.is_some_and(|rest| rest.starts_with("::") || parameters(rest))
            && !script[start..].trim_start().starts_with('#');
        found && last.replace(start) != Some(start)
    })
}

/// The start of the script when it is one line, else the line of the command.
fn place(cx: &Cx<'_>, range: TextRange, script: &str, at: usize) -> TextRange {
    let source = cx.tree.slice(range);
    let line = script[..at].matches('\n').count();
    if line == 0 && !source.contains('\n') {
        return range;
    }
    let command: String = script[at..].chars().take_while(|c| !c.is_whitespace() && *c != '=').collect();
    let before = script[..at].matches(&command).count();
    match source.match_indices(&command).nth(before) {
        Some((at, _)) => {
            let start = range.start + u32::try_from(at).unwrap_or_default();
            TextRange::new(start, start + u32::try_from(command.len()).unwrap_or_default())
        }
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn only_what_runs_is_a_command() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          # echo ::set-env name=A::b
          echo ::set-env name=A
          echo ::add-path /opt
          echo ::set-output name=a::b
               ^^^^^^^^^^^^ deprecated-command: The command `::set-output` is deprecated
          if true; then echo ::set-output name=c::d; fi
                             ^^^^^^^^^^^^ deprecated-command: The command `::set-output` is deprecated
          echo ::add-path::/opt
               ^^^^^^^^^^^^^^^^ deprecated-command: The command `::add-path` is switched off
",
        );
    }

    #[test]
    fn writes_to_the_file() {
        let with = |runner: &str, script: &str| {
            format!("on: push\njobs:\n  build:\n    runs-on: {runner}\n    steps:\n      - run: {script}\n")
        };
        for (before, after) in [
            ("echo \"::set-output name=a::b\"", "echo \"a=b\" >> \"$GITHUB_OUTPUT\""),
            ("|\n          make\n          echo ::set-env name=A::$B", "|\n          make\n          echo \"A=$B\" >> \"$GITHUB_ENV\""),
            ("'echo ::add-path::/opt/bin'", "'echo \"/opt/bin\" >> \"$GITHUB_PATH\"'"),
        ] {
            let before = with("ubuntu-latest", before);
            crate::lint::testing::check_fix("deprecated-command", &before, &with("ubuntu-latest", after));
        }
        for (runner, script) in [
            ("windows-latest", "echo \"::set-output name=a::b\""),
            ("ubuntu-latest", "echo ::set-output name=a::b | tee log"),
            ("ubuntu-latest", "echo \"::set-output name=a::b%0Ac\""),
            ("ubuntu-latest", "\"echo ::set-output name=a::b\""),
            ("ubuntu-latest", "make && echo ::set-output name=a::b"),
        ] {
            let text = with(runner, script);
            let found = crate::lint::testing::analyse(&text, &crate::Env::default()).into_findings();
            assert!(!found.is_empty() && found.iter().all(|found| found.fix.is_none()), "{script}");
        }
    }
}
