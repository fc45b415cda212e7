//! The machines against a small GitHub that loses answers, and does what was asked or not.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use base64::Engine;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::merge::Choice;
use crate::{Answer, Lost, Method, Repo};

type Files = BTreeMap<String, String>;

/// As much of GitHub as a commit needs: trees, commits with their parent, branches, pull requests.
#[derive(Default)]
struct GitHub {
    trees: Vec<Files>,
    commits: Vec<(usize, Option<usize>)>,
    branches: BTreeMap<String, usize>,
    pulls: Vec<String>,
}

impl GitHub {
    fn with(files: &[(&str, &str)]) -> Self {
        let mut github = Self::default();
        github.push("main", files);
        github
    }

    /// Somebody commits to a branch.
    fn push(&mut self, branch: &str, files: &[(&str, &str)]) {
        let parent = self.branches.get(branch).copied();
        let mut tree = parent.map(|at| self.trees[self.commits[at].0].clone()).unwrap_or_default();
        tree.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        self.trees.push(tree);
        self.commits.push((self.trees.len() - 1, parent));
        self.branches.insert(branch.to_owned(), self.commits.len() - 1);
    }

    fn files(&self, branch: &str) -> &Files {
        &self.trees[self.commits[self.branches[branch]].0]
    }

    /// Whether the commit `of` has `wanted` in its past, or is it.
    fn follows(&self, of: usize, wanted: usize) -> bool {
        std::iter::successors(Some(of), |at| self.commits[*at].1).any(|at| at == wanted)
    }

    fn commits_of(&self, branch: &str) -> usize {
        std::iter::successors(Some(self.branches[branch]), |at| self.commits[*at].1).count()
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let (status, body) = self.act(request);
        Answer { status, headers: Vec::new(), body: body.to_string() }
    }

    fn act(&mut self, request: &Request) -> (u16, Value) {
        let path = request.path.strip_prefix("/repos/octo/hello/").unwrap();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let body = request.body.clone().unwrap_or_default();
        let number = |value: &Value| value.as_str().unwrap().parse::<usize>().unwrap();
        let missing = || (404, json!({ "message": "Not Found" }));
        match (request.method, path.split('/').collect::<Vec<_>>().as_slice()) {
            (Method::Get, ["git", "ref", "heads", branch]) => match self.branches.get(*branch) {
                Some(at) => (200, json!({ "object": { "sha": at.to_string() } })),
                None => missing(),
            },
            (Method::Get, ["git", "commits", at]) => {
                let tree = self.commits[at.parse::<usize>().unwrap()].0.to_string();
                (200, json!({ "sha": at, "tree": { "sha": tree } }))
            }
            (Method::Get, ["contents", name]) => {
                let at: usize = query.strip_prefix("ref=").unwrap().parse().unwrap();
                match self.trees[self.commits[at].0].get(*name) {
                    Some(text) => {
                        let content = base64::engine::general_purpose::STANDARD.encode(text);
                        (200, json!({ "type": "file", "sha": "x", "content": content, "encoding": "base64" }))
                    }
                    None => missing(),
                }
            }
            (Method::Post, ["git", "trees"]) => {
                let mut tree = self.trees[number(&body["base_tree"])].clone();
                for entry in body["tree"].as_array().unwrap() {
                    let text = |key: &str| entry[key].as_str().unwrap().to_owned();
                    tree.insert(text("path"), text("content"));
                }
                self.trees.push(tree);
                (201, json!({ "sha": (self.trees.len() - 1).to_string() }))
            }
            (Method::Post, ["git", "commits"]) => {
                self.commits.push((number(&body["tree"]), Some(number(&body["parents"][0]))));
                (201, json!({ "sha": (self.commits.len() - 1).to_string() }))
            }
            (Method::Post, ["git", "refs"]) => {
                let branch = body["ref"].as_str().unwrap().strip_prefix("refs/heads/").unwrap().to_owned();
                if self.branches.contains_key(&branch) {
                    return (422, json!({ "message": "Reference already exists" }));
                }
                let at = number(&body["sha"]);
                self.branches.insert(branch, at);
                (201, json!({ "object": { "sha": at.to_string() } }))
            }
            (Method::Patch, ["git", "refs", "heads", branch]) => {
                let at = number(&body["sha"]);
                if !self.follows(at, self.branches[*branch]) {
                    return (422, json!({ "message": "Update is not a fast forward" }));
                }
                self.branches.insert((*branch).to_owned(), at);
                (200, json!({ "object": { "sha": at.to_string() } }))
            }
            (Method::Get, ["compare", pair]) => {
                let (base, head) = pair.split_once("...").unwrap();
                let Some(head) = self.branches.get(head) else { return missing() };
                let ahead = self.follows(*head, base.parse().unwrap());
                (200, json!({ "status": if ahead { "ahead" } else { "diverged" } }))
            }
            (Method::Post, ["pulls"]) => {
                self.pulls.push(body["head"].as_str().unwrap().to_owned());
                (
                    201,
                    json!({ "number": self.pulls.len(), "html_url": "https://github.com/octo/hello/pull/1" }),
                )
            }
            (Method::Get, ["pulls"]) => {
                let pulls = (1..=self.pulls.len()).map(|at| json!({ "number": at, "html_url": "x" }));
                (200, pulls.collect())
            }
            other => panic!("{other:?}"),
        }
    }
}

fn repo() -> Repo {
    Repo::new("octo/hello").unwrap()
}

fn draft(base: Base, text: &str) -> Vec<Draft> {
    vec![Draft { path: "ci.yml".to_owned(), text: text.to_owned(), base }]
}

fn opened(text: &str) -> Base {
    Base::Opened(text.to_owned())
}

fn look(github: &mut GitHub, drafts: Vec<Draft>) -> Prepared {
    let mut look = Look::new(repo(), "main".to_owned(), drafts, 0);
    loop {
        match look.next() {
            Step::Send(request) => look.take(&Ok(github.answer(&request))),
            Step::Done(prepared) => return prepared,
            other => panic!("{other:?}"),
        }
    }
}

fn write(prepared: Prepared, target: Target) -> Write {
    Write::new(repo(), "main".to_owned(), prepared, "Change".to_owned(), target, 0)
}

fn run(github: &mut GitHub, machine: &mut Write) -> Step<Done> {
    loop {
        match machine.next() {
            Step::Send(request) => machine.take(&Ok(github.answer(&request))),
            other => return other,
        }
    }
}

fn pull() -> Target {
    Target::Pull { branch: "topic".to_owned(), title: "T".to_owned(), text: "B".to_owned() }
}

#[test]
fn a_file_is_changed_and_another_one_is_made_in_one_commit() {
    let mut github = GitHub::with(&[("ci.yml", "a\n"), ("other", "x")]);
    let mut drafts = draft(opened("a\n"), "b\n");
    drafts.push(Draft { path: "new.yml".to_owned(), text: "n\n".to_owned(), base: Base::New });
    let prepared = look(&mut github, drafts);
    assert!(prepared.is_ready());
    let Step::Done(done) = run(&mut github, &mut write(prepared, Target::Branch)) else { panic!() };
    assert_eq!((done.branch.as_str(), done.pull), ("main", None));
    let files: Vec<_> =
        github.files("main").iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(files, [("ci.yml", "b\n"), ("new.yml", "n\n"), ("other", "x")]);
    assert_eq!(github.commits_of("main"), 2);
}

#[test]
fn what_somebody_did_meanwhile_stays() {
    let mut github = GitHub::with(&[("ci.yml", "1\n2\n3\n4\n5\n")]);
    github.push("main", &[("ci.yml", "1\n2\n3\n4\nfive\n")]);
    let prepared = look(&mut github, draft(opened("1\n2\n3\n4\n5\n"), "one\n2\n3\n4\n5\n"));
    assert!(prepared.is_ready() && prepared.files[0].changed_there);
    assert!(matches!(run(&mut github, &mut write(prepared, Target::Branch)), Step::Done(_)));
    assert_eq!(github.files("main")["ci.yml"], "one\n2\n3\n4\nfive\n");
}

#[test]
fn nothing_is_written_while_a_conflict_is_open() {
    let mut github = GitHub::with(&[("ci.yml", "theirs\n")]);
    for base in [opened("base\n"), Base::New] {
        let mut prepared = look(&mut github, draft(base, "ours\n"));
        assert!(!prepared.is_ready());
        prepared.files[0].choices[0] = Some(Choice::Ours);
        assert_eq!(prepared.files[0].text().as_deref(), Some("ours\n"));
    }
    // Taken away there.
    let mut github = GitHub::with(&[("other", "x")]);
    assert!(!look(&mut github, draft(opened("base\n"), "ours\n")).is_ready());
}

#[test]
fn what_is_there_already_is_not_committed() {
    let mut github = GitHub::with(&[("ci.yml", "b\n")]);
    assert_eq!(look(&mut github, draft(opened("a\n"), "b\n")).files, []);
    assert_eq!(look(&mut github, draft(opened("a\n"), "a\n")).files, []);
}

#[test]
fn a_push_between_looking_and_writing_is_noticed() {
    let mut github = GitHub::with(&[("ci.yml", "a\n")]);
    let prepared = look(&mut github, draft(opened("a\n"), "b\n"));
    github.push("main", &[("ci.yml", "theirs\n")]);
    assert_eq!(run(&mut github, &mut write(prepared, Target::Branch)), Step::Moved);
    assert_eq!(github.files("main")["ci.yml"], "theirs\n");
}

#[test]
fn a_branch_of_that_name_is_not_touched() {
    let mut github = GitHub::with(&[("ci.yml", "a\n")]);
    github.push("topic", &[("mine", "x")]);
    let prepared = look(&mut github, draft(opened("a\n"), "b\n"));
    let Step::Failed(failure) = run(&mut github, &mut write(prepared, pull())) else { panic!() };
    assert_eq!(failure.message, "There is a branch called topic already; choose another name.");
    assert_eq!(github.commits_of("topic"), 1);
}

/// What happens to one request.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Arrives,
    /// Done, but the answer is lost.
    AnswerLost,
    /// Not even done.
    RequestLost,
    /// Done, but GitHub says that it has a problem.
    Broken,
    /// Done, but half of the answer is missing.
    Half,
}

proptest! {
    /// However answers are lost, in the end there is one commit, and one pull request.
    #[test]
    fn nothing_is_done_twice(
        luck in proptest::collection::vec(prop_oneof![
            Just(Luck::Arrives), Just(Luck::AnswerLost), Just(Luck::RequestLost), Just(Luck::Broken),
            Just(Luck::Half)
        ], 0..24),
        target in prop_oneof![Just(Target::Branch), Just(Target::NewBranch("topic".to_owned())), Just(pull())],
    ) {
        let mut github = GitHub::with(&[("ci.yml", "a\n")]);
        let prepared = look(&mut github, draft(opened("a\n"), "b\n"));
        let mut machine = write(prepared, target.clone());
        let mut luck = luck.into_iter();
        let done = loop {
            match machine.next() {
                Step::Send(request) => {
                    let reply = match luck.next().unwrap_or(Luck::Arrives) {
                        Luck::Arrives => Ok(github.answer(&request)),
                        Luck::AnswerLost => { github.answer(&request); Err(Lost::TimeOut) }
                        Luck::RequestLost => Err(Lost::Network),
                        Luck::Half => {
                            let mut answer = github.answer(&request);
                            answer.body.truncate(answer.body.len() / 2);
                            Ok(answer)
                        }
                        Luck::Broken => { github.answer(&request); Ok(Answer { status: 502, ..Answer::default() }) }
                    };
                    machine.take(&reply);
                }
                // The person tries again.
                Step::Failed(_) => machine.resume(),
                Step::Done(done) => break done,
                Step::Moved => panic!("nobody else is there"),
            }
        };
        prop_assert_eq!(github.commits_of(&done.branch), 2);
        prop_assert_eq!(github.files(&done.branch)["ci.yml"].as_str(), "b\n");
        prop_assert_eq!(github.pulls.len(), usize::from(matches!(target, Target::Pull { .. })));
        prop_assert_eq!(done.pull.is_some(), matches!(target, Target::Pull { .. }));
    }
}
