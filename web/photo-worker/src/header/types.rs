use super::exif::UPRIGHT;

/// A format that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Portable Network Graphics.
    Png,
    /// JPEG as browsers decode it.
    Jpeg,
    /// Lossless, arithmetic, hierarchical or 12-bit JPEG.
    RareJpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// AV1 in an image file.
    Avif,
    /// HEVC in an image file.
    Heic,
}

impl Format {
    /// The kind in words, where not every browser decodes it.
    pub fn uncommon(self) -> Option<Words> {
        match self {
            Self::RareJpeg => Some(["a rare kind of JPEG", "少見的 JPEG 格式"]),
            Self::Avif => Some(["an AVIF picture", " AVIF 圖片"]),
            Self::Heic => Some(["a HEIC picture", " HEIC 圖片"]),
            _ => None,
        }
    }
}

/// What is known of a picture before it is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format.
    pub format: Format,
    /// Width in pixels, as stored.
    pub width: u64,
    /// Height in pixels, as stored.
    pub height: u64,
    /// How a PNG or WebP lies, by EXIF: 1 (upright) to 8. Browsers turn every JPEG themselves.
    pub orientation: u8,
}

impl Header {
    pub(super) fn new(format: Format, width: impl Into<u64>, height: impl Into<u64>) -> Self {
        Self {
            format,
            width: width.into(),
            height: height.into(),
            orientation: UPRIGHT,
        }
    }
}

/// What is wrong, in English and in Chinese, to be put into a sentence.
pub type Words = [&'static str; 2];

/// A picture says nothing of its width and height.
pub const NO_SIZE: Words = ["its size is missing", "缺少尺寸資訊"];
/// A part of a file takes no bytes, not even for its own length.
pub(super) const NO_LENGTH: Words = ["a part of it has no length", "其中一個區段沒有長度"];
/// Why there is no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More bytes are needed.
    Short,
    /// It is no picture that is known here.
    Unknown,
    /// It cannot be as it says.
    Damaged(Words),
}

pub(super) type Parsed = Result<Header, Problem>;

/// `N` bytes at a place.
pub(super) fn take<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Problem> {
    let rest = bytes.get(at..).ok_or(Problem::Short)?;
    rest.first_chunk().copied().ok_or(Problem::Short)
}
