//! Where own classes are kept: in the browser's IndexedDB, and in a file.

use js_sys::{Array, JSON, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransactionMode,
};

use super::file::{Document, LARGEST};
use super::text;
use crate::language::{Sentence, both};
use crate::share::outlets::{said, save};

const DATABASE: &str = "edgewise";
const STORE: &str = "own-classes";
/// The only entry in the store.
const KEY: &str = "classes";
/// The name of an exported file.
const FILE: &str = "edgewise-classes.json";

/// What is kept, if anything.
///
/// # Errors
/// What the browser says.
pub async fn load() -> Result<Option<Document>, Sentence> {
    let kept = get().await.map_err(|error| not_kept(&error))?;
    if kept.is_undefined() {
        return Ok(None);
    }
    let document = serde_wasm_bindgen::from_value(kept);
    document.map(Some).map_err(|_| both(text::NO_CLASSES))
}

/// Changes what is kept, in one transaction: what another tab keeps meanwhile is not lost.
///
/// # Errors
/// What `change` or the browser says.
pub async fn change(
    change: impl FnOnce(Option<Document>) -> Result<Document, Sentence>,
) -> Result<(), Sentence> {
    let result = async {
        let database = open().await?;
        let transaction =
            database.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
        let store = transaction.object_store(STORE)?;
        // Nothing else may be awaited before the answer is put: the transaction would end.
        let kept = done(&store.get(&KEY.into())?).await?;
        let document = match change(serde_wasm_bindgen::from_value(kept).ok().flatten()) {
            Ok(document) => document,
            Err(sentence) => return Ok(Err(sentence)),
        };
        let value = serde_wasm_bindgen::to_value(&document)?;
        done(&store.put_with_key(&value, &KEY.into())?).await?;
        Ok(Ok(()))
    };
    let result: Result<Result<(), Sentence>, JsValue> = result.await;
    result.map_err(|error| not_kept(&error)).flatten()
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
        save(&blob, FILE)
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

fn not_kept(error: &JsValue) -> Sentence {
    both(|| text::not_kept(&said(error)))
}

async fn get() -> Result<JsValue, JsValue> {
    let database = open().await?;
    let transaction = database.transaction_with_str(STORE)?;
    done(&transaction.object_store(STORE)?.get(&KEY.into())?).await
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?;
    let factory = factory.ok_or_else(|| js_sys::Error::new(text::NO_STORAGE()))?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let upgrade = {
        let request = request.clone();
        Closure::once_into_js(move || {
            if let Ok(database) = request.result() {
                let database: IdbDatabase = database.unchecked_into();
                // Refused only where it is there already.
                let _ = database.create_object_store(STORE);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    Ok(done(&request).await?.unchecked_into())
}

/// Waits until a request is done; its result.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let success = {
            let request = request.clone();
            Closure::once_into_js(move || {
                let result = request.result().unwrap_or(JsValue::UNDEFINED);
                // A function of the promise never throws.
                let _ = resolve.call1(&JsValue::NULL, &result);
            })
        };
        let failure = {
            let request = request.clone();
            Closure::once_into_js(move || {
                let error = request.error().ok().flatten();
                let _ = reject.call1(&JsValue::NULL, &error.into());
            })
        };
        request.set_onsuccess(Some(success.unchecked_ref()));
        request.set_onerror(Some(failure.unchecked_ref()));
    });
    JsFuture::from(promise).await
}
