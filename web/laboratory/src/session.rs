//! A run that is trained step by step.

use burn::tensor::{Device, Int, Tensor, TensorData};
use serde::Serialize;
use shared::dann::{LossName, LossTerms, StepInput, StepOutput, StepSettings, Variant};

use crate::data::{DataSet, Point, normal};
use crate::networks::{Networks, tensor};
use crate::settings::Checked;

/// Standard deviation by which each coordinate of a target point is moved for consistency.
const JITTER: f32 = 0.1;

/// A run: settings, data, networks and how far it is.
pub struct Session {
    pub(crate) settings: Checked,
    pub(crate) data: DataSet,
    pub(crate) networks: Networks,
    pub(crate) device: Device,
    batch: Batch,
    augmentation: fastrand::Rng,
    steps: u32,
}

/// The data on the device.
struct Batch {
    source: Tensor<2>,
    labels: Tensor<1, Int>,
    target: Tensor<2>,
}

/// A loss by its name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Loss {
    /// Which loss it is.
    pub name: LossName,
    /// Its value before its weight.
    pub value: f32,
}

/// The numbers after a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Steps done; each sees all points, so that it is an epoch as well.
    pub steps: u32,
    /// Lambda in this step.
    pub lambda: f64,
    /// D's loss: before its update, or as it is where F and C learned alone; none where D plays no part.
    pub domain_loss: Option<f32>,
    /// The weighted sum that F and C learned from; none where they took no part.
    pub feature_loss: Option<f32>,
    /// Each loss that F and C learned from.
    pub losses: Vec<Loss>,
    /// Share of source points classified correctly after the step, 0 to 1.
    pub source_accuracy: f32,
    /// The same of target points whose label is known; none where none is.
    pub target_accuracy: Option<f32>,
    /// D's accuracy, averaged over the two domains: 0.5 is chance.
    pub domain_accuracy: f32,
}

/// A loss or an output is no longer finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("training diverged in step {step}: lower the learning rate or lambda, then start again")]
pub struct Diverged {
    /// The step, from 1.
    pub step: u32,
}

impl Session {
    /// A run before its first step.
    pub fn new(settings: Checked) -> Self {
        let device = Device::flex().autodiff();
        let data = DataSet::new(&settings);
        let seed = u64::from(settings.seed);
        Self {
            // Other random numbers than the data's.
            networks: Networks::new(settings.shape(data.classes), !seed, &device),
            augmentation: fastrand::Rng::with_seed(seed ^ 0x5EED_0000_0000),
            batch: Batch::new(&data, &device),
            steps: 0,
            settings,
            data,
            device,
        }
    }

    /// The settings that hold now.
    pub fn settings(&self) -> &Checked {
        &self.settings
    }

    /// The points of both domains.
    pub fn data(&self) -> &DataSet {
        &self.data
    }

    /// Steps done.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// Starts again with the same settings.
    pub fn reset(&mut self) {
        *self = Self::new(self.settings.clone());
    }

    /// Other settings from the next step on. Where data or networks would have another shape or another draw the run starts
    /// again, and this returns false; else it continues, with the points moved where noise or change differ.
    pub fn edit(&mut self, settings: Checked) -> bool {
        if !self.settings.continues_with(&settings) {
            *self = Self::new(settings);
            return false;
        }
        self.data = DataSet::new(&settings);
        self.batch = Batch::new(&self.data, &self.device);
        self.settings = settings;
        true
    }

    /// D as often as the settings say, then F and C, by the variant.
    ///
    /// # Errors
    /// When the run diverged; it can only be reset then.
    pub fn step(&mut self) -> Result<Measured, Diverged> {
        let step = self.next();
        let input = self.input(&step);
        if step.variant != Variant::SourceOnly {
            for _ in 1..self.settings.domain_steps {
                let (source, target) = (input.source.clone(), input.target.clone());
                let mut modules = self.networks.modules();
                modules.step_domain(&step, source, target, &mut |_, _, _| ());
            }
        }
        let mut modules = self.networks.modules();
        let output = modules.step(&step, input, &mut |_, _, _| ());
        self.measure(step.lambda, Losses::from(output))
    }

    /// D alone, once; F and C stay.
    ///
    /// # Errors
    /// When the run diverged; it can only be reset then.
    pub fn step_domain_only(&mut self) -> Result<Measured, Diverged> {
        let step = self.next();
        let (source, target) = (self.batch.source.clone(), self.batch.target.clone());
        let mut modules = self.networks.modules();
        let domain = modules.step_domain(&step, source, target, &mut |_, _, _| ());
        let losses = Losses {
            domain: Some(domain.loss),
            ..Losses::default()
        };
        self.measure(step.lambda, losses)
    }

    /// F and C against D as it is; D stays.
    ///
    /// # Errors
    /// When the run diverged; it can only be reset then.
    pub fn step_classifier_only(&mut self) -> Result<Measured, Diverged> {
        let step = self.next();
        let input = self.input(&step);
        let mut modules = self.networks.modules();
        let output = modules.step_classifier(&step, input, &mut |_, _, _| ());
        self.measure(step.lambda, Losses::from(output))
    }

    /// The numbers as they are, without a step.
    ///
    /// # Errors
    /// When the run diverged; it can only be reset then.
    pub fn measured(&self) -> Result<Measured, Diverged> {
        self.measure(self.settings.lambda_at(self.steps), Losses::default())
    }

    fn next(&mut self) -> StepSettings {
        let step = self.settings.step(self.steps);
        self.steps = self.steps.saturating_add(1);
        step
    }

    fn input(&mut self, step: &StepSettings) -> StepInput<2> {
        let target_strong = (step.consistency_weight > 0.0).then(|| {
            let rng = &mut self.augmentation;
            let moved = |[x, y]: &Point| [x + JITTER * normal(rng), y + JITTER * normal(rng)];
            let points: Vec<Point> = self.data.target.iter().map(moved).collect();
            tensor(&points, &self.device)
        });
        StepInput {
            source: self.batch.source.clone(),
            labels: self.batch.labels.clone(),
            target: self.batch.target.clone(),
            target_strong,
            soft_targets: None,
        }
    }

    fn measure(&self, lambda: f64, losses: Losses) -> Result<Measured, Diverged> {
        let diverged = Diverged { step: self.steps };
        let networks = self.networks.for_inference();
        let source = self.data.source.len();
        let points = [&self.data.source[..], &self.data.target].concat();
        let features = networks.features(&points);
        let classes = networks.classes(&features);
        let domains = networks.domain_logits(&features);
        let predicted = |index: usize| -> Option<u8> {
            let row = classes.get(index)?;
            let best = (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b]))?;
            Some(best as u8)
        };
        let number = |loss: Tensor<1>| loss.into_scalar::<f32>();
        // Where F and C learn alone, D does not, and its loss is what they make of it.
        let is_held = losses.feature.is_some() && self.settings.trains_domain();
        let held = || is_held.then(|| domain_loss(&domains, source));
        let measured = Measured {
            steps: self.steps,
            lambda,
            domain_loss: losses.domain.map(number).or_else(held),
            feature_loss: losses.feature.map(number),
            losses: losses
                .terms
                .iter()
                .map(|term| Loss {
                    name: term.name,
                    value: number(term.value.clone()),
                })
                .collect(),
            source_accuracy: share(
                self.data
                    .source_labels
                    .iter()
                    .enumerate()
                    .map(|(index, label)| predicted(index) == Some(*label)),
            )
            .unwrap_or(0.0),
            target_accuracy: share(
                self.data
                    .target_labels
                    .iter()
                    .enumerate()
                    .filter_map(|(index, label)| Some(predicted(source + index)? == (*label)?)),
            ),
            domain_accuracy: {
                let of_source = share(domains[..source].iter().map(|logit| *logit > 0.0));
                let of_target = share(domains[source..].iter().map(|logit| *logit <= 0.0));
                (of_source.unwrap_or(0.0) + of_target.unwrap_or(0.0)) / 2.0
            },
        };
        let numbers = [measured.domain_loss, measured.feature_loss];
        let finite = numbers.iter().flatten().all(|value| value.is_finite())
            && classes
                .iter()
                .flatten()
                .chain(&domains)
                .all(|value| value.is_finite());
        if finite { Ok(measured) } else { Err(diverged) }
    }
}

/// D's binary cross-entropy of its logits, of which the first `source` are those of source points.
fn domain_loss(logits: &[f32], source: usize) -> f32 {
    // ln(1 + exp(-z)) of a source point, ln(1 + exp(z)) of a target point, without overflow.
    let loss = |(index, &logit): (usize, &f32)| {
        let wrong = if index < source { -logit } else { logit };
        wrong.max(0.0) + (-wrong.abs()).exp().ln_1p()
    };
    let sum: f32 = logits.iter().enumerate().map(loss).sum();
    sum / logits.len().max(1) as f32
}

/// What a step returned, on the device.
#[derive(Default)]
struct Losses {
    domain: Option<Tensor<1>>,
    feature: Option<Tensor<1>>,
    terms: LossTerms,
}

impl From<StepOutput> for Losses {
    fn from(output: StepOutput) -> Self {
        Self {
            domain: output.domain_loss,
            feature: Some(output.feature_loss),
            terms: output.terms,
        }
    }
}

impl Batch {
    fn new(data: &DataSet, device: &Device) -> Self {
        let labels: Vec<i64> = data
            .source_labels
            .iter()
            .map(|label| i64::from(*label))
            .collect();
        let count = labels.len();
        Self {
            source: tensor(&data.source, device),
            labels: Tensor::from_data(TensorData::new(labels, [count]), device),
            target: tensor(&data.target, device),
        }
    }
}

/// Share of what is true; none of nothing.
fn share(flags: impl Iterator<Item = bool>) -> Option<f32> {
    let (mut all, mut set) = (0_u32, 0_u32);
    for flag in flags {
        all += 1;
        set += u32::from(flag);
    }
    (all > 0).then(|| set as f32 / all as f32)
}

#[cfg(test)]
mod tests;
