//! What a run was made with.

use maud::html;

use super::{
    numbers::{duration, seconds},
    page::{Section, table},
};
use crate::training::{CheckedStage, RunInfo};

pub(super) fn section(info: &RunInfo, data: &[[String; 2]]) -> Section {
    let mut rows = vec![
        vec!["Device".to_owned(), info.devices.join(", ")],
        vec!["Time".to_owned(), duration(seconds(info))],
        vec!["Classes".to_owned(), info.classes.names().join(", ")],
    ];
    rows.extend(data.iter().map(|row| row.to_vec()));
    let settings = settings(&info.config);
    Section {
        id: "configuration",
        title: "Configuration, data, device and time",
        body: html! {
            div.side.words {
                (table("The run", &[], &rows))
                (table("The configuration, as config.json has it", &["Setting", "Value"], &settings))
            }
        },
    }
}

/// Every setting that says something, by name.
fn settings(config: &CheckedStage) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(config) {
        for (key, value) in fields {
            let text = match value {
                serde_json::Value::Null => continue,
                serde_json::Value::Array(list) if list.is_empty() => continue,
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            rows.push(vec![key.replace('_', "-"), text]);
        }
    }
    rows
}
