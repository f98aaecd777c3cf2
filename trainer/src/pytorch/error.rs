//! Why state dicts could not be read. Every message names the file and what stands in the way.

use std::{io, path::PathBuf};

use pytorch_reader::PytorchError;
use safetensors::SafeTensorError;
use shared::{architecture::MAX_WIDTH, weights::WeightsError};

/// Why a state dict could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PyTorchError {
    /// The file cannot be opened.
    #[error("{}: cannot be read ({cause}); where one checkpoint holds both modules, give it as --extractor and as --predictor", .file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The file is no state dict that `torch.save` wrote.
    #[error("{}: cannot be read as a PyTorch state dict ({cause}); save it with torch.save(model.state_dict(), ...)", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: PytorchError,
    },
    /// The file is no whole safetensors file.
    #[error("{}: cannot be read as safetensors ({cause}); copy or save it again", .file.display())]
    Safetensors {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: SafeTensorError,
    },
    /// The metadata of an export of ours is broken.
    #[error("{}: {cause}", .file.display())]
    Metadata {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: WeightsError,
    },
    /// The file is a weights file already.
    #[error("{}: is a weights file of Edgewise and needs no import; give it as --weights", .file.display())]
    WeightsFile {
        /// The file.
        file: PathBuf,
    },
    /// The file holds no tensors.
    #[error("{}: holds no tensors; give the state dict of the notebook's {model}", .file.display())]
    Nothing {
        /// The file.
        file: PathBuf,
        /// What the model is called.
        model: &'static str,
    },
    /// A tensor's values cannot be read.
    #[error("{}: its values cannot be read ({cause}); copy or save it again", .file.display())]
    Values {
        /// The file.
        file: PathBuf,
        /// What is wrong, with the tensor's name.
        cause: io::Error,
    },
    /// An entry that the notebook's model does not have.
    #[error("{}: {name} is not in the notebook's {model}, whose names are {sequence}.0.weight and so on after any prefix; give the state dict of that model", .file.display())]
    Unexpected {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: String,
        /// What the model is called.
        model: &'static str,
        /// What its entries' names begin with.
        sequence: &'static str,
    },
    /// Several modules of the checkpoint fit, and they differ.
    #[error("{}: the notebook's {model} could be {prefixes}; say which with {flag}", .file.display())]
    Several {
        /// The file.
        file: PathBuf,
        /// What the model is called.
        model: &'static str,
        /// The prefixes of their names, listed.
        prefixes: String,
        /// The option that chooses.
        flag: &'static str,
    },
    /// There is nothing of the model under the key that was given.
    #[error("{}: {flag} {key}: nothing of the notebook's {model} is there, but {prefixes}", .file.display())]
    NotUnder {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
        /// The option that it was given with.
        flag: &'static str,
        /// What the model is called.
        model: &'static str,
        /// The prefixes that there are, listed.
        prefixes: String,
    },
    /// An entry whose numbers are no floating point numbers.
    #[error("{}: {name} is stored as {stored}; only F64, F32, F16 and BF16 are read", .file.display())]
    Kind {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: String,
        /// How it is stored.
        stored: String,
    },
    /// An entry is missing.
    #[error("{}: {name} is missing; give the whole state dict of the notebook's {model}", .file.display())]
    Missing {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: String,
        /// What the model is called.
        model: &'static str,
    },
    /// An entry is of another shape than the notebook's.
    #[error("{}: {name} has the shape {found:?}, in the notebook's network it would be {wanted:?}", .file.display())]
    Shape {
        /// The file.
        file: PathBuf,
        /// The entry.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// The shape in a network as wide as this one's first block, with as many classes.
        wanted: Vec<usize>,
    },
    /// The first block is wider than any network here.
    #[error("{}: the first block has {width} channels; 1 to {MAX_WIDTH} are read", .file.display())]
    Width {
        /// The file.
        file: PathBuf,
        /// Its channels.
        width: usize,
    },
    /// The number of class names is not that of the network's outputs.
    #[error(
        "there are {names} class names and the predictor has {outputs} outputs: give one name for each with --classes"
    )]
    Classes {
        /// Names given.
        names: usize,
        /// Outputs of the predictor.
        outputs: usize,
    },
    /// No network can be made of the two state dicts. Tensors have the names of a weights file in the cause.
    #[error("no classifier can be made of the two state dicts; export them again")]
    Together(#[from] WeightsError),
    /// The tensors cannot be written down.
    #[error("the weights could not be put together")]
    Tensors(#[from] SafeTensorError),
}
