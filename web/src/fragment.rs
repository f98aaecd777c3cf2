//! The fragment of the page's address.

/// What follows the `#`, with encoded signs as themselves: some programs encode an address that they pass on. Where that makes no
/// text it is left as it is.
pub fn fragment(hash: &str) -> Option<String> {
    let written = hash.strip_prefix('#')?;
    let decoded = String::from_utf8(decoded(written.as_bytes()));
    Some(decoded.unwrap_or_else(|_| written.into()))
}

fn decoded(written: &[u8]) -> Vec<u8> {
    let digit = |at: usize| char::from(*written.get(at)?).to_digit(16);
    let mut bytes = Vec::with_capacity(written.len());
    let mut at = 0;
    while let Some(&byte) = written.get(at) {
        match digit(at + 1).zip(digit(at + 2)) {
            Some((high, low)) if byte == b'%' => {
                bytes.push((16 * high + low) as u8);
                at += 3;
            }
            _ => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    bytes
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
