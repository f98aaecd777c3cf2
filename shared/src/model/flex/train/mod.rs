//! A block in training, with its backward pass.

mod adjoint;
mod autodiff;
mod backward;
mod forward;
mod number;
#[cfg(test)]
mod tests;

use burn::backend::{
    Backend, Dispatch, Flex, backend_extension, flex::FlexTensor, tensor::FloatTensor,
};
use burn::tensor::{DType, Tensor, TensorData};

use super::{
    block::{Block, matrix_from_kernel},
    pooled, values,
};
use forward::{Trace, train};
use number::Number;

/// A block in training: 3x3 convolution with padding 1, batch normalisation with the batch's own statistics, ReLU and
/// 2x2 max pooling.
#[backend_extension(Flex, Autodiff)]
pub trait TrainBlock: Backend {
    /// `pictures`: `[n, h, w, in]`, h and w even; `kernel`: `[out, in, 3, 3]`; the others `[out]`.
    ///
    /// Returns maps `[n, h / 2, w / 2, out]`, and mean and biased variance of the convolution's output, `[out]`. The
    /// bias counts in the mean alone: normalisation takes it away again, so no gradient flows to it.
    fn train_block(
        pictures: FloatTensor<Self>,
        kernel: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        epsilon: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

impl TrainBlock for Flex {
    fn train_block(
        pictures: FlexTensor,
        kernel: FlexTensor,
        bias: FlexTensor,
        gamma: FlexTensor,
        beta: FlexTensor,
        epsilon: f64,
    ) -> (FlexTensor, FlexTensor, FlexTensor) {
        let inputs = Inputs::new(pictures, kernel, bias, gamma, beta, epsilon);
        match inputs.pictures.dtype() {
            DType::F64 => inputs.train::<f64>().0,
            _ => inputs.train::<f32>().0,
        }
    }
}

/// [`TrainBlock::train_block`] for tensors on [`Device::flex`], of f32 or f64: maps, mean and biased variance.
pub fn train_block(
    pictures: Tensor<4>,
    kernel: Tensor<4>,
    bias: Tensor<1>,
    gamma: Tensor<1>,
    beta: Tensor<1>,
    epsilon: f64,
) -> (Tensor<4>, Tensor<1>, Tensor<1>) {
    let (maps, mean, variance) = Dispatch::train_block(
        pictures.into_dispatch(),
        kernel.into_dispatch(),
        bias.into_dispatch(),
        gamma.into_dispatch(),
        beta.into_dispatch(),
        epsilon,
    );
    (
        Tensor::from_dispatch(maps),
        Tensor::from_dispatch(mean),
        Tensor::from_dispatch(variance),
    )
}

/// What [`TrainBlock::train_block`] is given, contiguous.
#[derive(Clone, Debug)]
struct Inputs {
    pictures: FlexTensor,
    kernel: FlexTensor,
    bias: FlexTensor,
    gamma: FlexTensor,
    beta: FlexTensor,
    epsilon: f64,
}

impl Inputs {
    fn new(
        pictures: FlexTensor,
        kernel: FlexTensor,
        bias: FlexTensor,
        gamma: FlexTensor,
        beta: FlexTensor,
        epsilon: f64,
    ) -> Self {
        let [pictures, kernel, bias, gamma, beta] =
            [pictures, kernel, bias, gamma, beta].map(|tensor| tensor.to_contiguous());
        Self {
            pictures,
            kernel,
            bias,
            gamma,
            beta,
            epsilon,
        }
    }

    fn block(&self) -> Block {
        super::block(&self.pictures, &self.kernel)
    }

    fn kernel_matrix<E: Number>(&self) -> Vec<E> {
        let block = self.block();
        matrix_from_kernel(values(&self.kernel), block.input.channels, block.channels)
    }

    /// Maps, mean and variance, and what the backward pass needs.
    fn train<E: Number>(&self) -> ((FlexTensor, FlexTensor, FlexTensor), Trace<E>) {
        let block = self.block();
        let (maps, trace) = train(
            block,
            values(&self.pictures),
            &self.kernel_matrix(),
            values(&self.gamma),
            values(&self.beta),
            E::from_f64(self.epsilon),
        );
        let mean = trace.statistics.mean.iter().zip(values::<E>(&self.bias));
        let outputs = (
            pooled(block, maps),
            vector(mean.map(|(mean, bias)| *mean + *bias).collect()),
            vector(trace.statistics.variance.clone()),
        );
        (outputs, trace)
    }
}

fn vector<E: Number>(values: Vec<E>) -> FlexTensor {
    let length = values.len();
    FlexTensor::from_data(TensorData::new(values, [length]))
}
