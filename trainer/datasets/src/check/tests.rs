use std::fs;
use std::path::Path;

use image::{GrayImage, ImageFormat, Luma};

use super::*;
use crate::testing::{at, doodle, photo, small_layout};

#[test]
fn a_good_folder_is_ready() {
    let folder = small_layout();
    let report = check(folder.path()).unwrap();
    assert!(report.is_usable());
    assert_eq!(
        (report.photos[3].clone(), report.doodles),
        (("apple".to_owned(), 2), 4)
    );
    assert!(report.warnings.is_empty());
    let text = report.to_string();
    assert!(
        text.contains("20 photos: horse 2, bed 2") && text.ends_with("Ready to train on."),
        "{text}"
    );
}

#[test]
fn every_problem_is_named() {
    let folder = small_layout();
    let path = folder.path();
    fs::remove_dir_all(path.join("train_data/3")).unwrap();
    fs::write(path.join("train_data/0/0.bmp"), b"BM").unwrap();
    for id in 10..30 {
        fs::write(at(path, &format!("test_data/0/{id}.png")), "no PNG").unwrap();
    }
    let report = check(path).unwrap();
    assert!(!report.is_usable());
    assert_eq!(report.problems.len(), 22);
    let text = report.to_string();
    for part in [
        "train_data/3",
        "0.bmp",
        "20: files that are no pictures by their contents",
        "1: truncated pictures",
        "... and 10 more",
        "22 problems",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn pictures_that_are_changed_are_counted() {
    let folder = small_layout();
    let path = folder.path();
    image::RgbImage::new(40, 30)
        .save(at(path, "train_data/0/900.bmp"))
        .unwrap();
    for id in 10..13 {
        let (paper, ink) = if id == 12 { (250, 3) } else { (3, 250) };
        GrayImage::from_fn(30 + id, 50, |x, _| {
            Luma([if x == 20 { ink } else { paper }])
        })
        .save(at(path, &format!("test_data/0/{id}.png")))
        .unwrap();
    }
    let text = usable(path);
    for part in [
        "1 photos are not 32x32: their centred squares are resized, such as ",
        "3 doodles are no opaque bitmaps of 28x28: they are cropped to their ink",
        "1 of those are dark on light: they are inverted",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

/// The report of what is usable.
fn usable(path: &Path) -> String {
    let report = check(path).unwrap();
    assert!(report.is_usable(), "{report}");
    report.to_string()
}

#[test]
fn bitmaps_that_are_dark_on_light_blank_doodles_and_wrong_names_are_warnings() {
    let folder = small_layout();
    let path = folder.path();
    for id in 10..13 {
        GrayImage::from_fn(28, 28, |x, y| Luma([if x == y { id } else { 255 }]))
            .save(at(path, &format!("test_data/0/{id}.png")))
            .unwrap();
    }
    for id in 20..22 {
        GrayImage::from_pixel(100 + id, 100, Luma([255]))
            .save(at(path, &format!("test_data/0/{id}.png")))
            .unwrap();
    }
    let jpeg = at(path, "train_data/3/77.jpg");
    photo(77).save_with_format(&jpeg, ImageFormat::Png).unwrap();
    let text = usable(path);
    for part in [
        "3 doodles are 28x28 and light at the border",
        "invert them",
        "2 doodles show nothing",
        "20.png",
        "1 photos are PNG by their contents",
        "77.jpg",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn oddities_are_warnings() {
    let folder = small_layout();
    let path = folder.path();
    for number in 200..203 {
        photo(number)
            .save(at(path, &format!("train_data/7/{number}.bmp")))
            .unwrap();
    }
    photo(14).save(at(path, "train_data/7/203.bmp")).unwrap();
    photo(0).save(at(path, "train_data/7/204.bmp")).unwrap();
    doodle(1).save(at(path, "test_data/0/9.bmp")).unwrap();
    let report = check(path).unwrap();
    assert!(report.is_usable());
    let text = report
        .warnings
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n");
    let text = text.replace(&format!("{}/", path.display()), "");
    assert_eq!(
        text,
        "classes differ in size: horse has 2 photos, dog has 7\n\
         1 photos are copies of one of another class, such as train_data/7/204.bmp of train_data/0/0.bmp\n\
         1 photos are copies of another, such as train_data/7/203.bmp of train_data/7/14.bmp\n\
         1 doodles are copies of another, such as test_data/0/9.bmp of test_data/0/00001.bmp"
    );
}
