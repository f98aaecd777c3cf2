//! What the lessons claim, and the runs that prove it.

use serde::{Deserialize, Serialize};
use shared::dann::LossName;

use super::{LessonId, Mode, Run, RunId};
use crate::data::separation;
use crate::session::{Diverged, Measured, Session};
use crate::settings::{Checked, Settings, SettingsError};

/// Steps over which accuracies are averaged.
const AVERAGED: usize = 100;
const ANY: f32 = f32::INFINITY;

/// A number at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Accuracy on the source, 0 to 1, averaged over the last 100 steps.
    SourceAccuracy,
    /// Accuracy on the target, 0 to 1, averaged over the last 100 steps.
    TargetAccuracy,
    /// D's accuracy after the last step, 0 to 1.
    DomainAccuracy,
    /// The same before the last phase.
    DomainAccuracyBefore,
    /// A loss of the last step.
    Loss(LossName),
    /// How far apart the domains lie in the feature plane after the last step: see [`separation`].
    Separation,
}

/// Whether a claim is about each seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// About every seed.
    Each,
    /// About the middle one of five seeds: a run depends on every rounding, and now and then one fails.
    Median,
}

/// What is claimed of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The run.
    pub run: RunId,
    /// The number.
    pub quantity: Quantity,
    /// Of which seeds.
    pub over: Over,
    /// The least and the greatest value it has.
    pub range: [f32; 2],
}

/// What is claimed of two runs: which number of the one is larger than that of the other, in the middle one of five seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The number.
    pub quantity: Quantity,
    /// The run in which it is larger.
    pub larger: RunId,
    /// The run in which it is smaller.
    pub smaller: RunId,
    /// By how much at least.
    pub by: f32,
}

type Claimed = (RunId, Quantity, Over, [f32; 2]);
type Compared = (Quantity, RunId, RunId, f32);

impl LessonId {
    /// What the lesson claims of its runs. Ranges are wide enough for another processor, which adds in another order: after hundreds of
    /// steps its run is another one.
    pub fn claims(self) -> Vec<Claim> {
        use Over::{Each, Median};
        use Quantity::{
            DomainAccuracy, DomainAccuracyBefore, Loss, Separation, SourceAccuracy, TargetAccuracy,
        };
        let claims: &[Claimed] = match self {
            Self::SourceOnly => &[
                (RunId::SourceOnly, SourceAccuracy, Each, [0.99, 1.0]),
                (RunId::SourceOnly, TargetAccuracy, Each, [0.72, 0.95]),
                (RunId::SourceOnly, TargetAccuracy, Median, [0.78, 0.9]),
            ],
            Self::Alignment => &[
                (RunId::SourceOnly, TargetAccuracy, Median, [0.78, 0.9]),
                (RunId::Adversary, TargetAccuracy, Median, [0.92, 1.0]),
            ],
            Self::LambdaTooLarge => &[
                (RunId::Large, SourceAccuracy, Median, [0.4, 0.8]),
                (RunId::Growing, SourceAccuracy, Median, [0.95, 1.0]),
                (RunId::Growing, TargetAccuracy, Median, [0.9, 1.0]),
            ],
            Self::ConfidentlyWrong => &[
                (RunId::DomainLoss, DomainAccuracyBefore, Each, [0.8, 1.0]),
                (RunId::DomainLoss, DomainAccuracyBefore, Median, [0.95, 1.0]),
                (RunId::DomainLoss, DomainAccuracy, Each, [0.0, 0.6]),
                (RunId::DomainLoss, SourceAccuracy, Median, [0.4, 0.6]),
                (RunId::Confusion, DomainAccuracyBefore, Each, [0.8, 1.0]),
                (RunId::DomainLoss, Loss(LossName::Domain), Each, [10.0, ANY]),
                (RunId::DomainLoss, Separation, Each, [1.0, 2.0]),
                (RunId::Confusion, Separation, Median, [0.0, 0.5]),
                (
                    RunId::Confusion,
                    Loss(LossName::Confusion),
                    Each,
                    [0.69, 1.0],
                ),
            ],
            Self::UnequalShares => &[
                (RunId::SourceOnly, TargetAccuracy, Median, [0.8, 0.94]),
                (RunId::Adversary, TargetAccuracy, Median, [0.5, 0.82]),
            ],
            Self::Consistency => &[
                (RunId::SourceOnly, TargetAccuracy, Median, [0.7, 0.9]),
                (RunId::Adversary, TargetAccuracy, Median, [0.5, 0.95]),
                (RunId::Consistency, TargetAccuracy, Median, [0.85, 1.0]),
            ],
        };
        let claims = claims.iter().map(|&(run, quantity, over, range)| Claim {
            run,
            quantity,
            over,
            range,
        });
        claims.collect()
    }

    /// What the lesson claims of its runs beside each other. The differences are about half of those that its sentences tell.
    pub fn comparisons(self) -> Vec<Comparison> {
        use Quantity::{Separation, SourceAccuracy, TargetAccuracy};
        let compared: &[Compared] = match self {
            Self::SourceOnly => &[],
            Self::Alignment => &[(TargetAccuracy, RunId::Adversary, RunId::SourceOnly, 0.05)],
            Self::LambdaTooLarge => &[(SourceAccuracy, RunId::Growing, RunId::Large, 0.2)],
            Self::ConfidentlyWrong => &[(Separation, RunId::DomainLoss, RunId::Confusion, 0.5)],
            Self::UnequalShares => &[(TargetAccuracy, RunId::SourceOnly, RunId::Adversary, 0.03)],
            Self::Consistency => &[(TargetAccuracy, RunId::Consistency, RunId::Adversary, 0.03)],
        };
        let compared = compared
            .iter()
            .map(|&(quantity, larger, smaller, by)| Comparison {
                quantity,
                larger,
                smaller,
                by,
            });
        compared.collect()
    }
}

impl Mode {
    /// One step of it.
    ///
    /// # Errors
    /// When the run diverged.
    pub fn step(self, session: &mut Session) -> Result<Measured, Diverged> {
        match self {
            Self::All => session.step(),
            Self::DomainOnly => session.step_domain_only(),
            Self::ClassifierOnly => session.step_classifier_only(),
        }
    }
}

/// Why a run has no numbers.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// Its settings are refused.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// It diverged.
    #[error(transparent)]
    Diverged(#[from] Diverged),
    /// It has no step.
    #[error("the run has no step: give it a phase with at least one")]
    Empty,
}

/// What the last steps of a run measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    last: Vec<Measured>,
    /// After the last step of the phase before the last; none where there was no such phase.
    before: Option<Measured>,
    separation: f32,
}

impl Run {
    /// Trains the whole run with a seed.
    ///
    /// # Errors
    /// When settings are refused, or the run diverges.
    pub fn train(&self, seed: u32) -> Result<Outcome, RunError> {
        let mut session: Option<Session> = None;
        let (mut last, mut before): (Vec<Measured>, _) = (Vec::new(), None);
        for phase in &self.phases {
            before = last.last().cloned();
            let settings: Checked = Settings {
                seed,
                ..phase.settings.clone()
            }
            .check()?;
            let session = match &mut session {
                Some(session) => {
                    session.edit(settings);
                    session
                }
                None => session.insert(Session::new(settings)),
            };
            for _ in 0..phase.steps {
                last.push(phase.mode.step(session)?);
            }
        }
        let Some(session) = session.filter(|_| !last.is_empty()) else {
            return Err(RunError::Empty);
        };
        let view = session.view(1);
        Ok(Outcome {
            last: last.split_off(last.len().saturating_sub(AVERAGED)),
            before,
            separation: separation(&view.source, &view.target),
        })
    }
}

impl Outcome {
    /// A number; none where the run does not have it.
    pub fn get(&self, quantity: Quantity) -> Option<f32> {
        let mean = |value: &dyn Fn(&Measured) -> Option<f32>| {
            let values: Option<Vec<f32>> = self.last.iter().map(value).collect();
            values.map(|values| values.iter().sum::<f32>() / values.len() as f32)
        };
        match quantity {
            Quantity::SourceAccuracy => mean(&|measured| Some(measured.source_accuracy)),
            Quantity::TargetAccuracy => mean(&|measured| measured.target_accuracy),
            Quantity::DomainAccuracy => Some(self.last.last()?.domain_accuracy),
            Quantity::DomainAccuracyBefore => Some(self.before.as_ref()?.domain_accuracy),
            Quantity::Loss(name) => {
                let losses = &self.last.last()?.losses;
                let loss = losses.iter().find(|loss| loss.name == name)?;
                Some(loss.value)
            }
            Quantity::Separation => Some(self.separation),
        }
    }
}
