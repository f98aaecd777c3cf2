use datasets::skeleton::Skeleton;
use image::imageops::{FilterType, resize};
use image::{GrayImage, Luma};
use shared::drawing::{Drawing, Point, Stroke};

use super::crossing::without_bridges;
use super::join::join;
use super::paths::paths;
use super::polyline::{Polyline, resample, smooth};

/// A bitmap is enlarged so many times before it is thinned: a pen's line is then six pixels wide, and its middle is found to a
/// quarter of the bitmap's pixel.
const ENLARGED: u32 = 4;
/// The least level of ink: half covered and a little more, but no more than a dot between four pixels has (134, enlarged).
const INK: u8 = 132;
/// Pixels of the enlarged bitmap, at most, of a bump on a line: half the pen's width.
const SPUR: usize = 3;
/// How far from the middle of a line the pen's ink reaches, in pixels of the enlarged bitmap: half the pen's width, and what a
/// line's middle may be off.
const REACH: f32 = 3.5;
/// A filled area is traced repeatedly until its ink is covered, at most this many times in all.
const PASSES: usize = 3;
/// The shortest line that a repeated pass keeps, in pixels of the enlarged bitmap: less is the rim of a line already drawn.
const LEAST: usize = 4;
/// Units of the box of 256 to a bitmap's pixel, as the rasteriser draws it.
const UNITS: f32 = 304.0 / 28.0;
/// Units of the box's margin.
const MARGIN: f32 = 24.0;
/// Units from one point of a stroke to the next, about as a finger's or mouse's events give them.
const STEP: f32 = 6.0;

/// Strokes that may have made a bitmap (white on black, 28x28 from Quick, Draw!), in units of the box of 256.
///
/// The lines are thinned to their middles, followed from end to end and straight on through junctions, and smoothed a little. Ink
/// that these strokes do not cover, as in filled areas, becomes further strokes. What is covered by less than half is no ink; a
/// bitmap without ink gives an empty drawing.
pub fn trace(bitmap: &GrayImage) -> Drawing {
    let (width, height) = bitmap.dimensions();
    if bitmap.is_empty() {
        return Drawing::default();
    }
    // Cubic, because it keeps the darkness between two close lines.
    let mut ink = resize(
        bitmap,
        width * ENLARGED,
        height * ENLARGED,
        FilterType::CatmullRom,
    );
    let unit = |place: u32| (place as f32 + 0.5) / ENLARGED as f32 * UNITS - MARGIN;
    let mut strokes = Vec::new();
    for pass in 0..PASSES {
        let (skeleton, paths) = paths(Skeleton::of(&ink, INK), SPUR);
        let mut lines: Vec<Polyline> = Vec::with_capacity(paths.len());
        for path in paths
            .into_iter()
            .filter(|path| pass == 0 || path.len() >= LEAST)
        {
            let places = path.into_iter().map(|pixel| skeleton.place(pixel));
            let line = places.inspect(|place| cover(&mut ink, *place));
            lines.push(line.map(|(x, y)| Point::from((unit(x), unit(y)))).collect());
        }
        let joined = join(&without_bridges(lines));
        strokes.extend(joined.iter().map(|line| resample(&smooth(line, 3), STEP)));
    }
    strokes.into_iter().map(Stroke::from).collect()
}

/// Removes the ink that the pen would cover with its middle at a place.
fn cover(ink: &mut GrayImage, (x, y): (u32, u32)) {
    let reach = REACH as u32;
    for row in y.saturating_sub(reach)..=(y + reach).min(ink.height() - 1) {
        for column in x.saturating_sub(reach)..=(x + reach).min(ink.width() - 1) {
            let (across, down) = (column.abs_diff(x) as f32, row.abs_diff(y) as f32);
            if across * across + down * down <= REACH * REACH {
                ink.put_pixel(column, row, Luma([0]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::drawing::rasterise;
    use shared::input::DOODLE_SIDE;

    use super::super::examples::drawing;
    use super::*;

    fn ring() -> Vec<(f32, f32)> {
        let turns = (0..=60).map(|step| step as f32 / 60.0 * std::f32::consts::TAU);
        turns
            .map(|turn| (128.0 + 127.0 * turn.cos(), 128.0 + 127.0 * turn.sin()))
            .collect()
    }

    /// The points' largest distance from what `distance` measures.
    fn furthest(traced: &Drawing, distance: impl Fn(Point) -> f32) -> f32 {
        let points = traced.strokes().iter().flat_map(Stroke::points);
        points
            .map(|point| distance(*point).abs())
            .fold(0.0, f32::max)
    }

    #[test]
    fn a_line_is_a_line() {
        let traced = trace(&rasterise(&drawing(&[&[(0.0, 0.0), (255.0, 128.0)]])));
        assert_eq!(traced.strokes().len(), 1, "{traced:?}");
        // The rasteriser centres it: from (0.5, 64) to (255.5, 192).
        let off = furthest(&traced, |point| (point.x - 0.5) / 2.0 + 64.0 - point.y);
        assert!(off < 6.0, "{off}");
        let points = traced.strokes()[0].points();
        let width = (points[0].x - points[points.len() - 1].x).abs();
        assert!((width - 255.0).abs() < 14.0, "{width}");
    }

    #[test]
    fn a_ring_is_a_closed_line() {
        let traced = trace(&rasterise(&drawing(&[&ring()])));
        assert_eq!(traced.strokes().len(), 1);
        let points = traced.strokes()[0].points();
        assert_eq!(points.first(), points.last());
        let off = furthest(&traced, |point| {
            ((point.x - 128.0).powi(2) + (point.y - 128.0).powi(2)).sqrt() - 127.0
        });
        assert!(off < 4.0, "{off}");
    }

    #[test]
    fn a_cross_is_two_strokes() {
        let cross = drawing(&[&[(0.0, 0.0), (255.0, 255.0)], &[(0.0, 255.0), (255.0, 0.0)]]);
        let traced = trace(&rasterise(&cross));
        assert_eq!(traced.strokes().len(), 2, "{traced:?}");
        let off = furthest(&traced, |point| {
            ((point.x - 128.0).abs() - (point.y - 128.0).abs()) / 2.0_f32.sqrt()
        });
        assert!(off < 4.0, "{off}");
    }

    #[test]
    fn a_filled_square_stays_filled() {
        let square = GrayImage::from_fn(28, 28, |x, y| {
            let is_inside = |place| (9..19).contains(&place);
            Luma([u8::from(is_inside(x) && is_inside(y)) * 255])
        });
        let traced = trace(&square);
        let frame = [(0.0, 0.0), (0.0, 255.0), (255.0, 255.0), (255.0, 0.0)];
        let corners = frame.map(|corner| Stroke::from(vec![Point::from(corner)]));
        let framed = traced.strokes().iter().chain(&corners).cloned().collect();
        let traced = rasterise(&framed);
        let inside = traced
            .enumerate_pixels()
            .filter(|(x, y, _)| (9..19).contains(x) && (9..19).contains(y));
        let filled = inside.filter(|(_, _, level)| level[0] > 127).count();
        assert!(filled > 75, "{filled} of 100");
    }

    #[test]
    fn a_dot_is_a_dot() {
        let dot = rasterise(&drawing(&[&[(9.0, 9.0)]]));
        assert_eq!(trace(&dot).strokes().len(), 1);
        assert_eq!(rasterise(&trace(&dot)), dot);
        assert!(trace(&GrayImage::new(DOODLE_SIDE, DOODLE_SIDE)).is_empty());
    }

    proptest! {
        #[test]
        fn any_bitmap_gives_finite_points(
            (width, height, levels) in (0..30_u32, 0..30_u32).prop_flat_map(|(width, height)| {
                let levels = prop::collection::vec(any::<u8>(), (width * height) as usize);
                (Just(width), Just(height), levels)
            }),
            contrast in 1..8_u8,
        ) {
            let levels = levels.iter().map(|level| level.saturating_mul(contrast)).collect();
            let bitmap = GrayImage::from_raw(width, height, levels).unwrap();
            let traced = trace(&bitmap);
            for point in traced.strokes().iter().flat_map(Stroke::points) {
                prop_assert!(point.x.is_finite() && point.y.is_finite());
            }
            prop_assert!(traced.strokes().iter().all(|stroke| !stroke.is_empty()));
        }
    }
}
