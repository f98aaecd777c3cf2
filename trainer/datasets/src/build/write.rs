//! The selected pictures as files.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use image::{DynamicImage, GrayImage, RgbImage};
use shared::classes::ClassId;

use super::classes::CLASSES;
use crate::Observer;
use crate::layout::{DOODLES_FOLDER, PHOTOS_FOLDER};
use crate::stop::each_until_stopped;

/// The doodles' classes.
const LABELS_FILE: &str = "labels.csv";

/// The pictures of a data set in the making.
pub(super) struct SelectedPictures {
    /// In the order of classes.
    pub photos: Vec<(ClassId, RgbImage)>,
    /// Mixed.
    pub doodles: Vec<(ClassId, GrayImage)>,
}

/// Writes the folder, which appears when it's whole; false if it was stopped before.
pub(super) fn write(
    selected: &SelectedPictures,
    out: &Path,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> anyhow::Result<bool> {
    files::new_folder(out, |folder| fill(selected, folder, stop, observer))
}

fn fill(
    selected: &SelectedPictures,
    folder: &Path,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> anyhow::Result<bool> {
    let photos = selected
        .photos
        .iter()
        .enumerate()
        .map(|(number, (class, photo))| {
            (
                format!("{PHOTOS_FOLDER}/{class}/{number}.bmp"),
                DynamicImage::from(photo.clone()),
            )
        });
    let doodles = selected
        .doodles
        .iter()
        .enumerate()
        .map(|(id, (_, doodle))| {
            (
                format!("{DOODLES_FOLDER}/{id:05}.bmp"),
                DynamicImage::from(doodle.clone()),
            )
        });
    let files: Vec<(String, DynamicImage)> = photos.chain(doodles).collect();
    let classes = (0..CLASSES.len()).map(|class| format!("{PHOTOS_FOLDER}/{class}"));
    for inside in classes.chain([DOODLES_FOLDER.to_owned()]) {
        let folder = folder.join(inside);
        fs::create_dir_all(&folder).with_context(|| unwritable(&folder))?;
    }
    observer.begin(Some(files.len() as u64), 0);
    let is_whole = each_until_stopped(&files, stop, |(inside, picture)| {
        let path = folder.join(inside);
        picture.save(&path).with_context(|| unwritable(&path))?;
        observer.advance(1);
        anyhow::Ok(())
    })?;
    observer.end(is_whole);
    if !is_whole {
        return Ok(false);
    }
    let mut table = String::from("id,label\n");
    for (id, (class, _)) in selected.doodles.iter().enumerate() {
        writeln!(table, "{id},{class}")?;
    }
    let path = folder.join(LABELS_FILE);
    fs::write(&path, table).with_context(|| unwritable(&path))?;
    Ok(true)
}

fn unwritable(path: &Path) -> String {
    format!(
        "{}: cannot be written; check the folder, its permissions and the space left",
        path.display()
    )
}
