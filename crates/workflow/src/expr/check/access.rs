//! Properties, indexes and `.*`.

use stepladder_yaml::{Change, TextRange};

use super::super::ast::{Expr, ExprKind, Name};
use super::super::eval::fold;
use super::super::nearest::nearest;
use super::super::paths::path;
use super::super::types::{ObjectType, Rest, Type, noun};
use super::super::value::{Kind, Value};
use super::{Checker, Code, list};

/// A name that is asked for: its text, and how another one would be written in its place.
struct Asked<'a> {
    text: &'a str,
    /// A computed name has none.
    place: Option<TextRange>,
    quoted: bool,
}

impl Checker<'_> {
    /// `object.name`
    pub(super) fn property(&mut self, part: &Expr, object: &Expr, ty: &Type, name: &Name) -> Type {
        let asked = Asked { text: &name.text, place: Some(name.range), quoted: false };
        if name.text.is_empty() {
            return Type::Any;
        }
        match ty {
            Type::Any => Type::Any,
            Type::Object(shape) => self.lookup(part, object, shape, &asked),
            Type::Filtered(item) => Type::filtered(match &**item {
                Type::Any => Type::Any,
                Type::Object(shape) => self.lookup(part, object, shape, &asked),
                other => {
                    let found = other.kind().map_or("a single value", noun);
                    let message = format!(
                        "Each item of `{object}` is {found} and has no property `{}`: remove it, or filter another list.",
                        name.text
                    );
                    self.error(part.range, Code::BadFilter, message);
                    Type::Any
                }
            }),
            Type::Array(_) => {
                let message = format!(
                    "`{object}` is an array and has no property `{0}`: write `{object}.*.{0}` for that of all items, or `{object}[0].{0}` for that of one.",
                    name.text
                );
                let insert = format!("*.{}", name.text);
                self.error_with(
                    part.range,
                    Code::NotAnObject,
                    message,
                    Some(Change { range: name.range, insert }),
                );
                Type::Any
            }
            _ => self.not_an_object(part, object, ty, &name.text),
        }
    }

    fn not_an_object(&mut self, part: &Expr, object: &Expr, ty: &Type, name: &str) -> Type {
        let found = ty.kind().map_or("a single value", noun);
        let message =
            format!("`{object}` is {found} and has nothing in it, so `{name}` is always empty: remove it.");
        self.error(part.range, Code::NotAnObject, message);
        Type::Any
    }

    fn lookup(&mut self, part: &Expr, object: &Expr, shape: &ObjectType, asked: &Asked<'_>) -> Type {
        if let Some(found) = shape.get(asked.text) {
            return found;
        }
        let names = shape.names();
        let near = || nearest(asked.text, names.iter().map(|name| &**name));
        let meant = elsewhere(object, asked.text).or_else(near);
        let advice = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => advice(object, &names.iter().map(|name| &**name).collect::<Vec<_>>()),
        };
        let message = format!("{}: {advice}", complaint(object, asked.text));
        let fix = meant.zip(asked.place).map(|(meant, range)| {
            let insert =
                if asked.quoted { format!("'{}'", meant.replace('\'', "''")) } else { meant.to_owned() };
            Change { range, insert }
        });
        self.error_with(part.range, Code::UnknownProperty, message, fix);
        Type::Any
    }

    /// `object[index]`
    pub(super) fn index(&mut self, part: &Expr, object: &Expr, ty: &Type, index: &Expr, key: &Type) -> Type {
        match ty {
            Type::Any => Type::Any,
            Type::Object(shape) => self.key(part, object, shape, index, key),
            Type::Array(item) => self.position(object, item, index, key),
            Type::Filtered(item) => Type::filtered(match &**item {
                Type::Object(shape) => {
                    if *key == Type::Number && !shape.is_loose() && self.number_names_nothing(shape, index) {
                        let message = format!(
                            "After `.*` an index applies to each item, not to the list, so `{part}` finds nothing: take the item first, as in `list[0].name`."
                        );
                        self.error(index.range, Code::BadIndex, message);
                        return Type::filtered(Type::Any);
                    }
                    self.key(part, object, shape, index, key)
                }
                Type::Array(item) => self.position(object, item, index, key),
                _ => Type::Any,
            }),
            _ => self.not_an_object(part, object, ty, &format!("[{index}]")),
        }
    }

    /// Whether an object has no property with the number as its name.
    fn number_names_nothing(&self, shape: &ObjectType, index: &Expr) -> bool {
        fold(index)
            .and_then(|value| value.to_text())
            .is_none_or(|name| !shape.names().iter().any(|known| **known == *name))
    }

    fn key(&mut self, part: &Expr, object: &Expr, shape: &ObjectType, index: &Expr, key: &Type) -> Type {
        match key.kind() {
            Some(Kind::String) => {}
            None => return any_of(shape),
            Some(Kind::Number) if !self.number_names_nothing(shape, index) => {
                let name = fold(index).and_then(|value| value.to_text());
                return name.and_then(|name| shape.get(&name)).unwrap_or(Type::Any);
            }
            // The names of ports are numbers.
            Some(Kind::Number) if are_ports(object) => return any_of(shape),
            Some(kind) => {
                let message = format!(
                    "`{object}` is an object, so its index must be a string, but `{index}` is {}: write the name in single quotes.",
                    noun(kind)
                );
                self.error(index.range, Code::BadIndex, message);
                return Type::Any;
            }
        }
        match fold(index) {
            Some(Value::String(name)) => {
                let quoted = matches!(index.kind, ExprKind::String(_));
                let asked = Asked { text: &name, place: quoted.then_some(index.range), quoted };
                self.lookup(part, object, shape, &asked)
            }
            _ => any_of(shape),
        }
    }

    fn position(&mut self, object: &Expr, item: &Type, index: &Expr, key: &Type) -> Type {
        let name_of_nothing = match fold(index) {
            Some(Value::String(text)) => Value::String(text).to_number().is_nan(),
            _ => false,
        };
        let name = *key == Type::String && is_name(index);
        // A boolean or nothing counts as a position too, but hardly by intention.
        let no_position = matches!(key, Type::Bool | Type::Null);
        if key.is_collection() || no_position || name_of_nothing || name {
            let message = format!(
                "`{object}` is an array, so its index must be a number, but `{index}` is {}: write for example `[0]`.",
                key.kind().map_or("none", noun)
            );
            self.error(index.range, Code::BadIndex, message);
            return Type::Any;
        }
        item.clone()
    }

    /// `object.*`
    pub(super) fn filter(&mut self, part: &Expr, object: &Expr, ty: &Type) -> Type {
        let item = match ty {
            Type::Any => Type::Any,
            Type::Object(shape) if shape.is_empty() => {
                let message = match &object.kind {
                    ExprKind::Context(name) if name.text.eq_ignore_ascii_case("needs") => {
                        "This job waits for no other, so `needs.*` finds nothing: list jobs under its `needs`.".to_owned()
                    }
                    _ => format!("There is nothing in `{object}` here, so `.*` finds nothing: remove it."),
                };
                self.error(part.range, Code::BadFilter, message);
                Type::Any
            }
            Type::Object(shape) => shape.values(),
            Type::Array(item) => (**item).clone(),
            Type::Filtered(item) => match &**item {
                Type::Any => Type::Any,
                Type::Object(shape) => shape.values(),
                Type::Array(item) => (**item).clone(),
                other => {
                    let message = format!(
                        "Each item of `{object}` is {} with nothing in it, so `.*` finds nothing: remove it.",
                        other.kind().map_or("a value", noun)
                    );
                    self.error(part.range, Code::BadFilter, message);
                    Type::Any
                }
            },
            other => {
                let message = format!(
                    "`{object}` is {}, but `.*` needs an array or an object: remove it.",
                    other.kind().map_or("a value", noun)
                );
                self.error(part.range, Code::BadFilter, message);
                Type::Any
            }
        };
        Type::filtered(item)
    }
}

/// The type of a property whose name is not known.
fn any_of(shape: &ObjectType) -> Type {
    match shape.rest() {
        Rest::Of(ty) if shape.names().is_empty() => ty.clone(),
        _ => Type::Any,
    }
}

fn are_ports(object: &Expr) -> bool {
    let path = path(object);
    let names = path.as_ref().map(|path| path.names()).unwrap_or_default();
    matches!(names[..], [job, services, _, ports] if [job, services, ports]
        .iter()
        .zip(["job", "services", "ports"])
        .all(|(own, name)| own.eq_ignore_ascii_case(name)))
}

/// Whether it is a text that cannot read as a number. What people give at other places can, and so can what GitHub counts.
fn is_name(index: &Expr) -> bool {
    const COUNTED: [&str; 4] = ["id", "number", "attempt", "days"];
    let Some(path) = path(index) else { return false };
    let names = path.names();
    let last = names.last().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    matches!(&*path.root.text.to_ascii_lowercase(), "github" | "runner" | "job")
        && !names.iter().any(|name| name.eq_ignore_ascii_case("event"))
        && !COUNTED.iter().any(|word| last.ends_with(word))
}

/// What is missing, in the words of the context.
fn complaint(object: &Expr, name: &str) -> String {
    // What stands behind `.*` is a property of each item.
    let path = path(object).filter(|path| path.names().len() == path.steps.len() + 1);
    let names = path.as_ref().map(|path| path.names()).unwrap_or_default();
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match (&lower[..], &names[..]) {
        (["steps"], _) => format!("No earlier step of this job has the id `{name}`"),
        (["needs"], _) => format!("This job does not need a job `{name}` directly"),
        (["jobs"], _) => format!("There is no job `{name}`"),
        (["inputs"], _) => format!("There is no input `{name}`"),
        (["matrix"], _) => format!("The matrix of this job has no `{name}`"),
        (["secrets"], _) => format!("There is no secret `{name}` here"),
        (["job"], _) if name == "container" || name == "services" => format!("This job has no `{name}`"),
        (["job", "services"], _) => format!("This job has no service `{name}`"),
        (["steps", _, "outputs"], [_, step, _]) => format!("The step `{step}` has no output `{name}`"),
        (["needs" | "jobs", _, "outputs"], [_, job, _]) => format!("The job `{job}` has no output `{name}`"),
        _ => format!("`{object}` has no property `{name}`"),
    }
}

/// Most names that are told where none is meant.
const MOST: usize = 48;

/// What holds in `github` what people look for under another name there.
fn elsewhere(object: &Expr, name: &str) -> Option<&'static str> {
    let root = path(object).filter(|path| path.steps.is_empty() && path.root.is("github"));
    root.and(SOUGHT.iter().find(|(sought, _)| sought.eq_ignore_ascii_case(name)).map(|(_, held)| *held))
}

const SOUGHT: [(&str, &str); 16] = [
    ("branch", "ref_name"),
    ("tag", "ref_name"),
    ("commit", "sha"),
    ("user", "actor"),
    ("owner", "repository_owner"),
    ("repo", "repository"),
    ("pr", "event.pull_request"),
    ("pull_request", "event.pull_request"),
    ("issue", "event.issue"),
    ("comment", "event.comment"),
    ("review", "event.review"),
    ("release", "event.release"),
    ("head_commit", "event.head_commit"),
    ("workflow_run", "event.workflow_run"),
    ("client_payload", "event.client_payload"),
    ("inputs", "event.inputs"),
];

fn advice(object: &Expr, known: &[&str]) -> String {
    let root =
        path(object).filter(|path| path.steps.is_empty()).map(|path| path.root.text.to_ascii_lowercase());
    match (root.as_deref(), known) {
        (Some("steps"), []) => "give the step before this one an `id`.".into(),
        (Some("needs"), _) => "add it to the `needs` of this job.".into(),
        (Some("inputs"), []) => "declare it under `inputs`.".into(),
        (Some("matrix"), []) => "add it to `strategy.matrix`.".into(),
        (Some("secrets"), _) => "declare it under `on.workflow_call.secrets`.".into(),
        (_, []) => "there is nothing in it.".into(),
        (_, known) => format!("use {}.", list(known.iter().copied().take(MOST))),
    }
}
