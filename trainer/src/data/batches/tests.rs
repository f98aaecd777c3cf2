use shared::classes::{ClassId, ClassNames};

use super::*;
use crate::data::testing::{doodle, photo};
use crate::data::{DataSet, Origin, SourceView};

fn data(photos: u8, doodles: u8) -> DataSet {
    DataSet {
        origin: Origin::Sample { seed: 0 },
        classes: ClassNames::default(),
        photos: Photos {
            pictures: (0..photos).map(photo).collect(),
            labels: (0..photos).map(|number| ClassId(number % 10)).collect(),
            files: (0..photos).map(|number| format!("{number}.bmp")).collect(),
        },
        doodles: Doodles {
            ids: (0..doodles.into()).collect(),
            pictures: (0..doodles).map(doodle).collect(),
            files: (0..doodles).map(|id| format!("{id}.bmp")).collect(),
        },
    }
}

fn of(data: &DataSet, config: BatchConfig) -> Result<Loader, BatchesError> {
    Loader::new(&data.photos, &data.doodles, config)
}

fn loader(config: BatchConfig) -> Loader {
    of(&data(23, 17), config).unwrap()
}

fn config() -> BatchConfig {
    BatchConfig {
        size: 4,
        view: SourceView::Mixed,
        target: Geometry::Weak,
        target_strong: true,
        ..BatchConfig::default()
    }
}

#[test]
fn an_epoch_is_whole_batches_of_both_until_one_runs_out() {
    let loader = loader(config());
    assert_eq!(loader.batches_per_epoch(), 4);
    let batches = loader.epoch(1);
    assert_eq!(batches.len(), 4);
    let batches: Vec<Batch> = batches.collect();
    assert_eq!(batches.len(), 4);
    for batch in &batches {
        assert_eq!(
            (batch.source.len(), batch.target.len()),
            (4 * PIXELS, 4 * PIXELS)
        );
        assert_eq!(batch.target_strong.as_ref().map(Vec::len), Some(4 * PIXELS));
        assert_eq!((batch.labels.len(), batch.target_places.len()), (4, 4));
    }
    let mut seen: Vec<usize> = batches
        .iter()
        .flat_map(|batch| batch.target_places.clone())
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 16);
}

#[test]
fn seed_and_epoch_decide_everything() {
    let epoch = |seed, epoch| {
        loader(BatchConfig { seed, ..config() })
            .epoch(epoch)
            .collect::<Vec<_>>()
    };
    assert_eq!(epoch(1, 1), epoch(1, 1));
    assert_ne!(epoch(1, 1), epoch(1, 2));
    assert_ne!(epoch(1, 1), epoch(2, 1));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let loader = loader(config());
    let (photos, doodles) = (&[3, 1, 4, 5], &[2, 7, 1, 8]);
    let many = loader.batch(5, photos, doodles);
    assert_eq!(one.install(|| loader.batch(5, photos, doodles)), many);
}

#[test]
fn without_change_pictures_are_the_inputs_of_their_class() {
    let data = data(10, 10);
    let loader = of(
        &data,
        BatchConfig {
            size: 10,
            view: SourceView::Grey,
            ..BatchConfig::default()
        },
    )
    .unwrap();
    let batch = loader.epoch(0).next().unwrap();
    let mut labels = batch.labels.clone();
    labels.sort_unstable();
    assert_eq!(labels, (0..10).collect::<Vec<i64>>());
    assert!(batch.target_strong.is_none());
    assert!(
        batch
            .source
            .iter()
            .chain(&batch.target)
            .all(|value| (0.0..=1.0).contains(value))
    );
}

#[test]
fn an_epoch_among_some_doodles_uses_only_those() {
    let loader = loader(config());
    let places: Vec<usize> = loader
        .epoch_among(1, &[2, 3, 5, 7, 11])
        .unwrap()
        .flat_map(|batch| batch.target_places)
        .collect();
    assert_eq!(places.len(), 4);
    assert!(places.iter().all(|place| [2, 3, 5, 7, 11].contains(place)));
    assert_eq!(
        loader.epoch_among(1, &[2]).err(),
        Some(BatchesError::TooFew {
            kind: "chosen doodles",
            have: 1,
            size: 4
        })
    );
}

#[test]
fn too_few_pictures_are_refused() {
    let refused = |size| of(&data(8, 6), BatchConfig { size, ..config() }).err();
    assert_eq!(refused(0), Some(BatchesError::NoSize));
    assert_eq!(
        refused(7),
        Some(BatchesError::TooFew {
            kind: "doodles",
            have: 6,
            size: 7
        })
    );
    assert_eq!(refused(6), None);
}

#[test]
fn dropping_an_epoch_stops_its_thread() {
    let loader = loader(config());
    let mut batches = loader.epoch(1);
    assert!(batches.next().is_some());
    drop(batches);
    assert_eq!(Arc::strong_count(&loader.source), 1);
}

#[test]
#[should_panic(expected = "index out of bounds")]
fn a_panic_of_the_maker_reaches_the_reader() {
    loader(config())
        .epoch_among(1, &[0, 1, 2, 99])
        .unwrap()
        .for_each(drop);
}
