use burn::nn::BatchNorm;
use burn::tensor::{Device, Tensor, module::batch_norm_train};

/// Batch normalisation with PyTorch's running statistics.
///
/// Burn's own `BatchNorm::forward` keeps a running mean of the biased variance, PyTorch of the unbiased one
/// (n / (n - 1) times larger). Small batches feel the difference at inference, so training follows PyTorch.
///
/// `input`: `[n, channels, ...]`, with at least two values a channel when training.
pub(super) fn batch_norm<const D: usize>(norm: &BatchNorm, input: Tensor<D>) -> Tensor<D> {
    if !is_training(norm, &input.device()) {
        return norm.forward(input);
    }
    let [channels] = norm.gamma.dims();
    let count = input.shape().num_elements() / channels;
    let batch = batch_norm_train(input, norm.gamma.val(), norm.beta.val(), norm.epsilon);
    update_running(norm, batch.mean, batch.variance, count);
    batch.output
}

/// Whether the batch's own statistics normalise it: on devices with autodiff, as Burn has it.
pub(super) fn is_training(norm: &BatchNorm, device: &Device) -> bool {
    device.is_autodiff() && norm.training.is_enabled()
}

/// Moves the running statistics towards a batch's mean and biased variance over `count` values a channel.
pub(super) fn update_running(norm: &BatchNorm, mean: Tensor<1>, variance: Tensor<1>, count: usize) {
    let blend = |running: Tensor<1>, now: Tensor<1>, share: f64| {
        running
            .to_device(&now.device())
            .mul_scalar(1.0 - norm.momentum)
            .add(now.detach().mul_scalar(share))
            .detach()
    };
    let count = count as f64;
    let unbiased = norm.momentum * count / (count - 1.0);
    norm.running_mean
        .update(blend(norm.running_mean.value_sync(), mean, norm.momentum));
    norm.running_var
        .update(blend(norm.running_var.value_sync(), variance, unbiased));
}
