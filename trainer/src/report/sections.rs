use shared::classes::ClassId;

use super::{
    Mistake, embedding,
    page::{Section, figure, page, table},
};
use crate::{
    embedding::Embeddings,
    evaluation::{Criteria, Reliability, Score, rank_correlation},
    figures::{self, Cell, LoggedRun, Row},
    training::{CheckedStage, RunInfo, Snapshot},
};

/// Mistakes in one row of the figure.
const MISTAKES_IN_A_ROW: usize = 10;

/// How a run's newest classifier does on labelled doodles.
pub struct Scored {
    /// Which doodles, in words.
    pub on: String,
    /// How often it is right.
    pub score: Score,
    /// How well its confidence is calibrated.
    pub reliability: Reliability,
    /// Its most confident mistakes.
    pub mistakes: Vec<Mistake>,
}

/// One of the numbers that need no labels, the higher the better.
type Criterion = fn(&Criteria) -> f64;

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
        let mut sections = vec![self.curves()?];
        if !self.info.snapshots.is_empty() {
            sections.push(self.snapshots());
        }
        if let Some(scored) = &self.scored {
            sections.push(result(scored)?);
            if !scored.mistakes.is_empty() {
                sections.push(self.mistakes(scored)?);
            }
        }
        if let Some(embeddings) = self
            .embeddings
            .as_ref()
            .filter(|embeddings| !embeddings.epochs.is_empty())
        {
            let last = figures::embedding(embeddings, embeddings.epochs.len() - 1)?;
            sections.push(embedding::section(embeddings, &last)?);
        }
        sections.push(self.conditions());
        Ok(page(
            &format!("Run {}", self.info.name()),
            &self.summary(),
            &sections,
        ))
    }

    fn summary(&self) -> String {
        let what = match self.info.config.objective.adversarial() {
            None => "Pseudo-labels".to_owned(),
            Some(losses) => format!("Domain-adversarial training ({})", name(&losses.variant)),
        };
        let epochs = self.info.history.len();
        let score = self.scored.as_ref().map(|scored| {
            format!(
                ": accuracy {:.1} % on {} {}",
                100.0 * scored.score.accuracy,
                scored.score.scored,
                scored.on
            )
        });
        format!("{what}, {epochs} epochs{}.", score.unwrap_or_default())
    }

    fn curves(&self) -> anyhow::Result<Section> {
        let run = LoggedRun {
            name: self.info.name(),
            history: &self.info.history,
            snapshots: &self.info.snapshots,
        };
        let svg = figures::curves(&[run])?;
        let words = match self.info.history.last() {
            Some(last) => format!(
                "Each epoch of the log; in the last one: {}",
                last.line().trim()
            ),
            None => "No epoch is finished yet".to_owned(),
        };
        Ok(Section {
            title: "Losses and accuracy by epoch",
            body: figure(&svg, &words),
        })
    }

    fn snapshots(&self) -> Section {
        let best = Snapshot::best(&self.info.snapshots).map(|snapshot| snapshot.epoch);
        let rows = self.info.snapshots.iter().map(|snapshot| {
            let criteria = &snapshot.criteria;
            let score = |part: fn(&Score) -> f64| {
                snapshot
                    .score
                    .as_ref()
                    .map_or_else(|| "\u{2013}".to_owned(), |score| number(part(score)))
            };
            let star = if Some(snapshot.epoch) == best {
                " (best without labels)"
            } else {
                ""
            };
            vec![
                format!("{}{star}", snapshot.epoch),
                number(criteria.balance),
                number(criteria.entropy),
                number(criteria.information),
                number(criteria.agreement),
                score(|score| score.accuracy),
                score(|score| score.balanced_accuracy),
            ]
        });
        let head = [
            "Epoch",
            "Balance",
            "Entropy",
            "Information",
            "Agreement",
            "Accuracy",
            "Balanced accuracy",
        ];
        let caption = "Balance (0 to 1), mean entropy and information of the predictions (nats), and the share predicted the same when \
                       mirrored need no labels, and --best takes the highest information; accuracy, where labels were given, is only reported.";
        let ranked = self.ranked().map(|words| format!("\n<p>{words}</p>"));
        Section {
            title: "Snapshots",
            body: table(caption, &head, &rows.collect::<Vec<_>>()) + &ranked.unwrap_or_default(),
        }
    }

    /// How well each criterion ranks the snapshots, where they have scores.
    fn ranked(&self) -> Option<String> {
        let criteria: [(&str, Criterion); 4] = [
            ("information", |criteria| criteria.information),
            ("balance", |criteria| criteria.balance),
            ("low entropy", |criteria| -criteria.entropy),
            ("agreement", |criteria| criteria.agreement),
        ];
        let words: Vec<String> = criteria
            .iter()
            .filter_map(|(name, value)| {
                let snapshots = self.info.snapshots.iter();
                let pairs = snapshots.filter_map(|snapshot| {
                    Some((value(&snapshot.criteria), snapshot.score.as_ref()?.accuracy))
                });
                let correlation = rank_correlation(&pairs.collect::<Vec<_>>())?;
                Some(format!("{name} {correlation:.2}"))
            })
            .collect();
        let words = (!words.is_empty()).then(|| words.join(", "))?;
        Some(format!(
            "Rank correlation with accuracy over these epochs (Spearman; 1 is the same order): {words}."
        ))
    }

    fn mistakes(&self, scored: &Scored) -> anyhow::Result<Section> {
        let name = |class: ClassId| self.info.classes.name(class).unwrap_or("?");
        let rows = scored.mistakes.chunks(MISTAKES_IN_A_ROW).map(|row| Row {
            title: String::new(),
            cells: row
                .iter()
                .map(|mistake| {
                    let caption = format!(
                        "{} \u{2192} {}",
                        name(mistake.label),
                        name(mistake.prediction)
                    );
                    Cell::new(mistake.picture.clone(), caption)
                })
                .collect(),
        });
        let svg = figures::grid(&rows.collect::<Vec<_>>(), 92)?;
        let list = scored.mistakes.iter().map(|mistake| {
            vec![
                mistake.id.to_string(),
                name(mistake.label).to_owned(),
                name(mistake.prediction).to_owned(),
                format!("{:.1} %", 100.0 * mistake.confidence),
            ]
        });
        let head = ["Picture", "Label", "Prediction", "Confidence"];
        let list = table("The same in words", &head, &list.collect::<Vec<_>>());
        let words = "Doodles classified wrongly, the most confident first: label and prediction";
        Ok(Section {
            title: "The most confident mistakes",
            body: format!(
                "{}<details><summary>As a table</summary>{list}</details>",
                figure(&svg, words)
            ),
        })
    }

    fn conditions(&self) -> Section {
        let info = &self.info;
        let seconds: f64 = info.history.iter().map(|record| record.seconds).sum();
        let mut rows = vec![
            vec!["Device".to_owned(), info.devices.join(", ")],
            vec!["Time".to_owned(), duration(seconds)],
            vec!["Classes".to_owned(), info.classes.names().join(", ")],
        ];
        rows.extend(self.data.iter().map(|row| row.to_vec()));
        let about = table("The run", &[], &rows);
        let settings = table(
            "The configuration, as config.json has it",
            &["Setting", "Value"],
            &settings(&info.config),
        );
        Section {
            title: "Configuration, data, device and time",
            body: format!("<div class=\"side\">{about}{settings}</div>"),
        }
    }
}

fn result(scored: &Scored) -> anyhow::Result<Section> {
    let score = &scored.score;
    let rows = score.per_class.iter().map(|class| {
        let accuracy = class.accuracy.map_or_else(|| "\u{2013}".to_owned(), number);
        vec![class.class.clone(), class.count.to_string(), accuracy]
    });
    let caption = format!(
        "Accuracy {}, balanced accuracy {}, on {} {}; expected calibration error {}",
        number(score.accuracy),
        number(score.balanced_accuracy),
        score.scored,
        scored.on,
        number(scored.reliability.expected_calibration_error)
    );
    let classes = table(
        &caption,
        &["Class", "Doodles", "Accuracy"],
        &rows.collect::<Vec<_>>(),
    );
    let confusion = figure(
        &figures::confusion(score)?,
        "Confusion matrix: a row a label, a column a prediction",
    );
    let words = "Accuracy against confidence";
    let reliability = figure(&figures::reliability(&scored.reliability)?, words);
    Ok(Section {
        title: "Accuracy on doodles",
        body: format!("{classes}<div class=\"side\">{confusion}{reliability}</div>"),
    })
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

fn number(value: f64) -> String {
    format!("{value:.4}")
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
