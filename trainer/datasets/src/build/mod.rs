//! A data set in the course's layout, from photos of CIFAR-10 and CIFAR-100 and doodles of Quick, Draw!.

mod cifar;
mod classes;
mod error;
mod quickdraw;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod write;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use image::{GrayImage, RgbImage};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use shared::classes::ClassId;

use cifar::{Cifar, Pictures};
use classes::CLASSES;
pub use error::{BuildError, UnusualBatch};
use quickdraw::Bitmaps;
use write::{SelectedPictures, write};

use crate::Observer;

/// What to make a data set of, and where.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The folder with CIFAR-10 and CIFAR-100: binary version, packed or not.
    pub cifar: &'a Path,
    /// The folder with `<name>.npy` of each class, as Quick, Draw! has them.
    pub quickdraw: &'a Path,
    /// The folder to make.
    pub out: &'a Path,
    /// Photos of each class, at least 1. Of some classes there are only 500.
    pub photos: usize,
    /// Doodles of each class, 1 to 10,000.
    pub doodles: usize,
    /// Which of all photos and doodles are taken, and in which order.
    pub seed: u64,
}

/// How building ended without an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Built {
    /// The folder is there.
    Whole {
        /// Files of photos that are not as the original ones.
        unusual: Vec<UnusualBatch>,
    },
    /// It was asked to stop; nothing is left.
    Stopped,
}

/// Makes a folder in the course's layout: `train_data/<class>/<n>.bmp`, RGB, 32x32, numbered through all classes;
/// `test_data/0/<number>.bmp`, grey, 28x28, mixed; and `labels.csv`, the classes of the latter, to measure with.
///
/// Photos come from the sets' training parts alone. The same sources and seed give the same files to the byte, and so do the
/// packed and the unpacked version of a set.
///
/// Setting `stop` stops it after the set that is read, or the next file that is written. `observer` is told the files that are written.
///
/// # Errors
/// Where the folder exists or can't be written, and where an archive or a file is missing, damaged or too small.
pub fn build(
    sources: &Sources,
    stop: &AtomicBool,
    observer: &dyn Observer,
) -> anyhow::Result<Built> {
    if sources.out.exists() {
        return Err(BuildError::Taken(sources.out.to_owned()).into());
    }
    // Whatever is missing is said before anything long begins.
    let ten = Cifar::Ten.find(sources.cifar)?;
    let hundred = Cifar::Hundred.find(sources.cifar)?;
    let bitmaps = quickdraw::open_all(sources.quickdraw, CLASSES.map(|(_, _, name)| name))?;
    if let Some(few) = bitmaps.iter().find(|all| all.len() < sources.doodles) {
        return Err(BuildError::TooFewDoodles {
            have: few.len(),
            want: sources.doodles,
            file: few.file().to_owned(),
        }
        .into());
    }
    let (mut photos, mut unusual) = (Vec::new(), Vec::new());
    for (set, source) in [(Cifar::Ten, ten), (Cifar::Hundred, hundred)] {
        if stop.load(Ordering::Relaxed) {
            return Ok(Built::Stopped);
        }
        let (pictures, batches) = source.read(&labels(set))?;
        unusual.extend(batches);
        photos.extend(choose_photos(sources, set, pictures)?);
    }
    photos.sort_by_key(|(class, _)| *class);
    let doodles = choose_doodles(sources, bitmaps)?;
    let selected = SelectedPictures { photos, doodles };
    Ok(if write(&selected, sources.out, stop, observer)? {
        Built::Whole { unusual }
    } else {
        Built::Stopped
    })
}

/// The labels of a set that are classes here.
fn labels(set: Cifar) -> Vec<u8> {
    let classes = CLASSES.iter().filter(|(of, ..)| *of == set);
    classes.map(|(_, label, _)| *label).collect()
}

/// Which random numbers are for what, so that no two uses share any.
#[derive(Debug, Clone, Copy)]
enum Stream {
    Photos(ClassId),
    Doodles(ClassId),
    DoodleOrder,
}

fn random(seed: u64, stream: Stream) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(match stream {
        Stream::Photos(class) => u64::from(class.0),
        Stream::Doodles(class) => 0x100 + u64::from(class.0),
        Stream::DoodleOrder => 0x200,
    });
    random
}

/// The classes in order, with what they are made of.
fn classes() -> impl Iterator<Item = (ClassId, (Cifar, u8, &'static str))> {
    (0..).map(ClassId).zip(CLASSES)
}

/// Different numbers below `all`, mixed.
fn some_of(all: usize, count: usize, random: &mut ChaCha8Rng) -> impl Iterator<Item = usize> {
    let mut numbers: Vec<usize> = (0..all).collect();
    numbers.shuffle(random);
    numbers.into_iter().take(count)
}

/// Some of a set's photos, of each class that is among its.
fn choose_photos(
    sources: &Sources,
    set: Cifar,
    mut pictures: Pictures,
) -> Result<Vec<(ClassId, RgbImage)>, BuildError> {
    let mut photos = Vec::new();
    for (class, (_, label, name)) in classes().filter(|(_, (of, ..))| *of == set) {
        let pictures = pictures.remove(&label).unwrap_or_default();
        if pictures.len() < sources.photos {
            return Err(BuildError::TooFewPhotos {
                folder: sources.cifar.to_owned(),
                set: set.name(),
                name,
                have: pictures.len(),
                want: sources.photos,
            });
        }
        let mut random = random(sources.seed, Stream::Photos(class));
        let selected = some_of(pictures.len(), sources.photos, &mut random);
        photos.extend(selected.map(|at| (class, pictures[at].clone())));
    }
    Ok(photos)
}

/// Some of each class's doodles, mixed.
fn choose_doodles(
    sources: &Sources,
    bitmaps: Vec<Bitmaps>,
) -> Result<Vec<(ClassId, GrayImage)>, BuildError> {
    let mut doodles = Vec::new();
    for ((class, _), mut bitmaps) in classes().zip(bitmaps) {
        let mut random = random(sources.seed, Stream::Doodles(class));
        for at in some_of(bitmaps.len(), sources.doodles, &mut random) {
            doodles.push((class, bitmaps.read(at)?));
        }
    }
    doodles.shuffle(&mut random(sources.seed, Stream::DoodleOrder));
    Ok(doodles)
}
