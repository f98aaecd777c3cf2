//! Losses of a step. Each is the mean over its rows, `[1]`.

use burn::nn::loss::{BinaryCrossEntropyLossConfig, CrossEntropyLossConfig};
use burn::tensor::activation::{log_sigmoid, log_softmax, softmax};
use burn::tensor::{Int, Tensor};

/// Cross-entropy of source examples, `[n, classes]` logits, towards their labels, `[n]`, of which a share is spread evenly over all
/// classes (label smoothing; Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016).
pub fn classification(logits: Tensor<2>, labels: Tensor<1, Int>, smoothing: f64) -> Tensor<1> {
    CrossEntropyLossConfig::new()
        .with_smoothing((smoothing > 0.0).then_some(smoothing as f32))
        .init(&logits.device())
        .forward(logits, labels)
}

/// Of D's predictions, `[n]` logits, towards the domains, `[n]`, 1 for the source.
pub(super) fn binary_cross_entropy(logits: Tensor<1>, domains: Tensor<1, Int>) -> Tensor<1> {
    BinaryCrossEntropyLossConfig::new()
        .with_logits(true)
        .init(&logits.device())
        .forward(logits, domains)
}

/// Cross-entropy of D's predictions towards one half, `[n]` logits: least, ln 2, where D cannot tell. Unlike minus D's own loss it
/// does not reward features on which D is confidently wrong, which separate the domains as well as those on which it is right.
pub(super) fn confusion(logits: Tensor<1>) -> Tensor<1> {
    (log_sigmoid(logits.clone()) + log_sigmoid(-logits))
        .mean()
        .div_scalar(-2.0)
}

/// Information maximisation (Shi and Sha, "Information-Theoretical Learning of Discriminative Clusters", ICML 2012):
/// the mean entropy of the predictions minus the entropy of their mean, in nats. Low where each prediction is confident and all
/// classes are predicted equally often. `logits`: `[n, classes]`.
pub(super) fn information_maximisation(logits: Tensor<2>) -> Tensor<1> {
    let log = log_softmax(logits, 1);
    let q = log.clone().exp();
    let entropy = -(q.clone() * log).sum_dim(1).mean();
    let mean = q.mean_dim(0);
    let spread = -(mean.clone() * mean.clamp_min(1e-9).log()).sum();
    entropy - spread
}

/// Weak-to-strong consistency (Sohn et al., "FixMatch", NeurIPS 2020): cross-entropy of the strongly augmented example
/// towards the weakly augmented one's prediction where its confidence is at least `confidence`, averaged over all `n`.
pub(super) fn consistency(weak: Tensor<2>, strong: Tensor<2>, confidence: f64) -> Tensor<1> {
    let (highest, predicted) = softmax(weak.detach(), 1).max_dim_with_indices(1);
    let used = highest.greater_equal_elem(confidence).float();
    let loss = -log_softmax(strong, 1).gather(1, predicted);
    (loss * used).mean()
}

/// Distillation (Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015): cross-entropy of `logits`
/// towards `soft_targets`, both `[n, classes]`, averaged over all `n`.
pub(super) fn distillation(logits: Tensor<2>, soft_targets: Tensor<2>) -> Tensor<1> {
    -(log_softmax(logits, 1) * soft_targets).sum_dim(1).mean()
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;

    fn rows(rows: [[f32; 3]; 2]) -> Tensor<2> {
        Tensor::from_floats(rows, &Device::flex())
    }

    #[test]
    fn smoothed_labels_ask_for_a_little_of_every_class() {
        let device = Device::flex();
        let logits = || rows([[2.0, 0.0, 0.0], [0.0, 0.0, 3.0]]);
        let labels = || Tensor::from_ints([0, 1], &device);
        let loss = |smoothing| {
            let loss = classification(logits(), labels(), smoothing);
            loss.into_scalar::<f32>()
        };
        let [first, second] = [2.0_f32, 3.0].map(|logit| (logit.exp() + 2.0).ln());
        let plain = (first - 2.0 + second) / 2.0;
        assert!((loss(0.0) - plain).abs() < 1e-6);
        // Towards all classes alike.
        let even = (first - 2.0 / 3.0 + second - 1.0) / 2.0;
        assert!((loss(0.3) - (0.7 * plain + 0.3 * even)).abs() < 1e-6);
    }

    #[test]
    fn information_maximisation_is_least_where_predictions_are_confident_and_balanced() {
        let value = |logits| information_maximisation(rows(logits)).into_scalar::<f32>();
        let sure = value([[40.0, 0.0, 0.0], [0.0, 40.0, 0.0]]);
        assert!((sure + 2.0_f32.ln()).abs() < 1e-5, "{sure}");
        let collapsed = value([[40.0, 0.0, 0.0], [40.0, 0.0, 0.0]]);
        assert!(collapsed.abs() < 1e-5, "{collapsed}");
        let unsure = value([[0.0; 3]; 2]);
        assert!(unsure.abs() < 1e-5, "{unsure}");
    }

    #[test]
    fn confusion_is_least_where_nothing_can_be_told() {
        let value = |logits: [f32; 2]| {
            confusion(Tensor::from_floats(logits, &Device::flex())).into_scalar::<f32>()
        };
        assert!((value([0.0, 0.0]) - 2.0_f32.ln()).abs() < 1e-6);
        let by_hand = (1.0 + (-3.0_f32).exp()).ln() + 1.5;
        assert!((value([3.0, -3.0]) - by_hand).abs() < 1e-5);
        assert!((value([90.0, -90.0]) - 45.0).abs() < 1e-3);
    }

    #[test]
    fn only_confident_predictions_count_for_consistency() {
        let weak = rows([[9.0, 0.0, 0.0], [0.1, 0.0, 0.0]]);
        let strong = rows([[0.0, 0.0, 0.0], [0.0, 9.0, 0.0]]);
        let loss = consistency(weak, strong, 0.8).into_scalar::<f32>();
        assert!((loss - 3.0_f32.ln() / 2.0).abs() < 1e-5, "{loss}");
    }

    #[test]
    fn distillation_is_least_where_the_student_predicts_as_its_teacher() {
        let soft_targets = rows([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]);
        let like = rows([[0.0, 0.0, -40.0], [-40.0, -40.0, 0.0]]);
        let loss = |logits| distillation(logits, soft_targets.clone()).into_scalar::<f32>();
        assert!((loss(like) - 2.0_f32.ln() / 2.0).abs() < 1e-5);
        assert!(loss(rows([[0.0; 3]; 2])) > 1.0);
    }
}
