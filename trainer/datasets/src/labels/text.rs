//! The text of a labels file, in whichever encoding it was saved.

/// A file's text, without a byte-order mark; what is not UTF-8 becomes U+FFFD.
///
/// # Errors
/// What the file is instead of text, and what to do.
pub(super) fn text(bytes: &[u8]) -> Result<String, &'static str> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err("is a spreadsheet or a zip, not CSV; save the table as CSV");
    }
    if let Some(bytes) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    let utf_32 = [&b"\xFF\xFE\0\0"[..], b"\0\0\xFE\xFF"];
    if !utf_32.iter().any(|bom| bytes.starts_with(bom)) {
        if let Some(bytes) = bytes.strip_prefix(b"\xFF\xFE") {
            return utf_16(bytes, u16::from_le_bytes);
        }
        if let Some(bytes) = bytes.strip_prefix(b"\xFE\xFF") {
            return utf_16(bytes, u16::from_be_bytes);
        }
    }
    if bytes.contains(&0) {
        return Err("holds NUL characters, which a table has none of; save it as CSV in UTF-8");
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err("is UTF-16 text that ends in the middle of a character; save it again");
    }
    let units: Vec<u16> = units.iter().map(|bytes| unit(*bytes)).collect();
    Ok(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_and_utf_16_are_recognised_by_their_first_bytes() {
        let units = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}id,é\n".encode_utf16().flat_map(to_bytes).collect()
        };
        for bytes in [
            "id,é\n".as_bytes().to_vec(),
            "\u{feff}id,é\n".as_bytes().to_vec(),
            units(u16::to_le_bytes),
            units(u16::to_be_bytes),
        ] {
            assert_eq!(text(&bytes).unwrap(), "id,é\n");
        }
        assert_eq!(text(b"caf\xE9").unwrap(), "caf\u{fffd}");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let zip = text(b"PK\x03\x04\x14\0").unwrap_err();
        assert!(zip.contains("save the table as CSV"), "{zip}");
        for bytes in [
            &b"\xFF\xFE\0\0i\0\0\0"[..],
            b"i\0d\0",
            b"\xFF\xFEi\0d",
            b"id,label\n1\0,2\n",
        ] {
            assert!(text(bytes).unwrap_err().contains("save it"), "{bytes:?}");
        }
    }
}
