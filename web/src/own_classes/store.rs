//! Where own classes are kept: in the browser's IndexedDB, and in a file.
//!
//! IndexedDB belongs to all sites of an origin, such as two under different paths, and a site may be used with several networks.
//! Each path and network has an entry of its own.

use js_sys::{Array, JSON};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, IdbTransactionMode};

use super::database::{Database, Transaction};
use super::file::{Document, LARGEST};
use super::text;
use crate::download::download;
use crate::kept::folder;
use crate::language::{Sentence, both};
use crate::share::outlets::said;

/// The only entry of earlier versions of the page.
const OLD_KEY: &str = "classes";
/// The name of an exported file.
const FILE: &str = "edgewise-classes.json";

/// Where the classes for a network are kept.
#[derive(Clone, Debug)]
pub struct Place {
    /// The path at which the site lies, with a space at its end: in a path a space is written as `%20`.
    path: String,
    network: String,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// Classes for other networks alone.
    Others,
    /// Classes for this network.
    Document(Document),
}

/// An entry as it was found.
struct Entry {
    kept: Kept,
    is_old: bool,
}

impl Place {
    /// That of the site that this page belongs to.
    pub fn of(network: &str) -> Self {
        Self {
            path: folder() + " ",
            network: network.into(),
        }
    }

    fn key(&self) -> String {
        format!("{}{}", self.path, self.network)
    }

    async fn find(&self, transaction: &Transaction) -> Result<Result<Entry, Sentence>, JsValue> {
        let is_old = false;
        let value = transaction.get(&self.key()).await?;
        if !value.is_undefined() {
            let document = serde_wasm_bindgen::from_value(value).map(Kept::Document);
            let entry = document.map(|kept| Entry { kept, is_old });
            return Ok(entry.map_err(|_| both(text::UNREADABLE)));
        }
        let value = transaction.get(OLD_KEY).await?;
        let old: Option<Document> = serde_wasm_bindgen::from_value(value).ok();
        let has_old = old.is_some();
        if let Some(old) = old.filter(|old| old.network() == self.network) {
            return Ok(Ok(Entry {
                kept: Kept::Document(old),
                is_old: true,
            }));
        }
        let keys = transaction.keys().await?;
        let has_others = has_old || keys.iter().any(|key| key.starts_with(&self.path));
        let kept = match has_others {
            true => Kept::Others,
            false => Kept::Nothing,
        };
        Ok(Ok(Entry { kept, is_old }))
    }
}

/// What is kept at a place.
///
/// # Errors
/// What the browser says, or that what is kept cannot be read.
pub async fn load(place: &Place) -> Result<Kept, Sentence> {
    let result = async {
        let database = Database::open().await?;
        let transaction = database.begin(IdbTransactionMode::Readonly)?;
        place.find(&transaction).await
    };
    let result: Result<Result<Entry, Sentence>, JsValue> = result.await;
    let entry = result
        .map_err(|error| both(|| text::not_loaded(&said(&error))))
        .flatten()?;
    Ok(entry.kept)
}

/// Changes what is kept at a place, in one transaction: what another tab keeps meanwhile is not lost.
///
/// # Errors
/// What `change` or the browser says, or that what is kept cannot be read: then it stays.
pub async fn change(
    place: &Place,
    change: impl FnOnce(Option<Document>) -> Result<Document, Sentence>,
) -> Result<(), Sentence> {
    let result = async {
        let database = Database::open().await?;
        let transaction = database.begin(IdbTransactionMode::Readwrite)?;
        let Entry { kept, is_old } = match place.find(&transaction).await? {
            Ok(entry) => entry,
            Err(sentence) => return Ok(Err(sentence)),
        };
        let kept = match kept {
            Kept::Document(document) => Some(document),
            Kept::Nothing | Kept::Others => None,
        };
        let document = match change(kept) {
            Ok(document) => document,
            Err(sentence) => return Ok(Err(sentence)),
        };
        transaction.put(&place.key(), &serde_wasm_bindgen::to_value(&document)?)?;
        if is_old {
            transaction.delete(OLD_KEY)?;
        }
        transaction.commit().await.map(Ok)
    };
    let result: Result<Result<(), Sentence>, JsValue> = result.await;
    result
        .map_err(|error| both(|| text::not_kept(&said(&error))))
        .flatten()
}

/// Saves a document as a file.
///
/// # Errors
/// What the browser says.
pub fn export(document: &Document) -> Result<(), Sentence> {
    let result = || {
        let value = serde_wasm_bindgen::to_value(document)?;
        let options = BlobPropertyBag::new();
        options.set_type("application/json");
        let text = JSON::stringify(&value)?;
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text), &options)?;
        download(&blob, FILE)
    };
    result().map_err(|error: JsValue| both(|| text::not_exported(&said(&error))))
}

/// The document in a file.
///
/// # Errors
/// Where it is none.
pub async fn import(file: File) -> Result<Document, Sentence> {
    if file.size() > LARGEST as f64 {
        return Err(both(text::NO_CLASSES));
    }
    let read = async {
        let text = JsFuture::from(file.text()).await?;
        let value = JSON::parse(&text.as_string().unwrap_or_default())?;
        Ok(serde_wasm_bindgen::from_value(value)?)
    };
    let read: Result<Document, JsValue> = read.await;
    read.map_err(|_| both(text::NO_CLASSES))
}
