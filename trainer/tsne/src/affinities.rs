//! How likely two rows are neighbours: the joint probabilities of L. van der Maaten, G. Hinton: "Visualizing data using t-SNE",
//! JMLR 9 (2008), over nearest neighbours only.

use rayon::prelude::*;

use neighbours::Neighbours;

/// Steps of the search for a precision, at most; bisection has long reached the last bit.
const STEPS: usize = 200;
/// How close the entropy must come to the perplexity's logarithm, in nats.
const CLOSE: f64 = 1e-5;

/// A symmetric sparse matrix whose values sum to 1.
pub(super) struct Affinities {
    /// Where each row starts, and the end.
    pub(super) starts: Vec<usize>,
    /// Numbers of the rows with which each row has a value, ascending.
    pub(super) columns: Vec<u32>,
    /// Probabilities.
    pub(super) values: Vec<f32>,
}

/// The joint probabilities in which each row has `perplexity` neighbours, as good as it can (never more than there are).
pub(super) fn affinities(neighbours: &Neighbours, perplexity: f32) -> Affinities {
    let count = neighbours.count;
    let mut given = vec![0.0; neighbours.squares.len()];
    given
        .par_chunks_exact_mut(count)
        .zip(neighbours.squares.par_chunks_exact(count))
        .for_each(|(given, squares)| conditional(squares, f64::from(perplexity).ln(), given));
    joint(neighbours, &given)
}

/// The probabilities of a row's neighbours: a normal distribution of the distance, with the precision that gives the entropy.
fn conditional(squares: &[f32], entropy: f64, given: &mut [f32]) {
    let least = squares.iter().copied().fold(f32::INFINITY, f32::min);
    // From the nearest on, so that not all exponentials vanish.
    let beyond: Vec<f64> = squares
        .iter()
        .map(|square| f64::from(square - least))
        .collect();
    let mean = beyond.iter().sum::<f64>() / beyond.len() as f64;
    let mut precision = if mean > 0.0 { 1.0 / mean } else { 1.0 };
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..STEPS {
        let (mut sum, mut weighted) = (0.0, 0.0);
        for square in &beyond {
            let weight = (-precision * square).exp();
            sum += weight;
            weighted += weight * square;
        }
        let excess = sum.ln() + precision * weighted / sum - entropy;
        if excess.abs() < CLOSE {
            break;
        }
        if excess > 0.0 {
            low = precision;
        } else {
            high = precision;
        }
        let middle = if high.is_finite() {
            (low + high) / 2.0
        } else {
            precision * 2.0
        };
        // Equal distances have no other entropy, and the search would never end.
        if middle == precision || !middle.is_finite() {
            break;
        }
        precision = middle;
    }
    let weights = beyond.iter().map(|square| (-precision * square).exp());
    let sum: f64 = weights.clone().sum();
    for (given, weight) in given.iter_mut().zip(weights) {
        *given = (weight / sum) as f32;
    }
}

/// Half the sum of both conditional probabilities, over the number of rows.
fn joint(neighbours: &Neighbours, given: &[f32]) -> Affinities {
    let count = neighbours.count;
    let number = given.len() / count;
    let mut ends = vec![0; number];
    for index in &neighbours.indices {
        ends[*index as usize] += 1;
    }
    let mut total = 0;
    for end in &mut ends {
        total += std::mem::replace(end, total);
    }
    let starts = ends.clone();
    let mut incoming = vec![(0_u32, 0.0_f32); given.len()];
    for (place, (index, given)) in neighbours.indices.iter().zip(given).enumerate() {
        let end = &mut ends[*index as usize];
        incoming[*end] = ((place / count) as u32, *given);
        *end += 1;
    }
    let scale = 0.5 / number as f32;
    let rows: Vec<Vec<(u32, f32)>> = (0..number)
        .into_par_iter()
        .map(|row| {
            let own = row * count..(row + 1) * count;
            let outgoing = neighbours.indices[own.clone()].iter().copied();
            let mut entries: Vec<(u32, f32)> = outgoing.zip(given[own].iter().copied()).collect();
            entries.extend_from_slice(&incoming[starts[row]..ends[row]]);
            // A sum of two is the same in either order.
            entries.sort_unstable_by_key(|entry| entry.0);
            entries.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0.0 };
                same
            });
            entries.iter_mut().for_each(|entry| entry.1 *= scale);
            entries
        })
        .collect();
    let mut starts = vec![0];
    starts.extend(rows.iter().scan(0, |end, row| {
        *end += row.len();
        Some(*end)
    }));
    let (columns, values) = rows.into_iter().flatten().unzip();
    Affinities {
        starts,
        columns,
        values,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entropy_is_the_perplexitys() {
        let squares: Vec<f32> = (1..=90)
            .map(|place| (place * place) as f32 * 1e-3)
            .collect();
        let mut given = vec![0.0; 90];
        conditional(&squares, 30.0_f64.ln(), &mut given);
        let entropy: f32 = given
            .iter()
            .map(|p| if *p > 0.0 { -p * p.ln() } else { 0.0 })
            .sum();
        assert!((entropy.exp() - 30.0).abs() < 1e-2, "{}", entropy.exp());
        assert!(given.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn hopeless_entropies_still_give_probabilities() {
        for squares in [[0.0; 3], [2.0; 3], [0.0, 0.0, 1.0], [0.0, 1e-30, 1.0]] {
            for entropy in [0.0, 1.0, 5.0] {
                let mut given = [f32::NAN; 3];
                conditional(&squares, entropy, &mut given);
                let sum: f32 = given.iter().sum();
                assert!(
                    (sum - 1.0).abs() < 1e-6,
                    "{squares:?}, {entropy}: {given:?}"
                );
            }
        }
    }

    #[test]
    fn joint_is_symmetric_and_sums_to_one() {
        // On a line: 0, 1, 3, 7; two neighbours each.
        let neighbours = Neighbours {
            count: 2,
            indices: vec![1, 2, 0, 2, 1, 0, 2, 1],
            squares: vec![1.0, 9.0, 1.0, 4.0, 4.0, 9.0, 16.0, 36.0],
        };
        let joint = affinities(&neighbours, 1.5);
        assert!((joint.values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(joint.starts, [0, 2, 5, 8, 10]);
        let value = |row: usize, column: u32| {
            let range = joint.starts[row]..joint.starts[row + 1];
            let place = joint.columns[range.clone()]
                .iter()
                .position(|other| *other == column)?;
            Some(joint.values[range][place])
        };
        for row in 0..4 {
            for column in 0..4 {
                assert_eq!(value(row, column as u32), value(column, row as u32));
            }
        }
        assert!(value(0, 1) > value(0, 2) && value(0, 3).is_none());
    }
}
