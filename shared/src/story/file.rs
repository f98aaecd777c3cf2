//! A story as bytes and back.
//!
//! Tensors, all but the last three of bytes (U8):
//! - `origins`, `classes` `[points]`: 0 photo, 1 doodle, 2 shown; the class's number.
//! - `pictures` `[shown, side, side / 2]`: two pixels a byte, the left one in the lower four bits.
//! - `positions` `[frames, 2, 2, points]`, and `map` `[1, 2, 2, points]` where there is one: for each frame x and y, of each first the lower
//!   and then the upper bytes, so that a general compressor finds like next to like.
//! - `epochs` `[frames]` U32, `curve_epochs` U32 and `curve_values` F32, all curves one after another, with their lengths in the metadata.
//! - `confusion` `[classes, classes]` U32, where there is one.

use image::GrayImage;
use safetensors::{
    Dtype, SafeTensors,
    tensor::{TensorView, serialize},
};
use serde::{Deserialize, Serialize};

use super::{
    Curve, FORMAT_VERSION, Frame, METADATA_KEY, Made, Measured, Origin, Point, Position, Story,
    StoryError,
};
use crate::classes::{ClassId, ClassNames};

/// What the header holds.
#[derive(Serialize, Deserialize)]
struct Header {
    format_version: u32,
    classes: ClassNames,
    made: Made,
    curves: Vec<CurveHeader>,
    measured: Option<MeasuredHeader>,
}

/// A curve but for its values.
#[derive(Serialize, Deserialize)]
struct CurveHeader {
    name: String,
    /// How many values it has.
    length: usize,
}

/// A measurement but for its matrix.
#[derive(Serialize, Deserialize)]
struct MeasuredHeader {
    conditions: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conditions_zh: Option<String>,
}

/// The version alone: the rest of another version's header may be of another form.
#[derive(Deserialize)]
struct Version {
    format_version: u32,
}

impl Story {
    /// Reads a story. Memory stays within a small multiple of the bytes' length, whatever they hold.
    ///
    /// # Errors
    /// Where the bytes are damaged, are of a newer version, or contradict themselves.
    pub fn read(bytes: &[u8]) -> Result<Self, StoryError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)
            .map_err(|error| StoryError::NotSafetensors(error.to_string()))?;
        let text = metadata
            .metadata()
            .as_ref()
            .and_then(|all| all.get(METADATA_KEY))
            .ok_or(StoryError::NoMetadata)?;
        let bad = |error: serde_json::Error| StoryError::BadMetadata(error.to_string());
        let Version { format_version } = serde_json::from_str(text).map_err(bad)?;
        if format_version != FORMAT_VERSION {
            return Err(StoryError::Version(format_version));
        }
        let header: Header = serde_json::from_str(text).map_err(bad)?;
        let file = SafeTensors::deserialize(bytes)
            .map_err(|error| StoryError::NotSafetensors(error.to_string()))?;
        let story = Self {
            points: points(&file)?,
            pictures: pictures(&file)?,
            frames: frames(&file)?,
            shipped_map: shipped_map(&file)?,
            curves: curves(&file, header.curves)?,
            measured: header
                .measured
                .map(|header| measured(&file, header))
                .transpose()?,
            classes: header.classes,
            made: header.made,
        };
        story.check()?;
        Ok(story)
    }

    /// The story as a file's bytes. Pictures are rounded to sixteen levels.
    ///
    /// # Errors
    /// Where the story contradicts itself.
    pub fn write(&self) -> Result<Vec<u8>, StoryError> {
        self.check()?;
        let points = self.points.len();
        let bytes =
            |name: &'static str, shape: Vec<usize>, data: Vec<u8>| (name, Dtype::U8, shape, data);
        let origins = self.points.iter().map(|point| point.origin as u8);
        let classes = self.points.iter().map(|point| point.class.0);
        let side = self.pictures.first().map_or(28, GrayImage::width) as usize;
        let pictures: Vec<u8> = self.pictures.iter().flat_map(packed).collect();
        let positions = self
            .frames
            .iter()
            .flat_map(|frame| planes(&frame.positions));
        let epochs = self.frames.iter().map(|frame| frame.epoch.to_le_bytes());
        let values = || self.curves.iter().flat_map(|curve| &curve.values);
        let length = values().count();
        let curve_epochs = values().flat_map(|(epoch, _)| epoch.to_le_bytes());
        let curve_values = values().flat_map(|(_, value)| value.to_le_bytes());
        let mut parts = vec![
            bytes("origins", vec![points], origins.collect()),
            bytes("classes", vec![points], classes.collect()),
            bytes(
                "pictures",
                vec![self.pictures.len(), side, side / 2],
                pictures,
            ),
            bytes(
                "positions",
                vec![self.frames.len(), 2, 2, points],
                positions.collect(),
            ),
            (
                "epochs",
                Dtype::U32,
                vec![self.frames.len()],
                epochs.flatten().collect(),
            ),
            (
                "curve_epochs",
                Dtype::U32,
                vec![length],
                curve_epochs.collect(),
            ),
            (
                "curve_values",
                Dtype::F32,
                vec![length],
                curve_values.collect(),
            ),
        ];
        if let Some(map) = &self.shipped_map {
            parts.push(bytes("map", vec![1, 2, 2, points], planes(map)));
        }
        if let Some(measured) = &self.measured {
            let counts = measured
                .confusion
                .iter()
                .flat_map(|count| count.to_le_bytes());
            let classes = self.classes.len();
            parts.push((
                "confusion",
                Dtype::U32,
                vec![classes, classes],
                counts.collect(),
            ));
        }
        let write = |error: safetensors::SafeTensorError| StoryError::Write(error.to_string());
        let views = parts.iter().map(|(name, dtype, shape, data)| {
            Ok((*name, TensorView::new(*dtype, shape.clone(), data)?))
        });
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(write)?;
        let text = serde_json::to_string(&self.header())
            .map_err(|error| StoryError::Write(error.to_string()))?;
        let header = std::iter::once((METADATA_KEY.to_owned(), text)).collect();
        serialize(views, Some(header)).map_err(write)
    }

    fn header(&self) -> Header {
        let curves = self.curves.iter().map(|curve| CurveHeader {
            name: curve.name.clone(),
            length: curve.values.len(),
        });
        Header {
            format_version: FORMAT_VERSION,
            classes: self.classes.clone(),
            made: self.made.clone(),
            curves: curves.collect(),
            measured: self.measured.as_ref().map(|measured| MeasuredHeader {
                conditions: measured.conditions.clone(),
                conditions_zh: measured.conditions_zh.clone(),
            }),
        }
    }
}

fn points(file: &SafeTensors<'_>) -> Result<Vec<Point>, StoryError> {
    let origins = vector(file, "origins", Dtype::U8)?;
    let classes = vector(file, "classes", Dtype::U8)?;
    if origins.len() != classes.len() {
        return bad(
            "classes",
            format!("has {} values for {} points", classes.len(), origins.len()),
        );
    }
    let points = origins.iter().zip(classes).map(|(origin, class)| {
        let origin = match origin {
            0 => Origin::Photo,
            1 => Origin::Doodle,
            2 => Origin::Shown,
            other => {
                return bad(
                    "origins",
                    format!("holds {other}, and there are 0, 1 and 2"),
                );
            }
        };
        Ok(Point {
            origin,
            class: ClassId(*class),
        })
    });
    points.collect()
}

fn pictures(file: &SafeTensors<'_>) -> Result<Vec<GrayImage>, StoryError> {
    let (shape, data) = tensor(file, "pictures", Dtype::U8)?;
    let side = match *shape {
        [_, 28, 14] => 28,
        [_, 32, 16] => 32,
        _ => {
            return bad(
                "pictures",
                format!("is {shape:?}, and pictures are 28x28 or 32x32"),
            );
        }
    };
    let pictures = data.chunks_exact(side * side / 2).filter_map(|picture| {
        let pixels = picture
            .iter()
            .flat_map(|pair| [(pair & 15) * 17, (pair >> 4) * 17]);
        GrayImage::from_raw(side as u32, side as u32, pixels.collect())
    });
    Ok(pictures.collect())
}

/// Two pixels a byte, the left one in the lower four bits.
fn packed(picture: &GrayImage) -> Vec<u8> {
    let level = |pixel: u8| ((u16::from(pixel) + 8) / 17) as u8;
    let (pairs, _) = picture.as_raw().as_chunks::<2>();
    pairs
        .iter()
        .map(|[left, right]| level(*left) | level(*right) << 4)
        .collect()
}

fn frames(file: &SafeTensors<'_>) -> Result<Vec<Frame>, StoryError> {
    let positions = position_frames(file, "positions")?;
    let (epochs, _) = vector(file, "epochs", Dtype::U32)?.as_chunks();
    if epochs.len() != positions.len() {
        return bad(
            "epochs",
            format!("has {} values for {} frames", epochs.len(), positions.len()),
        );
    }
    let frames = epochs
        .iter()
        .zip(positions)
        .map(|(epoch, positions)| Frame {
            epoch: u32::from_le_bytes(*epoch),
            positions,
        });
    Ok(frames.collect())
}

fn shipped_map(file: &SafeTensors<'_>) -> Result<Option<Vec<Position>>, StoryError> {
    if !file.names().contains(&"map") {
        return Ok(None);
    }
    let mut maps = position_frames(file, "map")?;
    match maps.len() {
        1 => Ok(maps.pop()),
        count => bad("map", format!("has {count} frames instead of 1")),
    }
}

fn position_frames(file: &SafeTensors<'_>, name: &str) -> Result<Vec<Vec<Position>>, StoryError> {
    let (shape, data) = tensor(file, name, Dtype::U8)?;
    match *shape {
        [_, 2, 2, points] if points > 0 => {
            let frames = data.chunks_exact(4 * points);
            Ok(frames.map(|frame| from_planes(frame, points)).collect())
        }
        _ => bad(
            name,
            format!("is {shape:?} instead of [frames, 2, 2, points]"),
        ),
    }
}

/// For x and then y: all lower bytes, then all upper bytes.
fn planes(positions: &[Position]) -> Vec<u8> {
    let axes = [0, 1].into_iter().flat_map(|axis| {
        [0, 1].into_iter().flat_map(move |byte| {
            let plane = positions.iter().map(move |at| at[axis].to_le_bytes()[byte]);
            plane.collect::<Vec<_>>()
        })
    });
    axes.collect()
}

fn from_planes(planes: &[u8], points: usize) -> Vec<Position> {
    let (x, y) = planes.split_at(2 * points);
    let (x_low, x_high) = x.split_at(points);
    let (y_low, y_high) = y.split_at(points);
    let value = |low: u8, high: u8| u16::from_le_bytes([low, high]);
    let x = x_low
        .iter()
        .zip(x_high)
        .map(|(low, high)| value(*low, *high));
    let y = y_low
        .iter()
        .zip(y_high)
        .map(|(low, high)| value(*low, *high));
    x.zip(y).map(|(x, y)| [x, y]).collect()
}

fn curves(file: &SafeTensors<'_>, headers: Vec<CurveHeader>) -> Result<Vec<Curve>, StoryError> {
    let (epochs, _) = vector(file, "curve_epochs", Dtype::U32)?.as_chunks();
    let (values, _) = vector(file, "curve_values", Dtype::F32)?.as_chunks();
    if epochs.len() != values.len() {
        return bad(
            "curve_values",
            format!("has {} values for {} epochs", values.len(), epochs.len()),
        );
    }
    let pairs = epochs.iter().zip(values);
    let mut pairs =
        pairs.map(|(epoch, value)| (u32::from_le_bytes(*epoch), f32::from_le_bytes(*value)));
    let curves = headers.into_iter().map(|CurveHeader { name, length }| {
        let values: Vec<(u32, f32)> = pairs.by_ref().take(length).collect();
        if values.len() < length {
            return bad("curve_values", format!("ends within curve {name:?}"));
        }
        Ok(Curve { name, values })
    });
    let curves = curves.collect::<Result<_, _>>()?;
    match pairs.next() {
        Some(_) => bad("curve_values", "has more values than the curves".to_owned()),
        None => Ok(curves),
    }
}

fn measured(file: &SafeTensors<'_>, header: MeasuredHeader) -> Result<Measured, StoryError> {
    let (_, data) = tensor(file, "confusion", Dtype::U32)?;
    let (counts, _) = data.as_chunks();
    Ok(Measured {
        confusion: counts
            .iter()
            .map(|count| u32::from_le_bytes(*count))
            .collect(),
        conditions: header.conditions,
        conditions_zh: header.conditions_zh,
    })
}

/// A tensor's shape and bytes.
fn tensor<'a>(
    file: &SafeTensors<'a>,
    name: &str,
    dtype: Dtype,
) -> Result<(Vec<usize>, &'a [u8]), StoryError> {
    let Ok(tensor) = file.tensor(name) else {
        return bad(name, "is missing".to_owned());
    };
    if tensor.dtype() != dtype {
        return bad(
            name,
            format!("is stored as {:?} instead of {dtype:?}", tensor.dtype()),
        );
    }
    Ok((tensor.shape().to_vec(), tensor.data()))
}

/// The bytes of a tensor of one dimension.
fn vector<'a>(file: &SafeTensors<'a>, name: &str, dtype: Dtype) -> Result<&'a [u8], StoryError> {
    let (shape, data) = tensor(file, name, dtype)?;
    match *shape {
        [_] => Ok(data),
        _ => bad(name, format!("is {shape:?} and not of one dimension")),
    }
}

fn bad<T>(name: &str, what: String) -> Result<T, StoryError> {
    Err(StoryError::BadTensor {
        name: name.to_owned(),
        what,
    })
}
