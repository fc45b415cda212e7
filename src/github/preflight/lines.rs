//! What the facts mean for the workflow, line by line.

use stepladder_github::calls::{Environment, Gate, Runner, Store, is_sha};
use stepladder_github::{Failure, Kind};
use stepladder_workflow::edits::NewVersion;
use stepladder_workflow::{NameKind, RequiredName, Requirements};

use super::{Facts, Seen, Used, versions};
use crate::github::create::Wanted;

/// How it stands with a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is there.
    Good,
    /// It is missing, or works otherwise than meant.
    Bad,
    /// It cannot be seen from here.
    Unseen,
}

/// A way to put it right.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Remedy {
    /// A page of GitHub, after the address of the repository, and its name.
    Page(String, &'static str),
    /// Creating a secret or variable here, or on that page of GitHub.
    Create(Wanted, &'static str),
    /// Other versions of an action, with the words for the button.
    Versions(Vec<(NewVersion, String)>),
}

/// One need.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// How it stands.
    pub(crate) state: State,
    /// What it is about; names stand in backquotes.
    pub(crate) title: String,
    /// How it is, and what to do.
    pub(crate) detail: String,
    /// A way to put it right.
    pub(crate) remedy: Option<Remedy>,
}

impl Line {
    fn new(state: State, title: String, detail: impl Into<String>) -> Self {
        Self { state, title, detail: detail.into(), remedy: None }
    }

    fn page(self, path: impl Into<String>, words: &'static str) -> Self {
        Self { remedy: Some(Remedy::Page(path.into(), words)), ..self }
    }

    fn unseen(title: String, failure: &Failure) -> Self {
        Self::new(State::Unseen, title, failure.message.clone())
    }
}

/// All needs, with how it stands. Without facts nothing can be seen, and the lines are a checklist.
#[must_use]
pub(crate) fn lines(needs: &Requirements, facts: Option<&Facts>) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(Err(failure)) = facts.map(|facts| &facts.about) {
        lines.push(Line::unseen("The repository".to_owned(), failure));
    }
    lines.extend(needs.names.iter().map(|name| name_line(name, facts)));
    for name in &needs.environments {
        let seen = facts.and_then(|facts| facts.environments.as_ref());
        lines.push(environment_line(name, seen));
    }
    for labels in &needs.runners {
        lines.push(runner_line(labels, facts));
    }
    let pinning =
        facts.is_some_and(|facts| facts.policy.as_ref().is_ok_and(|policy| policy.sha_pinning_required));
    for uses in &needs.uses {
        lines.push(uses_line(uses, facts.and_then(|facts| facts.uses.get(uses)), pinning));
    }
    lines.extend(settings_lines(needs, facts));
    lines
}

/// How it stands with a secret or a variable.
pub(crate) fn name_line(name: &RequiredName, facts: Option<&Facts>) -> Line {
    let (word, page) = match name.kind {
        NameKind::Secret => ("Secret", "/settings/secrets/actions/new"),
        NameKind::Variable => ("Variable", "/settings/variables/actions/new"),
    };
    let title = format!("{word} `{}`", name.name);
    let stores: Vec<_> =
        facts.iter().flat_map(|facts| &facts.names).filter(|(kind, ..)| *kind == name.kind).collect();
    let found: Vec<&Store> = facts.map(|facts| facts.places(name.kind, &name.name)).unwrap_or_default();
    let common = found.iter().find(|store| !matches!(store, Store::Environment(_)));
    let in_environment = |wanted: &String| {
        found.iter().any(|store| matches!(store, Store::Environment(name) if name == wanted))
    };
    if let Some(store) = common {
        let place = if matches!(store, Store::Organization) { "organization" } else { "repository" };
        return Line::new(State::Good, title, format!("It is there, in the {place}."));
    }
    if !name.everywhere && !name.environments.is_empty() && name.environments.iter().all(in_environment) {
        let place = name.environments.join(" and ");
        return Line::new(State::Good, title, format!("It is there, in the environment {place}."));
    }
    let place = match (name.everywhere, name.environments.as_slice()) {
        (false, [environment]) => format!("in the repository or in the environment {environment}"),
        (_, _) => "in the repository".to_owned(),
    };
    // Where a job without an environment reads it, one of an environment is not enough.
    let environments = if name.everywhere { Vec::new() } else { name.environments.clone() };
    let wanted = Wanted { kind: name.kind, name: name.name.clone(), environments };
    let remedy = Some(Remedy::Create(wanted, page));
    // An environment that only another name could be in does not matter.
    let matters = |store: &Store| match store {
        Store::Environment(own) => name.anywhere || name.environments.contains(own),
        _ => true,
    };
    let failed = stores.iter().find(|(_, store, seen)| seen.is_err() && matters(store));
    if let Some((_, _, Err(failure))) = failed {
        return Line { remedy, ..Line::unseen(title, failure) };
    }
    // What the workflow has got since it was asked about.
    let is_asked = |environment: &String| {
        stores.iter().any(|(_, store, _)| matches!(store, Store::Environment(name) if name == environment))
    };
    let is_new = stores.is_empty() || !name.environments.iter().all(is_asked);
    if is_new || facts.is_none_or(|facts| facts.about.is_err()) {
        return Line { remedy, ..Line::new(State::Unseen, title, format!("Has to be there, {place}.")) };
    }
    let without = stores.iter().map(|(_, store, _)| store);
    let without = without.filter(|store| matters(store) && !found.contains(store)).collect::<Vec<_>>();
    let nowhere = nowhere(&without);
    let with = found.iter().filter(|store| matters(store)).map(|store| in_words(store)).collect::<Vec<_>>();
    if name.anywhere && !name.everywhere {
        let there = match with.is_empty() {
            true => format!("It is {nowhere}."),
            false => format!("It is in {}, and {nowhere}.", with.join(" and in ")),
        };
        let detail = format!(
            "It cannot be known whether it is there: a job that reads it computes its environment, and may find it in that one. {there}"
        );
        return Line { remedy, ..Line::new(State::Unseen, title, detail) };
    }
    let missing = match with.is_empty() {
        true => format!("It is missing: it is {nowhere}."),
        false => format!("It is missing for some jobs: it is in {}, and {nowhere}.", with.join(" and in ")),
    };
    let detail = format!("{missing} Create it {place}; without it the value is empty.");
    Line { remedy, ..Line::new(State::Bad, title, detail) }
}

impl Facts {
    /// Where a secret or a variable of that name is.
    pub(crate) fn places(&self, kind: NameKind, name: &str) -> Vec<&Store> {
        let has = |seen: &Seen<Vec<String>>| {
            seen.as_ref().is_ok_and(|names| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
        };
        let of_kind = self.names.iter().filter(|(own, _, seen)| *own == kind && has(seen));
        of_kind.map(|(_, store, _)| store).collect()
    }
}

/// The one of these places that a job of the environments reads: an environment comes before the repository, and that
/// before the organization.
pub(crate) fn place_read(there: &[Store]) -> Option<&Store> {
    there.iter().min_by_key(|store| rank(store))
}

fn rank(store: &Store) -> usize {
    match store {
        Store::Environment(_) => 0,
        Store::Repository => 1,
        Store::Organization => 2,
    }
}

/// What becomes of a name that is `there` once it is in `chosen`, too: which of them is read.
pub(crate) fn beside(chosen: &Store, there: &[Store]) -> Option<String> {
    if there.contains(chosen) {
        return Some(format!("It is in {} now, and gets another value there.", in_words(chosen)));
    }
    let other = place_read(there)?;
    let now = format!("It is in {} now", in_words(other));
    Some(match (chosen, other) {
        // Neither is read in the place of the other.
        (Store::Environment(_), Store::Environment(_)) => {
            format!("{now}; the one of {} is another.", in_words(chosen))
        }
        (Store::Environment(_), _) => {
            format!("{now}; jobs of {} would read this one in its place.", in_words(chosen))
        }
        (_, Store::Environment(_)) => format!("{now}; jobs of {} go on reading that one.", in_words(other)),
        (Store::Organization, _) => format!("{now}; this repository goes on reading that one."),
        _ => format!("{now}; this repository would read this one in its place."),
    })
}

/// A place that has names, in words.
fn in_words(store: &Store) -> String {
    match store {
        Store::Environment(name) => format!("the environment {name}"),
        Store::Organization => "the organization".to_owned(),
        Store::Repository => "the repository".to_owned(),
    }
}

/// That something is in none of these places.
fn nowhere(stores: &[&Store]) -> String {
    match stores {
        [one] => format!("not in {}", in_words(one)),
        all => {
            let places: Vec<_> = all.iter().map(|store| format!("in {}", in_words(store))).collect();
            format!("neither {}", places.join(" nor "))
        }
    }
}

fn environment_line(name: &str, seen: Option<&Seen<Vec<Environment>>>) -> Line {
    let title = format!("Environment `{name}`");
    match seen {
        None => Line::new(State::Unseen, title, "Has to be there, with the rules that it shall have.").page("/settings/environments", "Environments"),
        Some(Err(failure)) => Line::unseen(title, failure),
        Some(Ok(all)) => match all.iter().find(|environment| environment.name.eq_ignore_ascii_case(name)) {
            Some(environment) => {
                let gates: Vec<String> = environment.protection_rules.iter().map(gate).collect();
                let detail = if gates.is_empty() { "It is there, without rules: jobs with it run at once.".to_owned() } else { format!("It is there; a job with it {}.", gates.join(", and ")) };
                Line::new(State::Good, title, detail)
            }
            None => Line::new(State::Bad, title, "It is missing: GitHub makes it at the first run, with no rules at all; create it first if it shall protect something.")
                .page("/settings/environments/new", "Create it on GitHub"),
        },
    }
}

fn gate(gate: &Gate) -> String {
    match (gate.kind.as_str(), gate.wait_timer) {
        ("wait_timer", Some(minutes)) => format!("waits {minutes} minutes"),
        ("required_reviewers", _) => "waits until somebody approves".to_owned(),
        ("branch_policy", _) => "runs for some branches and tags only".to_owned(),
        _ => "waits for a rule of an app".to_owned(),
    }
}

fn runner_line(labels: &[String], facts: Option<&Facts>) -> Line {
    let title = format!("Runner with `{}`", labels.join("`, `"));
    let own = facts.and_then(|facts| facts.runners.as_ref());
    let shared = facts.and_then(|facts| facts.shared_runners.as_ref());
    let of = |seen: Option<&Seen<Vec<Runner>>>, place: &'static str| -> Vec<(Runner, &'static str)> {
        let all = seen.and_then(|seen| seen.as_ref().ok()).into_iter().flatten();
        all.filter(|runner| runner.fits(labels)).map(|runner| (runner.clone(), place)).collect()
    };
    let fitting = [of(own, "the repository"), of(shared, "the organization")].concat();
    let online = fitting.iter().find(|(runner, _)| runner.status == "online");
    let line = match (own, online.or(fitting.first())) {
        (None, _) => Line::new(State::Unseen, title, "Has to be online."),
        (Some(_), Some((runner, place))) if runner.status == "online" => {
            Line::new(State::Good, title, format!("{} of {place} is online.", runner.name))
        }
        (Some(_), Some((runner, place))) => Line::new(
            State::Bad,
            title,
            format!("{} of {place} is offline: start it, or jobs wait for it.", runner.name),
        ),
        (Some(Err(failure)), None) => Line::unseen(title, failure),
        (Some(Ok(_)), None) => match shared {
            None => Line::new(
                State::Bad,
                title,
                "The repository has none with these labels: jobs would wait for one for a day.",
            ),
            Some(Ok(_)) => Line::new(
                State::Unseen,
                title,
                "Neither the repository nor its organization has one of their own with these labels; a larger runner of GitHub, or one of an enterprise, cannot be seen from here.",
            ),
            Some(Err(failure)) => Line::new(
                State::Unseen,
                title,
                format!("The repository has none of its own. {}", failure.message),
            ),
        },
    };
    line.page("/settings/actions/runners", "Runners")
}

fn uses_line(uses: &str, used: Option<&Used>, pinning: bool) -> Line {
    let title = format!("`{uses}`");
    let Some(used) = used else {
        return Line::new(State::Unseen, title, "Has to exist, and the repository's rules have to allow it.");
    };
    if let Err(failure) = &used.text {
        return match failure.kind {
            Kind::NotFound => Line::new(
                State::Bad,
                title,
                "There is no such action or version, or it is private: check the name and what follows the @.",
            ),
            _ => Line::unseen(title, failure),
        };
    }
    let git_ref = uses.split_once('@').map_or("", |(_, git_ref)| git_ref);
    let tags = used.tags.as_deref().unwrap_or_default();
    let (pinned, updated) = (versions::pinned(uses, tags), versions::updated(uses, tags));
    let name = |new: &NewVersion| new.remark.clone().unwrap_or_else(|| new.git_ref.clone());
    let (state, mut detail) = if pinning && !is_sha(git_ref) {
        (State::Bad, "The repository allows only actions that are pinned to a commit.".to_owned())
    } else {
        (State::Good, "It exists.".to_owned())
    };
    if let Some(new) = &updated {
        detail.push_str(&format!(" {} is newer.", name(new)));
    }
    let update = updated.map(|new| {
        let words = format!("Update to {}", name(&new));
        (new, words)
    });
    let pin = pinned.map(|new| {
        let words = format!("Pin to {}", name(&new));
        (new, words)
    });
    let choices: Vec<_> = pin.into_iter().chain(update).collect();
    let remedy = (!choices.is_empty()).then_some(Remedy::Versions(choices));
    Line { remedy, ..Line::new(state, title, detail) }
}

fn settings_lines(needs: &Requirements, facts: Option<&Facts>) -> Vec<Line> {
    let mut lines = Vec::new();
    if needs.default_permissions {
        let title = "Default rights of `GITHUB_TOKEN`".to_owned();
        lines.push(match facts.and_then(|facts| facts.defaults.as_ref()) {
            Some(Ok(defaults)) if defaults.default_workflow_permissions == "read" => {
                Line::new(State::Good, title, "It may only read, as no permissions are named here; steps that write need permissions.")
            }
            Some(Ok(_)) => Line::new(State::Bad, title, "It may write everything, as no permissions are named here: name them in the workflow, or let the default be to read.")
                .page("/settings/actions", "Settings of Actions"),
            Some(Err(failure)) => Line::unseen(title, failure),
            None => Line::new(State::Unseen, title, "Jobs here name no permissions, so the repository's default holds.").page("/settings/actions", "Settings of Actions"),
        });
    }
    if let Some(Ok(policy)) =
        facts.map(|facts| &facts.policy).filter(|policy| policy.as_ref().is_ok_and(|p| !p.enabled))
    {
        let _ = policy;
        lines.push(
            Line::new(
                State::Bad,
                "Actions".to_owned(),
                "They are switched off in this repository, so nothing runs.",
            )
            .page("/settings/actions", "Settings of Actions"),
        );
    }
    if !needs.default_branch_events.is_empty() {
        let title = format!("Default branch, for `{}`", needs.default_branch_events.join("`, `"));
        lines.push(match facts.and_then(|facts| facts.on_default.as_ref()) {
            Some(Ok(true)) => {
                Line::new(State::Good, title, "The file is there already; these events take it from there.")
            }
            Some(Ok(false)) => Line::new(
                State::Bad,
                title,
                "The file is not there yet: these events work only once it is committed or merged.",
            ),
            Some(Err(failure)) => Line::unseen(title, failure),
            None => Line::new(
                State::Unseen,
                title,
                "These events work only once the file is on the default branch.",
            ),
        });
    }
    lines
}

/// The lines in Markdown, to hand to somebody with the rights. `web` is the address of the repository's page.
#[must_use]
pub(crate) fn checklist(file: &str, lines: &[Line], web: Option<&str>) -> String {
    let mut text = format!("### What `{}` needs\n\n", file.replace('`', "'"));
    for line in lines {
        let mark = if line.state == State::Good { "x" } else { " " };
        text.push_str(&format!("- [{mark}] {}: {}", line.title, line.detail));
        let page = match &line.remedy {
            Some(Remedy::Page(page, words)) => Some((page.as_str(), *words)),
            Some(Remedy::Create(_, page)) => Some((*page, "Create it on GitHub")),
            _ => None,
        };
        if let (Some((page, words)), Some(web), true) = (page, web, line.state != State::Good) {
            text.push_str(&format!(" [{words}]({web}{page})"));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_places_the_one_that_is_read_is_told() {
        let prod = Store::Environment("prod".to_owned());
        let told = |chosen: &Store, there: &[Store]| beside(chosen, there).unwrap_or_default();
        assert_eq!(
            told(&prod, &[Store::Repository]),
            "It is in the repository now; jobs of the environment prod would read this one in its place."
        );
        assert_eq!(
            told(&Store::Repository, &[Store::Organization, prod.clone()]),
            "It is in the environment prod now; jobs of the environment prod go on reading that one."
        );
        assert_eq!(
            told(&Store::Repository, &[Store::Organization]),
            "It is in the organization now; this repository would read this one in its place."
        );
        assert_eq!(
            told(&prod, std::slice::from_ref(&prod)),
            "It is in the environment prod now, and gets another value there."
        );
        assert_eq!(told(&prod, &[]), "");
        assert_eq!(place_read(&[Store::Repository, prod.clone()]), Some(&prod));
    }
}
