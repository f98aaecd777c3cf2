//! `train --dry-run`: what would be trained.

use std::collections::HashMap;

use indicatif::HumanDuration;
use serde_json::Value;

use crate::{
    commands::session::Session,
    print_result,
    training::{CheckedStage, NamedStage, measure_step},
};

/// Columns that a line of settings fills.
const COLUMNS: usize = 100;

/// Prints each stage with its settings, and an estimate of its time and of the whole.
///
/// # Errors
/// When a step cannot be timed.
pub(super) fn print(stages: &[NamedStage], session: &Session) -> anyhow::Result<()> {
    let mut measured = HashMap::new();
    let mut all = 0.0;
    for (
        number,
        NamedStage {
            name,
            stage: config,
        },
    ) in stages.iter().enumerate()
    {
        // Of the same kind of step one is enough.
        let kind = format!(
            "{} {} {} {:?} {}",
            config.width(),
            config.batch(),
            config.objective.distillation().is_some(),
            config.objective.adversarial().map(|losses| losses.variant),
            config.batches().target_strong
        );
        let steps = config.steps_per_epoch(&session.data)?;
        let step = match measured.get(&kind) {
            Some(found) => *found,
            None => {
                let found = measure_step(config, &session.data, &session.device)?;
                measured.insert(kind, found);
                found
            }
        };
        let seconds = step * steps as f64 * f64::from(config.epochs());
        all += seconds;
        if stages.len() > 1 {
            print_result!("stage {} of {}: {name}", number + 1, stages.len());
        }
        for line in settings(config)? {
            print_result!("  {line}");
        }
        print_result!(
            "  {} epochs of {steps} steps: about {}",
            config.epochs(),
            HumanDuration(std::time::Duration::from_secs_f64(seconds))
        );
    }
    print_result!(
        "about {} in all, by {} kinds of steps timed here; soft labels and snapshots come on top; nothing was written",
        HumanDuration(std::time::Duration::from_secs_f64(all)),
        measured.len()
    );
    Ok(())
}

/// All settings by the names of their options, in lines.
fn settings(config: &CheckedStage) -> anyhow::Result<Vec<String>> {
    let Value::Object(fields) = serde_json::to_value(config)? else {
        return Ok(Vec::new());
    };
    let mut lines = vec![String::new()];
    for (name, value) in fields {
        let value = match value {
            Value::Null => continue,
            Value::Array(values) if values.is_empty() => continue,
            Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
            value => text(&value),
        };
        let setting = format!("{} {value}", name.replace('_', "-"));
        let line = lines
            .last_mut()
            .filter(|line| line.len() + setting.len() < COLUMNS);
        match line {
            Some(line) if line.is_empty() => *line = setting,
            Some(line) => *line = format!("{line}; {setting}"),
            None => lines.push(setting),
        }
    }
    Ok(lines)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
