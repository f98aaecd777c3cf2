//! Polylines in units of the box of 256 that the rasteriser draws in.

use shared::drawing::Point;

/// The points of a stroke, from where the pen is put down to where it is lifted.
pub(super) type Polyline = Vec<Point>;

pub(super) fn distance(from: Point, to: Point) -> f32 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    (x * x + y * y).sqrt()
}

/// The length of a line in units.
pub(super) fn length(line: &[Point]) -> f32 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

fn between(from: Point, to: Point, share: f32) -> Point {
    Point {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
    }
}

/// Each inner point moved towards its two neighbours `times` times, with weights 1, 2, 1; in a closed line the ends too.
pub(super) fn smooth(line: &[Point], times: usize) -> Polyline {
    let mut line = line.to_vec();
    let is_closed = line.len() > 3 && line.first() == line.last();
    for _ in 0..times {
        let mean = |before: Point, here: Point, after: Point| {
            between(here, between(before, after, 0.5), 0.5)
        };
        let inner: Polyline = line
            .windows(3)
            .map(|three| mean(three[0], three[1], three[2]))
            .collect();
        if is_closed {
            let seam = mean(line[line.len() - 2], line[0], line[1]);
            line = [&[seam], &inner[..], &[seam]].concat();
        } else if let [first, .., last] = line[..] {
            line = [&[first], &inner[..], &[last]].concat();
        }
    }
    line
}

/// Points at every `step` units (more than 0) along a line, and its ends.
pub(super) fn resample(line: &[Point], step: f32) -> Polyline {
    let Some((&first, rest)) = line.split_first() else {
        return Polyline::new();
    };
    let steps = (length(line) / step).ceil().max(1.0);
    let step = length(line) / steps;
    let mut points = vec![first];
    let (mut here, mut due) = (first, step);
    for &point in rest {
        let mut ahead = distance(here, point);
        while ahead >= due && due > 0.0 && points.len() < steps as usize {
            here = between(here, point, due / ahead);
            points.push(here);
            ahead = distance(here, point);
            due = step;
        }
        due -= ahead;
        here = point;
    }
    if !rest.is_empty() {
        points.push(here);
    }
    points
}

/// A line that starts `start` units later and ends `end` units earlier; empty where that leaves nothing.
pub(super) fn shorten(line: &[Point], start: f32, end: f32) -> Polyline {
    let until = length(line) - end;
    let mut left = Polyline::new();
    let mut walked = 0.0;
    for pair in line.windows(2) {
        let step = distance(pair[0], pair[1]);
        let (from, to) = (start.max(walked), until.min(walked + step));
        if from < to && step > 0.0 {
            if left.is_empty() {
                left.push(between(pair[0], pair[1], (from - walked) / step));
            }
            left.push(between(pair[0], pair[1], (to - walked) / step));
        }
        walked += step;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::super::examples::polyline;
    use super::*;

    #[test]
    fn equal_steps_cut_corners() {
        let corner = polyline(&[(0.0, 0.0), (15.0, 0.0), (15.0, 15.0)]);
        assert_eq!(
            resample(&corner, 10.0),
            polyline(&[(0.0, 0.0), (10.0, 0.0), (15.0, 5.0), (15.0, 15.0)])
        );
        assert_eq!(
            resample(&corner, 100.0),
            polyline(&[(0.0, 0.0), (15.0, 15.0)])
        );
    }

    #[test]
    fn dots_stay_dots() {
        let dot = polyline(&[(3.0, 4.0)]);
        assert_eq!(resample(&dot, 5.0), dot);
        assert_eq!(smooth(&dot, 3), dot);
        assert!(resample(&[], 5.0).is_empty() && smooth(&[], 3).is_empty());
        let still = polyline(&[(3.0, 4.0), (3.0, 4.0)]);
        assert_eq!(resample(&still, 5.0), still);
    }

    #[test]
    fn smoothing_keeps_ends_and_closed_lines_closed() {
        let zigzag = polyline(&[(0.0, 0.0), (1.0, 2.0), (2.0, 0.0)]);
        assert_eq!(
            smooth(&zigzag, 1),
            polyline(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)])
        );
        let round = polyline(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]);
        let smoothed = smooth(&round, 1);
        assert_eq!(smoothed[0], Point { x: 1.0, y: 1.0 });
        assert_eq!(smoothed[0], smoothed[4]);
    }

    #[test]
    fn a_line_is_shortened_at_both_ends() {
        let straight = polyline(&[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)]);
        assert_eq!(
            shorten(&straight, 5.0, 15.0),
            polyline(&[(5.0, 0.0), (10.0, 0.0), (15.0, 0.0)])
        );
        assert!(shorten(&straight, 20.0, 10.0).is_empty());
    }
}
