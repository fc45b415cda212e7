//! What expressions may use at each place: the contexts of the table, with the types that this file gives them.

use stepladder_yaml::{Kind, Node, Path, TextEdit};

use crate::expr::{self, Code, Expected, Expr, Kinds, Scope, Type, TypeError};
use crate::lint::suggest::list;
use crate::lint::{Cx, Rule};
use crate::model::{Data, Input, Job, Matrix, Step, StepKind, written};
use crate::schema::{Ctx, Place, Types, Values, Widget};
use crate::{FileKind, Finding, Fix, expr::Kind as ValueKind};

/// The job and the step that a place belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Owner {
    /// Index in [`crate::model::Workflow::jobs`].
    pub(crate) job: Option<usize>,
    /// Index in the steps of the job, or of the composite action.
    pub(crate) step: Option<usize>,
}

/// Something wrong in an expression.
pub(crate) struct Wrong {
    /// Index in [`Cx::exprs`].
    pub(crate) expr: usize,
    pub(crate) error: TypeError,
}

/// The owners of all places, in their order.
pub(crate) fn owners(cx: &Cx<'_>) -> Vec<Owner> {
    let places = cx.places();
    let mut owners: Vec<Owner> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let mut owner =
            if at == 0 { Owner::default() } else { owners.get(place.parent).copied().unwrap_or_default() };
        let parent = places.get(place.parent);
        let named =
            |name: &str| parent.is_some_and(|parent| parent.field.is_some_and(|field| field.key == name));
        if owner.job.is_none() && place.key.is_some() && named("jobs") && cx.kind == FileKind::Workflow {
            let start = place.key.map_or(0, |key| key.range().start);
            owner.job = find(&cx.workflow.jobs, start, |job| job.id.range.start);
        } else if place.key.is_none() && (named("steps") || named("parallel")) {
            let steps = steps_of(cx, owner);
            let start = place.node.entry_range().start;
            owner.step = find(steps, start, |step| step.range.start).or(owner.step);
        }
        owners.push(owner);
    }
    owners
}

/// The item that starts at `start`. They are in the order of the text unless an alias brought them.
fn find<T>(items: &[T], start: u32, start_of: impl Fn(&T) -> u32) -> Option<usize> {
    let near = items.partition_point(|item| start_of(item) < start);
    let found = items.get(near).is_some_and(|item| start_of(item) == start);
    if found { Some(near) } else { items.iter().take(1_000).position(|item| start_of(item) == start) }
}

fn steps_of<'a>(cx: &Cx<'a>, owner: Owner) -> &'a [Step] {
    match owner.job {
        Some(job) => cx.workflow.jobs.get(job).map_or(&[], |job| &job.steps),
        None if cx.kind == FileKind::Action => &cx.action.steps,
        None => &[],
    }
}

/// Of longer lists of steps or needs nothing is known: their types would be too large.
const MAX_TYPED: usize = 500;

/// Everything that is wrong in the expressions, in their order.
pub(crate) fn check_all(cx: &Cx<'_>) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut scopes = Scopes::new(cx);
    for (index, at) in cx.exprs.iter().enumerate() {
        let Some(place) = cx.places().get(at.place) else { continue };
        let Some(ast) = at.parsed.ast.as_ref().filter(|_| !at.unclosed && place.ctx().allows_expressions())
        else {
            continue;
        };
        let owner = cx.owners().get(at.place).copied().unwrap_or_default();
        let scope = scopes.at(place.ctx(), owner);
        let expected = expected(place, at.whole);
        let (ty, errors) = expr::check(ast, scope, expected);
        let broken = !at.parsed.errors.is_empty();
        let foreign = if at.whole { foreign_object(place, ast, &ty) } else { None };
        wrong.extend(
            errors.into_iter().chain(foreign).filter(|_| !broken).map(|error| Wrong { expr: index, error }),
        );
    }
    wrong
}

/// An object that has none of the keys that are known at its place.
fn foreign_object(place: &Place<'_>, ast: &Expr, ty: &Type) -> Option<TypeError> {
    let (Some(field), Type::Object(shape)) = (place.field, ty) else { return None };
    let fixed = !field.maps.is_empty() && field.maps.iter().all(|map| map.free.is_none());
    let mut keys = field.maps.iter().flat_map(|map| map.fields.iter().map(|field| field.key));
    if !fixed || shape.names().is_empty() || keys.clone().any(|key| shape.get(key).is_some()) {
        return None;
    }
    let known = list(keys.by_ref(), 12);
    let message =
        format!("`{ast}` is an object without any key that `{}` can have; it may have {known}.", field.key);
    Some(TypeError { range: ast.range, code: Code::WrongKind, message, fix: None })
}

/// The scope at one place, for those who ask about one place only.
pub(crate) fn scope_at(cx: &Cx<'_>, place: usize) -> Scope {
    let owner = cx.owners().get(place).copied().unwrap_or_default();
    let ctx = cx.places().get(place).map_or(Ctx::None, Place::ctx);
    Scopes::new(cx).at(ctx, owner).clone()
}

fn expected(place: &Place<'_>, whole: bool) -> Expected {
    let Some(field) = place.field else { return Expected::Anything };
    // `${{ insert }}` puts the entries of a mapping there.
    let inserts = |key: Node<'_>| {
        key.as_str()
            .and_then(|text| text.strip_prefix("${{"))
            .is_some_and(|text| text.strip_suffix("}}").is_some_and(|text| text.trim() == "insert"))
    };
    if place.key.is_some_and(inserts) {
        return Expected::Kinds(Kinds::of(&[ValueKind::Object]));
    }
    if field.widget == Widget::Condition {
        return Expected::Condition;
    }
    if field.types == Types::ANY {
        return if whole { Expected::Anything } else { Expected::Text };
    }
    if !whole {
        return Expected::Text;
    }
    let scalars = field.types.has(Types::STRING);
    if field.types == Types::STRING {
        return Expected::Text;
    }
    let mut kinds = Vec::new();
    for (types, kind) in [
        (Types::STRING, ValueKind::String),
        (Types::BOOL, ValueKind::Boolean),
        (Types::NUMBER, ValueKind::Number),
        (Types::MAPPING, ValueKind::Object),
        (Types::SEQUENCE, ValueKind::Array),
        (Types::NULL, ValueKind::Null),
    ] {
        // A text may come from any scalar.
        let scalar = !matches!(kind, ValueKind::Object | ValueKind::Array);
        // Labels are words, and what must not be empty does not take what prints nothing.
        let word = !matches!(kind, ValueKind::Boolean | ValueKind::Number) || field.values != Values::Labels;
        let something = kind != ValueKind::Null || !field.nonempty;
        if field.types.has(types) || (scalars && scalar && word && something) {
            kinds.push(kind);
        }
    }
    Expected::Kinds(Kinds::of(&kinds))
}

/// Scopes by place; those of one job are made once.
struct Scopes<'c, 'a> {
    cx: &'c Cx<'a>,
    inputs: Type,
    by_hand: bool,
    secrets: Option<Type>,
    vars: Option<Type>,
    /// What places of each kind have in common.
    common: Vec<(Ctx, Scope)>,
    last: Option<(Ctx, Owner, Scope)>,
    parts: Parts,
}

/// What the places of one job have in common, so that it is worked out once.
#[derive(Default)]
struct Parts {
    job: Option<usize>,
    needs: Option<Type>,
    matrix: Option<Type>,
    /// `job`, where it is told apart from that of any job.
    own: Option<Option<Type>>,
    /// The first steps, as far as somebody asked: those with an id have a name and a type.
    typed: Vec<Option<(String, Type)>>,
    /// The steps before the one of this index.
    steps: Option<(usize, Type)>,
}

impl Parts {
    fn of(&mut self, job: Option<usize>) -> &mut Self {
        if self.job != job {
            *self = Self { job, ..Self::default() };
        }
        self
    }

    fn steps(&mut self, cx: &Cx<'_>, all: &[Step], end: usize) -> Type {
        let end = end.min(all.len());
        match &self.steps {
            Some((known, ty)) if *known == end => ty.clone(),
            _ if end > MAX_TYPED => Type::Any,
            _ => {
                let more = all[..end].iter().skip(self.typed.len());
                self.typed.extend(more.map(|step| typed(cx, step)));
                let ty = Type::strict_object(self.typed[..end].iter().flatten().cloned());
                self.steps = Some((end, ty.clone()));
                ty
            }
        }
    }
}

impl<'c, 'a> Scopes<'c, 'a> {
    fn new(cx: &'c Cx<'a>) -> Self {
        Self {
            cx,
            inputs: inputs(cx),
            by_hand: cx.workflow.trigger("workflow_dispatch").is_some(),
            secrets: secrets(cx),
            vars: vars(cx),
            common: Vec::new(),
            last: None,
            parts: Parts::default(),
        }
    }

    fn at(&mut self, ctx: Ctx, owner: Owner) -> &Scope {
        let same = matches!(&self.last, Some((c, o, _)) if (*c, *o) == (ctx, owner));
        if !same {
            self.last = None;
        }
        let last = self.last.take().unwrap_or_else(|| (ctx, owner, self.build(ctx, owner)));
        &self.last.insert(last).2
    }

    fn common(&mut self, ctx: Ctx) -> Scope {
        if let Some((_, known)) = self.common.iter().find(|(known, _)| *known == ctx) {
            return known.clone();
        }
        let mut scope = Scope::new(ctx.contexts(), ctx.functions().iter().map(|f| (f.name, f.min, f.max)));
        scope.set("inputs", self.inputs.clone());
        if self.by_hand {
            scope.set("github", expr::github_by_hand());
        }
        if let Some(secrets) = &self.secrets {
            scope.set("secrets", secrets.clone());
        }
        if let Some(vars) = &self.vars {
            scope.set("vars", vars.clone());
        }
        self.common.push((ctx, scope.clone()));
        scope
    }

    fn build(&mut self, ctx: Ctx, owner: Owner) -> Scope {
        let cx = self.cx;
        let mut scope = self.common(ctx);
        let parts = self.parts.of(owner.job);
        let has = |name: &str| ctx.contexts().contains(&name);
        if cx.kind == FileKind::Action {
            if has("steps") {
                let all = &cx.action.steps;
                scope.set("steps", parts.steps(cx, all, owner.step.unwrap_or(all.len())));
            }
            return scope;
        }
        if has("jobs") {
            let jobs = cx.workflow.jobs.iter().map(|job| (job.id.value.clone(), result(cx, job)));
            scope.set("jobs", Type::strict_object(jobs));
        }
        let Some(job) = owner.job.and_then(|job| cx.workflow.jobs.get(job)) else { return scope };
        if is_shaky(cx, &job.path) {
            ["needs", "matrix", "job", "steps"].into_iter().for_each(|name| scope.set(name, Type::Any));
            return scope;
        }
        if has("needs") {
            scope.set("needs", parts.needs.get_or_insert_with(|| needs(cx, job)).clone());
        }
        if has("matrix") {
            let make = || match &job.matrix {
                Some(own) => matrix(cx, job, own),
                // An expression may give a strategy with a matrix.
                None if cx
                    .tree
                    .at(&job.path.child("strategy"))
                    .is_some_and(|node| node.as_str().is_some()) =>
                {
                    Type::Any
                }
                None => Type::strict_object::<String>([]),
            };
            scope.set("matrix", parts.matrix.get_or_insert_with(make).clone());
        }
        if has("job") {
            let own = parts.own.get_or_insert_with(|| own_job(cx, job, &scope)).clone();
            own.into_iter().for_each(|ty| scope.set("job", ty));
        }
        if has("steps") {
            let before = if ctx == Ctx::W14 { 0 } else { owner.step.unwrap_or(job.steps.len()) };
            scope.set("steps", parts.steps(cx, &job.steps, before));
        }
        scope
    }
}

/// Whether some of it could not be read as YAML, so that there may be more names than it seems.
fn is_shaky(cx: &Cx<'_>, path: &Path) -> bool {
    !cx.tree.broken().is_empty() && cx.tree.at(path).is_none_or(|node| cx.is_broken(node.entry_range()))
}

/// `needs`: the jobs that this one waits for itself.
fn needs(cx: &Cx<'_>, job: &Job) -> Type {
    let direct =
        job.needs.iter().take(MAX_TYPED).filter_map(|need| cx.workflow.jobs.get(cx.job(&need.value)?));
    Type::strict_object(direct.map(|job| (job.id.value.clone(), result(cx, job))))
}

/// `job`: without the container or the services that this job does not have. `None` when it has all that there can be.
fn own_job(cx: &Cx<'_>, job: &Job, scope: &Scope) -> Option<Type> {
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
fn inputs(cx: &Cx<'_>) -> Type {
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
    if !node("workflow_dispatch") || !node("workflow_call") || is_shaky(cx, &stepladder_yaml::path!["on"]) {
        return Type::Any;
    }
    let declared = cx.workflow.triggers.iter().flat_map(|trigger| &trigger.inputs);
    let mut props: Vec<(String, Type)> = Vec::new();
    for input in declared {
        let ty = input_type(input);
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
fn secrets(cx: &Cx<'_>) -> Option<Type> {
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
fn vars(cx: &Cx<'_>) -> Option<Type> {
    let known = cx.env.variables.as_ref().or(cx.env.config.variables.as_ref())?;
    Some(Type::strict_object(known.iter().map(|name| (name.clone(), Type::String))))
}

/// What `needs.<id>` and `jobs.<id>` hold.
fn result(cx: &Cx<'_>, job: &Job) -> Type {
    let loose = || Type::mapped_object::<String>([], Type::String);
    let outputs = match &job.uses {
        Some(uses) => match cx.callee(&uses.value).filter(|callee| callee.callable) {
            Some(callee) => {
                let trigger = callee.workflow.trigger("workflow_call");
                let names = trigger.map(|trigger| trigger.outputs.as_slice()).unwrap_or_default();
                Type::strict_object(names.iter().map(|(name, _)| (name.value.clone(), Type::String)))
            }
            None => loose(),
        },
        None if is_shaky(cx, &job.path) => loose(),
        None => Type::strict_object(job.outputs.iter().map(|(name, _)| (name.value.clone(), Type::String))),
    };
    Type::strict_object([("outputs", outputs), ("result", Type::String)])
}

/// What `steps.<id>` holds; `None` for a step without an id.
fn typed(cx: &Cx<'_>, step: &Step) -> Option<(String, Type)> {
    let id = step.id.as_ref()?;
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
    let outputs = outputs.unwrap_or_else(|| Type::mapped_object::<String>([], Type::String));
    let state = [("outputs", outputs), ("outcome", Type::String), ("conclusion", Type::String)];
    Some((id.value.clone(), Type::strict_object(state)))
}

/// `matrix`: the dimensions, and what `include` adds.
fn matrix(cx: &Cx<'_>, job: &Job, matrix: &Matrix) -> Type {
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
    let Some(include) = &matrix.include else { return Type::loose_object(props) };
    for (name, value) in include.iter().flatten() {
        add(&name.value, data(&value.value));
    }
    Type::strict_object(props)
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
    let text = cx.tree.at(path)?.as_str()?;
    let range = expr::whole(text)?;
    let parsed = expr::parse(text.get(range.start as usize..range.end as usize)?);
    Some(Type::of(&expr::fold(parsed.ast.as_ref()?)?))
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
        Data::Expression(_) => Type::Any,
    }
}

/// Findings for the errors of some kinds.
pub(crate) fn report(cx: &Cx<'_>, rule: &Rule, wanted: impl Fn(Code) -> bool, out: &mut Vec<Finding>) {
    for wrong in cx.wrong().iter().filter(|wrong| wanted(wrong.error.code)) {
        let Some(at) = cx.exprs.get(wrong.expr) else { continue };
        let fix = wrong.error.fix.as_ref().filter(|_| at.editable()).map(|change| {
            let edit = TextEdit::replace(at.range(change.range), change.insert.clone());
            let title = if change.insert.is_empty() {
                "Remove it".to_owned()
            } else {
                format!("Write `{}`", change.insert)
            };
            Fix::risky(title, edit)
        });
        out.push(rule.at(at.range(wrong.error.range), wrong.error.message.clone()).with_fix(fix));
    }
}
