use serde::{Deserialize, Serialize};

/// One line of log.csv.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochRecord {
    /// Epoch, from 0.
    pub epoch: u32,
    /// Mean of the domain classifier's loss over the epoch's steps; none where it does not learn: in the pseudo-label stage and in source-only
    /// training.
    pub domain_loss: Option<f64>,
    /// Mean of the feature extractor's loss (see [`StepOutput`](super::StepOutput)).
    pub feature_loss: f64,
    /// Accuracy on photos while training, 0 to 1.
    pub source_accuracy: f64,
    /// Lambda at the epoch's last step; none where D does not learn.
    pub lambda: Option<f64>,
    /// Share of doodles that the pseudo-label stage used, 0 to 1.
    #[serde(default)]
    pub used_rate: Option<f64>,
    /// Accuracy on the held-out photos, 0 to 1, where there are any.
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
            .map(|accuracy| format!(" (held out {accuracy:.4})"));
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
