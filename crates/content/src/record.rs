//! Scenarios that are made from an event and what the planner says of it, and written as YAML.

use serde_json::{Map, Value as Json};
use stepladder_workflow::expr::{Layout, Value, to_json};
use stepladder_workflow::facts::events;
use stepladder_workflow::model::Workflow;
use stepladder_workflow::simulate::{Answer, Event, Plan};
use stepladder_yaml::edit::{self, Value as Yaml};
use stepladder_yaml::{Path, Tree};

use crate::{Expectation, Outcome, Scenario};

/// The order in which keys are written; what is not among them comes last.
const ORDER: [&str; 17] = [
    "name", "event", "type", "branch", "tag", "changed", "fork", "inputs", "payload", "vars", "results",
    "expect", "starts", "run", "skip", "result", "outputs",
];

impl Scenario {
    /// The scenario in which that event happens to that workflow; it expects nothing yet. What a scenario cannot say,
    /// such as who made a commit with which token, is left out.
    #[must_use]
    pub fn of(name: impl Into<String>, event: &Event, workflow: &Workflow) -> Self {
        let usual = Event::usual(&event.name, workflow);
        let mut scenario = Self { name: name.into(), ..Self::new(&event.name) };
        let pull = event.name.starts_with("pull_request");
        let (branch, tag) = match (event.name.as_str(), event.short_ref()) {
            ("merge_group", _) => (event.base.clone(), None),
            ("workflow_run", _) => (event.head.clone(), None),
            _ if pull => (event.base.clone(), None),
            (_, Some((tag, true))) => (None, Some(tag.to_owned())),
            (_, Some((branch, false))) => (Some(branch.to_owned()), None),
            (_, None) => (None, None),
        };
        // The branch of a push and the base of a pull request are worth saying even when they are the usual ones.
        let same = event.git_ref == usual.git_ref && event.base == usual.base && event.head == usual.head;
        if !same || pull || event.name == "push" {
            (scenario.branch, scenario.tag) = (branch, tag);
        }
        scenario.activity = event.activity.clone().filter(|_| event.activity != usual.activity);
        scenario.changed = event.changed.clone().unwrap_or_default();
        scenario.fork = event.fork == Some(true);
        for (name, value) in event.inputs.iter().flatten() {
            scenario.inputs.insert(name.clone(), json(value));
        }
        let mut payload = difference(&event.payload, &usual.payload).unwrap_or_default();
        let mut say = |path: &str, own: &Option<String>, usual: &Option<String>| {
            if let Some(text) = own.as_ref().filter(|_| own != usual) {
                set_at(&mut payload, path, Json::String(text.clone()));
            }
        };
        say("sender.login", &event.actor, &usual.actor);
        match event.name.as_str() {
            "push" => say("head_commit.message", &event.message, &usual.message),
            "schedule" => say("schedule", &event.schedule, &usual.schedule),
            "workflow_run" => say("workflow_run.name", &event.workflow, &usual.workflow),
            _ => {}
        }
        scenario.payload = payload;
        scenario
    }

    /// A scenario of an everyday event of that name, without a name and expecting nothing.
    #[must_use]
    pub fn new(event: &str) -> Self {
        Self {
            name: String::new(),
            event: event.to_owned(),
            activity: None,
            branch: None,
            tag: None,
            changed: Vec::new(),
            fork: false,
            inputs: Default::default(),
            payload: Json::Null,
            vars: Default::default(),
            results: Default::default(),
            expect: Expectation { starts: true, run: Vec::new(), skip: Vec::new() },
        }
    }

    /// Expects what `plan` says; `None` when an answer in it is open, since a scenario expects yes or no.
    #[must_use]
    pub fn expecting(mut self, plan: &Plan) -> Option<Self> {
        self.expect =
            Expectation { starts: plan.starts.answer == Answer::Yes, run: Vec::new(), skip: Vec::new() };
        if plan.starts.answer == Answer::Unknown {
            return None;
        }
        for job in plan.jobs.iter().filter(|_| self.expect.starts) {
            match job.verdict.answer {
                Answer::Yes => self.expect.run.push(job.id.clone()),
                Answer::No => self.expect.skip.push(job.id.clone()),
                Answer::Unknown => return None,
            }
        }
        Some(self)
    }

    /// What happens, in a few words: its name, or words made from what it says.
    #[must_use]
    pub fn in_words(&self) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let branch = self.branch.as_deref();
        let mut words = match (self.event.as_str(), &self.tag, branch) {
            ("push", Some(tag), _) => format!("The tag {tag} is pushed"),
            ("push", _, branch) => format!("Push to {}", branch.unwrap_or("the default branch")),
            ("pull_request" | "pull_request_target", _, Some(base)) => format!("Pull request to {base}"),
            (event, tag, branch) => {
                let title = events::event(event).map_or(event, |fact| fact.title);
                match tag.as_deref().or(branch) {
                    Some(name) => format!("{title}, {name}"),
                    None => title.to_owned(),
                }
            }
        };
        if let Some(activity) = &self.activity {
            words.push_str(&format!(" ({})", activity.replace('_', " ")));
        }
        if self.fork {
            words.push_str(" from a fork");
        }
        match &self.changed[..] {
            [] => {}
            [one] => words.push_str(&format!(" that touches {one}")),
            [one, more @ ..] => words.push_str(&format!(" that touches {one} and {} more", more.len())),
        }
        for (name, value) in &self.inputs {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            words.push_str(&format!(", {name}: {value}"));
        }
        for (job, assumed) in &self.results {
            match assumed.result {
                Outcome::Success => {}
                Outcome::Failure => words.push_str(&format!(", {job} fails")),
                Outcome::Cancelled => words.push_str(&format!(", {job} is cancelled")),
            }
            for (name, value) in &assumed.outputs {
                words.push_str(&format!(", {job} says {name}={value}"));
            }
        }
        words
    }

    /// With that value in the payload, at a path such as `label.name`; null takes it away.
    pub fn set_payload(&mut self, path: &str, value: Json) {
        set_at(&mut self.payload, path, value);
    }
}

/// The file that `stepladder test` reads: these scenarios for the workflow file of that name.
#[must_use]
pub fn to_yaml(workflow: &str, scenarios: &[Scenario]) -> String {
    let list = scenarios.iter().map(|scenario| yaml(&serde_json::to_value(scenario).unwrap_or_default()));
    let list = Yaml::Seq(list.collect());
    let mut text = String::new();
    for (key, value) in [("workflow", Yaml::Str(workflow.to_owned())), ("scenarios", list)] {
        let tree = Tree::parse(text.as_str());
        if let Ok(edit) = edit::set(&tree, &Path::root().child(key), &value) {
            text = edit.apply(&text);
        }
    }
    text
}

fn yaml(json: &Json) -> Yaml {
    match json {
        Json::Null => Yaml::Null,
        Json::Bool(value) => Yaml::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Yaml::Int(whole),
            None => Yaml::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Yaml::Str(text.clone()),
        Json::Array(items) => Yaml::Seq(items.iter().map(yaml).collect()),
        Json::Object(fields) => {
            let place = |name: &str| ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| place(name));
            Yaml::Map(fields.into_iter().map(|(name, value)| (name.clone(), yaml(value))).collect())
        }
    }
}

fn json(value: &Value) -> Json {
    serde_json::from_str(&to_json(value, Layout::Compact)).unwrap_or_default()
}

/// What `own` knows and `usual` does not say in the same way.
fn difference(own: &Value, usual: &Value) -> Option<Json> {
    match (own, usual) {
        (Value::Unknown(_) | Value::Null, _) => None,
        (Value::Object(own), usual) => {
            let below = |name: &str| match usual {
                Value::Object(usual) => usual.get(name).cloned().unwrap_or(Value::Null),
                _ => Value::Null,
            };
            let fields: Map<String, Json> = own
                .entries()
                .filter_map(|(name, value)| Some((name.to_owned(), difference(value, &below(name))?)))
                .collect();
            (!fields.is_empty()).then_some(Json::Object(fields))
        }
        _ if own.equals(usual) == Some(true) => None,
        _ => Some(json(own)),
    }
}

/// Writes `value` at a path of names with points between them, or takes it away when it is null.
fn set_at(json: &mut Json, path: &str, value: Json) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if !json.is_object() {
        *json = Json::Object(Map::new());
    }
    let Json::Object(fields) = json else { return };
    match rest {
        Some(rest) => {
            let below = fields.entry(name).or_insert(Json::Null);
            set_at(below, rest, value);
            if below.is_null() {
                fields.remove(name);
            }
        }
        None if value.is_null() => {
            fields.remove(name);
        }
        None => {
            fields.insert(name.to_owned(), value);
        }
    }
    if fields.is_empty() {
        *json = Json::Null;
    }
}

#[cfg(all(test, feature = "embedded"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use stepladder_workflow::simulate::{Assumptions, plan, presets};
    use stepladder_workflow::{Analysis, Env};

    use super::*;
    use crate::Suite;

    #[test]
    fn a_preset_of_a_template_survives_as_a_scenario() {
        let env = Env::default();
        let mut count = 0;
        for template in crate::all().unwrap() {
            let analysis = Analysis::new(template.text.as_str(), &env);
            let assumed = Assumptions { only_these_vars: true, ..Assumptions::default() };
            for preset in presets(&analysis) {
                let scenario = Scenario::of(&preset.title, &preset.event, &analysis.workflow);
                let mut wanted = plan(&analysis, &env, &preset.event, &assumed);
                let mut got =
                    plan(&analysis, &env, &scenario.event(&analysis.workflow), &scenario.assumptions());
                // A commit's message is told by its subject in a note alone.
                wanted.notes.clear();
                got.notes.clear();
                assert_eq!(got, wanted, "{}: {}: {scenario:#?}", template.id, preset.title);
                count += 1;
            }
        }
        assert!(count > 100, "only {count} presets");
    }

    #[test]
    fn what_is_written_is_what_the_tests_read() {
        for template in crate::all().unwrap() {
            let scenarios = &template.header.scenarios;
            let text = to_yaml(&template.header.file, scenarios);
            let suite =
                Suite::parse("x.yml", &text).unwrap_or_else(|why| panic!("{}: {why}\n{text}", template.id));
            let file = format!(".github/workflows/{}", template.header.file);
            assert_eq!(suite.workflows, [(file, scenarios.clone())], "{text}");
        }
    }

    #[test]
    fn keys_stand_in_the_order_that_people_read() {
        let mut scenario = Scenario::new("push");
        scenario.name = "Data: new".into();
        scenario.changed = vec!["data/a.csv".into()];
        scenario.set_payload("head_commit.message", "x".into());
        scenario.expect.run = vec!["train".into()];
        let text = to_yaml("ci.yml", &[scenario]);
        let keys: Vec<&str> =
            text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).split(':').next()).collect();
        assert_eq!(
            keys,
            [
                "workflow",
                "scenarios",
                "name",
                "event",
                "changed",
                "data/a.csv",
                "payload",
                "head_commit",
                "message",
                "expect",
                "run",
                "train"
            ],
            "{text}"
        );
    }

    #[test]
    fn an_open_answer_is_nothing_to_expect() {
        let analysis =
            Analysis::new("on:\n  push:\n    paths: [a]\njobs:\n  b:\n    runs-on: x\n", &Env::default());
        let plan_of = |scenario: &Scenario| {
            plan(&analysis, &Env::default(), &scenario.event(&analysis.workflow), &scenario.assumptions())
        };
        let mut scenario = Scenario::new("push");
        assert_eq!(scenario.clone().expecting(&plan_of(&scenario)), None);
        scenario.changed = vec!["a".into()];
        let expecting = scenario.clone().expecting(&plan_of(&scenario)).unwrap();
        assert_eq!(expecting.expect.run, ["b"]);
        assert!(expecting.judge(&analysis, &Env::default()).problems.is_empty());
        scenario.changed = vec!["b".into()];
        assert!(!scenario.clone().expecting(&plan_of(&scenario)).unwrap().expect.starts);
    }

    #[test]
    fn an_event_without_a_name_has_words() {
        let mut scenario = Scenario::new("push");
        scenario.branch = Some("main".into());
        scenario.changed = vec!["data/a.csv".into(), "x".into()];
        scenario
            .results
            .insert("test".into(), crate::Assumed { result: Outcome::Failure, ..Default::default() });
        assert_eq!(scenario.in_words(), "Push to main that touches data/a.csv and 1 more, test fails");
        let mut scenario = Scenario::new("pull_request");
        scenario.branch = Some("main".into());
        scenario.fork = true;
        scenario.activity = Some("ready_for_review".into());
        assert_eq!(scenario.in_words(), "Pull request to main (ready for review) from a fork");
        scenario.name = "Mine".into();
        assert_eq!(scenario.in_words(), "Mine");
    }

    #[test]
    fn a_value_is_set_and_taken_away() {
        let mut scenario = Scenario::new("issues");
        scenario.set_payload("label.name", "bug".into());
        assert_eq!(scenario.payload.to_string(), r#"{"label":{"name":"bug"}}"#);
        scenario.set_payload("label.name", Json::Null);
        assert!(scenario.payload.is_null());
    }
}
