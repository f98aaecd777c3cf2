use std::{
    fs,
    path::{Path, PathBuf},
};

use burn::module::Module;
use burn::optim::ModuleOptimizer;
use burn::store::RecordError;
use burn::tensor::Device;
use serde::{Deserialize, Serialize};
use shared::{classes::ClassNames, model::Classifier};

use super::{EpochRecord, Networks};

/// Why a checkpoint could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A module's or an optimiser's file is damaged or of another network.
    #[error(
        "{path} does not fit this run's network ({reason}): delete that checkpoint's folder to go on from the one before"
    )]
    Record {
        /// File.
        path: PathBuf,
        /// What differs.
        reason: String,
    },
    /// The state file is damaged.
    #[error(
        "{path} is damaged ({reason}): delete that checkpoint's folder to go on from the one before"
    )]
    State {
        /// File.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// What a checkpoint knows besides the networks: the classes, the log up to its epoch, and the devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Names of the classes, in the order of the logits.
    pub classes: ClassNames,
    /// One record an epoch, from 0.
    pub history: Vec<EpochRecord>,
    /// The devices it was trained on so far, by kind and name, each once.
    #[serde(default)]
    pub devices: Vec<String>,
}

const STATE: &str = "state.json";
const CLASSIFIER: &str = "classifier.bpk";
const TEACHER: &str = "teacher.bpk";
const DOMAIN: &str = "domain.bpk";
const PROJECTION: &str = "projection.bpk";

impl Checkpoint {
    /// Before the first epoch.
    pub fn new(classes: ClassNames) -> Self {
        Self {
            classes,
            history: Vec::new(),
            devices: Vec::new(),
        }
    }

    /// Number of epochs trained.
    pub fn epochs(&self) -> u32 {
        self.history.len() as u32
    }

    /// Writes networks, optimisers and the log under `folder`, as `epoch-00041` after 41 epochs.
    ///
    /// The folder is made beside and renamed: it is there whole or not at all. Older ones are removed, but for the
    /// one before, in case this one's bytes do not reach the disk.
    ///
    /// # Errors
    /// When the file system refuses; the checkpoints there before are untouched then.
    pub fn save(
        &self,
        folder: &Path,
        networks: &Networks,
        teacher: Option<&Classifier>,
    ) -> Result<PathBuf, CheckpointError> {
        let place = folder.join(format!("epoch-{:05}", self.epochs()));
        let beside = place.with_extension("new");
        if beside.exists() {
            fs::remove_dir_all(&beside).map_err(io(&beside))?;
        }
        fs::create_dir_all(&beside).map_err(io(&beside))?;
        save_classifier(&networks.classifier, &beside)?;
        if let Some(teacher) = teacher {
            save_module(teacher, &beside.join(TEACHER))?;
        }
        save_module(&networks.domain, &beside.join(DOMAIN))?;
        if let Some(projection) = &networks.projection {
            save_module(projection, &beside.join(PROJECTION))?;
        }
        for (name, optimiser) in optimisers(networks) {
            let path = beside.join(name);
            optimiser.save(&path).map_err(record(&path))?;
        }
        let state = beside.join(STATE);
        let text = serde_json::to_vec_pretty(self).map_err(|error| CheckpointError::State {
            path: state.clone(),
            reason: error.to_string(),
        })?;
        fs::write(&state, text).map_err(io(&state))?;
        if place.exists() {
            fs::remove_dir_all(&place).map_err(io(&place))?;
        }
        fs::rename(&beside, &place).map_err(io(&place))?;
        for old in list(folder)?.into_iter().rev().skip(2) {
            fs::remove_dir_all(&old).map_err(io(&old))?;
        }
        Ok(place)
    }

    /// The newest checkpoint's folder, where there is one.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn newest(folder: &Path) -> Result<Option<PathBuf>, CheckpointError> {
        Ok(list(folder)?.pop())
    }

    /// Reads what a checkpoint knows besides the networks.
    ///
    /// # Errors
    /// When its file is missing or damaged.
    pub fn read(place: &Path) -> Result<Self, CheckpointError> {
        let state = place.join(STATE);
        let text = fs::read(&state).map_err(io(&state))?;
        serde_json::from_slice(&text).map_err(|error| CheckpointError::State {
            path: state,
            reason: error.to_string(),
        })
    }

    /// Reads a checkpoint's classifier alone into one of the same architecture.
    ///
    /// # Errors
    /// When its file is missing, damaged or of another architecture.
    pub fn load_classifier(
        place: &Path,
        classifier: Classifier,
        device: &Device,
    ) -> Result<Classifier, CheckpointError> {
        load_module(classifier, &place.join(CLASSIFIER), device)
    }

    /// Reads the teacher of the pseudo-label stage into a classifier of the same architecture.
    ///
    /// # Errors
    /// When its file is missing, damaged or of another architecture.
    pub fn load_teacher(
        place: &Path,
        teacher: Classifier,
        device: &Device,
    ) -> Result<Classifier, CheckpointError> {
        load_module(teacher, &place.join(TEACHER), device)
    }

    /// Reads a checkpoint's networks and optimisers into ones of the same architecture.
    ///
    /// # Errors
    /// When a file is missing, damaged or of another architecture.
    pub fn load_networks(
        place: &Path,
        mut networks: Networks,
        device: &Device,
    ) -> Result<Networks, CheckpointError> {
        networks.classifier = Self::load_classifier(place, networks.classifier, device)?;
        networks.domain = load_module(networks.domain, &place.join(DOMAIN), device)?;
        let read = |name: &str, optimiser: ModuleOptimizer| {
            let path = place.join(name);
            optimiser.load(&path).map_err(record(&path))
        };
        let [extractor, predictor, domain, projection] = OPTIMISER_FILES;
        networks.optimisers.extractor = read(extractor, networks.optimisers.extractor)?;
        networks.optimisers.predictor = read(predictor, networks.optimisers.predictor)?;
        networks.optimisers.domain = read(domain, networks.optimisers.domain)?;
        if let Some(head) = networks.projection {
            networks.projection = Some(load_module(head, &place.join(PROJECTION), device)?);
            networks.optimisers.projection = read(projection, networks.optimisers.projection)?;
        }
        Ok(networks)
    }
}

const OPTIMISER_FILES: [&str; 4] = [
    "adam-extractor.bpk",
    "adam-predictor.bpk",
    "adam-domain.bpk",
    "adam-projection.bpk",
];

fn optimisers(networks: &Networks) -> impl Iterator<Item = (&'static str, &ModuleOptimizer)> {
    let [extractor, predictor, domain, projection] = OPTIMISER_FILES;
    let optimisers = &networks.optimisers;
    let always = [
        (extractor, &optimisers.extractor),
        (predictor, &optimisers.predictor),
        (domain, &optimisers.domain),
    ];
    let of_head = networks.projection.is_some();
    always
        .into_iter()
        .chain(of_head.then_some((projection, &optimisers.projection)))
}

/// Writes a classifier into a folder, from where [`Checkpoint::load_classifier`] reads it.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn save_classifier(
    classifier: &Classifier,
    folder: &Path,
) -> Result<(), CheckpointError> {
    save_module(classifier, &folder.join(CLASSIFIER))
}

fn save_module<M: Module>(module: &M, path: &Path) -> Result<(), CheckpointError> {
    // `valid` brings the running statistics up to date, which lag one step behind otherwise.
    module
        .valid()
        .into_record()
        .save(path)
        .map_err(record(path))
}

fn load_module<M: Module>(module: M, path: &Path, device: &Device) -> Result<M, CheckpointError> {
    let loaded = module.try_load_file(path).map_err(record(path))?;
    // `fork` rather than `to_device`: the parameters become leaves of new graphs.
    Ok(loaded.fork(device))
}

/// Complete checkpoints, oldest first.
fn list(folder: &Path) -> Result<Vec<PathBuf>, CheckpointError> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(io(folder)(error)),
    };
    for entry in entries {
        let path = entry.map_err(io(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let number = name.and_then(|name| name.strip_prefix("epoch-"));
        if number.is_some_and(|number| number.parse::<u32>().is_ok()) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> CheckpointError {
    let path = path.to_path_buf();
    |source| CheckpointError::Io { path, source }
}

fn record(path: &Path) -> impl FnOnce(RecordError) -> CheckpointError {
    let path = path.to_path_buf();
    move |error| CheckpointError::Record {
        path,
        reason: error.to_string(),
    }
}
