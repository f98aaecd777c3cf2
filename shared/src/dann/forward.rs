use burn::module::Module;
use burn::tensor::{Int, Tensor};

use super::domains::domain_labels;
use super::losses::{classification, consistency, distillation, information_maximisation};
use super::{
    ExtractFeatures, LossName, LossTerms, Modules, PredictLabels, StepInput, StepSettings,
};

/// A batch after the forward pass of F and C.
pub(super) struct Forward {
    /// Of source and target examples as they are, `[n + m, features]`, with their gradients.
    pub features: Tensor<2>,
    /// 1 for source, 0 for target, `[n + m]`.
    pub domains: Tensor<1, Int>,
    /// The class loss with all that counts as such.
    pub class_loss: Tensor<1>,
    pub terms: LossTerms,
    pub correct: Tensor<1, Int>,
}

impl<F: Module, C: PredictLabels, D> Modules<'_, F, C, D> {
    /// F and C on all examples of a batch, and every loss but D's.
    pub(super) fn forward<const R: usize>(
        &self,
        settings: &StepSettings,
        input: StepInput<R>,
    ) -> Forward
    where
        F: ExtractFeatures<R>,
    {
        let [source, target] = [input.source.dims()[0], input.target.dims()[0]];
        // One batch of both domains, so that batch normalisation sees both.
        let mut examples = vec![input.source, input.target];
        examples.extend(input.target_strong);
        let mixed = Tensor::cat(examples, 0);
        let domains = domain_labels(source, target, &mixed.device());
        let all = self.extractor.features(mixed);
        let wants_target = input.soft_targets.is_some()
            || settings.im_weight > 0.0
            || settings.consistency_weight > 0.0;
        let count = if wants_target { all.dims()[0] } else { source };
        let logits = self.predictor.class_logits(all.clone().narrow(0, 0, count));
        let source_logits = logits.clone().narrow(0, 0, source);
        let correct = count_correct(source_logits.clone(), input.labels.clone());
        let mut class_loss = classification(source_logits, input.labels, settings.label_smoothing);
        let mut terms = LossTerms::default();
        terms.push(LossName::Class, &class_loss);
        let mut add = |name, loss: Tensor<1>, weight| {
            terms.push(name, &loss);
            class_loss = class_loss.clone() + loss.mul_scalar(weight);
        };
        if settings.im_weight > 0.0 {
            let loss = information_maximisation(logits.clone().narrow(0, source, target));
            add(LossName::InformationMaximisation, loss, settings.im_weight);
        }
        if settings.consistency_weight > 0.0 {
            let weak = logits.clone().narrow(0, source, target);
            let strong = logits.clone().narrow(0, source + target, target);
            let loss = consistency(weak, strong, settings.confidence);
            add(LossName::Consistency, loss, settings.consistency_weight);
        }
        if let Some(soft_targets) = input.soft_targets {
            let student = logits.narrow(0, source, 2 * target);
            let soft_targets = Tensor::cat(vec![soft_targets.clone(), soft_targets], 0);
            let loss = distillation(student, soft_targets);
            add(LossName::Distillation, loss, settings.distillation_weight);
        }
        Forward {
            features: all.narrow(0, 0, source + target),
            domains,
            class_loss,
            terms,
            correct,
        }
    }
}

/// How many rows of `logits`, `[n, classes]`, are highest at their label, `[n]`; `[1]`.
pub fn count_correct(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1, Int> {
    let predictions: Tensor<1, Int> = logits.detach().argmax(1).squeeze_dim(1);
    predictions.equal(labels).int().sum()
}
