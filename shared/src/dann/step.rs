use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Int, Tensor};

use super::domains::{count_domains, domain_labels, reverse_gradient};
use super::forward::{Forward, count_correct};
use super::losses::{binary_cross_entropy, classification, confusion};
use super::{
    ClassifyDomains, ExtractFeatures, LossName, LossTerms, Modules, Observe, PredictLabels,
    StepInput, StepSettings, Variant,
};

/// What a step of D measured, detached; each `[1]`.
#[derive(Clone, Debug)]
pub struct DomainOutput {
    /// Its binary cross-entropy before the update.
    pub loss: Tensor<1>,
    /// Number of examples whose domain it tells, before the update.
    pub correct: Tensor<1, Int>,
}

/// What one step measured, still on the device and detached; each `[1]`.
#[derive(Clone, Debug)]
pub struct StepOutput {
    /// D's binary cross-entropy before its update; none where D takes no part.
    pub domain_loss: Option<Tensor<1>>,
    /// The weighted sum that F and C learn from. Two-step: class loss minus lambda times domain loss; confusion: plus lambda
    /// times the confusion loss; reversal: the class loss, for the gradient alone is reversed; the pseudo-label stage: the
    /// student's. Information maximisation, consistency and distillation count as class loss.
    pub feature_loss: Tensor<1>,
    /// Each loss that F and C learn from, before its weight.
    pub terms: LossTerms,
    /// Number of source examples classified correctly.
    pub correct: Tensor<1, Int>,
    /// Number of source and target examples whose domain D tells, before its update; none where D takes no part.
    pub domain_correct: Option<Tensor<1, Int>>,
    /// Euclidean norm of F's gradient, where the caller measures it by [`gradient_norm`](super::gradient_norm): a step does not.
    pub gradient_norm: Option<Tensor<1>>,
    /// In the pseudo-label stage, number of target examples learned from.
    pub used: Option<Tensor<1, Int>>,
}

impl StepOutput {
    /// Sums of this step's values and another's.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.terms.add(other.terms);
        let both = |one: Option<Tensor<1>>, other: Option<Tensor<1>>| {
            one.zip(other).map(|(sum, more)| sum + more)
        };
        let count = |one: Option<Tensor<1, Int>>, other: Option<Tensor<1, Int>>| {
            one.zip(other).map(|(sum, more)| sum + more)
        };
        Self {
            domain_loss: both(self.domain_loss, other.domain_loss),
            feature_loss: self.feature_loss + other.feature_loss,
            terms: self.terms,
            correct: self.correct + other.correct,
            domain_correct: count(self.domain_correct, other.domain_correct),
            gradient_norm: both(self.gradient_norm, other.gradient_norm),
            used: count(self.used, other.used),
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
            return self.step_on_source(settings, input, observe);
        }
        let forward = self.forward(settings, input);
        if settings.variant == Variant::Reversal {
            return self.step_reversed(settings, forward, observe);
        }
        let Forward {
            features, domains, ..
        } = &forward;
        let domain = self.update_domain_on(settings, features.clone(), domains.clone(), observe);
        StepOutput {
            domain_loss: Some(domain.loss),
            domain_correct: Some(domain.correct),
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
            return self.step_on_source(settings, input, observe);
        }
        let forward = self.forward(settings, input);
        self.step_against_domain(settings, forward, observe)
    }

    /// D alone, on the features as they are; F and C stay.
    pub fn step_domain<const R: usize>(
        &mut self,
        settings: &StepSettings,
        source: Tensor<R>,
        target: Tensor<R>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> DomainOutput
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
        let logits = self.domain.domain_logits(reversed);
        let domain_correct = count_domains(logits.clone(), domains.clone());
        let domain_loss = binary_cross_entropy(logits, domains);
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
            domain_correct: Some(domain_correct),
            gradient_norm: None,
            used: None,
        }
    }

    /// D on detached features.
    fn update_domain_on(
        &mut self,
        settings: &StepSettings,
        features: Tensor<2>,
        domains: Tensor<1, Int>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> DomainOutput {
        let logits = self.domain.domain_logits(features.detach());
        let correct = count_domains(logits.clone(), domains.clone());
        let domain_loss = binary_cross_entropy(logits, domains);
        let gradients = GradientsParams::from_grads(domain_loss.backward(), &*self.domain);
        self.update_domain(gradients, settings.learning_rate, observe);
        DomainOutput {
            loss: domain_loss.detach(),
            correct,
        }
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
            domain_correct: None,
            gradient_norm: None,
            used: None,
        }
    }

    /// F and C on the source examples of a batch alone.
    fn step_on_source<const R: usize>(
        &mut self,
        settings: &StepSettings,
        input: StepInput<R>,
        observe: &mut Observe<'_, F, C, D>,
    ) -> StepOutput
    where
        F: ExtractFeatures<R>,
    {
        let features = self.extractor.features(input.source);
        let logits = self.predictor.class_logits(features);
        let correct = count_correct(logits.clone(), input.labels.clone());
        let class_loss = classification(logits, input.labels, settings.label_smoothing);
        let mut terms = LossTerms::default();
        terms.push(LossName::Class, &class_loss);
        self.update_classifier(class_loss.backward(), settings.learning_rate, observe);
        StepOutput {
            domain_loss: None,
            feature_loss: class_loss.detach(),
            terms,
            correct,
            domain_correct: None,
            gradient_norm: None,
            used: None,
        }
    }
}

#[cfg(test)]
mod tests;
