//! `predict` and `evaluate` as people use them: pictures of their own, tables for spreadsheets, labels from spreadsheets.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod evaluate;
mod predict;
#[path = "../program/mod.rs"]
mod program;
#[cfg(unix)]
mod unix;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use burn::tensor::Device;
use image::{GrayImage, Luma, Rgb, RgbImage};
use program::{TINY, fail, output, succeed, trainer, with_sample};
use serde_json::Value;
use shared::weights::classifier_from_bytes;
use tempfile::TempDir;
use trainer::{data::SourceTransform, evaluation::Predictor};
use zip::{ZipWriter, write::SimpleFileOptions};

const NAMES: [&str; 10] = [
    "horse",
    "bed",
    "clock",
    "apple",
    "cat",
    "plane",
    "television",
    "dog",
    "dolphin",
    "spider",
];

/// Weights that tell some of the sample's pictures apart.
///
/// Each test has a process of its own; the first one of a build of the trainer makes them for all.
fn weights() -> Vec<u8> {
    let built = fs::metadata(env!("CARGO_BIN_EXE_trainer"))
        .unwrap()
        .modified()
        .unwrap();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let kept = place.join("weights-of-people.safetensors");
    let lock = File::create(place.join("weights-of-people.lock")).unwrap();
    lock.lock().unwrap();
    if fs::metadata(&kept).is_ok_and(|kept| kept.modified().unwrap() > built) {
        return fs::read(kept).unwrap();
    }
    let folder = with_sample();
    let mut arguments = TINY.to_vec();
    arguments[8] = "4";
    arguments[12] = "5";
    arguments.extend(["--learning-rate", "0.01"]);
    succeed(folder.path(), &arguments);
    succeed(folder.path(), &["export", "--run", "run", "--out", "w"]);
    let weights = fs::read(folder.path().join("w")).unwrap();
    let new = kept.with_extension("new");
    fs::write(&new, &weights).unwrap();
    fs::rename(new, kept).unwrap();
    weights
}

/// A working folder with those weights in `w`.
fn with_weights() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("w"), weights()).unwrap();
    folder
}

/// The same with the sample in `sample`.
fn with_both() -> TempDir {
    let folder = with_sample();
    fs::write(folder.path().join("w"), weights()).unwrap();
    folder
}

/// A bitmap with two strokes.
fn drawing(number: u32) -> GrayImage {
    GrayImage::from_fn(28, 28, |x, y| {
        let stroke = (y * 3 + number).abs_diff(x * (2 + number % 5)) < 4 || x == 3 + number % 20;
        Luma([if stroke { 255 } else { 0 }])
    })
}

/// A photo of something round or square.
fn photo(number: u32) -> RgbImage {
    RgbImage::from_fn(60, 48, |x, y| {
        let (x, y) = (x.abs_diff(30), y.abs_diff(24));
        let inside = match number % 2 {
            0 => x * x + y * y < 300 + 10 * number,
            _ => x < 14 + number % 7 && y < 12,
        };
        Rgb(if inside {
            [220, 180, 40]
        } else {
            [20, 30, 60 + number as u8]
        })
    })
}

fn save(folder: &Path, inside: &str, picture: impl Into<image::DynamicImage>) {
    let path = folder.join(inside);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    picture.into().save(path).unwrap();
}

fn with<'a>(fixed: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [fixed, more].concat()
}

/// The rows of a table, without its header.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let records = reader.records().map(|record| record.unwrap());
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

fn column(table: &str, number: usize) -> Vec<String> {
    rows(table)
        .into_iter()
        .map(|row| row[number].clone())
        .collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What is in a folder, apart from what a test put there.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
