use std::{
    fs, io,
    path::{Path, PathBuf},
};

use burn::module::Module;
use burn::optim::ModuleOptimizer;
use burn::store::RecordError;
use burn::tensor::{Bytes, Device};
use files::FileError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::{classes::ClassNames, model::Classifier};

use super::EpochRecord;
use crate::{date, training::Networks};

/// Why a checkpoint could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// It could not be written.
    #[error(transparent)]
    Unwritable(#[from] FileError),
    /// The system refused to read something.
    #[error("{}: cannot be read ({cause}); check its permissions and the disk", .path.display())]
    Unreadable {
        /// File or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A module's or an optimiser's file is damaged or of another network.
    #[error("{} does not fit this run's network ({reason}): put back a copy of that checkpoint, or delete its folder", .path.display())]
    Record {
        /// File.
        path: PathBuf,
        /// What differs.
        reason: String,
    },
    /// The state file is damaged.
    #[error("{} is damaged ({reason}): put back a copy of that checkpoint, or delete its folder", .path.display())]
    State {
        /// File.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// What a checkpoint holds besides the networks: the classes, the log up to its epoch, and the devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Names of the classes, in the order of the logits.
    pub classes: ClassNames,
    /// One record an epoch, from 0.
    pub history: Vec<EpochRecord>,
    /// The devices it was trained on so far, by kind and name, each once.
    #[serde(default)]
    pub devices: Vec<String>,
    /// When it was saved; unknown in runs of format 0.
    #[serde(default)]
    pub saved: Option<Timestamp>,
}

const STATE: &str = "state.json";
pub(super) const CLASSIFIER: &str = "classifier.bpk";
const TEACHER: &str = "teacher.bpk";
const DOMAIN: &str = "domain.bpk";

impl Checkpoint {
    /// Before the first epoch.
    pub fn new(classes: ClassNames) -> Self {
        Self {
            classes,
            history: Vec::new(),
            devices: Vec::new(),
            saved: None,
        }
    }

    /// Number of epochs trained.
    pub fn epochs(&self) -> u32 {
        self.history.len() as u32
    }

    /// Writes networks, optimisers and the log under `folder`, as `epoch-00041` after 41 epochs.
    ///
    /// The folder is complete or not there at all. Older ones are removed, except the one before, which is used if this one is
    /// damaged.
    ///
    /// # Errors
    /// When the file system refuses; the checkpoints there before are untouched then.
    pub fn save(
        &mut self,
        folder: &Path,
        networks: &Networks,
        teacher: Option<&Classifier>,
    ) -> Result<PathBuf, CheckpointError> {
        self.saved = Some(date::now());
        let place = folder.join(format!("epoch-{:05}", self.epochs()));
        files::replace_folder(&place, |new| self.fill(new, networks, teacher))?;
        for old in list(folder)?.into_iter().rev().skip(2) {
            fs::remove_dir_all(&old).map_err(FileError::at(&old))?;
        }
        Ok(place)
    }

    fn fill(
        &self,
        folder: &Path,
        networks: &Networks,
        teacher: Option<&Classifier>,
    ) -> Result<(), CheckpointError> {
        save_classifier(&networks.classifier, folder)?;
        if let Some(teacher) = teacher {
            save_module(teacher, &folder.join(TEACHER))?;
        }
        save_module(&networks.domain, &folder.join(DOMAIN))?;
        for (name, optimiser) in optimisers(networks) {
            write(&folder.join(name), optimiser.into_bytes())?;
        }
        let state = folder.join(STATE);
        let text = serde_json::to_vec_pretty(self).map_err(|error| CheckpointError::State {
            path: state.clone(),
            reason: error.to_string(),
        })?;
        Ok(fs::write(&state, text).map_err(FileError::at(&state))?)
    }

    /// The newest checkpoint's folder, where there is one.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn newest(folder: &Path) -> Result<Option<PathBuf>, CheckpointError> {
        Ok(list(folder)?.pop())
    }

    /// All checkpoints' folders, the newest first.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn newest_first(folder: &Path) -> Result<Vec<PathBuf>, CheckpointError> {
        let mut places = list(folder)?;
        places.reverse();
        Ok(places)
    }

    /// Reads what a checkpoint holds besides the networks.
    ///
    /// # Errors
    /// When its file is missing or damaged.
    pub fn read(place: &Path) -> Result<Self, CheckpointError> {
        let state = place.join(STATE);
        let text = fs::read(&state).map_err(unreadable(&state))?;
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
        let [extractor, predictor, domain] = OPTIMISER_FILES;
        networks.optimisers.extractor = read(extractor, networks.optimisers.extractor)?;
        networks.optimisers.predictor = read(predictor, networks.optimisers.predictor)?;
        networks.optimisers.domain = read(domain, networks.optimisers.domain)?;
        Ok(networks)
    }
}

const OPTIMISER_FILES: [&str; 3] = [
    "adam-extractor.bpk",
    "adam-predictor.bpk",
    "adam-domain.bpk",
];

fn optimisers(networks: &Networks) -> [(&'static str, &ModuleOptimizer); 3] {
    let [extractor, predictor, domain] = OPTIMISER_FILES;
    let optimisers = &networks.optimisers;
    [
        (extractor, &optimisers.extractor),
        (predictor, &optimisers.predictor),
        (domain, &optimisers.domain),
    ]
}

/// Writes a classifier into a folder, for [`Checkpoint::load_classifier`].
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
    write(path, module.valid().into_record().into_bytes())
}

fn write(path: &Path, bytes: Result<Bytes, RecordError>) -> Result<(), CheckpointError> {
    let bytes = bytes.map_err(record(path))?;
    Ok(fs::write(path, &bytes[..]).map_err(FileError::at(path))?)
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
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder)(error)),
    };
    for entry in entries {
        let path = entry.map_err(unreadable(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let number = name.and_then(|name| name.strip_prefix("epoch-"));
        let number = number.and_then(|number| number.parse::<u32>().ok());
        if let Some(number) = number.filter(|_| path.is_dir()) {
            found.push((number, path));
        }
    }
    // By number: from 100,000 epochs on, names no longer sort like them.
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> CheckpointError {
    let path = path.to_path_buf();
    |cause| CheckpointError::Unreadable { path, cause }
}

fn record(path: &Path) -> impl FnOnce(RecordError) -> CheckpointError {
    let path = path.to_path_buf();
    move |error| CheckpointError::Record {
        path,
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_checkpoint_is_that_of_the_highest_epoch() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [
            "epoch-99999",
            "epoch-100000",
            "epoch-00007",
            "epoch-x",
            "other",
        ] {
            fs::create_dir(at(name)).unwrap();
        }
        let newest = Checkpoint::newest(folder.path()).unwrap();
        assert_eq!(newest, Some(at("epoch-100000")));
        let all = Checkpoint::newest_first(folder.path()).unwrap();
        assert_eq!(all, ["epoch-100000", "epoch-99999", "epoch-00007"].map(at));
        assert_eq!(Checkpoint::newest(&at("absent")).unwrap(), None);
    }

    #[test]
    fn a_checkpoint_that_cannot_be_written_leaves_those_before() {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::flex().autodiff();
        let networks = Networks::new(2, 2, 0, &device);
        let classes = ClassNames::new(["a", "b"].map(str::to_owned).to_vec()).unwrap();
        let mut checkpoint = Checkpoint::new(classes);
        let place = checkpoint.save(folder.path(), &networks, None).unwrap();
        let below_a_file = place.join(STATE).join("checkpoints");
        let error = checkpoint.save(&below_a_file, &networks, None).unwrap_err();
        assert!(error.to_string().contains("cannot be written"), "{error}");
        assert_eq!(
            Checkpoint::read(&place).unwrap(),
            Checkpoint {
                saved: Checkpoint::read(&place).unwrap().saved,
                ..checkpoint
            }
        );
        Checkpoint::load_networks(&place, Networks::new(2, 2, 1, &device), &device).unwrap();
    }
}
