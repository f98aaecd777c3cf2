//! Hashes of pictures, by which changed data is noticed.

use image::{ImageBuffer, Pixel};
use sha2::{Digest, Sha256};

/// Takes a picture's width and height (u32, little-endian) and its pixels into a hash.
pub fn add_picture<P: Pixel<Subpixel = u8>>(sha: &mut Sha256, picture: &ImageBuffer<P, Vec<u8>>) {
    let (width, height) = picture.dimensions();
    sha.update(width.to_le_bytes());
    sha.update(height.to_le_bytes());
    sha.update(picture.as_raw());
}

/// Bytes as hexadecimal digits, two each.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
