use super::*;
use crate::{
    device,
    training::{ModuleKind, Modules},
};

/// Counts a module's marked parameters, and its others with a gradient.
#[derive(Debug, Default, PartialEq)]
struct Marks {
    marked: usize,
    unmarked: usize,
}

impl ModuleVisitor for Marks {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let tensor = param.val();
        if tensor.is_distributed() {
            self.marked += 1;
        } else if tensor.is_require_grad() {
            self.unmarked += 1;
        }
    }
}

/// On wgpu, which takes marks but averages nothing; the CPU takes none.
#[test]
#[ignore = "needs a graphics adapter that wgpu finds"]
fn marks_stay_and_each_pass_computes_the_gradients_of_all_that_it_updates() {
    let _turn = CARDS.lock().unwrap();
    let device = device::adapter().device.autodiff();
    for variant in VARIANTS {
        let mut plain = Networks::new(10, 4, 0, &device).with_projection(4, &device);
        let mut marked = plain.replica(&device);
        mark(&mut marked);
        for salt in 0..2 {
            let input = || batch(8, salt).upload(8, &device);
            let theirs = plain.step(&settings(variant), input());
            let mut seen = 0;
            let mut observe = |modules: &Modules<'_>, kind, gradients: &GradientsParams| {
                let mut marks = Marks::default();
                match kind {
                    ModuleKind::Extractor => modules.extractor.visit(&mut marks),
                    ModuleKind::Predictor => modules.predictor.visit(&mut marks),
                    ModuleKind::Domain => modules.domain.visit(&mut marks),
                    ModuleKind::Projection => modules
                        .projection
                        .iter()
                        .for_each(|head| head.visit(&mut marks)),
                }
                let all = Marks {
                    marked: gradients.len(),
                    unmarked: 0,
                };
                assert_eq!(marks, all, "{variant:?} {kind:?}");
                seen += 1;
            };
            let ours = marked.step_observed(&settings(variant), input(), &mut observe);
            assert_eq!(seen, 4);
            assert_close(measured(vec![ours]), measured(vec![theirs]), 1e-3);
        }
    }
}
