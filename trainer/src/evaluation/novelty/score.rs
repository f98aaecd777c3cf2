//! How well a weights file tells drawings of other things.

use std::{fmt, path::Path};

use anyhow::{Context, ensure};
use image::GrayImage;
use serde::Serialize;
use shared::{
    drawing::{Drawing, rasterise},
    novelty::Statistics,
    weights::statistics_from_bytes,
};

use super::{refused, retraced, scores, see};

/// A weights file that refuses drawings, and drawings of other things to try it with.
pub struct NoveltyTrial {
    bytes: Vec<u8>,
    others: Vec<GrayImage>,
}

impl NoveltyTrial {
    /// Reads the weights file and rasterises the drawings.
    ///
    /// # Errors
    /// Where the file cannot be read or has no statistics of novelty.
    pub fn open(weights: &Path, others: &[Drawing]) -> anyhow::Result<Self> {
        let bytes = std::fs::read(weights)
            .with_context(|| format!("{} cannot be read", weights.display()))?;
        known(&bytes)?;
        let others = others.iter().map(rasterise).collect();
        Ok(Self { bytes, others })
    }

    /// How well it does, beside doodles of its classes.
    ///
    /// # Errors
    /// As [`NoveltyScore::new`].
    pub fn score(&self, doodles: &[GrayImage]) -> anyhow::Result<NoveltyScore> {
        NoveltyScore::new(&self.bytes, doodles, &self.others)
    }
}

/// The statistics of a weights file.
fn known(bytes: &[u8]) -> anyhow::Result<Statistics> {
    statistics_from_bytes(bytes)?.context(
        "the weights file does not hold what tells other drawings: export it with --novelty",
    )
}

/// How many drawings are refused as none of the classes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoveltyScore {
    /// Share of the labelled doodles as they are that is refused, 0 to 1.
    pub refused: f64,
    /// Share of the same, retraced with the page's pen.
    pub refused_retraced: f64,
    /// How many these are.
    pub doodles: usize,
    /// Share of drawings of other things that is accepted as one of the classes, 0 to 1.
    pub accepted: f64,
    /// Share of these that is predicted with a confidence of at least one half, accepted or not.
    pub confident: f64,
    /// How many these are.
    pub others: usize,
    /// Area under the receiver operating characteristic, retraced doodles against drawings of other things.
    pub auroc: f64,
}

impl NoveltyScore {
    /// Of a weights file on doodles of its classes and on pictures, rasterised, of other things.
    ///
    /// # Errors
    /// Where the file has no statistics, or there are no doodles or no others.
    pub fn new(bytes: &[u8], doodles: &[GrayImage], others: &[GrayImage]) -> anyhow::Result<Self> {
        let statistics = known(bytes)?;
        ensure!(
            !doodles.is_empty() && !others.is_empty(),
            "there is nothing to measure on"
        );
        let of = |pictures: &[GrayImage]| anyhow::Ok(scores(&statistics, &see(bytes, pictures)?));
        let seen = see(bytes, others)?;
        let confident = seen.iter().filter(|seen| confidence(&seen.logits) >= 0.5);
        let confident = confident.count() as f64 / others.len() as f64;
        let other_scores = scores(&statistics, &seen);
        let retraced = of(&retraced(doodles))?;
        Ok(Self {
            refused: refused(statistics.threshold, &of(doodles)?),
            refused_retraced: refused(statistics.threshold, &retraced),
            doodles: doodles.len(),
            accepted: 1.0 - refused(statistics.threshold, &other_scores),
            confident,
            others: others.len(),
            auroc: auroc(retraced, other_scores),
        })
    }
}

fn confidence(logits: &[f32]) -> f32 {
    let mut probabilities = logits.to_vec();
    shared::softmax::softmax(&mut probabilities);
    probabilities.into_iter().fold(0.0, f32::max)
}

/// How often one of the `higher` lies above one of the `lower`; a tie counts half.
fn auroc(higher: Vec<f32>, mut lower: Vec<f32>) -> f64 {
    lower.sort_by(f32::total_cmp);
    let won = higher.iter().map(|score| {
        let below = lower.partition_point(|other| other < score);
        let up_to = lower.partition_point(|other| other <= score);
        (below + up_to) as f64 / 2.0
    });
    won.sum::<f64>() / (higher.len() * lower.len()) as f64
}

impl fmt::Display for NoveltyScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "none of the classes\nrefused            {:.4} of {} doodles, {:.4} of these retraced\naccepted           {:.4} of {} other \
             drawings ({:.4} with a confidence of at least 0.5)\nAUROC              {:.4}",
            self.refused,
            self.doodles,
            self.refused_retraced,
            self.accepted,
            self.others,
            self.confident,
            self.auroc
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_counts_pairs_in_the_right_order() {
        assert_eq!(auroc(vec![2.0, 3.0], vec![1.0, 0.0]), 1.0);
        assert_eq!(auroc(vec![1.0], vec![1.0]), 0.5);
        assert_eq!(auroc(vec![1.0, 3.0], vec![2.0]), 0.5);
    }
}
