use stepladder_yaml::{Entry, Kind, Node, Path, TextEdit, TextRange};

use crate::lint::{Cx, Rule};
use crate::{FileKind, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "exclusive-keys",
    severity: Severity::Error,
    kind: "structure",
    title: "Keys that exclude each other",
    docs: "Some keys stand for different kinds of the same thing, so only one of them may be there: `run` or `uses` in a \
           step, `steps` or `uses` in a job, `branches` or `branches-ignore` in a trigger. To leave some branches out of \
           `branches`, add a pattern that begins with `!`.",
    bad: "on:\n  push:\n    branches: [main]\n    branches-ignore: [wip]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    good: "on:\n  push:\n    branches: [main, '!wip']\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for place in cx.places() {
        let mapping = place.node.resolve();
        let Some(map) = place.map.filter(|map| !map.exclusive.is_empty() && mapping.kind() == Kind::Mapping)
        else {
            continue;
        };
        for set in map.exclusive {
            let mut there =
                mapping.entries().filter(|entry| entry.name().is_some_and(|name| set.contains(&name)));
            let Some(opening) = there.next() else { continue };
            let first = opening.name().unwrap_or_default();
            let other = |entry: &Entry<'_>| {
                entry.name() != Some(first) && !cx.is_parted(opening.key.range(), entry.key.range())
            };
            for entry in there.filter(other) {
                let name = entry.name().unwrap_or_default();
                let why = match name.strip_suffix("-ignore").or_else(|| first.strip_suffix("-ignore")) {
                    Some(plain) => {
                        format!("keep one of them, with `!` patterns in `{plain}` for what is left out")
                    }
                    None => "keep one of them".to_owned(),
                };
                // Of what the step of a job does, the last one is taken for the one that is meant; of an action's, the first.
                // A job that calls a workflow is a call, whatever else it has.
                let second_stays =
                    if set.contains(&"run") { cx.kind == FileKind::Workflow } else { name == "uses" };
                let doubtful = if second_stays { opening.key } else { entry.key };
                let ignored = [name, first].into_iter().find(|key| key.ends_with("-ignore"));
                let fix = ignored.and_then(|key| joined(cx, &place.node.path(), key));
                let message =
                    format!("`{name}` and `{first}` exclude each other in one {}; {why}.", map.title);
                out.push(RULE.at(doubtful.range(), message).with_fix(fix));
            }
        }
    }
}

/// Both lists in one: the patterns to be ignored follow the others with a `!`, which means the same.
fn joined(cx: &Cx<'_>, path: &Path, ignored: &str) -> Option<Fix> {
    let plain = ignored.strip_suffix("-ignore")?;
    let [kept, gone] = [plain, ignored].map(|key| cx.tree.at(&path.child(key)));
    let (kept, gone) = (kept?, gone?);
    let mut patterns = Vec::new();
    for node in items(gone)? {
        let text = node.as_str().filter(|text| !text.is_empty() && !text.starts_with('!') && !text.contains("${{"))?;
        patterns.push(format!("'!{}'", text.replace('\'', "''")));
    }
    let last = items(kept)?.pop()?.range();
    let add = match kept.kind() {
        Kind::Scalar => {
            let list = format!("[{}, {}]", kept.source(), patterns.join(", "));
            TextEdit::replace(kept.range(), list)
        }
        _ if cx.tree.slice(kept.range()).starts_with('[') => {
            TextEdit::replace(TextRange::empty(last.end), format!(", {}", patterns.join(", ")))
        }
        _ => {
            let (lines, text) = (cx.tree.lines(), cx.tree.text());
            let start = lines.line_start(lines.line_of(last.start));
            let line = text.get(start as usize..)?.lines().next()?;
            let indent = line.get(..line.find('-')?)?.to_owned();
            let end = start + u32::try_from(line.len()).ok()?;
            let added: String = patterns.iter().map(|pattern| format!("\n{indent}- {pattern}")).collect();
            TextEdit::replace(TextRange::empty(end), added)
        }
    };
    let removed = cx.remove("", &path.child(ignored), false)?;
    let title = format!("Write `{ignored}` as `!` patterns of `{plain}`");
    Some(Fix::risky(title, removed.edit.with(&add)?))
}

/// The patterns of a filter, each a text on a line of its own.
fn items(node: Node<'_>) -> Option<Vec<Node<'_>>> {
    if node.anchor().is_some() {
        return None;
    }
    let found: Vec<Node<'_>> = match node.kind() {
        Kind::Scalar => vec![node],
        Kind::Sequence => node.items().collect(),
        _ => return None,
    };
    let line = |node: &Node<'_>| node.kind() == Kind::Scalar && !node.source().contains(['\n', '\r']);
    (!found.is_empty() && found.iter().all(line)).then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check_fix;

    #[test]
    fn what_is_ignored_stays_ignored() {
        let with = |filters: &str| {
            format!("on:\n  push:\n{filters}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n")
        };
        for (before, after) in [
            (
                "    paths: ['infra/**']\n    paths-ignore: ['infra/README.md']\n",
                "    paths: ['infra/**', '!infra/README.md']\n",
            ),
            (
                "    branches-ignore: wip\n    branches: main\n",
                "    branches: [main, '!wip']\n",
            ),
            (
                "    paths:\n      - a/** # all\n      - b/**\n    paths-ignore:\n      - a/x\n      - \"a/'y\"\n",
                "    paths:\n      - a/** # all\n      - b/**\n      - '!a/x'\n      - '!a/''y'\n",
            ),
        ] {
            check_fix("exclusive-keys", &with(before), &with(after));
        }
    }
}
