use image::GrayImage;
use rand::{SeedableRng, rngs::ChaCha8Rng, seq::index};
use rayon::prelude::*;
use shared::classes::ClassId;

use super::Settings;
use crate::data::{DataSet, SourceView};

/// The pictures of a run's maps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// Photos as the network sees them, 32x32.
    pub photos: Vec<GrayImage>,
    /// The class of each.
    pub labels: Vec<ClassId>,
    /// Doodles.
    pub doodles: Vec<GrayImage>,
    /// The number of each.
    pub ids: Vec<u64>,
}

impl Chosen {
    /// Chosen at random by the seed, in the order of the data.
    pub fn new(data: &DataSet, view: SourceView, settings: &Settings) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
        let mut choose = |among: usize, count: usize| {
            let mut places = index::sample(&mut random, among, count.min(among)).into_vec();
            places.sort_unstable();
            places
        };
        let photos = choose(data.photos.pictures.len(), settings.photos);
        let doodles = choose(data.doodles.pictures.len(), settings.doodles);
        let seen = photos
            .par_iter()
            .map(|place| view.seen(&data.photos.pictures[*place]));
        Self {
            labels: photos
                .iter()
                .map(|place| data.photos.labels[*place])
                .collect(),
            photos: seen.collect(),
            doodles: doodles
                .iter()
                .map(|place| data.doodles.pictures[*place].clone())
                .collect(),
            ids: doodles
                .iter()
                .map(|place| data.doodles.ids[*place])
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sample;

    #[test]
    fn the_seed_chooses_and_there_are_never_more_than_there_are() {
        let data = sample(0);
        let settings = |seed| Settings {
            photos: 50,
            doodles: 5_000,
            perplexity: 30.0,
            iterations: 10,
            seed,
        };
        let chosen = |seed| Chosen::new(&data, SourceView::Canny, &settings(seed));
        let one = chosen(1);
        assert_eq!((one.photos.len(), one.labels.len()), (50, 50));
        assert_eq!(one.ids, data.doodles.ids);
        assert_eq!(one, chosen(1));
        assert_ne!(one.photos, chosen(2).photos);
    }
}
