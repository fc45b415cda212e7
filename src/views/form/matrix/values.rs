//! The values of a row: words as chips, all that takes more than a word as entries that open where they stand.

use std::sync::Arc;

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_workflow::model::Data;
use stepladder_workflow::schema::{Field, Map};
use stepladder_yaml::edit::Value;
use stepladder_yaml::{Kind, Node, Path};

use super::super::chips::{self, Acts, Chip, List};
use super::super::controls::At;
use super::super::known::Known;
use super::super::parted::{Ends, in_quotes};
use super::super::{focus, notes, pairs, write};
use super::Place;
use super::entries::{self, Entries, State};
use crate::session::Session;
use crate::ui::button::button;
use crate::ui::icon::Icon;

/// What the values of a row are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Each is written on one line, and has no keys; or there is none yet.
    Words,
    /// Some have keys, or take several lines: none of them could be typed anew without a loss.
    Entries,
    /// No list: an expression computes it, or a single value that is no list yet.
    Computed,
    /// Neither: it can only be written as YAML.
    Other,
}

/// What the values of the row at `path` are.
pub(super) fn shape(session: Session, path: &Path) -> Memo<Shape> {
    let here = path.clone();
    session.form.derive(move |analysis| match analysis.tree.at(&here) {
        Some(node) if node.resolve().kind() == Kind::Sequence => {
            if node.items().all(|item| is_word(&item)) {
                Shape::Words
            } else {
                Shape::Entries
            }
        }
        Some(node) if node.resolve().kind() != Kind::Scalar => Shape::Other,
        Some(node) if node.is_null() && node.kind() == Kind::Scalar => Shape::Words,
        _ => Shape::Computed,
    })
}

/// Below a single value in the place of the list: what is wrong, and what makes it the list of one.
pub(super) fn no_list(session: Session, name: &str, path: &Path) -> AnyView {
    let here = path.clone();
    let value = session.form.derive(move |analysis| {
        let node = analysis.tree.at(&here)?;
        let is_single = node.resolve().kind() == Kind::Scalar && !node.is_null();
        let data = is_single.then(|| Data::new(node)).filter(|data| !data.is_dynamic())?;
        // In brackets as it stands, where nothing in it means something there; an alias goes on repeating its anchor.
        let source = node.source();
        let whole = Some(source).filter(|source| !source.contains([',', '[', ']', '{', '}', '\n']));
        Some(whole.map_or_else(
            || Value::Seq(vec![edits::value_of(&data)]),
            |source| Value::Source(format!("[{source}]")),
        ))
    });
    let is_single = Memo::new(move |_| value.with(Option::is_some));
    let (label, place) = (format!("Make {name} a list"), path.clone());
    let listed = move |_| {
        let Some(value) = value.get_untracked() else { return };
        if write::set(session, &place, &value) {
            focus::on(format!("field-{place}"));
        }
    };
    view! {
        <Show when=move || is_single.get()>
            {button("button-small button-quiet", Some(Icon::Form), label.clone(), listed.clone())}
        </Show>
    }
    .into_any()
}

fn is_word(item: &Node<'_>) -> bool {
    !matches!(item.resolve().kind(), Kind::Mapping | Kind::Sequence) && !item.source().contains('\n')
}

/// A value as it stands in a list of the matrix.
fn chip(item: Node<'_>) -> Chip {
    let data = Data::new(item);
    let (bare, title) = match data {
        Data::Number(_) | Data::Bool(_) => (true, "A number or a boolean"),
        _ => (false, "A text"),
    };
    // A number is shown as it is written: 3.10 is no 3.1 to the person.
    Chip { text: item.as_str().map_or_else(|| data.in_flow(), str::to_owned), bare, title }
}

/// The values of a row as chips, and a field for more.
pub(super) fn chips(place: &Place, name: &str, path: &Path) -> AnyView {
    let session = place.session;
    let here = path.clone();
    let shown = session.form.derive(move |analysis| {
        analysis.tree.at(&here).into_iter().flat_map(|node| node.items()).map(chip).collect::<Vec<_>>()
    });
    let others = move || shown.get_untracked();
    let (job, row) = (place.job.clone(), name.to_owned());
    let (changed, moved, gone, new) = (path.clone(), path.clone(), path.clone(), path.clone());
    let acts = Acts {
        add: Arc::new(move |texts| {
            let beside = others();
            let values = typed_all(&texts, beside.clone());
            let done = write::act_here(session, |a| edits::add_matrix_values(a, &job, &row, &values));
            let entry = values.iter().rposition(|value| matches!(value, Value::Source(_)));
            if let Some(at) = entry.filter(|_| done) {
                // The chips become entries, and this field goes with them.
                focus::on(entries::head_id(&new.child(beside.len() + at)));
            }
            done || session.is_asking()
        }),
        change: Arc::new(move |at, texts| {
            let mut neighbours = others();
            let (Some(first), true) = (texts.first(), at < neighbours.len()) else { return };
            let old = neighbours.remove(at);
            let value = if old.text == *first { None } else { Some(retyped(first, &old, &neighbours)) };
            if let [_] = texts.as_slice() {
                if let Some(value) = value {
                    write::set(session, &changed.child(at), &value);
                }
                return;
            }
            neighbours.insert(at, old);
            let behind = typed_all(&texts[1..], neighbours);
            write::act_here(session, |a| edits::replace_item(a, &changed, at, value.as_ref(), &behind));
        }),
        shift: Arc::new(move |from, to| {
            write::act_here(session, |analysis| edits::move_item(analysis, &moved, from, to));
        }),
        remove: Arc::new(move |at| {
            write::act_here(session, |analysis| edits::remove_field(analysis, &gone.child(at)));
        }),
    };
    let id = format!("field-{path}");
    let list = List {
        session,
        known: Known::new(session, path, &id, Vec::<String>::new()),
        id,
        title: format!("Values of {name}"),
        label: Some(format!("Another value of {name}")),
        draft: RwSignal::new(String::new()),
        editing: RwSignal::new(None),
        keeps_one: true,
        ends: Ends::Typed,
    };
    chips::chips(list, shown, &acts)
}

/// The values of a row as entries, and a button for another one.
pub(super) fn entries(place: &Place, name: &str, path: &Path) -> AnyView {
    let session = place.session;
    let state = State::default();
    let (job, row, list) = (place.job.clone(), name.to_owned(), path.clone());
    let add = move |_| {
        // Another one begins like the last one.
        let last = session.analysis.with_untracked(|analysis| {
            let node = analysis.tree.at(&list)?;
            Some((node.len(), node.items().last().map(Data::new)))
        });
        let Some((count, last)) = last else { return };
        let (value, key) = match last {
            Some(Data::Object(fields)) => {
                let key = fields.into_iter().next().map_or_else(|| "name".to_owned(), |(key, _)| key);
                (Value::Map(vec![(key.clone(), Value::Str(String::new()))]), Some(key))
            }
            Some(Data::List(_)) => (Value::Seq(Vec::new()), None),
            _ => (Value::Str(String::new()), None),
        };
        if write::act_here(session, |a| edits::add_matrix_values(a, &job, &row, std::slice::from_ref(&value)))
        {
            state.show(count);
            let at = list.child(count);
            focus::on(format!("field-{}", key.map_or(at.clone(), |key| at.child(key))));
        }
    };
    let keys = place.map.named("include").and_then(|list| list.items?.maps.first().copied());
    let body = move |at: &Path| match keys.and_then(|keys| Some((keys, keys.free?))) {
        Some((keys, free)) => value(session, at, keys, free),
        None => ().into_any(),
    };
    let list = Entries {
        session,
        path: path.clone(),
        what: "Value",
        title: format!("Values of {name}"),
        keeps_one: true,
        state,
        body: Arc::new(body),
    };
    view! {
        <div class="matrix-values">
            {entries::entries(list)}
            {button("button-small button-quiet", Some(Icon::Plus), "Another value", add)}
        </div>
    }
    .into_any()
}

/// What can be changed of the value at `path`: each of its keys, or all of it.
fn value(session: Session, path: &Path, keys: &'static Map, free: &'static Field) -> AnyView {
    let here = path.clone();
    let has_keys = session.form.derive(move |analysis| {
        analysis.tree.at(&here).is_some_and(|node| node.resolve().kind() == Kind::Mapping)
    });
    let path = path.clone();
    (move || {
        if has_keys.get() {
            let pairs = pairs::free_pairs(session, &path, keys, free, &[]);
            return view! { {notes::own_problems(session, &path)} <div class="pairs">{pairs}</div> }
                .into_any();
        }
        let at = At { session, path: path.clone(), field: free };
        view! {
            <label class="visually-hidden" for=at.id()>"Value"</label>
            {pairs::value(&at)}
            {notes::problems(&at)}
        }
        .into_any()
    })
    .into_any()
}

/// As [`typed`], each of several that come to `others`.
fn typed_all(texts: &[String], mut others: Vec<Chip>) -> Vec<Value> {
    let mut values = Vec::new();
    for text in texts {
        let value = typed(text, &others);
        others
            .push(Chip { bare: matches!(value, Value::Int(_) | Value::Bool(_)), ..Chip::text(text.clone()) });
        values.push(value);
    }
    values
}

/// What a typed value means among its neighbours: beside texts a number is a text too, as in `'3.12', '3.13'`. A number
/// that YAML would print otherwise, such as 3.10, is always a text, and so is what stands in quotes.
pub(super) fn typed(text: &str, others: &[Chip]) -> Value {
    if let Some(text) = in_quotes(text) {
        return Value::Str(text);
    }
    let beside_texts = !others.is_empty() && others.iter().all(|chip| !chip.bare);
    // Keys and values, or a list, as YAML has them on one line.
    if text.starts_with('{') || text.starts_with('[') {
        return Value::Source(text.to_owned());
    }
    if beside_texts { Value::Str(text.to_owned()) } else { write::plain_value(text) }
}

/// As [`typed`], in the place of `old`: a number stays one, and so does a text that looks like a number.
fn retyped(text: &str, old: &Chip, others: &[Chip]) -> Value {
    if old.text.starts_with(['"', '\'']) {
        // The quotes are letters of it.
        return Value::Str(text.to_owned());
    }
    let looks_bare = !matches!(typed(&old.text, &[]), Value::Str(_)) || old.text.parse::<f64>().is_ok();
    if old.bare || looks_bare { typed(text, std::slice::from_ref(old)) } else { typed(text, others) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chip(text: &str, bare: bool) -> Chip {
        Chip { bare, ..Chip::text(text.to_owned()) }
    }

    #[test]
    fn a_typed_value_is_of_the_kind_of_its_neighbours() {
        assert_eq!(typed("22", &[chip("", true)]), Value::Int(22));
        assert_eq!(typed("22", &[chip("", false)]), Value::Str("22".into()));
        assert_eq!(typed("\"22\"", &[chip("", true)]), Value::Str("22".into()));
        assert_eq!(typed("3.10", &[]), Value::Str("3.10".into()));
        assert_eq!(typed("true", &[]), Value::Bool(true));
        assert_eq!(typed("ubuntu-latest", &[chip("", true)]), Value::Str("ubuntu-latest".into()));
        assert_eq!(typed("{a: 1}", &[]), Value::Source("{a: 1}".into()));
    }

    #[test]
    fn each_of_several_is_of_the_kind_of_those_before_it() {
        let texts = ["18", "20", "lts"].map(str::to_owned);
        assert_eq!(typed_all(&texts, Vec::new()), [Value::Int(18), Value::Int(20), Value::Str("lts".into())]);
        let text = |text: &str| Value::Str(text.into());
        assert_eq!(typed_all(&texts, vec![chip("x", false)]), [text("18"), text("20"), text("lts")]);
    }

    #[test]
    fn what_takes_the_place_of_a_value_is_of_its_kind() {
        let words = [chip("x", false)];
        assert_eq!(retyped("12", &chip("1", false), &[]), Value::Str("12".into()));
        assert_eq!(retyped("12", &chip("1", true), &words), Value::Int(12));
        assert_eq!(retyped("12", &chip("latest", false), &[]), Value::Int(12));
        assert_eq!(retyped("12", &chip("latest", false), &words), Value::Str("12".into()));
        assert_eq!(retyped("\"12\"", &chip("1", true), &[]), Value::Str("12".into()));
        assert_eq!(retyped("\"a b\"", &chip("\"a\"", false), &[]), Value::Str("\"a b\"".into()));
    }
}
