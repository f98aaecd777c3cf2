//! Places in figures, and the sums that draw them. None calls the machine's mathematical library, which is not the same
//! everywhere.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

/// A place in a figure's box of 100 by 100, x to the right and y down.
pub(super) type Position = (f32, f32);

/// Places from their numbers: x, y, x, y, ...
pub(super) fn places(numbers: &[i8]) -> impl Iterator<Item = Position> {
    numbers
        .chunks_exact(2)
        .map(|place| (f32::from(place[0]), f32::from(place[1])))
}

/// The place at a share of the way from one to another.
pub(super) fn between(from: Position, to: Position, share: f32) -> Position {
    (
        from.0 + (to.0 - from.0) * share,
        from.1 + (to.1 - from.1) * share,
    )
}

pub(super) fn distance(from: Position, to: Position) -> f32 {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    (x * x + y * y).sqrt()
}

/// The sine of a number of full turns, right to 0.002.
pub(super) fn sine(turns: f32) -> f32 {
    let part = turns - turns.round();
    let parabola = 8.0 * part * (1.0 - 2.0 * part.abs());
    parabola + 0.225 * parabola * (parabola.abs() - 1.0)
}

/// The unit vector that points right, turned clockwise by a number of full turns.
pub(super) fn direction(turns: f32) -> Position {
    (sine(turns + 0.25), sine(turns))
}

/// A random number from `-most` to `most`.
pub(super) fn within(random: &mut ChaCha8Rng, most: f32) -> f32 {
    random.random_range(-most..=most)
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use super::*;

    #[test]
    fn sines_are_close_enough() {
        for step in -40..=40_i8 {
            let turns = f32::from(step) / 16.0;
            assert!((sine(turns) - (TAU * turns).sin()).abs() < 0.002, "{turns}");
        }
    }
}
