//! Every request as JSON, with a sample of its answer, for the comparison with GitHub's description of its API
//! (`tests/contract/check.mjs`). `requests` prints them; `read` reads answers and prints what cannot be understood.
#![allow(clippy::unwrap_used)]

use std::io::Read as _;

use serde_json::{Value, json};
use stepladder_github::calls::{self, Store};
use stepladder_github::{Answer, Call, Failure, Kind, Lost, Repo, Request};

const SHA: &str = "7638417db6d59f3c431d3e1f261cc637155684cd";

struct Entry {
    name: String,
    request: Request,
    sample: (u16, Value),
    read: Read,
}

type Read = Box<dyn Fn(&Answer) -> Result<(), Failure>>;

fn entry<T: 'static>(name: &str, call: Call<T>, status: u16, sample: Value) -> Entry {
    let request = call.request.clone();
    let read = move |answer: &Answer| call.read(answer, 0, true).map(drop);
    Entry { name: name.to_owned(), request, sample: (status, sample), read: Box::new(read) }
}

fn main() {
    let entries = entries();
    match std::env::args().nth(1).as_deref() {
        Some("requests") => {
            let requests = entries.iter().map(|entry| {
                let Request { method, path, body, .. } = &entry.request;
                let sample = json!({ "status": entry.sample.0, "body": entry.sample.1 });
                json!({ "name": entry.name, "method": method.as_str(), "path": path, "body": body, "sample": sample })
            });
            println!("{}", requests.collect::<Value>());
        }
        Some("read") => {
            let mut input = String::new();
            std::io::stdin().read_to_string(&mut input).unwrap();
            let answers: Vec<Value> = serde_json::from_str(&input).unwrap();
            let wrong: Vec<String> =
                answers.iter().filter_map(|answer| complaint(&entries, answer)).collect();
            println!("{}", json!(wrong));
        }
        _ => eprintln!("say `requests` or `read`."),
    }
}

fn complaint(entries: &[Entry], answer: &Value) -> Option<String> {
    let name = answer["name"].as_str().unwrap();
    let entry = entries.iter().find(|entry| entry.name == name).unwrap();
    let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
    let body = if answer["body"].is_null() { String::new() } else { answer["body"].to_string() };
    let failure = (entry.read)(&Answer { status, headers: Vec::new(), body: body.clone() }).err()?;
    // That something is refused, or is a folder, is understood.
    let understood = failure.kind != Kind::Lost(Lost::Half);
    (!understood)
        .then(|| format!("{name}: {} {}", failure.message, body.chars().take(300).collect::<String>()))
}

fn entries() -> Vec<Entry> {
    let repo = Repo::new("octocat/Hello-World").unwrap();
    let api = |path: &str| format!("https://api.github.com/repos/octocat/Hello-World{path}");
    let (object, stores) = (api(&format!("/git/commits/{SHA}")), stores());
    let commit = json!({
        "sha": SHA, "node_id": "C_1", "url": object, "html_url": object, "message": "Change", "parents": [],
        "author": { "date": "2026-01-02T03:04:05Z", "name": "Octo", "email": "octo@example.com" },
        "committer": { "date": "2026-01-02T03:04:05Z", "name": "Octo", "email": "octo@example.com" },
        "tree": { "sha": SHA, "url": api(&format!("/git/trees/{SHA}")) },
        "verification": { "verified": false, "reason": "unsigned", "signature": null, "payload": null, "verified_at": null }
    });
    let runners = json!({ "total_count": 1, "runners": [{
        "id": 1, "name": "gpu", "os": "linux", "status": "online", "busy": false,
        "labels": [{ "id": 1, "name": "gpu", "type": "custom" }]
    }] });
    let reference = json!({
        "ref": "refs/heads/topic/x", "node_id": "R_1", "url": api("/git/refs/heads/topic/x"),
        "object": { "type": "commit", "sha": SHA, "url": object }
    });
    let tree = json!({
        "sha": SHA, "url": api("/git/trees/x"), "truncated": false,
        "tree": [{ "path": ".github/workflows/ci.yml", "mode": "100644", "type": "blob", "sha": SHA, "size": 9, "url": api("/git/blobs/x") }]
    });
    let file = json!({
        "type": "file", "encoding": "base64", "size": 9, "name": "ci.yml", "path": ".github/workflows/ci.yml", "sha": SHA,
        "content": "b246IHB1\nc2gK\n", "url": api("/contents/x"), "git_url": null, "html_url": null, "download_url": null,
        "_links": { "self": api("/contents/x"), "git": null, "html": null }
    });
    let at = "2026-01-02T03:04:05Z";
    let mut entries = vec![
        entry("commit by sha", calls::git_commit(&repo, SHA), 200, commit.clone()),
        entry("create commit", calls::create_commit(&repo, "Change", SHA, SHA), 201, commit),
        entry("branch", calls::branch(&repo, "topic/x"), 200, reference.clone()),
        entry("create branch", calls::create_ref(&repo, "topic/x", SHA), 201, reference.clone()),
        entry("move branch", calls::update_ref(&repo, "topic/x", SHA), 200, reference),
        entry("tree", calls::tree(&repo, "main"), 200, tree.clone()),
        entry("create tree", calls::create_tree(&repo, SHA, &[("a/b.yml", "on: push\n")]), 201, tree),
        entry("file", calls::file(&repo, ".github/workflows/a b.yml", "feature/x"), 200, file),
        entry(
            "branches",
            calls::branches(&repo),
            200,
            json!([{ "name": "main", "protected": true, "commit": { "sha": SHA, "url": object } }]),
        ),
        entry("pulls", calls::pulls(&repo, "topic"), 200, json!([])),
        entry(
            "environments",
            calls::environments(&repo),
            200,
            json!({ "total_count": 0, "environments": [] }),
        ),
        entry("runners", calls::runners(&repo), 200, runners.clone()),
        entry("organization runners", calls::organization_runners(&repo), 200, runners),
        entry(
            "token defaults",
            calls::token_defaults(&repo),
            200,
            json!({ "default_workflow_permissions": "read", "can_approve_pull_request_reviews": false }),
        ),
        entry(
            "actions policy",
            calls::actions_policy(&repo),
            200,
            json!({ "enabled": true, "allowed_actions": "all", "sha_pinning_required": false }),
        ),
    ];
    // The description has examples of these, which are samples enough.
    entries.extend([
        entry("user", calls::user(), 304, Value::Null),
        entry("repository", calls::repository(&repo), 404, json!({ "message": "Not Found" })),
        entry("gist", calls::gist("0123456789abcdef"), 404, json!({ "message": "Not Found" })),
        entry("commit", calls::commit(&repo, "v1"), 404, json!({ "message": "Not Found" })),
        entry("compare", calls::compare(&repo, SHA, "topic/x"), 404, json!({ "message": "Not Found" })),
        entry(
            "create pull",
            calls::create_pull(&repo, "topic", "main", "T", "B"),
            422,
            json!({ "message": "Validation Failed", "documentation_url": "x" }),
        ),
        entry("tags", calls::tags(&repo), 200, json!([])),
    ]);
    for store in stores {
        let named = |what: &str| format!("{what} of {store:?}");
        let listed = json!({ "name": "NAME", "created_at": at, "updated_at": at });
        let variable = json!({ "name": "NAME", "value": "1", "created_at": at, "updated_at": at });
        entries.push(entry(
            &named("secrets"),
            calls::secrets(&repo, &store),
            200,
            json!({ "total_count": 1, "secrets": [listed.clone()] }),
        ));
        entries.push(entry(
            &named("variables"),
            calls::variables(&repo, &store),
            200,
            json!({ "total_count": 1, "variables": [variable.clone()] }),
        ));
        let is_organization = store == Store::Organization;
        let key = json!({ "key_id": "1", "key": "aGk=" });
        let (mut one_secret, mut one_variable) = (listed.clone(), variable.clone());
        if is_organization {
            for one in [&mut one_secret, &mut one_variable] {
                one["visibility"] = "all".into();
            }
        }
        entries.extend([
            entry(&named("key"), calls::public_key(&repo, &store), 200, key),
            entry(&named("known secret"), calls::secret(&repo, &store, "NAME"), 200, one_secret),
            entry(&named("known variable"), calls::variable(&repo, &store, "NAME"), 200, one_variable),
            entry(&named("secret"), calls::put_secret(&repo, 7, &store, "NAME", "aGk=", "1"), 201, json!({})),
            entry(&named("variable"), calls::create_variable(&repo, 7, &store, "NAME", "1"), 201, json!({})),
        ]);
        if !is_organization {
            entries.push(entry(
                &named("other variable"),
                calls::update_variable(&repo, &store, "NAME", "1"),
                204,
                Value::Null,
            ));
        }
    }
    entries
}

fn stores() -> [Store; 3] {
    [Store::Repository, Store::Organization, Store::Environment("prod/eu".to_owned())]
}
