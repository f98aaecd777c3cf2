use neighbours::nearest;
use rayon::prelude::*;

/// Nearest neighbours that a doodle gets its label from.
const NEIGHBOURS: usize = 20;
/// How much of a label comes from the neighbours at each iteration; the rest is the teachers' own.
const FROM_NEIGHBOURS: f32 = 0.7;
/// Iterations; one more would change less than a thousandth (0.7 to the 20th).
const ITERATIONS: usize = 20;

/// A symmetric graph of nearest neighbours: for each doodle its neighbours and the weights of these edges.
pub(super) struct Graph(Vec<Vec<(u32, f32)>>);

impl Graph {
    /// Compares all of `count` doodles by the features of each classifier, `[count, width]`, with rows of length 1. An edge's weight is
    /// the classifiers' mean cosine, cubed, so that distant neighbours count little.
    pub fn of_neighbours(classifiers: &[Vec<f32>], count: usize) -> Self {
        let rows = side_by_side(classifiers, count);
        let mut edges: Vec<Vec<(u32, f32)>> = vec![Vec::new(); count];
        let width = rows.len() / count.max(1);
        if count < 2 || width == 0 {
            return Self(edges);
        }
        let row = |index: usize| &rows[index * width..][..width];
        let found = nearest(&rows, width, NEIGHBOURS.min(count - 1));
        let weights: Vec<f32> = found
            .indices
            .par_iter()
            .enumerate()
            .map(|(place, other)| cosine(row(place / found.count), row(*other as usize)))
            .map(|cosine| cosine.max(0.0).powi(3))
            .collect();
        for (place, (other, weight)) in found.indices.iter().zip(weights).enumerate() {
            let own = place / found.count;
            edges[own].push((*other, weight));
            edges[*other as usize].push((own as u32, weight));
        }
        Self(normalised(edges))
    }

    /// Label propagation: spreads labels (`[n, classes]`, row by row, each 0 or more) along the graph. Each row of the result adds up
    /// to 1.
    ///
    /// A doodle without neighbours keeps its own label. One that neither has a label nor receives any gets the uniform distribution.
    ///
    /// Zhou, Bousquet, Lal, Weston, Schoelkopf, "Learning with Local and Global Consistency", NeurIPS 2003.
    pub fn propagate(&self, labels: &[f32], classes: usize) -> Vec<f32> {
        let mut now = labels.to_vec();
        for _ in 0..ITERATIONS {
            let mut next = vec![0.0; now.len()];
            next.par_chunks_mut(classes)
                .zip(labels.par_chunks(classes))
                .zip(&self.0)
                .for_each(|((row, own), edges)| {
                    for (other, weight) in edges {
                        let from = &now[*other as usize * classes..][..classes];
                        for (value, from) in row.iter_mut().zip(from) {
                            *value += FROM_NEIGHBOURS * weight * from;
                        }
                    }
                    for (value, own) in row.iter_mut().zip(own) {
                        *value += (1.0 - FROM_NEIGHBOURS) * own;
                    }
                });
            now = next;
        }
        for row in now.chunks_mut(classes) {
            let sum: f32 = row.iter().sum();
            if sum > 0.0 {
                row.iter_mut().for_each(|value| *value /= sum);
            } else {
                row.fill(1.0 / classes as f32);
            }
        }
        now
    }
}

/// The features of all classifiers in one row a doodle, `[count, sum of widths]`, scaled so that the scalar product of two rows is the
/// classifiers' mean cosine.
fn side_by_side(classifiers: &[Vec<f32>], count: usize) -> Vec<f32> {
    let scale = (1.0 / classifiers.len() as f32).sqrt();
    let mut rows = Vec::with_capacity(classifiers.iter().map(Vec::len).sum());
    for index in 0..count {
        for features in classifiers {
            let width = features.len() / count.max(1);
            let row = &features[index * width..][..width];
            rows.extend(row.iter().map(|value| value * scale));
        }
    }
    rows
}

/// The scalar product of two rows of [`side_by_side`].
fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Merges duplicate edges, and divides each weight by the square roots of the sums at both ends.
///
/// A doodle whose neighbours all have weight 0, because their cosines are 0 or less, has no neighbours.
fn normalised(mut edges: Vec<Vec<(u32, f32)>>) -> Vec<Vec<(u32, f32)>> {
    for list in &mut edges {
        list.sort_by_key(|(other, _)| *other);
        list.dedup_by(|duplicate, first| {
            let same = duplicate.0 == first.0;
            if same {
                first.1 += duplicate.1;
            }
            same
        });
    }
    let roots: Vec<f32> = edges
        .iter()
        .map(|list| list.iter().map(|(_, weight)| weight).sum::<f32>().sqrt())
        .collect();
    for (own, list) in edges.iter_mut().enumerate() {
        for (other, weight) in list {
            let size = roots[own] * roots[*other as usize];
            // Below that, the quotient of two numbers that are nearly 0 would be arbitrary.
            *weight = if size >= f32::MIN_POSITIVE {
                *weight / size
            } else {
                0.0
            };
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two bundles of directions.
    fn bundles() -> (Vec<f32>, usize) {
        let angles: Vec<f32> = (0..60)
            .map(|n| (n % 2) as f32 * 2.0 + (n / 2) as f32 * 0.02)
            .collect();
        (
            angles
                .iter()
                .flat_map(|angle| [angle.cos(), angle.sin()])
                .collect(),
            angles.len(),
        )
    }

    #[test]
    fn one_confident_label_reaches_its_bundle() {
        let (features, count) = bundles();
        let graph = Graph::of_neighbours(&[features], count);
        let mut labels = vec![0.5; 2 * count];
        labels[..4].copy_from_slice(&[1.0, 0.0, 0.0, 1.0]);
        let propagated = graph.propagate(&labels, 2);
        for (number, row) in propagated.chunks(2).enumerate() {
            assert!((row[0] + row[1] - 1.0).abs() < 1e-5);
            assert_eq!(row[0] > row[1], number % 2 == 0, "{number}: {row:?}");
        }
    }

    #[test]
    fn edges_are_symmetric_and_none_is_a_loop() {
        let (features, count) = bundles();
        let Graph(edges) = Graph::of_neighbours(&[features.clone(), features], count);
        for (own, list) in edges.iter().enumerate() {
            assert!(list.len() >= NEIGHBOURS);
            for (other, weight) in list {
                assert_ne!(*other as usize, own);
                let back = edges[*other as usize]
                    .iter()
                    .find(|(to, _)| *to as usize == own);
                assert!((back.unwrap().1 - weight).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn there_may_be_fewer_doodles_than_neighbours() {
        let angles = [0.0_f32, 0.6, 1.2];
        let features = angles.map(|angle| [angle.cos(), angle.sin()]).concat();
        let graph = Graph::of_neighbours(&[features], 3);
        let labels = graph.propagate(&[1.0, 0.0, 0.5, 0.5, 0.0, 1.0], 2);
        // The outer two pull the middle one equally, and it pulls both.
        for (value, expected) in labels[2..4].iter().zip([0.5, 0.5]) {
            assert!((value - expected).abs() < 1e-5, "{labels:?}");
        }
        assert!((0.5..1.0).contains(&labels[0]), "{labels:?}");
        assert!((labels[0] - labels[5]).abs() < 1e-5, "{labels:?}");
    }

    fn assert_kept(features: &[f32], labels: &[f32], classes: usize) {
        let count = labels.len() / classes;
        let graph = Graph::of_neighbours(&[features.to_vec()], count);
        let kept = graph.propagate(labels, classes);
        assert_eq!(kept.len(), labels.len());
        for (kept, own) in kept.iter().zip(labels) {
            assert!(
                (kept - own).abs() < 1e-6,
                "{kept} for {own} of {features:?}"
            );
        }
    }

    #[test]
    fn doodles_without_a_common_feature_keep_their_own_labels() {
        let labels = [0.9, 0.1, 0.3, 0.7];
        assert_kept(&[1.0, 0.0, 0.0, 1.0], &labels, 2);
        assert_kept(&[1.0, 0.0, -1.0, 0.0], &labels, 2);
        // So nearly at right angles that the cosine's cube is no number with all its digits.
        assert_kept(&[1.0, 0.0, 1e-14, 1.0], &labels, 2);
        assert_kept(&[1.0, 0.0], &labels[..2], 2);
    }

    #[test]
    fn a_teacher_with_the_same_features_for_every_doodle_propagates_nothing() {
        let labels: Vec<f32> = (0..30)
            .flat_map(|n| [n as f32 / 30.0, 1.0 - n as f32 / 30.0])
            .collect();
        assert_kept(&[0.0; 30 * 4], &labels, 2);
    }

    #[test]
    fn two_neighbours_do_not_change_a_third_doodle() {
        let features = [1.0, 0.0, 0.8, 0.6, -1.0, 0.0];
        let graph = Graph::of_neighbours(&[features.to_vec()], 3);
        let labels = graph.propagate(&[1.0, 0.0, 0.0, 1.0, 0.25, 0.75], 2);
        // 0.3 / (1 - 0.7 * 0.7) of its own label and 0.7 times that of the other's.
        let own = 1.0 / 1.7;
        for (value, expected) in labels
            .iter()
            .zip([own, 1.0 - own, 1.0 - own, own, 0.25, 0.75])
        {
            assert!((value - expected).abs() < 1e-3, "{labels:?}");
        }
    }

    #[test]
    fn a_doodle_that_no_label_reaches_gets_the_uniform_distribution() {
        let graph = Graph::of_neighbours(&[vec![1.0, 0.0, -1.0, 0.0]], 2);
        let labels = graph.propagate(&[0.0, 0.0, 1.0, 0.0], 2);
        assert_eq!(labels, [0.5, 0.5, 1.0, 0.0]);
    }

    /// Features of up to 30 doodles, some of them 0, and a label for each.
    fn graphs() -> impl Strategy<Value = (Vec<f32>, Vec<f32>)> {
        let feature = prop_oneof![
            2 => -1.0..=1.0_f32,
            1 => Just(0.0),
            1 => (-40.0..0.0_f32).prop_map(|power| 10.0_f32.powf(power)),
        ];
        let label = (0.0..=1.0_f32).prop_map(|first| [first, 1.0 - first]);
        (1..=30_usize).prop_flat_map(move |count| {
            let rows = prop::collection::vec(prop::array::uniform3(feature.clone()), count);
            let labels = prop::collection::vec(label.clone(), count);
            (rows, labels).prop_map(|(rows, labels)| {
                let unit = |row: [f32; 3]| {
                    let row = row.map(f64::from);
                    let length = row.iter().map(|value| value * value).sum::<f64>().sqrt();
                    row.map(|value| (value / length.max(f64::MIN_POSITIVE)) as f32)
                };
                let features = rows.into_iter().flat_map(unit).collect();
                (features, labels.concat())
            })
        })
    }

    proptest! {
        #[test]
        fn any_graph_gives_distributions((features, labels) in graphs()) {
            let count = labels.len() / 2;
            let graph = Graph::of_neighbours(&[features], count);
            let lonely = |own: usize| graph.0[own].iter().all(|(_, weight)| *weight == 0.0);
            let propagated = graph.propagate(&labels, 2);
            for (own, row) in propagated.chunks(2).enumerate() {
                prop_assert!(row.iter().all(|value| (0.0..=1.0001).contains(value)), "{row:?}");
                prop_assert!((row[0] + row[1] - 1.0).abs() < 1e-5, "{row:?}");
                if lonely(own) {
                    prop_assert!((row[0] - labels[2 * own]).abs() < 1e-5, "{row:?}");
                }
            }
        }
    }
}
