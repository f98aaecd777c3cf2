//! The headers that every answer carries.

use crate::names::is_hashed;
use hyper::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};

/// The content security policy of the page and of its workers: a worker takes its policy from the headers of its own script.
///
/// `index.html` states it too, for hosts that send no headers, without `frame-ancestors`, which only a header can say.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; \
    style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What every answer carries.
pub const HEADERS: [(&str, &str); 4] = [
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
];

/// How long a file may be kept whose name has a hash: it never means other bytes.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Any other is kept, and asked about each time.
const ASK: &str = "no-cache";

/// Adds the headers of an answer about `path`.
pub fn add(headers: &mut HeaderMap, path: &str, found: bool) {
    let cached = if found && is_hashed(path) {
        FOR_EVER
    } else {
        ASK
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cached));
    for (name, value) in HEADERS {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}
