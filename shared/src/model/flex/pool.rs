//! Batch normalisation's scaling, ReLU and 2x2 max pooling in one pass.

use super::{columns::Maps, real::Real};

/// Batch normalisation as one multiplication and one addition a channel.
pub struct Scaling<E> {
    scale: Vec<E>,
    shift: Vec<E>,
    /// What ReLU cuts at: 0, or not a number where scale or shift is none, so that a fault shows behind it.
    floor: Vec<E>,
}

impl<E: Real> Scaling<E> {
    /// `scale` is gamma / sqrt(variance + epsilon), `shift` is beta - mean * scale.
    pub fn new(scale: Vec<E>, shift: Vec<E>) -> Self {
        let floor = scale
            .iter()
            .zip(&shift)
            .map(|(scale, shift)| (*scale + *shift) * E::zero() + E::zero())
            .collect();
        Self {
            scale,
            shift,
            floor,
        }
    }
}

/// Which of a window's four values was the largest, row by row.
pub type Winner = u8;
/// None was above zero: nothing goes back.
pub const NONE: Winner = 4;

/// One picture's maps `[h, w, c]`, scaled, cut at zero and pooled, to `[h / 2, w / 2, c]`, with the winners where
/// asked for. As in PyTorch, the first of equal values wins. Where a window holds a value that is infinite or not a
/// number, the result is not a number: neither ReLU nor the maximum hides it.
#[inline(always)]
pub fn pool<E: Real>(
    maps: Maps,
    picture: &[E],
    scaling: &Scaling<E>,
    pooled: &mut [E],
    winners: Option<&mut [Winner]>,
) {
    let channels = maps.channels;
    let (scale, shift, floor) = (
        &scaling.scale[..channels],
        &scaling.shift[..channels],
        &scaling.floor[..channels],
    );
    let line = maps.width * channels;
    let mut unwanted = Vec::new();
    let winners = winners.unwrap_or_else(|| {
        unwanted.resize(pooled.len(), NONE);
        &mut unwanted
    });
    let outputs = pooled
        .chunks_exact_mut(line / 2)
        .zip(winners.chunks_exact_mut(line / 2));
    for (lines, (pooled, winners)) in picture.chunks_exact(2 * line).zip(outputs) {
        let (upper, lower) = lines.split_at(line);
        let pixels = upper
            .chunks_exact(2 * channels)
            .zip(lower.chunks_exact(2 * channels));
        let outputs = pooled
            .chunks_exact_mut(channels)
            .zip(winners.chunks_exact_mut(channels));
        for ((upper, lower), (pooled, winners)) in pixels.zip(outputs) {
            let (a, b) = upper.split_at(channels);
            let (c, d) = lower.split_at(channels);
            for channel in 0..channels {
                let window = [a[channel], b[channel], c[channel], d[channel]]
                    .map(|value| value * scale[channel] + shift[channel]);
                let (mut best, mut winner) = (floor[channel], NONE);
                // 0, unless a value is infinite or not a number.
                let mut fault = E::zero();
                for (place, value) in (0..NONE).zip(window) {
                    fault = fault + value * E::zero();
                    let above = value > best;
                    best = if above { value } else { best };
                    winner = if above { place } else { winner };
                }
                pooled[channel] = best + fault;
                winners[channel] = winner;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPS: Maps = Maps {
        height: 2,
        width: 4,
        channels: 1,
    };

    #[test]
    fn the_first_of_the_largest_above_zero_wins() {
        let scaling = Scaling::new(vec![1.0], vec![-0.5]);
        let picture = [0.0, 3.0, 0.0, -1.0, 2.0, 3.0, 0.25, 0.0];
        let (mut pooled, mut winners) = ([9.0; 2], [9; 2]);
        pool(MAPS, &picture, &scaling, &mut pooled, Some(&mut winners));
        assert_eq!((pooled, winners), ([2.5, 0.0], [1, NONE]));
        let mut again = [9.0; 2];
        pool(MAPS, &picture, &scaling, &mut again, None);
        assert_eq!(again, pooled);
    }

    #[test]
    fn what_is_not_a_number_shows() {
        let scaling = Scaling::new(vec![f64::NAN], vec![0.0]);
        let mut pooled = [9.0; 2];
        pool(MAPS, &[1.0; 8], &scaling, &mut pooled, None);
        assert!(pooled.iter().all(|value| value.is_nan()));
    }

    #[test]
    fn what_is_not_a_number_in_a_window_shows() {
        let scaling = Scaling::new(vec![1.0], vec![0.5]);
        for fault in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for place in [0, 1, 4, 5] {
                let mut picture = [1.0; 8];
                picture[place] = fault;
                let mut pooled = [9.0; 2];
                pool(MAPS, &picture, &scaling, &mut pooled, None);
                assert!(pooled[0].is_nan(), "{fault} at {place}: {pooled:?}");
                assert_eq!(pooled[1], 1.5);
            }
        }
    }
}
