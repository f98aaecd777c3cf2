//! A drawing as a short text for an address, and back.
//!
//! Base64url, without padding, of these bytes: the version, 1; the number of halvings of the grid's step of 2 units, 0 to 5;
//! the number of strokes; of each stroke the number of its points and the points; a CRC-16 of all that, high byte first.
//! Numbers are LEB128. A point is its distance from the point before, across and down, in steps, zigzag: the first of all
//! from the sheet's corner at the top left.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::drawing::{Drawing, Point, Stroke};

use super::crc::crc16;
use super::simplify::simplify;
use crate::draw::sheet::SHEET_SIDE;

/// The only version there is.
pub const VERSION: u8 = 1;
/// The most strokes in a link.
pub const MOST_STROKES: usize = 1024;
/// The most points in a link, all strokes together.
pub const MOST_POINTS: usize = 8192;
/// The longest text, in bytes. Addresses of this length pass through browsers and messengers.
pub const LONGEST: usize = 24_000;

/// The step of the grid where it is coarsest, in units of the sheet.
const COARSEST: f32 = 2.0;
/// How often the step is halved at most.
const MOST_HALVINGS: u8 = 5;
/// A drawing has at least so many steps from side to side, as long as the step can be halved.
const STEPS_ACROSS: f32 = 128.0;

/// Why a text is no drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// It is longer than any that the page makes.
    Long,
    /// It has letters that no code has.
    Letters,
    /// Another version of the page made it.
    Version(u8),
    /// The checksum does not fit: it was cut off or changed.
    Checksum,
    /// The checksum fits, but the numbers are no drawing on the sheet.
    Numbers,
}

/// A drawing has more strokes or points than a link holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

/// The text of a drawing; strokes lose points that hardly change them.
///
/// # Errors
/// Where it has more strokes than a link holds.
pub fn encode(drawing: &Drawing) -> Result<String, TooMuch> {
    let halvings = halvings(drawing);
    let mut tolerance = step(halvings) / 2.0;
    // A long scribble gets coarser until it fits.
    loop {
        let strokes = on_grid(drawing, halvings, tolerance);
        if strokes.len() > MOST_STROKES {
            return Err(TooMuch);
        }
        let points: usize = strokes.iter().map(Vec::len).sum();
        if points <= MOST_POINTS {
            let text = text(&strokes, halvings);
            if text.len() <= LONGEST {
                return Ok(text);
            }
        }
        tolerance *= 2.0;
    }
}

/// The drawing of a text, from a hostile one too: the work is bounded by [`LONGEST`].
///
/// # Errors
/// Where it is not exactly what [`encode`] writes.
pub fn decode(text: &str) -> Result<Drawing, CodeError> {
    if text.len() > LONGEST {
        return Err(CodeError::Long);
    }
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| CodeError::Letters)?;
    let (body, checksum) = bytes.split_last_chunk().ok_or(CodeError::Checksum)?;
    match body.first() {
        Some(&VERSION) => {}
        Some(&version) if crc16(body) == u16::from_be_bytes(*checksum) => {
            return Err(CodeError::Version(version));
        }
        _ => return Err(CodeError::Checksum),
    }
    if crc16(body) != u16::from_be_bytes(*checksum) {
        return Err(CodeError::Checksum);
    }
    let mut reader = Reader {
        bytes: &body[1..],
        at: (0, 0),
    };
    reader.drawing().ok_or(CodeError::Numbers)
}

fn step(halvings: u8) -> f32 {
    COARSEST / f32::from(1_u8 << halvings)
}

/// A small drawing is shown to the network as large as any other, so it needs a finer grid.
fn halvings(drawing: &Drawing) -> u8 {
    let points = || drawing.strokes().iter().flat_map(Stroke::points);
    let extent = |along: fn(&Point) -> f32| {
        let least = points().map(along).fold(f32::INFINITY, f32::min);
        let most = points().map(along).fold(f32::NEG_INFINITY, f32::max);
        most - least
    };
    let extent = extent(|point| point.x).max(extent(|point| point.y));
    (0..MOST_HALVINGS)
        .find(|&halvings| extent / step(halvings) >= STEPS_ACROSS)
        .unwrap_or(MOST_HALVINGS)
}

/// The strokes in steps of the grid, without those that are empty and without points that fall together.
fn on_grid(drawing: &Drawing, halvings: u8, tolerance: f32) -> Vec<Vec<(i32, i32)>> {
    let step = step(halvings);
    let along = |distance: f32| (distance.clamp(0.0, SHEET_SIDE) / step).round() as i32;
    let strokes = drawing.strokes().iter().filter(|stroke| !stroke.is_empty());
    strokes
        .map(|stroke| {
            let points = simplify(stroke.points(), tolerance);
            let mut places: Vec<(i32, i32)> = points
                .iter()
                .map(|point| (along(point.x), along(point.y)))
                .collect();
            places.dedup();
            places
        })
        .collect()
}

fn text(strokes: &[Vec<(i32, i32)>], halvings: u8) -> String {
    let mut bytes = vec![VERSION, halvings];
    push(&mut bytes, strokes.len() as u32);
    let mut at = (0, 0);
    for stroke in strokes {
        push(&mut bytes, stroke.len() as u32);
        for &place in stroke {
            push(&mut bytes, zigzag(place.0 - at.0));
            push(&mut bytes, zigzag(place.1 - at.1));
            at = place;
        }
    }
    let checksum = crc16(&bytes);
    bytes.extend(checksum.to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)) as u32
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: (i32, i32),
}

impl Reader<'_> {
    fn drawing(&mut self) -> Option<Drawing> {
        let halvings = self.byte().filter(|&halvings| halvings <= MOST_HALVINGS)?;
        let step = step(halvings);
        let strokes = self.count(MOST_STROKES)?;
        let mut left = MOST_POINTS;
        // Nothing is reserved by a number from the text.
        let mut drawing = Vec::new();
        for _ in 0..strokes {
            let count = self.count(left).filter(|&count| count > 0)?;
            left -= count;
            let mut points = Vec::new();
            for _ in 0..count {
                points.push(self.point(step)?);
            }
            drawing.push(Stroke::from(points));
        }
        (self.bytes.is_empty() && strokes > 0).then(|| drawing.into_iter().collect())
    }

    fn point(&mut self, step: f32) -> Option<Point> {
        self.at = (
            self.at.0.checked_add(self.difference()?)?,
            self.at.1.checked_add(self.difference()?)?,
        );
        let along = |steps: i32| {
            let distance = steps as f32 * step;
            (0.0..=SHEET_SIDE).contains(&distance).then_some(distance)
        };
        Some(Point {
            x: along(self.at.0)?,
            y: along(self.at.1)?,
        })
    }

    fn difference(&mut self) -> Option<i32> {
        let number = self.number()?;
        Some((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    fn count(&mut self, most: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= most).then_some(count)
    }

    /// At most three bytes, which is more than any number on the sheet needs.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for place in 0..3 {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(byte)
    }
}

#[cfg(test)]
mod tests;
