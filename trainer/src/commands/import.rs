//! `import`: PyTorch state dicts to one weights file.

use std::path::{Path, PathBuf};

use anyhow::Context;
use burn::tensor::Device;
use shared::{classes::ClassNames, weights::bytes_from_classifier};

use super::ensure_apart;
use crate::{
    data::listed_classes,
    pytorch::{StateDictFile, read_state_dicts},
    say,
};

/// Options of `import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The feature extractor's state dict, as torch.save writes it or as safetensors; a checkpoint that holds it will do, under any
    /// prefix, and one that holds both modules may be given for both.
    #[arg(long, value_name = "FILE", default_value = "extractor_model.bin")]
    extractor: PathBuf,
    /// The label predictor's state dict.
    #[arg(long, value_name = "FILE", default_value = "predictor_model.bin")]
    predictor: PathBuf,
    /// Where several modules in the checkpoint fit the feature extractor: what the names of the right one begin with, such as ema.
    #[arg(long, value_name = "PREFIX")]
    extractor_key: Option<String>,
    /// The same for the label predictor.
    #[arg(long, value_name = "PREFIX")]
    predictor_key: Option<String>,
    /// Text file with the name of each class, one a line [default: those in the files, where `export` wrote them, or the course's
    /// ten].
    #[arg(long, value_name = "FILE")]
    classes: Option<PathBuf>,
    /// The weights file to write.
    #[arg(long, value_name = "FILE", default_value = "edgewise.safetensors")]
    out: PathBuf,
}

/// Imports.
///
/// # Errors
/// When a file cannot be read or written, or the two are not those of one classifier.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let read = [&args.extractor, &args.predictor].map(PathBuf::as_path);
    ensure_apart(&args.out, read.into_iter().chain(args.classes.as_deref()))?;
    let classes = args.classes.as_deref().map(read_classes).transpose()?;
    let extractor = StateDictFile {
        file: &args.extractor,
        key: args.extractor_key.as_deref(),
    };
    let predictor = StateDictFile {
        file: &args.predictor,
        key: args.predictor_key.as_deref(),
    };
    let (classifier, metadata) =
        read_state_dicts(extractor, predictor, classes.as_ref(), &Device::flex())?;
    let bytes = bytes_from_classifier(&classifier, &metadata)?;
    files::write(&args.out, &bytes)?;
    say!(
        "{}: {} bytes, width {}, {} classes",
        args.out.display(),
        bytes.len(),
        metadata.width,
        metadata.classes.len()
    );
    Ok(())
}

fn read_classes(file: &Path) -> anyhow::Result<ClassNames> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    listed_classes(&text).with_context(|| format!("{}", file.display()))
}
