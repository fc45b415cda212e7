//! Creates secrets and variables. A value goes from the field to GitHub, a secret's sealed; it is kept nowhere.

use leptos::prelude::*;
use rand_core::OsRng;
use stepladder_github::calls::{self, Repository, Store};
use stepladder_github::{Call, Failure, Kind, Repo};
use stepladder_workflow::NameKind;

use super::GitHub;

/// A secret or variable that a workflow names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Which of both.
    pub(crate) kind: NameKind,
    /// Its name.
    pub(crate) name: String,
    /// The environments where it may be instead of the repository.
    pub(crate) environments: Vec<String>,
}

impl GitHub {
    /// Whether `wanted` is in `store` already.
    ///
    /// # Errors
    /// Why that cannot be seen.
    pub(crate) async fn has(self, repo: &Repo, store: &Store, wanted: &Wanted) -> Result<bool, Failure> {
        let call = match wanted.kind {
            NameKind::Secret => calls::secret(repo, store, &wanted.name),
            NameKind::Variable => calls::variable(repo, store, &wanted.name),
        };
        match self.send(&call).await {
            Ok(()) => Ok(true),
            Err(failure) if failure.kind == Kind::NotFound => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Gives `wanted` a value in `store`. `known`: it is there already and gets another one.
    ///
    /// # Errors
    /// What went wrong, for the person.
    pub(crate) async fn create(
        self,
        about: &Repository,
        store: &Store,
        wanted: &Wanted,
        value: &str,
        known: bool,
    ) -> Result<(), Failure> {
        let repo = Repo::new(&about.full_name)
            .ok_or(Failure { kind: Kind::NotFound, message: "That is no repository.".to_owned() })?;
        let name = &wanted.name;
        let call: Call<()> = match (wanted.kind, known) {
            (NameKind::Secret, _) => {
                let key = self.send(&calls::public_key(&repo, store)).await?;
                let sealed = key.seal(&mut OsRng, value)?;
                calls::put_secret(&repo, about.id, store, name, &sealed, &key.key_id)
            }
            (NameKind::Variable, false) => calls::create_variable(&repo, about.id, store, name, value),
            (NameKind::Variable, true) => calls::update_variable(&repo, store, name, value),
        };
        self.send(&call).await?;
        self.learn_created(&repo, store, wanted);
        Ok(())
    }

    /// What was created is there from now on, without asking again.
    fn learn_created(self, repo: &Repo, store: &Store, wanted: &Wanted) {
        self.facts.update(|facts| {
            let Some(known) = facts.as_ref().filter(|facts| facts.repo == *repo) else { return };
            let mut known = (**known).clone();
            let of = |(kind, place, _): &(NameKind, Store, _)| *kind == wanted.kind && place == store;
            match known.names.iter_mut().find(|entry| of(entry)) {
                Some((_, _, Ok(names))) => names.push(wanted.name.clone()),
                Some((_, _, seen)) => *seen = Ok(vec![wanted.name.clone()]),
                None => known.names.push((wanted.kind, store.clone(), Ok(vec![wanted.name.clone()]))),
            }
            *facts = Some(known.into());
        });
    }
}
