use clap::ValueEnum;
use image::{GrayImage, Luma, Rgb, RgbImage};
use proptest::prelude::*;
use shared::classes::{ClassId, ClassNames};

use super::*;
use crate::data::{Augmentation, DataSet, Origin, SourceTransform};

/// A photo unlike any with another number.
fn photo(number: u8) -> RgbImage {
    RgbImage::from_fn(32, 32, |x, y| Rgb([8 * x as u8, 8 * y as u8, number]))
}

/// A doodle unlike any with another number.
fn doodle(number: u8) -> GrayImage {
    GrayImage::from_fn(28, 28, |x, y| Luma([if x == y { 255 } else { number }]))
}

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
        warnings: Vec::new(),
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
        transform: SourceTransform::Mixed,
        augmentation: Augmentation::Weak,
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
fn photos_alone_fill_an_epoch_however_few_doodles_there_are() {
    let epoch = |doodles| -> Vec<Batch> {
        let config = BatchConfig {
            reads_doodles: false,
            target_strong: false,
            ..config()
        };
        let loader = of(&data(23, doodles), config).unwrap();
        assert_eq!(loader.batches_per_epoch(), 5);
        loader.epoch(1).collect()
    };
    let batches = epoch(2);
    assert_eq!(batches.len(), 5);
    for batch in &batches {
        assert_eq!((batch.source.len(), batch.labels.len()), (4 * PIXELS, 4));
        assert!(batch.target.is_empty() && batch.target_places.is_empty());
    }
    assert_eq!(batches, epoch(17));
    let both = loader(config()).epoch(1);
    for (alone, both) in batches.iter().zip(both) {
        assert_eq!((&alone.source, &alone.labels), (&both.source, &both.labels));
    }
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
    let loader = Loader {
        doodles: 99,
        ..loader(config())
    };
    loader.epoch(1).for_each(drop);
}

/// Photos and doodles of one shade each: a photo's is that of its class, a doodle's that of its place.
fn one_shade(photos: u8, doodles: u8) -> DataSet {
    let labels: Vec<ClassId> = (0..photos)
        .map(|n| ClassId(n.wrapping_mul(7) % 10))
        .collect();
    let photo =
        |label: &ClassId| RgbImage::from_pixel(32, 32, Rgb([shade_of_class(label.0.into()); 3]));
    let doodle = |place| GrayImage::from_pixel(28, 28, Luma([shade_of_place(place)]));
    let mut data = data(photos, doodles);
    data.photos.pictures = labels.iter().map(photo).collect();
    data.photos.labels = labels;
    data.doodles.pictures = (0..doodles.into()).map(doodle).collect();
    data
}

fn shade_of_class(class: i64) -> u8 {
    5 + 25 * class as u8
}

fn shade_of_place(place: usize) -> u8 {
    4 + 4 * place as u8
}

#[test]
fn changed_strokes_take_the_place_of_strongly_augmented_pictures_alone() {
    let epoch = |stroke_augmentation| -> Vec<Batch> {
        let config = BatchConfig {
            stroke_augmentation,
            ..config()
        };
        loader(config).epoch(1).collect()
    };
    let (pixels, strokes) = (epoch(0.0), epoch(1.0));
    for (one, other) in pixels.iter().zip(&strokes) {
        assert_eq!((&one.source, &one.target), (&other.source, &other.target));
        assert_ne!(one.target_strong, other.target_strong);
    }
    assert_eq!(strokes, epoch(1.0));
}

/// The shades of whole pictures: the lightest of each, since a turn brings in black, and so does a square that is cut out.
fn shades(pictures: &[f32]) -> Vec<u8> {
    let lightest = |picture: &[f32]| picture.iter().copied().fold(0.0, f32::max);
    let shade = |picture| (255.0 * lightest(picture)).round() as u8;
    pictures.chunks_exact(PIXELS).map(shade).collect()
}

proptest! {
    #[test]
    fn every_label_and_every_place_belongs_to_its_picture(
        (photos, doodles, size) in (1..=8_u8).prop_flat_map(|size| (size..=40, size..=60, Just(size))),
        augmentation in prop::sample::select(Augmentation::value_variants()),
        (seed, epoch) in any::<(u64, u64)>(),
    ) {
        let config = BatchConfig {
            size: size.into(),
            seed,
            transform: SourceTransform::Grey,
            augmentation,
            target_strong: true,
            ..BatchConfig::default()
        };
        for batch in of(&one_shade(photos, doodles), config).unwrap().epoch(epoch) {
            let of_labels: Vec<u8> = batch.labels.iter().map(|class| shade_of_class(*class)).collect();
            let of_places: Vec<u8> = batch.target_places.iter().map(|place| shade_of_place(*place)).collect();
            prop_assert_eq!(shades(&batch.source), of_labels);
            prop_assert_eq!(shades(&batch.target), &of_places[..]);
            prop_assert_eq!(shades(&batch.target_strong.unwrap()), of_places);
        }
    }
}
