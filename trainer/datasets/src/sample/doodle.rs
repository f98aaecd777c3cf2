//! Figures traced by a hasty pen, as Quick, Draw! would show them.

use image::GrayImage;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use shared::classes::ClassId;
use shared::drawing::{Drawing, Point, Stroke, rasterise};

use super::figures::FIGURES;
use super::part::Part;
use super::pose::Pose;
use super::position::{Position, sine, within};

/// A doodle of a class, 28x28, white strokes on black.
pub(super) fn doodle(class: ClassId, random: &mut ChaCha8Rng) -> GrayImage {
    rasterise(&drawing(class, random))
}

fn drawing(class: ClassId, random: &mut ChaCha8Rng) -> Drawing {
    let mut parts = FIGURES[usize::from(class.0)](random);
    let pose = Pose::draw(0.03, 0.15, random);
    let haste = random.random_range(0.3..1.0_f32);
    parts.retain(|part| !part.is_spare || random.random_bool(1.0 - 0.5 * f64::from(haste)));
    let ways: Vec<Vec<Position>> = parts
        .iter()
        .map(|part| trace(part, &pose, haste, random))
        .collect();
    // Few people draw what can't be seen.
    let is_solid = random.random_bool(0.85);
    let mut hiding: Vec<&[Position]> = Vec::new();
    let mut strokes = Vec::new();
    for (part, way) in parts.iter().zip(&ways).rev() {
        strokes.extend(visible(way, &hiding));
        if is_solid && part.is_closed() {
            hiding.push(way);
        }
    }
    strokes.into_iter().collect()
}

/// What is left of a way outside all shapes.
fn visible(way: &[Position], shapes: &[&[Position]]) -> impl Iterator<Item = Stroke> {
    way.split(|place| shapes.iter().any(|shape| holds(shape, *place)))
        .filter(|stroke| stroke.len() > 1)
        .map(|stroke| Stroke::from(stroke.iter().copied().map(Point::from).collect::<Vec<_>>()))
}

/// The pen's way round a part: its points misplaced, the line wavering, and its end misplaced.
fn trace(part: &Part, pose: &Pose, haste: f32, random: &mut ChaCha8Rng) -> Vec<Position> {
    let mut way = part.outline(|place| {
        let (x, y) = pose.apply(place);
        (
            x + within(random, 2.0 * haste),
            y + within(random, 2.0 * haste),
        )
    });
    let steps = way.len();
    if part.is_closed() {
        // The pen starts anywhere, and may continue past its start.
        way.pop();
        way.rotate_left(random.random_range(0..steps - 1));
        way.extend_from_within(..=random.random_range(0..=steps / 12));
    }
    let (right, down) = (within(random, 4.0 * haste), within(random, 4.0 * haste));
    let waves = [
        random.random_range(0.0..1.0_f32),
        random.random_range(0.0..1.0_f32),
    ];
    let pace = random.random_range(0.03..0.09_f32);
    let last = (way.len() - 1) as f32;
    for (step, (x, y)) in way.iter_mut().enumerate() {
        let step = step as f32;
        let drift = step / last;
        *x += drift * right + haste * sine(step * pace + waves[0]);
        *y += drift * down + haste * sine(step * pace * 1.3 + waves[1]);
    }
    way
}

/// Whether a closed shape holds a place, by the parity of its crossings to the right.
fn holds(shape: &[Position], (x, y): Position) -> bool {
    let crossings = shape
        .iter()
        .zip(shape.iter().cycle().skip(1))
        .filter(|(from, to)| {
            (from.1 > y) != (to.1 > y)
                && x < from.0 + (to.0 - from.0) * (y - from.1) / (to.1 - from.1)
        });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use shared::input::DOODLE_SIDE;

    use super::*;

    #[test]
    fn shapes_hold_what_is_inside() {
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        assert!(holds(&square, (5.0, 5.0)) && holds(&square, (0.5, 9.5)));
        assert!(!holds(&square, (-1.0, 5.0)) && !holds(&square, (5.0, 11.0)));
        assert!(!holds(&[], (5.0, 5.0)));
    }

    #[test]
    fn what_is_hidden_splits_a_line() {
        let square = [(2.5, -1.0), (4.5, -1.0), (4.5, 1.0), (2.5, 1.0)];
        let way = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0].map(|x| (x, 0.0));
        let strokes: Vec<Stroke> = visible(&way, &[&square]).collect();
        let lengths: Vec<usize> = strokes.iter().map(|stroke| stroke.points().len()).collect();
        assert_eq!(lengths, [2, 3]);
    }

    #[test]
    fn doodles_are_lines_on_black() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for class in (0..10).map(ClassId) {
            for _ in 0..20 {
                let picture = doodle(class, &mut random);
                assert_eq!(picture.dimensions(), (DOODLE_SIDE, DOODLE_SIDE));
                let lit = picture.iter().filter(|level| **level > 127).count();
                assert!((50..450).contains(&lit), "class {class}: {lit}");
            }
        }
    }
}
