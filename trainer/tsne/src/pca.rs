//! Principal component analysis, as in N. Halko, P.-G. Martinsson, J. A. Tropp: "Finding structure with randomness", SIAM
//! Review 53 (2011): a random block of directions is multiplied by the covariance until it holds the leading ones. Where
//! variances are almost the same, it may take others.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use rayon::prelude::*;
use shared::matrix::{Before, Matrix, multiply};

use super::eigen::eigenvectors;

/// Directions beyond those asked for; they make the wanted ones converge sooner.
const SPARE: usize = 10;
/// Multiplications by the covariance, at most.
const MULTIPLICATIONS: usize = 40;
/// The directions are taken when one more multiplication adds less than this share to the variance along them.
const ENOUGH: f64 = 5e-5;
/// Rows that are worked on at once; sums run within these and then over them, whatever the threads.
const ROWS: usize = 512;
/// Up to this width the covariance is worked out once. Wider rows are multiplied twice each time instead.
const SQUARE: usize = 2048;
/// Rows of the covariance, or directions, that are worked on at once.
const DIRECTIONS: usize = 32;
/// What a direction must keep of its length when the others are taken out of it; less is rounding.
const INDEPENDENT: f64 = 1e-5;

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
pub(super) fn principal(
    centred: &[f32],
    width: usize,
    count: usize,
    random: &mut ChaCha8Rng,
) -> Vec<f32> {
    let count = count.min(width);
    let block = (count + SPARE).min(width);
    let mut basis: Vec<f32> = (0..block * width)
        .map(|_| random.random_range(-1.0..1.0))
        .collect();
    orthonormalise(&mut basis, width);
    let covariance = (width <= SQUARE).then(|| covariance(centred, width));
    let times = |basis: &[f32]| match &covariance {
        Some(covariance) => times_square(covariance, width, basis),
        None => times_covariance(centred, width, basis),
    };
    let mut images = times(&basis);
    let mut variance = captured(&basis, &images);
    for _ in 1..MULTIPLICATIONS {
        basis.copy_from_slice(&images);
        orthonormalise(&mut basis, width);
        images = times(&basis);
        let before = std::mem::replace(&mut variance, captured(&basis, &images));
        if variance - before <= ENOUGH * variance {
            break;
        }
    }
    let directions = turned(&basis, &images, width, count);
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
    scores
}

/// The covariance times the number of rows, `[width, width]`.
fn covariance(centred: &[f32], width: usize) -> Vec<f32> {
    let rows = Matrix::new(centred, centred.len() / width, width);
    let mut covariance = vec![0.0; width * width];
    covariance
        .par_chunks_mut(DIRECTIONS * width)
        .enumerate()
        .for_each(|(block, part)| {
            let columns = rows.columns(block * DIRECTIONS, part.len() / width);
            multiply(columns.transposed(), rows, part, Before::Forgotten);
        });
    covariance
}

/// Each direction times the covariance, `[block, width]` as the basis.
fn times_square(covariance: &[f32], width: usize, basis: &[f32]) -> Vec<f32> {
    let covariance = Matrix::new(covariance, width, width);
    let mut images = vec![0.0; basis.len()];
    images
        .par_chunks_mut(DIRECTIONS * width)
        .zip(basis.par_chunks(DIRECTIONS * width))
        .for_each(|(images, basis)| {
            multiply(
                Matrix::new(basis, basis.len() / width, width),
                covariance,
                images,
                Before::Forgotten,
            );
        });
    images
}

/// The same without the covariance.
fn times_covariance(centred: &[f32], width: usize, basis: &[f32]) -> Vec<f32> {
    let block = basis.len() / width;
    let basis = Matrix::new(basis, block, width).transposed();
    let parts: Vec<Vec<f32>> = centred
        .par_chunks(ROWS * width)
        .map(|rows| {
            let count = rows.len() / width;
            let rows = Matrix::new(rows, count, width);
            let mut along = vec![0.0; count * block];
            multiply(rows, basis, &mut along, Before::Forgotten);
            let mut part = vec![0.0; block * width];
            multiply(
                Matrix::new(&along, count, block).transposed(),
                rows,
                &mut part,
                Before::Forgotten,
            );
            part
        })
        .collect();
    let mut images = vec![0.0; block * width];
    for part in parts {
        for (sum, value) in images.iter_mut().zip(part) {
            *sum += value;
        }
    }
    images
}

/// The variance along the basis, times the number of rows.
fn captured(basis: &[f32], images: &[f32]) -> f64 {
    dot(basis, images)
}

/// Makes the rows orthogonal and of length 1, in order (Gram-Schmidt, each row twice for accuracy). A row that depends on
/// those before becomes 0.
fn orthonormalise(basis: &mut [f32], width: usize) {
    for row in 0..basis.len() / width {
        let (before, rest) = basis.split_at_mut(row * width);
        let here = &mut rest[..width];
        for _ in 0..2 {
            let length = dot(here, here).sqrt();
            for other in before.chunks_exact(width) {
                let share = dot(other, here) as f32;
                for (value, along) in here.iter_mut().zip(other) {
                    *value -= share * along;
                }
            }
            let left = dot(here, here).sqrt();
            let scale = if left > INDEPENDENT * length {
                1.0 / left
            } else {
                0.0
            };
            for value in &mut *here {
                *value = (f64::from(*value) * scale) as f32;
            }
        }
    }
}

/// The scalar product, in eight partial sums of 32 bits per stretch and of 64 beyond.
fn dot(left: &[f32], right: &[f32]) -> f64 {
    let mut total = 0.0;
    for (left, right) in left.chunks(256).zip(right.chunks(256)) {
        let (left, left_rest) = left.as_chunks::<8>();
        let (right, right_rest) = right.as_chunks::<8>();
        let mut sums = [0.0_f32; 8];
        for (left, right) in left.iter().zip(right) {
            for lane in 0..8 {
                sums[lane] += left[lane] * right[lane];
            }
        }
        for (sum, (left, right)) in sums.iter_mut().zip(left_rest.iter().zip(right_rest)) {
            *sum += left * right;
        }
        total += sums.iter().map(|sum| f64::from(*sum)).sum::<f64>();
    }
    total
}

/// The basis turned to its own principal directions, the first `count` of them. Each points where its largest entry is
/// positive.
fn turned(basis: &[f32], images: &[f32], width: usize, count: usize) -> Vec<f32> {
    let block = basis.len() / width;
    let mut products = vec![0.0_f64; block * block];
    for (row, direction) in basis.chunks_exact(width).enumerate() {
        for (column, image) in images.chunks_exact(width).enumerate().take(row + 1) {
            let product = dot(direction, image);
            products[row * block + column] = product;
            products[column * block + row] = product;
        }
    }
    let mut directions = vec![0.0; count * width];
    let vectors = eigenvectors(products, block);
    for (direction, vector) in directions
        .chunks_exact_mut(width)
        .zip(vectors.chunks_exact(block))
    {
        for (part, row) in vector.iter().zip(basis.chunks_exact(width)) {
            for (sum, value) in direction.iter_mut().zip(row) {
                *sum += *part as f32 * value;
            }
        }
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
    }
    directions
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn random() -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(4)
    }

    fn uniform(count: usize) -> Vec<f32> {
        let mut random = random();
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
        let scores = principal(&points, width, 3, &mut random());
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
        let scores = principal(&points, 7, 50, &mut random());
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
        let scores = principal(&centred(&line, 3), 3, 2, &mut random());
        assert!(squares(&scores, 2)[0] > 1.0 && squares(&scores, 2)[1] < 1e-8);
        assert_eq!(principal(&[0.0; 12], 3, 2, &mut random()), [0.0; 8]);
    }

    #[test]
    fn with_and_without_the_covariance() {
        let (rows, basis) = (uniform(700 * 40), uniform(50 * 40));
        let square = times_square(&covariance(&rows, 40), 40, &basis);
        for (left, right) in square.iter().zip(times_covariance(&rows, 40, &basis)) {
            assert!((left - right).abs() < 1e-2, "{left} {right}");
        }
    }
}
