use std::mem::take;

use anyhow::{bail, ensure};
use burn::tensor::{Int, Tensor};

use super::{Diverged, StepOutput};

/// What the steps of an epoch measured so far, added up on each device by itself, so that nothing waits.
#[derive(Default)]
pub(super) struct Sums {
    steps: usize,
    devices: Vec<StepOutput>,
}

/// Means over steps and devices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Means {
    /// Of the domain classifier's loss, where it learns.
    pub domain: Option<f64>,
    /// Of the feature extractor's loss.
    pub feature: f64,
    /// Accuracy on photos while training, 0 to 1.
    pub accuracy: f64,
    /// Share of doodles learnt from, 0 to 1, in the pseudo-label stage.
    pub used: Option<f64>,
}

impl Sums {
    /// Adds one step: one output a device, always in the same order.
    pub fn add(&mut self, outputs: Vec<StepOutput>) {
        self.steps += 1;
        if self.devices.is_empty() {
            self.devices = outputs;
            return;
        }
        let sums = take(&mut self.devices).into_iter().zip(outputs);
        self.devices = sums.map(|(sum, output)| sum.plus(output)).collect();
    }

    /// The means, where `batch` photos are in a step on all devices together. It waits for the devices.
    ///
    /// # Errors
    /// When there was no step, or [`Diverged`] where a loss is no longer finite.
    pub fn means(&self, batch: usize, epoch: u32) -> anyhow::Result<Means> {
        ensure!(
            self.steps > 0,
            "an epoch without a step: the batch is larger than the data"
        );
        let steps = self.steps as f64;
        // Shares are equal, so the mean over them is the mean over the batch.
        let parts = steps * self.devices.len() as f64;
        let number = |loss: &Tensor<1>| f64::from(loss.clone().into_scalar::<f32>()) / parts;
        let share = |count: &Tensor<1, Int>| {
            count.clone().into_scalar::<i64>() as f64 / (steps * batch as f64)
        };
        // Nothing where not every device has it.
        let total = |part: &dyn Fn(&StepOutput) -> Option<f64>| self.devices.iter().map(part).sum();
        let means = Means {
            domain: total(&|sum| sum.domain_loss.as_ref().map(number)),
            feature: self
                .devices
                .iter()
                .map(|sum| number(&sum.feature_loss))
                .sum(),
            accuracy: self.devices.iter().map(|sum| share(&sum.correct)).sum(),
            used: total(&|sum| sum.used.as_ref().map(share)),
        };
        let what = if !means.domain.is_none_or(f64::is_finite) {
            Some("the domain loss")
        } else if !means.feature.is_finite() {
            Some("the feature loss")
        } else {
            None
        };
        if let Some(what) = what {
            bail!(Diverged {
                epoch,
                what,
                self_training: means.used.is_some(),
            });
        }
        Ok(means)
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::{Device, Int, Tensor};
    use shared::dann::LossTerms;

    use super::*;

    fn output(domain: f32, feature: f32, correct: i32) -> StepOutput {
        let device = Device::flex();
        StepOutput {
            domain_loss: Some(Tensor::from_floats([domain], &device)),
            feature_loss: Tensor::from_floats([feature], &device),
            terms: LossTerms::default(),
            correct: Tensor::<1, Int>::from_ints([correct], &device),
            used: None,
        }
    }

    #[test]
    fn losses_are_averaged_and_hits_added_over_steps_and_devices() {
        let mut sums = Sums::default();
        sums.add(vec![output(1.0, -1.0, 1), output(3.0, 1.0, 2)]);
        sums.add(vec![output(5.0, 2.0, 0), output(7.0, 2.0, 3)]);
        let means = sums.means(4, 0).unwrap();
        let expected = Means {
            domain: Some(4.0),
            feature: 1.0,
            accuracy: 0.75,
            used: None,
        };
        assert_eq!(means, expected);
    }

    #[test]
    fn a_loss_that_is_not_finite_on_any_device_is_told_as_diverged() {
        for (domain, feature, what) in [
            (1.0, f32::NAN, "the feature loss"),
            (1.0, f32::NEG_INFINITY, "the feature loss"),
            (f32::INFINITY, 1.0, "the domain loss"),
        ] {
            let mut sums = Sums::default();
            sums.add(vec![output(1.0, 1.0, 1), output(domain, feature, 1)]);
            let error = sums.means(2, 7).unwrap_err();
            let diverged = Diverged {
                epoch: 7,
                what,
                self_training: false,
            };
            assert_eq!(error.downcast_ref(), Some(&diverged));
        }
    }
}
