/// Turns of rows and columns; the columns are even to well under a percent by then.
const ROUNDS: usize = 50;

/// The distributions nearest to `probabilities` (`[n, classes]`, row by row) that give every class the same mass.
///
/// Sinkhorn-Knopp: columns and rows are scaled in turn (Cuturi, "Sinkhorn Distances", NeurIPS 2013; for labels: Asano,
/// Rupprecht, Vedaldi, "Self-labelling via simultaneous clustering and representation learning", ICLR 2020).
pub(super) fn equal_shares(probabilities: &[f32], classes: usize) -> Vec<f32> {
    let mut rows: Vec<f64> = probabilities
        .iter()
        .map(|value| f64::from(*value))
        .collect();
    let share = (rows.len() / classes.max(1)) as f64 / classes as f64;
    for _ in 0..ROUNDS {
        let mut mass = vec![0.0; classes];
        for row in rows.chunks(classes) {
            for (sum, value) in mass.iter_mut().zip(row) {
                *sum += value;
            }
        }
        for row in rows.chunks_mut(classes) {
            for (value, mass) in row.iter_mut().zip(&mass) {
                // A class that nothing was ever taken for stays so.
                *value *= share / mass.max(f64::MIN_POSITIVE);
            }
            let sum: f64 = row.iter().sum();
            for value in row {
                *value /= sum.max(f64::MIN_POSITIVE);
            }
        }
    }
    rows.into_iter().map(|value| value as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_sure_change_sides() {
        // Three of four lean to the first class.
        let even = equal_shares(&[0.9, 0.1, 0.8, 0.2, 0.55, 0.45, 0.2, 0.8], 2);
        let first: f32 = even.iter().step_by(2).sum();
        assert!((first - 2.0).abs() < 1e-3, "{even:?}");
        let sides: Vec<bool> = even.chunks(2).map(|row| row[0] > row[1]).collect();
        assert_eq!(sides, [true, true, false, false]);
    }

    #[test]
    fn what_is_even_stays() {
        let even = [0.7, 0.3, 0.3, 0.7];
        for (value, before) in equal_shares(&even, 2).iter().zip(even) {
            assert!((value - before).abs() < 1e-6);
        }
        assert!(
            equal_shares(&[1.0, 0.0, 1.0, 0.0], 2)
                .iter()
                .all(|value| value.is_finite())
        );
    }
}
