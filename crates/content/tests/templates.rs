//! Every template keeps to what `templates/README.md` says.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as File;
use std::sync::{Arc, LazyLock};

use stepladder_content::{Answer, Check, Kind, Question, Template, apply_answers, pins};
use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::{Analysis, Env};
use stepladder_yaml::{Node, Tree};

/// Actions that are not pinned to a commit, with the reason.
const UNPINNED: &[(&str, &str)] = &[];

const CATEGORIES: &[&str] = &[
    "Building blocks",
    "Continuous integration",
    "Deploy",
    "Machine learning",
    "Pages and docs",
    "Release and publish",
    "Repository care",
    "Security",
];

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::embedded()));
static PAYLOADS: LazyLock<Arc<Payloads>> = LazyLock::new(|| Arc::new(Payloads::embedded()));

fn all() -> Vec<Template> {
    stepladder_content::all().unwrap()
}

/// Collects what is wrong, so that one run of the tests shows all of it.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, fine: bool, what: impl FnOnce() -> String) {
        if !fine {
            self.0.push(what());
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0.join("\n"));
    }
}

/// The repository as it is when the template, its companions, their companions and all their files are in it.
fn env(template: &Template, templates: &[Template]) -> Env {
    let mut wanted = vec![template.id.as_str()];
    let mut at = 0;
    while at < wanted.len() {
        let found = templates.iter().find(|template| template.id == wanted[at]).unwrap();
        for companion in &found.header.companions {
            if !wanted.contains(&companion.as_str()) {
                wanted.push(companion);
            }
        }
        at += 1;
    }
    let mut files: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for template in templates.iter().filter(|template| wanted.contains(&template.id.as_str())) {
        files.insert(path(template), template.text.as_str().into());
        for file in &template.header.files {
            files.insert(file.path.clone(), file.text.as_str().into());
        }
    }
    Env {
        file_name: Some(path(template)),
        files,
        catalogue: Some(CATALOGUE.clone()),
        payloads: Some(PAYLOADS.clone()),
        ..Env::default()
    }
}

fn path(template: &Template) -> String {
    format!(".github/workflows/{}", template.header.file)
}

fn jobs<'t>(tree: &'t Tree) -> Vec<(&'t str, Node<'t>)> {
    let jobs = tree.root().and_then(|root| root.get("jobs"));
    jobs.into_iter()
        .flat_map(|jobs| jobs.entries())
        .filter_map(|job| Some((job.name()?, job.value)))
        .collect()
}

fn events(tree: &Tree) -> BTreeSet<String> {
    let on = tree.root().and_then(|root| root.get("on")).unwrap();
    on.entries().filter_map(|entry| entry.name()).map(str::to_owned).collect()
}

/// The names behind `WORD.` in the text: `secrets.NAME`, `vars.NAME`.
fn names_behind<'t>(text: &'t str, word: &str) -> BTreeSet<&'t str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word)
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| is_name(c) || c == '.'))
        .map(|(at, _)| {
            let rest = &text[at + word.len()..];
            &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())]
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn every_file_is_listed_once_and_every_name_is_there() {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".yml").map(str::to_owned))
        .collect();
    files.sort();
    let mut listed: Vec<String> = all().into_iter().map(|template| template.id).collect();
    listed.sort();
    assert_eq!(listed, files);
    assert!(files.len() >= 60);
}

#[test]
fn headers_say_what_a_person_needs() {
    let templates = all();
    let ids: BTreeSet<&str> = templates.iter().map(|template| template.id.as_str()).collect();
    let mut seen = BTreeMap::new();
    let mut wrong = Wrong::default();
    for Template { id, header, text } in &templates {
        wrong.unless(header.summary.chars().count() <= 120, || format!("{id}: the summary is too long"));
        wrong.unless(header.summary.ends_with('.'), || format!("{id}: the summary is no sentence"));
        wrong.unless(CATEGORIES.contains(&header.category.as_str()), || format!("{id}: unknown category"));
        wrong.unless(header.file.ends_with(".yml"), || format!("{id}: the file's name"));
        if let Some(other) = seen.insert(&header.file, id) {
            wrong.0.push(format!("{id} and {other} suggest the same file {}", header.file));
        }
        for companion in &header.companions {
            wrong.unless(ids.contains(companion.as_str()), || format!("{id}: no template {companion}"));
        }
        for called in text.lines().filter_map(|line| line.trim().strip_prefix("uses: ./.github/workflows/")) {
            let companion = header.companions.iter().any(|companion| {
                templates.iter().any(|other| other.id == *companion && other.header.file == called)
            });
            wrong.unless(companion, || format!("{id}: it calls {called}, which is no companion"));
        }
    }
    wrong.none();
}

#[test]
fn secrets_and_variables_are_those_of_the_text() {
    let mut wrong = Wrong::default();
    for Template { id, header, text } in &all() {
        let mut read = names_behind(text, "secrets.");
        read.remove("GITHUB_TOKEN");
        let named: BTreeSet<&str> = header.secrets.iter().map(|secret| secret.name.as_str()).collect();
        wrong.unless(read == named, || format!("{id}: secrets {read:?}, in the header {named:?}"));
        let read = names_behind(text, "vars.");
        let named: BTreeSet<&str> = header.variables.iter().map(|variable| variable.name.as_str()).collect();
        wrong.unless(read == named, || format!("{id}: variables {read:?}, in the header {named:?}"));
    }
    wrong.none();
}

#[test]
fn workflows_are_sound_and_careful() {
    let mut wrong = Wrong::default();
    for Template { id, text, .. } in &all() {
        let tree = Tree::parse(text.as_str());
        wrong.unless(tree.problems().is_empty(), || format!("{id}: not YAML"));
        let root = tree.root().unwrap();
        let on_call_only = events(&tree) == BTreeSet::from(["workflow_call".to_owned()]);
        wrong.unless(root.get("permissions").is_some(), || format!("{id}: no permissions"));
        let jobs = jobs(&tree);
        wrong.unless(!jobs.is_empty(), || format!("{id}: no jobs"));
        let per_job = jobs.iter().all(|(_, job)| job.get("concurrency").is_some());
        wrong.unless(on_call_only || per_job || root.get("concurrency").is_some(), || {
            format!("{id}: no concurrency policy")
        });
        for (job_id, job) in jobs {
            wrong.unless(job.get("name").is_some(), || format!("{id}: job {job_id} has no name"));
            let limited = job.get("timeout-minutes").is_some() || job.get("uses").is_some();
            wrong.unless(limited, || format!("{id}: job {job_id} has no time limit"));
            for step in job.get("steps").into_iter().flat_map(|steps| steps.items()) {
                let uses = step.get("uses").and_then(|uses| uses.as_str()).unwrap_or_default();
                let persists = step.get("with").and_then(|with| with.get("persist-credentials"));
                let keeps = uses.starts_with("actions/checkout@")
                    && persists.and_then(|p| p.as_bool()) != Some(false);
                wrong.unless(!keeps, || format!("{id}: job {job_id} keeps Git's credentials"));
            }
        }
    }
    wrong.none();
}

#[test]
fn actions_are_pinned_as_the_table_of_actions_says() {
    let catalogue = &CATALOGUE;
    let mut wrong = Wrong::default();
    for Template { id, header, text } in &all() {
        let brought = header.files.iter().map(|file| file.text.as_str());
        for text in brought.chain([text.as_str()]) {
            let refreshed = pins::refresh(text, catalogue);
            for (old, new) in text.lines().zip(refreshed.lines()) {
                wrong.unless(old == new, || {
                    format!("{id}: `{}` is `{}` in the table", old.trim(), new.trim())
                });
                let Some((_, uses)) = old.split_once("uses: ") else { continue };
                if uses.starts_with("./") || UNPINNED.iter().any(|(action, _)| uses.starts_with(action)) {
                    continue;
                }
                let pin = uses.split_once('@').and_then(|(_, pin)| pin.split_once(" # "));
                let full = pin.is_some_and(|(sha, tag)| {
                    sha.len() == 40 && sha.bytes().all(|b| b.is_ascii_hexdigit()) && !tag.is_empty()
                });
                wrong.unless(full, || format!("{id}: `{uses}` is not pinned to a commit"));
            }
        }
    }
    wrong.none();
}

#[test]
fn checks_find_nothing() {
    let templates = all();
    let mut wrong = Wrong::default();
    for template in &templates {
        for finding in findings(template, &template.text, &templates) {
            wrong.0.push(finding);
        }
    }
    wrong.none();
}

fn findings(template: &Template, text: &str, templates: &[Template]) -> Vec<String> {
    let analysis = Analysis::new(text, &env(template, templates));
    let line = |at: u32| analysis.tree.lines().line_col(text, at).line;
    let told = |f: &stepladder_workflow::Finding| {
        format!("{}:{}: {} {}: {}", template.header.file, line(f.range.start), f.severity, f.rule, f.message)
    };
    analysis.findings().iter().map(told).collect()
}

#[test]
fn questions_hold_the_answer_that_the_text_has() {
    let mut wrong = Wrong::default();
    for Template { id, header, text } in &all() {
        let tree = Tree::parse(text.as_str());
        let ids: BTreeSet<&str> = header.questions.iter().map(|question| question.id.as_str()).collect();
        wrong.unless(ids.len() == header.questions.len(), || format!("{id}: two questions with one id"));
        for question in &header.questions {
            let read = question.read(&question.default.to_string());
            wrong.unless(read.as_ref() == Ok(&question.default), || {
                format!("{id}, {}: the default is read as {read:?}", question.id)
            });
            wrong.unless(!question.sets.is_empty(), || format!("{id}, {}: it sets nothing", question.id));
            wrong.unless((question.kind == Kind::Choice) != question.options.is_empty(), || {
                format!("{id}, {}: options are for a choice", question.id)
            });
            for target in question.targets().unwrap() {
                let place = target.path.to_string();
                let Some(node) = tree.at(&target.path) else {
                    wrong.0.push(format!("{id}, {}: there is no {place}", question.id));
                    continue;
                };
                let found = written(node);
                let wanted = match target.format {
                    Some(format) => format.replace("{answer}", &question.default.to_string()),
                    None => question.default.to_string(),
                };
                wrong.unless(found == wanted, || {
                    format!("{id}, {}: {place} is `{found}`, the default gives `{wanted}`", question.id)
                });
            }
        }
    }
    wrong.none();
}

/// What stands at a node, as an answer is written.
fn written(node: Node<'_>) -> String {
    match node.as_str() {
        Some(text) => text.trim_end().to_owned(),
        None => node.items().map(written).collect::<Vec<_>>().join(", "),
    }
}

/// Answers that a person might give, as they are typed.
fn possible_answers(question: &Question) -> Vec<String> {
    let some = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    match question.kind {
        Kind::Text => match question.check {
            None => some(&["it's: \"odd\" # and", "- dash", "on", "1.10"]),
            Some(Check::Name) => some(&["other-name", "no", "1e3"]),
            Some(Check::Path) => some(&["a/b_c.d", "true"]),
            Some(Check::Url) => some(&["https://example.com/x?y=1#z"]),
            Some(Check::Version) => some(&["3.10", "7"]),
            Some(Check::Image) => some(&["ghcr.io/me/app"]),
        },
        Kind::Choice => question.options.iter().map(|option| option.value.clone()).collect(),
        Kind::Number => [question.min, question.max].into_iter().flatten().map(|n| n.to_string()).collect(),
        Kind::Boolean => some(&["yes", "no"]),
        Kind::Branch => some(&["release/2.x", "no", "1.0"]),
        Kind::Cron => some(&["0 12 1 * *", "*/15 8-17 * * MON-FRI"]),
        Kind::List => {
            let Answer::List(items) = &question.default else { return Vec::new() };
            let mut items: Vec<String> = items.iter().map(ToString::to_string).collect();
            items.reverse();
            let one = items.last().cloned().unwrap_or_default();
            vec![one, items.join("\n")]
        }
    }
}

#[test]
fn answers_of_every_kind_give_the_file_that_was_asked_for() {
    let templates = all();
    let mut wrong = Wrong::default();
    for template in &templates {
        for question in &template.header.questions {
            for typed in possible_answers(question) {
                let name = format!("{}, {} = {typed:?}", template.id, question.id);
                let answer = match question.read(&typed) {
                    Ok(answer) => answer,
                    Err(problem) => {
                        wrong.0.push(format!("{name}: {problem}"));
                        continue;
                    }
                };
                match apply_answers(template, &BTreeMap::from([(question.id.clone(), answer.clone())])) {
                    Ok(text) => {
                        check_answer(&mut wrong, &name, template, question, &answer, &text, &templates)
                    }
                    Err(problem) => wrong.0.push(format!("{name}: {problem}")),
                }
            }
        }
    }
    wrong.none();
}

fn check_answer(
    wrong: &mut Wrong,
    name: &str,
    template: &Template,
    question: &Question,
    answer: &Answer,
    text: &str,
    templates: &[Template],
) {
    let tree = Tree::parse(text);
    wrong.unless(tree.problems().is_empty(), || format!("{name}: not YAML\n{text}"));
    for target in question.targets().unwrap() {
        let found = tree.at(&target.path).map(written);
        let wanted = match target.format {
            Some(format) => format.replace("{answer}", &answer.to_string()),
            None => answer.to_string(),
        };
        wrong.unless(found.as_deref() == Some(&wanted), || format!("{name}: {} is {found:?}", target.path));
        if matches!(answer, Answer::Text(_)) {
            let text = tree.at(&target.path).and_then(|node| node.scalar());
            wrong
                .unless(matches!(text, Some(stepladder_yaml::Scalar::Str(_))), || format!("{name}: no text"));
        }
    }
    let lines = |text: &str| text.lines().count();
    wrong.unless(lines(text).abs_diff(lines(&template.text)) <= 12, || format!("{name}: much has changed"));
    if question.kind != Kind::Text {
        for finding in findings(template, text, templates) {
            wrong.0.push(format!("{name}: {finding}"));
        }
    }
}

#[test]
fn several_answers_fit_together() {
    for template in &all() {
        let answers: BTreeMap<String, Answer> = template
            .header
            .questions
            .iter()
            .filter_map(|question| {
                let typed = possible_answers(question).pop()?;
                Some((question.id.clone(), question.read(&typed).ok()?))
            })
            .collect();
        let text = apply_answers(template, &answers).unwrap();
        assert!(Tree::parse(text.as_str()).problems().is_empty(), "{}", template.id);
    }
}

#[test]
fn scenarios_name_what_is_there() {
    let mut wrong = Wrong::default();
    for Template { id, header, text } in &all() {
        let tree = Tree::parse(text.as_str());
        let events = events(&tree);
        let ids: BTreeSet<&str> = jobs(&tree).into_iter().map(|(id, _)| id).collect();
        wrong.unless(header.scenarios.len() >= 2, || format!("{id}: fewer than two scenarios"));
        for scenario in &header.scenarios {
            let name = format!("{id}, {:?}", scenario.name);
            let (run, skip) = (&scenario.expect.run, &scenario.expect.skip);
            if !scenario.expect.starts {
                wrong.unless(run.is_empty() && skip.is_empty(), || format!("{name}: no job can run"));
                continue;
            }
            wrong.unless(events.contains(&scenario.event), || format!("{name}: no such event"));
            let named: Vec<&str> = run.iter().chain(skip).map(String::as_str).collect();
            let set: BTreeSet<&str> = named.iter().copied().collect();
            wrong.unless(set == ids && set.len() == named.len(), || format!("{name}: jobs {named:?}"));
            for job in scenario.results.keys() {
                wrong.unless(run.contains(job), || format!("{name}: a result of {job}, which does not run"));
            }
        }
    }
    wrong.none();
}

#[test]
fn the_exported_files_read_back_and_are_always_the_same() {
    let templates = all();
    let files = stepladder_content::export::files(&templates);
    assert_eq!(files, stepladder_content::export::files(&all()));
    assert_eq!(files.len(), templates.len() + 1);
    let index: Vec<stepladder_content::IndexEntry> = serde_json::from_str(&files[0].1).unwrap();
    for ((entry, template), (name, json)) in index.iter().zip(&templates).zip(&files[1..]) {
        assert_eq!(*name, format!("templates/{}.json", template.id));
        assert_eq!(&serde_json::from_str::<Template>(json).unwrap(), template);
        assert_eq!(*entry, stepladder_content::IndexEntry::new(template));
        assert!(entry.picture.cards.len() > 1 && !entry.events.is_empty(), "{name}");
    }
    assert!(files[0].1.len() < 64 * 1024, "the index is loaded with the start page");
}
