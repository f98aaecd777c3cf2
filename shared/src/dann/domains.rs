use burn::tensor::{Device, Int, Tensor};

/// Gradient reversal: the identity forwards, to the bit; the gradient times -lambda backwards.
pub(super) fn reverse_gradient(features: Tensor<2>, lambda: f64) -> Tensor<2> {
    // The difference is exactly 0 forwards and carries the whole gradient backwards.
    let zero = features.clone() - features.clone().detach();
    features + zero.mul_scalar(-(1.0 + lambda))
}

/// Source examples are 1, target examples 0; `[source + target]`.
pub(super) fn domain_labels(source: usize, target: usize, device: &Device) -> Tensor<1, Int> {
    Tensor::cat(
        vec![
            Tensor::ones([source], device),
            Tensor::zeros([target], device),
        ],
        0,
    )
}

/// How many logits of D, `[n]`, are on the side of their domain, `[n]`; `[1]`.
pub(super) fn count_domains(logits: Tensor<1>, domains: Tensor<1, Int>) -> Tensor<1, Int> {
    let predictions = logits.detach().greater_elem(0.0).int();
    predictions.equal(domains).int().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_told_where_the_logit_is_on_its_side() {
        let device = Device::flex();
        let logits = Tensor::from_floats([2.0, -0.5, -3.0, 0.1], &device);
        let correct = count_domains(logits, domain_labels(2, 2, &device));
        assert_eq!(correct.into_scalar::<i64>(), 2);
    }

    #[test]
    fn gradient_reversal_is_exact_forwards_and_turned_backwards() {
        let device = Device::flex().autodiff();
        let x = Tensor::<2>::from_floats([[0.1, -3.7e5, 1e-30]], &device).require_grad();
        let y = reverse_gradient(x.clone(), 0.3);
        assert_eq!(
            y.to_data().try_to_vec::<f32>().unwrap(),
            x.to_data().try_to_vec::<f32>().unwrap()
        );
        let gradients = y.sum().backward();
        let gradient = x.grad(&gradients).unwrap();
        for value in gradient.to_data().try_to_vec::<f32>().unwrap() {
            assert!((value + 0.3).abs() < 1e-6, "{value}");
        }
    }

    #[test]
    fn source_examples_come_first_and_are_1() {
        let labels = domain_labels(2, 3, &Device::flex()).into_data();
        assert_eq!(labels.iter::<i64>().collect::<Vec<_>>(), [1, 1, 0, 0, 0]);
    }
}
