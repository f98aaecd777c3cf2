use std::{collections::BTreeMap, mem::take};

use anyhow::{bail, ensure};
use burn::tensor::{Int, Tensor};
use shared::dann::LossName;

use crate::training::{Diverged, StepOutput};

/// Sums over the steps of an epoch so far, kept on each device, so that nothing waits.
#[derive(Default)]
pub(super) struct RunningAverages {
    steps: usize,
    /// The steps that computed a loss: one that sets in within an epoch is not in all of them.
    computed: BTreeMap<LossName, usize>,
    devices: Vec<StepOutput>,
}

/// Averages over steps and devices.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EpochAverages {
    /// Of the domain classifier's loss, where it learns.
    pub domain: Option<f64>,
    /// Of the feature extractor's loss.
    pub feature: f64,
    /// Of each loss over the steps that computed it, before its weight.
    pub losses: Vec<(LossName, f64)>,
    /// Accuracy on photos while training, 0 to 1.
    pub accuracy: f64,
    /// Share of photos and doodles whose domain D tells, 0 to 1, where it learns.
    pub domain_accuracy: Option<f64>,
    /// Of the Euclidean norm of F's gradient.
    pub gradient_norm: Option<f64>,
    /// Share of doodles that the student was trained on, 0 to 1, in the pseudo-label stage.
    pub used: Option<f64>,
}

impl RunningAverages {
    /// Adds one step: one output a device, always in the same order.
    pub fn add(&mut self, outputs: Vec<StepOutput>) {
        self.steps += 1;
        // Every device computes the same losses.
        for term in outputs
            .iter()
            .take(1)
            .flat_map(|output| output.terms.iter())
        {
            *self.computed.entry(term.name).or_default() += 1;
        }
        if self.devices.is_empty() {
            self.devices = outputs;
            return;
        }
        let sums = take(&mut self.devices).into_iter().zip(outputs);
        self.devices = sums.map(|(sum, output)| sum.plus(output)).collect();
    }

    /// The averages, where `batch` photos are in a step on all devices together. It waits for the devices.
    ///
    /// # Errors
    /// When there was no step, or [`Diverged`] where a loss is no longer finite.
    pub fn averages(&self, batch: usize, epoch: u32) -> anyhow::Result<EpochAverages> {
        ensure!(
            self.steps > 0,
            "an epoch without a step: the batch is larger than the data"
        );
        let steps = self.steps as f64;
        // Shares are equal, so the mean over them is the mean over the batch.
        let parts = steps * self.devices.len() as f64;
        let scalar = |loss: &Tensor<1>| f64::from(loss.clone().into_scalar::<f32>());
        let number = |loss: &Tensor<1>| scalar(loss) / parts;
        let share = |count: &Tensor<1, Int>| {
            count.clone().into_scalar::<i64>() as f64 / (steps * batch as f64)
        };
        // Nothing where not every device has it.
        let total = |part: &dyn Fn(&StepOutput) -> Option<f64>| self.devices.iter().map(part).sum();
        let averages = EpochAverages {
            domain: total(&|sum| sum.domain_loss.as_ref().map(number)),
            feature: self
                .devices
                .iter()
                .map(|sum| number(&sum.feature_loss))
                .sum(),
            losses: self
                .computed
                .iter()
                .filter_map(|(name, steps)| {
                    let parts = *steps as f64 * self.devices.len() as f64;
                    let mean = total(&|sum| sum.terms.get(*name).map(|loss| scalar(loss) / parts));
                    Some((*name, mean?))
                })
                .collect(),
            accuracy: self.devices.iter().map(|sum| share(&sum.correct)).sum(),
            // As many doodles as photos.
            domain_accuracy: total(&|sum| sum.domain_correct.as_ref().map(share))
                .map(|both: f64| both / 2.0),
            gradient_norm: total(&|sum| sum.gradient_norm.as_ref().map(number)),
            used: total(&|sum| sum.used.as_ref().map(share)),
        };
        let what = if !averages.domain.is_none_or(f64::is_finite) {
            Some("the domain loss")
        } else if !averages.feature.is_finite() {
            Some("the feature loss")
        } else {
            None
        };
        if let Some(what) = what {
            bail!(Diverged {
                epoch,
                what,
                self_training: averages.used.is_some(),
            });
        }
        Ok(averages)
    }
}

impl EpochAverages {
    /// One loss; none where no step computed it.
    pub fn loss(&self, name: LossName) -> Option<f64> {
        let found = self.losses.iter().find(|(known, _)| *known == name)?;
        Some(found.1)
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, Int, Tensor};
    use shared::dann::LossTerms;

    use super::*;

    fn output(domain: f32, feature: f32, correct: i32) -> StepOutput {
        let device = Device::flex();
        let mut terms = LossTerms::default();
        terms.push(LossName::Class, &Tensor::from_floats([feature], &device));
        StepOutput {
            domain_loss: Some(Tensor::from_floats([domain], &device)),
            feature_loss: Tensor::from_floats([feature], &device),
            terms,
            correct: Tensor::<1, Int>::from_ints([correct], &device),
            domain_correct: Some(Tensor::<1, Int>::from_ints([2 * correct], &device)),
            gradient_norm: Some(Tensor::from_floats([domain], &device)),
            used: None,
        }
    }

    #[test]
    fn losses_and_accuracy_are_averaged_over_steps_and_devices() {
        let mut running = RunningAverages::default();
        running.add(vec![output(1.0, -1.0, 1), output(3.0, 1.0, 2)]);
        running.add(vec![output(5.0, 2.0, 0), output(7.0, 2.0, 3)]);
        let averages = running.averages(4, 0).unwrap();
        let expected = EpochAverages {
            domain: Some(4.0),
            feature: 1.0,
            losses: vec![(LossName::Class, 1.0)],
            accuracy: 0.75,
            domain_accuracy: Some(0.75),
            gradient_norm: Some(4.0),
            used: None,
        };
        assert_eq!(averages, expected);
    }

    #[test]
    fn a_loss_that_sets_in_is_averaged_over_the_steps_that_computed_it() {
        let mut running = RunningAverages::default();
        for loss in [None, Some(2.0), Some(4.0)] {
            let mut step = output(1.0, 3.0, 1);
            if let Some(loss) = loss {
                let loss = Tensor::from_floats([loss], &Device::flex());
                step.terms.push(LossName::Consistency, &loss);
            }
            running.add(vec![step]);
        }
        let averages = running.averages(1, 0).unwrap();
        assert_eq!(averages.loss(LossName::Class), Some(3.0));
        assert_eq!(averages.loss(LossName::Consistency), Some(3.0));
        assert_eq!(averages.loss(LossName::Distillation), None);
    }

    #[test]
    fn a_loss_that_is_not_finite_on_any_device_is_an_error() {
        for (domain, feature, what) in [
            (1.0, f32::NAN, "the feature loss"),
            (1.0, f32::NEG_INFINITY, "the feature loss"),
            (f32::INFINITY, 1.0, "the domain loss"),
        ] {
            let mut running = RunningAverages::default();
            running.add(vec![output(1.0, 1.0, 1), output(domain, feature, 1)]);
            let error = running.averages(2, 7).unwrap_err();
            let diverged = Diverged {
                epoch: 7,
                what,
                self_training: false,
            };
            assert_eq!(error.downcast_ref(), Some(&diverged));
        }
    }
}
