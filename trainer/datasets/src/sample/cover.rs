//! What shapes and lines cover of the canvas.

use tiny_skia::{FillRule, LineCap, LineJoin, Mask, PathBuilder, Stroke, Transform};

use super::position::Position;
use crate::PHOTO_SIDE;

/// Each pixel of a photo is painted as this many rows and columns.
pub(super) const FINENESS: usize = 3;
/// Width and height of the canvas in fine pixels.
pub(super) const SIDE: usize = PHOTO_SIDE as usize * FINENESS;

/// How much of each fine pixel a shape covers, in [0, 1].
pub(super) struct Cover(Vec<f32>);

impl Cover {
    /// The inside of a closed way, or with a `width` the line along it, in fine pixels.
    pub fn of(way: &[Position], width: Option<f32>) -> Option<Self> {
        let mut path = PathBuilder::new();
        let (first, rest) = way.split_first()?;
        path.move_to(first.0, first.1);
        for (x, y) in rest {
            path.line_to(*x, *y);
        }
        let path = path.finish()?;
        let path = match width {
            None => path,
            Some(width) => {
                let stroke = Stroke {
                    width,
                    line_cap: LineCap::Round,
                    line_join: LineJoin::Round,
                    ..Default::default()
                };
                path.stroke(&stroke, 1.0)?
            }
        };
        let mut mask = Mask::new(SIDE as u32, SIDE as u32)?;
        mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
        let cover = mask.data().iter().map(|level| f32::from(*level) / 255.0);
        Some(Self(cover.collect()))
    }

    /// What any of some covers.
    pub fn union<'a>(covers: impl Iterator<Item = &'a Self>) -> Self {
        let mut levels = vec![0.0; SIDE * SIDE];
        for cover in covers {
            for (level, other) in levels.iter_mut().zip(&cover.0) {
                *level = other.max(*level);
            }
        }
        Self(levels)
    }

    /// The same a few fine pixels further right and down; nothing comes in from outside.
    pub fn moved(&self, right: i32, down: i32) -> Self {
        let level = |at: usize| {
            let column = (at % SIDE).checked_add_signed(-right as isize)?;
            let row = (at / SIDE).checked_add_signed(-down as isize)?;
            (column < SIDE && row < SIDE).then(|| self.0[row * SIDE + column])
        };
        Self(
            (0..SIDE * SIDE)
                .map(|at| level(at).unwrap_or(0.0))
                .collect(),
        )
    }

    /// The mean of the fine pixels at most `reach` away in each direction, taken twice; nothing is covered outside.
    pub fn blurred(&self, reach: usize) -> Self {
        let mut levels = self.0.clone();
        for _ in 0..2 {
            for row in 0..SIDE {
                blur(&mut levels[row * SIDE..], 1, reach);
            }
            for column in 0..SIDE {
                blur(&mut levels[column..], SIDE, reach);
            }
        }
        Self(levels)
    }

    /// Row by row.
    pub fn levels(&self) -> &[f32] {
        &self.0
    }

    /// How fast it grows to the right and downwards.
    pub fn slope(&self, x: usize, y: usize) -> Position {
        let level = |x: usize, y: usize| self.0[y.min(SIDE - 1) * SIDE + x.min(SIDE - 1)];
        (
            level(x + 1, y) - level(x.saturating_sub(1), y),
            level(x, y + 1) - level(x, y.saturating_sub(1)),
        )
    }
}

/// Replaces `SIDE` values, each `stride` after the last, by the means of those at most `reach` away.
fn blur(levels: &mut [f32], stride: usize, reach: usize) {
    // Free space on both sides.
    let mut line = [0.0; 3 * SIDE];
    for at in 0..SIDE {
        line[SIDE + at] = levels[at * stride];
    }
    let size = 2 * reach + 1;
    let mut sum: f32 = line[SIDE - reach..][..size].iter().sum();
    for at in 0..SIDE {
        levels[at * stride] = sum / size as f32;
        sum += line[SIDE + at + reach + 1] - line[SIDE + at - reach];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f32, to: f32) -> Cover {
        Cover::of(&[(from, from), (to, from), (to, to), (from, to)], None).unwrap()
    }

    #[test]
    fn covers_are_joined_moved_and_blurred() {
        let [small, large] = [square(10.0, 20.0), square(10.0, 30.0)];
        assert_eq!(Cover::union([&small, &large].into_iter()).0, large.0);
        assert_eq!(small.moved(5, 5).0, square(15.0, 25.0).0);
        let sum = |cover: &Cover| cover.0.iter().sum::<f32>();
        assert_eq!(sum(&small), 100.0);
        assert_eq!(sum(&small.moved(-15, 0)), 50.0);
        let soft = large.blurred(3);
        assert!((sum(&soft) - 400.0).abs() < 0.1);
        let (right, down) = soft.slope(10, 20);
        assert!(right > 0.1 && down.abs() < 1e-5);
    }
}
