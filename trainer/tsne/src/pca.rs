//! Principal component analysis: eigenvectors of the covariance, by faer.

use faer::{Mat, Side};
use rayon::prelude::*;
use shared::matrix::{Before, Matrix, multiply};

use super::TsneError;

/// Rows that are worked on at once.
const ROWS: usize = 512;
/// Rows of the covariance that are worked on at once.
const COLUMNS: usize = 32;

/// Rows less their mean, `[n, width]`, scaled so that the largest magnitude is 1 (or 0 where all rows are the same): neither
/// t-SNE nor the directions depend on the scale, and squares then cannot overflow.
pub(super) fn centred(rows: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0_f64; width];
    for row in rows.chunks_exact(width) {
        for (sum, value) in mean.iter_mut().zip(row) {
            *sum += f64::from(*value);
        }
    }
    let count = (rows.len() / width) as f64;
    mean.iter_mut().for_each(|sum| *sum /= count);
    let largest = rows
        .chunks_exact(width)
        .flat_map(|row| row.iter().zip(&mean))
        .fold(0.0_f64, |most, (value, mean)| {
            most.max((f64::from(*value) - mean).abs())
        });
    let scale = if largest > 0.0 { 1.0 / largest } else { 0.0 };
    let mut centred = vec![0.0; rows.len()];
    centred
        .par_chunks_mut(ROWS * width)
        .zip(rows.par_chunks(ROWS * width))
        .for_each(|(centred, rows)| {
            for (place, value) in centred.iter_mut().enumerate() {
                *value = ((f64::from(rows[place]) - mean[place % width]) * scale) as f32;
            }
        });
    centred
}

/// The rows' coordinates along the `count` directions of most variance (no more than `width`), most first, `[n, count]`. Where
/// the rows span fewer directions, the rest are 0.
///
/// # Errors
/// Where the eigenvectors of the covariance are not found.
pub(super) fn principal(
    centred: &[f32],
    width: usize,
    count: usize,
) -> Result<Vec<f32>, TsneError> {
    let count = count.min(width);
    let covariance = covariance(centred, width);
    let entry = |row, column| f64::from(covariance[row * width + column]);
    let decomposition = Mat::from_fn(width, width, entry)
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| TsneError::Directions { width })?;
    let eigenvectors = decomposition.U();
    let mut directions = Vec::with_capacity(count * width);
    // The eigenvalues ascend.
    for column in (0..width).rev().take(count) {
        let direction = eigenvectors.col(column).iter();
        directions.extend(pointed(direction.map(|value| *value as f32).collect()));
    }
    let mut scores = vec![0.0; centred.len() / width * count];
    let directions = Matrix::new(&directions, count, width).transposed();
    scores
        .par_chunks_mut(ROWS * count)
        .zip(centred.par_chunks(ROWS * width))
        .for_each(|(scores, rows)| {
            multiply(
                Matrix::new(rows, rows.len() / width, width),
                directions,
                scores,
                Before::Forgotten,
            );
        });
    Ok(scores)
}

/// A direction, turned round where its largest entry is negative: of the two that are as good always the same one.
fn pointed(mut direction: Vec<f32>) -> Vec<f32> {
    let largest = direction.iter().fold(0.0_f32, |most, value| {
        if value.abs() > most.abs() {
            *value
        } else {
            most
        }
    });
    if largest < 0.0 {
        direction.iter_mut().for_each(|value| *value = -*value);
    }
    direction
}

/// The covariance times the number of rows, `[width, width]`.
fn covariance(centred: &[f32], width: usize) -> Vec<f32> {
    let rows = Matrix::new(centred, centred.len() / width, width);
    let mut covariance = vec![0.0; width * width];
    covariance
        .par_chunks_mut(COLUMNS * width)
        .enumerate()
        .for_each(|(block, part)| {
            let columns = rows.columns(block * COLUMNS, part.len() / width);
            multiply(columns.transposed(), rows, part, Before::Forgotten);
        });
    covariance
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    fn uniform(count: usize) -> Vec<f32> {
        let mut random = ChaCha8Rng::seed_from_u64(4);
        (0..count).map(|_| random.random_range(-1.0..1.0)).collect()
    }

    /// Sums of squares of each column.
    fn squares(points: &[f32], columns: usize) -> Vec<f64> {
        let column = |column: usize| points.iter().skip(column).step_by(columns);
        let square = |value: &f32| f64::from(*value).powi(2);
        (0..columns)
            .map(|place| column(place).map(square).sum())
            .collect()
    }

    #[test]
    fn means_and_scales_go() {
        assert_eq!(centred(&[1.0, 5.0, 3.0, 5.0], 2), [-1.0, 0.0, 1.0, 0.0]);
        assert_eq!(centred(&[7.0; 4], 2), [0.0; 4]);
        assert_eq!(centred(&[f32::MAX, -f32::MAX], 1), [1.0, -1.0]);
    }

    #[test]
    fn the_wide_directions_are_found_in_order() {
        // Directions of known variance, hidden by a turn between each two columns that stand side by side.
        let (number, width) = (800, 90);
        let mut rows = uniform(number * width);
        for row in rows.chunks_exact_mut(width) {
            for (column, value) in row.iter_mut().enumerate() {
                *value *= [8.0, 4.0, 2.0]
                    .get(column / 30)
                    .map_or(0.0, |wide| if column % 30 == 0 { *wide } else { 0.1 });
            }
            for column in 1..width {
                let (a, b) = (row[column - 1], row[column]);
                (row[column - 1], row[column]) = (0.6 * a - 0.8 * b, 0.8 * a + 0.6 * b);
            }
        }
        let points = centred(&rows, width);
        let scores = principal(&points, width, 3).unwrap();
        let found = squares(&scores, 3);
        assert!(found.is_sorted_by(|a, b| a > &(3.0 * b)), "{found:?}");
        let all: f64 = squares(&points, width).iter().sum();
        assert!(found.iter().sum::<f64>() > 0.98 * all);
        let across: f64 = scores
            .chunks_exact(3)
            .map(|row| f64::from(row[0] * row[1]))
            .sum();
        assert!(across.abs() < 1e-3 * found[1]);
    }

    #[test]
    fn all_directions_keep_distances() {
        let points = centred(&uniform(20 * 7), 7);
        let scores = principal(&points, 7, 50).unwrap();
        assert_eq!(scores.len(), points.len());
        let length = |row: &[f32]| row.iter().map(|value| value * value).sum::<f32>();
        for (turned, row) in scores.chunks_exact(7).zip(points.chunks_exact(7)) {
            assert!((length(turned) - length(row)).abs() < 1e-5);
        }
    }

    #[test]
    fn missing_directions_are_zero() {
        let line: Vec<f32> = (0..30)
            .flat_map(|place| [place as f32, 2.0 * place as f32, 0.0])
            .collect();
        let scores = principal(&centred(&line, 3), 3, 2).unwrap();
        assert!(squares(&scores, 2)[0] > 1.0 && squares(&scores, 2)[1] < 1e-8);
        assert_eq!(principal(&[0.0; 12], 3, 2).unwrap(), [0.0; 8]);
    }
}
