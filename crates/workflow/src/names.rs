//! The secrets and configuration variables that a file names, and where.

use stepladder_yaml::{Kind, Path, Step, TextRange};

use crate::{Analysis, expr};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// `secrets.NAME`
    Secret,
    /// `vars.NAME`
    Variable,
}

/// A secret or a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// Which of both.
    pub kind: NameKind,
    /// The name as it is written first; GitHub does not regard case.
    pub name: String,
    /// Every place, in the order of the text.
    pub uses: Vec<NameAt>,
}

/// A place that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAt {
    /// The bytes of the name.
    pub range: TextRange,
    /// The value that it stands in.
    pub path: Path,
    /// The job that reads it; `None` outside of all jobs.
    pub job: Option<String>,
    /// The job's environment, whose secrets and variables come before the repository's. `None` also where the value is
    /// read before the job has one: for its condition, its matrix and its runner.
    pub environment: Option<String>,
}

/// See [`Analysis::names`].
pub(crate) fn names(analysis: &Analysis) -> Vec<NameUse> {
    let mut found: Vec<NameUse> = Vec::new();
    let Some(root) = analysis.tree.root() else { return found };
    for node in root.descendants().filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let Some(value) = node.as_str() else { continue };
        let is_condition = node.key().is_some_and(|key| key.as_str() == Some("if"));
        for inner in expr::expressions(value, is_condition) {
            let Some(ast) = value.get(inner.to_usize()).and_then(|source| expr::parse(source).ast) else {
                continue;
            };
            for used in expr::used(&ast) {
                let kind = match () {
                    () if used.root.is("secrets") => NameKind::Secret,
                    () if used.root.is("vars") => NameKind::Variable,
                    () => continue,
                };
                let Some((name, range)) = used.first() else { continue };
                let place = |at: u32| node.offset_of((inner.start + at) as usize);
                let range = TextRange::new(place(range.start), place(range.end));
                let at = name_at(analysis, range, node.path());
                match found.iter_mut().find(|n| n.kind == kind && n.name.eq_ignore_ascii_case(name)) {
                    Some(known) => known.uses.push(at),
                    None => found.push(NameUse { kind, name: name.to_owned(), uses: vec![at] }),
                }
            }
        }
    }
    found.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    found
}

/// The values in whose expressions something fits `reads`.
fn values(analysis: &Analysis, reads: impl Fn(&expr::Used<'_>) -> bool) -> Vec<Path> {
    let mut found = Vec::new();
    let Some(root) = analysis.tree.root() else { return found };
    for node in root.descendants().filter(|node| node.kind() == Kind::Scalar && !node.is_key()) {
        let Some(value) = node.as_str() else { continue };
        let is_condition = node.key().is_some_and(|key| key.as_str() == Some("if"));
        let sources = expr::expressions(value, is_condition).into_iter();
        let is_read = sources
            .filter_map(|inner| expr::parse(value.get(inner.to_usize())?).ast)
            .any(|ast| expr::used(&ast).iter().any(&reads));
        if is_read {
            found.push(node.path());
        }
    }
    found
}

/// The values that read the token of the run as `github.token`, which is the same as `secrets.GITHUB_TOKEN`.
#[must_use]
pub fn reads_of_token(analysis: &Analysis) -> Vec<Path> {
    values(analysis, |used| {
        used.root.is("github") && used.first().is_some_and(|(name, _)| name.eq_ignore_ascii_case("token"))
    })
}

/// The values that read every secret there is: `toJSON(secrets)`, `secrets[matrix.name]`, and `secrets: inherit`.
#[must_use]
pub fn reads_of_all_secrets(analysis: &Analysis) -> Vec<Path> {
    let mut found = values(analysis, |used| used.root.is("secrets") && used.first().is_none());
    let calls = analysis.workflow.jobs.iter().filter(|job| job.uses.is_some());
    let secrets = calls.map(|job| job.path.child("secrets"));
    found.extend(secrets.filter(|path| {
        analysis.tree.at(path).is_some_and(|node| node.resolve().as_str() == Some("inherit"))
    }));
    found
}

/// Whether the value at `path` is read before its job has an environment.
fn is_before_environment(path: &Path) -> bool {
    let key = |at: usize| match path.steps().get(at) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match key(2) {
        "if" | "name" | "runs-on" | "strategy" | "concurrency" => true,
        "environment" => key(3) != "url",
        _ => false,
    }
}

fn name_at(analysis: &Analysis, range: TextRange, path: Path) -> NameAt {
    let job = match path.steps() {
        [Step::Key(jobs), Step::Key(id), ..] if jobs == "jobs" => analysis.workflow.job(id),
        _ => None,
    };
    let own = job.filter(|_| !is_before_environment(&path));
    let environment =
        own.and_then(|job| job.environment.as_ref()?.name.as_ref()).map(|name| name.value.clone());
    NameAt { range, path, job: job.map(|job| job.id.value.clone()), environment }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;

    #[test]
    fn the_token_of_the_run_is_read_as_a_secret_or_of_github() {
        let text = "\
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    env:
      ONE: ${{ github.token }}
      TWO: ${{ secrets.GITHUB_TOKEN }}
      THREE: ${{ github['TOKEN'] }} ${{ github.actor }}
    steps:
      - run: echo github.token
";
        let analysis = Analysis::new(text, &Env::default());
        let found: Vec<String> = reads_of_token(&analysis).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["jobs.a.env.ONE", "jobs.a.env.THREE"]);
    }

    #[test]
    fn names_are_found_wherever_expressions_stand() {
        let text = "\
on: push
env:
  TOKEN: ${{ secrets.API_KEY }}
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: prod
    if: vars.ENABLED == 'yes'
    steps:
      - run: |
          curl -H \"${{ secrets['api_key'] }}\" ${{ vars.URL }}
";
        let analysis = Analysis::new(text, &Env::default());
        let names = analysis.names();
        let short: Vec<_> = names.iter().map(|n| (n.kind, n.name.as_str(), n.uses.len())).collect();
        assert_eq!(
            short,
            [
                (NameKind::Secret, "API_KEY", 2),
                (NameKind::Variable, "ENABLED", 1),
                (NameKind::Variable, "URL", 1)
            ]
        );
        let inner = &names[0].uses[1];
        assert_eq!(analysis.tree.slice(inner.range), "api_key");
        assert_eq!(inner.job.as_deref(), Some("deploy"));
        assert_eq!(inner.environment.as_deref(), Some("prod"));
        assert_eq!(inner.path.to_string(), "jobs.deploy.steps[0].run");
    }

    #[test]
    fn the_runner_is_chosen_before_there_is_an_environment() {
        let text = "jobs:\n  a:\n    runs-on: ${{ vars.RUNNER }}\n    environment: prod\n    env: {A: '${{ vars.REGION }}'}\n";
        let analysis = Analysis::new(text, &Env::default());
        let of = |at: usize| analysis.names()[at].uses[0].environment.clone();
        assert_eq!((of(0).as_deref(), of(1)), (Some("prod"), None));
    }

    #[test]
    fn who_reads_all_secrets_is_found() {
        let text = "jobs:\n  a:\n    steps:\n      - run: echo '${{ toJSON(secrets) }}'\n      - run: echo ${{ secrets[matrix.x] }}\n      \
                    - run: echo ${{ secrets.A }} ${{ secrets['B'] }}\n  b: {uses: ./x.yml, secrets: inherit}\n";
        let analysis = Analysis::new(text, &Env::default());
        let found: Vec<String> = reads_of_all_secrets(&analysis).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["jobs.a.steps[0].run", "jobs.a.steps[1].run", "jobs.b.secrets"]);
    }
}
