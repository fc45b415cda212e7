//! What changes for a workflow when an action, or a reusable workflow, that it uses gets another version.

use stepladder_yaml::{Kind, Step};

use crate::Analysis;
use crate::model::{Action, Input, Workflow};
use crate::schema;

/// The longest default that is shown, in characters.
const LONGEST: usize = 40;

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whether the workflow does not work as it is with the new version.
    pub breaks: bool,
    /// One sentence; names stand in backquotes.
    pub text: String,
}

/// What a version declares.
struct Declared {
    using: Option<String>,
    inputs: Vec<Input>,
    outputs: Vec<String>,
    secrets: Vec<(String, bool)>,
    /// Whether it takes inputs that it does not declare.
    any_inputs: bool,
}

/// What is different for a workflow with `uses` between the two texts of its metadata or workflow file, the worst first;
/// `None`: one of them cannot be read.
#[must_use]
pub fn upgrade(analysis: &Analysis, uses: &str, old: &str, new: &str) -> Option<Vec<Difference>> {
    let (old, new) = (declared(old)?, declared(new)?);
    let given = given(analysis, uses);
    let is_given = |name: &str| given.iter().any(|names| has(names, name));
    let mut all = Vec::new();
    let mut tell = |breaks: bool, text: String| all.push(Difference { breaks, text });
    for input in &new.inputs {
        let name = &input.name.value;
        let before = find(&old.inputs, name);
        let lacks = given.iter().any(|names| !has(names, name));
        if must_be_given(input) && !before.is_some_and(must_be_given) && lacks {
            tell(true, format!("The input {} has to be given now.", code(name)));
        }
        if input.deprecated.is_some() && before.is_some_and(|old| old.deprecated.is_none()) && is_given(name)
        {
            tell(false, format!("The input {}, which is set here, is going away.", code(name)));
        }
        let default = |input: &Input| input.default.as_ref().map(|default| default.value.clone());
        if let Some(before) = before.filter(|before| default(before) != default(input) && lacks) {
            let (was, is) = (default(before), default(input));
            let word = |value: Option<String>| match value {
                Some(value) if value.is_empty() => "empty".to_owned(),
                Some(value) => code(&value),
                None => "not set".to_owned(),
            };
            tell(
                false,
                format!("Without a value here, {} is {}; it was {}.", code(name), word(is), word(was)),
            );
        }
    }
    for name in old.inputs.iter().map(|input| &input.name.value).filter(|name| is_given(name)) {
        if find(&new.inputs, name).is_none() && !new.any_inputs {
            tell(true, format!("The input {}, which is set here, is gone.", code(name)));
        }
    }
    for (name, required) in &new.secrets {
        let before =
            old.secrets.iter().any(|(known, required)| *required && known.eq_ignore_ascii_case(name));
        if *required && !before {
            tell(true, format!("The secret {} has to be passed on now.", code(name)));
        }
    }
    if let (Some(was), Some(is)) = (&old.using, &new.using)
        && was != is
    {
        tell(
            false,
            format!(
                "It runs as {} instead of {}; runners of your own may need an update.",
                code(is),
                code(was)
            ),
        );
    }
    let names = |inputs: &[Input]| inputs.iter().map(|input| input.name.value.clone()).collect::<Vec<_>>();
    for (what, was, is) in [
        ("inputs", names(&old.inputs), names(&new.inputs)),
        ("outputs", old.outputs, new.outputs),
        ("secrets", of(&old.secrets), of(&new.secrets)),
    ] {
        let list = |names: &[String], others: &[String]| {
            let fresh = names.iter().filter(|name| !has(others, name)).map(|name| code(name));
            fresh.collect::<Vec<_>>().join(", ")
        };
        let (added, gone) = (list(&is, &was), list(&was, &is));
        if !gone.is_empty() {
            tell(false, format!("No longer among its {what}: {gone}."));
        }
        if !added.is_empty() {
            tell(false, format!("New {what}: {added}."));
        }
    }
    all.sort_by_key(|difference| !difference.breaks);
    Some(all)
}

fn declared(text: &str) -> Option<Declared> {
    let (tree, _) = schema::read(text, None);
    if !tree.problems().is_empty() {
        return None;
    }
    if tree.root()?.get("runs").is_some() {
        let action = Action::new(&tree);
        let using = action.using.map(|using| using.value);
        return Some(Declared {
            // A Docker action gets every input as a variable.
            any_inputs: using.as_deref() == Some("docker"),
            using,
            inputs: action.inputs,
            outputs: action.outputs.into_iter().map(|(name, _)| name.value).collect(),
            secrets: Vec::new(),
        });
    }
    let workflow = Workflow::new(&tree);
    let call = workflow.trigger("workflow_call")?.clone();
    Some(Declared {
        using: None,
        inputs: call.inputs,
        outputs: call.outputs.into_iter().map(|(name, _)| name.value).collect(),
        secrets: call.secrets.into_iter().flatten().map(|(name, needed)| (name.value, needed)).collect(),
        any_inputs: false,
    })
}

/// Of each place that uses it, the names under `with`.
fn given(analysis: &Analysis, uses: &str) -> Vec<Vec<String>> {
    let nodes = analysis.tree.root().into_iter().flat_map(|root| root.descendants());
    let places = nodes.filter(|node| {
        node.kind() == Kind::Scalar
            && !node.is_key()
            && node.as_str() == Some(uses)
            && matches!(node.path().steps().last(), Some(Step::Key(key)) if key == "uses")
    });
    let with = places.filter_map(|node| node.parent()).map(|place| place.get("with"));
    let names = with.map(|with| {
        let keys = with.into_iter().flat_map(|with| with.resolve().entries());
        keys.filter_map(|entry| entry.key.as_str().map(str::to_owned)).collect()
    });
    names.collect()
}

fn must_be_given(input: &Input) -> bool {
    input.required == Some(true) && input.default.is_none()
}

fn find<'i>(inputs: &'i [Input], name: &str) -> Option<&'i Input> {
    inputs.iter().find(|input| input.name.value.eq_ignore_ascii_case(name))
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn of(secrets: &[(String, bool)]) -> Vec<String> {
    secrets.iter().map(|(name, _)| name.clone()).collect()
}

/// Foreign words between backquotes, on one line.
fn code(text: &str) -> String {
    let words = text.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST).collect();
    if short.len() < words.len() { format!("`{short}…`") } else { format!("`{short}`") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    const USES: &str = "octo/tool@v1";

    fn told(with: &str, old: &str, new: &str) -> Vec<(bool, String)> {
        let text = format!("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: {USES}\n{with}");
        let analysis = Analysis::new(text.as_str(), &Env::default());
        let found = upgrade(&analysis, USES, old, new).unwrap_or_default();
        found.into_iter().map(|difference| (difference.breaks, difference.text)).collect()
    }

    fn action(inputs: &str, using: &str) -> String {
        format!("name: Tool\n{inputs}runs:\n  using: {using}\n  main: x.js\n")
    }

    #[test]
    fn what_stops_a_workflow_comes_first() {
        let old = action("inputs:\n  fast:\n    default: 'no'\n  gone: {}\n", "node20");
        let new = action("inputs:\n  fast:\n    default: 'yes'\n  level:\n    required: true\n", "node24");
        let with = "        with:\n          gone: 1\n";
        assert_eq!(
            told(with, &old, &new),
            [
                (true, "The input `level` has to be given now.".to_owned()),
                (true, "The input `gone`, which is set here, is gone.".to_owned()),
                (false, "Without a value here, `fast` is `yes`; it was `no`.".to_owned()),
                (
                    false,
                    "It runs as `node24` instead of `node20`; runners of your own may need an update."
                        .to_owned()
                ),
                (false, "No longer among its inputs: `gone`.".to_owned()),
                (false, "New inputs: `level`.".to_owned()),
            ]
        );
    }

    #[test]
    fn what_is_given_or_not_used_here_breaks_nothing() {
        let old = action("inputs:\n  gone: {}\n  fast:\n    default: 'no'\n", "node24");
        let new = action("inputs:\n  LEVEL:\n    required: true\n  fast:\n    default: 'yes'\n", "node24");
        let found = told("        with:\n          level: 1\n          fast: 'no'\n", &old, &new);
        assert!(found.iter().all(|(breaks, _)| !breaks), "{found:?}");
        assert!(!found.iter().any(|(_, text)| text.contains("fast")), "{found:?}");
        assert!(told("", &old, &old).is_empty());
    }

    #[test]
    fn a_reusable_workflow_is_compared_by_what_it_takes() {
        let call = |body: &str| format!("on:\n  workflow_call:\n{body}jobs:\n  a:\n    runs-on: x\n");
        let old = call("    inputs:\n      level:\n        type: string\n");
        let new = call("    secrets:\n      KEY:\n        required: true\n");
        let text = format!("on: push\njobs:\n  a:\n    uses: {USES}\n    with:\n      level: 1\n");
        let analysis = Analysis::new(text.as_str(), &Env::default());
        let found = upgrade(&analysis, USES, &old, &new).unwrap_or_default();
        let breaking: Vec<_> = found.iter().filter(|d| d.breaks).map(|d| d.text.as_str()).collect();
        assert_eq!(
            breaking,
            ["The input `level`, which is set here, is gone.", "The secret `KEY` has to be passed on now."]
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_compared_and_foreign_words_stay_short_and_between_their_marks() {
        let analysis = Analysis::new("on: push\n", &Env::default());
        assert_eq!(upgrade(&analysis, USES, "a: [", "x"), None);
        assert_eq!(code("a`b\nc"), "`a'b c`");
        assert_eq!(code(&"x".repeat(50)), format!("`{}…`", "x".repeat(40)));
    }
}
