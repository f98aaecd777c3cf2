//! What happens to a window of the convolution's outputs before they are stored.

use super::simd::Simd;

/// The largest of a window's four values, plus `shift`, cut at 0.
///
/// What ReLU and the maximum would hide shows: where one of the five is infinite or not a number, so is the result.
#[inline(always)]
pub fn pool<S: Simd>(simd: S, window: [S::Vector; 4], shift: S::Vector) -> S::Vector {
    let [a, b, c, d] = window;
    let largest = simd.max(simd.max(a, b), simd.max(c, d));
    let sum = simd.add(simd.add(a, b), simd.add(c, d));
    relu(simd, simd.add(largest, shift), simd.add(sum, shift))
}

/// `value`, cut at 0; not a number where `witness` is infinite or none.
#[inline(always)]
pub fn relu<S: Simd>(simd: S, value: S::Vector, witness: S::Vector) -> S::Vector {
    let zero = simd.splat(0.0);
    simd.mul_add(witness, zero, simd.max(value, zero))
}
