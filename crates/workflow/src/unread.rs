//! Rows of a matrix that nothing reads.

use stepladder_yaml::{Kind, Node};

use crate::model::{Job, Row};
use crate::{Analysis, expr};

/// The rows of the job's matrix that no expression of the job reads, so that their values change nothing. An expression
/// that reads the whole matrix, or a name in it that is computed, reads them all.
#[must_use]
pub fn unread_rows<'a>(analysis: &Analysis, job: &'a Job) -> Vec<&'a Row> {
    let mut rows: Vec<&Row> = job.matrix.iter().flat_map(|matrix| &matrix.rows).collect();
    // A name that is an expression itself is no row.
    rows.retain(|row| !row.name.value.contains("${{"));
    if let Some(node) = analysis.tree.at(&job.path).filter(|_| !rows.is_empty()) {
        strike(node.resolve(), &mut rows);
        let aliases = node.resolve().descendants().filter(|node| node.kind() == Kind::Alias);
        aliases.for_each(|alias| strike(alias.resolve(), &mut rows));
    }
    rows
}

/// Strikes the rows that are read in `scope`.
fn strike(scope: Node<'_>, rows: &mut Vec<&Row>) {
    for node in scope.descendants().filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let Some(value) = node.as_str() else { continue };
        let is_condition = node.key().is_some_and(|key| key.as_str() == Some("if"));
        for source in expr::expressions(value, is_condition) {
            let source = value.get(source.to_usize()).unwrap_or_default();
            let parsed = expr::parse(source);
            // What cannot be read may read whatever it names.
            if !parsed.is_clear() {
                rows.retain(|row| !source.to_lowercase().contains(&row.name.value.to_lowercase()));
            }
            let Some(ast) = parsed.ast else { return rows.clear() };
            for used in expr::used(&ast).iter().filter(|used| used.root.is("matrix")) {
                match used.first() {
                    Some((name, _)) => rows.retain(|row| !row.name.value.eq_ignore_ascii_case(name)),
                    None => rows.clear(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[track_caller]
    fn check(rest: &str, unread: &[&str]) {
        let text = format!(
            "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n        node: [20]\n{rest}"
        );
        let analysis = Analysis::new(text, &Env::default());
        let names: Vec<_> = analysis.workflow.jobs[..1]
            .iter()
            .flat_map(|job| unread_rows(&analysis, job))
            .map(|row| row.name.value.as_str())
            .collect();
        assert_eq!(names, unread, "{rest}");
    }

    #[test]
    fn a_row_is_read_by_its_name_or_with_all_of_the_matrix() {
        check("    runs-on: x\n    steps:\n      - run: make\n", &["os", "node"]);
        check("    runs-on: ${{ matrix.OS }}\n    steps:\n      - run: make\n", &["node"]);
        check(
            "    runs-on: x\n    steps:\n      - run: make ${{ matrix['node'] }}\n        if: matrix.os == 'x'\n",
            &[],
        );
        for whole in ["toJSON(matrix)", "matrix[github.actor]", "join(matrix.*)"] {
            check(&format!("    runs-on: x\n    steps:\n      - run: make ${{{{ {whole} }}}}\n"), &[]);
        }
        check(
            "    runs-on: x\n    steps: *b\n  b:\n    runs-on: x\n    steps: &b\n      - run: make ${{ matrix.os }}\n",
            &["os", "node"],
        );
        // An alias reads what stands at its anchor, wherever that is.
        check(
            "    runs-on: x\n    env: {A: &m '${{ matrix.os }}', B: *m}\n    steps:\n      - run: make\n",
            &["node"],
        );
    }
}
