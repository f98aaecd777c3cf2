//! Statistics that tell drawings of none of the classes, fitted on doodles without labels; and how well they do.

mod score;

use anyhow::{Context, ensure};
use faer::{Mat, Side, linalg::solvers::DenseSolveCore};
use image::GrayImage;
use rayon::prelude::*;
use shared::{
    input::{grey_from_doodle, values},
    novelty::{Standard, Statistics, energy, score},
    weights::{Novelty, network_from_bytes, statistics_from_bytes, with_statistics},
};

pub use self::score::{NoveltyScore, NoveltyTrial};
use crate::strokes::{Perturbation, trace};

/// Added to the diagonal of a covariance before it is inverted, as a share of its mean diagonal entry.
const SHRINKAGE: f64 = 0.01;
/// Pictures that one thread predicts in a row.
const CHUNK: usize = 256;

/// Features and logits of one picture.
struct Seen {
    features: Vec<f32>,
    logits: Vec<f32>,
}

/// Doodles drawn with the page's pen, from strokes traced in their bitmaps.
pub fn retraced(doodles: &[GrayImage]) -> Vec<GrayImage> {
    let drawn = doodles.par_iter();
    drawn
        .map(|doodle| Perturbation::None.bitmap(&trace(doodle), 0))
        .collect()
}

/// A weights file with statistics of novelty, fitted without labels on its network's predictions about doodles as they are and
/// retraced, and how they were fitted. The threshold refuses a `share` (0 to 1) of the retraced ones.
///
/// # Errors
/// Where the weights cannot be read, or the doodles are too few or too similar for a covariance.
pub fn with_novelty(
    bytes: &[u8],
    doodles: &[GrayImage],
    share: f64,
) -> anyhow::Result<(Vec<u8>, Novelty)> {
    let of_retraced = see(bytes, &retraced(doodles))?;
    let mut seen = see(bytes, doodles)?;
    let count = of_retraced.len();
    seen.extend(of_retraced);
    let statistics =
        fit(&seen).context("no statistics of novelty can be fitted on these doodles")?;
    let mut about = Novelty {
        pictures: count,
        refused: share,
    };
    // The threshold counts for the statistics as they are stored, rounded.
    let stored = with_statistics(bytes, &statistics, about.clone())?;
    let stored = statistics_from_bytes(&stored)?.context("the statistics were not stored")?;
    let mut scores = scores(&stored, &seen[count..]);
    scores.sort_by(f32::total_cmp);
    let threshold = scores[((share * count as f64) as usize).min(count - 1)];
    about.refused = refused(threshold, &scores);
    let statistics = Statistics {
        threshold,
        ..statistics
    };
    let bytes = with_statistics(bytes, &statistics, about.clone())?;
    Ok((bytes, about))
}

fn see(bytes: &[u8], pictures: &[GrayImage]) -> anyhow::Result<Vec<Seen>> {
    let chunks = pictures.par_chunks(CHUNK).map(|chunk| {
        let (mut network, _) = network_from_bytes(bytes)?;
        let seen = chunk.iter().map(|picture| {
            let values = values(&grey_from_doodle(picture));
            let (picture, _) = values.as_chunks();
            let picture = picture.first().context("a picture of another size")?;
            let logits = network.predict(picture).to_vec();
            Ok(Seen {
                features: network.features().to_vec(),
                logits,
            })
        });
        seen.collect::<anyhow::Result<Vec<_>>>()
    });
    let chunks: Vec<Vec<Seen>> = chunks.collect::<anyhow::Result<_>>()?;
    Ok(chunks.into_iter().flatten().collect())
}

fn scores(statistics: &Statistics, seen: &[Seen]) -> Vec<f32> {
    let seen = seen.par_iter();
    seen.map(|seen| score(statistics, &seen.features, &seen.logits))
        .collect()
}

fn refused(threshold: f32, scores: &[f32]) -> f64 {
    let below = scores.iter().filter(|score| **score < threshold).count();
    below as f64 / scores.len().max(1) as f64
}

/// Statistics without a threshold, classes by the network's own predictions.
fn fit(seen: &[Seen]) -> anyhow::Result<Statistics> {
    let first = seen.first().context("there are no doodles")?;
    let (width, classes) = (first.features.len(), first.logits.len());
    ensure!(
        seen.len() > 2 * width,
        "{} doodles are too few for the covariance of {width} features: give more than {width}",
        seen.len() / 2
    );
    let class = |seen: &Seen| {
        let logits = seen.logits.iter().enumerate();
        logits
            .max_by(|one, other| one.1.total_cmp(other.1))
            .map_or(0, |(class, _)| class)
    };
    let mut counts = vec![0.0; classes];
    let mut means = vec![vec![0.0; width]; classes];
    for seen in seen {
        let class = class(seen);
        counts[class] += 1.0;
        add(&mut means[class], &seen.features);
    }
    let all = seen.len() as f64;
    let centre: Vec<f64> = (0..width)
        .map(|index| means.iter().map(|sums| sums[index]).sum::<f64>() / all)
        .collect();
    for (mean, count) in means.iter_mut().zip(&counts) {
        // A class that nothing was predicted as has the mean of all.
        let filled = mean.iter_mut().zip(&centre);
        filled.for_each(|(sum, centre)| *sum = if *count > 0.0 { *sum / count } else { *centre });
    }
    let within = covariance(seen, width, |seen| &means[class(seen)]);
    let total = covariance(seen, width, |_| &centre);
    let within = inverse(&shrunk(within, width), width)
        .context("the features hardly vary within the classes")?;
    let total = inverse(&shrunk(total, width), width).context("the features hardly vary")?;
    let (mut linear, mut offset) = (Vec::new(), Vec::new());
    for mean in &means {
        let from_centre: Vec<f64> = mean.iter().zip(&centre).map(|(a, b)| a - b).collect();
        let rows = within.chunks_exact(width);
        let row: Vec<f64> = rows.map(|row| dot(row, &from_centre)).collect();
        offset.push(-dot(&row, &from_centre) as f32);
        linear.extend(row.iter().map(|value| (2.0 * value) as f32));
    }
    let precision = (0..width)
        .flat_map(|row| (row..width).map(move |column| row * width + column))
        .map(|at| (within[at] - total[at]) as f32)
        .collect();
    let plain = Standard {
        median: 0.0,
        deviation: 1.0,
    };
    let statistics = Statistics {
        centre: centre.iter().map(|value| *value as f32).collect(),
        precision,
        linear,
        offset,
        nearness: plain,
        energy: plain,
        threshold: 0.0,
    };
    let nearness = seen
        .par_iter()
        .map(|seen| statistics.nearness(&seen.features))
        .collect();
    let energies = seen.iter().map(|seen| energy(&seen.logits)).collect();
    Ok(Statistics {
        nearness: standard(nearness)?,
        energy: standard(energies)?,
        ..statistics
    })
}

fn add(sums: &mut [f64], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += f64::from(*value);
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The mean product of what features deviate from a mean, `[width, width]`.
fn covariance<'a>(
    seen: &[Seen],
    width: usize,
    mean: impl Fn(&Seen) -> &'a Vec<f64> + Sync,
) -> Vec<f64> {
    let deviations: Vec<Vec<f64>> = seen
        .iter()
        .map(|seen| {
            let values = seen.features.iter().zip(mean(seen));
            values
                .map(|(value, mean)| f64::from(*value) - mean)
                .collect()
        })
        .collect();
    let rows = (0..width).into_par_iter().flat_map_iter(|row| {
        let mut sums = vec![0.0; width];
        for deviation in &deviations {
            let own = deviation[row];
            sums.iter_mut()
                .zip(deviation)
                .for_each(|(sum, value)| *sum += own * value);
        }
        let count = seen.len() as f64;
        sums.into_iter().map(move |sum| sum / count)
    });
    rows.collect()
}

/// The inverse of a symmetric positive definite matrix, `[side, side]`, row by row; none where it is not positive definite.
fn inverse(matrix: &[f64], side: usize) -> Option<Vec<f64>> {
    let matrix = Mat::from_fn(side, side, |row, column| matrix[row * side + column]);
    let inverse = matrix.llt(Side::Lower).ok()?.inverse();
    let entries = (0..side * side).map(|at| inverse[(at / side, at % side)]);
    let entries: Vec<f64> = entries.collect();
    entries
        .iter()
        .all(|value| value.is_finite())
        .then_some(entries)
}

fn shrunk(mut covariance: Vec<f64>, width: usize) -> Vec<f64> {
    let diagonal = covariance.iter().step_by(width + 1).sum::<f64>() / width as f64;
    for own in covariance.iter_mut().step_by(width + 1) {
        *own += SHRINKAGE * diagonal;
    }
    covariance
}

fn standard(mut values: Vec<f32>) -> anyhow::Result<Standard> {
    values.sort_by(f32::total_cmp);
    let count = values.len().max(1) as f64;
    let mean = values.iter().copied().map(f64::from).sum::<f64>() / count;
    let squares = values
        .iter()
        .map(|value| (f64::from(*value) - mean).powi(2));
    let deviation = (squares.sum::<f64>() / count).sqrt() as f32;
    ensure!(
        deviation.is_finite() && deviation > 0.0,
        "all doodles have the same score"
    );
    Ok(Standard {
        median: values[values.len() / 2],
        deviation,
    })
}

#[cfg(test)]
mod tests {
    use shared::weights::metadata_from_bytes;

    use super::*;
    use crate::data::held_out;

    fn weights() -> Vec<u8> {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/weights/edgewise-f32.safetensors"
        );
        std::fs::read(file).unwrap()
    }

    #[test]
    fn the_threshold_refuses_the_share_that_was_asked_for() {
        let (doodles, _) = held_out(0);
        let bytes = weights();
        let (fitted, _) = with_novelty(&bytes, &doodles.pictures, 0.1).unwrap();
        let about = metadata_from_bytes(&fitted).unwrap().novelty.unwrap();
        assert_eq!(about.pictures, doodles.pictures.len());
        assert!((about.refused - 0.1).abs() < 0.02, "{about:?}");
        let noise: Vec<GrayImage> = (0..40_u32)
            .map(|n| {
                GrayImage::from_fn(28, 28, |x, y| {
                    image::Luma([((x * 7 + y * 13) * (n + 3) % 251) as u8])
                })
            })
            .collect();
        let score = NoveltyScore::new(&fitted, &doodles.pictures, &noise).unwrap();
        assert!(
            (score.refused_retraced - about.refused).abs() < 1e-9,
            "{score:?}"
        );
        assert!(score.auroc > 0.5, "{score:?}");
        assert!(score.to_string().contains("40 other drawings"));
        // Fitted on a file that has statistics already: the same.
        let (again, _) = with_novelty(&fitted, &doodles.pictures, 0.1).unwrap();
        assert!(again == fitted);
    }

    #[test]
    fn too_few_doodles_and_a_file_without_statistics_are_refused() {
        let (doodles, _) = held_out(0);
        let few = &doodles.pictures[..10];
        let error = with_novelty(&weights(), few, 0.1).unwrap_err();
        assert!(format!("{error:#}").contains("too few"), "{error:#}");
        let error = NoveltyScore::new(&weights(), few, few).unwrap_err();
        assert!(error.to_string().contains("--novelty"), "{error}");
    }
}
