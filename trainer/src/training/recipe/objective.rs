//! What a training is for.

use std::path::PathBuf;

use clap::{ArgMatches, Command, FromArgMatches};
use serde::{Deserialize, Serialize};

use super::{CheckpointSelector, LambdaSchedule, as_text};
use crate::training::Variant;

/// What a training is for. On the command line and in files its options stand side by side, and those that are used decide which it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Options", into = "Options")]
pub enum Objective {
    /// DANN: classes from photos, and features by which photos and doodles cannot be told apart.
    Adversarial(Adversarial),
    /// Photos, and doodles by the predictions of a teacher that follows the student.
    SelfTraining(SelfTraining),
}

/// DANN, and what it may have besides.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Adversarial objective")]
pub struct Adversarial {
    /// How the adversary's gradient reaches the feature extractor.
    #[arg(long, value_enum, default_value_t)]
    pub variant: Variant,
    /// Weight of the domain loss: a number, `log` (0.02 to 1), `paper` (0 to 1), or values at epochs, as in `0:0,50:0.1,200:1`.
    #[arg(long, default_value = "log")]
    pub lambda: LambdaSchedule,
    /// Share of each photo's label that is spread evenly over all classes, so that the classifier is less confident; the course has 0.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    #[serde(default, skip_serializing_if = "as_text::is_zero")]
    pub label_smoothing: f64,
    /// Losses on doodles alone.
    #[command(flatten)]
    #[serde(flatten)]
    pub doodles: DoodleLosses,
    /// Teachers.
    #[command(flatten)]
    #[serde(flatten)]
    pub distillation: Distillation,
}

/// Losses on doodles, without labels.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Losses on doodles")]
pub struct DoodleLosses {
    /// Weight of the information maximisation loss: confident predictions about doodles, all classes equally often. The course has 0.
    #[arg(long, alias = "balance", default_value_t = 0.0)]
    #[serde(alias = "balance")]
    pub im_weight: f64,
    /// Weight of the consistency loss: towards the prediction about a weakly augmented doodle, on the same doodle strongly augmented.
    #[arg(long, default_value_t = 0.0)]
    pub consistency: f64,
    /// Least confidence of a prediction that the consistency loss uses.
    #[arg(long, default_value_t = 0.8)]
    pub confidence: f64,
    /// Share of the run before information maximisation and consistency start; if they start too early, the network may take whole
    /// classes for each other. Their weights rise over the next 0.3 of the run, so that with more than 0.7 they never reach their full
    /// values.
    #[arg(long, default_value_t = 0.25)]
    pub start: f64,
}

/// Distillation from teachers.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
#[command(next_help_heading = "Distillation")]
pub struct Distillation {
    /// A teacher: the folder of a finished run, or a weights file. Doodles get soft labels: the mean of all teachers' predictions,
    /// propagated along nearest neighbours and balanced over the classes. Repeat the option for each.
    #[arg(long, value_name = "RUN")]
    #[serde(default, with = "as_text::list")]
    pub teacher: Vec<PathBuf>,
    /// Weight of the distillation loss: cross-entropy of doodles, weakly and strongly augmented, towards their soft labels.
    #[arg(long, default_value_t = 1.0)]
    #[serde(default)]
    pub distil: f64,
    /// Copies of each doodle, traced and changed stroke by stroke, that the teachers predict as well: a teacher's prediction is the mean
    /// over the doodle, its mirror image and these.
    #[arg(long, value_name = "N", default_value_t = 0)]
    #[serde(default, skip_serializing_if = "as_text::is_zero")]
    pub soft_label_copies: usize,
}

/// The pseudo-label stage.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfTraining {
    /// Least confidence of the teacher for a doodle to be trained on.
    pub confidence: f64,
    /// Where it starts, and how the teacher follows.
    pub refinement: Refinement,
}

/// Where a pseudo-label stage starts and how its teacher follows the student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refinement {
    /// The run's folder that student and teacher start from.
    #[serde(with = "as_text::one")]
    pub from: PathBuf,
    /// Which of its checkpoints.
    #[serde(alias = "moment")]
    pub selector: CheckpointSelector,
    /// Share of the teacher that is kept after each epoch, 0 to below 1; the rest is the student's.
    pub momentum: f64,
}

/// An objective as options side by side.
#[derive(Clone, Debug, PartialEq, clap::Args, Serialize, Deserialize)]
pub(super) struct Options {
    #[command(flatten)]
    #[serde(flatten)]
    pub adversarial: Adversarial,
    /// The pseudo-label stage, which only `refine` begins.
    #[arg(skip)]
    #[serde(default)]
    pub refinement: Option<Refinement>,
}

impl From<Options> for Objective {
    fn from(options: Options) -> Self {
        let Options {
            adversarial,
            refinement,
        } = options;
        match refinement {
            None => Self::Adversarial(adversarial),
            Some(refinement) => Self::SelfTraining(SelfTraining {
                confidence: adversarial.doodles.confidence,
                refinement,
            }),
        }
    }
}

impl From<Objective> for Options {
    fn from(objective: Objective) -> Self {
        let (adversarial, refinement) = match objective {
            Objective::Adversarial(adversarial) => (adversarial, None),
            Objective::SelfTraining(SelfTraining {
                confidence,
                refinement,
            }) => (unused(confidence), Some(refinement)),
        };
        Self {
            adversarial,
            refinement,
        }
    }
}

/// What stands in a file for settings that the pseudo-label stage does not have.
fn unused(confidence: f64) -> Adversarial {
    Adversarial {
        variant: Variant::default(),
        lambda: LambdaSchedule::Constant(0.0),
        label_smoothing: 0.0,
        doodles: DoodleLosses {
            im_weight: 0.0,
            consistency: 0.0,
            confidence,
            start: 0.0,
        },
        distillation: Distillation {
            teacher: Vec::new(),
            distil: 0.0,
            soft_label_copies: 0,
        },
    }
}

impl clap::Args for Objective {
    fn augment_args(command: Command) -> Command {
        Options::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Options::augment_args_for_update(command)
    }
}

impl FromArgMatches for Objective {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Options::from_arg_matches(matches).map(Self::from)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let mut options = Options::from(self.clone());
        options.update_from_arg_matches(matches)?;
        *self = options.into();
        Ok(())
    }
}

impl Objective {
    /// The losses of DANN, where it has any.
    pub fn adversarial(&self) -> Option<&Adversarial> {
        match self {
            Self::Adversarial(adversarial) => Some(adversarial),
            Self::SelfTraining(_) => None,
        }
    }

    /// The same, mutable.
    pub fn adversarial_mut(&mut self) -> Option<&mut Adversarial> {
        match self {
            Self::Adversarial(adversarial) => Some(adversarial),
            Self::SelfTraining(_) => None,
        }
    }

    /// Whether doodles are trained on, without their labels.
    pub fn reads_doodles(&self) -> bool {
        self.adversarial()
            .is_none_or(|adversarial| adversarial.variant != Variant::SourceOnly)
    }

    /// Where the pseudo-label stage starts, where it is one.
    pub fn refinement(&self) -> Option<&Refinement> {
        match self {
            Self::SelfTraining(stage) => Some(&stage.refinement),
            Self::Adversarial(_) => None,
        }
    }

    /// How it is distilled, where it has teachers.
    pub fn distillation(&self) -> Option<&Distillation> {
        let distillation = &self.adversarial()?.distillation;
        distillation.is_used().then_some(distillation)
    }
}

impl Distillation {
    /// Whether there are teachers, and a loss by them.
    pub(super) fn is_used(&self) -> bool {
        !self.teacher.is_empty() && self.distil > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Objective {
        let command = <Objective as clap::Args>::augment_args(Command::new("train"));
        let matches = command.no_binary_name(true).try_get_matches_from(words);
        Objective::from_arg_matches(&matches.unwrap()).unwrap()
    }

    #[test]
    fn options_side_by_side_bring_every_objective_back() {
        let self_training = Objective::SelfTraining(SelfTraining {
            confidence: 0.95,
            refinement: Refinement {
                from: "run".into(),
                selector: CheckpointSelector::Best,
                momentum: 0.9,
            },
        });
        let adversarial = parsed(&["--teacher", "run", "--distil", "0"]);
        assert!(matches!(&adversarial, Objective::Adversarial(_)));
        assert_eq!(adversarial.distillation(), None);
        for objective in [adversarial, self_training] {
            let stored = serde_json::to_value(&objective).unwrap();
            assert_eq!(
                serde_json::from_value::<Objective>(stored).unwrap(),
                objective
            );
        }
    }
}
