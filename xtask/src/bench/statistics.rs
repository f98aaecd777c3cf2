//! Medians and percentiles of what benches print: objects with lists of numbers by name, one a round.

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// The median of all numbers under `key`.
pub fn median(rounds: &[Value], key: &str) -> Result<f64> {
    let numbers = sorted(rounds, key);
    at(&numbers, 0.5).with_context(|| format!("a bench printed no numbers under {key}"))
}

/// Median, 95th percentile and number of all numbers under each key, in the order of their names.
pub fn distributions(rounds: &[Value]) -> Value {
    let objects = rounds.iter().filter_map(Value::as_object);
    let keys = objects.flat_map(|object| object.keys());
    let distribution = |key: &String| {
        let numbers = sorted(rounds, key);
        let (median, p95) = (at(&numbers, 0.5), at(&numbers, 0.95));
        json!({ "median": median, "p95": p95, "samples": numbers.len() })
    };
    keys.map(|key| (key.clone(), distribution(key))).collect()
}

fn sorted(rounds: &[Value], key: &str) -> Vec<f64> {
    let lists = rounds.iter().filter_map(|round| round[key].as_array());
    let mut numbers: Vec<f64> = lists.flatten().filter_map(Value::as_f64).collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// By nearest rank.
fn at(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_over_all_rounds() {
        let rounds = [json!({ "step": [1.5, 9] }), json!({ "step": [2] })];
        assert_eq!(median(&rounds, "step").unwrap(), 2.0);
        assert!(median(&rounds, "minutes").is_err());
    }

    #[test]
    fn every_key_has_its_distribution() {
        let numbers: Vec<u32> = (1..=100).collect();
        let rounds = [json!({ "step": numbers }), json!({ "peak": [] })];
        let found = distributions(&rounds);
        let step = json!({ "median": 50.0, "p95": 95.0, "samples": 100 });
        assert_eq!(found["step"], step);
        assert_eq!(found["peak"]["median"], Value::Null);
    }
}
