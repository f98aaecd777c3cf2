//! The binary version: pictures one after the other, each with its labels before it.

use std::collections::BTreeMap;
use std::io::{self, BufReader, ErrorKind, Read};

use image::{Rgb, RgbImage};

use crate::PHOTO_SIDE;

/// Pixels of a picture.
const PIXELS: usize = (PHOTO_SIDE * PHOTO_SIDE) as usize;
/// Bytes of a picture: all red levels row by row, then all green ones, then all blue ones.
const PICTURE: usize = 3 * PIXELS;
/// Pictures in the larger of the two sets' files.
const MOST_PICTURES: usize = 50_000;

/// Pictures by their labels, in the order of the set.
pub(in crate::build) type Pictures = BTreeMap<u8, Vec<RgbImage>>;

/// Reads the pictures with some labels, where `before` bytes of labels, the last of which counts, are before each.
pub(super) fn read(file: impl Read, before: usize, labels: &[u8]) -> io::Result<Pictures> {
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut pictures = Pictures::new();
    let mut record = Vec::new();
    for _ in 0..=MOST_PICTURES {
        record.clear();
        let size = before + PICTURE;
        file.by_ref().take(size as u64).read_to_end(&mut record)?;
        if record.is_empty() {
            return Ok(pictures);
        }
        if record.len() < size {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let label = record[before - 1];
        if labels.contains(&label) {
            let levels = &record[before..];
            let pictures = pictures.entry(label).or_default();
            pictures.push(picture(|at| levels[at]));
        }
    }
    let wrong = format!("it holds more than {MOST_PICTURES} pictures");
    Err(io::Error::new(ErrorKind::InvalidData, wrong))
}

/// A picture from [`PICTURE`] levels, of which `level` gives each.
fn picture(level: impl Fn(usize) -> u8) -> RgbImage {
    RgbImage::from_fn(PHOTO_SIDE, PHOTO_SIDE, |x, y| {
        let at = (y * PHOTO_SIDE + x) as usize;
        Rgb([0, PIXELS, 2 * PIXELS].map(|colour| level(colour + at)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_one_after_the_other() {
        let mut file = vec![1, 5];
        file.extend((0..PICTURE).map(|at| (at / 1024 * 50 + at % 32) as u8));
        let pictures = read(&*file, 2, &[5]).unwrap();
        let picture = &pictures[&5][0];
        assert_eq!(picture.get_pixel(0, 9), &Rgb([0, 50, 100]));
        assert_eq!(picture.get_pixel(31, 0), &Rgb([31, 81, 131]));
        assert!(read(&*file, 2, &[1]).unwrap().is_empty());
    }

    #[test]
    fn half_a_picture_and_too_many() {
        let error = read(&[0; 4000][..], 1, &[0]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
        let error = read(io::repeat(1), 1, &[0]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }
}
