//! Where the browser can put a link or a picture: the clipboard, a file, another program.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ClipboardItem, File, FilePropertyBag, HtmlCanvasElement, ShareData};

use crate::text;

/// The type of every picture.
const PNG: &str = "image/png";

/// What is handed to another program.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// What it is about.
    pub title: String,
    /// The link, where there is one.
    pub link: Option<String>,
    /// The picture as a PNG, where the browser made one.
    pub picture: Option<Blob>,
    /// The picture's file name.
    pub file: &'static str,
}

/// Whether the browser can hand something to another program.
pub fn can_send() -> bool {
    has(&window().navigator(), "share")
}

/// Whether the browser can copy text. Without a secure connection it cannot.
pub fn can_copy() -> bool {
    has(&window().navigator(), "clipboard")
}

/// Whether the browser can copy pictures.
pub fn can_copy_pictures() -> bool {
    can_copy() && has(&window(), "ClipboardItem")
}

/// Hands a letter to another program, with the picture where the browser can; nothing happens where the visitor changes
/// their mind.
///
/// # Errors
/// What the browser says.
pub async fn send(letter: &Letter) -> Result<(), JsValue> {
    let navigator = window().navigator();
    let data = ShareData::new();
    data.set_title(&letter.title);
    if let Some(link) = &letter.link {
        data.set_url(link);
    }
    if let Some(file) = letter
        .picture
        .as_ref()
        .and_then(|picture| file(picture, letter.file))
    {
        let with_file = Object::assign(&Object::new(), &data);
        let with_file: ShareData = with_file.unchecked_into();
        with_file.set_files(&Array::of1(&file));
        if has(&navigator, "canShare") && navigator.can_share_with_data(&with_file) {
            return unless_aborted(JsFuture::from(navigator.share_with_data(&with_file)).await);
        }
    }
    unless_aborted(JsFuture::from(navigator.share_with_data(&data)).await)
}

/// Copies a text.
///
/// # Errors
/// What the browser says.
pub async fn copy_text(text: &str) -> Result<(), JsValue> {
    let clipboard = window().navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.map(drop)
}

/// Copies a PNG.
///
/// # Errors
/// What the browser says.
pub async fn copy_picture(picture: &Blob) -> Result<(), JsValue> {
    let record = Object::new();
    Reflect::set(&record, &PNG.into(), &Promise::resolve(picture))?;
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&record)?;
    let clipboard = window().navigator().clipboard();
    JsFuture::from(clipboard.write(&Array::of1(&item)))
        .await
        .map(drop)
}

/// What a canvas shows, as a PNG.
///
/// # Errors
/// Where the browser makes none.
pub async fn png(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // A function of the promise never throws.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        if let Err(error) = canvas.to_blob_with_type(done.unchecked_ref(), PNG) {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(promise).await?.dyn_into()
}

/// What the browser says of an error, in words.
pub fn said(error: &JsValue) -> String {
    let error: Option<&js_sys::Error> = error.dyn_ref();
    let said = error.map(|error| String::from(error.message()));
    let said = said.filter(|said| !said.is_empty());
    said.map_or_else(
        || text::NO_REASON().into(),
        |said| said.trim_end_matches('.').into(),
    )
}

fn unless_aborted(result: Result<JsValue, JsValue>) -> Result<(), JsValue> {
    match result {
        Err(error) if Reflect::get(&error, &"name".into())? == "AbortError" => Ok(()),
        result => result.map(drop),
    }
}

fn file(picture: &Blob, name: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(PNG);
    File::new_with_blob_sequence_and_options(&Array::of1(picture), name, &options).ok()
}

fn has(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
