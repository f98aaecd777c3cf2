//! Matrix products of slices, on the calling thread.

use gemm::{Parallelism, gemm};

/// What a matrix holds: f32 or f64.
pub trait Scalar: Copy + 'static {
    /// 0.
    fn zero() -> Self;
    /// 1.
    fn one() -> Self;
}

macro_rules! scalar {
    ($($float:ty)*) => {$(
        impl Scalar for $float {
            fn zero() -> Self {
                0.0
            }

            fn one() -> Self {
                1.0
            }
        }
    )*};
}

scalar!(f32 f64);

/// A view of a slice as a matrix.
#[derive(Clone, Copy)]
pub struct Matrix<'a, E> {
    values: &'a [E],
    rows: usize,
    columns: usize,
    row_step: usize,
    column_step: usize,
}

impl<'a, E> Matrix<'a, E> {
    /// Row after row.
    ///
    /// # Panics
    /// Where the slice does not hold exactly the matrix.
    pub fn new(values: &'a [E], rows: usize, columns: usize) -> Self {
        // A product that wraps around must not pass for a small one.
        assert_eq!(
            Some(values.len()),
            rows.checked_mul(columns),
            "{rows} x {columns}"
        );
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
    pub fn columns(self, first: usize, count: usize) -> Self {
        assert!(
            first
                .checked_add(count)
                .is_some_and(|end| end <= self.columns),
            "{first} + {count} of {}",
            self.columns
        );
        // Without rows there may be columns beyond the slice.
        let start = first.saturating_mul(self.column_step);
        Self {
            values: self.values.get(start..).unwrap_or(&[]),
            columns: count,
            ..self
        }
    }

    /// The same values, rows as columns.
    pub fn transposed(self) -> Self {
        Self {
            rows: self.columns,
            columns: self.rows,
            row_step: self.column_step,
            column_step: self.row_step,
            ..self
        }
    }
}

/// What happens to what was in the place of a product.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// It is overwritten.
    Forgotten,
    /// The product is added to it.
    Kept,
}

/// `left * right` into `product`, row after row, on this thread.
///
/// # Panics
/// Where the sizes do not fit.
pub fn multiply<E: Scalar>(
    left: Matrix<'_, E>,
    right: Matrix<'_, E>,
    product: &mut [E],
    before: Before,
) {
    assert_eq!(left.columns, right.rows);
    assert_eq!(
        Some(product.len()),
        left.rows.checked_mul(right.columns),
        "{} x {}",
        left.rows,
        right.columns
    );
    let (Some(left_first), Some(right_first)) = (left.values.first(), right.values.first()) else {
        product.iter_mut().for_each(|value| {
            if before == Before::Forgotten {
                *value = E::zero();
            }
        });
        return;
    };
    // SAFETY: `Matrix::new` holds each slice to exactly its rows and columns, `columns` leaves some out at both ends,
    // transposing only exchanges the two, the product's length was compared above, and a mutable slice overlaps no other.
    #[expect(unsafe_code, reason = "gemm takes pointers")]
    unsafe {
        gemm(
            left.rows,
            right.columns,
            left.columns,
            product.as_mut_ptr(),
            1,
            right.columns as isize,
            before == Before::Kept,
            left_first,
            left.column_step as isize,
            left.row_step as isize,
            right_first,
            right.column_step as isize,
            right.row_step as isize,
            E::one(),
            E::one(),
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
        multiply(left, right, &mut product, Before::Forgotten);
        assert_eq!(product, [7.0, 8.0, 16.0, 17.0]);
        multiply(left, right, &mut product, Before::Kept);
        assert_eq!(product, [14.0, 16.0, 32.0, 34.0]);
        let mut square = [0.0_f32; 9];
        multiply(
            right.transposed(),
            left.transposed(),
            &mut product,
            Before::Forgotten,
        );
        assert_eq!(product, [7.0, 16.0, 8.0, 17.0]);
        multiply(left.transposed(), left, &mut square, Before::Forgotten);
        assert_eq!(square[0], 17.0);
        multiply(
            left.columns(1, 2),
            right.columns(1, 1).transposed().columns(0, 2).transposed(),
            &mut product[..2],
            Before::Forgotten,
        );
        assert_eq!(product[..2], [3.0, 6.0]);
    }

    /// Times 4 it is 4 again, where it wraps around.
    const WRAPS: usize = (usize::MAX >> 2) + 2;

    #[test]
    #[should_panic(expected = "x 4")]
    fn a_matrix_larger_than_any_slice_is_refused() {
        Matrix::new(&[0.0; 4], WRAPS, 4);
    }

    #[test]
    #[should_panic(expected = "x 4")]
    fn a_product_larger_than_any_slice_is_refused() {
        let nothing: [f64; 0] = [];
        let (left, right) = (Matrix::new(&nothing, WRAPS, 0), Matrix::new(&nothing, 0, 4));
        multiply(left, right, &mut [0.0; 4], Before::Forgotten);
    }

    #[test]
    #[should_panic(expected = "of 3")]
    fn columns_beyond_the_last_are_refused() {
        Matrix::new(&[0.0; 6], 2, 3).columns(2, usize::MAX);
    }

    #[test]
    fn a_product_of_nothing_is_zero() {
        let nothing: [f64; 0] = [];
        let left = Matrix::new(&nothing, 2, 0);
        let right = Matrix::new(&nothing, 0, 3).columns(1, 2);
        let mut product = [7.0; 4];
        multiply(left, right, &mut product, Before::Kept);
        assert_eq!(product, [7.0; 4]);
        multiply(left, right, &mut product, Before::Forgotten);
        assert_eq!(product, [0.0; 4]);
    }
}
