use std::collections::{BTreeMap, HashMap};

use stepladder_yaml::{Entry, Kind, Node, TextEdit, TextRange, edit};

use crate::lint::{Cx, Rule};
use crate::schema::Place;
use crate::{Care, Finding, Fix, Severity, edits};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Error,
    kind: "structure",
    title: "The same key twice",
    docs: "A mapping may have each key once; GitHub refuses the file otherwise. Job ids, names of variables, inputs, \
           outputs and secrets are compared without regard to case, so `Build` and `build` are the same id. Of GitHub's own \
           keys only the one in lower case is a key, so the other is told as a key in the wrong case.",
    bad: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    runs-on: windows-latest\n    steps:\n      - run: make\n",
    good: "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    check,
};

/// More findings than this help nobody.
const MAX: usize = 1_000;

fn check(cx: &Cx<'_>, out: &mut Vec<Finding>) {
    each(cx, |place, first, entry| {
        if let Some(name) = entry.name().filter(|_| out.len() <= MAX) {
            let same = if first.as_str() == Some(name) { "" } else { " (case does not count)" };
            let line = cx.tree.line_col(first.range().start).line;
            let message = format!(
                "`{name}` is already there in line {line}{same}, and a key may stand once; remove one of the two."
            );
            out.push(RULE.at(entry.key.range(), message).with_fix(fix(cx, place, first, entry)));
        }
    });
}

/// Makes one of the two where nothing is lost by that: the later one goes where both say the same or one says nothing, and
/// joins the first where both are mappings without a common key, or lists. A job is another one, which needs an id of its
/// own: what names it by its very letters goes along where the first has others, and else means the first.
fn fix(cx: &Cx<'_>, place: &Place<'_>, first: Node<'_>, entry: &Entry<'_>) -> Option<Fix> {
    let name = entry.name()?;
    if place.map.is_some_and(|map| map.name == "jobs") {
        let id = edits::free_job_id(cx.tree, name);
        let title = format!("Rename the later one to `{id}`");
        if first.as_str() != Some(name) {
            return cx.rename_job(title, name, &id);
        }
        return Some(Fix::risky(title, TextEdit::replace(entry.key.range(), id)));
    }
    let one = place.node.entries().find(|entry| entry.key == first)?.value;
    let two = entry.value;
    if edit::mean_the_same(&one, &two) {
        return cx.remove_entry(words_of_removal(cx, first, entry), two, true);
    }
    // Of an event nothing is more than something: no filter.
    let may_be_empty = place.map.is_none_or(|map| map.name != "on");
    let is_empty = |node: &Node<'_>| {
        may_be_empty && (node.is_null() || node.kind() != Kind::Scalar && node.is_empty()) && node.kind() != Kind::Alias
    };
    if is_empty(&two) {
        return cx.remove_entry(words_of_removal(cx, first, entry), two, false);
    }
    if is_empty(&one) {
        return cx.remove_entry("Remove the first one", one, false);
    }
    let common = || {
        two.entries().any(|entry| entry.name().is_none_or(|name| {
            one.entries().any(|own| own.name().is_none_or(|own| own.to_lowercase() == name.to_lowercase()))
        }))
    };
    if one.kind() != two.kind() || two.kind() == Kind::Mapping && common() {
        return remove_later(cx, first, entry);
    }
    let above = cx.tree.line_col(first.range().start).line;
    cx.merge_entries(format!("Join it to the one in line {above}"), one, two).or_else(|| remove_later(cx, first, entry))
}

/// Gives up what the later one of two says.
fn remove_later(cx: &Cx<'_>, first: Node<'_>, entry: &Entry<'_>) -> Option<Fix> {
    let fix = cx.remove_entry(words_of_removal(cx, first, entry), entry.value, false)?;
    Some(Fix { care: Care::Choice, ..fix })
}

fn words_of_removal(cx: &Cx<'_>, first: Node<'_>, entry: &Entry<'_>) -> String {
    let [line, above] = [entry.key, first].map(|key| cx.tree.line_col(key.range().start).line);
    let place = if line == above { String::new() } else { format!(", in line {line}") };
    format!("Remove the later one{place}")
}

/// A setting that stands there already.
pub(in crate::lint) struct Second {
    /// Its value.
    pub(in crate::lint) value: TextRange,
    /// Gives it up.
    pub(in crate::lint) removal: Option<Fix>,
}

/// The settings that stand twice, by the key of the second. What else is wrong in the second follows from the first, for
/// the most part. A job whose id is taken is another matter: it is likely meant, under another id.
pub(in crate::lint) fn second_settings(cx: &Cx<'_>) -> HashMap<TextRange, Second> {
    let mut found = HashMap::new();
    each(cx, |place, first, entry| {
        if place.map.is_none_or(|map| map.free.is_none()) {
            let removal = remove_later(cx, first, entry);
            found.insert(entry.key.range(), Second { value: entry.value.range(), removal });
        }
    });
    found
}

/// Calls `tell` for each key that an earlier one in its mapping has, with the mapping and that key.
fn each<'a>(cx: &Cx<'a>, mut tell: impl FnMut(&Place<'a>, Node<'a>, &Entry<'a>)) {
    let mut seen = Seen::default();
    for place in cx.places().iter().filter(|place| place.node.kind() == Kind::Mapping && !place.through_alias)
    {
        seen.few.clear();
        seen.many.clear();
        // GitHub's own key in another case is no key at all, which `key-case` tells: the right one stands for itself.
        let other_case = |name: &str| {
            place.map.is_some_and(|map| map.named(name).is_none() && map.in_other_case(name).is_some())
        };
        for entry in place.node.entries() {
            let name = entry.name().filter(|name| !other_case(name));
            if let Some(first) = name.and_then(|name| seen.first(name, &entry)) {
                // With something between them that could not be read, the two may stand in different mappings.
                if !cx.is_parted(first.range(), entry.key.range()) {
                    tell(place, first, &entry);
                }
            }
        }
    }
}

/// The keys of a mapping so far: a few are compared one by one, many are looked up.
#[derive(Default)]
struct Seen<'t> {
    few: Vec<Key<'t>>,
    many: BTreeMap<String, Node<'t>>,
}

struct Key<'t> {
    name: &'t str,
    ascii: bool,
    node: Node<'t>,
}

impl<'t> Seen<'t> {
    const FEW: usize = 16;

    /// The earlier key of this name; without one, this key is remembered.
    fn first(&mut self, name: &'t str, entry: &Entry<'t>) -> Option<Node<'t>> {
        let key = Key { name, ascii: name.is_ascii(), node: entry.key };
        let found = self.few.iter().find(|other| other.same(&key)).map(|other| other.node);
        if found.is_some() {
            return found;
        }
        if self.few.len() < Self::FEW {
            self.few.push(key);
            return None;
        }
        let first = *self.many.entry(name.to_lowercase()).or_insert(entry.key);
        (first != entry.key).then_some(first)
    }
}

impl Key<'_> {
    fn same(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(other.name)
            || (!(self.ascii && other.ascii) && self.name.to_lowercase() == other.name.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::{check, check_fix};
    use crate::{Care, Fix};

    #[test]
    fn ids_without_regard_to_case() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
  Build:
  ^^^^^ duplicate-key: already there in line 3 (case does not count)
    runs-on: ubuntu-latest
    steps:
      - run: make
",
        );
    }

    #[test]
    fn a_key_in_the_wrong_case_takes_no_place() {
        check(
            "on: push
Jobs:
^^^^ key-case: `Jobs` means `jobs`, which is there already
jobs:
  build:
    Runs-On: ubuntu-latest
    ^^^^^^^ key-case: `Runs-On` means `runs-on`, which is there already
    runs-on: ubuntu-latest
    steps:
      - run: make
        Run: make all
        ^^^ key-case: `Run` means `run`, which is there already
        with: {a: b}
        ^^^^ misplaced-key
    steps: []
    ^^^^^ duplicate-key: already there in line 7
",
        );
    }

    const REST: &str = "jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";

    #[test]
    fn one_of_two_that_say_the_same_can_go() {
        for (before, after) in [
            ("on:\n  push:\n    branches: [main]\n  push:\n    branches:\n      - main\n", "on:\n  push:\n    branches: [main]\n"),
            ("name: x\nname: 'x'\non: push\n", "name: x\non: push\n"),
            (
                "on:\n  workflow_dispatch:\n    inputs:\n      a: {type: string}\n      b: {type: string}\n      A: {}\n",
                "on:\n  workflow_dispatch:\n    inputs:\n      a: {type: string}\n      b: {type: string}\n",
            ),
            ("on: push\nenv:\nenv:\n  A: 1\n", "on: push\nenv:\n  A: 1\n"),
        ] {
            check_fix("duplicate-key", &format!("{before}{REST}"), &format!("{after}{REST}"));
        }
        let text = format!("on:\n  push:\n  push:\n  push:\n{REST}");
        let titles: Vec<String> = fixes(&text).into_iter().map(|fix| fix.title).collect();
        assert_eq!(titles, ["Remove the later one, in line 3", "Remove the later one, in line 4"]);
    }

    fn fixes(text: &str) -> Vec<Fix> {
        let analysis = crate::Analysis::new(text, &crate::Env::default());
        let found = analysis.findings().iter().filter(|finding| finding.rule == "duplicate-key");
        found.filter_map(|finding| finding.fix.clone()).collect()
    }

    #[test]
    fn what_cannot_be_joined_is_given_up_by_a_person_alone() {
        for (before, line) in [
            ("on: push\nname: x\nname: y\n", Some(", in line 3")),
            ("on:\n  push:\n  push:\n    branches: [main]\n", Some(", in line 3")),
            ("on: push\nenv:\n  A: 1\nenv:\n  a: 2\n", Some(", in line 4")),
            // A comment would go with it.
            ("on: push\nenv:\n  A: 1\nenv: # more\n  B: 2\n", None),
            ("on:\n  push:\n    branches: main\n    branches: [dev]\n", Some(", in line 4")),
            ("on: {push: {branches: [main]}, push: {branches: [dev]}}\n", Some("")),
        ] {
            let fixes = fixes(&format!("{before}{REST}"));
            let titles: Vec<&str> = fixes.iter().map(|fix| fix.title.as_str()).collect();
            assert_eq!(titles, line.map(|line| format!("Remove the later one{line}")).as_slice(), "{before}");
            assert!(fixes.iter().all(|fix| fix.care == Care::Choice), "{before}");
        }
    }

    #[test]
    fn two_mappings_or_lists_become_one() {
        for (before, after) in [
            ("on: push\nenv:\n  A: 1\nenv:\n  B: 2\n", "on: push\nenv:\n  A: 1\n  B: 2\n"),
            (
                "env:\n  A: 1 # one\n\non: push\n\n# two\nenv:\n    # three\n    B: |\n      x\n        y\n    C: 3 # four\n\n",
                "env:\n  A: 1 # one\n  # two\n  # three\n  B: |\n    x\n      y\n  C: 3 # four\n\non: push\n\n",
            ),
            (
                "on:\n  push:\n    branches: [main]\n  pull_request:\n  push:\n    tags: [v1]\n",
                "on:\n  push:\n    branches: [main]\n    tags: [v1]\n  pull_request:\n",
            ),
            (
                "on:\n  push:\n    branches: [main]\n    branches: [main, dev]\n",
                "on:\n  push:\n    branches: [main, dev]\n",
            ),
            (
                "on:\n  push:\n    branches:\n      - main\n    branches: [dev, 'x/**']\n",
                "on:\n  push:\n    branches:\n      - main\n      - dev\n      - 'x/**'\n",
            ),
            (
                "on:\n  push:\n    branches: [main]\n    branches:\n      - dev\n      - x\n",
                "on:\n  push:\n    branches: [main, dev, x]\n",
            ),
            ("on: push\nenv: {A: 1}\nenv: {B: 2, C: 'x'}\n", "on: push\nenv: {A: 1, B: 2, C: 'x'}\n"),
            ("on: push\nenv:\n  A: 1\nenv: {B: 2}\n", "on: push\nenv:\n  A: 1\n  B: 2\n"),
        ] {
            check_fix("duplicate-key", &format!("{before}{REST}"), &format!("{after}{REST}"));
        }
        let text = |steps: &str| format!("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n{steps}");
        check_fix(
            "duplicate-key",
            &text("      - run: make\n    timeout-minutes: 5\n    steps:\n    # then\n    - run: |\n        make all\n\n    - uses: actions/checkout@v6\n"),
            &text("      - run: make\n      # then\n      - run: |\n          make all\n\n      - uses: actions/checkout@v6\n    timeout-minutes: 5\n"),
        );
        check_fix(
            "duplicate-key",
            &text("      - uses: actions/checkout@v6\n        with:\n          ref: x\n        id: a\n        with:\n          path: y\n"),
            &text("      - uses: actions/checkout@v6\n        with:\n          ref: x\n          path: y\n        id: a\n"),
        );
    }

    #[test]
    fn a_job_keeps_what_it_does_under_another_id() {
        let job = "    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        let text = |id: &str, need: &str| {
            format!("on: push\njobs:\n  build:\n{job}  {id}:\n{job}  test:\n    needs: [build, {need}]\n{job}")
        };
        check_fix("duplicate-key", &text("Build", "Build"), &text("Build-2", "Build-2"));
        check_fix("duplicate-key", &text("build", "build"), &text("build-2", "build"));
    }

    #[test]
    fn what_could_not_be_read_may_part_them() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {ref: main}
      * uses: actions/setup-node@v4
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error
        with: {node-version: 24}
",
        );
    }

    #[test]
    fn what_the_second_holds_is_judged_by_its_place() {
        check(
            "on: push
env:
  A: ${{ github.ref }}
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      B: x
    steps:
      - uses: actions/checkout@v4
        with:
          ref: main
        with:
        ^^^^ duplicate-key: already there in line 11
          fetch-depth: ${{ github.ref == }}
                                         ^ invalid-expression
    env:
    ^^^ duplicate-key: already there in line 7
      C: ${{ hashFile('x') }} ${{ needs.x.result }}
             ^^^^^^^^ unknown-function
    strategy:
      matrix:
        os: [ubuntu-latest]
    strategy:
    ^^^^^^^^ duplicate-key
      fail-fst: true
      ^^^^^^^^ unknown-key
      matrix:
        os: [windows-latest]
env:
^^^ duplicate-key: already there in line 2
  D: ${{ secrets.X }} ${{ steps.x }}
                          ^^^^^ context-not-available
",
        );
    }

    #[test]
    fn what_the_second_holds_is_not_judged_by_the_first() {
        check(
            "on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make all
    steps:
    ^^^^^ duplicate-key: already there in line 5
      - id: version
        run: make
      - run: echo ${{ steps.version.outcome }} ${{ nothing }}
                                                   ^^^^^^^ unknown-context: There is no context `nothing`
  Build:
  ^^^^^ duplicate-key: already there in line 3
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ nothing }}
                      ^^^^^^^ unknown-context: There is no context `nothing`
",
        );
    }
}
