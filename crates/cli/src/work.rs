//! Reading and analysing files, several at a time.

use std::io::Read;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use std::collections::BTreeMap;

use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::{ACTIONLINT_FILES, Analysis, CONFIG_FILES, Config, Env};

use crate::repository;

/// A file that was checked.
pub(crate) struct Checked {
    /// The name as it was given.
    pub(crate) name: String,
    pub(crate) env: Env,
    pub(crate) analysis: Analysis,
}

/// The facts that come with the program.
pub(crate) fn base() -> Env {
    Env {
        catalogue: Some(Arc::new(Catalogue::embedded())),
        payloads: Some(Arc::new(Payloads::embedded())),
        ..Env::default()
    }
}

/// What the files of a repository have in common, read once.
#[derive(Default)]
pub(crate) struct Configs {
    seen: repository::Seen,
    /// Whether one of them has mistakes.
    mistaken: AtomicBool,
    /// Configurations by repository.
    read: Mutex<BTreeMap<PathBuf, Config>>,
}

impl Configs {
    /// Files are read as these texts, where there are such.
    fn reading(texts: &Texts) -> Self {
        Self { seen: repository::Seen::reading(texts), ..Self::default() }
    }

    /// The configuration of the repository in `root`; mistakes in it are told on standard error.
    fn of(&self, root: &Path) -> Config {
        let Ok(mut read) = self.read.lock() else { return Config::default() };
        if let Some(config) = read.get(root) {
            return config.clone();
        }
        let file = CONFIG_FILES.iter().map(|name| root.join(name)).find(|path| path.is_file());
        let (mut config, good) = file.map_or((Config::default(), true), |path| load(&path));
        self.mistaken.fetch_or(!good, Ordering::Relaxed);
        let other = ACTIONLINT_FILES.iter().find_map(|name| std::fs::read_to_string(root.join(name)).ok());
        if let Some(text) = other {
            config.fill_from_actionlint(&text);
        }
        read.insert(root.to_owned(), config.clone());
        config
    }
}

/// Reads a configuration, and whether it is without mistakes; these are told on standard error.
fn load(path: &Path) -> (Config, bool) {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let (config, problems) = Config::parse(&text);
            let good = problems.is_empty();
            let lines = stepladder_yaml::LineIndex::new(&text);
            for problem in problems {
                let at = lines.line_col(&text, problem.range.start);
                eprintln!("stepladder: {}:{}:{}: {}", path.display(), at.line, at.col, problem.message);
            }
            (config, good)
        }
        Err(why) => {
            eprintln!("stepladder: cannot read {}: {why}", path.display());
            (Config::default(), false)
        }
    }
}

/// Analyses one text as the file `name`.
pub(crate) fn analyse(name: &str, text: String, path: &Path, base: &Env, configs: &Configs) -> Checked {
    let (mut env, root) = repository::env_of(path, &text, base, &configs.seen);
    if let Some(root) = root {
        env.config = configs.of(&root);
    }
    Checked { name: name.to_owned(), analysis: Analysis::new(text, &env), env }
}

/// Texts that stand in the place of those of files, where they are fixed but not written yet.
#[derive(Clone, Default)]
pub(crate) struct Texts(BTreeMap<PathBuf, Arc<str>>);

impl Texts {
    fn key(path: &Path) -> PathBuf {
        std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }

    pub(crate) fn insert(&mut self, name: &str, text: &str) {
        self.0.insert(Self::key(Path::new(name)), text.into());
    }

    pub(crate) fn get(&self, path: &Path) -> Option<&Arc<str>> {
        if self.0.is_empty() { None } else { self.0.get(&Self::key(path)) }
    }
}

/// How many files are analysed at a time, unless somebody says otherwise.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Reads and analyses all files, or the `texts` in their place, `jobs` at a time, and makes of each what is wanted, where it was analysed: so an analysis
/// never outlives its turn. `see` gets what was made, in the order of the files and as early as possible. Tells
/// whether a configuration has mistakes.
pub(crate) fn each<T: Send>(
    files: &[String],
    texts: &Texts,
    named: Option<&str>,
    jobs: usize,
    make: impl Fn(&Checked) -> T + Sync,
    mut see: impl FnMut(Result<T, String>),
) -> bool {
    // The program ends when this is done, so that nobody has to take the tables apart.
    let (base, configs) = (ManuallyDrop::new(base()), ManuallyDrop::new(Configs::reading(texts)));
    let work = |name: &str| {
        let path = if name == "-" {
            Path::new(named.unwrap_or(".github/workflows/stdin.yml"))
        } else {
            Path::new(name)
        };
        let shown = if name == "-" { named.unwrap_or(name) } else { name };
        let text = texts.get(Path::new(name)).map(|text| Ok(text.to_string()));
        text.unwrap_or_else(|| read(name)).map(|text| make(&analyse(shown, text, path, &base, &configs)))
    };
    if jobs == 1 || files.len() < 2 {
        files.iter().for_each(|name| see(work(name)));
        return configs.mistaken.load(Ordering::Relaxed);
    }
    let next = AtomicUsize::new(0);
    let threads = jobs.min(files.len().max(1));
    let (send, receive) = std::sync::mpsc::sync_channel(threads * 4);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let send = send.clone();
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                while let Some((at, name)) = take(files, next) {
                    if send.send((at, work(name))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (at, result) in receive {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&due) {
                see(result);
                due += 1;
            }
        }
    });
    configs.mistaken.load(Ordering::Relaxed)
}

fn take<'f>(files: &'f [String], next: &AtomicUsize) -> Option<(usize, &'f str)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    files.get(at).map(|name| (at, name.as_str()))
}

/// A file's text, or standard input; bytes that are not UTF-8 are replaced.
pub(crate) fn read(name: &str) -> Result<String, String> {
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(name)
    };
    bytes.map(text_of).map_err(|why| format!("cannot read {name}: {why}"))
}

/// The text of a file; bytes that are not UTF-8 are replaced.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned())
}
