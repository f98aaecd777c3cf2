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

/// Reads the pictures with some labels, and how many there are with any. Before each are its labels, the last of which counts; `largest`
/// are the largest that there are.
pub(super) fn read(
    file: impl Read,
    largest: &[u8],
    wanted: &[u8],
) -> io::Result<(Pictures, usize)> {
    let mut file = BufReader::with_capacity(1 << 16, file);
    let mut pictures = Pictures::new();
    let mut record = Vec::new();
    let before = largest.len();
    for count in 0..=MOST_PICTURES {
        record.clear();
        let size = before + PICTURE;
        file.by_ref().take(size as u64).read_to_end(&mut record)?;
        if record.is_empty() {
            return Ok((pictures, count));
        }
        if record.len() < size {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let (labels, levels) = record.split_at(before);
        if let Some((label, _)) = labels
            .iter()
            .zip(largest)
            .find(|(label, most)| label > most)
        {
            let wrong = format!("picture {count} has the label {label}, which no class has");
            return Err(io::Error::new(ErrorKind::InvalidData, wrong));
        }
        let label = labels[before - 1];
        if wanted.contains(&label) {
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
        let (pictures, count) = read(&*file, &[19, 99], &[5]).unwrap();
        let picture = &pictures[&5][0];
        assert_eq!(picture.get_pixel(0, 9), &Rgb([0, 50, 100]));
        assert_eq!(picture.get_pixel(31, 0), &Rgb([31, 81, 131]));
        assert_eq!(count, 1);
        let (others, count) = read(&*file, &[19, 99], &[1]).unwrap();
        assert!(others.is_empty() && count == 1);
    }

    #[test]
    fn half_a_picture_and_too_many() {
        let error = read(&[0; 4000][..], &[9], &[0]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
        let error = read(io::repeat(1), &[9], &[0]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn labels_that_no_class_has() {
        let file = |labels: [u8; 2]| [&labels[..], &[0; PICTURE]].concat();
        assert!(read(&*file([19, 99]), &[19, 99], &[99]).is_ok());
        for (labels, wrong) in [([20, 0], "the label 20"), ([0, 100], "the label 100")] {
            let error = read(&*file(labels), &[19, 99], &[0]).unwrap_err();
            assert!(error.to_string().contains(wrong), "{error}");
        }
    }
}
