//! Opening a whole data set.

use std::collections::BTreeMap;
use std::path::Path;

use image::{GrayImage, RgbImage};
use shared::classes::{ClassId, ClassNames};

use super::fit::{Picture, Remark, decode_all};
use super::layout;
use super::store::Store;
use super::{DataError, DataSet, Doodles, Found, Origin, Photos, sample};

/// The embedded sample is always the same.
const SAMPLE_SEED: u64 = 0;

/// Pictures that could be read, and the file of each.
pub(super) struct Loaded<K, P> {
    pub keys: Vec<K>,
    pub files: Vec<String>,
    pub pictures: Vec<P>,
    /// Places in `files` of those about which there is something to say.
    pub remarks: BTreeMap<Remark, Vec<usize>>,
}

/// Whatever of a data set could be read, and whatever could not.
pub(super) struct Findings {
    pub store: Store,
    pub classes: ClassNames,
    pub photos: Loaded<ClassId, RgbImage>,
    pub doodles: Loaded<u64, GrayImage>,
    pub problems: Vec<DataError>,
}

/// Opens a folder, or a zip file, in the course's layout (`train_data/<class>/<n>.bmp`, `test_data/0/<id>.bmp`; any format
/// and size) and decodes all of it, on all cores. The layout may lie in one folder of its own, such as `real_or_drawing/`.
///
/// The classes are those that `classes.txt` beside `train_data` lists, or that the folders in `train_data` are named for; where
/// those are numbers, the ten of the course.
///
/// # Errors
/// The first thing that is wrong with it; [`check`](super::check()) finds the others too.
pub fn open(location: &Path) -> Result<DataSet, DataError> {
    let findings = load(location)?;
    let origin = match findings.store {
        Store::Folder(path) => Origin::Folder(path),
        Store::Zip { path, .. } => Origin::Zip(path),
    };
    first_problem(findings.problems)?;
    Ok(DataSet {
        origin,
        classes: findings.classes,
        photos: Photos {
            pictures: findings.photos.pictures,
            labels: findings.photos.keys,
            files: findings.photos.files,
        },
        doodles: Doodles {
            ids: findings.doodles.keys,
            pictures: findings.doodles.pictures,
            files: findings.doodles.files,
        },
    })
}

/// Opens what was found, or draws the embedded sample where nothing was.
///
/// # Errors
/// As [`open()`].
pub fn open_or_draw(found: &Found) -> Result<DataSet, DataError> {
    match &found.location {
        Some(location) => open(location),
        None => Ok(sample(SAMPLE_SEED)),
    }
}

/// Reads everything that can be read; errors only where there is nothing to look at.
pub(super) fn load(location: &Path) -> Result<Findings, DataError> {
    let mut store = Store::open(location)?;
    let top = layout::top_of_layout(&store)?.unwrap_or_default();
    let classes = layout::classes(&mut store, &top)?;
    let mut problems = Vec::new();
    let photos = layout::list_photos(&store, &top, &classes, &mut problems)?;
    let photos = load_pictures(&store, photos, &mut problems);
    let doodles = load_doodles(
        &store,
        &layout::doodles_folder(&store, &top)?,
        &mut problems,
    )?;
    Ok(Findings {
        store,
        classes: classes.names,
        photos,
        doodles,
        problems,
    })
}

fn load_doodles(
    store: &Store,
    folder: &str,
    problems: &mut Vec<DataError>,
) -> Result<Loaded<u64, GrayImage>, DataError> {
    let doodles = layout::list_doodles(store, folder, problems)?;
    Ok(load_pictures(store, doodles, problems))
}

fn load_pictures<K, P: Picture>(
    store: &Store,
    listed: Vec<(K, String)>,
    problems: &mut Vec<DataError>,
) -> Loaded<K, P> {
    let (keys, files): (Vec<K>, Vec<String>) = listed.into_iter().unzip();
    let decoded = decode_all(store, &files);
    let mut loaded = Loaded {
        keys: Vec::new(),
        files: Vec::new(),
        pictures: Vec::new(),
        remarks: BTreeMap::new(),
    };
    for ((key, file), picture) in keys.into_iter().zip(files).zip(decoded) {
        match picture {
            Ok(fitted) => {
                let place = loaded.files.len();
                for remark in fitted.remarks {
                    loaded.remarks.entry(remark).or_default().push(place);
                }
                loaded.keys.push(key);
                loaded.files.push(file);
                loaded.pictures.push(fitted.picture);
            }
            Err(problem) => problems.push(problem),
        }
    }
    loaded
}

pub(super) fn first_problem(problems: Vec<DataError>) -> Result<(), DataError> {
    problems.into_iter().next().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
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
        assert!(matches!(
            open(folder.path()),
            Err(DataError::MissingFolder(_))
        ));
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
            "here/train_data/3: the folder of class 3 (apple) is missing; every class from 0 to 9 needs one"
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
            error("square\nsquare")
                .contains("classes.txt: the class name \"square\" is given twice")
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
        assert!(
            message(|folder| fs::write(folder.join("test_data/0/notes.txt"), "").unwrap())
                .contains("notes.txt: no picture by its name")
        );
        assert_eq!(
            message(|folder| doodle(1).save(at(folder, "test_data/0/1.png")).unwrap()),
            "here/test_data/0/1.png: has the same number as here/test_data/0/00001.bmp; rename or remove one of them"
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_cannot_be_read() {
        let folder = small_layout();
        std::os::unix::fs::symlink("nowhere", folder.path().join("train_data/0/5.bmp")).unwrap();
        let problem = open(folder.path()).unwrap_err();
        assert!(matches!(problem, DataError::Unreadable { .. }), "{problem}");
    }
}
