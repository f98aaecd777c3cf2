//! Recipes of one or more stages, each stage's settings under the names of the command line's options.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context, bail, ensure};
use clap::{Args, Command, FromArgMatches};
use serde::{Deserialize, Serialize};

use super::{CheckedStage, Stage};

/// Which recipe to train by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The course's notebook.
    Course,
    /// The DANN paper's schedule and gradient reversal.
    Paper,
    /// The recipe of the shipped weights.
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
            Self::Paper => f.write_str("paper"),
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
            "paper" => Ok(Self::Paper),
            "best" => Ok(Self::Best),
            "source-only" => Ok(Self::SourceOnly),
            file if file.ends_with(".toml") => Ok(Self::File(file.into())),
            other => Err(format!(
                "`{other}` is no preset: give course, paper, best, source-only or a .toml file"
            )),
        }
    }
}

/// Options that a recipe does not set.
const OWNED: [&str; 4] = ["data", "device", "devices", "labels"];

/// One stage of a recipe, checked or as it stands there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedStage<S = CheckedStage> {
    /// What its folder is called.
    pub name: String,
    /// Its settings.
    #[serde(rename = "config")]
    pub stage: S,
}

/// The recipe as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipe {
    /// Options of every stage that does not set them itself.
    #[serde(default)]
    defaults: toml::Table,
    stage: Vec<StageTable>,
}

#[derive(Deserialize)]
struct StageTable {
    name: String,
    /// Options of `train` without their dashes.
    #[serde(flatten)]
    options: toml::Table,
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
            Self::Paper => include_str!("../../../presets/paper.toml"),
            Self::Best => include_str!("../../../presets/best.toml"),
            Self::SourceOnly => include_str!("../../../presets/source-only.toml"),
            Self::File(path) => &std::fs::read_to_string(path)
                .with_context(|| format!("--preset {self} cannot be read"))?,
        };
        stages(text).with_context(|| format!("--preset {self} cannot be used"))
    }
}

fn stages(text: &str) -> anyhow::Result<Vec<NamedStage<Stage>>> {
    let recipe: Recipe = toml::from_str(text)?;
    ensure!(!recipe.stage.is_empty(), "it has no [[stage]]");
    let defaults = by_current_names(recipe.defaults).context("[defaults]")?;
    refuse_owned(&defaults).context("[defaults]")?;
    let mut stages: Vec<NamedStage<Stage>> = Vec::new();
    for StageTable { name, options } in recipe.stage {
        ensure!(
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "stage {name:?}: name it with letters, digits and dashes"
        );
        ensure!(
            stages.iter().all(|stage| stage.name != name),
            "two stages are named {name}: give each a name of its own"
        );
        let in_stage = || format!("stage {name}");
        let options = by_current_names(options).with_context(in_stage)?;
        refuse_owned(&options).with_context(in_stage)?;
        let mut all = defaults.clone();
        all.extend(options);
        let stage = stage(all).with_context(in_stage)?;
        stages.push(NamedStage { name, stage });
    }
    hold_out_together(&mut stages);
    Ok(stages)
}

/// Options by the names that they have now: recipes of earlier versions use older ones.
fn by_current_names(options: toml::Table) -> anyhow::Result<toml::Table> {
    let command = Stage::augment_args(Command::new("stage"));
    let mut renamed = toml::Table::new();
    for (name, value) in options {
        let has_name = |arg: &&clap::Arg| {
            let aliases = arg.get_all_aliases().unwrap_or_default();
            aliases.contains(&&*name)
        };
        let current = command.get_arguments().find(has_name);
        let current = current.and_then(clap::Arg::get_long).unwrap_or(&name);
        ensure!(
            renamed.insert(current.to_owned(), value).is_none(),
            "{current} is given twice, by its name and by an older one: leave one out"
        );
    }
    Ok(renamed)
}

/// Refuses options for data and devices: the same recipe runs anywhere.
fn refuse_owned(options: &toml::Table) -> anyhow::Result<()> {
    match options.keys().find(|name| OWNED.contains(&&***name)) {
        Some(name) => bail!("{name} belongs on the command line: leave it out and give --{name}"),
        None => Ok(()),
    }
}

/// Photos that one stage holds out are held out of every stage connected to it by `pretrained`, in either direction: the largest
/// share applies to all of them.
fn hold_out_together(stages: &mut [NamedStage<Stage>]) {
    let links: Vec<(usize, usize)> = stages
        .iter()
        .enumerate()
        .filter_map(|(number, NamedStage { stage, .. })| {
            let before = stage.model.pretrained.as_deref()?;
            let earlier = stages[..number].iter();
            let earlier = earlier
                .clone()
                .position(|stage| Path::new(&stage.name) == before)?;
            Some((number, earlier))
        })
        .collect();
    // A share travels one link a round at least.
    for _ in 0..links.len() {
        for (one, other) in &links {
            let share = |number: usize| stages[number].stage.data.validation;
            let share = share(*one).max(share(*other));
            for number in [*one, *other] {
                stages[number].stage.data.validation = share;
            }
        }
    }
}

/// Parses options by the command line's own rules, so that names, values and defaults are the same.
fn stage(options: toml::Table) -> anyhow::Result<Stage> {
    let mut words = Vec::new();
    for (name, value) in options {
        let values = match value {
            toml::Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            let value = match value {
                toml::Value::String(text) => text,
                number @ (toml::Value::Integer(_) | toml::Value::Float(_)) => number.to_string(),
                other => bail!("{name} = {other}: give a number or text"),
            };
            words.push(format!("--{name}={value}"));
        }
    }
    let matches = Stage::augment_args(Command::new("stage").no_binary_name(true))
        .try_get_matches_from(words)
        .map_err(|error| {
            // Its first line says what is wrong; the rest hints at a help that a file does not have.
            let text = error.render().to_string();
            let line = text.lines().next().unwrap_or_default();
            anyhow::anyhow!("{}", line.trim_start_matches("error: "))
        })?;
    Ok(Stage::from_arg_matches(&matches)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Variant;

    #[test]
    fn what_ships_can_be_trained() {
        for preset in [
            Preset::Course,
            Preset::Paper,
            Preset::Best,
            Preset::SourceOnly,
        ] {
            for stage in preset.stages().unwrap() {
                stage.stage.check(false).unwrap();
            }
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
    fn the_source_only_network_differs_from_the_shipped_one_by_the_doodles_alone() {
        let stages = Preset::SourceOnly.stages().unwrap();
        let best = Preset::Best.stages().unwrap();
        assert_eq!(stages.len(), 1);
        let (own, first, last) = (
            &stages[0].stage,
            &best[0].stage,
            &best[best.len() - 1].stage,
        );
        let losses = own.objective.adversarial().unwrap();
        assert_eq!(losses.variant, Variant::SourceOnly);
        assert_eq!(own.schedule.epochs, first.schedule.epochs);
        let of_photos = |stage: &Stage| {
            (
                stage.model.width,
                stage.optimiser.batch,
                stage.data.source_transform,
                stage.data.augmentation,
                stage.schedule.decay,
                stage.optimiser.learning_rate,
                stage.data.validation,
            )
        };
        assert_eq!(of_photos(own), of_photos(last));
    }

    #[test]
    fn files_are_refused_with_a_reason() {
        for (text, reason) in [
            ("", "missing field `stage`"),
            ("stage = []", "no [[stage]]"),
            ("[[stage]]\nname = \"a/b\"", "letters, digits and dashes"),
            (
                "[[stage]]\nname = \"a\"\n[[stage]]\nname = \"a\"",
                "two stages",
            ),
            ("[[stage]]\nname = \"a\"\nepoch = 3", "'--epoch'"),
            ("[[stage]]\nname = \"a\"\nepochs = \"x\"", "'x'"),
            (
                "[[stage]]\nname = \"a\"\nepochs = true",
                "give a number or text",
            ),
            (
                "[[stage]]\nname = \"a\"\ndata = \"b\"",
                "data belongs on the command line",
            ),
            (
                "[defaults]\ndevice = \"cpu\"\n[[stage]]\nname = \"a\"",
                "[defaults]: device belongs on the command line",
            ),
            (
                "[defaults]\nepoch = 3\n[[stage]]\nname = \"a\"",
                "'--epoch'",
            ),
            (
                "default = 3\n[[stage]]\nname = \"a\"",
                "unknown field `default`",
            ),
        ] {
            let error = format!("{:#}", stages(text).unwrap_err());
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn defaults_count_where_a_stage_does_not_say_otherwise() {
        let text = "[defaults]\nwidth = 8\nepochs = 3\n[[stage]]\nname = \"a\"\n[[stage]]\nname = \"b\"\nwidth = 4";
        let widths: Vec<_> = stages(text)
            .unwrap()
            .iter()
            .map(|NamedStage { stage, .. }| (stage.model.width, stage.schedule.epochs))
            .collect();
        assert_eq!(widths, [(Some(8), Some(3)), (Some(4), Some(3))]);
    }

    #[test]
    fn options_by_their_older_names_count_as_those_by_their_names() {
        let old = "[defaults]\nneighbours = [\"x\"]\n[[stage]]\nname = \"a\"\nteacher = \"t\"\ndistil-labels = \"carried\"";
        let new = "[[stage]]\nname = \"a\"\npropagation-features = [\"x\"]\nteacher = \"t\"\ndistil-labels = \"propagated\"";
        assert_eq!(stages(old).unwrap(), stages(new).unwrap());
        let stage = "[[stage]]\nname = \"a\"\npropagation-features = [\"y\"]";
        let over = format!("[defaults]\nneighbours = [\"x\"]\n{stage}");
        assert_eq!(stages(&over).unwrap(), stages(stage).unwrap());
        let twice = format!("{stage}\nneighbours = [\"x\"]");
        let error = format!("{:#}", stages(&twice).unwrap_err());
        assert!(
            error.contains("propagation-features is given twice"),
            "{error}"
        );
    }

    #[test]
    fn photos_held_out_by_one_stage_are_held_out_by_all_connected_ones() {
        let text = "
            [[stage]]
            name = \"pretraining\"
            [[stage]]
            name = \"teacher\"
            [[stage]]
            name = \"middle\"
            pretrained = \"pretraining\"
            [[stage]]
            name = \"last\"
            pretrained = \"middle\"
            teacher = \"teacher\"
            validation = 0.1
            [[stage]]
            name = \"sibling\"
            pretrained = \"pretraining\"";
        let shares: Vec<f64> = stages(text)
            .unwrap()
            .iter()
            .map(|stage| stage.stage.data.validation)
            .collect();
        // A teacher's weights do not reach its student.
        assert_eq!(shares, [0.1, 0.0, 0.1, 0.1, 0.1]);
        for stage in Preset::Best.stages().unwrap() {
            let reaches = ["simclr", "early", "last"].contains(&&*stage.name);
            assert!(
                !reaches || stage.stage.data.validation == 0.1,
                "{}",
                stage.name
            );
        }
    }

    #[test]
    fn words_are_read_back_as_they_are_shown() {
        for text in ["course", "paper", "best", "source-only", "mine.toml"] {
            assert_eq!(text.parse::<Preset>().unwrap().to_string(), text);
        }
        assert!("bets".parse::<Preset>().is_err());
    }
}
