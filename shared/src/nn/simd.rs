//! What the kernels need of a processor's vectors, so that one source serves all of them.

#[cfg(not(target_arch = "wasm32"))]
mod native;
mod traits;
#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
pub use native::dispatch;
#[cfg(target_arch = "wasm32")]
pub use wasm::dispatch;

pub use traits::{Simd, Work};

/// Lanes of the vectors that [`dispatch`] runs work with.
pub fn lanes() -> usize {
    struct Lanes;
    impl Work for Lanes {
        type Output = usize;
        #[inline(always)]
        fn run<S: Simd>(self, _: S) -> usize {
            S::LANES
        }
    }
    dispatch(Lanes)
}
