//! What the workflow itself makes of the contexts: the types of `needs`, `steps`, `matrix`, `inputs` and so on.

use stepladder_yaml::{Kind, Node, Path};

use super::MAX_TYPED;
use crate::FileKind;
use crate::expr::{self, Scope, Type};
use crate::lint::Cx;
use crate::lint::interface::CallPart;
use crate::model::{Combination, Data, Input, Job, Matrix, Step, StepKind, written, written_combinations};

/// `needs`: the jobs that this one waits for itself.
pub(super) fn needs(cx: &Cx<'_>, job: &Job) -> Type {
    if cx.is_torn_at(&job.path.child("needs")) {
        return Type::Any;
    }
    let direct = job.needs.iter().take(MAX_TYPED).filter_map(|need| {
        match cx.job(&need.value).and_then(|job| cx.workflow.jobs.get(job)) {
            Some(job) => Some((job.id.value.clone(), result(cx, job))),
            None => cx.is_torn_word(&need.value).then(|| (need.value.clone(), Type::Any)),
        }
    });
    Type::strict_object(direct)
}

/// `job`: without the container or the services that this job does not have. `None` when it has all that there can be.
pub(super) fn own_job(cx: &Cx<'_>, job: &Job, scope: &Scope) -> Option<Type> {
    let Some((Type::Object(all), _)) = scope.context("job") else { return None };
    let services = cx.tree.at(&job.path).and_then(|node| node.get("services"));
    let named = services.is_none_or(|services| {
        let services = services.resolve();
        services.kind() == Kind::Mapping
            && services.entries().all(|entry| entry.name().is_some_and(|name| !name.contains("${{")))
    });
    if job.container && !named {
        return None;
    }
    let props = all.names().into_iter().filter_map(|name| {
        let ty = all.get(&name)?;
        match &*name {
            "container" if !job.container => None,
            "services" if services.is_none() => None,
            "services" if named => {
                let Type::Object(any) = &ty else { return Some((name, ty)) };
                let known = job.services.iter().take(MAX_TYPED);
                let known = known.filter_map(|id| Some((id.value.clone(), any.get(&id.value)?)));
                Some((name, Type::strict_object(known)))
            }
            _ => Some((name, ty)),
        }
    });
    Some(Type::strict_object(props))
}

/// `inputs`: what the triggers, or the action, declare.
pub(super) fn inputs(cx: &Cx<'_>) -> Type {
    if cx.kind == FileKind::Action {
        return Type::strict_object(
            cx.action.inputs.iter().map(|input| (input.name.value.clone(), Type::String)),
        );
    }
    let node = |event: &str| {
        cx.tree
            .at(&stepladder_yaml::path!["on", event, "inputs"])
            .is_none_or(|node| node.as_str().is_none_or(str::is_empty))
    };
    let on = stepladder_yaml::path!["on"];
    let events = ["workflow_dispatch", "workflow_call"];
    let lost = cx.is_lost(&Path::root(), &["on"])
        || cx.is_lost(&on, &["inputs", events[0], events[1]])
        || events.iter().any(|event| cx.is_lost(&on.child(*event), &["inputs"]));
    if !node("workflow_dispatch") || !node("workflow_call") || lost {
        return Type::Any;
    }
    let declared = cx.workflow.triggers.iter().flat_map(|trigger| &trigger.inputs);
    let mut props: Vec<(String, Type)> = Vec::new();
    for input in declared {
        let ty = if cx.is_torn_at(&input.path) { Type::Any } else { input_type(input) };
        match props.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(&input.name.value)) {
            Some((_, known)) => *known = std::mem::replace(known, Type::Any).merge(ty),
            None => props.push((input.name.value.clone(), ty)),
        }
    }
    Type::strict_object(props)
}

fn input_type(input: &Input) -> Type {
    match input.kind.as_ref().map(|kind| kind.value.as_str()) {
        Some("boolean") => Type::Bool,
        Some("number") => Type::Number,
        Some("string" | "choice" | "environment") | None => Type::String,
        Some(_) => Type::Any,
    }
}

/// `secrets`, when it is known which there are.
pub(super) fn secrets(cx: &Cx<'_>) -> Option<Type> {
    const ALWAYS: [&str; 3] = ["GITHUB_TOKEN", "ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG"];
    let always = ALWAYS.map(str::to_owned);
    let call = cx.workflow.trigger("workflow_call");
    let declared = call.and_then(|trigger| trigger.secrets.as_ref());
    match (declared, cx.env.secrets.as_ref().or(cx.env.config.secrets.as_ref())) {
        // Events that start the workflow itself bring all secrets of the repository.
        (Some(_), _) if cx.workflow.triggers.len() > 1 => None,
        (Some(declared), _) => {
            let names = declared.iter().map(|(name, _)| name.value.clone()).chain(always);
            Some(Type::strict_object(names.map(|name| (name, Type::String))))
        }
        (None, Some(known)) if call.is_none() => {
            let names = known.iter().cloned().chain(always);
            Some(Type::strict_object(names.map(|name| (name, Type::String))))
        }
        _ => None,
    }
}

/// `vars`, when it is known which there are.
pub(super) fn vars(cx: &Cx<'_>) -> Option<Type> {
    let known = cx.env.variables.as_ref().or(cx.env.config.variables.as_ref())?;
    Some(Type::strict_object(known.iter().map(|name| (name.clone(), Type::String))))
}

/// What `needs.<id>` and `jobs.<id>` hold.
pub(super) fn result(cx: &Cx<'_>, job: &Job) -> Type {
    let loose = || Type::mapped_object::<String>([], Type::String);
    let outputs = match &job.uses {
        Some(uses) => match cx.callee(&uses.value).filter(|callee| callee.tells(CallPart::Outputs)) {
            Some(callee) => {
                let trigger = callee.workflow.trigger("workflow_call");
                let names = trigger.map(|trigger| trigger.outputs.as_slice()).unwrap_or_default();
                Type::strict_object(names.iter().map(|(name, _)| (name.value.clone(), Type::String)))
            }
            None => loose(),
        },
        None if cx.is_lost(&job.path, &["outputs"]) => loose(),
        None => Type::strict_object(job.outputs.iter().map(|(name, _)| (name.value.clone(), Type::String))),
    };
    Type::strict_object([("outputs", outputs), ("result", Type::String)])
}

/// What `steps.<id>` holds; `None` for a step without an id.
pub(super) fn typed(cx: &Cx<'_>, step: &Step) -> Option<(String, Type)> {
    let id = step.id.as_ref()?;
    if cx.is_torn_at(&step.path) {
        return Some((id.value.clone(), any_step()));
    }
    let outputs = match &step.kind {
        // Other programs may write more.
        StepKind::Run { script, .. } => {
            let names = written(&script.value).names.into_iter();
            Some(Type::mapped_object(names.map(|name| (name.to_owned(), Type::String)), Type::String))
        }
        StepKind::Uses(uses) => cx
            .interface(&uses.value, uses.range)
            .filter(|interface| !interface.any_outputs)
            .map(|interface| {
                Type::strict_object(interface.outputs.iter().map(|name| (name.clone(), Type::String)))
            }),
        _ => None,
    };
    Some((id.value.clone(), outputs.map_or_else(any_step, with_outputs)))
}

/// The further ids of steps that run into each other, as the line between them could not be read.
pub(super) fn torn_ids<'c>(cx: &'c Cx<'_>, steps: &'c [Step]) -> impl Iterator<Item = (String, Type)> + 'c {
    let torn = steps.iter().filter(|step| cx.is_torn_at(&step.path));
    let entries = torn.filter_map(|step| cx.tree.at(&step.path)).flat_map(|step| step.resolve().entries());
    let ids = entries.filter(|entry| entry.name() == Some("id")).filter_map(|entry| entry.value.as_str());
    ids.map(|id| (id.to_owned(), any_step()))
}

/// What a step holds of which nothing is known.
pub(super) fn any_step() -> Type {
    with_outputs(Type::mapped_object::<String>([], Type::String))
}

fn with_outputs(outputs: Type) -> Type {
    Type::strict_object([("outputs", outputs), ("outcome", Type::String), ("conclusion", Type::String)])
}

/// `matrix`: the dimensions, and what `include` adds.
pub(super) fn matrix(cx: &Cx<'_>, job: &Job, matrix: &Matrix) -> Type {
    let ty = whole_matrix(cx, job, matrix);
    match &ty {
        // Some of the values are not known.
        Type::Object(shape) if cx.is_torn_at(&job.path.child("strategy").child("matrix")) => {
            let names = shape.names().into_iter().map(|name| (name.to_string(), Type::Any));
            Type::strict_object(names)
        }
        _ => ty,
    }
}

fn whole_matrix(cx: &Cx<'_>, job: &Job, matrix: &Matrix) -> Type {
    if matrix.dynamic {
        return computed_matrix(cx, job).unwrap_or_else(|| Type::loose_object::<String>([]));
    }
    let mut props: Vec<(String, Type)> = Vec::new();
    let mut add =
        |name: &str, ty: Type| match props.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, known)) => *known = std::mem::replace(known, Type::Any).merge(ty),
            None => props.push((name.to_owned(), ty)),
        };
    for row in &matrix.rows {
        let values = row.values.as_ref().map(|values| values.iter().map(|value| data(&value.value)));
        let known = match values {
            Some(values) => values.reduce(Type::merge),
            None => computed_row(cx, job, &row.name.value),
        };
        add(&row.name.value, known.unwrap_or(Type::Any));
    }
    let written = if matrix.include.is_none() { written_include(cx, job) } else { None };
    let Some(include) = matrix.include.as_ref().or(written.as_ref()) else {
        return match computed_row(cx, job, "include") {
            Some(added @ Type::Object(_)) => Type::strict_object(props).merge(added),
            _ => Type::loose_object(props),
        };
    };
    for (name, value) in include.iter().flatten() {
        add(&name.value, data(&value.value));
    }
    Type::strict_object(props)
}

/// The entries of `include` when some of the list are no mappings, but no expression either: those add nothing, as little
/// as a plain text in the place of the list does.
fn written_include(cx: &Cx<'_>, job: &Job) -> Option<Vec<Combination>> {
    let node = cx.tree.at(&job.path.child("strategy").child("matrix").child("include"))?;
    if node.as_str().is_some_and(|text| !expr::has_expression(text)) {
        return Some(Vec::new());
    }
    let plain = |item: Node<'_>| item.resolve().as_str().is_none_or(|text| !text.contains("${{"));
    (node.resolve().kind() == Kind::Sequence && node.items().all(plain)).then(|| written_combinations(node))
}

/// The type of the values of a dimension that an expression computes, when no run can change it.
fn computed_row(cx: &Cx<'_>, job: &Job, name: &str) -> Option<Type> {
    item_of(&constant(cx, &job.path.child("strategy").child("matrix").child(name))?)
}

/// The same of a whole matrix.
fn computed_matrix(cx: &Cx<'_>, job: &Job) -> Option<Type> {
    let Type::Object(all) = constant(cx, &job.path.child("strategy").child("matrix"))? else { return None };
    let names = all.names();
    let rows = names.iter().filter(|name| !matches!(&***name, "include" | "exclude"));
    let rows = rows.filter_map(|name| Some((name.to_string(), item_of(&all.get(name)?)?)));
    let rows = Type::strict_object(rows);
    Some(match all.get("include") {
        Some(include) => rows.merge(item_of(&include).filter(|item| matches!(item, Type::Object(_)))?),
        None => rows,
    })
}

/// The type of what an expression gives that no run can change.
fn constant(cx: &Cx<'_>, path: &Path) -> Option<Type> {
    constant_text(cx.tree.at(path)?.as_str()?)
}

fn constant_text(text: &str) -> Option<Type> {
    let range = expr::whole(text)?;
    let parsed = expr::parse(text.get(range.start as usize..range.end as usize)?);
    Some(Type::of(&expr::fold(parsed.ast.as_ref()?)?))
}

/// The type of a value with expressions: what a single one gives, and a text when there is anything beside it.
fn computed(text: &str) -> Type {
    let Some(source) = expr::whole(text).and_then(|range| text.get(range.to_usize())) else {
        return Type::String;
    };
    let parsed = expr::parse(source);
    let Some(ast) = parsed.ast.as_ref().filter(|_| parsed.errors.is_empty()) else { return Type::Any };
    expr::fold(ast).map_or_else(|| expr::type_of(ast, &Scope::everything()), |value| Type::of(&value))
}

fn item_of(list: &Type) -> Option<Type> {
    if let Type::Array(item) = list { Some((**item).clone()) } else { None }
}

fn data(value: &Data) -> Type {
    match value {
        Data::Null => Type::Null,
        Data::Bool(_) => Type::Bool,
        Data::Number(_) => Type::Number,
        Data::Text(_) => Type::String,
        Data::List(items) => Type::array(items.iter().map(data).reduce(Type::merge).unwrap_or(Type::Any)),
        Data::Object(fields) => {
            Type::strict_object(fields.iter().map(|(name, value)| (name.clone(), data(value))))
        }
        Data::Expression(text) => computed(text),
    }
}
