use super::Batch;
use crate::data::augmentation::PIXELS;

impl Batch {
    /// Takes the last `count` photos and doodles off, as a batch of their own.
    ///
    /// # Panics
    /// Where the batch has fewer.
    #[must_use]
    pub fn split_off(&mut self, count: usize) -> Self {
        let left = self.labels.len() - count;
        // A batch has as many doodles as photos, or none.
        let doodles_left = left.min(self.target_places.len());
        Self {
            source: self.source.split_off(left * PIXELS),
            labels: self.labels.split_off(left),
            target: self.target.split_off(doodles_left * PIXELS),
            target_strong: self
                .target_strong
                .as_mut()
                .map(|pictures| pictures.split_off(left * PIXELS)),
            soft_targets: self.soft_targets.as_mut().map(|labels| {
                let classes = labels.len() / (left + count);
                labels.split_off(left * classes)
            }),
            target_places: self.target_places.split_off(doodles_left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pictures of one value each: photo `n` is `n`, doodle `n` 100 + `n`, changed strongly 200 + `n`.
    fn batch(numbers: std::ops::Range<u8>, strong: bool) -> Batch {
        let pictures = |first: u8| -> Vec<f32> {
            let value = |number| [f32::from(first + number); PIXELS];
            numbers.clone().flat_map(value).collect()
        };
        Batch {
            source: pictures(0),
            labels: numbers.clone().map(i64::from).collect(),
            target: pictures(100),
            target_strong: strong.then(|| pictures(200)),
            soft_targets: strong.then(|| numbers.clone().flat_map(|n| [f32::from(n); 2]).collect()),
            target_places: numbers.map(usize::from).collect(),
        }
    }

    #[test]
    fn a_batch_comes_apart_into_whole_pictures_with_their_labels() {
        for strong in [false, true] {
            let mut whole = batch(0..6, strong);
            assert_eq!(whole.split_off(2), batch(4..6, strong));
            assert_eq!(whole.split_off(2), batch(2..4, strong));
            assert_eq!(whole, batch(0..2, strong));
        }
    }

    #[test]
    fn a_batch_without_doodles_comes_apart_too() {
        let photos_alone = |numbers| Batch {
            target: Vec::new(),
            target_places: Vec::new(),
            ..batch(numbers, false)
        };
        let mut whole = photos_alone(0..6);
        assert_eq!(whole.split_off(2), photos_alone(4..6));
        assert_eq!(whole, photos_alone(0..4));
    }
}
