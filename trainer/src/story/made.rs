use clap::ValueEnum;
use shared::{
    story::{LossTerm, Made, Shipped},
    weights::Metadata,
};

use super::Pictures;
use crate::{
    data::DataSet,
    training::{Objective, RunInfo, Variant},
};

/// How a run on `data` was trained; `shipped` is the metadata of the network on the page, where that is another.
///
/// # Errors
/// When the run's manifest cannot be read.
pub fn made(
    info: &RunInfo,
    data: &DataSet,
    pictures: &Pictures,
    shipped: Option<&Metadata>,
) -> anyhow::Result<Made> {
    let config = &info.config;
    let objective = &config.objective;
    let held_out = match info.folder.manifest()? {
        Some(manifest) => manifest.held_out(),
        // Runs of the first format kept none; what they held out depends on the data alone.
        None => {
            let held_out = data.photos.held_out(config.data.validation);
            held_out.into_iter().filter(|held_out| *held_out).count()
        }
    };
    Ok(Made {
        run: info.name(),
        epochs: info.history.len() as u32,
        seed: config.optimiser.seed,
        variant: variant(objective),
        losses: losses(objective),
        photos: data.photos.pictures.len() - held_out,
        held_out,
        doodles: if objective.reads_doodles() {
            data.doodles.pictures.len()
        } else {
            0
        },
        doodle_classes: pictures.doodle_classes(),
        shown_classes: pictures.shown_classes(),
        shipped: shipped.map(|metadata| Shipped {
            run: metadata
                .training
                .as_ref()
                .map(|training| training.run.clone()),
            epochs: metadata.training.as_ref().map(|training| training.epochs),
        }),
    })
}

fn variant(objective: &Objective) -> String {
    let Some(adversarial) = objective.adversarial() else {
        return "pseudo-labels".to_owned();
    };
    let value = adversarial.variant.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

/// The losses that a run minimises, with their weights.
fn losses(objective: &Objective) -> Vec<LossTerm> {
    let mut losses = vec![("class_loss", "1".to_owned())];
    match objective.adversarial() {
        Some(adversarial) => {
            let lambda = adversarial.lambda.to_string();
            match adversarial.variant {
                Variant::SourceOnly => {}
                Variant::Confusion => losses.push(("confusion_loss", lambda)),
                Variant::TwoStep | Variant::Reversal => losses.push(("domain_loss", lambda)),
            }
            let doodles = &adversarial.doodles;
            let distillation = objective.distillation();
            let weighted = [
                ("information_maximisation_loss", doodles.im_weight),
                ("consistency_loss", doodles.consistency),
                (
                    "distillation_loss",
                    distillation.map_or(0.0, |distillation| distillation.distil),
                ),
            ];
            let used = weighted.into_iter().filter(|(_, weight)| *weight > 0.0);
            losses.extend(used.map(|(name, weight)| (name, weight.to_string())));
        }
        None => losses.push(("pseudo_label_loss", "1".to_owned())),
    }
    losses
        .into_iter()
        .map(|(name, weight)| LossTerm {
            name: name.to_owned(),
            weight,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::training::{CheckpointSelector, Refinement, SelfTraining};

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        objective: Objective,
    }

    fn objective(options: &str) -> Objective {
        let words = std::iter::once("train").chain(options.split_whitespace());
        Options::parse_from(words).objective
    }

    fn named(objective: &Objective) -> Vec<(String, String)> {
        let losses = losses(objective).into_iter();
        losses.map(|loss| (loss.name, loss.weight)).collect()
    }

    #[test]
    fn losses_are_those_that_the_options_ask_for() {
        let pair = |name: &str, weight: &str| (name.to_owned(), weight.to_owned());
        let class = pair("class_loss", "1");
        let found = named(&objective("--variant source-only"));
        assert_eq!(found, std::slice::from_ref(&class));
        let found = named(&objective(
            "--variant reversal --lambda 0.1 --im-weight 1 --consistency 0.5",
        ));
        assert_eq!(
            found,
            [
                class.clone(),
                pair("domain_loss", "0.1"),
                pair("information_maximisation_loss", "1"),
                pair("consistency_loss", "0.5"),
            ]
        );
        let found = named(&objective("--variant confusion --teacher one --distil 3"));
        assert_eq!(
            found,
            [
                class.clone(),
                pair("confusion_loss", "log"),
                pair("distillation_loss", "3"),
            ]
        );
        let refined = Objective::SelfTraining(SelfTraining {
            confidence: 0.8,
            refinement: Refinement {
                from: "before".into(),
                selector: CheckpointSelector::Latest,
                momentum: 0.8,
            },
        });
        assert_eq!(named(&refined), [class, pair("pseudo_label_loss", "1")]);
        assert_eq!(variant(&refined), "pseudo-labels");
        assert_eq!(variant(&objective("")), "two-step");
    }
}
