//! Canny's method step by step, for those who want to see how it decides on a pixel. Slow; [`canny`](super::canny) finds the same edges.

use image::{GrayImage, Luma};

use super::CannyThresholds;

/// Sobel's kernel for the derivative to the right, rows from the top. The one downwards is its transpose.
pub const SOBEL: [[i16; 3]; 3] = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]];

/// tan(22.5 degrees) and tan(67.5 degrees) in 15-bit fixed point.
const TAN_22_5: i32 = 13_573;
const TAN_67_5: i32 = TAN_22_5 + (2 << 15);

/// The direction of a gradient, as one of four: the pixel is compared with its two neighbours that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// With the left and the right one.
    Horizontal,
    /// With the one above and the one below.
    Vertical,
    /// With the upper left and the lower right one.
    Falling,
    /// With the lower left and the upper right one.
    Rising,
}

impl Direction {
    fn of(dx: i16, dy: i16) -> Self {
        let (run, rise) = (i32::from(dx).abs(), i32::from(dy).abs() << 15);
        if rise < run * TAN_22_5 {
            Self::Horizontal
        } else if rise > run * TAN_67_5 {
            Self::Vertical
        } else if (dx ^ dy) < 0 {
            Self::Rising
        } else {
            Self::Falling
        }
    }

    /// Where the two neighbours lie, right and down; the upper one, or else the left one, first.
    pub fn neighbours(self) -> [(i32, i32); 2] {
        let (right, down) = match self {
            Self::Horizontal => (1, 0),
            Self::Vertical => (0, 1),
            Self::Falling => (1, 1),
            Self::Rising => (-1, 1),
        };
        [(-right, -down), (right, down)]
    }
}

/// What becomes of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its magnitude is not above the low threshold.
    Flat,
    /// A neighbour in the gradient's direction is as strong or stronger.
    Thinned,
    /// Not above the high threshold, and no chain of such pixels leads to one that is.
    Dropped,
    /// Not above the high threshold, but a chain of such pixels leads to one that is.
    Kept,
    /// Above the high threshold.
    Strong,
}

impl Verdict {
    /// Whether the pixel belongs to an edge.
    pub fn is_edge(self) -> bool {
        matches!(self, Self::Kept | Self::Strong)
    }
}

/// A pixel on its way to an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Sobel's derivative to the right, -1020 to 1020.
    pub dx: i16,
    /// Sobel's derivative downwards, -1020 to 1020.
    pub dy: i16,
    /// The direction of the gradient.
    pub direction: Direction,
    /// What becomes of it.
    pub verdict: Verdict,
}

impl Step {
    /// The gradient's L1 magnitude, 0 to 2040.
    pub fn magnitude(self) -> i16 {
        self.dx.abs() + self.dy.abs()
    }
}

/// All pixels of a picture on their way to edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannySteps {
    width: u32,
    height: u32,
    steps: Vec<Step>,
}

impl CannySteps {
    /// Takes the steps for a grey picture of any size.
    pub fn new(grey: &GrayImage, thresholds: CannyThresholds) -> Self {
        let (width, height) = grey.dimensions();
        let steps = places(width, height).map(|(x, y)| {
            let (dx, dy) = gradient(neighbourhood(grey, x, y));
            Step {
                dx,
                dy,
                direction: Direction::of(dx, dy),
                verdict: Verdict::Flat,
            }
        });
        let mut found = Self {
            width,
            height,
            steps: steps.collect(),
        };
        found.judge(thresholds);
        found
    }

    /// Width and height.
    pub fn dimensions(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// A pixel's step; none outside of the picture.
    pub fn at(&self, x: u32, y: u32) -> Option<Step> {
        let is_inside = x < self.width && y < self.height;
        is_inside.then(|| self.steps[(y * self.width + x) as usize])
    }

    /// The magnitudes of the two neighbours that a pixel is compared with; 0 outside of the picture.
    pub fn compared_with(&self, x: u32, y: u32) -> [i16; 2] {
        let direction = self.at(x, y).map(|step| step.direction);
        let Some(direction) = direction else {
            return [0, 0];
        };
        direction.neighbours().map(|by| {
            let step = self.beside((x, y), by);
            step.map_or(0, |(_, step)| step.magnitude())
        })
    }

    /// The edges, 255 on 0, as [`canny`](super::canny) finds them.
    pub fn edges(&self) -> GrayImage {
        GrayImage::from_fn(self.width, self.height, |x, y| {
            let is_edge = self.at(x, y).is_some_and(|step| step.verdict.is_edge());
            Luma([if is_edge { 255 } else { 0 }])
        })
    }

    fn beside(&self, (x, y): (u32, u32), (right, down): (i32, i32)) -> Option<((u32, u32), Step)> {
        let place = (x.checked_add_signed(right)?, y.checked_add_signed(down)?);
        Some((place, self.at(place.0, place.1)?))
    }

    fn set(&mut self, (x, y): (u32, u32), verdict: Verdict) {
        self.steps[(y * self.width + x) as usize].verdict = verdict;
    }

    fn judge(&mut self, thresholds: CannyThresholds) {
        let (low, high) = thresholds.whole();
        let mut open = Vec::new();
        for (x, y) in places(self.width, self.height) {
            let Some(step) = self.at(x, y) else { continue };
            let magnitude = i32::from(step.magnitude());
            let verdict = if magnitude <= low {
                Verdict::Flat
            } else if !self.is_ridge((x, y), step) {
                Verdict::Thinned
            } else if magnitude <= high {
                Verdict::Dropped
            } else {
                open.push((x, y));
                Verdict::Strong
            };
            self.set((x, y), verdict);
        }
        while let Some(place) = open.pop() {
            for by in (-1..=1).flat_map(|down| (-1..=1).map(move |right| (right, down))) {
                if let Some((beside, step)) = self.beside(place, by)
                    && step.verdict == Verdict::Dropped
                {
                    self.set(beside, Verdict::Kept);
                    open.push(beside);
                }
            }
        }
    }

    /// Whether no neighbour in the gradient's direction exceeds a pixel. Of two equal ones beside or above each other the
    /// second stays.
    fn is_ridge(&self, (x, y): (u32, u32), step: Step) -> bool {
        let [one, other] = self.compared_with(x, y);
        let here = step.magnitude();
        let is_diagonal = matches!(step.direction, Direction::Falling | Direction::Rising);
        here > one && (here > other || (here == other && !is_diagonal))
    }
}

/// The levels of a pixel and of those round it, rows from the top; beyond the border those of the border.
pub fn neighbourhood(grey: &GrayImage, x: u32, y: u32) -> [[u8; 3]; 3] {
    let clamp =
        |at: u32, shift: usize, length: u32| (at + shift as u32).saturating_sub(1).min(length - 1);
    let (width, height) = grey.dimensions();
    std::array::from_fn(|down| {
        std::array::from_fn(|right| {
            grey.get_pixel(clamp(x, right, width), clamp(y, down, height))[0]
        })
    })
}

/// Sobel's derivatives to the right and downwards.
fn gradient(levels: [[u8; 3]; 3]) -> (i16, i16) {
    let (mut dx, mut dy) = (0, 0);
    for (down, row) in levels.into_iter().enumerate() {
        for (right, level) in row.into_iter().enumerate() {
            dx += SOBEL[down][right] * i16::from(level);
            dy += SOBEL[right][down] * i16::from(level);
        }
    }
    (dx, dy)
}

fn places(width: u32, height: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::picture::canny;

    #[test]
    fn a_step_has_a_gradient_to_the_right_and_one_line_stays() {
        let grey = GrayImage::from_fn(8, 6, |x, _| Luma([if x < 4 { 0 } else { 255 }]));
        let steps = CannySteps::new(&grey, CannyThresholds::default());
        let line = steps.at(3, 2).unwrap();
        assert_eq!((line.dx, line.dy, line.magnitude()), (1020, 0, 1020));
        assert_eq!(line.direction, Direction::Horizontal);
        assert_eq!(line.verdict, Verdict::Strong);
        assert_eq!(steps.compared_with(3, 2), [0, 1020]);
        assert_eq!(steps.at(4, 2).unwrap().verdict, Verdict::Thinned);
        assert_eq!(steps.at(0, 0).unwrap().verdict, Verdict::Flat);
        assert_eq!(steps.at(8, 0), None);
    }

    #[test]
    fn a_weak_line_is_kept_where_it_leads_to_a_strong_one() {
        let fading = GrayImage::from_fn(8, 12, |x, y| {
            Luma([if x < 4 { 0 } else { 250 - 20 * y as u8 }])
        });
        let verdict = |high| {
            let steps = CannySteps::new(&fading, CannyThresholds::new(100.0, high));
            steps.at(4, 8).unwrap().verdict
        };
        assert_eq!(verdict(900.0), Verdict::Kept);
        assert_eq!(verdict(2000.0), Verdict::Dropped);
        assert_eq!(verdict(100.0), Verdict::Strong);
    }

    #[test]
    fn the_border_is_replicated() {
        let grey = GrayImage::from_raw(2, 1, vec![10, 20]).unwrap();
        assert_eq!(neighbourhood(&grey, 0, 0), [[10, 10, 20]; 3]);
        assert_eq!(neighbourhood(&grey, 1, 0), [[10, 20, 20]; 3]);
    }

    fn picture() -> impl Strategy<Value = GrayImage> {
        (1..40u32, 1..24u32).prop_flat_map(|(width, height)| {
            prop::collection::vec(any::<u8>(), (width * height) as usize)
                .prop_map(move |levels| GrayImage::from_raw(width, height, levels).unwrap())
        })
    }

    proptest! {
        #[test]
        fn the_steps_lead_to_the_very_edges_of_canny(grey in picture(), low in 0.0..900.0, high in 0.0..900.0) {
            let thresholds = CannyThresholds::new(low, high);
            prop_assert_eq!(CannySteps::new(&grey, thresholds).edges(), canny(&grey, thresholds));
        }
    }
}
