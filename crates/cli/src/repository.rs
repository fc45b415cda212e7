//! The files around a workflow, as far as it refers to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use stepladder_workflow::Env;

use crate::work;

/// Most files that one workflow may draw in.
const MAX_FILES: usize = 200;

/// Files and folders of repositories, each looked at once however many workflows refer to it.
#[derive(Default)]
pub(crate) struct Seen {
    texts: Mutex<BTreeMap<PathBuf, Option<Arc<str>>>>,
    roots: Mutex<BTreeMap<PathBuf, Option<PathBuf>>>,
}

/// Most files that are kept; a run over more of them reads some twice.
const MAX_SEEN: usize = 1_000;

impl Seen {
    /// The text of a file, if it can be read.
    fn text(&self, path: &Path) -> Option<Arc<str>> {
        if let Some(known) = self.texts.lock().ok().and_then(|texts| texts.get(path).cloned()) {
            return known;
        }
        let text = std::fs::read(path).ok().map(|bytes| Arc::from(work::text_of(bytes)));
        if let Ok(mut texts) = self.texts.lock() {
            if texts.len() >= MAX_SEEN {
                texts.clear();
            }
            texts.insert(path.to_owned(), text.clone());
        }
        text
    }

    /// As [`root_of`], asked once a folder.
    pub(crate) fn root_of(&self, file: &Path) -> Option<PathBuf> {
        let file = std::path::absolute(file).ok()?;
        let folder = file.parent()?;
        if let Some(known) = self.roots.lock().ok().and_then(|roots| roots.get(folder).cloned()) {
            return known;
        }
        let root = root_of(&file);
        if let Ok(mut roots) = self.roots.lock() {
            roots.insert(folder.to_owned(), root.clone());
        }
        root
    }
}

/// The folder that holds `.git` or `.github`, from `file` upwards.
pub(crate) fn root_of(file: &Path) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    file.ancestors()
        .skip(1)
        .find(|folder| folder.join(".git").exists() || folder.join(".github").is_dir())
        .map(Path::to_owned)
}

/// What is known about the world around `file`, whose text is `text`.
pub(crate) fn env_of(file: &Path, text: &str, base: &Env, seen: &Seen) -> Env {
    let mut env = base.clone();
    let root = seen.root_of(file);
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let inside = root.as_ref().and_then(|root| absolute.strip_prefix(root).ok());
    let name = slashes(inside.unwrap_or(file));
    if let Some(root) = root.as_deref() {
        let mut gather = Gather { root, seen, files: BTreeMap::new(), missing: Vec::new() };
        gather.from(&name, text);
        env.files = gather.files;
        env.missing = gather.missing;
    }
    env.file_name = Some(name);
    env
}

fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

struct Gather<'r> {
    root: &'r Path,
    seen: &'r Seen,
    files: BTreeMap<String, Arc<str>>,
    missing: Vec<String>,
}

impl Gather<'_> {
    /// Reads the files that a workflow or an action refers to.
    fn from(&mut self, name: &str, text: &str) {
        let is_action = matches!(name.rsplit('/').next(), Some("action.yml" | "action.yaml"));
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Only `uses` matters in a workflow, so only lines with that word are looked at.
        let lines: &mut dyn Iterator<Item = &str> = if is_action {
            &mut text.lines()
        } else {
            &mut memchr::memmem::find_iter(text.as_bytes(), "uses").map(|at| line_at(text, at))
        };
        for line in lines {
            let Some((key, value)) = line.trim_start().trim_start_matches("- ").split_once(':') else {
                continue;
            };
            let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['\'', '"']);
            match key.trim().trim_matches(['\'', '"']) {
                "uses" => {
                    if let Some(path) = value.strip_prefix("./").or_else(|| value.strip_prefix("$/")) {
                        self.used(&normal(path));
                    }
                }
                "main" | "pre" | "post" | "image" | "entrypoint" | "pre-entrypoint" | "post-entrypoint"
                    if is_action =>
                {
                    let local = !value.is_empty() && !value.contains("://") && !value.contains("${{");
                    let path = normal(&format!("{folder}/{value}"));
                    if local && !value.starts_with('/') && !self.root.join(&path).exists() {
                        self.missing.push(path);
                    }
                }
                _ => {}
            }
        }
    }

    /// A local action's folder, or a reusable workflow.
    fn used(&mut self, path: &str) {
        if self.files.len() >= MAX_FILES {
            return;
        }
        if path.ends_with(".yml") || path.ends_with(".yaml") {
            self.read(path);
            return;
        }
        let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        if !self.read(&inside("action.yml"))
            && !self.read(&inside("action.yaml"))
            && self.root.join(path).is_dir()
        {
            self.missing.push(path.to_owned());
        }
    }

    fn read(&mut self, path: &str) -> bool {
        if self.files.contains_key(path) {
            return true;
        }
        match self.seen.text(&self.root.join(path)) {
            Some(text) => {
                self.files.insert(path.to_owned(), Arc::clone(&text));
                self.from(path, &text);
                true
            }
            None => {
                if !self.missing.iter().any(|known| known == path) {
                    self.missing.push(path.to_owned());
                }
                false
            }
        }
    }
}

/// The line around the byte `at`.
fn line_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |after| at + after);
    &text[start..end]
}

/// Without `.`, `..` and doubled `/`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
