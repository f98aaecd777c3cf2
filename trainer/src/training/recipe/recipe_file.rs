//! Recipes of one or more stages, each stage's settings under the names of the command line's options.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use clap::{Args, Command, FromArgMatches};
use serde::{Deserialize, Serialize};

use super::{CheckedStage, Stage};

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
    /// The seeds to train it with, one run each.
    seeds: Option<Vec<u64>>,
    /// Options of `train` without their dashes.
    #[serde(flatten)]
    options: toml::Table,
}

/// The stages that a recipe's text describes, in order. A stage with several seeds is several, each under the stage's name and a number
/// from 1; a `teacher` of that name is all of them.
///
/// # Errors
/// Where it is no TOML, or sets an option that `train` does not have or to a value that it does not take.
pub(super) fn stages(text: &str) -> anyhow::Result<Vec<NamedStage<Stage>>> {
    let recipe: Recipe = toml::from_str(text)?;
    ensure!(!recipe.stage.is_empty(), "it has no [[stage]]");
    let defaults = by_current_names(recipe.defaults).context("[defaults]")?;
    refuse_owned(&defaults).context("[defaults]")?;
    let mut stages: Vec<NamedStage<Stage>> = Vec::new();
    let (mut names, mut with_seeds) = (BTreeSet::new(), BTreeMap::new());
    let mut take = |name: &str| {
        ensure!(
            names.insert(name.to_owned()),
            "two stages are named {name}: give each a name of its own"
        );
        Ok(())
    };
    for table in recipe.stage {
        let name = table.name.clone();
        ensure!(
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "stage {name:?}: name it with letters, digits and dashes"
        );
        take(&name)?;
        let runs = runs_of(table, &defaults, &with_seeds);
        let runs = runs.with_context(|| format!("stage {name}"))?;
        if runs.len() > 1 {
            runs.iter().try_for_each(|run| take(&run.name))?;
            let paths = runs.iter().map(|run| run.name.clone().into());
            with_seeds.insert(name.into(), paths.collect());
        }
        stages.extend(runs);
    }
    hold_out_together(&mut stages);
    Ok(stages)
}

/// The runs of one stage: one for each of its seeds.
fn runs_of(
    table: StageTable,
    defaults: &toml::Table,
    with_seeds: &BTreeMap<PathBuf, Vec<PathBuf>>,
) -> anyhow::Result<Vec<NamedStage<Stage>>> {
    let StageTable {
        name,
        seeds,
        options,
    } = table;
    let options = by_current_names(options)?;
    refuse_owned(&options)?;
    ensure!(
        seeds.is_none() || !options.contains_key("seed"),
        "it has both seed and seeds: leave one out"
    );
    let mut all = defaults.clone();
    all.extend(options);
    let mut stage = stage(all)?;
    if let Some(adversarial) = stage.objective.adversarial_mut() {
        let teachers = std::mem::take(&mut adversarial.distillation.teacher).into_iter();
        let runs = teachers.flat_map(|teacher| match with_seeds.get(&teacher) {
            Some(runs) => runs.clone(),
            None => vec![teacher],
        });
        adversarial.distillation.teacher = runs.collect();
    }
    let pretrained = stage.model.pretrained.as_ref();
    if let Some(several) = pretrained.filter(|name| with_seeds.contains_key(*name)) {
        let name = several.display();
        bail!("pretrained = {name} is several runs: name one of them, as {name}-1");
    }
    let Some(seeds) = seeds else {
        return Ok(vec![NamedStage { name, stage }]);
    };
    ensure!(
        seeds.len() > 1,
        "seeds has fewer than two: give more, or one as seed"
    );
    let run = |(number, seed): (usize, &u64)| {
        ensure!(
            !seeds[..number].contains(seed),
            "seeds has {seed} twice: leave one out"
        );
        let mut stage = stage.clone();
        stage.optimiser.seed = *seed;
        let name = format!("{name}-{}", number + 1);
        Ok(NamedStage { name, stage })
    };
    seeds.iter().enumerate().map(run).collect()
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

/// Whether an option of `train` takes no value.
fn is_switch(name: &str) -> bool {
    let command = Stage::augment_args(Command::new("stage"));
    let is_it = |argument: &&clap::Arg| argument.get_long() == Some(name);
    let argument = command.get_arguments().find(is_it);
    argument.is_some_and(|argument| !argument.get_action().takes_values())
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
                toml::Value::Boolean(is_on) if is_switch(&name) => {
                    words.extend(is_on.then(|| format!("--{name}")));
                    continue;
                }
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
                "[[stage]]\nname = \"a\"\ntensorboard = 1",
                "unexpected value",
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
            (
                "[[stage]]\nname = \"a\"\nseeds = [1]",
                "stage a: seeds has fewer than two",
            ),
            (
                "[[stage]]\nname = \"a\"\nseeds = [1, 2, 1]",
                "seeds has 1 twice",
            ),
            (
                "[[stage]]\nname = \"a\"\nseed = 1\nseeds = [1, 2]",
                "both seed and seeds",
            ),
            (
                "[[stage]]\nname = \"a\"\nseeds = [1, 2]\n[[stage]]\nname = \"a-2\"",
                "two stages are named a-2",
            ),
            (
                "[[stage]]\nname = \"a\"\nseeds = [1, 2]\n[[stage]]\nname = \"a\"",
                "two stages are named a:",
            ),
            (
                "[[stage]]\nname = \"a\"\nseeds = [1, 2]\n[[stage]]\nname = \"b\"\npretrained = \"a\"",
                "as a-1",
            ),
        ] {
            let error = format!("{:#}", stages(text).unwrap_err());
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn a_stage_with_seeds_is_a_run_for_each_and_a_teacher_of_its_name_all_of_them() {
        let text = "[[stage]]\nname = \"a\"\nseeds = [7, 3]\nwidth = 8
            [[stage]]\nname = \"b\"\nteacher = [\"a\", \"other\"]\nseed = 5";
        let stages = stages(text).unwrap();
        let runs: Vec<_> = stages
            .iter()
            .map(|NamedStage { name, stage }| (&**name, stage.optimiser.seed, stage.model.width))
            .collect();
        assert_eq!(
            runs,
            [("a-1", 7, Some(8)), ("a-2", 3, Some(8)), ("b", 5, None)]
        );
        let student = stages[2].stage.objective.adversarial().unwrap();
        let teachers = ["a-1", "a-2", "other"].map(PathBuf::from);
        assert_eq!(student.distillation.teacher, teachers);
    }

    #[test]
    fn an_option_without_a_value_is_on_or_off() {
        for on in [true, false] {
            let text = format!("[[stage]]\nname = \"a\"\ntensorboard = {on}");
            let stages = stages(&text).unwrap();
            assert_eq!(stages[0].stage.evaluation.tensorboard, on);
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
        let old = "[defaults]\nbalance = 0.5\n[[stage]]\nname = \"a\"\ngeometry = \"mild\"";
        let new = "[[stage]]\nname = \"a\"\nim-weight = 0.5\naugmentation = \"mild\"";
        assert_eq!(stages(old).unwrap(), stages(new).unwrap());
        let stage = "[[stage]]\nname = \"a\"\nim-weight = 0.7";
        let over = format!("[defaults]\nbalance = 0.5\n{stage}");
        assert_eq!(stages(&over).unwrap(), stages(stage).unwrap());
        let twice = format!("{stage}\nbalance = 0.5");
        let error = format!("{:#}", stages(&twice).unwrap_err());
        assert!(error.contains("im-weight is given twice"), "{error}");
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
    }
}
