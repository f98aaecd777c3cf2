//! A block backwards.

use std::ops::Range;

use rayon::prelude::*;

use crate::matrix::{Before, Matrix, multiply};

use super::super::{
    block::Block,
    columns::columns_from_maps,
    pool::{NONE, Winner},
    simd::widest,
};
use super::{adjoint::maps_from_columns, forward::Trace, number::Number};

/// At most so many sums of the weights' gradient exist at a time. It is a constant so that the order of additions, and
/// with it the result to the last bit, does not depend on the number of threads.
const MOST_PARTS: usize = 16;

/// Gradients of a block's inputs.
pub struct Gradients<E> {
    /// `[n, h, w, in]`, where it was asked for.
    pub pictures: Option<Vec<E>>,
    /// `[9 in, out]`.
    pub kernel: Vec<E>,
    /// `[out]`.
    pub gamma: Vec<E>,
    /// `[out]`.
    pub beta: Vec<E>,
}

/// What a block in training was given.
pub struct Given<'a, E> {
    /// `[n, h, w, in]`.
    pub pictures: &'a [E],
    /// `[9 in, out]`.
    pub kernel: &'a [E],
    /// `[out]`.
    pub gamma: &'a [E],
    /// Added to the variance.
    pub epsilon: E,
}

/// From the gradient of the block's output, `[n, h / 2, w / 2, out]`; `wanted` says whether that of its pictures is.
pub fn backward<E: Number>(
    block: Block,
    given: &Given<'_, E>,
    trace: &Trace<E>,
    gradient: &[E],
    wanted: bool,
) -> Gradients<E> {
    let norm = Norm::new(given, trace);
    let sums = norm.sums(block, trace, gradient);
    let correction = norm.correction(block, &sums);

    let chunk = block.chunk();
    let part = chunks_per_part(block) * chunk;
    let mut pictures = vec![
        E::zero();
        if wanted {
            block.count * block.input.values()
        } else {
            0
        }
    ];
    let mut targets: Vec<&mut [E]> = if wanted {
        pictures.chunks_mut(part * block.input.values()).collect()
    } else {
        (0..block.count.div_ceil(part))
            .map(|_| &mut [][..])
            .collect()
    };
    let kernels: Vec<Vec<E>> = targets
        .par_iter_mut()
        .enumerate()
        .map(|(index, target)| {
            let first = index * part;
            let last = (first + part).min(block.count);
            let mut work = Work::new(block);
            for first in (first..last).step_by(chunk) {
                let images = first..(first + chunk).min(last);
                let rows =
                    widest(|| correction.apply(block, trace, gradient, images.clone(), &mut work));
                work.kernel(block, given.pictures, images.clone(), rows);
                if wanted {
                    let start = images.start - index * part;
                    let values = block.input.values();
                    let target = &mut target[start * values..(start + images.len()) * values];
                    work.pictures(block, given.kernel, rows, target);
                }
            }
            work.kernel
        })
        .collect();
    let mut kernels = kernels.into_iter();
    let mut kernel = kernels.next().unwrap_or_default();
    for part in kernels {
        add(&mut kernel, &part);
    }
    Gradients {
        pictures: wanted.then_some(pictures),
        kernel,
        gamma: sums.scaled,
        beta: sums.plain,
    }
}

/// Chunks whose gradients are added up in order before those of other parts.
fn chunks_per_part(block: Block) -> usize {
    let chunks = block.count.div_ceil(block.chunk());
    chunks.div_ceil(MOST_PARTS).max(1)
}

/// Normalisation with the batch's statistics.
struct Norm<E> {
    mean: Vec<E>,
    /// 1 / sqrt(variance + epsilon).
    inverse: Vec<E>,
    gamma: Vec<E>,
}

/// Over all pixels that something flows back to: of the gradient, and of the gradient times the normalised value.
struct Sums<E> {
    plain: Vec<E>,
    scaled: Vec<E>,
}

impl<E: Number> Sums<E> {
    fn new(channels: usize) -> Self {
        Self {
            plain: vec![E::zero(); channels],
            scaled: vec![E::zero(); channels],
        }
    }
}

impl<E: Number> Norm<E> {
    fn new(given: &Given<'_, E>, trace: &Trace<E>) -> Self {
        Self {
            mean: trace.statistics.mean.clone(),
            inverse: trace.statistics.inverse(given.epsilon),
            gamma: given.gamma.to_vec(),
        }
    }

    fn sums(&self, block: Block, trace: &Trace<E>, gradient: &[E]) -> Sums<E> {
        let (output, pooled) = (block.output(), block.pooled());
        let channels = block.channels;
        let line = output.width * channels;
        // One sum a chunk, added up in order.
        let chunk = block.chunk();
        let parts: Vec<Sums<E>> = gradient
            .par_chunks(chunk * pooled.values())
            .zip(trace.winners.par_chunks(chunk * pooled.values()))
            .zip(trace.convolved.par_chunks(chunk * output.values()))
            .map(|((gradient, winners), convolved)| {
                let mut sums = Sums::new(channels);
                let rows = gradient
                    .chunks_exact(line / 2)
                    .zip(winners.chunks_exact(line / 2))
                    .zip(convolved.chunks_exact(2 * line));
                for ((gradient, winners), convolved) in rows {
                    widest(|| self.add_row(gradient, winners, convolved, &mut sums));
                }
                sums
            })
            .collect();
        let mut all = Sums::new(channels);
        for part in parts {
            add(&mut all.plain, &part.plain);
            add(&mut all.scaled, &part.scaled);
        }
        all
    }

    /// One row of pooled pixels and the two rows that it came from.
    #[inline(always)]
    fn add_row(&self, gradient: &[E], winners: &[Winner], convolved: &[E], sums: &mut Sums<E>) {
        let (mean, inverse) = (self.mean.as_slice(), self.inverse.as_slice());
        let channels = mean.len();
        let inverse = &inverse[..channels];
        let plain = &mut sums.plain[..channels];
        let scaled = &mut sums.scaled[..channels];
        let (upper, lower) = convolved.split_at(convolved.len() / 2);
        for (pixel, (gradient, winners)) in gradient
            .chunks_exact(channels)
            .zip(winners.chunks_exact(channels))
            .enumerate()
        {
            let at = 2 * pixel * channels;
            let (a, b) = upper[at..at + 2 * channels].split_at(channels);
            let (c, d) = lower[at..at + 2 * channels].split_at(channels);
            for channel in 0..channels {
                // Selections instead of branches, so that it runs in vectors.
                let winner = winners[channel];
                let upper = if winner == 0 { a[channel] } else { b[channel] };
                let lower = if winner == 2 { c[channel] } else { d[channel] };
                let value = if winner < 2 { upper } else { lower };
                let flows = if winner == NONE {
                    E::zero()
                } else {
                    gradient[channel]
                };
                let normalised = (value - mean[channel]) * inverse[channel];
                plain[channel] = plain[channel] + flows;
                scaled[channel] = scaled[channel] + flows * normalised;
            }
        }
    }

    /// The gradient before normalisation is `scale * flows - value * slope - offset`.
    fn correction(&self, block: Block, sums: &Sums<E>) -> Correction<E> {
        let count = E::from_usize(block.count * block.output().pixels());
        let channels = 0..block.channels;
        let scale: Vec<E> = channels
            .clone()
            .map(|channel| self.gamma[channel] * self.inverse[channel])
            .collect();
        let slope: Vec<E> = channels
            .clone()
            .map(|channel| scale[channel] * sums.scaled[channel] / count * self.inverse[channel])
            .collect();
        let offset = channels
            .map(|channel| {
                scale[channel] * sums.plain[channel] / count - slope[channel] * self.mean[channel]
            })
            .collect();
        Correction {
            scale,
            slope,
            offset,
        }
    }
}

/// See [`Norm::correction`].
struct Correction<E> {
    scale: Vec<E>,
    slope: Vec<E>,
    offset: Vec<E>,
}

impl<E: Number> Correction<E> {
    /// Puts the gradient of the convolution's output, for some pictures, into `work`; returns how many pixels that is.
    #[inline(always)]
    fn apply(
        &self,
        block: Block,
        trace: &Trace<E>,
        gradient: &[E],
        images: Range<usize>,
        work: &mut Work<E>,
    ) -> usize {
        let (output, pooled) = (block.output(), block.pooled());
        let channels = block.channels;
        let line = output.width * channels;
        let of = |values: usize| images.start * values..images.end * values;
        let convolved = &trace.convolved[of(output.values())];
        let rows = gradient[of(pooled.values())]
            .chunks_exact(line / 2)
            .zip(trace.winners[of(pooled.values())].chunks_exact(line / 2))
            .zip(convolved.chunks_exact(2 * line));
        let targets = work.convolved[..convolved.len()].chunks_exact_mut(2 * line);
        for (((gradient, winners), convolved), target) in rows.zip(targets) {
            for (place, (values, target)) in convolved
                .chunks_exact(channels)
                .zip(target.chunks_exact_mut(channels))
                .enumerate()
            {
                let (row, column) = (place / output.width, place % output.width);
                let own = (2 * row + column % 2) as Winner;
                let at = column / 2 * channels;
                let (gradient, winners) =
                    (&gradient[at..at + channels], &winners[at..at + channels]);
                let (scale, slope, offset) = (
                    &self.scale[..channels],
                    &self.slope[..channels],
                    &self.offset[..channels],
                );
                for channel in 0..channels {
                    let flows = if winners[channel] == own {
                        gradient[channel]
                    } else {
                        E::zero()
                    };
                    target[channel] =
                        scale[channel] * flows - values[channel] * slope[channel] - offset[channel];
                }
            }
        }
        convolved.len() / channels
    }
}

/// Buffers of one thread, and its sum of the kernel's gradient.
struct Work<E> {
    convolved: Vec<E>,
    columns: Vec<E>,
    kernel: Vec<E>,
}

impl<E: Number> Work<E> {
    fn new(block: Block) -> Self {
        let rows = block.chunk() * block.output().pixels();
        Self {
            convolved: vec![E::zero(); rows * block.channels],
            columns: vec![E::zero(); rows * block.depth()],
            kernel: vec![E::zero(); block.depth() * block.channels],
        }
    }

    /// Adds columns' * gradient.
    fn kernel(&mut self, block: Block, pictures: &[E], images: Range<usize>, rows: usize) {
        let values = block.input.values();
        let columns = &mut self.columns[..rows * block.depth()];
        columns_from_maps(
            block.input,
            &pictures[images.start * values..images.end * values],
            columns,
        );
        multiply(
            Matrix::new(columns, rows, block.depth()).transposed(),
            Matrix::new(
                &self.convolved[..rows * block.channels],
                rows,
                block.channels,
            ),
            &mut self.kernel,
            Before::Kept,
        );
    }

    /// gradient * kernel', back to pixels.
    fn pictures(&mut self, block: Block, kernel: &[E], rows: usize, target: &mut [E]) {
        let columns = &mut self.columns[..rows * block.depth()];
        multiply(
            Matrix::new(
                &self.convolved[..rows * block.channels],
                rows,
                block.channels,
            ),
            Matrix::new(kernel, block.depth(), block.channels).transposed(),
            columns,
            Before::Forgotten,
        );
        widest(|| maps_from_columns(block.input, columns, target));
    }
}

fn add<E: Number>(sum: &mut [E], more: &[E]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum = *sum + *more;
    }
}
