//! The real photos and doodles, where this machine has them; what is said here holds for any data set of that kind.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use trainer::data::{self, BatchConfig, DoodleFiles, Geometry, Loader, SourceView};

/// `EDGEWISE_DATA`, or a folder beside the clone.
fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/real_or_drawing");
    let named = std::env::var_os(data::DATA_VARIABLE).map(PathBuf::from);
    let found = named.or_else(|| beside.exists().then_some(beside));
    if found.is_none() {
        eprintln!(
            "skipped: no {} and no ../shared/data/real_or_drawing beside the clone",
            data::DATA_VARIABLE
        );
    }
    found
}

#[test]
fn real_pictures_open_check_and_batch() {
    let Some(location) = real_data() else { return };
    let started = Instant::now();
    let data = data::open(&location).expect("the real data is sound");
    let opened = started.elapsed();
    assert_eq!(data.photos.pictures.len(), data.photos.labels.len());
    let files = DoodleFiles::list(&location).expect("so are its doodles");
    assert_eq!(data.doodles.ids, files.ids());
    assert!(data.doodles.ids.is_sorted());
    let report = data::check(&location).expect("it can be looked at");
    assert!(report.is_usable(), "{report}");

    let config = BatchConfig {
        view: SourceView::Mixed,
        source: Geometry::Weak,
        target: Geometry::Weak,
        target_strong: true,
        ..BatchConfig::default()
    };
    for config in [BatchConfig::default(), config] {
        let started = Instant::now();
        let loader = Loader::new(&data.photos, &data.doodles, config).expect("there are batches");
        let prepared = started.elapsed();
        let started = Instant::now();
        let batches = loader.epoch(1);
        let count = batches.len();
        assert_eq!(batches.count(), count);
        eprintln!(
            "opened in {opened:.1?}, prepared in {prepared:.1?}, {count} batches in {:.1?}",
            started.elapsed()
        );
    }
}
