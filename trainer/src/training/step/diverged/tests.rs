use burn::module::ModuleMapper;
use burn::tensor::{Device, Int};

use super::*;
use crate::training::{StepInput, StepSettings};

const WIDTH: usize = 2;

fn device() -> Device {
    Device::flex().autodiff()
}

fn networks() -> Networks {
    Networks::new(3, WIDTH, 1, &device())
}

/// Puts a value into one of the tensors that it passes, running statistics included.
struct Poison {
    /// Tensors to pass before.
    before: usize,
    value: f32,
}

impl ModuleMapper for Poison {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let now = self.before == 0;
        self.before = self.before.wrapping_sub(1);
        let value = self.value;
        param.map(|tensor| {
            if !now {
                return tensor;
            }
            // One entry of many.
            let mut data: Vec<f32> = tensor.to_data().try_to_vec().unwrap();
            *data.last_mut().unwrap() = value;
            let poisoned = Tensor::<1>::from_floats(data.as_slice(), &tensor.device());
            poisoned
                .reshape(tensor.dims())
                .set_require_grad(tensor.is_require_grad())
        })
    }
}

fn tensors<M: Module>(module: &M) -> usize {
    let mut flags = Flags::default();
    module.visit(&mut flags);
    flags.0.len()
}

#[test]
fn one_value_that_is_not_finite_is_found_in_every_tensor_of_every_module() {
    let teacher = || networks().for_inference();
    let clean = networks();
    assert_eq!(clean.ensure_finite(Some(&teacher()), 3), Ok(()));
    let counts = [
        tensors(&clean.classifier.extractor),
        tensors(&clean.classifier.predictor),
        tensors(&clean.domain),
        tensors(&teacher()),
    ];
    // Five blocks of weight, bias, scale, shift, mean and variance; three layers; four of six and one; the first two.
    assert_eq!(counts, [30, 6, 26, 36]);
    let names = [
        "the feature extractor",
        "the label predictor",
        "the domain classifier",
        "the EMA teacher",
    ];
    for (module, (count, what)) in counts.into_iter().zip(names).enumerate() {
        for before in 0..count {
            for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                let (mut networks, mut teacher) = (networks(), teacher());
                let poison = &mut Poison { before, value };
                match module {
                    0 => networks.classifier.extractor = networks.classifier.extractor.map(poison),
                    1 => networks.classifier.predictor = networks.classifier.predictor.map(poison),
                    2 => networks.domain = networks.domain.map(poison),
                    _ => teacher = teacher.map(poison),
                }
                let diverged = Diverged {
                    epoch: 3,
                    what,
                    self_training: true,
                };
                assert_eq!(networks.ensure_finite(Some(&teacher), 3), Err(diverged));
            }
        }
    }
}

fn settings(distil: f64) -> StepSettings {
    StepSettings {
        lambda: 0.3,
        distillation_weight: distil,
        ..StepSettings::default()
    }
}

/// Four photos and four doodles, each of one shade.
fn input(shade: impl Fn(usize) -> f32) -> StepInput {
    let device = device();
    let pictures = |first: usize| {
        let shades: Vec<f32> = (0..4).map(|n| shade(first + n)).collect();
        let shades = Tensor::<1>::from_floats(shades.as_slice(), &device);
        shades.reshape([4, 1, 1, 1]).expand([4, 1, 32, 32])
    };
    StepInput {
        source: pictures(0),
        labels: Tensor::<1, Int>::from_ints([0, 1, 2, 0], &device),
        target: pictures(4),
        target_strong: Some(pictures(8)),
        soft_targets: Some(Tensor::from_floats(
            [
                [1.0, 0.0, 0.0],
                [0.0, 1.0, 0.0],
                [0.0, 0.0, 1.0],
                [0.0, 1.0, 0.0],
            ],
            &device,
        )),
    }
}

/// Multiplies the tensors that it passes.
struct Scale(std::vec::IntoIter<f64>);

impl ModuleMapper for Scale {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let factor = self.0.next().unwrap();
        param.map(|tensor| tensor.mul_scalar(factor).detach().require_grad())
    }
}

#[test]
fn a_gradient_that_overflows_is_found_though_the_loss_is_finite() {
    let mut networks = networks();
    // Weights and biases of the three layers: one that makes nearly nothing of its input before two that have exploded.
    let scales = vec![1e-30, 0.0, 1e30, 0.0, 1e30, 0.0].into_iter();
    networks.classifier.predictor = networks.classifier.predictor.map(&mut Scale(scales));
    assert_eq!(networks.ensure_finite(None, 5), Ok(()));
    let output = networks.step(&settings(1.0), input(|n| n as f32 / 13.0));
    for loss in [output.domain_loss.unwrap(), output.feature_loss] {
        assert!(loss.into_scalar::<f32>().is_finite());
    }
    let diverged = Diverged {
        epoch: 5,
        what: "the feature extractor",
        self_training: false,
    };
    assert_eq!(networks.ensure_finite(None, 5), Err(diverged));
}

/// A loss so steep that the gradients' squares are infinite, though they are not.
#[test]
fn an_adam_that_moves_nothing_any_more_is_found() {
    for (lambda, distil, what) in [
        (1e37, 0.0, "the feature extractor's optimiser state"),
        (0.0, 1e37, "the feature extractor's optimiser state"),
    ] {
        let mut networks = networks();
        let settings = StepSettings {
            lambda,
            ..settings(distil)
        };
        let output = networks.step(&settings, input(|n| n as f32 / 13.0));
        assert!(output.feature_loss.into_scalar::<f32>().is_finite());
        let diverged = Diverged {
            epoch: 5,
            what,
            self_training: false,
        };
        assert_eq!(networks.ensure_finite(None, 5), Err(diverged));
    }
}

#[test]
fn an_adam_is_judged_by_its_own_moments() {
    let spoil = |module: usize| {
        let mut networks = networks();
        networks.step(&settings(1.0), input(|n| n as f32 / 13.0));
        assert_eq!(networks.ensure_finite(None, 0), Ok(()));
        // One of the moments of the last parameter is infinite.
        let adam = &mut networks.optimisers;
        match module {
            0 => overflow(&networks.classifier.extractor, &mut adam.extractor),
            1 => overflow(&networks.classifier.predictor, &mut adam.predictor),
            _ => overflow(&networks.domain, &mut adam.domain),
        }
        networks.ensure_finite(None, 0).unwrap_err().what
    };
    assert_eq!(spoil(0), "the feature extractor's optimiser state");
    assert_eq!(spoil(1), "the label predictor's optimiser state");
    assert_eq!(spoil(2), "the domain classifier's optimiser state");
}

/// A step in which one entry of one gradient is too large to be squared.
fn overflow<M: Module>(module: &M, adam: &mut ModuleOptimizer) {
    #[derive(Default)]
    struct Last(Option<GradientsParams>);
    impl ModuleVisitor for Last {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            if param.val().is_require_grad() {
                let shape = param.val().dims();
                let mut values = vec![0.0; shape.iter().product()];
                values[0] = 1e20;
                let gradient = Tensor::<1>::from_floats(values.as_slice(), &Device::flex());
                let mut gradients = GradientsParams::new();
                gradients.register(param.id, gradient.reshape(shape));
                self.0 = Some(gradients);
            }
        }
    }
    let mut last = Last::default();
    module.visit(&mut last);
    adam.step(1e-3, module.clone(), last.0.unwrap());
}

#[test]
fn looking_changes_nothing() {
    let begin = networks();
    let values = |look: bool| {
        let mut networks = begin.replica(&device());
        for step in 0..3 {
            networks.step(&settings(1.0), input(|n| (n * 7 + step) as f32 / 97.0));
            if look {
                networks.ensure_finite(None, 0).unwrap();
            }
        }
        let mut values = Values::default();
        networks.for_inference().visit(&mut values);
        networks.domain.valid().visit(&mut values);
        values.0
    };
    assert_eq!(values(false), values(true));
}

#[derive(Default)]
struct Values(Vec<Vec<f32>>);

impl ModuleVisitor for Values {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.val().to_data().try_to_vec().unwrap());
    }
}

#[test]
fn what_is_left_and_what_to_do_is_said() {
    let message = |epoch, self_training| {
        let what = "the feature loss";
        Diverged {
            epoch,
            what,
            self_training,
        }
        .to_string()
    };
    let later = message(7, false);
    for part in [
        "in epoch 7",
        "the feature loss",
        "epoch 6 is the last good one",
        "new run",
        "--learning-rate",
        "--lambda",
        "--pretrained",
    ] {
        assert!(later.contains(part), "{later}");
    }
    let first = message(0, false);
    assert!(
        first.contains("no epoch was completed") && !first.contains("--pretrained"),
        "{first}"
    );
    let refining = message(2, true);
    assert!(
        refining.contains("epoch 1 is") && !refining.contains("--lambda"),
        "{refining}"
    );
}
