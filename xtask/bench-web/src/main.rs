//! For `cargo xtask bench web`: writes the classifier in the formats of other libraries, and its logits to compare with.
//!
//! `bench_web SHIPPED F32 FOLDER` writes to FOLDER, for the weights file F32 (`shipped-width`) and for random weights at the course's
//! full width (`full-width`): `NAME.onnx`, `NAME.tflite`, `NAME.bin` and `NAME.json` with a picture and its logits. For Edgewise itself
//! there is `full-width.safetensors`, and `edgewise.json` with the logits of the weights file SHIPPED.

mod flat;
mod logits;
mod net;
mod onnx;
mod random;
mod tflite;

use std::{env, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::json;
use shared::weights::{Metadata, Tensors};

use net::Net;

/// Channels of the course's first block.
const FULL_WIDTH: usize = 64;

fn main() -> Result<()> {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let [shipped, f32_weights, folder] = &arguments[..] else {
        bail!(
            "bench_web wants the shipped weights, the same in f32, and a folder: run `cargo xtask bench web`"
        );
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;

    let (tensors, metadata) = read(Path::new(shipped))?;
    write_logits(folder, "edgewise", &tensors, &metadata)?;

    let (tensors, metadata) = read(Path::new(f32_weights))?;
    write_formats(folder, "shipped-width", &tensors, &metadata)?;

    let full_width = random::weights(FULL_WIDTH)?;
    let (tensors, metadata) = Tensors::from_bytes(&full_width)?;
    write(folder, "full-width.safetensors", &full_width)?;
    write_formats(folder, "full-width", &tensors, &metadata)
}

fn read(path: &Path) -> Result<(Tensors, Metadata)> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Tensors::from_bytes(&bytes)
        .with_context(|| format!("{} cannot be used: export it again", path.display()))
}

fn write_formats(folder: &Path, name: &str, tensors: &Tensors, metadata: &Metadata) -> Result<()> {
    let net = Net::folded(tensors, metadata.width, metadata.classes.len());
    write(folder, &format!("{name}.onnx"), &onnx::model(&net))?;
    write(folder, &format!("{name}.tflite"), &tflite::model(&net))?;
    write(folder, &format!("{name}.bin"), &flat::weights(&net))?;
    write_logits(folder, name, tensors, metadata)
}

fn write_logits(folder: &Path, name: &str, tensors: &Tensors, metadata: &Metadata) -> Result<()> {
    let picture = logits::picture();
    let logits = logits::native(tensors, metadata, &picture)?;
    let check = json!({ "width": metadata.width, "picture": picture.to_vec(), "logits": logits });
    write(
        folder,
        &format!("{name}.json"),
        check.to_string().as_bytes(),
    )
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
