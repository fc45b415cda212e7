//! What an action or a reusable workflow takes and gives, with what people read about it.

use crate::lint::Cx;
use crate::lint::interface::metadata;
use crate::model::{Action, Text, Uses};

use super::hover::declared_doc;
use super::words;

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
            let Some((_, text)) = metadata(cx, path) else { return Vec::new() };
            let action = Action::new(&stepladder_yaml::Tree::parse(text.as_ref()));
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
        Uses::Docker { .. } | Uses::Other => Vec::new(),
    }
}
