use pulp::Arch;

/// Runs `work` as compiled for the widest vectors that this processor has. What is to use them must be inlined in it.
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(work)
}
