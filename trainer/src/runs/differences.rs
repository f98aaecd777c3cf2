//! What differs between runs, in settings and in results.

use std::{collections::BTreeSet, path::Path};

use anyhow::ensure;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{RESULTS, Summary};
use crate::training::run_of;

/// Runs side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Differences {
    /// The runs' folders, as they were given.
    pub runs: Vec<String>,
    /// Settings that are not the same in all runs, by the names of their options: one value for each run.
    pub settings: Vec<(String, Vec<Value>)>,
    /// Results that at least one run has: one value for each run.
    pub results: Vec<(&'static str, Vec<Option<f64>>)>,
}

impl Differences {
    /// Compares runs; of a recipe it compares the last stage.
    ///
    /// # Errors
    /// Where there are fewer than two, or one cannot be read.
    pub fn between(folders: &[impl AsRef<Path>]) -> anyhow::Result<Self> {
        ensure!(
            folders.len() > 1,
            "give two runs or more to compare, such as `trainer runs compare runs/first runs/second`"
        );
        let mut summaries = Vec::new();
        let mut settings = Vec::new();
        for folder in folders {
            let summary = Summary::read(&run_of(folder.as_ref())?)?;
            settings.push(match serde_json::to_value(&summary.stage)? {
                Value::Object(fields) => fields,
                _ => Map::new(),
            });
            summaries.push(summary);
        }
        let names: BTreeSet<&String> = settings.iter().flat_map(Map::keys).collect();
        let values = names.into_iter().map(|name| {
            let values = settings
                .iter()
                .map(|fields| fields.get(name).cloned().unwrap_or(Value::Null));
            (name.replace('_', "-"), values.collect::<Vec<_>>())
        });
        let results = RESULTS.map(|(name, value)| (name, summaries.iter().map(value).collect()));
        Ok(Self {
            runs: folders
                .iter()
                .map(|folder| folder.as_ref().display().to_string())
                .collect(),
            settings: values
                .filter(|(_, values)| values.iter().any(|value| *value != values[0]))
                .collect(),
            results: results
                .into_iter()
                .filter(|(_, values): &(_, Vec<Option<f64>>)| values.iter().any(Option::is_some))
                .collect(),
        })
    }
}
