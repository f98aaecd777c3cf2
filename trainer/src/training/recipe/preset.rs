//! The recipes that ship, and those in files of the same form.

use std::{fmt, path::PathBuf, str::FromStr};

use anyhow::Context;

use super::{NamedStage, Stage, recipe_file::stages};

/// Which recipe to train by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The course's notebook.
    Course,
    /// Gradient reversal with the DANN paper's lambda, on the course's pictures and net.
    Reversal,
    /// Teachers and their student, in one command.
    Best,
    /// Photos alone, without adaptation, to compare with.
    SourceOnly,
    /// A recipe file of the same form.
    File(PathBuf),
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Course => f.write_str("course"),
            Self::Reversal => f.write_str("reversal"),
            Self::Best => f.write_str("best"),
            Self::SourceOnly => f.write_str("source-only"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl FromStr for Preset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "course" => Ok(Self::Course),
            // Its older name, which promised more of the paper than it has.
            "reversal" | "paper" => Ok(Self::Reversal),
            "best" => Ok(Self::Best),
            "source-only" => Ok(Self::SourceOnly),
            file if file.to_ascii_lowercase().ends_with(".toml") => Ok(Self::File(file.into())),
            other => Err(format!(
                "`{other}` is no preset: give course, reversal, best, source-only or a .toml file"
            )),
        }
    }
}

impl Preset {
    /// Its stages in order.
    ///
    /// # Errors
    /// Where its file cannot be read, is no TOML, or sets an option that `train` does not have or to a value that it
    /// does not take.
    pub fn stages(&self) -> anyhow::Result<Vec<NamedStage<Stage>>> {
        let text = match self {
            Self::Course => include_str!("../../../presets/course.toml"),
            Self::Reversal => include_str!("../../../presets/reversal.toml"),
            Self::Best => include_str!("../../../presets/best.toml"),
            Self::SourceOnly => include_str!("../../../presets/source-only.toml"),
            Self::File(path) => &std::fs::read_to_string(path)
                .with_context(|| format!("--preset {self} cannot be read"))?,
        };
        stages(text).with_context(|| format!("--preset {self} cannot be used"))
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command, FromArgMatches};

    use super::*;
    use crate::training::Variant;

    #[test]
    fn what_ships_can_be_trained() {
        for preset in [
            Preset::Course,
            Preset::Reversal,
            Preset::Best,
            Preset::SourceOnly,
        ] {
            for stage in preset.stages().unwrap() {
                stage.stage.check(false).unwrap();
            }
        }
    }

    #[test]
    fn the_best_holds_the_same_photos_out_of_every_stage() {
        let stages = Preset::Best.stages().unwrap();
        let share = stages[0].stage.data.validation;
        assert!(share > 0.0);
        for NamedStage { name, stage } in &stages {
            assert_eq!(stage.data.validation, share, "{name}");
        }
    }

    #[test]
    fn the_course_s_is_what_train_does_by_itself() {
        let stages = Preset::Course.stages().unwrap();
        assert_eq!(stages.len(), 1);
        let matches = Stage::augment_args(Command::new("train"))
            .try_get_matches_from(["train"])
            .unwrap();
        let default = Stage::from_arg_matches(&matches).unwrap();
        assert_eq!(
            stages[0].stage.clone().check(false).unwrap(),
            default.check(false).unwrap()
        );
    }

    #[test]
    fn without_adaptation_photos_are_trained_on_as_in_the_best() {
        let stages = Preset::SourceOnly.stages().unwrap();
        let best = Preset::Best.stages().unwrap();
        assert_eq!(stages.len(), 1);
        let (own, last) = (&stages[0].stage, &best[best.len() - 1].stage);
        let losses = own.objective.adversarial().unwrap();
        assert_eq!(losses.variant, Variant::SourceOnly);
        let of_photos = |stage: &Stage| {
            (
                stage.model.width,
                stage.optimiser.batch,
                stage.data.source_transform,
                stage.data.augmentation,
                stage.schedule.decay,
                stage.optimiser.learning_rate,
            )
        };
        assert_eq!(of_photos(own), of_photos(last));
    }

    #[test]
    fn words_are_read_back_as_they_are_shown() {
        for text in ["course", "reversal", "best", "source-only", "mine.toml"] {
            assert_eq!(text.parse::<Preset>().unwrap().to_string(), text);
        }
        assert!("bets".parse::<Preset>().is_err());
    }
}
