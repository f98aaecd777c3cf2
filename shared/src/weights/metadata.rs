use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};

use super::{METADATA_KEY, WeightsError};
use crate::{architecture::MAX_WIDTH, classes::ClassNames, input::INPUT_SIDE};

/// Newest version of the weights file's layout that this program reads. It writes the oldest that holds what is in it.
const NEWEST_FORMAT: u32 = 3;

/// How kernels and matrices are stored; batch normalisation always stays f32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 4 bytes a weight.
    #[default]
    F32,
    /// 2 bytes a weight.
    F16,
    /// 8 bits a weight, and a scale a channel.
    Int8,
    /// 6 bits a weight, and a scale a channel.
    Int6,
    /// 5 bits a weight, and a scale a channel.
    Int5,
    /// 4 bits a weight, and a scale a channel.
    Int4,
}

impl Precision {
    /// Bits of a weight that is stored as a whole number; none where it is a floating-point number.
    pub fn bits(self) -> Option<u32> {
        match self {
            Self::F32 | Self::F16 => None,
            Self::Int8 => Some(8),
            Self::Int6 => Some(6),
            Self::Int5 => Some(5),
            Self::Int4 => Some(4),
        }
    }

    /// The oldest format that holds it.
    fn format_version(self) -> u32 {
        match self.bits() {
            None => 1,
            Some(_) => 2,
        }
    }
}

/// How the weights were trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Name of the run's folder.
    pub run: String,
    /// Epochs trained.
    pub epochs: u32,
    /// Seed of the run.
    pub seed: u64,
    /// Date of the export, `YYYY-MM-DD`, UTC.
    pub date: String,
}

/// An accuracy and what it was measured on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Share of correct predictions, 0 to 1.
    pub accuracy: f64,
    /// Number of pictures.
    pub pictures: usize,
    /// Which pictures, in words.
    pub on: String,
}

/// A domain of pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// Labelled photos.
    #[default]
    Source,
    /// Unlabelled doodles.
    Target,
}

/// How the statistics of [`crate::novelty`] were fitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Novelty {
    /// Number of unlabelled doodles.
    pub pictures: usize,
    /// Share of these, traced and drawn with the page's pen, whose score is below the threshold, 0 to 1.
    pub refused: f64,
}

/// How the probabilities were calibrated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// What the logits were divided by before the weights were stored.
    pub temperature: f64,
    /// Which pictures it was found on: held-out photos with their labels, or doodles without labels, by pseudo-labels of mixed pairs.
    #[serde(default)]
    pub domain: Domain,
    /// Whether none of these photos was trained on, by this network or one that it started from; false too where that is not known.
    #[serde(default)]
    pub held_out: bool,
    /// Pictures that it was found on: of photos their edges at several thresholds, of doodles mixed pairs.
    pub pictures: usize,
    /// Share of these that is classified as labelled, or as pseudo-labelled, 0 to 1.
    pub accuracy: f64,
    /// Expected calibration error on these, 0 to 1, with a temperature found on the other half of them.
    pub expected_calibration_error: f64,
}

/// What a weights file says about itself, as JSON under `edgewise` in the safetensors header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Layout of the file: 1 for floating-point numbers, 2 for whole ones, 3 with statistics of novelty.
    pub format_version: u32,
    /// Names of the classes, in the order of the logits.
    pub classes: ClassNames,
    /// Side of the input in pixels: 32.
    pub input_side: u32,
    /// Channels of the feature extractor's first block.
    pub width: usize,
    /// How the weights are stored.
    pub precision: Precision,
    /// How they came about, where known.
    pub training: Option<Training>,
    /// Measured accuracy, where labels were at hand.
    pub measured: Option<Measurement>,
    /// How its confidence was calibrated, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
    /// How what tells pictures of none of the classes was fitted, where the file holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub novelty: Option<Novelty>,
}

impl Metadata {
    /// Metadata in f32 for a network, with nothing known about its training.
    pub fn new(classes: ClassNames, width: usize) -> Self {
        Self {
            format_version: Precision::F32.format_version(),
            classes,
            input_side: INPUT_SIDE,
            width,
            precision: Precision::F32,
            training: None,
            measured: None,
            calibration: None,
            novelty: None,
        }
    }

    /// The same for weights in another precision.
    #[must_use]
    pub fn with_precision(self, precision: Precision) -> Self {
        let metadata = Self { precision, ..self };
        Self {
            format_version: metadata.needed_format(),
            ..metadata
        }
    }

    /// The same for a file with statistics of novelty, or without.
    #[must_use]
    pub(super) fn with_novelty(self, novelty: Option<Novelty>) -> Self {
        let metadata = Self { novelty, ..self };
        Self {
            format_version: metadata.needed_format(),
            ..metadata
        }
    }

    /// The oldest format that holds all of it.
    fn needed_format(&self) -> u32 {
        match self.novelty {
            Some(_) => NEWEST_FORMAT,
            None => self.precision.format_version(),
        }
    }

    pub(super) fn check(&self) -> Result<(), WeightsError> {
        let refuse = |what: String| Err(WeightsError::BadMetadata(what));
        if !(1..=NEWEST_FORMAT).contains(&self.format_version) {
            return refuse(format!(
                "format version {}, this program reads 1 to {NEWEST_FORMAT}: use a newer one",
                self.format_version
            ));
        }
        let needed = self.needed_format();
        if self.format_version < needed {
            return refuse(format!(
                "format version {} holds no {:?}, version {needed} does",
                self.format_version, self.precision
            ));
        }
        if self.input_side != INPUT_SIDE {
            return refuse(format!(
                "input side {}, this program's pictures have {INPUT_SIDE}",
                self.input_side
            ));
        }
        if !(1..=MAX_WIDTH).contains(&self.width) {
            return refuse(format!("width {} is not in 1 to {MAX_WIDTH}", self.width));
        }
        if let Some(Calibration { temperature, .. }) = self.calibration
            && !(temperature.is_finite() && temperature > 0.0)
        {
            return refuse(format!("temperature {temperature} is not a number above 0"));
        }
        Ok(())
    }
}

/// Reads only the metadata.
///
/// # Errors
/// The same refusals as [`Tensors::from_bytes`](super::Tensors::from_bytes), but for the tensors themselves.
pub fn metadata_from_bytes(bytes: &[u8]) -> Result<Metadata, WeightsError> {
    let (_, header) = SafeTensors::read_metadata(bytes)
        .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
    let text = header
        .metadata()
        .as_ref()
        .and_then(|all| all.get(METADATA_KEY))
        .ok_or(WeightsError::NoMetadata)?;
    let metadata: Metadata =
        serde_json::from_str(text).map_err(|error| WeightsError::BadMetadata(error.to_string()))?;
    metadata.check()?;
    Ok(metadata)
}
