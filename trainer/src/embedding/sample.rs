use image::GrayImage;
use rand::{SeedableRng, rngs::ChaCha8Rng, seq::index};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use shared::classes::ClassId;

use super::{Key, Settings};
use crate::{
    data::{DataSet, Doodles, Photos, SourceTransform},
    digest::{add_picture, hex},
};

/// The pictures that are embedded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampledPictures {
    /// Photos as the network sees them, 32x32.
    pub photos: Vec<GrayImage>,
    /// The class of each.
    pub labels: Vec<ClassId>,
    /// Doodles.
    pub doodles: Vec<GrayImage>,
    /// The number of each.
    pub ids: Vec<u64>,
}

impl SampledPictures {
    /// Samples them by the seed, in the order of the data.
    pub fn new(data: &DataSet, transform: SourceTransform, settings: &Settings) -> Self {
        Self::sampled(&data.photos, &data.doodles, transform, settings)
    }

    /// The same from both domains by themselves.
    pub fn sampled(
        photos: &Photos,
        doodles: &Doodles,
        transform: SourceTransform,
        settings: &Settings,
    ) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
        let mut choose = |among: usize, count: usize| {
            let mut places = index::sample(&mut random, among, count.min(among)).into_vec();
            places.sort_unstable();
            places
        };
        let of_photos = choose(photos.pictures.len(), settings.photos);
        let of_doodles = choose(doodles.pictures.len(), settings.doodles);
        let seen = of_photos
            .par_iter()
            .map(|place| transform.for_inference(&photos.pictures[*place]));
        Self {
            labels: of_photos
                .iter()
                .map(|place| photos.labels[*place])
                .collect(),
            photos: seen.collect(),
            doodles: of_doodles
                .iter()
                .map(|place| doodles.pictures[*place].clone())
                .collect(),
            ids: of_doodles.iter().map(|place| doodles.ids[*place]).collect(),
        }
    }

    /// The key of the embedding that these pictures get with some settings; `classifiers` is the hash of those that it depends on.
    pub fn key(&self, settings: &Settings, classifiers: String) -> Key {
        let mut sha = Sha256::new();
        for picture in self.photos.iter().chain(&self.doodles) {
            add_picture(&mut sha, picture);
        }
        sha.update(self.labels.iter().map(|label| label.0).collect::<Vec<u8>>());
        for id in &self.ids {
            sha.update(id.to_le_bytes());
        }
        Key {
            settings: settings.clone(),
            pictures: hex(&sha.finalize()),
            classifiers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sample;

    #[test]
    fn the_seed_decides_the_sample_and_it_has_at_most_all_pictures() {
        let data = sample(0);
        let settings = |seed| Settings {
            photos: 50,
            doodles: 5_000,
            perplexity: 30.0,
            iterations: 10,
            seed,
        };
        let pictures = |seed| SampledPictures::new(&data, SourceTransform::Canny, &settings(seed));
        let one = pictures(1);
        assert_eq!((one.photos.len(), one.labels.len()), (50, 50));
        assert_eq!(one.ids, data.doodles.ids);
        assert_eq!(one, pictures(1));
        assert_ne!(one.photos, pictures(2).photos);

        let key = one.key(&settings(1), "a".into());
        let mut altered = one.clone();
        altered.doodles[3].put_pixel(0, 0, image::Luma([9]));
        assert_ne!(altered.key(&settings(1), "a".into()), key);
        assert_eq!(one.key(&settings(1), "a".into()), key);
    }
}
