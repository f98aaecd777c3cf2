//! Figures filled, lit and textured in front of something, as small photos would show them.

use image::RgbImage;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use shared::classes::ClassId;

use super::canvas::{Canvas, mix};
use super::colours::Colours;
use super::cover::{Cover, SIDE};
use super::figures::FIGURES;
use super::noise::Noise;
use super::part::{Part, Tone};
use super::pose::Pose;
use super::position::{Position, direction, within};

/// Fine pixels from a shape's rim to where it looks flat.
const BULGE: usize = 5;

/// A photo of a class, 32x32.
pub(super) fn photo(class: ClassId, random: &mut ChaCha8Rng) -> RgbImage {
    let colours = Colours::draw(class, random);
    let mut canvas = backdrop(&colours, random);
    let shapes = place(FIGURES[usize::from(class.0)](random), random);
    // Light comes from above.
    let light = direction(random.random_range(0.6..0.9_f32));
    cast_shadow(&mut canvas, &shapes, light, random);
    paint(&mut canvas, &shapes, &colours, light, random);
    canvas.shrink(random.random_range(2.0..10.0), random)
}

/// Two grounds that meet at a line or melt into one another, with vague things before them.
fn backdrop(colours: &Colours, random: &mut ChaCha8Rng) -> Canvas {
    let (upper, lower) = (colours.ground(random), colours.ground(random));
    let horizon = random.random_range(0.4..0.9_f32);
    let softness = if random.random_bool(0.4) { 0.02 } else { 0.5 };
    let texture = Noise::draw(2.0, 20.0, random);
    let rough = random.random_range(0.02..0.12_f32);
    let mut canvas = Canvas::new(|x, y| {
        let below = (y as f32 / SIDE as f32 - horizon) / softness + 0.5;
        let bright = 1.0 + rough * texture.at(x, y);
        mix(upper, lower, below.clamp(0.0, 1.0)).map(|level| level * bright)
    });
    for _ in 0..random.random_range(0..4_u8) {
        let thing = Part::oval(
            Tone::Body,
            (
                random.random_range(0.0..SIDE as f32),
                random.random_range(0.0..SIDE as f32),
            ),
            (
                random.random_range(8.0..30.0),
                random.random_range(8.0..30.0),
            ),
        );
        let colour = colours.ground(random);
        let share = random.random_range(0.15..0.5_f32);
        if let Some(cover) = Cover::of(&thing.outline(|place| place), None) {
            let cover = cover.blurred(random.random_range(1..5));
            canvas.paint(&cover, |_, _, behind| mix(behind, colour, share));
        }
    }
    canvas
}

/// The parts turned, scaled and moved to somewhere on the canvas.
fn place(parts: Vec<Part>, random: &mut ChaCha8Rng) -> Vec<(Part, Cover)> {
    let pose = Pose::draw(0.04, 0.12, random);
    let mut ways: Vec<Vec<Position>> = parts
        .iter()
        .map(|part| part.outline(|place| pose.apply(place)))
        .collect();
    let places = || ways.iter().flatten();
    let span = |values: &mut dyn Iterator<Item = f32>| {
        values.fold((f32::MAX, f32::MIN), |(least, most), value| {
            (least.min(value), most.max(value))
        })
    };
    let (left, right) = span(&mut places().map(|place| place.0));
    let (top, bottom) = span(&mut places().map(|place| place.1));
    let share = random.random_range(0.7..0.95_f32);
    let scale = share * SIDE as f32 / (right - left).max(bottom - top);
    let free = (1.0 - share) / 2.0 * SIDE as f32;
    let middle = SIDE as f32 / 2.0;
    let (x, y) = (middle + within(random, free), middle + within(random, free));
    for place in ways.iter_mut().flatten() {
        *place = (
            (place.0 - (left + right) / 2.0) * scale + x,
            (place.1 - (top + bottom) / 2.0) * scale + y,
        );
    }
    parts
        .into_iter()
        .zip(ways)
        .filter_map(|(part, way)| {
            let cover = Cover::of(&way, part.width.map(|width| width * scale))?;
            Some((part, cover))
        })
        .collect()
}

/// Darkens what is behind the figure, on the side away from the light.
fn cast_shadow(
    canvas: &mut Canvas,
    shapes: &[(Part, Cover)],
    light: Position,
    random: &mut ChaCha8Rng,
) {
    let far = random.random_range(2.0..7.0_f32);
    let left = 1.0 - random.random_range(0.1..0.45_f32);
    let shadow = Cover::union(shapes.iter().map(|(_, cover)| cover))
        .moved((-far * light.0) as i32, (-far * light.1) as i32)
        .blurred(3);
    canvas.paint(&shadow, |_, _, behind| behind.map(|level| level * left));
}

/// Shapes bulge towards the viewer, and are rough; some coats are spotted.
fn paint(
    canvas: &mut Canvas,
    shapes: &[(Part, Cover)],
    colours: &Colours,
    light: Position,
    random: &mut ChaCha8Rng,
) {
    let depth = random.random_range(1.0..3.0_f32);
    let texture = Noise::draw(5.0, 20.0, random);
    let rough = random.random_range(0.02..0.15_f32);
    let spots = Noise::draw(3.0, 7.0, random);
    let is_spotted = random.random_bool(0.25);
    for (part, cover) in shapes {
        // Lines are too thin to bulge.
        let soft = part.is_closed().then(|| cover.blurred(BULGE));
        let is_coat = matches!(part.tone, Tone::Body | Tone::Far);
        canvas.paint(cover, |x, y, _| {
            let tone = if is_spotted && is_coat && spots.at(x, y) > 0.25 {
                Tone::Accent
            } else {
                part.tone
            };
            // A shape rises away from its rim, so that it faces the light where it rises against it.
            let lit = soft.as_ref().map_or(0.0, |soft| {
                let (right, down) = soft.slope(x, y);
                -depth * (right * light.0 + down * light.1)
            });
            let bright = 1.0 + lit + rough * texture.at(x, y);
            colours.of(tone).map(|level| level * bright)
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rand::SeedableRng;
    use shared::input::edges_from_photo;
    use shared::picture::CannyThresholds;

    use super::*;
    use crate::PHOTO_SIDE;

    #[test]
    fn photos_have_colours_and_edges() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for class in (0..10).map(ClassId) {
            let mut edges = 0;
            for _ in 0..20 {
                let picture = photo(class, &mut random);
                assert_eq!(picture.dimensions(), (PHOTO_SIDE, PHOTO_SIDE));
                assert!(picture.pixels().collect::<HashSet<_>>().len() > 200);
                let picture = edges_from_photo(&picture, CannyThresholds::default());
                edges += picture.iter().filter(|level| **level > 0).count();
            }
            assert!((1000..6000).contains(&edges), "class {class}: {edges}");
        }
    }
}
