//! The stored drawings as bitmaps, traced and rasterised.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use std::{fs, path::Path};

use image::GrayImage;
use shared::classes::ClassNames;
use shared::drawing::{Drawing, rasterise};
use trainer::strokes::trace;

/// The mean level of what two bitmaps differ by, as a share of the first one's mean level.
fn difference(one: &GrayImage, other: &GrayImage) -> f64 {
    let levels = |differ: fn(u8, u8) -> u8| -> f64 {
        let pairs = one.iter().zip(other.iter());
        pairs.map(|(a, b)| f64::from(differ(*a, *b))).sum()
    };
    levels(u8::abs_diff) / levels(|a, _| a)
}

/// The share of a bitmap's ink (more than half covered) that has ink of another one within a pixel.
fn covered(bitmap: &GrayImage, by: &GrayImage) -> f64 {
    let ink = || {
        bitmap
            .enumerate_pixels()
            .filter(|(_, _, level)| level[0] > 127)
    };
    let is_near = |x: u32, y: u32| {
        by.enumerate_pixels().any(|(column, row, level)| {
            level[0] > 127 && column.abs_diff(x) <= 1 && row.abs_diff(y) <= 1
        })
    };
    ink().filter(|(x, y, _)| is_near(*x, *y)).count() as f64 / ink().count() as f64
}

#[test]
fn a_traced_drawing_has_the_same_bitmap() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/drawings");
    for class in ClassNames::default().names() {
        let json = fs::read_to_string(folder.join(format!("{class}.json"))).unwrap();
        let bitmap = rasterise(&serde_json::from_str::<Drawing>(&json).unwrap());
        let traced = rasterise(&trace(&bitmap));
        let differing = difference(&bitmap, &traced);
        eprintln!(
            "{class}: {differing:.3} {:.3} {:.3}",
            covered(&bitmap, &traced),
            covered(&traced, &bitmap)
        );
        assert!(differing < 0.6, "{class}: {differing}");
        assert!(covered(&bitmap, &traced) > 0.99, "{class}: ink is missing");
        assert!(covered(&traced, &bitmap) > 0.99, "{class}: ink is added");
    }
}
