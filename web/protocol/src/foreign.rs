//! Names from elsewhere, such as those of files.

/// Begins a text whose direction is that of its first letter, and changes no direction round it.
const ISOLATED: char = '\u{2068}';
const END: char = '\u{2069}';

/// A name within a sentence, which is read in its own direction whatever the name's.
pub fn isolated(name: &str) -> String {
    let name: String = name.chars().filter(|sign| !is_direction(*sign)).collect();
    match name.chars().any(is_from_the_right) {
        true => format!("{ISOLATED}{name}{END}"),
        false => name,
    }
}

/// Whether a sign shows nothing and changes the direction of what is round it.
pub fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign is of Hebrew, Arabic or another script from the right.
fn is_from_the_right(sign: char) -> bool {
    matches!(
        sign,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_name_changes_no_direction_but_its_own() {
        assert_eq!(isolated("\u{202e}gpj.exe.jpg"), "gpj.exe.jpg");
        assert_eq!(isolated("a\u{2066}b\u{2069}\u{200f}"), "ab");
        assert_eq!(isolated("שלום.png"), "\u{2068}שלום.png\u{2069}");
        for plain in ["cat.png", "貓.png", "café", "👨\u{200d}👩\u{200d}👧"] {
            assert_eq!(isolated(plain), plain);
        }
    }
}
