//! What is in a data set, and what is wrong with it.

mod as_found;
mod missed;

use std::fs;

use image::{GrayImage, RgbImage};
use shared::classes::ClassId;

use super::*;
use crate::testing::{at, doodle, pack, photo, small_layout};

/// The message of what is wrong after `spoil`, and that it is wrong inside a zip too.
fn message(spoil: impl Fn(&Path)) -> String {
    let folder = small_layout();
    spoil(folder.path());
    let zips = tempfile::tempdir().unwrap();
    let zip = zips.path().join("all.zip");
    pack(folder.path(), "", &zip);
    open(&zip).unwrap_err();
    let message = open(folder.path()).unwrap_err().to_string();
    message.replace(&folder.path().display().to_string(), "here")
}

#[test]
fn a_folder_is_read_in_order() {
    let folder = small_layout();
    let data = open(folder.path()).unwrap();
    assert_eq!(data.origin, Origin::Folder(folder.path().to_owned()));
    assert_eq!(data.photos.labels.len(), 20);
    assert_eq!(
        data.photos.labels[..3],
        [ClassId(0), ClassId(0), ClassId(1)]
    );
    assert_eq!(data.photos.pictures[7], photo(7));
    assert_eq!(data.photos.files[7], "train_data/3/7.bmp");
    assert_eq!(data.doodles.ids, [0, 1, 2, 3]);
    assert_eq!(data.doodles.pictures[2], doodle(2));
    assert_eq!(data.doodles.files[2], "test_data/0/00002.bmp");
}

#[test]
fn a_zip_is_read_with_and_without_a_top_folder() {
    let folder = small_layout();
    let data = open(folder.path()).unwrap();
    for top in ["", "real_or_drawing"] {
        let zip = folder.path().join("all.zip");
        pack(folder.path(), top, &zip);
        let packed = open(&zip).unwrap();
        assert_eq!(packed.origin, Origin::Zip(zip.clone()));
        let inside = |name: &String| match top {
            "" => name.clone(),
            top => format!("{top}/{name}"),
        };
        let (mut photos, mut doodles) = (data.photos.clone(), data.doodles.clone());
        photos.files = photos.files.iter().map(inside).collect();
        doodles.files = doodles.files.iter().map(inside).collect();
        assert_eq!((packed.photos, packed.doodles), (photos, doodles));
        fs::remove_file(zip).unwrap();
    }
}

#[test]
fn numbers_order_pictures_and_png_counts_as_well() {
    let folder = small_layout();
    doodle(9)
        .save(at(folder.path(), "test_data/0/10.PNG"))
        .unwrap();
    doodle(8)
        .save(at(folder.path(), "test_data/0/9.png"))
        .unwrap();
    let doodles = open(folder.path()).unwrap().doodles;
    assert_eq!(doodles.ids, [0, 1, 2, 3, 9, 10]);
    assert_eq!(doodles.pictures[4..], [doodle(8), doodle(9)]);
}

#[test]
fn nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        open(&folder.path().join("absent")),
        Err(DataError::NotFound(_))
    ));
    let error = open(folder.path()).unwrap_err().to_string();
    for part in [
        "2 problems",
        "train_data: folder missing",
        "test_data/0: folder missing",
    ] {
        assert!(error.contains(part), "{error}");
    }
    let file = at(folder.path(), "photo.bmp");
    photo(0).save(&file).unwrap();
    assert!(matches!(open(&file), Err(DataError::NotADataSet(_))));
    fs::write(folder.path().join("bad.zip"), b"not a zip").unwrap();
    assert!(matches!(
        open(&folder.path().join("bad.zip")),
        Err(DataError::Zip { .. })
    ));
}

#[test]
fn missing_and_unexpected_classes() {
    assert_eq!(
        message(|folder| fs::remove_dir_all(folder.join("train_data/3")).unwrap()),
        "here/train_data/3: the folder of class 3 (apple) is missing; every class from 0 to 9 needs one. Where these are other \
         classes, list their names in classes.txt beside train_data"
    );
    assert!(
        message(|folder| photo(0).save(at(folder, "train_data/10/0.bmp")).unwrap())
            .contains("train_data/10: not a class")
    );
    assert!(
        message(|folder| fs::remove_dir_all(folder.join("train_data")).unwrap())
            .contains("train_data: folder missing")
    );
}

#[test]
fn empty_folders() {
    let empty = |folder: &Path| {
        fs::remove_dir_all(folder).unwrap();
        fs::create_dir(folder).unwrap();
    };
    let text = message(|folder| empty(&folder.join("test_data/0")));
    assert_eq!(
        text,
        "here/test_data/0: holds no pictures; put pictures there, such as PNG files"
    );
    assert!(
        message(|folder| empty(&folder.join("train_data/9")))
            .contains("train_data/9: holds no pictures")
    );
    assert!(
        message(|folder| fs::remove_dir_all(folder.join("test_data")).unwrap())
            .contains("test_data/0: folder missing")
    );
}

#[test]
fn damaged_pictures() {
    let truncate = |file: &'static str| {
        move |folder: &Path| {
            let bytes = fs::read(folder.join(file)).unwrap();
            fs::write(folder.join(file), &bytes[..bytes.len() - 100]).unwrap();
        }
    };
    let text = message(truncate("train_data/4/8.bmp"));
    assert!(
        text.starts_with("here/train_data/4/8.bmp: the file is truncated"),
        "{text}"
    );
    assert!(
        message(truncate("test_data/0/00002.bmp"))
            .starts_with("here/test_data/0/00002.bmp: the file is truncated")
    );
    let text = message(|folder| fs::write(folder.join("train_data/4/8.bmp"), b"").unwrap());
    assert!(text.contains("8.bmp: the file is empty"), "{text}");
}

#[test]
fn classes_are_named_by_a_list_or_by_their_folders() {
    let named = |folders: [&str; 3], list: Option<&str>| {
        let folder = tempfile::tempdir().unwrap();
        for (number, name) in folders.into_iter().enumerate() {
            let picture = RgbImage::from_pixel(50, 40, image::Rgb([number as u8; 3]));
            let inside = format!("train_data/{name}/one.jpg");
            picture.save(at(folder.path(), &inside)).unwrap();
        }
        for name in ["b", "a"] {
            let doodle = GrayImage::new(60, 90);
            doodle
                .save(at(folder.path(), &format!("test_data/{name}.png")))
                .unwrap();
        }
        if let Some(list) = list {
            fs::write(folder.path().join("classes.txt"), list).unwrap();
        }
        let data = open(folder.path())?;
        assert_eq!(data.doodles.ids, [0, 1]);
        let first = data
            .photos
            .pictures
            .iter()
            .map(|photo| photo.get_pixel(9, 9).0[0]);
        Ok((data.classes.names().to_vec(), first.collect::<Vec<u8>>()))
    };
    let owned = |names: [&str; 3]| names.map(str::to_owned).to_vec();
    let folders = ["square", "circle", "star"];
    assert_eq!(
        named(folders, None).unwrap(),
        (owned(["circle", "square", "star"]), vec![1, 0, 2])
    );
    assert_eq!(
        named(folders, Some("square\r\ncircle\n\n star\n")).unwrap(),
        (owned(folders), vec![0, 1, 2])
    );
    assert_eq!(
        named(["0", "1", "2"], Some("x\ny\nz")).unwrap().0,
        owned(["x", "y", "z"])
    );
    let error = |list| -> String {
        let error: DataError = named(folders, Some(list)).unwrap_err();
        error.to_string()
    };
    assert!(
        error("square\nsquare").contains("classes.txt: the class name \"square\" is given twice")
    );
    assert!(
        error("square\ncircle")
            .contains("star: not a class; the folders of train_data are square, circle")
    );
    assert!(error("").contains("classes.txt: there are 0 class names"));
}

#[test]
fn names_that_say_nothing() {
    assert!(
        message(|folder| doodle(9).save(at(folder, "test_data/0/cat.bmp")).unwrap())
            .contains("cat.bmp: the name")
    );
    assert_eq!(
        message(|folder| doodle(1).save(at(folder, "test_data/0/1.png")).unwrap()),
        "here/test_data/0/1.png: has the same number as here/test_data/0/00001.bmp; rename or remove one of them"
    );
}
