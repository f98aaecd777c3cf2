//! What is stored of own classes, by site and network, and what is never lost of it.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::*;

/// Does something with the store of the classes, in JavaScript: `store` is the object store, `entries` what is in it by key.
async fn in_store(code: &str) -> JsValue {
    let body = format!(
        "return new Promise((resolve) => {{
          const opened = indexedDB.open('edgewise', 1);
          opened.onsuccess = () => {{
            const database = opened.result;
            const transaction = database.transaction('own-classes', 'readwrite');
            const store = transaction.objectStore('own-classes');
            const [keys, values] = [store.getAllKeys(), store.getAll()];
            let result;
            values.onsuccess = () => {{
              const entries = Object.fromEntries(keys.result.map((key, index) => [key, values.result[index]]));
              result = (() => {{ {code} }})();
            }};
            transaction.oncomplete = () => {{ database.close(); resolve(result); }};
          }};
        }})"
    );
    let promise = Function::new_no_args(&body).call0(&JsValue::NULL).unwrap();
    let promise: Promise = promise.unchecked_into();
    JsFuture::from(promise).await.unwrap()
}

/// The keys in the store, in order.
async fn keys() -> String {
    let keys = in_store("return Object.keys(entries).sort().join()").await;
    keys.as_string().unwrap()
}

/// A class in a store that had nothing.
async fn keep(weights: &'static str, name: &str) {
    let sheet = Sheet::new();
    let _part = part(sheet, weights).await;
    sheet.teach(name).await;
    settle().await;
}

async fn empty() {
    in_store("store.clear()").await;
}

async fn until_there(name: &str) {
    let class = format!("[data-name='{name}']");
    until("the class is there", || find(&class).is_some()).await;
}

#[wasm_bindgen_test]
async fn the_classes_of_each_network_are_kept_by_themselves() {
    // The store is made by the first who opens it.
    drop(part(Sheet::new(), "weights/one").await);
    settle().await;
    empty().await;
    keep("weights/one", "star").await;
    {
        let sheet = Sheet::new();
        let _part = part(sheet, "weights/another").await;
        until("it is said", || text("#own-said").contains("other weights")).await;
        assert!(find(".own-class").is_none());
        sheet.teach("tree").await;
        settle().await;
    }
    {
        let _part = part(Sheet::new(), "weights/one").await;
        until_there("star").await;
        assert!(find("[data-name=tree]").is_none());
    }
    let _part = part(Sheet::new(), "weights/another").await;
    until_there("tree").await;
    assert_eq!(text("#own-said"), "");
    empty().await;
}

#[wasm_bindgen_test]
async fn a_site_below_another_path_has_classes_of_its_own() {
    drop(part(Sheet::new(), "weights/one").await);
    settle().await;
    empty().await;
    keep("weights/one", "star").await;
    assert_eq!(keys().await, "/ one");
    in_store("store.put(entries['/ one'], '/elsewhere/ one'); store.delete('/ one')").await;
    {
        let _part = part(Sheet::new(), "weights/one").await;
        settle().await;
        assert!(find(".own-class").is_none());
        assert_eq!(text("#own-said"), "");
    }
    empty().await;
}

#[wasm_bindgen_test]
async fn what_an_earlier_version_kept_is_found_and_moved_with_the_next_change() {
    drop(part(Sheet::new(), "weights/one").await);
    settle().await;
    empty().await;
    keep("weights/one", "star").await;
    in_store("store.put(entries['/ one'], 'classes'); store.delete('/ one')").await;
    {
        let _part = part(Sheet::new(), "weights/another").await;
        until("it is said", || text("#own-said").contains("other weights")).await;
    }
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    until_there("star").await;
    assert_eq!(keys().await, "classes");
    sheet.teach("moon").await;
    settle().await;
    assert_eq!(keys().await, "/ one");
    assert!(find("[data-name=star]").is_some() && find("[data-name=moon]").is_some());
    empty().await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_left_as_it_is() {
    drop(part(Sheet::new(), "weights/one").await);
    settle().await;
    empty().await;
    keep("weights/one", "star").await;
    for (change, told) in [
        (
            "{ ...entries['/ one'], version: 2 }",
            "come from a newer version of Edgewise",
        ),
        (
            "{ ...entries['/ one'], classes: 7 }",
            "cannot be read and are left as they are",
        ),
    ] {
        in_store(&format!("store.put({change}, '/ one')")).await;
        let before = in_store("return JSON.stringify(entries)").await;
        let sheet = Sheet::new();
        let _part = part(sheet, "weights/one").await;
        until("it is said", || text("#own-said").contains(told)).await;
        sheet.teach("moon").await;
        until("it is said again", || text("#own-said").contains(told)).await;
        assert!(find("[data-name=moon]").is_some());
        assert_eq!(in_store("return JSON.stringify(entries)").await, before);
    }
    empty().await;
}

#[wasm_bindgen_test]
async fn a_storage_that_the_browser_refuses_is_said() {
    js_sys::eval(
        "globalThis.realOpen = IDBFactory.prototype.open;
        IDBFactory.prototype.open = () => { throw new Error('Denied.'); };",
    )
    .unwrap();
    let _part = part(Sheet::new(), "weights/one").await;
    until("it is said", || !text("#own-said").is_empty()).await;
    js_sys::eval("IDBFactory.prototype.open = realOpen").unwrap();
    assert_eq!(
        text("#own-said"),
        "The browser could not read its storage: Denied. Export new classes to keep them."
    );
}

#[wasm_bindgen_test]
async fn a_class_whose_writing_is_aborted_is_said_not_to_be_stored_and_stored_with_the_next() {
    let sheet = Sheet::new();
    let _part = part(sheet, "weights/one").await;
    settle().await;
    empty().await;
    js_sys::eval(
        "globalThis.realPut = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...all) {
          const request = realPut.call(this, ...all);
          request.addEventListener('success', () => this.transaction.abort());
          return request;
        };",
    )
    .unwrap();
    sheet.teach("star").await;
    until("it is said", || {
        text("#own-said").starts_with("The browser could not store your classes")
    })
    .await;
    js_sys::eval("IDBObjectStore.prototype.put = realPut").unwrap();
    assert_eq!(keys().await, "");
    sheet.teach("moon").await;
    settle().await;
    let stored = in_store("return entries['/ one'].classes.map((one) => one.name).join()").await;
    assert_eq!(stored.as_string().as_deref(), Some("star,moon"));
    empty().await;
}

#[wasm_bindgen_test]
async fn classes_are_checked_against_the_names_of_the_weights_once_those_have_come() {
    drop(part(Sheet::new(), "weights/shapes").await);
    settle().await;
    empty().await;
    let names = RwSignal::new(None);
    let mounted = async |sheet: Sheet| {
        let page = stage::mount(move || {
            let names = Memo::new(move |_| names.get());
            Shelf::provide(
                sheet.history,
                names,
                sheet.features.into(),
                "weights/shapes",
            );
            view! { <OwnClasses /> }
        })
        .await;
        click("#own-classes summary").await;
        page
    };
    let shapes = ClassNames::new(["circle", "square"].map(String::from).to_vec()).unwrap();
    names.set(Some(shapes.clone()));
    {
        let sheet = Sheet::new();
        let _part = mounted(sheet).await;
        sheet.teach("cat").await;
        settle().await;
    }
    names.set(None);
    let _part = mounted(Sheet::new()).await;
    settle().await;
    assert_eq!(text("#own-said"), "");
    names.set(Some(shapes));
    until_there("cat").await;
    empty().await;
}
