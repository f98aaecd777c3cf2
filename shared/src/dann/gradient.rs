use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

/// Euclidean norm of a module's gradients over all of its parameters, `[1]`; none where no parameter has one.
pub fn gradient_norm<M: Module>(module: &M, gradients: &GradientsParams) -> Option<Tensor<1>> {
    let mut squares = Squares {
        gradients,
        sum: None,
    };
    module.visit(&mut squares);
    squares.sum.map(Tensor::sqrt)
}

/// The sum of the squares so far.
struct Squares<'a> {
    gradients: &'a GradientsParams,
    sum: Option<Tensor<1>>,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let Some(gradient) = self.gradients.get::<D>(param.id) else {
            return;
        };
        let square = (gradient.clone() * gradient).sum();
        self.sum = Some(match self.sum.take() {
            Some(sum) => sum + square,
            None => square,
        });
    }
}

#[cfg(test)]
mod tests {
    use burn::nn::LinearConfig;
    use burn::tensor::Device;

    use super::*;

    #[test]
    fn the_norm_is_over_all_parameters() {
        let device = Device::flex().autodiff();
        let layer = LinearConfig::new(2, 1).init(&device);
        let input = Tensor::<2>::from_floats([[3.0, 12.0]], &device);
        // The gradient is the input for the two weights and 1 for the bias, times 4.
        let loss = layer.forward(input).sum().mul_scalar(4.0);
        let gradients = GradientsParams::from_grads(loss.backward(), &layer);
        let norm = gradient_norm(&layer, &gradients).unwrap();
        let expected = 4.0 * (9.0_f32 + 144.0 + 1.0).sqrt();
        assert!((norm.into_scalar::<f32>() - expected).abs() < 1e-4);
        assert!(gradient_norm(&layer, &GradientsParams::new()).is_none());
    }
}
