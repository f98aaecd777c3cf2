use std::f32::consts::{PI, TAU};

use image::GrayImage;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use shared::drawing::{Drawing, PEN, Point, Stroke, rasterise_with};

use super::hand::{beside, shaken, unclosed, within};
use super::polyline::{Polyline, length, resample};

/// The weakest change, as a share of the strongest.
const WEAKEST: f32 = 0.4;
/// How likely each stroke is left out, and the share of the ink that may be left out in all.
const LEFT_OUT: (f64, f32) = (0.12, 0.3);
/// How likely a hand is shaky, the largest error in units of the box of 256, and the distances between such errors.
const SHAKE: (f64, f32, (f32, f32)) = (0.6, 7.0, (14.0, 36.0));
/// How likely strokes do not meet, and the largest part that is missing at an end, in units and as a share of the stroke.
const GAP: (f64, f32, f32) = (0.5, 30.0, 0.2);
/// How likely strokes lie beside their places, and the largest offset in units.
const OFFSET: (f64, f32) = (0.5, 7.0);
/// The largest bend across and down, in units, and its waves over the box.
const BEND: (f32, (f32, f32)) = (14.0, (0.5, 1.6));
/// The largest logarithm by which width and height grow apart, the largest shear, and the largest turn in radians.
const AFFINE: (f32, f32, f32) = (0.3, 0.2, 0.35);
/// How likely the pen has another width than the page's, and its widths in units.
const OTHER_PEN: (f64, (f64, f64)) = (0.5, (11.0, 22.0));
/// Units from one point of a changed stroke to the next.
const STEP: f32 = 5.0;

/// A drawing (in units of the box of 256, as [`trace`](super::trace) gives it) as somebody else may have drawn it, 28x28: strokes are
/// left out, shortened, shifted and shaken, the whole is bent, stretched, sheared, turned and mirrored, and the pen may be another.
///
/// Deforming strokes instead of pixels follows SSDA (Zheng et al., arXiv 1910.06038).
pub fn augment(drawing: &Drawing, random: &mut ChaCha8Rng) -> GrayImage {
    let strength = random.random_range(WEAKEST..=1.0);
    let lines = kept(drawing, random);
    let hand = Hand::draw(strength, random);
    let sheet = Deformation::draw(strength, random);
    let drawn: Drawing = lines
        .iter()
        .map(|line| {
            let points = hand.draw_line(line, random).into_iter();
            Stroke::from(points.map(|point| sheet.place(point)).collect::<Polyline>())
        })
        .collect();
    let pen = if random.random_bool(OTHER_PEN.0) {
        random.random_range(OTHER_PEN.1.0..=OTHER_PEN.1.1)
    } else {
        PEN
    };
    rasterise_with(&drawn, pen)
}

/// The strokes that are drawn: of three or more, some may be left out.
fn kept(drawing: &Drawing, random: &mut ChaCha8Rng) -> Vec<Polyline> {
    let mut lines: Vec<Polyline> = drawing
        .strokes()
        .iter()
        .map(|stroke| stroke.points().to_vec())
        .collect();
    if lines.len() > 2 {
        let mut left = LEFT_OUT.1 * lines.iter().map(|line| length(line)).sum::<f32>();
        lines.retain(|line| {
            let length = length(line);
            let is_kept = !random.random_bool(LEFT_OUT.0) || length > left;
            if !is_kept {
                left -= length;
            }
            is_kept
        });
    }
    lines
}

/// How one person moves the pen.
struct Hand {
    /// The largest part missing at an end of a stroke, in units; 0 where strokes are complete.
    gap: f32,
    /// The largest error, in units, and the distance between errors; none for a steady hand.
    shake: Option<(f32, f32)>,
    /// The largest offset of a whole stroke, in units.
    offset: f32,
}

impl Hand {
    fn draw(strength: f32, random: &mut ChaCha8Rng) -> Self {
        let (likely, most, (least_step, most_step)) = SHAKE;
        Self {
            gap: either(random.random_bool(GAP.0), GAP.1 * strength),
            shake: random.random_bool(likely).then(|| {
                (
                    random.random_range(0.0..=most * strength),
                    random.random_range(least_step..=most_step),
                )
            }),
            offset: either(random.random_bool(OFFSET.0), OFFSET.1 * strength),
        }
    }

    fn draw_line(&self, line: &[Point], random: &mut ChaCha8Rng) -> Polyline {
        let mut line = resample(line, STEP);
        let most = self.gap.min(length(&line) * GAP.2);
        line = unclosed(
            &line,
            within(most, random).abs(),
            within(most, random).abs(),
        );
        if let Some((error, step)) = self.shake {
            line = shaken(&line, step, error, random);
        }
        beside(&line, self.offset, random)
    }
}

/// What becomes of the sheet with all that is on it.
struct Deformation {
    /// Largest moves across and down, in units.
    bend: [f32; 2],
    /// Radians of the waves to a unit, and at the middle.
    waves: [(f32, f32); 2],
    /// The linear map.
    matrix: [[f32; 2]; 2],
}

impl Deformation {
    fn draw(strength: f32, random: &mut ChaCha8Rng) -> Self {
        let (stretch, shear, turn) = AFFINE;
        let grow = within(stretch * strength, random);
        let (wide, high) = (grow.exp(), (-grow).exp());
        let shear = within(shear * strength, random);
        let (sin, cos) = within(turn * strength, random).sin_cos();
        let flip = if random.random_bool(0.5) { -1.0 } else { 1.0 };
        let (least, most) = BEND.1;
        Self {
            bend: [(); 2].map(|()| within(BEND.0 * strength, random)),
            waves: [(); 2].map(|()| {
                (
                    random.random_range(least..=most) * TAU / 256.0,
                    within(PI, random),
                )
            }),
            matrix: [
                [flip * cos * wide, flip * (cos * shear - sin * high)],
                [sin * wide, sin * shear + cos * high],
            ],
        }
    }

    fn place(&self, point: Point) -> Point {
        let (x, y) = (point.x - 128.0, point.y - 128.0);
        let wave =
            |(to_unit, at_middle): (f32, f32), place: f32| (to_unit * place + at_middle).sin();
        let x_bent = x + self.bend[0] * wave(self.waves[0], y);
        let y_bent = y + self.bend[1] * wave(self.waves[1], x);
        let row = |[across, down]: [f32; 2]| across * x_bent + down * y_bent;
        Point {
            x: row(self.matrix[0]),
            y: row(self.matrix[1]),
        }
    }
}

fn either(is_so: bool, value: f32) -> f32 {
    if is_so { value } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use shared::drawing::rasterise;

    use super::super::examples::drawing;
    use super::*;

    fn random(seed: u64) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(seed)
    }

    /// A house: a square, a roof and a chimney.
    fn house() -> Drawing {
        let square = [
            (40.0, 255.0),
            (40.0, 110.0),
            (215.0, 110.0),
            (215.0, 255.0),
            (40.0, 255.0),
        ];
        let roof = [(20.0, 110.0), (128.0, 10.0), (235.0, 110.0)];
        drawing(&[&square, &roof, &[(180.0, 60.0), (180.0, 20.0)]])
    }

    #[test]
    fn the_same_random_numbers_give_the_same_picture_and_others_another() {
        let picture = |seed| augment(&house(), &mut random(seed));
        assert_eq!(picture(1), picture(1));
        assert_ne!(picture(1), picture(2));
        assert_eq!(picture(1).dimensions(), (28, 28));
    }

    #[test]
    fn most_ink_stays() {
        let ink = |picture: &GrayImage| picture.iter().map(|level| f64::from(*level)).sum::<f64>();
        let whole = ink(&rasterise(&house()));
        for seed in 0..200 {
            let share = ink(&augment(&house(), &mut random(seed))) / whole;
            assert!((0.4..2.0).contains(&share), "seed {seed}: {share}");
        }
    }

    #[test]
    fn only_a_third_of_the_ink_is_ever_left_out_and_never_one_of_two_strokes() {
        let whole: f32 = house()
            .strokes()
            .iter()
            .map(|stroke| length(stroke.points()))
            .sum();
        let mut numbers = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let lines = kept(&house(), &mut random(seed));
            numbers.insert(lines.len());
            let left: f32 = lines.iter().map(|line| length(line)).sum();
            assert!(left >= 0.69 * whole, "seed {seed}: {left} of {whole}");
        }
        assert_eq!((numbers.first(), numbers.last()), (Some(&2), Some(&3)));
        let two: Drawing = house().strokes()[..2].iter().cloned().collect();
        assert!((0..200).all(|seed| kept(&two, &mut random(seed)).len() == 2));
    }

    #[test]
    fn nothing_and_dots_are_drawn_as_they_are() {
        for seed in 0..20 {
            let nothing = augment(&Drawing::default(), &mut random(seed));
            assert!(nothing.iter().all(|level| *level == 0));
            let dot = augment(&drawing(&[&[(9.0, 9.0)]]), &mut random(seed));
            assert!(dot.iter().any(|level| *level > 30));
        }
    }
}
