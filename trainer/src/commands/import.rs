//! `import`: PyTorch state dicts to one weights file.

use std::path::PathBuf;

use anyhow::Context;
use burn::tensor::Device;
use shared::{classes::ClassNames, weights::bytes_from_classifier};

use crate::{data::listed_classes, pytorch::read_state_dicts, say};

/// Options of `import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The feature extractor's state dict, as torch.save writes it.
    #[arg(long, value_name = "FILE", default_value = "extractor_model.bin")]
    extractor: PathBuf,
    /// The label predictor's state dict.
    #[arg(long, value_name = "FILE", default_value = "predictor_model.bin")]
    predictor: PathBuf,
    /// Text file with the name of each class, one a line [default: the course's ten].
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
    let classes = match &args.classes {
        None => ClassNames::default(),
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            listed_classes(&text).with_context(|| format!("{}", file.display()))?
        }
    };
    let device = Device::flex();
    let (classifier, metadata) =
        read_state_dicts(&args.extractor, &args.predictor, &classes, &device)?;
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
