use maud::html;

use super::{
    accuracy::{self, Scored},
    curves, film, mistakes,
    page::{Number, Section, grouped, page, percent, table},
    snapshots,
};
use crate::{
    embedding::Embeddings,
    training::{CheckedStage, RunInfo},
};

/// Everything that a report shows.
pub struct Report {
    /// What the run's folder says.
    pub info: RunInfo,
    /// The data, a line each: what it is, and how much of it.
    pub data: Vec<[String; 2]>,
    /// Where labels were given.
    pub scored: Option<Scored>,
    /// Where `tsne` was run.
    pub embeddings: Option<Embeddings>,
}

impl Report {
    /// The whole page.
    ///
    /// # Errors
    /// Where a figure cannot be drawn.
    pub fn html(&self) -> anyhow::Result<String> {
        let mut sections = Vec::new();
        if let Some(scored) = &self.scored {
            sections.push(accuracy::section(scored)?);
            if !scored.mistakes.is_empty() {
                sections.push(mistakes::section(&scored.mistakes, &self.info.classes)?);
            }
        }
        let embeddings = self.embeddings.as_ref();
        if let Some(embeddings) = embeddings.filter(|embeddings| !embeddings.epochs.is_empty()) {
            sections.push(film::section(embeddings)?);
        }
        sections.push(curves::section(&self.info)?);
        if !self.info.snapshots.is_empty() {
            sections.push(snapshots::section(&self.info)?);
        }
        sections.push(self.conditions());
        Ok(page(
            &format!("Run {}", self.info.name()),
            &self.summary(),
            &self.numbers(),
            &sections,
        ))
    }

    /// What one would say of the run in a sentence.
    fn summary(&self) -> String {
        let epochs = match self.info.history.len() {
            0 => return "No epoch is finished yet.".to_owned(),
            1 => "1 epoch".to_owned(),
            several => format!("{several} epochs"),
        };
        let what = match self.info.config.objective.adversarial() {
            None => "on pseudo-labels".to_owned(),
            Some(losses) => format!("of domain-adversarial training ({})", name(&losses.variant)),
        };
        match &self.scored {
            None => format!("{epochs} {what}."),
            Some(scored) => format!(
                "After {epochs} {what}, the network classifies {} of {} {} correctly.",
                percent(scored.score.accuracy),
                grouped(scored.score.scored),
                scored.on
            ),
        }
    }

    fn numbers(&self) -> Vec<Number> {
        let mut numbers = Vec::new();
        let mut number = |class, name, value| numbers.push(Number { class, name, value });
        if let Some(scored) = &self.scored {
            let score = &scored.score;
            number(
                Some("target"),
                "Accuracy on doodles",
                percent(score.accuracy),
            );
        }
        if let Some(last) = self.info.history.last() {
            let (name, accuracy) = match last.validation_accuracy {
                Some(accuracy) => ("Accuracy on held-out photos", accuracy),
                None => ("Accuracy on photos while training", last.source_accuracy),
            };
            number(Some("source"), name, percent(accuracy));
        }
        number(None, "Epochs", self.info.history.len().to_string());
        number(None, "Time", duration(self.seconds()));
        numbers
    }

    fn seconds(&self) -> f64 {
        self.info.history.iter().map(|record| record.seconds).sum()
    }

    fn conditions(&self) -> Section {
        let info = &self.info;
        let mut rows = vec![
            vec!["Device".to_owned(), info.devices.join(", ")],
            vec!["Time".to_owned(), duration(self.seconds())],
            vec!["Classes".to_owned(), info.classes.names().join(", ")],
        ];
        rows.extend(self.data.iter().map(|row| row.to_vec()));
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

fn name(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    let text = value.as_ref().and_then(serde_json::Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn duration(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_at_a_glance() {
        for (seconds, text) in [(4.4, "4 s"), (72.0, "1 min 12 s"), (7_260.0, "2 h 1 min")] {
            assert_eq!(duration(seconds), text);
        }
    }
}
