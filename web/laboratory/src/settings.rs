//! All that decides a run, checked before anything uses it.

mod drawn;
mod error;
mod quantity;
mod text;

use std::ops::Deref;

use serde::{Deserialize, Serialize};
#[cfg(feature = "train")]
use shared::dann::StepSettings;
use shared::dann::Variant;

pub use drawn::{Drawn, MOST_CLASSES, MOST_DRAWN};
pub use error::{DrawnError, LinkError, SettingsError};
pub use quantity::Quantity;
pub use text::{decode, encode};
pub(crate) use text::{no_value, shortened};

use crate::data::Scene;
#[cfg(feature = "train")]
use crate::networks::Shape;

/// Weight of the domain loss over a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lambda {
    /// The same throughout.
    Constant(f32),
    /// The course's: ln(1.02 + 1.7 p), 0.02 to 1, where p is the share of all steps done.
    Log,
    /// The DANN paper's: 2 / (1 + exp(-10 p)) - 1, 0 to 1.
    Paper,
}

impl Lambda {
    /// Lambda where `share` of all steps is done, 0 to 1.
    pub fn at(self, share: f64) -> f64 {
        match self {
            Self::Constant(value) => f64::from(value),
            Self::Log => (1.02 + 1.7 * share).ln(),
            Self::Paper => 2.0 / (1.0 + (-10.0 * share).exp()) - 1.0,
        }
    }
}

/// All that decides a run. Whatever comes from outside has to be [checked](Self::check) first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Settings {
    /// Which data is generated.
    pub scene: Scene,
    /// How the target differs from the source; see [`Scene`] for what it means and its range.
    pub change: f32,
    /// Standard deviation of each coordinate, 0 to 0.5.
    pub noise: f32,
    /// Points of each domain, 10 to 400.
    pub points: u16,
    /// Share of the target's points that are of the first class, 0.02 to 0.98; none where all classes have as many points, as
    /// they have in the source.
    pub share: Option<f32>,
    /// Points drawn by hand instead of the scene.
    pub drawn: Option<Drawn>,
    /// Decides the data, the initial weights and the augmentation.
    pub seed: u32,
    /// Units of a hidden layer, 2 to 64.
    pub width: u8,
    /// Whether C has a hidden layer.
    pub hidden_predictor: bool,
    /// How the adversary's gradient reaches F.
    pub variant: Variant,
    /// Weight of the domain loss, 0 to 10 where it is constant.
    pub lambda: Lambda,
    /// Adam's learning rate, 0.00001 to 1.
    pub learning_rate: f32,
    /// Steps of D for each step of F, 1 to 10.
    pub domain_steps: u8,
    /// Steps of the whole run, by which lambda is scheduled, 1 to 20,000.
    pub steps: u16,
    /// Weight of information maximisation on target points, 0 to 10.
    pub im_weight: f32,
    /// Weight of consistency between a target point and the same one moved a little, 0 to 10.
    pub consistency_weight: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            scene: Scene::Moons,
            change: 35.0,
            noise: 0.06,
            points: 200,
            share: None,
            drawn: None,
            seed: 0,
            width: 16,
            hidden_predictor: false,
            variant: Variant::TwoStep,
            lambda: Lambda::Paper,
            learning_rate: 0.01,
            domain_steps: 1,
            steps: 1000,
            im_weight: 0.0,
            consistency_weight: 0.0,
        }
    }
}

/// Settings within their ranges: these alone can be run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Settings", into = "Settings")]
pub struct Checked(Settings);

impl Settings {
    /// Whether D is trained.
    pub fn trains_domain(&self) -> bool {
        self.variant != Variant::SourceOnly
    }

    /// Whether anything of D reaches F.
    pub fn has_adversary(&self) -> bool {
        self.trains_domain() && self.lambda != Lambda::Constant(0.0)
    }

    /// These, where every value is within its range.
    ///
    /// # Errors
    /// Names the first value that is not, and its range.
    pub fn check(self) -> Result<Checked, SettingsError> {
        let [least, greatest] = self.scene.change_range();
        let constant = match self.lambda {
            Lambda::Constant(value) => value,
            Lambda::Log | Lambda::Paper => 0.0,
        };
        let share = self.share.unwrap_or(0.5);
        for (quantity, value, least, greatest) in [
            (Quantity::Change, self.change, least, greatest),
            (Quantity::Noise, self.noise, 0.0, 0.5),
            (Quantity::Points, f32::from(self.points), 10.0, 400.0),
            (Quantity::Share, share, 0.02, 0.98),
            (Quantity::Width, f32::from(self.width), 2.0, 64.0),
            (Quantity::Lambda, constant, 0.0, 10.0),
            (Quantity::LearningRate, self.learning_rate, 1e-5, 1.0),
            (
                Quantity::DomainSteps,
                f32::from(self.domain_steps),
                1.0,
                10.0,
            ),
            (Quantity::Steps, f32::from(self.steps), 1.0, 20_000.0),
            (Quantity::ImWeight, self.im_weight, 0.0, 10.0),
            (
                Quantity::ConsistencyWeight,
                self.consistency_weight,
                0.0,
                10.0,
            ),
        ] {
            if !(least..=greatest).contains(&value) {
                return Err(SettingsError::Range {
                    quantity,
                    value: shown(value),
                    least: shown(least),
                    greatest: shown(greatest),
                });
            }
        }
        if let Some(drawn) = &self.drawn {
            drawn.check()?;
        }
        Ok(Checked(self))
    }
}

/// The f64 that is written as this f32 is.
fn shown(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

impl Checked {
    /// Lambda after `steps` steps.
    pub fn lambda_at(&self, steps: u32) -> f64 {
        let share = f64::from(steps) / f64::from(self.steps);
        self.lambda.at(share.min(1.0))
    }

    /// What a step does after `steps` others.
    #[cfg(feature = "train")]
    pub(crate) fn step(&self, steps: u32) -> StepSettings {
        StepSettings {
            variant: self.variant,
            lambda: self.lambda_at(steps),
            im_weight: f64::from(self.im_weight),
            consistency_weight: f64::from(self.consistency_weight),
            confidence: CONFIDENCE,
            learning_rate: f64::from(self.learning_rate),
            ..StepSettings::default()
        }
    }

    #[cfg(feature = "train")]
    pub(crate) fn shape(&self, classes: usize) -> Shape {
        Shape {
            classes,
            width: usize::from(self.width),
            hidden_predictor: self.hidden_predictor,
        }
    }

    /// Whether a run with these can continue with `other`: data and networks keep their shape and their draw.
    pub fn continues_with(&self, other: &Self) -> bool {
        let kept = |one: &Self| {
            (
                one.scene,
                one.points,
                one.seed,
                one.width,
                one.hidden_predictor,
                one.drawn.is_some(),
            )
        };
        kept(self) == kept(other) && self.drawn_classes() == other.drawn_classes()
    }

    fn drawn_classes(&self) -> Option<usize> {
        self.drawn.as_ref().map(Drawn::classes)
    }
}

/// A target point counts for consistency where its prediction is at least this confident.
#[cfg(feature = "train")]
const CONFIDENCE: f64 = 0.8;

impl Deref for Checked {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.0
    }
}

impl TryFrom<Settings> for Checked {
    type Error = SettingsError;

    fn try_from(settings: Settings) -> Result<Self, SettingsError> {
        settings.check()
    }
}

impl From<Checked> for Settings {
    fn from(checked: Checked) -> Self {
        checked.0
    }
}

#[cfg(test)]
mod tests;
