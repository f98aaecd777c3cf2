use clap::ValueEnum;
use shared::weights::Precision;

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One weights file with metadata, for the page and for this program.
    #[default]
    Edgewise,
    /// extractor_model.safetensors and predictor_model.safetensors, whose names are those of the notebook's state dicts.
    PytorchSafetensors,
}

/// Which pictures the confidence is calibrated on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CalibrateOn {
    /// Photos that the run held out; a weights file keeps its calibration.
    #[default]
    Source,
    /// Doodles without labels, by pseudo-labels of mixed pairs (PseudoCal); for networks that are right about most doodles.
    Target,
}

/// [`Precision`] as an option.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Stored {
    /// 4 bytes a weight.
    F32,
    /// 2 bytes a weight.
    F16,
    /// 8 bits a weight, with a scale a channel.
    Int8,
    /// 6 bits a weight, with a scale a channel.
    Int6,
    /// 5 bits a weight, with a scale a channel: what the page loads.
    Int5,
    /// 4 bits a weight, with a scale a channel.
    Int4,
}

impl From<Stored> for Precision {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::F32 => Self::F32,
            Stored::F16 => Self::F16,
            Stored::Int8 => Self::Int8,
            Stored::Int6 => Self::Int6,
            Stored::Int5 => Self::Int5,
            Stored::Int4 => Self::Int4,
        }
    }
}
