use std::path::Path;

use anyhow::{Context, ensure};
use image::GrayImage;
use rand::{SeedableRng, rngs::ChaCha8Rng, seq::SliceRandom};
use shared::{
    classes::{ClassId, ClassNames},
    picture::resize_grey,
};

use crate::{
    data::{Domain, Doodles, Labels, PictureFiles, PictureFilesError},
    evaluation::BATCH,
};

/// Doodles whose pictures are stored in the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// All 28x28 or all 32x32.
    pub pictures: Vec<GrayImage>,
    /// Their classes, where these are known.
    pub labels: Option<Vec<ClassId>>,
}

impl Shown {
    /// At most `count` of the doodles at a path, drawn by the seed: of a folder with a folder for each class as many of each, otherwise of
    /// the doodles of a data set or of a folder, as many of each class where `labels` has their classes.
    ///
    /// # Errors
    /// Where there are none, their classes are not those of the run, or one of them cannot be read.
    pub fn open(
        path: &Path,
        labels: Option<&Path>,
        classes: &ClassNames,
        count: usize,
        seed: u64,
    ) -> anyhow::Result<Self> {
        let cannot = || format!("the shown doodles of {} cannot be used", path.display());
        let (mut files, labels) = match labels {
            Some(labels) => {
                let files = PictureFiles::numbered(path).with_context(cannot)?;
                let labels = Labels::read(labels, files.index(), classes)?;
                (files, Some(labels))
            }
            None => match PictureFiles::by_class(path, Domain::Doodle, classes) {
                Ok((files, labels)) => (files, Some(labels)),
                Err(PictureFilesError::NoLabels { .. }) => {
                    (PictureFiles::numbered(path).with_context(cannot)?, None)
                }
                Err(other) => return Err(other).with_context(cannot),
            },
        };
        let known = |id: u64| {
            labels
                .as_ref()
                .is_none_or(|labels| labels.get(id).is_some())
        };
        files.retain(known);
        ensure!(
            !files.is_empty(),
            "{} holds no doodle to show: give a folder with doodles, or leave out --shown",
            path.display()
        );
        let ids: Vec<u64> = files.files().map(|(id, _)| id).collect();
        let chosen = evenly(&ids, labels.as_ref(), count, seed);
        files.retain(|id| chosen.binary_search(&id).is_ok());
        let mut doodles = Doodles::default();
        for (id, picture) in files.doodles(BATCH).flatten() {
            doodles.ids.push(id);
            doodles.pictures.push(picture?);
        }
        Ok(Self::of_doodles(&doodles, labels.as_ref()))
    }

    /// These doodles.
    pub(super) fn of_doodles(doodles: &Doodles, labels: Option<&Labels>) -> Self {
        let labels = labels.map(|labels| {
            let ids = doodles.ids.iter();
            ids.filter_map(|id| labels.get(*id)).collect()
        });
        Self {
            pictures: of_one_size(doodles.pictures.clone()),
            labels,
        }
    }
}

/// At most `count` of some ids, drawn by the seed, ascending: as many of each class where `labels` has them.
pub(super) fn evenly(ids: &[u64], labels: Option<&Labels>, count: usize, seed: u64) -> Vec<u64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut order = ids.to_vec();
    order.shuffle(&mut random);
    let mut seen = [0_usize; 256];
    let mut ranked: Vec<(usize, u64)> = order
        .into_iter()
        .enumerate()
        .map(
            |(place, id)| match labels.and_then(|labels| labels.get(id)) {
                Some(class) => {
                    let rank = &mut seen[usize::from(class.0)];
                    *rank += 1;
                    (*rank, id)
                }
                None => (place, id),
            },
        )
        .collect();
    // Stable: among equals the order of the shuffle decides.
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut chosen: Vec<u64> = ranked.into_iter().take(count).map(|(_, id)| id).collect();
    chosen.sort_unstable();
    chosen
}

/// 28x28, unless all are of another size.
fn of_one_size(pictures: Vec<GrayImage>) -> Vec<GrayImage> {
    let first = pictures.first().map(GrayImage::dimensions);
    if pictures
        .iter()
        .all(|picture| Some(picture.dimensions()) == first)
    {
        return pictures;
    }
    let resized = |picture: GrayImage| match picture.dimensions() {
        (28, 28) => picture,
        _ => resize_grey(&picture, 28, 28),
    };
    pictures.into_iter().map(resized).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::data::{held_out, write_sample};

    fn count(labels: &[ClassId], class: u8) -> usize {
        labels.iter().filter(|label| label.0 == class).count()
    }

    #[test]
    fn as_many_of_each_class_are_drawn_by_the_seed() {
        let (doodles, labels) = held_out(0);
        let chosen = evenly(&doodles.ids, Some(&labels), 45, 7);
        assert_eq!(chosen.len(), 45);
        assert!(chosen.is_sorted());
        let classes: Vec<ClassId> = chosen.iter().filter_map(|id| labels.get(*id)).collect();
        for class in 0..10 {
            assert!([4, 5].contains(&count(&classes, class)));
        }
        assert_eq!(evenly(&doodles.ids, Some(&labels), 45, 7), chosen);
        assert_ne!(evenly(&doodles.ids, Some(&labels), 45, 8), chosen);
        let without = evenly(&doodles.ids, None, 45, 7);
        assert_eq!(without.len(), 45);
        assert_eq!(evenly(&doodles.ids, None, 5_000, 7), doodles.ids);
    }

    #[test]
    fn shown_doodles_come_from_folders_of_classes_or_with_a_table_of_labels() {
        let top = tempfile::tempdir().unwrap();
        let sample = top.path().join("sample");
        write_sample(0, &sample, &AtomicBool::new(false)).unwrap();
        let classes = ClassNames::default();
        let table = sample.join("held_out_labels.csv");
        let held_out = sample.join("held_out");
        let shown = Shown::open(&held_out, Some(&table), &classes, 30, 0).unwrap();
        assert_eq!(shown.pictures.len(), 30);
        assert_eq!(count(shown.labels.as_ref().unwrap(), 4), 3);
        // Of the data set itself, the doodles, without labels.
        let shown = Shown::open(&sample, None, &classes, 30, 0).unwrap();
        assert_eq!((shown.pictures.len(), shown.labels), (30, None));

        let by_class = top.path().join("by-class");
        for (name, number) in [("cat", "00007"), ("dog", "00011")] {
            fs::create_dir_all(by_class.join(name)).unwrap();
            let from = held_out.join(format!("{number}.bmp"));
            fs::copy(from, by_class.join(name).join("mine.bmp")).unwrap();
        }
        let shown = Shown::open(&by_class, None, &classes, 30, 0).unwrap();
        assert_eq!(shown.labels, Some(vec![ClassId(4), ClassId(7)]));
        fs::rename(by_class.join("cat"), by_class.join("cup")).unwrap();
        let error = Shown::open(&by_class, None, &classes, 30, 0).unwrap_err();
        let text = format!("{error:#}");
        assert!(
            text.contains("by-class/cup") && text.contains("no such class"),
            "{text}"
        );
    }

    #[test]
    fn pictures_of_two_sizes_become_28x28() {
        let picture = |side| GrayImage::new(side, side);
        let sizes = |pictures: Vec<GrayImage>| -> Vec<u32> {
            of_one_size(pictures).iter().map(GrayImage::width).collect()
        };
        assert_eq!(sizes(vec![picture(32), picture(32)]), [32, 32]);
        assert_eq!(sizes(vec![picture(32), picture(28)]), [28, 28]);
        assert!(sizes(Vec::new()).is_empty());
    }
}
