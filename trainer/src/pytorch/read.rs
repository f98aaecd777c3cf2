use std::{collections::BTreeMap, path::Path};

use burn::tensor::Device;
use safetensors::{
    Dtype, SafeTensorError,
    tensor::{TensorView, serialize},
};
use shared::{
    architecture::MAX_WIDTH,
    classes::ClassNames,
    model::Classifier,
    weights::{METADATA_KEY, Metadata, WeightsError, classifier_from_bytes},
};

use super::{
    PyTorchError,
    file::Checkpoint,
    find::{Keys, Misfit, find},
    names::{Entry, ModuleName, entries},
};

/// Where a module's state dict is.
#[derive(Clone, Copy, Debug)]
pub struct StateDictFile<'a> {
    /// What `torch.save` wrote, or safetensors: the state dict, or a checkpoint that holds it.
    pub file: &'a Path,
    /// Where several modules of the checkpoint fit, what the names of the right one begin with, such as `ema`.
    pub key: Option<&'a str>,
}

/// The classifier of two state dicts, as the notebook saves them (`extractor_model.bin`, `predictor_model.bin`), of any width
/// and number of classes, on a device, with the metadata of a weights file.
///
/// They are found under any prefix: in checkpoints that hold more, and as `torch.compile`, `DataParallel` and Lightning write
/// them. Without `classes`, their names are those that an export of ours gives, or the course's ten.
///
/// # Errors
/// When a file cannot be read, does not hold the module or holds several that fit, or the two do not make up one classifier.
pub fn read_state_dicts(
    extractor: StateDictFile,
    predictor: StateDictFile,
    classes: Option<&ClassNames>,
    device: &Device,
) -> Result<(Classifier, Metadata), PyTorchError> {
    let extractor = Module::find(extractor, ModuleName::Extractor)?;
    let predictor = Module::find(predictor, ModuleName::Predictor)?;
    let width = extractor.rows("conv.0.weight");
    if !(1..=MAX_WIDTH).contains(&width) {
        let file = extractor.file.to_owned();
        return Err(PyTorchError::Width { file, width });
    }
    let outputs = predictor.rows("layer.4.weight");
    let known = known(&extractor, &predictor)?;
    let classes = match (classes, &known) {
        (Some(classes), _) => classes.clone(),
        (None, Some(known)) => known.classes.clone(),
        (None, None) => ClassNames::default(),
    };
    if outputs != classes.len() {
        return Err(PyTorchError::Classes {
            names: classes.len(),
            outputs,
        });
    }
    let metadata = match known {
        Some(known) => Metadata {
            classes,
            width,
            ..known
        },
        None => Metadata::new(classes, width),
    };
    let text = serde_json::to_string(&metadata)
        .map_err(|error| WeightsError::BadMetadata(error.to_string()))?;
    let mut tensors = extractor.tensors(width, outputs)?;
    tensors.extend(predictor.tensors(width, outputs)?);
    let views: Result<Vec<_>, SafeTensorError> = tensors
        .iter()
        .map(|(entry, bytes)| {
            let view = TensorView::new(Dtype::F32, entry.shape.clone(), bytes)?;
            Ok((entry.ours.as_str(), view))
        })
        .collect();
    let header = [(METADATA_KEY.to_owned(), text)].into();
    let bytes = serialize(views?, Some(header))?;
    Ok(classifier_from_bytes(&bytes, device)?)
}

/// What an export of ours says of the whole network, or of its classes where the two parts are not from one export.
fn known(extractor: &Module, predictor: &Module) -> Result<Option<Metadata>, PyTorchError> {
    let of_extractor = extractor.checkpoint.metadata()?;
    let of_predictor = predictor.checkpoint.metadata()?;
    if of_extractor == of_predictor {
        return Ok(of_predictor);
    }
    Ok(of_predictor.map(|metadata| Metadata::new(metadata.classes, metadata.width)))
}

/// One of the two modules in its file.
struct Module<'a> {
    file: &'a Path,
    part: ModuleName,
    checkpoint: Checkpoint,
    keys: Keys,
}

impl<'a> Module<'a> {
    fn find(source: StateDictFile<'a>, part: ModuleName) -> Result<Self, PyTorchError> {
        let StateDictFile { file, key } = source;
        let checkpoint = Checkpoint::open(file)?;
        let names = checkpoint.names();
        if names
            .iter()
            .any(|name| name.starts_with("extractor.blocks."))
        {
            let file = file.to_owned();
            return Err(PyTorchError::WeightsFile { file });
        }
        // Of any size: names alone are compared.
        let found = find(&names, part, &entries(part, 1, 1), key);
        let found = found.map_err(|misfit| refusal(misfit, source, part))?;
        let keys = the_same(&checkpoint, &found)?.ok_or_else(|| PyTorchError::Several {
            file: file.to_owned(),
            model: part.model(),
            prefixes: listed(found.keys()),
            flag: flag(part),
        })?;
        Ok(Self {
            file,
            part,
            keys: keys.clone(),
            checkpoint,
        })
    }

    /// The first extent of a tensor, which a module that was found has.
    fn rows(&self, name: &str) -> usize {
        let key = self.keys.get(name);
        let shape = key.and_then(|key| self.checkpoint.shape(key));
        shape.and_then(|shape| shape.first().copied()).unwrap_or(0)
    }

    /// Every tensor's values as f32, after all their shapes were compared with those of the network.
    fn tensors(&self, width: usize, outputs: usize) -> Result<Vec<(Entry, Vec<u8>)>, PyTorchError> {
        let of_module = entries(self.part, width, outputs);
        let key = |entry: &Entry| self.keys.get(&entry.theirs).cloned().unwrap_or_default();
        for entry in &of_module {
            let found = self.checkpoint.shape(&key(entry)).unwrap_or_default();
            if found != entry.shape {
                return Err(PyTorchError::Shape {
                    file: self.file.to_owned(),
                    name: key(entry),
                    found,
                    wanted: entry.shape.clone(),
                });
            }
        }
        of_module
            .into_iter()
            .map(|entry| {
                let values = self.checkpoint.values(&key(&entry))?;
                Ok((entry, values))
            })
            .collect()
    }
}

/// The first module that was found, if the others are equal to it: one module may stand under two names.
fn the_same<'a>(
    checkpoint: &Checkpoint,
    found: &'a BTreeMap<String, Keys>,
) -> Result<Option<&'a Keys>, PyTorchError> {
    let mut modules = found.values();
    let first = modules.next();
    for (other, first) in modules.flat_map(|other| first.map(|first| (other, first))) {
        for (other, first) in other.values().zip(first.values()) {
            if checkpoint.shape(other) != checkpoint.shape(first)
                || checkpoint.values(other)? != checkpoint.values(first)?
            {
                return Ok(None);
            }
        }
    }
    Ok(first)
}

fn refusal(misfit: Misfit, source: StateDictFile, part: ModuleName) -> PyTorchError {
    let (file, model) = (source.file.to_owned(), part.model());
    match misfit {
        Misfit::Nothing => PyTorchError::Nothing { file, model },
        Misfit::Unexpected(name) => PyTorchError::Unexpected {
            file,
            name,
            model,
            sequence: part.sequence(),
        },
        Misfit::Missing(name) => PyTorchError::Missing { file, name, model },
        Misfit::NotUnder(prefixes) => PyTorchError::NotUnder {
            file,
            key: source.key.unwrap_or_default().to_owned(),
            flag: flag(part),
            model,
            prefixes: listed(prefixes.iter()),
        },
    }
}

/// The option that chooses among several modules.
fn flag(part: ModuleName) -> &'static str {
    match part {
        ModuleName::Extractor => "--extractor-key",
        ModuleName::Predictor => "--predictor-key",
    }
}

/// Prefixes as one would give them.
fn listed<'a>(prefixes: impl Iterator<Item = &'a String>) -> String {
    let words = prefixes.map(|prefix| match prefix.trim_end_matches('.') {
        "" => "\"\" (what has no prefix)".to_owned(),
        prefix => prefix.to_owned(),
    });
    words.collect::<Vec<_>>().join(" or ")
}
