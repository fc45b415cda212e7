use leptos::prelude::*;
use leptos::task::spawn_local;
use stepladder_github::commit::{Base, Done, Draft, Look, Prepared, Step, Target, Write};
use stepladder_github::{Failure, Kind, Method, Repo, Request, calls};
use stepladder_workflow::Analysis;
use stepladder_yaml::TextEdit;

use super::{Commit, Place, Stage, Way};
use crate::github::now;
use crate::github::source::Source;
use crate::session::Origin;
use crate::ui::toast::Tone;
use crate::views::github::description::description;
use crate::{drafts, storage};

impl Commit {
    /// Reads the branch and shows what would change.
    pub(super) fn look(self) {
        self.write.set_value(None);
        self.stage.set(Stage::Waiting("Reading the repository…".to_owned()));
        self.shell.github.refresh();
        spawn_local(async move {
            match self.prepare().await {
                Ok((place, prepared)) => {
                    self.suggest(&place, &prepared);
                    self.place.try_set(Some(place));
                    self.prepared.try_set(Some(prepared));
                    self.stage.try_set(Stage::Review);
                }
                Err(failure) => {
                    self.prepared.try_set(None);
                    self.stage.try_set(Stage::Failed(failure));
                }
            }
        });
    }

    async fn prepare(self) -> Result<(Place, Prepared), Failure> {
        let typed = self.repository.get_untracked();
        let refuse = |message: String| Failure { kind: Kind::Invalid, message };
        let repo = Repo::new(typed.trim())
            .ok_or_else(|| refuse(format!("“{typed}” is no repository; write it as owner/repo.")))?;
        let about = self.shell.github.send(&calls::repository(&repo)).await?;
        if about.archived {
            return Err(refuse(format!(
                "{repo} is archived, so nobody can change it; unarchive it in its settings first."
            )));
        }
        if about.permissions.is_some_and(|rights| !rights.push) {
            return Err(refuse(format!(
                "You may not write to {repo}; fork it on GitHub and commit to the fork."
            )));
        }
        let branch = self.branch.get_untracked().trim().to_owned();
        let branch = if branch.is_empty() { about.default_branch.clone() } else { branch };
        let mut look = Look::new(repo.clone(), branch.clone(), self.drafts(), now());
        loop {
            match look.next() {
                Step::Send(request) => {
                    let reply = self.shell.github.exchange(&request).await;
                    look.take(&reply);
                }
                Step::Done(prepared) => {
                    return Ok((Place { repo, branch, default_branch: about.default_branch }, prepared));
                }
                Step::Failed(failure) => return Err(failure),
                Step::Moved => {}
            }
        }
    }

    /// The document and what goes along, each with the text that the work on it began with.
    fn drafts(self) -> Vec<Draft> {
        let host = self.shell.github.host.with_untracked(|host| host.web.clone());
        let path = untrack(move || self.shell.session.file_path());
        let draft = |path: String, text: &str, original: &str, source: Option<&Source>| {
            let same = source.is_some_and(|source| {
                source.host == host
                    && source.path == path
                    && source.repository.eq_ignore_ascii_case(self.repository.get_untracked().trim())
            });
            let base = if same { Base::Opened(original.to_owned()) } else { Base::New };
            Draft { path, text: text.to_owned(), base }
        };
        let source = self.shell.source.get_untracked();
        let original = self.shell.session.original.get_untracked();
        let mut drafts = vec![draft(path, &self.shell.session.text_untracked(), &original, source.as_ref())];
        let along = self.along.get_untracked();
        for (_, other) in self.others().into_iter().filter(|(id, _)| along.contains(id)) {
            drafts.push(draft(other.file, &other.text, &other.original, other.source.as_ref()));
        }
        drafts
    }

    /// Fills in what the person would write, unless they did already.
    fn suggest(self, place: &Place, prepared: &Prepared) {
        let Some(file) = prepared.files.first() else { return };
        let name = file.path.rsplit('/').next().unwrap_or(&file.path).to_owned();
        if self.message.with_untracked(String::is_empty) {
            let verb = if file.theirs.is_some() { "Update" } else { "Add" };
            self.message.set(match prepared.files.len() {
                1 => format!("{verb} {name}"),
                count => format!("{verb} {name} and {} more", count - 1),
            });
            let to_pull = file.theirs.is_some() && place.branch == place.default_branch;
            self.way.set(if to_pull { Way::Pull } else { Way::Direct });
        }
        if self.new_branch.with_untracked(String::is_empty) {
            let stem = name.split('.').next().unwrap_or("workflow");
            let stem: String =
                stem.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            self.new_branch.set(format!("stepladder/{stem}-{}", now() % 100_000));
        }
        if self.text.with_untracked(String::is_empty) {
            let env = self.shell.session.env.get_untracked();
            let texts = prepared.files.iter().map(|file| {
                let env = stepladder_workflow::Env { file_name: Some(file.path.clone()), ..env.clone() };
                let old = file.theirs.as_deref().map(|text| Analysis::new(text, &env));
                let new = Analysis::new(
                    file.text().unwrap_or_else(|| self.shell.session.text_untracked().to_string()),
                    &env,
                );
                description(&file.path, old.as_ref(), &new)
            });
            self.text.set(texts.collect::<Vec<_>>().join("\n"));
        }
    }

    /// Writes what was shown.
    pub(super) fn write(self) {
        let (Some(place), Some(prepared)) = (self.place.get_untracked(), self.prepared.get_untracked())
        else {
            return;
        };
        let branch = self.new_branch.get_untracked().trim().to_owned();
        let message = self.message.get_untracked().trim().to_owned();
        let target = match self.way.get_untracked() {
            Way::Direct => Target::Branch,
            Way::NewBranch => Target::NewBranch(branch),
            Way::Pull => {
                let title = message.lines().next().unwrap_or_default().to_owned();
                Target::Pull { branch, title, text: self.text.get_untracked() }
            }
        };
        self.write.set_value(Some(Write::new(place.repo, place.branch, prepared, message, target, now())));
        self.go_on();
    }

    /// Tries again what did not work.
    pub(super) fn again(self) {
        if self.write.with_value(Option::is_none) {
            return self.look();
        }
        self.write.update_value(|write| write.iter_mut().for_each(Write::resume));
        self.go_on();
    }

    /// Sends what the machine says, until it says something else.
    fn go_on(self) {
        let (Some(mut write), Some(place), Some(prepared)) =
            (self.write.get_value(), self.place.get_untracked(), self.prepared.get_untracked())
        else {
            return;
        };
        let along = self.along.get_untracked();
        self.stage.set(Stage::Waiting("Writing…".to_owned()));
        // Even when the dialog is closed meanwhile, what has begun is brought to its end.
        spawn_local(async move {
            loop {
                match write.next() {
                    Step::Send(request) => {
                        self.stage.try_set(Stage::Waiting(words(&request)));
                        let reply = self.shell.github.exchange(&request).await;
                        write.take(&reply);
                    }
                    Step::Done(done) => {
                        self.take_over(&done, &place, prepared, &along);
                        if self.stage.try_set(Stage::Done(done)).is_some() {
                            self.shell.session.toaster.show(Tone::Done, "Committed to GitHub.", None);
                        }
                        return;
                    }
                    Step::Failed(failure) => {
                        self.write.try_set_value(Some(write));
                        let message = failure.message.clone();
                        if self.stage.try_set(Stage::Failed(failure)).is_some() {
                            self.shell.session.tell_error(message);
                        }
                        return;
                    }
                    Step::Moved => {
                        if self.stage.is_disposed() {
                            return self.shell.session.tell_error(
                                "Somebody else committed to the branch just now, so nothing was written; commit again to see both changes.",
                            );
                        }
                        self.notice.try_set(Some(
                            "Somebody committed to the branch just now, so nothing was written; look at the changes once more."
                                .to_owned(),
                        ));
                        self.look();
                        return;
                    }
                }
            }
        });
    }

    /// The texts here become what is on GitHub now.
    fn take_over(self, done: &Done, place: &Place, prepared: Prepared, along: &[String]) {
        let session = self.shell.session;
        self.shell.keep_version();
        let host = self.shell.github.host.with_untracked(|host| host.web.clone());
        let source = |path: &str| Source {
            host: host.clone(),
            repository: place.repo.to_string(),
            at: done.branch.clone(),
            path: path.to_owned(),
        };
        let path = untrack(move || session.file_path());
        let others: Vec<_> = self.others().into_iter().filter(|(id, _)| along.contains(id)).collect();
        for file in prepared.files {
            let Some(text) = file.text() else { continue };
            if file.path == path {
                let edit = TextEdit::between(&session.text_untracked(), &text);
                if !edit.is_empty() {
                    session.apply(edit, format!("merge with {}", place.branch), Origin::Command);
                }
                session.original.set(text.into());
                self.shell.source.set(Some(source(&path)));
            } else if let Some((id, draft)) = others.iter().find(|(_, draft)| draft.file == file.path) {
                let text: std::sync::Arc<str> = text.into();
                let source = Some(source(&file.path));
                let saved = storage::now();
                let draft =
                    drafts::Draft { text: text.clone(), original: text, source, saved, ..draft.clone() };
                // A draft that cannot be kept is the older one; it is still what it was.
                self.shell.desk.drafts.put(id, draft, |_| ());
            }
        }
        self.shell.repository.set(place.repo.to_string());
    }
}

/// What is being asked, for the person who waits.
fn words(request: &Request) -> String {
    match request.method {
        Method::Get => format!("Reading {}…", request.subject),
        _ => format!("Asking GitHub {}…", request.subject),
    }
}
