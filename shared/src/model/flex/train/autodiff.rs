//! The block's backward pass in Burn's graph.

use std::sync::Arc;

use burn::backend::{
    Autodiff, AutodiffBackend, Flex, TensorMetadata,
    autodiff::{
        checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
        grads::Gradients,
        ops::{Backward, NodeGuard, Ops, OpsKind},
    },
    flex::FlexTensor,
    tensor::FloatTensor,
};
use burn::tensor::{DType, TensorData};

use super::super::values;
use super::{
    Inputs, TrainBlock,
    adjoint::kernel_from_matrix,
    backward::{Given, backward},
    forward::Trace,
    number::Number,
    vector,
};

/// A tensor with its place in the graph.
type Tracked<C> = FloatTensor<Autodiff<Flex, C>>;

/// Pictures, kernel, bias, gamma and beta.
const INPUTS: usize = 5;

impl<C: CheckpointStrategy> TrainBlock for Autodiff<Flex, C> {
    fn train_block(
        pictures: FloatTensor<Self>,
        kernel: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        gamma: FloatTensor<Self>,
        beta: FloatTensor<Self>,
        epsilon: f64,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let parts = [pictures, kernel, bias, gamma, beta].map(|tensor| tensor.into_parts());
        let [pictures, kernel, bias, gamma, beta] = parts;
        let nodes = [pictures.1, kernel.1, bias.1, gamma.1, beta.1];
        let inputs = Inputs::new(pictures.0, kernel.0, bias.0, gamma.0, beta.0, epsilon);
        match inputs.pictures.dtype() {
            DType::F64 => tracked::<f64, C>(inputs, nodes),
            _ => tracked::<f32, C>(inputs, nodes),
        }
    }
}

fn tracked<E: Number, C: CheckpointStrategy>(
    inputs: Inputs,
    nodes: [NodeGuard; INPUTS],
) -> (Tracked<C>, Tracked<C>, Tracked<C>) {
    let ((maps, mean, variance), trace) = inputs.train::<E>();
    let operation = BackwardPass::<E>(std::marker::PhantomData);
    let maps = match operation.prepare::<C>(nodes).compute_bound().stateful() {
        OpsKind::Tracked(prepared) => prepared.finish((inputs, Arc::new(trace)), maps),
        OpsKind::UnTracked(prepared) => prepared.finish(maps),
    };
    let constant = Autodiff::<Flex, C>::from_inner;
    (maps, constant(mean), constant(variance))
}

#[derive(Debug)]
struct BackwardPass<E>(std::marker::PhantomData<E>);

impl<E: Number> Backward<Flex, INPUTS> for BackwardPass<E> {
    type State = (Inputs, Arc<Trace<E>>);

    fn backward(
        self,
        ops: Ops<Self::State, INPUTS>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let gradient = gradients.consume::<Flex>(&ops.node).to_contiguous();
        let (inputs, trace) = ops.state;
        let [pictures, kernel, bias, gamma, beta] = ops.parents;
        let block = inputs.block();
        let given = Given {
            pictures: values::<E>(&inputs.pictures),
            kernel: &inputs.kernel_matrix(),
            gamma: values(&inputs.gamma),
            epsilon: E::from_f64(inputs.epsilon),
        };
        let found = backward(block, &given, &trace, values(&gradient), pictures.is_some());
        let shaped = |values: Vec<E>, like: &FlexTensor| {
            FlexTensor::from_data(TensorData::new(values, like.shape()))
        };
        if let (Some(node), Some(values)) = (pictures, found.pictures) {
            gradients.register::<Flex>(node.id, shaped(values, &inputs.pictures));
        }
        if let Some(node) = kernel {
            let values = kernel_from_matrix(&found.kernel, block.input.channels, block.channels);
            gradients.register::<Flex>(node.id, shaped(values, &inputs.kernel));
        }
        if let Some(node) = bias {
            gradients.register::<Flex>(node.id, vector(vec![E::zero(); block.channels]));
        }
        if let Some(node) = gamma {
            gradients.register::<Flex>(node.id, vector(found.gamma));
        }
        if let Some(node) = beta {
            gradients.register::<Flex>(node.id, vector(found.beta));
        }
    }
}
