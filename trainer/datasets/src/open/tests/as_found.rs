//! Folders and archives as people have them: other files, odd names, links, nesting.

use super::*;

/// The warnings of a small layout after something was done to it, without where it is.
fn warned(change: impl FnOnce(&Path)) -> Vec<String> {
    let folder = small_layout();
    change(folder.path());
    let data = open(folder.path()).unwrap();
    assert_eq!((data.photos.labels.len(), data.doodles.ids.len()), (20, 4));
    let here = folder.path().display().to_string();
    let warnings = data.warnings.iter();
    warnings
        .map(|warning| warning.to_string().replace(&here, "here"))
        .collect()
}

#[test]
fn what_is_no_picture_is_passed_over_with_a_count() {
    let warnings = warned(|folder| {
        fs::write(at(folder, "test_data/0/labels.csv"), "id,label").unwrap();
        fs::write(at(folder, "train_data/0/0.txt"), "1 0.5").unwrap();
        fs::write(at(folder, "train_data/metadata.csv"), "file_name").unwrap();
        fs::write(at(folder, "train_data/4/notes"), "").unwrap();
        fs::write(at(folder, "train_data/5/more/1.png"), "").unwrap();
        photo(1).save(at(folder, "train_data/1.png")).unwrap();
        photo(1).save(at(folder, "test_data/1.png")).unwrap();
        // The photo in a camera's own format too.
        fs::write(at(folder, "train_data/6/12.heic"), "").unwrap();
    });
    assert_eq!(
        warnings,
        [
            "passed over 4 files that are not pictures, such as here/train_data/metadata.csv",
            "passed over 1 file of a format that is not read, beside a picture of the same name: here/train_data/6/12.heic",
            "passed over 1 folder inside of a folder of pictures: here/train_data/5/more",
            "passed over 2 pictures beside the folders of pictures, such as here/train_data/1.png",
        ]
    );
}

#[test]
fn litter_is_passed_over_without_a_word() {
    let warnings = warned(|folder| {
        for inside in [
            "train_data/@eaDir/0.png/x.jpg",
            "train_data/3/Icon\r",
            "test_data/0/ehthumbs.db",
        ] {
            fs::write(at(folder, inside), "").unwrap();
        }
        fs::create_dir(folder.join("train_data/lost+found")).unwrap();
        fs::create_dir(folder.join("test_data/@eaDir")).unwrap();
    });
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_folder_of_other_things_has_no_pictures() {
    let text = message(|folder| {
        for name in ["12.bmp", "13.bmp"] {
            fs::remove_file(folder.join("train_data/6").join(name)).unwrap();
        }
        fs::write(folder.join("train_data/6/a.csv"), "").unwrap();
        fs::write(folder.join("train_data/6/b.csv"), "").unwrap();
    });
    assert!(
        text.starts_with("here/train_data/6: holds no pictures, only 2 other files such as here/train_data/6/a.csv"),
        "{text}"
    );
}

#[test]
fn pictures_of_formats_that_are_not_read_are_no_litter() {
    let text = message(|folder| fs::write(folder.join("train_data/6/IMG_1.HEIC"), "x").unwrap());
    assert_eq!(
        text,
        "here/train_data/6/IMG_1.HEIC: HEIC is not read: convert it to PNG or JPEG"
    );
}

#[test]
fn a_picture_needs_no_ending() {
    let folder = small_layout();
    let path = folder.path();
    fs::rename(
        path.join("test_data/0/00003.bmp"),
        path.join("test_data/0/3"),
    )
    .unwrap();
    fs::rename(
        path.join("train_data/0/0.bmp"),
        path.join("train_data/0/0.bmp_large"),
    )
    .unwrap();
    let data = open(path).unwrap();
    assert_eq!(data.doodles.ids, [0, 1, 2, 3]);
    assert_eq!(data.photos.pictures.len(), 20);
    assert!(data.warnings.is_empty());
}

#[test]
fn everything_that_is_wrong_is_listed_at_once() {
    let folder = small_layout();
    let path = folder.path();
    fs::remove_dir_all(path.join("train_data/3")).unwrap();
    fs::write(path.join("train_data/4/8.bmp"), "").unwrap();
    fs::write(path.join("test_data/0/x.png"), "").unwrap();
    for number in 100..120 {
        fs::write(at(path, &format!("train_data/9/{number}.png")), "<html>").unwrap();
    }
    let error = open(path).unwrap_err();
    assert!(matches!(error, DataError::All { .. }));
    let text = error
        .to_string()
        .replace(&path.display().to_string(), "here");
    assert!(
        text.starts_with("here: 23 problems, to be put right before it is used\n"),
        "{text}"
    );
    for part in [
        "\n1: missing classes\n  here/train_data/3: ",
        "\n1: empty files\n  here/train_data/4/8.bmp: ",
        "\n20: files that are no pictures by their contents\n  here/train_data/9/100.png: is a web page",
        "\n  ... and 10 more\n",
        "\n1: names that are no number\n  here/test_data/0/x.png: ",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}

#[test]
fn numbers_have_64_bits() {
    let folder = small_layout();
    let path = folder.path();
    doodle(9)
        .save(at(path, "test_data/0/9000003627287624.png"))
        .unwrap();
    doodle(8)
        .save(at(path, "test_data/0/18446744073709551615.png"))
        .unwrap();
    let ids = open(path).unwrap().doodles.ids;
    assert_eq!(ids[4..], [9_000_003_627_287_624, u64::MAX]);
    doodle(7)
        .save(at(path, "test_data/0/18446744073709551616.png"))
        .unwrap();
    let error = open(path).unwrap_err().to_string();
    assert!(
        error
            .contains("18446744073709551616.png: numbers go up to 18446744073709551615; rename it"),
        "{error}"
    );
}

#[test]
fn the_layout_may_lie_in_folders_of_its_own() {
    let folder = small_layout();
    let data = open(folder.path()).unwrap();
    let outer = tempfile::tempdir().unwrap();
    for (zip, top) in [
        ("a.zip", "archive/real_or_drawing/real_or_drawing"),
        ("b.dat", "x"),
    ] {
        let zip = outer.path().join(zip);
        pack(folder.path(), top, &zip);
        let packed = open(&zip).unwrap();
        assert_eq!(packed.photos.pictures, data.photos.pictures);
        assert_eq!(
            packed.doodles.files[1],
            format!("{top}/test_data/0/00001.bmp")
        );
    }
    fs::create_dir_all(outer.path().join("p/q")).unwrap();
    fs::rename(folder.path(), outer.path().join("p/q/data")).unwrap();
    assert_eq!(
        open(&outer.path().join("p")).unwrap().photos.pictures,
        data.photos.pictures
    );
    // A part of it is not all of it, and two are one too many.
    let error = open(&outer.path().join("p/q/data/train_data"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("train_data: is only a part of a data set"),
        "{error}"
    );
    fs::create_dir_all(outer.path().join("p/q/more/test_data")).unwrap();
    let error = open(&outer.path().join("p")).unwrap_err().to_string();
    assert!(
        error.contains("p: holds several data sets, in q/data, q/more; give one of them"),
        "{error}"
    );
}

#[test]
fn folders_may_be_written_otherwise() {
    let folder = small_layout();
    let path = folder.path();
    let data = open(path).unwrap();
    fs::rename(path.join("train_data"), path.join("Train_Data")).unwrap();
    fs::rename(path.join("Train_Data/3"), path.join("Train_Data/03")).unwrap();
    fs::rename(path.join("test_data/0"), path.join("test_data/doodles")).unwrap();
    assert_eq!(open(path).unwrap().photos.pictures, data.photos.pictures);
    assert_eq!(open(path).unwrap().doodles.pictures, data.doodles.pictures);
    fs::rename(path.join("Train_Data"), path.join("train")).unwrap();
    let error = open(path).unwrap_err().to_string();
    assert!(
        error.contains("train_data: folder missing; the layout is "),
        "{error}"
    );
    assert!(error.ends_with("; there is test_data, train"), "{error}");
}

#[test]
fn photos_without_folders_are_told_apart_from_none() {
    let text = message(|folder| {
        fs::remove_dir_all(folder.join("train_data")).unwrap();
        photo(1).save(at(folder, "train_data/cat.1.png")).unwrap();
    });
    assert!(
        text.starts_with(
            "here/train_data: holds photos but no folders; put the photos of each class"
        ),
        "{text}"
    );
}

/// A layout of classes with these names, in this order, one photo each.
fn with_classes(names: &[&str], list: Option<&[u8]>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, name) in names.iter().enumerate() {
        let file = at(folder.path(), &format!("train_data/{name}/1.png"));
        photo(number as u8).save(file).unwrap();
    }
    doodle(1)
        .save(at(folder.path(), "test_data/1.png"))
        .unwrap();
    if let Some(list) = list {
        fs::write(folder.path().join("classes.txt"), list).unwrap();
    }
    folder
}

#[test]
fn class_names_are_the_same_in_any_unicode_form() {
    // e and its accent apart, as macOS keeps names, and in one character, as keyboards write it.
    let (apart, one) = ("cafe\u{301}", "caf\u{e9}");
    let folder = with_classes(&[apart, "ring"], Some(format!("ring\n{one}\n").as_bytes()));
    let data = open(folder.path()).unwrap();
    assert_eq!(data.classes.names(), ["ring", one]);
    assert_eq!(data.photos.pictures, [photo(1), photo(0)]);
    let folder = with_classes(&[apart, "ring"], None);
    assert_eq!(open(folder.path()).unwrap().classes.names(), [one, "ring"]);
    let folder = with_classes(&[apart, one, "ring"], None);
    let error = open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("the same name as that of"), "{error}");
}

#[test]
fn lists_of_classes_are_read_as_windows_writes_them() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    for list in [
        utf16("ring\r\ncaf\u{e9}\r\n"),
        "\u{feff}ring\r\ncaf\u{e9}".into(),
    ] {
        let folder = with_classes(&["caf\u{e9}", "ring"], Some(&list));
        assert_eq!(
            open(folder.path()).unwrap().classes.names(),
            ["ring", "caf\u{e9}"]
        );
    }
    let folder = with_classes(&["ring"], Some(b"ring\ncaf\xe9"));
    let error = open(folder.path()).unwrap_err().to_string();
    assert!(
        error.ends_with("classes.txt: is not UTF-8 text; save it as such"),
        "{error}"
    );
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_are_read_but_for_those_of_classes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = with_classes(&["ring", "square"], None);
    let file = OsStr::from_bytes(b"caf\xe9.png");
    photo(7)
        .save_with_format(
            folder.path().join("train_data/ring").join(file),
            image::ImageFormat::Png,
        )
        .unwrap();
    let data = open(folder.path()).unwrap();
    assert_eq!(
        data.photos.files,
        [
            "train_data/ring/caf\\xE9.png",
            "train_data/ring/1.png",
            "train_data/square/1.png"
        ]
    );
    assert_eq!(data.photos.pictures[0], photo(7));
    fs::create_dir(
        folder
            .path()
            .join("train_data")
            .join(OsStr::from_bytes(b"caf\xe9")),
    )
    .unwrap();
    let error = open(folder.path()).unwrap_err().to_string();
    assert!(
        error.ends_with(
            "train_data/caf\\xE9: the name of a class must be UTF-8 text; rename the folder"
        ),
        "{error}"
    );
}

#[test]
#[cfg(unix)]
fn links_that_lead_nowhere_do_not_hide_the_rest() {
    use std::os::unix::fs::symlink;

    let folder = small_layout();
    let path = folder.path();
    symlink("nowhere", path.join("train_data/0/5.bmp")).unwrap();
    symlink("6.bmp", path.join("train_data/0/6.bmp")).unwrap();
    fs::write(path.join("train_data/4/8.bmp"), "").unwrap();
    let error = open(path).unwrap_err().to_string();
    for part in [
        "3 problems",
        "train_data/0/5.bmp: is a link that leads nowhere (to nowhere)",
        "train_data/0/6.bmp: is a link that leads nowhere",
        "8.bmp: the file is empty",
    ] {
        assert!(error.contains(part), "no {part} in {error}");
    }
}

#[test]
#[cfg(unix)]
fn links_to_photos_and_classes_are_followed() {
    use std::os::unix::fs::symlink;

    let folder = small_layout();
    let path = folder.path();
    let data = open(path).unwrap();
    let outer = tempfile::tempdir().unwrap();
    fs::rename(path.join("train_data/0"), outer.path().join("horses")).unwrap();
    symlink(outer.path().join("horses"), path.join("train_data/0")).unwrap();
    fs::rename(path.join("train_data/1/2.bmp"), outer.path().join("bed")).unwrap();
    symlink(outer.path().join("bed"), path.join("train_data/1/2.bmp")).unwrap();
    assert_eq!(open(path).unwrap().photos, data.photos);
}
