//! Eigenvectors of a small symmetric matrix, by Jacobi's rotations (Golub and Van Loan, "Matrix Computations", 8.5).

/// Passes over all pairs, at most; a dozen suffice.
const SWEEPS: usize = 40;
/// The rotations end when what is off the diagonal has this share of the squared norm.
const ENOUGH: f64 = 1e-22;

/// The eigenvectors of a symmetric `size` x `size` matrix as rows, of length 1, those of the largest eigenvalue first.
pub(super) fn eigenvectors(mut matrix: Vec<f64>, size: usize) -> Vec<f64> {
    let mut vectors = vec![0.0; size * size];
    for place in 0..size {
        vectors[place * size + place] = 1.0;
    }
    let norm: f64 = matrix.iter().map(|value| value * value).sum();
    for _ in 0..SWEEPS {
        let off: f64 = (0..size * size)
            .filter(|place| place / size != place % size)
            .map(|place| matrix[place] * matrix[place])
            .sum();
        if off <= ENOUGH * norm {
            break;
        }
        for first in 0..size {
            for second in first + 1..size {
                rotate(&mut matrix, &mut vectors, size, first, second);
            }
        }
    }
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|a, b| matrix[b * size + b].total_cmp(&matrix[a * size + a]));
    order
        .iter()
        .flat_map(|row| &vectors[row * size..(row + 1) * size])
        .copied()
        .collect()
}

/// Turns the plane of two axes so that the entry between them becomes 0.
fn rotate(matrix: &mut [f64], vectors: &mut [f64], size: usize, first: usize, second: usize) {
    let between = matrix[first * size + second];
    if between == 0.0 {
        return;
    }
    let difference = matrix[second * size + second] - matrix[first * size + first];
    let theta = difference / (2.0 * between);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let turn = |values: &mut [f64], a: usize, b: usize| {
        let (at_a, at_b) = (values[a], values[b]);
        values[a] = cosine * at_a - sine * at_b;
        values[b] = sine * at_a + cosine * at_b;
    };
    for other in 0..size {
        turn(matrix, other * size + first, other * size + second);
    }
    for other in 0..size {
        turn(matrix, first * size + other, second * size + other);
        turn(vectors, first * size + other, second * size + other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Eigenvalues 1 and 3.
        let vectors = eigenvectors(vec![2.0, 1.0, 1.0, 2.0], 2);
        let half = 0.5_f64.sqrt();
        for vector in vectors.chunks(2) {
            assert!((vector[0].abs() - half).abs() < 1e-12);
        }
        assert!(vectors[0] * vectors[1] > 0.0 && vectors[2] * vectors[3] < 0.0);
        assert!(eigenvectors(Vec::new(), 0).is_empty());
        assert_eq!(eigenvectors(vec![0.0; 4], 2), [1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn the_matrix_only_stretches_its_eigenvectors() {
        let size = 12;
        let entry = |row: usize, column: usize| {
            ((row * column) as f64 * 0.7).sin() + (row + column) as f64 * 0.1
        };
        let matrix: Vec<f64> = (0..size * size)
            .map(|place| entry(place / size, place % size))
            .collect();
        let vectors = eigenvectors(matrix.clone(), size);
        let mut last = f64::INFINITY;
        for vector in vectors.chunks(size) {
            let image: Vec<f64> = matrix
                .chunks(size)
                .map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
                .collect();
            let value: f64 = image.iter().zip(vector).map(|(a, b)| a * b).sum();
            assert!(value <= last);
            last = value;
            for (image, entry) in image.iter().zip(vector) {
                assert!((image - value * entry).abs() < 1e-9);
            }
        }
    }
}
