//! The embedded sample: photos and doodles drawn from random numbers, to try everything without real data.
//!
//! Every class is one figure (`figures`). A photo shows it filled, lit and textured, a doodle traces its outlines: so
//! the photos' edges resemble the doodles, and a real gap between the domains remains.

mod canvas;
mod colours;
mod cover;
mod doodle;
mod error;
mod figures;
mod folder;
mod noise;
mod part;
mod photo;
mod pose;
mod position;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use shared::classes::{ClassId, ClassNames};

use super::layout::{DOODLES_FOLDER, PHOTOS_FOLDER};
use super::store::join;
use super::{DataSet, Doodles, Labels, Origin, Photos};

pub use error::SampleError;
pub use folder::write_sample;

/// Photos of each class.
const PHOTOS: usize = 60;
/// Unlabelled doodles of each class.
const DOODLES: usize = 100;
/// Doodles of each class to measure on.
const HELD_OUT: usize = 50;

/// What random numbers are for, so that no two uses share any.
#[derive(Debug, Clone, Copy)]
enum SampleStream {
    Photo,
    Doodle,
    DoodleOrder,
    HeldOut,
    HeldOutOrder,
}

/// The random numbers of one picture, or of one shuffle.
fn random(seed: u64, stream: SampleStream, index: usize) -> ChaCha8Rng {
    let mut key = *b"edgewise sample                 ";
    for (bytes, part) in key[8..]
        .chunks_exact_mut(8)
        .zip([seed, stream as u64, index as u64])
    {
        bytes.copy_from_slice(&part.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key)
}

/// Draws 60 photos of each of the default classes, ordered by class as in a folder, and 1000 doodles, 100 of each
/// class, in random order with the ids 0 to 999. The same seed gives the same pictures on every machine.
#[must_use]
pub fn sample(seed: u64) -> DataSet {
    let classes = ClassNames::default();
    let labels: Vec<ClassId> = classes.ids().flat_map(|class| [class; PHOTOS]).collect();
    let pictures = labels
        .par_iter()
        .enumerate()
        .map(|(index, class)| photo::photo(*class, &mut random(seed, SampleStream::Photo, index)))
        .collect();
    let files = labels
        .iter()
        .enumerate()
        .map(|(number, class)| format!("{PHOTOS_FOLDER}/{class}/{number}.bmp"))
        .collect();
    let order = shuffled(DOODLES, random(seed, SampleStream::DoodleOrder, 0));
    DataSet {
        origin: Origin::Sample { seed },
        classes,
        photos: Photos {
            pictures,
            labels,
            files,
        },
        doodles: draw(&order, seed, SampleStream::Doodle, DOODLES_FOLDER),
        warnings: Vec::new(),
    }
}

/// Draws 500 doodles that are not in [`sample`], 50 of each class, in random order with the ids 0 to 499, and their
/// classes: what a model that was trained on the sample is measured on.
#[must_use]
pub fn held_out(seed: u64) -> (Doodles, Labels) {
    let order = shuffled(HELD_OUT, random(seed, SampleStream::HeldOutOrder, 0));
    let labels = (0..).zip(order.iter().copied()).collect();
    (draw(&order, seed, SampleStream::HeldOut, ""), labels)
}

/// Each of the default classes some times, in random order.
fn shuffled(times: usize, mut random: ChaCha8Rng) -> Vec<ClassId> {
    let mut order: Vec<ClassId> = ClassNames::default()
        .ids()
        .flat_map(|class| std::iter::repeat_n(class, times))
        .collect();
    order.shuffle(&mut random);
    order
}

fn draw(order: &[ClassId], seed: u64, stream: SampleStream, folder: &str) -> Doodles {
    let pictures: Vec<_> = order
        .par_iter()
        .enumerate()
        .map(|(index, class)| doodle::doodle(*class, &mut random(seed, stream, index)))
        .collect();
    Doodles {
        ids: (0..).take(pictures.len()).collect(),
        files: (0..pictures.len())
            .map(|id| join(folder, &format!("{id:05}.bmp")))
            .collect(),
        pictures,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use shared::input::DOODLE_SIDE;

    use super::*;
    use crate::PHOTO_SIDE;

    #[test]
    fn the_seed_decides_everything() {
        let (one, other) = (sample(7), sample(8));
        assert!(one == sample(7));
        assert!(one.photos != other.photos && one.doodles != other.doodles);
        assert!(held_out(7) == held_out(7) && held_out(7) != held_out(8));
    }

    #[test]
    fn both_domains_are_whole_balanced_and_without_copies() {
        let data = sample(0);
        assert_eq!(data.origin, Origin::Sample { seed: 0 });
        let (held_out, labels) = held_out(0);
        let labels: Vec<ClassId> = labels.iter().map(|(_, class)| class).collect();
        let order = shuffled(DOODLES, random(0, SampleStream::DoodleOrder, 0));
        assert!(!order.is_sorted() && !labels.is_sorted());
        for class in ClassNames::default().ids() {
            let count = |labels: &[ClassId]| labels.iter().filter(|label| **label == class).count();
            let counts = [&data.photos.labels, &order, &labels].map(|labels| count(labels));
            assert_eq!(counts, [60, 100, 50]);
        }
        let mut photos = HashSet::new();
        for photo in &data.photos.pictures {
            assert_eq!(photo.dimensions(), (PHOTO_SIDE, PHOTO_SIDE));
            assert!(photos.insert(photo.as_raw()));
        }
        assert_eq!(photos.len(), 600);
        let mut pictures = HashSet::new();
        for (doodles, count) in [(&data.doodles, 1000), (&held_out, 500)] {
            assert_eq!(doodles.ids, (0..count).collect::<Vec<u64>>());
            assert_eq!(doodles.pictures.len(), count as usize);
            for doodle in &doodles.pictures {
                assert_eq!(doodle.dimensions(), (DOODLE_SIDE, DOODLE_SIDE));
                assert!(pictures.insert(doodle.as_raw()));
            }
        }
    }

    #[test]
    fn every_machine_draws_the_same() {
        // FNV-1a, to be taken anew when a figure is changed.
        let sum = |bytes: &mut dyn Iterator<Item = u8>| {
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
        };
        let data = sample(0);
        let photos = sum(&mut data
            .photos
            .pictures
            .iter()
            .flat_map(|photo| photo.iter())
            .copied());
        let doodles = sum(&mut data
            .doodles
            .pictures
            .iter()
            .flat_map(|doodle| doodle.iter())
            .copied());
        assert_eq!(
            (photos, doodles),
            (0x47fa_a66d_9331_7b9e, 0xea0b_77df_c37e_c6fa),
            "{photos:#x} {doodles:#x}"
        );
    }
}
