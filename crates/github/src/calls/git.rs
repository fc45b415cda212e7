//! Commits, branches and pull requests: what a commit is made of.

use serde::Deserialize;
use serde_json::json as value;

use super::{Call, Method, Named, Repo, Request, encode, encode_path, get, in_repo, json, write};

const CONTENTS: &str = "Contents: write";

/// Where a branch points to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Ref {
    /// The commit.
    pub object: Named,
}

/// The last commit of a branch.
#[must_use]
pub fn branch(repo: &Repo, branch: &str) -> Call<Ref> {
    let path = in_repo(repo, &format!("/git/ref/heads/{}", encode_path(branch)));
    Call::new(get(path, format!("the branch {branch} of {repo}"), "Contents: read"), json)
}

/// A commit as git knows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GitCommit {
    /// Its id.
    pub sha: String,
    /// Its files.
    pub tree: Named,
}

/// A commit by its id.
#[must_use]
pub fn git_commit(repo: &Repo, sha: &str) -> Call<GitCommit> {
    let request = get(
        in_repo(repo, &format!("/git/commits/{}", encode(sha))),
        format!("the commit {sha} of {repo}"),
        "Contents: read",
    );
    Call::new(Request { immutable: true, ..request }, json)
}

/// The files of `base` with other texts at some paths.
#[must_use]
pub fn create_tree(repo: &Repo, base: &str, files: &[(&str, &str)]) -> Call<Named> {
    let tree: Vec<_> = files
        .iter()
        .map(|(path, text)| value!({ "path": path, "mode": "100644", "type": "blob", "content": text }))
        .collect();
    let body = value!({ "base_tree": base, "tree": tree });
    let subject = format!("to write files to {repo}");
    Call::new(write(Method::Post, in_repo(repo, "/git/trees"), body, subject, CONTENTS), json)
}

/// A commit of these files that follows `parent`.
#[must_use]
pub fn create_commit(repo: &Repo, message: &str, tree: &str, parent: &str) -> Call<Named> {
    let body = value!({ "message": message, "tree": tree, "parents": [parent] });
    let subject = format!("to make a commit in {repo}");
    Call::new(write(Method::Post, in_repo(repo, "/git/commits"), body, subject, CONTENTS), json)
}

/// A new branch that ends with this commit.
#[must_use]
pub fn create_ref(repo: &Repo, branch: &str, sha: &str) -> Call<Ref> {
    let body = value!({ "ref": format!("refs/heads/{branch}"), "sha": sha });
    let subject = format!("to make the branch {branch} in {repo}");
    Call::new(write(Method::Post, in_repo(repo, "/git/refs"), body, subject, CONTENTS), json)
}

/// Moves a branch on to this commit; GitHub refuses when that would lose commits.
#[must_use]
pub fn update_ref(repo: &Repo, branch: &str, sha: &str) -> Call<Ref> {
    let path = in_repo(repo, &format!("/git/refs/heads/{}", encode_path(branch)));
    let subject = format!("to move the branch {branch} of {repo}");
    Call::new(write(Method::Patch, path, value!({ "sha": sha, "force": false }), subject, CONTENTS), json)
}

/// How two commits lie to each other.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Comparison {
    /// How `head` is, seen from `base`: `identical`, `ahead`, `behind` or `diverged`.
    pub status: String,
}

/// How the commit or branch `head` lies to `base`.
#[must_use]
pub fn compare(repo: &Repo, base: &str, head: &str) -> Call<Comparison> {
    let path = in_repo(repo, &format!("/compare/{}...{}?per_page=1", encode_path(base), encode_path(head)));
    Call::new(get(path, format!("the branch {head} of {repo}"), "Contents: read"), json)
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// Its page.
    pub html_url: String,
}

/// Proposes the branch `head` to be merged into `base`.
#[must_use]
pub fn create_pull(repo: &Repo, head: &str, base: &str, title: &str, text: &str) -> Call<Pull> {
    let body = value!({ "title": title, "head": head, "base": base, "body": text });
    let subject = format!("to open a pull request in {repo}");
    Call::new(write(Method::Post, in_repo(repo, "/pulls"), body, subject, "Pull requests: write"), json)
}

/// The open pull requests of a branch of the repository itself.
#[must_use]
pub fn pulls(repo: &Repo, head: &str) -> Call<Vec<Pull>> {
    let path =
        in_repo(repo, &format!("/pulls?state=open&head={}", encode(&format!("{}:{head}", repo.owner))));
    Call::new(get(path, format!("the pull requests of {repo}"), "Pull requests: read"), json)
}
