use burn::nn::BatchNorm;
use burn::tensor::{Tensor, module::batch_norm_train};

/// Batch normalisation with PyTorch's running statistics.
///
/// Burn's own `BatchNorm::forward` keeps a running mean of the biased variance, PyTorch of the unbiased one
/// (n / (n - 1) times larger). Small batches feel the difference at inference, so training follows PyTorch.
///
/// `input`: `[n, channels, ...]`, with at least two values a channel when training.
pub(super) fn batch_norm<const D: usize>(norm: &BatchNorm, input: Tensor<D>) -> Tensor<D> {
    let device = input.device();
    if !(device.is_autodiff() && norm.training.is_enabled()) {
        return norm.forward(input);
    }
    let [channels] = norm.gamma.dims();
    let count = (input.shape().num_elements() / channels) as f64;
    let batch = batch_norm_train(input, norm.gamma.val(), norm.beta.val(), norm.epsilon);

    let blend = |running: Tensor<1>, now: Tensor<1>, share: f64| {
        running
            .to_device(&device)
            .mul_scalar(1.0 - norm.momentum)
            .add(now.detach().mul_scalar(share))
            .detach()
    };
    let unbiased = norm.momentum * count / (count - 1.0);
    norm.running_mean.update(blend(
        norm.running_mean.value_sync(),
        batch.mean,
        norm.momentum,
    ));
    norm.running_var.update(blend(
        norm.running_var.value_sync(),
        batch.variance,
        unbiased,
    ));
    batch.output
}
