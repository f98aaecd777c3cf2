use image::{GrayImage, Luma};

use super::distance::squared_distances;
use super::paper::Region;
use crate::skeleton::Skeleton;

/// Shadows of a scanner's lid lie within this share of the sheet from its border.
const RIM: f32 = 0.06;
/// They run along so much of a side, on no more than two sides; a frame that was drawn has four.
const ALONG: f32 = 0.6;
/// An area along so much of the whole border was not drawn.
const AT_BORDER: f32 = 0.15;

/// Ink (255) or none (0), pixel by pixel.
pub(super) struct Mask(pub GrayImage);

/// The box round some pixels; `right` and `bottom` are just outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
}

impl Bounds {
    /// Its larger side, in pixels.
    pub fn larger(&self) -> u32 {
        (self.right - self.left).max(self.bottom - self.top)
    }

    /// How many pixels it holds.
    pub fn area(&self) -> u32 {
        (self.right - self.left) * (self.bottom - self.top)
    }

    /// The box round pixels, or none where there are none.
    pub fn of(places: impl Iterator<Item = (u32, u32)>) -> Option<Self> {
        places.fold(None, |bounds: Option<Self>, (x, y)| {
            let known = bounds.unwrap_or(Self {
                left: x,
                top: y,
                right: x + 1,
                bottom: y + 1,
            });
            Some(Self {
                left: known.left.min(x),
                top: known.top.min(y),
                right: known.right.max(x + 1),
                bottom: known.bottom.max(y + 1),
            })
        })
    }

    /// Whether another lies within it, or up to `reach` outside.
    fn holds(&self, other: &Self, reach: f32) -> bool {
        let reach = reach as u32;
        other.left + reach >= self.left
            && other.top + reach >= self.top
            && other.right <= self.right + reach
            && other.bottom <= self.bottom + reach
    }
}

/// The box round the ink, or none where there is none.
pub(super) fn bounds(mask: &GrayImage) -> Option<Bounds> {
    let ink = mask
        .enumerate_pixels()
        .filter(|(_, _, level)| level.0[0] > 0);
    Bounds::of(ink.map(|(x, y, _)| (x, y)))
}

/// The width of most lines in pixels, from their middles and from the squared distance of each pixel to the nearest without ink;
/// 0 where there are none.
pub(super) fn line_width(skeleton: &Skeleton, width: usize, to_edge: &[f32]) -> f32 {
    let mut widths: Vec<f32> = skeleton
        .pixels()
        .map(|pixel| {
            let (x, y) = skeleton.place(pixel);
            let to_edge = to_edge[y as usize * width + x as usize].sqrt();
            // The edge is between the pixels, and so is the middle of a line that is an even number of them wide. A picture that is
            // all ink has no edge.
            (2.0 * to_edge - 0.5).min(width as f32)
        })
        .collect();
    if widths.is_empty() {
        return 0.0;
    }
    let middle = widths.len() / 2;
    *widths.select_nth_unstable_by(middle, f32::total_cmp).1
}

impl Mask {
    /// The pixels of a picture from a level on, which is at least 1; none where there are no levels.
    pub fn from_level((width, height): (u32, u32), levels: &[u8], least: u8) -> Self {
        let mut mask = GrayImage::new(width, height);
        for (ink, level) in mask.iter_mut().zip(levels) {
            *ink = if *level >= least.max(1) { 255 } else { 0 };
        }
        Self(mask)
    }

    /// No ink, as large as a picture.
    pub fn empty(picture: &GrayImage) -> Self {
        Self(GrayImage::new(picture.width(), picture.height()))
    }

    /// Whether there is no ink.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|ink| *ink == 0)
    }

    /// The ink of both, which are of one size.
    pub fn with(&self, other: &Self) -> Self {
        self.both(other, u8::max)
    }

    /// The ink that is not in another, which is of the same size.
    pub fn without(&self, other: &Self) -> Self {
        self.both(other, |ink, other| ink.min(255 - other))
    }

    fn both(&self, other: &Self, pick: fn(u8, u8) -> u8) -> Self {
        let mut both = self.0.clone();
        for (ink, other) in both.iter_mut().zip(other.0.iter()) {
            *ink = pick(*ink, *other);
        }
        Self(both)
    }

    /// A part of it, and two pixels more all round, at another size.
    pub fn part(&self, region: Region, (width, height): (u32, u32)) -> Self {
        let (whole_width, whole_height) = (f64::from(self.0.width()), f64::from(self.0.height()));
        let at = |start: f64, length: f64, place: u32, side: u32, whole: f64| {
            let share = start + length * (f64::from(place) + 0.5) / f64::from(side);
            ((share * whole) as u32).min(whole as u32 - 1)
        };
        Self(GrayImage::from_fn(width, height, |x, y| {
            let x = at(region.left, region.width, x, width, whole_width);
            let y = at(region.top, region.height, y, height, whole_height);
            Luma([if self.is_near((x, y), 2) { 255 } else { 0 }])
        }))
    }

    /// Takes away, and returns, what lies along a good part of the border.
    pub fn remove_table(&mut self) -> Self {
        let border = 2.0 * (self.0.width() + self.0.height()) as f32;
        let of_table = |blob: &Blob, _: &Self| {
            let touching: usize = blob.touching.iter().sum();
            touching as f32 > AT_BORDER * border
        };
        self.remove_where(of_table)
    }

    /// Takes away what a pen as wide as most of the lines are cannot have drawn, and dust away from the drawing.
    pub fn remove_specks(&mut self) {
        let to_edge =
            squared_distances(self.0.width() as usize, self.0.iter().map(|ink| *ink == 0));
        let width = line_width(&Skeleton::of(&self.0, 1), self.0.width() as usize, &to_edge);
        let blobs = self.blobs();
        let total: usize = blobs.iter().map(|blob| blob.places.len()).sum();
        let is_dust = |blob: &Blob| {
            let size = blob.places.len() as f32;
            size < 3.0 * width * width && size < 0.003 * total as f32
        };
        let drawn = blobs.iter().filter(|blob| !is_dust(blob));
        let drawn = Bounds::of(drawn.flat_map(|blob| blob.places.iter().copied()));
        self.remove_where(|blob, _| {
            let bounds = drawn.zip(Bounds::of(blob.places.iter().copied()));
            let is_away = bounds.is_some_and(|(drawn, blob)| !drawn.holds(&blob, 2.0 * width));
            (blob.places.len() as f32) < 0.4 * width * width || (is_dust(blob) && is_away)
        });
    }

    /// Takes away, and returns, what a scanner sees beside the paper; nothing if that is all there is.
    pub fn remove_rims(&mut self) -> Self {
        let (width, height) = self.0.dimensions();
        let lengths = [height, width, height, width];
        let rims = [width, height, width, height].map(|side| (side as f32 * RIM).ceil() as u32);
        let before = self.0.clone();
        let removed = self.remove_where(|blob, mask| {
            let off = |place: &(u32, u32)| mask.off_sides(*place).into_iter().zip(rims);
            let is_rim = |place| off(place).any(|(off, rim)| off < rim);
            let along = blob.touching.iter().zip(lengths);
            let along =
                along.filter(|(touching, length)| **touching as f32 >= ALONG * *length as f32);
            (1..=2).contains(&along.count()) && blob.places.iter().all(is_rim)
        });
        if self.is_empty() {
            self.0 = before;
            return Self::empty(&self.0);
        }
        removed
    }

    fn remove_where(&mut self, is_wrong: impl Fn(&Blob, &Self) -> bool) -> Self {
        let mut removed = Self::empty(&self.0);
        for blob in self.blobs() {
            if is_wrong(&blob, self) {
                for (x, y) in blob.places {
                    self.0.put_pixel(x, y, Luma([0]));
                    removed.0.put_pixel(x, y, Luma([255]));
                }
            }
        }
        removed
    }

    /// Whether there is ink up to so many pixels away.
    fn is_near(&self, (x, y): (u32, u32), reach: u32) -> bool {
        let rows = y.saturating_sub(reach)..=y + reach;
        let mut near =
            rows.flat_map(|y| (x.saturating_sub(reach)..=x + reach).map(move |x| (x, y)));
        near.any(|(x, y)| {
            self.0
                .get_pixel_checked(x, y)
                .is_some_and(|ink| ink.0[0] > 0)
        })
    }

    /// How far a pixel is from the left, the upper, the right and the lower border.
    fn off_sides(&self, (x, y): (u32, u32)) -> [u32; 4] {
        [x, y, self.0.width() - 1 - x, self.0.height() - 1 - y]
    }

    /// The connected components of the ink, connected at corners too.
    fn blobs(&self) -> Vec<Blob> {
        let (width, height) = self.0.dimensions();
        let mut left = self.0.clone();
        let mut blobs = Vec::new();
        for y in 0..height {
            for x in 0..width {
                if left.get_pixel(x, y).0[0] == 0 {
                    continue;
                }
                left.put_pixel(x, y, Luma([0]));
                let mut blob = Blob {
                    places: vec![(x, y)],
                    touching: [0; 4],
                };
                let mut next = 0;
                while let Some(&(x, y)) = blob.places.get(next) {
                    next += 1;
                    for (touching, off) in blob.touching.iter_mut().zip(self.off_sides((x, y))) {
                        *touching += usize::from(off == 0);
                    }
                    for y in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                        for x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                            if left.get_pixel(x, y).0[0] > 0 {
                                left.put_pixel(x, y, Luma([0]));
                                blob.places.push((x, y));
                            }
                        }
                    }
                }
                blobs.push(blob);
            }
        }
        blobs
    }
}

/// A connected component of ink.
struct Blob {
    places: Vec<(u32, u32)>,
    /// How many of its pixels lie at the left, the upper, the right and the lower border.
    touching: [usize; 4],
}
