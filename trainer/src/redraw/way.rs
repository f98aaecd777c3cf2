//! Points along a pen's way, in units of the box of 256 that the rasteriser draws in.

use shared::drawing::Point;

/// From where the pen is put down to where it is lifted.
pub(super) type Way = Vec<Point>;

pub(super) fn distance(from: Point, to: Point) -> f32 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    (x * x + y * y).sqrt()
}

/// The length of a way in units.
pub(super) fn length(way: &[Point]) -> f32 {
    way.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

fn between(from: Point, to: Point, share: f32) -> Point {
    Point {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
    }
}

/// Each inner point moved towards its two neighbours `times` times, with weights 1, 2, 1; in a round the ends too.
pub(super) fn smooth(way: &[Point], times: usize) -> Way {
    let mut way = way.to_vec();
    let is_round = way.len() > 3 && way.first() == way.last();
    for _ in 0..times {
        let mean = |before: Point, here: Point, after: Point| {
            between(here, between(before, after, 0.5), 0.5)
        };
        let inner: Way = way
            .windows(3)
            .map(|three| mean(three[0], three[1], three[2]))
            .collect();
        if is_round {
            let seam = mean(way[way.len() - 2], way[0], way[1]);
            way = [&[seam], &inner[..], &[seam]].concat();
        } else if let [first, .., last] = way[..] {
            way = [&[first], &inner[..], &[last]].concat();
        }
    }
    way
}

/// The points that a pen passes at every `step` units (more than 0) of its way, and its ends.
pub(super) fn resample(way: &[Point], step: f32) -> Way {
    let Some((&first, rest)) = way.split_first() else {
        return Way::new();
    };
    let steps = (length(way) / step).ceil().max(1.0);
    let step = length(way) / steps;
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

/// What is left when the pen is put down `start` units later and lifted `end` units earlier; nothing unless that is shorter than
/// the way.
pub(super) fn shorten(way: &[Point], start: f32, end: f32) -> Way {
    let until = length(way) - end;
    let mut left = Way::new();
    let mut walked = 0.0;
    for pair in way.windows(2) {
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
    use super::*;

    fn way(points: &[(f32, f32)]) -> Way {
        points.iter().copied().map(Point::from).collect()
    }

    #[test]
    fn equal_steps_cut_corners() {
        let corner = way(&[(0.0, 0.0), (15.0, 0.0), (15.0, 15.0)]);
        assert_eq!(
            resample(&corner, 10.0),
            way(&[(0.0, 0.0), (10.0, 0.0), (15.0, 5.0), (15.0, 15.0)])
        );
        assert_eq!(resample(&corner, 100.0), way(&[(0.0, 0.0), (15.0, 15.0)]));
    }

    #[test]
    fn dots_stay_dots() {
        let dot = way(&[(3.0, 4.0)]);
        assert_eq!(resample(&dot, 5.0), dot);
        assert_eq!(smooth(&dot, 3), dot);
        assert!(resample(&[], 5.0).is_empty() && smooth(&[], 3).is_empty());
        let still = way(&[(3.0, 4.0), (3.0, 4.0)]);
        assert_eq!(resample(&still, 5.0), still);
    }

    #[test]
    fn smoothing_keeps_ends_and_closes_rounds() {
        let zigzag = way(&[(0.0, 0.0), (1.0, 2.0), (2.0, 0.0)]);
        assert_eq!(
            smooth(&zigzag, 1),
            way(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)])
        );
        let round = way(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]);
        let smoothed = smooth(&round, 1);
        assert_eq!(smoothed[0], Point { x: 1.0, y: 1.0 });
        assert_eq!(smoothed[0], smoothed[4]);
    }

    #[test]
    fn a_way_is_shortened_at_both_ends() {
        let line = way(&[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)]);
        assert_eq!(
            shorten(&line, 5.0, 15.0),
            way(&[(5.0, 0.0), (10.0, 0.0), (15.0, 0.0)])
        );
        assert!(shorten(&line, 20.0, 10.0).is_empty());
    }
}
