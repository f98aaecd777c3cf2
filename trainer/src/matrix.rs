//! Symmetric matrices.

/// The inverse of a symmetric positive definite matrix `[side, side]`, row by row, by Cholesky's decomposition; none where it is not
/// positive definite.
pub fn inverse(matrix: &[f64], side: usize) -> Option<Vec<f64>> {
    let mut lower = vec![0.0; side * side];
    for row in 0..side {
        for column in 0..=row {
            let (own, other) = (&lower[row * side..], &lower[column * side..]);
            let products = own[..column].iter().zip(other).map(|(a, b)| a * b);
            let left = matrix[row * side + column] - products.sum::<f64>();
            lower[row * side + column] = if row == column {
                if !(left > 0.0 && left.is_finite()) {
                    return None;
                }
                left.sqrt()
            } else {
                left / lower[column * side + column]
            };
        }
    }
    let mut inverse = vec![0.0; side * side];
    let mut solved = vec![0.0; side];
    for unit in 0..side {
        for row in 0..side {
            let products = lower[row * side..][..row].iter().zip(&solved);
            let sum: f64 = products.map(|(a, b)| a * b).sum();
            solved[row] = (f64::from(u8::from(row == unit)) - sum) / lower[row * side + row];
        }
        for row in (0..side).rev() {
            let below = (row + 1..side).map(|below| lower[below * side + row] * solved[below]);
            solved[row] = (solved[row] - below.sum::<f64>()) / lower[row * side + row];
        }
        for row in 0..side {
            inverse[row * side + unit] = solved[row];
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        let side = 7_usize;
        let matrix: Vec<f64> = (0..side * side)
            .map(|at| {
                let (row, column) = (at / side, at % side);
                let far = row.abs_diff(column) as f64;
                (-far).exp() + if far == 0.0 { row as f64 } else { 0.0 }
            })
            .collect();
        let inverse = inverse(&matrix, side).unwrap();
        for row in 0..side {
            for column in 0..side {
                let products =
                    (0..side).map(|k| matrix[row * side + k] * inverse[k * side + column]);
                let expected = f64::from(u8::from(row == column));
                assert!((products.sum::<f64>() - expected).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn what_is_not_positive_definite_has_none() {
        assert_eq!(inverse(&[1.0, 2.0, 2.0, 1.0], 2), None);
        assert_eq!(inverse(&[f64::NAN], 1), None);
        assert_eq!(inverse(&[], 0), Some(vec![]));
    }
}
