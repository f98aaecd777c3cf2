//! One step: the networks, what is learned from one batch, on one device or several, and the check that all is finite.

mod diverged;
mod networks;
mod parallel;
mod self_training;

use burn::tensor::{Device, Int, Tensor, TensorData};
use shared::dann::{self, ModuleKind, Observe, StepOutput, StepSettings, gradient_norm};
use shared::input::INPUT_SIDE;
use shared::model::{DomainClassifier, FeatureExtractor, LabelPredictor};

pub use diverged::Diverged;
pub(super) use diverged::is_finite;
pub use networks::Networks;
pub use parallel::Parallel;
pub(super) use self_training::follow;

use crate::data::Batch;

/// One batch of photos and doodles on the device.
pub type StepInput = dann::StepInput<4>;

/// F, C and D as a step sees them.
pub type Modules<'a> = dann::Modules<'a, FeatureExtractor, LabelPredictor, DomainClassifier>;

impl Batch {
    /// A batch of `size` photos, and as many doodles or none, on a device.
    pub fn upload(self, size: usize, device: &Device) -> StepInput {
        let side = INPUT_SIDE as usize;
        let pictures = |values: Vec<f32>| {
            Tensor::<4>::from_data(TensorData::new(values, [size, 1, side, side]), device)
        };
        let source = pictures(self.source);
        StepInput {
            // Steps on photos alone do not look at it, and not every backend has empty tensors.
            target: match self.target.is_empty() {
                true => source.clone(),
                false => pictures(self.target),
            },
            source,
            labels: Tensor::<1, Int>::from_data(TensorData::new(self.labels, [size]), device),
            target_strong: self.target_strong.map(pictures),
            soft_targets: self.soft_targets.map(|soft_targets| {
                let classes = soft_targets.len() / size;
                Tensor::from_data(TensorData::new(soft_targets, [size, classes]), device)
            }),
        }
    }
}

impl Networks {
    /// One training step on one batch.
    pub fn step(&mut self, settings: &StepSettings, input: StepInput) -> StepOutput {
        self.step_observed(settings, input, &mut |_, _, _| ())
    }

    /// Like [`step`](Self::step); `observe` sees each module's gradients just before its Adam uses them. The norm of F's gradient is
    /// measured.
    pub fn step_observed(
        &mut self,
        settings: &StepSettings,
        input: StepInput,
        observe: &mut Observe<'_, FeatureExtractor, LabelPredictor, DomainClassifier>,
    ) -> StepOutput {
        let mut norm = None;
        let output = self
            .modules()
            .step(settings, input, &mut |modules, kind, gradients| {
                if kind == ModuleKind::Extractor {
                    norm = gradient_norm(&*modules.extractor, gradients);
                }
                observe(modules, kind, gradients);
            });
        StepOutput {
            gradient_norm: norm,
            ..output
        }
    }

    /// What a step trains.
    pub(super) fn modules(&mut self) -> Modules<'_> {
        Modules {
            extractor: &mut self.classifier.extractor,
            predictor: &mut self.classifier.predictor,
            domain: &mut self.domain,
            optimisers: &mut self.optimisers,
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        classes::ClassNames,
        dann::Variant,
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
                learning_rate: 1e-2,
                ..StepSettings::default()
            };
            for _ in 0..3 {
                let input = StepInput {
                    source: pictures(0.7),
                    labels: Tensor::from_ints([0, 1, 2, 0], &device),
                    target: pictures(target),
                    target_strong: None,
                    soft_targets: None,
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
}
