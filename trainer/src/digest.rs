//! Hashes of pictures, by which changed data and photos seen before are noticed.

use image::{ImageBuffer, Pixel};
use sha2::{Digest, Sha256};

/// Takes a picture's width and height (u32, little-endian) and its pixels into a hash.
pub fn add_picture<P: Pixel<Subpixel = u8>>(sha: &mut Sha256, picture: &ImageBuffer<P, Vec<u8>>) {
    let (width, height) = picture.dimensions();
    sha.update(width.to_le_bytes());
    sha.update(height.to_le_bytes());
    sha.update(picture.as_raw());
}

/// Bytes of SHA-256 that are kept: enough that no two pictures ever share them.
const BYTES: usize = 16;

/// The first 16 bytes of the SHA-256 of width and height (u32, little-endian) and pixels, as 32 hexadecimal digits.
pub type PictureHash = String;

/// The hash of a picture.
pub fn picture_hash<P: Pixel<Subpixel = u8>>(picture: &ImageBuffer<P, Vec<u8>>) -> PictureHash {
    let mut sha = Sha256::new();
    add_picture(&mut sha, picture);
    hex(&sha.finalize()[..BYTES])
}

/// Bytes as hexadecimal digits, two each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
