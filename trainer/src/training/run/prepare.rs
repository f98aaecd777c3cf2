//! What is refused before anything is written: by one stage or by any of a recipe's.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use burn::tensor::Device;

use super::{
    Manifest, RunFolder,
    load_model::{is_model, load_teacher, load_to_refine},
    run_of,
};
use crate::{
    data::{DataSet, Labels},
    training::{CheckedStage, NamedStage},
};

/// Refuses stages that cannot be trained on `data`, all settings resolved: too few pictures for a batch, labels that do not fit, a
/// validation share that holds nothing out, and teachers or other models that are missing, not finished or of other classes or width.
///
/// # Errors
/// The first problem, with its stage where there are several.
pub fn check_stages(stages: &[NamedStage], data: &DataSet) -> anyhow::Result<()> {
    for (number, stage) in stages.iter().enumerate() {
        let checked = check(&stage.stage, data, &stages[..number]);
        if stages.len() > 1 {
            checked.with_context(|| format!("stage {}", stage.name))?;
        } else {
            checked?;
        }
    }
    Ok(())
}

fn check(config: &CheckedStage, data: &DataSet, earlier: &[NamedStage]) -> anyhow::Result<()> {
    let photos = config.photos_trained_on(data);
    ensure!(
        config.data.validation == 0.0 || photos < data.photos.pictures.len(),
        "--validation {}: that holds out no photo, since no class has as many as {} different ones; give a larger share, or leave it out",
        config.data.validation,
        (1.0 / config.data.validation).ceil()
    );
    config
        .batches()
        .batches_per_epoch(photos, data.doodles.pictures.len())?;
    if let Some(file) = &config.evaluation.labels {
        Labels::read(file, &data.doodles, &data.classes)?;
    }
    for (option, path) in config.runs_before() {
        let stage = earlier.iter().find(|stage| Path::new(&stage.name) == path);
        match stage {
            Some(stage) if option == "pretrained" => same_width(config, path, stage.stage.width())?,
            Some(_) => {}
            None if !is_model(path) && !earlier.is_empty() => bail!(
                "--{option}: {} is neither an earlier stage, a run's folder nor a weights file",
                path.display()
            ),
            None => {
                let cannot = || format!("--{option} {} cannot be used", path.display());
                let (_, metadata) = load_teacher(path, &Device::flex()).with_context(cannot)?;
                if option == "pretrained" {
                    same_width(config, path, metadata.width)?;
                    continue;
                }
                ensure!(
                    metadata.classes == data.classes,
                    "--{option} {} knows the classes {}, the data has {}: give runs of the data's classes",
                    path.display(),
                    metadata.classes.names().join(", "),
                    data.classes.names().join(", ")
                );
            }
        }
    }
    if let Some(refinement) = config.objective.refinement() {
        load_to_refine(refinement, &data.classes, &Device::flex(), &())?;
    }
    let is_stage = |path: &PathBuf| earlier.iter().any(|stage| Path::new(&stage.name) == path);
    if !config.model.pretrained.as_ref().is_some_and(is_stage) {
        manifest_before(config, data)?;
    }
    Ok(())
}

/// Refuses to start from a run whose networks are of another width.
pub(super) fn same_width(config: &CheckedStage, path: &Path, width: usize) -> anyhow::Result<()> {
    ensure!(
        width == config.width(),
        "--pretrained {} has --width {width}, this run {}: give both the same",
        path.display(),
        config.width()
    );
    Ok(())
}

/// The manifest of the run that this one starts from, if there is one.
///
/// # Errors
/// Where this run holds out photos that the other was, or may have been, trained on.
pub(super) fn manifest_before(
    config: &CheckedStage,
    data: &DataSet,
) -> anyhow::Result<Option<Manifest>> {
    let Some((option, path)) = config.starts_from() else {
        return Ok(None);
    };
    let before = match path.is_file() {
        true => None,
        false => RunFolder::open(&run_of(path)?)?.manifest()?,
    };
    if config.data.validation == 0.0 {
        return Ok(before);
    }
    let (share, path) = (config.data.validation, path.display());
    let Some(before) = before else {
        bail!(
            "--validation {share}: {option} {path} does not record which photos it was trained on, so that accuracy and calibration \
             on photos that it may have seen would say nothing; give --validation 0"
        );
    };
    let own = Manifest::new(data, share, None);
    let seen = own.held_out_but_seen(&before);
    ensure!(
        seen == 0,
        "--validation {share}: {option} {path} was trained on {seen} of the {} photos that this would hold out, so that accuracy and \
         calibration on them would say nothing; train that with the same --validation, or give --validation 0",
        own.held_out()
    );
    Ok(Some(before))
}
