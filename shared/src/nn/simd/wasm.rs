//! WebAssembly's vectors of four, with relaxed SIMD's fused multiplication and addition where it is compiled for.

#[cfg(not(target_feature = "simd128"))]
compile_error!("the inference kernels need `-C target-feature=+simd128`");

#[cfg(not(target_feature = "relaxed-simd"))]
use core::arch::wasm32::f32x4_mul;
#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::f32x4_relaxed_madd;
use core::arch::wasm32::{f32x4_add, f32x4_pmax, f32x4_splat, f32x4_sub, i32x4_shuffle, v128};

use super::traits::{Simd, Work};

/// The vectors that every function of this module is compiled with.
#[derive(Clone, Copy)]
struct Wasm;

impl Simd for Wasm {
    type Vector = v128;
    type Stored = [f32; 4];
    const LANES: usize = 4;
    // Engines that unroll this themselves have 16 registers on x86, and spill most of them where it is unrolled for them.
    const RUN: usize = 1;

    #[inline(always)]
    fn view(values: &[f32]) -> &[[f32; 4]] {
        values.as_chunks().0
    }

    #[inline(always)]
    fn view_mut(values: &mut [f32]) -> &mut [[f32; 4]] {
        values.as_chunks_mut().0
    }

    #[inline(always)]
    fn load(self, stored: &[f32; 4]) -> v128 {
        bytemuck::cast(*stored)
    }

    #[inline(always)]
    fn store(self, vector: v128, stored: &mut [f32; 4]) {
        *stored = bytemuck::cast(vector);
    }

    #[inline(always)]
    fn splat(self, value: f32) -> v128 {
        f32x4_splat(value)
    }

    #[inline(always)]
    fn add(self, a: v128, b: v128) -> v128 {
        f32x4_add(a, b)
    }

    #[inline(always)]
    fn sub(self, a: v128, b: v128) -> v128 {
        f32x4_sub(a, b)
    }

    #[inline(always)]
    fn max(self, a: v128, b: v128) -> v128 {
        // One instruction on x86, where `f32x4_max` is several.
        f32x4_pmax(a, b)
    }

    #[inline(always)]
    fn mix(self, [a, b, c, d]: [v128; 4]) -> [v128; 4] {
        let (ab, ab_high) = (
            i32x4_shuffle::<0, 4, 1, 5>(a, b),
            i32x4_shuffle::<2, 6, 3, 7>(a, b),
        );
        let (cd, cd_high) = (
            i32x4_shuffle::<0, 4, 1, 5>(c, d),
            i32x4_shuffle::<2, 6, 3, 7>(c, d),
        );
        [
            i32x4_shuffle::<0, 1, 4, 5>(ab, cd),
            i32x4_shuffle::<2, 3, 6, 7>(ab, cd),
            i32x4_shuffle::<0, 1, 4, 5>(ab_high, cd_high),
            i32x4_shuffle::<2, 3, 6, 7>(ab_high, cd_high),
        ]
    }

    #[inline(always)]
    fn mul_add(self, a: v128, b: v128, c: v128) -> v128 {
        #[cfg(target_feature = "relaxed-simd")]
        return f32x4_relaxed_madd(a, b, c);
        #[cfg(not(target_feature = "relaxed-simd"))]
        f32x4_add(f32x4_mul(a, b), c)
    }
}

/// Runs `work` with WebAssembly's vectors.
pub fn dispatch<W: Work>(work: W) -> W::Output {
    work.run(Wasm)
}
