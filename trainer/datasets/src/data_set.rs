//! Both domains of a data set, decoded.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use image::{GrayImage, RgbImage};
use shared::classes::{ClassId, ClassNames};

use super::Warning;

/// Width and height of a photo in pixels.
pub const PHOTO_SIDE: u32 = 32;

/// The labelled source domain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Photos {
    /// RGB, 32x32.
    pub pictures: Vec<RgbImage>,
    /// The class of each picture.
    pub labels: Vec<ClassId>,
    /// The name of each picture's file inside the folder or zip, with `/` between its parts. The embedded sample has those that
    /// [`write_sample`](crate::write_sample) would give.
    pub files: Vec<String>,
}

impl Photos {
    /// Which photos are held out where `share` (0 to 1) of each class is: spread evenly over the class's own. A photo that is the
    /// same as one before, pixel by pixel, goes where that went, so that no copy of a held-out photo is trained on.
    #[must_use]
    pub fn held_out(&self, share: f64) -> Vec<bool> {
        let due = |count: u32| (f64::from(count) * share).floor();
        let mut numbers = [0_u32; 256];
        let mut distinct: HashMap<&[u8], bool> = HashMap::new();
        let photos = self.pictures.iter().zip(&self.labels);
        photos
            .map(|(picture, label)| {
                *distinct.entry(picture.as_raw()).or_insert_with(|| {
                    let number = &mut numbers[usize::from(label.0)];
                    *number += 1;
                    due(*number) > due(*number - 1)
                })
            })
            .collect()
    }

    /// The photos to train on, and those that are [held out](Self::held_out).
    #[must_use]
    pub fn split(&self, share: f64) -> (Self, Self) {
        self.split_by(&self.held_out(share))
    }

    /// The same, where it is known of each photo whether it is held out.
    #[must_use]
    pub fn split_by(&self, held_out: &[bool]) -> (Self, Self) {
        let (mut train, mut apart) = (Self::default(), Self::default());
        for (place, is_held_out) in held_out.iter().enumerate() {
            let side = if *is_held_out { &mut apart } else { &mut train };
            side.pictures.push(self.pictures[place].clone());
            side.labels.push(self.labels[place]);
            side.files.push(self.files[place].clone());
        }
        (train, apart)
    }
}

/// The unlabelled target domain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doodles {
    /// The number in each file's name, ascending.
    pub ids: Vec<u64>,
    /// Grey, light strokes on dark: 28x28 as those of Quick, Draw!, or 32x32 where they are such bitmaps resized.
    pub pictures: Vec<GrayImage>,
    /// The name of each picture's file, as in [`Photos::files`].
    pub files: Vec<String>,
}

impl Doodles {
    /// Those whose number is wanted.
    #[must_use]
    pub fn filtered(&self, wanted: impl Fn(u64) -> bool) -> Self {
        let mut some = Self::default();
        for (place, id) in self.ids.iter().enumerate().filter(|(_, id)| wanted(**id)) {
            some.ids.push(*id);
            some.pictures.push(self.pictures[place].clone());
            some.files.push(self.files[place].clone());
        }
        some
    }
}

/// Where a data set came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A folder in the course's layout.
    Folder(PathBuf),
    /// A zip of such a folder.
    Zip(PathBuf),
    /// Drawn by this program.
    Sample {
        /// What the drawing's random numbers grow from.
        seed: u64,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "folder {}", path.display()),
            Self::Zip(path) => write!(f, "zip {}", path.display()),
            Self::Sample { seed } => {
                write!(f, "embedded sample, drawn from seed {seed} (not real data)")
            }
        }
    }
}

/// Both domains, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSet {
    /// Where it came from.
    pub origin: Origin,
    /// The names of the photos' classes.
    pub classes: ClassNames,
    /// The source domain.
    pub photos: Photos,
    /// The target domain.
    pub doodles: Doodles,
    /// What is odd about the files that they were read from.
    pub warnings: Vec<Warning>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_split_takes_its_share_of_each_class() {
        let photos = sample(0).photos;
        let (learn, validate) = photos.split(0.1);
        assert_eq!(
            learn.labels.len() + validate.labels.len(),
            photos.labels.len()
        );
        for class in 0..10 {
            let count = |part: &Photos| part.labels.iter().filter(|label| label.0 == class).count();
            assert_eq!((count(&learn), count(&validate)), (54, 6));
        }
        for part in [&learn, &validate] {
            for (place, file) in part.files.iter().enumerate() {
                let before = photos.files.iter().position(|name| name == file).unwrap();
                assert_eq!(part.pictures[place], photos.pictures[before]);
                assert_eq!(part.labels[place], photos.labels[before]);
            }
        }
        assert_eq!(photos.split(0.0), (photos, Photos::default()));
    }

    #[test]
    fn copies_of_a_held_out_photo_are_held_out() {
        let mut photos = sample(0).photos;
        let held_out = photos.held_out(0.1);
        let first = held_out.iter().position(|held_out| *held_out).unwrap();
        photos.pictures.push(photos.pictures[first].clone());
        photos.labels.push(ClassId(9));
        photos.files.push("copy.png".into());
        let with_copy = photos.held_out(0.1);
        assert!(with_copy[held_out.len()]);
        assert_eq!(with_copy[..held_out.len()], held_out);
    }

    #[test]
    fn filtered_doodles_keep_their_numbers_pictures_and_files() {
        let doodles = sample(0).doodles;
        let some = doodles.filtered(|id| id % 400 == 7);
        assert_eq!(some.ids, [7, 407, 807]);
        assert_eq!(some.pictures[1], doodles.pictures[407]);
        assert_eq!(some.files[2], "test_data/0/00807.bmp");
    }
}
