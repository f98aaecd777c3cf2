//! A chart of a run's log for the terminal, a line a value.

use crate::training::EpochRecord;

/// Epochs that fit into a line; where there are more, several share a column.
const COLUMNS: usize = 48;
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// What a line shows of an epoch.
type Value = fn(&EpochRecord) -> Option<f64>;

/// D's loss, F's loss, accuracy on photos, and lambda or the share of doodles used, each on its own scale from the
/// least to the greatest so far, with its newest value behind it.
pub(super) fn chart(history: &[EpochRecord]) -> String {
    let lines: [(&str, Value); 5] = [
        ("D loss", |record| record.domain_loss),
        ("F loss", |record| Some(record.feature_loss)),
        ("source accuracy", |record| Some(record.source_accuracy)),
        ("lambda", |record| record.lambda),
        ("used rate", |record| record.used_rate),
    ];
    let mut text = String::new();
    for (name, value) in lines {
        let values: Vec<f64> = history.iter().filter_map(value).collect();
        if let Some(newest) = values.last() {
            text.push_str(&format!("\n{name:>16} {} {newest:.4}", line(&values)));
        }
    }
    text
}

fn line(values: &[f64]) -> String {
    let share = values.len().div_ceil(COLUMNS);
    let means: Vec<f64> = values
        .chunks(share.max(1))
        .map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64)
        .collect();
    let (low, high) = means
        .iter()
        .fold((f64::MAX, f64::MIN), |(low, high), mean| {
            (low.min(*mean), high.max(*mean))
        });
    let top = (LEVELS.len() - 1) as f64;
    let level = |mean: &f64| {
        let height = if high > low {
            (mean - low) / (high - low)
        } else {
            0.5
        };
        LEVELS[(height * top).round() as usize]
    };
    means.iter().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_a_line_from_its_least_to_its_greatest() {
        let record = |epoch: u32| EpochRecord {
            epoch,
            domain_loss: Some(f64::from(epoch)),
            feature_loss: -f64::from(epoch),
            source_accuracy: 0.5,
            seconds: 1.0,
            ..EpochRecord::default()
        };
        let history: Vec<_> = (0..8).map(record).collect();
        let chart = chart(&history);
        assert!(chart.contains("D loss ▁▂▃▄▅▆▇█ 7.0000"), "{chart}");
        assert!(chart.contains("F loss █▇▆▅▄▃▂▁ -7.0000"), "{chart}");
        assert!(chart.contains("source accuracy ▅▅▅▅▅▅▅▅ 0.5000"), "{chart}");
        assert!(!chart.contains("lambda"));
    }

    #[test]
    fn long_runs_share_columns() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        assert!(line(&values).chars().count() <= COLUMNS);
        assert_eq!(line(&[]), "");
    }
}
