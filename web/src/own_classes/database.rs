//! The browser's IndexedDB, as far as own classes need it.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use super::text;

const DATABASE: &str = "edgewise";
const STORE: &str = "own-classes";

/// The open database, closed with this value once its transactions have ended.
pub struct Database(IdbDatabase);

impl Drop for Database {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Database {
    /// Opens it, and makes it the first time.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn open() -> Result<Self, JsValue> {
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
        Ok(Self(done(&request).await?.unchecked_into()))
    }

    /// Begins a transaction. It ends as soon as anything but its own requests is awaited.
    ///
    /// # Errors
    /// What the browser says.
    pub fn begin(&self, mode: IdbTransactionMode) -> Result<Transaction, JsValue> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, mode)?;
        let store = transaction.object_store(STORE)?;
        Ok(Transaction { transaction, store })
    }
}

/// A transaction on the only store.
pub struct Transaction {
    transaction: IdbTransaction,
    store: IdbObjectStore,
}

impl Transaction {
    /// The value of a key; undefined where there is none.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn get(&self, key: &str) -> Result<JsValue, JsValue> {
        done(&self.store.get(&key.into())?).await
    }

    /// All keys.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn keys(&self) -> Result<Vec<String>, JsValue> {
        let keys = done(&self.store.get_all_keys()?).await?;
        let keys: js_sys::Array = keys.unchecked_into();
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// Sets the value of a key.
    ///
    /// # Errors
    /// What the browser says.
    pub fn put(&self, key: &str, value: &JsValue) -> Result<(), JsValue> {
        self.store.put_with_key(value, &key.into()).map(drop)
    }

    /// Takes a key away.
    ///
    /// # Errors
    /// What the browser says.
    pub fn delete(&self, key: &str) -> Result<(), JsValue> {
        self.store.delete(&key.into()).map(drop)
    }

    /// Waits until all is written. Only then is it: a request may succeed and the transaction still be aborted, for lack of room.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn commit(self) -> Result<(), JsValue> {
        let transaction = self.transaction;
        let promise = Promise::new(&mut |resolve, reject| {
            let failure = {
                let transaction = transaction.clone();
                Closure::once_into_js(move || {
                    // A function of the promise never throws.
                    let _ = reject.call1(&JsValue::NULL, &transaction.error().into());
                })
            };
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(failure.unchecked_ref()));
        });
        JsFuture::from(promise).await.map(drop)
    }
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
