//! Values that somebody gives as an example for what an expression reads and the file does not tell.

use crate::FileKind;
use crate::expr::{self, Contexts, Expr, PathStep, State, Unknown, Value};

/// Contexts of which each value can be another one in another run.
const OPEN: [&str; 5] = ["vars", "secrets", "inputs", "env", "matrix"];

/// A value that an expression reads, of which somebody may give an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// As the expression has it: `vars.REGION`.
    pub name: String,
    /// What it is without an example, as a text, where that is known.
    pub start: Option<String>,
}

/// What the expression, parsed from `source`, reads: each once, in its order, and only what is a single value.
pub(super) fn reads(ast: &Expr, source: &str, state: &State) -> Vec<Read> {
    let mut found: Vec<Read> = Vec::new();
    for used in expr::used(ast) {
        let names = used.names();
        let is_named = used.steps.iter().all(|step| matches!(step, PathStep::Name { .. }));
        let Some(name) = source.get(used.range.to_usize()).filter(|_| is_named && names.len() > 1) else {
            continue;
        };
        let value = now(name, state);
        let is_known = value.as_ref().is_some_and(|value| value.kind().is_some());
        let is_single = !matches!(value, Some(Value::Array(_) | Value::Object(_)));
        if !is_single || is_known && !may_differ(&names) || found.iter().any(|read| read.name == name) {
            continue;
        }
        let start = value.and_then(|value| value.to_text()).map(|text| text.to_string());
        found.push(Read { name: name.to_owned(), start });
    }
    found
}

/// Whether the value of that name, known for the example, may well be another one.
fn may_differ(names: &[&str]) -> bool {
    let is = |at: usize, name: &str| names.get(at).is_some_and(|own| own.eq_ignore_ascii_case(name));
    OPEN.iter().any(|root| is(0, root))
        || ["needs", "steps"].iter().any(|root| is(0, root)) && is(2, "outputs")
}

/// The value of a name; `None` where there is no such thing.
fn now(name: &str, state: &State) -> Option<Value> {
    expr::eval(&expr::parse(name).ast?, state).ok()
}

/// `state` with the examples, which are pairs of a name and its value as a text. The inputs of an action are texts,
/// whatever they look like.
pub(super) fn with_examples(
    mut state: State,
    kind: FileKind,
    reads: &[Read],
    examples: &[(String, String)],
) -> State {
    for read in reads {
        let Some((_, text)) = examples.iter().find(|(name, _)| *name == read.name) else { continue };
        let Some(ast) = expr::parse(&read.name).ast else { continue };
        let Some(used) = expr::path(&ast) else { continue };
        let names = used.names();
        let [root, rest @ ..] = names.as_slice() else { continue };
        let is_text = kind == FileKind::Action && root.eq_ignore_ascii_case("inputs");
        let value =
            if is_text { text.as_str().into() } else { typed(root, now(&read.name, &state).as_ref(), text) };
        let base = state.context(root).unwrap_or_else(|| Unknown::new(root).into());
        let value = put(&base, rest, root, value);
        state.contexts.retain(|(known, _)| !known.eq_ignore_ascii_case(root));
        state.contexts.push(((*root).to_owned(), value));
    }
    state
}

/// The value that `text` means in the place of `before`. Variables, secrets and outputs are texts.
fn typed(root: &str, before: Option<&Value>, text: &str) -> Value {
    let is_open = matches!(before, None | Some(Value::Unknown(_)));
    let takes = |is_kind: bool| {
        is_kind || is_open && ["inputs", "matrix", "github"].iter().any(|own| root.eq_ignore_ascii_case(own))
    };
    match (text, text.parse::<f64>()) {
        ("true" | "false", _) if takes(matches!(before, Some(Value::Bool(_)))) => (text == "true").into(),
        (_, Ok(number)) if number.is_finite() && takes(matches!(before, Some(Value::Number(_)))) => {
            number.into()
        }
        _ => text.into(),
    }
}

/// `base` with `value` behind these names; what else is below them stays as it is.
fn put(base: &Value, names: &[&str], what: &str, value: Value) -> Value {
    let [first, rest @ ..] = names else { return value };
    let inner = [what, ".", first].concat();
    let Value::Object(object) = base else {
        let below = put(&Unknown::new(&inner).into(), rest, &inner, value);
        return Value::open_object([(*first, below)], Unknown::new(what));
    };
    let unknown = object.rest().map_or(Value::Null, |_| Unknown::new(&inner).into());
    let below = put(object.get(first).unwrap_or(&unknown), rest, &inner, value);
    let others = object.entries().filter(|(name, _)| !name.eq_ignore_ascii_case(first));
    let entries: Vec<(&str, Value)> =
        others.map(|(name, value)| (name, value.clone())).chain([(*first, below)]).collect();
    match object.rest() {
        Some(rest) => Value::open_object(entries, rest.clone()),
        None => Value::object(entries),
    }
}

#[cfg(test)]
mod tests {
    use stepladder_yaml::path;

    use crate::ide::{Example, Written, judge};
    use crate::simulate::Event;
    use crate::{Analysis, Env};

    const TEXT: &str = "on:
  workflow_dispatch:
    inputs:
      level: {type: choice, options: [low, high], default: low}
      loud: {type: boolean}
env:
  COLOUR: red
jobs:
  first:
    runs-on: ubuntu-latest
    outputs:
      tag: ${{ steps.out.outputs.x }}
    steps:
      - id: out
        run: echo
  a:
    needs: first
    runs-on: ubuntu-latest
    strategy:
      matrix:
        node: [20, 22]
    steps:
      - id: one
        run: echo
      - run: echo
        env:
          VALUE: x
";

    fn judged(source: &str, examples: &[(&str, &str)]) -> (Vec<(String, Option<String>)>, Example) {
        let env = Env::default();
        let analysis = Analysis::new(TEXT, &env);
        let event = Event::usual("workflow_dispatch", &analysis.workflow);
        let examples: Vec<_> =
            examples.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let place = path!["jobs", "a", "steps", 1, "env", "VALUE"];
        let text = format!("${{{{ {source} }}}}");
        let found =
            judge(&analysis, &env, &event, Written { path: &place, text: &text, at: 4, source }, &examples);
        (found.reads.into_iter().map(|read| (read.name, read.start)).collect(), found.example)
    }

    #[track_caller]
    fn check(source: &str, reads: &[(&str, Option<&str>)], examples: &[(&str, &str)], value: &str) {
        let (found, _) = judged(source, &[]);
        let wanted: Vec<_> =
            reads.iter().map(|(name, start)| ((*name).to_owned(), start.map(str::to_owned))).collect();
        assert_eq!(found, wanted, "{source}");
        let (again, example) = judged(source, examples);
        assert_eq!(again, wanted, "{source}: what is asked for does not change with the answers");
        assert_eq!(example, Example::Value(value.to_owned()), "{source}");
    }

    #[test]
    fn what_is_not_known_can_be_given() {
        check("vars.REGION == 'eu'", &[("vars.REGION", None)], &[("vars.REGION", "EU")], "true");
        check("secrets.KEY", &[("secrets.KEY", None)], &[("secrets.KEY", "1")], "\"1\"");
        check("secrets.KEY == ''", &[("secrets.KEY", None)], &[("secrets.KEY", "")], "true");
        check(
            "steps.one.outputs.x && vars.A || vars['B']",
            &[("steps.one.outputs.x", None), ("vars.A", None), ("vars['B']", None)],
            &[("steps.one.outputs.x", "yes"), ("vars.A", ""), ("vars['B']", "b")],
            "\"b\"",
        );
        check(
            "fromJSON(needs.first.outputs.tag)[0]",
            &[("needs.first.outputs.tag", None)],
            &[("needs.first.outputs.tag", "[\"v1\"]")],
            "\"v1\"",
        );
    }

    #[test]
    fn the_inputs_of_an_action_are_texts() {
        let text = "name: a\ndescription: b\ninputs:\n  who: {description: x, required: true}\nruns:\n  using: composite\n  \
                    steps:\n    - run: echo\n      shell: bash\n";
        let env = Env::default();
        let analysis = Analysis::new(text, &env);
        let event = Event::usual("push", &analysis.workflow);
        let judged = |source: &str, examples: &[(String, String)]| {
            let text = format!("${{{{ {source} }}}}");
            let path = path!["runs", "steps", 0, "run"];
            judge(&analysis, &env, &event, Written { path: &path, text: &text, at: 4, source }, examples)
        };
        let found = judged("inputs.who", &[]);
        assert_eq!(found.example, Example::Unknown("inputs.who".to_owned()));
        assert_eq!(found.reads.first().map(|read| read.start.clone()), Some(None));
        let given = [("inputs.who".to_owned(), "true".to_owned())];
        assert_eq!(judged("inputs.who", &given).example, Example::Value("\"true\"".to_owned()));
        assert_eq!(judged("inputs.who == 'true'", &given).example, Example::Value("true".to_owned()));
        assert_eq!(judged("inputs.who == true", &given).example, Example::Value("false".to_owned()));
    }

    #[test]
    fn what_is_known_can_be_another_one() {
        check("env.COLOUR", &[("env.COLOUR", Some("red"))], &[], "\"red\"");
        check("env.COLOUR", &[("env.COLOUR", Some("red"))], &[("env.COLOUR", "blue")], "\"blue\"");
        check("matrix.node > 20", &[("matrix.node", Some("20"))], &[("matrix.node", "22")], "true");
        check("inputs.level", &[("inputs.level", Some("low"))], &[("inputs.level", "high")], "\"high\"");
        check("!inputs.loud", &[("inputs.loud", Some("false"))], &[("inputs.loud", "true")], "false");
        // What every run of this event has is nothing to be asked for, nor are whole contexts.
        check("github.event_name", &[], &[], "\"workflow_dispatch\"");
        check("toJSON(inputs) != ''", &[], &[], "true");
        check("needs.first.result", &[], &[], "\"success\"");
    }
}
