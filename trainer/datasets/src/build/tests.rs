use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use shared::classes::ClassNames;

use super::testing::{doodle, levels, pack, set, sources, unpack};
use super::*;
use crate::{Labels, check, open};

/// Builds what nobody stops or looks at.
fn build(sources: &Sources) -> anyhow::Result<Built> {
    super::build(sources, &AtomicBool::new(false), &())
}

/// Builds from a folder to one in it.
fn build_in(folder: &Path, out: &str, seed: u64) -> anyhow::Result<PathBuf> {
    let out = folder.join(out);
    build(&Sources {
        cifar: folder,
        quickdraw: folder,
        out: &out,
        photos: 3,
        doodles: 4,
        seed,
    })?;
    Ok(out)
}

fn message(folder: &Path) -> String {
    let error = build_in(folder, "out", 0).unwrap_err();
    assert!(!folder.join("out").exists());
    error.to_string()
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).unwrap();
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), bytes);
            }
        }
    }
    files
}

#[test]
fn what_is_built_is_right_and_can_be_read() {
    let folder = sources();
    let out = build_in(folder.path(), "out", 0).unwrap();
    assert!(check(&out).unwrap().is_usable());
    let data = open(&out).unwrap();
    assert_eq!(data.photos.pictures.len(), 30);
    for (class, (_, label, _)) in classes() {
        let of_class = data.photos.labels.iter().zip(&data.photos.pictures);
        let of_class = of_class.filter(|(label, _)| **label == class);
        let numbers: BTreeSet<u8> = of_class
            .map(|(_, photo)| {
                let number = photo.get_pixel(1, 0).0[0];
                let levels = levels(label, number);
                for (x, y) in [(0, 0), (31, 5), (7, 31)] {
                    let at = (y * 32 + x) as usize;
                    let expected = [levels[at], levels[1024 + at], levels[2048 + at]];
                    assert_eq!(photo.get_pixel(x, y).0, expected);
                }
                number
            })
            .collect();
        assert_eq!(numbers.len(), 3);
    }
    assert!(out.join("train_data/9/27.bmp").exists());
    let ids: Vec<u64> = (0..40).collect();
    assert_eq!(data.doodles.ids, ids);
    let labels = Labels::read(&out.join("labels.csv"), &ids, &ClassNames::default()).unwrap();
    let mut seen = BTreeSet::new();
    for (picture, (_, class)) in data.doodles.pictures.iter().zip(labels.iter()) {
        let number = picture.as_raw()[101];
        assert_eq!(picture.as_raw(), &doodle(class.0, number));
        seen.insert((class, number));
    }
    assert_eq!(seen.len(), 40);
    let in_order = labels.iter().map(|(_, class)| class);
    assert!(!in_order.is_sorted());
}

#[test]
fn the_same_packed_and_unpacked_and_another_from_another_seed() {
    let folder = sources();
    let first = files(&build_in(folder.path(), "first", 7).unwrap());
    let again = files(&build_in(folder.path(), "again", 7).unwrap());
    assert!(first == again);
    let unpacked = sources();
    for which in [Cifar::Ten, Cifar::Hundred] {
        unpack(&set(which), unpacked.path());
    }
    for entry in fs::read_dir(unpacked.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "gz") {
            fs::remove_file(path).unwrap();
        }
    }
    assert!(first == files(&build_in(unpacked.path(), "out", 7).unwrap()));
    let other = files(&build_in(folder.path(), "other", 8).unwrap());
    assert!(first.keys().eq(other.keys()) && first != other);
}

#[test]
fn missing_sources_are_named_with_where_they_are() {
    let folder = sources();
    fs::remove_file(folder.path().join("dog.npy")).unwrap();
    fs::remove_file(folder.path().join("airplane.npy")).unwrap();
    let text = message(folder.path());
    assert!(
        text.contains("holds no airplane.npy, dog.npy; download"),
        "{text}"
    );
    assert!(text.contains("numpy_bitmap"), "{text}");
    fs::remove_file(folder.path().join("cifar-100-binary.tar.gz")).unwrap();
    let text = message(folder.path());
    assert!(
        text.contains("no CIFAR-100; download cifar-100-binary.tar.gz (unpacked: cifar-100-binary) from https://www.cs.toronto.edu"),
        "{text}"
    );
}

#[test]
fn damaged_archives() {
    let folder = sources();
    let path = folder.path().join("cifar-10-binary.tar.gz");
    let good = fs::read(&path).unwrap();
    let mut flipped = good.clone();
    let last = good.len() - 8;
    // In the checksum, which only a reader to the end finds.
    flipped[last] ^= 1;
    for bytes in [&good[..good.len() / 2], &flipped, b"<html>", b""] {
        fs::write(&path, bytes).unwrap();
        let text = message(folder.path());
        assert!(text.starts_with(&*path.to_string_lossy()), "{text}");
        assert!(
            text.contains("download it again from https://www.cs"),
            "{text}"
        );
    }
    let mut files = set(Cifar::Ten);
    files.pop();
    fs::write(&path, pack(&files)).unwrap();
    assert!(message(folder.path()).contains("gz: lacks data_batch_5.bin; "));
    files.push((
        "cifar-10-batches-bin/data_batch_5.bin".to_owned(),
        vec![3; 99],
    ));
    fs::write(&path, pack(&files)).unwrap();
    let text = message(folder.path());
    assert!(
        text.contains(".gz: cifar-10-batches-bin/data_batch_5.bin: cannot be read"),
        "{text}"
    );
    unpack(&files[..2], folder.path());
    assert!(message(folder.path()).contains("batches-bin: lacks data_batch_3.bin; "));
}

#[test]
fn foreign_labels_are_refused_and_other_numbers_of_pictures_are_told() {
    let folder = sources();
    let mut files = set(Cifar::Ten);
    files[2].1 = Vec::new();
    let label = std::mem::replace(&mut files[4].1[0], 200);
    unpack(&files, folder.path());
    let text = message(folder.path());
    assert!(text.contains("data_batch_5.bin: "), "{text}");
    assert!(text.contains("the label 200"), "{text}");
    assert!(text.contains("download it again from"), "{text}");
    files[4].1[0] = label;
    unpack(&files, folder.path());
    let out = folder.path().join("out");
    let Built::Whole { unusual } = build(&all(folder.path(), &out, 4, 6)).unwrap() else {
        panic!("nobody stopped it");
    };
    let [_, _, third, _, _, hundred] = &unusual[..] else {
        panic!("{unusual:?}");
    };
    assert_eq!((third.have, third.original), (0, 10_000));
    assert_eq!(hundred.original, 50_000);
    let told = third.to_string();
    assert!(
        told.contains("data_batch_3.bin: holds 0 pictures, the original 10000"),
        "{told}"
    );
}

#[test]
fn one_that_is_stopped_leaves_nothing() {
    /// Asks to stop when the first file is written.
    struct Impatient(AtomicBool);
    impl Observer for Impatient {
        fn begin(&self, _: Option<u64>, _: u64) {}
        fn advance(&self, _: u64) {
            self.0.store(true, Ordering::Relaxed);
        }
        fn end(&self, completed: bool) {
            assert!(!completed);
        }
    }
    let folder = sources();
    let out = folder.path().join("made/out");
    let sources = all(folder.path(), &out, 5, 6);
    let built = super::build(&sources, &AtomicBool::new(true), &()).unwrap();
    assert_eq!(built, Built::Stopped);
    let impatient = Impatient(AtomicBool::new(false));
    let built = super::build(&sources, &impatient.0, &impatient).unwrap();
    assert_eq!(built, Built::Stopped);
    assert!(
        fs::read_dir(folder.path().join("made"))
            .unwrap()
            .next()
            .is_none()
    );
}

/// What is in a folder, to be built from.
fn all<'a>(folder: &'a Path, out: &'a Path, photos: usize, doodles: usize) -> Sources<'a> {
    Sources {
        cifar: folder,
        quickdraw: folder,
        out,
        photos,
        doodles,
        seed: 0,
    }
}

#[test]
fn too_few_pictures() {
    let folder = sources();
    let out = folder.path().join("out");
    let sources = |photos, doodles| all(folder.path(), &out, photos, doodles);
    build(&sources(5, 6)).unwrap();
    fs::remove_dir_all(&out).unwrap();
    let text = build(&sources(6, 6)).unwrap_err().to_string();
    assert!(
        text.contains("CIFAR-10 has 5 photos to train with of horse"),
        "{text}"
    );
    assert!(text.contains("give --photos 5 or less"), "{text}");
    let text = build(&sources(5, 7)).unwrap_err().to_string();
    assert!(text.contains("horse.npy: has 6 doodles"), "{text}");
    assert!(!out.exists());
}

#[test]
fn what_is_there_stays() {
    let folder = sources();
    fs::create_dir(folder.path().join("out")).unwrap();
    let error = build_in(folder.path(), "out", 0).unwrap_err().to_string();
    assert!(error.contains("out: exists already"), "{error}");
}
