//! From a use to its definition, and from either to all uses.

use stepladder_yaml::TextRange;

use crate::{Analysis, Env};

use super::anchors::{aliases_of, anchor_at};
use super::symbols::{Occurrence, occurrences};
use super::view::{clamp, index, read};

/// Where the name at `offset` is defined: of a job in `needs` its id, of `steps.x` the step's `id`, of `inputs.x` the
/// input, of `*x` the anchor, and so on. Several places for what several places define, none for anything else.
#[must_use]
pub fn definition(a: &Analysis, offset: u32) -> Vec<TextRange> {
    let offset = index(clamp(a.tree.text(), offset));
    if let Some((anchor, _)) = anchor_at(&a.tree, offset) {
        return vec![anchor.range];
    }
    let all = same(a, offset);
    all.into_iter().filter(|at| at.defines).map(|at| at.range).collect()
}

/// Every place where the name at `offset` stands, its definitions included, in the order of the text.
#[must_use]
pub fn references(a: &Analysis, offset: u32) -> Vec<TextRange> {
    let offset = index(clamp(a.tree.text(), offset));
    if let Some((anchor, _)) = anchor_at(&a.tree, offset) {
        let aliases = aliases_of(&a.tree, &anchor).map(|alias| alias.range());
        return std::iter::once(anchor.range).chain(aliases).collect();
    }
    same(a, offset).into_iter().map(|at| at.range).collect()
}

/// All occurrences of the symbol at `offset`.
fn same(a: &Analysis, offset: u32) -> Vec<Occurrence> {
    let env = Env::default();
    let mut all = occurrences(&read(a, &env));
    let Some(symbol) = all.iter().find(|at| at.range.touches(offset)).map(|at| at.symbol.clone()) else {
        return Vec::new();
    };
    all.retain(|at| at.symbol == symbol);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::caret;

    /// `$0` is the caret; the results are told by line and text.
    #[track_caller]
    fn check(fixture: &str, defined: &[(u32, &str)], used: &[u32]) {
        let (text, offset) = caret(fixture);
        let a = Analysis::new(text, &Env::default());
        let line = |range: &TextRange| a.tree.line_col(range.start).line;
        let found: Vec<_> =
            definition(&a, offset).iter().map(|range| (line(range), a.tree.slice(*range))).collect();
        assert_eq!(found, defined);
        assert_eq!(references(&a, offset).iter().map(line).collect::<Vec<_>>(), used);
    }

    #[test]
    fn jobs_and_their_outputs() {
        let text = "\
on: push
jobs:
  build:
    outputs:
      v: ${{ steps.a.outputs.x }}
    steps:
      - id: a
        run: x
  test:
    needs: [bui$0ld]
    if: needs.build.outputs.v
    steps:
      - run: echo ${{ needs['build'].outputs.V }}
";
        check(text, &[(3, "build")], &[3, 10, 11, 13]);
        let text = text.replace("$0", "").replace("outputs.V", "outputs.$0V");
        check(&text, &[(5, "v")], &[5, 11, 13]);
        let text = text.replace("$0", "").replace("steps.a", "steps.a$0");
        check(&text, &[(7, "a")], &[5, 7]);
    }

    #[test]
    fn inputs_variables_and_axes() {
        let text = "\
on:
  workflow_dispatch:
    inputs:
      level: {}
env:
  A: ${{ inputs.$0level }}
jobs:
  build:
    strategy:
      matrix:
        os: [a]
    env:
      B: ${{ env.A }}
    steps:
      - run: ${{ matrix.os }} ${{ env.a }}
";
        check(text, &[(4, "level")], &[4, 6]);
        let text = text.replace("$0", "").replace("env.A", "env.$0A");
        check(&text, &[(6, "A")], &[6, 13, 15]);
        let text = text.replace("$0", "").replace("matrix.os", "matrix.o$0s");
        check(&text, &[(11, "os")], &[11, 15]);
    }

    #[test]
    fn anchors_and_nothing() {
        check("a: &x 1\nb: *$0x\nc: *x\n", &[(1, "&x")], &[1, 2, 3]);
        check("a: &$0x 1\nb: *x\nc: &x 2\nd: *x\n", &[(1, "&x")], &[1, 2]);
        check("name: he$0llo\n", &[], &[]);
        check("$0", &[], &[]);
    }
}
