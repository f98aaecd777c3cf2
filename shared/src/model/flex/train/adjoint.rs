//! Gradients back from the layout of matrix products.

use super::super::{
    columns::{Maps, TAPS},
    real::Real,
};

/// The adjoint of [`columns_from_maps`](super::super::columns::columns_from_maps): every value goes back and is added to the pixel that it came from.
#[inline(always)]
pub fn maps_from_columns<E: Real>(maps: Maps, columns: &[E], pictures: &mut [E]) {
    let row = TAPS * maps.channels;
    for (picture, columns) in pictures
        .chunks_exact_mut(maps.values())
        .zip(columns.chunks_exact(maps.pixels() * row))
    {
        picture.fill(E::zero());
        for (pixel, columns) in columns.chunks_exact(row).enumerate() {
            for (line, taps) in columns.chunks_exact(row / 3).enumerate() {
                let Some((covered, skipped)) = maps.taps(pixel, line) else {
                    continue;
                };
                for (sum, value) in picture[covered].iter_mut().zip(&taps[skipped..]) {
                    *sum = *sum + *value;
                }
            }
        }
    }
}

/// The inverse of [`matrix_from_kernel`](super::super::block::matrix_from_kernel).
pub fn kernel_from_matrix<E: Copy>(matrix: &[E], input: usize, output: usize) -> Vec<E> {
    let mut kernel = Vec::with_capacity(matrix.len());
    for to in 0..output {
        for from in 0..input {
            kernel.extend((0..TAPS).map(|tap| matrix[(tap * input + from) * output + to]));
        }
    }
    kernel
}

#[cfg(test)]
mod tests {
    use super::super::super::{block::matrix_from_kernel, columns::columns_from_maps};
    use super::*;

    const MAPS: Maps = Maps {
        height: 2,
        width: 3,
        channels: 2,
    };

    /// <A x, y> = <x, A' y> for every x and y.
    #[test]
    fn the_backward_pass_is_the_adjoint() {
        let wave =
            |count: usize, step: f64| (1..=count).map(move |index| (index as f64 * step).sin());
        let pictures: Vec<f64> = wave(2 * 12, 1.3).collect();
        let weights: Vec<f64> = wave(2 * 6 * 18, 0.7).collect();
        let mut columns = vec![0.0; weights.len()];
        columns_from_maps(MAPS, &pictures, &mut columns);
        let mut back = vec![9.0; pictures.len()];
        maps_from_columns(MAPS, &weights, &mut back);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        assert!((dot(&columns, &weights) - dot(&pictures, &back)).abs() < 1e-12);
    }

    #[test]
    fn matrices_become_kernels_again() {
        let kernel: Vec<u32> = (0..3 * 2 * 9).collect();
        let matrix = matrix_from_kernel(&kernel, 2, 3);
        assert_eq!(kernel_from_matrix(&matrix, 2, 3), kernel);
    }
}
