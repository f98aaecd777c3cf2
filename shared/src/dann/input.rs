use burn::tensor::{Int, Tensor};

/// One batch on the device. `R` is the rank of the feature extractor's input: 4 for pictures, 2 for points.
#[derive(Clone, Debug)]
pub struct StepInput<const R: usize> {
    /// Source examples, `[n, ...]`: pictures `[n, 1, 32, 32]` in `[0, 1]`, or points `[n, 2]`.
    pub source: Tensor<R>,
    /// Their classes, `[n]`.
    pub labels: Tensor<1, Int>,
    /// Target examples, `[m, ...]`.
    pub target: Tensor<R>,
    /// The same target examples, strongly augmented, `[m, ...]`; needed for consistency and distillation.
    pub target_strong: Option<Tensor<R>>,
    /// A teacher's probability of each class for the target examples, `[m, classes]`; needs `target_strong`.
    pub soft_targets: Option<Tensor<2>>,
}
