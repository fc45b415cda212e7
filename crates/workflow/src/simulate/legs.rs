//! The variants of a job, those that an expression computes too.

use stepladder_yaml::{Node, TextRange, Tree};

use super::context::interpolate;
use super::{Leg, Legs};
use crate::expr::{State, Value, has_expression};
use crate::model::{self, Combination, Data, Job, Matrix, Row, Spanned};

pub(super) fn legs(job: &Job, tree: &Tree, state: &State, title: &str) -> Legs {
    let Some(matrix) = &job.matrix else {
        return Legs::Known(vec![Leg { title: title.to_owned(), values: Vec::new() }]);
    };
    let found = match matrix.legs() {
        model::Legs::Unknown(why) => computed(job, tree, state).unwrap_or(Err(why.to_owned())),
        model::Legs::Known(legs) => Ok(legs),
    };
    match found {
        Ok(legs) => Legs::Known(
            legs.into_iter()
                .map(|values| Leg { title: leg_title(job, &values, state, title), values })
                .collect(),
        ),
        Err(why) => Legs::Unknown(why),
    }
}

/// The name of the job with the matrix in it; a name that does not use the matrix gets the values behind it.
fn leg_title(job: &Job, values: &model::Leg, state: &State, title: &str) -> String {
    let name = job.name.as_ref().map(|name| name.value.as_str()).filter(|name| has_expression(name));
    if let Some(name) = name.filter(|name| name.contains("matrix")) {
        let text = interpolate(name, &with_matrix(state, values));
        return text.to_text().map_or_else(|| name.to_owned(), |text| text.to_string());
    }
    let labels: Vec<String> = values.iter().map(|(_, value)| value.label()).collect();
    [title, " (", &labels.join(", "), ")"].concat()
}

/// `state` with the `matrix` context of one variant.
pub(super) fn with_matrix(state: &State, values: &model::Leg) -> State {
    let mut state = state.clone();
    let entries: Vec<_> =
        values.iter().map(|(name, value)| (name.as_str(), to_value(value, &state))).collect();
    let matrix = Value::object(entries);
    state.contexts.push(("matrix".to_owned(), matrix));
    state
}

/// The matrix with its expressions evaluated. `None`: it holds none; an error says what is not known.
fn computed(job: &Job, tree: &Tree, state: &State) -> Option<Result<Vec<model::Leg>, String>> {
    let node = tree.at(&job.path.child("strategy").child("matrix"))?;
    let data = Data::new(node);
    if !data.is_dynamic() {
        return None;
    }
    let Value::Object(whole) = to_value(&data, state) else { return Some(Err(why_not(node, state))) };
    let mut matrix = Matrix { include: Some(Vec::new()), exclude: Some(Vec::new()), ..Matrix::default() };
    let text = |name: &str| Spanned::new(name.to_owned(), TextRange::default());
    for (name, value) in whole.entries() {
        let (Value::Array(list), None) = (value, value.unknown()) else {
            return Some(Err(why_not(node, state)));
        };
        let items = || list.items().iter().map(from_value);
        match name {
            "include" | "exclude" => {
                let entries: Vec<Combination> = items()
                    .filter_map(|item| match item {
                        Data::Object(fields) => Some(fields),
                        _ => None,
                    })
                    .map(|fields| {
                        let pair = |(name, value): (String, Data)| {
                            (text(&name), Spanned::new(value, TextRange::default()))
                        };
                        fields.into_iter().map(pair).collect()
                    })
                    .collect();
                *(if name == "include" { &mut matrix.include } else { &mut matrix.exclude }) = Some(entries);
            }
            name => {
                let values = items().map(|value| Spanned::new(value, TextRange::default())).collect();
                matrix.rows.push(Row { name: text(name), values: Some(values) });
            }
        }
    }
    Some(match matrix.legs() {
        model::Legs::Known(legs) => Ok(legs),
        model::Legs::Unknown(why) => Err(why.to_owned()),
    })
}

fn why_not(node: Node<'_>, state: &State) -> String {
    let value = to_value(&Data::new(node), state);
    match value.unknown() {
        Some(unknown) => format!("The matrix depends on `{}`, which is not known.", unknown.what),
        None => "The matrix is not a mapping of lists, and GitHub ends the run with an error.".to_owned(),
    }
}

fn to_value(data: &Data, state: &State) -> Value {
    match data {
        Data::Null => Value::Null,
        Data::Bool(value) => (*value).into(),
        Data::Number(value) => (*value).into(),
        Data::Text(text) => text.as_str().into(),
        Data::Expression(text) => interpolate(text, state),
        Data::List(items) => Value::array(items.iter().map(|item| to_value(item, state)).collect()),
        Data::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.as_str(), to_value(value, state)));
            Value::object(fields.collect::<Vec<_>>())
        }
    }
}

fn from_value(value: &Value) -> Data {
    match value {
        Value::Null | Value::Unknown(_) => Data::Null,
        Value::Bool(value) => Data::Bool(*value),
        Value::Number(value) => Data::Number(*value),
        Value::String(text) => Data::Text(text.to_string()),
        Value::Array(array) => Data::List(array.items().iter().map(from_value).collect()),
        Value::Object(object) => {
            Data::Object(object.entries().map(|(name, value)| (name.to_owned(), from_value(value))).collect())
        }
    }
}
