/// The squared distance of each pixel's centre from the nearest one that is set, row by row; infinite where none is.
///
/// Source: P. F. Felzenszwalb and D. P. Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8 (2012).
pub(super) fn squared_distances(width: usize, is_set: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut field: Vec<f32> = is_set
        .map(|is_set| if is_set { 0.0 } else { f32::INFINITY })
        .collect();
    let height = field.len() / width.max(1);
    let mut line = Line::new(width.max(height));
    for row in field.chunks_exact_mut(width.max(1)) {
        line.load(row.iter().copied());
        for (place, out) in row.iter_mut().enumerate() {
            *out = line.at(place);
        }
    }
    for column in 0..width {
        line.load((0..height).map(|row| field[row * width + column]));
        for row in 0..height {
            field[row * width + column] = line.at(row);
        }
    }
    field
}

/// The lower envelope of one parabola for each value along a row or column.
struct Line {
    values: Vec<f32>,
    /// Where the parabolas of the envelope have their feet.
    feet: Vec<usize>,
    /// Up to where each is the lowest.
    ends: Vec<f32>,
    /// The parabola that is the lowest at the place asked for last.
    current: usize,
}

impl Line {
    fn new(longest: usize) -> Self {
        Self {
            values: Vec::with_capacity(longest),
            feet: Vec::with_capacity(longest),
            ends: Vec::with_capacity(longest),
            current: 0,
        }
    }

    fn load(&mut self, values: impl Iterator<Item = f32>) {
        self.values.clear();
        self.values.extend(values);
        self.feet.clear();
        self.ends.clear();
        self.current = 0;
        for (place, value) in self.values.iter().enumerate() {
            if value.is_infinite() {
                continue;
            }
            let at = place as f32;
            while let Some(&foot) = self.feet.last() {
                let (before, height) = (foot as f32, self.values[foot]);
                let crossing =
                    ((value + at * at) - (height + before * before)) / (2.0 * (at - before));
                let start = self.ends.iter().rev().nth(1).copied();
                if start.is_none_or(|start| crossing > start) {
                    if let Some(end) = self.ends.last_mut() {
                        *end = crossing;
                    }
                    break;
                }
                self.feet.pop();
                self.ends.pop();
            }
            self.feet.push(place);
            self.ends.push(f32::INFINITY);
        }
    }

    /// The envelope at a place; places are asked for in ascending order.
    fn at(&mut self, place: usize) -> f32 {
        let at = place as f32;
        while self.ends.get(self.current).is_some_and(|end| *end < at) {
            self.current += 1;
        }
        match self.feet.get(self.current) {
            Some(&foot) => {
                let across = at - foot as f32;
                across * across + self.values[foot]
            }
            None => f32::INFINITY,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_set_is_infinitely_far() {
        assert_eq!(
            squared_distances(3, [false; 6].into_iter()),
            [f32::INFINITY; 6]
        );
        assert!(squared_distances(0, std::iter::empty()).is_empty());
    }

    proptest! {
        #[test]
        fn distances_are_those_of_a_search(
            (width, set) in (1..12_usize, 1..12_usize).prop_flat_map(|(width, height)| {
                (Just(width), prop::collection::vec(prop::bool::weighted(0.2), width * height))
            }),
        ) {
            let found = squared_distances(width, set.iter().copied());
            for (place, found) in found.into_iter().enumerate() {
                let distances = (0..set.len()).filter(|at| set[*at]).map(|at| {
                    let across = (at % width).abs_diff(place % width);
                    let down = (at / width).abs_diff(place / width);
                    (across * across + down * down) as f32
                });
                prop_assert_eq!(found, distances.fold(f32::INFINITY, f32::min));
            }
        }
    }
}
