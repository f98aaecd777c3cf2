use super::Bounds;
use crate::data::Point;

/// Where the class that is predicted changes over a plane, as line segments. `logits` are those of the plane's `side * side` cells, in a
/// grid's order.
///
/// Marching squares (Lorensen and Cline 1987, in the plane), linear between cells: between two classes of a linear C the line is
/// exact.
pub(super) fn boundary(bounds: &Bounds, side: usize, logits: &[Vec<f32>]) -> Vec<[Point; 2]> {
    let centres = bounds.cells(side);
    let classes = logits.first().map_or(0, Vec::len);
    let mut lines = Vec::new();
    // The last class borders only on others.
    for class in 0..classes.saturating_sub(1) {
        let margins: Vec<f32> = logits.iter().map(|logits| margin(logits, class)).collect();
        for row in 1..side {
            for column in 1..side {
                let [lower, upper] = [(row - 1) * side + column, row * side + column];
                let corners = [lower - 1, lower, upper, upper - 1];
                let crossings: Vec<Point> = (0..4)
                    .filter_map(|edge| {
                        let [from, to] = [corners[edge], corners[(edge + 1) % 4]];
                        crossing(centres[from], centres[to], margins[from], margins[to])
                    })
                    .collect();
                lines.extend_from_slice(crossings.as_chunks().0);
            }
        }
    }
    lines
}

/// By how much a class's logit exceeds the highest other one.
fn margin(logits: &[f32], class: usize) -> f32 {
    let others = logits
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != class);
    let highest = others.fold(f32::NEG_INFINITY, |highest, (_, logit)| highest.max(*logit));
    logits[class] - highest
}

/// Where a value that is linear between two points is 0; none where it has the same sign at both.
fn crossing(from: Point, to: Point, at_from: f32, at_to: f32) -> Option<Point> {
    let share = at_from / (at_from - at_to);
    let between = |axis: usize| from[axis] + (to[axis] - from[axis]) * share;
    ((at_from > 0.0) != (at_to > 0.0)).then(|| [between(0), between(1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        least: [-1.0, -2.0],
        greatest: [1.0, 0.0],
    };

    fn logits(of: impl Fn(Point) -> Vec<f32>) -> Vec<Vec<f32>> {
        BOUNDS.cells(8).into_iter().map(of).collect()
    }

    #[test]
    fn the_line_of_a_linear_classifier_is_exact() {
        // Equal where x + 2 y = -2.
        let lines = boundary(&BOUNDS, 8, &logits(|[x, y]| vec![x + 2.0 * y + 2.0, 0.0]));
        assert!(lines.len() >= 7, "{}", lines.len());
        for [x, y] in lines.as_flattened() {
            assert!((x + 2.0 * y + 2.0).abs() < 1e-5, "{x} {y}");
        }
    }

    #[test]
    fn three_classes_meet_and_one_class_alone_has_no_boundary() {
        let thirds = logits(|[x, y]| vec![x, -x, 1.6 + 2.0 * y]);
        let lines = boundary(&BOUNDS, 8, &thirds);
        let between = |one: usize, other: usize| {
            let is_near = |[x, y]: &Point| {
                let logits = [*x, -*x, 1.6 + 2.0 * *y];
                (logits[one] - logits[other]).abs() < 0.02
            };
            lines
                .as_flattened()
                .iter()
                .filter(|point| is_near(point))
                .count()
        };
        assert!(between(0, 1) > 0 && between(0, 2) > 0 && between(1, 2) > 0);
        for alone in [
            logits(|_| vec![1.0, 0.0]),
            logits(|_| vec![1.0]),
            Vec::new(),
        ] {
            assert!(boundary(&BOUNDS, 8, &alone).is_empty());
        }
    }
}
