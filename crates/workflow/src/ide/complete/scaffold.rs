//! Whole files to begin with.

use stepladder_yaml::TextRange;

use crate::FileKind;
use crate::schema::Field;

use super::super::{Completion, CompletionKind};
use super::At;

/// An action of one kind: its label, what it is, and `runs`.
const ACTIONS: [(&str, &str, &str); 3] = [
    (
        "Node.js Action",
        "JavaScript that runs on Node.js",
        "runs:\n  using: node24\n  main: ${1:dist/index.js}\n",
    ),
    (
        "Composite Action",
        "steps in one action",
        "runs:\n  using: composite\n  steps:\n    - shell: bash\n      env:\n        WHO: \\${{ inputs.who \\}}\n      run: ${1:echo \"Hello, \\$WHO\"}\n",
    ),
    (
        "Docker Action",
        "a container",
        "runs:\n  using: docker\n  image: ${1:Dockerfile}\n  args:\n    - \\${{ inputs.who \\}}\n",
    ),
];

/// What an action of each kind begins `runs` with, under the labels of [`ACTIONS`].
const RUNS: [&[&str]; 3] = [
    &["using: node24", "main: ${1:dist/index.js}"],
    &["using: composite", "steps:", "  - shell: bash", "    run: ${1:echo Hello}"],
    &["using: docker", "image: ${1:Dockerfile}"],
];

const HEAD: &str = "name: ${2:Greet}\ndescription: ${3:Greets somebody}\n";
const INPUTS: &str = "inputs:\n  who:\n    description: Whom to greet\n    default: world\n";

/// The action that gets the files of the repository.
const CHECKOUT: &str = "actions/checkout@v7";

const WORKFLOW: &str = "name: ${1:CI}\n\non:\n  push:\n    branches: [${2:main}]\n  pull_request:\n\npermissions:\n  contents: read\n\njobs:\n  ${3:build}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v7\n      - run: ${0:make test}\n";

impl At<'_, '_> {
    /// Snippets for the rest of a file whose root has the keys `used`.
    pub(super) fn scaffold(&self, used: &[&str], found: &mut Vec<Completion>) {
        let begins = |word: &str| word.starts_with(&self.caret.typed.to_ascii_lowercase());
        let has = |key: &str| used.contains(&key);
        if self.caret.has_colon || self.caret.in_flow || !self.caret.is_last {
            return;
        }
        match self.cx.kind {
            // Among the keys it would be noise: it comes to those who begin to type its name.
            FileKind::Workflow if used.is_empty() && !self.caret.typed.is_empty() && begins("workflow") => {
                let offer = self.offer(CompletionKind::Snippet, "Workflow").snippet(self.workflow());
                found.push(offer.detail("a workflow that tests each change").sort(20_000));
            }
            FileKind::Action if !has("runs") => {
                for (label, detail, runs) in ACTIONS {
                    let head = if has("name") || has("description") { "" } else { HEAD };
                    let inputs = if has("inputs") || label == ACTIONS[0].0 { "" } else { INPUTS };
                    let body = [head, inputs, runs].concat();
                    let offer = self.offer(CompletionKind::Snippet, label).snippet(body);
                    found.push(offer.detail(detail).sort(20_000 + found.len()));
                }
            }
            _ => {}
        }
    }

    /// Snippets for an empty `runs`: on the lines below it, from the colon on where that is given.
    pub(super) fn scaffold_runs(&self, field: &Field, colon: Option<u32>, found: &mut Vec<Completion>) {
        if self.cx.kind != FileKind::Action
            || field.key != "runs"
            || self.caret.has_colon
            || self.caret.in_flow
            || !self.caret.is_last
        {
            return;
        }
        for ((label, detail, _), lines) in ACTIONS.iter().zip(RUNS) {
            let break_ = match colon {
                Some(_) => ["\n", &self.inset(), &self.unit()].concat(),
                None => "\n".to_owned(),
            };
            let lead = if colon.is_some() { break_.as_str() } else { "" };
            let mut offer = self.offer(CompletionKind::Snippet, *label);
            offer = offer.snippet([lead, &lines.join(&break_)].concat());
            if let Some(colon) = colon {
                offer.replace = TextRange::new(colon, self.caret.word.end);
            }
            found.push(offer.detail(*detail).sort(20_000 + found.len()));
        }
    }

    fn workflow(&self) -> String {
        let checkout =
            self.cx.env.catalogue.as_ref().and_then(|catalogue| catalogue.action("actions/checkout"));
        match checkout {
            Some(action) => WORKFLOW.replace(CHECKOUT, &action.suggested_use()),
            None => WORKFLOW.to_owned(),
        }
    }
}
