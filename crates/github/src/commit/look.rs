use super::{Reply, Step};
use crate::calls::{self, File, Ref};
use crate::merge::{Choice, Piece, merge, resolve};
use crate::{Call, Failure, Kind, Repo};

/// A file that is to be committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its path in the repository.
    pub path: String,
    /// Its text now.
    pub text: String,
    /// What the work on it began with.
    pub base: Base,
}

/// What the work on a file began with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// The file in the repository, as it was then.
    Opened(String),
    /// Nothing: it was made here.
    New,
}

/// The branch as it is, and what will be written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The last commit of the branch.
    pub head: String,
    /// The files of that commit.
    pub tree: String,
    /// The files that differ from it.
    pub files: Vec<Ready>,
}

/// A file between here and there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Its path in the repository.
    pub path: String,
    /// Its text in the branch; `None`: it is not there.
    pub theirs: Option<String>,
    /// What both make together.
    pub pieces: Vec<Piece>,
    /// One for each conflict among the pieces, as the person decides.
    pub choices: Vec<Option<Choice>>,
    /// Whether somebody changed it since it was opened.
    pub changed_there: bool,
}

impl Ready {
    /// The text to write; `None` while a conflict is open.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        resolve(&self.pieces, &self.choices)
    }
}

impl Prepared {
    /// Whether every conflict is decided and something is left to write.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.files.is_empty() && self.files.iter().all(|file| file.text().is_some())
    }
}

/// Reads the branch and merges.
#[derive(Clone, Debug)]
pub struct Look {
    repo: Repo,
    branch: String,
    drafts: Vec<Draft>,
    head: Option<String>,
    tree: Option<String>,
    /// What was found, in the order of the drafts.
    found: Vec<Option<String>>,
    failed: Option<Failure>,
    now: u64,
}

impl Look {
    /// Looks at `branch` for these files. `now` is the time in seconds since 1970.
    #[must_use]
    pub fn new(repo: Repo, branch: String, drafts: Vec<Draft>, now: u64) -> Self {
        Self { repo, branch, drafts, head: None, tree: None, found: Vec::new(), failed: None, now }
    }

    /// What to do next.
    #[must_use]
    pub fn next(&self) -> Step<Prepared> {
        if let Some(failure) = &self.failed {
            return Step::Failed(failure.clone());
        }
        let Some(head) = &self.head else { return Step::Send(self.ask_branch().request) };
        let Some(tree) = &self.tree else { return Step::Send(calls::git_commit(&self.repo, head).request) };
        match self.drafts.get(self.found.len()) {
            Some(draft) => Step::Send(self.ask_file(head, draft).request),
            None => Step::Done(Prepared { head: head.clone(), tree: tree.clone(), files: self.files() }),
        }
    }

    /// Takes what came back for the last [`Step::Send`].
    pub fn take(&mut self, reply: &Reply) {
        self.failed = self.advance(reply).err();
    }

    /// Goes on after a failure.
    pub fn resume(&mut self) {
        self.failed = None;
    }

    fn advance(&mut self, reply: &Reply) -> Result<(), Failure> {
        let Some(head) = self.head.clone() else {
            self.head = Some(read(&self.ask_branch(), reply, self.now)?.object.sha);
            return Ok(());
        };
        if self.tree.is_none() {
            self.tree = Some(read(&calls::git_commit(&self.repo, &head), reply, self.now)?.tree.sha);
            return Ok(());
        }
        let Some(draft) = self.drafts.get(self.found.len()) else { return Ok(()) };
        let found = match read(&self.ask_file(&head, draft), reply, self.now) {
            Ok(file) => Some(file.text),
            Err(failure) if failure.kind == Kind::NotFound => None,
            Err(failure) => return Err(failure),
        };
        self.found.push(found);
        Ok(())
    }

    fn ask_branch(&self) -> Call<Ref> {
        calls::branch(&self.repo, &self.branch)
    }

    fn ask_file(&self, head: &str, draft: &Draft) -> Call<File> {
        calls::file(&self.repo, &draft.path, head)
    }

    fn files(&self) -> Vec<Ready> {
        self.drafts
            .iter()
            .zip(&self.found)
            .filter_map(|(draft, theirs)| ready(draft, theirs.as_deref()))
            .collect()
    }
}

/// What is to be written of a draft; `None`: nothing.
fn ready(draft: &Draft, theirs: Option<&str>) -> Option<Ready> {
    let ours = draft.text.as_str();
    if theirs == Some(ours) {
        return None;
    }
    // Where somebody made it or took it away there is nothing to merge, and the person decides on the whole.
    let whole = |base: &str, theirs: &str| {
        vec![Piece::Conflict { base: base.to_owned(), ours: ours.to_owned(), theirs: theirs.to_owned() }]
    };
    let (pieces, changed_there) = match (&draft.base, theirs) {
        (Base::New, None) => (vec![Piece::Agreed(ours.to_owned())], false),
        (Base::New, Some(theirs)) => (whole("", theirs), true),
        // It was not changed here, so its end there is no conflict.
        (Base::Opened(base), None) if base == ours => return None,
        (Base::Opened(base), None) => (whole(base, ""), true),
        (Base::Opened(base), Some(theirs)) => (merge(base, ours, theirs), base != theirs),
    };
    let conflicts = pieces.iter().filter(|piece| matches!(piece, Piece::Conflict { .. })).count();
    let ready = Ready {
        path: draft.path.clone(),
        theirs: theirs.map(str::to_owned),
        pieces,
        choices: vec![None; conflicts],
        changed_there,
    };
    // What only they changed leaves nothing to write.
    (ready.text().is_none() || ready.text().as_deref() != theirs).then_some(ready)
}

/// Reads a reply to `call`, which was asked with a token.
pub(super) fn read<T>(call: &Call<T>, reply: &Reply, now: u64) -> Result<T, Failure> {
    match reply {
        Ok(answer) => call.read(answer, now, true),
        Err(lost) => Err(Failure::lost(&call.request, *lost)),
    }
}
