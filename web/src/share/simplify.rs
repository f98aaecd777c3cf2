//! Strokes with fewer points that look the same.

use shared::drawing::Point;

/// The points that a line needs to stay within `tolerance` of where it was: always the first and the last, in order.
///
/// Source: Ramer, "An iterative procedure for the polygonal approximation of plane curves", 1972; Douglas and Peucker, 1973.
pub fn simplify(points: &[Point], tolerance: f32) -> Vec<Point> {
    let mut stays = vec![false; points.len()];
    if let Some(last) = points.len().checked_sub(1) {
        stays[0] = true;
        stays[last] = true;
        // A stack of its own: a long scribble would be too deep for the program's.
        let mut spans = vec![(0, last)];
        while let Some((first, last)) = spans.pop() {
            if let Some((farthest, distance)) = farthest(points, first, last)
                && distance > tolerance
            {
                stays[farthest] = true;
                spans.push((first, farthest));
                spans.push((farthest, last));
            }
        }
    }
    let stays = stays.into_iter().zip(points);
    stays
        .filter_map(|(stays, &point)| stays.then_some(point))
        .collect()
}

/// The point between two others that is farthest from the line between them, and how far.
fn farthest(points: &[Point], first: usize, last: usize) -> Option<(usize, f32)> {
    let (from, to) = (points[first], points[last]);
    (first + 1..last)
        .map(|index| (index, distance(points[index], from, to)))
        .max_by(|one, other| one.1.total_cmp(&other.1))
}

/// The distance from a point to the line between two others, ends included.
fn distance(point: Point, from: Point, to: Point) -> f32 {
    let (along, down) = (to.x - from.x, to.y - from.y);
    let (x, y) = (point.x - from.x, point.y - from.y);
    let length = along * along + down * down;
    let part = if length > 0.0 {
        ((x * along + y * down) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    f32::hypot(x - part * along, y - part * down)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn points(places: &[(f32, f32)]) -> Vec<Point> {
        places.iter().copied().map(Point::from).collect()
    }

    #[test]
    fn what_lies_on_a_straight_line_goes_and_corners_stay() {
        let line = points(&[
            (0.0, 0.0),
            (5.0, 0.2),
            (10.0, 0.0),
            (10.0, 5.0),
            (10.0, 9.0),
        ]);
        let expected = points(&[(0.0, 0.0), (10.0, 0.0), (10.0, 9.0)]);
        assert_eq!(simplify(&line, 0.5), expected);
        assert_eq!(simplify(&line, 0.0).len(), 4);
    }

    #[test]
    fn a_closed_line_keeps_its_farthest_point() {
        let circle = points(&[(0.0, 0.0), (8.0, 8.0), (0.0, 0.0)]);
        assert_eq!(simplify(&circle, 2.0), circle);
    }

    #[test]
    fn few_points_stay_as_they_are() {
        for places in [&[][..], &[(3.0, 4.0)], &[(3.0, 4.0), (3.0, 4.0)]] {
            let few = points(places);
            assert_eq!(simplify(&few, 100.0), few);
        }
    }
}
