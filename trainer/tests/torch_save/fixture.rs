//! What PyTorch saved for the tests, taken apart, to be saved anew in other forms.

use std::path::{Path, PathBuf};

use burn::tensor::{DType, Device, TensorData};
use pytorch_reader::{DType as Stored, PytorchReader};

use shared::{
    classes::ClassNames,
    weights::{Calibration, Domain, Metadata, Training, bytes_from_classifier},
};
use trainer::pytorch::{StateDictFile, read_state_dicts};

use super::{Tensor, Value};

pub fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pytorch_state");
    folder.join(name)
}

/// A file without a choice among its modules.
pub fn source(file: &Path) -> StateDictFile<'_> {
    StateDictFile { file, key: None }
}

/// The tensors of a module, by the notebook's names.
pub type StateDict = Vec<(String, Tensor)>;

/// A state dict that PyTorch saved, as f32, without the `module.` that one of the two has.
fn saved(name: &str) -> StateDict {
    let reader = PytorchReader::new(fixture(name)).unwrap();
    let mut names = reader.keys();
    names.sort();
    names.retain(|name| !name.ends_with("num_batches_tracked"));
    let tensors = names.iter().map(|name| {
        let tensor = reader.get(name).unwrap();
        let kind = match tensor.dtype() {
            Stored::F32 => DType::F32,
            Stored::F16 => DType::F16,
            other => panic!("{name} is {other:?}"),
        };
        let shape = tensor.shape().to_vec();
        let data = TensorData::from_bytes_vec(tensor.read().unwrap(), shape.clone(), kind);
        let values = data.convert::<f32>().try_to_vec().unwrap();
        let name = name.trim_start_matches("module.").to_owned();
        (name, Tensor::new(shape, values))
    });
    tensors.collect()
}

pub fn extractor() -> StateDict {
    saved("extractor_model.bin")
}

pub fn predictor() -> StateDict {
    saved("predictor_model.bin")
}

pub fn prefixed(prefix: &str, dict: &StateDict) -> Value {
    let items = dict.iter();
    Value::Dict(
        items
            .map(|(name, tensor)| (format!("{prefix}{name}"), Value::Tensor(tensor.clone())))
            .collect(),
    )
}

pub fn dict<const N: usize>(items: [(&str, Value); N]) -> Value {
    let items = items.into_iter();
    Value::Dict(items.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// All items of several dicts in one.
pub fn joined<const N: usize>(values: [Value; N]) -> Value {
    let items = values.into_iter().flat_map(|value| match value {
        Value::Dict(items) => items,
        _ => panic!("no dict"),
    });
    Value::Dict(items.collect())
}

/// A weights file with everything that metadata can say.
pub fn exported() -> Vec<u8> {
    let (e, p) = (
        fixture("extractor_model.bin"),
        fixture("predictor_model.bin"),
    );
    let names = ClassNames::new(["cup", "hat", "鐘"].map(String::from).to_vec()).unwrap();
    let (classifier, metadata) =
        read_state_dicts(source(&e), source(&p), Some(&names), &Device::flex()).unwrap();
    let metadata = Metadata {
        training: Some(Training {
            run: "first".to_owned(),
            epochs: 3,
            seed: 7,
            date: "2020-02-02".to_owned(),
        }),
        calibration: Some(Calibration {
            domain: Domain::Source,
            held_out: true,
            temperature: 1.5,
            pictures: 20,
            accuracy: 0.5,
            expected_calibration_error: 0.1,
        }),
        ..metadata
    };
    bytes_from_classifier(&classifier, &metadata).unwrap()
}
