use std::fs;

use shared::classes::ClassId;

use super::*;
use crate::data::testing::{at, doodle, pack, photo, small_layout};

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
