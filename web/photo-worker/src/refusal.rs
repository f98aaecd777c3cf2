use thiserror::Error;

/// A picture may have so many pixels: a browser holds four bytes of each while it decodes.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Why a file shows no photo. Each is a sentence for the page and begins with the file's name.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// It is something else.
    #[error(
        "“{0}” is not a picture that can be opened here: choose a JPEG, PNG, WebP, AVIF, GIF or BMP."
    )]
    NotAPicture(String),
    /// There is nothing in it.
    #[error("“{0}” is an empty file: choose another one.")]
    Empty(String),
    /// The browser gives none of its bytes.
    #[error(
        "“{0}” cannot be read. If it is a folder, choose a picture in it; if not, choose the file again."
    )]
    Unreadable(String),
    /// It has more than [`MOST_PIXELS`].
    #[error(
        "“{name}” is too large to open here: it has {megapixels} megapixels, and 100 are the most."
    )]
    TooLarge {
        /// The file's name.
        name: String,
        /// How many it has, rounded up.
        megapixels: u64,
    },
    /// It breaks off or contradicts itself.
    #[error("“{name}” is damaged and cannot be opened: {what}. Choose another file.")]
    Damaged {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A picture of a kind that not every browser knows.
    #[error(
        "“{name}” is {kind}, which this browser cannot open, or it is damaged. Save it as an ordinary JPEG or a PNG, and open that."
    )]
    Unsupported {
        /// The file's name.
        name: String,
        /// The kind, with an article.
        kind: &'static str,
    },
    /// The browser lacks what decoding takes.
    #[error(
        "“{0}” cannot be opened: this browser cannot read pictures in the background. Use a newer one."
    )]
    BrowserTooOld(String),
}

impl Refusal {
    /// The refusal of a picture of so many pixels, where they are too many.
    pub fn of_size(name: &str, width: u64, height: u64) -> Option<Self> {
        let pixels = width.saturating_mul(height);
        (pixels > MOST_PIXELS).then(|| Self::TooLarge {
            name: name.into(),
            megapixels: pixels.div_ceil(1_000_000),
        })
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_hundred_megapixels_are_the_most() {
        assert_eq!(Refusal::of_size("a", 10_000, 10_000), None);
        let refusal = Refusal::of_size("bomb.png", 20_000, 20_000).unwrap();
        assert_eq!(
            refusal.to_string(),
            "“bomb.png” is too large to open here: it has 400 megapixels, and 100 are the most."
        );
        let refusal = Refusal::of_size("a", 10_001, 10_000).unwrap();
        assert!(refusal.to_string().contains("it has 101 megapixels"));
        assert!(Refusal::of_size("a", u64::MAX, u64::MAX).is_some());
    }
}
