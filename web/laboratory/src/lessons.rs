//! Six lessons: settings, a question to be answered before the run, and claims that a test proves on the same code.

use serde::{Deserialize, Serialize};
use shared::dann::{LossName, Variant};

use crate::data::Scene;
use crate::session::{Diverged, Measured, Session};
use crate::settings::{Checked, Lambda, Settings, SettingsError};

/// Names a lesson, in links too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LessonId {
    /// What is lost without adaptation.
    SourceOnly,
    /// How alignment helps.
    Alignment,
    /// Why lambda starts at 0 and stays moderate.
    LambdaTooLarge,
    /// The flaw of minus the domain loss.
    ConfidentlyWrong,
    /// Where alignment harms.
    UnequalShares,
    /// What helps without an adversary.
    Consistency,
}

/// Names a run of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunId {
    /// F and C on the source alone.
    SourceOnly,
    /// DANN.
    Adversary,
    /// With a large lambda from the first step.
    Large,
    /// With a lambda that grows from 0 to 1.
    Growing,
    /// Against D held, on minus its loss.
    DomainLoss,
    /// Against D held, on the confusion loss.
    Confusion,
    /// DANN where the classes have changed places.
    Swapped,
    /// Consistency and no adversary.
    Consistency,
    /// Consistency, information maximisation and no adversary.
    Both,
}

/// Which modules learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// D, F and C.
    All,
    /// D alone.
    DomainOnly,
    /// F and C against D as it is.
    ClassifierOnly,
}

/// A part of a run, for which settings stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Which modules learn.
    pub mode: Mode,
    /// For how many steps.
    pub steps: u32,
    /// With these settings.
    pub settings: Settings,
}

/// A run of a lesson: its phases one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Which one it is.
    pub id: RunId,
    /// At least one, which all continue with each other.
    pub phases: Vec<Phase>,
}

/// A number at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Accuracy on the source, 0 to 1, averaged over the last 100 steps.
    SourceAccuracy,
    /// Accuracy on the target, 0 to 1, averaged over the last 100 steps.
    TargetAccuracy,
    /// D's accuracy, 0 to 1, averaged over the last 100 steps.
    DomainAccuracy,
    /// A loss of the last step.
    Loss(LossName),
}

/// Whether a claim is about each seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// About every seed.
    Each,
    /// About the mean over five seeds.
    Mean,
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

/// A lesson; [`text::lesson`](crate::text::lesson) has its sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Which one it is.
    pub id: LessonId,
    /// The runs that are shown beside each other.
    pub runs: Vec<Run>,
    /// The number of the right answer, from 0.
    pub right_answer: usize,
    /// What is claimed.
    pub claims: Vec<Claim>,
}

type Claimed = (RunId, Quantity, Over, [f32; 2]);

/// Steps over which accuracies are averaged.
const AVERAGED: usize = 100;
const ANY: f32 = f32::INFINITY;

impl LessonId {
    /// All lessons, in the order in which they are taken.
    pub const ALL: [Self; 6] = [
        Self::SourceOnly,
        Self::Alignment,
        Self::LambdaTooLarge,
        Self::ConfidentlyWrong,
        Self::UnequalShares,
        Self::Consistency,
    ];

    /// The lesson.
    pub fn lesson(self) -> Lesson {
        use Over::{Each, Mean};
        use Quantity::{DomainAccuracy, Loss, SourceAccuracy, TargetAccuracy};
        let (runs, right_answer, claims): (_, _, &[Claimed]) = match self {
            Self::SourceOnly => (
                vec![Run::whole(RunId::SourceOnly, source_only(moons(25.0)))],
                1,
                &[
                    (RunId::SourceOnly, SourceAccuracy, Each, [0.99, 1.0]),
                    (RunId::SourceOnly, TargetAccuracy, Each, [0.78, 0.93]),
                    (RunId::SourceOnly, TargetAccuracy, Mean, [0.82, 0.9]),
                ],
            ),
            Self::Alignment => (
                vec![
                    Run::whole(RunId::SourceOnly, source_only(moons(25.0))),
                    Run::whole(RunId::Adversary, adversary(moons(25.0))),
                ],
                0,
                &[
                    (RunId::SourceOnly, TargetAccuracy, Mean, [0.82, 0.9]),
                    (RunId::Adversary, TargetAccuracy, Each, [0.88, 1.0]),
                    (RunId::Adversary, TargetAccuracy, Mean, [0.94, 1.0]),
                ],
            ),
            Self::LambdaTooLarge => {
                let with = |lambda| Settings {
                    variant: Variant::Confusion,
                    lambda,
                    domain_steps: 3,
                    steps: 300,
                    ..moons(25.0)
                };
                (
                    vec![
                        Run::whole(RunId::Large, with(Lambda::Constant(10.0))),
                        Run::whole(RunId::Growing, with(Lambda::Paper)),
                    ],
                    2,
                    &[
                        (RunId::Large, SourceAccuracy, Mean, [0.4, 0.75]),
                        (RunId::Growing, SourceAccuracy, Each, [0.85, 1.0]),
                        (RunId::Growing, SourceAccuracy, Mean, [0.95, 1.0]),
                    ],
                )
            }
            Self::ConfidentlyWrong => {
                let held = |id, variant| {
                    let settings = Settings {
                        scene: Scene::Blobs,
                        change: 0.5,
                        noise: 0.12,
                        variant,
                        lambda: Lambda::Constant(1.0),
                        width: 16,
                        ..Settings::default()
                    };
                    let phase = |mode, steps| (mode, steps, settings.clone());
                    Run::of(
                        id,
                        &[
                            phase(Mode::All, 200),
                            phase(Mode::DomainOnly, 200),
                            phase(Mode::ClassifierOnly, 100),
                        ],
                    )
                };
                (
                    vec![
                        held(RunId::DomainLoss, Variant::TwoStep),
                        held(RunId::Confusion, Variant::Confusion),
                    ],
                    1,
                    &[
                        (RunId::DomainLoss, Loss(LossName::Domain), Each, [10.0, ANY]),
                        (
                            RunId::Confusion,
                            Loss(LossName::Confusion),
                            Each,
                            [0.69, 1.0],
                        ),
                    ],
                )
            }
            Self::UnequalShares => {
                let unequal = |settings| Settings {
                    share: Some(0.9),
                    ..settings
                };
                let swapped = Settings {
                    scene: Scene::Swapped,
                    change: 1.0,
                    steps: 300,
                    ..adversary(moons(0.0))
                };
                (
                    vec![
                        Run::whole(RunId::SourceOnly, unequal(source_only(moons(25.0)))),
                        Run::whole(RunId::Adversary, unequal(adversary(moons(25.0)))),
                        Run::whole(RunId::Swapped, swapped),
                    ],
                    2,
                    &[
                        (RunId::SourceOnly, TargetAccuracy, Mean, [0.82, 0.92]),
                        (RunId::Adversary, TargetAccuracy, Mean, [0.5, 0.8]),
                        (RunId::Swapped, TargetAccuracy, Each, [0.0, 0.01]),
                        (RunId::Swapped, DomainAccuracy, Each, [0.4, 0.6]),
                    ],
                )
            }
            Self::Consistency => {
                let consistency = Settings {
                    lambda: Lambda::Constant(0.0),
                    consistency_weight: 1.0,
                    ..moons(30.0)
                };
                let both = Settings {
                    im_weight: 0.1,
                    ..consistency.clone()
                };
                (
                    vec![
                        Run::whole(RunId::Adversary, adversary(moons(30.0))),
                        Run::whole(RunId::Consistency, consistency),
                        Run::whole(RunId::Both, both),
                    ],
                    0,
                    &[
                        (RunId::Adversary, TargetAccuracy, Mean, [0.7, 0.9]),
                        (RunId::Consistency, TargetAccuracy, Mean, [0.9, 1.0]),
                        (RunId::Both, TargetAccuracy, Mean, [0.88, 1.0]),
                    ],
                )
            }
        };
        let claims = claims.iter().map(|(run, quantity, over, range)| Claim {
            run: *run,
            quantity: *quantity,
            over: *over,
            range: *range,
        });
        Lesson {
            id: self,
            runs,
            right_answer,
            claims: claims.collect(),
        }
    }
}

fn moons(change: f32) -> Settings {
    Settings {
        scene: Scene::Moons,
        change,
        width: 32,
        ..Settings::default()
    }
}

fn source_only(settings: Settings) -> Settings {
    Settings {
        variant: Variant::SourceOnly,
        ..settings
    }
}

fn adversary(settings: Settings) -> Settings {
    Settings {
        variant: Variant::TwoStep,
        lambda: Lambda::Paper,
        ..settings
    }
}

impl Run {
    /// All its steps with the same settings.
    fn whole(id: RunId, settings: Settings) -> Self {
        Self::of(id, &[(Mode::All, u32::from(settings.steps), settings)])
    }

    fn of(id: RunId, phases: &[(Mode, u32, Settings)]) -> Self {
        let phases = phases.iter().cloned().map(|(mode, steps, settings)| Phase {
            mode,
            steps,
            settings,
        });
        Self {
            id,
            phases: phases.collect(),
        }
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
pub struct Outcome(Vec<Measured>);

impl Run {
    /// Trains the whole run with a seed.
    ///
    /// # Errors
    /// When settings are refused, or the run diverges.
    pub fn train(&self, seed: u32) -> Result<Outcome, RunError> {
        let mut session: Option<Session> = None;
        let mut last = Vec::new();
        for phase in &self.phases {
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
        let first = last.len().saturating_sub(AVERAGED);
        let last = last.split_off(first);
        if last.is_empty() {
            return Err(RunError::Empty);
        }
        Ok(Outcome(last))
    }
}

impl Outcome {
    /// A number; none where the run does not have it.
    pub fn get(&self, quantity: Quantity) -> Option<f32> {
        let mean = |value: &dyn Fn(&Measured) -> Option<f32>| {
            let values: Option<Vec<f32>> = self.0.iter().map(value).collect();
            values.map(|values| values.iter().sum::<f32>() / values.len() as f32)
        };
        match quantity {
            Quantity::SourceAccuracy => mean(&|measured| Some(measured.source_accuracy)),
            Quantity::TargetAccuracy => mean(&|measured| measured.target_accuracy),
            Quantity::DomainAccuracy => mean(&|measured| Some(measured.domain_accuracy)),
            Quantity::Loss(name) => {
                let losses = &self.0.last()?.losses;
                let loss = losses.iter().find(|loss| loss.name == name)?;
                Some(loss.value)
            }
        }
    }
}
