//! What somebody may miss, mean otherwise or have forgotten.

use super::*;
use crate::{Reason, Warning, open_or_draw};

// Elsewhere a file system may take both for one.
#[cfg(target_os = "linux")]
#[test]
fn folders_that_somebody_may_miss_are_told_in_a_folder_and_in_a_zip() {
    let folder = small_layout();
    let classes = "a b c d e f g h i .net".replace(' ', "\n");
    photo(1)
        .save(at(folder.path(), "train_data/.net/1.png"))
        .unwrap();
    photo(1)
        .save(at(folder.path(), "train_data/.thumbnails/1.png"))
        .unwrap();
    fs::create_dir(folder.path().join("train_data/.empty")).unwrap();
    photo(1)
        .save(at(folder.path(), "Train_Data/0/1.png"))
        .unwrap();
    doodle(1)
        .save(at(folder.path(), "TEST_DATA/1.png"))
        .unwrap();
    let zips = tempfile::tempdir().unwrap();
    let zip = zips.path().join("all.zip");
    pack(folder.path(), "", &zip);
    for (place, here) in [
        (folder.path(), format!("{}/", folder.path().display())),
        (&zip, format!("{}: ", zip.display())),
    ] {
        let data = open(place).unwrap();
        let warnings: Vec<_> = data.warnings.iter().map(ToString::to_string).collect();
        let [hidden, cases] = &warnings[..] else {
            panic!("{warnings:?}");
        };
        assert!(
            hidden.starts_with("passed over 1 folder of pictures whose name begins with a dot"),
            "{hidden}"
        );
        assert!(
            hidden.ends_with(&format!(": {here}train_data/.net")),
            "{hidden}"
        );
        assert!(
            cases.starts_with("passed over 2 folders whose names differ in case alone"),
            "{cases}"
        );
    }
    // Where it is listed, its absence is an error.
    fs::write(folder.path().join("classes.txt"), classes).unwrap();
    open(folder.path()).unwrap();
    fs::remove_dir_all(folder.path().join("train_data/9")).unwrap();
    let error = open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("(.net) is missing"), "{error}");
}

#[test]
fn names_of_classes_that_hardly_differ() {
    let folder = small_layout();
    let list = |names: &str| {
        let names = format!("{names} c d e f g h i j").replace(' ', "\n");
        fs::write(folder.path().join("classes.txt"), names).unwrap();
        open(folder.path()).map(|data| data.warnings)
    };
    let warnings = list("cat Cat").unwrap();
    let similar = Warning::SimilarClasses("cat".into(), "Cat".into());
    assert_eq!(warnings, [similar]);
    list("cat cat").unwrap_err();
    fs::remove_file(folder.path().join("classes.txt")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for class in ["cat", " cat"] {
        photo(1)
            .save(at(folder.path(), &format!("train_data/{class}/1.png")))
            .unwrap();
    }
    doodle(1)
        .save(at(folder.path(), "test_data/1.png"))
        .unwrap();
    let error = open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("with and without spaces"), "{error}");
}

#[test]
fn archives_that_have_to_be_unpacked_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(at(folder.path(), "Data.ZIP"), "").unwrap();
    fs::write(at(folder.path(), "notes.txt"), "").unwrap();
    let zips = tempfile::tempdir().unwrap();
    let zip = zips.path().join("all.zip");
    pack(folder.path(), "", &zip);
    for place in [folder.path(), &zip] {
        let error = open(place).unwrap_err().to_string();
        assert!(
            error.contains("; unpack Data.ZIP, if it's in there"),
            "{error}"
        );
        assert!(!error.contains("notes"), "{error}");
    }
}

#[test]
fn what_the_environment_names_is_said_to_come_from_there() {
    let found = |reason| Found {
        location: Some("/no/such/place".into()),
        reason,
    };
    let message = |reason| open_or_draw(&found(reason)).unwrap_err().to_string();
    let told = message(Reason::Variable);
    assert!(told.starts_with("/no/such/place: no such folder"), "{told}");
    assert!(told.contains("EDGEWISE_DATA"), "{told}");
    assert!(!message(Reason::Argument).contains("EDGEWISE_DATA"));
}
