//! Matrix products of slices.

use gemm::{Parallelism, gemm};

/// A view of a slice as a matrix.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    row_step: usize,
    column_step: usize,
}

impl<'a> Matrix<'a> {
    /// Row after row.
    ///
    /// # Panics
    /// Where the slice does not hold exactly the matrix.
    pub(super) fn new(values: &'a [f32], rows: usize, columns: usize) -> Self {
        assert_eq!(values.len(), rows * columns, "{rows} x {columns}");
        Self {
            values,
            rows,
            columns,
            row_step: columns,
            column_step: 1,
        }
    }

    /// `count` of the columns, from the `first` on.
    ///
    /// # Panics
    /// Where there are not so many.
    pub(super) fn columns(self, first: usize, count: usize) -> Self {
        assert!(
            first + count <= self.columns,
            "{first} + {count} of {}",
            self.columns
        );
        Self {
            values: &self.values[first * self.column_step..],
            columns: count,
            ..self
        }
    }

    /// The same values, rows as columns.
    pub(super) fn transposed(self) -> Self {
        Self {
            rows: self.columns,
            columns: self.rows,
            row_step: self.column_step,
            column_step: self.row_step,
            ..self
        }
    }
}

/// `left * right` into `product`, row after row, on this thread.
///
/// # Panics
/// Where the sizes do not fit.
pub(super) fn multiply(left: Matrix<'_>, right: Matrix<'_>, product: &mut [f32]) {
    assert_eq!(left.columns, right.rows);
    assert_eq!(product.len(), left.rows * right.columns);
    // SAFETY: `Matrix::new` holds each slice to exactly its rows and columns, `columns` leaves some out at both ends, transposing
    // only exchanges the two, the product's length was compared above, and a mutable slice overlaps no other.
    #[expect(unsafe_code, reason = "gemm takes pointers")]
    unsafe {
        gemm(
            left.rows,
            right.columns,
            left.columns,
            product.as_mut_ptr(),
            1,
            right.columns as isize,
            false,
            left.values.as_ptr(),
            left.column_step as isize,
            left.row_step as isize,
            right.values.as_ptr(),
            right.column_step as isize,
            right.row_step as isize,
            0.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_by_hand() {
        let left = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let right = [1.0, 0.0, 0.0, 1.0, 2.0, 2.0];
        let (left, right) = (Matrix::new(&left, 2, 3), Matrix::new(&right, 3, 2));
        let mut product = [100.0; 4];
        multiply(left, right, &mut product);
        assert_eq!(product, [7.0, 8.0, 16.0, 17.0]);
        multiply(right.transposed(), left.transposed(), &mut product);
        assert_eq!(product, [7.0, 16.0, 8.0, 17.0]);
        multiply(
            left.columns(1, 2),
            right.columns(1, 1).transposed().columns(0, 2).transposed(),
            &mut product[..2],
        );
        assert_eq!(product[..2], [3.0, 6.0]);
    }
}
