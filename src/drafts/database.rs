//! The browser's database, as tables of texts by their keys.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::JsValue;

const NAME: &str = "stepladder";

/// A table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Store {
    /// Drafts by their ids.
    Drafts,
    /// Versions of drafts, by id and time.
    Versions,
    /// What GitHub answered to the public.
    Answers,
}

impl Store {
    const ALL: [Self; 3] = [Self::Drafts, Self::Versions, Self::Answers];

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Versions => "versions",
            Self::Answers => "answers",
        }
    }
}

thread_local! {
    /// Opened once.
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

async fn database() -> Result<Rc<Database>, Error> {
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        return Ok(open);
    }
    let mut request = Factory::new()?.open(NAME, Some(1))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        for store in Store::ALL {
            // One that cannot be made fails when it is used.
            let _ = database.create_object_store(store.name(), ObjectStoreParams::new());
        }
    });
    let mut database = request.await?;
    // Another version of the page must not wait for this one.
    database.on_version_change(|_| {
        if let Some(open) = OPEN.with_borrow_mut(Option::take) {
            open.close();
        }
    });
    let database = Rc::new(database);
    OPEN.with_borrow_mut(|open| *open = Some(Rc::clone(&database)));
    Ok(database)
}

/// Keeps a text. `false`: it could not be kept.
pub(crate) async fn put(store: Store, key: &str, value: &str) -> bool {
    let put = async {
        let transaction = database().await?.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        let (key, value) = (JsValue::from_str(key), JsValue::from_str(value));
        transaction.object_store(store.name())?.put(&value, Some(&key))?.await?;
        transaction.commit()?.await
    };
    put.await.is_ok_and(|result| result.is_committed())
}

/// The text of a key.
pub(crate) async fn get(store: Store, key: &str) -> Option<String> {
    let get = async {
        let transaction = database().await?.transaction(&[store.name()], TransactionMode::ReadOnly)?;
        transaction.object_store(store.name())?.get(Query::Key(JsValue::from_str(key)))?.await
    };
    get.await.ok()??.as_string()
}

/// All keys that begin with `prefix`, with their texts, in the order of the keys; `None`: there is no database.
pub(crate) async fn all(store: Store, prefix: &str) -> Option<Vec<(String, String)>> {
    let all = async {
        let range = match prefix {
            "" => None,
            _ => {
                let end = JsValue::from_str(&format!("{prefix}\u{ffff}"));
                Some(KeyRange::bound(&JsValue::from_str(prefix), &end, None, None)?)
            }
        };
        let transaction = database().await?.transaction(&[store.name()], TransactionMode::ReadOnly)?;
        let table = transaction.object_store(store.name())?;
        let keys = table.get_all_keys(range.clone().map(Query::KeyRange), None)?.await?;
        let values = table.get_all(range.map(Query::KeyRange), None)?.await?;
        let texts = keys.into_iter().zip(values);
        Ok::<_, Error>(
            texts.filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?))).collect(),
        )
    };
    all.await.ok()
}

/// Deletes a key.
pub(crate) async fn delete(store: Store, key: &str) {
    let delete = async {
        let transaction = database().await?.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        transaction.object_store(store.name())?.delete(Query::Key(JsValue::from_str(key)))?.await?;
        transaction.commit()?.await
    };
    // What cannot be deleted is there again at the next visit, where it can be seen.
    let _ = delete.await;
}

/// Deletes all of a table.
pub(crate) async fn clear(store: Store) {
    let clear = async {
        let transaction = database().await?.transaction(&[store.name()], TransactionMode::ReadWrite)?;
        transaction.object_store(store.name())?.clear()?.await?;
        transaction.commit()?.await
    };
    let _ = clear.await;
}
