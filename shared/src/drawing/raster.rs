use image::GrayImage;

use super::coverage::{Coverage, Place, SIDE};
use super::{Drawing, Point, Stroke};
use crate::input::DOODLE_SIDE;

/// The larger side of a drawing after scaling: Quick, Draw! puts its strokes in 0 to 255.
const DRAWN_SIDE: f64 = 255.0;
/// Side of the box in which the drawing is centred.
const BOX_SIDE: f64 = 256.0;
/// Width of the pen in a box of 256 units; the page and Quick, Draw! have no other.
pub const PEN: f64 = 16.0;
/// Free space round the box, on each side, besides half a line.
const PADDING: f64 = 16.0;
/// A drawing smaller than this is scaled as if it were this large, so that a dot stays a dot.
const LEAST_EXTENT: f64 = 16.0;

/// A drawing as a Quick, Draw! bitmap: 28x28, strokes 255 on 0, antialiased.
///
/// The drawing's larger side is scaled to 255 units (one under 16 pixels as if it were 16) and centred in a square of
/// 256, drawn with a round pen 16 units wide, and shown with a margin of 24 units all round. An empty drawing gives black.
/// Points that are not finite are left out.
///
/// Source: `vector_to_raster` in googlecreativelab/quickdraw-dataset, issue 19, there with cairo.
pub fn rasterise(drawing: &Drawing) -> GrayImage {
    rasterise_with(drawing, PEN)
}

/// The same with a pen of another width, in units of the box: what a thicker or thinner pen, or another program, would give.
/// One over 48 units reaches beyond the picture; without a width above 0 the picture stays black.
pub fn rasterise_with(drawing: &Drawing, pen: f64) -> GrayImage {
    let mut picture = GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
    let Some(placing) = Placing::of(drawing).filter(|_| pen > 0.0) else {
        return picture;
    };
    let mut coverage = Coverage::new((pen * SCALE / 2.0) as f32);
    for stroke in drawing.strokes() {
        coverage.draw(placing.places(stroke));
        coverage.lay_over(&mut picture);
    }
    picture
}

/// The square that the picture of a drawing shows, in the units of its points: the left and the top, which may be negative, and the
/// side. Nothing for a drawing without a finite point.
pub fn frame(drawing: &Drawing) -> Option<(Point, f32)> {
    let placing = Placing::of(drawing)?;
    let side = SIDE as f64 / placing.scale;
    let corner = |centre: f64| (centre - side / 2.0) as f32;
    let corner = Point {
        x: corner(placing.centre.0),
        y: corner(placing.centre.1),
    };
    Some((corner, side as f32))
}

/// Samples to a unit of the box.
const SCALE: f64 = SIDE as f64 / (BOX_SIDE + 2.0 * PADDING + PEN);

/// Where a drawing goes among the samples.
struct Placing {
    centre: (f64, f64),
    scale: f64,
}

impl Placing {
    /// Nothing for a drawing without a finite point.
    fn of(drawing: &Drawing) -> Option<Self> {
        let mut points = drawing.strokes().iter().flat_map(finite_points);
        let first = points.next()?;
        let (least, most) = points.fold((first, first), |(least, most), (x, y)| {
            (
                (least.0.min(x), least.1.min(y)),
                (most.0.max(x), most.1.max(y)),
            )
        });
        let extent = (most.0 - least.0).max(most.1 - least.1).max(LEAST_EXTENT);
        Some(Self {
            centre: ((least.0 + most.0) / 2.0, (least.1 + most.1) / 2.0),
            scale: DRAWN_SIDE / extent * SCALE,
        })
    }

    /// The finite points of a stroke.
    fn places(&self, stroke: &Stroke) -> impl Iterator<Item = Place> {
        let middle = SIDE as f64 / 2.0;
        finite_points(stroke).map(move |(x, y)| {
            (
                ((x - self.centre.0) * self.scale + middle) as f32,
                ((y - self.centre.1) * self.scale + middle) as f32,
            )
        })
    }
}

fn finite_points(stroke: &Stroke) -> impl Iterator<Item = (f64, f64)> {
    stroke
        .points()
        .iter()
        .filter(|Point { x, y }| x.is_finite() && y.is_finite())
        .map(|&Point { x, y }| (f64::from(x), f64::from(y)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawing(strokes: &[&[(f32, f32)]]) -> Drawing {
        strokes
            .iter()
            .map(|points| {
                let points: Vec<Point> = points.iter().copied().map(Point::from).collect();
                Stroke::from(points)
            })
            .collect()
    }

    fn centre_of_mass(picture: &GrayImage) -> (f64, f64) {
        let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
        for (column, row, level) in picture.enumerate_pixels() {
            let level = f64::from(level[0]);
            x += level * (f64::from(column) + 0.5);
            y += level * (f64::from(row) + 0.5);
            mass += level;
        }
        (x / mass, y / mass)
    }

    #[test]
    fn the_frame_is_what_the_picture_shows() {
        let line: &[(f32, f32)] = &[(100.0, 300.0), (355.0, 300.0)];
        let (corner, side) = frame(&drawing(&[line])).unwrap();
        // A margin of 24 units on each side and half a unit, since 255 are centred in 256.
        assert_eq!((corner.x, corner.y, side), (75.5, 148.0, 304.0));
        assert_eq!(frame(&Drawing::default()), None);
    }

    #[test]
    fn nothing_drawn_is_black() {
        let black = GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        assert_eq!(rasterise(&Drawing::default()), black);
        assert_eq!(rasterise(&drawing(&[&[]])), black);
        assert_eq!(rasterise(&drawing(&[&[(f32::NAN, 1.0)]])), black);
    }

    #[test]
    fn a_dot_is_a_small_disc_in_the_middle() {
        for dot in [&[(100.0, 30.0)][..], &[(100.0, 30.0), (100.0, 30.0)]] {
            let picture = rasterise(&drawing(&[dot]));
            let area = picture.iter().map(|&level| f64::from(level)).sum::<f64>() / 255.0;
            let radius = 8.0 * 28.0 / 304.0;
            assert!(
                (area - std::f64::consts::PI * radius * radius).abs() < 0.1,
                "{area}"
            );
            assert!(picture.get_pixel(13, 13)[0].abs_diff(picture.get_pixel(14, 14)[0]) <= 3);
        }
    }

    #[test]
    fn a_line_keeps_the_margin() {
        let picture = rasterise(&drawing(&[&[(3.0, 9.0), (700.0, 9.0)]]));
        let lit: Vec<(u32, u32)> = picture
            .enumerate_pixels()
            .filter(|(_, _, level)| level[0] > 0)
            .map(|(x, y, _)| (x, y))
            .collect();
        assert!(
            lit.iter()
                .all(|(x, y)| (1..27).contains(x) && (13..15).contains(y))
        );
        // The line is 16 units wide, a pixel 304 / 28.
        assert!(picture.get_pixel(14, 13)[0].abs_diff(188) <= 3);
    }

    #[test]
    fn a_pen_has_its_width() {
        let line = drawing(&[&[(0.0, 0.0), (0.0, 255.0)]]);
        for pen in [4.0, PEN, 40.0] {
            let picture = rasterise_with(&line, pen);
            let across = (0..DOODLE_SIDE).map(|x| f64::from(picture.get_pixel(x, 14)[0]) / 255.0);
            let width = across.sum::<f64>() * 304.0 / 28.0;
            assert!((width - pen).abs() < 1.0, "{width} {pen}");
        }
        let black = GrayImage::new(DOODLE_SIDE, DOODLE_SIDE);
        assert_eq!(rasterise_with(&line, 0.0), black);
        assert_eq!(rasterise_with(&line, f64::NAN), black);
    }

    #[test]
    fn crossing_strokes_add_up() {
        let one = rasterise(&drawing(&[&[(0.0, 0.0), (255.0, 0.0)], &[(0.0, 255.0)]]));
        let two = rasterise(&drawing(&[
            &[(0.0, 0.0), (255.0, 0.0)],
            &[(0.0, 255.0)],
            &[(0.0, 0.0), (255.0, 0.0)],
        ]));
        assert!(two.iter().zip(one.iter()).all(|(two, one)| two >= one));
        assert!(two != one);
    }

    fn strokes() -> impl Strategy<Value = Vec<Vec<(f32, f32)>>> {
        let place = (0.0..300.0f32, 0.0..300.0f32);
        prop::collection::vec(prop::collection::vec(place, 1..6), 1..5)
    }

    fn moved(strokes: &[Vec<(f32, f32)>], change: impl Fn(f32) -> f32) -> Drawing {
        strokes
            .iter()
            .map(|points| {
                let points = points.iter().map(|&(x, y)| Point {
                    x: change(x),
                    y: change(y),
                });
                Stroke::from(points.collect::<Vec<Point>>())
            })
            .collect()
    }

    proptest! {
        #[test]
        fn place_and_size_do_not_matter(strokes in strokes(), scale in 0.5..4.0f32, shift in -500.0..500.0f32) {
            let drawn = moved(&strokes, |place| place);
            prop_assume!(drawn.strokes().iter().flat_map(Stroke::points).any(|point| {
                (point.x - strokes[0][0].0).abs() > 2.0 * LEAST_EXTENT as f32
            }));
            let elsewhere = rasterise(&moved(&strokes, |place| place * scale + shift));
            for (here, there) in rasterise(&drawn).iter().zip(elsewhere.iter()) {
                prop_assert!(here.abs_diff(*there) <= 8);
            }
        }

        #[test]
        fn any_points_are_taken(points in prop::collection::vec(any::<(f32, f32)>(), 0..5)) {
            let drawing = drawing(&[&points]);
            prop_assert_eq!(rasterise(&drawing).dimensions(), (DOODLE_SIDE, DOODLE_SIDE));
        }

        #[test]
        fn a_line_lies_in_the_middle(x in -200.0..200.0f32, y in -200.0..200.0f32) {
            let (x, y) = centre_of_mass(&rasterise(&drawing(&[&[(0.0, 0.0), (x, y)]])));
            prop_assert!((x - 14.0).abs() < 0.05 && (y - 14.0).abs() < 0.05);
        }
    }
}
