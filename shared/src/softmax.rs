//! Logits to probabilities.

/// Turns logits into probabilities in place: 0 to 1, together 1.
pub fn softmax(values: &mut [f32]) {
    let largest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    values
        .iter_mut()
        .for_each(|value| *value = (*value - largest).exp());
    let sum: f32 = values.iter().sum();
    values.iter_mut().for_each(|value| *value /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one_and_follow_the_logits() {
        let mut probabilities = [1000.0, 1000.0, 999.0];
        softmax(&mut probabilities);
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(probabilities[0], probabilities[1]);
        assert!((probabilities[0] / probabilities[2] - 1f32.exp()).abs() < 1e-5);
        let mut nothing: [f32; 0] = [];
        softmax(&mut nothing);
        assert!(nothing.is_empty());
    }
}
