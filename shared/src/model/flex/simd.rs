/// Runs `work` as compiled for the widest vectors that this processor has. What is to use them must be inlined in it.
#[cfg(not(target_arch = "wasm32"))]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// Runs `work`: WebAssembly's vectors are chosen when it is compiled.
#[cfg(target_arch = "wasm32")]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    work()
}
