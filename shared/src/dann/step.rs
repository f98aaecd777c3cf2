use burn::module::Module;
use burn::nn::loss::CrossEntropyLossConfig;
use burn::optim::GradientsParams;
use burn::tensor::{Int, Tensor};

use super::domains::{domain_labels, reverse_gradient};
use super::forward::{Forward, count_correct};
use super::losses::{binary_cross_entropy, confusion};
use super::{
    ClassifyDomains, ExtractFeatures, LossName, LossTerms, Modules, Observe, PredictLabels,
    StepInput, StepSettings, Variant,
};

/// What one step measured, still on the device and detached; each `[1]`.
#[derive(Clone, Debug)]
pub struct StepOutput {
    /// D's binary cross-entropy before its update; none where D takes no part.
    pub domain_loss: Option<Tensor<1>>,
    /// The weighted sum that F and C learn from. Two-step: class loss minus lambda times domain loss; confusion: plus lambda
    /// times the confusion loss; reversal: the class loss, for the gradient alone is reversed; the pseudo-label stage: the
    /// student's. Information maximisation, consistency, distillation and the contrastive loss count as class loss.
    pub feature_loss: Tensor<1>,
    /// Each loss that F and C learn from, before its weight.
    pub terms: LossTerms,
    /// Number of source examples classified correctly.
    pub correct: Tensor<1, Int>,
    /// In the pseudo-label stage, number of target examples learned from.
    pub used: Option<Tensor<1, Int>>,
}

impl StepOutput {
    /// Sums of this step's values and another's.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.terms.add(other.terms);
        let domain_losses = self.domain_loss.zip(other.domain_loss);
        Self {
            domain_loss: domain_losses.map(|(sum, more)| sum + more),
            feature_loss: self.feature_loss + other.feature_loss,
            terms: self.terms,
            correct: self.correct + other.correct,
            used: self.used.zip(other.used).map(|(sum, more)| sum + more),
        }
    }
}

impl<F: Module, C: PredictLabels, D: ClassifyDomains> Modules<'_, F, C, D> {
    /// One training step on one batch: D, then F and C, or all in one backward pass, as the variant says. `observe` sees each
    /// module's gradients just before its Adam uses them.
    pub fn step<const R: usize>(
        &mut self,
        settings: &StepSettings,
        input: StepInput<R>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> StepOutput
    where
        F: ExtractFeatures<R>,
    {
        if settings.variant == Variant::SourceOnly {
            return self.step_on_source(settings.learning_rate, input, observe);
        }
        let forward = self.forward(settings, input);
        if settings.variant == Variant::Reversal {
            return self.step_reversed(settings, forward, observe);
        }
        let Forward {
            features, domains, ..
        } = &forward;
        let domain_loss =
            self.update_domain_on(settings, features.clone(), domains.clone(), observe);
        StepOutput {
            domain_loss: Some(domain_loss),
            ..self.step_against_domain(settings, forward, observe)
        }
    }

    /// F and C on class loss and D's verdict; D itself stays.
    pub fn step_classifier<const R: usize>(
        &mut self,
        settings: &StepSettings,
        input: StepInput<R>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> StepOutput
    where
        F: ExtractFeatures<R>,
    {
        if settings.variant == Variant::SourceOnly {
            return self.step_on_source(settings.learning_rate, input, observe);
        }
        let forward = self.forward(settings, input);
        self.step_against_domain(settings, forward, observe)
    }

    /// D alone, on the features as they are; F and C stay. Returns D's loss before its update, detached, `[1]`.
    pub fn step_domain<const R: usize>(
        &mut self,
        settings: &StepSettings,
        source: Tensor<R>,
        target: Tensor<R>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> Tensor<1>
    where
        F: ExtractFeatures<R>,
    {
        let domains = domain_labels(source.dims()[0], target.dims()[0], &source.device());
        let features = self
            .extractor
            .features(Tensor::cat(vec![source, target], 0));
        self.update_domain_on(settings, features, domains, observe)
    }

    /// One backward pass for all modules through gradient reversal.
    fn step_reversed(
        &mut self,
        settings: &StepSettings,
        forward: Forward,
        observe: &mut Observe<'_, F, C, D>,
    ) -> StepOutput {
        let Forward {
            features,
            domains,
            class_loss,
            mut terms,
            correct,
        } = forward;
        let reversed = reverse_gradient(features, settings.lambda);
        let domain_loss = binary_cross_entropy(self.domain.domain_logits(reversed), domains);
        terms.push(LossName::Domain, &domain_loss);
        let mut gradients = (class_loss.clone() + domain_loss.clone()).backward();
        let domain = GradientsParams::from_module(&mut gradients, &*self.domain);
        self.update_domain(domain, settings.learning_rate, observe);
        self.update_classifier(gradients, settings.learning_rate, observe);
        StepOutput {
            domain_loss: Some(domain_loss.detach()),
            feature_loss: class_loss.detach(),
            terms,
            correct,
            used: None,
        }
    }

    /// D on detached features. Returns its loss before the update, detached.
    fn update_domain_on(
        &mut self,
        settings: &StepSettings,
        features: Tensor<2>,
        domains: Tensor<1, Int>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> Tensor<1> {
        let logits = self.domain.domain_logits(features.detach());
        let domain_loss = binary_cross_entropy(logits, domains);
        let gradients = GradientsParams::from_grads(domain_loss.backward(), &*self.domain);
        self.update_domain(gradients, settings.learning_rate, observe);
        domain_loss.detach()
    }

    /// F and C against D as it is.
    fn step_against_domain(
        &mut self,
        settings: &StepSettings,
        forward: Forward,
        observe: &mut Observe<'_, F, C, D>,
    ) -> StepOutput {
        let Forward {
            features,
            domains,
            class_loss,
            mut terms,
            correct,
        } = forward;
        // D's own gradient is not wanted here.
        let fixed = self.domain.clone().no_grad();
        let logits = fixed.domain_logits(features);
        let adversary = if settings.variant == Variant::Confusion {
            let loss = confusion(logits);
            terms.push(LossName::Confusion, &loss);
            loss
        } else {
            let loss = binary_cross_entropy(logits, domains);
            terms.push(LossName::Domain, &loss);
            -loss
        };
        let feature_loss = class_loss + adversary.mul_scalar(settings.lambda);
        self.update_classifier(feature_loss.backward(), settings.learning_rate, observe);
        StepOutput {
            domain_loss: None,
            feature_loss: feature_loss.detach(),
            terms,
            correct,
            used: None,
        }
    }

    /// F and C on the source examples of a batch alone.
    fn step_on_source<const R: usize>(
        &mut self,
        learning_rate: f64,
        input: StepInput<R>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> StepOutput
    where
        F: ExtractFeatures<R>,
    {
        let features = self.extractor.features(input.source);
        let logits = self.predictor.class_logits(features);
        let correct = count_correct(logits.clone(), input.labels.clone());
        let class_loss = CrossEntropyLossConfig::new()
            .init(&logits.device())
            .forward(logits, input.labels);
        let mut terms = LossTerms::default();
        terms.push(LossName::Class, &class_loss);
        self.update_classifier(class_loss.backward(), learning_rate, observe);
        StepOutput {
            domain_loss: None,
            feature_loss: class_loss.detach(),
            terms,
            correct,
            used: None,
        }
    }
}

#[cfg(test)]
mod tests;
