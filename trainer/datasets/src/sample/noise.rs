//! Texture.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use super::cover::SIDE;
use super::position::{Position, between, within};

/// Smooth random numbers over the canvas, in [-1, 1].
pub(super) struct Noise {
    knots: Vec<f32>,
    /// Knots to the canvas's side.
    pace: Position,
}

impl Noise {
    const SIDE: usize = 24;

    /// With spots of a size of `least` to `most` knots to the canvas's side, each way; no more than 20.
    pub fn draw(least: f32, most: f32, random: &mut ChaCha8Rng) -> Self {
        let knots = (0..Self::SIDE * Self::SIDE)
            .map(|_| within(random, 1.0))
            .collect();
        let pace = (
            random.random_range(least..=most),
            random.random_range(least..=most),
        );
        Self { knots, pace }
    }

    pub fn at(&self, x: usize, y: usize) -> f32 {
        let split = |at: usize, pace: f32| {
            let at = at as f32 / SIDE as f32 * pace;
            let share = at - at.floor();
            (at as usize, share * share * (3.0 - 2.0 * share))
        };
        let ((column, right), (row, down)) = (split(x, self.pace.0), split(y, self.pace.1));
        let knots = |row: usize| {
            let knot = row * Self::SIDE + column;
            (self.knots[knot], self.knots[knot + 1])
        };
        let (before, after) = between(knots(row), knots(row + 1), down);
        before + (after - before) * right
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn noise_is_smooth_and_stays_in_range() {
        let noise = Noise::draw(2.0, 20.0, &mut ChaCha8Rng::seed_from_u64(1));
        for y in 0..SIDE {
            for x in 1..SIDE {
                assert!(noise.at(x, y).abs() <= 1.0);
                assert!((noise.at(x, y) - noise.at(x - 1, y)).abs() < 0.7);
            }
        }
    }
}
