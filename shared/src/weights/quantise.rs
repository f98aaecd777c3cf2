//! Weights as whole numbers of a few bits, with one scale an output channel.
//!
//! A weight is `(stored - levels) * scale`, with `stored` an unsigned number of `bits` bits and `levels = 2^(bits - 1) - 1`:
//! symmetric around zero, as TensorFlow Lite stores kernels.

/// The smallest scale that is tried, as a share of the one that cuts nothing off: it cuts the largest weights off and rounds all
/// others less. In four bits that is worth 0.2 points of accuracy on doodles.
const SMALLEST_SHARE: f32 = 0.6;

/// Scales that are tried from there to the one that cuts nothing off.
const TRIALS: usize = 41;

/// The largest number on either side of zero.
pub fn levels(bits: u32) -> i32 {
    (1 << (bits - 1)) - 1
}

/// Bytes of a row of so many weights.
pub fn row_bytes(weights: usize, bits: u32) -> usize {
    (weights * bits as usize).div_ceil(8)
}

/// The scale for a row of weights: of those tried, the one with the least squared error.
pub fn best_scale(row: &[f32], bits: u32) -> f32 {
    let largest = row
        .iter()
        .fold(0.0_f32, |most, weight| most.max(weight.abs()));
    if largest == 0.0 {
        return 1.0;
    }
    let widest = largest / levels(bits) as f32;
    let scales = (0..TRIALS).map(|trial| {
        let share = trial as f32 / (TRIALS - 1) as f32;
        widest * (SMALLEST_SHARE + (1.0 - SMALLEST_SHARE) * share)
    });
    let errors = scales.map(|scale| (squared_error(row, scale, bits), scale));
    let best = errors.min_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(widest, |(_, scale)| scale)
}

fn squared_error(row: &[f32], scale: f32, bits: u32) -> f64 {
    let errors = row.iter().map(|&weight| {
        let error = f64::from(weight) - f64::from(rounded(weight, scale, bits) as f32 * scale);
        error * error
    });
    errors.sum()
}

fn rounded(weight: f32, scale: f32, bits: u32) -> i32 {
    let levels = levels(bits);
    ((weight / scale).round() as i32).clamp(-levels, levels)
}

/// Appends a row of weights, the first in the lowest bits, filled up with zeros to a whole byte.
pub fn pack(row: &[f32], scale: f32, bits: u32, packed: &mut Vec<u8>) {
    let (mut held, mut count) = (0_u32, 0);
    for &weight in row {
        held |= ((rounded(weight, scale, bits) + levels(bits)) as u32) << count;
        count += bits;
        while count >= 8 {
            packed.push(held as u8);
            held >>= 8;
            count -= 8;
        }
    }
    if count > 0 {
        packed.push(held as u8);
    }
}

/// Appends the weights of a row of [`row_bytes`] bytes.
pub fn unpack(packed: &[u8], weights: usize, scale: f32, bits: u32, values: &mut Vec<f32>) {
    let (mut held, mut count) = (0_u32, 0);
    let mut bytes = packed.iter();
    for _ in 0..weights {
        while count < bits {
            held |= u32::from(bytes.next().copied().unwrap_or_default()) << count;
            count += 8;
        }
        let stored = held & ((1 << bits) - 1);
        values.push((stored as i32 - levels(bits)) as f32 * scale);
        held >>= bits;
        count -= bits;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn round_trip(row: &[f32], scale: f32, bits: u32) -> Vec<f32> {
        let (mut packed, mut values) = (Vec::new(), Vec::new());
        pack(row, scale, bits, &mut packed);
        assert_eq!(packed.len(), row_bytes(row.len(), bits));
        unpack(&packed, row.len(), scale, bits, &mut values);
        values
    }

    proptest! {
        #[test]
        fn what_fits_is_off_by_half_a_step_at_most(
            row in prop::collection::vec(-3.0_f32..3.0, 1..70),
            bits in prop::sample::select(vec![4_u32, 5, 6, 8]),
        ) {
            let scale = 3.0 / levels(bits) as f32;
            for (value, weight) in round_trip(&row, scale, bits).iter().zip(&row) {
                prop_assert!((value - weight).abs() <= scale * 0.5001, "{} {}", value, weight);
            }
        }

        #[test]
        fn what_was_rounded_once_stays(
            row in prop::collection::vec(-1.0_f32..1.0, 1..70),
            bits in prop::sample::select(vec![4_u32, 5, 6, 8]),
        ) {
            let scale = best_scale(&row, bits);
            let once = round_trip(&row, scale, bits);
            prop_assert_eq!(round_trip(&once, scale, bits), once);
        }
    }

    #[test]
    fn the_best_scale_errs_less_than_the_widest() {
        // Many small weights and one large one.
        let mut row = vec![0.11; 60];
        row.push(1.0);
        let widest = 1.0 / levels(4) as f32;
        let best = best_scale(&row, 4);
        assert!(squared_error(&row, best, 4) < squared_error(&row, widest, 4));
        assert_eq!(best_scale(&[0.0; 3], 4), 1.0);
    }
}
