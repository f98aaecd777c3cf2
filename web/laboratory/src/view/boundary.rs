use crate::data::Point;

/// Where the class that is predicted changes over a plane, as line segments. `centres` are those of the plane's `side * side` cells, in a
/// grid's order, and `logits` C's at each.
///
/// Marching squares (Lorensen and Cline 1987, in the plane), linear between cells: between two classes of a linear C the line is
/// exact.
pub(super) fn boundary(centres: &[Point], side: usize, logits: &[Vec<f32>]) -> Vec<[Point; 2]> {
    let classes = logits.first().map_or(0, Vec::len);
    let mut lines = Vec::new();
    // Every line lies between two classes, so those of the last one are found already.
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

    /// From (-1, -2) to (1, 0).
    fn centres() -> Vec<Point> {
        let at = |index: u8| (f32::from(index) + 0.5) / 4.0;
        let cells = (0..8).flat_map(|row| (0..8).map(move |column| (row, column)));
        cells
            .map(|(row, column)| [at(column) - 1.0, at(row) - 2.0])
            .collect()
    }

    fn lines(of: impl Fn(Point) -> Vec<f32>) -> Vec<[Point; 2]> {
        let logits: Vec<_> = centres().into_iter().map(of).collect();
        boundary(&centres(), 8, &logits)
    }

    #[test]
    fn the_line_of_a_linear_classifier_is_exact() {
        // Equal where x + 2 y = -2.
        let lines = lines(|[x, y]| vec![x + 2.0 * y + 2.0, 0.0]);
        assert!(lines.len() >= 7, "{}", lines.len());
        for [x, y] in lines.as_flattened() {
            assert!((x + 2.0 * y + 2.0).abs() < 1e-5, "{x} {y}");
        }
    }

    #[test]
    fn three_classes_meet_and_one_class_alone_has_no_boundary() {
        let thirds = lines(|[x, y]| vec![x, -x, 1.6 + 2.0 * y]);
        let between = |one: usize, other: usize| {
            let is_near = |[x, y]: &Point| {
                let logits = [*x, -*x, 1.6 + 2.0 * *y];
                (logits[one] - logits[other]).abs() < 0.02
            };
            thirds
                .as_flattened()
                .iter()
                .filter(|point| is_near(point))
                .count()
        };
        assert!(between(0, 1) > 0 && between(0, 2) > 0 && between(1, 2) > 0);
        assert!(lines(|_| vec![1.0, 0.0]).is_empty() && lines(|_| vec![1.0]).is_empty());
        assert!(boundary(&[], 8, &[]).is_empty());
    }
}
