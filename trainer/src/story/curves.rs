use shared::story::Curve;

use crate::training::EpochRecord;

/// A column of the log by its name.
type Column = (&'static str, fn(&EpochRecord) -> Option<f64>);

/// The columns that are shown, in the log's order: all but the epoch and how long it took.
const COLUMNS: [Column; 15] = [
    ("domain_loss", |record| record.domain_loss),
    ("feature_loss", |record| Some(record.feature_loss)),
    ("source_accuracy", |record| Some(record.source_accuracy)),
    ("lambda", |record| record.lambda),
    ("used_rate", |record| record.used_rate),
    ("validation_accuracy", |record| record.validation_accuracy),
    ("class_loss", |record| record.class_loss),
    ("confusion_loss", |record| record.confusion_loss),
    ("information_maximisation_loss", |record| {
        record.information_maximisation_loss
    }),
    ("consistency_loss", |record| record.consistency_loss),
    ("distillation_loss", |record| record.distillation_loss),
    ("pseudo_label_loss", |record| record.pseudo_label_loss),
    ("domain_accuracy", |record| record.domain_accuracy),
    ("gradient_norm", |record| record.gradient_norm),
    ("learning_rate", |record| record.learning_rate),
];

/// The columns of a run's log that have values.
pub fn curves(history: &[EpochRecord]) -> Vec<Curve> {
    let curves = COLUMNS.iter().map(|(name, value)| {
        let values = history
            .iter()
            .filter_map(|record| Some((record.epoch, value(record)? as f32)));
        Curve {
            name: (*name).to_owned(),
            values: values.collect(),
        }
    });
    curves.filter(|curve| !curve.values.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_log_but_time_is_there_in_its_order() {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(EpochRecord::default()).unwrap();
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let logged = text.lines().next().unwrap().split(',');
        let left_out = ["epoch", "seconds", "pictures_per_second"];
        let expected: Vec<&str> = logged.filter(|name| !left_out.contains(name)).collect();
        assert_eq!(COLUMNS.map(|(name, _)| name).to_vec(), expected);
    }

    #[test]
    fn what_was_not_logged_is_left_out() {
        let record = |epoch, consistency_loss| EpochRecord {
            epoch,
            feature_loss: 1.5,
            consistency_loss,
            ..EpochRecord::default()
        };
        let curves = curves(&[record(0, None), record(1, Some(0.25))]);
        let found: Vec<(&str, &[(u32, f32)])> = curves
            .iter()
            .map(|curve| (curve.name.as_str(), curve.values.as_slice()))
            .collect();
        let expected: [(&str, &[(u32, f32)]); 3] = [
            ("feature_loss", &[(0, 1.5), (1, 1.5)]),
            ("source_accuracy", &[(0, 0.0), (1, 0.0)]),
            ("consistency_loss", &[(1, 0.25)]),
        ];
        assert_eq!(found, expected);
    }
}
