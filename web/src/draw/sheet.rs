//! The sheet: its size, and what of a line lies on it.

use shared::drawing::Point;

/// Width and height of the sheet in units of [`Point`], whatever its size on the screen.
pub const SHEET_SIDE: f32 = 512.0;

/// Whether a point lies on the sheet or its border.
pub fn is_on_sheet(point: Point) -> bool {
    let along = 0.0..=SHEET_SIDE;
    along.contains(&point.x) && along.contains(&point.y)
}

/// The point of the sheet nearest to a point.
pub fn onto_sheet(point: Point) -> Point {
    Point {
        x: point.x.clamp(0.0, SHEET_SIDE),
        y: point.y.clamp(0.0, SHEET_SIDE),
    }
}

/// The part of the line between two points that lies on the sheet, by its ends; nothing where the line passes it by.
///
/// Source: Liang and Barsky, "A new concept and method for line clipping", 1984.
pub fn clip(from: Point, to: Point) -> Option<(Point, Point)> {
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    for (start, way) in [(from.x, to.x - from.x), (from.y, to.y - from.y)] {
        if way == 0.0 {
            if !(0.0..=SHEET_SIDE).contains(&start) {
                return None;
            }
            continue;
        }
        let (one, other) = (-start / way, (SHEET_SIDE - start) / way);
        first = first.max(one.min(other));
        last = last.min(one.max(other));
    }
    // An end that lies on the sheet stays as it is, to the bit.
    let at = |part: f32| match part {
        0.0 => from,
        1.0 => to,
        _ => onto_sheet(Point {
            x: from.x + part * (to.x - from.x),
            y: from.y + part * (to.y - from.y),
        }),
    };
    (first <= last).then(|| (at(first), at(last)))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn clipped(from: (f32, f32), to: (f32, f32)) -> Option<[(f32, f32); 2]> {
        clip(from.into(), to.into()).map(|(from, to)| [from.into(), to.into()])
    }

    #[test]
    fn a_line_on_the_sheet_stays_whole() {
        for (from, to) in [
            ((0.1, 0.2), (511.3, 512.0)),
            ((512.0, 3.0), (512.0, 9.0)),
            ((7.0, 7.0), (7.0, 7.0)),
        ] {
            assert_eq!(clipped(from, to), Some([from, to]));
        }
    }

    #[test]
    fn a_line_across_the_border_ends_there() {
        assert_eq!(
            clipped((500.0, 100.0), (524.0, 200.0)),
            Some([(500.0, 100.0), (512.0, 150.0)])
        );
        assert_eq!(
            clipped((100.0, -40.0), (100.0, 60.0)),
            Some([(100.0, 0.0), (100.0, 60.0)])
        );
        assert_eq!(
            clipped((-128.0, 0.0), (640.0, 512.0)),
            Some([(0.0, 85.333_336), (512.0, 426.666_66)])
        );
    }

    #[test]
    fn a_line_beside_the_sheet_is_none() {
        for (from, to) in [
            ((-5.0, 10.0), (-5.0, 400.0)),
            ((-50.0, 40.0), (40.0, -60.0)),
            ((600.0, 600.0), (700.0, 520.0)),
        ] {
            assert_eq!(clipped(from, to), None);
        }
    }
}
