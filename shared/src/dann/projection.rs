use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::tensor::activation::{log_softmax, relu};
use burn::tensor::{Device, Int, Tensor};

/// Directions that examples are compared by.
const DIRECTIONS: usize = 128;
/// Divides the cosines; between 0.1 and 0.5 in the paper.
const TEMPERATURE: f64 = 0.2;
/// The least length that a view is divided by.
const SHORTEST: f64 = 1e-6;

/// The projection head of contrastive learning (Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations",
/// ICML 2020): it may forget what two augmentations of one example differ in, so that the features need not. Used in training only.
#[derive(Module, Debug)]
pub struct Projection {
    hidden: Linear,
    output: Linear,
}

impl Projection {
    /// For so many features, drawn from the device's seed.
    pub fn new(features: usize, device: &Device) -> Self {
        Self {
            hidden: LinearConfig::new(features, features).init(device),
            output: LinearConfig::new(features, DIRECTIONS).init(device),
        }
    }

    /// Contrastive loss of the two views of each example. `features`: `[2 n, features]`, the first views and then the second ones
    /// in the same order.
    pub(super) fn contrastive(&self, features: Tensor<2>) -> Tensor<1> {
        contrastive(self.output.forward(relu(self.hidden.forward(features))))
    }
}

/// Cross-entropy of each view's other view among all others, by their cosines. `views`: `[2 n, directions]`.
fn contrastive(views: Tensor<2>) -> Tensor<1> {
    let [count, _] = views.dims();
    let device = views.device();
    // Before the root, whose gradient at 0 is infinite: a view that is 0 would make all gradients NaN.
    let squares = views.clone().square().sum_dim(1);
    let lengths = squares.clamp_min(SHORTEST * SHORTEST).sqrt();
    let directions = views / lengths;
    let cosines = directions.clone().matmul(directions.transpose());
    // Nothing is its own other view.
    let own = Tensor::<2>::eye(count, &device).mul_scalar(1e4);
    let log = log_softmax(cosines.div_scalar(TEMPERATURE) - own, 1);
    let half = (count / 2) as i64;
    let other = Tensor::cat(
        vec![
            Tensor::<1, Int>::arange(half..2 * half, &device),
            Tensor::<1, Int>::arange(0..half, &device),
        ],
        0,
    );
    -log.gather(1, other.unsqueeze_dim(1)).mean()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contrastive_loss_is_least_where_both_views_of_an_example_agree_and_others_do_not() {
        let loss = |views: [[f32; 2]; 4]| {
            contrastive(Tensor::from_floats(views, &Device::flex())).into_scalar::<f32>()
        };
        let by_hand = (1.0 + 2.0 * (-1.0_f32 / 0.2).exp()).ln();
        let told = loss([[1.0, 0.0], [0.0, 2.0], [5.0, 0.0], [0.0, 1.0]]);
        assert!((told - by_hand).abs() < 1e-5, "{told}");
        let same = loss([[1.0, 1.0]; 4]);
        assert!((same - 3.0_f32.ln()).abs() < 1e-5, "{same}");
        assert!(loss([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]) > 5.0);
    }

    /// The loss and its gradient.
    fn with_gradient(views: [[f32; 2]; 4]) -> (f32, Vec<f32>) {
        let views = Tensor::<2>::from_floats(views, &Device::flex().autodiff()).require_grad();
        let loss = contrastive(views.clone());
        let gradient = views.grad(&loss.backward()).unwrap();
        (
            loss.into_scalar(),
            gradient.into_data().try_to_vec().unwrap(),
        )
    }

    #[test]
    fn a_view_that_is_nothing_has_a_finite_loss_and_gradient_and_spoils_no_other() {
        for views in [
            [[0.0; 2]; 4],
            [[0.0; 2], [1.0, 2.0], [3.0, -1.0], [0.5, 0.5]],
            [[0.0; 2], [1.0, 2.0], [0.0; 2], [0.5, 0.5]],
            [[1e-30, 0.0], [1.0, 2.0], [3.0, -1.0], [0.5, 0.5]],
            [[1e-7, 1e-8], [1.0, 2.0], [3.0, -1.0], [0.5, 0.5]],
        ] {
            let (loss, gradient) = with_gradient(views);
            assert!(loss.is_finite(), "{views:?}: {loss}");
            assert!(
                gradient.iter().all(|value| value.is_finite()),
                "{views:?}: {gradient:?}"
            );
        }
        // It counts as one at right angles to all others.
        let others = [[0.0, 1.0, 0.0], [0.0, 0.6, 0.8], [0.0, 0.0, 1.0]];
        let loss = |first: [f32; 3]| {
            let views = [first, others[0], others[1], others[2]];
            contrastive(Tensor::from_floats(views, &Device::flex())).into_scalar::<f32>()
        };
        assert!((loss([0.0; 3]) - loss([1.0, 0.0, 0.0])).abs() < 1e-6);
    }

    #[test]
    fn the_gradient_is_the_loss_s_slope() {
        let views = [[0.3, 0.4], [1.0, 2.0], [3.0, -1.0], [0.5, 0.5]];
        let (_, gradient) = with_gradient(views);
        for at in 0..8 {
            let moved = |by: f32| {
                let mut views = views;
                views[at / 2][at % 2] += by;
                with_gradient(views).0
            };
            let slope = (moved(1e-2) - moved(-1e-2)) / 2e-2;
            assert!(
                (gradient[at] - slope).abs() < 1e-2,
                "{at}: {} for {slope}",
                gradient[at]
            );
        }
    }
}
