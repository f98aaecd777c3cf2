//! The real photos and doodles, where this machine has them; what is said here holds for any data set of that kind.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use burn::tensor::Device;
use shared::weights::classifier_from_bytes;
use trainer::data::{self, BatchConfig, DoodleFiles, Geometry, Labels, Loader, SourceView};
use trainer::evaluation::{BATCH, Predictor, Redrawing};
use trainer::redraw::Distortion;

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
        geometry: Geometry::Weak,
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

/// Doodles traced into strokes and drawn by the page's rasteriser are named nearly as often as their bitmaps (5 points less when
/// this was written, part of which tracing loses), and place, size, a tilt or a stretch of the strokes costs little more.
#[test]
fn doodles_drawn_again_on_the_page_are_still_known() {
    let Some(location) = real_data() else { return };
    let labels = location.with_file_name("report_labels.csv");
    if !labels.exists() {
        eprintln!("skipped: no {} beside the data", labels.display());
        return;
    }
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/weights");
    let bytes = std::fs::read(weights.join("edgewise.safetensors")).unwrap();
    let device = Device::flex();
    let (classifier, metadata) = classifier_from_bytes(&bytes, &device).unwrap();
    let predictor = Predictor::new(classifier, device);

    let mut files = DoodleFiles::list(&location).unwrap();
    let labels = Labels::read(&labels, &files.ids(), &metadata.classes).unwrap();
    let labels: Labels = labels.iter().take(1000).collect();
    files.retain(|id| labels.get(id).is_some());
    let mut redrawing = Redrawing::default();
    for doodles in files.chunks(BATCH) {
        redrawing.add(&predictor, &doodles.unwrap());
    }
    let redrawn = redrawing.finish(&labels, &metadata.classes).unwrap();
    eprintln!("{redrawn}");
    let accuracy = |drawn| {
        let mut scores = redrawn.scores().iter();
        scores.find(|score| score.drawn == drawn).unwrap().accuracy
    };
    let as_traced = accuracy(Some(Distortion::None));
    assert!(as_traced > accuracy(None) - 0.07);
    for (drawn, most_lost) in [
        (Distortion::Small, 0.02),
        (Distortion::OffCentre, 0.005),
        (Distortion::Tilted, 0.06),
        (Distortion::Stretched, 0.06),
        (Distortion::Mirrored, 0.04),
    ] {
        let lost = as_traced - accuracy(Some(drawn));
        assert!(lost < most_lost, "{drawn:?} loses {lost}");
    }
}
