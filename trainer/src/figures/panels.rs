//! What is drawn of a run's log.

use plotters::style::RGBColor;

use super::colours::{INK, SOURCE, TARGET};
use crate::training::{EpochRecord, Snapshot};

/// A run to draw.
pub struct LoggedRun<'a> {
    /// What it is called.
    pub name: String,
    /// Its log.
    pub history: &'a [EpochRecord],
    /// Its snapshots.
    pub snapshots: &'a [Snapshot],
}

/// What belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What is minimised, a loss a panel.
    Losses,
    /// How often predictions are correct.
    Accuracy,
    /// What changes by plan, or follows from it.
    Schedule,
    /// What tells without labels how good a snapshot is.
    Snapshots,
}

/// A line through points: an epoch, and a value.
pub(super) type Line = Vec<(f64, f64)>;

type OfEpoch = fn(&EpochRecord) -> Option<f64>;
type OfSnapshot = fn(&Snapshot) -> Option<f64>;

/// What a panel shows of a run.
pub(super) struct Panel {
    pub title: &'static str,
    pub group: Group,
    /// Blue for photos, vermilion for doodles, ink for both.
    pub colour: RGBColor,
    /// Where nothing has been learned, or nothing can be told apart.
    pub chance: Option<f64>,
    /// The first is drawn thick, the second thin.
    of_epoch: Vec<OfEpoch>,
    of_snapshot: Option<OfSnapshot>,
}

impl Panel {
    fn new(group: Group, colour: RGBColor, title: &'static str, of_epoch: OfEpoch) -> Self {
        Self {
            title,
            group,
            colour,
            chance: None,
            of_epoch: vec![of_epoch],
            of_snapshot: None,
        }
    }

    fn of_snapshots(group: Group, title: &'static str, value: OfSnapshot) -> Self {
        Self {
            title,
            group,
            colour: TARGET,
            chance: None,
            of_epoch: Vec::new(),
            of_snapshot: Some(value),
        }
    }

    fn and(mut self, of_epoch: OfEpoch) -> Self {
        self.of_epoch.push(of_epoch);
        self
    }

    fn chance(mut self, value: f64) -> Self {
        self.chance = Some(value);
        self
    }

    /// The lines of one run.
    pub fn lines(&self, run: &LoggedRun) -> Vec<Line> {
        let at = |epoch: u32, value: Option<f64>| Some((f64::from(epoch), value?));
        let of_epoch = self.of_epoch.iter().map(|value| {
            let points = run.history.iter();
            points
                .filter_map(|record| at(record.epoch, value(record)))
                .collect()
        });
        let of_snapshot = self.of_snapshot.iter().map(|value| {
            let points = run.snapshots.iter();
            points
                .filter_map(|snapshot| at(snapshot.epoch, value(snapshot)))
                .collect()
        });
        of_epoch.chain(of_snapshot).collect()
    }
}

/// What can be shown; what no run has is left out.
pub(super) fn panels() -> Vec<Panel> {
    use Group::{Accuracy, Losses, Schedule, Snapshots};
    vec![
        Panel::new(Losses, SOURCE, "class loss on photos", |record| {
            record.class_loss
        }),
        Panel::new(Losses, INK, "domain classifier's loss", |record| {
            record.domain_loss
        })
        .chance(std::f64::consts::LN_2),
        Panel::new(Losses, INK, "confusion loss", |record| {
            record.confusion_loss
        })
        .chance(std::f64::consts::LN_2),
        Panel::new(Losses, TARGET, "information maximisation loss", |record| {
            record.information_maximisation_loss
        }),
        Panel::new(Losses, TARGET, "consistency loss", |record| {
            record.consistency_loss
        }),
        Panel::new(Losses, TARGET, "distillation loss", |record| {
            record.distillation_loss
        }),
        Panel::new(Losses, TARGET, "pseudo-label loss", |record| {
            record.pseudo_label_loss
        }),
        Panel::new(
            Losses,
            INK,
            "loss of feature extractor and label predictor",
            |record| Some(record.feature_loss),
        ),
        Panel::new(
            Accuracy,
            SOURCE,
            "accuracy on photos (thin: held out)",
            |record| Some(record.source_accuracy),
        )
        .and(|record| record.validation_accuracy),
        Panel::new(Accuracy, INK, "domain classifier's accuracy", |record| {
            record.domain_accuracy
        })
        .chance(0.5),
        Panel::of_snapshots(
            Accuracy,
            "accuracy on labelled doodles (only reported)",
            |snapshot| Some(snapshot.score.as_ref()?.accuracy),
        ),
        Panel::new(Schedule, INK, "learning rate", |record| {
            record.learning_rate
        }),
        Panel::new(Schedule, INK, "lambda", |record| record.lambda),
        Panel::new(
            Schedule,
            INK,
            "norm of the feature extractor's gradient",
            |record| record.gradient_norm,
        ),
        Panel::new(Schedule, TARGET, "share of doodles used", |record| {
            record.used_rate
        }),
        Panel::of_snapshots(Snapshots, "information of predictions", |snapshot| {
            Some(snapshot.criteria.information)
        }),
        Panel::of_snapshots(Snapshots, "balance of predictions", |snapshot| {
            Some(snapshot.criteria.balance)
        }),
        Panel::of_snapshots(Snapshots, "entropy of predictions", |snapshot| {
            Some(snapshot.criteria.entropy)
        }),
        Panel::of_snapshots(Snapshots, "agreement when mirrored", |snapshot| {
            Some(snapshot.criteria.agreement)
        }),
    ]
}
