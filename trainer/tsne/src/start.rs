//! Where the descent starts.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

/// Standard deviation of the initial positions along the axis of more.
const INITIAL: f32 = 1e-4;
/// How far the initial positions are moved at random, at most, so that equal ones come apart.
const JITTER: f32 = 1e-6;

/// The first two of `columns` (1 or more) columns; a missing one is 0.
pub(super) fn first_two(points: &[f32], columns: usize) -> Vec<[f32; 2]> {
    let row = |row: &[f32]| [row[0], row.get(1).copied().unwrap_or(0.0)];
    points.chunks_exact(columns).map(row).collect()
}

/// About the origin, with the initial standard deviation along the axis of more, and a little moved.
pub(super) fn scaled(positions: Vec<[f32; 2]>, random: &mut ChaCha8Rng) -> Vec<[f32; 2]> {
    let number = positions.len() as f64;
    let mean = |axis: usize, by: &dyn Fn(f64) -> f64| {
        let values = positions
            .iter()
            .map(|position| by(f64::from(position[axis])));
        values.sum::<f64>() / number
    };
    let middle = [0, 1].map(|axis| mean(axis, &|value| value));
    let deviation = [0, 1].map(|axis| mean(axis, &|value| (value - middle[axis]).powi(2)).sqrt());
    let widest = deviation[0].max(deviation[1]);
    let scale = if widest > 0.0 {
        f64::from(INITIAL) / widest
    } else {
        0.0
    };
    let place = |position: &[f32; 2]| {
        [0, 1].map(|axis| {
            let jitter = random.random_range(-JITTER..JITTER);
            ((f64::from(position[axis]) - middle[axis]) * scale) as f32 + jitter
        })
    };
    positions.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn narrow_rows_get_a_second_column() {
        assert_eq!(
            first_two(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3),
            [[1.0, 2.0], [4.0, 5.0]]
        );
        assert_eq!(first_two(&[1.0, 2.0], 1), [[1.0, 0.0], [2.0, 0.0]]);
    }

    #[test]
    fn of_any_size_to_the_initial_deviation() {
        let mut random = ChaCha8Rng::seed_from_u64(0);
        for size in [1e-30, 1.0, f32::MAX / 2.0] {
            let corners = [[-size, 0.0], [size, 0.0], [-size, size], [size, size]];
            let start = scaled(corners.to_vec(), &mut random);
            for ([x, y], [sign_x, sign_y]) in
                start
                    .iter()
                    .zip([[-1.0, -0.5], [1.0, -0.5], [-1.0, 0.5], [1.0, 0.5]])
            {
                assert!((x - sign_x * INITIAL).abs() < 2.0 * JITTER, "{size}: {x}");
                assert!((y - sign_y * INITIAL).abs() < 2.0 * JITTER, "{size}: {y}");
            }
        }
        let same = scaled(vec![[5.0, 5.0]; 2], &mut random);
        assert!(same[0] != same[1] && same.iter().flatten().all(|value| value.abs() <= JITTER));
    }
}
