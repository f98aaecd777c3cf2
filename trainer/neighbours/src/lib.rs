//! The nearest neighbours of rows of numbers, by Euclidean distance: what t-SNE and label propagation begin with. Each row is compared
//! with every other, in f32 by |a|² + |b|² - 2ab, so rows far from 0 whose distances are small in comparison should be centred first.

use rayon::prelude::*;
use shared::matrix::{Before, Matrix, multiply};

/// Rows whose neighbours are sought at once.
const BLOCK: usize = 128;
/// Rows that they are compared with at once: a tile of distances stays in the cache.
const TILE: usize = 1024;

/// For each row its nearest others, in no order, `[n, count]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Of one row; at least 1.
    pub count: usize,
    /// Numbers of the rows.
    pub indices: Vec<u32>,
    /// Squared Euclidean distances.
    pub squares: Vec<f32>,
}

/// The `count` (1 to n - 1) nearest of each row of `rows`, `[n, width]`, n at most 4,294,967,295, all of them finite. Of equally
/// distant ones those with the lower numbers are taken. The result does not depend on the number of threads.
pub fn nearest(rows: &[f32], width: usize, count: usize) -> Neighbours {
    let number = rows.len() / width;
    let norms: Vec<f32> = rows
        .chunks_exact(width)
        .map(|row| row.iter().map(|value| value * value).sum())
        .collect();
    let mut indices = vec![0; number * count];
    let mut squares = vec![0.0; number * count];
    indices
        .par_chunks_mut(BLOCK * count)
        .zip(squares.par_chunks_mut(BLOCK * count))
        .enumerate()
        .for_each(|(block, (indices, squares))| {
            let first = block * BLOCK;
            let places = indices
                .chunks_exact_mut(count)
                .zip(squares.chunks_exact_mut(count));
            for (row, (found, (indices, squares))) in
                block_nearest(rows, width, &norms, first, count)
                    .iter()
                    .zip(places)
                    .enumerate()
            {
                for (key, (index, square)) in found.iter().zip(indices.iter_mut().zip(squares)) {
                    *index = *key as u32;
                    // Anew, because the difference of large products is inexact where rows are close.
                    *square = square_between(rows, width, first + row, *index as usize);
                }
            }
        });
    Neighbours {
        count,
        indices,
        squares,
    }
}

fn square_between(rows: &[f32], width: usize, left: usize, right: usize) -> f32 {
    let (left, right) = (
        &rows[left * width..][..width],
        &rows[right * width..][..width],
    );
    let differences = left.iter().zip(right).map(|(left, right)| left - right);
    differences.map(|difference| difference * difference).sum()
}

/// For each row of the block that starts at `first`: keys of its `count` nearest, the number in the lower half.
fn block_nearest(
    rows: &[f32],
    width: usize,
    norms: &[f32],
    first: usize,
    count: usize,
) -> Vec<Vec<u64>> {
    let size = BLOCK.min(norms.len() - first);
    let block = Matrix::new(&rows[first * width..(first + size) * width], size, width);
    let capacity = 2 * count + TILE / 8;
    let mut found: Vec<Vec<u64>> = vec![Vec::with_capacity(capacity + 1); size];
    let mut bounds = vec![f32::INFINITY; size];
    let mut products = vec![0.0; BLOCK * TILE];
    for (tile, others) in rows.chunks(TILE * width).enumerate() {
        let (start, length) = (tile * TILE, others.len() / width);
        let products = &mut products[..size * length];
        multiply(
            block,
            Matrix::new(others, length, width).transposed(),
            products,
            Before::Forgotten,
        );
        for (row, products) in products.chunks_exact(length).enumerate() {
            let (found, bound) = (&mut found[row], &mut bounds[row]);
            for (other, (product, norm)) in products.iter().zip(&norms[start..]).enumerate() {
                let square = norms[first + row] + norm - 2.0 * product;
                if square > *bound || start + other == first + row {
                    continue;
                }
                // The bits of a float that is not negative are in its order.
                let bits = square.max(0.0).to_bits();
                found.push(u64::from(bits) << 32 | (start + other) as u64);
                if found.len() > capacity {
                    keep_least(found, count);
                    *bound = f32::from_bits((found[count - 1] >> 32) as u32);
                }
            }
        }
    }
    found.iter_mut().for_each(|found| keep_least(found, count));
    found
}

/// Keeps the `count` least keys, the greatest of them last.
fn keep_least(keys: &mut Vec<u64>, count: usize) {
    if keys.len() > count {
        keys.select_nth_unstable(count - 1);
        keys.truncate(count);
    }
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    #[test]
    fn as_sorting_all_finds_them() {
        let (number, width, count) = (1500, 3, 20);
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let rows: Vec<f32> = (0..number * width)
            .map(|_| random.random_range(-1.0..1.0))
            .collect();
        let found = nearest(&rows, width, count);
        for row in (0..number).step_by(97) {
            let mut all: Vec<(f32, u32)> = (0..number)
                .filter(|other| *other != row)
                .map(|other| (square_between(&rows, width, row, other), other as u32))
                .collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut here: Vec<(f32, u32)> = (row * count..(row + 1) * count)
                .map(|place| (found.squares[place], found.indices[place]))
                .collect();
            here.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert_eq!(here, all[..count]);
        }
    }

    #[test]
    fn equal_rows_are_neighbours_in_order() {
        let found = nearest(&[0.5; 12], 2, 3);
        assert_eq!(found.squares, [0.0; 18]);
        let mut last: Vec<u32> = found.indices[15..].to_vec();
        last.sort_unstable();
        assert_eq!(last, [0, 1, 2]);
        assert_eq!(nearest(&[1.0, 2.0], 1, 1).indices, [1, 0]);
    }
}
