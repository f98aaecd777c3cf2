//! Lines that go straight on through a junction, joined as one stroke of a pen.

use shared::drawing::Point;

use super::way::{Way, distance};

/// How far from a junction a line's direction is looked for, in units of the box.
const LOOK: f32 = 20.0;
/// The cosine of the sharpest turn (60 degrees) with which a pen is thought to go on.
const SHARPEST: f32 = 0.5;

/// Joins ways that meet in one point, in each point the straightest pair first.
pub(super) fn join(ways: &[Way]) -> Vec<Way> {
    let partners = partners(ways);
    let mut joined = Vec::new();
    let mut is_used = vec![false; ways.len()];
    // From a free end on first; what is left then are rounds, which begin anywhere.
    let free = (0..2 * ways.len()).filter(|&end| partners[end].is_none());
    for start in free.chain((0..ways.len()).map(|way| 2 * way)) {
        let mut stroke = Way::new();
        let mut next = Some(start);
        while let Some(end) = next.filter(|end| !is_used[end / 2]) {
            is_used[end / 2] = true;
            stroke.extend(from(ways, end).skip(usize::from(!stroke.is_empty())));
            next = partners[end ^ 1];
        }
        if !stroke.is_empty() {
            joined.push(stroke);
        }
    }
    joined
}

/// The points of a way from one of its ends on: end `2 n` is the first point of way `n`, end `2 n + 1` its last.
fn from(ways: &[Way], end: usize) -> impl Iterator<Item = Point> {
    let way = &ways[end / 2];
    let last = way.len().saturating_sub(1);
    (0..way.len()).map(move |at| way[if end.is_multiple_of(2) { at } else { last - at }])
}

/// For each end the end that a pen goes on from, if any.
fn partners(ways: &[Way]) -> Vec<Option<usize>> {
    let directions: Vec<Option<Point>> = (0..2 * ways.len())
        .map(|end| direction(ways, end))
        .collect();
    let mut pairs = Vec::new();
    for one in 0..directions.len() {
        for other in one + 1..directions.len() {
            if from(ways, one).next() != from(ways, other).next() {
                continue;
            }
            if let (Some(a), Some(b)) = (directions[one], directions[other]) {
                let straightness = -(a.x * b.x + a.y * b.y);
                if straightness >= SHARPEST {
                    pairs.push((straightness, one, other));
                }
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut partners = vec![None; directions.len()];
    for (_, one, other) in pairs {
        if partners[one].is_none() && partners[other].is_none() {
            partners[one] = Some(other);
            partners[other] = Some(one);
        }
    }
    partners
}

/// Where a way leads to from one of its ends, of length 1; nothing for a dot.
fn direction(ways: &[Way], end: usize) -> Option<Point> {
    let start = from(ways, end).next()?;
    let there = from(ways, end)
        .find(|&point| distance(start, point) >= LOOK)
        .or_else(|| from(ways, end ^ 1).next())?;
    let length = distance(start, there);
    (length > 0.0).then(|| Point {
        x: (there.x - start.x) / length,
        y: (there.y - start.y) / length,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(points: &[(f32, f32)]) -> Way {
        points.iter().copied().map(Point::from).collect()
    }

    #[test]
    fn a_cross_is_two_strokes() {
        let middle = (0.0, 0.0);
        let arms = [(50.0, 0.0), (0.0, 50.0), (-50.0, 5.0), (5.0, -50.0)];
        let arms: Vec<Way> = arms.iter().map(|&arm| way(&[arm, middle])).collect();
        assert_eq!(
            join(&arms),
            [
                way(&[(50.0, 0.0), middle, (-50.0, 5.0)]),
                way(&[(0.0, 50.0), middle, (5.0, -50.0)]),
            ]
        );
    }

    #[test]
    fn a_corner_stays_one() {
        let corner = [
            way(&[(0.0, 0.0), (50.0, 0.0)]),
            way(&[(0.0, 0.0), (0.0, 50.0)]),
        ];
        assert_eq!(join(&corner), corner);
    }

    #[test]
    fn halves_of_a_ring_become_a_round() {
        let halves = [
            way(&[(0.0, 0.0), (0.0, 30.0), (50.0, 30.0), (50.0, 0.0)]),
            way(&[(0.0, 0.0), (0.0, -30.0), (50.0, -30.0), (50.0, 0.0)]),
        ];
        let round = join(&halves);
        assert_eq!(round.len(), 1);
        assert_eq!((round[0].len(), round[0][0]), (7, round[0][6]));
    }

    #[test]
    fn dots_and_nothing_stay() {
        let dots = [way(&[(1.0, 1.0)]), way(&[(1.0, 1.0)])];
        assert_eq!(join(&dots), dots);
        assert!(join(&[]).is_empty());
    }
}
