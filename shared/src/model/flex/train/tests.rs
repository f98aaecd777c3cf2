//! Our operations against Burn's own, on the same device.

use burn::tensor::{
    Device, Distribution,
    activation::relu,
    module::{batch_norm_train, conv2d, max_pool2d},
    ops::{ConvOptions, MaxPoolOptions},
};

use super::super::infer_block;
use super::*;

const EPSILON: f64 = 1e-5;

/// Pictures `[n, h, w, in]`, kernel, bias, gamma and beta.
fn inputs(
    device: &Device,
    shape: [usize; 4],
    output: usize,
) -> (Tensor<4>, Tensor<4>, [Tensor<1>; 3]) {
    device.seed(5);
    let even = Distribution::Uniform(-1.0, 1.0);
    let pictures = Tensor::<4>::random(shape, even, device);
    let kernel = Tensor::<4>::random([output, shape[3], 3, 3], even, device);
    let others = [0; 3].map(|_| Tensor::<1>::random([output], even, device));
    (pictures, kernel, others)
}

/// The same by Burn's operations: maps `[n, h / 2, w / 2, out]`, mean and variance.
fn by_burn(
    pictures: Tensor<4>,
    kernel: Tensor<4>,
    [bias, gamma, beta]: [Tensor<1>; 3],
) -> (Tensor<4>, Tensor<1>, Tensor<1>) {
    let options = ConvOptions::new([1, 1], [1, 1], [1, 1], 1);
    let convolved = conv2d(pictures.permute([0, 3, 1, 2]), kernel, Some(bias), options);
    let batch = batch_norm_train(convolved, gamma, beta, EPSILON);
    let maps = max_pool2d(relu(batch.output), pooling());
    (maps.permute([0, 2, 3, 1]), batch.mean, batch.variance)
}

fn pooling() -> MaxPoolOptions<2> {
    MaxPoolOptions::new([2, 2]).with_stride([2, 2])
}

fn close<const D: usize>(what: &str, ours: Tensor<D>, theirs: Tensor<D>) {
    assert_eq!(ours.dims(), theirs.dims(), "{what}");
    let size: f32 = theirs.clone().abs().max().into_scalar();
    let difference: f32 = (ours - theirs).abs().max().into_scalar();
    assert!(
        difference <= 2e-5 * size.max(1.0),
        "{what}: {difference} of {size}"
    );
}

fn agrees(shape: [usize; 4], output: usize) {
    let device = Device::flex().autodiff();
    let (pictures, kernel, others) = inputs(&device, shape, output);
    let pictures = pictures.require_grad();
    let kernel = kernel.require_grad();
    let others = others.map(Tensor::require_grad);
    let [bias, gamma, beta] = others.clone();
    let ours = train_block(pictures.clone(), kernel.clone(), bias, gamma, beta, EPSILON);
    let theirs = by_burn(pictures.clone(), kernel.clone(), others.clone());
    close("maps", ours.0.clone(), theirs.0.clone());
    close("mean", ours.1, theirs.1);
    close("variance", ours.2, theirs.2);

    // Something that flows back differently at each place.
    let slope = Tensor::random(ours.0.dims(), Distribution::Uniform(-1.0, 1.0), &device);
    let ours = (ours.0 * slope.clone()).sum().backward();
    let theirs = (theirs.0 * slope).sum().backward();
    fn same<const D: usize>(
        what: &str,
        of: &Tensor<D>,
        ours: &burn::tensor::Gradients,
        theirs: &burn::tensor::Gradients,
    ) {
        close(what, of.grad(ours).unwrap(), of.grad(theirs).unwrap());
    }
    same("pictures' gradient", &pictures, &ours, &theirs);
    same("kernel's gradient", &kernel, &ours, &theirs);
    for (what, of) in ["bias's gradient", "gamma's", "beta's"].iter().zip(&others) {
        same(what, of, &ours, &theirs);
    }
}

#[test]
fn a_block_trains_as_burn_s_operations() {
    agrees([3, 8, 6, 4], 5);
}

#[test]
fn the_first_block_too() {
    agrees([2, 32, 32, 1], 16);
}

#[test]
fn many_chunks_add_up() {
    agrees([300, 2, 2, 8], 8);
    agrees([40, 16, 16, 2], 3);
}

#[test]
fn a_block_infers_as_burn_s_operations() {
    let device = Device::flex();
    let (pictures, kernel, [scale, shift, _]) = inputs(&device, [3, 4, 4, 3], 6);
    let ours = infer_block(
        pictures.clone(),
        kernel.clone(),
        scale.clone(),
        shift.clone(),
    );
    let options = ConvOptions::new([1, 1], [1, 1], [1, 1], 1);
    let convolved = conv2d(pictures.permute([0, 3, 1, 2]), kernel, None, options);
    let scaled = convolved * scale.reshape([1, 6, 1, 1]) + shift.reshape([1, 6, 1, 1]);
    let maps = max_pool2d(relu(scaled), pooling());
    close("maps", ours, maps.permute([0, 2, 3, 1]));
}
