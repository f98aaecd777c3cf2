//! File names that carry a hash of their content, so that a cache may keep them for ever: `web-0123456789abcdef.js`.

/// Hexadecimal digits of the hash in a name.
const DIGITS: usize = 16;

/// `name` with `hash` before its ending. `hash` is 16 lower-case hexadecimal digits.
pub fn hashed_name(name: &str, hash: &str) -> String {
    debug_assert!(is_hash(hash), "{hash} is no hash for a name");
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{name}-{hash}"),
    }
}

/// Whether the last part of `path` carries a hash.
pub fn is_hashed(path: &str) -> bool {
    split(path).is_some()
}

/// `path` without the hash in its last part; as it is where there is none.
pub fn plain_name(path: &str) -> String {
    match split(path) {
        Some((stem, ending)) => format!("{stem}{ending}"),
        None => path.to_owned(),
    }
}

/// What stands before and after the hash in the last part of a path.
fn split(path: &str) -> Option<(&str, &str)> {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let end = path[name..].rfind('.').map_or(path.len(), |dot| name + dot);
    let (stem, hash) = path[..end].rsplit_once('-')?;
    (stem.len() > name && is_hash(hash)).then_some((stem, &path[end..]))
}

fn is_hash(text: &str) -> bool {
    text.len() == DIGITS
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_put_in_found_and_taken_out() {
        let hash = "0123456789abcdef";
        for (plain, hashed) in [
            ("web_bg.wasm", "web_bg-0123456789abcdef.wasm"),
            ("cpu-relaxed.js", "cpu-relaxed-0123456789abcdef.js"),
            ("LICENSE", "LICENSE-0123456789abcdef"),
        ] {
            assert_eq!(hashed_name(plain, hash), hashed);
            assert!(is_hashed(&format!("some/folder/{hashed}")));
            assert_eq!(plain_name(&format!("a/{hashed}")), format!("a/{plain}"));
            assert_eq!(plain_name(hashed), plain);
        }
    }

    #[test]
    fn other_names_have_none() {
        for name in [
            "index.html",
            "cpu-relaxed.js",
            "a-0123456789abcde.js",
            "a-0123456789ABCDEF.js",
            "a-0123456789abcdef/index.html",
            "-0123456789abcdef.js",
        ] {
            assert!(!is_hashed(name), "{name}");
            assert_eq!(plain_name(name), name);
        }
    }
}
