//! What the words mean that GitHub uses.

/// A word of the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word, as GitHub writes it.
    pub name: &'static str,
    /// What it means, in plain words; parts in backquotes are code.
    pub doc: &'static str,
    /// GitHub's documentation of it.
    pub link: &'static str,
}

/// All words, in the order of the alphabet.
#[must_use]
pub fn glossary() -> &'static [Term] {
    TERMS
}

macro_rules! terms {
    ($($name:literal: $doc:literal, $page:literal;)*) => {
        static TERMS: &[Term] = &[$(Term { name: $name, doc: $doc, link: concat!("https://docs.github.com/en/", $page) }),*];
    };
}

terms! {
    "Action": "A ready-made piece of work that a step uses, such as `actions/checkout`. It lives in a repository of its own, in a folder of yours, or in a container image.", "actions/concepts/workflows-and-actions/custom-actions";
    "Activity type": "What exactly happened in an event: a pull request can be `opened`, `closed` or `labeled`. `types` says which of them count.", "actions/reference/workflows-and-actions/events-that-trigger-workflows";
    "Artifact": "Files that a job keeps after it ends, for other jobs or for people to download. Each job starts on an empty machine, so this is how files travel.", "actions/concepts/workflows-and-actions/workflow-artifacts";
    "Branch": "A line of work in the repository, such as `main`. In `github.ref` it is written `refs/heads/main`.", "get-started/learning-about-github/github-glossary#branch";
    "Cache": "Files that are kept between runs to save time, such as downloaded packages. It may vanish at any time, so nothing may depend on it.", "actions/reference/workflows-and-actions/dependency-caching";
    "Called workflow": "A workflow that another one runs as a job with `uses`. It needs the trigger `workflow_call`.", "actions/how-tos/reuse-automations/reuse-workflows";
    "Composite action": "An action that is made of steps, in a file `action.yml`. It saves writing the same steps in several jobs.", "actions/tutorials/create-actions/create-a-composite-action";
    "Concurrency": "A rule for runs or jobs that must not go at the same time: those of one group wait, or the new one cancels the old.", "actions/concepts/workflows-and-actions/concurrency";
    "Context": "Facts that expressions can read, such as `github` for the event, `matrix` for the variant, and `needs` for the jobs before.", "actions/reference/workflows-and-actions/contexts";
    "Cron": "Five fields that tell when a schedule is due: minute, hour, day of the month, month, day of the week.", "actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule";
    "Default branch": "The branch that the repository shows first, usually `main`. Schedules and many other events only see the workflow file there.", "get-started/learning-about-github/github-glossary#default-branch";
    "Environment": "A place to deploy to, such as `production`, with secrets of its own and rules like a person's approval.", "actions/reference/workflows-and-actions/deployments-and-environments";
    "Environment variable": "A name with a value that programs in steps can read, as `$NAME` in a shell.", "actions/reference/workflows-and-actions/variables";
    "Event": "Something that happens and can start a workflow: a push, a pull request, the clock, a button.", "actions/reference/workflows-and-actions/events-that-trigger-workflows";
    "Expression": "A small formula in `${{ }}` that GitHub replaces by its value. In `if` the braces may be left out.", "actions/reference/workflows-and-actions/expressions";
    "Fork": "Somebody's own copy of the repository. Runs for pull requests from forks get no secrets and a token that only reads.", "get-started/learning-about-github/github-glossary#fork";
    "GITHUB_TOKEN": "A key to the repository that GitHub makes for each job and takes away when it ends. `permissions` says what it may do.", "actions/concepts/security/github_token";
    "Input": "A value that a person, a calling workflow or a step gives: read as `inputs.name`.", "actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs";
    "Job": "Steps that run one after the other on one machine. Jobs run at the same time unless `needs` says otherwise.", "actions/reference/workflows-and-actions/workflow-syntax#jobs";
    "Job summary": "Text in Markdown that a step writes to the file `$GITHUB_STEP_SUMMARY`, shown on the page of the run.", "actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary";
    "Matrix": "Lists of values of which each combination makes one variant of a job, such as every version on every system.", "actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix";
    "Merge queue": "A line in which approved pull requests are tested together before they are merged. It sends the event `merge_group`.", "repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue";
    "OpenID Connect": "A way to sign in to a cloud without a stored password: the job shows a short-lived proof of who it is. It needs `id-token: write`.", "actions/concepts/security/openid-connect";
    "Output": "A text that a step or a job hands to those after it. A step writes `name=value` to the file `$GITHUB_OUTPUT`.", "actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs";
    "Permissions": "What the `GITHUB_TOKEN` may read and write. As soon as one is named, all others are off.", "actions/reference/workflows-and-actions/workflow-syntax#permissions";
    "Pinning": "Naming an action by its full commit, so that nobody can change afterwards what runs.", "actions/reference/security/secure-use";
    "Pull request": "A proposal to merge one branch into another. The workflow sees it as if it were merged already.", "get-started/learning-about-github/github-glossary#pull-request";
    "Ref": "The full name of a branch or tag: `refs/heads/main`, `refs/tags/v1`.", "get-started/learning-about-github/github-glossary";
    "Run": "One time that a workflow goes, from its event to the end of its jobs.", "actions/concepts/workflows-and-actions/workflows";
    "Runner": "The machine that a job runs on: a fresh one of GitHub's, or one of your own.", "actions/reference/runners/github-hosted-runners";
    "SHA": "The name of one commit: 40 digits and letters that nobody can move to another commit.", "get-started/learning-about-github/github-glossary";
    "Secret": "A value that nobody can read back, such as a password. It is created under Settings → Secrets and variables → Actions, and read as `secrets.NAME`.", "actions/concepts/security/secrets";
    "Self-hosted runner": "A machine of your own that takes jobs, as for a GPU or a private network. Do not let strangers' pull requests run on it.", "actions/concepts/runners/self-hosted-runners";
    "Service container": "A program beside the job, such as a database, that its steps can reach while the job runs.", "actions/concepts/workflows-and-actions/service-containers";
    "Status function": "`success()`, `failure()`, `cancelled()` and `always()` ask how the run went so far. A condition without one also asks for success.", "actions/reference/workflows-and-actions/expressions#status-check-functions";
    "Step": "One thing that a job does: it runs a script with `run`, or an action with `uses`.", "actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsteps";
    "Tag": "A name for one commit, such as `v1.2.0`. In `github.ref` it is written `refs/tags/v1.2.0`.", "get-started/learning-about-github/github-glossary";
    "Trigger": "An event under `on`, with the filters that say which of its kind count.", "actions/reference/workflows-and-actions/workflow-syntax#on";
    "Variable": "A value that is no secret, set under Settings → Secrets and variables → Actions and read as `vars.NAME`.", "actions/reference/workflows-and-actions/variables";
    "Workflow": "A file in `.github/workflows` that says when something happens and which jobs then run.", "actions/concepts/workflows-and-actions/workflows";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_end_in_a_full_stop() {
        for pair in TERMS.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} before {}", pair[0].name, pair[1].name);
        }
        for term in TERMS {
            assert!(term.doc.ends_with('.') && term.doc.matches('`').count() % 2 == 0, "{}", term.name);
        }
    }
}
