//! A block in training, forwards.

use rayon::prelude::*;

use super::super::{
    block::Block,
    forward::convolve,
    pool::{NONE, Scaling, Winner, pool},
    simd::widest,
};
use super::number::Number;

/// What a block keeps for its backward pass.
#[derive(Clone, Debug)]
pub struct Trace<E> {
    /// After the convolution without its bias, `[n, h, w, out]`.
    pub convolved: Vec<E>,
    /// `[n, h / 2, w / 2, out]`.
    pub winners: Vec<Winner>,
    /// The batch's statistics.
    pub statistics: Statistics<E>,
}

/// Mean and biased variance of each channel over a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics<E> {
    /// `[out]`.
    pub mean: Vec<E>,
    /// `[out]`.
    pub variance: Vec<E>,
}

impl<E: Number> Statistics<E> {
    /// 1 / sqrt(variance + epsilon), `[out]`.
    pub fn inverse(&self, epsilon: E) -> Vec<E> {
        let inverse = |variance: &E| E::one() / (*variance + epsilon).sqrt();
        self.variance.iter().map(inverse).collect()
    }

    fn scaling(&self, gamma: &[E], beta: &[E], epsilon: E) -> Scaling<E> {
        let inverse = self.inverse(epsilon);
        let scale: Vec<E> = gamma
            .iter()
            .zip(inverse)
            .map(|(gamma, inverse)| *gamma * inverse)
            .collect();
        let shifts = beta.iter().zip(self.mean.iter().zip(&scale));
        let shift = shifts
            .map(|(beta, (mean, scale))| *beta - *mean * *scale)
            .collect();
        Scaling::new(scale, shift)
    }
}

/// In training: normalises with the batch's own statistics.
///
/// `pictures`: `[n, h, w, in]`; `kernel`: `[9 in, out]`. Returns `[n, h / 2, w / 2, out]`. A bias of the convolution
/// would be taken away again with the mean.
pub fn train<E: Number>(
    block: Block,
    pictures: &[E],
    kernel: &[E],
    gamma: &[E],
    beta: &[E],
    epsilon: E,
) -> (Vec<E>, Trace<E>) {
    let output = block.output();
    let chunk = block.chunk();
    let mut convolved = vec![E::zero(); block.count * output.values()];
    let parts: Vec<(usize, Statistics<f64>)> = convolved
        .par_chunks_mut(chunk * output.values())
        .zip(pictures.par_chunks(chunk * block.input.values()))
        .map(|(convolved, pictures)| {
            convolve(block, pictures, kernel, convolved);
            let rows = convolved.len() / block.channels;
            (rows, widest(|| statistics(convolved, block.channels)))
        })
        .collect();
    let statistics = together(&parts, block.channels);
    let scaling = statistics.scaling(gamma, beta, epsilon);
    let pooled_values = block.pooled().values();
    let mut pooled = vec![E::zero(); block.count * pooled_values];
    let mut winners = vec![NONE; pooled.len()];
    pooled
        .par_chunks_mut(pooled_values)
        .zip(winners.par_chunks_mut(pooled_values))
        .zip(convolved.par_chunks(output.values()))
        .for_each(|((pooled, winners), convolved)| {
            widest(|| pool(output, convolved, &scaling, pooled, Some(winners)));
        });
    let trace = Trace {
        convolved,
        winners,
        statistics,
    };
    (pooled, trace)
}

/// Over the rows of `[rows, channels]`.
#[inline(always)]
fn statistics<E: Number>(rows: &[E], channels: usize) -> Statistics<f64> {
    let count = E::from_usize(rows.len() / channels);
    let mut mean = vec![E::zero(); channels];
    for row in rows.chunks_exact(channels) {
        for (sum, value) in mean.iter_mut().zip(row) {
            *sum = *sum + *value;
        }
    }
    mean.iter_mut().for_each(|sum| *sum = *sum / count);
    let mut variance = vec![E::zero(); channels];
    for row in rows.chunks_exact(channels) {
        for ((sum, mean), value) in variance.iter_mut().zip(&mean).zip(row) {
            let difference = *value - *mean;
            *sum = *sum + difference * difference;
        }
    }
    let double = |values: Vec<E>| values.into_iter().map(Number::into_f64).collect();
    variance.iter_mut().for_each(|sum| *sum = *sum / count);
    Statistics {
        mean: double(mean),
        variance: double(variance),
    }
}

/// The statistics of all rows from those of parts of them (Chan, Golub, LeVeque 1979).
fn together<E: Number>(parts: &[(usize, Statistics<f64>)], channels: usize) -> Statistics<E> {
    let all: f64 = parts.iter().map(|(rows, _)| *rows as f64).sum();
    let over = |channel: usize, value: &dyn Fn(&Statistics<f64>, usize) -> f64| {
        let weighted = parts
            .iter()
            .map(|(rows, part)| *rows as f64 * value(part, channel));
        weighted.sum::<f64>() / all
    };
    let mean: Vec<f64> = (0..channels)
        .map(|channel| over(channel, &|part, channel| part.mean[channel]))
        .collect();
    let variance = (0..channels).map(|channel| {
        over(channel, &|part, channel| {
            part.variance[channel] + (part.mean[channel] - mean[channel]).powi(2)
        })
    });
    Statistics {
        variance: variance.map(E::from_f64).collect(),
        mean: mean.into_iter().map(E::from_f64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_of_parts_are_those_of_the_whole() {
        let rows: Vec<f64> = (0..40).map(|index| f64::from(index * index % 17)).collect();
        let parts = [
            (5, statistics(&rows[..10], 2)),
            (15, statistics(&rows[10..], 2)),
        ];
        let (parts, whole): (Statistics<f64>, _) = (together(&parts, 2), statistics(&rows, 2));
        for (ours, theirs) in [(parts.mean, whole.mean), (parts.variance, whole.variance)] {
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert!((ours - theirs).abs() < 1e-12);
            }
        }
    }
}
