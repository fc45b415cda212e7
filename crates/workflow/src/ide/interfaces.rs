//! What an action or a reusable workflow takes and gives, with what people read about it.

use std::sync::Arc;

use crate::Env;
use crate::facts::actions::{Input, InputKind};
use crate::lint::Cx;
use crate::lint::interface::{metadata, normal};
use crate::model::{Action, Text, Uses, Workflow};
use crate::schema;

use super::hover::declared_doc;
use super::words;

/// What `with` may give to a container image, and what that means.
const OF_IMAGE: [(&str, &str); 2] = [
    ("args", "The arguments of the program, in one line as a shell has them."),
    ("entrypoint", "The program to start in place of the image's own."),
];

/// What a file of the same repository declares for those who use it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// What `with` may give, in the order of the file.
    pub inputs: Vec<Arc<Input>>,
    /// What `secrets` of a call may hand over, and whether it must.
    pub secrets: Vec<(String, bool)>,
}

/// What the action or the reusable workflow that `uses` names declares; `None`: its file is of another repository or not
/// in `env`, or it is no such file.
#[must_use]
pub fn declared(env: &Env, uses: &str) -> Option<Declared> {
    let (Uses::Local { path } | Uses::Own { path }) = Uses::new(uses) else { return None };
    let path = normal(path);
    if let Some(text) = env.files.get(&path) {
        let workflow = Workflow::new(&schema::read(Arc::clone(text), Some(&path)).0);
        let call = workflow.trigger("workflow_call")?;
        return Some(Declared {
            inputs: call.inputs.iter().map(|input| Arc::new(Input::declared(input))).collect(),
            secrets: call.secrets.iter().flatten().map(|(name, must)| (name.value.clone(), *must)).collect(),
        });
    }
    let names =
        ["action.yml", "action.yaml"].map(|name| format!("{path}/{name}").trim_start_matches('/').to_owned());
    let (name, text) = names.iter().find_map(|name| Some((name, env.files.get(name)?)))?;
    let action = Action::new(&schema::read(Arc::clone(text), Some(name)).0);
    let inputs = action.inputs.iter().map(|input| Arc::new(Input::declared(input))).collect();
    Some(Declared { inputs, secrets: Vec::new() })
}

/// The inputs of a step that runs a container image, where `uses` names one: any image takes the same two.
#[must_use]
pub fn inputs_of_image(uses: &str) -> Vec<Arc<Input>> {
    let Uses::Docker { .. } = Uses::new(uses) else { return Vec::new() };
    let input = |(name, doc): (&str, &str)| {
        Arc::new(Input {
            name: name.to_owned(),
            doc: doc.to_owned(),
            required: false,
            has_default: false,
            default: None,
            deprecated: false,
            kind: InputKind::Text,
        })
    };
    OF_IMAGE.into_iter().map(input).collect()
}

/// The workflows among the files of the repository that a job can call, as its `uses` names them, in the order of their
/// paths.
#[must_use]
pub fn callable(env: &Env) -> Vec<String> {
    let is_workflow = |path: &&String| {
        path.strip_prefix(".github/workflows/").is_some_and(|name| {
            !name.contains('/') && [".yml", ".yaml"].iter().any(|end| name.ends_with(end))
        })
    };
    let own = env.file_name.as_deref();
    let others = env.files.keys().filter(is_workflow).filter(|path| Some(path.as_str()) != own);
    others.map(|path| format!("./{path}")).filter(|uses| declared(env, uses).is_some()).collect()
}

/// An input that a `with` may give.
pub(super) struct Offered {
    pub(super) name: String,
    /// Markdown.
    pub(super) docs: String,
    pub(super) required: bool,
    pub(super) deprecated: bool,
    pub(super) boolean: bool,
    /// The values to choose from, if there are only some.
    pub(super) options: Vec<String>,
}

impl Offered {
    fn declared(input: &crate::model::Input) -> Self {
        let boolean = input.kind.as_ref().is_some_and(|kind| kind.value == "boolean");
        Self {
            name: input.name.value.clone(),
            docs: declared_doc(input),
            required: input.required == Some(true) && input.default.is_none(),
            deprecated: input.deprecated.is_some(),
            boolean,
            options: input.options.iter().map(|option| option.value.clone()).collect(),
        }
    }
}

/// The inputs of what `uses` names, in the order of its metadata; `is_call`: it stands in a job, not in a step. None
/// when nothing is known about it.
pub(super) fn inputs(cx: &Cx<'_>, uses: &Text, is_call: bool) -> Vec<Offered> {
    if is_call {
        let Some(callee) = cx.callee(&uses.value) else { return Vec::new() };
        let trigger = callee.workflow.trigger("workflow_call");
        return trigger.map_or(Vec::new(), |trigger| trigger.inputs.iter().map(Offered::declared).collect());
    }
    match Uses::new(&uses.value) {
        Uses::Local { path } | Uses::Own { path } => {
            let Some((file, text)) = metadata(cx, path) else { return Vec::new() };
            let action = Action::new(&schema::read(text.as_ref(), Some(&file)).0);
            action.inputs.iter().map(Offered::declared).collect()
        }
        Uses::Remote { git_ref, .. } => {
            let comment = cx.comment_beside(uses.range);
            let version = cx
                .env
                .catalogue
                .as_ref()
                .and_then(|catalogue| catalogue.at(Uses::slug(&uses.value)?, git_ref, comment));
            version.map_or(Vec::new(), |version| {
                let offered = version.inputs.iter().map(|input| Offered {
                    name: input.name.clone(),
                    docs: words::input_doc(input),
                    required: input.must_be_given(),
                    deprecated: input.deprecated,
                    boolean: input.kind == crate::facts::actions::InputKind::Boolean,
                    options: Vec::new(),
                });
                offered.collect()
            })
        }
        Uses::Docker { .. } => {
            let offered = |(name, docs): (&str, &str)| Offered {
                name: name.to_owned(),
                docs: docs.to_owned(),
                required: false,
                deprecated: false,
                boolean: false,
                options: Vec::new(),
            };
            OF_IMAGE.into_iter().map(offered).collect()
        }
        Uses::Other => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::facts::actions::InputKind;

    #[test]
    fn files_of_the_repository_tell_what_they_take() {
        let call = "on:\n  workflow_call:\n    inputs:\n      to: {type: string, required: true, description: Where}\n      \
                    dry: {type: boolean, default: true}\n    secrets:\n      KEY: {required: true}\n      LOG:\njobs: {}\n";
        let action = "name: A\ninputs:\n  level: {default: '3'}\nruns: {using: composite, steps: []}\n";
        let mut env = Env { file_name: Some(".github/workflows/ci.yml".into()), ..Env::default() };
        for (path, text) in [
            (".github/workflows/ship.yml", call),
            (".github/workflows/ci.yml", call),
            (".github/workflows/plain.yml", "on: push\n"),
            ("tools/a/action.yaml", action),
        ] {
            env.files.insert(path.to_owned(), Arc::from(text));
        }
        let ship = declared(&env, "./.github/workflows/ship.yml").unwrap();
        assert_eq!(ship.secrets, [("KEY".to_owned(), true), ("LOG".to_owned(), false)]);
        let [to, dry] = &ship.inputs[..] else { panic!("two inputs") };
        assert!(to.must_be_given() && to.kind == InputKind::Text && to.doc == "Where");
        assert_eq!((dry.kind, dry.default.as_deref()), (InputKind::Boolean, Some("true")));
        assert_eq!(declared(&env, "./tools/a/").unwrap().inputs[0].kind, InputKind::Number);
        let names =
            |uses: &str| inputs_of_image(uses).iter().map(|input| input.name.clone()).collect::<Vec<_>>();
        assert_eq!(names("docker://alpine:3"), ["args", "entrypoint"]);
        assert!(names("o/r@v1").is_empty());
        for unknown in ["./.github/workflows/plain.yml", "./none", "o/r@v1", "docker://x", ""] {
            assert_eq!(declared(&env, unknown), None, "{unknown}");
        }
        assert_eq!(callable(&env), ["./.github/workflows/ship.yml"]);
    }
}
