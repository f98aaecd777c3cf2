//! Where a drawing lies among others: by its nearest neighbours in the network's features.

use super::scatter::Place;
use crate::own_classes::means::{cosine, unit};

/// So many neighbours decide.
pub const NEIGHBOURS: usize = 5;

/// The least cosine distance that counts, so that a drawing that is one of the others lies on it.
const LEAST_DISTANCE: f32 = 1e-3;

/// The number of one of the others and its cosine similarity, at most 1.
pub type Neighbour = (usize, f32);

/// The most similar of `others`, features of length 1 each, the first one first; none where the drawing's features are all zeros, not
/// finite or of another length.
pub fn nearest(others: &[Vec<f32>], features: &[f32]) -> Vec<Neighbour> {
    let Some(features) = unit(features) else {
        return Vec::new();
    };
    let mut all: Vec<Neighbour> = others
        .iter()
        .enumerate()
        .filter(|(_, other)| other.len() == features.len())
        .map(|(index, other)| (index, cosine(other, &features)))
        .collect();
    all.sort_by(|one, other| other.1.total_cmp(&one.1));
    all.truncate(NEIGHBOURS);
    all
}

/// The mean of the neighbours' places, each weighted by the inverse of its cosine distance.
pub fn mean(neighbours: &[(f32, Place)]) -> Option<Place> {
    let weight = |similarity: f32| f64::from(1.0 / (1.0 - similarity).max(LEAST_DISTANCE));
    let sum: f64 = neighbours
        .iter()
        .map(|(similarity, _)| weight(*similarity))
        .sum();
    let along = |axis: fn(Place) -> f64| -> f64 {
        let all = neighbours.iter();
        all.map(|(similarity, place)| weight(*similarity) * axis(*place))
            .sum()
    };
    (sum > 0.0).then(|| (along(|place| place.0) / sum, along(|place| place.1) / sum))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_five_most_similar_are_found_in_order() {
        let others: Vec<Vec<f32>> = (0..8_u8)
            .filter_map(|index| unit(&[1.0, f32::from(index)]))
            .collect();
        let found = nearest(&others, &[2.0, 4.0]);
        assert_eq!(found[0].0, 2);
        assert!((found[0].1 - 1.0).abs() < 1e-6);
        assert_eq!(found.len(), NEIGHBOURS);
        assert!(found.is_sorted_by(|one, other| one.1 >= other.1));
    }

    #[test]
    fn features_that_are_no_direction_have_no_neighbours() {
        let others = vec![vec![1.0, 0.0]];
        for features in [vec![], vec![0.0, 0.0], vec![f32::NAN, 1.0], vec![1.0; 3]] {
            assert!(nearest(&others, &features).is_empty(), "{features:?}");
        }
    }

    #[test]
    fn a_drawing_that_is_one_of_the_others_lies_nearly_on_it() {
        let place = mean(&[(1.0, (0.2, 0.3)), (0.5, (0.9, 0.9))]).unwrap();
        assert!(
            (place.0 - 0.2).abs() < 0.01 && (place.1 - 0.3).abs() < 0.01,
            "{place:?}"
        );
        let between = mean(&[(0.9, (0.0, 0.0)), (0.9, (1.0, 0.0))]).unwrap();
        assert!((between.0 - 0.5).abs() < 1e-9);
        assert_eq!(mean(&[]), None);
    }
}
