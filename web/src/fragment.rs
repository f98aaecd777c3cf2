//! The fragment of the page's address.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What follows the `#`, with encoded signs as themselves: some programs encode an address that they pass on. Where that makes no
/// text it is left as it is.
pub fn fragment(hash: &str) -> Option<String> {
    let written = hash.strip_prefix('#')?;
    let decoded = percent_decode_str(written).decode_utf8();
    Some(decoded.map_or_else(|_| written.into(), Cow::into_owned))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn encoded_signs_are_decoded_and_anything_else_stays() {
        for (hash, expected) in [
            ("#", ""),
            ("#draw=AQ-_", "draw=AQ-_"),
            ("#draw%3DAQ%20", "draw=AQ "),
            ("#lab%3d1%2Cdm", "lab=1,dm"),
            ("#%E8%B2%93", "貓"),
            ("#100%", "100%"),
            ("#%4", "%4"),
            ("#%zz%", "%zz%"),
            ("#貓%", "貓%"),
            ("#%ff%3D", "%ff%3D"),
        ] {
            assert_eq!(fragment(hash).as_deref(), Some(expected), "{hash}");
        }
        assert_eq!(fragment(""), None);
        assert_eq!(fragment("draw"), None);
    }
}
