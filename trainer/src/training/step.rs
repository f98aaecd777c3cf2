use burn::module::Module;
use burn::nn::loss::CrossEntropyLossConfig;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Gradients, Int, Tensor, TensorData};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use shared::input::INPUT_SIDE;
use shared::model::{FeatureExtractor, LabelPredictor};

use super::Networks;
use super::losses::{
    binary_cross_entropy, confusion, consistency, distillation, information_maximisation,
};
use crate::data::Batch;

/// How the adversary's gradient reaches the feature extractor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// As the course does: first D on detached features, then F and C on class loss minus lambda times domain loss.
    #[default]
    TwoStep,
    /// As the DANN paper does: one backward pass through a gradient reversal layer.
    Reversal,
    /// As two-step, but F and C learn from class loss plus lambda times the confusion loss: cross-entropy of D's
    /// guess towards one half (Tzeng et al., "Simultaneous Deep Transfer Across Domains and Tasks", ICCV 2015).
    Confusion,
    /// No adaptation, for comparison: F and C learn from photos alone. Doodles reach neither a loss nor batch normalisation, and D
    /// stays as it was initialised.
    SourceOnly,
}

/// Which views of a doodle learn what its teachers say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaughtViews {
    /// The strongly changed one, as for consistency.
    #[default]
    Strong,
    /// Both alike, so that doodles that are hardly changed are learnt from as well.
    Both,
}

/// One batch on the device.
#[derive(Clone, Debug)]
pub struct StepInput {
    /// Photos' pictures, `[n, 1, 32, 32]` in `[0, 1]`.
    pub source: Tensor<4>,
    /// Their classes, `[n]`.
    pub labels: Tensor<1, Int>,
    /// Doodles' pictures, `[m, 1, 32, 32]` in `[0, 1]`.
    pub target: Tensor<4>,
    /// The same doodles, strongly changed, `[m, 1, 32, 32]`; needed where consistency or contrast has a weight.
    pub target_strong: Option<Tensor<4>>,
    /// What teachers make of the doodles: a probability of each class, `[m, classes]`; needs `target_strong`.
    pub taught: Option<Tensor<2>>,
}

impl StepInput {
    /// A batch of `size` photos and as many doodles.
    pub fn upload(batch: Batch, size: usize, device: &Device) -> Self {
        let side = INPUT_SIDE as usize;
        let pictures = |values: Vec<f32>| {
            Tensor::<4>::from_data(TensorData::new(values, [size, 1, side, side]), device)
        };
        Self {
            source: pictures(batch.source),
            labels: Tensor::<1, Int>::from_data(TensorData::new(batch.labels, [size]), device),
            target: pictures(batch.target),
            target_strong: batch.target_strong.map(pictures),
            taught: batch.taught.map(|labels| {
                let classes = labels.len() / size;
                Tensor::from_data(TensorData::new(labels, [size, classes]), device)
            }),
        }
    }
}

/// How a step weighs its losses and how far it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepSettings {
    /// How the adversary's gradient reaches the feature extractor.
    pub variant: Variant,
    /// Weight of the domain loss.
    pub lambda: f64,
    /// Weight of information maximisation on the doodles.
    pub balance: f64,
    /// Weight of consistency on the doodles.
    pub consistency: f64,
    /// A doodle counts for consistency where its guess is at least this sure, 0 to 1.
    pub confidence: f64,
    /// Weight of the teachers' say, where there are teachers.
    pub distil: f64,
    /// Which views learn it.
    pub distil_views: TaughtViews,
    /// Weight of [contrast](super::Projection) between the two views of each doodle; needs a projection.
    pub contrast: f64,
    /// Adam's learning rate.
    pub learning_rate: f64,
}

/// What one step measured, still on the device and detached; each `[1]`.
#[derive(Clone, Debug)]
pub struct StepOutput {
    /// The domain classifier's binary cross-entropy; none in the pseudo-label stage and where the variant is source-only.
    pub domain_loss: Option<Tensor<1>>,
    /// Two-step: class loss minus lambda times domain loss; confusion: plus lambda times the confusion loss; reversal:
    /// the class loss; the pseudo-label stage: the student's. Balance, consistency, distillation and contrast count as class loss.
    pub feature_loss: Tensor<1>,
    /// Number of photos named right.
    pub hits: Tensor<1, Int>,
    /// In the pseudo-label stage, number of doodles learnt from.
    pub used: Option<Tensor<1, Int>>,
}

/// Which module a set of gradients belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// F.
    Extractor,
    /// C.
    Predictor,
    /// D.
    Domain,
    /// The head of contrast.
    Projection,
}

impl Networks {
    /// One training step on one batch.
    pub fn step(&mut self, settings: &StepSettings, input: StepInput) -> StepOutput {
        self.step_observed(settings, input, &mut |_, _, _| ())
    }

    /// Like [`step`](Self::step); `observe` sees each module's gradients just before its Adam uses them.
    pub fn step_observed(
        &mut self,
        settings: &StepSettings,
        input: StepInput,
        observe: &mut dyn FnMut(&Self, Part, &GradientsParams),
    ) -> StepOutput {
        if settings.variant == Variant::SourceOnly {
            return self.step_on_source(settings.learning_rate, input, observe);
        }
        let StepSettings {
            lambda,
            learning_rate,
            ..
        } = *settings;
        let [photos, doodles] = [input.source.dims()[0], input.target.dims()[0]];
        // One batch of both domains, so that batch normalisation sees both.
        let mut pictures = vec![input.source, input.target];
        pictures.extend(input.target_strong);
        let mixed = Tensor::cat(pictures, 0);
        let domains = domain_labels(photos, doodles, &mixed);
        let all = self.classifier.extractor.forward(mixed);
        let logits = self.target_logits_too(&all, photos, settings, input.taught.is_some());
        let photo_logits = logits.clone().narrow(0, 0, photos);
        let hits = count_hits(photo_logits.clone(), input.labels.clone());
        let mut class_loss = CrossEntropyLossConfig::new()
            .init(&photo_logits.device())
            .forward(photo_logits, input.labels);
        if settings.balance > 0.0 {
            let doodle_logits = logits.clone().narrow(0, photos, doodles);
            class_loss =
                class_loss + information_maximisation(doodle_logits).mul_scalar(settings.balance);
        }
        if settings.consistency > 0.0 {
            let weak = logits.clone().narrow(0, photos, doodles);
            let strong = logits.clone().narrow(0, photos + doodles, doodles);
            class_loss = class_loss
                + consistency(weak, strong, settings.confidence).mul_scalar(settings.consistency);
        }
        if let Some(taught) = input.taught {
            let (told, taught) = match settings.distil_views {
                TaughtViews::Strong => (logits.narrow(0, photos + doodles, doodles), taught),
                TaughtViews::Both => (
                    logits.narrow(0, photos, 2 * doodles),
                    Tensor::cat(vec![taught.clone(), taught], 0),
                ),
            };
            class_loss = class_loss + distillation(told, taught).mul_scalar(settings.distil);
        }
        if let Some(projection) = &self.projection {
            let views = all.clone().narrow(0, photos, 2 * doodles);
            let contrast = projection.contrast(views);
            class_loss = class_loss + contrast.mul_scalar(settings.contrast);
        }
        let feature = all.narrow(0, 0, photos + doodles);

        if settings.variant == Variant::Reversal {
            let domain_loss = self.domain_loss(reverse_gradient(feature, lambda), domains);
            let mut gradients = (class_loss.clone() + domain_loss.clone()).backward();
            let domain = GradientsParams::from_module(&mut gradients, &self.domain);
            observe(self, Part::Domain, &domain);
            self.update_domain(domain, learning_rate);
            self.update_classifier(gradients, learning_rate, observe);
            return StepOutput {
                domain_loss: Some(domain_loss.detach()),
                feature_loss: class_loss.detach(),
                hits,
                used: None,
            };
        }
        let domain_loss = self.domain_loss(feature.clone().detach(), domains.clone());
        let gradients = GradientsParams::from_grads(domain_loss.backward(), &self.domain);
        observe(self, Part::Domain, &gradients);
        self.update_domain(gradients, learning_rate);

        // The updated D judges the same features; its own gradient is not wanted here.
        let fixed = self.domain.clone().no_grad();
        let judged = fixed.forward(feature);
        let adversary = if settings.variant == Variant::Confusion {
            confusion(judged)
        } else {
            -binary_cross_entropy(judged, domains)
        };
        let feature_loss = class_loss + adversary.mul_scalar(lambda);
        self.update_classifier(feature_loss.backward(), learning_rate, observe);
        StepOutput {
            domain_loss: Some(domain_loss.detach()),
            feature_loss: feature_loss.detach(),
            hits,
            used: None,
        }
    }

    /// One training step on the photos of a batch alone.
    fn step_on_source(
        &mut self,
        learning_rate: f64,
        input: StepInput,
        observe: &mut dyn FnMut(&Self, Part, &GradientsParams),
    ) -> StepOutput {
        let logits = self.classifier.forward(input.source);
        let hits = count_hits(logits.clone(), input.labels.clone());
        let class_loss = CrossEntropyLossConfig::new()
            .init(&logits.device())
            .forward(logits, input.labels);
        self.update_classifier(class_loss.backward(), learning_rate, observe);
        StepOutput {
            domain_loss: None,
            feature_loss: class_loss.detach(),
            hits,
            used: None,
        }
    }

    /// Logits of the photos, and of the doodles behind them where a loss wants those.
    fn target_logits_too(
        &self,
        all: &Tensor<2>,
        photos: usize,
        settings: &StepSettings,
        taught: bool,
    ) -> Tensor<2> {
        let wanted = taught || settings.balance > 0.0 || settings.consistency > 0.0;
        let count = if wanted { all.dims()[0] } else { photos };
        self.classifier
            .predictor
            .forward(all.clone().narrow(0, 0, count))
    }

    fn domain_loss(&self, feature: Tensor<2>, domains: Tensor<1, Int>) -> Tensor<1> {
        binary_cross_entropy(self.domain.forward(feature), domains)
    }

    fn update_domain(&mut self, gradients: GradientsParams, learning_rate: f64) {
        let domain = self.domain.clone();
        self.domain = self
            .optimisers
            .domain
            .step(learning_rate, domain, gradients);
    }

    pub(super) fn update_classifier(
        &mut self,
        mut gradients: Gradients,
        learning_rate: f64,
        observe: &mut dyn FnMut(&Self, Part, &GradientsParams),
    ) {
        let extractor: FeatureExtractor = self.classifier.extractor.clone();
        let predictor: LabelPredictor = self.classifier.predictor.clone();
        let for_extractor = GradientsParams::from_module(&mut gradients, &extractor);
        let for_predictor = GradientsParams::from_module(&mut gradients, &predictor);
        observe(self, Part::Extractor, &for_extractor);
        observe(self, Part::Predictor, &for_predictor);
        let optimisers = &mut self.optimisers;
        self.classifier.extractor =
            optimisers
                .extractor
                .step(learning_rate, extractor, for_extractor);
        self.classifier.predictor =
            optimisers
                .predictor
                .step(learning_rate, predictor, for_predictor);
        if let Some(projection) = self.projection.clone() {
            let for_projection = GradientsParams::from_module(&mut gradients, &projection);
            observe(self, Part::Projection, &for_projection);
            let optimiser = &mut self.optimisers.projection;
            self.projection = Some(optimiser.step(learning_rate, projection, for_projection));
        }
    }
}

/// Gradient reversal: the identity forwards, to the bit; the gradient times -lambda backwards.
fn reverse_gradient(feature: Tensor<2>, lambda: f64) -> Tensor<2> {
    // The difference is exactly 0 forwards and carries the whole gradient backwards.
    let zero = feature.clone() - feature.clone().detach();
    feature + zero.mul_scalar(-(1.0 + lambda))
}

/// Photos are 1, doodles 0; `[photos + doodles]`.
fn domain_labels(photos: usize, doodles: usize, like: &Tensor<4>) -> Tensor<1, Int> {
    let device = like.device();
    Tensor::cat(
        vec![
            Tensor::ones([photos], &device),
            Tensor::zeros([doodles], &device),
        ],
        0,
    )
}

pub(super) fn count_hits(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1, Int> {
    let guesses: Tensor<1, Int> = logits.detach().argmax(1).squeeze_dim(1);
    guesses.equal(labels).int().sum()
}

#[cfg(test)]
mod tests {
    use shared::{
        classes::ClassNames,
        weights::{Metadata, bytes_from_classifier},
    };

    use super::*;

    #[test]
    fn without_adaptation_doodles_reach_neither_weights_nor_batch_normalisation() {
        let trained = |variant, target: f32| {
            let device = Device::flex().autodiff();
            let mut networks = Networks::new(10, 2, 7, &device);
            let pictures = |level: f32| {
                let shape = [4, 1, 32, 32];
                let ramp = Tensor::<1, Int>::arange(0..4096, &device).float();
                ramp.mul_scalar(level).sin().reshape(shape)
            };
            let settings = StepSettings {
                variant,
                lambda: 0.0,
                balance: 0.0,
                consistency: 0.0,
                confidence: 0.5,
                distil: 0.0,
                distil_views: TaughtViews::Strong,
                contrast: 0.0,
                learning_rate: 1e-2,
            };
            for _ in 0..3 {
                let input = StepInput {
                    source: pictures(0.7),
                    labels: Tensor::from_ints([0, 1, 2, 0], &device),
                    target: pictures(target),
                    target_strong: None,
                    taught: None,
                };
                networks.step(&settings, input);
            }
            let metadata = Metadata::new(ClassNames::default(), 2);
            bytes_from_classifier(&networks.for_inference(), &metadata).unwrap()
        };
        assert!(trained(Variant::SourceOnly, 0.1) == trained(Variant::SourceOnly, 2.3));
        // With lambda 0 they still reach batch normalisation.
        assert!(trained(Variant::TwoStep, 0.1) != trained(Variant::TwoStep, 2.3));
    }

    #[test]
    fn gradient_reversal_is_exact_forwards_and_turned_backwards() {
        let device = Device::flex().autodiff();
        let x = Tensor::<2>::from_floats([[0.1, -3.7e5, 1e-30]], &device).require_grad();
        let y = reverse_gradient(x.clone(), 0.3);
        assert_eq!(
            y.to_data().try_to_vec::<f32>().unwrap(),
            x.to_data().try_to_vec::<f32>().unwrap()
        );
        let gradients = y.sum().backward();
        let gradient = x.grad(&gradients).unwrap();
        for value in gradient.to_data().try_to_vec::<f32>().unwrap() {
            assert!((value + 0.3).abs() < 1e-6, "{value}");
        }
    }
}
