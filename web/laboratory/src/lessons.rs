//! Six lessons: each one or more runs, and a question to be answered before them. What they claim is in `claims`, and tested.

#[cfg(feature = "train")]
pub mod claims;

use serde::{Deserialize, Serialize};
use shared::dann::Variant;

use crate::data::Scene;
use crate::settings::{Lambda, Settings};

/// Names a lesson.
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
    /// Consistency and no adversary.
    Consistency,
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

/// A lesson; its sentences are the page's.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Which one it is.
    pub id: LessonId,
    /// The runs that are shown beside each other.
    pub runs: Vec<Run>,
    /// The number of the right answer, from 0.
    pub right_answer: usize,
    /// What of each run answers the question.
    pub measure: Measure,
}

/// What of a run is shown beside its name once it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Accuracy on the source.
    SourceAccuracy,
    /// Accuracy on the target.
    TargetAccuracy,
    /// How far apart the domains lie in the feature plane: see [`separation`](crate::data::separation).
    Separation,
}

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

    /// Its name in links, which stays for ever.
    pub fn name(self) -> &'static str {
        match self {
            Self::SourceOnly => "source-only",
            Self::Alignment => "alignment",
            Self::LambdaTooLarge => "lambda-too-large",
            Self::ConfidentlyWrong => "confidently-wrong",
            Self::UnequalShares => "unequal-shares",
            Self::Consistency => "consistency",
        }
    }

    /// The lesson of a name; none where there is no such lesson.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lesson| lesson.name() == name)
    }

    /// The lesson.
    pub fn lesson(self) -> Lesson {
        let (runs, right_answer) = match self {
            Self::SourceOnly => (
                vec![Run::whole(RunId::SourceOnly, source_only(moons(25.0)))],
                1,
            ),
            Self::Alignment => (
                vec![
                    Run::whole(RunId::SourceOnly, source_only(moons(25.0))),
                    Run::whole(RunId::Adversary, adversary(moons(25.0))),
                ],
                0,
            ),
            Self::LambdaTooLarge => {
                // A seed whose runs differ as those of most seeds do.
                let with = |lambda| Settings {
                    variant: Variant::Confusion,
                    lambda,
                    domain_steps: 5,
                    learning_rate: 0.003,
                    seed: 4,
                    ..moons(25.0)
                };
                (
                    vec![
                        Run::whole(RunId::Large, with(Lambda::Constant(10.0))),
                        Run::whole(RunId::Growing, with(Lambda::Paper)),
                    ],
                    2,
                )
            }
            Self::ConfidentlyWrong => {
                // D before F and C: untrained features still show where a point was, so there is something to tell. At this width D
                // learns the domain of nearly every point.
                let held = |id, variant| {
                    let settings = Settings {
                        scene: Scene::Blobs,
                        change: 0.9,
                        noise: 0.08,
                        variant,
                        lambda: Lambda::Constant(0.3),
                        width: 32,
                        ..Settings::default()
                    };
                    let phase = |mode, steps| (mode, steps, settings.clone());
                    Run::of(
                        id,
                        &[
                            phase(Mode::DomainOnly, 300),
                            phase(Mode::ClassifierOnly, 80),
                        ],
                    )
                };
                (
                    vec![
                        held(RunId::DomainLoss, Variant::TwoStep),
                        held(RunId::Confusion, Variant::Confusion),
                    ],
                    1,
                )
            }
            Self::UnequalShares => {
                let unequal = |settings| Settings {
                    share: Some(0.9),
                    ..settings
                };
                (
                    vec![
                        Run::whole(RunId::SourceOnly, unequal(source_only(moons(25.0)))),
                        Run::whole(RunId::Adversary, unequal(adversary(moons(25.0)))),
                    ],
                    2,
                )
            }
            Self::Consistency => {
                // A seed whose runs differ as the lesson says they usually do.
                let turned = Settings {
                    seed: 5,
                    ..moons(30.0)
                };
                let consistency = Settings {
                    lambda: Lambda::Constant(0.0),
                    consistency_weight: 1.0,
                    ..turned.clone()
                };
                (
                    vec![
                        Run::whole(RunId::SourceOnly, source_only(turned.clone())),
                        Run::whole(RunId::Adversary, adversary(turned)),
                        Run::whole(RunId::Consistency, consistency),
                    ],
                    0,
                )
            }
        };
        let measure = match self {
            Self::LambdaTooLarge => Measure::SourceAccuracy,
            Self::ConfidentlyWrong => Measure::Separation,
            Self::SourceOnly | Self::Alignment | Self::UnequalShares | Self::Consistency => {
                Measure::TargetAccuracy
            }
        };
        Lesson {
            id: self,
            runs,
            right_answer,
            measure,
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
