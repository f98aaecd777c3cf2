//! The spread of results over seeds.

use std::path::PathBuf;

use serde::Serialize;

use super::{RESULTS, Summary};
use crate::training::Pipeline;

/// A result over runs that differ in their seed alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The result's name.
    pub result: &'static str,
    /// Its value in each run.
    pub values: Vec<f64>,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation, with the number of runs less one as divisor; none for a single run.
    pub deviation: Option<f64>,
}

impl Spread {
    fn of(result: &'static str, values: Vec<f64>) -> Self {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self {
            result,
            mean,
            deviation: (values.len() > 1).then(|| (squares / (count - 1.0)).sqrt()),
            values,
        }
    }
}

/// The spread of each result that all finished runs of a recipe's seeds have: of each seed, its last stage.
///
/// # Errors
/// Where a run cannot be read.
pub fn spread(pipeline: &Pipeline) -> anyhow::Result<Vec<Spread>> {
    let runs: Vec<PathBuf> = pipeline.last_stages();
    let runs: Vec<Summary> = runs
        .iter()
        .map(|folder| Summary::read(folder))
        .collect::<anyhow::Result<_>>()?;
    let spreads = RESULTS.iter().filter_map(|(result, value)| {
        let values: Option<Vec<f64>> = runs.iter().map(value).collect();
        Some(Spread::of(
            result,
            values.filter(|values| !values.is_empty())?,
        ))
    });
    Ok(spreads.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deviation_is_that_of_a_sample() {
        let spread = Spread::of("accuracy", vec![0.5, 0.6, 0.7]);
        assert!((spread.mean - 0.6).abs() < 1e-12);
        assert!((spread.deviation.unwrap() - 0.1).abs() < 1e-12);
        assert_eq!(Spread::of("accuracy", vec![0.5]).deviation, None);
    }
}
