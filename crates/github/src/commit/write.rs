use super::look::read;
use super::{Prepared, Reply, Step};
use crate::calls::{self, Pull};
use crate::{Answer, Failure, Kind, Repo};

/// Where a commit goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// On the branch that was looked at.
    Branch,
    /// On a new branch that starts there.
    NewBranch(String),
    /// On a new branch, with a pull request back.
    Pull {
        /// Name of the new branch.
        branch: String,
        /// Title of the pull request.
        title: String,
        /// Its description in Markdown.
        text: String,
    },
}

impl Target {
    fn new_branch(&self) -> Option<&str> {
        match self {
            Self::Branch => None,
            Self::NewBranch(branch) | Self::Pull { branch, .. } => Some(branch),
        }
    }
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The commit.
    pub commit: String,
    /// The branch that it is on.
    pub branch: String,
    /// The pull request, when one was to be made.
    pub pull: Option<Pull>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Tree,
    Commit,
    Branch,
    /// Was the branch moved although the answer is lost?
    BranchDone,
    Pull,
    /// Was the pull request opened although the answer is lost?
    PullDone,
    Done,
}

/// Writes what was looked at.
#[derive(Clone, Debug)]
pub struct Write {
    repo: Repo,
    base: String,
    prepared: Prepared,
    message: String,
    target: Target,
    stage: Stage,
    tree: String,
    commit: String,
    pull: Option<Pull>,
    failed: Option<Failure>,
    moved: bool,
    /// How often in a row no answer came.
    lost: u32,
    now: u64,
}

/// How often an answer may be lost before the person is asked.
const PATIENCE: u32 = 2;

impl Write {
    /// Writes `prepared`, which is of the branch `base` and has no open conflict, with this message of the commit.
    #[must_use]
    pub fn new(
        repo: Repo,
        base: String,
        prepared: Prepared,
        message: String,
        target: Target,
        now: u64,
    ) -> Self {
        Self {
            repo,
            base,
            prepared,
            message,
            target,
            stage: Stage::Tree,
            tree: String::new(),
            commit: String::new(),
            pull: None,
            failed: None,
            moved: false,
            lost: 0,
            now,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn next(&self) -> Step<Done> {
        if self.moved {
            return Step::Moved;
        }
        if let Some(failure) = &self.failed {
            return Step::Failed(failure.clone());
        }
        let (repo, branch) = (&self.repo, self.branch());
        Step::Send(match (self.stage, &self.target) {
            (Stage::Tree, _) => self.ask_tree(),
            (Stage::Commit, _) => {
                calls::create_commit(repo, &self.message, &self.tree, &self.prepared.head).request
            }
            (Stage::Branch, Target::Branch) => calls::update_ref(repo, branch, &self.commit).request,
            (Stage::Branch, _) => calls::create_ref(repo, branch, &self.commit).request,
            (Stage::BranchDone, _) => calls::compare(repo, &self.commit, branch).request,
            (Stage::Pull, Target::Pull { branch, title, text }) => {
                calls::create_pull(repo, branch, &self.base, title, text).request
            }
            (Stage::PullDone, _) => calls::pulls(repo, branch).request,
            (Stage::Pull | Stage::Done, _) => {
                let (commit, branch) = (self.commit.clone(), branch.to_owned());
                return Step::Done(Done { commit, branch, pull: self.pull.clone() });
            }
        })
    }

    /// Takes what came back for the last [`Step::Send`].
    pub fn take(&mut self, reply: &Reply) {
        match self.advance(reply) {
            Ok(()) => self.lost = 0,
            Err(failure) if failure.is_uncertain() => {
                self.lost += 1;
                self.stage = match self.stage {
                    Stage::Branch => Stage::BranchDone,
                    Stage::Pull => Stage::PullDone,
                    stage => stage,
                };
                if self.lost > PATIENCE {
                    self.failed = Some(failure);
                }
            }
            Err(failure) => self.failed = Some(failure),
        }
    }

    /// Goes on where it stopped.
    pub fn resume(&mut self) {
        self.failed = None;
        self.lost = 0;
    }

    /// Whether it is written already, up to the pull request.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(self.stage, Stage::Pull | Stage::PullDone | Stage::Done)
    }

    fn branch(&self) -> &str {
        self.target.new_branch().unwrap_or(&self.base)
    }

    fn ask_tree(&self) -> crate::Request {
        let files = self.prepared.files.iter();
        let texts: Vec<(&str, String)> =
            files.filter_map(|file| Some((file.path.as_str(), file.text()?))).collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
        calls::create_tree(&self.repo, &self.prepared.tree, &files).request
    }

    fn advance(&mut self, reply: &Reply) -> Result<(), Failure> {
        let (repo, now) = (&self.repo, self.now);
        match self.stage {
            Stage::Tree => {
                self.tree = read(&calls::create_tree(repo, "", &[]), reply, now)?.sha;
                self.stage = Stage::Commit;
            }
            Stage::Commit => {
                self.commit = read(&calls::create_commit(repo, "", "", ""), reply, now)?.sha;
                self.stage = Stage::Branch;
            }
            Stage::Branch => self.take_branch(reply)?,
            Stage::BranchDone => {
                match read(&calls::compare(repo, &self.commit, self.branch()), reply, now) {
                    Ok(found) if matches!(found.status.as_str(), "identical" | "ahead") => {
                        self.stage = Stage::Pull;
                    }
                    // The branch is there without the commit: once more, which GitHub refuses if it was moved.
                    Ok(_) => self.stage = Stage::Branch,
                    Err(failure) if failure.kind == Kind::NotFound => self.stage = Stage::Branch,
                    Err(failure) => return Err(failure),
                }
            }
            Stage::Pull => {
                let call = calls::create_pull(repo, self.branch(), &self.base, "", "");
                self.pull = Some(read(&call, reply, now)?);
                self.stage = Stage::Done;
            }
            Stage::PullDone => {
                self.pull = read(&calls::pulls(repo, self.branch()), reply, now)?.into_iter().next();
                self.stage = if self.pull.is_some() { Stage::Done } else { Stage::Pull };
            }
            Stage::Done => {}
        }
        Ok(())
    }

    fn take_branch(&mut self, reply: &Reply) -> Result<(), Failure> {
        let (branch, new) = (self.branch(), self.target.new_branch().is_some());
        let call = match new {
            true => calls::create_ref(&self.repo, branch, &self.commit),
            false => calls::update_ref(&self.repo, branch, &self.commit),
        };
        match read(&call, reply, self.now) {
            Ok(_) => self.stage = Stage::Pull,
            Err(failure) if failure.kind == Kind::Invalid && says(reply, "already exists") => {
                let message = format!("There is a branch called {branch} already; choose another name.");
                return Err(Failure { message, ..failure });
            }
            Err(failure) if failure.kind == Kind::Invalid && !new && says(reply, "fast forward") => {
                self.moved = true;
            }
            Err(failure) => return Err(failure),
        }
        Ok(())
    }
}

/// Whether GitHub's own words contain `words`.
fn says(reply: &Reply, words: &str) -> bool {
    matches!(reply, Ok(Answer { body, .. }) if body.replace('-', " ").to_ascii_lowercase().contains(words))
}
