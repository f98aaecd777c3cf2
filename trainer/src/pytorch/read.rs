use std::{
    io,
    path::{Path, PathBuf},
};

use burn::tensor::{DType, Device, TensorData};
use pytorch_reader::{DType as Stored, PytorchError, PytorchReader};
use safetensors::{
    Dtype,
    tensor::{TensorView, serialize},
};
use shared::{
    classes::ClassNames,
    model::Classifier,
    weights::{METADATA_KEY, Metadata, WeightsError, classifier_from_bytes},
};

use super::names::{COUNTER, Part, ours};

/// Why a state dict could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PyTorchError {
    /// The file is no state dict that `torch.save` wrote.
    #[error("{}: cannot be read as a PyTorch state dict ({source}); save it with torch.save(model.state_dict(), ...)", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: PytorchError,
    },
    /// A tensor's values cannot be read.
    #[error("{}: its values cannot be read ({source}); copy or save it again", .file.display())]
    Values {
        /// The file.
        file: PathBuf,
        /// What is wrong, with the tensor's name.
        source: io::Error,
    },
    /// An entry that the notebook's model does not have.
    #[error("{}: {name} is not in the notebook's {model}; give the state dict of that model", .file.display())]
    Unexpected {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: String,
        /// What the model is called.
        model: &'static str,
    },
    /// An entry whose numbers are no floating point numbers.
    #[error("{}: {name} is stored as {stored:?}; only F64, F32, F16 and BF16 are read", .file.display())]
    Kind {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: String,
        /// How it is stored.
        stored: Stored,
    },
    /// An entry that says how large the network is is missing.
    #[error("{}: {name} is missing; give the state dict of the notebook's {model}", .file.display())]
    Missing {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: &'static str,
        /// What the model is called.
        model: &'static str,
    },
    /// The number of class names is not that of the network's outputs.
    #[error(
        "there are {names} class names and the predictor has {outputs} outputs: give one name for each"
    )]
    Classes {
        /// Names given.
        names: usize,
        /// Outputs of the predictor.
        outputs: usize,
    },
    /// The two state dicts are not those of one network.
    #[error("the two state dicts are not those of one classifier ({0})")]
    Together(#[from] WeightsError),
    /// The tensors cannot be written down.
    #[error("the weights could not be put together: {0}")]
    Tensors(#[from] safetensors::SafeTensorError),
}

/// The classifier of two state dicts, as the notebook saves them (`extractor_model.bin`, `predictor_model.bin`), of any width
/// and number of classes, on a device, with the metadata of a weights file.
///
/// # Errors
/// When a file cannot be read, or the two do not make up one classifier.
pub fn read_state_dicts(
    extractor: &Path,
    predictor: &Path,
    classes: &ClassNames,
    device: &Device,
) -> Result<(Classifier, Metadata), PyTorchError> {
    let mut entries = entries(extractor, Part::Extractor)?;
    entries.extend(self::entries(predictor, Part::Predictor)?);
    let size = |name: &'static str, file: &Path, model| {
        let entry = entries.iter().find(|entry| entry.name == name);
        let rows = entry.and_then(|entry| entry.shape.first().copied());
        rows.ok_or_else(|| PyTorchError::Missing {
            file: file.to_owned(),
            name,
            model,
        })
    };
    let width = size("extractor.blocks.0.conv.weight", extractor, EXTRACTOR)?;
    let outputs = size("predictor.layers.2.weight", predictor, PREDICTOR)?;
    if outputs != classes.len() {
        return Err(PyTorchError::Classes {
            names: classes.len(),
            outputs,
        });
    }
    let metadata = Metadata::new(classes.clone(), width);
    let text = serde_json::to_string(&metadata)
        .map_err(|error| WeightsError::BadMetadata(error.to_string()))?;
    let views: Result<Vec<_>, _> = entries
        .iter()
        .map(|entry| {
            let view = TensorView::new(Dtype::F32, entry.shape.clone(), &entry.bytes)?;
            Ok((entry.name.as_str(), view))
        })
        .collect();
    let header = [(METADATA_KEY.to_owned(), text)].into();
    let bytes = serialize(views.map_err(PyTorchError::Tensors)?, Some(header))?;
    Ok(classifier_from_bytes(&bytes, device)?)
}

const EXTRACTOR: &str = "feature extractor";
const PREDICTOR: &str = "label predictor";

/// A tensor under our name, as f32 in the machine's byte order.
struct Entry {
    name: String,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// The entries of a state dict in the order of their names.
fn entries(file: &Path, part: Part) -> Result<Vec<Entry>, PyTorchError> {
    let reader = PytorchReader::new(file).map_err(|source| PyTorchError::Unreadable {
        file: file.to_owned(),
        source,
    })?;
    let model = match part {
        Part::Extractor => EXTRACTOR,
        Part::Predictor => PREDICTOR,
    };
    let mut names = reader.keys();
    names.sort();
    let mut entries = Vec::new();
    for name in names.into_iter().filter(|name| !name.ends_with(COUNTER)) {
        let unexpected = || PyTorchError::Unexpected {
            file: file.to_owned(),
            name: name.clone(),
            model,
        };
        let tensor = reader.get(&name).ok_or_else(unexpected)?;
        let ours = ours(part, &name).ok_or_else(unexpected)?;
        let kind = match tensor.dtype() {
            Stored::F64 => DType::F64,
            Stored::F32 => DType::F32,
            Stored::F16 => DType::F16,
            Stored::BF16 => DType::BF16,
            stored => {
                return Err(PyTorchError::Kind {
                    file: file.to_owned(),
                    name,
                    stored,
                });
            }
        };
        let bytes = tensor.read().map_err(|source| PyTorchError::Values {
            file: file.to_owned(),
            source,
        })?;
        let shape = tensor.shape().to_vec();
        let values = TensorData::from_bytes_vec(bytes, shape.clone(), kind).convert::<f32>();
        entries.push(Entry {
            name: ours,
            shape,
            bytes: values.iter::<f32>().flat_map(f32::to_le_bytes).collect(),
        });
    }
    Ok(entries)
}
