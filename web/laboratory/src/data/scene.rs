use std::f32::consts::{PI, TAU};

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use super::data_set::{DataSet, Point};
use super::normal::normal;

/// Generated data. What `change` means, how the target differs from the source, depends on the scene.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Two interleaved half moons; the target is turned by `change` degrees.
    #[default]
    Moons,
    /// Two blobs, one above the other; the target is shifted to the right by `change`.
    Blobs,
    /// The blobs; a share `change` of the way from where they are, 0, to the other class's place, 1.
    Swapped,
    /// Three blobs on a circle; the target is turned by `change` degrees.
    Three,
}

/// How far the blobs are from the origin.
const BLOB: f32 = 0.45;
/// How far three blobs are from the origin.
const CIRCLE: f32 = 0.6;

impl Scene {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Moons, Self::Blobs, Self::Swapped, Self::Three];

    /// Number of classes.
    pub fn classes(self) -> usize {
        match self {
            Self::Three => 3,
            Self::Moons | Self::Blobs | Self::Swapped => 2,
        }
    }

    /// The least and the greatest `change`.
    pub fn change_range(self) -> [f32; 2] {
        match self {
            Self::Moons | Self::Three => [-180.0, 180.0],
            Self::Blobs => [-1.0, 1.0],
            Self::Swapped => [0.0, 1.0],
        }
    }

    /// The `change` that a scene starts with.
    pub fn default_change(self) -> f32 {
        match self {
            Self::Moons => 35.0,
            Self::Blobs => 0.5,
            Self::Swapped => 1.0,
            Self::Three => 40.0,
        }
    }

    /// Draws `count` points of each domain. `change` is how the target differs, `noise` the standard deviation of each coordinate, and
    /// `share` that of the target's points that are of the first class, where classes are not to have as many.
    pub(crate) fn draw(
        self,
        count: usize,
        change: f32,
        noise: f32,
        share: Option<f32>,
        rng: &mut Rng,
    ) -> DataSet {
        let classes = self.classes();
        let even = |index: usize| index % classes;
        // So that a share of 0.9 of 200 is 180 in every draw.
        let first = share.map(|share| (share * count as f32).round() as usize);
        let target_class = |index: usize| match first {
            Some(first) if index < first => 0,
            // Even among the others.
            Some(first) => 1 + (index - first) % (classes - 1),
            None => even(index),
        };
        let mut data = DataSet {
            classes,
            source: Vec::with_capacity(count),
            source_labels: (0..count).map(|index| even(index) as u8).collect(),
            target: Vec::with_capacity(count),
            target_labels: (0..count)
                .map(|index| Some(target_class(index) as u8))
                .collect(),
        };
        for index in 0..count {
            data.source.push(self.point(even(index), noise, rng));
        }
        for index in 0..count {
            let class = target_class(index);
            let [x, y] = self.point(class, noise, rng);
            data.target.push(match self {
                Self::Moons | Self::Three => turned([x, y], change),
                Self::Blobs => [x + change, y],
                Self::Swapped => {
                    let centre = if class == 0 { BLOB } else { -BLOB };
                    [x, y - 2.0 * change * centre]
                }
            });
        }
        data
    }

    /// A point of a class in the source's place.
    fn point(self, class: usize, noise: f32, rng: &mut Rng) -> Point {
        let [x, y] = match self {
            Self::Moons => moon(class, rng.f32()),
            Self::Blobs | Self::Swapped => [0.0, if class == 0 { BLOB } else { -BLOB }],
            Self::Three => {
                let angle = TAU * (0.25 + class as f32 / 3.0);
                [CIRCLE * angle.cos(), CIRCLE * angle.sin()]
            }
        };
        [x + noise * normal(rng), y + noise * normal(rng)]
    }
}

/// A point on one of two half moons, `share` of the way along it; their middle is the origin.
fn moon(class: usize, share: f32) -> Point {
    let angle = PI * share;
    let [x, y] = [angle.cos() - 0.5, angle.sin() - 0.25];
    let sign = if class == 0 { 1.0 } else { -1.0 };
    [sign * x / 1.5, sign * y / 1.5]
}

/// Turned about the origin, counter-clockwise where y points up.
fn turned([x, y]: Point, degrees: f32) -> Point {
    let (sin, cos) = degrees.to_radians().sin_cos();
    [cos * x - sin * y, sin * x + cos * y]
}
