//! The feature extractor's blocks on the CPU: each as one operation with its own backward pass, instead of Burn's four.
//!
//! Maps lie as `[n, height, width, channels]`, so that the convolution of many pictures is one matrix product and
//! normalisation, ReLU and pooling are one pass over its result. The mathematics is that of Burn's own operations,
//! which graphics cards keep.

mod block;
mod columns;
mod forward;
mod pool;
mod real;
mod simd;
#[cfg(feature = "autodiff")]
mod train;

use burn::backend::{
    Backend, Dispatch, DispatchDevice, Flex, TensorMetadata, backend_extension, flex::FlexTensor,
    tensor::FloatTensor,
};
use burn::tensor::{DType, Device, Tensor, TensorData};

use block::{Block, matrix_from_kernel};
use columns::Maps;
use pool::Scaling;
pub use real::Real;
#[cfg(feature = "autodiff")]
pub use train::train_block;

/// A block in inference: 3x3 convolution with padding 1, scaling, ReLU and 2x2 max pooling.
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
