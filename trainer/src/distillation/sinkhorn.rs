/// Iterations over columns and rows; the columns then agree to well under a percent.
const ROUNDS: usize = 50;

/// The distributions nearest to `probabilities` (`[n, classes]`, row by row, each 0 or more) that give every class the same mass.
///
/// A class without any mass stays empty, and the others share its mass. A row without mass starts uniform over the classes that
/// have some, or over all where none has. The result is always `n` distributions.
///
/// Sinkhorn-Knopp: columns and rows are scaled alternately (Cuturi, "Sinkhorn Distances", NeurIPS 2013; for labels: Asano,
/// Rupprecht, Vedaldi, "Self-labelling via simultaneous clustering and representation learning", ICLR 2020).
pub(super) fn balanced(probabilities: &[f32], classes: usize) -> Vec<f32> {
    if probabilities.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<f64> = probabilities
        .iter()
        .map(|value| f64::from(*value))
        .collect();
    fill_empty_rows(&mut rows, classes);
    let share = (rows.len() / classes) as f64 / classes as f64;
    for _ in 0..ROUNDS {
        let mass = mass(&rows, classes);
        for row in rows.chunks_mut(classes) {
            for (value, mass) in row.iter_mut().zip(&mass) {
                let scale = share / mass;
                // A class without mass stays empty.
                if scale.is_finite() {
                    *value *= scale;
                }
            }
            let sum: f64 = row.iter().sum();
            for value in row {
                *value /= sum;
            }
        }
    }
    rows.into_iter().map(|value| value as f32).collect()
}

/// The sum over the rows, for each class.
fn mass(rows: &[f64], classes: usize) -> Vec<f64> {
    let mut mass = vec![0.0; classes];
    for row in rows.chunks(classes) {
        for (sum, value) in mass.iter_mut().zip(row) {
            *sum += value;
        }
    }
    mass
}

fn fill_empty_rows(rows: &mut [f64], classes: usize) {
    let mass = mass(rows, classes);
    let none = mass.iter().all(|mass| *mass == 0.0);
    for row in rows.chunks_mut(classes) {
        if row.iter().all(|value| *value == 0.0) {
            for (value, mass) in row.iter_mut().zip(&mass) {
                *value = f64::from(none || *mass > 0.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_least_confident_change_class() {
        // Three of four prefer the first class.
        let even = balanced(&[0.9, 0.1, 0.8, 0.2, 0.55, 0.45, 0.2, 0.8], 2);
        let first: f32 = even.iter().step_by(2).sum();
        assert!((first - 2.0).abs() < 1e-3, "{even:?}");
        let first: Vec<bool> = even.chunks(2).map(|row| row[0] > row[1]).collect();
        assert_eq!(first, [true, true, false, false]);
    }

    #[test]
    fn what_is_balanced_stays() {
        let even = [0.7, 0.3, 0.3, 0.7];
        for (value, before) in balanced(&even, 2).iter().zip(even) {
            assert!((value - before).abs() < 1e-6);
        }
    }

    #[test]
    fn a_class_without_mass_stays_empty_and_the_others_share_its_mass() {
        let alone = [1.0, 0.0].repeat(8);
        assert_eq!(balanced(&alone, 2), alone);
        let two = balanced(&[0.9, 0.1, 0.0].repeat(20), 3);
        for row in two.chunks(3) {
            assert!((row[0] - 0.5).abs() < 1e-6 && (row[1] - 0.5).abs() < 1e-6);
            assert_eq!(row[2], 0.0);
        }
    }

    #[test]
    fn a_row_without_mass_starts_uniform_over_the_classes_that_have_some() {
        let rows = balanced(&[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0], 3);
        assert_eq!(rows, [1.0, 0.0, 0.0].repeat(3));
        assert_eq!(balanced(&[0.0; 8], 4), [0.25; 8]);
        assert!(balanced(&[], 0).is_empty());
    }

    /// A matrix of up to 40 rows and 8 classes, some of whose rows and columns are empty, and its number of classes.
    ///
    /// Masses go down to the least that f32 has, so that a scale may overflow.
    fn matrices() -> impl Strategy<Value = (Vec<f32>, usize)> {
        let mass = prop_oneof![
            3 => 0.0..=1.0_f32,
            1 => Just(0.0),
            1 => Just(1.0),
            1 => (-45.0..0.0_f32).prop_map(|power| 10.0_f32.powf(power)),
        ];
        let empty = || prop::collection::vec(prop::bool::weighted(0.2), 40);
        (1..=40_usize, 1..=8_usize, empty(), empty()).prop_flat_map(
            move |(rows, classes, empty_rows, empty_classes)| {
                prop::collection::vec(mass.clone(), rows * classes).prop_map(move |mut values| {
                    for (at, value) in values.iter_mut().enumerate() {
                        if empty_rows[at / classes] || empty_classes[at % classes] {
                            *value = 0.0;
                        }
                    }
                    (values, classes)
                })
            },
        )
    }

    proptest! {
        #[test]
        fn the_result_is_always_distributions((values, classes) in matrices()) {
            let shares = balanced(&values, classes);
            prop_assert_eq!(shares.len(), values.len());
            for row in shares.chunks(classes) {
                prop_assert!(row.iter().all(|value| (0.0..=1.0001).contains(value)), "{row:?}");
                prop_assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{row:?}");
            }
            let is_empty = |values: &[f32], class: usize| {
                values.iter().skip(class).step_by(classes).all(|value| *value == 0.0)
            };
            if values.iter().any(|value| *value > 0.0) {
                for class in (0..classes).filter(|class| is_empty(&values, *class)) {
                    prop_assert!(is_empty(&shares, class));
                }
            }
        }

        #[test]
        fn classes_that_every_row_has_mass_in_end_equal(
            values in (1..=8_usize, 4..=40_usize).prop_flat_map(|(classes, rows)| {
                prop::collection::vec(prop::collection::vec(0.05..=1.0_f32, classes), rows)
            })
        ) {
            let classes = values[0].len();
            let shares = balanced(&values.concat(), classes);
            let share = values.len() as f32 / classes as f32;
            for class in 0..classes {
                let mass: f32 = shares.iter().skip(class).step_by(classes).sum();
                prop_assert!((mass - share).abs() < 0.01 * share, "{mass} instead of {share}");
            }
        }
    }
}
