//! The snapshots: what tells without labels how good they are.

use maud::html;

use super::{
    curves,
    page::{Section, table},
};
use crate::{
    evaluation::{Criteria, Score, rank_correlation},
    figures::{FigureError, Group},
    training::{RunInfo, Snapshot},
};

/// A table of so many snapshots is shown at once.
const SHOWN: usize = 12;

/// One of the numbers that need no labels, the higher the better.
type Criterion = fn(&Criteria) -> f64;

/// The snapshots of a run that has some.
pub(super) fn section(info: &RunInfo) -> Result<Section, FigureError> {
    let snapshots = &info.snapshots;
    let charts = curves::of_run(info)?;
    let best = Snapshot::best(snapshots).map(|snapshot| {
        format!(
            " Here that is epoch {}, with {} nats.",
            snapshot.epoch,
            number(snapshot.criteria.information)
        )
    });
    let rows: Vec<Vec<String>> = snapshots.iter().map(row).collect();
    let head = [
        "Epoch",
        "Information",
        "Balance",
        "Entropy",
        "Agreement",
        "Accuracy",
        "Balanced accuracy",
    ];
    let scored = snapshots.iter().any(|snapshot| snapshot.score.is_some());
    let columns = if scored { head.len() } else { head.len() - 2 };
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| row.into_iter().take(columns).collect())
        .collect();
    let caption = match scored {
        true => "Accuracy is that on the labelled doodles; it is only reported.",
        false => "No labels were given.",
    };
    Ok(Section {
        id: "snapshots",
        title: "Snapshots",
        body: html! {
            p {
                "None of these numbers needs labels: information and mean entropy of the predictions (nats), their balance (0 to 1), and the \
                 share that is predicted the same when mirrored. Option --best takes the highest information." (best.unwrap_or_default())
            }
            @if let Some(words) = ranked(snapshots) { p { (words) } }
            (curves::group(&charts, Group::Snapshots))
            details.columns open[snapshots.len() <= SHOWN] {
                summary { "All snapshots as a table" }
                (table(caption, &head[..columns], &rows))
            }
        },
    })
}

fn row(snapshot: &Snapshot) -> Vec<String> {
    let criteria = &snapshot.criteria;
    let score = |part: fn(&Score) -> f64| {
        let score = snapshot.score.as_ref();
        score.map_or_else(|| "\u{2013}".to_owned(), |score| number(part(score)))
    };
    vec![
        snapshot.epoch.to_string(),
        number(criteria.information),
        number(criteria.balance),
        number(criteria.entropy),
        number(criteria.agreement),
        score(|score| score.accuracy),
        score(|score| score.balanced_accuracy),
    ]
}

/// How well each criterion ranks the snapshots, where they have scores.
fn ranked(snapshots: &[Snapshot]) -> Option<String> {
    let criteria: [(&str, Criterion); 4] = [
        ("information", |criteria| criteria.information),
        ("balance", |criteria| criteria.balance),
        ("low entropy", |criteria| -criteria.entropy),
        ("agreement", |criteria| criteria.agreement),
    ];
    let words: Vec<String> = criteria
        .iter()
        .filter_map(|(name, value)| {
            let pairs = snapshots.iter().filter_map(|snapshot| {
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

fn number(value: f64) -> String {
    format!("{value:.4}")
}
