//! What a drop or a paste holds.

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, Event, File};

use super::text;
use crate::language::{Sentence, both};
use crate::text_field::is_text_field;

/// The endings of pictures whose type the browser does not say.
const ENDINGS: [&str; 10] = [
    ".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".webp", ".jfif",
];

/// The file to open.
pub struct Found {
    /// The first picture, or the first file where none looks like one.
    pub file: File,
    /// Where there were several, a sentence about it.
    pub note: Option<Sentence>,
}

/// The file in a drop or a paste.
///
/// # Errors
/// Where there is none, a sentence for the page.
pub fn file_in(transfer: Option<&DataTransfer>) -> Result<Found, Sentence> {
    let Some(transfer) = transfer else {
        return Err(both(text::NO_FILE));
    };
    let (mut files, folders) = contents(transfer);
    if files.is_empty() {
        return Err(match folders.first() {
            Some(name) => both(|| text::folder(name)),
            None if holds_link(transfer) => both(text::LINK),
            None => both(text::NO_FILE),
        });
    }
    let number = files.len();
    let first = files.iter().position(looks_like_picture);
    let file = files.swap_remove(first.unwrap_or_default());
    let note = (number > 1).then(|| both(|| text::one_of(&file.name(), number)));
    Ok(Found { file, note })
}

/// Whether files are being dragged; what they are is not known before they are dropped.
pub fn holds_files(transfer: Option<&DataTransfer>) -> bool {
    let files = "Files".into();
    transfer.is_some_and(|transfer| transfer.types().includes(&files, 0))
}

/// Whether a paste holds no file, and no link to a picture either.
pub fn is_only_text(transfer: Option<&DataTransfer>) -> bool {
    !holds_files(transfer) && !transfer.is_some_and(names_picture)
}

/// Whether an event happens where one edits text.
pub fn is_editing(event: &Event) -> bool {
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| is_text_field(&element))
}

/// The files, and the names of the folders.
fn contents(transfer: &DataTransfer) -> (Vec<File>, Vec<String>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let items = transfer.items();
    for item in (0..items.length()).filter_map(|index| items.get(index)) {
        let Ok(Some(file)) = item.get_as_file() else {
            continue;
        };
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) if entry.is_directory() => folders.push(file.name()),
            _ => files.push(file),
        }
    }
    (files, folders)
}

fn holds_link(transfer: &DataTransfer) -> bool {
    let text = transfer.get_data("text/plain").unwrap_or_default();
    let text = text.trim_start();
    names_picture(transfer) || text.starts_with("http://") || text.starts_with("https://")
}

/// Whether the browser says that it is a link or a part of a page with a picture.
fn names_picture(transfer: &DataTransfer) -> bool {
    let data = |format| transfer.get_data(format).unwrap_or_default();
    !data("text/uri-list").is_empty() || data("text/html").contains("<img")
}

fn looks_like_picture(file: &File) -> bool {
    let name = file.name().to_lowercase();
    file.type_().starts_with("image/") || ENDINGS.iter().any(|ending| name.ends_with(ending))
}
