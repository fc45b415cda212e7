//! The planner over real workflows: it never fails, and more knowledge never turns a yes into a no or a no into a yes.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use stepladder_workflow::expr::Value;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::model::Workflow;
use stepladder_workflow::simulate::{
    Answer, Assumed, Assumptions, Ending, Event, JobPlan, Plan, Verdict, plan, presets,
};
use stepladder_workflow::{Analysis, Env};

/// A source of numbers that gives the same ones for the same seed (SplitMix64).
struct Rng(u64);

impl Rng {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// The workflows of each repository in the folder `real`, by path from its root; `None` without the folder.
fn repositories() -> Option<Vec<BTreeMap<String, Arc<str>>>> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance");
    let folder = std::env::var_os("STEPLADDER_CONFORMANCE").map_or(near, PathBuf::from).join("real");
    let mut roots: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    roots.sort();
    let workflows = |root: &PathBuf| {
        let entries = std::fs::read_dir(root.join(".github/workflows")).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| {
                let text = std::fs::read_to_string(entry.path()).ok()?;
                Some((format!(".github/workflows/{}", entry.file_name().to_string_lossy()), text.into()))
            })
            .collect()
    };
    Some(roots.iter().map(workflows).collect())
}

/// Some way in which the jobs may end.
fn ends(rng: &mut Rng, workflow: &Workflow) -> Assumptions {
    let mut assumed = Assumptions::default();
    // How a called workflow ends follows from its jobs, so nothing is assumed about calls.
    for job in workflow.jobs.iter().filter(|job| job.uses.is_none()) {
        let result = match rng.below(6) {
            0 => Some(Ending::Failure),
            1 => Some(Ending::Cancelled),
            _ => None,
        };
        // Outputs that the file itself tells are not contradicted.
        let open = job.outputs.iter().filter(|(_, value)| value.value.trim_start().starts_with("${{ steps."));
        let mut outputs = BTreeMap::new();
        for (name, _) in open {
            let text = ["true", "false", "", "[\"a\",\"b\"]", "{\"include\":[{\"os\":\"ubuntu-latest\"}]}"];
            let text = text[usize::try_from(rng.below(5)).unwrap()];
            outputs.insert(name.value.clone(), text.to_owned());
        }
        assumed.jobs.insert(job.id.value.clone(), Assumed { result, outputs });
    }
    assumed
}

/// The same with less known.
fn forget(rng: &mut Rng, event: &Event, assumed: &Assumptions) -> (Event, Assumptions) {
    let (mut event, mut assumed) = (event.clone(), assumed.clone());
    macro_rules! forget {
        ($($field:ident)*) => { $(if rng.one_in(3) { event.$field = None; })* };
    }
    forget!(activity git_ref base head changed commits refs message fork conflict actor by_token chain repository
        default_branch on_default_branch inputs schedule workflow);
    if rng.one_in(3) {
        event.payload = Value::Null;
    }
    if rng.one_in(2) {
        assumed.others = None;
        assumed.jobs.retain(|_, job| {
            // A result that is left out is the usual one, which is not known any more.
            !rng.one_in(2) && job.result.is_some()
        });
    }
    (event, assumed)
}

fn compare(what: &str, more: &Verdict, less: &Verdict, wrong: &mut Vec<String>) {
    for verdict in [more, less] {
        if !verdict.reason.ends_with('.') || verdict.missing.is_empty() == (verdict.answer == Answer::Unknown)
        {
            wrong.push(format!("{what}: {verdict:?}"));
        }
    }
    if less.answer != Answer::Unknown && less.answer != more.answer {
        wrong.push(format!("{what}: {} with less, {} with more", less.reason, more.reason));
    }
}

fn compare_jobs(what: &str, more: &[JobPlan], less: &[JobPlan], wrong: &mut Vec<String>) {
    for more in more {
        let Some(less) = less.iter().find(|less| less.id == more.id) else { continue };
        let what = format!("{what}: {}", more.id);
        compare(&what, &more.verdict, &less.verdict, wrong);
        for step in &more.steps {
            if let Some(less) = less.steps.iter().find(|less| less.path == step.path) {
                compare(&format!("{what}: {}", step.path), &step.verdict, &less.verdict, wrong);
            }
        }
        compare_jobs(&what, &more.called, &less.called, wrong);
    }
}

#[test]
fn more_knowledge_never_changes_a_certain_answer() {
    let Some(repositories) = repositories() else {
        println!("no known cases here, nothing was planned");
        return;
    };
    let payloads = Some(Arc::new(Payloads::from_json(include_str!("../data/payload.json")).unwrap()));
    let mut wrong = Vec::new();
    let (mut plans, mut unknown) = (0, 0);
    for files in repositories {
        for (name, text) in &files {
            let env = Env {
                file_name: Some(name.clone()),
                files: files.clone(),
                payloads: payloads.clone(),
                ..Env::default()
            };
            let poor = Env { file_name: Some(name.clone()), files: env.files.clone(), ..Env::default() };
            let analysis = Analysis::new(Arc::clone(text), &poor);
            let mut rng = Rng(text.len() as u64);
            for preset in presets(&analysis) {
                let assumed = ends(&mut rng, &analysis.workflow);
                let more = plan(&analysis, &env, &preset.event, &assumed);
                for _ in 0..3 {
                    let (event, assumed) = forget(&mut rng, &preset.event, &assumed);
                    let less = plan(&analysis, if rng.one_in(2) { &env } else { &poor }, &event, &assumed);
                    let what = format!("{name}: {}", preset.title);
                    compare(&what, &more.starts, &less.starts, &mut wrong);
                    compare_jobs(&what, &more.jobs, &less.jobs, &mut wrong);
                    plans += 1;
                    unknown += usize::from(less.starts.answer == Answer::Unknown);
                }
            }
        }
    }
    println!("{plans} plans, {unknown} of them open");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(plans > 1_000 && unknown > 0 && unknown < plans);
}

#[test]
fn any_text_has_a_plan() {
    let Some(repositories) = repositories() else {
        println!("no known cases here, nothing was planned");
        return;
    };
    let mut plans = 0;
    let see = |plan: &Plan| plan.jobs.iter().map(|job| job.verdict.reason.len()).sum::<usize>();
    for (at, files) in repositories.into_iter().enumerate() {
        for (name, text) in files.into_iter().skip(at % 4).step_by(4) {
            let env = Env { file_name: Some(name), ..Env::default() };
            let mut rng = Rng(text.len() as u64);
            // Cut off and with a piece missing: what stands there while a person types.
            for _ in 0..4 {
                let cut = |at: u64| {
                    (0..=usize::try_from(at).unwrap())
                        .rev()
                        .find(|at| text.is_char_boundary(*at))
                        .unwrap_or(0)
                };
                let (from, upto) = (cut(rng.below(text.len() as u64)), cut(rng.below(text.len() as u64)));
                let broken =
                    [&text[..from.min(upto)], if rng.one_in(2) { "" } else { &text[from.max(upto)..] }]
                        .concat();
                let analysis = Analysis::new(broken, &env);
                let found = presets(&analysis);
                for event in
                    found.into_iter().map(|preset| preset.event).chain([Event::new("push"), Event::new("")])
                {
                    let plan = plan(&analysis, &env, &event, &ends(&mut rng, &analysis.workflow));
                    assert!(see(&plan) > 0 || plan.jobs.is_empty());
                    plans += 1;
                }
            }
        }
    }
    assert!(plans > 500, "{plans}");
}
