//! The field of charges on a grid, by Fourier transforms.

use std::sync::Arc;

use rayon::prelude::*;
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

use super::spline::response;

/// Columns of the spectrum, or rows of the grid, that are worked on at once: so many stand side by side in a cache line.
const BLOCK: usize = 8;

const ZERO: Complex<f32> = Complex { re: 0.0, im: 0.0 };

/// What turns charges on a grid into the field `sum of charge / (1 + distance^2)`.
///
/// The grid is padded to twice its size, so that the circular convolution does not wrap around. Two real rows are transformed as
/// one complex row, and of the columns only the half that is not the conjugate of the other.
pub(super) struct Field {
    /// Columns and rows of the grid, both even.
    pub(super) size: [usize; 2],
    /// Between nodes, in the embedding's units.
    pub(super) spacing: f32,
    /// Transforms of padded rows and columns, forwards and back.
    forwards: [Arc<dyn Fft<f32>>; 2],
    back: [Arc<dyn Fft<f32>>; 2],
    /// The kernel's transform, column after column; real, because the kernel is even.
    kernel: Vec<f32>,
    /// Transforms of pairs of rows.
    pairs: Vec<Complex<f32>>,
    /// The spectrum of each row, column after column.
    columns: Vec<Complex<f32>>,
}

impl Field {
    /// For a grid of `size` (columns and rows, both even) nodes that are `spacing` apart.
    pub(super) fn new(size: [usize; 2], spacing: f32) -> Self {
        let mut planner = FftPlanner::new();
        let padded = size.map(|nodes| 2 * nodes);
        let forwards = padded.map(|nodes| planner.plan_fft_forward(nodes));
        let back = padded.map(|nodes| planner.plan_fft_inverse(nodes));
        let kernel = kernel(padded, spacing, &forwards);
        Self {
            size,
            spacing,
            forwards,
            back,
            kernel,
            pairs: vec![ZERO; size[1] / 2 * padded[0]],
            columns: vec![ZERO; (size[0] + 1) * size[1]],
        }
    }

    /// Replaces the charges on the grid, row after row, by their field.
    pub(super) fn convolve(&mut self, grid: &mut [f32]) {
        self.transform_rows(grid);
        self.convolve_columns();
        self.transform_rows_back(grid);
    }

    fn transform_rows(&mut self, grid: &[f32]) {
        let (width, transform) = (self.size[0], &self.forwards[0]);
        self.pairs
            .par_chunks_exact_mut(2 * width)
            .zip(grid.par_chunks_exact(2 * width))
            .for_each_init(
                || vec![ZERO; transform.get_inplace_scratch_len()],
                |scratch, (pair, rows)| {
                    let (upper, lower) = rows.split_at(width);
                    for (value, (re, im)) in pair.iter_mut().zip(upper.iter().zip(lower)) {
                        *value = Complex { re: *re, im: *im };
                    }
                    pair[width..].fill(ZERO);
                    transform.process_with_scratch(pair, scratch);
                },
            );
    }

    fn convolve_columns(&mut self) {
        let [width, height] = self.size;
        let (forwards, back) = (&self.forwards[1], &self.back[1]);
        let scratch = forwards
            .get_inplace_scratch_len()
            .max(back.get_inplace_scratch_len());
        let pairs = &self.pairs;
        self.columns
            .par_chunks_mut(BLOCK * height)
            .zip(self.kernel.par_chunks(BLOCK * 2 * height))
            .enumerate()
            .for_each_init(
                || (vec![ZERO; BLOCK * 2 * height], vec![ZERO; scratch]),
                |(padded, scratch), (block, (columns, kernel))| {
                    let first = block * BLOCK;
                    let padded = &mut padded[..kernel.len()];
                    for (row, pair) in pairs.chunks_exact(2 * width).enumerate() {
                        for (column, padded) in padded.chunks_exact_mut(2 * height).enumerate() {
                            let here = pair[first + column];
                            let there = pair[(2 * width - first - column) % (2 * width)];
                            padded[2 * row] = Complex {
                                re: 0.5 * (here.re + there.re),
                                im: 0.5 * (here.im - there.im),
                            };
                            padded[2 * row + 1] = Complex {
                                re: 0.5 * (here.im + there.im),
                                im: 0.5 * (there.re - here.re),
                            };
                        }
                    }
                    for padded in padded.chunks_exact_mut(2 * height) {
                        padded[height..].fill(ZERO);
                    }
                    forwards.process_with_scratch(padded, scratch);
                    for (value, kernel) in padded.iter_mut().zip(kernel) {
                        *value *= *kernel;
                    }
                    back.process_with_scratch(padded, scratch);
                    for (column, padded) in columns
                        .chunks_exact_mut(height)
                        .zip(padded.chunks_exact(2 * height))
                    {
                        column.copy_from_slice(&padded[..height]);
                    }
                },
            );
    }

    fn transform_rows_back(&self, grid: &mut [f32]) {
        let [width, height] = self.size;
        let transform = &self.back[0];
        grid.par_chunks_mut(BLOCK * width)
            .enumerate()
            .for_each_init(
                || {
                    let scratch = vec![ZERO; transform.get_inplace_scratch_len()];
                    (vec![ZERO; BLOCK * width], scratch)
                },
                |(pairs, scratch), (block, rows)| {
                    let pairs = &mut pairs[..rows.len()];
                    for (place, column) in self.columns.chunks_exact(height).enumerate() {
                        for (row, pair) in pairs.chunks_exact_mut(2 * width).enumerate() {
                            let upper = column[block * BLOCK + 2 * row];
                            let lower = column[block * BLOCK + 2 * row + 1];
                            pair[(2 * width - place) % (2 * width)] = Complex {
                                re: upper.re + lower.im,
                                im: lower.re - upper.im,
                            };
                            pair[place] = Complex {
                                re: upper.re - lower.im,
                                im: upper.im + lower.re,
                            };
                        }
                    }
                    transform.process_with_scratch(pairs, scratch);
                    for (rows, pair) in rows
                        .chunks_exact_mut(2 * width)
                        .zip(pairs.chunks_exact(2 * width))
                    {
                        let (upper, lower) = rows.split_at_mut(width);
                        for ((upper, lower), value) in upper.iter_mut().zip(lower).zip(pair) {
                            (*upper, *lower) = (value.re, value.im);
                        }
                    }
                },
            );
    }
}

/// The transform of `1 / (1 + distance^2)` on a circular grid, for the first half of the columns and one more. Divided by what
/// spreading charges and reading the field with splines does to each frequency, and by the transforms' scale.
fn kernel(padded: [usize; 2], spacing: f32, forwards: &[Arc<dyn Fft<f32>>; 2]) -> Vec<f32> {
    let [width, height] = padded;
    let square = |place: usize, size: usize| {
        let distance = place.min(size - place) as f32 * spacing;
        distance * distance
    };
    let mut rows = vec![ZERO; width * height];
    rows.par_chunks_exact_mut(width)
        .enumerate()
        .for_each(|(row, values)| {
            for (column, value) in values.iter_mut().enumerate() {
                value.re = 1.0 / (1.0 + square(column, width) + square(row, height));
            }
            forwards[0].process(values);
        });
    let responses = padded.map(response);
    let mut kernel = vec![0.0; (width / 2 + 1) * height];
    kernel
        .par_chunks_exact_mut(height)
        .enumerate()
        .for_each(|(column, kernel)| {
            let mut values: Vec<Complex<f32>> =
                (0..height).map(|row| rows[row * width + column]).collect();
            forwards[1].process(&mut values);
            for (row, (kernel, value)) in kernel.iter_mut().zip(values).enumerate() {
                let response = responses[0][column] * responses[1][row];
                let scale = response * response * (width * height) as f64;
                *kernel = (f64::from(value.re) / scale) as f32;
            }
        });
    kernel
}
