//! What expressions may use at each place: the contexts of the table, with the types that this file gives them.

use stepladder_yaml::{Change, Node};

use crate::expr::{self, Code, Expected, Expr, Kinds, Parsed, Scope, Type, TypeError};
use crate::lint::cx::ExprAt;
use crate::lint::suggest::list;
use crate::lint::{Cx, Rule};
use crate::model::Step;
use crate::schema::{Ctx, Place, Types, Values, Widget};
use crate::{FileKind, Finding, Fix, expr::Kind as ValueKind};

use types::{any_step, inputs, matrix, needs, own_job, result, secrets, torn_ids, typed, vars};

mod types;

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

fn is_computed(step: &Step) -> bool {
    step.id.as_ref().is_some_and(|id| id.value.contains("${{"))
}

/// Of longer lists of steps or needs nothing is known: their types would be too large.
const MAX_TYPED: usize = 500;

/// Everything that is wrong in the expressions, in their order.
pub(crate) fn check_all(cx: &Cx<'_>) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut scopes = Scopes::new(cx);
    for (index, at) in cx.exprs.iter().enumerate() {
        let Some(place) = cx.places().get(at.place) else { continue };
        if !place.ctx().allows_expressions() {
            continue;
        }
        let beginning = if at.unclosed { beginning(at.source) } else { None };
        let parsed = beginning.as_ref().unwrap_or(&at.parsed);
        let Some(ast) = parsed.ast.as_ref().filter(|_| !at.unclosed || beginning.is_some()) else { continue };
        let owner = cx.owners().get(at.place).copied().unwrap_or_default();
        let scope = scopes.at(place.ctx(), owner);
        let expected = expected(place, at.whole);
        let (ty, errors) = expr::check(ast, scope, expected);
        let broken = !parsed.errors.is_empty();
        // Of what is not available its kind does not matter.
        let absent: Vec<_> =
            errors.iter().filter(|e| e.code == Code::ContextNotAvailable).map(|e| e.range).collect();
        let told = |error: &TypeError| {
            matches!(error.code, Code::WrongKind | Code::InterpolatedObject)
                && absent.iter().any(|range| error.range.covers(*range))
        };
        let codes = |errors: &[TypeError], code| errors.iter().filter(|error| error.code == code).count();
        let worse = |fix: &Change| {
            let mut source = at.source.to_owned();
            source.replace_range(fix.range.to_usize(), &fix.insert);
            let fixed = expr::parse(&source);
            let Some(ast) = fixed.ast.as_ref().filter(|_| fixed.errors.is_empty()) else { return !broken };
            let (_, after) = expr::check(ast, scope, expected);
            after.iter().any(|error| codes(&after, error.code) > codes(&errors, error.code))
        };
        let keep: Vec<bool> =
            errors.iter().map(|error| error.fix.as_ref().is_some_and(|fix| !worse(fix))).collect();
        let foreign = if at.whole { foreign_object(place, ast, &ty) } else { None };
        wrong.extend(
            errors
                .into_iter()
                .zip(keep)
                // What it would be then is wrong in another way.
                .map(|(error, keep)| TypeError { fix: error.fix.clone().filter(|_| keep), ..error })
                .chain(foreign)
                .filter(|error| !told(error) && is_certain(cx, parsed, at, error))
                .map(|error| Wrong { expr: index, error }),
        );
    }
    wrong
}

/// What stands behind a `${{` without its `}}`, as far as it may be the expression that is meant.
fn beginning(source: &str) -> Option<Parsed> {
    let end = source.find(['}', '\n']).unwrap_or(source.len());
    Some(expr::parse(&source[..end])).filter(|parsed| parsed.errors.is_empty())
}

/// Whether something is wrong whatever is meant by an expression that has mistakes in its syntax.
fn is_certain(cx: &Cx<'_>, parsed: &Parsed, at: &ExprAt<'_>, error: &TypeError) -> bool {
    if error.code == Code::UnknownProperty {
        // What steps and a matrix have stands in the job itself.
        let path = at.source.get(error.range.to_usize()).unwrap_or_default();
        let own = ["steps", "matrix"].iter().any(|root| path.starts_with(root));
        let job = cx.owners().get(at.place).and_then(|owner| cx.workflow.jobs.get(owner.job?));
        if cx.may_declare(job.filter(|_| own).map(|job| job.range), last_name(at, error)) {
            return false;
        }
    }
    if parsed.is_clear() && !at.unclosed {
        return true;
    }
    match error.code {
        // Any word of a text that is no expression looks like a context.
        Code::UnknownContext => {
            let behind = at.source.get(error.range.end as usize..).unwrap_or_default().trim_start();
            (error.fix.is_some() || behind.starts_with(['.', '['])) && !parsed.doubts_word(error.range)
        }
        Code::ContextNotAvailable
        | Code::UnknownFunction
        | Code::FunctionNotAvailable
        | Code::UnknownProperty => !parsed.doubts_word(error.range),
        _ => !at.unclosed && !parsed.doubts_part(error.range),
    }
}

/// The name that a path ends with.
fn last_name<'a>(at: &ExprAt<'a>, error: &TypeError) -> &'a str {
    let path = at.source.get(error.range.to_usize()).unwrap_or_default();
    let path = path.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    path.rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default()
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
            // Which step an id is that an expression should give, nobody knows, but what any step has.
            _ if all[..end].iter().any(is_computed) => Type::mapped_object::<String>([], any_step()),
            _ => {
                let more = all[..end].iter().skip(self.typed.len());
                self.typed.extend(more.map(|step| typed(cx, step)));
                let known = self.typed[..end].iter().flatten().cloned();
                let ty = Type::strict_object(known.chain(torn_ids(cx, &all[..end])));
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
        // What seems not to be there may stand in a line that could not be read.
        let mut lost = |name: &'static str, keys: &[&str]| {
            let lost = cx.is_lost(&job.path, keys);
            if lost {
                scope.set(name, Type::Any);
            }
            has(name) && !lost
        };
        let has_needs = lost("needs", &["needs"]);
        let has_matrix = lost("matrix", &["strategy"]);
        let has_job = lost("job", &["container", "services"]);
        let has_steps = lost("steps", &["steps"]);
        if has_needs {
            scope.set("needs", parts.needs.get_or_insert_with(|| needs(cx, job)).clone());
        }
        if has_matrix {
            let make = || match &job.matrix {
                Some(own) => matrix(cx, job, own),
                None if cx.may_hold(job.range, &["matrix"]) => Type::Any,
                // An expression may give a strategy with a matrix.
                None if cx
                    .tree
                    .at(&job.path.child("strategy"))
                    .is_some_and(|node| node.as_str().is_some_and(expr::has_expression)) =>
                {
                    Type::Any
                }
                None => Type::strict_object::<String>([]),
            };
            scope.set("matrix", parts.matrix.get_or_insert_with(make).clone());
        }
        if has_job {
            let own = parts.own.get_or_insert_with(|| own_job(cx, job, &scope)).clone();
            own.into_iter().for_each(|ty| scope.set("job", ty));
        }
        if has_steps {
            let before = if ctx == Ctx::W14 { 0 } else { owner.step.unwrap_or(job.steps.len()) };
            scope.set("steps", parts.steps(cx, &job.steps, before));
        }
        scope
    }
}

/// Findings for the errors of some kinds.
pub(crate) fn report(cx: &Cx<'_>, rule: &Rule, wanted: impl Fn(Code) -> bool, out: &mut Vec<Finding>) {
    for wrong in cx.wrong().iter().filter(|wrong| wanted(wrong.error.code)) {
        let Some(at) = cx.exprs.get(wrong.expr) else { continue };
        let fix = wrong.error.fix.as_ref().and_then(|change| {
            let edit = at.edit(change)?;
            let title = if change.insert.is_empty() {
                "Remove it".to_owned()
            } else {
                format!("Write `{}`", change.insert)
            };
            Some(Fix::risky(title, edit))
        });
        out.push(rule.at(at.range(wrong.error.range), wrong.error.message.clone()).with_fix(fix));
    }
}
