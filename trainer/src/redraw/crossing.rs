//! Junctions that thinning has torn apart, made one again: two lines that cross become two junctions with a short bridge.

use shared::drawing::Point;

use super::way::{Way, length};

/// The longest bridge in units of the box of 256: most of a pen's width of 16.
const BRIDGE: f32 = 12.0;

/// Ways without the bridges; the ends at either side of one meet in its middle.
pub(super) fn without_bridges(ways: Vec<Way>) -> Vec<Way> {
    let ends: Vec<Point> = ways
        .iter()
        .flat_map(|way| [way[0], way[way.len() - 1]])
        .collect();
    let is_junction = |point: Point| ends.iter().filter(|other| **other == point).count() > 2;
    let is_bridge: Vec<bool> = ways
        .iter()
        .map(|way| {
            let (first, last) = (way[0], way[way.len() - 1]);
            length(way) <= BRIDGE && is_junction(first) && is_junction(last)
        })
        .collect();
    // The junctions that bridges tie together have one number.
    let mut groups: Vec<usize> = ends
        .iter()
        .map(|end| {
            ends.iter()
                .position(|other| other == end)
                .unwrap_or_default()
        })
        .collect();
    for bridge in (0..ways.len()).filter(|&way| is_bridge[way]) {
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
    let mut whole = Vec::with_capacity(ways.len());
    for (at, mut way) in ways.into_iter().enumerate() {
        if is_bridge[at] {
            continue;
        }
        let last = way.len() - 1;
        for (end, place) in [(2 * at, 0), (2 * at + 1, last)] {
            if is_torn(end) {
                way[place] = middle(end);
            }
        }
        whole.push(way);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(points: &[(f32, f32)]) -> Way {
        points.iter().copied().map(Point::from).collect()
    }

    #[test]
    fn a_torn_cross_is_whole_again() {
        let torn = vec![
            way(&[(-50.0, -50.0), (-2.0, 0.0)]),
            way(&[(-50.0, 50.0), (-2.0, 0.0)]),
            way(&[(-2.0, 0.0), (2.0, 0.0)]),
            way(&[(2.0, 0.0), (50.0, -50.0)]),
            way(&[(2.0, 0.0), (50.0, 50.0)]),
        ];
        let middle = (0.0, 0.0);
        assert_eq!(
            without_bridges(torn),
            [
                way(&[(-50.0, -50.0), middle]),
                way(&[(-50.0, 50.0), middle]),
                way(&[middle, (50.0, -50.0)]),
                way(&[middle, (50.0, 50.0)]),
            ]
        );
    }

    #[test]
    fn what_is_no_bridge_stays() {
        let stroke = vec![way(&[(0.0, 0.0), (5.0, 0.0)]), way(&[(9.0, 9.0)])];
        assert_eq!(without_bridges(stroke.clone()), stroke);
        let letter_h = vec![
            way(&[(0.0, -50.0), (0.0, 0.0)]),
            way(&[(0.0, 50.0), (0.0, 0.0)]),
            way(&[(0.0, 0.0), (30.0, 0.0)]),
            way(&[(30.0, 0.0), (30.0, -50.0)]),
            way(&[(30.0, 0.0), (30.0, 50.0)]),
        ];
        assert_eq!(without_bridges(letter_h.clone()), letter_h);
    }
}
