//! A weights file's tensors as f32, in whatever precision they are stored, without Burn.

use std::collections::BTreeMap;

use safetensors::{
    Dtype, SafeTensors,
    tensor::{TensorView, serialize},
};

use super::{
    METADATA_KEY, Metadata, WeightsError,
    architecture::{Expected, architecture},
    metadata::metadata_from_bytes,
    novelty,
    quantise::{best_scale, pack, row_bytes, unpack},
    values::{check, le_bytes, plain, view},
};

/// Ends of the names of a quantised tensor's two parts: its numbers, and its scales.
const PACKED: &str = "_packed";
const SCALE: &str = "_scale";

/// The values of a network's tensors, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensors {
    values: BTreeMap<String, Vec<f32>>,
}

impl Tensors {
    /// Reads every tensor of the network that the metadata describes.
    ///
    /// # Errors
    /// Where the bytes are damaged, or hold other tensors, values out of range or variances below 0.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, Metadata), WeightsError> {
        let metadata = metadata_from_bytes(bytes)?;
        let file = SafeTensors::deserialize(bytes)
            .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
        let expected = architecture(&metadata);
        let mut left = file.len();
        let mut values = BTreeMap::new();
        for tensor in &expected {
            let (found, parts) = match metadata.precision.bits() {
                Some(bits) if is_quantised(tensor) => (quantised(&file, tensor, bits)?, 2),
                _ => (plain(&file, &tensor.name, &tensor.shape)?, 1),
            };
            check(&tensor.name, &found)?;
            left -= parts.min(left);
            values.insert(tensor.name.clone(), found);
        }
        if metadata.novelty.is_some() {
            left = left.saturating_sub(novelty::TENSORS);
        }
        if left > 0 {
            let unexpected = format!("{left} more than it has");
            return Err(WeightsError::OtherArchitecture(unexpected));
        }
        Ok((Self { values }, metadata))
    }

    /// Values made for each tensor of the network that the metadata describes, by name and shape, in the order of the names.
    pub fn from_fn(metadata: &Metadata, mut make: impl FnMut(&str, &[usize]) -> Vec<f32>) -> Self {
        let mut expected = architecture(metadata);
        expected.sort_by(|one, other| one.name.cmp(&other.name));
        let values = expected.into_iter().map(|Expected { name, shape }| {
            let values = make(&name, &shape);
            (name, values)
        });
        Self {
            values: values.collect(),
        }
    }

    /// The values of a tensor, row by row; none for a name that the network does not have.
    pub fn get(&self, name: &str) -> &[f32] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// A weights file of these values in `metadata.precision`, which is one of whole numbers or f32, without statistics of novelty.
    ///
    /// # Errors
    /// Where the metadata describes another network.
    pub fn to_bytes(&self, metadata: &Metadata) -> Result<Vec<u8>, WeightsError> {
        let write = |error: safetensors::SafeTensorError| WeightsError::Write(error.to_string());
        let mut parts = Vec::new();
        for tensor in architecture(metadata) {
            let values = self.get(&tensor.name);
            if values.len() != tensor.shape.iter().product::<usize>() {
                let what = format!("{} has {} values", tensor.name, values.len());
                return Err(WeightsError::OtherArchitecture(what));
            }
            match metadata.precision.bits() {
                Some(bits) if is_quantised(&tensor) => {
                    let rows = tensor.shape[0];
                    let (mut packed, mut scales) = (Vec::new(), Vec::new());
                    for row in values.chunks_exact(values.len() / rows) {
                        let scale = best_scale(row, bits);
                        pack(row, scale, bits, &mut packed);
                        scales.push(scale);
                    }
                    let shape = vec![rows, packed.len() / rows];
                    parts.push((tensor.name.clone() + PACKED, Dtype::U8, shape, packed));
                    let scales = le_bytes(&scales);
                    parts.push((tensor.name + SCALE, Dtype::F32, vec![rows], scales));
                }
                _ => parts.push((tensor.name, Dtype::F32, tensor.shape, le_bytes(values))),
            }
        }
        let views = parts.iter().map(|(name, dtype, shape, bytes)| {
            let view = TensorView::new(*dtype, shape.clone(), bytes)?;
            Ok((name.as_str(), view))
        });
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(write)?;
        let text = serde_json::to_string(&metadata.clone().with_novelty(None))
            .map_err(|error| WeightsError::BadMetadata(error.to_string()))?;
        let header = std::iter::once((METADATA_KEY.to_owned(), text)).collect();
        serialize(views, Some(header)).map_err(write)
    }
}

/// Kernels and matrices are; biases and batch normalisation are few and stay f32.
fn is_quantised(tensor: &Expected) -> bool {
    tensor.shape.len() > 1
}

fn quantised(
    file: &SafeTensors<'_>,
    tensor: &Expected,
    bits: u32,
) -> Result<Vec<f32>, WeightsError> {
    let rows = tensor.shape[0];
    let columns = tensor.shape[1..].iter().product();
    let bytes = row_bytes(columns, bits);
    let name = format!("{}{PACKED}", tensor.name);
    let packed = view(file, &name, &[rows, bytes])?;
    if packed.dtype() != Dtype::U8 {
        let what = format!("{name} is stored as {:?} instead of U8", packed.dtype());
        return Err(WeightsError::OtherArchitecture(what));
    }
    let scales = plain(file, &format!("{}{SCALE}", tensor.name), &[rows])?;
    let mut values = Vec::with_capacity(rows * columns);
    for (row, scale) in packed.data().chunks_exact(bytes).zip(scales) {
        unpack(row, columns, scale, bits, &mut values);
    }
    Ok(values)
}
