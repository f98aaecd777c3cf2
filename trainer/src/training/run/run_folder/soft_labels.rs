use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, ensure};
use safetensors::{Dtype, SafeTensors, serialize, tensor::TensorView};

use crate::distillation::SoftLabels;

/// The one tensor in the file, `[doodles, classes]`, f32.
const TENSOR: &str = "soft_labels";

pub(super) fn read(path: &Path) -> anyhow::Result<Option<SoftLabels>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.with_context(|| format!("{} cannot be read", path.display()))?,
    };
    parse(&bytes).map(Some).with_context(|| {
        format!(
            "{} is damaged: put back a copy, or start the run anew",
            path.display()
        )
    })
}

fn parse(bytes: &[u8]) -> anyhow::Result<SoftLabels> {
    let tensors = SafeTensors::deserialize(bytes)?;
    let tensor = tensors.tensor(TENSOR)?;
    ensure!(
        tensor.dtype() == Dtype::F32 && tensor.shape().len() == 2,
        "{TENSOR} is no matrix of f32"
    );
    let values = tensor.data().as_chunks::<4>().0.iter();
    let values = values.map(|bytes| f32::from_le_bytes(*bytes)).collect();
    Ok(SoftLabels::new(values, tensor.shape()[1]))
}

pub(super) fn write(path: &Path, labels: &SoftLabels) -> anyhow::Result<()> {
    let (values, classes) = (labels.values(), labels.classes());
    let shape = vec![values.len() / classes.max(1), classes];
    let bytes: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    let tensor = TensorView::new(Dtype::F32, shape, &bytes)?;
    Ok(files::write(path, &serialize([(TENSOR, tensor)], None)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_labels_come_back_to_the_bit_and_damage_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("soft_labels.safetensors");
        assert_eq!(read(&path).unwrap(), None);
        let labels = SoftLabels::new(vec![0.1, 0.9, 1.0 / 3.0, 2.0 / 3.0], 2);
        write(&path, &labels).unwrap();
        assert_eq!(read(&path).unwrap(), Some(labels));
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        let error = format!("{:#}", read(&path).unwrap_err());
        assert!(
            error.contains("soft_labels.safetensors is damaged"),
            "{error}"
        );
    }
}
