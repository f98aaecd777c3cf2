use std::ffi::OsStr;
use std::io::Write;

use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;

use super::*;

/// A zip of files with these names, each of which holds its name.
fn zip(names: &[&str]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let mut writer = ZipWriter::new(fs::File::create(&path).unwrap());
    for name in names {
        if name.ends_with('/') {
            writer
                .add_directory(*name, SimpleFileOptions::default())
                .unwrap();
        } else {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(name.as_bytes()).unwrap();
        }
    }
    writer.finish().unwrap();
    let store = Store::open(&path).unwrap();
    (folder, store)
}

/// Every file below a folder, by its path inside the store.
fn files(store: &Store, folder: &Node) -> Vec<Node> {
    let listing = store.list(folder).unwrap();
    let below = listing
        .folders
        .iter()
        .flat_map(|folder| files(store, folder));
    listing
        .files
        .into_iter()
        .chain(below.collect::<Vec<_>>())
        .collect()
}

fn paths(store: &Store) -> Vec<String> {
    files(store, &store.top())
        .into_iter()
        .map(|file| file.inside)
        .collect()
}

#[test]
fn a_zip_lists_folders_with_and_without_their_own_entries() {
    let (_folder, store) = zip(&[
        "top/",
        "top/a/",
        "top/b/1.bmp",
        "__MACOSX/top/1.bmp",
        "top/.DS_Store",
    ]);
    let top = store.list(&store.top()).unwrap();
    assert_eq!(top.folder_names(), ["top"]);
    let top = store.list(&top.folders[0]).unwrap();
    assert_eq!(
        (top.folder_names(), top.files.len()),
        (vec!["a".to_owned(), "b".to_owned()], 0)
    );
    assert!(store.list(&top.folders[0]).unwrap().files.is_empty());
    assert_eq!(paths(&store), ["top/b/1.bmp"]);
}

#[test]
fn names_of_zips_may_be_written_in_any_way() {
    let names = [
        "a\\b\\1.png",
        "./a/2.png",
        "/a/3.png",
        "C:\\a\\4.png",
        "a//5.png",
        "a/x/../6.png",
        "../../a/7.png",
    ];
    let (_folder, mut store) = zip(&names);
    let found = files(&store, &store.top());
    let paths: Vec<&str> = found.iter().map(|file| file.inside.as_str()).collect();
    assert_eq!(
        paths,
        [
            "a/2.png",
            "a/3.png",
            "a/4.png",
            "a/5.png",
            "a/6.png",
            "a/7.png",
            "a/b/1.png"
        ]
    );
    assert_eq!(store.read(&found[6]).unwrap(), names[0].as_bytes());
    assert_eq!(store.read(&found[2]).unwrap(), names[3].as_bytes());
    assert!(!store.has_doubles());
    let (_folder, mut store) = zip(&["a/1.png", "a\\1.png"]);
    let found = files(&store, &store.top());
    assert_eq!((found.len(), store.has_doubles()), (1, true));
    assert_eq!(store.read(&found[0]).unwrap(), b"a\\1.png");
}

#[test]
fn a_zip_is_known_by_its_contents() {
    let (folder, _) = zip(&["1.png"]);
    let path = folder.path();
    fs::rename(path.join("a.zip"), path.join("a.dat")).unwrap();
    assert_eq!(paths(&Store::open(&path.join("a.dat")).unwrap()), ["1.png"]);
    for (name, bytes, message) in [
        (
            "a.rar",
            &b"Rar!\x1a\x07\x00rest"[..],
            "RAR archives are not read; unpack it, or pack it as a zip",
        ),
        (
            "b.zip",
            b"7z\xbc\xaf\x27\x1crest",
            "7z archives are not read",
        ),
        (
            "c.tar.gz",
            b"\x1f\x8b\x08rest",
            "gzip or tar.gz archives are not read",
        ),
        (
            "d.zip",
            b"<!DOCTYPE html><html>",
            "is a web page (HTML), no zip",
        ),
        (
            "e.zip",
            b"PK\x03\x04 and nothing more",
            "the zip cannot be read",
        ),
        ("f.csv", b"id,label\n", "neither a folder nor a zip file"),
    ] {
        fs::write(path.join(name), bytes).unwrap();
        let error = Store::open(&path.join(name)).err().unwrap().to_string();
        assert!(error.contains(name) && error.contains(message), "{error}");
    }
}

#[test]
fn an_entry_that_unpacks_to_more_than_a_picture_may_have_is_not_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let mut writer = ZipWriter::new(fs::File::create(&path).unwrap());
    writer
        .start_file("1.png", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(&[0; 1000]).unwrap();
    writer.finish().unwrap();
    // The size that the entry is said to have, in the directory at the end and before the entry.
    let mut bytes = fs::read(&path).unwrap();
    for (magic, at) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let start = bytes.windows(4).position(|window| window == magic).unwrap();
        bytes[start + at..start + at + 4].copy_from_slice(&0xf000_0000_u32.to_le_bytes());
    }
    fs::write(&path, bytes).unwrap();
    let mut store = Store::open(&path).unwrap();
    let file = files(&store, &store.top()).remove(0);
    let error = store.read(&file).unwrap_err().to_string();
    assert!(
        error.contains("a.zip: 1.png: is too large (3840 MiB)"),
        "{error}"
    );
}

#[test]
fn entries_that_cannot_be_unpacked_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    // Bit 0 of the flags says that there is a password; two bytes later is the way of packing.
    for (off, value, message) in [
        (
            0,
            1,
            "a.zip: 1.png: is encrypted; unpack the zip, or pack it again without a password",
        ),
        (
            2,
            9,
            "a.zip: 1.png: is packed with Deflate64, which is not read",
        ),
        (
            2,
            14,
            "a.zip: 1.png: is packed with LZMA, which is not read",
        ),
    ] {
        let mut writer = ZipWriter::new(fs::File::create(&path).unwrap());
        writer
            .start_file("1.png", SimpleFileOptions::default())
            .unwrap();
        writer.write_all(b"bytes").unwrap();
        writer.finish().unwrap();
        let mut bytes = fs::read(&path).unwrap();
        for (magic, at) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
            let start = bytes.windows(4).position(|window| window == magic).unwrap();
            bytes[start + at + off] = value;
        }
        fs::write(&path, bytes).unwrap();
        let mut store = Store::open(&path).unwrap();
        let file = files(&store, &store.top()).remove(0);
        let error = store.read(&file).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
    let mut writer = ZipWriter::new(fs::File::create(&path).unwrap());
    writer
        .add_symlink("2.png", "1.png", SimpleFileOptions::default())
        .unwrap();
    writer.finish().unwrap();
    let mut store = Store::open(&path).unwrap();
    let file = files(&store, &store.top()).remove(0);
    let error = store.read(&file).unwrap_err().to_string();
    assert!(
        error.ends_with("2.png: is a link in the zip; pack it again with the file itself"),
        "{error}"
    );
}

#[test]
#[cfg(unix)]
fn links_are_followed_and_those_that_lead_nowhere_are_named() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir_all(path.join("real/in")).unwrap();
    fs::write(path.join("real/1.png"), "one").unwrap();
    symlink("real/1.png", path.join("2.png")).unwrap();
    symlink("real", path.join("linked")).unwrap();
    symlink("nowhere", path.join("3.png")).unwrap();
    symlink("loop", path.join("loop")).unwrap();
    let mut store = Store::open(path).unwrap();
    let listing = store.list(&store.top()).unwrap();
    assert_eq!(listing.folder_names(), ["linked", "real"]);
    assert_eq!(store.read(&listing.files[0]).unwrap(), b"one");
    let broken: Vec<String> = listing.broken.iter().map(ToString::to_string).collect();
    assert_eq!(broken.len(), 2);
    assert!(
        broken[0].contains("3.png: is a link that leads nowhere (to nowhere)"),
        "{broken:?}"
    );
    assert!(
        broken[1].contains("loop: is a link that leads nowhere"),
        "{broken:?}"
    );
    let error = Store::open(&path.join("3.png")).err().unwrap();
    assert!(matches!(error, DataError::BrokenLink { .. }), "{error}");
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_are_read_and_shown_by_their_bytes() {
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join(OsStr::from_bytes(b"donn\xe9es"));
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join(OsStr::from_bytes(b"caf\xe9.png")), "picture").unwrap();
    let mut store = Store::open(&inside).unwrap();
    let listing = store.list(&store.top()).unwrap();
    let file = &listing.files[0];
    assert_eq!(
        (file.name.as_str(), file.spelling),
        ("caf\\xE9.png", Spelling::Bytes)
    );
    assert_eq!(store.read(file).unwrap(), b"picture");
    assert!(
        store
            .place(file)
            .to_string()
            .ends_with("donn\\xE9es/caf\\xE9.png")
    );
}

#[test]
fn places_do_not_disturb_a_terminal() {
    assert_eq!(
        Place::new("a\r\u{1b}[31mb\n").to_string(),
        "a\\r\\u{1b}[31mb\\n"
    );
}

#[test]
fn names_differ_in_case_only_where_no_other_does() {
    let (_folder, store) = zip(&[
        "Train_Data/1.png",
        "Test/1.png",
        "TEST/1.png",
        "test_data/1.png",
    ]);
    let top = store.list(&store.top()).unwrap();
    assert_eq!(top.folder("train_data").unwrap().name, "Train_Data");
    assert_eq!(top.folder("TEST").unwrap().name, "TEST");
    assert!(top.folder("test").is_none());
}
