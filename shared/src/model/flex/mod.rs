//! The feature extractor's blocks on the CPU: each as one operation with its own way back, instead of Burn's four.
//!
//! Maps lie as `[n, height, width, channels]`, so that the convolution of many pictures is one matrix product and
//! normalisation, ReLU and pooling are one pass over its result. The mathematics is that of Burn's own operations,
//! which graphics cards keep.

#[cfg(feature = "autodiff")]
mod autodiff;
mod backward;
mod block;
mod columns;
mod forward;
mod matrix;
mod pool;
mod real;
mod simd;

use burn::backend::{
    Backend, Dispatch, DispatchDevice, Flex, TensorMetadata, backend_extension, flex::FlexTensor,
    tensor::FloatTensor,
};
use burn::tensor::{DType, Device, Tensor, TensorData};

use block::{Block, matrix_from_kernel};
use columns::Maps;
use forward::{Trace, train};
use pool::Scaling;
use real::Real;

/// A block in training: 3x3 convolution with padding 1, batch normalisation with the batch's own statistics, ReLU and
/// 2x2 max pooling.
#[backend_extension(Flex, Autodiff: cfg(feature = "autodiff"))]
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

/// A block in inference.
#[backend_extension(Flex)]
pub trait InferBlock: Backend {
    /// `pictures`: `[n, h, w, in]`, h and w even; `kernel`: `[out, in, 3, 3]`; scale and shift: `[out]`, of the
    /// convolution's output before its bias. Returns `[n, h / 2, w / 2, out]`.
    fn infer_block(
        pictures: FloatTensor<Self>,
        kernel: FloatTensor<Self>,
        scale: FloatTensor<Self>,
        shift: FloatTensor<Self>,
    ) -> FloatTensor<Self>;
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

impl InferBlock for Flex {
    fn infer_block(
        pictures: FlexTensor,
        kernel: FlexTensor,
        scale: FlexTensor,
        shift: FlexTensor,
    ) -> FlexTensor {
        match pictures.dtype() {
            DType::F64 => infer::<f64>(pictures, kernel, scale, shift),
            _ => infer::<f32>(pictures, kernel, scale, shift),
        }
    }
}

/// Whether tensors of `device` are the CPU's.
pub fn is_flex(device: &Device) -> bool {
    matches!(
        device.clone().without_autodiff().as_dispatch(),
        DispatchDevice::Flex(_)
    )
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

/// [`InferBlock::infer_block`] for tensors on [`Device::flex`] without autodiff, of f32 or f64.
pub fn infer_block(
    pictures: Tensor<4>,
    kernel: Tensor<4>,
    scale: Tensor<1>,
    shift: Tensor<1>,
) -> Tensor<4> {
    Tensor::from_dispatch(Dispatch::infer_block(
        pictures.into_dispatch(),
        kernel.into_dispatch(),
        scale.into_dispatch(),
        shift.into_dispatch(),
    ))
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
        block(&self.pictures, &self.kernel)
    }

    fn kernel_matrix<E: Real>(&self) -> Vec<E> {
        let block = self.block();
        matrix_from_kernel(values(&self.kernel), block.input.channels, block.channels)
    }

    /// Maps, mean and variance, and what the way back needs.
    fn train<E: Real>(&self) -> ((FlexTensor, FlexTensor, FlexTensor), Trace<E>) {
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

fn infer<E: Real>(
    pictures: FlexTensor,
    kernel: FlexTensor,
    scale: FlexTensor,
    shift: FlexTensor,
) -> FlexTensor {
    let [pictures, kernel, scale, shift] =
        [pictures, kernel, scale, shift].map(|tensor| tensor.to_contiguous());
    let block = block(&pictures, &kernel);
    let matrix = matrix_from_kernel(values::<E>(&kernel), block.input.channels, block.channels);
    let scaling = Scaling::new(values(&scale).to_vec(), values(&shift).to_vec());
    let maps = forward::infer(block, values(&pictures), &matrix, &scaling);
    pooled(block, maps)
}

fn block(pictures: &FlexTensor, kernel: &FlexTensor) -> Block {
    let [count, height, width, channels] = pictures.shape().dims();
    let [output, ..] = kernel.shape().dims::<4>();
    Block {
        count,
        input: Maps {
            height,
            width,
            channels,
        },
        channels: output,
    }
}

/// The values of a contiguous tensor.
///
/// # Panics
/// Where it is not contiguous or of another type, which only a fault of this module brings about.
fn values<E: Real>(tensor: &FlexTensor) -> &[E] {
    tensor
        .as_slice()
        .unwrap_or_else(|| panic!("a {:?} tensor among {:?}", tensor.dtype(), E::dtype()))
}

fn pooled<E: Real>(block: Block, values: Vec<E>) -> FlexTensor {
    let maps = block.pooled();
    let shape = [block.count, maps.height, maps.width, maps.channels];
    FlexTensor::from_data(TensorData::new(values, shape))
}

fn vector<E: Real>(values: Vec<E>) -> FlexTensor {
    let length = values.len();
    FlexTensor::from_data(TensorData::new(values, [length]))
}

#[cfg(test)]
#[cfg(feature = "autodiff")]
mod tests;
