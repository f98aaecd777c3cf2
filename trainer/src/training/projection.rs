use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::tensor::activation::{log_softmax, relu};
use burn::tensor::{Device, Int, Tensor};

/// Directions that doodles are compared by.
const DIRECTIONS: usize = 128;
/// Divides the cosines; between 0.1 and 0.5 in the paper.
const TEMPERATURE: f64 = 0.2;

/// The head of contrastive learning (Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations",
/// ICML 2020): it may forget what two views of one doodle differ in, so that the features need not. Used in training only.
#[derive(Module, Debug)]
pub struct Projection {
    hidden: Linear,
    output: Linear,
}

impl Projection {
    /// For so many features, drawn from the device's seed.
    pub(super) fn new(features: usize, device: &Device) -> Self {
        Self {
            hidden: LinearConfig::new(features, features).init(device),
            output: LinearConfig::new(features, DIRECTIONS).init(device),
        }
    }

    /// How badly the two views of each doodle find each other among all others. `features`: `[2 n, features]`, the first
    /// views and then the second ones in the same order.
    pub(super) fn contrast(&self, features: Tensor<2>) -> Tensor<1> {
        contrast(self.output.forward(relu(self.hidden.forward(features))))
    }
}

/// Cross-entropy of each view's other view among all others, by their cosines. `views`: `[2 n, directions]`.
fn contrast(views: Tensor<2>) -> Tensor<1> {
    let [count, _] = views.dims();
    let device = views.device();
    let lengths = views.clone().square().sum_dim(1).sqrt().clamp_min(1e-6);
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
    fn contrast_is_least_where_both_views_of_a_doodle_are_alike_and_others_are_not() {
        let loss = |views: [[f32; 2]; 4]| {
            contrast(Tensor::from_floats(views, &Device::flex())).into_scalar::<f32>()
        };
        let by_hand = (1.0 + 2.0 * (-1.0_f32 / 0.2).exp()).ln();
        let told = loss([[1.0, 0.0], [0.0, 2.0], [5.0, 0.0], [0.0, 1.0]]);
        assert!((told - by_hand).abs() < 1e-5, "{told}");
        let same = loss([[1.0, 1.0]; 4]);
        assert!((same - 3.0_f32.ln()).abs() < 1e-5, "{same}");
        assert!(loss([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]]) > 5.0);
        assert!(loss([[0.0; 2]; 4]).is_finite());
    }
}
