//! Everything that follows from one text.

use std::sync::{Arc, OnceLock};

use stepladder_yaml::{Path, TextRange, Tree};

use crate::model::{Action, Step, Workflow};
use crate::{Env, Finding};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A workflow, in `.github/workflows`.
    Workflow,
    /// An action's metadata, `action.yml` or `action.yaml`.
    Action,
}

/// What follows from a text and the facts from outside.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The text and its YAML.
    pub tree: Tree,
    /// What kind of file it is: by its name, without one by its keys.
    pub kind: FileKind,
    /// The workflow; empty for an action.
    pub workflow: Workflow,
    /// The action; empty for a workflow.
    pub action: Action,
    env: Env,
    /// Runs the rules. It is kept here so that nobody who asks for findings needs to know the rules, which a page may
    /// load later than the views that show what they find.
    judge: fn(&Self) -> Vec<Finding>,
    findings: OnceLock<Vec<Finding>>,
}

impl PartialEq for Analysis {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree && self.kind == other.kind && self.findings() == other.findings()
    }
}

impl Eq for Analysis {}

/// A longer text is not read: GitHub takes nothing near it, and the finding about its size is all there is to say.
const READ_BYTES: usize = 2 * crate::facts::limits::WORKFLOW_FILE_BYTES;

impl Analysis {
    /// Analyses `text`. Pure and total: any text has an analysis, and the same text with the same facts always the
    /// same one.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>, env: &Env) -> Self {
        let text = text.into();
        let file_name = env.file_name.as_deref();
        let (tree, kind) = if text.len() > READ_BYTES {
            let tree = Tree::unread(text);
            let kind = FileKind::of(&tree, file_name);
            (tree, kind)
        } else {
            crate::schema::read(text, file_name)
        };
        let (workflow, action) = match kind {
            FileKind::Workflow => (Workflow::new(&tree), Action::default()),
            FileKind::Action => (Workflow::default(), Action::new(&tree)),
        };
        Self { tree, kind, workflow, action, env: env.clone(), judge, findings: OnceLock::new() }
    }

    /// Problems, sorted by place. The rules run when this is first asked for.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| (self.judge)(self))
    }

    /// [`Self::findings`], when nothing else is wanted.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        let _ = self.findings();
        self.findings.into_inner().unwrap_or_default()
    }

    /// What a page can show before the model has arrived: no text, nothing found. It needs no part of the model.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            tree: Tree::empty(),
            kind: FileKind::Workflow,
            workflow: Workflow::default(),
            action: Action::default(),
            env: Env::default(),
            judge: |_| Vec::new(),
            findings: OnceLock::from(Vec::new()),
        }
    }

    /// The step at `path`, of a job or of a composite action.
    #[must_use]
    pub fn step(&self, path: &Path) -> Option<&Step> {
        let of_jobs = self.workflow.jobs.iter().flat_map(|job| &job.steps);
        of_jobs.chain(&self.action.steps).find(|step| step.path == *path)
    }

    /// The path of the deepest node at `offset`; the root when there is none.
    #[must_use]
    pub fn path_at(&self, offset: u32) -> Path {
        let Some(mut path) = self.tree.node_at(offset).map(|node| node.path()) else { return Path::root() };
        let here = TextRange::empty(offset);
        if let Some(twin) = self.workflow.jobs.iter().find(|job| job.is_twin() && job.range.covers(here))
            && path.steps().len() > 1
        {
            path.0.splice(..2, twin.path.0.iter().cloned());
        }
        path
    }

    /// The secrets and configuration variables that the file names, secrets first, each sorted by name.
    #[must_use]
    pub fn names(&self) -> Vec<crate::names::NameUse> {
        crate::names::names(self)
    }

    /// What the workflow needs from the repository that it runs in.
    #[must_use]
    pub fn requirements(&self) -> crate::requirements::Requirements {
        crate::requirements::requirements(self)
    }

    /// The actions and workflows of its own repository that it names, such as `./setup`.
    #[must_use]
    pub fn local_uses(&self) -> Vec<String> {
        crate::requirements::local_uses(self)
    }
}

impl FileKind {
    /// By the file's name; without one, or with one that tells nothing, by the keys at the root.
    #[must_use]
    pub fn of(tree: &Tree, file_name: Option<&str>) -> Self {
        let name = file_name.map(|path| path.rsplit('/').next().unwrap_or(path));
        match (name, file_name) {
            (Some("action.yml" | "action.yaml"), _) => Self::Action,
            (_, Some(path)) if path.contains(".github/workflows/") => Self::Workflow,
            _ if has(tree, "runs") && !has(tree, "on") && !has(tree, "jobs") => Self::Action,
            _ => Self::Workflow,
        }
    }
}

fn judge(a: &Analysis) -> Vec<Finding> {
    crate::lint::run(&crate::lint::Cx::new(&a.tree, a.kind, &a.workflow, &a.action, &a.env))
}

/// Whether the root has this key, in whatever case: which one it means is only known by what the file is.
fn has(tree: &Tree, key: &str) -> bool {
    let is = |name: &str| name.eq_ignore_ascii_case(key);
    tree.root().is_some_and(|root| root.entries().any(|entry| entry.name().is_some_and(is)))
}
