use super::{
    accuracy::{self, Scored},
    configuration, curves, film, mistakes,
    numbers::{duration, grouped, percent, seconds},
    page::{Number, page},
    snapshots,
};
use crate::{
    embedding::Embeddings,
    training::{RunInfo, Variant},
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
        sections.push(configuration::section(&self.info, &self.data));
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
            Some(losses) if losses.variant == Variant::SourceOnly => "on photos alone".to_owned(),
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
        number(None, "Time", duration(seconds(&self.info)));
        numbers
    }
}

fn name(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    let text = value.as_ref().and_then(serde_json::Value::as_str);
    text.unwrap_or_default().to_owned()
}
