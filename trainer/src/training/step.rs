use burn::module::Module;
use burn::nn::loss::{BinaryCrossEntropyLossConfig, CrossEntropyLossConfig};
use burn::optim::GradientsParams;
use burn::tensor::activation::{log_sigmoid, log_softmax, softmax};
use burn::tensor::{Device, Gradients, Int, Tensor, TensorData};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use shared::input::INPUT_SIDE;
use shared::model::{FeatureExtractor, LabelPredictor};

use super::Networks;
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
    /// The same doodles, strongly changed, `[m, 1, 32, 32]`; needed where consistency has a weight.
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
    /// Weight of [`information_maximisation`] on the doodles.
    pub balance: f64,
    /// Weight of [`consistency`] on the doodles.
    pub consistency: f64,
    /// A doodle counts for consistency where its guess is at least this sure, 0 to 1.
    pub confidence: f64,
    /// Weight of the teachers' say, where there are teachers.
    pub distil: f64,
    /// Which views learn it.
    pub distil_views: TaughtViews,
    /// Adam's learning rate.
    pub learning_rate: f64,
}

/// What one step measured, still on the device and detached; each `[1]`.
#[derive(Clone, Debug)]
pub struct StepOutput {
    /// The domain classifier's binary cross-entropy; none in the pseudo-label stage.
    pub domain_loss: Option<Tensor<1>>,
    /// Two-step: class loss minus lambda times domain loss; confusion: plus lambda times the confusion loss; reversal:
    /// the class loss; the pseudo-label stage: the student's. Balance and consistency count as class loss.
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
        let feature = all.narrow(0, 0, photos + doodles);

        match settings.variant {
            Variant::TwoStep | Variant::Confusion => {
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
            Variant::Reversal => {
                let domain_loss = self.domain_loss(reverse_gradient(feature, lambda), domains);
                let mut gradients = (class_loss.clone() + domain_loss.clone()).backward();
                let domain = GradientsParams::from_module(&mut gradients, &self.domain);
                observe(self, Part::Domain, &domain);
                self.update_domain(domain, learning_rate);
                self.update_classifier(gradients, learning_rate, observe);
                StepOutput {
                    domain_loss: Some(domain_loss.detach()),
                    feature_loss: class_loss.detach(),
                    hits,
                    used: None,
                }
            }
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

fn binary_cross_entropy(logits: Tensor<1>, domains: Tensor<1, Int>) -> Tensor<1> {
    BinaryCrossEntropyLossConfig::new()
        .with_logits(true)
        .init(&logits.device())
        .forward(logits, domains)
}

/// Cross-entropy of D's guesses towards one half, `[n]` logits: least, ln 2, where it cannot tell. Unlike minus its own loss it
/// does not reward a D that is surely wrong, which tells the domains apart as well as one that is right.
fn confusion(logits: Tensor<1>) -> Tensor<1> {
    (log_sigmoid(logits.clone()) + log_sigmoid(-logits))
        .mean()
        .div_scalar(-2.0)
}

/// Information maximisation (Shi and Sha, "Information-Theoretical Learning of Discriminative Clusters", ICML 2012):
/// the mean entropy of the guesses minus the entropy of their mean, in nats. Low where each guess is sure and all
/// classes are guessed equally often. `logits`: `[n, classes]`.
fn information_maximisation(logits: Tensor<2>) -> Tensor<1> {
    let log = log_softmax(logits, 1);
    let q = log.clone().exp();
    let entropy = -(q.clone() * log).sum_dim(1).mean();
    let mean = q.mean_dim(0);
    let spread = -(mean.clone() * mean.clamp_min(1e-9).log()).sum();
    entropy - spread
}

/// Weak-to-strong consistency (Sohn et al., "FixMatch", NeurIPS 2020): cross-entropy of the strongly changed doodle
/// towards the weakly changed one's guess where that is at least `confidence` sure, averaged over all `n`.
fn consistency(weak: Tensor<2>, strong: Tensor<2>, confidence: f64) -> Tensor<1> {
    let (sure, guess) = softmax(weak.detach(), 1).max_dim_with_indices(1);
    let used = sure.greater_equal_elem(confidence).float();
    let loss = -log_softmax(strong, 1).gather(1, guess);
    (loss * used).mean()
}

/// Distillation (Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015): cross-entropy of `logits`
/// towards `taught`, both `[n, classes]`, averaged over all `n`.
fn distillation(logits: Tensor<2>, taught: Tensor<2>) -> Tensor<1> {
    -(log_softmax(logits, 1) * taught).sum_dim(1).mean()
}

pub(super) fn count_hits(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1, Int> {
    let guesses: Tensor<1, Int> = logits.detach().argmax(1).squeeze_dim(1);
    guesses.equal(labels).int().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: [[f32; 3]; 2]) -> Tensor<2> {
        Tensor::from_floats(rows, &Device::flex())
    }

    #[test]
    fn information_maximisation_is_least_where_guesses_are_sure_and_balanced() {
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
    fn only_sure_guesses_are_taught() {
        let weak = rows([[9.0, 0.0, 0.0], [0.1, 0.0, 0.0]]);
        let strong = rows([[0.0, 0.0, 0.0], [0.0, 9.0, 0.0]]);
        let loss = consistency(weak, strong, 0.8).into_scalar::<f32>();
        assert!((loss - 3.0_f32.ln() / 2.0).abs() < 1e-5, "{loss}");
    }

    #[test]
    fn a_student_is_right_where_it_says_what_its_teacher_says() {
        let taught = rows([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]);
        let like = rows([[0.0, 0.0, -40.0], [-40.0, -40.0, 0.0]]);
        let loss = |logits| distillation(logits, taught.clone()).into_scalar::<f32>();
        assert!((loss(like) - 2.0_f32.ln() / 2.0).abs() < 1e-5);
        assert!(loss(rows([[0.0; 3]; 2])) > 1.0);
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
