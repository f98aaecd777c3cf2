//! Vectors, and work that is done with them.

/// Vectors of f32 and what is done with them.
///
/// Implementations are stateless; a value proves that the processor has the instructions. Everything is inlined, so
/// that a kernel is compiled as a whole for the vectors that it is given.
pub trait Simd: Copy {
    /// A vector in a register.
    type Vector: Copy;
    /// [`Self::LANES`] values in memory, aligned like one of them.
    type Stored: 'static;
    /// Values in a vector: a power of two.
    const LANES: usize;
    /// How many values of one tile lie together where [`Self::mix`] has arranged them: a product does as many steps
    /// at a time, so 1 where there are too few registers for more, and else all of a vector's.
    const RUN: usize;

    /// A slice as vectors; values after the last whole vector are left out.
    fn view(values: &[f32]) -> &[Self::Stored];
    /// [`Self::view`] to write to.
    fn view_mut(values: &mut [f32]) -> &mut [Self::Stored];
    /// From memory.
    fn load(self, stored: &Self::Stored) -> Self::Vector;
    /// To memory.
    fn store(self, vector: Self::Vector, stored: &mut Self::Stored);
    /// `value` in every lane.
    fn splat(self, value: f32) -> Self::Vector;
    /// `a + b`.
    fn add(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// `a - b`.
    fn sub(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// The larger; either where one is not a number.
    fn max(self, a: Self::Vector, b: Self::Vector) -> Self::Vector;
    /// Four tiles' vectors, arranged as [`Self::RUN`] values of each in turn.
    fn mix(self, tiles: [Self::Vector; 4]) -> [Self::Vector; 4];
    /// `a * b + c`, rounded once where the processor can.
    fn mul_add(self, a: Self::Vector, b: Self::Vector, c: Self::Vector) -> Self::Vector;
}

/// Work that is compiled for each kind of vector, and runs with the widest that the processor has.
pub trait Work {
    /// What comes out.
    type Output;
    /// Does it. It needs `#[inline(always)]`, like everything in it that is to use the vectors.
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}
