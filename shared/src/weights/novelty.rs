//! The statistics of [`crate::novelty`] in a weights file: eight tensors whose names begin with `novelty.`, in format 3.
//!
//! The precision is stored as its diagonal, and what lies above it divided by the roots of both diagonal entries, in 8 bits with one
//! scale; the linear part in 8 bits with a scale a class.

use safetensors::{
    Dtype, SafeTensors,
    tensor::{TensorView, serialize},
};

use super::{
    METADATA_KEY, Metadata, Novelty, WeightsError,
    metadata::metadata_from_bytes,
    quantise::{best_scale, levels, pack, unpack},
    values::{le_bytes, plain, view},
};
use crate::{
    architecture::BLOCK_CHANNELS,
    novelty::{Standard, Statistics, triangle},
};

const PREFIX: &str = "novelty.";
/// Tensors that the statistics take.
pub(super) const TENSORS: usize = 8;
const BITS: u32 = 8;

/// A weights file with statistics beside its network, instead of any that it has. The network's tensors stay as they are.
///
/// # Errors
/// Where the file cannot be read, or the statistics are of another network or not finite.
pub fn with_statistics(
    bytes: &[u8],
    statistics: &Statistics,
    about: Novelty,
) -> Result<Vec<u8>, WeightsError> {
    let metadata = metadata_from_bytes(bytes)?;
    let (features, classes) = sizes(&metadata);
    if !statistics.fits(features, classes) {
        let what = "statistics of another network, or not finite".to_owned();
        return Err(WeightsError::BadStatistics(what));
    }
    let diagonal: Vec<f32> = rows(&statistics.precision, features)
        .map(|row| row[0])
        .collect();
    if !diagonal.iter().all(|value| *value > 0.0) {
        let what = "a precision without a positive diagonal".to_owned();
        return Err(WeightsError::BadStatistics(what));
    }
    let above: Vec<f32> = rows(&statistics.precision, features)
        .enumerate()
        .flat_map(|(index, row)| {
            let diagonal = &diagonal;
            let others = row.iter().enumerate().skip(1);
            others.map(move |(offset, value)| {
                value / (diagonal[index] * diagonal[index + offset]).sqrt()
            })
        })
        .collect();
    let largest = above
        .iter()
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    let scale = if largest > 0.0 {
        largest / levels(BITS) as f32
    } else {
        1.0
    };
    let mut packed = Vec::new();
    pack(&above, scale, BITS, &mut packed);
    let (mut linear, mut scales) = (Vec::new(), Vec::new());
    for row in statistics.linear.chunks_exact(features) {
        let scale = best_scale(row, BITS);
        pack(row, scale, BITS, &mut linear);
        scales.push(scale);
    }
    let Statistics {
        nearness,
        energy,
        threshold,
        ..
    } = *statistics;
    let standard = [
        nearness.median,
        nearness.deviation,
        energy.median,
        energy.deviation,
        threshold,
    ];
    let floats = |name: &str, values: &[f32]| {
        (
            format!("{PREFIX}{name}"),
            Dtype::F32,
            vec![values.len()],
            le_bytes(values),
        )
    };
    let numbers = |name: &str, shape: Vec<usize>, packed: Vec<u8>| {
        (format!("{PREFIX}{name}"), Dtype::U8, shape, packed)
    };
    let own = [
        floats("centre", &statistics.centre),
        floats("diagonal", &diagonal),
        numbers("precision_packed", vec![packed.len()], packed),
        floats("precision_scale", &[scale]),
        numbers("linear_packed", vec![classes, features], linear),
        floats("linear_scale", &scales),
        floats("offset", &statistics.offset),
        floats("standard", &standard),
    ];
    rewritten(bytes, &own, &metadata.with_novelty(Some(about)))
}

/// A weights file without its statistics; another one as it is, but for the order of its tensors.
#[cfg(feature = "model")]
pub(super) fn without_statistics(bytes: &[u8]) -> Result<Vec<u8>, WeightsError> {
    let metadata = metadata_from_bytes(bytes)?;
    rewritten(bytes, &[], &metadata.with_novelty(None))
}

/// The statistics in a weights file, or none where it has none.
///
/// # Errors
/// Where they are of other sizes than the network's, or not finite.
pub fn statistics_from_bytes(bytes: &[u8]) -> Result<Option<Statistics>, WeightsError> {
    let metadata = metadata_from_bytes(bytes)?;
    if metadata.novelty.is_none() {
        return Ok(None);
    }
    let file = SafeTensors::deserialize(bytes)
        .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
    let (features, classes) = sizes(&metadata);
    let floats = |name: &str, length: usize| plain(&file, &format!("{PREFIX}{name}"), &[length]);
    let numbers = |name: &str, shape: &[usize]| {
        let tensor = view(&file, &format!("{PREFIX}{name}"), shape)?;
        match tensor.dtype() {
            Dtype::U8 => Ok(tensor.data()),
            other => Err(WeightsError::BadStatistics(format!(
                "{PREFIX}{name} is stored as {other:?} instead of U8"
            ))),
        }
    };
    let diagonal = floats("diagonal", features)?;
    let scale = floats("precision_scale", 1)?[0];
    let packed = numbers("precision_packed", &[triangle(features) - features])?;
    let mut above = Vec::new();
    unpack(packed, packed.len(), scale, BITS, &mut above);
    let mut above = above.into_iter();
    let mut precision = Vec::with_capacity(triangle(features));
    for (index, own) in diagonal.iter().enumerate() {
        precision.push(*own);
        let others = diagonal[index + 1..].iter().zip(above.by_ref());
        precision.extend(others.map(|(other, value)| value * (own * other).sqrt()));
    }
    let mut linear = Vec::with_capacity(classes * features);
    let scales = floats("linear_scale", classes)?;
    let packed = numbers("linear_packed", &[classes, features])?;
    for (row, scale) in packed.chunks_exact(features).zip(scales) {
        unpack(row, features, scale, BITS, &mut linear);
    }
    let standard = floats("standard", 5)?;
    let statistics = Statistics {
        centre: floats("centre", features)?,
        precision,
        linear,
        offset: floats("offset", classes)?,
        nearness: Standard {
            median: standard[0],
            deviation: standard[1],
        },
        energy: Standard {
            median: standard[2],
            deviation: standard[3],
        },
        threshold: standard[4],
    };
    if !statistics.fits(features, classes) {
        let what = "a value that is not finite, or a deviation that is not above 0".to_owned();
        return Err(WeightsError::BadStatistics(what));
    }
    Ok(Some(statistics))
}

/// Features and classes of the network.
fn sizes(metadata: &Metadata) -> (usize, usize) {
    let last = BLOCK_CHANNELS[BLOCK_CHANNELS.len() - 1];
    (last * metadata.width, metadata.classes.len())
}

/// Rows of an upper triangle, each from its diagonal on.
fn rows(triangle: &[f32], side: usize) -> impl Iterator<Item = &[f32]> {
    let mut rest = triangle;
    (0..side).map(move |index| {
        let (row, after) = rest.split_at(side - index);
        rest = after;
        row
    })
}

type Part = (String, Dtype, Vec<usize>, Vec<u8>);

/// The file's tensors but for its statistics, and `more`, under other metadata.
fn rewritten(bytes: &[u8], more: &[Part], metadata: &Metadata) -> Result<Vec<u8>, WeightsError> {
    let write = |error: safetensors::SafeTensorError| WeightsError::Write(error.to_string());
    let file = SafeTensors::deserialize(bytes)
        .map_err(|error| WeightsError::NotSafetensors(error.to_string()))?;
    let mut views: Vec<(String, TensorView<'_>)> = file.tensors();
    views.retain(|(name, _)| !name.starts_with(PREFIX));
    for (name, dtype, shape, data) in more {
        let view = TensorView::new(*dtype, shape.clone(), data).map_err(write)?;
        views.push((name.clone(), view));
    }
    let text = serde_json::to_string(metadata)
        .map_err(|error| WeightsError::BadMetadata(error.to_string()))?;
    let header = std::iter::once((METADATA_KEY.to_owned(), text)).collect();
    serialize(views, Some(header)).map_err(write)
}
