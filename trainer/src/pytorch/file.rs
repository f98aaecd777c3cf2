//! A file of tensors by name: what `torch.save` writes, or safetensors.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use burn::tensor::{Bytes, DType, TensorData};
use pytorch_reader::{DType as Stored, PytorchReader};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use shared::weights::{Metadata, WeightsError, metadata_from_bytes};

use super::PyTorchError;

/// The longest header of a safetensors file, in bytes.
const LONGEST_HEADER: u64 = 100_000_000;

/// A state dict, or a checkpoint of several.
pub(super) struct Checkpoint {
    file: PathBuf,
    tensors: Tensors,
}

enum Tensors {
    PyTorch(PytorchReader),
    /// The file's bytes, which were checked.
    Safetensors(Vec<u8>),
}

impl Checkpoint {
    /// Opens a file; of PyTorch's, no values are read yet.
    pub fn open(file: &Path) -> Result<Self, PyTorchError> {
        let io = |cause| PyTorchError::Io {
            file: file.to_owned(),
            cause,
        };
        let tensors = if is_safetensors(file).map_err(io)? {
            let bytes = fs::read(file).map_err(io)?;
            SafeTensors::deserialize(&bytes).map_err(|cause| PyTorchError::Safetensors {
                file: file.to_owned(),
                cause,
            })?;
            Tensors::Safetensors(bytes)
        } else {
            let reader = PytorchReader::new(file).map_err(|cause| PyTorchError::Unreadable {
                file: file.to_owned(),
                cause,
            })?;
            Tensors::PyTorch(reader)
        };
        Ok(Self {
            file: file.to_owned(),
            tensors,
        })
    }

    /// The names of all tensors, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names = match &self.tensors {
            Tensors::PyTorch(reader) => reader.keys(),
            Tensors::Safetensors(bytes) => {
                let tensors = SafeTensors::deserialize(bytes);
                let names = tensors.iter().flat_map(|tensors| tensors.names());
                names.into_iter().map(str::to_owned).collect()
            }
        };
        names.sort();
        names
    }

    /// A tensor's shape, or nothing where there is no such tensor.
    pub fn shape(&self, name: &str) -> Option<Vec<usize>> {
        match &self.tensors {
            Tensors::PyTorch(reader) => Some(reader.get(name)?.shape().to_vec()),
            Tensors::Safetensors(bytes) => Some(view(bytes, name)?.shape().to_vec()),
        }
    }

    /// A tensor's values as f32, row by row, in little-endian bytes.
    pub fn values(&self, name: &str) -> Result<Vec<u8>, PyTorchError> {
        let values = |cause| PyTorchError::Values {
            file: self.file.clone(),
            cause,
        };
        let absent = || values(io::Error::new(io::ErrorKind::NotFound, name.to_owned()));
        let kind = |stored: String| PyTorchError::Kind {
            file: self.file.clone(),
            name: name.to_owned(),
            stored,
        };
        let (bytes, shape, kind) = match &self.tensors {
            Tensors::PyTorch(reader) => {
                let tensor = reader.get(name).ok_or_else(absent)?;
                let kind = match tensor.dtype() {
                    Stored::F64 => DType::F64,
                    Stored::F32 => DType::F32,
                    Stored::F16 => DType::F16,
                    Stored::BF16 => DType::BF16,
                    stored => return Err(kind(format!("{stored:?}"))),
                };
                let bytes = tensor.read().map_err(values)?;
                (bytes, tensor.shape().to_vec(), kind)
            }
            Tensors::Safetensors(bytes) => {
                let tensor = view(bytes, name).ok_or_else(absent)?;
                let kind = match tensor.dtype() {
                    Dtype::F64 => DType::F64,
                    Dtype::F32 => DType::F32,
                    Dtype::F16 => DType::F16,
                    Dtype::BF16 => DType::BF16,
                    stored => return Err(kind(format!("{stored:?}"))),
                };
                (tensor.data().to_vec(), tensor.shape().to_vec(), kind)
            }
        };
        let data = TensorData::try_from_bytes(Bytes::from_bytes_vec(bytes), shape, kind);
        let data = data.map_err(|error| {
            values(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{name}: {error}"),
            ))
        })?;
        let data = data.convert::<f32>();
        Ok(data.iter::<f32>().flat_map(f32::to_le_bytes).collect())
    }

    /// What an export of ours says about the network that the tensors are a part of.
    pub fn metadata(&self) -> Result<Option<Metadata>, PyTorchError> {
        let Tensors::Safetensors(bytes) = &self.tensors else {
            return Ok(None);
        };
        match metadata_from_bytes(bytes) {
            Ok(metadata) => Ok(Some(metadata)),
            Err(WeightsError::NoMetadata) => Ok(None),
            Err(cause) => Err(PyTorchError::Metadata {
                file: self.file.clone(),
                cause,
            }),
        }
    }
}

fn view<'a>(bytes: &'a [u8], name: &str) -> Option<TensorView<'a>> {
    SafeTensors::deserialize(bytes).ok()?.tensor(name).ok()
}

/// Whether a file begins as safetensors do: the length of the header, then the header, which is JSON.
fn is_safetensors(file: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(file)?.take(9).read_to_end(&mut start)?;
    let length = start.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    Ok(length.is_some_and(|length| length <= LONGEST_HEADER) && start.last() == Some(&b'{'))
}
