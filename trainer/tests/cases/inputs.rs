//! Pictures and folders that the cases are made of.

use std::{fs, path::Path};

use image::{GrayImage, Luma, Rgb, RgbImage};

/// A bright disc on dark noise, unlike any with another number.
pub fn photo(number: u32) -> RgbImage {
    RgbImage::from_fn(64, 48, |x, y| {
        let (dx, dy) = (x.abs_diff(32), y.abs_diff(24));
        if dx * dx + dy * dy < 200 {
            Rgb([230, 200, (40 + number % 200) as u8])
        } else {
            Rgb([((x * 7 + y * 13 + number * 31) % 60) as u8; 3])
        }
    })
}

/// A line in dark pen on paper.
pub fn doodle(number: u32, side: u32) -> GrayImage {
    let slope = 1 + number % 3;
    let pen = (side / 16).max(1);
    GrayImage::from_fn(side, side, |x, y| {
        let is_ink = y > side / 8 && y < side - side / 8 && (x * slope).abs_diff(y) < pen * slope;
        Luma([if is_ink { 0 } else { 255 }])
    })
}

/// A path in a folder, whose parent is made.
pub fn at(folder: &Path, inside: &str) -> std::path::PathBuf {
    let path = folder.join(inside);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

/// A small data set: `photos` a class and `doodles` named by `name`.
pub fn own(
    folder: &Path,
    classes: &[&str],
    photos: u32,
    doodles: u32,
    name: impl Fn(u32) -> String,
) {
    for (class, class_name) in classes.iter().enumerate() {
        for number in 0..photos {
            let picture = photo(100 * class as u32 + number);
            let inside = format!("train_data/{class_name}/{number}.png");
            picture.save(at(folder, &inside)).unwrap();
        }
    }
    for number in 0..doodles {
        let inside = format!("test_data/{}.png", name(number));
        doodle(number, 64).save(at(folder, &inside)).unwrap();
    }
}

/// The classes of a small data set.
pub const THREE: [&str; 3] = ["cross", "ring", "square"];

/// The smallest training on `set`, into `run`.
pub const TRAIN: [&str; 13] = [
    "train", "--data", "set", "--run", "run", "--device", "cpu", "--width", "2", "--batch", "32",
    "--epochs", "1",
];
