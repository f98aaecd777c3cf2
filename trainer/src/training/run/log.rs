use serde::{Deserialize, Serialize};

/// One line of log.csv.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EpochRecord {
    /// Epoch, from 0.
    pub epoch: u32,
    /// Mean of the domain classifier's loss over the epoch's steps; none where it does not learn: in the pseudo-label stage and in source-only
    /// training.
    pub domain_loss: Option<f64>,
    /// Mean of the feature extractor's loss (see [`StepOutput`](crate::training::StepOutput)).
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
    /// Mean of C's cross-entropy on photos. This loss and the next five, before their weights, are those of which the feature loss is
    /// the weighted sum, together with the domain loss; none where a run does not have them, and in logs of earlier versions.
    #[serde(default)]
    pub class_loss: Option<f64>,
    /// Mean of the cross-entropy of D's predictions towards one half.
    #[serde(default)]
    pub confusion_loss: Option<f64>,
    /// Mean of the information maximisation loss on doodles.
    #[serde(default)]
    pub information_maximisation_loss: Option<f64>,
    /// Mean of the consistency loss on doodles.
    #[serde(default)]
    pub consistency_loss: Option<f64>,
    /// Mean of the distillation loss on doodles.
    #[serde(default)]
    pub distillation_loss: Option<f64>,
    /// Mean of the cross-entropy towards pseudo-labels, in the pseudo-label stage.
    #[serde(default)]
    pub pseudo_label_loss: Option<f64>,
    /// Share of photos and doodles whose domain D tells before its update, 0 to 1; none where it does not learn, and in logs of earlier
    /// versions, as the next.
    #[serde(default)]
    pub domain_accuracy: Option<f64>,
    /// Mean of the Euclidean norm of F's gradient.
    #[serde(default)]
    pub gradient_norm: Option<f64>,
    /// Adam's learning rate at the epoch's last step.
    #[serde(default)]
    pub learning_rate: Option<f64>,
    /// Wall-clock seconds that the epoch took.
    pub seconds: f64,
    /// Pictures that were trained on in a second: photos and doodles together, or photos alone.
    #[serde(default)]
    pub pictures_per_second: Option<f64>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_of_an_earlier_version_has_no_losses_apart() {
        let text = "epoch,domain_loss,feature_loss,source_accuracy,lambda,used_rate,validation_accuracy,seconds\n0,0.5,1.25,0.75,0.1,,,2.5\n";
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let record: EpochRecord = reader.deserialize().next().unwrap().unwrap();
        let expected = EpochRecord {
            domain_loss: Some(0.5),
            feature_loss: 1.25,
            source_accuracy: 0.75,
            lambda: Some(0.1),
            seconds: 2.5,
            ..EpochRecord::default()
        };
        assert_eq!(record, expected);
    }
}
