//! The headers that every answer carries.

use crate::names::is_hashed;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};

/// The content security policy of the page and of its workers: a worker takes its policy from the headers of its own script.
///
/// `index.html` states it too, for hosts that send no headers, without `frame-ancestors`, which only a header can say.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; \
    style-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A name with a hash never means other bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Any other is kept, and asked about each time.
const ASK: &str = "no-cache";

/// Adds the headers of an answer about `path`.
pub fn add(headers: &mut HeaderMap, path: &str, found: bool) {
    let cached = if found && is_hashed(path) {
        FOR_EVER
    } else {
        ASK
    };
    for (name, value) in [
        (CACHE_CONTROL, cached),
        (CONTENT_SECURITY_POLICY, POLICY),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
