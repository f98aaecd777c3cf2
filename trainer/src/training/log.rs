use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// Where a run keeps its log.
const LOG: &str = "log.csv";

/// One line of log.csv.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochRecord {
    /// Epoch, from 0.
    pub epoch: u32,
    /// Mean of the domain classifier's loss over the epoch's steps; none in the pseudo-label stage.
    pub domain_loss: Option<f64>,
    /// Mean of the feature extractor's loss (see [`StepOutput`](super::StepOutput)).
    pub feature_loss: f64,
    /// Share of photos named right while training, 0 to 1.
    pub source_accuracy: f64,
    /// Lambda at the epoch's last step; none in the pseudo-label stage.
    pub lambda: Option<f64>,
    /// Share of doodles that the pseudo-label stage learnt from, 0 to 1.
    #[serde(default)]
    pub used_rate: Option<f64>,
    /// Share of the photos kept aside that are named right, 0 to 1, where there are any.
    #[serde(default)]
    pub validation_accuracy: Option<f64>,
    /// Wall-clock seconds that the epoch took.
    pub seconds: f64,
}

impl EpochRecord {
    /// The line printed at the end of an epoch.
    pub fn line(&self) -> String {
        let part = |name: &str, value: Option<f64>| {
            value.map_or_else(String::new, |value| format!("  {name} {value:.4}"))
        };
        let validation = self
            .validation_accuracy
            .map(|accuracy| format!(" (kept aside {accuracy:.4})"));
        format!(
            "epoch {:>4}{}  F loss {:.4}  source accuracy {:.4}{}{}{}  {:.1} s",
            self.epoch,
            part("D loss", self.domain_loss),
            self.feature_loss,
            self.source_accuracy,
            validation.unwrap_or_default(),
            part("lambda", self.lambda),
            part("used rate", self.used_rate),
            self.seconds
        )
    }
}

/// The log of the run in a folder, one record an epoch.
///
/// # Errors
/// When there is none, or a line of it cannot be read.
pub fn read_log(folder: &Path) -> anyhow::Result<Vec<EpochRecord>> {
    let path = folder.join(LOG);
    let mut reader = csv::Reader::from_path(&path).with_context(|| {
        format!(
            "{} has no log yet: {} cannot be read",
            folder.display(),
            path.display()
        )
    })?;
    let records: Result<_, _> = reader.deserialize().collect();
    records.with_context(|| format!("{} is damaged", path.display()))
}

/// Writes the whole log as CSV, so that an epoch that was trained again after a crash stands in it once.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write_log(folder: &Path, history: &[EpochRecord]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in history {
        writer.serialize(record)?;
    }
    let bytes = writer.into_inner().context("cannot format the log")?;
    Ok(files::write(&folder.join(LOG), &bytes)?)
}
