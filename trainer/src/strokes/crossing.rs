//! Merges junctions that thinning has torn apart: where two lines cross, it leaves two junctions with a short bridge.

use shared::drawing::Point;

use super::polyline::{Polyline, length};

/// The longest bridge in units of the box of 256: most of a pen's width of 16.
const BRIDGE: f32 = 12.0;

/// The lines without the bridges; the ends on both sides of a bridge meet in its middle.
pub(super) fn without_bridges(lines: Vec<Polyline>) -> Vec<Polyline> {
    let ends: Vec<Point> = lines
        .iter()
        .flat_map(|line| [line[0], line[line.len() - 1]])
        .collect();
    let is_junction = |point: Point| ends.iter().filter(|other| **other == point).count() > 2;
    let is_bridge: Vec<bool> = lines
        .iter()
        .map(|line| {
            let (first, last) = (line[0], line[line.len() - 1]);
            length(line) <= BRIDGE && is_junction(first) && is_junction(last)
        })
        .collect();
    // Junctions that bridges connect have one number.
    let mut groups: Vec<usize> = ends
        .iter()
        .map(|end| {
            ends.iter()
                .position(|other| other == end)
                .unwrap_or_default()
        })
        .collect();
    for bridge in (0..lines.len()).filter(|&line| is_bridge[line]) {
        let (one, other) = (groups[2 * bridge], groups[2 * bridge + 1]);
        for group in groups.iter_mut().filter(|group| **group == other) {
            *group = one;
        }
    }
    let middle = |end: usize| {
        let members = || (0..ends.len()).filter(|&other| groups[other] == groups[end]);
        let count = members().count() as f32;
        Point {
            x: members().map(|other| ends[other].x).sum::<f32>() / count,
            y: members().map(|other| ends[other].y).sum::<f32>() / count,
        }
    };
    let is_torn = |end: usize| {
        (0..ends.len()).any(|other| groups[other] == groups[end] && ends[other] != ends[end])
    };
    let mut whole = Vec::with_capacity(lines.len());
    for (at, mut line) in lines.into_iter().enumerate() {
        if is_bridge[at] {
            continue;
        }
        let last = line.len() - 1;
        for (end, place) in [(2 * at, 0), (2 * at + 1, last)] {
            if is_torn(end) {
                line[place] = middle(end);
            }
        }
        whole.push(line);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::super::examples::polyline;
    use super::*;

    #[test]
    fn a_torn_cross_is_merged() {
        let torn = vec![
            polyline(&[(-50.0, -50.0), (-2.0, 0.0)]),
            polyline(&[(-50.0, 50.0), (-2.0, 0.0)]),
            polyline(&[(-2.0, 0.0), (2.0, 0.0)]),
            polyline(&[(2.0, 0.0), (50.0, -50.0)]),
            polyline(&[(2.0, 0.0), (50.0, 50.0)]),
        ];
        let middle = (0.0, 0.0);
        assert_eq!(
            without_bridges(torn),
            [
                polyline(&[(-50.0, -50.0), middle]),
                polyline(&[(-50.0, 50.0), middle]),
                polyline(&[middle, (50.0, -50.0)]),
                polyline(&[middle, (50.0, 50.0)]),
            ]
        );
    }

    #[test]
    fn what_is_no_bridge_stays() {
        let stroke = vec![polyline(&[(0.0, 0.0), (5.0, 0.0)]), polyline(&[(9.0, 9.0)])];
        assert_eq!(without_bridges(stroke.clone()), stroke);
        let letter_h = vec![
            polyline(&[(0.0, -50.0), (0.0, 0.0)]),
            polyline(&[(0.0, 50.0), (0.0, 0.0)]),
            polyline(&[(0.0, 0.0), (30.0, 0.0)]),
            polyline(&[(30.0, 0.0), (30.0, -50.0)]),
            polyline(&[(30.0, 0.0), (30.0, 50.0)]),
        ];
        assert_eq!(without_bridges(letter_h.clone()), letter_h);
    }
}
