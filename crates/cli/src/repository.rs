//! The files around a workflow, as far as it refers to them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use stepladder_workflow::Env;

use crate::work::{self, Texts};

/// Most files that one workflow may draw in.
const MAX_FILES: usize = 200;

/// Files and folders of repositories, each looked at once however many workflows refer to it. The names are compared byte
/// by byte, which is quicker than as paths.
#[derive(Default)]
pub(crate) struct Seen {
    texts: Texts,
    files: Mutex<BTreeMap<OsString, Option<Arc<File>>>>,
    roots: Mutex<BTreeMap<OsString, Option<PathBuf>>>,
}

/// Most files that are kept; a run over more of them reads some twice.
const MAX_SEEN: usize = 1_000;

impl Seen {
    /// Files are read as these texts, where there are such.
    pub(crate) fn reading(texts: &Texts) -> Self {
        Self { texts: texts.clone(), ..Self::default() }
    }

    /// The file of that name in a repository, if it can be read.
    fn file(&self, root: &Path, name: &str) -> Option<Arc<File>> {
        let path = root.join(name).into_os_string();
        if let Some(known) = self.files.lock().ok().and_then(|files| files.get(&path).cloned()) {
            return known;
        }
        let given = self.texts.get(Path::new(&path)).cloned();
        let text = given.or_else(|| std::fs::read(&path).ok().map(|bytes| work::text_of(bytes).into()));
        let file = text.map(|text| Arc::new(File { refers: Refers::of(root, name, &text), text }));
        if let Ok(mut files) = self.files.lock() {
            if files.len() >= MAX_SEEN {
                files.clear();
            }
            files.insert(path, file.clone());
        }
        file
    }

    /// As [`root_of`], asked once a folder.
    fn root_of(&self, file: &Path) -> Option<PathBuf> {
        let folder = file.parent()?.as_os_str();
        if let Some(known) = self.roots.lock().ok().and_then(|roots| roots.get(folder).cloned()) {
            return known;
        }
        let root = root_of(file);
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

/// What is known about the world around `file`, whose text is `text`, and the repository that it is in.
pub(crate) fn env_of(file: &Path, text: &str, base: &Env, seen: &Seen) -> (Env, Option<PathBuf>) {
    let mut env = base.clone();
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let root = seen.root_of(&absolute);
    let inside = root.as_ref().and_then(|root| absolute.strip_prefix(root).ok());
    let name = slashes(inside.unwrap_or(file));
    if let Some(root) = root.as_deref() {
        let mut gather = Gather { root, seen, files: BTreeMap::new(), missing: Vec::new() };
        gather.follow(&Refers::of(root, &name, text));
        env.files = gather.files;
        env.missing = gather.missing;
    }
    env.file_name = Some(name);
    (env, root)
}

fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A file of a repository.
struct File {
    text: Arc<str>,
    refers: Refers,
}

/// What a workflow or an action refers to in its repository.
#[derive(Default)]
struct Refers {
    /// Workflows and folders of actions.
    used: Vec<String>,
    /// Files of an action that are not there.
    missing: Vec<String>,
}

impl Refers {
    /// What the file `name` with this text refers to.
    fn of(root: &Path, name: &str, text: &str) -> Self {
        let mut refers = Self::default();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        if matches!(name.rsplit('/').next(), Some("action.yml" | "action.yaml")) {
            text.lines().for_each(|line| refers.pieces(line, Some((root, folder))));
        } else {
            // Only `uses` matters in a workflow, so only lines with that word are looked at.
            let lines = memchr::memmem::find_iter(text.as_bytes(), "uses").map(|at| line_at(text, at));
            lines.for_each(|line| refers.pieces(line, None));
        }
        refers
    }

    /// Reads a line, and what stands in it in flow style, as in `runs: {using: node24, main: index.js}`. A piece too many
    /// is a file too many that is looked for, and nothing else.
    fn pieces(&mut self, line: &str, action: Option<(&Path, &str)>) {
        const MARKS: [char; 5] = ['{', '}', '[', ']', ','];
        self.read(line, action);
        if line.contains(MARKS) {
            line.split(MARKS).for_each(|piece| self.read(piece, action));
        }
    }

    /// Reads a line, of an action in this folder of a repository, or of a workflow.
    fn read(&mut self, line: &str, action: Option<(&Path, &str)>) {
        let Some((key, value)) = line.split_once(':') else { return };
        match (key.trim_start().trim_start_matches("- ").trim().trim_matches(QUOTES), action) {
            ("uses", _) => {
                let path = local(value).map(normal).filter(|path| !self.used.contains(path));
                self.used.extend(path);
            }
            (
                "main" | "pre" | "post" | "image" | "entrypoint" | "pre-entrypoint" | "post-entrypoint",
                Some((root, folder)),
            ) => {
                let value = before_comment(value).trim().trim_matches(QUOTES);
                let local = !value.is_empty() && !value.contains("://") && !value.contains("${{");
                let path = normal(&format!("{folder}/{value}"));
                if local && !value.starts_with('/') && !root.join(&path).exists() {
                    self.missing.push(path);
                }
            }
            _ => {}
        }
    }
}

/// The path in the repository that a `uses` names.
fn local(value: &str) -> Option<&str> {
    let value = value.trim_start().trim_start_matches(QUOTES);
    // Without a version and a `./` it is a slip, and what is meant may be there.
    let slip = || Some(value).filter(|value| value.contains('/') && !value.contains(['@', ':', '$']));
    let path = value.strip_prefix("./").or_else(|| value.strip_prefix("$/")).or_else(slip)?;
    Some(before_comment(path).trim_end().trim_end_matches(QUOTES))
}

fn before_comment(value: &str) -> &str {
    value.split(" #").next().unwrap_or_default()
}

const QUOTES: [char; 2] = ['\'', '"'];

struct Gather<'r> {
    root: &'r Path,
    seen: &'r Seen,
    files: BTreeMap<String, Arc<str>>,
    missing: Vec<String>,
}

impl Gather<'_> {
    /// Reads the files that a workflow or an action refers to, and those that they refer to.
    fn follow(&mut self, refers: &Refers) {
        self.missing.extend_from_slice(&refers.missing);
        refers.used.iter().for_each(|path| self.used(path));
    }

    /// A local action's folder, or a reusable workflow.
    fn used(&mut self, path: &str) {
        if self.files.len() >= MAX_FILES {
            return;
        }
        if path.ends_with(".yml") || path.ends_with(".yaml") {
            if !self.read(path) {
                self.neighbours(path);
            }
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

    /// The other workflows in the folder of one that is not there: its name may be a slip.
    fn neighbours(&mut self, path: &str) {
        let Some((folder, _)) = path.rsplit_once('/') else { return };
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else { return };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(".yml") || name.ends_with(".yaml"))
            .collect();
        names.sort();
        for name in names {
            let file = format!("{folder}/{name}");
            if self.files.len() < MAX_FILES
                && let Some(known) = self.seen.file(self.root, &file)
            {
                self.files.entry(file).or_insert_with(|| Arc::clone(&known.text));
            }
        }
    }

    fn read(&mut self, path: &str) -> bool {
        if self.files.contains_key(path) {
            return true;
        }
        match self.seen.file(self.root, path) {
            Some(file) => {
                self.files.insert(path.to_owned(), Arc::clone(&file.text));
                self.follow(&file.refers);
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Refers;

    #[test]
    fn flow_style_refers_as_well() {
        let nowhere = Path::new("/nowhere");
        let action = "runs: {using: node24, main: index.js, 'post': \"dist/end.js\"}\n";
        assert_eq!(Refers::of(nowhere, "a/action.yml", action).missing, ["a/index.js", "a/dist/end.js"]);
        let workflow = "    steps: [{uses: ./one}, {name: x, uses: './two'}]\n      - uses: ./three\n";
        assert_eq!(Refers::of(nowhere, ".github/workflows/x.yml", workflow).used, ["one", "two", "three"]);
    }
}
