//! A recipe with several seeds.

use std::path::Path;

use anyhow::{Context, bail};

use crate::training::{NamedStage, Stage};

/// The stages of a recipe with each of several seeds, one after another. Those of each are named for it, and its distance from the first is
/// added to their own seeds, which those of the first have already.
///
/// # Errors
/// Where a seed grows too large, or one of the stages would be another one of another seed over again.
pub fn with_seeds(
    stages: &[NamedStage<Stage>],
    seeds: &[u64],
) -> anyhow::Result<Vec<NamedStage<Stage>>> {
    let mut all = Vec::new();
    let first = seeds.first().copied().unwrap_or_default();
    let last = seeds.last().copied().unwrap_or_default();
    if let Some((one, other)) = repeated(stages, last - first) {
        bail!(
            "stages {} and {} differ in their seeds alone, {} and {}: with so many --seeds one repeats the other; give fewer",
            one.name,
            other.name,
            one.stage.optimiser.seed,
            other.stage.optimiser.seed
        );
    }
    for seed in seeds {
        let name = |stage: &str| match stages {
            [_] => format!("seed-{seed}"),
            _ => format!("seed-{seed}-{stage}"),
        };
        for named in stages {
            let mut stage = named.stage.clone();
            for run in stage.runs_before_mut() {
                if let Some(earlier) = stages.iter().find(|stage| Path::new(&stage.name) == run) {
                    *run = name(&earlier.name).into();
                }
            }
            let own = stage.optimiser.seed;
            stage.optimiser.seed = own.checked_add(seed - first).with_context(|| {
                format!(
                    "the seed of stage {}, {own}, grows too large: give a smaller --seed",
                    named.name
                )
            })?;
            all.push(NamedStage {
                name: name(&named.name),
                stage,
            });
        }
    }
    Ok(all)
}

/// Two stages, if there are such, one of which becomes the other if up to `distance` is added to its seed.
fn repeated(
    stages: &[NamedStage<Stage>],
    distance: u64,
) -> Option<(&NamedStage<Stage>, &NamedStage<Stage>)> {
    let repeats = |one: &Stage, other: &Stage| {
        let mut moved = one.clone();
        moved.optimiser.seed = other.optimiser.seed;
        let apart = one.optimiser.seed.abs_diff(other.optimiser.seed);
        apart > 0 && apart <= distance && moved == *other
    };
    let mut pairs = stages.iter().enumerate().flat_map(|(number, one)| {
        let later = stages[number + 1..].iter();
        later.map(move |other| (one, other))
    });
    pairs.find(|(one, other)| repeats(&one.stage, &other.stage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::Preset;

    #[test]
    fn so_many_seeds_that_a_teacher_would_be_trained_twice_are_refused() {
        let stages = Preset::Best.stages().unwrap();
        let seeds: Vec<u64> = (7..108).collect();
        assert_eq!(with_seeds(&stages, &seeds[..100]).unwrap().len(), 300);
        let error = with_seeds(&stages, &seeds).unwrap_err().to_string();
        assert!(error.contains("teacher-1 and teacher-2"), "{error}");
    }
}
