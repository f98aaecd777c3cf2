//! Lines that go straight on through a junction, joined as one stroke of a pen.

use shared::drawing::Point;

use super::polyline::{Polyline, distance};

/// How far from a junction a line's direction is looked for, in units of the box.
const LOOK: f32 = 20.0;
/// The cosine of the sharpest turn (60 degrees) with which a pen is assumed to continue.
const SHARPEST: f32 = 0.5;

/// Joins lines that meet in one point, in each point the straightest pair first.
pub(super) fn join(lines: &[Polyline]) -> Vec<Polyline> {
    let partners = partners(lines);
    let mut joined = Vec::new();
    let mut is_used = vec![false; lines.len()];
    // From the free ends first; then only closed lines are left, which start anywhere.
    let free = (0..2 * lines.len()).filter(|&end| partners[end].is_none());
    for start in free.chain((0..lines.len()).map(|line| 2 * line)) {
        let mut stroke = Polyline::new();
        let mut next = Some(start);
        while let Some(end) = next.filter(|end| !is_used[end / 2]) {
            is_used[end / 2] = true;
            stroke.extend(from(lines, end).skip(usize::from(!stroke.is_empty())));
            next = partners[end ^ 1];
        }
        if !stroke.is_empty() {
            joined.push(stroke);
        }
    }
    joined
}

/// The points of a line from one of its ends on: end `2 n` is the first point of line `n`, end `2 n + 1` its last.
fn from(lines: &[Polyline], end: usize) -> impl Iterator<Item = Point> {
    let line = &lines[end / 2];
    let last = line.len().saturating_sub(1);
    (0..line.len()).map(move |at| line[if end.is_multiple_of(2) { at } else { last - at }])
}

/// For each end the end at which a pen continues, if any.
fn partners(lines: &[Polyline]) -> Vec<Option<usize>> {
    let directions: Vec<Option<Point>> = (0..2 * lines.len())
        .map(|end| direction(lines, end))
        .collect();
    let mut pairs = Vec::new();
    for one in 0..directions.len() {
        for other in one + 1..directions.len() {
            if from(lines, one).next() != from(lines, other).next() {
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

/// The direction of a line from one of its ends, of length 1; nothing for a dot.
fn direction(lines: &[Polyline], end: usize) -> Option<Point> {
    let start = from(lines, end).next()?;
    let there = from(lines, end)
        .find(|&point| distance(start, point) >= LOOK)
        .or_else(|| from(lines, end ^ 1).next())?;
    let length = distance(start, there);
    (length > 0.0).then(|| Point {
        x: (there.x - start.x) / length,
        y: (there.y - start.y) / length,
    })
}

#[cfg(test)]
mod tests {
    use super::super::examples::polyline;
    use super::*;

    #[test]
    fn a_cross_is_two_strokes() {
        let middle = (0.0, 0.0);
        let arms = [(50.0, 0.0), (0.0, 50.0), (-50.0, 5.0), (5.0, -50.0)];
        let arms: Vec<Polyline> = arms.iter().map(|&arm| polyline(&[arm, middle])).collect();
        assert_eq!(
            join(&arms),
            [
                polyline(&[(50.0, 0.0), middle, (-50.0, 5.0)]),
                polyline(&[(0.0, 50.0), middle, (5.0, -50.0)]),
            ]
        );
    }

    #[test]
    fn a_corner_stays_one() {
        let corner = [
            polyline(&[(0.0, 0.0), (50.0, 0.0)]),
            polyline(&[(0.0, 0.0), (0.0, 50.0)]),
        ];
        assert_eq!(join(&corner), corner);
    }

    #[test]
    fn halves_of_a_ring_become_one_closed_line() {
        let halves = [
            polyline(&[(0.0, 0.0), (0.0, 30.0), (50.0, 30.0), (50.0, 0.0)]),
            polyline(&[(0.0, 0.0), (0.0, -30.0), (50.0, -30.0), (50.0, 0.0)]),
        ];
        let round = join(&halves);
        assert_eq!(round.len(), 1);
        assert_eq!((round[0].len(), round[0][0]), (7, round[0][6]));
    }

    #[test]
    fn dots_and_nothing_stay() {
        let dots = [polyline(&[(1.0, 1.0)]), polyline(&[(1.0, 1.0)])];
        assert_eq!(join(&dots), dots);
        assert!(join(&[]).is_empty());
    }
}
