//! A file becomes a picture, or a sentence that says why not.

use js_sys::Uint8Array;
use protocol::foreign::isolated;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use crate::browser;
use crate::header::{self, Header, NO_SIZE, Problem, Words};
use crate::orientation;
use crate::reading::{self, Reading};
use crate::refusal::Refusal;

/// So many bytes are read in search of a picture's size, each step only where the one before was not enough: a JPEG can begin
/// with megabytes that its camera has put there.
const HEADS: [f64; 3] = [65_536.0, 1_048_576.0, 67_108_864.0];

/// Opens a picture file.
pub async fn open(file: &File) -> Result<Reading, Refusal> {
    let name = isolated(&file.name());
    if file.size() == 0.0 {
        return Err(Refusal::Empty(name));
    }
    let header = header(&name, file).await?;
    if let Some(refusal) = Refusal::of_size(&name, header.width, header.height) {
        return Err(refusal);
    }
    let not_decoded = |_| match header.format.uncommon() {
        Some(kind) => Refusal::Unsupported {
            name: name.clone(),
            kind,
        },
        None => damaged(
            &name,
            [
                "it breaks off or contradicts itself",
                "內容不完整或前後矛盾",
            ],
        ),
    };
    let bitmap = browser::decode(file).await.map_err(not_decoded)?;
    // The decoder has the last word.
    if let Some(refusal) = Refusal::of_size(&name, bitmap.width().into(), bitmap.height().into()) {
        return Err(refusal);
    }
    let orientation = match header.orientation {
        1 => 1,
        _ if orientation::is_applied_to(header.format).await => 1,
        orientation => orientation,
    };
    reading::read(&bitmap, orientation)
        .await
        .map_err(|_| Refusal::BrowserTooOld(name.clone()))
}

fn damaged(name: &str, what: Words) -> Refusal {
    Refusal::Damaged {
        name: name.into(),
        what,
    }
}

async fn header(name: &str, file: &File) -> Result<Header, Refusal> {
    for length in HEADS {
        let whole = file.size() <= length;
        let head = head(file, length).await;
        let head = head.ok_or_else(|| Refusal::Unreadable(name.into()))?;
        // Of the last, what may be missing is missing.
        let is_last = HEADS.last() == Some(&length);
        match header::read(&head, whole || is_last) {
            Ok(header) => return Ok(header),
            Err(Problem::Unknown) => return Err(Refusal::NotAPicture(name.into())),
            Err(Problem::Damaged(what)) => return Err(damaged(name, what)),
            Err(Problem::Short) if whole => {
                return Err(damaged(name, ["it breaks off", "內容不完整"]));
            }
            Err(Problem::Short) => {}
        }
    }
    Err(damaged(name, NO_SIZE))
}

/// The first bytes of a file, as many as there are up to `length`.
async fn head(file: &Blob, length: f64) -> Option<Vec<u8>> {
    let head = file.slice_with_f64_and_f64(0.0, length).ok()?;
    let bytes = JsFuture::from(head.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}
