//! A block in inference.

use rayon::prelude::*;

use crate::matrix::{Before, Matrix, multiply};

use super::{
    block::Block,
    columns::columns_from_maps,
    pool::{Scaling, pool},
    real::Real,
    simd::widest,
};

/// Normalises with given statistics, and keeps nothing. `pictures`: `[n, h, w, in]`; `kernel`: `[9 in, out]`; the result:
/// `[n, h / 2, w / 2, out]`.
pub fn infer<E: Real>(block: Block, pictures: &[E], kernel: &[E], scaling: &Scaling<E>) -> Vec<E> {
    let (output, pooled_values) = (block.output(), block.pooled().values());
    let chunk = block.chunk();
    let mut pooled = vec![E::zero(); block.count * pooled_values];
    pooled
        .par_chunks_mut(chunk * pooled_values)
        .zip(pictures.par_chunks(chunk * block.input.values()))
        .for_each(|(pooled, pictures)| {
            let count = pictures.len() / block.input.values();
            let mut convolved = vec![E::zero(); count * output.values()];
            convolve(block, pictures, kernel, &mut convolved);
            for (pooled, convolved) in pooled
                .chunks_exact_mut(pooled_values)
                .zip(convolved.chunks_exact(output.values()))
            {
                widest(|| pool(output, convolved, scaling, pooled, None));
            }
        });
    pooled
}

/// `[n, h, w, in]` -> `[n, h, w, out]`, without bias.
pub fn convolve<E: Real>(block: Block, pictures: &[E], kernel: &[E], convolved: &mut [E]) {
    let rows = convolved.len() / block.channels;
    let mut columns = vec![E::zero(); rows * block.depth()];
    columns_from_maps(block.input, pictures, &mut columns);
    multiply(
        Matrix::new(&columns, rows, block.depth()),
        Matrix::new(kernel, block.depth(), block.channels),
        convolved,
        Before::Forgotten,
    );
}
