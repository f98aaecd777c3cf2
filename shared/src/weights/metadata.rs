use serde::{Deserialize, Serialize};

use super::WeightsError;
use crate::{classes::ClassNames, input::INPUT_SIDE};

/// Version of the weights file's layout that this program reads and writes.
pub const FORMAT_VERSION: u32 = 1;

/// Widest first block that is believed; a larger number in a file is damage.
const MAX_WIDTH: usize = 1024;

/// How the weights are stored; batch normalisation always stays f32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 4 bytes a weight.
    #[default]
    F32,
    /// 2 bytes a weight.
    F16,
}

/// How the weights came about.
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
    /// Share of right guesses, 0 to 1.
    pub accuracy: f64,
    /// Number of pictures.
    pub pictures: usize,
    /// Which pictures, in words.
    pub on: String,
}

/// How the probabilities were calibrated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// What the logits were divided by before the weights were stored.
    pub temperature: f64,
    /// Whether none of these photos was trained on, by this network or one that it started from; false too where that is not known.
    #[serde(default)]
    pub held_out: bool,
    /// Pictures of photos, their edges at several thresholds, that it was found on.
    pub pictures: usize,
    /// Share of these that is named right, 0 to 1.
    pub accuracy: f64,
    /// Expected calibration error on these, 0 to 1, with a temperature found on the other half of them.
    pub expected_calibration_error: f64,
}

/// What a weights file says about itself, as JSON under `edgewise` in the safetensors header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Layout of the file: [`FORMAT_VERSION`].
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
    /// How certain it is of photos, where some were kept aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
}

impl Metadata {
    /// Metadata in f32 for a network, with nothing known about its training.
    pub fn new(classes: ClassNames, width: usize) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            classes,
            input_side: INPUT_SIDE,
            width,
            precision: Precision::F32,
            training: None,
            measured: None,
            calibration: None,
        }
    }

    pub(super) fn check(&self) -> Result<(), WeightsError> {
        let refuse = |what: String| Err(WeightsError::BadMetadata(what));
        if self.format_version != FORMAT_VERSION {
            return refuse(format!(
                "format version {}, this program reads {FORMAT_VERSION}",
                self.format_version
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
