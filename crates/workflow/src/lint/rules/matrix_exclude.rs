use std::borrow::Cow;

use stepladder_yaml::TextEdit;

use crate::lint::suggest::{list, nearest};
use crate::lint::{Cx, Rule};
use crate::model::{Data, Matrix, Row, Spanned, written_combinations};
use crate::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "matrix-exclude",
    severity: Severity::Warning,
    kind: "jobs",
    title: "`exclude` that leaves nothing out",
    docs: "An entry of `exclude` leaves out the combinations that have all of its values. With a key that is no dimension of \
           the matrix, or a value that no combination has, it leaves out nothing. `include` is applied after `exclude`, so \
           what it adds cannot be left out.",
    bad: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [20, 22]\n        exclude:\n          - node: 18\n    runs-on: ubuntu-latest\n    steps:\n      - run: node ${{ matrix.node }}\n",
    good: "on: push\njobs:\n  build:\n    strategy:\n      matrix:\n        node: [18, 20, 22]\n        exclude:\n          - node: 18\n    runs-on: ubuntu-latest\n    steps:\n      - run: node ${{ matrix.node }}\n",
    check,
};

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    for job in &cx.workflow.jobs {
        let Some(matrix) = job.matrix.as_ref().filter(|matrix| !matrix.dynamic) else { continue };
        let written = || {
            let node = cx.tree.at(&job.path.child("strategy").child("matrix").child("exclude"))?;
            Some(Cow::Owned(written_combinations(node)))
        };
        let exclude = matrix.exclude.as_ref().map(|known| Cow::Borrowed(known.as_slice())).or_else(written);
        let Some(exclude) = exclude.filter(|exclude| !exclude.is_empty()) else { continue };
        if matrix.rows.is_empty() {
            let key = cx
                .tree
                .at(&job.path.child("strategy"))
                .and_then(|node| node.entry("matrix"));
            if let Some(key) = key {
                out.push(RULE.at(key.key.range(), "There is nothing to leave out: the matrix has no dimension, and `include` is applied after `exclude`."));
            }
            continue;
        }
        for (name, value) in exclude.iter().flatten().take(500) {
            judge(matrix, &name.value, name.range, value, out);
        }
    }
}

fn judge(
    matrix: &Matrix,
    name: &str,
    at: stepladder_yaml::TextRange,
    value: &Spanned<Data>,
    out: &mut Vec<Finding>,
) {
    let Some(row) = matrix.rows.iter().find(|row| row.name.value.eq_ignore_ascii_case(name)) else {
        let names: Vec<&str> = matrix.rows.iter().map(|row| row.name.value.as_str()).collect();
        let ask = match nearest(name, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}.", list(names.iter().copied(), 12)),
        };
        let meant = nearest(name, names.iter().copied());
        let fits = |row: &&Row| {
            let values = row.values.as_ref();
            values.is_none_or(|values| values.iter().any(|other| value.value.may_fit(&other.value)))
        };
        let row = matrix.rows.iter().filter(fits).find(|row| Some(row.name.value.as_str()) == meant);
        let fix = row.map(|row| {
            let meant = &row.name.value;
            Fix::risky(format!("Rename to `{meant}`"), TextEdit::replace(at, meant.as_str()))
        });
        let message = format!("`{name}` is no dimension of the matrix, so this leaves nothing out; {ask}");
        out.push(RULE.at(at, message).with_fix(fix));
        return;
    };
    let Some(values) = &row.values else { return };
    if !values.iter().any(|other| value.value.may_fit(&other.value)) {
        let labels: Vec<String> = values.iter().map(|value| shown(&value.value)).collect();
        let message = format!(
            "No combination has `{}` as its `{name}`, so this leaves nothing out; possible: {}.",
            shown(&value.value),
            list(labels.iter().map(String::as_str), 12)
        );
        out.push(RULE.at(value.range, message));
    }
}

/// A value as it is written, so that an object is not taken for the text in it.
fn shown(value: &Data) -> String {
    match value {
        Data::Null => "null".to_owned(),
        Data::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Data::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}: {}", shown(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Data::Bool(_) | Data::Number(_) | Data::Text(_) | Data::Expression(_) => value.label(),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::check;

    #[test]
    fn what_a_run_finds_out_may_fit() {
        check(
            "on: push
jobs:
  bare:
    strategy:
      matrix:
      ^^^^^^ matrix-exclude: the matrix has no dimension
        include:
          - {os: a}
        exclude:
          - {os: a}
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.os }}
  quoted:
    strategy:
      matrix:
        node: [20, 24]
        exclude:
          - node: '20'
          - node: '22'
                  ^^^^ matrix-exclude: No combination has
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.node }}
  build:
    strategy:
      matrix:
        leg:
          - {os: a, node: '${{ github.run_number }}'}
        exclude:
          - leg: {node: 3}
          - leg: {os: b}
                 ^^^^^^^ matrix-exclude: No combination has
          - leg: a
                 ^ matrix-exclude: No combination has `a` as its `leg`, so this leaves nothing out; possible: `{os: a, node: ${{ github.run_number }}}`.
          - ${{ fromJSON(vars.LEFT_OUT) }}
          - zone: b
            ^^^^ matrix-exclude: `zone` is no dimension
          - leg: ${{ github.ref }}
    runs-on: ubuntu-latest
    steps:
      - run: make ${{ matrix.leg.os }}
",
        );
    }
}
