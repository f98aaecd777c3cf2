use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    data::{DataSet, SeenPhotos},
    digest::{PictureHash, picture_hash},
};

/// Files that a message names.
const NAMED: usize = 3;

/// The pictures of a run with their hashes and roles; `manifest.csv` in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest(Vec<Row>);

/// One picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    domain: Domain,
    /// Inside the data's folder or zip.
    file: String,
    /// A doodle's.
    id: Option<u64>,
    /// A photo's.
    class: Option<u8>,
    hash: PictureHash,
    used: Use,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Domain {
    Photo,
    Doodle,
}

/// The role of a picture in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// It is trained on with its label.
    Trained,
    /// It is held out, to measure on.
    HeldOut,
    /// The run that this one starts from was trained on it; this one does not have it.
    Inherited,
    /// It is a doodle, trained on without a label.
    Unlabelled,
}

/// Data is not that of the run.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the data is not the run's: {}; give the data that the run was started with", .0.join("; "))]
pub struct DataChanged(Vec<String>);

impl Manifest {
    /// The manifest of a run on `data` that holds out the share `validation` (0 to 1) of its photos and starts from a run with the
    /// manifest `before`, if from any.
    pub fn new(data: &DataSet, validation: f64, before: Option<&Self>) -> Self {
        let held_out = data.photos.held_out(validation);
        let photos = data.photos.pictures.par_iter().zip(&data.photos.labels);
        let photos = photos.zip(&data.photos.files).zip(held_out).map(
            |(((photo, class), file), held_out)| Row {
                domain: Domain::Photo,
                file: file.clone(),
                id: None,
                class: Some(class.0),
                hash: picture_hash(photo),
                used: if held_out { Use::HeldOut } else { Use::Trained },
            },
        );
        let doodles = data.doodles.pictures.par_iter().zip(&data.doodles.ids);
        let doodles = doodles
            .zip(&data.doodles.files)
            .map(|((doodle, id), file)| Row {
                domain: Domain::Doodle,
                file: file.clone(),
                id: Some(*id),
                class: None,
                hash: picture_hash(doodle),
                used: Use::Unlabelled,
            });
        let mut rows: Vec<Row> = photos.chain(doodles).collect();
        if let Some(before) = before {
            let own: HashSet<PictureHash> = trained(&rows).map(|row| row.hash.clone()).collect();
            let inherited = before.seen().filter(|row| !own.contains(&row.hash));
            rows.extend(inherited.map(|row| Row {
                used: Use::Inherited,
                ..row.clone()
            }));
        }
        Self(rows)
    }

    /// Refuses data whose pictures, in their order, are not the run's. Where the files are does not matter.
    ///
    /// # Errors
    /// With what was added, removed or changed.
    pub fn check(&self, data: &DataSet) -> Result<(), DataChanged> {
        let now = Self::new(data, 0.0, None);
        let mut changes = Vec::new();
        for (domain, name) in [(Domain::Photo, "photos"), (Domain::Doodle, "doodles")] {
            let before: Vec<&Row> = self.own().filter(|row| row.domain == domain).collect();
            let now: Vec<&Row> = now.0.iter().filter(|row| row.domain == domain).collect();
            changes.extend(difference(&before, &now, name));
        }
        if changes.is_empty() {
            Ok(())
        } else {
            Err(DataChanged(changes))
        }
    }

    /// The photos that it holds out.
    pub fn held_out(&self) -> usize {
        let held_out = |row: &&Row| row.used == Use::HeldOut;
        self.0.iter().filter(held_out).count()
    }

    /// How many of the photos that `self` holds out were trained on by a run with the manifest `before`.
    pub fn held_out_but_seen(&self, before: &Self) -> usize {
        let seen: HashSet<&PictureHash> = before.seen().map(|row| &row.hash).collect();
        let held_out = self.0.iter().filter(|row| row.used == Use::HeldOut);
        held_out.filter(|row| seen.contains(&row.hash)).count()
    }

    /// Whether each photo of its data is held out, in order.
    pub fn held_out_photos(&self) -> Vec<bool> {
        let photos = self.own().filter(|row| row.domain == Domain::Photo);
        photos.map(|row| row.used == Use::HeldOut).collect()
    }

    /// The photos that the run's weights, or those that it started from, were trained on, to look others up in.
    pub fn seen_photos(&self) -> SeenPhotos {
        self.seen().map(|row| row.hash.clone()).collect()
    }

    /// Reads it.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let reader = csv::Reader::from_path(path);
        let mut reader = reader.with_context(|| format!("{name} cannot be read"))?;
        let rows: Result<_, csv::Error> = reader.deserialize().collect();
        rows.map(Self).with_context(|| {
            format!("{name} is damaged: put back a copy of it, or start the run anew")
        })
    }

    /// Writes it.
    pub(super) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &self.0 {
            writer.serialize(row)?;
        }
        let bytes = writer.into_inner().context("cannot format the manifest")?;
        Ok(files::write(path, &bytes)?)
    }

    /// The pictures of its own data.
    fn own(&self) -> impl Iterator<Item = &Row> {
        self.0.iter().filter(|row| row.used != Use::Inherited)
    }

    /// The photos that the run's weights, or those that it started from, were trained on.
    fn seen(&self) -> impl Iterator<Item = &Row> {
        let inherited = self.0.iter().filter(|row| row.used == Use::Inherited);
        trained(&self.0).chain(inherited)
    }
}

fn trained(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| row.used == Use::Trained)
}

/// What differs, as messages say it.
fn difference(before: &[&Row], now: &[&Row], name: &str) -> Vec<String> {
    let content = |row: &&Row| (row.hash.clone(), row.class, row.id);
    if before.iter().map(content).eq(now.iter().map(content)) {
        return Vec::new();
    }
    let by_file = |rows: &[&Row]| -> HashMap<String, (PictureHash, Option<u8>)> {
        let rows = rows.iter();
        rows.map(|row| (row.file.clone(), (row.hash.clone(), row.class)))
            .collect()
    };
    let (old, new) = (by_file(before), by_file(now));
    let files = |rows: &[&Row], keep: &dyn Fn(&str) -> bool| -> Vec<String> {
        let files = rows.iter().map(|row| row.file.clone());
        files.filter(|file| keep(file)).collect()
    };
    let added = files(now, &|file| !old.contains_key(file));
    let removed = files(before, &|file| !new.contains_key(file));
    let altered = files(now, &|file| {
        old.get(file)
            .is_some_and(|content| new.get(file) != Some(content))
    });
    let mut changes = Vec::new();
    for (what, files) in [("added", added), ("removed", removed), ("altered", altered)] {
        if !files.is_empty() {
            let named = &files[..files.len().min(NAMED)];
            changes.push(format!(
                "{} {name} {what}, such as {}",
                files.len(),
                named.join(", ")
            ));
        }
    }
    if changes.is_empty() {
        changes.push(format!("the {name} are in another order"));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sample;

    #[test]
    fn roles_have_the_names_that_every_version_reads() {
        for (used, name) in [
            (Use::Trained, "trained"),
            (Use::HeldOut, "held-out"),
            (Use::Inherited, "inherited"),
            (Use::Unlabelled, "unlabelled"),
        ] {
            assert_eq!(serde_json::to_value(used).unwrap(), name);
        }
    }

    #[test]
    fn a_manifest_is_read_back_and_agrees_with_its_data() {
        let data = sample(0);
        let manifest = Manifest::new(&data, 0.1, None);
        assert_eq!(manifest.held_out(), 60);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.csv");
        manifest.write(&path).unwrap();
        let read = Manifest::read(&path).unwrap();
        assert_eq!(read, manifest);
        read.check(&data).unwrap();
        std::fs::write(&path, "domain,file\nphoto,").unwrap();
        let error = format!("{:#}", Manifest::read(&path).unwrap_err());
        assert!(error.contains("manifest.csv is damaged"), "{error}");
    }

    #[test]
    fn a_picture_added_removed_altered_or_moved_to_another_class_is_noticed() {
        let data = sample(0);
        let manifest = Manifest::new(&data, 0.1, None);
        let message = |change: &dyn Fn(&mut DataSet)| {
            let mut changed = data.clone();
            change(&mut changed);
            manifest.check(&changed).unwrap_err().to_string()
        };
        let altered = message(&|data| data.photos.pictures[7].put_pixel(0, 0, image::Rgb([1; 3])));
        assert!(
            altered.contains("1 photos altered, such as train_data/0/7.bmp"),
            "{altered}"
        );
        let altered = message(&|data| data.photos.labels[7].0 = 3);
        assert!(altered.contains("1 photos altered"), "{altered}");
        let removed = message(&|data| {
            data.doodles.pictures.pop();
            data.doodles.ids.pop();
            data.doodles.files.pop();
        });
        assert!(
            removed.contains("1 doodles removed, such as test_data/0/00999.bmp"),
            "{removed}"
        );
        let added = message(&|data| {
            data.doodles.pictures.push(data.doodles.pictures[0].clone());
            data.doodles.ids.push(1000);
            data.doodles.files.push("test_data/0/01000.bmp".into());
        });
        assert!(added.contains("1 doodles added"), "{added}");
        // Elsewhere and packed, they are the same pictures.
        let mut moved = data.clone();
        for file in &mut moved.photos.files {
            *file = format!("moved/{file}");
        }
        manifest.check(&moved).unwrap();
    }

    #[test]
    fn what_a_run_starts_from_has_seen_what_it_was_trained_on_itself_and_by_those_before() {
        let data = sample(0);
        let all = Manifest::new(&data, 0.0, None);
        let held_out = Manifest::new(&data, 0.1, None);
        assert_eq!(held_out.held_out_but_seen(&all), 60);
        assert_eq!(held_out.held_out_but_seen(&held_out), 0);
        let seen = held_out.seen_photos();
        let count = data
            .photos
            .pictures
            .iter()
            .filter(|photo| seen.contains(photo));
        assert_eq!(count.count(), 540);
        // A run in between that holds the same photos out does not make them unseen.
        let between = Manifest::new(&data, 0.1, Some(&all));
        assert_eq!(held_out.held_out_but_seen(&between), 60);
        between.check(&data).unwrap();
        assert_eq!(between.held_out_photos(), held_out.held_out_photos());
    }
}
