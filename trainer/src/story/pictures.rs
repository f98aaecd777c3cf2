use anyhow::ensure;
use image::GrayImage;
use shared::{
    classes::ClassId,
    story::{ClassesFrom, Origin, Point},
};

use super::{Shown, shown::evenly};
use crate::{
    data::{DataSet, Doodles, Labels, SourceTransform},
    embedding::{SampledPictures, Settings},
};

/// How many pictures the film has, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Photos.
    pub photos: usize,
    /// Doodles of the run.
    pub doodles: usize,
    /// Doodles whose pictures are stored.
    pub shown: usize,
}

/// The pictures of a film.
pub struct Pictures {
    /// Photos, and as doodles the run's and then the shown ones.
    pub(super) embedded: SampledPictures,
    /// The classes of the run's doodles, where labels were given.
    doodle_labels: Option<Vec<ClassId>>,
    shown: Shown,
}

impl Pictures {
    /// Draws them by the seed in `settings`, whose numbers of pictures are not used, but `counts`. Without `shown` doodles, some of the run's
    /// own are shown, which are then not among the others. Where there are labels, doodles without one are left out.
    ///
    /// # Errors
    /// Where there are fewer than two pictures.
    pub fn new(
        data: &DataSet,
        transform: SourceTransform,
        labels: Option<&Labels>,
        shown: Option<Shown>,
        counts: Counts,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let is_known = |id| labels.is_none_or(|labels| labels.get(id).is_some());
        let own = data.doodles.filtered(is_known);
        let (own, shown, doodles) = match shown {
            Some(shown) => (own, shown, counts.doodles),
            None => split(&own, labels, counts, settings.seed),
        };
        let settings = Settings {
            photos: counts.photos,
            doodles,
            ..settings.clone()
        };
        let mut embedded = SampledPictures::sampled(&data.photos, &own, transform, &settings);
        let doodle_labels = labels.map(|labels| {
            let ids = embedded.ids.iter();
            ids.filter_map(|id| labels.get(*id)).collect()
        });
        embedded.doodles.extend_from_slice(&shown.pictures);
        ensure!(
            embedded.photos.len() + embedded.doodles.len() >= 2,
            "--photos {} --doodles {} --shown-doodles {}: give at least two pictures together",
            counts.photos,
            counts.doodles,
            counts.shown
        );
        Ok(Self {
            embedded,
            doodle_labels,
            shown,
        })
    }

    /// The pictures of the shown doodles, in the order of their points.
    pub fn shown_pictures(&self) -> &[GrayImage] {
        &self.shown.pictures
    }

    /// Where the classes of the run's doodles are from.
    pub(super) fn doodle_classes(&self) -> ClassesFrom {
        classes_from(self.doodle_labels.as_ref())
    }

    /// Where the classes of the shown doodles are from.
    pub(super) fn shown_classes(&self) -> ClassesFrom {
        classes_from(self.shown.labels.as_ref())
    }

    /// Doodles of both kinds, in the order of the points, whose predictions [`points`](Self::points) takes.
    pub(super) fn doodles(&self) -> &[GrayImage] {
        &self.embedded.doodles
    }

    /// The film's points, with the predicted class of each of the [`doodles`](Self::doodles).
    pub(super) fn points(&self, predicted: &[ClassId]) -> Vec<Point> {
        let (doodles, shown) = predicted.split_at(self.embedded.ids.len());
        let doodles = self.doodle_labels.as_deref().unwrap_or(doodles);
        let shown = self.shown.labels.as_deref().unwrap_or(shown);
        let photos = &self.embedded.labels[..];
        let all = [
            (Origin::Photo, photos),
            (Origin::Doodle, doodles),
            (Origin::Shown, shown),
        ];
        let points = all.into_iter().flat_map(|(origin, classes)| {
            let classes = classes.iter();
            classes.map(move |class| Point {
                origin,
                class: *class,
            })
        });
        points.collect()
    }
}

fn classes_from(labels: Option<&Vec<ClassId>>) -> ClassesFrom {
    match labels {
        Some(_) => ClassesFrom::Labels,
        None => ClassesFrom::Predictions,
    }
}

/// Of a run's own doodles those that are left, those that are shown, and how many of those that are left to draw: where there are too few
/// for both, both are fewer by the same share.
fn split(
    own: &Doodles,
    labels: Option<&Labels>,
    counts: Counts,
    seed: u64,
) -> (Doodles, Shown, usize) {
    // In 128 bits nothing that can be asked for is too much.
    let there = own.ids.len() as u128;
    let wanted = counts.doodles as u128 + counts.shown as u128;
    let shown = match wanted > there {
        true => (there * counts.shown as u128 / wanted) as usize,
        false => counts.shown,
    };
    let chosen = evenly(&own.ids, labels, shown, seed);
    let is_shown = |id: u64| chosen.binary_search(&id).is_ok();
    let shown = Shown::of_doodles(&own.filtered(is_shown), labels);
    (own.filtered(|id| !is_shown(id)), shown, counts.doodles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{held_out, sample};

    fn settings() -> Settings {
        Settings {
            photos: 0,
            doodles: 0,
            perplexity: 30.0,
            iterations: 10,
            seed: 3,
        }
    }

    fn pictures(labels: Option<&Labels>, shown: Option<Shown>, counts: Counts) -> Pictures {
        let transform = SourceTransform::Canny;
        Pictures::new(&sample(0), transform, labels, shown, counts, &settings()).unwrap()
    }

    #[test]
    fn points_are_photos_then_doodles_then_shown_ones() {
        let (doodles, labels) = held_out(0);
        let shown = Shown::of_doodles(&doodles.filtered(|id| id < 4), Some(&labels));
        let counts = Counts {
            photos: 5,
            doodles: 3,
            shown: 4,
        };
        let pictures = pictures(None, Some(shown), counts);
        assert_eq!(pictures.doodles().len(), 7);
        let points = pictures.points(&[ClassId(9); 7]);
        let origins: Vec<Origin> = points.iter().map(|point| point.origin).collect();
        let expected = [
            [Origin::Photo; 5].as_slice(),
            &[Origin::Doodle; 3],
            &[Origin::Shown; 4],
        ];
        assert_eq!(origins, expected.concat());
        assert_eq!(points[0].class, pictures.embedded.labels[0]);
        assert_eq!(points[5].class, ClassId(9));
        assert_eq!(Some(points[8].class), labels.get(0));
        assert_eq!(pictures.doodle_classes(), ClassesFrom::Predictions);
        assert_eq!(pictures.shown_classes(), ClassesFrom::Labels);
    }

    #[test]
    fn with_labels_the_doodles_that_have_one_are_drawn_from() {
        let labels: Labels = (0..50).map(|id| (id, ClassId((id % 2) as u8))).collect();
        let counts = Counts {
            photos: 5,
            doodles: 300,
            shown: 200,
        };
        let pictures = pictures(Some(&labels), None, counts);
        assert_eq!(pictures.shown.pictures.len(), 20);
        assert_eq!(pictures.embedded.ids.len(), 30);
        assert!(pictures.embedded.ids.iter().all(|id| *id < 50));
        let points = pictures.points(&[ClassId(9); 50]);
        assert!(points[5..].iter().all(|point| point.class.0 < 2));
        let of_class = |class| {
            points[35..]
                .iter()
                .filter(|point| point.class.0 == class)
                .count()
        };
        assert_eq!((of_class(0), of_class(1)), (10, 10));
    }

    #[test]
    fn shown_doodles_are_not_among_the_others() {
        let counts = Counts {
            photos: 0,
            doodles: 600,
            shown: 400,
        };
        let pictures = pictures(None, None, counts);
        assert_eq!(pictures.shown.pictures.len(), 400);
        let mut all: Vec<&[u8]> = pictures
            .doodles()
            .iter()
            .map(|picture| &picture.as_raw()[..])
            .collect();
        let data = sample(0);
        let mut expected: Vec<&[u8]> = data
            .doodles
            .pictures
            .iter()
            .map(|picture| &picture.as_raw()[..])
            .collect();
        all.sort_unstable();
        expected.sort_unstable();
        assert!(all == expected);
    }

    #[test]
    fn one_picture_is_no_film() {
        let counts = Counts {
            photos: 1,
            doodles: 0,
            shown: 0,
        };
        let data = sample(0);
        let made = Pictures::new(
            &data,
            SourceTransform::Canny,
            None,
            None,
            counts,
            &settings(),
        );
        let error = made.err().unwrap().to_string();
        assert!(error.contains("at least two pictures"), "{error}");
    }
}
