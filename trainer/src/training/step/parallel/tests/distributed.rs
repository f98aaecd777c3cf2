use super::*;
use crate::{
    device,
    training::{ModuleKind, Modules},
};

/// Counts a module's distributed parameters, and its others with a gradient.
#[derive(Debug, Default, PartialEq)]
struct ParameterCounts {
    distributed: usize,
    local: usize,
}

impl ModuleVisitor for ParameterCounts {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        if tensor.is_distributed() {
            self.distributed += 1;
        } else if tensor.is_require_grad() {
            self.local += 1;
        }
    }
}

/// On wgpu, where parameters can be distributed but nothing is averaged; on the CPU they cannot.
#[test]
#[ignore = "needs a graphics adapter that wgpu finds"]
fn parameters_stay_distributed_and_each_pass_computes_the_gradients_of_all_that_it_updates() {
    let _turn = CARDS.lock().unwrap();
    let device = device::adapter().device.autodiff();
    for variant in VARIANTS {
        let mut plain = Networks::new(10, 4, 0, &device);
        let mut distributed = plain.replica(&device);
        make_distributed(&mut distributed);
        for salt in 0..2 {
            let input = || batch(8, salt).upload(8, &device);
            let theirs = plain.step(&settings(variant), input());
            let mut seen = 0;
            let mut observe = |modules: &Modules<'_>, kind, gradients: &GradientsParams| {
                let mut counts = ParameterCounts::default();
                match kind {
                    ModuleKind::Extractor => modules.extractor.visit(&mut counts),
                    ModuleKind::Predictor => modules.predictor.visit(&mut counts),
                    ModuleKind::Domain => modules.domain.visit(&mut counts),
                }
                let all = ParameterCounts {
                    distributed: gradients.len(),
                    local: 0,
                };
                assert_eq!(counts, all, "{variant:?} {kind:?}");
                seen += 1;
            };
            let ours = distributed.step_observed(&settings(variant), input(), &mut observe);
            assert_eq!(seen, 3);
            assert_close(measured(vec![ours]), measured(vec![theirs]), 1e-3);
        }
    }
}
