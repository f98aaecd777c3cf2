//! Vectors of the processor that the program finds itself on, by pulp.

use pulp::Arch;

use super::traits::{Simd, Work};

impl<P: pulp::Simd> Simd for P {
    type Vector = P::f32s;
    type Stored = P::f32s;
    const LANES: usize = P::F32_LANES;
    const RUN: usize = P::F32_LANES;

    #[inline(always)]
    fn view(values: &[f32]) -> &[P::f32s] {
        P::as_simd_f32s(values).0
    }

    #[inline(always)]
    fn view_mut(values: &mut [f32]) -> &mut [P::f32s] {
        P::as_mut_simd_f32s(values).0
    }

    #[inline(always)]
    fn load(self, stored: &P::f32s) -> P::f32s {
        *stored
    }

    #[inline(always)]
    fn store(self, vector: P::f32s, stored: &mut P::f32s) {
        *stored = vector;
    }

    #[inline(always)]
    fn splat(self, value: f32) -> P::f32s {
        self.splat_f32s(value)
    }

    #[inline(always)]
    fn add(self, a: P::f32s, b: P::f32s) -> P::f32s {
        self.add_f32s(a, b)
    }

    #[inline(always)]
    fn sub(self, a: P::f32s, b: P::f32s) -> P::f32s {
        self.sub_f32s(a, b)
    }

    #[inline(always)]
    fn max(self, a: P::f32s, b: P::f32s) -> P::f32s {
        self.max_f32s(a, b)
    }

    #[inline(always)]
    fn mix(self, tiles: [P::f32s; 4]) -> [P::f32s; 4] {
        tiles
    }

    #[inline(always)]
    fn mul_add(self, a: P::f32s, b: P::f32s, c: P::f32s) -> P::f32s {
        self.mul_add_e_f32s(a, b, c)
    }
}

struct Dispatched<W>(W);

impl<W: Work> pulp::WithSimd for Dispatched<W> {
    type Output = W::Output;

    #[inline(always)]
    fn with_simd<P: pulp::Simd>(self, simd: P) -> W::Output {
        self.0.run(simd)
    }
}

/// Runs `work` with the widest vectors of this processor: the same at every call.
pub fn dispatch<W: Work>(work: W) -> W::Output {
    Arch::new().dispatch(Dispatched(work))
}
