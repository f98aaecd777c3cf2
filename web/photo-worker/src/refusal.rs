use protocol::Sentence;

use crate::header::Words;

/// A picture may have so many pixels: a browser holds four bytes of each while it decodes.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Why a file shows no photo. The file's name is ready for a sentence.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is something else.
    NotAPicture(String),
    /// There is nothing in it.
    Empty(String),
    /// The browser gives none of its bytes.
    Unreadable(String),
    /// It has more than [`MOST_PIXELS`].
    TooLarge {
        /// The file's name.
        name: String,
        /// How many it has, rounded up.
        megapixels: u64,
    },
    /// It breaks off or contradicts itself.
    Damaged {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        what: Words,
    },
    /// A picture of a kind that not every browser knows.
    Unsupported {
        /// The file's name.
        name: String,
        /// The kind, in English with an article.
        kind: Words,
    },
    /// The browser lacks what decoding takes.
    BrowserTooOld(String),
    /// The same for a frame of the camera.
    BrowserTooOldForFrames,
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

    /// The refusal in words, with the file's name.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::NotAPicture(name) => Sentence::new(
                format!(
                    "“{name}” is not a picture that can be opened here: choose a JPEG, PNG, WebP, AVIF, GIF or BMP."
                ),
                format!(
                    "「{name}」不是這裡能開啟的圖片，請選擇 JPEG、PNG、WebP、AVIF、GIF 或 BMP。"
                ),
            ),
            Self::Empty(name) => Sentence::new(
                format!("“{name}” is an empty file: choose another one."),
                format!("「{name}」是空檔案，請選擇其他檔案。"),
            ),
            Self::Unreadable(name) => Sentence::new(
                format!(
                    "“{name}” cannot be read. If it is a folder, choose a picture in it; if not, choose the file again."
                ),
                format!("無法讀取「{name}」。如果是資料夾，請選擇其中的圖片；否則請重新選擇檔案。"),
            ),
            Self::TooLarge { name, megapixels } => Sentence::new(
                format!(
                    "“{name}” is too large to open here: it has {megapixels} megapixels, and the limit is 100."
                ),
                format!("「{name}」太大，無法在這裡開啟：它有 {megapixels} 百萬像素，上限是 100。"),
            ),
            Self::Damaged {
                name,
                what: [english, chinese],
            } => Sentence::new(
                format!(
                    "“{name}” is damaged and cannot be opened: {english}. Choose another file."
                ),
                format!("「{name}」已損毀，無法開啟：{chinese}。請選擇其他檔案。"),
            ),
            Self::Unsupported {
                name,
                kind: [english, chinese],
            } => Sentence::new(
                format!(
                    "“{name}” is {english}. Either this browser cannot open such pictures, or the file is damaged. Save it as an ordinary JPEG or PNG and open that."
                ),
                format!(
                    "「{name}」是{chinese}，這個瀏覽器無法開啟，或檔案已損毀。請另存為一般的 JPEG 或 PNG 再開啟。"
                ),
            ),
            Self::BrowserTooOld(name) => Sentence::new(
                format!(
                    "“{name}” cannot be opened: this browser cannot read pictures in the background. Use a newer one."
                ),
                format!("無法開啟「{name}」：這個瀏覽器不能在背景讀取圖片，請改用較新的瀏覽器。"),
            ),
            Self::BrowserTooOldForFrames => Sentence::new(
                "The camera’s picture cannot be opened: this browser cannot read pictures in the background. Use a newer one.",
                "無法讀取相機畫面：這個瀏覽器不能在背景讀取圖片，請改用較新的瀏覽器。",
            ),
        }
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
        let Sentence { english, chinese } = refusal.sentence();
        assert_eq!(
            english,
            "“bomb.png” is too large to open here: it has 400 megapixels, and the limit is 100."
        );
        assert!(chinese.contains("400 百萬像素"), "{chinese}");
        let refusal = Refusal::of_size("a", 10_001, 10_000).unwrap();
        assert!(refusal.sentence().english.contains("it has 101 megapixels"));
        assert!(Refusal::of_size("a", u64::MAX, u64::MAX).is_some());
    }
}
