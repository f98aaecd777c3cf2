//! The pseudo-label stage: a student is trained on photos and on the confident predictions of its teacher, which is a moving average of it.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::activation::{log_softmax, softmax};
use burn::tensor::{Int, Tensor};
use shared::{
    dann::{LossName, LossTerms, ModuleKind, classification, count_correct, gradient_norm},
    model::Classifier,
};

use super::{Networks, StepInput};
use crate::training::{StepOutput, StepSettings};

impl Networks {
    /// One step of the student: cross-entropy of photos, and of those doodles that the teacher predicts, from
    /// the same picture, with a confidence of at least `settings.confidence`, towards that prediction (Lee, "Pseudo-Label", ICML 2013 workshop).
    pub fn refine(
        &mut self,
        teacher: &Classifier,
        settings: &StepSettings,
        input: StepInput,
    ) -> StepOutput {
        let [photos, doodles] = [input.source.dims()[0], input.target.dims()[0]];
        let probabilities = softmax(teacher.forward(input.target.clone().inner()), 1);
        let (confidence, class) = probabilities.max_dim_with_indices(1);
        let used = confidence.greater_equal_elem(settings.confidence);
        // One batch of both domains, so that batch normalisation sees both.
        let both = Tensor::cat(vec![input.source, input.target], 0);
        let logits = self.classifier.forward(both);
        let photo_logits = logits.clone().narrow(0, 0, photos);
        let correct = count_correct(photo_logits.clone(), input.labels.clone());
        let class_loss = classification(photo_logits, input.labels, settings.label_smoothing);
        let device = logits.device();
        let pseudo_loss = masked_cross_entropy(
            logits.narrow(0, photos, doodles),
            Tensor::from_data(class.into_data(), &device),
            Tensor::from_data(used.clone().float().into_data(), &device),
        );
        let mut terms = LossTerms::default();
        terms.push(LossName::Class, &class_loss);
        terms.push(LossName::PseudoLabel, &pseudo_loss);
        let loss = class_loss + pseudo_loss;
        let mut norm = None;
        self.modules().update_classifier(
            loss.backward(),
            settings.learning_rate,
            &mut |modules, kind, gradients| {
                if kind == ModuleKind::Extractor {
                    norm = gradient_norm(&*modules.extractor, gradients);
                }
            },
        );
        StepOutput {
            domain_loss: None,
            feature_loss: loss.detach(),
            terms,
            correct,
            domain_correct: None,
            gradient_norm: norm,
            used: Some(used.int().sum()),
        }
    }
}

/// Mean over the rows in use, or 0 where there are none; `class` and `used` are `[n, 1]`, `used` 0 or 1.
fn masked_cross_entropy(logits: Tensor<2>, class: Tensor<2, Int>, used: Tensor<2>) -> Tensor<1> {
    let losses = -log_softmax(logits, 1).gather(1, class);
    (losses * used.clone()).sum() / used.sum().clamp_min(1.0)
}

/// Moves a teacher towards its student, running statistics of batch normalisation included:
/// teacher = momentum * teacher + (1 - momentum) * student.
///
/// Both are of one architecture, the student on a device with autodiff, the teacher without.
pub(in crate::training) fn follow(
    teacher: Classifier,
    student: &Classifier,
    momentum: f64,
) -> Classifier {
    let mut values = Values::default();
    student.valid().visit(&mut values);
    teacher.map(&mut Blend {
        values: values.0.into_iter(),
        momentum,
    })
}

/// Every tensor of a module, flat, in the module's order.
#[derive(Default)]
struct Values(Vec<Tensor<1>>);

impl ModuleVisitor for Values {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.val().flatten(0, D - 1));
    }
}

struct Blend {
    values: std::vec::IntoIter<Tensor<1>>,
    momentum: f64,
}

impl ModuleMapper for Blend {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let student = self.values.next();
        param.map(|tensor| match student {
            Some(student) => {
                let student = student.to_device(&tensor.device()).reshape(tensor.dims());
                tensor.mul_scalar(self.momentum) + student.mul_scalar(1.0 - self.momentum)
            }
            None => tensor,
        })
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;
    use shared::model::{ClassifierConfig, FeatureExtractorConfig};

    use super::*;

    fn classifier(seed: u64, device: &Device) -> Classifier {
        device.seed(seed);
        let extractor = FeatureExtractorConfig::new().with_width(2);
        let classifier = ClassifierConfig::new(3, extractor).init(device);
        classifier.num_params();
        classifier
    }

    fn values(module: &Classifier) -> Vec<f32> {
        let mut values = Values::default();
        module.visit(&mut values);
        let flat = values.0.into_iter();
        flat.flat_map(|tensor| tensor.into_data().iter::<f32>().collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn only_sure_doodles_count_and_none_is_no_loss() {
        let device = Device::flex();
        let logits = Tensor::<2>::from_floats([[0.0, 0.0, 0.0], [9.0, 0.0, 0.0]], &device);
        let class = Tensor::<2, Int>::from_ints([[1], [2]], &device);
        let loss = |used: [[f32; 1]; 2]| {
            let used = Tensor::from_floats(used, &device);
            masked_cross_entropy(logits.clone(), class.clone(), used).into_scalar::<f32>()
        };
        assert!((loss([[1.0], [0.0]]) - 3.0_f32.ln()).abs() < 1e-6);
        assert!((loss([[1.0], [1.0]]) - (3.0_f32.ln() + 9.000_247) / 2.0).abs() < 1e-4);
        assert_eq!(loss([[0.0], [0.0]]), 0.0);
    }

    #[test]
    fn the_teacher_follows_in_every_entry() {
        let device = Device::flex();
        let student = classifier(1, &device.clone().autodiff());
        // Running statistics that are no longer the teacher's.
        student.forward(Tensor::ones([4, 1, 32, 32], &device.clone().autodiff()));
        let teacher = classifier(2, &device);
        let (before, towards) = (values(&teacher), values(&student.valid()));
        let after = values(&follow(teacher, &student, 0.9));
        assert_eq!(before.len(), towards.len());
        let differ = before.iter().zip(&towards).filter(|(a, b)| a != b);
        assert!(differ.count() > before.len() / 2);
        for ((before, towards), after) in before.iter().zip(&towards).zip(&after) {
            assert!((0.9 * before + 0.1 * towards - after).abs() < 1e-6);
        }
    }
}
