//! Curves as lines of SVG, and which of their points a table has.

/// A line has at most so many corners.
const CORNERS: usize = 300;

/// A line through points, each with x and y as shares of width and height, y upwards, as an SVG path in `size`; where a y is not finite
/// there is a gap.
pub fn line(points: impl ExactSizeIterator<Item = (f32, f32)>, size: (f32, f32)) -> String {
    let every = points.len().div_ceil(CORNERS).max(1);
    let mut path = String::new();
    let mut is_gap = true;
    for (x, y) in points.step_by(every) {
        if !y.is_finite() {
            is_gap = true;
            continue;
        }
        let (x, y) = (x * size.0, (1.0 - y) * size.1);
        path += &format!("{}{x:.1} {y:.1}", if is_gap { 'M' } else { 'L' });
        is_gap = false;
    }
    path
}

/// Which of so many points stand in a table of at most `rows`: evenly spaced ones from the first on, and the last.
pub fn rows(count: usize, rows: usize) -> impl Iterator<Item = usize> {
    let last = count.saturating_sub(1);
    let every = last.div_ceil(rows.saturating_sub(1).max(1)).max(1);
    (0..count).filter(move |index| index % every == 0 || *index == last)
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const SIZE: (f32, f32) = (600.0, 140.0);

    #[test]
    fn a_line_runs_from_left_to_right_and_has_gaps_where_there_is_nothing() {
        let points = [(0.0, 0.5), (0.5, 1.0), (0.6, f32::NAN), (1.0, 0.0)];
        let path = line(points.into_iter(), SIZE);
        assert_eq!(path, "M0.0 70.0L300.0 0.0M600.0 140.0");
        assert_eq!(line([].into_iter(), SIZE), "");
    }

    #[test]
    fn a_table_has_few_rows_and_always_the_last_point() {
        for count in 0..200 {
            let rows: Vec<usize> = rows(count, 11).collect();
            assert!(rows.len() <= 11, "{count}: {rows:?}");
            assert_eq!(rows.first().copied(), (count > 0).then_some(0));
            assert_eq!(rows.last().copied(), count.checked_sub(1));
        }
        assert_eq!(rows(4, 11).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(rows(21, 11).nth(1), Some(2));
    }

    #[test]
    fn a_long_run_has_few_corners() {
        let points = (0..20_000_u16).map(|step| (f32::from(step) / 20_000.0, 0.5));
        let path = line(points, SIZE);
        assert!(path.matches(['M', 'L']).count() <= CORNERS);
    }
}
