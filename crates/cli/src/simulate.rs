//! `stepladder simulate`

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use stepladder_content::value_of;
use stepladder_workflow::Analysis;
use stepladder_workflow::model::Workflow;
use stepladder_workflow::simulate::{
    Answer, Assumptions, Ending, Event, JobPlan, Legs, Note, Place, Plan, StepPlan, Verdict, plan, presets,
};
use stepladder_yaml::Tree;

use crate::args::{TROUBLE, Words, print, refuse};
use crate::paint::Paint;
use crate::work::{self, Checked};

const WITH_VALUE: [&str; 18] = [
    "--event",
    "--type",
    "--branch",
    "--tag",
    "--ref",
    "--head",
    "--changed",
    "--message",
    "--actor",
    "--repository",
    "--default-branch",
    "--schedule",
    "--input",
    "--var",
    "--payload",
    "--result",
    "--output",
    "--format",
];

pub(crate) fn run(words: &[String]) -> ExitCode {
    let words = match Words::read(words, &WITH_VALUE, &["--fork", "--cancelled", "--steps"]) {
        Ok(words) => words,
        Err(why) => return refuse(&why),
    };
    let [file] = &words.plain[..] else { return refuse("`simulate` takes one workflow file") };
    let as_json = match words.value("--format").unwrap_or("text") {
        "text" => false,
        "json" => true,
        other => return refuse(&format!("`{other}` is no format; there are text and json")),
    };
    let assumed = match assumptions(&words) {
        Ok(assumed) => assumed,
        Err(why) => return refuse(&why),
    };
    let text = match work::read(file) {
        Ok(text) => text,
        Err(why) => {
            eprintln!("stepladder: {why}");
            return ExitCode::from(TROUBLE);
        }
    };
    let path = if file == "-" { Path::new(".github/workflows/stdin.yml") } else { Path::new(file) };
    let checked = work::analyse(file, text, path, &work::base(), &work::Configs::default());
    let paint = Paint::new();
    let mut events: Vec<(String, Event)> = Vec::new();
    if let Some(name) = words.value("--event") {
        match event(&words, name, &checked.analysis.workflow) {
            Ok(event) => events.push((name.to_owned(), event)),
            Err(why) => return refuse(&why),
        }
    } else {
        events.extend(presets(&checked.analysis).into_iter().map(|preset| (preset.title, preset.event)));
    }
    let plans: Vec<(String, Plan)> = events
        .into_iter()
        .map(|(title, event)| (title, plan(&checked.analysis, &checked.env, &event, &assumed)))
        .collect();
    if as_json {
        let plans: Vec<Json> =
            plans.iter().map(|(title, plan)| plan_json(title, plan, &checked.analysis)).collect();
        let all = if words.value("--event").is_some() {
            plans.into_iter().next()
        } else {
            Some(Json::Array(plans))
        };
        return print(&format!("{:#}", all.unwrap_or_default()));
    }
    let mut out = String::new();
    if words.value("--event").is_some() {
        for (title, plan) in &plans {
            full(&mut out, paint, title, plan, &checked, words.has("--steps"));
        }
    } else {
        if plans.is_empty() {
            out.push_str("The workflow waits for no event.\n");
        }
        for (title, plan) in &plans {
            short(&mut out, paint, title, plan);
        }
    }
    print(out.trim_end())
}

fn pair(text: &str, option: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once('=').ok_or_else(|| format!("`{option}` takes NAME=VALUE, not `{text}`"))?;
    Ok((name.to_owned(), value.to_owned()))
}

fn event(words: &Words, name: &str, workflow: &Workflow) -> Result<Event, String> {
    let mut event = Event::usual(name, workflow);
    let text = |option: &str| words.value(option).map(str::to_owned);
    if let Some(branch) = words.value("--branch") {
        event = event.branch(branch);
    }
    if let Some(tag) = words.value("--tag") {
        event = event.tag(tag);
    }
    let set = |field: &mut Option<String>, option: &str| {
        if let Some(value) = text(option) {
            *field = Some(value);
        }
    };
    set(&mut event.git_ref, "--ref");
    set(&mut event.activity, "--type");
    set(&mut event.head, "--head");
    set(&mut event.message, "--message");
    set(&mut event.actor, "--actor");
    set(&mut event.repository, "--repository");
    set(&mut event.default_branch, "--default-branch");
    set(&mut event.schedule, "--schedule");
    let changed: Vec<String> = words.values("--changed").map(str::to_owned).collect();
    event.changed = Some(changed).filter(|paths| !paths.is_empty());
    event.fork = Some(words.has("--fork"));
    for input in words.values("--input") {
        let (name, value) = pair(input, "--input")?;
        event = event.input(&name, value.as_str());
    }
    for payload in words.values("--payload") {
        let json: Json =
            serde_json::from_str(payload).map_err(|why| format!("`--payload` takes JSON: {why}"))?;
        event = event.payload(&value_of(&json));
    }
    Ok(event)
}

fn assumptions(words: &Words) -> Result<Assumptions, String> {
    let mut assumed = Assumptions::default();
    for result in words.values("--result") {
        let (job, result) = pair(result, "--result")?;
        let result = match result.as_str() {
            "success" => Ending::Success,
            "failure" => Ending::Failure,
            "cancelled" => Ending::Cancelled,
            other => return Err(format!("`{other}` is no result; there are success, failure and cancelled")),
        };
        assumed.jobs.entry(job).or_default().result = Some(result);
    }
    for output in words.values("--output") {
        let (name, value) = pair(output, "--output")?;
        let (job, name) = name.rsplit_once('.').ok_or("`--output` takes JOB.NAME=VALUE")?;
        assumed.jobs.entry(job.to_owned()).or_default().outputs.insert(name.to_owned(), value);
    }
    for var in words.values("--var") {
        let (name, value) = pair(var, "--var")?;
        assumed.vars.insert(name, value);
    }
    assumed.cancelled = words.has("--cancelled").then_some(true);
    Ok(assumed)
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    }
}

fn mark(paint: Paint, answer: Answer) -> String {
    match answer {
        Answer::Yes => paint.green("runs   "),
        Answer::No => paint.dim("skipped"),
        Answer::Unknown => paint.yellow("unknown"),
    }
}

/// One line: which jobs run.
fn short(out: &mut String, paint: Paint, title: &str, plan: &Plan) {
    let ids = |wanted: Answer| {
        let jobs = plan.jobs.iter().filter(|job| job.verdict.answer == wanted);
        jobs.map(|job| job.id.as_str()).collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(out, "{}", paint.bold(title));
    if plan.starts.answer != Answer::Yes {
        let _ = writeln!(out, "  {}", plan.starts.reason);
    }
    if plan.starts.answer == Answer::No {
        return;
    }
    for (what, answer) in [("runs", Answer::Yes), ("skips", Answer::No), ("open", Answer::Unknown)] {
        let ids = ids(answer);
        if !ids.is_empty() {
            let _ = writeln!(out, "  {what}: {ids}");
        }
    }
}

fn full(out: &mut String, paint: Paint, title: &str, plan: &Plan, checked: &Checked, steps: bool) {
    let starts = match plan.starts.answer {
        Answer::Yes => paint.green("the workflow starts"),
        Answer::No => paint.dim("the workflow does not start"),
        Answer::Unknown => paint.yellow("not known"),
    };
    let _ = writeln!(out, "{}: {starts}", paint.bold(title));
    let place = plan.starts.place.as_ref().map_or_else(String::new, |place| {
        let at = checked.analysis.tree.line_col(place.range.start);
        paint.dim(&format!(" ({}:{}:{})", checked.name, at.line, at.col))
    });
    let _ = writeln!(out, "  {}{place}", plan.starts.reason);
    missing(out, "  ", &plan.starts);
    for note in &plan.notes {
        let _ = writeln!(out, "  {}", paint.dim(&note.text));
    }
    if plan.starts.answer == Answer::No {
        return;
    }
    for job in &plan.jobs {
        job_text(out, paint, job, "  ", steps);
    }
}

fn missing(out: &mut String, indent: &str, verdict: &Verdict) {
    if !verdict.missing.is_empty() {
        let _ = writeln!(out, "{indent}Needed to know: {}", verdict.missing.join(", "));
    }
}

fn job_text(out: &mut String, paint: Paint, job: &JobPlan, indent: &str, steps: bool) {
    let inner = [indent, "          "].concat();
    let title = if job.title == job.id { String::new() } else { format!(" ({})", job.title) };
    let _ = writeln!(out, "{indent}{}   {}{title}", mark(paint, job.verdict.answer), paint.bold(&job.id));
    let _ = writeln!(out, "{inner}{}", job.verdict.reason);
    missing(out, &inner, &job.verdict);
    if job.verdict.answer == Answer::No {
        return;
    }
    match &job.legs {
        Legs::Known(legs) if legs.len() != 1 || legs.iter().any(|leg| !leg.values.is_empty()) => {
            let titles: Vec<&str> = legs.iter().map(|leg| leg.title.as_str()).collect();
            let _ = writeln!(out, "{inner}{} variants: {}", legs.len(), titles.join("; "));
        }
        Legs::Known(_) => {}
        Legs::Unknown(why) => {
            let _ = writeln!(out, "{inner}Variants: {why}");
        }
    }
    for note in &job.notes {
        let _ = writeln!(out, "{inner}{}", paint.dim(&note.text));
    }
    if steps {
        for step in &job.steps {
            let _ = writeln!(out, "{inner}{}   {}", mark(paint, step.verdict.answer), step.title);
            let _ = writeln!(out, "{inner}          {}", paint.dim(&step.verdict.reason));
        }
    }
    for called in &job.called {
        job_text(out, paint, called, &[indent, "    "].concat(), steps);
    }
}

/// A plan as JSON; places in the file that was given have a line and a column.
fn plan_json(title: &str, plan: &Plan, analysis: &Analysis) -> Json {
    let tree = Some(&analysis.tree);
    json!({
        "event": title,
        "starts": verdict_json(&plan.starts, tree),
        "jobs": plan.jobs.iter().map(|job| job_json(job, tree)).collect::<Vec<_>>(),
        "notes": plan.notes.iter().map(|note| note_json(note, tree)).collect::<Vec<_>>(),
    })
}

fn place_json(place: Option<&Place>, tree: Option<&Tree>) -> Json {
    let Some(place) = place else { return Json::Null };
    let mut at = json!({ "path": place.path.to_string() });
    if let Some(tree) = tree {
        let (start, end) = (tree.line_col(place.range.start), tree.line_col(place.range.end));
        at["line"] = start.line.into();
        at["col"] = start.col.into();
        at["end_line"] = end.line.into();
        at["end_col"] = end.col.into();
    }
    at
}

fn verdict_json(verdict: &Verdict, tree: Option<&Tree>) -> Json {
    json!({
        "answer": word(verdict.answer),
        "reason": verdict.reason,
        "missing": verdict.missing,
        "place": place_json(verdict.place.as_ref(), tree),
    })
}

fn note_json(note: &Note, tree: Option<&Tree>) -> Json {
    json!({ "text": note.text, "place": place_json(note.place.as_ref(), tree) })
}

fn job_json(job: &JobPlan, tree: Option<&Tree>) -> Json {
    let legs = match &job.legs {
        Legs::Known(legs) => legs.iter().map(|leg| leg.title.as_str()).collect(),
        Legs::Unknown(_) => Json::Null,
    };
    json!({
        "id": job.id,
        "title": job.title,
        "verdict": verdict_json(&job.verdict, tree),
        "ending": job.ending.map(Ending::as_str),
        "variants": legs,
        "steps": job.steps.iter().map(|step| step_json(step, tree)).collect::<Vec<_>>(),
        "called_file": job.called_file,
        // Their places are in the called file, whose lines are not at hand.
        "called": job.called.iter().map(|job| job_json(job, None)).collect::<Vec<_>>(),
        "notes": job.notes.iter().map(|note| note_json(note, tree)).collect::<Vec<_>>(),
    })
}

fn step_json(step: &StepPlan, tree: Option<&Tree>) -> Json {
    json!({
        "path": step.path.to_string(),
        "title": step.title,
        "verdict": verdict_json(&step.verdict, tree),
        "only_variants": step.only_legs,
    })
}
