/// Logits to probabilities: 0 to 1, together 1; as many as there are logits.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn probabilities_sum_to_one_and_follow_the_logits() {
        let probabilities = softmax(&[1000.0, 1000.0, 999.0]);
        assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(probabilities[0], probabilities[1]);
        assert!((probabilities[0] / probabilities[2] - 1f32.exp()).abs() < 1e-5);
        assert!(softmax(&[]).is_empty());
    }
}
