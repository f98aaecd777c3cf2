//! A small, valid data set on disk, for tests to spoil.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use image::{GrayImage, Luma, Rgb, RgbImage};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A temporary folder in the course's layout: two photos a class, numbers 2c and 2c + 1, and doodles 0 to 3.
pub fn small_layout() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for class in 0..10_u8 {
        for number in [2 * class, 2 * class + 1] {
            photo(number)
                .save(at(
                    folder.path(),
                    &format!("train_data/{class}/{number}.bmp"),
                ))
                .unwrap();
        }
    }
    for id in 0..4_u8 {
        doodle(id)
            .save(at(folder.path(), &format!("test_data/0/{id:05}.bmp")))
            .unwrap();
    }
    folder
}

/// A photo unlike any with another number.
pub fn photo(number: u8) -> RgbImage {
    RgbImage::from_fn(32, 32, |x, y| Rgb([8 * x as u8, 8 * y as u8, number]))
}

/// A doodle unlike any with another number.
pub fn doodle(number: u8) -> GrayImage {
    GrayImage::from_fn(28, 28, |x, y| Luma([if x == y { 255 } else { number }]))
}

/// A path below `folder`, whose parent is made.
pub fn at(folder: &Path, inside: &str) -> PathBuf {
    let path = folder.join(inside);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

/// Packs a folder, under `top/` where that is not empty.
pub fn pack(folder: &Path, top: &str, zip: &Path) {
    let mut writer = ZipWriter::new(File::create(zip).unwrap());
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).unwrap() {
            let path = entry.unwrap().path();
            let inside = Path::new(top).join(path.strip_prefix(folder).unwrap());
            if path.is_dir() {
                folders.push(path);
            } else {
                writer
                    .start_file(inside.to_string_lossy(), SimpleFileOptions::default())
                    .unwrap();
                writer.write_all(&fs::read(path).unwrap()).unwrap();
            }
        }
    }
    writer.finish().unwrap();
}
