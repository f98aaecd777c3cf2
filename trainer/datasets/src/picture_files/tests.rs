use std::fs;

use super::*;
use crate::testing::{at, doodle, pack, photo, small_layout};
use shared::classes::ClassNames;

fn inside(files: &PictureFiles) -> Vec<&str> {
    files
        .pictures
        .iter()
        .map(|picture| picture.inside.as_str())
        .collect()
}

#[test]
fn doodles_by_number_are_the_same_in_a_folder_and_a_zip() {
    let folder = small_layout();
    let zip = folder.path().join("all.zip");
    pack(folder.path(), "real_or_drawing", &zip);
    for (path, top) in [(folder.path(), ""), (&zip, "real_or_drawing/")] {
        let mut files = PictureFiles::numbered(path).unwrap();
        let ids: Vec<u64> = files.files().map(|(id, _)| id).collect();
        assert_eq!(ids, [0, 1, 2, 3]);
        assert_eq!(inside(&files)[3], format!("{top}test_data/0/00003.bmp"));
        files.retain(|id| id != 1);
        let chunks: Vec<_> = files.doodles(2).collect();
        assert_eq!((chunks[0].len(), chunks[1].len()), (2, 1));
        assert_eq!(chunks[0][1].1.as_ref().unwrap(), &doodle(2));
        let index = files.index();
        assert_eq!(index.len(), 3);
    }
}

#[test]
fn photos_of_a_layout_are_listed_class_by_class() {
    let folder = small_layout();
    fs::write(folder.path().join("train_data/0/notes.txt"), "").unwrap();
    let files = PictureFiles::list(&[folder.path().to_owned()], Domain::Photo).unwrap();
    assert_eq!((files.len(), files.passed_over()), (20, 1));
    assert_eq!(
        inside(&files)[..3],
        [
            "train_data/0/0.bmp",
            "train_data/0/1.bmp",
            "train_data/1/2.bmp"
        ]
    );
    let chunk = files.photos(3).next().unwrap();
    assert_eq!(chunk[2].1.as_ref().unwrap(), &photo(2));
}

#[test]
fn problems_are_all_told() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a.png", "b", "c.zip"].map(|name| folder.path().join(name));
    fs::create_dir(&paths[1]).unwrap();
    let problem = PictureFiles::list(&paths, Domain::Doodle).err().unwrap();
    let message = problem.to_string();
    assert!(
        message.starts_with("3 problems with the pictures\n"),
        "{message}"
    );
    for part in [
        "a.png: no such picture",
        "b: holds no pictures",
        "c.zip: no such",
    ] {
        assert!(message.contains(part), "{message}");
    }
    let one = PictureFiles::list(&paths[1..2], Domain::Doodle)
        .err()
        .unwrap();
    assert!(one.to_string().contains("b: holds no pictures"));
}

/// The class of the file in each folder, by the numbers of a classifier with these classes.
fn classes_of(
    folders: &[&str],
    list: Option<&str>,
    classes: &[&str],
    layout: bool,
) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    for name in folders {
        let top = if layout { "train_data/" } else { "" };
        photo(1)
            .save(at(folder.path(), &format!("{top}{name}/1.png")))
            .unwrap();
    }
    if let Some(list) = list {
        fs::write(folder.path().join("classes.txt"), list).unwrap();
    }
    let names = ClassNames::new(classes.iter().map(|name| (*name).to_owned()).collect()).unwrap();
    let (files, labels) = PictureFiles::by_class(folder.path(), Domain::Photo, &names)
        .map_err(|error| error.to_string())?;
    assert_eq!(files.len(), folders.len());
    Ok(labels.iter().map(|(_, class)| class.0).collect())
}

#[test]
fn folders_are_classes_by_name_or_number() {
    let classes = ["ring", "cross", "caf\u{e9}"];
    // Folders are in natural order: cafe, cross, ring.
    let named = ["cafe\u{301}", "CROSS", "ring"];
    for layout in [false, true] {
        let mut found = classes_of(&named, None, &classes, layout).unwrap();
        found.sort_unstable();
        assert_eq!(found, [0, 1, 2]);
    }
    assert_eq!(
        classes_of(&["0", "2"], None, &classes, false),
        Ok(vec![0, 2])
    );
    // The data set's own list says which number is which class.
    let list = Some("cross\nring\n");
    assert_eq!(
        classes_of(&["0", "1"], list, &classes, true),
        Ok(vec![1, 0])
    );
    let horse = ["bed", "horse"];
    assert_eq!(classes_of(&["0", "1"], None, &horse, true), Ok(vec![1, 0]));
    for (folders, layout) in [
        (&["ring", "tiger"], false),
        (&["ring", "tiger"], true),
        (&["0", "1"], true),
    ] {
        let error = classes_of(folders, None, &classes, layout).unwrap_err();
        assert!(
            error.contains("no such class") && error.contains("ring, cross"),
            "{error}"
        );
    }
    let error = classes_of(&[], None, &classes, false).unwrap_err();
    assert!(error.contains("holds no folders of pictures"), "{error}");
}
